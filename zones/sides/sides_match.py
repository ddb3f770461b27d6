"""Which lines a name means: the same name, an alias, a number of a road, or none; never a silent guess."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

import geopandas
import shapely

from zones.sides.sides_grammar import tidy

REASONS = ("exact", "alias", "number", "form", "english", "short")
"""Why a line is taken, surest first."""
SHORTEST_END = 4
NEAR_FROM, NEAR_MOST = 0.6, 3
SAME_ROAD_M = 3000.0
"""Lines of one name that lie further apart than this may be two roads."""
DEGREE_M = 105_000.0
"""Metres per degree at 22.5 degrees north, between both axes: only for telling near from far."""
FORMS = (
    ("高速公路", "高速"), ("快速公路", "快速"), ("快速路", "快速"), ("快速干道", "快速"), ("大街", "街"),
    ("公路", "路"),
)  # fmt: skip
PARTS = re.compile("(?<=[^东西南北中])[东西南北中](?=(?:路|大道|街|道|巷)$)")
ROAD_NUMBER = re.compile(r"^(?:[国省县乡]道)?([GSXY])?0*(\d{1,4})(?:([国省县乡])道|线)?$", re.IGNORECASE)
LETTERS = {"国": "G", "省": "S", "县": "X", "乡": "Y"}


@dataclass(frozen=True)
class Match:
    """What a name was found to mean.

    Attributes
    ----------
    name : str
        As the text has it.
    rows : tuple of int
        Lines taken; several are pieces of one road.
    reason : str
        One of `REASONS`, or empty.
    near : tuple of str
        Where none was taken: names that resemble it.
    choices : tuple of str
        Where several differ: the names between which a person has to choose.
    """

    name: str
    rows: tuple[int, ...] = ()
    reason: str = ""
    near: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """Whether lines were taken."""
        return bool(self.rows)


def match(name: str, lines: geopandas.GeoDataFrame) -> Match:
    """Return the lines a name means.

    Parameters
    ----------
    name : str
        As a text has it, Chinese or English.
    lines : geopandas.GeoDataFrame
        See `zones.sides.sides_lines.atlas_lines`.

    Notes
    -----
    The surest reason that any line fits is the only one looked at. Lines of one name are pieces of one road, unless
    they lie more than `SAME_ROAD_M` apart; then, and where lines of different names fit equally, none is taken.
    A road and its eastern part (兰竹路, 兰竹东路) are different names: they are listed as near, not taken.
    """
    for reason in REASONS:
        wanted = _key(name, reason)
        rows = [row for row, keys in _keys(lines, reason) if _meets(wanted, keys, reason)] if wanted else []
        if rows:
            return _settled(name, rows, reason, lines)
    return Match(name, near=_near(name, lines))


def _meets(wanted: str, keys: set[str], reason: str) -> bool:
    if reason != "short":
        return wanted in keys
    # 沿江高速 for 广深沿江高速; shorter ends, such as 东路, are shared by too many.
    return len(wanted) >= SHORTEST_END and any(key.endswith(wanted) for key in keys)


def _settled(name: str, rows: list[int], reason: str, lines: geopandas.GeoDataFrame) -> Match:
    roads = lines.loc[rows].drop_duplicates(["name_zh", "source"])
    if roads["name_zh"].nunique() > 1:
        return Match(name, choices=tuple(f"{road.name_zh} ({road.source})" for road in roads.itertuples()))
    if len(rows) > 1 and not _one_road(lines.loc[rows, "geometry"].tolist()):
        return Match(name, choices=tuple(f"{name} ({_place(shape)})" for shape in lines.loc[rows, "geometry"]))
    return Match(name, tuple(rows), reason)


def _one_road(shapes: list[shapely.Geometry]) -> bool:
    """Tell whether pieces hang together, each no further than `SAME_ROAD_M` from the others taken."""
    joined, left = shapes[0], shapes[1:]
    while left:
        near = [shape for shape in left if joined.distance(shape) * DEGREE_M <= SAME_ROAD_M]
        if not near:
            return False
        joined = shapely.union_all([joined, *near])
        left = [shape for shape in left if not any(shape is each for each in near)]
    return True


def _place(shape: shapely.Geometry) -> str:
    x, y = shape.centroid.coords[0]
    return f"{x:.3f}, {y:.3f}"


def _keys(lines: geopandas.GeoDataFrame, reason: str) -> list[tuple[int, set[str]]]:
    held = []
    for row in lines.itertuples():
        names = {
            "exact": (row.name_zh,), "alias": row.aliases, "english": (row.name_en,),
        }.get(reason, (row.name_zh, *row.aliases))  # fmt: skip
        held.append((row.Index, {_key(each, reason) for each in names} - {""}))
    return held


@lru_cache(maxsize=8192)
def _key(name: str, reason: str) -> str:
    """Return the form of a name in which it is compared for a reason; empty where it has none."""
    plain = re.sub(r"[\s·.,'’-]", "", tidy(name)).lower()
    if reason == "number":
        return _number(plain)
    if reason == "form":
        return _form(plain)
    if reason == "english":
        return _english(plain) if plain.isascii() or "ü" in plain else ""
    return plain


def _number(plain: str) -> str:
    """Return G107 for 107国道, 国道107, G107 and g107线; empty for a name that is no number of a road."""
    found = ROAD_NUMBER.match(plain)
    if not found:
        return ""
    letter = found[1] or LETTERS.get(found[3] or plain[0], "")
    return f"{letter.upper()}{int(found[2])}" if letter else ""


def _form(plain: str) -> str:
    for long, short in FORMS:
        if plain.endswith(long) and len(plain) > len(long) + 1:
            return plain.removesuffix(long) + short
    return plain


def _english(plain: str) -> str:
    for long, short in (("boulevard", "blvd"), ("avenue", "blvd"), ("ave", "blvd"), ("expressway", "expwy"),
                        ("highway", "hwy"), ("road", "rd"), ("street", "st")):  # fmt: skip
        plain = re.sub(f"{long}$", short, plain)
    return plain.replace("ü", "u").replace("lv", "lu")


def _near(name: str, lines: geopandas.GeoDataFrame) -> tuple[str, ...]:
    wanted = PARTS.sub("", _key(name, "exact"))
    scores: dict[str, float] = {}
    for row in lines.itertuples():
        for each in (row.name_zh, *row.aliases):
            ratio = SequenceMatcher(None, wanted, PARTS.sub("", _key(each, "exact"))).ratio()
            scores[row.name_zh] = max(scores.get(row.name_zh, 0.0), ratio)
    best = sorted((-score, each) for each, score in scores.items() if score >= NEAR_FROM)
    return tuple(each for _, each in best[:NEAR_MOST])
