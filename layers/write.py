"""The one way a file is written: whole or not at all."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from zones.disk import put_in_place
from zones.errors import InputError


def write_atomically(path: Path | str, content: bytes) -> Path:
    """Write bytes so that a reader sees the old file or the new one, never a half.

    Parameters
    ----------
    path : path
        Where to write; its folder must exist.
    content : bytes
        The whole file.

    Returns
    -------
    Path
        The path written.

    Raises
    ------
    InputError
        When the folder is missing or cannot be written.
    """
    return fill_atomically(path, lambda temporary: temporary.write_bytes(content))


def fill_atomically(path: Path | str, fill: Callable[[Path], object]) -> Path:
    """Let `fill` write a temporary file with the same suffix beside the target, then put it in place.

    Parameters
    ----------
    path : path
        Where the file shall stand; its folder must exist.
    fill : callable
        Takes the temporary path and writes the whole file there.

    Returns
    -------
    Path
        The path written.

    Raises
    ------
    InputError
        When the folder is missing or cannot be written.
    """
    target = Path(path)
    if not target.parent.is_dir():
        raise InputError(f"{target} cannot be written: the folder {target.parent} does not exist; make it first.")
    try:
        with tempfile.TemporaryDirectory(prefix=".write-", dir=target.parent) as folder:
            temporary = Path(folder) / target.name
            fill(temporary)
            put_in_place(temporary, target)
    except OSError as error:
        raise InputError(f"{target} cannot be written: {error.strerror or error}; choose another place.") from error
    return target
