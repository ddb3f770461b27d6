"""The blank sheet: its figure in whole pixels, the axes of map and paper, and the window around what is drawn."""

import geopandas
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from layers.sheets.outlines import bounds
from layers.sheets.sheet_frame import PLANE_CRS, Box, Layout, View, plane_window
from zones.atlas import Atlas
from zones.errors import InputError

DPI = 300
MM_PER_INCH = 25.4
AIR = 0.07
"""Space left around the zones when no extent is given, as a share of the longer side."""


def new_figure(paper: Layout) -> Figure:
    """Return an empty figure of the paper's size, tied to no window."""
    figure = Figure(figsize=(_inches(paper.wide), _inches(paper.high)), dpi=DPI, facecolor=paper.theme.paper)
    FigureCanvasAgg(figure)
    return figure


def _inches(mm: float) -> float:
    # Whole pixels: 297 mm are 3508 at 300 dpi, where 297 / 25.4 alone would give one less.
    return round(mm / MM_PER_INCH * DPI) / DPI


def around(frame: geopandas.GeoDataFrame) -> tuple[float, float, float, float]:
    """Return the plane window around all shapes, with some air."""
    west, south, east, north = bounds(frame)
    if np.isnan(west):
        raise InputError("None of the chosen zones has a shape; choose zones that are located.")
    return _with_air(plane_window((west, south, east, north)))


def around_shapes(shapes: geopandas.GeoSeries) -> tuple[float, float, float, float]:
    """Return the plane window around shapes in EPSG:4490 that are no zones, with some air."""
    west, south, east, north = (float(edge) for edge in shapes.total_bounds)
    return _with_air(plane_window((west, south, east, north)))


def _with_air(window: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = window
    air = AIR * max(x1 - x0, y1 - y0)
    return x0 - air, y0 - air, x1 + air, y1 + air


def land_of(atlas: Atlas) -> shapely.Geometry | None:
    """Return the land of the base map on the plane, coarsely: enough to choose a view."""
    if "base_land" not in atlas.base:
        return None
    return atlas.base["base_land"].geometry.to_crs(PLANE_CRS).simplify(500).union_all()


def map_axes(figure: Figure, paper: Layout, seen: View) -> Axes:
    """Return the axes of the map, in metres of the plane."""
    box: Box = paper.map
    axes = figure.add_axes((box.x / paper.wide, box.y / paper.high, box.wide / paper.wide, box.high / paper.high))
    axes.set(xlim=(seen.west, seen.east), ylim=(seen.south, seen.north), xticks=[], yticks=[], label="map")
    axes.set_autoscale_on(False)
    axes.spines[:].set_visible(False)
    return axes


def paper_axes(figure: Figure, paper: Layout) -> Axes:
    """Return the axes of the whole sheet, in mm."""
    axes = figure.add_axes((0, 0, 1, 1), label="paper")
    axes.set(xlim=(0, paper.wide), ylim=(0, paper.high))
    axes.set_autoscale_on(False)
    axes.set_axis_off()
    return axes
