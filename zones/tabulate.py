"""Counts and areas of a polygon layer of any size under each zone: streamed, in bounded memory, on all cores.

A parcel is inside a zone when less than `TOUCH_M2` of it (or a millionth, if that is less) lies outside, and
partly inside when more than that is shared; touching is neither. Areas are added in full, those of touching
parcels too. A layer in degrees (CGCS2000 or WGS 84) is measured on the ellipsoid, edges straight in longitude
and latitude; a projected layer in its own plane, which must be within `MOST_DISTORTION` of the ellipsoid.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import geopandas
import numpy as np
import pandas as pd
import pyarrow
import shapely
from pyproj import CRS, Proj

from zones.clip_area import find_pairs, pair_areas
from zones.errors import CrsError, GeometryError, InputError
from zones.issues import Issue, issue_frame
from zones.odd_shapes import look_at
from zones.pair_table import PairWriter
from zones.parcel_stream import Batch, ParcelLayer, read_batches
from zones.read import PLANE_STEP_M
from zones.ring_check import certainly_valid
from zones.schema import STORAGE_CRS
from zones.wkb_arrays import UNUSUAL, Floats, Ints, read_rings
from zones.zone_grid import ZoneGrid, build_grid

TOUCH_M2 = 1e-3
"""Shared ground up to this area is touching: ten square centimetres, a tenth of the last cadastral digit."""

MOST_CLASSES = 10_000
MOST_DISTORTION = 0.005
"""Largest share by which plane areas may differ from the ellipsoid; Web Mercator is off by 17 % here."""

MOST_NAMED = 1000
"""Odd features named one by one; the rest are counted."""

COLUMNS = ("zone_id", "class", "count_inside", "count_partly", "area_m2")

Progress = Callable[[int, int], None]
"""Called with the features done and the features in all."""


@dataclass(frozen=True)
class Tabulation:
    """The table, and what has to be known beside it.

    `table` has a row for each zone and class that meet; `area_rule` says how areas were measured;
    `issues` names features that were repaired or left out, the first 1000 of them. Invalid shapes are
    looked for among the features near a zone only.
    """

    table: pd.DataFrame
    area_rule: str
    features: int
    repaired: int
    left_out: int
    issues: pd.DataFrame


class _Part(NamedTuple):
    """What one batch gives: pairs in order of the rows, and the classes of the batch."""

    rows: Ints
    zones: Ints
    classes: Ints
    names: list[str | None]
    area: Floats
    inside: np.typing.NDArray[np.bool_]
    partly: np.typing.NDArray[np.bool_]
    issues: list[Issue]
    seen: int


def tabulate(
    layer: ParcelLayer,
    zones: geopandas.GeoDataFrame,
    field: str | None = None,
    *,
    pairs_to: Path | None = None,
    progress: Progress | None = None,
    threads: int | None = None,
) -> Tabulation:
    """Return counts and areas of the layer's polygons under each zone, by class.

    Parameters
    ----------
    layer : ParcelLayer
        From `zones.parcel_stream.open_layer`.
    zones : geopandas.GeoDataFrame
        Valid polygons indexed by id, in EPSG:4490 or in the layer's own CRS; other rows are passed over.
    field : str, optional
        Column of the layer with the class of a feature.
    pairs_to : Path, optional
        Parquet table of pairs to write: `zone_id`, `feature` (number in the file, from 1), `class`,
        `relation`, `area_m2`. It appears only when all went well.
    progress : callable, optional
        Called as batches are done; what it raises stops the work and leaves no file.
    threads : int, optional
        Default: one for each core. The result is the same to the last bit for any number.

    Raises
    ------
    InputError
        If the file is damaged, has no such field, or over 10,000 classes.
    CrsError
        If areas in the layer's CRS would mislead.
    GeometryError
        If a zone is not valid, or there is none.
    """
    names, shapes, unit, rule = _prepare(layer, zones)
    grid = build_grid(shapes)
    totals = _Totals(names, layer, MOST_CLASSES)
    batches = read_batches(layer, field, shapely.total_bounds(shapes))
    with PairWriter(pairs_to) as writer:
        for part in _in_order(batches, lambda batch: _measure(batch, grid, unit, layer.path.name), threads):
            totals.add(part)
            met = part.inside | part.partly
            writer.write(
                part.rows[met], names[part.zones[met]], part.names, part.classes[met], part.inside[met], part.area[met]
            )
            if progress is not None:
                progress(part.seen, layer.features)
    return totals.result(rule)


def _prepare(
    layer: ParcelLayer, zones: geopandas.GeoDataFrame
) -> tuple[np.typing.NDArray[np.object_], np.typing.NDArray[np.object_], float, str]:
    """Return ids and shapes of the zones in the layer's coordinates, m² per unit (0: degrees), and the rule."""
    kinds = shapely.get_type_id(np.asarray(zones.geometry.array, dtype=object))
    zones = zones[np.isin(kinds, (3, 6)) & ~zones.geometry.is_empty.to_numpy()]
    if zones.empty:
        raise GeometryError("none of the zones has a polygon; choose zones with a geometry")
    invalid = zones.index[~zones.is_valid]
    if len(invalid):
        raise GeometryError(f"zone {', '.join(map(str, invalid[:10]))}: the shape is not valid; repair it first")
    unit, rule = _area_rule(layer, zones)
    if unit == 0.0:
        zones = zones.to_crs(STORAGE_CRS) if not zones.crs.is_geographic else zones
    elif zones.crs != layer.crs:
        # Edges straight in lon/lat bend on the plane: split before they are moved.
        step = PLANE_STEP_M / 111_320
        zones = zones.set_geometry(zones.geometry.segmentize(step)).to_crs(layer.crs)
    return zones.index.to_numpy(dtype=object), np.asarray(zones.geometry.array, dtype=object), unit, rule


def _area_rule(layer: ParcelLayer, zones: geopandas.GeoDataFrame) -> tuple[float, str]:
    crs = layer.crs
    if crs.is_geographic:
        if crs.to_epsg() in (4326, 4490, 4979, 4480) or crs.to_authority() in (("OGC", "CRS84"), ("OGC", "CRS84h")):
            return 0.0, "ellipsoid, edges straight in lon/lat"
        raise CrsError(f"{layer.path}: {crs.name} is not CGCS2000 or WGS 84; convert it to EPSG:4490")
    if not crs.is_projected:
        raise CrsError(f"{layer.path}: {crs.name} is neither degrees nor a map plane; convert it to EPSG:4490")
    west, south, east, north = zones.to_crs(STORAGE_CRS).total_bounds
    scale = float(Proj(crs).get_factors((west + east) / 2, (south + north) / 2).areal_scale)
    if not abs(scale - 1) <= MOST_DISTORTION:
        name = crs.to_string() if len(crs.to_string()) < 20 else crs.name
        raise CrsError(f"{layer.path}: plane areas of {name} are {scale - 1:+.1%} off here; convert it to EPSG:4490")
    name = ":".join(crs.to_authority() or (crs.name,))
    return _unit(crs), f"plane of {name}, {(scale - 1) * 1e6:+.0f} ppm from the ellipsoid at the middle of the zones"


def _unit(crs: CRS) -> float:
    return float(crs.axis_info[0].unit_conversion_factor) ** 2


def _in_order(batches: Iterable[Batch], work: Callable[[Batch], _Part], threads: int | None) -> Iterator[_Part]:
    """Yield the parts in the order of the batches; no more are in hand than the threads can take."""
    count = threads or os.cpu_count() or 1
    waiting: deque[Future[_Part]] = deque()
    pool = ThreadPoolExecutor(count)
    try:
        for batch in batches:
            waiting.append(pool.submit(work, batch))
            if len(waiting) > count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _measure(batch: Batch, grid: ZoneGrid, unit: float, name: str) -> _Part:
    """Return the pairs of one batch; shapes that are not certainly valid are looked at one by one."""
    rings = read_rings(*batch.buffers())
    pairs = find_pairs(rings, grid)
    met = np.flatnonzero(np.diff(pairs[0], prepend=-1))
    met = pairs[0][met]
    doubtful = met[~certainly_valid(rings, met)]
    odd = look_at(batch, doubtful, np.flatnonzero(rings.status == UNUSUAL), unit, name)
    if len(odd.again):
        keep = ~np.isin(pairs[0], odd.again)
        pairs = (pairs[0][keep], pairs[1][keep], pairs[2][keep])
    shared, own = pair_areas(rings, grid, pairs, unit)
    rows, zone = pairs[0], pairs[1]
    if len(odd.shapes):
        mended = read_rings(*odd.buffers())
        more = find_pairs(mended, grid)
        more_shared, more_own = pair_areas(mended, grid, more, unit)
        rows, zone = np.concatenate([rows, odd.again[more[0]]]), np.concatenate([zone, more[1]])
        shared, own = np.concatenate([shared, more_shared]), np.concatenate([own, more_own])
    touch = np.minimum(TOUCH_M2, 1e-6 * own)
    classes, names = _classes(batch.classes, rows)
    inside = own - shared <= touch
    return _Part(
        rows + batch.first, zone, classes, names, shared, inside & (shared > touch), ~inside & (shared > touch),
        odd.issues, batch.first + len(batch.wkb) - 1,
    )  # fmt: skip


def _classes(column: pyarrow.Array | None, rows: Ints) -> tuple[Ints, list[str | None]]:
    """Return the number of each row's class and the names; the last name is None, for rows without one."""
    if column is None:
        return np.zeros(len(rows), np.int64), [None]
    names = [None if value is None else str(value) for value in column.dictionary.to_pylist()]
    numbers = column.indices.fill_null(len(names)).to_numpy(zero_copy_only=False).astype(np.int64)
    return numbers[rows], [*names, None]


class _Totals:
    """Sums by zone and class, added batch by batch in the order of the file."""

    def __init__(self, names: np.typing.NDArray[np.object_], layer: ParcelLayer, most: int) -> None:
        self.names, self.layer, self.most = names, layer, most
        self.classes: dict[str | None, int] = {}
        self.sums = np.zeros((3, 0, len(names)))
        self.issues: list[Issue] = []
        self.repaired = self.left_out = 0

    def add(self, part: _Part) -> None:
        used = np.flatnonzero(np.bincount(part.classes))
        known = {int(at): self.classes.setdefault(part.names[at], len(self.classes)) for at in used}
        if len(self.classes) > self.most:
            message = f"over {self.most} different classes; choose a field with fewer values"
            raise InputError(f"{self.layer.path}: {message}")
        missing = len(self.classes) - self.sums.shape[1]
        if missing > 0:
            self.sums = np.concatenate([self.sums, np.zeros((3, missing, len(self.names)))], axis=1)
        translate = np.zeros(len(part.names), np.int64)
        translate[list(known)] = list(known.values())
        slot = translate[part.classes] * len(self.names) + part.zones
        size = self.sums[0].size
        for at, weights in enumerate((part.inside, part.partly, part.area)):
            self.sums[at] += np.bincount(slot, weights, size).reshape(self.sums[at].shape)
        self.repaired += sum(issue.kind == "repaired" for issue in part.issues)
        self.left_out += sum(issue.kind != "repaired" for issue in part.issues)
        self.issues += part.issues[: MOST_NAMED - len(self.issues)]

    def result(self, rule: str) -> Tabulation:
        order = sorted(self.classes, key=lambda value: (value is None, value or ""))
        rows = [
            (zone_id, name, int(inside), int(partly), float(area))
            for at, zone_id in enumerate(self.names)
            for name in order
            for inside, partly, area in [self.sums[:, self.classes[name], at]]
            if inside + partly > 0
        ]
        return Tabulation(
            pd.DataFrame(rows, columns=list(COLUMNS)), rule, self.layer.features, self.repaired, self.left_out,
            issue_frame(self.issues),
        )  # fmt: skip
