"""First look at a file from elsewhere: whether it is what its name says, and whether it unpacks within bounds.

Nothing is parsed here. A file whose content belongs to another format than its name is refused, for a
parser chosen by content can be led to any file of the machine (GDAL: a virtual dataset named .geojson).
"""

import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path, PurePosixPath

from zones.errors import InputError

MOST_BYTES = 2 * 1024**3
MOST_UNPACKED = 2 * 1024**3
MOST_MEMBERS = 2000
MOST_RATIO = 200
"""Unpacked size over packed size of an archive; Shapefiles of real maps stay below 30."""

RATIO_FREE = 32 * 1024**2
"""Archives that unpack to less than this are not asked for their ratio."""

HEAD = 4096


class Kind(StrEnum):
    """What a file is, by its first bytes."""

    GEOJSON = "GeoJSON"
    GPKG = "GeoPackage"
    PARQUET = "GeoParquet"
    SHP = "Shapefile"
    KML = "KML"
    KMZ = "KMZ"
    ZIP = "zip archive"
    DXF = "DXF"
    XLSX = "XLSX"
    CSV = "CSV"
    TIFF = "TIFF"
    PNG = "PNG"
    JPEG = "JPEG"
    PDF = "PDF"


STARTS = {
    Kind.GPKG: (b"SQLite format 3\x00",),
    Kind.PARQUET: (b"PAR1",),
    Kind.SHP: (b"\x00\x00\x27\x0a",),
    Kind.KMZ: (b"PK\x03\x04", b"PK\x05\x06"),
    Kind.ZIP: (b"PK\x03\x04", b"PK\x05\x06"),
    Kind.XLSX: (b"PK\x03\x04", b"PK\x05\x06"),
    Kind.TIFF: (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"),
    Kind.PNG: (b"\x89PNG\r\n\x1a\n",),
    Kind.JPEG: (b"\xff\xd8\xff",),
    Kind.PDF: (b"%PDF-",),
}
"""What a file that is no text starts with; a TIFF or BigTIFF in either byte order."""

SUFFIXES = {
    ".geojson": Kind.GEOJSON,
    ".json": Kind.GEOJSON,
    ".gpkg": Kind.GPKG,
    ".parquet": Kind.PARQUET,
    ".geoparquet": Kind.PARQUET,
    ".shp": Kind.SHP,
    ".zip": Kind.ZIP,
    ".kml": Kind.KML,
    ".kmz": Kind.KMZ,
    ".dxf": Kind.DXF,
    ".xlsx": Kind.XLSX,
    ".csv": Kind.CSV,
    ".txt": Kind.CSV,
}
"""File name endings of layers that can be read."""

NESTED = (".zip", ".kmz", ".rar", ".7z", ".gz", ".bz2", ".xz", ".tar", ".tgz", ".zst")


def full_path(text: str) -> Path:
    """Return the path that a person types, quotes around it let go.

    Raises
    ------
    InputError
        If it is no full path, or lies on another machine.
    """
    told = text.strip().strip("\"'")
    if told.startswith(("\\\\", "//")):
        raise InputError(f"{told}: lies on another machine; copy the file to this one, or upload it")
    path = Path(told).expanduser()
    if not path.is_absolute():
        raise InputError(f"{told}: give the full path, from the root of the disk on")
    return path


def head_of(path: Path, called: str = "") -> bytes:
    """Return the first bytes of a file; `called` is its name in a sentence, by default the path.

    Raises
    ------
    InputError
        If it is missing, or may not be read.
    """
    if not path.is_file():
        raise InputError(f"{called or path}: no such file; check the name")
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError as error:
        raise InputError(f"{called or path}: cannot be read ({error.strerror}); check who may read it") from None


def kind_of(
    path: Path, suffixes: Mapping[str, Kind] = SUFFIXES, *, called: str = "", most_bytes: float = MOST_BYTES
) -> Kind:
    """Return what a file is, once its name and its first bytes agree.

    Parameters
    ----------
    path : Path
    suffixes : mapping of str to Kind
        File name endings that are taken.
    called : str
        Name of the file in a sentence; by default the path.
    most_bytes : float
        Size above which it is refused.

    Raises
    ------
    InputError
        If it is missing, empty, too large, of an unknown kind, or another kind than its name says.
    """
    name = called or str(path)
    head = head_of(path, name)
    kind = suffixes.get(path.suffix.lower())
    if kind is None:
        raise InputError(f"{name}: '{path.suffix}' files cannot be read; convert it to one of {', '.join(suffixes)}")
    size = path.stat().st_size
    if size == 0:
        raise InputError(f"{name}: is empty, so not readable as {kind}; get the file anew")
    if size > most_bytes:
        raise InputError(f"{name}: {size / 1024**3:.1f} GB is above {most_bytes / 1024**3:.0f} GB; cut it into parts")
    if not fits(kind, head):
        raise InputError(f"{name}: not readable as {kind}: it holds {_looks_like(head)}; check the file and its name")
    return kind


def fits(kind: Kind, head: bytes) -> bool:
    """Tell whether a file that starts so can be of a kind."""
    if kind in STARTS:
        return head.startswith(STARTS[kind])
    text = _text(head)
    if kind is Kind.GEOJSON:
        return text.lstrip().startswith("{")
    if kind is Kind.KML:
        return text.lstrip().startswith("<") and "<kml" in text
    if kind is Kind.DXF:
        first = text.lstrip().split("\n", 2)
        return head.startswith(b"AutoCAD Binary DXF") or first[0].strip() in ("0", "999")
    return not text.lstrip().startswith(("{", "<")) and (b"\x00" not in head or head[:2] in (b"\xff\xfe", b"\xfe\xff"))


def _looks_like(head: bytes) -> str:
    text = _text(head).lstrip()
    if "VRTDataset" in text or "OGRVRT" in text:
        return "a GDAL virtual dataset, which names other files"
    for mark, name in ((b"PK\x03\x04", "an archive"), (b"SQLite format 3", "a database"), (b"PAR1", "Parquet"),
                       (b"\x00\x00\x27\x0a", "a Shapefile"), (b"AC10", "a DWG drawing (save it as DXF)"),
                       (b"%PDF", "a PDF"), (b"\xd0\xcf\x11\xe0", "an old Excel or CAD file")):  # fmt: skip
        if head.startswith(mark):
            return name
    if text.startswith("<"):
        return "XML or HTML"
    return "JSON" if text.startswith(("{", "[")) else "something else"


def _text(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", "replace").lstrip("\ufeff")
    return head.decode("utf-8-sig", "replace")


def unpack(path: Path, folder: Path, called: str = "") -> list[Path]:
    """Unpack an archive into a folder, counting bytes while reading; return the files, in order of name.

    File names lose their folders: `a/b.shp` and `a/b.dbf` come to stand side by side. `called` is the archive's name
    in a sentence; by default the path.

    Raises
    ------
    InputError
        If a member has a path that leads elsewhere, is a link, is itself an archive, is encrypted or damaged,
        or the whole grows beyond the limits.
    """
    with _opened(path, called or str(path)) as (archive, members, budget):
        return sorted(_extract(archive, member, folder, budget) for member in members)


def check_archive(path: Path) -> None:
    """Read an archive through without keeping anything, for formats that are archives themselves (XLSX).

    Raises
    ------
    InputError
        As `unpack`.
    """
    with _opened(path, str(path)) as (archive, members, budget):
        for member in members:
            with archive.open(member) as source:
                while block := source.read(1 << 20):
                    budget.take(len(block))


@contextmanager
def _opened(path: Path, name: str) -> "Iterator[tuple[zipfile.ZipFile, list[zipfile.ZipInfo], _Budget]]":
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive, _checked(name, archive.infolist()), _Budget(name, path.stat().st_size)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise InputError(f"{name}: the archive is damaged or cut off; get it anew ({error})") from None


class _Budget:
    """Bytes that may still be unpacked; headers may lie about sizes, so bytes are counted as they come."""

    def __init__(self, name: str, packed: int) -> None:
        self.name, self.packed, self.seen = name, packed, 0

    def take(self, count: int) -> None:
        self.seen += count
        if self.seen > MOST_UNPACKED:
            raise InputError(f"{self.name}: unpacks to more than {MOST_UNPACKED / 1024**3:.0f} GB; cut it into parts")
        if self.seen > RATIO_FREE and self.seen > MOST_RATIO * self.packed:
            raise InputError(
                f"{self.name}: unpacks to over {MOST_RATIO} times its size, as no map does; nothing was read"
            )


def _checked(name: str, members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    if len(members) > MOST_MEMBERS:
        raise InputError(
            f"{name}: holds {len(members)} files, more than {MOST_MEMBERS}; keep only the layer's own files"
        )
    kept = []
    names: set[str] = set()
    for member in members:
        place = PurePosixPath(member.filename.replace("\\", "/"))
        if place.is_absolute() or ".." in place.parts or ":" in member.filename or "\x00" in member.filename:
            raise InputError(f"{name}: '{member.filename}' points outside the archive; nothing was read")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise InputError(f"{name}: '{member.filename}' is a link to another file; nothing was read")
        if member.is_dir() or "__MACOSX" in place.parts:
            continue
        if place.suffix.lower() in NESTED:
            raise InputError(f"{name}: '{member.filename}' is an archive within the archive; unpack it first")
        if member.flag_bits & 1:
            raise InputError(f"{name}: '{member.filename}' is locked with a password; save the archive without one")
        if place.name.lower() in names:
            raise InputError(f"{name}: holds two files named '{place.name}'; keep one of them")
        names.add(place.name.lower())
        kept.append(member)
    return kept


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path, budget: _Budget) -> Path:
    target = folder / _name(member)
    with archive.open(member) as source, target.open("xb") as copy:
        while block := source.read(1 << 20):
            budget.take(len(block))
            copy.write(block)
    return target


def _name(member: zipfile.ZipInfo) -> str:
    """Return the file name of a member; archives packed on Chinese Windows hold GBK where zip assumes cp437."""
    name = member.filename.replace("\\", "/")
    if not member.flag_bits & 0x800:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("gb18030")
    return PurePosixPath(name.replace("\\", "/")).name


def copy_shapefile(path: Path, folder: Path) -> Path:
    """Copy a Shapefile with the files beside it that have its name; return the .shp in the folder."""
    for beside in sorted(path.parent.iterdir()):
        if beside.stem == path.stem and beside.suffix.lower() in (".shp", ".shx", ".dbf", ".prj", ".cpg"):
            shutil.copyfile(beside, folder / f"layer{beside.suffix.lower()}")
    return folder / "layer.shp"
