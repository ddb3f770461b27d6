"""Coverage receipts made again: the corridor with the half-width they state, under what covers it now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas
import pandas as pd

from zones.atlas import Atlas
from zones.corridors.corridor import Corridor, at_district_line, corridor, corridor_of_lines
from zones.corridors.corridor_cells import Cells, cut
from zones.corridors.coverage import SIDES
from zones.corridors.covers import zone_covers
from zones.errors import InputError, ZonesError
from zones.features import located, source_file
from zones.intake.own_file import read_own
from zones.proof.causes import Cause, cause
from zones.proof.corridor_rows import AREAS, ROWS, Rows, met_again, row_again, rows_of
from zones.proof.coverage_receipts import (
    ZONES,
    band_of,
    file_covers,
    gap_now,
    ground_of,
    in_band,
    is_stored,
    near_covers,
    ready,
    receipt_of,
)
from zones.proof.receipt_changes import Fresh
from zones.proof.receipt_sources import Band, SourceFile
from zones.proof.receipts import Receipt
from zones.proof.series_receipts import SERIES, curve_of, in_widest, series_of, widths_in
from zones.select import select

MOST_STATIONS = 1000
"""Of a width profile: nobody writes more, and a receipts file from somewhere must not keep a machine busy."""

BARE = {
    "axis": "", "axis_error_m": None, "limit": None, "limit_error_m": None, "class_name": None, "covered_by": None,
    "cover_file": None, "field": None, "from_m": None, "to_m": None, "side": None, "areas": None,
}  # fmt: skip
"""A band without what differs between receipts of one corridor."""


FEWER = ("corridor", "inside", "axis", "crossed", "side", "lane")
"""Kinds that other covers of the same ground leave as they are."""


TOGETHER = ("covered", "class", "fold", "gap", "side_covered", "piece", *SERIES)
"""Kinds that all covers in the band enter together."""


@dataclass(frozen=True)
class _Asked:
    """One receipt to be made again: its place, its own covers, and others that may have come to cover since."""

    place: int
    receipt: Receipt
    band: Band
    covers: geopandas.GeoDataFrame
    own: list[object]


def coverage_again(atlas: Atlas, receipts: Sequence[Receipt], files: Mapping[str, Path]) -> list[Fresh]:
    """Return for each receipt of coverage the one that would be issued now, or why there can be none.

    Raises
    ------
    InputError
        If a file that receipts rest on is not at hand or cannot be read, or the atlas was read without the base map
        that the ends of a band rest on.
    """
    fresh: list[Fresh | None] = [_altered(receipt) for receipt in receipts]
    groups = defaultdict(list)
    for place, (receipt, problem) in enumerate(zip(receipts, fresh, strict=True)):
        if problem is None and receipt.band is not None:
            groups[receipt.files or (), replace(receipt.band, **BARE)].append(place)  # type: ignore[arg-type]
    for (stated, band), places in groups.items():
        paths = located(stated, files)
        now = [source_file(path, each.path) for path, each in zip(paths, stated, strict=True)]
        made = _corridor(atlas, band, paths, stated)
        if isinstance(made, Cause):
            answers: list[tuple[int, Fresh]] = [(place, made) for place in places]
        else:
            answers = _under(atlas, made, [(place, receipts[place]) for place in places], paths, now)
        for place, answer in answers:
            fresh[place] = answer
    return [each for each in fresh if each is not None]


def _altered(receipt: Receipt) -> Cause | None:
    """Return why a receipt cannot be one of coverage."""
    band, count = receipt.band, len(receipt.zones)
    bad = cause("bad_inputs", kind=receipt.kind, count=count)
    if band is None or len({source.zone_id for source in receipt.zones}) < count:
        return bad
    places = (band.file, band.cover_file, *(source.file for source in receipt.zones))
    if any(each is not None and not 0 <= each < len(receipt.files or ()) for each in places):
        return bad
    if band.areas is not None and (band.areas not in AREAS or receipt.kind not in ("axis", "crossed")):
        return bad
    if isinstance(band.half_width, tuple) and len(band.half_width) > MOST_STATIONS:
        return bad
    if receipt.many is not None and (count or band.cover_file is None or receipt.kind not in TOGETHER):
        return bad
    k, ends = receipt.thresholds.k, (band.from_m, band.to_m)
    fits = {
        "corridor": count == 0,
        "inside": count == 1,
        "class": (count > 0 or receipt.many is not None) and band.class_name is not None,
        "fold": k is not None and k >= 0,
        "gap": None not in ends,
        "axis": count == (band.areas is not None),
        "crossed": count == 1 and band.areas is not None,
        "side": count == 0 and band.side in SIDES,
        "side_covered": band.side in SIDES,
        "piece": None not in ends,
        "lane": count == 1 and band.side in SIDES and None not in ends,
        **dict.fromkeys(SERIES, receipt.series is not None),
    }
    if receipt.kind == "curve" and receipt.series is not None:
        widths = widths_in(receipt.series)
        fits["curve"] = widths is not None and widths[-1] == band.half_width
    return None if fits.get(receipt.kind, True) else bad


def _corridor(atlas: Atlas, band: Band, paths: list[Path], stated: Sequence[SourceFile]) -> Corridor | Cause:
    if band.ends == "district" and "base_districts" not in atlas.base:
        raise InputError(
            f"corridor '{band.corridor}': its receipts rest on the district line; read the atlas with its base map"
        )
    lines = None if band.file is None else read_own(paths[band.file])
    try:
        if lines is not None and band.file is not None:
            made = corridor_of_lines(lines, Path(stated[band.file].path).stem, band.half_width, band.feature)
            return made if band.ends == "drawn" else at_district_line(made, atlas)
        if band.corridor not in atlas.zones.index:
            return cause("gone", zone=band.corridor)
        if pd.isna(atlas.zones["axis"][band.corridor]):
            return cause("no_axis", zone=band.corridor)
        return corridor(atlas, band.corridor, band.half_width, ends=band.ends)
    except ZonesError as error:
        return cause("fault", fault=error)


def _under(
    atlas: Atlas, made: Corridor, receipts: list[tuple[int, Receipt]], paths: list[Path], now: list[SourceFile]
) -> list[tuple[int, Fresh]]:
    """Return receipts of one corridor made again; one cut serves all that it can."""
    answers: list[tuple[int, Fresh]] = []
    asked: list[_Asked] = []
    pools: dict[object, geopandas.GeoDataFrame] = {}
    named = {source.zone_id for _, receipt in receipts for source in receipt.zones if source.file is not None}
    for place, receipt in receipts:
        one = _asked(atlas, made, place, receipt, paths, pools, named)
        if isinstance(one, Cause):
            answers.append((place, one))
        else:
            asked.append(one)
    cuts: list[tuple[set[object], Cells]] = []
    tables: dict[int, Rows] = {}
    for one in sorted(asked, key=lambda each: -len(each.covers)):
        try:
            if one.receipt.kind == "curve":
                answers.append((one.place, _curve_again(atlas, made, one, now)))
                continue
            cells = _cells(made, one, cuts)
        except ZonesError as error:
            answers.append((one.place, cause("fault", fault=error)))
            continue
        answers.append((one.place, _made_again(atlas, cells, one, now, tables)))
    return answers


def _asked(
    atlas: Atlas,
    made: Corridor,
    place: int,
    receipt: Receipt,
    paths: list[Path],
    pools: dict[object, geopandas.GeoDataFrame],
    named: set[str],
) -> _Asked | Cause:
    band, own = receipt.band or band_of(made), [source.zone_id for source in receipt.zones]
    file = next((source.file for source in receipt.zones), band.cover_file)
    key = (file, band.field)
    if key not in pools:
        pools[key] = _pool(atlas, made, file, band.field, paths, named)
    pool = pools[key]
    if band.areas is not None:
        return _Asked(place, receipt, band, pool.iloc[:0], [])
    missing = [each for each in own if each not in pool.index]
    if missing:
        known = missing[0] in atlas.zones.index if file is None else False
        return cause("no_polygon" if known else "gone" if file is None else "gone_feature", zone=missing[0])
    covers = pool.loc[own]
    broken = covers.index[~covers.geometry.is_valid]
    if len(broken):
        return cause("not_valid", zone=broken[0])
    if receipt.kind in TOGETHER:
        try:
            others = _others(atlas, made, band, pool if file is not None else None)
        except ZonesError as error:
            return cause("fault", fault=error)
        covers = pd.concat([covers, others[~others.index.isin(own)]])
    return _Asked(place, receipt, band, covers, list(own))


def _pool(
    atlas: Atlas, made: Corridor, file: int | None, field: str | None, paths: list[Path], named: set[str]
) -> geopandas.GeoDataFrame:
    """Return what may cover; of a layer as an import writes it what is near, and the features that receipts name."""
    if file is None:
        return zone_covers(atlas.zones, made.corridor_id, bands=True)
    if is_stored(paths[file]):
        return near_covers(paths[file], file, field, made, made.widest_m, named)
    return file_covers(paths[file], file, field)


def _others(atlas: Atlas, made: Corridor, band: Band, of_file: geopandas.GeoDataFrame | None) -> geopandas.GeoDataFrame:
    """Return what was asked to cover, as it is now: some of it may reach into the corridor since."""
    if of_file is not None:
        found = of_file
    elif band.covered_by is None:
        found = zone_covers(atlas.zones, made.corridor_id).iloc[:0]
    elif band.covered_by == ZONES:
        found = zone_covers(atlas.zones, made.corridor_id)
    else:
        found = zone_covers(select(atlas.zones, band.covered_by), made.corridor_id, bands=True)
    found = found[found.geometry.is_valid]
    return found if band.class_name is None else found[found["class"] == band.class_name]


def _cells(made: Corridor, one: _Asked, cuts: list[tuple[set[object], Cells]]) -> Cells:
    """Return cells that lie under all covers of one receipt; where others would count, under no others."""
    wanted = set(one.covers.index)
    for ids, cells in cuts:
        if wanted == ids or (wanted < ids and one.receipt.kind in FEWER):
            return cells
    cuts.append((wanted, cut(made, one.covers)))
    return cuts[-1][1]


def _made_again(atlas: Atlas, cells: Cells, one: _Asked, now: list[SourceFile], tables: dict[int, Rows]) -> Fresh:
    old, band = one.band, _band_now(one, cells.corridor)
    if one.receipt.kind == "gap":
        moved = gap_now(cells, band)
        if moved is None:
            return cause("no_gap", zone=old.corridor, low=old.from_m, high=old.to_m)
        band = moved
    one_covers = ready(one.covers, [*one.own, *in_band(cells)])
    reached = [each for each in in_band(cells) if each in one.covers.index and each not in one.own]
    ids = one.own if one.receipt.kind in FEWER else [*one.own, *reached]
    on = ground_of(atlas, one_covers, band, now)
    if band.areas is not None:
        return met_again(on, atlas, cells, one.receipt, band)
    if one.receipt.kind in (*ROWS, *SERIES):
        # The cells stay in the list of cuts, so their ids do not come again.
        held = tables.get(id(cells)) or tables.setdefault(id(cells), rows_of(cells))
        if one.receipt.kind in SERIES:
            return series_of(on, one.receipt.kind, held, band, one_covers, ids, many=one.receipt.many is not None)
        return row_again(on, held, one.receipt, band, one_covers, ids)
    k, many = one.receipt.thresholds.k, one.receipt.many is not None
    return receipt_of(on, one.receipt.kind, cells, band, one_covers, ids, k, many=many)


def _band_now(one: _Asked, made: Corridor) -> Band:
    """Return the corridor as it is now, with what the receipt states of side, stretch and what was asked to cover."""
    old = one.band
    return replace(
        band_of(made, covered_by=old.covered_by, file=old.file, feature=old.feature, cover_file=old.cover_file,
                field=old.field),
        corridor=old.corridor, class_name=old.class_name, from_m=old.from_m, to_m=old.to_m, side=old.side,
        areas=old.areas,
    )  # fmt: skip


def _curve_again(atlas: Atlas, made: Corridor, one: _Asked, now: list[SourceFile]) -> Fresh:
    """Return the receipt of a width curve made again, at the half-widths that its rows state."""
    widths = widths_in(one.receipt.series) if one.receipt.series is not None else None
    cells, band = cut(made, one.covers, widths), _band_now(one, made)
    ids = [*one.own, *(each for each in in_widest(cells) if each in one.covers.index and each not in one.own)]
    covers = ready(one.covers, ids)
    return curve_of(ground_of(atlas, covers, band, now), cells, band, covers, ids, many=one.receipt.many is not None)
