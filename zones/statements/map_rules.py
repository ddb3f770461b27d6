"""Rules for maps that go out to the public, read from `data/map_rules.yaml`: each with its source and date."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError, field_validator

from zones.atlas import SHIPPED_DATA, data_folder
from zones.errors import InputError
from zones.file_mark import Mark, file_mark
from zones.statements.passages import Model, Text

FILE = "map_rules.yaml"

Window = tuple[float, float, float, float]
Check = Literal[
    "review_number", "review_number_form", "china_islands", "label_on_boundary", "licence", "datum_mix",
    "inferred_solid", "scale_missing", "scale_wrong", "date_source", "indicative_word", "code_name", "sensitive",
    "in_window",
]  # fmt: skip


class RuleSource(Model):
    """Where a rule comes from; `read` says whether its text was read here, and how."""

    title: Text
    url: str = ""
    read: Literal["original", "excerpts", "none", "own"]


class Place(Model):
    """Something a map must show, and the window (degrees) in which a mark of it would lie."""

    name: Text
    window: Window


class MapRule(Model):
    """One rule for finished maps.

    Attributes
    ----------
    rule_id, check : str
        `check` names the test in `layers.sheets.map_check`.
    severity : {"blocks", "note"}
        Whether a fault stops a public export.
    use : {"public", "any"}
        Whether only public maps must obey.
    name, fault, remedy, article : Text
        What holds, what is said where it does not, what to do, and the place in the source.
    source : str
        Id of a `RuleSource`.
    pattern, accepted, words, codes, shifts, layers, tolerance, window, windows, must_show
        Settings of the checks that need them.
    """

    rule_id: str
    check: Check
    severity: Literal["blocks", "note"]
    use: Literal["public", "any"]
    name: Text
    fault: Text
    remedy: Text
    source: str
    article: Text
    pattern: str = ""
    accepted: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    codes: dict[str, str] = Field(default_factory=dict)
    shifts: dict[str, str] = Field(default_factory=dict)
    layers: tuple[str, ...] = ()
    tolerance: float = Field(default=0.0, ge=0, lt=1)
    window: Window | None = None
    windows: tuple[Window, ...] = ()
    must_show: tuple[Place, ...] = ()

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"the pattern is wrong ({error})") from None
        return pattern


@dataclass(frozen=True)
class MapRules:
    """The rules in file order, their sources by id, the day they were checked, and what to tell with them."""

    rules: tuple[MapRule, ...]
    sources: dict[str, RuleSource]
    checked_on: date
    remark: Text


class _File(Model):
    checked_on: date
    remark: Text
    sources: dict[str, RuleSource]
    rules: tuple[MapRule, ...] = Field(min_length=1)


def map_rules() -> MapRules:
    """Return the rules in use: those of the data folder, or the shipped ones where it has none.

    Raises
    ------
    InputError
        If the file is wrong; names the rule and the field.
    """
    path = rules_file()
    return _kept(path, file_mark(path))


def rules_file() -> Path:
    """Return the file of the rules in use."""
    own = data_folder() / FILE
    return own if own.is_file() else SHIPPED_DATA / FILE


@lru_cache(maxsize=4)
def _kept(path: Path, mark: Mark) -> MapRules:
    del mark
    return read_map_rules(path)


def read_map_rules(path: Path) -> MapRules:
    """Return the rules of a YAML file, in file order.

    Raises
    ------
    InputError
        If the file is missing, a rule is wrong or stands twice, or a source is not listed; names rule and field.
    """
    try:
        held = yaml.safe_load(path.read_text(encoding="utf-8"))
        read = _File.model_validate(held)
    except FileNotFoundError:
        raise InputError(f"{path}: the rules for public maps are missing; restore the file") from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise InputError(f"{path}: is no YAML file; restore it, or correct what was changed") from None
    except ValidationError as error:
        raise InputError(f"{path}: {_where(error, held)}") from None
    names = [rule.rule_id for rule in read.rules]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise InputError(f"{path}: rule '{twice}' stands twice; keep one")
    for rule in read.rules:
        if rule.source not in read.sources:
            raise InputError(f"{path}: rule '{rule.rule_id}': source '{rule.source}' is not listed under sources")
    return MapRules(read.rules, read.sources, read.checked_on, read.remark)


def _where(error: ValidationError, held: Any) -> str:  # noqa: ANN401 (whatever the file holds)
    """Return the first fault, with the id of its rule where it has one."""
    first = error.errors()[0]
    steps = list(first["loc"])
    if len(steps) > 1 and steps[0] == "rules":
        row = held["rules"][steps[1]]
        name = row.get("rule_id", steps[1]) if isinstance(row, dict) else steps[1]
        return f"rule '{name}': {'.'.join(map(str, steps[2:])) or 'rule'}: {first['msg']}"
    return f"{'.'.join(map(str, steps)) or 'file'}: {first['msg']}"
