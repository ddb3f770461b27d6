"""Edges that zones share, drawn once, so that a dotted line stays dotted."""

import geopandas
import shapely


def edges_once(areas: geopandas.GeoDataFrame, grid: float) -> list[shapely.Geometry]:
    """Return the outline of each polygon less what a later one of the same grade draws.

    Two dotted lines on one edge fall into each other's gaps and read as solid, a grade neither has.

    Parameters
    ----------
    areas : geopandas.GeoDataFrame
        Polygons in drawing order, lowest first, with column `grade`.
    grid : float
        Edges closer than this, in units of the CRS, are the same.

    Returns
    -------
    list of LineString or MultiLineString
        One for each row, in the same order; empty where all of it is drawn later.
    """
    drawn: dict[str, shapely.Geometry] = {}
    lines = []
    for grade, shape in zip(areas["grade"].iloc[::-1], areas.geometry.iloc[::-1], strict=True):
        edge = shape.boundary
        above = drawn.get(grade, shapely.MultiLineString())
        lines.append(shapely.line_merge(edge.difference(above, grid_size=grid)))
        drawn[grade] = shapely.union(above, edge, grid_size=grid)
    return lines[::-1]
