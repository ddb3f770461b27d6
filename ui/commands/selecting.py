"""What a command was pointed at: zones by selection, or the features of a file; and the answer as plain rows."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from zones import Atlas, load, read_atlas
from zones.atlas import data_folder, read_plans
from zones.check import check_atlas, check_file
from zones.errors import InputError, UnknownZoneError
from zones.features import ground, marked, source_file
from zones.intake.own_file import is_file_name, read_own
from zones.issues import Issue
from zones.measure import measure
from zones.overlap import drop_slivers, faces, grid_of, pairs, totals, union
from zones.proof.receipt_files import Held, read_receipts
from zones.proof.receipt_sources import SELF, Ground
from zones.proof.receipts import (
    Receipt,
    area_receipts,
    overlap_receipts,
    totals_receipts,
    union_receipts,
    workspaces_of,
)
from zones.proof.verify import Verdict, verify
from zones.records import none_if_nan
from zones.repair import Method, read_repaired
from zones.select import select
from zones.statements.conflicts import as_json, conflicts
from zones.statements.documents import DOCUMENTS_VARIABLE, check_sources, read_documents, registered_folder
from zones.statements.plans import Plan
from zones.statements.rules import read_rules
from zones.workspace.workspace_place import in_use


def measured(
    ids: list[str] | None, layer: Path | None, receipts_to: Path | None = None
) -> tuple[list[dict[str, Any]], list[Issue]]:
    """Return the areas of a selection of zones, or of a file's features, as the contract lists them; and repairs.

    Their receipts are written to `receipts_to`, where it is given.
    """
    if ids and layer is not None:
        raise InputError("measure takes zones or --layer, not both")
    if layer is not None:
        frame, repaired = read_repaired(layer)
        if receipts_to is not None:
            on = ground(marked(frame, layer, 0), [source_file(layer)], None)
            write_receipts(receipts_to, area_receipts(on, on.zones))
    else:
        atlas, repaired = read_atlas(base=False), []
        frame = select(atlas.zones, ",".join(ids or ["all"]))
        if receipts_to is not None:
            write_receipts(receipts_to, area_receipts(atlas, frame))
    table = measure(frame)
    return [_measured_row(row) for row in table.itertuples()], repaired


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
    a: str,
    b: str | None,
    *,
    as_union: bool,
    below_m2: float,
    receipts_to: Path | None = None,
    method: Method = "structure",
) -> tuple[dict[str, Any], list[Issue]]:
    """Return pairs, sums and k-fold areas of one side, or of two, as the contract lists them; and what was repaired.

    Their receipts are written to `receipts_to`, where it is given.
    """
    if receipts_to is not None and method != "structure" and (is_file(a) or is_file(b or "")):
        raise InputError(
            f"{receipts_to}: receipts hold for repair by structure; leave out --repair-method or --receipts"
        )
    found: list[Issue] = []
    left = _side(a, method, found)
    right = None if b is None else _side(b, method, found)
    both = left if right is None else pd.concat([left, right[~same(left, right)]])
    cut = faces(both)
    sides = left, right
    if as_union:
        if right is None:
            raise InputError("--by union compares two sides; give --b too")
        left, right = union(left, a), union(right, b or "")
    kept, slivers = drop_slivers(pairs(left, right), below_m2)
    if receipts_to is not None:
        on, first, second = _known(a, b, sides)
        if as_union:
            issued = union_receipts(on, first, second, kept, grid_of(left, right))
        else:
            issued = overlap_receipts(on, first, second, kept, below_m2)
        whole = first if second is None else pd.concat([first, second[~same(first, second)]])
        write_receipts(receipts_to, issued + totals_receipts(on, whole, totals(cut)))
    left_out = {"below_m2": slivers.below_m2, "count": slivers.count, "sum_m2": slivers.sum_m2}
    return {"area_unit": "m2", "pairs": kept.to_dict("records"), **totals(cut), "slivers": left_out}, found


def _known(
    a: str, b: str | None, sides: tuple[geopandas.GeoDataFrame, geopandas.GeoDataFrame | None]
) -> tuple[Atlas | Ground, geopandas.GeoDataFrame, geopandas.GeoDataFrame | None]:
    """Return what receipts of two sides are issued on, and the sides, with features of files known as such."""
    atlas = read_atlas(base=False)
    paths = list(dict.fromkeys(Path(text) for text in (a, b) if text is not None and is_file(text)))
    if not paths:
        return atlas, *sides
    shapes = [None if side is None else side[[side.geometry.name]] for side in sides]
    known = [
        marked(side, Path(text), paths.index(Path(text))) if side is not None and text and is_file(text) else side
        for text, side in zip((a, b), shapes, strict=True)
    ]
    own = None if all(text is None or is_file(text) for text in (a, b)) else atlas
    return ground(known[0], [source_file(path) for path in paths], own), known[0], known[1]


def same(left: geopandas.GeoDataFrame, right: geopandas.GeoDataFrame) -> npt.NDArray[np.bool_]:
    """Tell which rows of the right side are zones of the left side too, so that none is counted twice."""
    twin = left.geometry.reindex(right.index)
    return np.asarray(shapely.equals_identical(twin.array, right.geometry.array))


def verified(path: Path, files: Sequence[Path] = ()) -> Verdict:
    """Return whether the receipts of a file hold on the atlas, and on the files they name, as these are now.

    A file that receipts name is looked for among `files`, by its name (a single one may have another), then where
    they say it lies, then beside them.
    """
    from layers.tables.tables import figure_heads

    if path.suffix.lower() in (".tif", ".tiff"):
        # Loaded for pictures only.
        from zones.proof.georef_again import verify_georef

        return verify_georef(path, files)
    held = read_receipts(path, figure_heads())
    lie_at = lying_at(path, held, files)
    # The base map is read only where a corridor rests on it.
    bands = [each.band for each in held.receipts if each.band is not None]
    base = any(band.ends == "district" or band.areas is not None for band in bands)
    return verify(read_atlas(base=base), held.receipts, held.shown, lie_at)


def lying_at(path: Path, held: Held, files: Sequence[Path]) -> dict[str, Path]:
    """Return where the files lie that receipts name, as far as they are found (see `verified`)."""
    stated = list(dict.fromkeys(each.path for receipt in held.receipts for each in receipt.files or ()))
    own = {SELF: path} if SELF in stated else {}
    stated = [each for each in stated if each != SELF]
    found = own | {each: at for each in stated if (at := _found(each, stated, path, files)) is not None}
    return in_use(workspaces_of(held.receipts)) | found


def _found(stated: str, others: list[str], receipts: Path, given: Sequence[Path]) -> Path | None:
    if len(given) == len(others) == 1:
        return given[0]
    named = [path for path in given if path.name == Path(stated).name]
    places = [*named, Path(stated), receipts.parent / Path(stated).name]
    return next((path for path in places if path.exists()), None)


def write_receipts(path: Path, receipts: tuple[Receipt, ...]) -> None:
    """Write receipts; a selection that has none is said in one sentence."""
    from layers.exports.receipts_beside import write_receipts as write

    if not receipts:
        raise InputError(f"{path}: none of these zones has a polygon, so there is no figure to write a receipt for")
    write(path, receipts)


def is_file(text: str) -> bool:
    """Tell whether a text names a vector file, rather than a selection of zones."""
    return is_file_name(text)


def _side(text: str, method: Method, found: list[Issue]) -> geopandas.GeoDataFrame:
    if not is_file(text):
        return select(load(), text)
    frame, issues = read_repaired(Path(text), method=method)
    found += issues
    return frame


def checked(
    file: Path | None, repaired_to: Path | None, *, planar: bool = False, method: Method = "structure"
) -> tuple[pd.DataFrame, str]:
    """Return the issues of a file (or of the atlas) and one sentence that accounts for every feature."""
    if file is None:
        atlas = read_atlas()
        issues = check_atlas(atlas, read_rules(data_folder() / "rules.yaml"))
        located = int(atlas.zones.geometry.notna().sum())
        counts = f"{len(atlas.zones)} zones = {located} with a shape + {len(atlas.zones) - located} without, each named"
        return issues, f"atlas {atlas.version}: {counts}; {_severities(issues)}"
    frame, issues = check_file(read_own(file, planar=planar), file.name, method, planar=planar)
    unusable = issues.loc[issues["kind"] == "no_shape", "feature"]
    if repaired_to is not None:
        from layers.exports.drawings import write_drawing
        from layers.exports.exports import write_frame

        (write_drawing if planar else write_frame)(frame, repaired_to)
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
