"""Which layer is counted, by which field, under which zones: the choices above the tabulation."""

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from ui import cache, components, state
from ui.counting import tabulate_job
from ui.counting.tabulate_job import Order
from ui.counting.tabulate_view import plain
from ui.imports import own_layers
from ui.pickers import members, set_picker
from ui.plans import current_values
from ui.plans.current_values import Sent
from ui.sentences import faults
from ui.state import View
from ui.tree import Tree
from ui.words.i18n import t
from zones import Atlas
from zones.counting import parcel_files
from zones.counting.parcel_stream import ParcelLayer, open_layer
from zones.errors import InputError, UnknownZoneError, ZonesError
from zones.repair import POLYGONS
from zones.select import select

MOST_BYTES = 200 * 1024 * 1024
"""Largest file taken through the browser; a file on this machine may be of any size."""

PART_BYTES = 12 * 1024 * 1024
"""A browser may send 25 MB at a time, and what it sends here grows by a third."""

MOST_LAYERS = 200
BOXES = "bbox"
"""Column in which GeoParquet keeps the box of each feature: no class for anybody."""

KEPT = "tabulate-kept"
TAKEN, COMING = "tabulate-taken", "tabulate-coming"
BOX = "layer-upload"


@dataclass(frozen=True)
class Source:
    """A layer chosen: its name for people, and where it is; `fault` says why there is none."""

    name: str
    path: Path | None
    fault: str | None = None


@dataclass(frozen=True)
class Coming:
    """A file on its way in parts: which sending, and how many bytes are here."""

    id: str
    at: int


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
    taken: Source | None = st.session_state.get(TAKEN)
    _upload_box(taken, lang)
    return taken


@st.fragment
def _upload_box(taken: Source | None, lang: str) -> None:
    told = {
        "upload": t("layer_upload" if taken is None else "layer_upload_again", lang),
        "upload_note": t("layer_upload_note", lang, most=MOST_BYTES >> 20),
        "sending": t("layer_sending", lang),
    }
    # The box takes its words anew whenever what it holds has changed.
    held = [taken.name, taken.path.parent.name if taken.path else taken.fault] if taken else []
    data = {"accept": ".parquet,.geoparquet,.gpkg,.zip", "most": MOST_BYTES, "strings": told, "held": held}
    coming: Coming | None = st.session_state.get(COMING)
    following = {"id": coming.id, "at": coming.at} if coming else None
    components.mount("upload", data | {"part": PART_BYTES, "next": following}, name=BOX, part=_part_came)
    if st.session_state.get(TAKEN) != taken:
        st.rerun()


def _recall(key: str, options: Sequence[str | None] = (), first: str | None = None, *, kept: str = "") -> None:
    """Give a picker the choice made before: Streamlit forgets it while another page is up."""
    held = st.session_state.get(KEPT, {}).get(kept or key, first)
    if key not in st.session_state and held is not None and (not options or held in options):
        st.session_state[key] = held


def _keep(key: str, value: str | None) -> None:
    st.session_state.setdefault(KEPT, {})[key] = value


def _part_came() -> None:
    said = components.said(BOX, "part")
    if not isinstance(said, dict):
        return
    sent = current_values.received(said)
    coming = Coming(str(said.get("id", ""))[:40], int(said.get("at", 0)))
    lang = st.session_state[state.KEY].lang
    folder = own_layers.folder()
    at, taken = take_part(sent, coming, folder / "coming", lang)
    st.session_state[COMING] = replace(coming, at=at)
    if taken is not None:
        st.session_state[TAKEN] = taken


def take_part(sent: Sent, coming: Coming, path: Path, lang: str) -> tuple[int, Source | None]:
    """Take in a part of a file; return how many bytes are there now, and the layer once all are.

    Parameters
    ----------
    sent : Sent
        Name and size of the whole file, and the part.
    coming : Coming
        Which sending it belongs to, and where the part starts.
    path : Path
        Where the parts are put together, in the session's folder.
    """
    if sent.size > MOST_BYTES:
        size = f"{sent.size / 1024**2:.1f}"
        fault = t("layer_too_large", lang, name=sent.name, size=size, most=MOST_BYTES >> 20)
        return sent.size, Source(sent.name, None, fault)
    if coming.at == 0:
        path.unlink(missing_ok=True)
    held = parcel_files.add_part(path, coming.at, sent.content)
    if held > MOST_BYTES or (held < sent.size and not sent.content):
        path.unlink(missing_ok=True)
        return sent.size, Source(sent.name, None, t("layer_not_sent", lang, name=sent.name))
    if held < sent.size:
        return held, None
    job = tabulate_job.current()
    if job is not None:
        # What was last counted is still drawn from its file.
        parcel_files.sweep(path.parent, job.order.path)
    try:
        return sent.size, Source(sent.name, parcel_files.keep(sent.name, path, path.parent))
    except InputError as error:
        return sent.size, Source(sent.name, None, str(error))


def _path_box(lang: str) -> Source | None:
    if not reads_own_files(str(st.get_option("server.address") or ""), st.context.headers):
        st.info(t("path_closed", lang))
        return None
    _recall("tabulate-path")
    text = st.text_input(
        t("layer_path", lang), placeholder=t("layer_path_hint", lang), key="tabulate-path", width=640, max_chars=1000
    )
    _keep("tabulate-path", text)
    if not text or not text.strip():
        return None
    try:
        path = parcel_files.local(text)
    except InputError as error:
        return Source(text, None, str(error))
    return Source(path.name, path)


def reads_own_files(address: str, headers: Mapping[str, str]) -> bool:
    """Tell whether a reader may name files of the machine that runs the app.

    Only where the server listens to this machine alone, and the page was asked for under a name of this machine
    and through no proxy: whoever asks then sits at it.

    Parameters
    ----------
    address : str
        What the server is bound to.
    headers : mapping of str to str
        Of the request.
    """
    held = {name.lower(): value for name, value in headers.items()}
    proxied = held.keys() & {"forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"}
    host = held.get("host", "").rsplit(":", 1)[0].strip("[]")
    return _is_loopback(address) and _is_loopback(host) and not proxied


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


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
