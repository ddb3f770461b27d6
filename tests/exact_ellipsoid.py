"""The ellipsoidal area of a polygon to 25 digits, edges straight in longitude and latitude.

Decimal arithmetic of 60 digits and a power series of the surface in the sine of latitude, integrated term by term
along each edge: no quadrature and no closed form in common with what is tested.
"""

from decimal import Decimal, getcontext
from itertools import pairwise
from math import comb

import shapely

getcontext().prec = 60

PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459")
SEMI_MAJOR_M = Decimal(6378137)
FLATTENING = 1 / Decimal("298.257222101")
E2 = FLATTENING * (2 - FLATTENING)
TERMS = 14
"""e^28 is 4e-31: what the series leaves out."""


def _sine(x):
    total = term = x
    step = 1
    while abs(term) > Decimal("1e-58"):
        term *= -x * x / ((step + 1) * (step + 2))
        step += 2
        total += term
    return total


def _powers():
    """Return the integrals of the area function: coefficients of cos φ, cos³ φ, cos⁵ φ ..."""
    held = [Decimal(0)] * TERMS
    for k in range(TERMS):
        scale = SEMI_MAJOR_M**2 * (1 - E2) * (k + 1) / Decimal(2 * k + 1) * E2**k
        for j in range(k + 1):
            held[j] -= scale * comb(k, j) * (-1) ** j / Decimal(2 * j + 1)
    return held


POWERS = _powers()


def _under(latitude):
    """Return the integral from the pole to a latitude of the area between the equator and a parallel."""
    cosine = _sine(PI / 2 - latitude)
    return sum(power * cosine ** (2 * j + 1) for j, power in enumerate(POWERS))


def _to_equator(latitude):
    sine = _sine(latitude)
    return SEMI_MAJOR_M**2 * (1 - E2) * sum(
        Decimal(k + 1) / (2 * k + 1) * E2**k * sine ** (2 * k + 1) for k in range(TERMS)
    )  # fmt: skip


def _ring(points):
    radians = [(Decimal(x) * PI / 180, Decimal(y) * PI / 180) for x, y in points]
    total = Decimal(0)
    for (x1, y1), (x2, y2) in pairwise(radians):
        if x1 != x2:
            mean = _to_equator(y1) if y1 == y2 else (_under(y2) - _under(y1)) / (y2 - y1)
            total += (x2 - x1) * mean
    return abs(total)


def lonlat_area_exactly(shape):
    """Return a polygon's area in m², as a Decimal."""
    return sum(
        (_ring(shapely.get_coordinates(part.exterior).tolist())
        - sum(_ring(shapely.get_coordinates(hole).tolist()) for hole in part.interiors))
        for part in shapely.get_parts(shape)
    )  # fmt: skip
