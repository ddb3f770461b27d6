"""How zones and the base map look: the only place that names a colour, a dash or a hatch.

Plain data, so the web map, the printed sheet, the tables and the app all draw the same zone the same way.
Colours are of the Okabe-Ito family; kind is also said by label and grade by dash and hatch, so nothing
rests on colour alone.
"""

from dataclasses import dataclass

from zones.schema import EdgeRule, Grade, Kind, Method

INK = "#1F2933"
INK_SOFT = "#52606D"
INK_FAINT = "#627080"
ACCENT = "#0B5CAD"
PAPER = "#FFFFFF"
PANEL = "#F7F8FA"
RULE = "#D5DAE0"
HALO = "#FFFFFF"

SEA = "#DCE7EE"
LAND = "#FAF7F0"
LAND_OUTSIDE = "#F0EEE8"
WATER = "#C9DCE8"
COAST = "#9FB3C0"
DISTRICT_LINE = "#8E98A3"
SUBDISTRICT_LINE = "#C4CAD0"
ROAD = "#CDC6B8"
ROAD_MAJOR = "#BDB4A2"
STATION = "#6B7785"
DISTRICT_NAME = "#66717D"
COAST_NAME = "#4F6B80"

KIND_COLOURS: dict[str, str] = {
    Kind.CORRIDOR: "#D55E00",
    Kind.CORE: "#0072B2",
    Kind.CLUSTER: "#009E73",
    Kind.PARK: "#E69F00",
    Kind.SUBAREA: "#56B4E9",
    Kind.PLATFORM: "#7B4EA3",
    Kind.STREET: "#CC79A7",
    Kind.AXIS: "#CC79A7",
    Kind.RING: "#CC79A7",
    Kind.BELT: "#CC79A7",
    Kind.NODE: "#555555",
    # Not in the look: of the browns and darks it lies farthest from the others for colour-blind eyes.
    Kind.REGION: "#643C14",
}

KIND_INKS: dict[str, str] = {
    Kind.CORRIDOR: "#A84A00",
    Kind.CORE: "#00598B",
    Kind.CLUSTER: "#00694C",
    Kind.PARK: "#855C00",
    Kind.SUBAREA: "#1B6A9C",
    Kind.PLATFORM: "#5F3A82",
    Kind.STREET: "#914070",
    Kind.AXIS: "#914070",
    Kind.RING: "#914070",
    Kind.BELT: "#914070",
    Kind.NODE: "#444444",
    Kind.REGION: "#643C14",
}
"""Darker twin of each kind colour for text: contrast of at least 4.5 on white and on warm land."""

KIND_LABELS: dict[str, tuple[str, str]] = {
    Kind.CORRIDOR: ("走廊", "Corridor"),
    Kind.CORE: ("核心片区", "Core"),
    Kind.CLUSTER: ("集群区", "Cluster"),
    Kind.PARK: ("园区", "Park"),
    Kind.SUBAREA: ("片区", "Subarea"),
    Kind.PLATFORM: ("平台", "Platform"),
    Kind.STREET: ("街区", "Street"),
    Kind.BELT: ("带", "Belt"),
    Kind.RING: ("环", "Ring"),
    Kind.AXIS: ("轴", "Axis"),
    Kind.NODE: ("节点", "Node"),
    Kind.REGION: ("区域", "Region"),
}

GRADE_LABELS: dict[str, tuple[str, str]] = {
    Grade.OFFICIAL: ("官方边界", "Official"),
    Grade.TRACED: ("描绘边界", "Traced"),
    Grade.INFERRED: ("推定边界", "Inferred"),
}

GRADE_NOTES: dict[str, tuple[str, str]] = {
    Grade.OFFICIAL: ("由主管部门提供", "supplied by an authority"),
    Grade.TRACED: ("沿可见地物描绘，误差已知", "followed along something visible; error known"),
    Grade.INFERRED: ("由文字推定，仅为示意", "built from words; indicative only"),
}

METHOD_LABELS: dict[str, tuple[str, str]] = {
    Method.SUPPLIED: ("官方提供", "Supplied"),
    Method.AXIS_TRACED: ("沿路描绘轴线", "Axis traced"),
    Method.AXIS_BUFFER: ("轴线按假定宽度展宽", "Axis widened by an assumed half-width"),
    Method.BLOCK_OUTLINE: ("沿街块描绘", "Outline of blocks"),
    Method.NAMED_ROADS: ("由所述道路围合", "Closed by the named roads"),
    Method.AREA_GUIDED: ("按所述面积控制", "Guided by the stated area"),
    Method.UNION_OF_PARTS: ("由组成部分合并", "Union of its parts"),
    Method.POINT_PLACE: ("仅有地点", "A place only"),
}

EDGE_LABELS: dict[str, tuple[str, str]] = {
    EdgeRule.LONLAT: ("经纬度直线边", "Edges straight in longitude and latitude"),
    EdgeRule.GEODESIC: ("测地线边", "Geodesic edges"),
    EdgeRule.PLANE: ("高斯平面直线边", "Edges straight on the Gauss-Krüger plane"),
}

GRADE_DASH: dict[str, tuple[float, ...]] = {
    Grade.OFFICIAL: (),
    Grade.TRACED: (5.0, 2.5),
    Grade.INFERRED: (0.6, 1.9),
}
"""Dash pattern in line widths: on, off, ...; empty means solid. `ZoneStyle` gives each library its form."""

GRADE_HATCH: dict[str, str] = {Grade.OFFICIAL: "", Grade.TRACED: "///", Grade.INFERRED: "..."}
"""Print pattern by grade, so that the grade survives a grey copy; the web map uses the dash alone."""

DRAW_ORDER: tuple[str, ...] = (
    Kind.REGION,
    Kind.BELT,
    Kind.RING,
    Kind.CORRIDOR,
    Kind.CLUSTER,
    Kind.PLATFORM,
    Kind.PARK,
    Kind.SUBAREA,
    Kind.STREET,
    Kind.CORE,
    Kind.AXIS,
    Kind.NODE,
)
"""Kinds from the lowest drawn to the highest: wide and vague below, small and sure on top."""

SOFT_KINDS = frozenset({Kind.CORRIDOR, Kind.BELT, Kind.RING, Kind.AXIS})
"""Kinds whose axis is what the plan says and whose width is only assumed: axis strong, band soft."""

CLASS_LOOKS: tuple[tuple[str, str], ...] = (
    ("#0072B2", ""),
    ("#E69F00", "lines"),
    ("#009E73", "dots"),
    ("#CC79A7", "back"),
    ("#56B4E9", "upright"),
    ("#D55E00", "flat"),
    ("#7B4EA3", "cross"),
)
"""Colour and pattern of the classes of a layer, the one with the most ground first; patterns survive a grey copy."""

STEP_COLOURS = ("#F4EDB2", "#A6D6AE", "#4BAAB6", "#2A6BA6", "#1B2C66")
"""Few to much, light to dark: told apart by colour-blind eyes and on a grey copy."""

CLASS_REST: tuple[str, str] = ("#B8BEC6", "")
"""Look of all further classes together: more colours could not be told apart."""


@dataclass(frozen=True)
class ZoneStyle:
    """How one zone is drawn.

    Attributes
    ----------
    colour, ink : str
        Line and fill colour, and its darker twin for text.
    fill_opacity : float
        0 to 1; soft for bands of an assumed width.
    line_px, axis_px : float
        Line width of the outline and of the axis, in CSS pixels (1 px = 0.75 pt in print).
    dash : tuple of float
        On and off lengths in line widths; empty for a solid line.
    hatch : str
        Matplotlib hatch, for print.
    order : int
        Place in the drawing order; higher is drawn later.
    """

    colour: str
    ink: str
    fill_opacity: float
    line_px: float
    axis_px: float
    dash: tuple[float, ...]
    hatch: str
    order: int

    @property
    def dash_array(self) -> str | None:
        """Leaflet `dashArray` in pixels for the outline; None for a solid line."""
        return " ".join(f"{step * self.line_px:g}" for step in self.dash) or None

    @property
    def line_style(self) -> str | tuple[float, tuple[float, ...]]:
        """Matplotlib `linestyle`, which counts in line widths itself."""
        return (0.0, self.dash) if self.dash else "solid"


def for_zone(kind: str, grade: str | None) -> ZoneStyle:
    """Give the style of a zone.

    Parameters
    ----------
    kind : str
        One of `zones.schema.Kind`.
    grade : str or None
        One of `zones.schema.Grade`; None draws as inferred, the most careful reading.
    """
    known = grade if grade in GRADE_DASH else Grade.INFERRED
    soft = kind in SOFT_KINDS
    return ZoneStyle(
        colour=KIND_COLOURS[kind],
        ink=KIND_INKS[kind],
        fill_opacity=0.18 if soft or kind == Kind.REGION else 0.25,
        line_px=1.2 if soft else 2.0,
        axis_px=4.0,
        dash=GRADE_DASH[known],
        hatch=GRADE_HATCH[known],
        order=DRAW_ORDER.index(kind),
    )


def label(labels: dict[str, tuple[str, str]], key: str, lang: str) -> str:
    """Give the Chinese (`zh`) or English (`en`) label of a word of the schema, such as a kind or a grade."""
    return labels[key][1 if lang == "en" else 0]
