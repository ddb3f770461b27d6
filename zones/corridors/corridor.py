"""A corridor as an object: axis, half-width, ends. Its band is built anew from these whenever one changes.

No plan gives a corridor a width. A half-width is an assumption, the atlas's own or the reader's, and every
answer that rests on one says so.
"""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import geopandas
import numpy as np
import shapely

from zones.atlas import Atlas
from zones.corridors.band import Plane, Profile, along, beyond_ends, distortion, lines_of, strip, widths_at
from zones.corridors.chainage import Ruler, merge, ruler
from zones.errors import GeometryError, InputError, UnknownZoneError
from zones.measure import GEOD, Numbers, Shapes, band_error
from zones.select import require_zone

DEFAULT_HALF_WIDTH_M = 1000.0
"""Assumed where neither the atlas nor the reader gives a half-width; the shipped corridors use it too."""

STEP_M = 100.0
"""Longest edge of a band: straight on the plane and straight in degrees are then one line to 0.1 mm."""

GRID_DEG = 1e-11
"""Bands are cut on a grid of a thousandth of a millimetre; it keeps GEOS from losing ground (see `zones.overlap`)."""

NARROWEST_M, WIDEST_M = 1.0, 10_000.0

Ends = Literal["drawn", "district"]
HalfWidth = float | Profile


@dataclass(frozen=True)
class Corridor:
    """A band along a line. Change a part with `dataclasses.replace` or `with_half_width`.

    Attributes
    ----------
    corridor_id, name_zh, name_en : str
    axis : LineString or MultiLineString
        EPSG:4490, in the direction chainage runs.
    half_width : float or Profile
        Metres to each side, square to the axis: one value, or (chainage, half-width) pairs with straight
        change between them.
    assumed : bool
        The half-width is the atlas's own assumption and not the reader's.
    axis_error_m : float
        How far the axis may lie off, metres; NaN where not known.
    axis_grade : str or None
    limit : polygon or None
        The band stops at its edge: the districts the corridor belongs to. None: ends as drawn.
    limit_error_m : float
        How far that edge may lie off, metres.
    """

    corridor_id: str
    name_zh: str
    name_en: str
    axis: shapely.Geometry
    half_width: HalfWidth
    assumed: bool = False
    axis_error_m: float = float("nan")
    axis_grade: str | None = None
    limit: shapely.Geometry | None = None
    limit_error_m: float = float("nan")

    @property
    def widest_m(self) -> float:
        """The largest half-width, metres."""
        return max(width for _, width in self.half_width) if isinstance(self.half_width, tuple) else self.half_width

    @property
    def ends(self) -> Ends:
        """Where the band ends: as its axis is drawn, or at the district line."""
        return "drawn" if self.limit is None else "district"


def corridor(atlas: Atlas, zone_id: str, half_width: HalfWidth | None = None, *, ends: Ends = "drawn") -> Corridor:
    """Return a corridor of the atlas.

    Parameters
    ----------
    zone_id : str
        A zone with an axis: corridor, belt, ring, axis, street.
    half_width : float or Profile, optional
        Metres. Default: the atlas's assumption for this zone, else 1000 m.
    ends : "drawn" or "district"
        With "district" the band stops at the line of the zone's districts (of the whole city where it names
        none). An axis that ends short of the line is not drawn out to it. Needs the base map.

    Raises
    ------
    UnknownZoneError
        If the atlas does not hold the zone, or it has no axis.
    InputError
        If the half-width cannot be used.
    """
    row = atlas.zones.loc[require_zone(atlas.zones, zone_id)]
    if row["axis"] is None or not isinstance(row["axis"], shapely.Geometry):
        held = ", ".join(with_axis(atlas).index)
        raise UnknownZoneError(f"zone '{zone_id}' has no axis; these have one: {held}")
    stated = row["half_width_m"]
    assumption = DEFAULT_HALF_WIDTH_M if np.isnan(stated) else float(stated)
    made = Corridor(
        corridor_id=zone_id,
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        axis=row["axis"],
        half_width=checked_width(assumption if half_width is None else half_width),
        assumed=half_width is None,
        axis_error_m=float(row["axis_error_m"]),
        axis_grade=row["axis_grade"] if isinstance(row["axis_grade"], str) else None,
    )
    return made if ends == "drawn" else at_district_line(made, atlas, row["district_codes"])


def with_axis(atlas: Atlas) -> geopandas.GeoDataFrame:
    """Return the zones that can be a corridor: those with an axis."""
    return atlas.zones[atlas.zones["axis"].notna()]


def corridor_of_lines(
    lines: geopandas.GeoDataFrame, name: str, half_width: HalfWidth | None = None, feature: str | None = None
) -> Corridor:
    """Return a corridor made of the lines of a file.

    Parameters
    ----------
    lines : geopandas.GeoDataFrame
        EPSG:4490, column or index `zone_id`; lines that meet end to end are joined. Columns `error_m` and
        `half_width_m` are used where they are there.
    name : str
        The file, for messages and as the corridor's name.
    half_width : float or Profile, optional
    feature : str, optional
        Which feature, where the lines do not make one line.

    Raises
    ------
    InputError
        If there is no line, or several lines that do not meet and none is named.
    """
    frame = lines if lines.index.name == "zone_id" else lines.set_index("zone_id")
    frame = frame[frame.geom_type.isin(["LineString", "MultiLineString"])]
    if feature is not None:
        if feature not in frame.index:
            raise InputError(f"{name}: has no line '{feature}'; it has {', '.join(map(str, frame.index[:10]))}")
        frame = frame.loc[[feature]]
    if frame.empty:
        raise InputError(f"{name}: holds no line; a corridor needs a LineString as its axis")
    axis = shapely.line_merge(shapely.union_all(frame.geometry.array) if len(frame) > 1 else frame.geometry.iloc[0])
    if len(frame) > 1 and axis.geom_type != "LineString":
        raise InputError(
            f"{name}: its {len(frame)} lines do not join to one; name one: {', '.join(map(str, frame.index[:10]))}"
        )
    given = half_width if half_width is not None else _stated(frame)
    return Corridor(
        corridor_id=feature or name,
        name_zh=feature or name,
        name_en=feature or name,
        axis=axis if len(frame) > 1 else frame.geometry.iloc[0],
        half_width=checked_width(DEFAULT_HALF_WIDTH_M if given is None else given),
        assumed=given is None,
        axis_error_m=float(frame["error_m"].astype(float).max()) if "error_m" in frame.columns else float("nan"),
    )


def _stated(frame: geopandas.GeoDataFrame) -> float | None:
    if "half_width_m" not in frame.columns or frame["half_width_m"].isna().all():
        return None
    return float(frame["half_width_m"].astype(float).max())


def at_district_line(made: Corridor, atlas: Atlas, codes: tuple[str, ...] = ()) -> Corridor:
    """Return the corridor with its band cut at the line of some districts, of the whole city where none is named.

    Raises
    ------
    GeometryError
        If the axis lies in none of them.
    """
    districts = atlas.base["base_districts"]
    chosen = districts[districts["code"].isin(codes)] if codes else districts
    limit = shapely.union_all(chosen.geometry.array)
    if limit.is_empty or not shapely.intersects(limit, made.axis):
        raise GeometryError(f"corridor '{made.corridor_id}': its axis lies in none of its districts; use ends as drawn")
    errors = [float(layer.error_m) for layer in atlas.layers if layer.layer == "base_districts" and layer.error_m]
    return replace(made, limit=limit, limit_error_m=max(errors, default=float("nan")))


def checked_width(half_width: HalfWidth) -> HalfWidth:
    """Return a half-width that can be used.

    Raises
    ------
    InputError
        If a width is not between 1 m and 10 km, or the chainages of a profile do not rise.
    """
    pairs = half_width if isinstance(half_width, tuple) else ((0.0, half_width),)
    for _, width in pairs:
        if not NARROWEST_M <= width <= WIDEST_M:
            raise InputError(f"half-width {width:g} m cannot be used; give {NARROWEST_M:g} to {WIDEST_M:g} m")
    stations = [at for at, _ in pairs]
    if not pairs or any(b <= a for a, b in pairwise(stations)):
        raise InputError("the chainages of a width profile must rise, such as 0:500,8000:1200")
    return half_width if isinstance(half_width, tuple) else float(half_width)


def with_half_width(made: Corridor, half_width: HalfWidth) -> Corridor:
    """Return the corridor with another half-width, the reader's own."""
    return replace(made, half_width=checked_width(half_width), assumed=False)


def band(made: Corridor) -> shapely.Geometry:
    """Return the ground of a corridor, EPSG:4490."""
    return bands(made, [made.half_width])[0]


def bands(made: Corridor, half_widths: list[HalfWidth] | list[float]) -> Shapes:
    """Return the ground of a corridor at several half-widths, EPSG:4490; each lies inside any wider one.

    Notes
    -----
    The band is built on a Gauss-Krüger plane through the middle of the axis (see `zones.corridors.band`) and brought
    back to degrees, where the ellipsoid measures it. Its ends are straight, square to the axis.
    """
    plane = Plane(made.axis)
    stations = {at for width in half_widths if isinstance(width, tuple) for at, _ in width}
    lines = lines_of(made.axis, plane, tuple(sorted(stations)))
    reach = along(lines)
    shapes = [strip(lines, [widths_at(width, at) for at in reach]) for width in half_widths]
    every = plane.back(shapely.segmentize(np.array([beyond_ends(lines), *shapes], dtype=object), STEP_M))
    past, *ground = _polygons(every)
    # Cut in degrees, all by the same lines: bands that end on one line then share its vertices to the bit.
    found = _polygons(shapely.difference(np.array(ground, dtype=object), past, grid_size=GRID_DEG))
    return found if made.limit is None else _polygons(shapely.intersection(found, made.limit, grid_size=GRID_DEG))


def _polygons(shapes: Shapes) -> Shapes:
    return np.array([_polygons_of(shape) for shape in shapes], dtype=object)


def _polygons_of(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a valid polygon; what crumbs of lines a cut leaves are let go."""
    valid = shape if shapely.is_valid(shape) else shapely.make_valid(shape, method="structure")
    parts = [part for part in shapely.get_parts(valid) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def stretches(made: Corridor, measure: Ruler | None = None) -> Numbers:
    """Return the stretches of chainage at which the corridor runs, (n, 2): all of it, or what the limit leaves."""
    measure = measure or ruler(made.axis)
    bounds = np.array([0.0, *measure.breaks_m, measure.length_m])
    whole = np.column_stack([bounds[:-1], bounds[1:]])
    if made.limit is None:
        return whole
    kept = shapely.get_parts(shapely.intersection(made.axis, made.limit))
    lines = kept[shapely.get_type_id(kept) == 1]
    found = [measure.locate(shapely.get_coordinates(line))[0] for line in lines]
    return merge(np.array([(at.min(), at.max()) for at in found])) if found else np.zeros((0, 2))


def length_m(made: Corridor) -> float:
    """Return the length of the axis along geodesics, metres."""
    return float(GEOD.geometry_length(made.axis))


def area_error(made: Corridor) -> float:
    """Return the ± in m² of the band's area: its ends may lie `axis_error_m` farther or less far (see `band_error`)."""
    return band_error(made.axis, made.widest_m, made.axis_error_m)


def scale_error(made: Corridor, half_width_m: float) -> float:
    """Return by what share widths drawn on the plane of the corridor are off at worst."""
    return distortion(made.axis, half_width_m)
