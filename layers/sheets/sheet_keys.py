"""Numbers for zones whose names find no room: on the map, and with their names in a list where the map is empty.

A zone whose number finds no room either shares the number of one beside it, so that it is named all the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

import geopandas
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from matplotlib.axes import Axes

from layers.sheets.sheet_frame import Box, Layout, View
from layers.sheets.sheet_key_list import HEAD, LONGEST_MM, PAD, SIZES, Form, Row, form_of, room_for, write_list
from layers.sheets.sheet_labels import Placed, Wish, box_of, place
from layers.sheets.sheet_map import Names, on_paper, point_spots, write_label, zone_wish

KEY_PT = 4.9
REACH_MM = (6.5, 9.5, 13.0, 17.0, 22.0, 28.0)
"""Leader lines of numbers may be longer than those of names: the lines are thin, and a number is small."""
CELL = 1.5
"""Grain in mm, at type size 1, to which empty ground is found."""
AIR = 2.0
GRID = 6
"""Places for a number are tried on a grid of so many by so many over its zone."""
MOST_BOXES, FEWEST = (2, 4), 8
"""Boxes that the list may take, at best and at most, and names below which a box is not worth it."""
NO_NUMBER = "–"
"""Stands in the list where the map has no room even for a number near the zone."""
SHARED_MM = 6.0
"""A zone shares a number that stands no farther off it than this on the paper, at type size 1."""


Runs = npt.NDArray[np.intp]
"""Free cells, a row each: lowest line, first column, height, width."""


def draw_keys(
    axes: Axes,
    zones: geopandas.GeoDataFrame,
    base: Mapping[str, geopandas.GeoDataFrame],
    names: Names,
    seen: View,
    paper: Layout,
    lang: str,
    *,
    barred: shapely.Geometry | None = None,
) -> Names:
    """Give zones without a name a number on the map, and list the names; return the names with what was done.

    The list stands on land without zones only where the rest of the map cannot hold all of it. Nothing is done where
    no ground can hold it, so that a number never lacks its name.
    """
    if not names.unnamed:
        return names
    rows = zones.loc[list(names.unnamed)]
    named = rows["name_en" if lang == "en" else "name_zh"].astype(str)
    taken = [box_of(each) for each in (*names.of_zones.values(), *names.of_base)]
    taken += [box_of(Placed(Wish(" ", [], 4.0), *spot, None)) for spot in point_spots(zones, seen, paper)]
    found = _found(zones, base, names, list(named), seen, paper, lang, barred)
    if found is None:
        return names
    boxes, form = found
    held = room_for(boxes, form, paper)
    rows = _first(rows, [len(form.lines(name)) for name in named], held, taken, seen, paper, lang, barred)
    keys, inks = _placed(rows, [*taken, *boxes], seen, paper, lang, barred)
    for zone_id, label in keys.items():
        write_label(axes, label, inks[zone_id], paper)
    shared = _shared(rows, keys, seen, paper)
    numbers = {zone_id: label.wish.text for zone_id, label in keys.items()}
    numbers |= {zone_id: numbers[other] for zone_id, other in shared.items()}
    listed_only = tuple(zone_id for zone_id in rows.index if zone_id not in numbers)
    # Of zones with one number, that at which it stands comes first.
    ordered = [*sorted(numbers, key=lambda zone_id: int(numbers[zone_id])), *listed_only]
    listed = [Row(numbers.get(each, NO_NUMBER), form.lines(named[each]), inks[each]) for each in ordered]
    write_list(axes, boxes, form, listed, paper, lang)
    left = tuple(zone_id for zone_id in names.unnamed if zone_id not in rows.index)
    return replace(names, unnamed=left, keys=keys, shared=shared, listed=listed_only)


def _first(
    rows: geopandas.GeoDataFrame,
    lines: list[int],
    held: int,
    taken: list[Box],
    seen: View,
    paper: Layout,
    lang: str,
    barred: shapely.Geometry | None,
) -> geopandas.GeoDataFrame:
    """Return the zones that a list of so many lines holds: where not all, those that can have a number come first."""
    need = pd.Series(lines, index=rows.index)
    if need.sum() > held:
        able, _ = _placed(rows, taken, seen, paper, lang, barred)
        rank = pd.Series(~rows.index.isin({*able, *_shared(rows, able, seen, paper)}), index=rows.index)
        need = need[rank.sort_values(kind="stable").index]
    return rows.loc[need.index[need.cumsum() <= held]]


def _shared(rows: geopandas.GeoDataFrame, keys: Mapping[str, Placed], seen: View, paper: Layout) -> dict[str, str]:
    """Return for each zone without a number that of which zone it shares: the one that stands in it or nearest."""
    if not keys:
        return {}
    ids = list(keys)
    # A number points to where its leader line ends.
    points = shapely.points([keys[each].leader or (keys[each].x, keys[each].y) for each in ids])
    shared = {}
    for zone in rows[~rows.index.isin(ids)].itertuples():
        shown = on_paper(zone.geometry if zone.axis is None else zone.axis, seen, paper)
        away = shapely.distance(points, shown)
        middle = shapely.distance(points, shown.centroid)
        first = int(np.lexsort((middle, away))[0])
        if away[first] <= SHARED_MM * paper.type:
            shared[str(zone.Index)] = ids[first]
    return shared


def draw_signs(
    axes: Axes,
    zones: geopandas.GeoDataFrame,
    names: Names,
    seen: View,
    paper: Layout,
    lang: str,
    *,
    barred: shapely.Geometry | None = None,
) -> Names:
    """Write the signs that found no room as names smaller and farther off; return the names with those added.

    For maps whose names are short signs already, such as page numbers: a number for a number helps nobody.
    """
    rows = zones.loc[list(names.unnamed)]
    taken = [box_of(each) for each in (*names.of_zones.values(), *names.of_base)]
    taken += [box_of(Placed(Wish(" ", [], 4.0), *spot, None)) for spot in point_spots(zones, seen, paper)]
    signs = dict(rows["name_en" if lang == "en" else "name_zh"].astype(str))
    placed, inks = _places(rows, signs, taken, seen, paper, lang, barred)
    for zone_id, label in placed.items():
        write_label(axes, label, inks[zone_id], paper)
    left = tuple(zone_id for zone_id in names.unnamed if zone_id not in placed)
    return replace(names, unnamed=left, of_zones={**names.of_zones, **placed})


def _placed(
    rows: geopandas.GeoDataFrame,
    taken: list[Box],
    seen: View,
    paper: Layout,
    lang: str,
    barred: shapely.Geometry | None,
) -> tuple[dict[str, Placed], dict[str, str]]:
    """Return where each number stands, numbered from north to south, and the ink of each."""
    wide = dict.fromkeys(rows.index, "8" * len(str(len(rows))))
    placed, inks = _places(rows, wide, taken, seen, paper, lang, barred)
    ordered = sorted(placed, key=lambda each: (-round(placed[each].y / (4 * paper.type)), placed[each].x))
    keys = {
        zone_id: replace(placed[zone_id], wish=replace(placed[zone_id].wish, text=str(at)))
        for at, zone_id in enumerate(ordered, 1)
    }
    return keys, inks


def _places(
    rows: geopandas.GeoDataFrame,
    texts: Mapping[str, str],
    taken: list[Box],
    seen: View,
    paper: Layout,
    lang: str,
    barred: shapely.Geometry | None,
) -> tuple[dict[str, Placed], dict[str, str]]:
    """Return where the short text of each zone stands that finds a place, and the ink of each."""
    wishes: dict[int, tuple[str, Wish]] = {}
    inks = {}
    for zone in rows.itertuples():
        zone_id = str(zone.Index)
        wish, inks[zone_id] = zone_wish(zone, seen, paper, lang)
        if wish is not None:
            spots = [*wish.places, *_more_places(zone.geometry if zone.axis is None else zone.axis, seen, paper)]
            size = KEY_PT * paper.type
            made = replace(wish, text=texts[zone_id], size_pt=size, weight="bold", places=spots, reach=REACH_MM)
            wishes[id(made)] = (zone_id, made)
    # Those with the fewest places choose first.
    tried = sorted((made for _, made in wishes.values()), key=lambda made: len(made.places))
    placed, _ = place(tried, paper.map, taken, (), barred)
    return {wishes[id(label.wish)][0]: label for label in placed}, inks


def _more_places(shape: shapely.Geometry, seen: View, paper: Layout) -> list[tuple[float, float]]:
    """Return more places for the number of a zone, in mm: over all of its ground, or along all of its axis."""
    shown = on_paper(shape, seen, paper)
    if shown.is_empty or shown.geom_type == "Point":
        return []
    if not shown.geom_type.endswith("Polygon"):
        spots = shown.interpolate(np.linspace(0.05, 0.95, 2 * GRID), normalized=True)
        return [(spot.x, spot.y) for spot in spots]
    west, south, east, north = shown.bounds
    shares = (np.arange(GRID) + 0.5) / GRID
    x, y = (each.ravel() for each in np.meshgrid(west + (east - west) * shares, south + (north - south) * shares))
    inside = shapely.contains_xy(shown, x, y)
    return [(float(each), float(other)) for each, other in zip(x[inside], y[inside], strict=True)]


def _found(
    zones: geopandas.GeoDataFrame,
    base: Mapping[str, geopandas.GeoDataFrame],
    names: Names,
    listed: list[str],
    seen: View,
    paper: Layout,
    lang: str,
    barred: shapely.Geometry | None,
) -> tuple[list[Box], Form] | None:
    """Return boxes and type of the list: off the land, or over it too where only that holds all names."""
    labels = [*names.of_zones.values(), *names.of_base]
    shapes = [on_paper(each, seen, paper) for each in (*zones.geometry.dropna(), *zones["axis"].dropna())]
    land = [on_paper(each, seen, paper) for each in base["base_land"].geometry] if "base_land" in base else []
    found, whole = _rooms(_empty([*shapes, *land], labels, paper), listed, paper, lang)
    if whole or not land:
        return found
    # On a public map nothing covers a district line.
    over_land, _ = _rooms(_empty([*shapes, barred or shapely.Point()], labels, paper), listed, paper, lang)
    return over_land or found


def _empty(
    shapes: Sequence[shapely.Geometry], labels: Sequence[Placed], paper: Layout
) -> tuple[npt.NDArray[np.bool_], float]:
    """Return which cells of the map hold none of the shapes and labels, from its lower left corner; and their size."""
    step, face = CELL * paper.type, paper.map
    x = np.arange(face.x + step / 2, face.right, step)
    y = np.arange(face.y + step / 2, face.top, step)
    ground = [shape.buffer(AIR * paper.type) for shape in shapes]
    ground += [_ground(box_of(each)).buffer(step) for each in labels]
    held = shapely.union_all(ground)
    shapely.prepare(held)
    columns, lines = np.meshgrid(x, y)
    free = ~shapely.intersects_xy(held, columns, lines)
    # A list against the frame would look like part of it.
    free[[0, -1], :] = free[:, [0, -1]] = False
    return free, step


def _ground(box: Box) -> shapely.Polygon:
    return shapely.box(box.x, box.y, box.right, box.top)


def _rooms(
    empty: tuple[npt.NDArray[np.bool_], float], names: list[str], paper: Layout, lang: str
) -> tuple[tuple[list[Box], Form] | None, bool]:
    """Return the boxes of the list, in mm, with the largest type that fits, and whether they hold all names.

    None where nothing holds a name.

    Where even the smallest type cannot hold all names, the boxes hold as many as they can.
    """
    free, step = empty
    first = _runs(free)
    best: tuple[list[Box], Form] | None = None
    for sizes, most in product(SIZES, MOST_BOXES):
        for size, longest in product(sizes, LONGEST_MM[lang]):
            form = form_of(names, size, longest, paper)
            lines = sum(len(form.lines(name)) for name in names)
            boxes = _boxes(free.copy(), first, form, step, lines, most, paper)
            if room_for(boxes, form, paper) >= lines:
                return (boxes, form), True
            best = (boxes, form) if boxes else best
    return best, False


def _boxes(
    free: npt.NDArray[np.bool_],
    runs: Runs | None,
    form: Form,
    step: float,
    lines: int,
    most: int,
    paper: Layout,
) -> list[Box]:
    """Return boxes for a number of lines: the smallest that holds the rest, else the one that holds most."""
    kind, face = paper.type, paper.map
    boxes: list[Box] = []
    while (held := room_for(boxes, form, paper)) < lines and len(boxes) < most:
        runs = _runs(free) if runs is None else runs
        best = _best_run(
            runs, form.holds_each(runs[:, 3] * step, runs[:, 2] * step, HEAD * kind, PAD * kind), lines - held
        )
        if best is None:
            break
        low, left, high, wide = best
        boxes.append(Box(face.x + left * step, face.y + low * step, wide * step, high * step))
        free[max(low - 2, 0) : low + high + 2, max(left - 2, 0) : left + wide + 2] = False
        runs = None
    return boxes


def _best_run(runs: Runs, holds: npt.NDArray[np.int_], lines: int) -> tuple[int, int, int, int] | None:
    """Return the smallest run that holds all lines, else the one that holds most; None where none holds enough."""
    cells = runs[:, 2] * runs[:, 3]
    ties = tuple(runs.T[::-1])
    for rows, order in ((holds >= lines, (-holds, cells)), (holds >= FEWEST, (cells, -holds))):
        if rows.any():
            first = np.lexsort((*ties, *order))
            low, left, high, wide = runs[first[rows[first]][0]].tolist()
            return low, left, high, wide
    return None


def _runs(free: npt.NDArray[np.bool_]) -> Runs:
    """Return for each pair of lower and upper line of cells the longest free run."""
    at = np.arange(free.shape[1])
    found = [np.empty((0, 4), dtype=np.intp)]
    for low in range(len(free)):
        held = np.logical_and.accumulate(free[low:], axis=0)
        # Free cells up to and with each: so far back lies the last one that is not free.
        length = at - np.maximum.accumulate(np.where(held, -1, at), axis=1)
        last = length.argmax(axis=1)
        wide = length.max(axis=1)
        high = np.arange(1, len(held) + 1)
        runs = np.column_stack([np.full_like(high, low), last - wide + 1, high, wide])
        found.append(runs[wide > 0])
    return np.vstack(found)
