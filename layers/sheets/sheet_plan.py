"""What a sheet was asked to show (`Order`) and what it does show (`SheetPlan`), as plain data.

Nothing here draws: a check of public maps, a receipt or a slide can read a plan without a picture.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import shapely

from layers.sheets.sheet_template import Part, Template, template
from layers.sheets.wind_rose import WindRose
from zones.errors import InputError

Use = Literal["internal", "public"]


@dataclass(frozen=True)
class SignOff:
    """Who lets a map go out to the public although the rules stop it, why, and on which day (YYYY-MM-DD)."""

    name: str
    reason: str
    day: str

    def __post_init__(self) -> None:
        """Stop at an empty name or reason, or a day that is none.

        Raises
        ------
        InputError
        """
        if not (self.name.strip() and self.reason.strip()):
            raise InputError("A sign-off needs the name of a person and a reason; give both.")
        try:
            date.fromisoformat(self.day)
        except ValueError:
            raise InputError(f"The day of a sign-off is '{self.day}'; write it as 2026-11-21.") from None


@dataclass(frozen=True)
class Order:
    """What a person asks of a sheet.

    Attributes
    ----------
    title : str
    lang : {"zh", "en"}
    template : Template
    size, theme : str, optional
        In place of the template's.
    scale : int, optional
        Denominator; by default the largest round scale at which all zones fit.
    extent : (west, south, east, north), optional
        Window in degrees that must show; by default all zones with some air.
    organisation, number : str
        编制单位 and 图号; empty cells are left to be filled in by hand.
    review_number : str
        审图号.
    date : str
        Printed as the day of the sheet; without it the day of the data is. The clock is never read.
    wind_rose : WindRose, optional
    show : tuple of str, optional
        Parts in place of the template's.
    use : {"internal", "public"}
        What is for internal use is marked so; a public map must pass `layers.sheets.map_check`.
    sign_off : SignOff, optional
        Lets a public map out in spite of what the rules find.
    signs : bool
        Whether the names of zones are short signs, such as page numbers: never numbered and listed.
    """

    title: str
    lang: str = "zh"
    template: Template = field(default_factory=lambda: template("a4"))
    size: str | None = None
    theme: str | None = None
    scale: int | None = None
    extent: tuple[float, float, float, float] | None = None
    organisation: str = ""
    number: str = ""
    review_number: str = ""
    date: str = ""
    wind_rose: WindRose | None = None
    show: tuple[Part, ...] | None = None
    use: Use = "internal"
    sign_off: SignOff | None = None
    signs: bool = False

    def shows(self, part: Part) -> bool:
        """Tell whether a part is asked for."""
        return part in (self.template.show if self.show is None else self.show)


@dataclass(frozen=True)
class ZoneDrawn:
    """One zone on the sheet: how it is known and how it was drawn.

    Attributes
    ----------
    shape : {"area", "point", "axis"}
    dash : tuple of float
        Of its line, in line widths; empty for a solid line.
    hatch : str
    named : bool
        Whether its name found room, or its number and its name in the list.
    """

    zone_id: str
    name: str
    kind: str
    grade: str | None
    error_m: float | None
    shape: str
    dash: tuple[float, ...]
    hatch: str
    named: bool


@dataclass(frozen=True)
class LabelDrawn:
    """A name on the map and the ground it covers, in mm on the paper from the lower left corner."""

    text: str
    x: float
    y: float
    wide: float
    high: float
    of_zone: bool


@dataclass(frozen=True)
class ScaleBar:
    """The bar of the scale: the metres it says, and how long it stands on paper, measured on the figure."""

    metres: float
    mm: float


@dataclass(frozen=True)
class LayerDrawn:
    """A layer of which something is on the sheet, base map or zones.

    Attributes
    ----------
    layer, title, licence, source, source_date, datum : str
        As the catalogue has them, the title in the language of the sheet.
    parts : tuple of (west, south, east, north)
        Box of each part, in degrees; only of a layer wider than a province (`WIDE_DEG`), which may show a country.
    """

    layer: str
    title: str
    licence: str
    source: str
    source_date: str
    datum: str
    parts: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True)
class BoundaryDrawn:
    """The boundary lines of a base layer on the map, in mm on the paper from the lower left corner."""

    layer: str
    line: shapely.Geometry


@dataclass(frozen=True)
class OverlayDrawn:
    """A layer over the zones: its name, the rows of its legend, features on the map, and what the file keeps of it."""

    head: str
    labels: tuple[str, ...]
    features: int
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class SheetPlan:
    """What a sheet shows.

    Attributes
    ----------
    zones : tuple of ZoneDrawn
    grades : tuple of str
        Grades drawn, axes included.
    base_layers : tuple of str
        Base-map layers of which a mark is on the map.
    extent : (west, south, east, north)
        What the map shows, in degrees.
    scale : int or None
        Denominator; None where no scale is printed.
    bar : ScaleBar or None
    north : bool
        Whether the arrow to true north is printed.
    crs : str
    review_number, organisation, number, date, data_version, receipt_id : str
        As printed; empty where nothing is.
    indicative, internal : bool
        Whether the sheet says 示意 and 内部用图.
    sources : tuple of str
    labels : tuple of LabelDrawn
    texts : tuple of str
        Every text on the sheet.
    wind_source : str
        Of the wind rose; empty where none is drawn.
    use : {"internal", "public"}
    sign_off : SignOff or None
    layers : tuple of LayerDrawn
        Base map (locator too) and zones.
    boundaries : tuple of BoundaryDrawn
    map_scale : float
        Denominator as measured: ground across the map face over its breadth on paper.
    overlays : tuple of OverlayDrawn
        Layers over the zones.
    """

    title: str
    lang: str
    size: str
    theme: str
    zones: tuple[ZoneDrawn, ...]
    grades: tuple[str, ...]
    base_layers: tuple[str, ...]
    extent: tuple[float, float, float, float]
    scale: int | None
    bar: ScaleBar | None
    north: bool
    crs: str
    review_number: str
    organisation: str
    number: str
    date: str
    data_version: str
    receipt_id: str
    indicative: bool
    internal: bool
    sources: tuple[str, ...]
    labels: tuple[LabelDrawn, ...]
    texts: tuple[str, ...]
    wind_source: str
    use: Use = "internal"
    sign_off: SignOff | None = None
    layers: tuple[LayerDrawn, ...] = ()
    boundaries: tuple[BoundaryDrawn, ...] = ()
    map_scale: float = 0.0
    overlays: tuple[OverlayDrawn, ...] = ()
