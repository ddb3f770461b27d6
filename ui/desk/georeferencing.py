"""Starts georeferencing in a process of its own: a plan figure from elsewhere may be damaged, or very large."""

from pathlib import Path
from typing import Any

from zones.errors import InputError
from zones.georeference.georef_picture import picture_kind
from zones.intake.child import Child

WARP_JOB, SHOW_JOB = "layers.desk.georef_files:work", "layers.desk.georef_files:shown"
SECONDS = 300.0
MOST_BYTES = 5 * 1024**3


def start(picture: Path, out: Path, order: dict[str, Any], name: str | None = None) -> Child:
    """Start drawing a picture on the ground; `order` is the request of `layers.desk.georef_files.work`.

    Raises
    ------
    InputError
        If the picture is none, or the result would be no GeoTIFF or take its place.
    """
    picture_kind(picture)
    if out.suffix.lower() not in (".tif", ".tiff"):
        raise InputError(f"{out}: '{out.suffix}' files cannot be written; end the name with .tif")
    if out.resolve() == picture.resolve():
        raise InputError(f"{out}: is the file to read; choose another name for the one to write")
    request = order | {"file": str(picture.resolve()), "out": str(out.resolve())}
    return Child(WARP_JOB, request, name or str(picture), SECONDS, MOST_BYTES)


def unpack(picture: Path, out: Path, page: int, dpi: int, name: str) -> Child:
    """Start unpacking a picture for the screen.

    Raises
    ------
    InputError
        If it is none.
    """
    picture_kind(picture)
    request = {"file": str(picture.resolve()), "out": str(out.resolve()), "page": page, "dpi": dpi}
    return Child(SHOW_JOB, request, name, SECONDS, MOST_BYTES)
