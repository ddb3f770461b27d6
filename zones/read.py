"""The reader of the atlas's own layers: a file in, a frame in CGCS2000 longitude and latitude out.

Files from elsewhere go through `zones.intake.own_file` and `zones.intake.bring_in`, which trust nothing.
"""

from pathlib import Path

import geopandas
import numpy as np
import numpy.typing as npt
import pyogrio
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from zones.datum_shift import moved
from zones.errors import CrsError, InputError
from zones.schema import STORAGE_CRS, EdgeRule

PLANE_STEP_M = 10.0
"""Edges of projected files are straight on the plane: split this finely before they become lon/lat."""

PLANE_SHORT_M = 50.0
"""A shape whose edges are all up to this long is left as it is: in lon/lat they leave the plane's by 0.02 mm."""

DRIVERS = {
    ".geojson": "GeoJSON",
    ".json": "GeoJSON",
    ".gpkg": "GPKG",
    ".shp": "ESRI Shapefile",
    ".kml": "KML",
}


def read_layer(
    path: Path, id_field: str = "zone_id", layer: str | None = None, planar: bool = False
) -> geopandas.GeoDataFrame:
    """Return the features of a vector file, one row each, nothing dropped.

    Parameters
    ----------
    path : Path
        GeoJSON, GeoPackage, Shapefile or KML.
    id_field : str
        Column that names a feature. Where the file has no such column, features are numbered from 1.
    layer : str, optional
        Layer of a file with several.
    planar : bool
        Coordinates are plain x and y (a drawing): kept as they stand, without a CRS.

    Returns
    -------
    geopandas.GeoDataFrame
        CRS EPSG:4490, column `id_field` filled for every row, column `edge_rule`: `lonlat` for a file in
        degrees, `plane` for a projected one (its edges were split every 10 m before reprojection).

    Raises
    ------
    InputError
        If the file is missing or unreadable, or a feature has no id.
    CrsError
        If the file does not say its coordinate reference system.
    """
    frame = named_features(_read(path, layer), path, id_field)
    if planar:
        return geopandas.GeoDataFrame(frame, geometry=shapely.force_2d(frame.geometry.array)).set_crs(
            None, allow_override=True
        )
    return to_storage(frame, str(path))


def named_features(frame: geopandas.GeoDataFrame, path: Path, id_field: str = "zone_id") -> geopandas.GeoDataFrame:
    """Return the features with an id each, as text: the file's own, else their number in the file.

    Raises
    ------
    InputError
        If the file has ids, and one is empty.
    """
    if id_field not in frame.columns:
        frame.insert(0, id_field, [str(number) for number in range(1, len(frame) + 1)])
    ids = frame[id_field]
    empty = ids.isna() | (ids.astype(str).str.strip() == "")
    unnamed = [str(number) for number, is_empty in enumerate(empty, start=1) if is_empty]
    if unnamed:
        raise InputError(f"{path}: feature {', '.join(unnamed[:10])}: {id_field} is empty; give each feature an id")
    frame[id_field] = ids.astype(str)
    return frame


def crs_of(path: Path) -> CRS | None:
    """Return the reference system a vector file states for its first layer, None if it states none."""
    try:
        stated = pyogrio.read_info(path)["crs"]
    except pyogrio.errors.DataSourceError:
        return None
    return CRS.from_user_input(stated) if stated else None


def crs_of_text(text: str) -> CRS:
    """Return the system a person names: `EPSG:4547`, WKT, a PROJ string, or a file that holds one of these.

    Raises
    ------
    InputError
        If there is no such system.
    """
    given = text.strip()
    if len(given) < 500 and given.lower().endswith((".prj", ".wkt", ".txt")):
        path = Path(given)
        if not path.is_file():
            raise InputError(f"{path}: no such file; check the name")
        given = path.read_text(encoding="utf-8-sig").strip()
    try:
        return CRS.from_user_input(given)
    except CRSError:
        raise InputError(
            f"--crs is '{text[:60]}', which is no known reference system; use EPSG:4547, for example"
        ) from None


def _read(path: Path, layer: str | None) -> geopandas.GeoDataFrame:
    if not path.is_file():
        raise InputError(f"{path}: no such file; check the name")
    if path.suffix.lower() not in DRIVERS:
        known = ", ".join(DRIVERS)
        raise InputError(f"{path}: '{path.suffix}' files cannot be read; convert it to one of {known}")
    try:
        # A layer chosen by default among several would lose the others in silence.
        names = pyogrio.list_layers(path)[:, 0]
        if layer is None and len(names) > 1:
            raise InputError(f"{path}: holds {len(names)} layers ({', '.join(names)}); name one")
        # Dates stay the text they are: a time zone would be invented otherwise.
        frame = pyogrio.read_dataframe(path, layer=layer, datetime_as_string=True)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{path}: not readable as {DRIVERS[path.suffix.lower()]}: {reason}") from None
    if not isinstance(frame, geopandas.GeoDataFrame):
        raise InputError(f"{path}: its features hold no geometry; choose a file with shapes")
    if frame.empty:
        raise InputError(f"{path}: holds no feature; choose a file with shapes")
    return frame


def to_storage(frame: geopandas.GeoDataFrame, name: str) -> geopandas.GeoDataFrame:
    """Return the frame in EPSG:4490 without heights, with the column `edge_rule`.

    Raises
    ------
    CrsError
        If the frame has no CRS.
    """
    if frame.crs is None:
        raise CrsError(f"{name}: the coordinate reference system is not given; add it (for example EPSG:4547)")
    frame = frame.set_geometry(shapely.force_2d(frame.geometry.array))
    if frame.crs.is_geographic:
        rule = EdgeRule.LONLAT
    else:
        rule = EdgeRule.PLANE
        frame = frame.set_geometry(split_edges(frame.geometry.array, frame.crs.axis_info[0].unit_conversion_factor))
    if "edge_rule" not in frame.columns:
        frame["edge_rule"] = rule.value
    if frame.crs.to_epsg() in (4326, 4490) or frame.crs.to_authority() == ("OGC", "CRS84"):
        return frame.set_crs(STORAGE_CRS, allow_override=True)
    return moved(frame, STORAGE_CRS)


def split_edges(shapes: npt.NDArray[np.object_], unit_m: float = 1.0) -> npt.NDArray[np.object_]:
    """Return plane shapes with their edges split every 10 m, but for shapes that have short edges only.

    Parameters
    ----------
    shapes : array of shapely geometries
        In a plane.
    unit_m : float
        Metres per unit of that plane.
    """
    found = np.array(shapes, dtype=object)
    points, owner = shapely.get_coordinates(found, return_index=True)
    # Steps from one part to the next count too: they can only lead to a split that was not needed.
    steps = np.hypot(*np.diff(points, axis=0).T) * (owner[1:] == owner[:-1])
    longest = np.zeros(len(found))
    np.maximum.at(longest, owner[1:], steps)
    long = longest * unit_m > PLANE_SHORT_M
    found[long] = _split(found[long], PLANE_STEP_M / unit_m)
    return found


def _split(shapes: npt.NDArray[np.object_], step: float) -> npt.NDArray[np.object_]:
    """Split edges ring by ring: of a polygon that crosses itself GEOS would split, and silently drop, a part."""
    is_area = np.isin(shapely.get_type_id(shapes), (3, 6)) & ~shapely.is_empty(shapes)
    found, areas = shapes.copy(), np.flatnonzero(is_area)
    found[~is_area] = shapely.segmentize(shapes[~is_area], step)
    parts, part_of = shapely.get_parts(shapes[areas], return_index=True)
    filled = ~shapely.is_empty(parts)
    parts, part_of = parts[filled], part_of[filled]
    rings, ring_of = shapely.get_rings(parts, return_index=True)
    polygons = shapely.polygons(shapely.segmentize(rings, step), indices=ring_of)
    for at, row in enumerate(areas):
        own = polygons[slice(*np.searchsorted(part_of, (at, at + 1)))]
        found[row] = own[0] if shapes[row].geom_type == "Polygon" else shapely.MultiPolygon(list(own))
    return found
