"""Rules of place, kept as data: a zone lies in its district, a part in its whole, a corridor passes its stops.

Distances and areas are taken on the Gauss-Krüger plane of Shenzhen (EPSG:4547), where 1 m is 1 m within 3e-5.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import geopandas
import pandas as pd
import shapely
import yaml
from pydantic import Field, ValidationError

from zones.atlas import Atlas
from zones.errors import InputError
from zones.issues import Issue
from zones.schema import Kind, Severity
from zones.statements.passages import LineRange, Model, Text

PLANE = "EPSG:4547"

LINES = (Kind.CORRIDOR, Kind.BELT, Kind.AXIS, Kind.RING)
"""Kinds that string places together: what belongs to them touches them, it need not lie inside."""

Check = Literal["inside_district", "inside_parent", "touches_parent", "passes", "parts_add_up"]


class Rule(Model):
    """One rule, as `data/rules.yaml` states it."""

    rule_id: str
    check: Check
    name: Text
    severity: Severity
    slack_m: float = Field(default=0.0, ge=0)
    tolerance: float = Field(default=0.0, ge=0, le=1)


@dataclass(frozen=True)
class Result:
    """What a rule found for one zone.

    Attributes
    ----------
    rule_id, zone_id : str
    other : str
        The district codes, the whole, the zone passed, or the scheme of the parts.
    holds : bool
    value : float
        Share outside (0-1), metres apart, or share of the whole left over.
    message : str
        Said where the rule does not hold.
    """

    rule_id: str
    zone_id: str
    other: str
    holds: bool
    value: float
    message: str


@dataclass(frozen=True)
class Ground:
    """The atlas on the plane: located zones, their shapes, districts with the waters they wash."""

    atlas: Atlas
    zones: geopandas.GeoDataFrame
    shapes: geopandas.GeoSeries
    districts: geopandas.GeoSeries
    waters: shapely.Geometry
    base_error_m: float

    def slack(self, rule: Rule, *zone_ids: str) -> float:
        """Return how far shapes may miss each other: the larger of their errors, and the rule's own slack."""
        return float(self.zones.loc[list(zone_ids), "error_m"].max()) + rule.slack_m


def read_rules(path: Path) -> tuple[Rule, ...]:
    """Return the rules of a YAML file, in file order.

    Raises
    ------
    InputError
        If the file is missing or a rule is wrong; names the rule and the field.
    """
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
    except FileNotFoundError:
        raise InputError(f"{path}: the rules are missing; restore the file") from None
    except (yaml.YAMLError, KeyError, TypeError):
        raise InputError(f"{path}: is no list of rules; it must be YAML with the key rules") from None
    rules = []
    for row in rows:
        try:
            rules.append(Rule.model_validate(row))
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"]))
            raise InputError(f"{path}: rule '{row.get('rule_id')}': {field}: {first['msg']}") from None
    return tuple(rules)


def evaluate(atlas: Atlas, rules: tuple[Rule, ...]) -> list[Result]:
    """Return the result of every rule for every zone that it applies to."""
    ground = _ground(atlas)
    return [result for rule in rules for result in CHECKS[rule.check](rule, ground)]


def result_frame(results: list[Result]) -> pd.DataFrame:
    """Return results as a frame with the fields of `Result` as columns."""
    return pd.DataFrame(results, columns=list(Result.__dataclass_fields__))


def failures(atlas: Atlas, rules: tuple[Rule, ...]) -> Iterator[Issue]:
    """Yield an issue for each result that does not hold."""
    severity = {rule.rule_id: rule.severity for rule in rules}
    for result in evaluate(atlas, rules):
        if not result.holds:
            layer = str(atlas.zones.at[result.zone_id, "layer"])
            value = f"{result.value:.4f}"
            yield Issue(
                layer, result.zone_id, "geometry", severity[result.rule_id], result.rule_id, value, result.message
            )


def _ground(atlas: Atlas) -> Ground:
    zones = atlas.zones[atlas.zones.geometry.notna()]
    return Ground(
        atlas,
        zones,
        zones.geometry.to_crs(PLANE),
        atlas.base["base_districts"].set_index("code").geometry.to_crs(PLANE),
        # Reclaimed ground and islands lie beyond the generalised land: waters count to the district they wash.
        atlas.base["base_water"].geometry.to_crs(PLANE).union_all(),
        next(float(layer.error_m) for layer in atlas.layers if layer.layer == "base_districts"),
    )


def _inside_district(rule: Rule, ground: Ground) -> Iterator[Result]:
    for zone_id, codes in ground.zones["district_codes"].items():
        known = [code for code in codes if code in ground.districts.index]
        # A district the base map does not draw cannot be checked.
        if codes and len(known) == len(codes):
            home = shapely.union(ground.districts.loc[known].union_all(), ground.waters)
            slack = ground.slack(rule, zone_id) + ground.base_error_m
            share = _share_outside(ground.shapes[zone_id], home, slack)
            message = (
                f"{share:.1%} of it lies outside {', '.join(known)}, further than its error; check outline or code"
            )
            yield Result(rule.rule_id, zone_id, ", ".join(known), share == 0, share, message)


def _parents(ground: Ground) -> Iterator[tuple[str, str]]:
    for zone_id, parents in ground.zones["parent_ids"].items():
        for parent in parents:
            if parent in ground.shapes.index and ground.shapes[parent].geom_type != "Point":
                yield zone_id, parent


def _inside_parent(rule: Rule, ground: Ground) -> Iterator[Result]:
    for zone_id, parent in _parents(ground):
        if ground.zones.at[parent, "kind"] not in LINES:
            slack = ground.slack(rule, zone_id, parent)
            share = _share_outside(ground.shapes[zone_id], ground.shapes[parent], slack)
            message = f"{share:.1%} of it lies outside '{parent}', which should hold it; check both outlines"
            yield Result(rule.rule_id, zone_id, parent, share == 0, share, message)


def _touches_parent(rule: Rule, ground: Ground) -> Iterator[Result]:
    for zone_id, parent in _parents(ground):
        if ground.zones.at[parent, "kind"] in LINES:
            gap = ground.shapes[zone_id].distance(ground.shapes[parent])
            message = f"keeps {gap:,.0f} m away from '{parent}', to which it belongs; check both shapes"
            yield Result(rule.rule_id, zone_id, parent, gap <= ground.slack(rule, zone_id, parent), gap, message)


def _passes(rule: Rule, ground: Ground) -> Iterator[Result]:
    """Yield whether lines reach what they pass.

    One passage may say of two lines that they string up a zone together; then one of them has to reach it.
    """
    for (target, _), passing in _passages(ground.atlas).items():
        near = [zone_id for zone_id in passing if zone_id in ground.shapes.index]
        if near and target in ground.shapes.index:
            gap, zone_id = min((ground.shapes[zone_id].distance(ground.shapes[target]), zone_id) for zone_id in near)
            slack = float(ground.zones.loc[[zone_id, target], "error_m"].sum()) + rule.slack_m
            message = f"keeps {gap:,.0f} m away from '{target}', which it should pass; check both shapes"
            yield Result(rule.rule_id, zone_id, target, gap <= slack, gap, message)


def _passages(atlas: Atlas) -> dict[tuple[str, tuple[LineRange, ...]], list[str]]:
    """Return which zones are said to pass a target, by target and lines of the plan."""
    found: dict[tuple[str, tuple[LineRange, ...]], list[str]] = {}
    for plan in atlas.plans.values():
        for zone in plan.zones:
            for relation in zone.relations:
                if relation.type == "passes" and relation.target:
                    found.setdefault((relation.target, relation.at), []).append(zone.zone_id)
    return found


def _parts_add_up(rule: Rule, ground: Ground) -> Iterator[Result]:
    """Yield what the parts of one scheme leave over of the whole that they lie in."""
    polygons = {zone_id for zone_id, shape in ground.shapes.items() if shape.geom_type != "Point"}
    groups: dict[tuple[str, str], list[str]] = {}
    for zone_id, parent in _parents(ground):
        if zone_id in polygons and ground.zones.at[parent, "kind"] not in LINES:
            for scheme_id in ground.zones.at[zone_id, "scheme_ids"]:
                groups.setdefault((parent, scheme_id), []).append(zone_id)
    for (parent, scheme_id), parts in groups.items():
        if len(parts) > 1:
            whole = ground.shapes[parent]
            rest = whole.difference(ground.shapes[parts].union_all()).area
            message = f"its {len(parts)} parts of {scheme_id} leave {rest / 1e6:.2f} of {whole.area / 1e6:.2f} km² over"
            share = float(rest / whole.area)
            yield Result(rule.rule_id, parent, scheme_id, share <= rule.tolerance, share, message)


def _share_outside(shape: shapely.Geometry, home: shapely.Geometry, slack_m: float) -> float:
    """Return the share (0 to 1) of a shape that lies further than `slack_m` outside `home`."""
    if shape.geom_type == "Point":
        return float(shape.distance(home) > slack_m)
    return float(shape.difference(home.buffer(slack_m)).area / shape.area)


CHECKS: dict[Check, Callable[[Rule, Ground], Iterator[Result]]] = {
    "inside_district": _inside_district,
    "inside_parent": _inside_parent,
    "touches_parent": _touches_parent,
    "passes": _passes,
    "parts_add_up": _parts_add_up,
}
