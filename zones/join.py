"""Join of shapes and plan statements on `zone_id`; what does not match is reported from both sides."""

from collections.abc import Mapping

import geopandas
import pandas as pd

from zones.issues import Issue
from zones.schema import STORAGE_CRS, Part, Severity
from zones.statements.plans import Plan, Zone

SHAPE_COLUMNS = ("grade", "error_m", "basis", "basis_en", "method", "edge_rule", "traced_on", "half_width_m", "layer")

AXIS_COLUMNS = ("grade", "error_m", "basis", "basis_en")
"""What is recorded of an axis apart from its extent; the frame holds it under names with `axis_` before."""

REASON_COLUMNS = ("unlocated_zh", "unlocated_en")


def join(
    plans: Mapping[str, Plan], shapes: geopandas.GeoDataFrame, reasons: pd.DataFrame
) -> tuple[geopandas.GeoDataFrame, list[Issue]]:
    """Return one row for each zone of the plans, with its shape where it has one, and the mismatches.

    Parameters
    ----------
    plans : mapping of plan_id to Plan
    shapes : geopandas.GeoDataFrame
        EPSG:4490; columns `zone_id`, `part` and those of `SHAPE_COLUMNS`; one row for each zone and part.
    reasons : pandas.DataFrame
        Index `zone_id`, columns `unlocated_zh` and `unlocated_en`: why a zone has no shape.

    Returns
    -------
    geopandas.GeoDataFrame
        Index `zone_id`; active geometry `geometry` (the extent, or None) with the columns of
        `SHAPE_COLUMNS`; beside it `axis`, `axis_grade`, `axis_error_m`, `axis_basis`, `axis_basis_en`.
    list of Issue
        A shape without a zone, a zone with neither shape nor reason, a zone with both, a reason without a zone.
    """
    rows = [_row(plan_id, plan, zone) for plan_id, plan in plans.items() for zone in plan.zones]
    zones = pd.DataFrame(rows).set_index("zone_id")
    extents = shapes[shapes["part"] == Part.EXTENT.value].set_index("zone_id")
    axes = shapes[shapes["part"] == Part.AXIS.value].set_index("zone_id")
    frame = zones.join(extents[[*SHAPE_COLUMNS, "geometry"]]).join(reasons[list(REASON_COLUMNS)])
    frame = frame.join(axes[list(AXIS_COLUMNS)].add_prefix("axis_")).astype({"axis_error_m": float})
    frame["error_m"] = frame["error_m"].astype(float)
    frame["half_width_m"] = frame["half_width_m"].astype(float)
    joined = geopandas.GeoDataFrame(frame, geometry="geometry", crs=STORAGE_CRS)
    joined["axis"] = axes.geometry.reindex(joined.index)
    return joined, _mismatches(joined, shapes, reasons)


def _row(plan_id: str, plan: Plan, zone: Zone) -> dict[str, object]:
    schemes = {scheme.scheme_id: scheme.name.zh for scheme in plan.schemes}
    return {
        "zone_id": zone.zone_id,
        "name_zh": zone.name.zh,
        "name_en": zone.name.en,
        "aliases": zone.aliases,
        "kind": zone.kind.value,
        "plan_id": plan_id,
        "scheme_ids": zone.scheme_ids,
        "scheme_names": tuple(schemes[scheme_id] for scheme_id in zone.scheme_ids),
        "parent_ids": zone.parent_ids,
        "district_codes": zone.district_codes,
        "declared_area_m2": zone.declared_area.area_m2 if zone.declared_area else float("nan"),
    }


def _mismatches(joined: geopandas.GeoDataFrame, shapes: geopandas.GeoDataFrame, reasons: pd.DataFrame) -> list[Issue]:
    located = joined.geometry.notna()
    explained = joined["unlocated_zh"].notna()
    issues = []
    for zone_id, layer in shapes.loc[~shapes["zone_id"].isin(joined.index), ["zone_id", "layer"]].itertuples(
        index=False
    ):
        message = "this shape belongs to no zone of the plans; add the zone to its plan file or correct the id"
        issues.append(Issue(layer, zone_id, "zone_id", Severity.ERROR, "shape_without_zone", zone_id, message))
    for zone_id in reasons.index.difference(joined.index, sort=False):
        message = "unlocated.csv explains a zone that no plan has; correct the id or delete the row"
        issues.append(Issue("unlocated", zone_id, "zone_id", Severity.ERROR, "reason_without_zone", zone_id, message))
    for zone_id in joined.index[~located & ~explained]:
        message = "this zone has neither a shape nor a reason in unlocated.csv; draw it or say why not"
        issues.append(Issue("plans", zone_id, "geometry", Severity.ERROR, "zone_without_shape", "", message))
    for zone_id in joined.index[located & explained]:
        message = "this zone has a shape and a reason why it has none; delete its row in unlocated.csv"
        issues.append(Issue("unlocated", zone_id, "zone_id", Severity.WARNING, "needless_reason", zone_id, message))
    return issues
