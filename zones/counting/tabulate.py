"""Counts and areas of a polygon layer of any size under each zone: streamed, in bounded memory, on all cores.

A parcel is inside a zone when less than 10 cm² of it (or a millionth, if that is less) lies outside, and partly
inside when more than that is shared; touching is neither (`count_batch`). Areas are added in full, those of
touching parcels too. A layer in degrees (CGCS2000 or WGS 84) is measured on the ellipsoid, edges straight in
longitude and latitude; a projected layer in its own plane (`zones.counting.area_rule`).
For more than one machine, see `zones.counting.tabulate_dask`.
"""

import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import geopandas

from zones.counting.counts import Counts, Job, Pairs
from zones.counting.pair_table import PairWriter
from zones.counting.parcel_layer import Batch, ParcelLayer
from zones.counting.parcel_stream import read_batches
from zones.counting.read_ahead import read_ahead
from zones.counting.tabulation import Progress, Tabulation, add_up, plan

Counted = tuple[Counts, Pairs | None]


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
        From `zones.counting.parcel_stream.open_layer`.
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
    todo = plan(layer, zones, field)
    with (
        PairWriter(pairs_to) as writer,
        read_ahead(read_batches(layer, field, todo.bounds)) as batches,
        closing(_in_order(batches, todo.job, threads, keep=pairs_to is not None)) as counted,
    ):
        return add_up(_written(counted, writer, todo.job), layer, todo, progress)


def _in_order(batches: Iterable[Batch], job: Job, threads: int | None, *, keep: bool) -> Generator[Counted, None, None]:
    """Yield the batches' counts in their order; no more are in hand than the threads can take."""
    # numba loads slowly, while the first batches are read.
    from zones.counting.count_batch import count_batch, zone_grid

    grid = zone_grid(job)

    def work(batch: Batch) -> Counted:
        counts, pairs = count_batch(batch, grid, job)
        return counts, pairs if keep else None

    count = threads or os.cpu_count() or 1
    waiting: deque[Future[Counted]] = deque()
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


def _written(counted: Iterable[Counted], writer: PairWriter, job: Job) -> Iterator[Counts]:
    for counts, pairs in counted:
        if pairs is not None:
            writer.write(pairs, job.ids)
        yield counts
