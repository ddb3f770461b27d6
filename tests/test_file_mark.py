"""What was made of one state of a file is never taken for another: same size, same time, other content."""

import os
import time

import pytest

from zones.file_mark import file_mark


def swapped(path, content):
    """Put other content in place of a file, padded to its size and with its time, as an archive or a backup may."""
    about = path.stat()
    body = content.encode() if isinstance(content, str) else content
    assert len(body) <= about.st_size, "the new content must fit into the old size"
    other = path.with_name(f"{path.name}.other")
    other.write_bytes(body.ljust(about.st_size))
    os.utime(other, ns=(about.st_atime_ns, about.st_mtime_ns))
    other.replace(path)
    now = path.stat()
    assert (now.st_mtime_ns, now.st_size) == (about.st_mtime_ns, about.st_size)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("one")
    return path


def test_a_file_that_is_left_alone_keeps_its_mark(file):
    mark = file_mark(file)
    file.read_bytes()
    assert file_mark(file) == mark
    assert mark[0] == str(file)


def test_another_file_of_the_same_size_and_time_has_another_mark(file):
    mark = file_mark(file)
    swapped(file, "two")
    assert file_mark(file) != mark


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the time at which a file was made, not that of its entry")
def test_a_file_written_over_with_its_old_time_put_back_has_another_mark(file):
    mark, about = file_mark(file), file.stat()
    # Longer than a tick of the clock by which the disk counts.
    time.sleep(0.02)
    file.write_text("two")
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert file_mark(file) != mark


def test_a_missing_file_is_a_state_of_its_own(file):
    mark = file_mark(file)
    file.unlink()
    assert file_mark(file) == (str(file), 0, 0, 0, 0) != mark
    assert file_mark(file / "below") == (str(file / "below"), 0, 0, 0, 0)
