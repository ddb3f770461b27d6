"""Where a plan says something, in words, and the passage itself where the plan's document is registered."""

from dataclasses import dataclass
from typing import Any

from ui.words.i18n import t
from zones.statements.documents import Pages, passage
from zones.statements.passages import LineRange, Source
from zones.statements.plans import Plan


def locator(plan: str, section: str, span: LineRange, lang: str) -> str:
    """Return plan, heading and lines of a passage as one line of text."""
    start, end = span
    lines = t("line_one" if start == end else "line_range", lang, start=start, end=end)
    # Headings are quoted as the document has them, in either language.
    return " · ".join(part for part in (plan, section, lines) if part)


def place(plan: Plan, pages: Pages, section: str, span: LineRange, lang: str) -> dict[str, Any]:
    """Return a passage as `at` (its locator) and `passage` (its text, or None where it is not at hand)."""
    at = locator(getattr(plan.plan.short, lang), section, span, lang)
    return {"at": at, "passage": passage(pages, plan.plan.plan_id, span) or None}


def section_of(plan: Plan, span: LineRange) -> str:
    """Return the heading of the narrowest source of a plan file that holds these lines, or an empty text."""
    holders = [(end - start, source.section) for source in _sources(plan) for start, end in source.lines
               if start <= span[0] and span[1] <= end]  # fmt: skip
    return min(holders, default=(0, ""))[1]


@dataclass(frozen=True)
class Status:
    """What a reader should know of the text a plan was read from: a short tag, if any, and a sentence."""

    tag: str | None
    note: str


def status(plan: Plan, lang: str) -> Status:
    """Return whether a plan's text is the issued plan, a draft, or does not say, in one language."""
    info = plan.plan
    if info.status == "issued":
        issuer = getattr(info.issuer, lang) if info.issuer else ""
        return Status(None, t("status_issued_note", lang, issuer=issuer, issued=info.issued or ""))
    if info.status == "draft":
        return Status(t("status_draft", lang), t("status_draft_note", lang))
    return Status(t("status_not_given", lang), t("status_not_given_note", lang))


def _sources(plan: Plan) -> list[Source]:
    held = [source for zone in plan.zones for source in zone.sources]
    held += [source for scheme in plan.schemes for source in scheme.sources]
    return [*held, *(indicator.source for indicator in plan.indicators)]
