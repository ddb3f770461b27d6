"""What the desk answers while a zone is drawn: its figures, edits of its shape, what is odd, what would mend it.

Everything that enters is plain data as the browser sends it, and everything that leaves is too: the browser holds
the drawing, Python the meaning. Figures come from the functions the pages use.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import mapping
from shapely.geometry import shape as shape_of

from layers import style
from ui.desk.desk_draft import Draft
from ui.overlap_view import number
from ui.sentences.sentences import translate
from ui.words.i18n import t
from ui.words.words_desk_draw import MENDS
from zones import Atlas
from zones.editing import edit
from zones.editing.draft import others, same_shape, with_zone
from zones.editing.topology import HAIR_M2, Finding, findings, propose
from zones.errors import GeometryError, InputError
from zones.measure import lonlat_area, measure
from zones.overlap import pairs
from zones.repair import POLYGONS
from zones.schema import FEATURE_FIELDS, STORAGE_CRS, Part
from zones.statements.rules import Result, Rule
from zones.units import format_area, format_length

RECORD = tuple(field for field in FEATURE_FIELDS if field not in ("zone_id", "part"))
MOST_PAIRS = 12
NAME = re.compile(r"(?<![\w.])(?:[a-z]+(?:\.[a-z0-9_-]+){2}|\d{6})(?![\w.])", re.ASCII)
"""An id of a zone, or a code of a district, in a sentence."""


def features_of(zone_id: str, layer: str, parts: list[dict[str, Any]]) -> geopandas.GeoDataFrame:
    """Return the features of a zone as drawn in the browser.

    Parameters
    ----------
    parts : list of dict
        `part` (extent or axis), `record` (values of the form), `geometry` (GeoJSON, degrees).

    Raises
    ------
    GeometryError
        If a ring has fewer than three vertices.
    InputError
        If the date of drawing is none.
    """
    for part in parts:
        _check_date(part["record"].get("traced_on"))
    rows = [{field: _value(part["record"].get(field)) for field in RECORD} | {"part": part["part"]} for part in parts]
    columns = ["zone_id", "part", "layer", *RECORD]
    frame = pd.DataFrame(rows).assign(zone_id=zone_id, layer=layer) if rows else pd.DataFrame(columns=columns)
    return geopandas.GeoDataFrame(
        frame[columns], geometry=[geometry(part["geometry"]) for part in parts], crs=STORAGE_CRS
    )


def _check_date(text: str | None) -> None:
    try:
        date.fromisoformat(text or "2026-01-31")
    except ValueError:
        raise InputError(f"the date of drawing is '{text}'; write it as 2026-01-31") from None


def _value(value: Any) -> Any:  # noqa: ANN401 (whatever the form holds)
    return None if isinstance(value, str) and not value.strip() else value


def geometry(told: dict[str, Any] | None) -> shapely.Geometry | None:
    """Return GeoJSON as a shape, its numbers as they are.

    Raises
    ------
    GeometryError
        If a ring has fewer than three vertices, or a line fewer than two.
    """
    if told is None:
        return None
    kind, points = told["type"], told["coordinates"]
    several = kind.startswith("Multi")
    for ring in (
        [ring for part in (points if several else [points]) for ring in part] if kind.endswith("Polygon") else []
    ):
        if len(ring) < 4:
            raise GeometryError(f"a ring has {len(ring) - 1} vertices; an area needs three, so add some or remove it")
    for line in (points if several else [points]) if kind.endswith("LineString") else []:
        if len(line) < 2:
            raise GeometryError(f"a line has {len(line)} vertices; it needs two, so add some or remove it")
    return shape_of(told)


def plain(shape: shapely.Geometry | None) -> dict[str, Any] | None:
    """Return a shape as GeoJSON."""
    return None if shape is None or shape.is_empty else mapping(shape)


def opened(draft: Draft, zone_id: str) -> dict[str, Any]:
    """Return a zone as the desk opens it: its kind, and its features at full resolution.

    Raises
    ------
    UnknownZoneError
        If no plan names it.
    """
    held = draft.of_zone(zone_id)
    row = with_zone(draft.atlas, zone_id, held).zones.loc[zone_id]
    parts = [
        {
            "part": each["part"],
            "record": {field: None if pd.isna(each[field]) else each[field] for field in RECORD},
            "geometry": plain(each["geometry"]),
        }
        for each in held.to_dict("records")
    ]
    return {
        "id": zone_id,
        "kind": row["kind"],
        "colour": style.for_zone(row["kind"], "official").colour,
        "parts": parts,
        "base": draft.revision,
    }


def figures(atlas: Atlas, zone_id: str, lang: str) -> dict[str, Any]:
    """Return area with ±, and the zones it overlaps, of a zone just drawn; a sentence where there is no right figure.

    Parameters
    ----------
    atlas : Atlas
        With the shape in it (see `zones.editing.draft.with_zone`).
    """
    row = atlas.zones.loc[[zone_id]]
    shape = row.geometry.iloc[0]
    if shape is None or shape.geom_type not in POLYGONS:
        return {"note": t("draw_no_area", lang)}
    if not shape.is_valid:
        pieces = all(part.is_valid for part in edit.polygons(shape))
        return {"note": t("draw_pieces" if pieces else "draw_not_valid", lang)}
    made = measure(row.assign(error_m=row["error_m"].astype(float))).iloc[0]
    table = pairs(row, others(atlas, zone_id))
    names = atlas.zones[f"name_{lang}"]
    shown = [
        {
            "id": each.b_id,
            "name": names[each.b_id],
            "area": number(each.overlap_m2, "km2"),
            "share": f"{each.share_of_a:.1%}",
        }
        for each in table.head(MOST_PAIRS).itertuples()
    ]
    return {
        "area": format_area(made["ellipsoid_m2"], made["error_m2"]),
        "area_m2": float(made["ellipsoid_m2"]),
        "perimeter": format_length(made["perimeter_m"], None),
        "overlaps": shown,
        "more": len(table) - len(shown),
    }


def edited(draft: Draft, verb: str, told: dict[str, Any], lang: str) -> dict[str, Any]:
    """Return the extent after an edit (see `zones.editing.edit`), and what changed.

    Raises
    ------
    GeometryError
        If the edit cannot be made; says why.
    """
    before = geometry(told.get("extent"))
    after = EDITS[verb](before, told, draft)
    done = edit.change(before, after)
    return {"extent": plain(after), "after": done.area_after_m2, "said": _said(done, lang)}


def _said(done: edit.Change, lang: str) -> str:
    """Return what an edit changed, in one line: area, and parts and holes where their number is another one."""
    areas = {"before": f"{done.area_before_m2:,.0f}", "after": f"{done.area_after_m2:,.0f}"}
    told = [t("draw_done", lang, **areas)]
    if done.parts_before != done.parts_after:
        told.append(t("draw_parts", lang, before=done.parts_before, after=done.parts_after))
    if done.holes_before != done.holes_after:
        told.append(t("draw_holes", lang, before=done.holes_before, after=done.holes_after))
    return (", " if lang == "en" else "，").join(told)


def _merged(before: shapely.Geometry | None, told: dict[str, Any], draft: Draft) -> shapely.Geometry:
    other = draft.atlas.zones.geometry.get(told["other"])
    if other is None or other.geom_type not in POLYGONS:
        raise GeometryError(f"zone '{told['other']}' has no ground to join; choose one with an area")
    return edit.add(before, other)


def _drawn(before: shapely.Geometry | None) -> shapely.Geometry:
    if before is None:
        raise GeometryError("the zone has no ground yet; draw a part first")
    return before


EDITS: dict[str, Callable[[Any, dict[str, Any], Draft], shapely.Geometry | None]] = {
    "add": lambda before, told, _: edit.add(before, edit.rounded(geometry(told["tool"]))),
    "take_out": lambda before, told, _: edit.take_out(_drawn(before), edit.rounded(geometry(told["tool"]))),
    "cut": lambda before, told, _: edit.cut(_drawn(before), geometry(told["tool"])),
    "remove": lambda before, told, _: edit.remove_at(_drawn(before), shapely.Point(told["at"])),
    "merge": _merged,
    "band": lambda _, told, __: edit.band(geometry(told["axis"]), float(told["half_width_m"])),
}


def changes(draft: Draft, zone_id: str, features: geopandas.GeoDataFrame) -> list[str]:
    """Return the parts and fields in which drawn features differ from the draft's; empty where nothing does."""
    old = {row["part"]: row for row in draft.of_zone(zone_id).to_dict("records")}
    new = {row["part"]: row for row in features.to_dict("records")}
    found = []
    for part in Part:
        a, b = old.get(part.value), new.get(part.value)
        if a is None or b is None:
            found += [part.value] if a is not b else []
            continue
        found += [] if same_shape(a["geometry"], b["geometry"]) else [part.value]
        found += [f"{part.value}.{field}" for field in RECORD if not _alike(a[field], b[field])]
    return found


def _alike(a: Any, b: Any) -> bool:  # noqa: ANN401 (cells)
    empty = [value is None or value == "" or (isinstance(value, float) and np.isnan(value)) for value in (a, b)]
    return all(empty) if any(empty) else bool(a == b)


NEEDED = ("grade", "method", "edge_rule", "error_m", "basis")


def missing(features: geopandas.GeoDataFrame) -> list[list[str]]:
    """Return the fields that are still empty, [part, field] each; nothing is saved without them."""
    return [[row["part"], field] for row in features.to_dict("records") for field in NEEDED if _alike(row[field], None)]


def found(
    atlas: Atlas, zone_id: str, rules: tuple[Rule, ...], lang: str, results: tuple[Result, ...] | None = None
) -> list[dict[str, Any]]:
    """Return the findings on a zone as the panel lists them; `results` of the rules where they are known already."""
    known = judged(atlas)
    return [_told(each, known, lang) for each in findings(known, zone_id, rules, results)]


def judged(atlas: Atlas) -> Atlas:
    """Return the atlas as it is looked at: an error that is not stated yet gives no slack."""
    return replace(atlas, zones=atlas.zones.assign(error_m=atlas.zones["error_m"].fillna(0.0)))


def _named(text: str, atlas: Atlas, lang: str) -> str:
    """Return a sentence with zones and districts by name; ids and codes say little to a person at the map."""
    names = atlas.zones[f"name_{lang}"]
    districts = atlas.base.get("base_districts")
    if districts is not None and {"code", f"name_{lang}"} <= set(districts.columns):
        names = pd.concat([names, districts.set_index("code")[f"name_{lang}"]])
    known = names.to_dict()
    return NAME.sub(lambda found: known.get(found[0]) or found[0], text)


def _told(finding: Finding, atlas: Atlas, lang: str) -> dict[str, Any]:
    issue = finding.issue
    return {
        "kind": issue.kind,
        "severity": str(issue.severity),
        "zone": issue.feature,
        "value": issue.value,
        "text": _named(translate(issue.message, lang), atlas, lang),
        "at": plain(finding.at),
        "mends": [[mend, MENDS[mend][lang == "en"]] for mend in finding.mends],
    }


def proposal(atlas: Atlas, zone_id: str, mend: str, lang: str) -> dict[str, Any]:
    """Return a mended shape to be looked at: both areas, and the ground that differs."""
    made = propose(atlas, zone_id, mend)  # type: ignore[arg-type]
    words = {
        "before": f"{made.area_before_m2:,.0f}",
        "after": f"{made.area_after_m2:,.0f}",
        "difference": f"{made.area_after_m2 - made.area_before_m2:+,.0f}",
    }
    return {
        "mend": mend,
        "extent": plain(made.shape),
        "differs": plain(_areas(made.differs)),
        "sentence": t("draw_proposal", lang, **words),
    }


def _areas(shape: shapely.Geometry) -> shapely.Geometry | None:
    """Return the ground in a shape that can be seen: not the hairs that rounding leaves along edges."""
    parts = edit.polygons(shape)
    seen = parts[lonlat_area(parts) >= HAIR_M2]
    return edit.joined(seen) if len(seen) else None


def in_atlas(draft: Draft, zone_id: str, features: geopandas.GeoDataFrame) -> Atlas:
    """Return the draft's atlas with the drawn features, mended only as far as winding goes."""
    numbers = features.assign(error_m=pd.to_numeric(features["error_m"], errors="coerce"))
    atlas = with_zone(draft.atlas, zone_id, numbers)
    return replace(atlas, zones=atlas.zones.assign(error_m=atlas.zones["error_m"].astype(float)))
