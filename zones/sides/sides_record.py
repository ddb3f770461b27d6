"""A compiled 四至 as JSON data, and the text of sides that a plan gives a zone, with its lines."""

import json
import math
from dataclasses import dataclass
from typing import Any

import shapely

from zones.atlas import Atlas
from zones.errors import InputError
from zones.records import locators, none_if_nan, plan_zone
from zones.select import require_zone
from zones.sides.sides import CROSSING_M, Line, Side, Sides, area, error_by_side
from zones.sides.sides_build import Corner, Gap
from zones.sides.sides_check import Comparison, SideCheck, check, compare
from zones.sides.sides_grammar import read_phrases
from zones.sides.sides_words import CHINESE_SIDES, WordedSide, words
from zones.statements.plans import Zone

LEAST_SIDES = 2
AMBIGUOUS = "ambiguous: {choices}; choose one of them"


@dataclass(frozen=True)
class ZoneText:
    """The sides a plan gives a zone: the words it cites, and where they stand."""

    zone_id: str
    text: str
    sources: tuple[dict[str, Any], ...]


def zone_text(atlas: Atlas, zone_id: str) -> ZoneText | None:
    """Return the text of sides that a zone's plan gives, None where it gives none.

    Raises
    ------
    UnknownZoneError
        If the atlas has no such zone.
    """
    require_zone(atlas.zones, zone_id)
    plan, zone = plan_zone(atlas, zone_id)
    for source in zone.sources:
        terms = [term for term in source.terms if read_phrases(term)]
        if len({each.direction for term in terms for each in read_phrases(term)}) >= LEAST_SIDES:
            return ZoneText(zone_id, "，".join(terms), tuple(locators(plan, (source,))))
    return None


def zones_with_text(atlas: Atlas) -> tuple[str, ...]:
    """Return the zones whose plan gives at least two sides of them."""
    return tuple(zone.zone_id for plan in atlas.plans.values() for zone in plan.zones if _has_text(zone))


def _has_text(zone: Zone) -> bool:
    return any(
        len({each.direction for term in source.terms for each in read_phrases(term)}) >= LEAST_SIDES
        for source in zone.sources
    )


def require_text(atlas: Atlas, zone_id: str) -> ZoneText:
    """Return a zone's text of sides.

    Raises
    ------
    UnknownZoneError
        If the atlas has no such zone.
    InputError
        If its plan gives no sides.
    """
    found = zone_text(atlas, zone_id)
    if found is None:
        raise InputError(f"zone '{zone_id}': its plan gives no sides of it; write them as TEXT")
    return found


def open_reason(side: Side) -> str | None:
    """Return in one sentence why a side is open, None where it is not."""
    if side.open_code == "not_said":
        return "the text does not name this side"
    unfound = [each for each in side.matches if not each.found]
    if side.open_code == "choices":
        return AMBIGUOUS.format(choices=", ".join(choice for each in unfound for choice in each.choices))
    if side.open_code == "no_line":
        said = "; ".join(
            f"no line named {each.name}" + (f" (near: {', '.join(each.near)})" if each.near else "") for each in unfound
        )
        return f"{said}; give it with --lines FILE"
    return None


def record(result: Sides, against: tuple[str, shapely.Geometry, float] | None = None) -> dict[str, Any]:
    """Return a compiled text for JSON.

    Parameters
    ----------
    result : Sides
    against : (str, shapely.Geometry, float), optional
        A drawing to check it with: id, shape in EPSG:4490, error in metres.
    """
    measured = area(result)
    return {
        "text": result.text,
        "sides": [_side(side) for side in result.sides],
        "polygon": geojson(result.polygon),
        "area_m2": none_if_nan(float(measured["ellipsoid_m2"])),
        "area_error_m2": none_if_nan(float(measured["error_m2"])),
        "area_error_by_side_m2": none_if_nan(error_by_side(result)),
        "error_m": none_if_nan(result.error_m),
        "grade": result.grade if result.polygon is not None else None,
        "method": "named_roads",
        "edge_rule": "lonlat",
        "plane_crs": result.plane_crs,
        "gap_tolerance_m": result.gap_m,
        "faces": result.built.faces,
        "missing": list(result.missing),
        "open": [each.direction.value for each in result.open_sides],
        "gaps": [_gap(gap) for gap in result.built.gaps],
        "open_corners": [_corner(corner) for corner in result.built.open_corners],
        "check": _check(result, against) if against else None,
    }


def geojson(shape: shapely.Geometry | None) -> dict[str, Any] | None:
    """Return a shape as a GeoJSON geometry."""
    return json.loads(shapely.to_geojson(shape)) if shape is not None else None


def _side(side: Side) -> dict[str, Any]:
    return {
        "direction": side.direction.value,
        "text": side.text,
        "name": "、".join(side.names),
        "planned": side.planned,
        "matched": [_line(line) for line in side.lines],
        "open_reason": open_reason(side),
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "name": line.name,
        "source": line.source,
        "error_m": none_if_nan(line.error_m),
        "grade": line.grade,
        "planned": line.planned,
        "matched_by": line.reason,
        "along_m": round(line.along_m, 1),
        "stand_in": line.stand_in,
        "basis": line.basis,
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {"between": [each.value for each in gap.between], "how": gap.how, "length_m": round(gap.length_m, 1)}


def _corner(corner: Corner) -> dict[str, Any]:
    return {"between": [each.value for each in corner.between], "distance_m": round(corner.distance_m, 1)}


def _check(result: Sides, against: tuple[str, shapely.Geometry, float]) -> dict[str, Any]:
    name, shape, error_m = against
    both = compare(result.polygon, shape) if result.polygon is not None else None
    return {
        "against": name,
        "sides": [_side_check(each) for each in check(result, shape, error_m)],
        "overlap": _comparison(both) if both else None,
    }


def _side_check(each: SideCheck) -> dict[str, Any]:
    figures = {"mean_m": each.mean_m, "max_m": each.max_m, "beyond_m": each.beyond_m, "tolerance_m": each.tolerance_m}
    told = {name: None if math.isnan(value) else round(value, 1) for name, value in figures.items()}
    return {"direction": each.side.direction.value, "status": each.status, **told}


def _comparison(both: Comparison) -> dict[str, Any]:
    return {
        "overlap_m2": both.overlap_m2,
        "share_of_candidate": both.share_of_candidate,
        "share_of_drawing": both.share_of_drawing,
        "hausdorff_m": round(both.hausdorff_m, 1),
    }


def worded(sides: tuple[WordedSide, ...], lang: str) -> dict[str, Any]:
    """Return the sides of a drawn area for JSON: the text, and each side with the lines it runs along."""
    return {
        "text": words(sides, lang),
        "sides": [
            {
                "direction": side.direction.value,
                "length_m": round(side.length_m, 1),
                "unmatched": round(side.unmatched, 3),
                "runs": [
                    {
                        "name": run.name, "source": run.source, "share": round(run.share, 3),
                        "mean_m": round(run.mean_m, 1), "max_m": round(run.max_m, 1),
                    }
                    for run in side.runs
                ],
            }
            for side in sides
        ],
    }  # fmt: skip


def candidate_feature(result: Sides, zone_id: str | None) -> dict[str, Any]:
    """Return the candidate as one GeoJSON feature with its error, grade, method and basis.

    Raises
    ------
    InputError
        If the sides do not close.
    """
    if result.polygon is None:
        raise InputError("the sides do not close, so there is no area to write; see what is missing")
    measured = area(result)
    properties = {
        "zone_id": zone_id,
        "grade": result.grade,
        "error_m": none_if_nan(result.error_m),
        "basis": basis(result, "zh"),
        "basis_en": basis(result, "en"),
        "method": "named_roads",
        "edge_rule": "lonlat",
        "area_m2": none_if_nan(float(measured["ellipsoid_m2"])),
        "area_error_m2": none_if_nan(float(measured["error_m2"])),
    }
    return {"type": "Feature", "properties": properties, "geometry": geojson(result.polygon)}


def basis(result: Sides, lang: str) -> str:
    """Return what a candidate rests on: each side's line with its error, what stands in, and what was added."""
    zh = lang == "zh"
    said = []
    for side in result.sides:
        for line in (each for each in side.lines if each.along_m > CROSSING_M):
            error = "" if math.isnan(line.error_m) else (f"±{line.error_m:g} 米" if zh else f"±{line.error_m:g} m")
            if line.stand_in:
                error += f"，代替{'、'.join(side.names)}" if zh else f", in place of {', '.join(side.names)}"
            if line.planned:
                error += "，规划路" if zh else ", planned"
            if zh:
                said.append(f"{CHINESE_SIDES[side.direction]}{line.name}（{error.lstrip('，')}）")
            else:
                said.append(f"{side.direction.value} {line.name_en or line.name} ({error.lstrip(', ')})")
    added = sum(gap.length_m for gap in result.built.gaps)
    if added:
        said.append(f"补接 {added:.0f} 米" if zh else f"{added:.0f} m added to close corners")
    return f"按四至“{result.text}”生成：{'；'.join(said)}。" if zh else f"From its four sides: {'; '.join(said)}."
