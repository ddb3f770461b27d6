"""What a command was pointed at: zones by selection, or the features of a file; and the answer as plain rows."""

from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from zones import load, read_atlas
from zones.atlas import data_folder, read_plans
from zones.check import check_atlas, check_file
from zones.conflicts import as_json, conflicts
from zones.documents import DOCUMENTS_VARIABLE, check_sources, read_documents, registered_folder
from zones.errors import InputError, UnknownZoneError
from zones.measure import measure
from zones.overlap import drop_slivers, faces, grid_of, pairs, totals, union
from zones.own_file import is_file_name, read_own
from zones.plans import Plan
from zones.receipt_files import read_receipts
from zones.receipts import Receipt, area_receipts, overlap_receipts, totals_receipts, union_receipts
from zones.records import none_if_nan
from zones.repair import repair
from zones.rules import read_rules
from zones.select import select
from zones.verify import Verdict, verify


def measured(ids: list[str] | None, layer: Path | None, receipts_to: Path | None = None) -> list[dict[str, Any]]:
    """Return the areas of a selection of zones, or of a file's features, as the contract lists them.

    The receipts of zones are written to `receipts_to`, where it is given.
    """
    if ids and layer is not None:
        raise InputError("measure takes zones or --layer, not both")
    if layer is not None:
        _refuse_receipts(layer, receipts_to)
        frame = features_of(layer)
    else:
        atlas = read_atlas(base=False)
        frame = select(atlas.zones, ",".join(ids or ["all"]))
        if receipts_to is not None:
            _write_receipts(receipts_to, area_receipts(atlas, frame))
    table = measure(frame)
    return [_measured_row(row) for row in table.itertuples()]


def _measured_row(row: Any) -> dict[str, Any]:  # noqa: ANN401 (a named tuple of pandas)
    areas = {"ellipsoid": row.ellipsoid_m2, "survey": row.survey_m2, "plane": row.plane_m2}
    return {
        "id": row.Index,
        "area_m2": {name: none_if_nan(area) for name, area in areas.items()},
        "plane_crs": none_if_nan(row.plane_crs),
        "error_m2": none_if_nan(row.error_m2),
        "perimeter_m": none_if_nan(row.perimeter_m),
        "declared_area_m2": none_if_nan(row.declared_area_m2),
        "difference_m2": none_if_nan(row.difference_m2),
    }


def overlapped(
    a: str, b: str | None, *, as_union: bool, planar: bool, below_m2: float, receipts_to: Path | None = None
) -> dict[str, Any]:
    """Return pairs, sums and k-fold areas of one side, or of two, as the contract lists them.

    The receipts of zones are written to `receipts_to`, where it is given.
    """
    for side in (a, b or ""):
        if is_file_name(side):
            _refuse_receipts(Path(side), receipts_to)
    left = _side(a, planar)
    right = None if b is None else _side(b, planar)
    both = left if right is None else pd.concat([left, right[~_same(left, right)]])
    cut = faces(both, planar=planar)
    sides = left, right
    if as_union:
        if right is None:
            raise InputError("--by union compares two sides; give --b too")
        left, right = union(left, a), union(right, b or "")
    kept, slivers = drop_slivers(pairs(left, right, planar=planar), below_m2)
    if receipts_to is not None:
        atlas = read_atlas(base=False)
        if as_union:
            issued = union_receipts(atlas, sides[0], sides[1], kept, grid_of(left, right))
        else:
            issued = overlap_receipts(atlas, left, right, kept, below_m2)
        _write_receipts(receipts_to, issued + totals_receipts(atlas, both, totals(cut)))
    left_out = {"below_m2": slivers.below_m2, "count": slivers.count, "sum_m2": slivers.sum_m2}
    return {"pairs": kept.to_dict("records"), **totals(cut), "slivers": left_out}


def _same(left: geopandas.GeoDataFrame, right: geopandas.GeoDataFrame) -> npt.NDArray[np.bool_]:
    """Tell which rows of the right side are zones of the left side too, so that none is counted twice."""
    twin = left.geometry.reindex(right.index)
    return np.asarray(shapely.equals_identical(twin.array, right.geometry.array))


def verified(path: Path) -> Verdict:
    """Return whether the receipts of a file hold on the atlas as it is now."""
    from layers.tables import figure_heads

    held = read_receipts(path, figure_heads())
    return verify(read_atlas(base=False), held.receipts, held.shown)


def _write_receipts(path: Path, receipts: tuple[Receipt, ...]) -> None:
    from layers.exports import write_receipts

    if not receipts:
        raise InputError(f"{path}: none of these zones has a polygon, so there is no figure to write a receipt for")
    write_receipts(path, receipts)


def _refuse_receipts(file: Path, receipts_to: Path | None) -> None:
    # A receipt is made again from the atlas; of a file that may be gone tomorrow it could promise nothing.
    if receipts_to is not None:
        raise InputError(
            f"{file}: --receipts is for zones of the atlas; leave it out, or name zones in place of a file"
        )


def _side(text: str, planar: bool) -> geopandas.GeoDataFrame:
    if is_file_name(text):
        return features_of(Path(text), planar=planar)
    if planar:
        raise InputError(f"'{text}': --planar is for files in plain x and y; zones of the atlas are on the ellipsoid")
    return select(load(), text)


def features_of(path: Path, *, planar: bool = False) -> geopandas.GeoDataFrame:
    """Return a file's features, repaired, indexed by id, with the columns a measure needs."""
    frame, _ = repair(read_own(path, planar=planar), path.name)
    repeated = frame.loc[frame["zone_id"].duplicated(), "zone_id"].unique()
    if len(repeated):
        raise InputError(f"{path}: zone_id {', '.join(repeated[:10])} stands more than once; ids must be unique")
    if "error_m" not in frame.columns:
        frame["error_m"] = float("nan")
    return frame.set_index("zone_id")


def checked(file: Path | None, repaired_to: Path | None) -> tuple[pd.DataFrame, str]:
    """Return the issues of a file (or of the atlas) and one sentence that accounts for every feature."""
    if file is None:
        atlas = read_atlas()
        issues = check_atlas(atlas, read_rules(data_folder() / "rules.yaml"))
        located = int(atlas.zones.geometry.notna().sum())
        counts = f"{len(atlas.zones)} zones = {located} with a shape + {len(atlas.zones) - located} without, each named"
        return issues, f"atlas {atlas.version}: {counts}; {_severities(issues)}"
    frame, issues = check_file(read_own(file), file.name)
    unusable = issues.loc[issues["kind"] == "no_shape", "feature"]
    if repaired_to is not None:
        from layers.exports import write_frame

        write_frame(frame, repaired_to)
    counts = f"{len(frame)} features read = {len(frame) - len(unusable)} usable + {len(unusable)} named without a shape"
    return issues, f"{file}: {counts}; {_severities(issues)}"


def sources_checked(folder: Path | None) -> tuple[pd.DataFrame, str]:
    """Return the locators that fail against the documents of a folder, and one sentence on all of them."""
    folder = folder or registered_folder()
    if folder is None:
        raise InputError(f"no documents are registered; give --documents DIR or set {DOCUMENTS_VARIABLE}")
    plans = read_plans(data_folder() / "plans")
    pages = read_documents(folder, plans)
    issues, checked = check_sources(plans, pages)
    return issues, f"{len(pages)} of {len(plans)} documents found, {checked} locators checked, {len(issues)} failed"


def plans_named(names: list[str] | None) -> dict[str, Plan]:
    """Return the plans of the atlas, or those named."""
    plans = read_plans(data_folder() / "plans")
    unknown = [name for name in names or () if name not in plans]
    if unknown:
        raise UnknownZoneError(f"no plan '{unknown[0]}' is in the atlas; it has {', '.join(plans)}")
    return {name: plans[name] for name in names or plans}


def contradictions(names: list[str] | None) -> list[dict[str, Any]]:
    """Return the contradictions among all plans, or those with evidence in one of the plans named."""
    wanted = set(plans_named(names))
    plans = plans_named(None)
    found = [each for each in conflicts(plans) if wanted & {passage.plan_id for passage in each.evidence}]
    return as_json(plans, found)


def _severities(issues: pd.DataFrame) -> str:
    if issues.empty:
        return "no issue"
    return ", ".join(f"{count} {name}" for name, count in issues["severity"].value_counts().items())
