"""Files of a corridor, by the suffix of their names: workbook, GeoPackage and printed page."""

from collections.abc import Callable, Sequence
from pathlib import Path

from layers.corridors.handover import Handover
from layers.write import write_atomically
from zones.errors import InputError


def write_files(held: Handover, paths: Sequence[Path]) -> None:
    """Write a corridor's files.

    Raises
    ------
    InputError
        When a suffix is none of .xlsx, .gpkg and .pdf; nothing is written then. When a file cannot be written.
    """
    check_names(paths)
    for path in paths:
        WRITERS[path.suffix.lower()](held, path)


def check_names(paths: Sequence[Path]) -> None:
    """Stop at a name whose suffix names no such file, before anything is computed."""
    for path in paths:
        if path.suffix.lower() not in WRITERS:
            known = ", ".join(WRITERS)
            raise InputError(f"{path}: a corridor is no '{path.suffix}' file; end the name with one of {known}.")


# The makers are heavy and rarely asked for.
def _workbook(held: Handover, path: Path) -> None:
    from layers.corridors.corridor_workbook import corridor_workbook

    write_atomically(path, corridor_workbook(held))


def _package(held: Handover, path: Path) -> None:
    from layers.corridors.corridor_package import write_package

    write_package(held, path)


def _page(held: Handover, path: Path) -> None:
    from layers.sheets.sheet_corridor import corridor_pdf

    write_atomically(path, corridor_pdf(held))


WRITERS: dict[str, Callable[[Handover, Path], None]] = {".xlsx": _workbook, ".gpkg": _package, ".pdf": _page}
