"""Features of a file as numbers are made from them: repaired, indexed by id, and known again by their fingerprints."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas
import pandas as pd
import pyproj

from zones.counting.parcel_files import digests
from zones.errors import InputError
from zones.intake.own_file import read_own
from zones.proof.fingerprint import fingerprint
from zones.proof.receipt_sources import CRS, FILE, MARK, OWN_ID, Ground, SourceFile
from zones.read import crs_of
from zones.repair import read_repaired

if TYPE_CHECKING:
    from zones.atlas import Atlas

VERSION_DIGITS = 8


def features_of(path: Path, *, planar: bool = False) -> geopandas.GeoDataFrame:
    """Return a file's features, repaired, indexed by id, with the columns a measure needs.

    Raises
    ------
    InputError
        If the file cannot be used, or an id stands twice.
    """
    return read_repaired(path, planar=planar)[0]


def features_over(path: Path, crs: pyproj.CRS) -> geopandas.GeoDataFrame:
    """Return a file's features to be laid over a layer; in the layer's own plane they stay as they are drawn."""
    if not (path.is_file() and crs.is_projected and crs_of(path) == crs):
        return features_of(path)
    return features_of(path, planar=True).set_crs(crs)


def marked(frame: geopandas.GeoDataFrame, path: Path, place: int) -> geopandas.GeoDataFrame:
    """Return features of a file with the columns by which a receipt knows them.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        As `features_of` returns it.
    place : int
        Place of the file among those of the receipt.

    Notes
    -----
    Fingerprints are of the shapes as the file has them: neither repair nor another PROJ version changes them.
    """
    drawn = read_own(path, planar=True).set_index("zone_id").geometry
    marks = {own: None if shape is None else fingerprint(shape) for own, shape in drawn.items()}
    stated = crs_of(path)
    name = None if stated is None else ":".join(stated.to_authority() or (stated.name,))
    told = {FILE: place, MARK: [marks[own] for own in frame.index], OWN_ID: list(frame.index), CRS: name}
    return frame.assign(**told)


def source_file(path: Path, stated: str | None = None) -> SourceFile:
    """Return a file's name, as stated or as it is, and its hash.

    Raises
    ------
    InputError
        If there is no such file.
    """
    if not path.exists():
        raise InputError(f"{path}: no such file; check the name")
    held = digests(path, _go_on)
    if list(held) == [path.name]:
        # The plain hash of a single file is the one that any other tool prints.
        return SourceFile(stated or str(path), held[path.name])
    return SourceFile(stated or str(path), hashlib.sha256("".join(held.values()).encode()).hexdigest())


def _go_on() -> None:
    """Hashing for a receipt is not stopped half-way."""


def ground(zones: geopandas.GeoDataFrame, files: Sequence[SourceFile], atlas: "Atlas | None") -> Ground:
    """Return what receipts of files are issued on; `atlas` where its zones take part too."""
    return Ground(zones, atlas.version if atlas else files[0].sha256[:VERSION_DIGITS], tuple(files))


def located(stated: Sequence[SourceFile], lie_at: Mapping[str, Path]) -> list[Path]:
    """Return where the files named in a receipt lie now.

    Raises
    ------
    InputError
        If nobody says so.
    """
    missing = [each.path for each in stated if each.path not in lie_at]
    if missing:
        raise InputError(f"{missing[0]}: the receipts rest on this file, which is not at hand; give it too (--file)")
    return [lie_at[each.path] for each in stated]


def ground_again(
    atlas: "Atlas", stated: Sequence[SourceFile], places: Iterable[int | None], lie_at: Mapping[str, Path]
) -> Ground:
    """Return features of files as they are now, each under the key of its receipt's input (see `receipts.key`).

    Parameters
    ----------
    stated : sequence of SourceFile
        Files of a receipt.
    places : iterable of int or None
        Which of them hold its inputs; None for zones of the atlas.
    lie_at : mapping of str to Path
        Where each file lies now.
    """
    wanted = set(places)
    paths = located(stated, lie_at)
    frames = []
    for place in sorted(each for each in wanted if each is not None):
        frame = marked(features_of(paths[place]), paths[place], place)
        frames.append(frame.set_axis([f"{place}:{own}" for own in frame.index]))
    own = atlas if None in wanted else None
    if own is not None:
        frames.append(own.zones)
    files = [source_file(path, each.path) for path, each in zip(paths, stated, strict=True)]
    if len(frames) == 1:
        return ground(frames[0], files, own)
    # Shapes alone enter where several sides meet.
    columns = ["geometry", FILE, MARK, OWN_ID, CRS]
    sides = [frame.reindex(columns=columns).astype(dict.fromkeys(columns[1:], object)) for frame in frames]
    return ground(geopandas.GeoDataFrame(pd.concat(sides), crs=sides[0].crs), files, own)
