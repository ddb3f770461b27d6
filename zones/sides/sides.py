"""四至 compiled: a text of sides and lines with names -> a candidate area, each side tied to its phrase.

A side whose line has no drawing stays open, and so does the area: nothing is invented.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import geopandas
import numpy as np
import pandas as pd
import shapely

from zones.errors import InputError
from zones.measure import gauss_kruger, measure, to_plane
from zones.schema import STORAGE_CRS, EdgeRule, Grade
from zones.sides.sides_build import GAP_M, WIDEST_CORNER_DEG, Built, Gap, bearing_gap, build, edges_of
from zones.sides.sides_grammar import MAIN_SIDES, Direction, Phrase, read_phrases
from zones.sides.sides_match import Match, match

LONGEST_TEXT = 2000
MOST_GAP_M = 2000.0
LONGEST_EDGE_DEG = 0.005
"""Edges are split this finely before they go to the plane: straight in degrees is not straight there."""
DIGITS = 6
NEAR_EDGE_M = 0.5
CROSSING_M = 5.0
"""A line that shares less than this with the edge only crosses it."""


@dataclass(frozen=True)
class Line:
    """A line taken for a side.

    `error_m` is NaN where its file does not state one; `stand_in` tells that a person chose it in place of the line
    the text names; `geometry` is in EPSG:4490; `along_m` is how much of the candidate's edge it makes.
    """

    name: str
    name_en: str
    source: str
    grade: str
    error_m: float
    planned: bool
    reason: str
    stand_in: bool
    basis: str
    basis_en: str
    geometry: shapely.Geometry
    along_m: float = 0.0


@dataclass(frozen=True)
class Side:
    """One side of an area: what the text says of it, and what was found.

    Attributes
    ----------
    direction : Direction
    text : str
        Its phrases; empty where the text says nothing of this side.
    names : tuple of str
    planned : bool
        Whether the text calls the line planned.
    lines : tuple of Line
        Those found; a side of several names may have some and still be open.
    matches : tuple of Match
        One for each name.
    """

    direction: Direction
    text: str = ""
    names: tuple[str, ...] = ()
    planned: bool = False
    lines: tuple[Line, ...] = ()
    matches: tuple[Match, ...] = ()

    @property
    def open_code(self) -> str:
        """Why the side is open: `not_said`, `choices`, `no_line`, or empty where each name has its line."""
        if any(line.stand_in for line in self.lines):
            return ""
        if not self.names:
            return "not_said"
        if any(each.choices for each in self.matches):
            return "choices"
        return "" if all(each.found for each in self.matches) else "no_line"

    @property
    def shape(self) -> shapely.Geometry:
        """All its lines as one shape, EPSG:4490."""
        return shapely.union_all([line.geometry for line in self.lines])


@dataclass(frozen=True)
class Sides:
    """A compiled text.

    Attributes
    ----------
    text : str
    sides : tuple of Side
        Clockwise from north; the four main sides always, with those the text leaves out.
    polygon : shapely.Polygon or None
        The candidate, EPSG:4490, edges straight in degrees; None while a side or corner is open.
    built : Built
        Gaps and open corners, on the plane `plane_crs`.
    error_m : float
        Largest error of the lines and length of a gap along its edge; NaN where there is no polygon, or a line's
        error is not known.
    grade : str
        `traced` where every line is, with an error that is known, and nothing was added; else `inferred`.
    """

    text: str
    sides: tuple[Side, ...]
    polygon: shapely.Polygon | None
    built: Built
    plane_crs: str
    error_m: float
    grade: str
    gap_m: float = GAP_M
    stand_ins: Mapping[Direction, str] = field(default_factory=dict)

    @property
    def open_sides(self) -> tuple[Side, ...]:
        """The sides that no line closes."""
        return tuple(side for side in self.sides if side.open_code)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of lines of which no drawing was found."""
        return tuple(each.name for side in self.sides if side.open_code for each in side.matches if not each.found)


def compile_sides(
    text: str,
    lines: geopandas.GeoDataFrame,
    *,
    gap_m: float = GAP_M,
    stand_ins: Mapping[Direction, str] | None = None,
) -> Sides:
    """Return the candidate area of a text, or what keeps it open.

    Parameters
    ----------
    text : str
        See `zones.sides.sides_grammar.read_phrases`.
    lines : geopandas.GeoDataFrame
        Lines with names, EPSG:4490; see `zones.sides.sides_lines`.
    gap_m : float
        Most line added at one corner, in metres.
    stand_ins : mapping of Direction to str, optional
        Names of lines a person takes for a side in place of what the text names.

    Raises
    ------
    InputError
        If the text names no side or is too long, the gap is out of reason, or a stand-in is no line here.
    """
    if len(text) > LONGEST_TEXT:
        raise InputError(f"the text is {len(text)} signs long; give the sides alone, in at most {LONGEST_TEXT}")
    if not 0 <= gap_m <= MOST_GAP_M:
        raise InputError(f"a gap of {gap_m:g} m cannot be closed with any sense; give 0 to {MOST_GAP_M:g} m")
    phrases = read_phrases(text)
    if not phrases:
        raise InputError("the text names no side of an area; write it like 北至甲路，东至乙路，南至丙路，西至丁路")
    chosen = dict(stand_ins or {})
    said = {each.direction for each in phrases} | set(chosen)
    wanted = [each for each in Direction if each in MAIN_SIDES or each in said]
    sides = tuple(
        _side(each, [p for p in phrases if p.direction == each], lines, chosen.get(each))
        for each in wanted
        if each in said or not _covered(each, said)
    )
    return _compiled(text, sides, gap_m, chosen)


def _covered(direction: Direction, said: set[Direction]) -> bool:
    """Tell whether a main side lies between two diagonal ones the text gives: 东北 and 西北 leave no north."""
    before = min((bearing_gap(each, direction) for each in said), default=360)
    after = min((bearing_gap(direction, each) for each in said), default=360)
    return min(before, after) <= 45 and before + after <= WIDEST_CORNER_DEG


def _side(direction: Direction, phrases: list[Phrase], lines: geopandas.GeoDataFrame, stand_in: str | None) -> Side:
    names = tuple(dict.fromkeys(name for phrase in phrases for name in phrase.names))
    matches = tuple(match(name, lines) for name in names)
    taken = [(each, False) for each in matches]
    if stand_in is not None:
        other = match(stand_in, lines)
        if not other.found:
            raise InputError(f"no line here is called '{stand_in}'; choose one of the named lines, or bring your own")
        taken = [(other, True)]
    return Side(
        direction,
        ", ".join(phrase.text for phrase in phrases),
        names,
        any(phrase.planned for phrase in phrases),
        tuple(_line(lines.loc[row], each.reason, stand_in=chosen) for each, chosen in taken for row in each.rows),
        matches,
    )


def _line(row: pd.Series, reason: str, *, stand_in: bool) -> Line:
    return Line(
        row["name_zh"], row["name_en"], row["source"], row["grade"], float(row["error_m"]), bool(row["planned"]),
        reason, stand_in, row["basis"], row["basis_en"], row["geometry"],
    )  # fmt: skip


def _compiled(text: str, sides: tuple[Side, ...], gap_m: float, stand_ins: Mapping[Direction, str]) -> Sides:
    drawn = [side for side in sides if side.lines]
    crs = plane_of(drawn)
    built = build({side.direction: [_on_plane(side.shape, crs)] for side in drawn}, gap_m)
    # A name without a line leaves its side open, even where the other lines happen to meet.
    if any(side.open_code in ("no_line", "choices") for side in sides):
        built = Built(None, built.gaps, built.open_corners)
    if built.polygon is not None:
        sides = tuple(_along(side, built.polygon, crs) for side in sides)
    polygon = _on_ground(built.polygon, crs)
    return Sides(text, sides, polygon, built, crs, *_trust(sides, built), gap_m, dict(stand_ins))


def _along(side: Side, polygon: shapely.Polygon, crs: str) -> Side:
    """Return a side whose lines know how much of the candidate's edge they make."""
    middles, _, lengths = edges_of(polygon)
    points = shapely.points(middles)
    held = [
        lengths[shapely.distance(points, _on_plane(line.geometry, crs)) <= NEAR_EDGE_M].sum() for line in side.lines
    ]
    lines = (replace(line, along_m=float(along_m)) for line, along_m in zip(side.lines, held, strict=True))
    return replace(side, lines=tuple(lines))


def plane_of(sides: list[Side]) -> str:
    """Return the plane in which some sides are worked on: of their middle's longitude."""
    if not sides:
        return gauss_kruger(114.0)
    boxes = np.array([side.shape.bounds for side in sides])
    # The middle of what all sides share: a road across the whole city says nothing of where the area is.
    return gauss_kruger(float((boxes[:, 0].max() + boxes[:, 2].min()) / 2))


def _on_plane(shape: shapely.Geometry, crs: str) -> shapely.Geometry:
    fine = np.array([shapely.segmentize(shape, LONGEST_EDGE_DEG)], dtype=object)
    return to_plane(fine, crs)[0]


def _on_ground(polygon: shapely.Polygon | None, crs: str) -> shapely.Polygon | None:
    if polygon is None:
        return None
    ground = geopandas.GeoSeries([polygon], crs=crs).to_crs(STORAGE_CRS).iloc[0]
    rounded = shapely.transform(ground, lambda points: points.round(DIGITS))
    return shapely.orient_polygons(shapely.make_valid(rounded) if not rounded.is_valid else rounded)


def _trust(sides: tuple[Side, ...], built: Built) -> tuple[float, str]:
    """Return the candidate's error in metres and its grade, from the lines that make its edge."""
    if built.polygon is None:
        return float("nan"), Grade.INFERRED.value
    lines = [line for side in sides for line in side.lines if line.along_m > CROSSING_M]
    errors = [line.error_m for line in lines] + [gap.length_m for gap in built.gaps]
    traced = all(line.grade in (Grade.TRACED, Grade.OFFICIAL) and not line.planned and not line.stand_in
                 for line in lines)  # fmt: skip
    # Traced means that the error is known: of lines without one nothing more than inferred can be made.
    error_m = float(np.max(errors))
    grade = Grade.TRACED if traced and not built.gaps and np.isfinite(error_m) else Grade.INFERRED
    return error_m, grade.value


def area(result: Sides) -> pd.Series:
    """Return area, ± and perimeter of the candidate (see `zones.measure.measure`); all NaN where there is none."""
    frame = geopandas.GeoDataFrame(
        {"error_m": [result.error_m], "edge_rule": [EdgeRule.LONLAT.value]},
        geometry=[result.polygon], index=["candidate"], crs=STORAGE_CRS,
    )  # fmt: skip
    return measure(frame).loc["candidate"]


def error_by_side(result: Sides) -> float:
    """Return the ± of the candidate's area in m² when each line is off by its own error, all outwards; NaN if unknown.

    `area` takes the largest error all round, as the atlas does of a zone, which knows only one.
    """
    if result.polygon is None:
        return float("nan")
    lines = [line for side in result.sides for line in side.lines if line.along_m > CROSSING_M]
    return sum(line.along_m * line.error_m for line in lines) + sum(gap.length_m**2 for gap in result.built.gaps)


def gap_on_ground(gap: Gap, crs: str) -> shapely.Geometry:
    """Return the line of a gap in EPSG:4490."""
    return geopandas.GeoSeries([gap.line], crs=crs).to_crs(STORAGE_CRS).iloc[0]


def open_ends(result: Sides) -> list[tuple[Direction, shapely.Point]]:
    """Return where the sides beside an open one stop: the end of each that lies furthest towards it, EPSG:4490."""
    drawn = [side for side in result.sides if side.lines]
    ends = []
    for side in result.open_sides:
        for other in drawn:
            if 45 <= abs((other.direction.bearing - side.direction.bearing + 180) % 360 - 180) <= 90:
                points = shapely.get_coordinates(other.shape)
                angle = np.radians(side.direction.bearing)
                furthest = points[np.argmax(points @ [np.sin(angle), np.cos(angle)])]
                ends.append((side.direction, shapely.Point(furthest)))
    return ends


def closing_lines(result: Sides, lines: geopandas.GeoDataFrame) -> dict[Direction, tuple[str, ...]]:
    """Return, for a text with one open side, the names of lines that would close it, each tried.

    They are offered to a person, never taken: which of them the text means is not known.
    """
    if len(result.open_sides) != 1 or result.polygon is not None:
        return {}
    side = result.open_sides[0].direction
    box = shapely.box(*shapely.union_all([each.shape for each in result.sides if each.lines]).bounds)
    used = {line.name for each in result.sides for line in each.lines}
    near = lines[lines.geometry.intersects(box) & ~lines["name_zh"].isin(used)]
    fitting = []
    for name in dict.fromkeys(near["name_zh"]):
        if match(name, lines).found:
            tried = compile_sides(result.text, lines, gap_m=result.gap_m, stand_ins={**result.stand_ins, side: name})
            fitting += [name] if tried.polygon is not None else []
    return {side: tuple(fitting)} if fitting else {}
