"""The map of shapes before and after, taken away as a sheet: two revisions, or zones and their official boundaries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas
import numpy as np
import shapely
import streamlit as st

from layers import style
from ui import cache, takeaway
from ui.desk.desk_history_view import Names
from ui.sentences.sentences import translate
from ui.sheets import page_pictures
from ui.words.i18n import t
from zones import Atlas
from zones.official.adopting import Preview
from zones.schema import STORAGE_CRS
from zones.units import UNITS, Unit, format_area
from zones.workspace.workspace import features_at
from zones.workspace.workspace_compare import ZoneChange

if TYPE_CHECKING:
    from layers.sheets.sheet_added import Added

MOST_NAMED = 8
"""Zones whose areas stand under the legend; the rest are counted."""

BEFORE, AFTER = 0, 1


@dataclass(frozen=True)
class Outline:
    """A shape to draw: before or after, and how sure its outline is (None where nobody said)."""

    shape: shapely.Geometry
    state: int
    grade: str | None


@dataclass(frozen=True)
class Picture:
    """What a sheet of before and after shows.

    Attributes
    ----------
    title : str
    outlines : tuple of Outline
    looks : (str, str)
        What the legend calls the shapes before and after.
    areas : tuple of str
        A line for each zone.
    facts : mapping
        JSON data that the file keeps of what was compared.
    """

    title: str
    outlines: tuple[Outline, ...]
    looks: tuple[str, str]
    areas: tuple[str, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)


def of_revisions(
    path: Path, changes: tuple[ZoneChange, ...], pair: tuple[int, int], names: Names, unit: Unit, lang: str
) -> Picture:
    """Return what two revisions of a workspace have otherwise, drawn by the grades each had."""
    grades = [features_at(path, each).set_index(["zone_id", "part"])["grade"].to_dict() for each in pair]
    found, areas = [], []
    for change in changes:
        parts = {
            "extent": (change.geometry_before, change.geometry_after),
            "axis": (change.axis_before, change.axis_after),
        }
        for part, shapes in parts.items():
            if shapes[BEFORE] != shapes[AFTER]:
                found += [Outline(shape, state, grades[state].get((change.zone_id, part)))
                          for state, shape in enumerate(shapes) if shape is not None]  # fmt: skip
        sizes = ((change.area_before_m2, change.error_before_m2), (change.area_after_m2, change.error_after_m2))
        areas.append(_area_line(names.get(change.zone_id) or change.zone_id, sizes, unit, lang))
    looks = (t("picture_before", lang), t("picture_after", lang))
    title = t("picture_revisions", lang, old=pair[0], new=pair[1])
    return Picture(title, tuple(found), looks, tuple(areas), {"revisions": list(pair)})


def of_preview(told: Preview, layer: str, zone_id: str | None, unit: Unit, lang: str) -> Picture:
    """Return zones as they are and as the official boundaries that were supplied; of one zone or of all."""
    found = []
    for each in told.zone_ids if zone_id is None else (zone_id,):
        for column, grade in (("geometry", "grade"), ("axis", "axis_grade")):
            shapes = [state.zones.at[each, column] for state in (told.before, told.after)]
            states = [state.zones.at[each, grade] for state in (told.before, told.after)]
            found += [Outline(shape, state, states[state]) for state, shape in enumerate(shapes)
                      if isinstance(shape, shapely.Geometry)]  # fmt: skip
    rows = told.follows.zones[told.follows.zones["part"] == "extent"]
    areas = [
        _area_line(
            told.after.zones.at[row.zone_id, f"name_{lang}"],
            ((row.size_before, row.size_error_before), (row.size_after, row.size_error_after)), unit, lang,
        )
        for row in rows.itertuples()
        if zone_id in (None, row.zone_id)
    ]  # fmt: skip
    looks = (t("picture_before", lang), t("picture_official", lang))
    return Picture(t("picture_adopted", lang, layer=layer), tuple(found), looks, tuple(areas), {"layer": layer})


def _area_line(name: str, sizes: Sequence[tuple[float | None, float | None]], unit: Unit, lang: str) -> str:
    said = [
        "—" if area is None or np.isnan(area) else format_area(area, None if error is None else float(error), unit)
        for area, error in sizes
    ]
    return t("picture_area", lang, name=name, before=said[0], after=said[1], unit=UNITS[unit][lang == "en"])


def added(picture: Picture, lang: str) -> "Added":
    """Return the shapes as a layer of a sheet: grey before, blue after, dashes by grade."""
    from layers.sheets.sheet_added import Added, Look, Overlay

    drawn = geopandas.GeoDataFrame(
        {"look": [each.state for each in picture.outlines], "grade": [each.grade for each in picture.outlines]},
        geometry=[each.shape for each in picture.outlines], crs=STORAGE_CRS,
    )  # fmt: skip
    looks = (Look(picture.looks[BEFORE], style.INK_SOFT, opacity=0.1, edge_px=1.6),
             Look(picture.looks[AFTER], style.ACCENT, opacity=0.16, edge_px=2.2))  # fmt: skip
    rest = len(picture.areas) - MOST_NAMED
    notes = [
        *picture.areas[:MOST_NAMED],
        *([t("picture_more", lang, n=rest)] if rest > 0 else []),
        t("picture_dash", lang),
    ]
    overlay = Overlay(
        t("picture_head", lang), drawn, looks, tuple(notes), facts={"name": picture.title, **picture.facts}
    )
    return Added((overlay,), fit=True)


def sheet(atlas: Atlas, picture: Picture, form: str, lang: str) -> bytes:
    """Return the picture as a file, for internal use, passport inside."""
    from layers.sheets.own_overlay import cut

    title = cut(picture.title, page_pictures.LONGEST_TITLE)
    return page_pictures.sheet(atlas, atlas.zones.iloc[:0], title, added(picture, lang), form, lang)


def buttons(shapes: Iterable[shapely.Geometry], name: str, make: Callable[[], Picture], lang: str, key: str) -> None:
    """Show a button for each format of a picture, or say why no paper holds it; nothing where there is no shape.

    Parameters
    ----------
    shapes : iterable of shapely geometries
        All that the picture will show, EPSG:4490.
    name : str
        Of the file.
    make : callable
        Makes the picture when a button is pressed.
    """
    box = [float(each) for each in shapely.total_bounds(np.array(list(shapes), dtype=object))]
    if not np.isfinite(box).all():
        return
    reason = page_pictures.no_sheet(box)
    if reason is not None:
        st.caption(translate(reason, lang))
        return
    takeaway.picture_buttons(lambda form: sheet(cache.atlas(), make(), form, lang), name, lang, key=key)
