"""The import page part by part: files, progress, the question, the report, and the session's layers."""

import html
from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st

from layers import style
from ui import cache, components, map_component, receipt_view, table_files, takeaway
from ui.imports import import_job, own_layers, uploads
from ui.imports.import_job import Job
from ui.sentences import faults
from ui.sentences.sentences import translate
from ui.sheets import page_pictures
from ui.state import View
from ui.words.i18n import t
from ui.words.words import SEVERITIES
from ui.words.words_import import CRS_NAMES, ENCODING_KNOWN, kind
from zones.intake.encodings import OFFERED
from zones.proof.receipt_files import receipts_of
from zones.proof.receipts import Receipt
from zones.units import format_area

MOST_MB = 100
LOOK_S = 0.5
DATUMS = ("wgs84", "gcj02", "bd09")
STEPS = ("starting", "reading", "placing", "repairing", "writing")
ADDED = "import-added"


def files_box(lang: str) -> None:
    """Show the box for files; files not seen before are taken in and read at once."""
    told = {name: t(f"import_{name}", lang, most=MOST_MB) for name in ("drop", "formats")}
    variables = "".join(f"--{name}:{_css(text)};" for name, text in told.items())
    st.html(f"<style>:root{{{variables}}}</style>")
    kinds = sorted({suffix[1:] for suffix in (*import_job.SUFFIXES, *import_job.BESIDE)})
    version = st.session_state.setdefault("import-box", 0)
    with st.container(key="import-box-frame"):
        chosen = st.file_uploader(
            t("import_box", lang), kinds, accept_multiple_files=True, max_upload_size=MOST_MB, key=f"files-{version}",
            label_visibility="collapsed",
        )  # fmt: skip
    token = tuple(each.file_id for each in chosen)
    uploads.hold(token)
    job = import_job.current()
    if not chosen or (job is not None and job.token == token) or st.session_state.get("import-refused") == token:
        return
    mains = import_job.main_file([each.name for each in chosen])
    if len(mains) != 1:
        st.error(t("import_several", lang, n=len(mains)) if mains else t("import_no_main", lang))
        return
    import_job.begin(token, [(each.name, each.getvalue()) for each in chosen])


def _css(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def clear_box() -> None:
    """Give up the import and empty the box."""
    import_job.drop()
    st.session_state["import-box"] = st.session_state.get("import-box", 0) + 1


def show_job(view: View, job: Job) -> None:
    """Show where an import stands: progress, a question, a fault, or the report."""
    if import_job.busy(job):
        _progress(job, view.lang)
    elif job.question is not None:
        _question(job, view.lang)
    elif job.fault is not None:
        faults.show(job.fault, view.lang)
        if job.curable:
            choices(job, view.lang)
    elif job.report is None:
        st.info(t("import_stopped", view.lang))
    else:
        show_report(view, job, job.report)


@st.fragment(run_every=LOOK_S)
def _progress(job: Job, lang: str) -> None:
    """Show how far the other process is; the page itself is rerun when it has ended."""
    if not import_job.busy(job) or job.child is None:
        st.rerun()
        return
    step, share = job.child.step, job.child.share
    st.progress(
        min(max(share, 0.03), 1.0), _plain(t(f"step_{step}" if step in STEPS else "step_starting", lang, name=job.name))
    )
    if st.button(t("import_cancel", lang), key="import-cancel"):
        import_job.stop(job)
        st.rerun()


def _plain(text: str) -> str:
    """Return text that Markdown shows as it stands."""
    return "".join(f"\\{mark}" if mark in r"\`*_{}[]<>()#+-.!|~:$" else mark for mark in text)


def _question(job: Job, lang: str) -> None:
    """Ask what only the file's owner knows."""
    asked = job.question
    assert asked is not None
    st.subheader(t("import_question", lang), anchor=False)
    st.html(f"<p class='z-which'>{html.escape(translate(str(asked), lang))}</p>")
    with st.form("import-question", border=False):
        if asked.choices:
            # A radio button would read the name of a layer as Markdown, pictures and links included.
            ask: Any = st.selectbox if asked.about == "layer" else st.radio
            answer = ask(
                t(f"ask_{asked.about}", lang), asked.choices, key=f"import-answer-{asked.about}",
                format_func=lambda each: choice_name(asked.about, each, lang),
            )  # fmt: skip
        else:
            answer = st.text_input(
                t(f"ask_{asked.about}", lang), placeholder=t("ask_crs_hint", lang), key="import-answer-text", width=320
            )
        if st.form_submit_button(t("go_on", lang), type="primary") and answer:
            import_job.say(job, **{asked.about: answer})
            st.rerun()
    if asked.about == "encoding":
        samples(job, lang)


def choice_name(about: str, value: str, lang: str) -> str:
    """Return how a choice is called: EPSG:4547 with what it is, a datum in words, all else as it stands."""
    if about in ("datum", "south"):
        return t(f"{about}_{value}", lang)
    if about == "crs" and value in CRS_NAMES:
        return f"{value} · {CRS_NAMES[value][lang == 'en']}"
    return value


def choices(job: Job, lang: str) -> None:
    """Show what a person may say of a file in place of what was found, and read it again."""
    with st.expander(t("import_choices", lang)), st.form("import-choices", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            crs = st.text_input(
                t("ask_crs", lang),
                value=job.told.crs or "",
                placeholder=t("ask_crs_hint", lang),
                key="import-crs",
                width=200,
            )
            datum = st.selectbox(
                t("ask_datum", lang), DATUMS, index=DATUMS.index(job.told.datum or "wgs84"), filter_mode=None,
                format_func=lambda each: choice_name("datum", each, lang), key=f"import-datum-{lang}", width=240,
            )  # fmt: skip
            options = ["", *OFFERED]
            encoding = st.selectbox(
                t("ask_encoding", lang), options, index=options.index(job.told.encoding or ""), filter_mode=None,
                format_func=lambda each: each or t("by_itself", lang), key=f"import-encoding-{lang}", width=180,
            )  # fmt: skip
        if st.form_submit_button(t("import_again", lang)):
            import_job.say(job, crs=crs.strip() or None, datum=datum, encoding=encoding or None, south=None)
            st.rerun()


def samples(job: Job, lang: str) -> None:
    """Show some of a file's text in each encoding it may be in."""
    shown = (job.report or {}).get("previews") or {}
    if not shown:
        return
    st.subheader(t("text_samples", lang), anchor=False)
    rows = "".join(
        f"<tr><th scope='row'>{html.escape(name)}</th><td>{html.escape(' · '.join(texts))}</td></tr>"
        for name, texts in shown.items()
    )
    st.html(f"<table class='z-table z-samples' lang='{lang}'><tbody>{rows}</tbody></table>")
    st.caption(t("text_samples_note", lang))


def show_report(view: View, job: Job, report: dict[str, Any]) -> None:
    """Show what a file was taken for and what became of its features, with a map; offer to accept it."""
    lang = view.lang
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.html(figures(report, lang))
        _layer_file(job, report, lang)
        components.mount("table", facts(report, lang), name="import-facts")
        _accept(job, report, lang)
        choices(job, lang)
        if report["dropped"]:
            st.subheader(t("import_left_out", lang), anchor=False)
            components.mount("table", dropped_table(report, lang), name="import-dropped")
        st.subheader(t("import_findings", lang), anchor=False)
        if report["issues"]:
            components.mount("table", issue_table(report, lang), name="import-issues")
        else:
            st.caption(t("no_finding", lang))
        told = [facts(report, lang), *([dropped_table(report, lang)] if report["dropped"] else [])]
        told += [issue_table(report, lang)] if report["issues"] else []
        table_files.download(told, f"{t('import_file', lang)}_{Path(job.name).stem}", lang, "import-xlsx")
        samples(job, lang)
    with right, st.container(key="beside"):
        st.subheader(t("import_preview", lang), anchor=False)
        drawn = len(report["preview"]["features"])
        map_component.show_layer(view, report["preview"], report["bounds"], style.ACCENT)
        some = t("import_preview_some", lang, n=f"{drawn:,}") if drawn < report["kept"] else ""
        st.caption(t("import_preview_note", lang) + (" " if lang == "en" else "") + some)
        _picture(job, report, lang)


def _picture(job: Job, report: dict[str, Any], lang: str) -> None:
    """Offer the layer as a map to take away, or say why no paper holds it."""
    reason = page_pictures.no_sheet(report["bounds"])
    if reason is not None:
        st.caption(_plain(translate(reason, lang)))
        return
    path, name = job.out, job.name
    takeaway.picture_buttons(
        lambda form: page_pictures.import_sheet(cache.atlas(), path, name, form, lang),
        f"{t('import_preview', lang)}_{Path(name).stem}", lang, key="import-map",
    )  # fmt: skip


def _accept(job: Job, report: dict[str, Any], lang: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="import-accept-bar"):
        stem, layer = Path(job.name).stem, report["layer"]
        stem += f" · {layer}" if layer and layer != stem else ""
        name = st.text_input(
            t("import_name", lang), value=stem[:80], key=f"import-name-{job.file.parent.name}", width=300
        )
        if st.button(t("import_accept", lang), type="primary", key="import-accept") and name.strip():
            st.session_state[ADDED] = import_job.accept(job, name.strip()).name
            clear_box()
            st.rerun()
        if st.button(t("import_discard", lang), key="import-discard"):
            clear_box()
            st.rerun()


def _layer_file(job: Job, report: dict[str, Any], lang: str) -> None:
    """Offer the layer as the file that the receipt of its area rests on."""
    if report.get("receipts"):
        st.download_button(
            t("import_take_layer", lang), job.out.read_bytes, _layer_name(job), "application/vnd.apache.parquet",
            on_click="ignore", key="import-layer-file",
        )  # fmt: skip


def _layer_name(job: Job) -> str:
    return f"{Path(job.name).stem}.parquet"


def receipt_of(key: str) -> Receipt | None:
    """Return the receipt of an area of the layer being imported, by its kind; None for another mark.

    It rests on a file under the name a person knows it by: the layer as downloaded, or the file as it was given. A page
    has one slip for all its marks, so the page mounts it and not this view.
    """
    job = import_job.current()
    if job is None:
        return None
    names = {"layer": _layer_name(job), "layer_read": job.name}
    held = {each["kind"]: each for each in (job.report or {}).get("receipts", ())}
    if key not in held or key not in names:
        return None
    (receipt,) = receipts_of([held[key]])
    return replace(receipt, files=tuple(replace(each, path=names[key]) for each in receipt.files or ()))


def figures(report: dict[str, Any], lang: str) -> str:
    """Return the account of features and areas as HTML, with a mark at each area that has a receipt."""
    kinds = {each["kind"] for each in report.get("receipts", ())}
    before, after = (f" {receipt_view.mark(kind, lang)}" if kind in kinds else "" for kind in ("layer_read", "layer"))
    rows = [
        ("import_read", f"{report['read']:,}", ""),
        ("import_kept", f"{report['kept']:,}", ""),
        ("import_dropped", f"{report['dropped_count']:,}", ""),
        ("import_area_before", format_area(report["area_before_m2"], None), f"km²{before}"),
        ("import_area_after", format_area(report["area_after_m2"], None), f"km²{after}"),
    ]
    if not report["area_before_m2"] and not report["area_after_m2"]:
        rows = rows[:3]  # points and lines have none
    items = "".join(
        f"<div><dt>{t(key, lang)}</dt><dd>{value} <small>{unit}</small></dd></div>" for key, value, unit in rows
    )
    return f"<dl class='z-figures z-import-figures'>{items}</dl>"


def facts(report: dict[str, Any], lang: str) -> dict[str, Any]:
    """Return what the file was taken for, and how that is known, as a table for the browser."""
    known = t(f"how_{report['how']}", lang) if lang == "zh" else report["how_known"]
    swapped = f"；{t('axes_swapped', lang)}" if report["swapped"] and lang == "zh" else ""
    proof = {name: f"{value:,}" for name, value in report["proof"].items() if name != "area_m2"}
    rows = [
        (t("ask_crs", lang), choice_name("crs", report["crs"], lang), known + swapped),
        (t("ask_datum", lang), t(f"datum_{report['datum']}", lang), datum_known(report, lang)),
        (t("ask_encoding", lang), report["encoding"].upper(), encoding_known(report["encoding_known"], lang)),
        (t("proof", lang), t("proof_value", lang, **proof), ""),
    ]
    columns = [t(key, lang) for key in ("import_fact", "import_value", "import_known")]
    return _table(t("import_title", lang), columns, [[{"text": cell} for cell in row] for row in rows], lang)


def datum_known(report: dict[str, Any], lang: str) -> str:
    """Return how it is known what degrees refer to."""
    found = {each["kind"] for each in report["issues"]}
    if "unshifted" in found:
        return t("how_told", lang)
    return t("datum_assumed", lang) if "datum_unproven" in found else ""


def encoding_known(sentence: str, lang: str) -> str:
    """Return how an encoding is known, in the language of the page."""
    if lang == "en":
        return sentence
    return next((text for start, text in ENCODING_KNOWN.items() if sentence.startswith(start)), sentence)


def dropped_table(report: dict[str, Any], lang: str) -> dict[str, Any]:
    """Return the features left out, with reasons, as a table for the browser."""
    rows = [[{"text": translate(each["reason"], lang)}, {"text": each["feature"]}] for each in report["dropped"]]
    return _table(t("import_left_out", lang), [t("reason", lang), t("feature", lang)], rows, lang)


def issue_table(report: dict[str, Any], lang: str) -> dict[str, Any]:
    """Return findings and repairs, the gravest first, as a table for the browser."""
    grave = list(SEVERITIES)
    rows = [
        [
            {"text": translate(each["message"], lang)},
            {"text": kind(each["kind"], lang)},
            {"text": each["feature"] or t("whole_layer", lang)},
            {"text": SEVERITIES[each["severity"]][lang == "en"]},
        ]
        for each in sorted(report["issues"], key=lambda each: grave.index(each["severity"]))
    ]
    heads = [t(key, lang) for key in ("finding", "finding_kind", "feature", "severity")]
    return _table(t("import_findings", lang), heads, rows, lang)


def _table(caption: str, columns: list[str], rows: list[list[dict[str, Any]]], lang: str) -> dict[str, Any]:
    return {
        "lang": lang,
        "caption": caption,
        "columns": [{"title": title} for title in columns],
        "rows": [{"cells": cells, "find": ""} for cells in rows],
    }


def show_own(lang: str) -> None:
    """List the session's layers, each with a button to remove it."""
    st.subheader(t("own_layers", lang), anchor=False)
    added = st.session_state.pop(ADDED, None)
    if added:
        st.success(_plain(t("own_added", lang, name=added)))
    held = own_layers.layers()
    if not held:
        st.caption(t("own_none", lang))
    for layer in held:
        with st.container(horizontal=True, vertical_alignment="center", key=f"own-row-{layer.path.stem}"):
            names = "、".join(layer.fields[:8]) if lang == "zh" else ", ".join(layer.fields[:8])
            note = t("own_count", lang, n=f"{layer.features:,}", names=names)
            note += t("own_on_map" if import_job.drawable(layer.name) else "own_not_on_map", lang)
            st.html(
                f"<p class='z-own'><b>{html.escape(layer.name)}</b> <small>{html.escape(note)}</small></p>",
                width="stretch",
            )
            st.download_button(
                t("own_take", lang), layer.path.read_bytes, f"{layer.name}.parquet", "application/vnd.apache.parquet",
                on_click="ignore", help=t("import_take_layer", lang), key=f"own-take-{layer.path.stem}",
            )  # fmt: skip
            if st.button(t("own_remove", lang), key=f"own-remove-{layer.path.stem}"):
                own_layers.remove(layer.name)
                st.session_state.get(import_job.PREVIEWS, {}).pop(layer.name, None)
                st.rerun()
