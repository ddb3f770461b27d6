"""Named lines on a made-up grid around 114.3 E, 22.7 N: squares of known size, for the tests of boundary texts."""

import geopandas
import shapely

from zones.sides.sides_lines import COLUMNS

CRS = "EPSG:4547"
ORIGIN = (530_000.0, 2_511_000.0)
"""Gauss-Krüger east and north, in metres, of the grid's south-western corner."""
STREETS = "甲乙丙丁戊己庚辛壬癸"


def at(x_m, y_m):
    return ORIGIN[0] + x_m, ORIGIN[1] + y_m


def path(*points):
    return shapely.LineString([at(*point) for point in points])


def lines(named, error_m=20.0, **fields):
    """Return lines as `zones.sides.sides_lines` has them, from names and plane lines (or (line, fields) pairs)."""
    rows = []
    for name, held in named:
        line, own = held if isinstance(held, tuple) else (held, {})
        rows.append(
            {
                "name_zh": name, "name_en": "", "aliases": (), "source": "grid", "grade": "traced",
                "error_m": error_m, "basis": "", "basis_en": "", "planned": False, "geometry": line,
            } | fields | own
        )  # fmt: skip
    return geopandas.GeoDataFrame(rows, columns=list(COLUMNS), geometry="geometry", crs=CRS).to_crs("EPSG:4490")


def square(side_m=1000.0, over_m=100.0):
    """Return the streets around a square, running on past its corners: 甲路 north, 乙路 east, 丙路 south, 丁路 west."""
    far = side_m + over_m
    return lines(
        [
            ("甲路", path((-over_m, side_m), (far, side_m))),
            ("乙路", path((side_m, -over_m), (side_m, far))),
            ("丙路", path((-over_m, 0), (far, 0))),
            ("丁路", path((0, -over_m), (0, far))),
        ]
    )


def streets(xs, ys):
    """Return a grid: 纵甲路, 纵乙路 … from west to east at `xs`, 横甲路, 横乙路 … from south to north at `ys`."""
    named = [(f"纵{STREETS[n]}路", path((x, ys[0] - 50), (x, ys[-1] + 50))) for n, x in enumerate(xs)]
    named += [(f"横{STREETS[n]}路", path((xs[0] - 50, y), (xs[-1] + 50, y))) for n, y in enumerate(ys)]
    return lines(named)


def flat(shape):
    """Return a shape of EPSG:4490 on the plane of the grid, less the grid's origin."""
    plane = geopandas.GeoSeries([shape], crs="EPSG:4490").to_crs(CRS).iloc[0]
    return shapely.transform(plane, lambda points: points - ORIGIN)


FOUR = "北至甲路，东至乙路，南至丙路，西至丁路"
