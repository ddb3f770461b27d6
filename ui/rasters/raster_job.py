"""A raster in this session: what is known of it, and one computation under way or done, each in another process."""

import base64
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from layers.rasters.raster_work import FACTS, STATISTICS
from zones.errors import CrsError, ZonesError
from zones.file_mark import file_mark
from zones.intake.child import Child, StoppedError

KEY, KNOWN = "raster-job", "raster-known"
FACTS_S, STATISTICS_S = 120.0, 1800.0
MOST_KNOWN = 3
WORLD_FILES = (".tfw", ".tifw", ".wld")


@dataclass(frozen=True)
class Order:
    """What to compute.

    Attributes
    ----------
    name : str
        Name of the raster as the person knows it.
    path : Path
    band : int
    crs, nodata : str, float or None
        As told.
    zones : tuple of str
        Ids of the zones.
    selection : str
        The same zones as `zones zonal --zones` takes them.
    classes, per_area, bracket : bool
    names : tuple of (int, str)
        Names of classes that a person gave.
    names_from : str
        The table they stood in.
    """

    name: str
    path: Path
    band: int
    crs: str | None
    nodata: float | None
    zones: tuple[str, ...] = ()
    selection: str = "all"
    classes: bool = False
    per_area: bool = False
    bracket: bool = False
    names: tuple[tuple[int, str], ...] = ()
    names_from: str = ""

    def request(self) -> dict[str, Any]:
        """Return the order as a process takes it."""
        told = {name: getattr(self, name) for name in ("name", "band", "crs", "nodata", "selection")}
        flags = {name: getattr(self, name) for name in ("classes", "per_area", "bracket", "names_from")}
        flags |= {"zones": list(self.zones), "names": {str(value): name for value, name in self.names}}
        return {"file": str(self.path)} | told | flags


@dataclass(eq=False)
class Job:
    """A computation; `answer` or `fault` once its process has ended, neither where it was stopped."""

    order: Order
    child: Child | None
    answer: dict[str, Any] | None = None
    fault: str | None = None
    made: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """Facts of a raster, or why there are none; `asks_crs` where telling its reference system may help."""

    facts: dict[str, Any] | None
    fault: str | None = None
    asks_crs: bool = False


def known(order: Order) -> Known:
    """Return the facts of a raster; they are looked up once for each band and each thing told of it."""
    if not order.path.is_file():
        return Known(None, f"{order.name}: no such file; check the name")
    about = (*map(file_mark, (order.path, *_beside(order.path))), order.band, order.crs, order.nodata)
    held: dict[tuple[object, ...], Known] = st.session_state.setdefault(KNOWN, {})
    if about not in held:
        # The raster of the last answer and the one chosen since are both on the page.
        st.session_state[KNOWN] = held = dict(list(held.items())[-MOST_KNOWN:])
        held[about] = _look(order)
    return held[about]


def _beside(path: Path) -> tuple[Path, ...]:
    """Return the files in which others keep what belongs to a raster: its place, its values, its smaller copies."""
    added = (path.with_name(f"{path.name}{ending}") for ending in (".aux.xml", ".ovr"))
    return (*added, *map(path.with_suffix, WORLD_FILES))


def _look(order: Order) -> Known:
    try:
        return Known(Child(FACTS, order.request(), order.name, FACTS_S).wait())
    except CrsError as error:
        return Known(None, str(error), asks_crs="say it with --crs" in str(error))
    except ZonesError as error:
        return Known(None, str(error))


def current() -> Job | None:
    """Return the computation of this session."""
    job: Job | None = st.session_state.get(KEY)
    return job


def start(order: Order) -> Job:
    """Start computing; what was under way before is ended."""
    before = current()
    if before is not None:
        stop(before)
    job = Job(order, Child(STATISTICS, order.request(), order.name, STATISTICS_S))
    st.session_state[KEY] = job
    return job


def busy(job: Job | None) -> bool:
    """Tell whether a job's process goes on; take in its answer once it has ended."""
    if job is None or job.child is None:
        return False
    if job.child.running():
        return True
    child, job.child = job.child, None
    try:
        job.answer = child.answer()
    except StoppedError:
        job.answer = None
    except ZonesError as error:
        job.fault = str(error)
    return False


def stop(job: Job) -> None:
    """End a job's process."""
    if job.child is not None:
        job.child.stop()
        job.child = None


def file_of(job: Job, name: str) -> bytes:
    """Return a table that the job made, `zh.xlsx` say."""
    assert job.answer is not None
    return base64.b64decode(job.answer["files"][name])


def receipt_of(job: Job) -> bytes:
    """Return the receipt as the file that `zones verify` reads."""
    assert job.answer is not None
    return json.dumps({"format": "zones-receipts/1", "receipts": [job.answer["receipt"]]}, ensure_ascii=False).encode()
