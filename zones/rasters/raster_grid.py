"""The grid of a raster, and zones laid over it: in pixel space any raster is upright, however it is turned or flipped.

An affine grid maps columns and rows to the plane of its CRS and keeps straight lines straight and shares of a cell as
they are. So a share of a cell found in pixel space is exact for rotated, south-up and right-to-left rasters too.
"""

from dataclasses import dataclass

import geopandas
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import CRS

from zones.counting.area_rule import with_polygons
from zones.datum_shift import between
from zones.errors import GeometryError
from zones.read import PLANE_STEP_M
from zones.schema import METRES_PER_DEGREE, STORAGE_CRS

Numbers = npt.NDArray[np.float64]

SAME_AS_STORAGE = (4326, 4490, 4979, 4480)
"""CGCS2000 and WGS 84, which the atlas reads as the same."""


@dataclass(frozen=True)
class Window:
    """Some cells of a raster: first column and row, and how many."""

    col: int
    row: int
    width: int
    height: int


@dataclass(frozen=True)
class Grid:
    """The cells of a raster on the ground.

    Attributes
    ----------
    crs : pyproj.CRS
        Geographic or projected, two axes.
    affine : tuple of six floats
        x = a col + b row + c, y = d col + e row + f, of a cell's corner; x is east or longitude.
    width, height : int
        Columns and rows.
    """

    crs: CRS
    affine: tuple[float, float, float, float, float, float]
    width: int
    height: int

    @property
    def is_upright(self) -> bool:
        """Tell whether rows run along x and columns along y, in whichever direction."""
        return self.affine[1] == 0 and self.affine[3] == 0

    @property
    def is_stored_as_lonlat(self) -> bool:
        """Tell whether the CRS is CGCS2000 or WGS 84 degrees."""
        return self.crs.is_geographic and (
            self.crs.to_epsg() in SAME_AS_STORAGE or self.crs.to_authority() in (("OGC", "CRS84"), ("OGC", "CRS84h"))
        )

    def turns(self, west: float, east: float) -> list[float]:
        """Return the whole turns (0, 360 or -360 degrees) by which a span of longitudes meets the grid, 0 first."""
        if not self.crs.is_geographic:
            return [0.0]
        corners = [(0.0, 0.0), (self.width, 0.0), (0.0, self.height), (self.width, self.height)]
        x = self.to_plane(np.array(corners, dtype=float))[:, 0]
        low, high = float(x.min()), float(x.max())
        return [turn for turn in (0.0, 360.0, -360.0) if west + turn < high and east + turn > low]

    def to_plane(self, cells: Numbers) -> Numbers:
        """Return (n, 2) columns and rows as x and y of the CRS."""
        a, b, c, d, e, f = self.affine
        col, row = cells[:, 0], cells[:, 1]
        return np.column_stack([a * col + b * row + c, d * col + e * row + f])

    def to_cells(self, points: Numbers) -> Numbers:
        """Return (n, 2) x and y of the CRS as columns and rows, with fractions."""
        a, b, c, d, e, f = self.affine
        size = a * e - b * d
        x, y = points[:, 0] - c, points[:, 1] - f
        if self.is_upright:
            return np.column_stack([x / a, y / e])
        return np.column_stack([(e * x - b * y) / size, (a * y - d * x) / size])

    def to_lonlat(self, cells: Numbers) -> Numbers:
        """Return (n, 2) columns and rows as CGCS2000 longitude and latitude."""
        points = self.to_plane(cells)
        if self.is_stored_as_lonlat:
            return points
        move = between(self.crs, CRS.from_user_input(STORAGE_CRS))
        return np.column_stack(move(points[:, 0], points[:, 1]))


def over_grid(zones: geopandas.GeoDataFrame, grid: Grid) -> pd.Series:
    """Return the polygons of zones in columns and rows of a grid; the raster itself is never resampled.

    Parameters
    ----------
    zones : geopandas.GeoDataFrame
        In EPSG:4490, edges straight in longitude and latitude, or in the raster's own CRS, edges straight there.
        Rows without a polygon are passed over.
    grid : Grid

    Returns
    -------
    pandas.Series
        Polygons on the zones' index. On a projected raster edges in degrees are split every 10 m before they move.

    Raises
    ------
    GeometryError
        If a zone is not valid, or there is none, or it cannot be moved to the raster's CRS.
    """
    zones = with_polygons(zones)
    shapes = np.asarray(shapely.force_2d(zones.geometry.array), dtype=object)
    if zones.crs != grid.crs and not (zones.crs.is_geographic and grid.is_stored_as_lonlat):
        shapes = shapely.segmentize(shapes, PLANE_STEP_M / METRES_PER_DEGREE)
        move = between(zones.crs, grid.crs)
        shapes = shapely.transform(shapes, lambda points: np.column_stack(move(points[:, 0], points[:, 1])))
    lost = zones.index[~np.isfinite(shapely.bounds(shapes)).all(axis=1)]
    if len(lost):
        raise GeometryError(f"zone {lost[0]}: lies where the raster's reference system is not defined")
    turned = [_turned(own, shape, grid) for own, shape in zip(zones.index, shapes, strict=True)]
    return pd.Series(shapely.transform(np.array(turned, dtype=object), grid.to_cells), index=zones.index, dtype=object)


def _turned(zone_id: object, shape: shapely.Geometry, grid: Grid) -> shapely.Geometry:
    """Return a zone with its longitudes counted as the raster counts them: from -180, from 0, or from elsewhere."""
    west, _, east, _ = map(float, shape.bounds)
    turns = grid.turns(west, east)
    if len(turns) > 1:
        raise GeometryError(f"zone {zone_id}: lies across the line where the raster's longitudes begin; cut it there")
    if not turns or turns[0] == 0:
        return shape
    return shapely.transform(shape, lambda points: points + np.array([turns[0], 0.0]))
