"""GCJ-02 and BD-09, the shifted coordinates of Chinese web maps, to WGS 84 and back, vertex by vertex.

No official formula is public; this is the one that public converters agree on (Krasovsky ellipsoid, offsets
from 105 E, 35 N). The shift bends shapes: a square kilometre in 宝安 loses 2084 ppm of its area, so nothing
is ever measured on shifted coordinates. WGS 84 and CGCS2000 agree here within 1 m.
"""

from enum import StrEnum

import numpy as np
import numpy.typing as npt

from zones.errors import InputError

Points = npt.NDArray[np.float64]
"""(n, 2): longitude and latitude in degrees."""

KRASOVSKY_M = 6378245.0
KRASOVSKY_E2 = 0.00669342162296594323
BOX = (72.004, 0.8293, 137.8347, 55.8271)
"""West, south, east, north of the area where web maps are shifted; it reaches beyond China."""

CLOSE_DEG = 1e-9
MOST_ROUNDS = 30
BAIDU_TURN = np.pi * 3000 / 180

RIVER = (
    (113.40, 22.25), (113.82, 22.40), (113.90, 22.44), (113.95, 22.485), (114.00, 22.505), (114.025, 22.503),
    (114.05, 22.495), (114.075, 22.51), (114.10, 22.527), (114.15, 22.538), (114.175, 22.552), (114.225, 22.543),
    (114.25, 22.553), (114.30, 22.565), (114.45, 22.50), (114.50, 22.44),
)  # fmt: skip
"""Runs some hundred metres south of Shenzhen's shore with Hong Kong, and past Macau: it only decides whether to ask."""


class Datum(StrEnum):
    """What coordinates in degrees refer to."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"

    @property
    def shown(self) -> str:
        """As people write it: `GCJ-02`."""
        return {"wgs84": "WGS 84", "gcj02": "GCJ-02", "bd09": "BD-09"}[self.value]


def datum(text: str) -> Datum:
    """Return the datum of a name.

    Raises
    ------
    InputError
        If there is none of that name.
    """
    try:
        return Datum(text.lower().replace("-", ""))
    except ValueError:
        raise InputError(f"--datum is '{text}'; choose one of {', '.join(Datum)}") from None


def wgs_to_gcj(points: Points) -> Points:
    """Return GCJ-02 of WGS 84 coordinates; outside `BOX` nothing is shifted."""
    lon, lat = points[:, 0], points[:, 1]
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    waves = (20 * np.sin(6 * x * np.pi) + 20 * np.sin(2 * x * np.pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves
    north += (20 * np.sin(y * np.pi) + 40 * np.sin(y / 3 * np.pi)) * 2 / 3
    north += (160 * np.sin(y / 12 * np.pi) + 320 * np.sin(y * np.pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves
    east += (20 * np.sin(x * np.pi) + 40 * np.sin(x / 3 * np.pi)) * 2 / 3
    east += (150 * np.sin(x / 12 * np.pi) + 300 * np.sin(x / 30 * np.pi)) * 2 / 3
    radians = np.radians(lat)
    w2 = 1 - KRASOVSKY_E2 * np.sin(radians) ** 2
    meridian = KRASOVSKY_M * (1 - KRASOVSKY_E2) / w2**1.5
    parallel = KRASOVSKY_M / np.sqrt(w2) * np.cos(radians)
    shift = np.degrees(np.column_stack([east / parallel, north / meridian]))
    return points + np.where(_in_box(points)[:, None], shift, 0.0)


def gcj_to_bd(points: Points) -> Points:
    """Return BD-09 of GCJ-02 coordinates."""
    x, y = points[:, 0], points[:, 1]
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * BAIDU_TURN)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * BAIDU_TURN)
    return np.column_stack([radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006])


def wgs_to_bd(points: Points) -> Points:
    """Return BD-09 of WGS 84 coordinates."""
    return gcj_to_bd(wgs_to_gcj(points))


def to_wgs(points: Points, of: Datum) -> Points:
    """Return WGS 84 of coordinates of a datum, by iteration until a round changes nothing above 1e-9 degrees.

    Raises
    ------
    InputError
        If the iteration does not settle, as on the edge of the shifted area.
    """
    if of is Datum.WGS84 or len(points) == 0:
        return points
    forward = wgs_to_bd if of is Datum.BD09 else wgs_to_gcj
    found = points.copy()
    for _ in range(MOST_ROUNDS):
        change = points - forward(found)
        found = found + change
        if np.abs(change).max() < CLOSE_DEG:
            return found
    worst = points[np.argmax(np.abs(change).max(axis=1))]
    raise InputError(f"{of.shown} at {worst[0]:.5f}, {worst[1]:.5f} has no WGS 84 position; check the datum")


def south_of_river(points: Points) -> npt.NDArray[np.bool_]:
    """Tell which WGS 84 coordinates lie towards Hong Kong or Macau, where providers shift or do not."""
    line = np.array(RIVER)
    lon, lat = points[:, 0], points[:, 1]
    inside = (lon >= line[0, 0]) & (lon <= line[-1, 0]) & (lat > 22.0)
    return np.asarray(inside & (lat < np.interp(lon, line[:, 0], line[:, 1])))


def _in_box(points: Points) -> npt.NDArray[np.bool_]:
    west, south, east, north = BOX
    lon, lat = points[:, 0], points[:, 1]
    return np.asarray((lon > west) & (lon < east) & (lat > south) & (lat < north))
