"""A picture drawn anew on the ground: each pixel of the result looked up in the picture by the way back of the fit.

The way back is found exactly at the nodes of a coarse grid and taken as straight between them; the grid is made
finer until its middle points are right within a twentieth of a pixel.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from pyproj import CRS, Transformer

from zones.errors import InputError
from zones.georeference.georef import Fit, Pairs, pixel, place, slopes, turn
from zones.georeference.georef_picture import Pixels

MOST_PIXELS = 250_000_000
NODES = (32, 8, 2)
CLOSE_PX = 0.05
BAND_ROWS = 256
RUNAWAY = 0.3
"""Share of the flat extent by which the result may reach beyond it; a polynomial runs away beyond its points."""


@dataclass(frozen=True)
class Canvas:
    """Where and how finely the result is drawn.

    Attributes
    ----------
    crs : str
    west, north : float
        Upper left corner in units of the system.
    step : float
        Side of a pixel in units of the system.
    width, height : int
    clipped : bool
        Whether a part of the picture, beyond the points, falls outside.
    """

    crs: str
    west: float
    north: float
    step: float
    width: int
    height: int
    clipped: bool = False

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        return self.west, self.north - self.height * self.step, self.west + self.width * self.step, self.north


def canvas_for(
    fitted: Fit, plane: str, size: tuple[int, int], out: str, *, step: float | None = None, most_side: int | None = None
) -> Canvas:
    """Return a canvas that holds the picture with pixels of about the same size.

    Parameters
    ----------
    fitted : Fit
    plane : str
        Its reference system.
    size : (int, int)
        Width and height of the picture.
    out : str
        Reference system of the result.
    step : float, optional
        Side of a pixel, in units of `out`.
    most_side : int, optional
        Longest side in pixels; the step grows until it holds.

    Raises
    ------
    InputError
        If the result would be too large.
    """
    move = Transformer.from_crs(plane, out, always_xy=True)
    there, clipped = _outline(fitted, size)
    columns = np.column_stack(move.transform(there[:, 0], there[:, 1]))
    west, south = columns.min(axis=0)
    east, north = columns.max(axis=0)
    if step is None:
        step = _natural_step(fitted, size, move)
    if most_side is not None:
        step = max(step, float(max(east - west, north - south)) / most_side)
    if not step > 0:
        raise InputError("--resolution must be above 0; give the side of a pixel in units of --crs")
    # On whole steps, so that two sheets of one system fall on the same pixels.
    left, top = np.floor(west / step) * step, np.ceil(north / step) * step
    width, height = int(np.ceil((east - left) / step)), int(np.ceil((top - south) / step))
    if width * height > MOST_PIXELS:
        raise InputError(
            f"the result would have {width} × {height} pixels; choose larger ones with --resolution "
            f"(now {step:.6g}), or check the points"
        )
    return Canvas(out, float(left), float(top), float(step), width, height, clipped)


def bands(fitted: Fit, plane: str, picture: Pixels, canvas: Canvas) -> Iterator[tuple[int, Pixels]]:
    """Yield the result from north to south: first row, and rows of red, green, blue and alpha.

    Parameters
    ----------
    fitted : Fit
    plane : str
        Its reference system.
    picture : (height, width, 4) array
    canvas : Canvas
    """
    # Loaded here: most who lay out a canvas never draw on it, and the compiler takes a while to load.
    from zones.georeference.georef_sample import sampled

    move = Transformer.from_crs(canvas.crs, plane, always_xy=True)
    reduced, by = _reduced(picture, fitted, canvas, move)
    for top in range(0, canvas.height, BAND_ROWS):
        rows = min(BAND_ROWS, canvas.height - top)
        columns, lines = _looked_up(fitted, move, canvas, top, rows)
        yield top, sampled(reduced, columns / by, lines / by)


def _outline(fitted: Fit, size: tuple[int, int]) -> tuple[Pairs, bool]:
    """Return places all over the picture that its result has to hold, and whether some had to be given up."""
    across, down = np.linspace(0, size[0], 65), np.linspace(0, size[1], 65)
    columns, rows = np.meshgrid(across, down)
    pixels = np.column_stack([columns.ravel(), rows.ravel()])
    there = place(fitted, pixels)
    flat = np.column_stack([np.ones(len(pixels)), pixels])
    near = np.hypot(*((pixels - fitted.pixel_centre) / fitted.pixel_scale).T) <= 1.5
    plain = flat @ np.linalg.lstsq(flat[near], there[near], rcond=None)[0]
    low, high = plain.min(axis=0), plain.max(axis=0)
    room = RUNAWAY * (high - low)
    kept = (there >= low - room).all(axis=1) & (there <= high + room).all(axis=1) & (turn(slopes(fitted, pixels)) < 0)
    return there[kept], bool(not kept.all())


def _natural_step(fitted: Fit, size: tuple[int, int], move: Transformer) -> float:
    """Return the side of a pixel of the picture in units of the result, to two digits."""
    middle = np.array([[size[0] / 2, size[1] / 2]])
    side = float(np.sqrt(np.abs(turn(slopes(fitted, fitted.pixel_centre[None, :])))[0]))
    here = place(fitted, middle)[0]
    corners = here + side * np.array([[0, 0], [1, 0], [0, 1]])
    x, y = move.transform(corners[:, 0], corners[:, 1])
    step = float(min(np.hypot(x[1] - x[0], y[1] - y[0]), np.hypot(x[2] - x[0], y[2] - y[0])))
    digits = 1 - int(np.floor(np.log10(step)))
    return float(np.floor(step * 10.0**digits) / 10.0**digits)


def _reduced(picture: Pixels, fitted: Fit, canvas: Canvas, move: Transformer) -> tuple[Pixels, int]:
    """Return the picture with blocks of pixels averaged where the result is coarser: else thin lines would break."""
    west, south, east, north = canvas.bounds
    x, y = (west + east) / 2, (south + north) / 2
    here = np.column_stack(move.transform([x, x + canvas.step], [y, y]))
    metres = float(np.hypot(*(here[1] - here[0])))
    side = float(np.sqrt(np.abs(turn(slopes(fitted, fitted.pixel_centre[None, :])))[0]))
    by = max(1, int(metres / side + 0.25))
    height, width = (each // by * by for each in picture.shape[:2])
    if by == 1 or not height or not width:
        return picture, 1
    blocks = picture[:height, :width].reshape(height // by, by, width // by, by, 4)
    return np.round(blocks.mean(axis=(1, 3), dtype=np.float32)).astype(np.uint8), by


def _looked_up(
    fitted: Fit, move: Transformer, canvas: Canvas, top: int, rows: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return column and row of the picture for each pixel of some rows of the result."""
    for apart in NODES:
        across = np.arange(0, canvas.width + apart, apart, dtype=float)
        down = np.arange(top, top + rows + apart, apart, dtype=float)
        nodes = _exact(fitted, move, canvas, across, down)
        middles = _exact(fitted, move, canvas, across[:-1] + apart / 2, down[:-1] + apart / 2)
        between = (nodes[:-1, :-1] + nodes[1:, :-1] + nodes[:-1, 1:] + nodes[1:, 1:]) / 4
        # Where a fold begins within a grid cell, the whole cell would be lost: that too asks for a finer grid.
        whole = np.isnan(nodes).all() or not np.isnan(nodes).any()
        if whole and not np.nanmax(np.abs(between - middles), initial=0.0) > CLOSE_PX:
            break
    return _spread(nodes, apart, canvas.width, rows)


def _exact(fitted: Fit, move: Transformer, canvas: Canvas, across: Pairs, down: Pairs) -> npt.NDArray[np.float64]:
    x, y = np.meshgrid(canvas.west + across * canvas.step, canvas.north - down * canvas.step)
    east, north = move.transform(x.ravel(), y.ravel())
    return pixel(fitted, np.column_stack([east, north])).reshape(len(down), len(across), 2)


def _spread(
    nodes: npt.NDArray[np.float64], apart: int, width: int, rows: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return values at the middles of pixels from those at nodes some pixels apart."""
    at_x, at_y = (np.arange(width) + 0.5) / apart, (np.arange(rows) + 0.5) / apart
    left, top = at_x.astype(int), at_y.astype(int)
    across, down = (at_x - left)[None, :, None], (at_y - top)[:, None, None]
    lines = nodes[top] * (1 - down) + nodes[top + 1] * down
    found = lines[:, left] * (1 - across) + lines[:, left + 1] * across
    return found[:, :, 0], found[:, :, 1]


def geographic_bounds(canvas: Canvas) -> tuple[float, float, float, float]:
    """Return west, south, east, north of a canvas in degrees."""
    move = Transformer.from_crs(canvas.crs, CRS.from_epsg(4490), always_xy=True)
    west, south, east, north = move.transform_bounds(*canvas.bounds)
    return west, south, east, north
