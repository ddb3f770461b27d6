"""Records of zones as plain dicts, the JSON of `zones list` and `zones show`."""

from typing import Any

import geopandas

from zones.atlas import Atlas
from zones.cells import none_if_nan
from zones.measure import measure
from zones.select import require_zone
from zones.statements.board import records as indicator_records
from zones.statements.passages import LineRange, Source, Statement
from zones.statements.plans import Plan, Zone
from zones.statements.relations import relations


def listing(atlas: Atlas, frame: geopandas.GeoDataFrame) -> list[dict[str, Any]]:
    """Return the records of a frame's zones, in its order; lengths in metres, areas in m²."""
    areas = measure(frame)["ellipsoid_m2"]
    return [_summary(atlas, row, areas[row.Index]) for row in frame.itertuples()]


def record(atlas: Atlas, zone_id: str) -> dict[str, Any]:
    """Return all that is known of one zone.

    Raises
    ------
    UnknownZoneError
        If the atlas has no such zone.
    """
    require_zone(atlas.zones, zone_id)
    summary = listing(atlas, atlas.zones.loc[[zone_id]])[0]
    plan, zone = plan_zone(atlas, zone_id)
    about = atlas.issues["feature"] == zone_id
    return summary | {
        "positioning": _statement(plan, zone, zone.positioning) if zone.positioning else None,
        "industries": [_statement(plan, zone, said) for said in zone.industries],
        "anchors": [_statement(plan, zone, said) for said in zone.anchors],
        "platforms": [_statement(plan, zone, said) for said in zone.platforms],
        "relations": _relations(atlas, zone_id),
        "indicators": [each for each in indicator_records({plan.plan.plan_id: plan}) if each["scope"] == zone_id],
        "issues": atlas.issues[about].to_dict("records"),
    }


def plan_zone(atlas: Atlas, zone_id: str) -> tuple[Plan, Zone]:
    """Return a zone's entry in its plan file, and the plan."""
    plan = atlas.plans[atlas.zones.at[zone_id, "plan_id"]]
    return plan, next(zone for zone in plan.zones if zone.zone_id == zone_id)


def locators(plan: Plan, sources: tuple[Source, ...]) -> list[dict[str, Any]]:
    """Return where the sources stand, one entry for each run of lines."""
    return [_locator(plan, span, source.section) for source in sources for span in source.lines]


def statement_locators(plan: Plan, zone: Zone, at: tuple[LineRange, ...]) -> list[dict[str, Any]]:
    """Return where a statement of a zone stands, with the section of the source that holds each run of lines."""
    return [_locator(plan, span, _section(zone, span)) for span in at]


def _section(zone: Zone, span: LineRange) -> str:
    for source in zone.sources:
        if any(first <= span[0] and span[1] <= last for first, last in source.lines):
            return source.section
    return ""


def _locator(plan: Plan, span: LineRange, section: str) -> dict[str, Any]:
    return {
        "document": plan.plan.document.name,
        "line_start": span[0],
        "line_end": span[1],
        "section": section,
    }


def _statement(plan: Plan, zone: Zone, said: Statement) -> dict[str, Any]:
    places = statement_locators(plan, zone, said.at)
    return {"zh": said.zh, "en": said.en, "source": places[0], "sources": places}


def _relations(atlas: Atlas, zone_id: str) -> list[dict[str, Any]]:
    rows = []
    for view in relations(atlas.plans, zone_id):
        plan = atlas.plans[view.plan_id]
        teller = view.target_id if view.derived and view.target_id else zone_id
        source = statement_locators(plan, plan_zone(atlas, teller)[1], view.at)[0]
        target = view.target_id or view.name_zh
        rows.append(
            {"type": view.type, "target": target, "name_zh": view.name_zh, "name_en": view.name_en, "source": source}
        )
    return rows


def _summary(atlas: Atlas, row: Any, area_m2: float) -> dict[str, Any]:  # noqa: ANN401 (a named tuple of pandas)
    plan, zone = plan_zone(atlas, row.Index)
    return {
        "zone_id": row.Index,
        "name_zh": row.name_zh,
        "name_en": row.name_en,
        "aliases": list(row.aliases),
        "kind": row.kind,
        "plan_id": row.plan_id,
        "scheme_ids": list(row.scheme_ids),
        "parent_ids": list(row.parent_ids),
        "district_codes": list(row.district_codes),
        "grade": none_if_nan(row.grade),
        "error_m": none_if_nan(row.error_m),
        "area_m2": none_if_nan(area_m2),
        "declared_area_m2": none_if_nan(row.declared_area_m2),
        "unlocated_reason": none_if_nan(row.unlocated_zh),
        "sources": locators(plan, zone.sources),
    }
