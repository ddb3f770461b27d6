"""Outlines of zones: edges they share, drawn once so that a dotted line stays dotted, and the box around them all."""

import geopandas
import numpy as np
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
    edges, grades = areas.geometry.boundary.to_numpy(), areas["grade"].to_numpy()
    first, second = shapely.STRtree(edges).query(edges, predicate="dwithin", distance=grid)
    # Only neighbours are cut away: one union of all outlines drawn so far grows with every zone.
    above = (second > first) & (grades[first] == grades[second])
    lines = []
    for at, edge in enumerate(edges):
        later = edges[second[above & (first == at)]]
        covered = shapely.union_all(later, grid_size=grid) if len(later) else shapely.MultiLineString()
        lines.append(shapely.line_merge(shapely.difference(edge, covered, grid_size=grid)))
    return lines


def bounds(zones: geopandas.GeoDataFrame) -> tuple[float, float, float, float]:
    """Return west, south, east and north of the zones, in the units of their CRS; NaN where none has a shape.

    Outlines and axes count; places known as points only where there is nothing else. One such place far
    off (深汕特别合作区 lies 60 km east) would shrink a whole map for one dot.

    Parameters
    ----------
    zones : geopandas.GeoDataFrame
        Column `axis` beside the active geometry.
    """
    extents, axes = zones.geometry.dropna(), geopandas.GeoSeries(zones["axis"].dropna(), crs=zones.crs)
    outlines = extents[extents.geom_type != "Point"]
    lines = [each for each in (outlines, axes) if len(each)] or [extents]
    corners = np.vstack([each.total_bounds for each in lines])
    west, south = corners[:, :2].min(axis=0)
    east, north = corners[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)
