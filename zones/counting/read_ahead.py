"""Reads on in a thread of its own while the rest of the program is loaded or counts."""

from collections import deque
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from threading import Condition, Thread

from zones.counting.parcel_layer import Batch

MOST_BYTES = 96 * 1024**2
"""Read and not yet asked for; a batch that is larger than all of it waits alone."""


@contextmanager
def read_ahead(source: Generator[Batch], most_bytes: int = MOST_BYTES) -> Iterator[Iterator[Batch]]:
    """Give the batches of a source, which is read from now on by another thread; at the end that thread is gone.

    Parameters
    ----------
    source : generator of Batch
        What it raises is raised in its place among the batches.
    most_bytes : int
        Bytes of geometry that may wait: this bounds the memory.
    """
    reader = _Reader(source, most_bytes)
    reader.thread.start()
    try:
        yield reader.batches()
    finally:
        reader.stop()


class _Reader:
    """The thread, and the batches that wait."""

    def __init__(self, source: Generator[Batch], most_bytes: int) -> None:
        self.source, self.most_bytes = source, most_bytes
        self.waiting: deque[tuple[Batch, int]] = deque()
        self.bytes = 0
        self.done = self.stopped = False
        self.fault: BaseException | None = None
        self.changed = Condition()
        self.thread = Thread(target=self._read, name="read-ahead", daemon=True)

    def _read(self) -> None:
        try:
            for batch in self.source:
                if not self._put(batch, batch.wkb.nbytes):
                    break
        except BaseException as fault:  # noqa: BLE001 (raised again where the batch is asked for)
            self.fault = fault
        finally:
            self.source.close()
            with self.changed:
                self.done = True
                self.changed.notify_all()

    def _put(self, batch: Batch, size: int) -> bool:
        """Let a batch wait once there is room; tell whether any more is wanted."""
        with self.changed:
            self.changed.wait_for(lambda: self.stopped or not self.waiting or self.bytes + size <= self.most_bytes)
            self.waiting.append((batch, size))
            self.bytes += size
            self.changed.notify_all()
            return not self.stopped

    def batches(self) -> Iterator[Batch]:
        while True:
            with self.changed:
                self.changed.wait_for(lambda: self.done or self.waiting)
                if not self.waiting:
                    break
                batch, size = self.waiting.popleft()
                self.bytes -= size
                self.changed.notify_all()
            yield batch
        if self.fault is not None:
            raise self.fault

    def stop(self) -> None:
        with self.changed:
            self.stopped = True
            self.changed.notify_all()
        self.thread.join()
