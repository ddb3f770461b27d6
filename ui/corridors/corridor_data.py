"""Corridors cut into cells for the page: once for each corridor, its ends and what covers it, then kept."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import geopandas
import pandas as pd
import streamlit as st

from ui import cache
from ui.cache import Stamp
from ui.imports import own_layers
from ui.imports.own_layers import OwnLayer
from zones import Atlas
from zones.corridors.band import Profile
from zones.corridors.corridor import WIDEST_M, Corridor, Ends, HalfWidth, corridor
from zones.corridors.corridor_cells import Cells, cut
from zones.corridors.coverage import curve
from zones.corridors.covers import zone_covers
from zones.file_mark import file_mark
from zones.proof.coverage_receipts import near_covers

HALF_WIDTHS = tuple(50.0 * step for step in range(1, 61))
"""Stops of the slider, 50 m to 3 km; every one is cut, so a move of the slider waits for nothing."""

Widths = tuple[HalfWidth, ...]

OWN, COVERS = "corridor-own", "corridor-own-covers"
KEPT = 4

KNOWN = "corridor-known"
SHOWN = "corridor-shown"
KEPT_STOPS = 6
"""Stops of the slider whose tables and drawings stay at hand: a receipt opened, or a step back, makes none again."""


@dataclass(frozen=True)
class Asked:
    """What a reader chose above the page.

    Attributes
    ----------
    corridors : tuple of str
        Zone ids, the first one in detail.
    ends : "drawn" or "district"
    zones : tuple of str
        Zones that may cover, where no own layer is chosen.
    layer : str or None
        Name of an own layer.
    field : str or None
        Its class field.
    profile : Profile or None
        Half-widths along the axis, for all but the slider and the curve.
    """

    corridors: tuple[str, ...]
    ends: Ends
    zones: tuple[str, ...] = ()
    layer: str | None = None
    field: str | None = None
    profile: Profile | None = None


def cells_of(asked: Asked, corridor_id: str, profile: Profile | None = None) -> Cells:
    """Return the cells of one corridor at every stop of the slider, or at one profile of widths alone."""
    widths = HALF_WIDTHS if profile is None else (profile,)
    if asked.layer is None:
        return _zone_cells(cache.stamp(), corridor_id, asked.ends, asked.zones, widths)
    layer = next(each for each in own_layers.layers() if each.name == asked.layer)
    return _layer_cells(layer, corridor_id, asked, widths)


def basis(asked: Asked) -> tuple[Hashable, ...]:
    """Return what the figures of a choice rest on: the data files, and the own layer as it was imported last."""
    return cache.stamp(), asked, next((each.path for each in own_layers.layers() if each.name == asked.layer), None)


def known(asked: Asked, rests_on: Hashable) -> tuple[Cells, dict[str, pd.DataFrame]]:
    """Return the cells of the first corridor and the curves of all, without asking the caches again for the same.

    They find what they hold by a digest of every id and half-width, which costs more than a table.
    """
    held = st.session_state.get(KNOWN)
    if held is None or held[0] != rests_on:
        cells = cells_of(asked, asked.corridors[0])
        held = st.session_state[KNOWN] = (rests_on, cells, {each: curve_of(asked, each) for each in asked.corridors})
    return held[1], held[2]


def shown(stop: Hashable, what: str, make: Callable[[], Any]) -> Any:  # noqa: ANN401 (what `make` returns)
    """Return what the page shows at one stop of the slider; made once, kept for the last few stops.

    Parameters
    ----------
    stop : hashable
        What the figures rest on (see `basis`), the stop, unit and language.
    what : str
        Which part of the page.
    make : callable
        Makes it.
    """
    held: dict[Hashable, dict[str, Any]] = st.session_state.setdefault(SHOWN, {})
    parts = held.setdefault(stop, {})
    if what not in parts:
        parts[what] = make()
        while len(held) > KEPT_STOPS:
            del held[next(iter(held))]
    return parts[what]


def curve_of(asked: Asked, corridor_id: str) -> pd.DataFrame:
    """Return the width curve of one corridor."""
    cells = cells_of(asked, corridor_id)
    if asked.layer is not None:
        return curve(cells)
    return _zone_curve(cache.stamp(), corridor_id, asked.ends, asked.zones)


@st.cache_resource(max_entries=12, show_spinner=False)
def _zone_cells(key: Stamp, corridor_id: str, ends: Ends, ids: tuple[str, ...], widths: Widths) -> Cells:  # noqa: ARG001 (cache key)
    atlas = cache.atlas()
    covers = zone_covers(atlas.zones.loc[list(ids)], corridor_id)
    return cut(_corridor(atlas, corridor_id, ends), covers, widths)


@st.cache_data(max_entries=24, show_spinner=False)
def _zone_curve(key: Stamp, corridor_id: str, ends: Ends, ids: tuple[str, ...]) -> pd.DataFrame:
    return curve(_zone_cells(key, corridor_id, ends, ids, HALF_WIDTHS))


def _layer_cells(layer: OwnLayer, corridor_id: str, asked: Asked, widths: Widths) -> Cells:
    """Return the cells under an own layer; they stay in the session, as the layer does."""
    held: dict[tuple[object, ...], Cells] = st.session_state.setdefault(OWN, {})
    key = (cache.stamp(), file_mark(layer.path), asked.field, asked.ends, corridor_id, widths)
    if key not in held:
        made = _corridor(cache.atlas(), corridor_id, asked.ends)
        held[key] = cut(made, own_covers(asked, layer, made), widths)
        while len(held) > KEPT:
            del held[next(iter(held))]
    return held[key]


def own_covers(asked: Asked, layer: OwnLayer, made: Corridor) -> geopandas.GeoDataFrame:
    """Return the features of an own layer near a corridor, as receipts know them; kept, as its cells are."""
    held: dict[tuple[object, ...], geopandas.GeoDataFrame] = st.session_state.setdefault(COVERS, {})
    key = (cache.stamp(), file_mark(layer.path), asked.field, asked.ends, made.corridor_id)
    if key not in held:
        held[key] = near_covers(layer.path, 0, asked.field, made, WIDEST_M)
        while len(held) > KEPT:
            del held[next(iter(held))]
    return held[key]


def _corridor(atlas: Atlas, corridor_id: str, ends: Ends) -> Corridor:
    return corridor(atlas, corridor_id, ends=ends)
