"""What a dask worker does for `tabulate_dask`: count some row groups of one part. Pure, so it may be repeated."""

import os
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from distributed import get_worker

from zones.counting.count_batch import count_batch, zone_grid
from zones.counting.counts import Counts, Job
from zones.counting.pair_table import PairWriter, part_name
from zones.counting.parcel_layer import Part
from zones.counting.parcel_parquet import Piece, read_pieces
from zones.counting.versions import compare, versions
from zones.counting.zone_grid import ZoneGrid
from zones.errors import InputError

_building = Lock()


class Task(NamedTuple):
    """Some pieces of one part; `number` is the task's place among all."""

    number: int
    part: Part
    pieces: tuple[Piece, ...]


def same(job: Job) -> Job:
    """Return the job: as a task of its own it is sent to each worker once, and found again when one dies."""
    return job


def count_task(job: Job, task: Task, wanted: dict[str, str], folder: Path | None) -> list[Counts]:
    """Return the sums of each batch of a task, in order; its pairs are written to the folder, where one is given.

    Raises
    ------
    InputError
        If this worker cannot see the file or the folder, or would count with other code.
    """
    _check(task.part.path, wanted, folder)
    grid = _grid(job)
    counted = []
    try:
        with PairWriter(None if folder is None else folder / part_name(task.number)) as writer:
            for batch in read_pieces(task.part, task.pieces, job.geometry, job.field):
                counts, pairs = count_batch(batch, grid, job)
                writer.write(pairs, job.ids)
                counted.append(counts)
    except OSError as error:
        raise InputError(
            f"{folder}: the dask worker at {_here()} cannot write there: {error.strerror or error}"
        ) from None
    return counted


def _check(path: Path, wanted: dict[str, str], folder: Path | None) -> None:
    # Here too, for a worker that came after the start.
    compare(_here(), versions(), wanted)
    if not os.access(path, os.R_OK):
        raise InputError(f"{path}: the dask worker at {_here()} cannot read it; share it under this same path")
    if folder is not None and not folder.is_dir():
        raise InputError(f"{folder}: the dask worker at {_here()} cannot see it; write the pairs to a shared folder")


def _here() -> str:
    return str(get_worker().address)


def _grid(job: Job) -> ZoneGrid:
    with _building:
        return _built(job)


@lru_cache(maxsize=2)
def _built(job: Job) -> ZoneGrid:
    return zone_grid(job)
