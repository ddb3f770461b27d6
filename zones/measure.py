"""Areas that can be defended: ellipsoid, 国土调查 formula and Gauss-Krüger plane side by side, each with ±.

CGCS2000 uses a = 6378137 m and 1/f = 298.257222101, the GRS 80 ellipsoid.
"""

from collections.abc import Callable

import geopandas
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import Geod, Transformer

from zones.errors import GeometryError
from zones.rings import FlatRings, Numbers, Shapes, rings_of
from zones.schema import STORAGE_CRS

SEMI_MAJOR_M = 6378137.0
FLATTENING = 1 / 298.257222101
SEMI_MINOR_M = SEMI_MAJOR_M * (1 - FLATTENING)
E2 = FLATTENING * (2 - FLATTENING)
E = np.sqrt(E2)
GEOD = Geod(a=SEMI_MAJOR_M, f=FLATTENING)

# Coefficients A to E of the trapezoid formula, 国土调查办发〔2008〕32号, for CGCS2000.
SURVEY = (
    1 + 3 / 6 * E2 + 30 / 80 * E2**2 + 35 / 112 * E2**3 + 630 / 2304 * E2**4,
    1 / 6 * E2 + 15 / 80 * E2**2 + 21 / 112 * E2**3 + 420 / 2304 * E2**4,
    3 / 80 * E2**2 + 7 / 112 * E2**3 + 180 / 2304 * E2**4,
    1 / 112 * E2**3 + 45 / 2304 * E2**4,
    5 / 2304 * E2**4,
)

# Five Gauss-Legendre points integrate the smooth area function along an edge of 1 degree to 1e-15.
NODES, WEIGHTS = np.polynomial.legendre.leggauss(5)

LOW_DEG = 0.025
"""Rings within this of their first parallel are summed by a series; what it leaves out is below 1e-11 of their area."""

CHUNK_SHAPES = 2048

RingAreas = Callable[[FlatRings], Numbers]
"""Rings -> signed area of each."""

EdgeTerm = Callable[[Numbers, Numbers, Numbers], Numbers]
"""Start points, end points and the first point of each edge's ring, (n, 2) each -> signed term of each edge."""

COLUMNS = (
    "ellipsoid_m2",
    "survey_m2",
    "plane_m2",
    "plane_crs",
    "error_m2",
    "error_bias_m2",
    "error_vertex_m2",
    "perimeter_m",
    "declared_area_m2",
    "difference_m2",
)


def _sum_rings(shapes: Shapes, signed: RingAreas) -> Numbers:
    """Return the area of each shape: outer rings less holes; 0 for shapes that are no polygons."""
    shapes = np.asarray(shapes, dtype=object)
    areas = np.zeros(len(shapes))
    # Some at a time: what is worked on stays in the processor's cache.
    for start in range(0, len(shapes), CHUNK_SHAPES):
        rings = rings_of(shapes[start : start + CHUNK_SHAPES])
        if len(rings.starts):
            areas[start : start + CHUNK_SHAPES] = rings.total(signed(rings))
    return areas


def _signed(rings: FlatRings, term: EdgeTerm) -> Numbers:
    start, end, first, ring_starts = rings.edges()
    return np.add.reduceat(term(start, end, first), ring_starts)


def _zone_area(sin_lat: Numbers) -> Numbers:
    """Return the ellipsoid's area from the equator to a latitude, per radian of longitude, in m²."""
    log_term = np.arctanh(E * sin_lat) / E
    return SEMI_MINOR_M**2 / 2 * (sin_lat / (1 - E2 * sin_lat**2) + log_term)


def _lonlat_term(start: Numbers, end: Numbers, first: Numbers) -> Numbers:
    a, b, origin = np.radians(start), np.radians(end), np.radians(first)
    mean = np.zeros(len(a))
    for node, weight in zip(NODES, WEIGHTS, strict=True):
        latitude = a[:, 1] + (b[:, 1] - a[:, 1]) * (node + 1) / 2
        mean += weight / 2 * _zone_area(np.sin(latitude))
    # Areas are counted from the ring's own latitude, not the equator: smaller terms, no digits lost.
    return (b[:, 0] - a[:, 0]) * (mean - _zone_area(np.sin(origin[:, 1])))


def _low_rings(rings: FlatRings) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """Return signed areas of rings that stay near their first parallel, and which rings do."""
    starts, x = rings.starts, rings.points[:, 0]
    base = rings.points[starts, 1]
    y = rings.points[:, 1] - np.repeat(base, rings.sizes())
    low = np.ones(len(starts), dtype=bool)
    if max(-y.min(), y.max()) > LOW_DEG:
        low = np.maximum.reduceat(np.abs(y), starts) <= LOW_DEG
    width, both, squares = np.zeros(len(x)), np.zeros(len(x)), np.zeros(len(x))
    np.subtract(x[1:], x[:-1], out=width[:-1])
    np.add(y[1:], y[:-1], out=both[:-1])
    y *= y
    np.add(y[1:], y[:-1], out=squares[:-1])
    # A ring's last point starts no edge.
    width[starts - 1] = 0.0
    # Mean height, square and cube along an edge from a to b: (a + b)/2, (a² + ab + b²)/3, (a + b)(a² + b²)/4.
    first, second, third = _zone_slopes(np.radians(base))
    under = width * both
    signed = first / 2 * np.add.reduceat(under, starts)
    both *= under
    width *= squares
    both += width
    signed += second / 12 * np.add.reduceat(both, starts)
    under *= squares
    signed += third / 24 * np.add.reduceat(under, starts)
    return signed, low


def _zone_slopes(latitude: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return the zone area's first three derivatives by latitude: m² per degree of longitude and degree^n."""
    s, c = np.sin(latitude), np.cos(latitude)
    d = 1 / (1 - E2 * s * s)
    scale, degree = (SEMI_MINOR_M * np.radians(1)) ** 2, np.radians(1)
    first = scale * c * d**2
    second = scale * degree * (-s * d**2 + 4 * E2 * s * c**2 * d**3)
    third = scale * degree**2 * (4 * E2 * (c**3 - 3 * s**2 * c) * d**3 - c * d**2 + 24 * E2**2 * s**2 * c**3 * d**4)
    return first, second, third


def _survey_term(start: Numbers, end: Numbers, first: Numbers) -> Numbers:
    a, b, origin = np.radians(start), np.radians(end), np.radians(first)
    width = (a[:, 0] + b[:, 0]) / 2 - origin[:, 0]
    height, middle = b[:, 1] - a[:, 1], (a[:, 1] + b[:, 1]) / 2
    total = np.zeros(len(a))
    for place, coefficient in enumerate(SURVEY):
        odd = 2 * place + 1
        total += (-1) ** place * coefficient * np.sin(odd * height / 2) * np.cos(odd * middle)
    return 2 * SEMI_MINOR_M**2 * width * total


def _plane_term(start: Numbers, end: Numbers, first: Numbers) -> Numbers:
    a, b = start - first, end - first
    return (a[:, 0] * b[:, 1] - b[:, 0] * a[:, 1]) / 2


def lonlat_area(shapes: Shapes) -> Numbers:
    """Return ellipsoidal areas in m² of shapes whose edges are straight in longitude and latitude.

    Parameters
    ----------
    shapes : array of shapely geometries
        Degrees on CGCS2000 (or WGS 84), edges as RFC 7946, 3.1.1 has them. Lines and points give 0.

    Notes
    -----
    The area between an edge and the ring's first parallel is the integral over longitude of the
    ellipsoid's zone area from that parallel. For a ring that stays within `LOW_DEG` of it, that is a
    series of three terms, exact to 1e-11; for others the closed form by five-point Gauss-Legendre quadrature.
    """
    return _sum_rings(shapes, _lonlat_rings)


def _lonlat_rings(rings: FlatRings) -> Numbers:
    signed, low = _low_rings(rings)
    if not low.all():
        signed[~low] = _signed(rings.only(~low), _lonlat_term)
    return signed


def survey_area(shapes: Shapes) -> Numbers:
    """Return areas in m² by the trapezoid formula of 国土调查办发〔2008〕32号, one trapezoid to an edge.

    Parameters
    ----------
    shapes : array of shapely geometries
        Degrees on CGCS2000. Long edges are not split; the formula's rule is kept as it stands.
    """
    return _sum_rings(shapes, lambda rings: _signed(rings, _survey_term))


def planar_area(shapes: Shapes) -> Numbers:
    """Return areas in squared units of the coordinates, for shapes in plain x and y."""
    return _sum_rings(shapes, lambda rings: _signed(rings, _plane_term))


def geodesic_area(shapes: Shapes) -> Numbers:
    """Return ellipsoidal areas in m² of shapes whose edges are geodesics, by GeographicLib through pyproj."""
    return np.array([abs(GEOD.geometry_area_perimeter(shape)[0]) for shape in shapely.orient_polygons(shapes)])


def perimeter(shapes: Shapes) -> Numbers:
    """Return lengths in metres of all rings of polygons, or of lines, along geodesics between vertices."""
    return np.array([GEOD.geometry_length(shape) for shape in np.asarray(shapes, dtype=object)])


def gauss_kruger(longitude: float) -> str:
    """Return the CGCS2000 3-degree Gauss-Krüger CRS of a longitude, such as `EPSG:4547` for 114.1.

    Raises
    ------
    GeometryError
        If the longitude is outside 73.5 to 136.5 degrees, where no such belt is defined.
    """
    meridian = 3 * round(longitude / 3)
    if not 75 <= meridian <= 135:
        raise GeometryError(f"longitude {longitude:.3f}: CGCS2000 3-degree belts cover 73.5 to 136.5 degrees east")
    return f"EPSG:{4534 + (meridian - 75) // 3}"


def to_plane(shapes: Shapes, crs: str) -> Shapes:
    """Return shapes in EPSG:4490 degrees as plane east and north metres of `crs`."""
    move = Transformer.from_crs(STORAGE_CRS, crs, always_xy=True).transform
    return shapely.transform(shapes, lambda points: np.column_stack(move(points[:, 0], points[:, 1])))


def measure(frame: geopandas.GeoDataFrame) -> pd.DataFrame:
    """Return the three areas, ± and perimeter of each zone, on the same index.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        CRS EPSG:4490; column `error_m` (largest edge error, metres; NaN where not known) and optionally
        `declared_area_m2`, and `axis`, `axis_error_m` and `half_width_m` for zones that are a buffered axis.

    Returns
    -------
    pandas.DataFrame
        `ellipsoid_m2` (edges straight in lon/lat), `survey_m2`, `plane_m2` with its `plane_crs`,
        `error_m2` and its parts, `perimeter_m`, `declared_area_m2`, `difference_m2` (measured less
        declared). All NaN where the zone has no polygon.

    Notes
    -----
    `error_bias_m2` is perimeter x `error_m`: all edges off to the same side. `error_vertex_m2` is twice
    the standard deviation from independent vertex errors of `error_m` / 2 per axis,
    σ_A² = σ²/4 Σ[(y_{i+1} - y_{i-1})² + (x_{i+1} - x_{i-1})²]. `error_m2` adds both in quadrature.

    The edges of a buffered axis keep their distance wherever the axis lies, for the width is assumed, not
    measured. There `error_bias_m2` is the width times the error of the axis length (see `band_error`), and
    `error_vertex_m2` is 0.
    """
    result = pd.DataFrame(np.nan, index=frame.index, columns=list(COLUMNS)).astype({"plane_crs": object})
    shapes = np.asarray(frame.geometry.array, dtype=object)
    rows = np.flatnonzero(np.isin(shapely.get_type_id(shapes), (3, 6)))
    for name, values in _measures(shapes[rows], frame["error_m"].to_numpy(float)[rows]).items():
        result.iloc[rows, result.columns.get_loc(name)] = values
    _set_band_errors(result, frame)
    if "declared_area_m2" in frame.columns:
        result["declared_area_m2"] = frame["declared_area_m2"].astype(float)
    result["difference_m2"] = result["ellipsoid_m2"] - result["declared_area_m2"]
    return result


def _measures(shapes: Shapes, error_m: Numbers) -> dict[str, npt.NDArray[np.generic]]:
    longitudes = shapely.get_x(shapely.centroid(shapes))
    crs = np.array([gauss_kruger(longitude) for longitude in longitudes], dtype=object)
    plane = shapes.copy()
    for code in sorted(set(crs)):
        plane[crs == code] = to_plane(shapes[crs == code], code)
    length = perimeter(shapes)
    bias = length * error_m
    vertex = 2 * np.array([vertex_sigma(shape) for shape in plane]) * error_m / 2
    return {
        "ellipsoid_m2": lonlat_area(shapes),
        "survey_m2": survey_area(shapes),
        "plane_m2": planar_area(plane),
        "plane_crs": crs,
        "error_m2": np.hypot(bias, vertex),
        "error_bias_m2": bias,
        "error_vertex_m2": vertex,
        "perimeter_m": length,
    }


def _set_band_errors(result: pd.DataFrame, frame: geopandas.GeoDataFrame) -> None:
    if "half_width_m" not in frame.columns or "axis" not in frame.columns:
        return
    bands = frame[frame["half_width_m"].notna() & result["ellipsoid_m2"].notna()]
    for zone_id, axis, half_width_m, error_m in bands[["axis", "half_width_m", "axis_error_m"]].itertuples():
        error = band_error(axis, half_width_m, error_m)
        result.loc[zone_id, ["error_m2", "error_bias_m2", "error_vertex_m2"]] = [error, error, 0.0]


def band_error(axis: shapely.Geometry, half_width_m: float, error_m: float) -> float:
    """Return the ± in m² of a buffered axis whose line may lie `error_m` off.

    An open line may be `error_m` longer or shorter at each end; a closed one that lies `error_m` further
    out all round is 2π `error_m` longer. Sideways shifts leave the area as it is.
    """
    lines = shapely.get_parts(axis)
    length_error = sum(2 * np.pi if line.is_closed else 2.0 for line in lines) * error_m
    return float(2 * half_width_m * length_error)


def vertex_sigma(shape: shapely.Geometry) -> float:
    """Return the standard deviation of a plane shape's area per unit of vertex error on each axis."""
    total = 0.0
    for ring in shapely.get_rings(shapely.get_parts(shape)):
        points = shapely.get_coordinates(ring)[:-1]
        chord = np.roll(points, -1, axis=0) - np.roll(points, 1, axis=0)
        total += float((chord**2).sum())
    return float(np.sqrt(total / 4))
