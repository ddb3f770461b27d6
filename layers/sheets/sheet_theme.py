"""The inks a sheet can be printed in: colour, grey print, and light on dark for a projector.

`layers.style` says how a zone looks on paper and screen; a theme keeps its dashes and hatches, which carry the
grade, and changes its colours only.
"""

from dataclasses import dataclass, field, replace

from layers import style
from zones.errors import InputError
from zones.schema import Kind


@dataclass(frozen=True)
class Theme:
    """Colours of one look. Dictionaries by kind; empty ones leave the colours of `layers.style`."""

    name: str
    ink: str = style.INK
    ink_soft: str = style.INK_SOFT
    accent: str = style.ACCENT
    paper: str = style.PAPER
    rule: str = style.RULE
    halo: str = style.HALO
    sea: str = style.SEA
    land: str = style.LAND
    outside: str = style.LAND_OUTSIDE
    water: str = style.WATER
    coast: str = style.COAST
    district_line: str = style.DISTRICT_LINE
    subdistrict_line: str = style.SUBDISTRICT_LINE
    road: str = style.ROAD_MAJOR
    station: str = style.STATION
    district_name: str = style.DISTRICT_NAME
    sea_name: str = style.COAST_NAME
    graticule: str = style.COAST
    colours: dict[str, str] = field(default_factory=dict)
    inks: dict[str, str] = field(default_factory=dict)
    fills: dict[str, str] = field(default_factory=dict)
    fill_opacity: float | None = None
    hatch_opacity: float = 0.45

    def look(self, kind: str, grade: str | None) -> style.ZoneStyle:
        """Return the style of a zone in these inks."""
        look = style.for_zone(kind, grade)
        return replace(
            look,
            colour=self.colours.get(kind, look.colour),
            ink=self.inks.get(kind, look.ink),
            fill_opacity=look.fill_opacity if self.fill_opacity is None else self.fill_opacity,
        )

    def fill(self, kind: str) -> str:
        """Return the colour of a zone's ground; the opacity is the style's."""
        return self.fills.get(kind) or self.colours.get(kind, style.KIND_COLOURS[kind])

    def in_colour(self, colour: str, ink: str) -> "Theme":
        """Return the theme with zones of every kind in one colour: that of the side they are on, say."""
        return replace(self, colours=dict.fromkeys(Kind, colour), inks=dict.fromkeys(Kind, ink), fills={})


COLOUR = Theme("colour")

# Tones are spread so that neighbours on these maps (cluster, park, subarea, core) stay apart on a copier.
PRINT = Theme(
    "print",
    ink="#111111",
    ink_soft="#3A3A3A",
    accent="#111111",
    rule="#C8C8C8",
    sea="#E6E6E6",
    land="#FFFFFF",
    outside="#F5F5F5",
    water="#E0E0E0",
    coast="#9A9A9A",
    district_line="#7A7A7A",
    subdistrict_line="#BDBDBD",
    road="#C4C4C4",
    station="#6A6A6A",
    district_name="#5A5A5A",
    sea_name="#5A5A5A",
    graticule="#B0B0B0",
    colours={
        **dict.fromkeys(Kind, "#4A4A4A"),
        **{Kind.CORRIDOR: "#111111", Kind.CORE: "#111111", Kind.CLUSTER: "#333333"},
        **{Kind.SUBAREA: "#6E6E6E", Kind.PARK: "#555555", Kind.REGION: "#777777"},
        **dict.fromkeys((Kind.AXIS, Kind.RING, Kind.BELT), "#666666"),
    },
    inks=dict.fromkeys(Kind, "#111111"),
    fills={
        **dict.fromkeys(Kind, "#A8A8A8"),
        **{Kind.CORRIDOR: "#DDDDDD", Kind.CORE: "#6F6F6F", Kind.CLUSTER: "#BBBBBB", Kind.PARK: "#D4D4D4"},
        **{Kind.SUBAREA: "#EEEEEE", Kind.PLATFORM: "#999999", Kind.STREET: "#888888", Kind.REGION: "#F0F0F0"},
        **dict.fromkeys((Kind.AXIS, Kind.RING, Kind.BELT), "#E8E8E8"),
    },
    fill_opacity=0.6,
    hatch_opacity=0.75,
)

DARK = Theme(
    "dark",
    ink="#F1F4F8",
    ink_soft="#B4C0CC",
    accent="#FFD166",
    paper="#111A24",
    rule="#33414F",
    halo="#111A24",
    sea="#0C131B",
    land="#22303E",
    outside="#18222D",
    water="#15202B",
    coast="#4B5C6D",
    district_line="#6C7D8E",
    subdistrict_line="#3B4A59",
    road="#455565",
    station="#8A99A8",
    district_name="#A5B4C3",
    sea_name="#8FA9BF",
    graticule="#3B4A59",
    colours={
        Kind.CORRIDOR: "#FF8A3D",
        Kind.CORE: "#4FA8F0",
        Kind.CLUSTER: "#2CC79A",
        Kind.PARK: "#F5B83D",
        Kind.SUBAREA: "#86CDF5",
        Kind.PLATFORM: "#B892EA",
        Kind.NODE: "#C3CBD3",
        Kind.REGION: "#CFA36F",
        **dict.fromkeys((Kind.STREET, Kind.AXIS, Kind.RING, Kind.BELT), "#EE9FCB"),
    },
    inks={
        Kind.CORRIDOR: "#FFB27F",
        Kind.CORE: "#93CBFA",
        Kind.CLUSTER: "#74E0C0",
        Kind.PARK: "#F9D287",
        Kind.SUBAREA: "#B3DFF9",
        Kind.PLATFORM: "#D3BBF3",
        Kind.NODE: "#E0E5EA",
        Kind.REGION: "#E2C39C",
        **dict.fromkeys((Kind.STREET, Kind.AXIS, Kind.RING, Kind.BELT), "#F5C3DF"),
    },
    fill_opacity=0.28,
    hatch_opacity=0.55,
)

THEMES = {each.name: each for each in (COLOUR, PRINT, DARK)}


def theme(name: str) -> Theme:
    """Return a theme by name.

    Raises
    ------
    InputError
        When there is no such theme.
    """
    if name not in THEMES:
        raise InputError(f"Theme '{name}' is not known; choose one of {', '.join(THEMES)}.")
    return THEMES[name]
