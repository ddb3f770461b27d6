"""A file named to a command, `zones measure --layer FILE` say: any format, nothing guessed, no feature lost."""

from pathlib import Path

import geopandas
import pandas as pd
import shapely

from zones.errors import CrsError
from zones.intake.guess_crs import recognise
from zones.intake.import_guard import SUFFIXES
from zones.intake.raw import Raw
from zones.intake.read_any import read_raw
from zones.read import named_features, to_storage


def is_file_name(text: str) -> bool:
    """Tell whether a text names a file of a kind that can be read, rather than a selection of zones."""
    return Path(text).suffix.lower() in SUFFIXES


def read_own(path: Path, *, planar: bool = False, named: bool = True) -> geopandas.GeoDataFrame:
    """Return the features of a file in EPSG:4490, one row each; those without a usable shape have none.

    Parameters
    ----------
    path : Path
        See `zones.intake.read_any.read_raw`.
    planar : bool
        Coordinates are plain x and y (a drawing): kept as they stand, without a CRS.
    named : bool
        Each feature needs an id; without, ids are as the file has them, if it has any.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns `zone_id` (the file's, or numbers from 1) and `edge_rule`, as `zones.read.read_layer` has them.

    Raises
    ------
    InputError
        If the file is unsafe, damaged, or an id is empty.
    CrsError
        If the reference system is not stated or contradicts the numbers; `zones import` then helps.
    """
    raw = read_raw(path)
    frame = _features(raw)
    frame = named_features(frame, path) if named else frame
    return frame if planar else to_storage(_stated(path, raw, frame), str(path))


def read_stated(path: Path, layer: str | None = None, encoding: str | None = None) -> geopandas.GeoDataFrame:
    """Return the features of a file in the reference system it states, one row each, as they stand in it.

    Parameters
    ----------
    path, layer, encoding
        See `zones.intake.read_any.read_raw`.

    Raises
    ------
    InputError
        If the file is unsafe or damaged.
    CrsError
        If the reference system is not stated or contradicts the numbers; `zones import` then helps.
    """
    raw = read_raw(path, layer, encoding)
    return _stated(path, raw, _features(raw))


def _features(raw: Raw) -> geopandas.GeoDataFrame:
    """Return all features in the order of the file; those without a usable shape have none."""
    lost = pd.DataFrame([each.cells for each in raw.dropped], index=[int(each.feature) for each in raw.dropped])
    both = raw.frame if not raw.dropped else pd.concat([raw.frame, lost]).sort_index()
    return geopandas.GeoDataFrame(both, geometry="geometry").reset_index(drop=True)


def _stated(path: Path, raw: Raw, frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Return the features in the system that is stated, once the numbers agree."""
    if raw.crs_fault:
        raise CrsError(raw.crs_fault)
    points = shapely.get_coordinates(raw.frame.geometry.array)
    if not len(points):
        return frame.set_crs(raw.crs or "EPSG:4490")
    found = recognise(points, str(path), stated=raw.crs, stated_from=raw.crs_from, degrees=raw.degrees)
    if found.how == "range" or found.swapped:
        why = "the axes are swapped" if found.swapped else "the coordinate reference system is not given"
        raise CrsError(f"{path}: {why} ({found.reason}); bring it in with: zones import {path} -o OUT.gpkg")
    return frame.set_crs(found.crs)
