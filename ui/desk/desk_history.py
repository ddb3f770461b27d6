"""The bench of revisions: what was changed, by whom and why; back and forth, side by side, and what to take away."""

import io
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from shapely.geometry import shape

from layers.office.steady import steady_zip
from ui import cache, components, map_component, receipt_view, table_files
from ui.counting.tabulate_view import plain
from ui.desk import before_after, revision_slips
from ui.desk import desk_history_view as views
from ui.desk.desk_top import go_button, name_box, reason_box
from ui.sentences import faults
from ui.state import View
from ui.words.i18n import t
from zones.atlas import data_folder
from zones.errors import ZonesError
from zones.file_mark import Mark, file_mark
from zones.workspace import workspace
from zones.workspace.published import noted_hashes
from zones.workspace.workspace_check import newest_line
from zones.workspace.workspace_export import export_texts
from zones.workspace.workspace_file import copy_of
from zones.workspace.workspace_place import workspace_path
from zones.workspace.workspace_stage import Stage

SAID = "history-said"
FAULT = "history-fault"


def show(view: View) -> None:
    """Show the bench; where there is no workspace yet, offer to make one."""
    path, lang = workspace_path(), view.lang
    _told(lang)
    try:
        if not path.is_file() or not path.stat().st_size:
            _offer(path, lang)
            return
        rows = workspace.revisions(path)
        names = cache.atlas().zones[f"name_{lang}"].to_dict()
        who = _steps(path, rows, lang)
        _outside(path, names, who, lang)
        _list(rows, names, view)
        _compare(path, rows, names, view)
        _act(path, rows, who, lang)
        _log(path, lang)
        _take(path, lang)
    except ZonesError as error:
        faults.show(str(error), lang)


def _told(lang: str) -> None:
    """Say, once, what the last press of a button did."""
    said, fault = (st.session_state.pop(key, None) for key in (SAID, FAULT))
    if said:
        st.success(said)
        # The button may stand far below.
        st.toast(said)
    if fault:
        faults.show(fault, lang)


def _do(act: Callable[[], str]) -> None:
    """Do what a button is for; what it did, or why it could not, is said in the next run."""
    try:
        st.session_state[SAID] = act()
    except ZonesError as error:
        st.session_state[FAULT] = str(error)


def _offer(path: Path, lang: str) -> None:
    st.info(t("desk_make_note", lang))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        who = name_box(lang, "history-who")
        st.button(
            t("desk_make", lang), type="primary", disabled=not who, key="history-new",
            on_click=_do, args=(lambda: _make(path, who, lang),),
        )  # fmt: skip
    if not who:
        st.caption(t("history_name_first", lang))


def _make(path: Path, who: str, lang: str) -> str:
    workspace.create(path, data=data_folder(), who=who)
    return t("desk_made", lang)


def _steps(path: Path, rows: pd.DataFrame, lang: str) -> str:
    """Show the name, undo and redo, and what each of them would do; return the name."""
    held = rows.set_index("revision")
    steps = dict(zip(("undo", "redo"), workspace.next_steps(path), strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        who = name_box(lang, "history-who")
        for name, of in steps.items():
            st.button(
                t(f"history_{name}", lang), disabled=of is None or not who, key=f"history-{name}",
                on_click=_do, args=(lambda name=name, of=of: _step(path, name, of, who, lang),),
            )  # fmt: skip
    told = [
        t(f"history_{name}_of", lang, n=of, who=held.at[of, "who"], why=held.at[of, "why"])
        for name, of in steps.items()
        if of is not None
    ]
    if told and not who:
        told.append(t("history_name_first", lang))
    st.text("\n".join(told or [t("history_nothing_to_undo", lang)]))
    return who


def _step(path: Path, name: str, of: int, who: str, lang: str) -> str:
    saved = (workspace.undo if name == "undo" else workspace.redo)(path, who, revision=of)
    return _saved(saved, lang)


def _saved(saved: workspace.Saved, lang: str) -> str:
    return t("history_saved", lang, n=saved.revision, zones=len(saved.changes))


def _outside(path: Path, names: views.Names, who: str, lang: str) -> None:
    """Tell what another program changed, to adopt or to discard."""
    ids = workspace.zones_outside(path)
    if not ids:
        return
    st.warning(t("history_outside", lang, names=plain(views.zones_named(ids, names, lang))))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        why = reason_box(lang, "history-why-outside")
        for name in ("adopt", "discard"):
            st.button(
                t(f"history_{name}", lang), disabled=not (who and why), key=f"history-{name}",
                on_click=_do, args=(lambda name=name: _settle(path, name, who, why, lang),),
            )  # fmt: skip


def _settle(path: Path, name: str, who: str, why: str, lang: str) -> str:
    if name == "adopt":
        return _saved(workspace.adopt(path, who=who, why=why), lang)
    return t("history_put_back", lang, zones=len(workspace.discard(path, who=who, why=why)))


def _list(rows: pd.DataFrame, names: views.Names, view: View) -> None:
    lang = view.lang
    st.subheader(t("history_list", lang), anchor=False)
    told = views.revision_table(rows, names, view.unit, lang)
    components.mount("table", told, name="revisions")
    _tables(told, revision_slips.of_list, t("history_list_file", lang), "list", lang)


def _tables(told: dict[str, Any], issue: Callable[[], revision_slips.Issued], name: str, key: str, lang: str) -> None:
    """Show the buttons that hand a table over as a workbook and as CSV, and all its receipts; made when pressed."""
    with st.container(horizontal=True):
        st.download_button(
            t("download_xlsx", lang), lambda: revision_slips.workbook(told, issue(), lang), f"{name}.xlsx",
            table_files.XLSX, on_click="ignore", key=f"history-{key}-xlsx",
        )  # fmt: skip
        st.download_button(
            t("download_csv", lang), lambda: revision_slips.csv(told, issue(), lang), f"{name}.csv", "text/csv",
            on_click="ignore", key=f"history-{key}-csv",
        )  # fmt: skip
        if any(row["receipt"] for row in told["rows"]):
            receipt_view.download(lambda: tuple(issue().values()), name, lang, f"history-{key}-receipts")


def _compare(path: Path, rows: pd.DataFrame, names: views.Names, view: View) -> None:
    lang = view.lang
    if len(rows) < 2:
        return
    st.subheader(t("history_compare", lang), anchor=False)
    old, new = _two(rows, lang)
    changes = workspace.compare(path, old, new)
    if not changes:
        st.info(t("history_same", lang))
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        told = views.change_table(changes, names, view.unit, lang, (old, new))
        components.mount("table", told, name="changes")
        st.caption(t("history_error_note", lang))
        issue = partial(revision_slips.of_comparison, old, new)
        _tables(told, issue, f"{t('history_file', lang)}_{old}_{new}", "compare", lang)
    with right, st.container(key="beside"):
        st.subheader(t("history_map", lang), anchor=False)
        drawn = views.outlines(changes)
        st.caption(t("history_map_key" if drawn else "history_no_shapes", lang))
        if drawn:
            map_component.show_grounds(view, (), drawn, f"{old}-{new}")
            picture = partial(before_after.of_revisions, path, changes, (old, new), names, view.unit, lang)
            name = f"{t('history_file', lang)}_{old}_{new}"
            before_after.buttons([shape(each["shape"]) for each in drawn], name, picture, lang, "history-map-file")


def _two(rows: pd.DataFrame, lang: str) -> tuple[int, int]:
    """Show where two revisions are chosen; at first the newest and the one before."""
    options = {row["revision"]: views.option(row, lang) for row in rows.to_dict("records")}
    numbers = list(options)
    chosen = []
    with st.container(horizontal=True):
        for name, place in (("old", 1), ("new_one", 0)):
            chosen.append(
                st.selectbox(
                    t(f"history_{name}", lang),
                    numbers,
                    index=place,
                    format_func=options.__getitem__,
                    filter_mode=None,
                    key=f"history-{name}-{lang}-{numbers[0]}",
                    width=360,
                )
            )
    return chosen[0], chosen[1]


def _act(path: Path, rows: pd.DataFrame, who: str, lang: str) -> None:
    """Show where a revision is restored, or marked as checked."""
    st.subheader(t("history_act", lang), anchor=False)
    held = {row["revision"]: row for row in rows.to_dict("records")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            t("history_which", lang), list(held), format_func=lambda each: views.option(held[each], lang),
            filter_mode=None, key=f"history-which-{lang}-{max(held)}", width=360,
        )  # fmt: skip
        why = reason_box(lang, "history-why-act")
        label = st.text_input(
            t("history_label", lang), placeholder=t("history_label_hint", lang), key="history-label", width=220
        )
    stage, ready = held[chosen]["stage"], bool(who and why)
    with st.container(horizontal=True):
        st.button(
            t("history_restore", lang), disabled=not ready or chosen == max(held), key="history-restore",
            on_click=_do, args=(lambda: _saved(workspace.restore(path, chosen, who=who, why=why), lang),),
        )  # fmt: skip
        if stage != "published":
            following: Stage = "checked" if stage == "draft" else "draft"
            st.button(
                t(f"history_mark_{following}", lang), disabled=not ready, key="history-mark",
                on_click=_do, args=(lambda: _mark(path, chosen, following, (who, why, label), lang),),
            )  # fmt: skip
    st.caption(t("history_publish_note", lang))
    go_button("publish", lang, "history-go-publish")


def _mark(path: Path, revision: int, stage: Stage, words: tuple[str, str, str], lang: str) -> str:
    who, why, name = words
    workspace.set_stage(path, revision, stage, who=who, why=why, name=name)
    return t("history_marked", lang, n=revision, stage=t(f"history_{stage}", lang))


def _log(path: Path, lang: str) -> None:
    """Say whether the log holds, and which hash to note."""
    st.subheader(t("history_log", lang), anchor=False)
    found, line, newest = _checked(file_mark(path), noted_hashes(path))
    if found:
        faults.show(f"{t('history_log_broken', lang, n=len(found))}", lang)
        for sentence in found:
            faults.show(sentence, lang)
        return
    st.text(t("history_log_holds", lang, n=line))
    st.caption(t("history_log_hash", lang, hash=plain(newest)))


@st.cache_data(max_entries=4, show_spinner=False)
def _checked(
    mark: Mark,
    noted: tuple[tuple[str, str], ...],  # noqa: ARG001 (what the folders published beside it note is a key)
) -> tuple[tuple[str, ...], int, str]:
    path = Path(mark[0])
    line, _, newest = newest_line(path)
    return workspace.check_log(path), line, newest


def _take(path: Path, lang: str) -> None:
    st.subheader(t("history_take", lang), anchor=False)
    with st.container(horizontal=True):
        st.download_button(
            t("history_take_file", lang), lambda: copy_of(path), path.name, "application/geopackage+sqlite3",
            on_click="ignore", key="history-gpkg",
        )  # fmt: skip
        st.download_button(
            t("history_take_zip", lang), lambda: _zip(path), f"{path.stem}_geojson.zip", "application/zip",
            on_click="ignore", key="history-zip",
        )  # fmt: skip
    st.caption(t("history_qgis_note", lang))


def _zip(path: Path) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in export_texts(path).items():
            archive.writestr(f"geo/{name}", text.encode("utf-8"))
    return steady_zip(held.getvalue())
