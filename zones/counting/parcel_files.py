"""A layer a person brings to be counted: taken in by its first bytes, unpacked within limits, and hashed."""

import hashlib
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pyogrio

from zones.errors import InputError

SIGNATURES = {
    ".parquet": b"PAR1",
    ".geoparquet": b"PAR1",
    ".gpkg": b"SQLite format 3\x00",
    ".shp": b"\x00\x00\x27\x0a",
}
"""What a file of each kind starts with: GDAL goes by content, so the name alone promises nothing."""

KINDS = {".parquet": "GeoParquet", ".geoparquet": "GeoParquet", ".gpkg": "GeoPackage", ".shp": "Shapefile"}

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
"""Files of a Shapefile that are read; all else in an archive is passed over."""

MOST_UNPACKED = 1024**3
MOST_MEMBERS = 1000
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
        if suffix == ".zip":
            return _unpack(name, sent, place)
        if suffix not in SIGNATURES or suffix == ".shp":
            raise InputError(f"{name}: this kind of file is not taken; send .parquet, .gpkg, or a Shapefile as .zip")
        _check_start(name, sent, suffix)
        return sent.replace(place / f"layer{suffix}")
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    finally:
        sent.unlink(missing_ok=True)


def _check_start(name: str, path: Path, suffix: str) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        raise InputError(f"{name}: cannot be read ({error.strerror}); check who may read it") from None
    if not start.startswith(SIGNATURES[suffix]):
        raise InputError(f"{name}: the content is not what {suffix} files hold; save it anew as {KINDS[suffix]}")


def sweep(folder: Path, keep: Path) -> None:
    """Delete the layers kept in a folder, but for the one whose file is named."""
    for place in folder.glob("layer-*"):
        if place != keep.parent:
            shutil.rmtree(place, ignore_errors=True)


def _unpack(name: str, sent: Path, place: Path) -> Path:
    """Write the parts of the one Shapefile in an archive, under names of our own, counting bytes as they come."""
    try:
        with zipfile.ZipFile(sent) as archive:
            for member in _members(name, archive):
                _copy(name, archive, member, place / f"layer{Path(member.filename).suffix.lower()}")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise InputError(f"{name}: the archive cannot be unpacked ({error}); zip the Shapefile anew") from None
    _check_start(name, place / "layer.shp", ".shp")
    return place / "layer.shp"


def _members(name: str, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    held = [each for each in archive.infolist() if not each.is_dir() and not each.filename.startswith("__MACOSX/")]
    if len(held) > MOST_MEMBERS:
        raise InputError(f"{name}: holds {len(held)} files; zip the Shapefile alone")
    shapes = [each for each in held if each.filename.lower().endswith(".shp")]
    if len(shapes) != 1:
        found = f"{len(shapes)} Shapefiles" if shapes else "no Shapefile"
        raise InputError(f"{name}: holds {found}; zip the .shp, .shx, .dbf and .prj of one layer")
    stem = shapes[0].filename[: -len(".shp")]
    return [each for each in held if each.filename[: -len(".shp")] == stem and _part(each) in PARTS]


def _part(member: zipfile.ZipInfo) -> str:
    return Path(member.filename).suffix.lower()


def _copy(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    # What an archive says of its sizes is not believed: the bytes are counted.
    room = MOST_UNPACKED - sum(each.stat().st_size for each in target.parent.iterdir())
    with archive.open(member) as source, target.open("wb") as file:
        while piece := source.read(CHUNK):
            room -= len(piece)
            if room < 0:
                raise InputError(f"{name}: unpacks to more than {MOST_UNPACKED >> 20} MB; convert it to GeoParquet")
            file.write(piece)


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
    told = text.strip().strip("\"'")
    if told.startswith(("\\\\", "//")):
        raise InputError(f"{told}: lies on another machine; copy the file to this one, or upload it")
    path = Path(told).expanduser()
    if not path.is_absolute():
        raise InputError(f"{told}: give the full path, from the root of the disk on")
    if path.is_dir():
        return path
    suffix = path.suffix.lower()
    if suffix not in SIGNATURES:
        raise InputError(f"{told}: '{suffix}' files cannot be tabulated; convert it to one of {', '.join(SIGNATURES)}")
    if not path.is_file():
        raise InputError(f"{told}: no such file; check the name")
    _check_start(told, path, suffix)
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
        held = sorted(each for each in path.rglob("*.*parquet") if each.is_file() and each.suffix in SIGNATURES)
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
