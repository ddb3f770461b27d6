"""Which layer is counted, by which field, under which zones: the choices above the tabulation."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from ui import cache
from ui.counting import tabulate_job
from ui.counting.tabulate_job import Order
from ui.counting.tabulate_view import plain
from ui.imports import own_layers, sending
from ui.imports.sending import Box, Source
from ui.pickers import members, set_picker
from ui.sentences import faults
from ui.state import View
from ui.tree import Tree
from ui.words.i18n import t
from zones import Atlas
from zones.counting import parcel_files
from zones.counting.parcel_stream import ParcelLayer, open_layer
from zones.errors import UnknownZoneError, ZonesError
from zones.repair import POLYGONS
from zones.select import select

MOST_LAYERS = 200
BOXES = "bbox"
"""Column in which GeoParquet keeps the box of each feature: no class for anybody."""

KEPT = "tabulate-kept"


def choose_layer(view: View) -> Source | None:
    """Show where a layer may come from; return the one chosen, None as long as there is none."""
    lang = view.lang
    own = own_layers.layers()
    ways = ["from_upload", "from_path", *(["from_own"] if own else [])]
    _recall("tabulate-way", ways, ways[0])
    way = st.segmented_control(
        t("layer_source", lang), ways, format_func=lambda key: t(key, lang), required=True, key="tabulate-way"
    )
    _keep("tabulate-way", way)
    if way == "from_path":
        return _path_box(lang)
    if way == "from_own":
        chosen = st.selectbox(
            t("from_own", lang), [each.name for each in own], filter_mode=None, key="tabulate-own", width=420,
            label_visibility="collapsed",
        )  # fmt: skip
        return next((Source(each.name, each.path) for each in own if each.name == chosen), None)
    return sending.upload_box(BOX, lang)


def keep(name: str, path: Path) -> Path:
    """Put a layer that has come into a folder of its own; earlier ones go.

    Raises
    ------
    InputError
        If it is no layer that can be counted.
    """
    job = tabulate_job.current()
    if job is not None:
        # What was last counted is still drawn from its file.
        parcel_files.sweep(path.parent, job.order.path)
    return parcel_files.keep(name, path, path.parent)


BOX = Box("layer", ",".join(parcel_files.SENT), keep)


def _recall(key: str, options: Sequence[str | None] = (), first: str | None = None, *, kept: str = "") -> None:
    """Give a picker the choice made before: Streamlit forgets it while another page is up."""
    held = st.session_state.get(KEPT, {}).get(kept or key, first)
    if key not in st.session_state and held is not None and (not options or held in options):
        st.session_state[key] = held


def _keep(key: str, value: str | None) -> None:
    st.session_state.setdefault(KEPT, {})[key] = value


def _path_box(lang: str) -> Source | None:
    if not sending.may_name_files(lang):
        return None
    _recall("tabulate-path")
    text = st.text_input(
        t("layer_path", lang), placeholder=t("layer_path_hint", lang), key="tabulate-path", width=640, max_chars=1000
    )
    _keep("tabulate-path", text)
    return sending.named(text, parcel_files.local)


def choose_counting(tree: Tree, view: View, source: Source | None, *, busy: bool) -> Order | None:
    """Show the choices for a layer; return what to count once the button is pressed, which waits while one is busy."""
    if source is None:
        st.caption(t("layer_none", view.lang))
        return None
    if source.path is None:
        faults.show(source.fault or "", view.lang)
        return None
    with st.container(horizontal=True, vertical_alignment="bottom", key="tabulate-bar"):
        layer = _layer_picker(source.path, view.lang)
        parcels = _open(source.path, source.name, layer, view.lang)
        if parcels is None:
            return None
        field = _field_picker(parcels, view.lang)
        _recall(f"zone_set-{view.lang}", kept="zone_set")
        chosen = set_picker(tree, view, "zone_set")
        _keep("zone_set", chosen)
        pressed = st.button(t("start_count", view.lang), type="primary", disabled=busy, key="tabulate-start")
    told = t("layer_chosen", view.lang, name=source.name, n=f"{parcels.features:,}", crs=crs_name(parcels))
    st.caption(plain(told))
    ids = members(tree, view, chosen)
    if not ids:
        st.info(t("empty_map", view.lang))
    if not pressed or not ids:
        return None
    return Order(source.name, source.path, layer, field, ids, selection(chosen, ids))


def crs_name(parcels: ParcelLayer) -> str:
    """Return the short name of a layer's CRS, such as EPSG:4547."""
    known = parcels.crs.to_authority()
    return ":".join(known) if known else str(parcels.crs.name)


def selection(chosen: str, ids: tuple[str, ...]) -> str:
    """Return zones as `zones tabulate --zones` takes them: the set's own name where it names just these."""
    zones = cache.atlas().zones
    try:
        named = set(select(zones, chosen).index)
    except UnknownZoneError:
        named = set()
    return chosen if named == set(ids) else ",".join(ids)


def _layer_picker(path: Path, lang: str) -> str | None:
    names = parcel_files.layer_names(path)[:MOST_LAYERS]
    if len(names) < 2:
        return None
    chosen: str = st.selectbox(t("layer_of_file", lang), names, filter_mode=None, key="tabulate-layer", width=220)
    return chosen


def _open(path: Path, name: str, layer: str | None, lang: str) -> ParcelLayer | None:
    try:
        return open_layer(path, layer)
    except ZonesError as error:
        faults.show(str(error).replace(str(path), name), lang)
        return None


def _field_picker(parcels: ParcelLayer, lang: str) -> str | None:
    options = [None, *(name for name in parcels.fields if name != BOXES)]
    # A new layer has other fields: what was chosen before means nothing there.
    kept = f"tabulate-field-{parcels.path}-{parcels.layer}"
    _recall(f"{kept}-{lang}", options, kept=kept)
    chosen: str | None = st.selectbox(
        t("class_field", lang), options, format_func=lambda name: t("no_class_field", lang) if name is None else name,
        filter_mode=None, key=f"{kept}-{lang}", width=220,
    )  # fmt: skip
    _keep(kept, chosen)
    return chosen


def has_polygon(atlas: Atlas, zone_id: str) -> bool:
    """Tell whether a zone has ground to count under."""
    shape = atlas.zones.geometry[zone_id]
    return shape is not None and shape.geom_type in POLYGONS and not shape.is_empty
