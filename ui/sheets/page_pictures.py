"""What the maps beside a table show, as sheets to take away: the same zones, grounds, sides and classes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas
import pandas as pd

from layers import style
from layers.tables.tabulation_tables import rule_text
from ui import overlap_view
from ui.counting import tabulate_receipts, tabulate_view
from ui.counting.tabulate_job import Order, Outcome
from ui.sheets import own_picture
from ui.sheets.own_picture import OwnPicture
from ui.words.i18n import t
from zones import Atlas
from zones.counting.counted import shapes_in_zone
from zones.counting.parcel_stream import open_layer
from zones.errors import InputError
from zones.measure import measure
from zones.proof.receipts import overlap_receipts
from zones.units import UNITS, Unit, format_area

if TYPE_CHECKING:
    from layers.sheets.sheet_added import Added

MOST_DRAWN, MOST_POINTS = 200_000, 3_000_000
"""Features and vertices of a class map in print: many more than a browser draws."""
LONGEST, LONGEST_TITLE = 14, 40
"""Signs of the name of a class in a line of the legend, and of a file in a title."""

# Drawing libraries are heavy and rarely asked for: all below loads them when a button is pressed.


def named(title: str, frame: geopandas.GeoDataFrame, lang: str) -> str:
    """Return the title of a small map with the first two of its zones."""
    comma = "、" if lang == "zh" else ", "
    return f"{title}{'：' if lang == 'zh' else ': '}{comma.join(frame[f'name_{lang}'].iloc[:2])}"


def sheet(atlas: Atlas, frame: geopandas.GeoDataFrame, title: str, added: "Added", form: str, lang: str) -> bytes:
    """Return zones with what is drawn over them as a sheet for internal use, passport inside.

    Parameters
    ----------
    form : {"pdf", "svg", "png"}
    """
    from layers.sheets.sheet import draw_sheet
    from layers.sheets.sheet_files import sheet_file
    from layers.sheets.sheet_plan import Order as SheetOrder

    return sheet_file(atlas, draw_sheet(atlas, frame, SheetOrder(title, lang=lang), added), form)[0]


def pair_sheet(atlas: Atlas, pair: tuple[str, str], pairs: pd.DataFrame, unit: Unit, form: str, lang: str) -> bytes:
    """Return the map of two zones and the ground they share."""
    frame = atlas.zones.loc[list(pair)]
    return sheet(atlas, frame, named(t("pair_map", lang), frame, lang), pair_added(atlas, pair, pairs, unit, lang),
                 form, lang)  # fmt: skip


def sides_sheet(atlas: Atlas, sides: Sequence[dict[str, Any]], form: str, lang: str) -> bytes:
    """Return the map of the zones of a contradiction."""
    frame = atlas.zones.loc[[zone_id for side in sides for zone_id in side["zones"]]]
    return sheet(atlas, frame, named(t("conflict_map", lang), frame, lang), sides_added(sides), form, lang)


def class_sheet(atlas: Atlas, zone_id: str, order: Order, outcome: Outcome, unit: Unit, form: str, lang: str) -> bytes:
    """Return the map of a zone and the features counted in it."""
    frame = atlas.zones.loc[[zone_id]]
    layer = open_layer(order.path, order.layer)
    shapes, counted = shapes_in_zone(layer, outcome.pairs, frame, MOST_DRAWN, MOST_POINTS)
    added = class_added(atlas, Counted(order, outcome, zone_id, shapes, counted), unit, lang)
    receipt = tabulate_receipts.issued(atlas, order, outcome)
    added = added if receipt is None else replace(added, receipts=(receipt,))
    return sheet(atlas, frame, named(t("class_map", lang), frame, lang), added, form, lang)


def import_sheet(atlas: Atlas, path: Path, name: str, form: str, lang: str) -> bytes:
    """Return the map of a layer brought along, over the base map alone.

    Parameters
    ----------
    path : Path
        GeoParquet in EPSG:4490.
    name : str
        Of the file, as its reader knows it.
    """
    from layers.sheets.own_overlay import cut

    title = t("import_picture", lang, name=cut(Path(name).stem, LONGEST_TITLE))
    own = OwnPicture(path, name, imported=True, download=own_picture.downloaded(Path(name).stem))
    added = own_picture.added(own, lang, fit=True)
    return sheet(atlas, atlas.zones.iloc[:0], title, added, form, lang)


def no_sheet(box: Sequence[float]) -> str | None:
    """Return why no sheet can hold what lies in a box (west, south, east, north in degrees); None where one can."""
    from layers.sheets.sheet_frame import Box, plane_window, view

    west, south, east, north = box
    try:
        view(plane_window((west, south, east, north)), Box(0.0, 0.0, 150.0, 150.0))
    except InputError as error:
        return str(error)
    return None


def pair_added(atlas: Atlas, pair: tuple[str, str], pairs: pd.DataFrame, unit: Unit, lang: str) -> "Added":
    """Return the ground two zones share, hatched, with its area, its shares and its receipt.

    Parameters
    ----------
    pairs : pandas.DataFrame
        As `zones.overlap.pairs` has them; holds the pair.
    """
    from layers.sheets.sheet_added import Added, Look, Overlay

    row, frame = pairs[(pairs["a_id"] == pair[0]) & (pairs["b_id"] == pair[1])], atlas.zones.loc[list(pair)]
    found, name = row.iloc[0], UNITS[unit][lang == "en"]
    # No digit that the surer of the two zones cannot carry; the receipt holds them all.
    area = format_area(found["overlap_m2"], float(measure(frame)["error_m2"].min()), unit).split(" ± ")[0]
    shares = [overlap_view.percent(found[each]) for each in ("share_of_a", "share_of_b")]
    names = frame[f"name_{lang}"]
    notes = [t("shared_share", lang, zone=zone, share=share) for zone, share in zip(names, shares, strict=True)]
    notes.append(t("shared_digits", lang))
    shapes = geopandas.GeoDataFrame({"look": [0]}, geometry=[overlap_view.shared_shape(atlas.zones, *pair)],
                                    crs=atlas.zones.crs)  # fmt: skip
    # Without a line of its own: a solid one would hide how sure the outlines are.
    look = Look(t("shared_area", lang, area=area, unit=name), style.INK, "back", 0.12, edge_px=0)
    receipts = overlap_receipts(atlas, frame.iloc[[0]], frame.iloc[[1]], row)
    return Added((Overlay(t("shared_ground", lang), shapes, (look,), tuple(notes)),), receipts=receipts)


def sides_added(sides: Sequence[dict[str, Any]]) -> "Added":
    """Return the sides of a contradiction in their colours (see `conflict_view.sides`)."""
    from layers.sheets.sheet_added import Added, Side

    return Added(sides=tuple(Side(each["label"], each["colour"], each["ink"], tuple(each["zones"])) for each in sides))


@dataclass(frozen=True)
class Counted:
    """A zone of a tabulation, the features counted there that can be drawn, and how many were counted in all."""

    order: Order
    outcome: Outcome
    zone_id: str
    shapes: geopandas.GeoDataFrame
    features: int


def class_added(atlas: Atlas, held: Counted, unit: Unit, lang: str) -> "Added":
    """Return the features counted in a zone by class, in the looks of the page, with the counts and areas it tells."""
    from layers.sheets.own_overlay import cut, own_overlay
    from layers.sheets.sheet_added import Added, Look, Overlay, Side

    looks, order, found = tabulate_view.looks(held.outcome.found.table), held.order, held.outcome.found
    rows = _rows(found.table[found.table["zone_id"] == held.zone_id], looks, order.field, unit, lang)
    places = [look for look in dict.fromkeys(looks.values()) if look in rows]
    place = [places.index(looks[tabulate_view.known_name(name)]) for name in held.shapes["class"]]
    drawn = geopandas.GeoDataFrame({"look": place}, geometry=held.shapes.geometry.to_numpy(), crs=held.shapes.crs)
    name = " · ".join(filter(None, (order.name, order.layer)))
    facts = {"features": held.features, "field": order.field, "zone_id": held.zone_id, "files": held.outcome.hashes}
    own = own_overlay(drawn, name, lang, facts=facts)
    notes = [own.notes[0], t("class_picture_note", lang, rule=rule_text(found.area_rule, lang))]
    if len(drawn) < held.features:
        notes.append(t("drawn_some", lang, n=f"{len(drawn):,}", all=f"{held.features:,}"))
    made = tuple(Look(rows[look], look.colour, look.hatch) for look in places)
    side = Side(str(atlas.zones.at[held.zone_id, f"name_{lang}"]), style.INK_FAINT, style.INK, (held.zone_id,))
    return Added((Overlay(cut(name), drawn, made, tuple(notes), own.layer, own.credit, own.facts),), (side,))


def _rows(
    table: pd.DataFrame, looks: dict[str | None, tabulate_view.Look], field: str | None, unit: Unit, lang: str
) -> dict[tabulate_view.Look, str]:
    """Return the line of the legend of each look that a zone has: its name, features counted, and their area."""
    names = [tabulate_view.known_name(name) for name in table["class"]]
    counts = table["count_inside"] + table["count_partly"]
    parts = pd.DataFrame({"count": counts.to_numpy(), "area": table["area_m2"].to_numpy()})
    lines = {}
    for look in dict.fromkeys(looks[name] for name in names):
        held = [looks[name] == look for name in names]
        labels = [tabulate_view.class_name(name, field, lang) for name in names if looks[name] == look]
        area = tabulate_view.number(float(parts.loc[held, "area"].sum()), unit)
        count = f"{int(parts.loc[held, 'count'].sum()):,}"
        label = _joined(labels, lang)
        lines[look] = t("class_row", lang, name=label, n=count, area=area, unit=UNITS[unit][lang == "en"])
    return lines


def _joined(labels: list[str], lang: str) -> str:
    return _short(labels[0]) if len(labels) == 1 else t("other_classes", lang, n=len(labels))


def _short(name: str) -> str:
    line = " ".join(str(name).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
