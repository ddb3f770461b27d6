"""Where the published data of a workspace lie, and which of them is in use."""

from pathlib import Path

from zones.disk import replace_whole
from zones.errors import InputError

POINTER = "current"
"""File that names the folder in use; it is replaced in one step, so there is always one whole answer."""

NOTED = "log.txt"
"""File in a published folder with the hash of the log's newest line, once for each time it was published.

It is no part of the data version: the same data published again are the same data.
"""


def published_root(workspace: Path) -> Path:
    """Return the folder beside a workspace that holds what was published from it, one folder to a revision."""
    return workspace.with_name(f"{workspace.name}.published")


def published_folder(workspace: Path) -> Path | None:
    """Return the data folder that was last published from a workspace; None where nothing was, or it is gone.

    Raises
    ------
    InputError
        If the folder that was published is missing: other data in silence would be wrong data.
    """
    pointer = published_root(workspace) / POINTER
    if not (workspace.is_file() and pointer.is_file()):
        return None
    name = pointer.read_text(encoding="utf-8").strip()
    folder = pointer.parent / Path(name).name
    if not name or not (folder / "geo" / "layers.csv").is_file():
        raise InputError(
            f"{folder}: the published data are missing; publish again, or delete {pointer} to use the shipped data"
        )
    return folder


def published_revision(workspace: Path) -> int | None:
    """Return which revision of a workspace was published last; None where nothing was.

    Raises
    ------
    InputError
        As `published_folder`.
    """
    folder = published_folder(workspace)
    number = "" if folder is None else folder.name.partition("-")[0]
    return int(number) if number.isdecimal() else None


def make_current(workspace: Path, folder: Path) -> None:
    """Let everything read a published folder from now on.

    Raises
    ------
    InputError
        If the pointer cannot be written; what was published before then stays in use.
    """
    _replace(
        published_root(workspace) / POINTER, f"{folder.name}\n", "the data in use stay; free the file and publish again"
    )


def _replace(target: Path, text: str, otherwise: str) -> None:
    """Write a small file in one step: there is always one whole answer."""
    try:
        replace_whole(target, text.encode())
    except OSError as error:
        raise InputError(f"{target} cannot be written: {error.strerror or error}; {otherwise}") from None


def note_line(folder: Path, line: int, at: str, sha256: str) -> None:
    """Note a line of the log in a published folder, after those noted there before.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    path = folder / NOTED
    held = path.read_text(encoding="utf-8") if path.is_file() else ""
    _replace(path, f"{held}{line} {at} {sha256}\n", "the hash of the log is not noted")


def noted_hashes(workspace: Path) -> tuple[tuple[str, str], ...]:
    """Return the folder and the hash of each line of the log noted in what was published from a workspace."""
    return tuple(
        (path.parent.name, text.split()[-1])
        for path in sorted(published_root(workspace).glob(f"*/{NOTED}"))
        for text in path.read_text(encoding="utf-8", errors="replace").splitlines()
        if text.strip()
    )
