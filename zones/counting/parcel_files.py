"""A layer a person brings to be counted: looked at and unpacked as any file from elsewhere, kept, and hashed."""

import hashlib
import math
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pyogrio

from zones.counting.parcel_stream import COUNTED
from zones.errors import InputError
from zones.intake.import_guard import SUFFIXES, Kind, full_path, kind_of, unpack

SENT = {suffix: kind for suffix, kind in SUFFIXES.items() if kind in (Kind.PARQUET, Kind.GPKG, Kind.ZIP)}
"""Endings of files that are taken from a browser: a Shapefile is several files, so it comes in an archive."""

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
"""Files of a Shapefile that are read; all else in an archive is passed over."""

CHUNK = 1024**2

Check = Callable[[], None]
"""Called between pieces of a long work; what it raises stops the work."""


def add_part(path: Path, at: int, content: bytes) -> int:
    """Add a piece to a file that comes in parts; return how many bytes it has now.

    A piece that does not follow on the last one is passed over: the sender is told where to go on.
    """
    held = path.stat().st_size if path.exists() else 0
    if at != held:
        return held
    with path.open("ab") as file:
        file.write(content)
    return held + len(content)


def keep(name: str, sent: Path, folder: Path) -> Path:
    """Move a layer that was sent into a new folder; return the file to open.

    Parameters
    ----------
    name : str
        As the sender calls it; only its suffix is used.
    sent : Path
        GeoParquet, GeoPackage, or a zip archive with one Shapefile; it is gone afterwards.
    folder : Path
        Where the new folder is made.

    Raises
    ------
    InputError
        If it is of another kind, or an archive that is damaged, too large or without a Shapefile.
    """
    suffix = Path(name).suffix.lower()
    place = Path(tempfile.mkdtemp(prefix="layer-", dir=folder))
    try:
        if suffix not in SENT:
            raise InputError(f"{name}: this kind of file is not taken; send .parquet, .gpkg, or a Shapefile as .zip")
        path = sent.replace(place / f"layer{suffix}")
        return _unpacked(name, path) if kind_of(path, SENT, called=name) is Kind.ZIP else path
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    finally:
        sent.unlink(missing_ok=True)


def sweep(folder: Path, keep: Path) -> None:
    """Delete the layers kept in a folder, but for the one whose file is named."""
    for place in folder.glob("layer-*"):
        if place != keep.parent:
            shutil.rmtree(place, ignore_errors=True)


def _unpacked(name: str, archive: Path) -> Path:
    """Put the parts of the one Shapefile in an archive in its place, under names of our own."""
    with tempfile.TemporaryDirectory(dir=archive.parent) as folder:
        files = unpack(archive, Path(folder), name)
        shapes = [each for each in files if each.suffix.lower() == ".shp"]
        if len(shapes) != 1:
            found = f"{len(shapes)} Shapefiles" if shapes else "no Shapefile"
            raise InputError(f"{name}: holds {found}; zip the .shp, .shx, .dbf and .prj of one layer")
        for each in files:
            if each.stem == shapes[0].stem and each.suffix.lower() in PARTS:
                each.replace(archive.with_suffix(each.suffix.lower()))
    archive.unlink()
    kind_of(archive.with_suffix(".shp"), COUNTED, called=name)
    return archive.with_suffix(".shp")


def local(text: str) -> Path:
    """Return the layer a person names on this machine.

    Parameters
    ----------
    text : str
        Full path of a streamed kind of file, or of a folder of GeoParquet files; quotes around it are let go.

    Raises
    ------
    InputError
        If it is no full path, lies on another machine, does not exist, or is of another kind.
    """
    path = full_path(text)
    if path.is_dir():
        return path
    kind_of(path, COUNTED, most_bytes=math.inf)
    return path


def layer_names(path: Path) -> tuple[str, ...]:
    """Return the layers with shapes of a GeoPackage; none for other kinds, and for what cannot be opened."""
    if path.suffix.lower() != ".gpkg":
        return ()
    try:
        return tuple(str(name) for name, kind in pyogrio.list_layers(path) if kind is not None)
    except pyogrio.errors.DataSourceError:
        return ()


def digests(path: Path, check: Check) -> dict[str, str]:
    """Return the SHA-256 of each file that makes up a layer, by name.

    Parameters
    ----------
    path : Path
        A file, the .shp of a Shapefile, or a folder of GeoParquet files.
    check : callable
        Called before each piece is read.
    """
    if path.is_dir():
        held = sorted(each for each in path.rglob("*.*parquet") if each.is_file() and each.suffix in COUNTED)
        return {each.relative_to(path).as_posix(): _digest(each, check) for each in held}
    parts = [path]
    if path.suffix.lower() == ".shp":
        parts += [each for suffix in PARTS[1:] if (each := path.with_suffix(suffix)).is_file()]
    return {each.name: _digest(each, check) for each in parts}


def _digest(path: Path, check: Check) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            check()
            found.update(piece)
    return found.hexdigest()
