"""Tabulation in the background: one job for a session, with progress and a stop, gone when the session is.

The thread holds only the signal to stop and the place where its answer goes. The session alone holds the job,
so when the session ends the job is let go, and letting it go gives the signal. Streamlit keeps a session for a
while after its browser has gone, so the signal also comes when no browser has shown it for `PATIENCE_S`.
"""

import secrets
import threading
import time
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas
import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.imports import own_layers
from zones.counting.counted import Tally, tally
from zones.counting.parcel_files import Check, digests
from zones.counting.parcel_stream import open_layer

if TYPE_CHECKING:
    from zones.counting.tabulate import Tabulation

KEY = "tabulate-job"
PATIENCE_S = 60.0


class Stopped(Exception):  # noqa: N818 (no error: what a person asked for)
    """The work was stopped on request."""


@dataclass(frozen=True)
class Order:
    """What to count.

    Attributes
    ----------
    name : str
        Name of the layer as the person knows it.
    path : Path
        The layer.
    layer : str or None
        Layer of a GeoPackage with several.
    field : str or None
        Field with the class of a feature.
    zones : tuple of str
        Ids of the zones.
    selection : str
        The same zones as `zones tabulate --zones` takes them.
    """

    name: str
    path: Path
    layer: str | None
    field: str | None
    zones: tuple[str, ...]
    selection: str


@dataclass(frozen=True)
class Outcome:
    """What came out: the tabulation, its pair table, features by where they lie, and hashes of the files."""

    found: "Tabulation"
    pairs: Path
    tally: Tally
    hashes: dict[str, str]


@dataclass
class Progress:
    """How far the work is: features done, features in all (0: not known yet)."""

    done: int = 0
    features: int = 0


@dataclass(frozen=True, eq=False)
class Job:
    """One tabulation under way or done."""

    order: Order
    future: "Future[Outcome]" = field(default_factory=Future)
    stop: threading.Event = field(default_factory=threading.Event)
    progress: Progress = field(default_factory=Progress)


def current() -> Job | None:
    """Return the job of this session."""
    job: Job | None = st.session_state.get(KEY)
    return job


def is_running(job: Job | None) -> bool:
    """Tell whether a job is under way."""
    return job is not None and not job.future.done()


def start(order: Order, zones: geopandas.GeoDataFrame) -> Job:
    """Start counting for this session; a job still under way is stopped, and its answer forgotten."""
    before = current()
    if before is not None:
        forget(before)
    st.session_state[KEY] = job = launch(order, zones, own_layers.folder(), _is_shown())
    return job


def _is_shown() -> Callable[[], bool]:
    """Return what tells whether a browser shows this session."""
    context = get_script_run_ctx()
    if context is None or not runtime.exists():
        return lambda: True
    server, session_id = runtime.get_instance(), context.session_id
    return lambda: server.is_active_session(session_id)


def forget(job: Job) -> None:
    """Stop a job that is under way; delete the pair table of one that is done."""
    job.stop.set()
    if job.future.done() and job.future.exception() is None:
        job.future.result().pairs.unlink(missing_ok=True)


def launch(
    order: Order, zones: geopandas.GeoDataFrame, folder: Path, is_shown: Callable[[], bool] = lambda: True
) -> Job:
    """Start a job whose files go to a folder; it stops when nobody holds it any more, or sees it for a while."""
    job = Job(order)
    weakref.finalize(job, job.stop.set)
    given = (job.future, order, zones, folder, _checker(job.stop, is_shown), job.progress)
    threading.Thread(target=_work, args=given, name="tabulate", daemon=True).start()
    return job


def _work(
    future: "Future[Outcome]",
    order: Order,
    zones: geopandas.GeoDataFrame,
    folder: Path,
    check: Check,
    progress: Progress,
) -> None:
    try:
        future.set_result(_count(order, zones, folder, check, progress))
    except Exception as error:  # noqa: BLE001 (kept for the page, which raises it again)
        future.set_exception(error)


def _checker(stop: threading.Event, is_shown: Callable[[], bool]) -> Check:
    """Return what raises `Stopped` once the signal is given, or no browser has shown the session for a while."""
    seen = time.monotonic()

    def check() -> None:
        nonlocal seen
        if is_shown():
            seen = time.monotonic()
        if stop.is_set() or time.monotonic() - seen > PATIENCE_S:
            raise Stopped

    return check


def _count(order: Order, zones: geopandas.GeoDataFrame, folder: Path, check: Check, progress: Progress) -> Outcome:
    # Compiled code loads slowly; nobody but this thread waits for it.
    from zones.counting.tabulate import tabulate

    def tell(done: int, features: int) -> None:
        check()
        progress.done, progress.features = done, features

    check()
    # A job that was stopped may still be cleaning up: each has a name of its own.
    pairs = folder / f"pairs-{secrets.token_hex(4)}.parquet"
    found = tabulate(open_layer(order.path, order.layer), zones, order.field, pairs_to=pairs, progress=tell)
    return Outcome(found, pairs, tally(pairs, found.features, found.left_out), digests(order.path, check))


def sentence(error: Exception, order: Order) -> str:
    """Return what went wrong, with the name the person knows in place of our path."""
    return str(error).replace(str(order.path), order.name)
