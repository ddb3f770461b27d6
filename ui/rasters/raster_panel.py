"""What the page of raster statistics shows: facts, choices, progress, and the answer with its files."""

import base64
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from layers.rasters.zonal_words import Under
from ui import cache, components, map_component, state
from ui.counting import tabulate_view
from ui.counting.tabulate_source import has_polygon, selection
from ui.counting.tabulate_view import plain
from ui.imports.sending import Source
from ui.pickers import members, set_picker
from ui.rasters import raster_job, raster_names, raster_view
from ui.rasters.raster_job import Job, Known, Order
from ui.sentences import faults
from ui.state import View
from ui.tree import Tree
from ui.words.i18n import t

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
POLL_S = 0.4
ZONE, STAT = "raster-zone", "raster-stat"


def choices(tree: Tree, view: View, source: Source | None, *, busy: bool) -> Order | None:
    """Show the facts of a raster and the choices; return what to compute once the button is pressed."""
    lang = view.lang
    if source is None:
        st.caption(t("raster_none", lang))
        return None
    if source.path is None:
        faults.show(source.fault or "", lang)
        return None
    order = _told(source, lang)
    with st.spinner(t("raster_reading", lang, name=plain(source.name))):
        known = raster_job.known(order)
    order, known = _with_crs(order, known, lang)
    if known.facts is None:
        faults.show(known.fault or "", lang)
        return None
    _facts(order, known.facts, lang)
    return _asked(tree, view, order, known.facts, busy=busy)


def _told(source: Source, lang: str) -> Order:
    """Return the raster with what a person said of it: band and no-data value."""
    assert source.path is not None
    band = int(st.session_state.get("raster-band", 1))
    text = str(st.session_state.get("raster-nodata") or "").strip()
    try:
        nodata = float(text) if text else None
    except ValueError:
        st.error(t("raster_nodata_bad", lang))
        nodata = None
    about = str(source.path)
    if st.session_state.get("raster-about") != about:
        # Another raster: what was said of the one before means nothing here.
        st.session_state["raster-about"] = about
        band, nodata = 1, None
        for key in ("raster-band", "raster-nodata", "raster-crs"):
            st.session_state.pop(key, None)
    crs = str(st.session_state.get("raster-crs") or "").strip() or None
    return Order(source.name, source.path, band, crs, nodata)


def _with_crs(order: Order, known: Known, lang: str) -> tuple[Order, Known]:
    if known.asks_crs or order.crs is not None:
        st.text_input(t("raster_crs", lang), placeholder=t("raster_crs_hint", lang), key="raster-crs", width=320)
    return order, known


def _facts(order: Order, told: dict[str, Any], lang: str) -> None:
    size = {"width": f"{told['width']:,}", "height": f"{told['height']:,}"}
    st.caption(plain(t("raster_facts", lang, name=order.name, crs=f"{told['crs']} {told['crs_name']}", **size)))
    st.html(raster_view.facts(told, lang))
    if told["datum"]:
        st.warning(plain(told["datum"][lang]))
    if told["picture"] is None:
        st.caption(t("raster_no_picture", lang))
    elif told["from_copy"]:
        st.caption(t("raster_copy_note", lang))


def _asked(tree: Tree, view: View, order: Order, told: dict[str, Any], *, busy: bool) -> Order | None:
    lang = view.lang
    with st.container(horizontal=True, vertical_alignment="bottom", key="raster-bar"):
        if told["bands"] > 1:
            bands = list(range(1, min(told["bands"], 500) + 1))
            st.selectbox(t("raster_band", lang), bands, filter_mode=None, key="raster-band", width=100)
        chosen = set_picker(tree, view, "raster_zones")
        st.text_input(
            t("raster_nodata", lang), placeholder=t("raster_nodata_hint", lang), key="raster-nodata", width=160
        )
        with st.container(key="raster-ticks", width="content"):
            per_area = st.checkbox(t("raster_per_area", lang), help=t("raster_per_area_help", lang), key="raster-per")
            classes = told["integer"] and st.checkbox(t("raster_classes", lang), key="raster-classes")
            edges = st.checkbox(t("raster_bracket", lang), help=t("raster_bracket_help", lang), key="raster-bracket")
        pressed = st.button(t("raster_start", lang), type="primary", disabled=busy, key="raster-start")
    names = raster_names.choose(lang) if classes else None
    ids = tuple(own for own in members(tree, view, chosen))
    if not ids:
        st.info(t("empty_map", lang))
    if not pressed or not ids:
        return None
    order = replace(order, zones=ids, selection=selection(chosen, ids), classes=bool(classes), per_area=per_area)
    return replace(order, bracket=edges, **(raster_names.of_order(names) if names else {}))


def start(order: Order) -> None:
    """Start computing, and show the page anew with its progress."""
    raster_job.start(order)
    st.rerun()


@st.fragment(run_every=POLL_S)
def progress(lang: str) -> None:
    """Show how far the job is, and a button that stops it; the page comes anew when it is done."""
    job = raster_job.current()
    if job is None or not raster_job.busy(job):
        st.rerun()
    with st.container(key="tabulate-progress"):
        step, share = (job.child.step, job.child.share) if job.child else ("starting", 0.0)
        st.progress(share, text=f"{plain(job.order.name)} · {t(f'raster_step_{step}', lang)}")
        st.button(t("raster_stop", lang), on_click=lambda: raster_job.stop(job), key="raster-stop")


def result(view: View, job: Job) -> None:
    """Show what came out of a job that has ended."""
    if job.fault is not None:
        faults.show(job.fault, view.lang)
    elif job.answer is None:
        st.info(t("raster_stopped", view.lang))
    else:
        _answer(view, job, job.answer)


def _answer(view: View, job: Job, answer: dict[str, Any]) -> None:
    lang, order, rows = view.lang, job.order, answer["rows"]
    passed = t("raster_passed", lang, n=len(answer["passed"])) if answer["passed"] else ""
    told = t("raster_of", lang, name=order.name, zones=len(rows), passed=passed)
    st.subheader(plain(told), anchor=False)
    if not any(row["count"] for row in rows):
        st.info(t("raster_outside", lang))
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        _table(view, job, rows)
        _histogram(view, answer, rows)
        if answer["classes"]:
            _classes(view, answer["classes"])
    with right, st.container(key="beside"):
        _map(view, job, answer)


def _table(view: View, job: Job, rows: list[dict[str, Any]]) -> None:
    lang, atlas = view.lang, cache.atlas()
    st.subheader(t("raster_by_zone", lang), anchor=False)
    if doubt := raster_view.doubt(rows, lang):
        st.warning(doubt)
    told = raster_view.zone_table(atlas, rows, lang, per_area=job.order.per_area)
    components.mount("table", told, picked=state.picked_in_table, see=_see_zone)
    for note in raster_view.notes(rows, lang):
        st.caption(note)
    if job.order.bracket:
        st.caption(t("raster_bracket_note", lang))
    st.caption(t("raster_note", lang))
    _files(job, lang)


def _files(job: Job, lang: str) -> None:
    name = f"{t('raster_file', lang)}_{cache.atlas().version}"
    kinds: tuple[tuple[str, str, Callable[[], bytes], str, str], ...] = (
        ("download_xlsx", "xlsx", lambda: raster_job.file_of(job, f"{lang}.xlsx"), XLSX, "xlsx"),
        ("download_csv", "csv", lambda: raster_job.file_of(job, f"{lang}.csv"), "text/csv", "csv"),
        ("raster_receipt", "receipt", lambda: raster_job.receipt_of(job), "application/json", "receipts.json"),
    )
    with st.container(horizontal=True):
        for label, key, make, mime, suffix in kinds:
            st.download_button(t(label, lang), make, f"{name}.{suffix}", mime, on_click="ignore", key=f"raster-{key}")


def _classes(view: View, classes: list[dict[str, Any]]) -> None:
    lang, atlas, frame = view.lang, cache.atlas(), raster_view.class_frame(classes)
    st.subheader(f"{t('raster_class_chart', lang)} · km²", anchor=False)
    st.html(tabulate_view.legend(frame, "class", lang))
    st.html(tabulate_view.chart(atlas, frame, "class", "km2", lang))
    zones = frame["zone_id"].nunique()
    if zones > tabulate_view.MOST_BARS:
        st.caption(t("chart_cut", lang, n=tabulate_view.MOST_BARS, all=zones))
    st.subheader(t("raster_by_class", lang), anchor=False)
    told = raster_view.class_table(atlas, classes, lang)
    components.mount("table", told, name="raster-classes", picked=_picked_in_classes)


def _picked_in_classes() -> None:
    zone_id = components.said("raster-classes", "picked")
    if zone_id:
        state.pick(zone_id, go=True)


def _see_zone() -> None:
    zone_id = components.said("table", "see")
    if zone_id:
        st.session_state[ZONE] = zone_id


def _map(view: View, job: Job, answer: dict[str, Any]) -> None:
    lang, atlas = view.lang, cache.atlas()
    labels = raster_view.figures(answer, lang, per_area=job.order.per_area)
    key = f"{STAT}-{lang}"
    if st.session_state.get(key) not in labels:
        st.session_state[key] = next(iter(labels))
    name: str = st.selectbox(
        t("raster_stat", lang), list(labels), format_func=labels.__getitem__, filter_mode=None, key=key
    )
    rows = raster_view.with_shares(answer)
    made, places = raster_view.classed(rows, name)
    fill = raster_view.fills(made, places)
    known = raster_job.known(replace(job.order, zones=(), selection="all")).facts
    raster = None
    if known and known["picture"]:
        raster = {"url": f"data:image/png;base64,{known['picture']}", "bounds": known["bounds"]}
    visible = tuple(own for own in fill if has_polygon(atlas, own))
    told = raster_view.shapes(atlas, rows, name, fill, lang)
    map_component.show_zonal(view, visible, told, raster)
    entries = raster_view.entries(made, places, name, lang)
    st.html(raster_view.legend(entries))
    st.caption(t("raster_legend_note", lang))
    under = Under(base64.b64decode(known["picture"]), tuple(known["bounds"])) if raster and known else None
    _pictures(job, entries, fill, labels[name], lang, under)


def _pictures(
    job: Job, entries: list[tuple[str, str]], fill: dict[str, str], stat: str, lang: str, under: Under | None
) -> None:
    subtitle = f"{job.order.name} · {t('raster_band', lang)} {job.order.band}"
    told = raster_view.picture(entries, fill, stat, subtitle, lang, under)
    name = f"{t('raster_map', lang, stat=stat)}_{cache.atlas().version}"

    def make(form: str) -> bytes:
        # Loads slowly; only a press needs it.
        from layers.sheets.sheet_zonal import zonal_picture

        return zonal_picture(cache.atlas(), told, form, lang)

    with st.container(horizontal=True):
        for form, mime in (("png", "image/png"), ("svg", "image/svg+xml")):
            label, key = t(f"raster_picture_{form}", lang), f"raster-picture-{form}"
            st.download_button(label, partial(make, form), f"{name}.{form}", mime, on_click="ignore", key=key)


def _histogram(view: View, answer: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    lang, names = view.lang, cache.atlas().zones[f"name_{view.lang}"]
    options = [row["id"] for row in rows]
    if st.session_state.get(ZONE) not in options:
        st.session_state[ZONE] = next((row["id"] for row in rows if row["count"]), options[0])
    st.subheader(t("raster_histogram", lang), anchor=False)
    own = st.selectbox(
        t("raster_zone", lang), options, format_func=lambda key: str(names[key]), filter_mode=None, key=ZONE,
        label_visibility="collapsed",
    )  # fmt: skip
    svg = raster_view.histogram(answer, own, str(names[own]), lang, None)
    if svg is None:
        st.caption(t("raster_hist_none", lang))
        return
    components.mount("drawing", {"lang": lang, "svg": svg, "label": t("raster_histogram", lang)}, name="histogram")
