"""A reader's own layer over a sheet: what was chosen of it, by a command or on the page, and the layer itself."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zones.counting.parcel_files import digests
from zones.errors import InputError
from zones.features import source_file
from zones.intake.own_file import read_own
from zones.intake.read_any import read_raw
from zones.schema import STORAGE_CRS

if TYPE_CHECKING:
    from layers.sheets.sheet_added import Added


@dataclass(frozen=True)
class OwnPicture:
    """A layer to draw, and what its reader says of it.

    Attributes
    ----------
    path : Path
    name : str
        As its reader knows it.
    field : str or None
        Field by which it is coloured; one colour without.
    source, licence, source_date : str
        Asked for on a map for the public.
    imported : bool
        Whether it went through the import: GeoParquet in EPSG:4490, each feature checked.
    download : str
        Name under which such a layer is downloaded, and receipts know it; by default as `downloaded` says.
    """

    path: Path
    name: str
    field: str | None = None
    source: str = ""
    licence: str = ""
    source_date: str = ""
    imported: bool = False
    download: str = ""


def told(path: Path | None, field: str | None, source: str, licence: str, source_date: str) -> OwnPicture | None:
    """Return the layer that a command names with `--layer`; None where it names none.

    Raises
    ------
    InputError
        When something is said of a layer that is not named.
    """
    if path is None:
        if field or source or licence or source_date:
            raise InputError(
                "--class, --layer-source, --layer-licence and --layer-date tell of a layer; name it with --layer"
            )
        return None
    return OwnPicture(path, path.name, field, source, licence, source_date)


def added(chosen: OwnPicture | None, lang: str, *, fit: bool = False) -> "Added":
    """Return a layer read and ready to be drawn; nothing where none was chosen.

    Parameters
    ----------
    fit : bool
        Whether the map window holds the whole layer; without, it fits the zones.

    Raises
    ------
    InputError
        If the file cannot be read, or holds nothing to draw; or it has no such field.
    """
    # Drawing libraries are heavy and rarely asked for.
    from layers.sheets.own_overlay import own_overlay
    from layers.sheets.sheet_added import NOTHING, Added

    if chosen is None:
        return NOTHING
    if chosen.imported:
        frame = read_raw(chosen.path).frame.set_crs(STORAGE_CRS, allow_override=True)
    else:
        frame = read_own(chosen.path, named=False)
    # The file of an import has a name of ours: its reader knows it by another.
    hashes = digests(chosen.path, _go_on)
    files = {chosen.name: next(iter(hashes.values()))} if chosen.imported else hashes
    stated = chosen.download or downloaded(chosen.name) if chosen.imported else chosen.name
    file = source_file(chosen.path, stated)
    overlay = own_overlay(
        frame, chosen.name, lang, field=chosen.field, source=chosen.source, licence=chosen.licence,
        source_date=chosen.source_date, facts={"files": files}, file=file,
    )  # fmt: skip
    return Added((overlay,), fit=fit)


def downloaded(name: str) -> str:
    """Return the name under which a layer that went through the import is downloaded, and receipts know it."""
    return f"{name}.parquet"


def _go_on() -> None:
    """Hashing for a picture is not stopped half-way."""
