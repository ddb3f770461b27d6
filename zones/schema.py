"""The words of the atlas: kinds, grades, methods, and the columns every frame shares.

Leaf module. `design.md` fixes these names; nothing else may spell them out again.
"""

from enum import StrEnum

METRES_PER_DEGREE = 111_320
"""Of latitude, and of longitude at the equator, within 1 %: for steps and reaches, not for measuring."""

STORAGE_CRS = "EPSG:4490"
"""CGCS2000 longitude and latitude. WGS 84 is read as the same: they differ by less than 1 m here."""

STUDY_BOUNDS = (113.70, 22.35, 115.45, 23.05)
"""West, south, east, north of Shenzhen with 深汕特别合作区, in degrees, with room to spare."""


class Kind(StrEnum):
    """What a zone is."""

    CORRIDOR = "corridor"
    CORE = "core"
    CLUSTER = "cluster"
    PARK = "park"
    SUBAREA = "subarea"
    PLATFORM = "platform"
    STREET = "street"
    BELT = "belt"
    RING = "ring"
    AXIS = "axis"
    NODE = "node"
    REGION = "region"


class Grade(StrEnum):
    """How a geometry is known."""

    OFFICIAL = "official"
    TRACED = "traced"
    INFERRED = "inferred"


class Method(StrEnum):
    """How a geometry was drawn."""

    SUPPLIED = "supplied"
    AXIS_TRACED = "axis_traced"
    AXIS_BUFFER = "axis_buffer"
    BLOCK_OUTLINE = "block_outline"
    NAMED_ROADS = "named_roads"
    AREA_GUIDED = "area_guided"
    UNION_OF_PARTS = "union_of_parts"
    POINT_PLACE = "point_place"


class EdgeRule(StrEnum):
    """What the line between two vertices is."""

    LONLAT = "lonlat"
    GEODESIC = "geodesic"
    PLANE = "plane"


class Part(StrEnum):
    """Which shape of a zone a feature holds; corridors and belts have both."""

    EXTENT = "extent"
    AXIS = "axis"


class Severity(StrEnum):
    """How much an issue matters; an error makes a number wrong, a warning makes it doubtful."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


DISTRICTS: dict[str, str] = {
    "440303": "罗湖区",
    "440304": "福田区",
    "440305": "南山区",
    "440306": "宝安区",
    "440307": "龙岗区",
    "440308": "盐田区",
    "440309": "龙华区",
    "440310": "坪山区",
    "440311": "光明区",
    # No GB/T 2260 county code exists for these two: local codes, marked by the prefix.
    "x-dapeng": "大鹏新区",
    "x-shenshan": "深汕特别合作区",
}
"""District code (GB/T 2260, or a local code starting with `x-`) to Chinese name."""

FEATURE_FIELDS = (
    "zone_id",
    "part",
    "grade",
    "error_m",
    "basis",
    "basis_en",
    "method",
    "edge_rule",
    "traced_on",
    "half_width_m",
)
"""Properties of a feature in a zone layer; `half_width_m` only where the extent is a buffered axis."""
