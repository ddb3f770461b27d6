"""Tells the states of a file apart without reading it, so that what was made of one is never shown for another."""

from pathlib import Path

Mark = tuple[str, int, int, int, int]
"""Path, times at which content and entry last changed (ns), size, and number on the disk; zeros for a missing file."""


def file_mark(path: Path) -> Mark:
    """Return what tells one state of a file from another.

    The time of its content alone does not: a file taken from an archive or put back by a backup brings its old time
    with it, and some disks count in steps of two seconds. The entry's time and number tell these.

    Parameters
    ----------
    path : Path
        May be missing, which is a state of its own.

    Raises
    ------
    OSError
        If the disk does not answer for another reason than that the file is missing.
    """
    try:
        about = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return (str(path), 0, 0, 0, 0)
    return (str(path), about.st_mtime_ns, about.st_ctime_ns, about.st_size, about.st_ino)
