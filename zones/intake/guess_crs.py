"""Which reference system coordinates are in: as stated, or by their range and said why; never a silent guess.

The rule: numbers that are stated to be in a system must lie where that system has Shenzhen, or at least on
Earth. Numbers without a statement are named only if exactly one known system puts them in Shenzhen.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from pyproj import CRS, Transformer

from zones.datum_shift import is_known
from zones.errors import ChoiceError, CrsError
from zones.schema import STORAGE_CRS, STUDY_BOUNDS

CANDIDATES = {
    "EPSG:4490": "degrees of CGCS2000 or WGS 84, which agree within 1 m",
    "EPSG:4547": "CGCS2000 3-degree Gauss-Krüger, 114 E",
    "EPSG:4526": "CGCS2000 3-degree Gauss-Krüger, zone 38 written before the easting",
    "EPSG:4546": "CGCS2000 Gauss-Krüger, 111 E",
    "EPSG:4548": "CGCS2000 Gauss-Krüger, 117 E",
    "EPSG:4525": "CGCS2000 3-degree Gauss-Krüger, zone 37 written before the easting",
    "EPSG:4527": "CGCS2000 3-degree Gauss-Krüger, zone 39 written before the easting",
    "EPSG:4497": "CGCS2000 6-degree Gauss-Krüger, zone 19 written before the easting",
    "EPSG:4498": "CGCS2000 6-degree Gauss-Krüger, zone 20 written before the easting",
    "EPSG:32649": "WGS 84 UTM zone 49N",
    "EPSG:32650": "WGS 84 UTM zone 50N",
    "EPSG:3857": "Web Mercator",
}
"""Systems that bare numbers may be in, and what they are."""

ROOM_DEG = 0.1
MOST_SHARE_OFF = 0.05
"""Share of the vertices that may lie elsewhere (a slip at 0, 0) without hiding what the rest say."""

LOCAL_M = 300_000.0
"""Plane coordinates below this on both axes are taken for a local system."""

UNITS = {
    "kilometres": (1000.0, False), "feet": (0.3048, False), "centimetres": (0.01, False), "millimetres": (0.001, False),
    "radians": (180 / np.pi, True), "seconds of arc": (1 / 3600, True),
}  # fmt: skip
"""Units that coordinates are met in by mistake: factor to metres or degrees, and whether they are angles."""

NAMED_LIGHTLY = ("EPSG:4326", "OGC:CRS84")
"""Systems that programs write without asking anybody."""

UNSHIFTED = (
    "datum_unproven",
    "degrees alone do not tell CGCS2000 and WGS 84 from GCJ-02 (about 600 m off here) or BD-09 (about 1240 m off): "
    "if they come from 高德, 腾讯 or 百度, say --datum gcj02 or bd09",
)

Points = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Finding:
    """A reference system and how it is known.

    Attributes
    ----------
    crs : CRS
        Of the numbers with x (east) first.
    code : str
        `EPSG:4547`, or the name of the system.
    how : str
        `told`, `file`, `standard` or `range`.
    reason : str
        One sentence.
    swapped : bool
        The numbers stand with y (north) first and have to be swapped.
    doubts : tuple of (str, str)
        Kind and sentence of what speaks against a number being exact.
    """

    crs: CRS
    code: str
    how: str
    reason: str
    swapped: bool = False
    doubts: tuple[tuple[str, str], ...] = ()


def recognise(
    points: Points, where: str, *, told: CRS | None = None, stated: CRS | None = None, stated_from: str = "",
    degrees: bool = False,
) -> Finding:  # fmt: skip
    """Return the reference system of some coordinates.

    Parameters
    ----------
    points : (n, 2) array
        Vertices, as the file has them.
    where : str
        File, for messages.
    told, stated : CRS, optional
        What the person says, and what the file says.
    stated_from : str
        Where the file says it.
    degrees : bool
        Format or column names say longitude and latitude.

    Raises
    ------
    CrsError
        If the numbers contradict what is told or stated.
    ChoiceError
        If nothing is stated and the numbers fit no known system, or several.
    """
    if told is not None or stated is not None:
        how = "told" if told is not None else "file"
        # A format of degrees that names degrees says no more than its standard.
        if how == "file" and degrees and CRS.from_user_input(stated).is_geographic:
            how = "standard"
        given = told if told is not None else stated
        source = "you said" if told is not None else f"{stated_from} says"
        return _held_against(points, where, given, how, source)
    fitting = _fitting(points)
    if len(fitting) > 1:
        names = tuple(dict.fromkeys(code for code, _ in fitting))
        listed = " or ".join(f"{code} ({CANDIDATES[code]})" for code in names)
        raise ChoiceError(
            f"{where}: no reference system is given, and its numbers ({_sample(points)}) fit {listed}; "
            "say which with --crs", "crs", names,
        )  # fmt: skip
    if not fitting:
        return _nothing_fits(points, where, degrees)
    code, swapped = fitting[0]
    if code == "EPSG:4490" and not degrees and _may_be_sexagesimal(points):
        raise ChoiceError(
            f"{where}: its numbers ({_sample(points)}) may be decimal degrees, or degrees with minutes and seconds "
            "after the point; say --crs EPSG:4490 if they are decimal, else convert them first",
            "crs", ("EPSG:4490",),
        )  # fmt: skip
    return _by_range(points, code, swapped, degrees)


def _held_against(points: Points, where: str, given: CRS | None, how: str, source: str) -> Finding:
    crs = CRS.from_user_input(given)
    name = name_of(crs)
    if not (crs.is_geographic or crs.is_projected):
        raise CrsError(f"{where}: {source} {name}, which is no system of positions on a map; name another with --crs")
    reason = f"{source} {name}"
    inside = _share_inside(points, crs)
    if inside >= 1 - MOST_SHARE_OFF:
        # Whoever saves points of a web map as WGS 84 makes them no WGS 84.
        unshifted = (UNSHIFTED,) if how == "standard" or (how == "file" and name in NAMED_LIGHTLY) else ()
        return Finding(crs, name, how, reason, doubts=(*_datum_doubt(crs), *unshifted))
    if _share_inside(points[:, ::-1], crs) >= 1 - MOST_SHARE_OFF:
        text = f"the numbers stand with north before east ({_sample(points)}) and were swapped"
        return Finding(
            crs, name, how, f"{reason}; {text}", swapped=True, doubts=(("swapped_axes", text), *_datum_doubt(crs))
        )
    others = [code for code, _ in _fitting(points) if code != name]
    if others:
        raise CrsError(
            f"{where}: {source} {name}, but its numbers ({_sample(points)}) are those of {' or '.join(others)}; "
            "say which is right with --crs"
        )
    if not _on_earth(points, crs):
        raise CrsError(
            f"{where}: {source} {name}, but its numbers ({_sample(points)}) are no place in it; name another"
        )
    text = (
        f"taken as {name}, {1 - inside:.0%} of the vertices lie outside Shenzhen ({_sample(points)}); check the system"
    )
    return Finding(crs, name, how, reason, doubts=(("outside_study_area", text), *_datum_doubt(crs)))


def _by_range(points: Points, code: str, swapped: bool, degrees: bool) -> Finding:
    order = ", with north before east" if swapped else ""
    reason = (
        f"by range: nothing states it; only as {code} ({CANDIDATES[code]}{order}) do {_sample(points)} lie in Shenzhen"
    )
    doubts = []
    if swapped:
        doubts.append(
            ("swapped_axes", f"the numbers stand with north before east ({_sample(points)}) and were swapped")
        )
    if code == "EPSG:4490" and degrees and not swapped:
        reason = f"longitude and latitude by the format or its column names, and {_sample(points)} lie in Shenzhen"
        return Finding(CRS.from_user_input(code), code, "standard", reason, doubts=(UNSHIFTED,))
    if code == "EPSG:4490":
        doubts.append(UNSHIFTED)
    elif degrees:
        doubts.append(("not_degrees", f"the format calls for degrees, but {_sample(points)} are metres of {code}"))
    if code == "EPSG:3857":
        text = "metres of Web Mercator may also be shifted (高德, 腾讯) or 百度's own; check one corner on the map"
        doubts.append(("datum_unproven", text))
    elif code != "EPSG:4490":
        text = f"taken as {code}: Xian 1980 or Beijing 1954 would look alike and lie up to about 100 m off"
        doubts.append(("datum_unproven", text))
    return Finding(CRS.from_user_input(code), code, "range", reason, swapped, tuple(doubts))


def _nothing_fits(points: Points, where: str, degrees: bool) -> Finding:
    reach = np.abs(points).max(axis=0)
    if degrees and reach[0] <= 180 and reach[1] <= 90:
        text = f"nothing of it lies in Shenzhen ({_sample(points)}); check the coordinates"
        reason = "longitude and latitude by the format or its column names"
        return Finding(CRS.from_epsg(4490), "EPSG:4490", "standard", reason, doubts=(("outside_study_area", text),))
    raise ChoiceError(
        f"{where}: the reference system cannot be told: none is given, and no known system puts "
        f"{_sample(points)} in Shenzhen{_hint(points, reach)}; name it with --crs (EPSG code, or a .prj file)",
        "crs", ("EPSG:4326", "EPSG:4490") if reach[0] <= 180 and reach[1] <= 90 else (),
    )  # fmt: skip


def _hint(points: Points, reach: Points) -> str:
    """Return what numbers that fit nothing look like, as the end of a sentence."""
    degrees, minutes = np.divmod(points, 100)
    if (minutes < 60).all() and _fitting(degrees + minutes / 60):
        return " (they look like degrees and minutes written together: convert them to decimal degrees first)"
    for unit, (scale, angular) in UNITS.items():
        fitting = [code for code, _ in _fitting(points * scale) if (code == "EPSG:4490") == angular]
        if fitting:
            return f" (they look like {fitting[0]} in {unit}: convert them first)"
    if (reach > 1000).any() and (reach < LOCAL_M).all():
        return (
            " (they look like a local system, such as 深圳独立坐标系, whose parameters are not public: ask for "
            "the file in CGCS2000, or give your own parameters)"
        )
    return ""


def _may_be_sexagesimal(points: Points) -> bool:
    """Tell whether every number could be degrees.minutes-seconds: digits 1-2 and 3-4 after the point below 60."""
    values = np.unique(points)
    parts = np.round((values % 1) * 1e4, 4)
    minutes, seconds = np.divmod(parts, 100)
    return bool(len(values) >= 4 and (minutes < 60).all() and (seconds < 60).all() and (seconds > 0).mean() >= 0.5)


def _fitting(points: Points) -> list[tuple[str, bool]]:
    found = []
    for code in CANDIDATES:
        for swapped in (False, True):
            turned = points[:, ::-1] if swapped else points
            if _share_inside(turned, CRS.from_user_input(code)) >= 1 - MOST_SHARE_OFF:
                found.append((code, swapped))
    return found


def _share_inside(points: Points, crs: CRS) -> float:
    west, south, east, north = _study_box(crs.to_wkt())
    x, y = points[:, 0], points[:, 1]
    return float(((x >= west) & (x <= east) & (y >= south) & (y <= north)).mean())


@lru_cache(maxsize=64)
def _study_box(wkt: str) -> tuple[float, float, float, float]:
    """Return where a system has Shenzhen: west, south, east, north in its own units."""
    west, south, east, north = STUDY_BOUNDS
    edge = np.linspace(0, 1, 9)
    lon = (west - ROOM_DEG) + edge * (east - west + 2 * ROOM_DEG)
    lat = (south - ROOM_DEG) + edge * (north - south + 2 * ROOM_DEG)
    grid = np.array(np.meshgrid(lon, lat)).reshape(2, -1)
    x, y = Transformer.from_crs(STORAGE_CRS, CRS.from_wkt(wkt), always_xy=True).transform(grid[0], grid[1])
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        return (np.inf, np.inf, -np.inf, -np.inf)
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def _on_earth(points: Points, crs: CRS) -> bool:
    some = points[:: max(1, len(points) // 1000)]
    lon, lat = Transformer.from_crs(crs, STORAGE_CRS, always_xy=True).transform(some[:, 0], some[:, 1])
    return bool(
        np.isfinite(lon).all() and np.isfinite(lat).all() and (np.abs(lat) <= 90).all() and (np.abs(lon) <= 180).all()
    )


def _datum_doubt(crs: CRS) -> tuple[tuple[str, str], ...]:
    """Return a doubt where no published parameters lead from the system's datum to CGCS2000."""
    if is_known(crs):
        return ()
    text = (
        f"{crs.name}: no public parameters lead to CGCS2000, so positions may be off by tens of metres or more; "
        "have the file converted by its owner"
    )
    return (("datum_shift_unknown", text),)


def name_of(crs: CRS) -> str:
    """Return `EPSG:4547` where the system has a code, else its name."""
    authority = crs.to_authority()
    return ":".join(authority) if authority else crs.name


def _sample(points: Points) -> str:
    x, y = points[0]
    return f"{x:.10g}, {y:.10g}"
