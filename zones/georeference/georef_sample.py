"""The one loop over every pixel of a picture drawn on the ground, compiled: numpy would copy each pixel many times."""

import numpy as np
import numpy.typing as npt
from numba import njit

from zones.georeference.georef_picture import Pixels

Places = npt.NDArray[np.float64]


def sampled(picture: Pixels, columns: Places, rows: Places) -> Pixels:
    """Return a picture at some columns and rows, by the four pixels around each; outside, and at NaN, clear.

    Parameters
    ----------
    picture : (height, width, 4) array
    columns, rows : (m, n) array
        Where to look, the middle of the first pixel at 0.5, 0.5.

    Returns
    -------
    (m, n, 4) array
    """
    found = np.zeros((*columns.shape, 4), dtype=np.uint8)
    _fill(np.ascontiguousarray(picture), columns, rows, found)
    return found


@njit(cache=True)
def _fill(picture: Pixels, columns: Places, rows: Places, found: Pixels) -> None:
    height, width = picture.shape[:2]
    for i in range(columns.shape[0]):
        for j in range(columns.shape[1]):
            column, row = columns[i, j], rows[i, j]
            # Written so that NaN is outside.
            if not (column >= 0.0 and column < width and row >= 0.0 and row < height):
                continue
            x, y = column - 0.5, row - 0.5
            left, top = int(np.floor(x)), int(np.floor(y))
            across, down = x - left, y - top
            right, low = min(left + 1, width - 1), min(top + 1, height - 1)
            left, top = max(left, 0), max(top, 0)
            for band in range(4):
                upper = picture[top, left, band] * (1.0 - across) + picture[top, right, band] * across
                lower = picture[low, left, band] * (1.0 - across) + picture[low, right, band] * across
                found[i, j, band] = np.uint8(upper * (1.0 - down) + lower * down + 0.5)
