"""What the maps in slides, a report or a saved page are for: their mark, their check, and the record of both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from layers.sheets.map_check import Finding, clear, lint, use_record
from layers.sheets.sheet_marks import word
from layers.sheets.sheet_plan import SheetPlan, SignOff, Use
from layers.sheets.sheet_use import signed_line, use_mark


@dataclass(frozen=True)
class MapUse:
    """For whom the maps of a file are.

    Attributes
    ----------
    use : {"internal", "public"}
    review_number : str
        审图号.
    sign_off : SignOff, optional
        Lets public maps out in spite of what the rules find.
    """

    use: Use = "internal"
    review_number: str = ""
    sign_off: SignOff | None = None

    @property
    def public(self) -> bool:
        """Whether the maps are for the public."""
        return self.use == "public"

    def mark(self, lang: str) -> str:
        """Return what the maps are for, with their number."""
        return use_mark(self.use, self.review_number, lang)

    def short_mark(self, lang: str) -> str:
        """Return the mark for a narrow place; a public map keeps its number there too."""
        return self.mark(lang) if self.public else word("internal_short", lang)

    def lines(self, lang: str) -> list[str]:
        """Return the mark, and who signed the maps off."""
        return [self.mark(lang), *signed_line(self.use, self.sign_off, lang)]


INTERNAL = MapUse()


def cleared(plans: Sequence[SheetPlan], asked: MapUse, texts: Iterable[str] = ()) -> dict[str, Any]:
    """Check the maps of a file; return what the file keeps of their use (see `layers.sheets.map_check.use_record`).

    Parameters
    ----------
    plans : sequence of SheetPlan
        What each map shows; none where the file has no map, and nothing is checked then.
    asked : MapUse
    texts : iterable of str
        What else stands in the file; the rules read it with each map.

    Raises
    ------
    NotClearedError
        When the maps are for the public, have faults that stop them, and nobody signed them off.
    """
    if not plans:
        return {"use": asked.use, "review_number": asked.review_number, "findings": None, "signed_off": None}
    findings = checked(plans, texts)
    clear(plans[0], findings)
    return use_record(plans[0], findings)


def checked(plans: Sequence[SheetPlan], texts: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Return the faults of the maps of a file, each told once; arguments as in `cleared`."""
    around = tuple(texts)
    whole = [replace(plan, texts=(*plan.texts, *around)) for plan in plans]
    # Maps of one file share layers and texts: a fault of them all is told once.
    return tuple({(each.rule.rule_id, each.said.zh): each for plan in whole for each in lint(plan)}.values())
