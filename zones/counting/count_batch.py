"""Counts one batch of a polygon layer under the zones: the step every engine repeats, pure and on its own."""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow
import shapely

from zones.counting.clip_area import find_pairs, pair_areas
from zones.counting.counts import FRACTIONS, MOST_NAMED, TOUCH_M2, Counts, Job, Pairs
from zones.counting.odd_shapes import OddShapes, look_at
from zones.counting.parcel_layer import Batch
from zones.counting.ring_check import certainly_valid
from zones.counting.wkb_arrays import UNUSUAL, Floats, Ints, Rings, read_rings
from zones.counting.zone_grid import ZoneGrid, build_grid
from zones.issues import Issue

Met = tuple[Ints, Ints, npt.NDArray[np.bool_]]


def zone_grid(job: Job) -> ZoneGrid:
    """Return the index of a job's zones."""
    return build_grid(shapely.from_wkb(np.array(job.shapes, dtype=object)))


def count_batch(batch: Batch, grid: ZoneGrid, job: Job) -> tuple[Counts, Pairs]:
    """Return the sums of a batch, and the pairs they are made of."""
    rings = read_rings(*batch.buffers())
    met = find_pairs(rings, grid)
    odd = _odd(batch, rings, met[0], job)
    if len(odd.again):
        keep = ~np.isin(met[0], odd.again)
        met = (met[0][keep], met[1][keep], met[2][keep])
    rows, zones, shared, own = _areas(rings, grid, met, job.unit)
    if len(odd.shapes):
        mended = read_rings(*odd.buffers())
        more = _areas(mended, grid, find_pairs(mended, grid), job.unit)
        rows, zones = np.concatenate([rows, odd.again[more[0]]]), np.concatenate([zones, more[1]])
        shared, own = np.concatenate([shared, more[2]]), np.concatenate([own, more[3]])
    touch = np.minimum(TOUCH_M2, 1e-6 * own)
    classes, names = _classes(batch.classes, rows)
    inside = own - shared <= touch
    over = shared > touch
    pairs = Pairs(rows + batch.first, zones, classes, names, shared, inside & over, ~inside & over)
    return _counts(pairs, odd.issues, batch.first + len(batch.wkb) - 1, len(grid.zone_cells)), pairs


def _odd(batch: Batch, rings: Rings, rows: Ints, job: Job) -> OddShapes:
    """Look one by one at shapes near a zone that are not certainly valid."""
    near = rows[np.flatnonzero(np.diff(rows, prepend=-1))]
    doubtful = near[~certainly_valid(rings, near)]
    return look_at(batch, doubtful, np.flatnonzero(rings.status == UNUSUAL), job.unit, job.layer)


def _areas(rings: Rings, grid: ZoneGrid, met: Met, unit: float) -> tuple[Ints, Ints, Floats, Floats]:
    shared, own = pair_areas(rings, grid, met, unit)
    return met[0], met[1], shared, own


def _classes(column: pyarrow.Array | None, rows: Ints) -> tuple[Ints, list[str | None]]:
    """Return the number of each row's class and the names; the last name is None, for rows without one."""
    if column is None:
        return np.zeros(len(rows), np.int64), [None]
    names = [None if value is None else str(value) for value in column.dictionary.to_pylist()]
    numbers = column.indices.fill_null(len(names)).to_numpy(zero_copy_only=False).astype(np.int64)
    return numbers[rows], [*names, None]


def _counts(pairs: Pairs, issues: list[Issue], last: int, zones: int) -> Counts:
    slot, keys = pd.factorize(pairs.classes * zones + pairs.zones)
    whole = np.floor(pairs.area)
    weights = (pairs.inside, pairs.partly, whole, np.rint((pairs.area - whole) * FRACTIONS))
    sums = np.array([np.bincount(slot, each, len(keys)) for each in weights]).astype(np.int64)
    used, classes = np.unique(keys // zones, return_inverse=True)
    repaired = sum(issue.kind == "repaired" for issue in issues)
    return Counts(
        keys % zones, classes, [pairs.names[at] for at in used], sums,
        issues[:MOST_NAMED], repaired, len(issues) - repaired, last,
    )  # fmt: skip
