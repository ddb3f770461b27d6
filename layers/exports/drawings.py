"""Drawings in plain x and y, written as they are: no reference system is claimed and no digit rounded away."""

import warnings
from pathlib import Path

import geopandas
import pyogrio

from layers.write import fill_atomically
from zones.errors import InputError

DRIVERS = {".gpkg": "GPKG", ".geojson": "GeoJSON"}


def write_drawing(frame: geopandas.GeoDataFrame, path: Path) -> int:
    """Write a frame without a reference system; return the number of features.

    Raises
    ------
    InputError
        When the suffix is neither .gpkg nor .geojson, or the file cannot be written.
    """
    driver = DRIVERS.get(path.suffix.lower())
    if driver is None:
        raise InputError(f"{path}: a drawing is written as {' or '.join(DRIVERS)}; end the name with one of them")
    digits = {"COORDINATE_PRECISION": 15} if driver == "GeoJSON" else {}

    def fill(temporary: Path) -> None:
        with warnings.catch_warnings():
            # That nothing is said of the reference system is meant.
            warnings.filterwarnings("ignore", "'crs' was not provided")
            pyogrio.write_dataframe(frame, temporary, driver=driver, layer_options=digits)

    fill_atomically(path, fill)
    return len(frame)
