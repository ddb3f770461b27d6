"""One door for every vector file from elsewhere: looked at first, unpacked within bounds, read by its own reader."""

import tempfile
from pathlib import Path

from zones.errors import ChoiceError, InputError, ZonesError
from zones.intake.import_guard import SUFFIXES, Kind, kind_of, unpack
from zones.intake.raw import Raw
from zones.intake.read_gdal import chosen, read_geopackage, read_geoparquet, read_shapefile


def read_raw(path: Path, layer: str | None = None, encoding: str | None = None) -> Raw:
    """Return the features of a file as they stand in it, each one kept or named as left out.

    Parameters
    ----------
    path : Path
        GeoJSON, GeoPackage, Shapefile (also zipped), GeoParquet, KML, KMZ, DXF, CSV, XLSX, survey coordinates (TXT).
    layer : str, optional
        Layer, folder, sheet, or Shapefile in an archive, where there are several.
    encoding : str, optional
        Of text in a Shapefile, DXF, CSV or GeoJSON, where the file's own word is wrong.

    Raises
    ------
    InputError
        If the file is unsafe, damaged, or of another kind than its name says.
    ChoiceError
        If only its owner knows how to read it.
    CrsError
        If it states several reference systems, or one that is unknown.
    """
    kind = kind_of(path)
    if kind is Kind.ZIP:
        return _zipped(path, layer, encoding)
    if kind is Kind.GPKG:
        return read_geopackage(path, layer)
    if kind is Kind.PARQUET:
        return read_geoparquet(path)
    if kind is Kind.SHP:
        return read_shapefile(path, encoding)
    return _by_text(kind, path, layer, encoding)


def _by_text(kind: Kind, path: Path, layer: str | None, encoding: str | None) -> Raw:
    """Read a file that GDAL and Arrow are not asked for; each reader loads what it needs, some of it slowly."""
    if kind is Kind.GEOJSON:
        from zones.intake.read_geojson import read_geojson

        return read_geojson(path, encoding)
    if kind in (Kind.KML, Kind.KMZ):
        from zones.intake.read_kml import read_kml, read_kmz

        return (read_kml if kind is Kind.KML else read_kmz)(path, layer)
    if kind is Kind.DXF:
        from zones.intake.read_dxf import read_dxf

        return read_dxf(path, layer, encoding)
    from zones.intake.read_survey import is_survey, read_survey
    from zones.intake.read_table import read_csv, read_xlsx

    if kind is Kind.CSV and is_survey(path):
        return read_survey(path, encoding)

    return read_xlsx(path, layer) if kind is Kind.XLSX else read_csv(path, encoding)


def _zipped(path: Path, layer: str | None, encoding: str | None) -> Raw:
    with tempfile.TemporaryDirectory(prefix="atlas-zip-") as name:
        folder = Path(name)
        files = unpack(path, folder)
        found = [each for each in files if each.suffix.lower() == ".shp"]
        if not found:
            found = [each for each in files if SUFFIXES.get(each.suffix.lower()) not in (None, Kind.ZIP)
                     and each.suffix.lower() != ".txt"]  # fmt: skip
        if not found:
            raise InputError(f"{path}: holds no layer that can be read; zip a .shp with its .dbf, .shx and .prj")
        inner = layer if layer in [each.stem for each in found] else None
        if len(found) > 1 or inner:
            wanted = chosen(path, [each.stem for each in found], layer)
            found, layer = [each for each in found if each.stem == wanted], None
        try:
            return read_raw(found[0], layer, encoding)
        except ChoiceError as error:
            raise ChoiceError(_named(error, folder, path), error.about, error.choices) from None
        except ZonesError as error:
            raise type(error)(_named(error, folder, path)) from None


def _named(error: ZonesError, folder: Path, path: Path) -> str:
    """Return a sentence that names the file in the archive, not the place it was unpacked to."""
    return str(error).replace(f"{folder}/", f"{path}/").replace(f"{folder}\\", f"{path}/")
