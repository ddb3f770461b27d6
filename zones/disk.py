"""The last steps of a safe save: a file comes whole or not at all, and is on the disk when it is said to be."""

import os
import tempfile
from pathlib import Path


def replace_whole(path: Path, content: bytes) -> Path:
    """Write a file so that a reader sees the old one or the new one, never a half; return its path.

    Raises
    ------
    OSError
        If the folder cannot be written; what stood there still stands.
    """
    with tempfile.TemporaryDirectory(prefix=".write-", dir=path.parent) as folder:
        temporary = Path(folder) / path.name
        temporary.write_bytes(content)
        put_in_place(temporary, path)
    return path


def put_in_place(temporary: Path, path: Path) -> None:
    """Move a finished file of the same disk to where it shall stand."""
    flush(temporary)
    temporary.replace(path)
    flush(path.parent)


def flush(path: Path) -> None:
    """Bring a file or a folder to the disk: a rename alone may leave an empty file after a power cut."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
