"""Publishing from the desk: what waits, what follows from it, and the button that makes it the data in use."""

import html
import os
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from ui import cache, components
from ui.desk import desk_history_view as history
from ui.desk import official_view as views
from ui.desk.desk_top import go_button, name_box, reason_box
from ui.desk.official_receipts import receipt_files
from ui.sentences import faults
from ui.state import View
from ui.words.i18n import t
from zones import Atlas
from zones.atlas import DATA_VARIABLE, data_folder
from zones.errors import ZonesError
from zones.file_mark import file_mark
from zones.official.follows import Follows, follows
from zones.official.official import changed_zones
from zones.statements.rules import Rule, read_rules
from zones.workspace import workspace
from zones.workspace.published import published_revision
from zones.workspace.workspace_check import newest_line
from zones.workspace.workspace_place import workspace_path
from zones.workspace.workspace_publish import Published, atlas_at, publish

DONE = "official-published"

State = tuple[str, int, int, int, int, str]
"""Mark of a workspace, and the hash of its log's newest line."""


def make_workspace(path: Path, who: str) -> None:
    """Make the workspace in use, from the data in use."""
    workspace.create(path, data=data_folder(), who=who)


def show(view: View) -> None:
    """Show the bench: what waits to be published, and publish it."""
    path, lang = workspace_path(), view.lang
    if not path.is_file():
        st.info(t("publish_none", lang))
        go_button("draw", lang, "publish-go-draw")
        return
    done: Published | None = st.session_state.pop(DONE, None)
    if done is not None:
        # The next edition has words, and a check, of its own.
        st.session_state.update({"publish-why": "", "publish-name": "", "publish-checked": False})
        told = {"n": done.revision, "version": done.version, "zones": len(done.zone_ids)}
        st.success(t("official_published", lang, **told))
    try:
        _panel(view, path)
    except ZonesError as error:
        faults.show(str(error), lang)


def _panel(view: View, path: Path) -> None:
    lang = view.lang
    log = workspace.revisions(path).set_index("revision", drop=False)
    st.caption(t("official_in_use", lang, version=cache.atlas().version))
    if os.environ.get(DATA_VARIABLE):
        st.info(t("official_other_data", lang))
    revision = _revision(log, lang)
    with st.spinner(t("official_comparing", lang)):
        after = atlas_of(path, revision)
        waiting = changed_zones(cache.atlas(), after) if after is not cache.atlas() else ()
    if not waiting:
        st.caption(t("official_up_to_date", lang))
        return
    st.html(f"<p class='z-which'>{t('official_waiting', lang, n=len(waiting), names=_names(after, waiting, lang))}</p>")
    # Computed only for who looks: overlaps and rules of all zones take their time.
    if st.toggle(t("official_see", lang), key=f"publish-see-{lang}"):
        with st.spinner(t("official_computing", lang)):
            _found(cache.stamp(), _state(path), revision)
        found, rules = _found(cache.stamp(), _state(path), revision)
        show_tables(tables(after, rules, found, view), found, view, "publish")
        receipt_files(cache.atlas(), after, lang, "publish")
    _form(lang, path, revision, draft=log.at[revision, "stage"] == "draft")


def _revision(log: pd.DataFrame, lang: str) -> int:
    """Show the revisions, the newest first; return the one chosen. An older one may be published to go back to it."""
    names = {int(row["revision"]): _option(row, lang) for row in log.to_dict("records")}
    chosen: int = st.selectbox(
        t("official_revision", lang), list(names), format_func=names.__getitem__, filter_mode=None,
        key=f"publish-revision-{max(names)}-{(log['stage'] != 'draft').sum()}-{lang}", width=520,
    )  # fmt: skip
    return chosen


def _option(row: dict[str, Any], lang: str) -> str:
    stage = t(f"history_{row['stage']}", lang)
    called = (history.option(row, lang), stage, row["name"])
    return " · ".join(filter(None, called))


def _names(atlas: Atlas, ids: tuple[str, ...], lang: str) -> str:
    return html.escape(views.names_of(atlas, ids, lang))


def _form(lang: str, path: Path, revision: int, *, draft: bool) -> None:
    """Ask who, why and what it is called, and for a draft whether it was looked at; publish."""
    with st.form("official-publish", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            who = name_box(lang, "publish-who")
            why = reason_box(lang, "publish-why")
            name = st.text_input(
                t("official_edition", lang), placeholder=t("official_edition_hint", lang), key="publish-name", width=260
            )
        checked = draft and st.checkbox(t("official_checked", lang), key="publish-checked")
        if not st.form_submit_button(t("official_publish_do", lang), type="primary"):
            return
    with st.spinner(t("official_publishing", lang)):
        st.session_state[DONE] = publish(path, revision, who=who, why=why, name=name, checked=checked)
    st.rerun()


def atlas_of(path: Path, revision: int) -> Atlas:
    """Return the atlas with the shapes of a revision; the one in use where that is what was published last."""
    if not os.environ.get(DATA_VARIABLE) and published_revision(path) == revision:
        return cache.atlas()
    return _at(cache.stamp(), _state(path), revision)


def _state(path: Path) -> State:
    # Each line of the log holds the hash of the one before: the newest tells the whole history from any other.
    return *file_mark(path), newest_line(path)[2]


@st.cache_resource(max_entries=2, show_spinner=False)
def _at(key: cache.Stamp, state: State, head: int) -> Atlas:  # noqa: ARG001 (the data in use are a key)
    return atlas_at(Path(state[0]), head)


@st.cache_resource(max_entries=2, show_spinner=False)
def _found(key: cache.Stamp, state: State, head: int) -> tuple[Follows, tuple[Rule, ...]]:
    rules = read_rules(data_folder() / "rules.yaml")
    before, after = cache.atlas(), _at(key, state, head)
    return follows(before, after, changed_zones(before, after), rules), rules


def tables(atlas: Atlas, rules: tuple[Rule, ...], found: Follows, view: View) -> dict[str, dict[str, Any]]:
    """Return what follows as tables, by the key of their heading."""
    lang, unit = view.lang, view.unit
    return {
        "official_zone_changes": views.zone_table(atlas, found, unit, lang),
        "official_overlaps": views.overlap_table(atlas, found, unit, lang),
        "official_coverages": views.coverage_table(atlas, found, unit, lang),
        "official_findings": views.finding_table(atlas, rules, found, lang),
        "official_idle": views.idle_table(atlas, rules, found, lang),
    }


NOTES = {"official_zone_changes": "official_zone_note", "official_findings": "official_conflicts_note",
         "official_idle": "official_idle_note"}  # fmt: skip
ALWAYS = ("official_zone_changes", "official_findings", "official_coverages", "official_overlaps")
FIRST, SHORT = ("official_zone_changes",), ("official_findings", "official_coverages", "official_idle")
LONG = ("official_overlaps",)
"""What follows, by how much room it needs."""


def show_tables(
    held: dict[str, dict[str, Any]], found: Follows, view: View, name: str, keys: tuple[str, ...] = FIRST + SHORT + LONG
) -> None:
    """Show what follows, each part under its heading; one without a row says so."""
    for key, table in ((key, held[key]) for key in keys):
        if table["rows"] or key in ALWAYS:
            count = f" · {len(table['rows'])}" if table["rows"] else ""
            views.part(f"{t(key, view.lang)}{count}")
        if table["rows"]:
            components.mount("table", table, name=f"{name}-{key}")
        elif key in ALWAYS:
            st.caption(t("official_nothing", view.lang))
        if key == "official_overlaps":
            _about_overlaps(found, view)
        if key == "official_coverages" and views.other_widths(found):
            st.caption(t("official_widths_note", view.lang))
        if key in NOTES and (table["rows"] or key == "official_findings"):
            st.caption(t(NOTES[key], view.lang))


def _about_overlaps(found: Follows, view: View) -> None:
    slight = int(found.unseen(views.SEEN_M2).sum())
    if slight:
        st.caption(t("official_slight", view.lang, n=slight, area=f"{views.SEEN_M2:.0f}"))
    if len(found.overlaps):
        st.caption(views.totals_text(found, view.unit, view.lang))
