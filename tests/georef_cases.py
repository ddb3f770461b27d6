"""Control points whose fit is known by hand, for the tests of georeferencing."""

import numpy as np

from zones.georeference.georef_check import ControlPoint

SIZE = (1200, 800)
PLANE = "EPSG:4547"
EAST, NORTH, SIDE = 500_000.0, 2_510_000.0, 5.0
"""Where the middle of the picture lies, and the side of a pixel on the ground, in metres."""

THREE_BY_TWO = [(c, r) for r in (-1, 1) for c in (-1, 0, 1)]
"""Six points; one, c and r are at right angles over them, as are c·r and 3c² - 2, which no affine fit can follow."""


def point(name, column, row, *, off=(0.0, 0.0), **more):
    """Return a control point of a picture that lies north up, off its right place by some metres."""
    east, north = EAST + SIDE * (column - SIZE[0] / 2), NORTH - SIDE * (row - SIZE[1] / 2)
    return ControlPoint(str(name), float(column), float(row), east + off[0], north + off[1], **more)


def noisy_six():
    """Return six points off by 3·c·r east and 2·(3c² - 2) north: what an affine fit leaves over, to the last digit."""
    return [
        point(at + 1, 600 + 500 * c, 400 + 300 * r, off=(3.0 * c * r, 2.0 * (3 * c * c - 2)))
        for at, (c, r) in enumerate(THREE_BY_TWO)
    ]


def scattered(count, seed=7, noise=0.0):
    """Return points all over the picture."""
    random = np.random.default_rng(seed)
    places = random.uniform((40, 40), (SIZE[0] - 40, SIZE[1] - 40), (count, 2))
    return [point(at + 1, *place, off=tuple(random.normal(0, noise, 2))) for at, place in enumerate(places)]


def points_csv(points):
    """Return points as the file a person writes."""
    rows = [f"{each.name},{each.column},{each.row},{each.east},{each.north},{PLANE}" for each in points]
    return "\n".join(["name,column,row,x,y,crs", *rows])
