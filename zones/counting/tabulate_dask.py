"""Tabulates on a dask cluster: the batches of `tabulate`, counted by many machines, added in the same order.

The table is equal to the local one to the last bit for any number of workers. Only sums per batch travel back;
few tasks are in hand at a time, so memory stays bounded here and there. A task whose worker dies is done again.
"""

import logging
import os
import signal
import tempfile
import threading
import uuid
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, closing, contextmanager, suppress
from multiprocessing import resource_tracker
from pathlib import Path
from types import FrameType

import dask
import geopandas
from distributed import Client, Future, KilledWorker, LocalCluster, Security
from distributed.comm import CommClosedError
from distributed.utils import silence_logging_cmgr
from distributed.versions import VersionMismatchWarning

from zones.counting.counts import Counts, Job
from zones.counting.dask_tasks import Task, count_task, same
from zones.counting.pair_table import PairFolder
from zones.counting.parcel_layer import ParcelLayer
from zones.counting.parcel_parquet import Piece, pieces
from zones.counting.tabulation import Plan, Progress, Tabulation, add_up, plan
from zones.counting.versions import compare, versions
from zones.errors import InputError

TASK_ROWS = 131_072
"""Features of a task: a third of a second of work, a hundred times what dask needs to hand it out."""

AHEAD = 4
"""Tasks in hand for each thread of the cluster: enough that no thread waits for the oldest one."""

CONNECT_S, WORKER_S = 15, 60
"""Longest wait for the scheduler, and for a worker when there is none."""


def tabulate_dask(
    layer: ParcelLayer,
    zones: geopandas.GeoDataFrame,
    field: str | None = None,
    *,
    scheduler: str | None = None,
    pairs_to: Path | None = None,
    progress: Progress | None = None,
) -> Tabulation:
    """Return counts and areas as `zones.counting.tabulate.tabulate` does, made on a dask cluster.

    Parameters
    ----------
    layer : ParcelLayer
        GeoParquet, one file or a folder of parts, which every worker finds under the same path.
    zones, field, progress
        As for `zones.counting.tabulate.tabulate`.
    scheduler : str, optional
        Address of a dask scheduler; without it a cluster of processes is started on this machine.
    pairs_to : Path, optional
        Folder to make, of Parquet parts that together are the pair table. Every worker must see it.

    Raises
    ------
    InputError
        As for `tabulate.tabulate`; or if the cluster cannot do it: no scheduler or worker answers, a worker
        cannot read a part, has other versions, or died of a task again and again.
    CrsError, GeometryError
        As for `zones.counting.tabulate.tabulate`.
    """
    if not layer.parts:
        raise InputError(f"{layer.path}: dask takes GeoParquet, a file or a folder of parts; convert it")
    todo = plan(layer, zones, field)
    with (
        PairFolder(pairs_to) as folder,
        _client(scheduler) as client,
        _interrupts() as check,
        closing(_in_order(client, todo.job, list(_tasks(layer, todo)), folder)) as counted,
    ):
        return add_up(_checked(counted, check), layer, todo, progress)


def _tasks(layer: ParcelLayer, todo: Plan) -> Iterator[Task]:
    """Yield the tasks; they follow from the files alone, so the parts of the pair table do too."""
    number = 0
    for part, wanted in pieces(layer, todo.bounds):
        # A worker needs to know the file and its number of rows, not all its row groups.
        brief = part._replace(path=part.path.absolute(), rows=(sum(part.rows),), boxes=())
        held: list[Piece] = []
        for piece in wanted:
            if held and sum(each.rows for each in held) + piece.rows > TASK_ROWS:
                yield Task(number, brief, tuple(held))
                number, held = number + 1, []
            held.append(piece)
        yield Task(number, brief, tuple(held))
        number += 1


@contextmanager
def _client(scheduler: str | None) -> Iterator[Client]:
    """Connect to the scheduler, or to a cluster of processes that ends with this one."""
    with ExitStack() as stack:
        stack.enter_context(silence_logging_cmgr(logging.CRITICAL))
        if scheduler is None:
            scheduler = stack.enter_context(local_cluster()).scheduler_address
        client = stack.enter_context(_connected(scheduler))
        try:
            client.wait_for_workers(1, timeout=WORKER_S)
        except TimeoutError:
            raise InputError(f"the scheduler at {scheduler} has no workers; start some with 'dask worker'") from None
        for worker, found in client.run(versions, on_error="return").items():
            if not isinstance(found, dict):
                raise InputError(f"the dask worker at {worker} lacks this program ({found}); install it there as here")
            compare(worker, found, versions())
        yield client


def _connected(scheduler: str) -> Client:
    # Asked first: a client that misses its certificates cannot be closed again.
    if scheduler.startswith("tls:") and not Security().get_connection_args("client").get("ssl_context"):
        raise InputError(f"{scheduler} needs certificates; name them as distributed.comm.tls in dask's configuration")
    try:
        with warnings.catch_warnings():
            # `compare` says what matters, in one sentence.
            warnings.simplefilter("ignore", VersionMismatchWarning)
            return Client(scheduler, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        reason = " ".join(str(error).split())[:200]
        raise InputError(f"no dask scheduler answers at {scheduler}; check the address ({reason})") from None


@contextmanager
def local_cluster(workers: int | None = None) -> Iterator[LocalCluster]:
    """Start processes, one for each core, on the loopback address only, without dashboard or other pages."""
    no_pages: dict[str, list[str]] = {"distributed.scheduler.http.routes": [], "distributed.worker.http.routes": []}
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="zones-dask-", ignore_cleanup_errors=True))
        with dask.config.set({**no_pages, "temporary-directory": folder}), _deaf_to_interrupts():
            cluster = LocalCluster(
                n_workers=workers or os.cpu_count() or 1,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                # dask always opens a port for pages: a free one, with nothing on it.
                dashboard_address="127.0.0.1:0",
                scheduler_kwargs={"dashboard": False},
                silence_logs=logging.CRITICAL,
            )
            stack.enter_context(cluster)
        yield cluster


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Put Ctrl-C off while processes are started: they inherit the deafness, and end when this process tells them."""
    if not hasattr(signal, "pthread_sigmask") or threading.current_thread() is not threading.main_thread():
        yield
        return
    # Started by the first process otherwise, it would end the deafness too early.
    resource_tracker.ensure_running()
    came: list[int] = []
    # Another thread may take the signal, and its handler runs in this one: the mask alone would not do.
    handler = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, handler)
    if came:
        raise KeyboardInterrupt


@contextmanager
def _interrupts() -> Iterator[Callable[[], None]]:
    """Give a check that raises what Ctrl-C should have: Python drops an interrupt that falls into a destructor."""
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    came: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        came.append(number)
        signal.default_int_handler(number, frame)

    def check() -> None:
        if came:
            raise KeyboardInterrupt

    handler = signal.signal(signal.SIGINT, note)
    try:
        yield check
    finally:
        signal.signal(signal.SIGINT, handler)


def _checked(counted: Iterable[Counts], check: Callable[[], None]) -> Iterator[Counts]:
    for each in counted:
        check()
        yield each
    check()


def _in_order(client: Client, job: Job, tasks: list[Task], folder: Path | None) -> Generator[Counts, None, None]:
    """Yield the counts of each batch in the order of the features; the rest is cancelled when no more are taken."""
    name = f"zones-{uuid.uuid4().hex[:12]}"
    waiting: deque[tuple[Task, Future]] = deque()
    with _one_sentence(), dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GiB"}):
        sent = client.submit(same, job, key=f"{name}-job")
        try:
            for task in tasks:
                future = client.submit(count_task, sent, task, versions(), folder, key=f"{name}-{task.number}")
                waiting.append((task, future))
                if len(waiting) >= AHEAD * max(sum(client.nthreads().values()), 1):
                    yield from _result(client, *waiting.popleft())
            while waiting:
                yield from _result(client, *waiting.popleft())
        finally:
            with suppress(OSError, CancelledError):
                client.cancel([sent, *(future for _, future in waiting)], force=True)


@contextmanager
def _one_sentence() -> Iterator[None]:
    """Turn what a cluster can fail with into one sentence."""
    try:
        yield
    except CancelledError:
        raise InputError("the dask scheduler has gone or dropped the work; start it and run again") from None
    except RuntimeError as error:
        if "deserialization" not in str(error):
            raise
        reason = " ".join(str(error.__cause__ or error).split())[:200]
        raise InputError(f"the dask scheduler lacks this program ({reason}); install it there as here") from None
    except CommClosedError as error:
        raise InputError(f"the connection to the dask scheduler broke ({error}); run again") from None


def _result(client: Client, task: Task, future: Future) -> list[Counts]:
    """Wait for a task; a cluster that has lost all its workers is given a minute."""
    while True:
        try:
            return list(future.result(timeout=WORKER_S))
        except TimeoutError:
            if not client.nthreads():
                raise InputError("the dask cluster has lost all its workers; start them and run again") from None
        except KilledWorker as error:
            died = f"{error.allowed_failures + 1} dask workers died while they counted it"
            advice = "give workers more memory, or write smaller row groups"
            raise InputError(f"{task.part.path}: {died}; {advice}") from None
