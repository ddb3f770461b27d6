"""Plan files: one YAML per plan, typed. What a plan says about its zones, each value with its lines."""

from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import Field, ValidationError, model_validator

from zones.errors import InputError
from zones.schema import DISTRICTS, Kind
from zones.statements.indicators import Indicator
from zones.statements.passages import LineRange, Lines, Model, Source, Statement, Text

AREA_UNIT_M2 = {"km2": 1e6, "ha": 1e4, "mu": 2000 / 3, "m2": 1.0}

RelationType = Literal[
    "part_of", "contains", "passes", "connects_to", "borders", "built_on", "overlaps", "same_as", "near"
]


class DeclaredArea(Model):
    """An area as the plan states it."""

    value: float = Field(gt=0)
    unit: Literal["km2", "ha", "mu", "m2"]
    raw: str
    at: Lines

    @property
    def area_m2(self) -> float:
        """The stated area in square metres."""
        return self.value * AREA_UNIT_M2[self.unit]


class Relation(Model):
    """How a zone stands to another zone (`target`) or to a place that is no zone here (`name`)."""

    type: RelationType
    target: str | None = None
    name: Text | None = None
    at: Lines

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        if (self.target is None) == (self.name is None):
            raise ValueError("a relation needs either `target` (a zone_id) or `name`, not both")
        return self


class Zone(Model):
    """One zone as its plan describes it. What the plan does not give stays empty.

    `note` is the atlas's own remark, on what the text leaves open or says in two ways.
    """

    zone_id: str = Field(pattern=r"^[a-z]+\.[a-z]+\.[a-z0-9-]+$")
    name: Text
    aliases: tuple[str, ...] = ()
    kind: Kind
    scheme_ids: tuple[str, ...] = ()
    parent_ids: tuple[str, ...] = ()
    district_codes: tuple[str, ...] = ()
    sources: tuple[Source, ...] = Field(min_length=1)
    positioning: Statement | None = None
    industries: tuple[Statement, ...] = ()
    anchors: tuple[Statement, ...] = ()
    platforms: tuple[Statement, ...] = ()
    relations: tuple[Relation, ...] = ()
    declared_area: DeclaredArea | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _every_value_is_sourced(self) -> Self:
        held = [span for source in self.sources for span in source.lines]
        for field, at in self._locators():
            for start, end in at:
                if not any(first <= start and end <= last for first, last in held):
                    raise ValueError(f"{field}: lines {start}-{end} are outside the zone's sources")
        return self

    def _locators(self) -> list[tuple[str, tuple[LineRange, ...]]]:
        found = [
            (field, statement.at)
            for field in ("industries", "anchors", "platforms", "relations")
            for statement in getattr(self, field)
        ]
        for field in ("positioning", "declared_area"):
            value = getattr(self, field)
            if value is not None:
                found.append((field, value.at))
        return found

    @model_validator(mode="after")
    def _codes_are_known(self) -> Self:
        unknown = [code for code in self.district_codes if code not in DISTRICTS]
        if unknown:
            raise ValueError(f"district_codes: {', '.join(unknown)} unknown; use one of {', '.join(DISTRICTS)}")
        return self


class Scheme(Model):
    """A named spatial scheme of the plan, such as 三廊四核三集群."""

    scheme_id: str
    name: Text
    note: Text | None = None
    sources: tuple[Source, ...] = Field(min_length=1)


class Document(Model):
    """The text a plan file was read from; it is not shipped."""

    name: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    lines: int = Field(gt=0)


class PlanInfo(Model):
    """The plan itself."""

    plan_id: str = Field(pattern=r"^[a-z]+$")
    name: Text
    short: Text
    district_code: str
    issuer: Text | None = None
    issued: str | None = Field(default=None, pattern=r"^\d{4}(-\d{2}){0,2}$")
    status: Literal["draft", "issued", "not_given"]
    document: Document


class Plan(Model):
    """A plan file: the plan, its schemes, its zones and its indicators."""

    plan: PlanInfo
    schemes: tuple[Scheme, ...]
    zones: tuple[Zone, ...]
    indicators: tuple[Indicator, ...] = ()

    @model_validator(mode="after")
    def _ids_are_unique_and_known(self) -> Self:
        schemes = [scheme.scheme_id for scheme in self.schemes]
        ids = [zone.zone_id for zone in self.zones]
        indicators = [indicator.indicator_id for indicator in self.indicators]
        for label, values in (("scheme_id", schemes), ("zone_id", ids), ("indicator_id", indicators)):
            repeated = sorted({value for value in values if values.count(value) > 1})
            if repeated:
                raise ValueError(f"{label} repeats: {', '.join(repeated)}")
        for indicator in self.indicators:
            lost = sorted(set(indicator.parts) - set(indicators))
            if lost:
                raise ValueError(f"{indicator.indicator_id}: parts {', '.join(lost)} are not in this file")
        for zone in self.zones:
            missing = sorted(set(zone.scheme_ids) - set(schemes))
            if missing:
                raise ValueError(f"{zone.zone_id}: scheme_ids {', '.join(missing)} are not in this file")
        return self


class _UniqueKeyLoader(yaml.CSafeLoader):
    """Refuse a key written twice, which YAML would otherwise settle by dropping the first value."""


def _unique_mapping(loader: _UniqueKeyLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    repeated = sorted({str(key) for key in keys if keys.count(key) > 1})
    if repeated:
        line = node.start_mark.line + 1
        raise yaml.constructor.ConstructorError(None, None, f"key '{repeated[0]}' stands twice near line {line}")
    return loader.construct_mapping(node, deep=True)


_UniqueKeyLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _unique_mapping)


def read_plan(path: Path) -> Plan:
    """Return the plan held in a YAML file.

    Raises
    ------
    InputError
        If the file is missing, is not YAML, or a field is wrong; names the file, the zone and the field.
    """
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_UniqueKeyLoader)
    except FileNotFoundError:
        raise InputError(f"{path}: the plan file is missing; restore it or name another") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except yaml.YAMLError as error:
        raise InputError(f"{path}: not readable as YAML: {_flat(str(error))}; mend that line") from None
    if not isinstance(raw, dict):
        raise InputError(f"{path}: holds no plan; it must have the keys plan, schemes and zones")
    try:
        return Plan.model_validate(raw)
    except ValidationError as error:
        raise InputError(_explain(path, raw, error)) from None


def _explain(path: Path, raw: dict[str, Any], error: ValidationError) -> str:
    """Return one sentence on the first fault: file, zone, field, what was found."""
    first = error.errors()[0]
    loc = list(first["loc"])
    where = ""
    keys = {"zones": "zone_id", "schemes": "scheme_id", "indicators": "indicator_id"}
    if len(loc) > 1 and loc[0] in keys and isinstance(loc[1], int):
        entry = raw[loc[0]][loc[1]]
        key = keys[str(loc[0])]
        name = entry.get(key) if isinstance(entry, dict) else None
        where = f" {name or f'{loc[0]}[{loc[1]}]'}:"
        loc = loc[2:]
    field = ".".join(str(step) for step in loc)
    found = first["input"] if not isinstance(first["input"], dict | list) else None
    shown = f" (found '{found}')" if found is not None else ""
    more = f"; {error.error_count() - 1} more faults follow" if error.error_count() > 1 else ""
    return f"{path}:{where} {field + ': ' if field else ''}{_flat(first['msg'])}{shown}{more}"


def _flat(text: str) -> str:
    return " ".join(text.removeprefix("Value error, ").split())
