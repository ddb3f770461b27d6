"""What a dask worker does for `zones.tabulate_dask`: count some row groups of one part. Pure, so it may be repeated."""

import hashlib
import inspect
import os
import platform
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import shapely
from distributed import get_worker

from zones import (
    clip_area,
    count_batch,
    measure,
    odd_shapes,
    pair_table,
    parcel_layer,
    parcel_parquet,
    repair,
    ring_check,
    wkb_arrays,
    zone_grid,
)  # fmt: skip
from zones.count_batch import Counts, Job
from zones.errors import InputError
from zones.pair_table import PairWriter, part_name
from zones.parcel_layer import Part
from zones.parcel_parquet import Piece, read_pieces
from zones.zone_grid import ZoneGrid

NUMBERS_COME_FROM = (
    clip_area, count_batch, measure, odd_shapes, pair_table, parcel_layer, parcel_parquet, repair, ring_check,
    wkb_arrays, zone_grid,
)  # fmt: skip

PACKAGES = ("numba", "numpy", "pandas", "pyarrow", "shapely")

_building = Lock()


class Task(NamedTuple):
    """Some pieces of one part; `number` is the task's place among all."""

    number: int
    part: Part
    pieces: tuple[Piece, ...]


@cache
def versions() -> dict[str, str]:
    """Return what has to be the same on every machine for the same last digit."""
    code = hashlib.sha256("".join(map(inspect.getsource, NUMBERS_COME_FROM)).encode()).hexdigest()[:12]
    found = {"zones code": code, "Python": platform.python_version(), "processor": platform.machine()}
    return found | {name: version(name) for name in PACKAGES} | {"GEOS": shapely.geos_version_string}


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
                counts, pairs = count_batch.count_batch(batch, grid, job)
                writer.write(pairs, job.ids)
                counted.append(counts)
    except OSError as error:
        raise InputError(f"{folder}: the worker at {_here()} cannot write there: {error.strerror or error}") from None
    return counted


def _check(path: Path, wanted: dict[str, str], folder: Path | None) -> None:
    other = [f"{name} {found} in place of {wanted.get(name)}" for name, found in versions().items()
             if wanted.get(name) != found]  # fmt: skip
    if other:
        raise InputError(f"the worker at {_here()} has {', '.join(other)}; install the same there as here")
    if not os.access(path, os.R_OK):
        raise InputError(f"{path}: the worker at {_here()} cannot read it; share it under this same path")
    if folder is not None and not folder.is_dir():
        raise InputError(f"{folder}: the worker at {_here()} cannot see it; write the pairs to a shared folder")


def _here() -> str:
    return str(get_worker().address)


def _grid(job: Job) -> ZoneGrid:
    with _building:
        return _built(job)


@lru_cache(maxsize=2)
def _built(job: Job) -> ZoneGrid:
    return job.grid()
