"""Reading in another thread: the same batches in order, bounded, ended with the work, faults in their place."""

import subprocess
import sys
import threading
import time

import pyarrow
import pytest

from zones.counting.parcel_layer import Batch
from zones.counting.read_ahead import read_ahead


def batch(first, size=10):
    return Batch(first, pyarrow.array([b"x" * size], pyarrow.large_binary()), None)


def source(count, seen=None, *, fault_after=None, size=10):
    try:
        for number in range(count):
            if number == fault_after:
                raise ValueError("damaged")
            if seen is not None:
                seen.append(number)
            yield batch(number, size)
    finally:
        if seen is not None:
            seen.append("closed")


def settled(seen, least):
    """Wait until at least so many batches are read, and no more follow; return how many were."""
    until = time.monotonic() + 30
    while len(seen) < least and time.monotonic() < until:
        time.sleep(0.005)
    time.sleep(0.05)
    return len(seen)


def test_all_batches_come_in_order():
    with read_ahead(source(500)) as batches:
        assert [each.first for each in batches] == list(range(500))


def test_reading_starts_before_it_is_asked_for_and_stops_at_the_bound():
    seen = []
    size = batch(0, 1000).wkb.nbytes
    with read_ahead(source(100, seen, size=1000), most_bytes=5 * size) as batches:
        assert settled(seen, 6) == 6  # five wait, one is in hand
        next(batches)
        assert settled(seen, 7) == 7
    assert seen[-1] == "closed"
    assert len(seen) == 8


def test_a_batch_above_the_bound_waits_alone():
    with read_ahead(source(4, size=1000), most_bytes=1) as batches:
        assert [each.first for each in batches] == [0, 1, 2, 3]


def test_a_fault_comes_in_its_place():
    with read_ahead(source(9, fault_after=3)) as batches:
        assert [next(batches).first for _ in range(3)] == [0, 1, 2]
        with pytest.raises(ValueError, match="damaged"):
            next(batches)


def test_no_thread_is_left_when_the_work_breaks_off():
    seen = []
    with pytest.raises(RuntimeError), read_ahead(source(10**6, seen), most_bytes=100) as batches:
        next(batches)
        raise RuntimeError
    assert seen[-1] == "closed"
    assert not [each for each in threading.enumerate() if each.name == "read-ahead"]


def test_what_a_count_does_not_need_is_not_loaded_before_it_reads():
    needless = "{'numba', 'openpyxl', 'pydantic', 'yaml', 'rich.table', 'zones.atlas', 'zones.intake.read_kml'}"
    script = f"import sys, ui.commands.tabulating; sys.exit(' '.join({needless} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""
