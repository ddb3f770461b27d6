"""The fit of a georeferenced picture verified on the page: made again in a process of its own, told in words."""

import html
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from ui import components, table_files, verify_files
from ui.sentences.sentences import translate
from ui.words import words_receipts
from ui.words.i18n import t
from zones.intake.child import Child
from zones.proof.causes import Cause
from zones.proof.georef_again import Judged, judgement
from zones.proof.verify import Stale

JOB = "zones.proof.georef_again:work"
SECONDS = 60.0
MOST_BYTES = 2 * 1024**3
HELD = "verify-picture"
TAG = "GEOREF_"
METRES = ("rms_m", "standard_error_m", "loo_rms_m", "check_rms_m", "error_m")


def show(path: Path, name: str, lang: str) -> None:
    """Show whether the residuals and errors in a GeoTIFF are those its points give; then ask for the original.

    Raises
    ------
    ZonesError
        If the file is no GeoTIFF, carries no fit, or keeps the other process busy for too long.
    """
    given = verify_files.sources()
    found = _judged(path, name, given, lang)
    st.html(banner(found, name, list(given), lang))
    if found.verdict.stale:
        told = stale_table(found, lang)
        components.mount("table", told, name="stale")
        table_files.download([told], f"{t('verify_file', lang)}_{Path(name).stem}", lang, "verify-xlsx")
    if not given:
        verify_files.ask_source(lang, kind=verify_files.ORIGINAL, accept=verify_files.ORIGINALS)


def _judged(path: Path, name: str, given: Mapping[str, Path], lang: str) -> Judged:
    """Return the verdict; it is found once for each file and what was given with it."""
    files = [path, *given.values()]
    key = [(str(each), each.stat().st_mtime_ns, each.stat().st_size) for each in files]
    held = st.session_state.get(HELD)
    if held is None or held[0] != key:
        request = {"file": str(path.resolve()), "sources": [str(each) for each in given.values()]}
        with st.spinner(t("page_computing", lang), show_time=False):
            answer = Child(JOB, request, name, SECONDS, MOST_BYTES).wait()
        held = st.session_state[HELD] = (key, judgement(answer))
    found: Judged = held[1]
    return found


def banner(found: Judged, name: str, originals: list[str], lang: str) -> str:
    """Return the verdict as HTML: whether all figures of the fit hold, and on what they were made again."""
    stale = len(found.verdict.stale)
    key = "verify_fit_stale" if stale else "verify_fit_holds"
    told = t(key, lang, n=found.figures, m=stale)
    basis = t("verify_fit_basis", lang, name=name, points=found.points)
    if originals and not any(each.id == f"{TAG}SOURCE_SHA256" for each in found.verdict.stale):
        basis += t("verify_fit_original", lang, name=originals[0])
    look = "stale" if stale else "holds"
    return f"<div class='z-verdict z-{look}' role='status'><b>{html.escape(told)}</b><p>{html.escape(basis)}</p></div>"


def stale_table(found: Judged, lang: str) -> dict[str, Any]:
    """Return the figures that do not hold as JSON data for the table of the browser."""
    titles = ("verify_figure", "verify_was", "verify_now", "verify_why")
    columns = [
        {"title": t(title, lang), "number": title in ("verify_was", "verify_now"), "wide": title == "verify_why"}
        for title in titles
    ]
    return {
        "lang": lang, "caption": t("verify_fit_list", lang), "columns": columns,
        "rows": [_row(each, lang) for each in found.verdict.stale],
        "filter": t("filter_rows", lang), "none": t("verify_none", lang),
    }  # fmt: skip


def _row(stale: Stale, lang: str) -> dict[str, Any]:
    name = stale.id.removeprefix(TAG).lower() if stale.id.startswith(TAG) else ""
    label = t(f"fit_{name}", lang) if name else t("fit_point", lang, name=stale.id)
    unit = " m" if name in METRES or not name else ""
    # The hash of a picture and the method are told in words alone.
    bare = name in ("method", "source_sha256")
    numbers = [
        {"text": "—", "sort": None} if bare or value is None
        else {"text": _written(value), "soft": unit, "sort": value}
        for value in (stale.value, stale.now)
    ]  # fmt: skip
    why = "；" if lang == "zh" else "; "
    words = why.join(_sentence(each, lang) for each in stale.causes)
    return {"cells": [{"text": label}, *numbers, {"text": words}], "find": f"{label} {stale.id}".lower()}


def _written(value: float) -> str:
    """Return a number to a tenth of a millimetre, nought without a sign."""
    return f"{round(value, 4) + 0.0:,.4f}"


def _sentence(cause: Cause, lang: str) -> str:
    values = dict(cause.values)
    if "fault" in values:
        values["fault"] = translate(values["fault"], lang)
    if cause.what in ("fit", "residual"):
        named = "name" if cause.what == "fit" else "part"
        values[named] = t(f"fit_{values[named]}", lang)
        values |= {each: _written(float(values[each])) for each in ("was", "now") if values[each] != "none"}
    return words_receipts.CAUSES[cause.what][lang == "en"].format(**values)
