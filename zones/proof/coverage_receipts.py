"""Receipts of coverage: a corridor's band, what of it is covered, by class, how often, by each cover, and its gaps.

Only covers with ground in the band enter, so that a receipt holds while everything else moves. Each is made from the
corridor cut at its own half-width alone: page, file and command then give one figure one id.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pyproj

from zones.atlas import Atlas
from zones.corridors.corridor import GRID_DEG, STEP_M, Corridor, area_error, with_half_width
from zones.corridors.corridor_cells import Cells, cut
from zones.corridors.coverage import at, error, gaps_at
from zones.corridors.covers import SHAPE, layer_covers, stream_covers
from zones.counting.parcel_stream import open_layer
from zones.features import features_of, marked
from zones.overlap import BALANCE
from zones.proof.fingerprint import fingerprint
from zones.proof.receipt_kinds import Kind
from zones.proof.receipt_sources import (
    CRS,
    FILE,
    MARK,
    OWN_ID,
    Band,
    Ground,
    Input,
    Many,
    Shares,
    SourceFile,
    Thresholds,
)
from zones.proof.receipts import Receipt, canonical, issue, known
from zones.records import none_if_nan
from zones.schema import STORAGE_CRS

ZONES = "zones"
"""What `Band.covered_by` says where every zone with an outline of its own may cover."""

BY_KIND = {"corridor": "band", "class": "class_cells"}
"""Methods of kinds that are no sum over all cells."""

MOST_NAMED = 200
"""Features of a file that a receipt names one by one; of more it tells their count and one hash."""

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


def near_covers(
    path: Path, place: int, field: str | None, made: Corridor, half_width_m: float, also: Collection[str] = ()
) -> geopandas.GeoDataFrame:
    """Return the polygons of a GeoParquet layer in EPSG:4490 that lie near a corridor, as covers.

    As `file_covers`, yet read piece by piece, and known by their numbers where their ids do not tell them apart; the
    marks of those that enter a receipt are made by `ready`. `also` are features that are kept wherever they lie.

    Raises
    ------
    InputError
        If the file cannot be used.
    """
    covers = stream_covers(open_layer(path), made, half_width_m, field, also)
    # Of GeoParquet `marked` tells no system either: one figure has one id, however its file was read.
    return covers.assign(**{FILE: place, MARK: None, OWN_ID: list(covers.index), CRS: None})


def is_stored(path: Path) -> bool:
    """Tell whether a file is GeoParquet in EPSG:4490, as an import writes it: its shapes enter as they stand."""
    return path.suffix.lower() in (".parquet", ".geoparquet") and open_layer(path).crs == CRS_STORED


CRS_STORED = pyproj.CRS.from_user_input(STORAGE_CRS)


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
    return tuple(each.make() for each in coverage_makers(atlas, made, covers, band, files))


@dataclass(frozen=True)
class Maker:
    """A receipt that can be made: its kind, which row it is of (empty where there is one), and how."""

    kind: Kind
    row: str
    make: Callable[[], Receipt]


def coverage_makers(
    atlas: Atlas, made: Corridor, covers: geopandas.GeoDataFrame, band: Band, files: Sequence[SourceFile] = ()
) -> list[Maker]:
    """Return what makes each of `coverage_receipts`: where one is asked for, the others need not be made.

    A row is known by its cover, its class, its number of covers, or the whole metre in which its gap begins.
    """
    cells = cut(made, covers)
    inside = in_band(cells)
    covers = ready(covers, inside)
    on = ground_of(atlas, covers, band, files)
    first = ground_of(atlas, covers, replace(band, cover_file=None), files[:1] if band.file is not None else ())
    held = cells.table[cells.table["ring"] == 0]
    folds = sorted({int(k) for k in held["k"]})

    def one(kind: Kind, ids: list[object], k: int | None = None) -> Callable[[], Receipt]:
        return lambda: receipt_of(first if kind == "corridor" else on, kind, cells, band, covers, ids, k)

    makers = [Maker("corridor", "", one("corridor", [])), Maker("covered", "", one("covered", inside))]
    makers += _class_makers(on, cells, band, covers, inside)
    makers += [Maker("inside", str(each), one("inside", [each])) for each in _parts(cells)]
    makers += [Maker("fold", f"{k}", one("fold", inside, k)) for k in folds]
    return [*makers, *_gap_makers(on, cells, band, covers, inside)]


def _parts(cells: Cells) -> list[object]:
    """Return the covers that the page and the command list, largest first."""
    return list(at(cells, 0).parts["id"])


def _class_makers(
    on: Atlas | Ground, cells: Cells, band: Band, covers: geopandas.GeoDataFrame, inside: list[object]
) -> list[Maker]:
    classes = cells.covers.loc[inside, "class"]

    def one(name: object) -> Callable[[], Receipt]:
        # Its ± rests on its own edges alone, so it is cut by itself: so will it be when it is made again.
        ids = list(classes.index[classes == name])
        own = replace(band, class_name=str(name))
        return lambda: receipt_of(on, "class", cut(cells.corridor, covers.loc[ids]), own, covers, ids)

    return [Maker("class", str(name), one(name)) for name in at(cells, 0).by_class["class"]]


def _gap_makers(
    on: Atlas | Ground, cells: Cells, band: Band, covers: geopandas.GeoDataFrame, inside: list[object]
) -> list[Maker]:
    """Return what makes the receipt of each gap, longest first."""
    ends = gaps_at(cells, 0)[["from_m", "to_m"]].itertuples(index=False)
    entered: list[Entered] = []

    def one(low: float, high: float) -> Callable[[], Receipt]:
        def make() -> Receipt:
            if not entered:
                # All of them have the same inputs.
                entered.append(entering(covers, inside, "gap", bears=False))
            return _gap(on, replace(band, from_m=low, to_m=high), entered[0])

        return make

    return [Maker("gap", f"{low:.0f}", one(float(low), float(high))) for low, high in ends]


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
        inside = in_band(cells)
        marked_covers = ready(covers, inside)
        on = ground_of(atlas, covers, band, files)
        first = ground_of(atlas, covers, replace(band, cover_file=None), files[:1] if band.file is not None else ())
        found.append(receipt_of(first, "corridor", cells, own, covers, []))
        found.append(receipt_of(on, "covered", cells, own, marked_covers, inside))
        found += [each.make() for each in _gap_makers(on, cells, own, marked_covers, inside)[:1]]
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
    *,
    many: bool | None = None,
) -> Receipt:
    """Return one receipt from cells cut at one half-width; `ids` are the covers that enter, by index.

    `k` is for ground under exactly so many covers; a gap runs where the band says. `many` as in `entering`.
    """
    if kind == "gap":
        return _gap(on, band, entering(covers, ids, kind, bears=False, many=many))
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
    inputs = entering(covers, ids, kind, bears=bears, many=many)
    return issue(
        on, kind, method, inputs.zones, covered, thresholds=replace(THRESHOLDS, balance=BALANCE, k=k),
        error_m2=error_m2, shares=shares, band=own, many=inputs.many,
    )  # fmt: skip


def _gap(on: Atlas | Ground, band: Band, inputs: "Entered") -> Receipt:
    length, own = (band.to_m or 0.0) - (band.from_m or 0.0), _entering(band, "gap")
    return issue(
        on, "gap", "stretches", inputs.zones, length, thresholds=THRESHOLDS, unit="m", band=own, many=inputs.many
    )


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


@dataclass(frozen=True)
class Entered:
    """The covers that entered a number: one by one, or how many and their hash."""

    zones: tuple[Input, ...]
    many: Many | None = None


def entering(
    covers: geopandas.GeoDataFrame, ids: Sequence[object], kind: Kind, *, bears: bool, many: bool | None = None
) -> Entered:
    """Return covers as they enter a figure; their errors where the figure bears a ±.

    Parameters
    ----------
    covers : geopandas.GeoDataFrame
        From `ready`.
    ids : sequence
        Those that enter, by index.
    many : bool, optional
        Whether they are told as one; by default where they are features of a file and over `MOST_NAMED`.
    """
    rows = covers.loc[list(ids)]
    held = [
        _cover_input(own, row, kind, bears=bears) for own, row in zip(rows.index, rows.to_dict("records"), strict=True)
    ]
    if many is None:
        many = len(held) > MOST_NAMED and held[0].file is not None
    if not many:
        return Entered(tuple(held))
    told = sorted(
        canonical({name: value for name, value in asdict(each).items() if value is not None}) for each in held
    )
    return Entered((), Many(len(held), hashlib.sha256("\n".join(told).encode()).hexdigest()))


def ready(covers: geopandas.GeoDataFrame, ids: Sequence[object]) -> geopandas.GeoDataFrame:
    """Return covers with the marks by which receipts know those that enter: made here where reading left them out."""
    if SHAPE not in covers.columns:
        return covers
    rows = covers.index.isin(list(ids)) & covers[MARK].isna().to_numpy()
    marks = covers[MARK].to_numpy(object).copy()
    marks[rows] = [fingerprint(shape) for shape in covers.loc[rows, SHAPE]]
    return covers.assign(**{MARK: marks})


def _cover_input(own_id: object, row: Mapping[str, Any], kind: Kind, *, bears: bool) -> Input:
    error_m = none_if_nan(row["error_m"]) if bears else None
    class_name = none_if_nan(row["class"]) if kind in ("class", "curve") else None
    return Input(**known(own_id, row), error_m=error_m, class_name=class_name)
