"""Receipts of coverage: a corridor's band, what of it is covered, by class, how often, by each cover, and its gaps.

Only covers with ground in the band enter, so that a receipt holds while everything else moves. Each is made from the
corridor cut at its own half-width alone: page, file and command then give one figure one id.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd

from zones.atlas import Atlas
from zones.corridors.corridor import GRID_DEG, STEP_M, Corridor, area_error, with_half_width
from zones.corridors.corridor_cells import Cells, cut
from zones.corridors.coverage import at, error, gaps_at
from zones.corridors.covers import layer_covers
from zones.features import features_of, marked
from zones.overlap import BALANCE
from zones.proof.fingerprint import fingerprint
from zones.proof.receipt_kinds import Kind
from zones.proof.receipt_sources import Band, Ground, Input, Shares, SourceFile, Thresholds
from zones.proof.receipts import Receipt, issue, known
from zones.records import none_if_nan

ZONES = "zones"
"""What `Band.covered_by` says where every zone with an outline of its own may cover."""

BY_KIND = {"corridor": "band", "class": "class_cells"}
"""Methods of kinds that are no sum over all cells."""

THRESHOLDS = Thresholds(step_m=STEP_M, cut_deg=GRID_DEG)


def band_of(
    made: Corridor,
    *,
    covered_by: str | None = None,
    file: int | None = None,
    feature: str | None = None,
    cover_file: int | None = None,
    field: str | None = None,
) -> Band:
    """Return a corridor, and what was asked to cover it, as receipts name them (see `Band`)."""
    return Band(
        corridor=made.corridor_id,
        axis=fingerprint(made.axis),
        half_width=made.half_width,
        ends=made.ends,
        axis_error_m=none_if_nan(made.axis_error_m),
        limit=None if made.limit is None else fingerprint(made.limit),
        limit_error_m=None if made.limit is None else none_if_nan(made.limit_error_m),
        file=file,
        feature=feature,
        covered_by=covered_by,
        cover_file=cover_file,
        field=field,
    )


def file_covers(path: Path, place: int, field: str | None) -> geopandas.GeoDataFrame:
    """Return the polygons of a file as covers, with the columns by which a receipt knows them.

    Raises
    ------
    InputError
        If the file cannot be used.
    """
    return marked(layer_covers(features_of(path), str(path), field), path, place)


def coverage_receipts(
    atlas: Atlas, made: Corridor, covers: geopandas.GeoDataFrame, band: Band, files: Sequence[SourceFile] = ()
) -> tuple[Receipt, ...]:
    """Return the receipts of a corridor at its own half-width: band, covered ground, classes, parts, folds, gaps.

    Parameters
    ----------
    atlas : Atlas
    made : Corridor
    covers : geopandas.GeoDataFrame
        From `zones.corridors.covers`, in the order of atlas or file; those of a file as `file_covers` returns them.
    band : Band
        From `band_of`.
    files : sequence of SourceFile
        The axis's file first, if it has one, then that of the covers.
    """
    cells = cut(made, covers)
    found = at(cells, 0)
    inside = in_band(cells)
    on = ground_of(atlas, covers, band, files)
    first = ground_of(atlas, covers, replace(band, cover_file=None), files[:1] if band.file is not None else ())
    classes = cells.covers.loc[inside, "class"]
    made_of = [
        receipt_of(first, "corridor", cells, band, covers, []),
        receipt_of(on, "covered", cells, band, covers, inside),
    ]
    for name in found.by_class["class"]:
        own = replace(band, class_name=str(name))
        # Its ± rests on its own edges alone, so it is cut by itself: so will it be when it is made again.
        of_class = list(classes.index[classes == name])
        made_of.append(receipt_of(on, "class", cut(made, covers.loc[of_class]), own, covers, of_class))
    made_of += [receipt_of(on, "inside", cells, band, covers, [each]) for each in found.parts["id"]]
    made_of += [receipt_of(on, "fold", cells, band, covers, inside, int(k)) for k in found.k_fold["k"]]
    return (*made_of, *_gap_receipts(on, cells, band, covers, inside))


def _gap_receipts(
    on: Atlas | Ground, cells: Cells, band: Band, covers: geopandas.GeoDataFrame, inside: list[object]
) -> list[Receipt]:
    """Return the receipt of each gap, longest first."""
    ends = gaps_at(cells, 0)[["from_m", "to_m"]].itertuples(index=False)
    each = [replace(band, from_m=float(low), to_m=float(high)) for low, high in ends]
    return [receipt_of(on, "gap", cells, own, covers, inside) for own in each]


def curve_receipts(
    atlas: Atlas,
    made: Corridor,
    covers: geopandas.GeoDataFrame,
    band: Band,
    widths: Sequence[float],
    files: Sequence[SourceFile] = (),
) -> tuple[Receipt, ...]:
    """Return the receipts of a curve's rows: at each half-width the band, what is covered, and the longest gap.

    Parameters
    ----------
    widths : sequence of float
        Half-widths in m.

    Notes
    -----
    The other parameters are those of `coverage_receipts`, whose receipts these are too at the half-width of `made`.
    """
    found: list[Receipt] = []
    for width in widths:
        wide = with_half_width(made, width)
        cells, own = cut(wide, covers), replace(band, half_width=wide.half_width)
        inside, on = in_band(cells), ground_of(atlas, covers, band, files)
        first = ground_of(atlas, covers, replace(band, cover_file=None), files[:1] if band.file is not None else ())
        found.append(receipt_of(first, "corridor", cells, own, covers, []))
        found.append(receipt_of(on, "covered", cells, own, covers, inside))
        found += _gap_receipts(on, cells, own, covers, inside)[:1]
    return tuple(found)


def ground_of(atlas: Atlas, covers: geopandas.GeoDataFrame, band: Band, files: Sequence[SourceFile]) -> Atlas | Ground:
    """Return what receipts are issued on: the atlas, or files, perhaps beside it."""
    if not files:
        return atlas
    on_atlas = band.file is None or band.ends == "district" or band.cover_file is None
    return Ground(covers, atlas.version if on_atlas else files[0].sha256[:8], tuple(files))


def in_band(cells: Cells) -> list[object]:
    """Return the covers that have ground in the narrowest band cut, in their order."""
    held = cells.pairs[cells.table["ring"].to_numpy()[cells.pairs[:, 0]] == 0, 1]
    return list(cells.covers.index[np.unique(held)])


def receipt_of(
    on: Atlas | Ground,
    kind: Kind,
    cells: Cells,
    band: Band,
    covers: geopandas.GeoDataFrame,
    ids: Sequence[object],
    k: int | None = None,
) -> Receipt:
    """Return one receipt from cells cut at one half-width; `ids` are the covers that enter, by index.

    `k` is for ground under exactly so many covers; a gap runs where the band says.
    """
    if kind == "gap":
        return _gap(on, band, covers, ids)
    inside = cells.table["ring"].to_numpy() == 0
    area = cells.table["area_m2"].to_numpy(float)
    whole = float(area[inside].sum())
    bears = kind in ("covered", "class") or k == 0
    own, method = band if bears else _entering(band, kind), BY_KIND.get(kind, "cells")
    if kind == "corridor":
        error_m2 = none_if_nan(area_error(cells.corridor))
        return issue(on, kind, method, (), whole, thresholds=THRESHOLDS, error_m2=error_m2, band=own)
    if k is None:
        under = cells.pairs[np.isin(cells.pairs[:, 1], cells.covers.index.get_indexer(list(ids))), 0]
        covered = float(area[np.intersect1d(under, np.flatnonzero(inside))].sum())
    else:
        covered = float(area[inside & (cells.table["k"].to_numpy() == k)].sum())
    error_m2 = float(error(cells)[0]) if bears else None
    share = covered / whole if whole else 0.0
    shares = Shares(
        of_corridor=share,
        of_corridor_error=error_m2 / whole if error_m2 is not None and whole else None,
        of_cover=_of_cover(cells, ids[0], covered) if kind == "inside" else None,
    )
    inputs = tuple(cover_input(each, covers.loc[each], kind, bears=bears) for each in ids)
    return issue(
        on, kind, method, inputs, covered, thresholds=replace(THRESHOLDS, balance=BALANCE, k=k), error_m2=error_m2,
        shares=shares, band=own,
    )  # fmt: skip


def _gap(on: Atlas | Ground, band: Band, covers: geopandas.GeoDataFrame, ids: Sequence[object]) -> Receipt:
    inputs = tuple(cover_input(each, covers.loc[each], "gap", bears=False) for each in ids)
    length = (band.to_m or 0.0) - (band.from_m or 0.0)
    return issue(on, "gap", "stretches", inputs, length, thresholds=THRESHOLDS, unit="m", band=_entering(band, "gap"))


def gap_now(cells: Cells, band: Band) -> Band | None:
    """Return the band with the gap that lies most where the band's own was; None where none does."""
    low, high = band.from_m or 0.0, band.to_m or 0.0
    found = gaps_at(cells, 0)
    shared = np.minimum(found["to_m"], high) - np.maximum(found["from_m"], low)
    if not len(found) or shared.max() <= 0:
        return None
    now = found.loc[shared.idxmax()]
    return replace(band, from_m=float(now["from_m"]), to_m=float(now["to_m"]))


def _of_cover(cells: Cells, cover: object, inside_m2: float) -> float:
    """Return the share of a cover that lies in the band; none for one that is not near it any more."""
    return inside_m2 / float(cells.covers.at[cover, "area_m2"]) if cover in cells.covers.index else 0.0


def _entering(band: Band, kind: Kind) -> Band:
    """Return the band without what plays no part in a figure: no error without a ±, no others for one cover's part."""
    if kind == "covered":
        return band
    bare = replace(band, limit_error_m=None)
    if kind == "corridor":
        return replace(bare, covered_by=None, cover_file=None, field=None)
    bare = replace(bare, axis_error_m=None)
    return replace(bare, covered_by=None, field=None) if kind == "inside" else bare


def cover_input(own_id: object, row: pd.Series, kind: Kind, *, bears: bool) -> Input:
    """Return one cover as it enters a figure; its error where the figure bears a ±."""
    error_m = none_if_nan(row["error_m"]) if bears else None
    class_name = none_if_nan(row["class"]) if kind in ("class", "curve") else None
    return Input(**known(own_id, dict(row)), error_m=error_m, class_name=class_name)
