"""What a sheet may show besides zones by kind: layers of a reader's own, ground that zones share, zones by side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas

from layers.sheets.sheet_plan import LayerDrawn
from zones.proof.drawn_receipts import Counts
from zones.proof.receipts import Receipt


@dataclass(frozen=True)
class Look:
    """How one class of an overlay is drawn, and its row in the legend.

    Attributes
    ----------
    label : str
        Text of the row, with what it counts.
    colour : str
    pattern : str
        Key of `layers.sheets.sheet_overlay.PATTERNS`; empty for none.
    opacity : float
        Of the ground, 0 to 1.
    hatch_colour : str
        Of the pattern; the ink of the sheet by default.
    edge_px : float, optional
        Outline in the colour of the look, in CSS pixels; 0 for none. Without, hairlines where features are large.
    """

    label: str
    colour: str
    pattern: str = ""
    opacity: float = 0.85
    hatch_colour: str = ""
    edge_px: float | None = None


@dataclass(frozen=True)
class Overlay:
    """A layer drawn over the zones that is no zone layer of the atlas.

    Attributes
    ----------
    head : str
        Names the layer in the legend and the credits.
    shapes : geopandas.GeoDataFrame
        EPSG:4490, any kind of geometry; column `look`, the place of each row in `looks`. Where there is a column
        `grade`, outlines are drawn by it.
    looks : tuple of Look
        Rows of the legend, in its order.
    notes : tuple of str
        Small lines under them.
    layer : LayerDrawn, optional
        What is known of the layer, for the check of public maps; None where it is cut from zones on the sheet.
    credit : str
        What the sheet says of where it comes from.
    facts : dict
        JSON data that the file keeps of it: name, features, fingerprint.
    counts : Counts, optional
        What its receipt counts, where it comes from a file.
    """

    head: str
    shapes: geopandas.GeoDataFrame
    looks: tuple[Look, ...]
    notes: tuple[str, ...] = ()
    layer: LayerDrawn | None = None
    credit: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    counts: Counts | None = None


@dataclass(frozen=True)
class Side:
    """Zones drawn in a colour of their own in place of that of their kind."""

    label: str
    colour: str
    ink: str
    zones: tuple[str, ...]


@dataclass(frozen=True)
class Added:
    """All that a sheet shows besides zones by kind.

    Attributes
    ----------
    overlays : tuple of Overlay
        The later above.
    sides : tuple of Side
        Where there are any, the legend tells sides in place of kinds.
    fit : bool
        Whether the map window holds the overlays too; without, it fits the zones.
    receipts : tuple of Receipt
        Of figures told, beside those of the areas.
    """

    overlays: tuple[Overlay, ...] = ()
    sides: tuple[Side, ...] = ()
    fit: bool = False
    receipts: tuple[Receipt, ...] = ()

    @property
    def rows(self) -> int:
        """Rows of the legend that they take, beside those of the kinds."""
        return sum(len(each.looks) + 1 for each in self.overlays)

    def inks(self) -> dict[str, str]:
        """Return the ink of the name of each zone that has a side."""
        return {zone_id: side.ink for side in self.sides for zone_id in side.zones}


NOTHING = Added()
