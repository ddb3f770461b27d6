"""The tiny atlas on squares whose sides are whole metres, so that every area and overlap can be counted by hand.

A park of 2 x 2 km holds a core of 1 x 1 km in its south-west corner; a band of 4 km x 200 m crosses both, 1 km of it
on either side beyond the park. Plane metres south-west of 114 E, 22.7 N: 1 m is 1 m within 3 in a million there.
"""

import functools

import geopandas
from shapely.geometry import LineString, box, mapping

from tests.shapes import on_ground
from tests.tiny import feature, write_atlas

WHOLE, PART, LINE, LOST = "tiny.park.whole", "tiny.core.part", "tiny.corridor.line", "tiny.node.lost"
CORNER = (485_000.0, 2_511_000.0)
KM2 = 1e6
CLOSE = 1e-5
"""Share by which an area on the ellipsoid may miss the one in plane metres."""


@functools.cache
def square(west, south, east, north):
    """Return a box in metres from the corner as degrees."""
    return on_ground(box(west, south, east, north), middle=CORNER)


AXIS = on_ground(LineString([(-1000, 500), (3000, 500)]), middle=CORNER)

FEATURES = [
    feature(WHOLE, mapping(square(0, 0, 2000, 2000))),
    feature(PART, mapping(square(0, 0, 1000, 1000))),
    feature(LINE, mapping(square(-1000, 400, 3000, 600)), half_width_m=100.0),
    feature(LINE, mapping(AXIS), part="axis", grade="traced"),
]


def write(root, **changes):
    """Write the atlas below `root`; return `root`."""
    return write_atlas(root, **{"features": FEATURES} | changes)


def supplied(**shapes):
    """Return features numbered from 1, named as the zones are; keys: whole, part, line, lost, axis."""
    ids = {"whole": WHOLE, "part": PART, "line": LINE, "lost": LOST, "axis": LINE}
    names = [ids[key] for key in shapes]
    return geopandas.GeoDataFrame(
        {"zone_id": names}, geometry=list(shapes.values()), index=range(1, len(names) + 1), crs=4490
    )
