"""What the page of counts shows: a job under way, and its answer as figures, chart, table, map and files."""

from functools import partial
from typing import Any

import streamlit as st

from layers.tables import tabulation_tables
from layers.tables.tabulation_tables import Origin
from ui import cache, components, map_component, receipt_view, state, takeaway
from ui.counting import tabulate_job, tabulate_receipts, tabulate_source, tabulate_view
from ui.counting.tabulate_job import Job, Order, Outcome, Stopped
from ui.pickers import unit_picker
from ui.sentences import faults
from ui.sheets import page_pictures
from ui.state import View
from ui.words.i18n import t
from zones.counting.counted import shapes_in_zone
from zones.counting.parcel_stream import open_layer
from zones.errors import ZonesError
from zones.select import select
from zones.units import UNITS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
POLL_S = 0.4
ZONE = "tabulate-zone"
DRAWN = "tabulate-drawn"


def start(order: Order) -> None:
    """Start counting, and show the page anew with its progress."""
    tabulate_job.start(order, select(cache.atlas().zones, order.selection))
    st.rerun()


@st.fragment(run_every=POLL_S)
def progress(lang: str) -> None:
    """Show how far the job is, and a button that stops it; the page comes anew when it is done."""
    job = tabulate_job.current()
    if job is None or not tabulate_job.is_running(job):
        st.rerun()
    with st.container(key="tabulate-progress"):
        done, features = job.progress.done, job.progress.features
        text = t("counting_start", lang, name=job.order.name)
        if job.stop.is_set():
            text = t("stopping_count", lang)
        elif features:
            text = t("counting", lang, name=job.order.name, done=f"{done:,}", all=f"{features:,}")
        st.progress(done / features if features else 0.0, text=tabulate_view.plain(text))
        st.button(t("stop_count", lang), on_click=job.stop.set, disabled=job.stop.is_set(), key="tabulate-stop")


def result(view: View, job: Job) -> None:
    """Show what came out of a job that is done."""
    try:
        _answer(view, job.order, job.future.result())
    except Stopped:
        st.info(t("count_stopped", view.lang))
    except ZonesError as error:
        # The file may be gone by the time its features are to be drawn.
        faults.show(tabulate_job.sentence(error, job.order), view.lang)


def _answer(view: View, order: Order, outcome: Outcome) -> None:
    lang, atlas, found = view.lang, cache.atlas(), outcome.found
    located = sum(tabulate_source.has_polygon(atlas, zone_id) for zone_id in order.zones)
    passed = t("count_passed", lang, n=len(order.zones) - located) if located < len(order.zones) else ""
    field = order.field or t("no_class_field", lang)
    name = " · ".join(filter(None, (order.name, order.layer)))
    told = t("count_of", lang, name=name, field=field, zones=located, passed=passed)
    st.subheader(tabulate_view.plain(told), anchor=False)
    st.html(tabulate_view.figures(found, outcome.tally, lang))
    st.caption(t("tally_note", lang))
    if not found.issues.empty:
        with st.expander(t("odd_features", lang, n=f"{found.repaired + found.left_out:,}")):
            st.html(tabulate_view.odd_list(found.issues, lang))
            if found.repaired + found.left_out > tabulate_view.MOST_ODD:
                st.caption(t("odd_cut", lang, n=tabulate_view.MOST_ODD))
    if found.table.empty:
        st.info(t("nothing_in_zones", lang))
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        _chart_and_table(view, order, outcome)
    with right, st.container(key="beside"):
        _map(view, order, outcome)


def _chart_and_table(view: View, order: Order, outcome: Outcome) -> None:
    lang, atlas, table = view.lang, cache.atlas(), outcome.found.table
    with st.container(horizontal=True, vertical_alignment="bottom", key="count-bar"):
        head = st.empty()
        unit = unit_picker(view)
        head.subheader(f"{t('class_chart', lang)} · {UNITS[unit][lang == 'en']}", anchor=False)
    st.html(tabulate_view.legend(table, order.field, lang))
    st.html(tabulate_view.chart(atlas, table, order.field, unit, lang))
    zones = table["zone_id"].nunique()
    if zones > tabulate_view.MOST_BARS:
        st.caption(t("chart_cut", lang, n=tabulate_view.MOST_BARS, all=zones))
    st.subheader(t("by_zone_and_class", lang), anchor=False)
    told = tabulate_view.class_table(atlas, table, order.field, unit, lang)
    components.mount("table", told, picked=state.picked_in_table, see=_see_zone)
    st.caption(tabulate_view.notes(outcome.found, lang))
    if not order.path.is_dir():
        mark = receipt_view.mark(tabulate_receipts.KEY, lang)
        st.html(f"<p class='z-small'>{t('tabulate_receipt', lang)} {mark}</p>")
    _files(view, order, outcome)


def _files(view: View, order: Order, outcome: Outcome) -> None:
    lang, atlas, table = view.lang, cache.atlas(), outcome.found.table
    name = f"{t('tabulate_file', lang)}_{atlas.version}"
    crs = tabulate_source.crs_name(open_layer(order.path, order.layer))
    origin = Origin(order.name, order.layer, order.field, crs, outcome.hashes, order.selection)
    with st.container(horizontal=True):
        if len(table) <= tabulation_tables.MOST_ROWS:
            book = partial(tabulation_tables.tabulation_workbook, atlas, outcome.found, outcome.tally, origin)
            slip = partial(tabulate_receipts.issued, atlas, order, outcome)
            st.download_button(
                t("download_xlsx", lang), lambda: book(view.unit, lang, slip()), f"{name}.xlsx", XLSX,
                on_click="ignore", key="tabulate-xlsx",
            )  # fmt: skip
        else:
            st.caption(t("workbook_too_long", lang, all=f"{len(table):,}"))
        st.download_button(
            t("download_csv", lang), lambda: tabulation_tables.tabulation_csv(atlas, table, view.unit, lang),
            f"{name}.csv", "text/csv", on_click="ignore", key="tabulate-csv",
        )  # fmt: skip


def _see_zone() -> None:
    zone_id = components.said("table", "see")
    if zone_id:
        st.session_state[ZONE] = zone_id


def _map(view: View, order: Order, outcome: Outcome) -> None:
    lang, atlas = view.lang, cache.atlas()
    options = tabulate_view.zone_options(atlas, outcome.found.table, lang)
    if st.session_state.get(ZONE) not in options:
        st.session_state[ZONE] = next(iter(options))
    st.subheader(t("class_map", lang), anchor=False)
    zone_id = st.selectbox(
        t("zone_on_map", lang), list(options), format_func=options.__getitem__, filter_mode=None, key=ZONE,
        label_visibility="collapsed",
    )  # fmt: skip
    told, drawn, counted = _drawn(order, outcome, zone_id, lang)
    map_component.show_classes(view, zone_id, told)
    st.html(tabulate_view.legend(outcome.found.table, order.field, lang))
    takeaway.picture_buttons(
        lambda form: page_pictures.class_sheet(atlas, zone_id, order, outcome, view.unit, form, lang),
        f"{t('class_map', lang)}_{options[zone_id]}", lang, key="class-map",
    )  # fmt: skip
    st.caption(t("drawn_all" if drawn == counted else "drawn_some", lang, n=f"{drawn:,}", all=f"{counted:,}"))


def _drawn(order: Order, outcome: Outcome, zone_id: str, lang: str) -> tuple[dict[str, Any], int, int]:
    """Return the features of a zone for the map, how many are drawn, how many were counted; kept for later runs."""
    ticket = f"{outcome.pairs.name}-{zone_id}-{lang}"
    held = st.session_state.get(DRAWN)
    if held is None or held[0] != ticket:
        zone, layer = cache.atlas().zones.loc[[zone_id]], open_layer(order.path, order.layer)
        with st.spinner(t("drawing_features", lang)):
            most = (tabulate_view.MOST_DRAWN, tabulate_view.MOST_POINTS)
            shapes, counted = shapes_in_zone(layer, outcome.pairs, zone, *most)
            told = tabulate_view.class_shapes(shapes, outcome.found.table, order.field, ticket, lang)
        held = st.session_state[DRAWN] = (ticket, (told, len(shapes), counted))
    kept: tuple[dict[str, Any], int, int] = held[1]
    return kept
