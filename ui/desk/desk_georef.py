"""The bench that lays a plan figure on the ground: figure in, points on both sides, the fit told, the result out."""

import html
import math
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit import runtime

from layers.desk.georef_files import content_of, data_address, residuals_csv
from layers.write import write_atomically
from ui import cache, components, table_files
from ui.desk import georef_session
from ui.desk.desk_top import go_button
from ui.desk.georef_session import Desk
from ui.map_data import styles
from ui.plans.current_values import received
from ui.sentences import faults
from ui.sentences.sentences import translate
from ui.state import View
from ui.words.i18n import strings, t
from ui.words.words_import import CRS_NAMES
from zones.counting.parcel_files import add_part
from zones.errors import InputError, ZonesError
from zones.georeference.georef import LEAST, Method
from zones.georeference.georef_picture import SUFFIXES
from zones.georeference.georef_points import MOST_BYTES as MOST_POINTS_BYTES
from zones.georeference.georef_report import Report
from zones.schema import STORAGE_CRS

PART_BYTES = 8 * 1024**2
LOOK_S = 0.4
RESULTS = ("", "EPSG:4547", "EPSG:4526", "EPSG:4548", "EPSG:4490", "EPSG:3857")
TYPED = ("auto", "EPSG:4490", "EPSG:4547", "EPSG:4526", "gcj02", "bd09", "other")
DOTS = (100, 150, 200, 300, 400)
STEPS = ("starting", "reading", "writing")
DATUMS = ("wgs84", "gcj02", "bd09")
COMING, TROUBLE, SENT = "georef-coming", "georef-trouble", "georef-points-sent"
TITLES = (
    "geo_picture", "geo_map", "geo_opacity", "geo_hint", "geo_hint_more", "geo_hint_ground", "geo_hint_picture",
    "geo_drop", "geo_type", "geo_system", "geo_x", "geo_y", "geo_accuracy", "geo_accuracy_short", "geo_set",
    "geo_points", "geo_point", "geo_use", "geo_pixel", "geo_px", "geo_place", "geo_dx", "geo_dy", "geo_length",
    "geo_left_out", "geo_check", "geo_control", "geo_remove", "geo_slip", "geo_how_map", "geo_how_station",
    "geo_how_typed", "geo_how_file", "zoom_in", "zoom_out", "whole_view", "all_credits",
)  # fmt: skip


def show(view: View) -> None:
    """Show the bench."""
    lang = view.lang
    desk = georef_session.current()
    _figure_box(desk, lang)
    if trouble := st.session_state.get(TROUBLE, ""):
        faults.show(trouble, lang)
    if desk is None:
        st.caption(t("geo_empty", lang))
        return
    if georef_session.busy(desk) and desk.job == "show":
        _progress(lang)
        return
    if desk.info is None:
        if desk.fault:
            faults.show(desk.fault, lang)
        return
    _page_choice(desk, lang)
    # The work comes first on the page, but what is shown on it follows from the choices below it.
    work = st.container()
    method, crs = _choices(lang)
    report, fault = _judge(desk, method, crs)
    with work:
        _bench(desk, report, lang)
    if desk.fault:
        faults.show(desk.fault, lang)
    _told(desk, report, fault, method, lang)
    _result(desk, report, method, crs, lang)


def _figure_box(desk: Desk | None, lang: str) -> None:
    """Show the box that takes the figure, in parts: a scan may be larger than one message."""
    told = {
        "upload": t("geo_upload" if desk is None else "geo_upload_again", lang),
        "upload_note": t("geo_upload_note", lang, most=georef_session.MOST_BYTES >> 20),
        "sending": t("layer_sending", lang),
    }
    data = {"accept": ",".join(SUFFIXES), "most": georef_session.MOST_BYTES, "part": PART_BYTES, "strings": told}
    data |= {"next": st.session_state.get(COMING), "held": desk.path.name if desk else ""}
    with st.container(key="georef-figure" if desk is None else "georef-figure-again"):
        components.mount("upload", data, name="georef-figure", part=_part_came)


def _part_came() -> None:
    said = components.said("georef-figure", "part")
    if not isinstance(said, dict):
        return
    sent, path = received(said), georef_session.folder() / "coming"
    st.session_state[TROUBLE] = ""
    at = int(said.get("at", 0))
    if at == 0:
        path.unlink(missing_ok=True)
    too_large = sent.size > georef_session.MOST_BYTES
    held = sent.size if too_large else add_part(path, at, sent.content)
    st.session_state[COMING] = {"id": str(said.get("id", ""))[:40], "at": held}
    try:
        if too_large:
            raise InputError(f"{sent.name}: is larger than {georef_session.MOST_BYTES >> 20} MB; scan it with fewer "
                             "dots per inch")  # fmt: skip
        if held >= sent.size:
            georef_session.begin(path, sent.name)
    except ZonesError as error:
        st.session_state[TROUBLE] = str(error)


@st.fragment(run_every=LOOK_S)
def _progress(lang: str) -> None:
    """Show how far the other process is; the page itself is rerun when it has ended."""
    desk = georef_session.current()
    if desk is None or not georef_session.busy(desk) or desk.child is None:
        st.rerun()
        return
    step = desk.child.step if desk.child.step in STEPS else "starting"
    st.progress(max(desk.child.share, 0.03), t(f"geo_{desk.job}_{step}", lang))
    if st.button(t("import_cancel", lang), key="georef-cancel"):
        georef_session.stop(desk)
        if desk.info is None:
            georef_session.drop()
        st.rerun()


def _page_choice(desk: Desk, lang: str) -> None:
    """Show which page of a document, and how finely it is drawn."""
    info = desk.info or {}
    size = t("geo_size", lang, width=f"{info['width']:,}", height=f"{info['height']:,}")
    st.html(f"<p class='z-own'><b>{html.escape(desk.name)}</b> <small>{size}</small></p>")
    for _, sentence in info["notes"]:
        st.caption(translate(sentence, lang))
    if info["pages"] == 1 and info["kind"] != "PDF":
        return
    page, dpi = desk.page, desk.dpi
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if info["pages"] > 1:
            label = t("geo_page", lang, n=info["pages"])
            page = int(
                st.number_input(label, 1, info["pages"], desk.page, key=f"georef-page-{desk.path.stem}", width=160)
            )
        if info["kind"] == "PDF":
            dots = sorted({*DOTS, desk.dpi})
            dpi = st.selectbox(
                t("geo_dpi", lang), dots, dots.index(desk.dpi), filter_mode=None, key=f"georef-dpi-{desk.path.stem}",
                width=160,
            )  # fmt: skip
    if (page, dpi) != (desk.page, desk.dpi):
        georef_session.unpack(desk, page, dpi)
        st.rerun()


def _choices(lang: str) -> tuple[Method, str]:
    """Show method and reference system of the result; both outlive a change of bench."""
    held = st.session_state.setdefault("georef-choices", {"method": Method.AFFINE, "crs": ""})
    with st.container(horizontal=True, vertical_alignment="bottom", key="georef-choices-bar"):
        method = st.segmented_control(
            t("geo_method", lang), list(Method), default=held["method"], required=True,
            format_func=lambda each: t(f"geo_{each}", lang), key=f"georef-method-{lang}",
        )  # fmt: skip
        crs = st.selectbox(
            t("geo_result_crs", lang), RESULTS, RESULTS.index(held["crs"]), filter_mode=None, width=300,
            format_func=lambda each: _system(each, lang) if each else t("geo_belt", lang), key=f"georef-crs-{lang}",
        )  # fmt: skip
    held |= {"method": Method(method), "crs": crs}
    st.caption(t("geo_method_note", lang, n=LEAST[Method(method)]))
    return Method(method), crs


def _system(code: str, lang: str) -> str:
    return f"{code} · {CRS_NAMES[code][lang == 'en']}" if code in CRS_NAMES else code


def _judge(desk: Desk, method: Method, crs: str) -> tuple[Report | None, str]:
    if not desk.points:
        return None, ""
    try:
        return georef_session.judged(desk, method, crs)[0], ""
    except ZonesError as error:
        return None, str(error)


def _bench(desk: Desk, report: Report | None, lang: str) -> None:
    """Mount figure, map and table."""
    info = desk.info or {}
    files = cache.map_files()
    accuracy = {layer.layer: float(layer.error_m) for layer in cache.atlas().layers if layer.error_m}
    made = desk.made if desk.made and "record" in desk.made else None
    preview = None
    if made:
        preview = {"url": address(made["web"], "image/webp", "georef-web"), "bounds": made["web_bounds"]}
    systems = [[each, _typed_system(each, lang)] for each in TYPED]
    data = {
        "lang": lang,
        "strings": strings(lang, *TITLES),
        "picture": {
            "url": address(desk.shown, "image/jpeg", "georef-shown"), "width": info["width"], "height": info["height"],
        },
        "base_url": files["base_url"], "home": files["home"], "style": styles(lang),
        "credits": cache.credits(lang),
        "accuracy": {"map": accuracy.get("base_roads", 400.0), "station": accuracy.get("base_stations", 60.0)},
        "points": [vars(each) for each in desk.points],
        "revision": desk.revision,
        "residuals": {} if report is None else residuals(desk, report),
        "systems": systems,
        "preview": preview,
    }  # fmt: skip
    components.mount("georef", data, name="georef-bench", points=_points_came)
    _points_box(lang)


def _typed_system(system: str, lang: str) -> str:
    """Return what a system for typed coordinates is called."""
    name = "degrees" if system == STORAGE_CRS else system
    return _system(system, lang) if name.startswith("EPSG") else t(f"geo_in_{name}", lang)


def _points_came() -> None:
    said, desk = components.said("georef-bench", "points"), georef_session.current()
    if desk is not None and isinstance(said, dict):
        georef_session.take_points(desk, said)


def residuals(desk: Desk, report: Report) -> dict[str, dict[str, Any]]:
    """Return what the browser shows of each point's fit, by the point's id."""
    at = georef_session.fitted_places(report)
    return {
        point.id: {
            "dx": each.dx_m, "dy": each.dy_m, "length": each.length_m, "pixels": each.length_px,
            "left_out": each.left_out_m, "slip": each.slip, "at": place,
        }
        for point, each, place in zip(desk.points, report.residuals, at, strict=True)
    }  # fmt: skip


def _points_box(lang: str) -> None:
    """Show the box that takes a file of points, and what its coordinates refer to."""
    with st.expander(t("geo_file", lang)):
        datum = st.selectbox(
            t("ask_datum", lang), DATUMS, filter_mode=None, key=f"georef-datum-{lang}", width=300,
            format_func=lambda each: t(f"datum_{each}", lang),
        )  # fmt: skip
        st.session_state["georef-datum"] = datum
        told = {"upload": t("geo_file_upload", lang), "upload_note": t("geo_file_note", lang)}
        data = {"accept": ".csv,.txt,.points,.geojson,.json", "most": MOST_POINTS_BYTES, "strings": told}
        components.mount("upload", data, name="georef-points", file=_file_came)
    if (desk := georef_session.current()) is not None and desk.cut:
        st.warning(t("geo_cut", lang, n=desk.cut, most=georef_session.MOST_POINTS))


def _file_came() -> None:
    said, desk = components.said("georef-points", "file"), georef_session.current()
    if desk is None or not isinstance(said, dict):
        return
    sent = received(said)
    path = georef_session.folder() / f"points{Path(sent.name).suffix.lower()}"
    try:
        write_atomically(path, sent.content)
        georef_session.read_sent(desk, path, sent.name, st.session_state.get("georef-datum", "wgs84"))
        desk.fault = ""
    except ZonesError as error:
        desk.fault = str(error).replace(str(path), sent.name)


def _told(desk: Desk, report: Report | None, fault: str, method: Method, lang: str) -> None:
    """Show how good the fit is, and what to beware of."""
    if report is None:
        few = sum(not each.check for each in desk.points) < LEAST[method]
        if few:
            st.info(t("geo_few", lang, n=len(desk.points), least=LEAST[method]))
        elif fault:
            faults.show(fault, lang)
        return
    st.html(figures(report, lang))
    st.caption(t("geo_figures_note", lang))
    for kind, sentence in report.warnings:
        (st.warning if kind != "stretched" else st.info)(translate(sentence, lang))


def figures(report: Report, lang: str) -> str:
    """Return the figures of a fit as HTML."""
    control = sum(not each.check for each in report.residuals)
    checks = len(report.residuals) - control
    spline = report.fitted.method is Method.TPS
    rows = [
        ("geo_rms", metres(report.rms_m), t("geo_rms_of", lang, n=control, px=f"{report.rms_px:.2f}")),
        (
            "geo_standard",
            metres(report.standard_error_m),
            t("geo_dof_none" if spline else "geo_dof", lang, n=report.dof),
        ),
        ("geo_loo", metres(report.loo_rms_m), t("geo_loo_of", lang)),
        ("geo_checks", metres(report.check_rms_m), t("geo_checks_of", lang, n=checks)),
        (
            "geo_error",
            metres(stated(report.error_m), 0, "± "),
            t("geo_error_bare" if report.accuracy_m is None else "geo_error_of", lang),
        ),
    ]
    items = "".join(
        f"<div><dt>{t(key, lang)}</dt><dd>{value}</dd><small>{note}</small></div>" for key, value, note in rows
    )
    return f"<dl class='z-figures z-geo-figures'>{items}</dl>"


def metres(value: float | None, digits: int = 1, before: str = "") -> str:
    """Return metres for a person; a dash where there is no figure."""
    return "—" if value is None else f"{before}{value:,.{digits}f} <small>m</small>"


def stated(error_m: float | None) -> float | None:
    """Return an error rounded up to a whole metre: never smaller than it is."""
    return None if error_m is None else float(math.ceil(error_m - 1e-9))


def _result(desk: Desk, report: Report | None, method: Method, crs: str, lang: str) -> None:
    """Show the buttons that draw the figure on the ground and hand everything over."""
    if desk.points and report is None:
        _downloads(desk, report, lang)
    if report is None:
        return
    made = desk.made if desk.made and "record" in desk.made else None
    fresh = made is not None and made["state"] == georef_session.state_of(desk, method, crs)
    if desk.child is not None:
        _progress(lang)
        return
    with st.container(horizontal=True, vertical_alignment="center", key="georef-result"):
        if st.button(t("geo_make" if not made else "geo_make_again", lang), type="secondary" if fresh else "primary"):
            georef_session.warp(desk, method, crs)
            st.rerun()
        if made and fresh:
            unknown = made["record"]["error_m"] is None
            told = t("geo_no_error", lang) if unknown else None
            if st.button(t("geo_underlay", lang), key="georef-underlay", type="primary", disabled=unknown, help=told):
                one = georef_session.overlay(desk, data_address(made["web"], "image/webp"))
                georef_session.put_overlay(one | {"error_m": stated(one["error_m"])})
                st.session_state["georef-put"] = desk.name
            if st.session_state.get("georef-put") == desk.name:
                go_button("draw", lang, "georef-go-draw")
            name = f"{desk.name.rsplit('.', 1)[0]}_{t('geo_georeferenced', lang)}"
            st.download_button(
                t("geo_tiff", lang), lambda: content_of(made["tif"]), f"{name}.tif", "image/tiff", on_click="ignore",
                key="georef-tiff",
            )  # fmt: skip
    if made and not fresh:
        st.caption(t("geo_stale", lang))
    if made and fresh and st.session_state.get("georef-put") == desk.name:
        st.success(t("geo_put", lang))
    _downloads(desk, report, lang)


def _downloads(desk: Desk, report: Report | None, lang: str) -> None:
    stem = desk.name.rsplit(".", 1)[0]
    with st.container(horizontal=True, key="georef-downloads"):
        points = georef_session.points_text(desk.points).encode("utf-8-sig")
        name = f"{stem}_{t('geo_points', lang)}"
        st.download_button(
            t("geo_points_csv", lang), points, f"{name}.csv", "text/csv", on_click="ignore", key="georef-csv"
        )
        if report is None:
            return
        name = f"{stem}_{t('geo_residuals', lang)}"
        st.download_button(
            t("geo_residuals_csv", lang), residuals_csv(report.residuals), f"{name}.csv", "text/csv", on_click="ignore",
            key="georef-residuals",
        )  # fmt: skip
        table_files.download([residual_table(report, lang)], name, lang, "georef-xlsx")


def residual_table(report: Report, lang: str) -> dict[str, Any]:
    """Return the residuals as the browser's table, for the workbook."""
    heads = ("geo_point", "geo_use", "geo_pixel", "geo_dx", "geo_dy", "geo_length", "geo_length", "geo_left_out")
    units = ("", "", "", " (m)", " (m)", " (m)", f" ({t('geo_px', lang)})", " (m)")
    rows = [
        [each.name, t("geo_check" if each.check else "geo_control", lang), f"{each.column:.1f}, {each.row:.1f}",
         f"{each.dx_m:.2f}", f"{each.dy_m:.2f}", f"{each.length_m:.2f}", f"{each.length_px:.2f}",
         "" if each.left_out_m is None else f"{each.left_out_m:.2f}"]
        for each in report.residuals
    ]  # fmt: skip
    return {
        "lang": lang,
        "caption": t("geo_residuals", lang),
        "columns": [{"title": t(head, lang) + unit} for head, unit in zip(heads, units, strict=True)],
        "rows": [{"cells": [{"text": cell} for cell in row], "find": ""} for row in rows],
    }


def address(path: Path, kind: str, place: str) -> str:
    """Return where this session's browser gets a picture: Streamlit forgets it when the session shows it no more.

    Plan figures may be confidential, and the static folder is open to anyone who knows a name.
    """
    if not runtime.exists():
        return data_address(path, kind)
    return runtime.get_instance().media_file_mgr.add(str(path), kind, place)
