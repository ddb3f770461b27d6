"""Receipts of what a corridor's tables list besides coverage: axis, sides, districts met, lanes, pieces not covered.

They rest on the same band and covers as those of `zones.proof.coverage_receipts`, and are made from one cut of the
corridor at its own half-width.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial

import geopandas
import numpy as np
import pandas as pd

from zones.atlas import Atlas
from zones.corridors.corridor import Corridor, length_m
from zones.corridors.corridor_cells import Cells, cut
from zones.corridors.coverage import SIDES, at, uncovered
from zones.corridors.crossed import areas_crossed
from zones.errors import InputError
from zones.overlap import grid_of
from zones.proof.causes import Cause, cause
from zones.proof.coverage_receipts import THRESHOLDS, Entered, Maker, entering, ground_of, in_band, ready
from zones.proof.fingerprint import fingerprint
from zones.proof.receipt_kinds import Kind
from zones.proof.receipt_sources import Band, Ground, Input, Shares, SourceFile
from zones.proof.receipts import Receipt, issue
from zones.schema import EdgeRule

ROWS = ("axis", "crossed", "side", "side_covered", "piece", "lane")
"""Kinds made here."""

AREAS = ("base_districts", "base_subdistricts")
"""Layers of the base map whose areas a corridor meets; each known by its Chinese name."""

MOST_PIECES = 40
"""Pieces of uncovered ground with a receipt, largest first: each names every cover in the band."""


@dataclass(frozen=True)
class Rows:
    """A corridor cut at its own half-width, and the tables that several receipts are read from, each made once."""

    cells: Cells
    lanes: pd.DataFrame
    rest: pd.DataFrame


def rows_of(cells: Cells) -> Rows:
    """Return the tables of a corridor that rows are read from."""
    return Rows(cells, at(cells, 0).lanes, uncovered(cells, 0))


def row_receipts(
    atlas: Atlas, made: Corridor, covers: geopandas.GeoDataFrame, band: Band, files: Sequence[SourceFile] = ()
) -> tuple[Receipt, ...]:
    """Return the receipts of a corridor's rows: axis, both sides, lanes, pieces not covered, districts met.

    Parameters are those of `zones.proof.coverage_receipts.coverage_receipts`; districts are met where the atlas was
    read with its base map.
    """
    held = rows_of(cut(made, covers))
    return tuple(each.make() for each in row_makers(atlas, held, covers, band, files))


def row_makers(
    atlas: Atlas,
    held: Rows,
    covers: geopandas.GeoDataFrame,
    band: Band,
    files: Sequence[SourceFile] = (),
    *,
    singly: Collection[str] = ROWS,
) -> list[Maker]:
    """Return what makes each of `row_receipts`; rows are known by side, whole m² of a piece, or name of a district.

    Without `lane` or `piece` in `singly` these have none (see `zones.proof.series_receipts`).
    """
    inside = in_band(held.cells)
    covers = ready(covers, inside)
    on = ground_of(atlas, covers, band, files)
    first = ground_of(atlas, covers, replace(band, cover_file=None), files[:1] if band.file is not None else ())

    def one(kind: Kind, own: Band, ids: list[object]) -> Callable[[], Receipt]:
        return lambda: row_of(on if kind in ("side_covered", "lane") else first, kind, held, own, covers, ids)

    found = [Maker("axis", "", one("axis", band, []))]
    for side in SIDES:
        own = replace(band, side=side)
        found += [
            Maker("side", side, one("side", own, [])),
            Maker("side_covered", side, one("side_covered", own, inside)),
        ]
    for lane in held.lanes.itertuples() if "lane" in singly else ():
        own = replace(band, side=lane.side, from_m=float(lane.from_m), to_m=float(lane.to_m))
        found.append(Maker("lane", str(lane.side), one("lane", own, [lane.id])))
    pieces = _piece_makers(on, held, band, covers, inside) if "piece" in singly else []
    return [*found, *pieces, *_area_makers(first, atlas, held.cells, band)]


def _piece_makers(
    on: Atlas | Ground, held: Rows, band: Band, covers: geopandas.GeoDataFrame, inside: list[object]
) -> list[Maker]:
    entered: list[Entered] = []

    def one(place: int) -> Callable[[], Receipt]:
        def make() -> Receipt:
            if not entered:
                # All of them have the same inputs.
                entered.append(entering(covers, inside, "inside", bears=False))
            return _piece(on, held, band, entered[0], place)

        return make

    sizes = held.rest["area_m2"].head(MOST_PIECES)
    return [Maker("piece", f"{size:.0f}", one(place)) for place, size in enumerate(sizes)]


def row_of(
    on: Atlas | Ground,
    kind: Kind,
    held: Rows,
    band: Band,
    covers: geopandas.GeoDataFrame,
    ids: Sequence[object],
    many: bool | None = None,
) -> Receipt:
    """Return one receipt: of the axis, of a side of the band, or of a lane that runs where the band says.

    `many` as in `zones.proof.coverage_receipts.entering`.
    """
    bare = without_errors(band)
    if kind == "axis":
        value = length_m(held.cells.corridor)
        return issue(
            on, kind, "along", (), value, edge_rule=EdgeRule.GEODESIC, unit="m", band=replace(bare, limit=None)
        )
    if kind == "lane":
        inputs, value = entering(covers, ids, "inside", bears=False), (band.to_m or 0.0) - (band.from_m or 0.0)
        return issue(on, kind, "lanes", inputs.zones, value, thresholds=THRESHOLDS, unit="m", band=bare)
    table = held.cells.table
    side = (table["ring"] == 0) & (table["left"] == (band.side == SIDES[0]))
    whole = float(table.loc[side, "area_m2"].sum())
    if kind == "side":
        return issue(on, kind, "cells", (), whole, thresholds=THRESHOLDS, band=bare)
    covered = float(table.loc[side & (table["k"] > 0), "area_m2"].sum())
    kept = replace(bare, covered_by=band.covered_by, cover_file=band.cover_file, field=band.field)
    inputs = entering(covers, ids, "inside", bears=False, many=many)
    return issue(on, kind, "cells", inputs.zones, covered, thresholds=THRESHOLDS, band=kept, many=inputs.many)


def without_errors(band: Band) -> Band:
    """Return the band without errors and without what was asked to cover: neither enters a row without ±."""
    return replace(band, axis_error_m=None, limit_error_m=None, covered_by=None, cover_file=None, field=None)


def _piece(on: Atlas | Ground, held: Rows, band: Band, inputs: Entered, place: int) -> Receipt:
    row = held.rest.iloc[place]
    own = replace(
        without_errors(band), covered_by=band.covered_by, cover_file=band.cover_file, field=band.field,
        from_m=float(row["from_m"]), to_m=float(row["to_m"]),
    )  # fmt: skip
    return issue(
        on, "piece", "cells", inputs.zones, float(row["area_m2"]), thresholds=THRESHOLDS, band=own, many=inputs.many
    )


def row_again(
    on: Atlas | Ground, held: Rows, receipt: Receipt, band: Band, covers: geopandas.GeoDataFrame, ids: Sequence[object]
) -> Receipt | Cause:
    """Return a row's receipt as it would be issued now; `ids` are the covers that enter now.

    Parameters
    ----------
    receipt : Receipt
        As it was issued.
    band : Band
        The corridor as it is now, with the side and the stretch that the receipt states.
    """
    if receipt.kind not in ("piece", "lane"):
        return row_of(on, receipt.kind, held, band, covers, ids, receipt.many is not None)
    table = held.rest if receipt.kind == "piece" else _lanes_of(held, band, ids)
    place = _nearest(table, band, receipt.value if receipt.kind == "piece" else None)
    if place is None:
        return cause(f"no_{receipt.kind}", zone=band.corridor, low=band.from_m, high=band.to_m)
    if receipt.kind == "piece":
        inputs = entering(covers, ids, "inside", bears=False, many=receipt.many is not None)
        return _piece(on, held, band, inputs, place)
    row = table.iloc[place]
    moved = replace(band, from_m=float(row["from_m"]), to_m=float(row["to_m"]))
    return row_of(on, "lane", held, moved, covers, ids)


def _lanes_of(held: Rows, band: Band, ids: Sequence[object]) -> pd.DataFrame:
    lanes = held.lanes
    return lanes[(lanes["side"] == band.side) & lanes["id"].isin(list(ids))].reset_index(drop=True)


def _nearest(table: pd.DataFrame, band: Band, area_m2: float | None) -> int | None:
    """Return the row that runs where the band says, or nearest to it; None where none shares any of that stretch."""
    low, high = band.from_m or 0.0, band.to_m or 0.0
    shared = np.minimum(table["to_m"], high) - np.maximum(table["from_m"], low)
    away = (table["from_m"] - low).abs() + (table["to_m"] - high).abs()
    if area_m2 is not None:
        # Two pieces may lie side by side along one stretch: their size tells them apart.
        away = away / max(high - low, 1.0) + (table["area_m2"] / max(area_m2, 1.0) - 1).abs()
    away = away[shared > 0]
    return int(away.idxmin()) if len(away) else None


def _area_makers(on: Atlas | Ground, atlas: Atlas, cells: Cells, band: Band) -> list[Maker]:
    found = []
    for layer in AREAS:
        if layer in atlas.base:
            areas, own = atlas.base[layer].set_index("name_zh"), replace(band, areas=layer)
            met = areas_crossed(cells.corridor, areas, cells.grounds[0], cells.measure)
            for name, axis_m in zip(met["id"], met["axis_m"], strict=True):
                # Each is made on its own, so that it is the one that is made again.
                makes = {
                    kind: partial(_met, on, cells, areas.loc[[name]], own, kind)
                    for kind in ("crossed", *(("axis",) if axis_m else ()))
                }
                found += [Maker(kind, str(name), make) for kind, make in makes.items()]
    return found


def _met(on: Atlas | Ground, cells: Cells, area: geopandas.GeoDataFrame, band: Band, kind: Kind) -> Receipt:
    return next(each for each in met_receipts(on, cells, area, band) if each.kind == kind)


def met_receipts(on: Atlas | Ground, cells: Cells, area: geopandas.GeoDataFrame, band: Band) -> list[Receipt]:
    """Return the receipts of one district: the band's ground in it, and where the axis runs in it, its length.

    Parameters
    ----------
    area : geopandas.GeoDataFrame
        The one district, indexed by its name.
    """
    table = areas_crossed(cells.corridor, area, cells.grounds[0], cells.measure)
    inputs = (Input(str(area.index[0]), fingerprint(area.geometry.iloc[0])),)
    whole = geopandas.GeoDataFrame(geometry=[cells.grounds[0]], crs=area.crs)
    thresholds = replace(THRESHOLDS, grid=grid_of(whole, area))
    bare, found = without_errors(band), []
    for row in table.itertuples():
        shares = Shares(of_corridor=float(row.share_of_corridor), of_cover=float(row.share_inside))
        found.append(
            issue(on, "crossed", "pair", inputs, row.inside_m2, thresholds=thresholds, shares=shares, band=bare)
        )
        if row.axis_m:
            own = replace(bare, limit=None, from_m=float(row.from_m), to_m=float(row.to_m))
            found.append(
                issue(
                    on, "axis", "along", inputs, row.axis_m, edge_rule=EdgeRule.GEODESIC, unit="m", band=own
                )
            )  # fmt: skip
    return found


def met_again(on: Atlas | Ground, atlas: Atlas, cells: Cells, receipt: Receipt, band: Band) -> Receipt | Cause:
    """Return the receipt of a district as it would be issued now.

    Raises
    ------
    InputError
        If the atlas was read without its base map.
    """
    layer, name = str(band.areas), receipt.zones[0].zone_id
    if layer not in atlas.base:
        raise InputError(f"corridor '{band.corridor}': its receipts rest on districts; read the base map too")
    areas = atlas.base[layer].set_index("name_zh")
    if name not in areas.index:
        return cause("gone", zone=name)
    made = {each.kind: each for each in met_receipts(on, cells, areas.loc[[name]], band)}
    return made.get(receipt.kind, cause("not_met", zone=name))
