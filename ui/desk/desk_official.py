"""The bench of official boundaries: a layer in, its features matched to zones, what follows shown, then adopted."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import streamlit as st
from shapely.geometry import shape

from ui import cache, components, map_component, table_files
from ui.desk import before_after, official_publish
from ui.desk import official_view as views
from ui.desk.desk_top import go_button, name_box
from ui.desk.official_receipts import receipt_files
from ui.imports import import_job, import_view, own_layers
from ui.imports.own_layers import OwnLayer
from ui.sentences import faults
from ui.state import View
from ui.words.i18n import t
from zones import Atlas
from zones.atlas import data_folder
from zones.errors import ZonesError
from zones.file_mark import Mark, file_mark
from zones.intake.bring_in import Brought, Told, bring_in
from zones.official.adopting import Preview, adopt, preview
from zones.official.match_zones import Matched, fields_of, match, proposals
from zones.official.official import Given, given
from zones.search import search
from zones.statements.rules import read_rules
from zones.workspace.workspace_place import workspace_path
from zones.workspace.workspace_publish import newest

PREVIEW, DONE, CHOSEN = "official-preview", "official-done", "official-chosen"
MOST_ASKED = 20
"""Features that a person is asked about on one page."""


@dataclass(frozen=True)
class Asked:
    """What a preview was made of; another answer asks for another preview."""

    layer: Mark
    field: str | None
    chosen: tuple[tuple[str, tuple[str, ...]], ...]
    base: int
    version: str


def show(view: View) -> None:
    """Show the bench."""
    lang = view.lang
    done = st.session_state.pop(DONE, None)
    if done:
        st.success(done)
        go_button("publish", lang, "official-go-publish")
    layer = _layer(view)
    if layer is not None:
        try:
            _bench(view, layer)
        except ZonesError as error:
            faults.show(str(error).replace(str(layer.path), layer.name), lang)


def _layer(view: View) -> OwnLayer | None:
    """Show the layers of the session and the box for another one; return the one chosen."""
    lang, held = view.lang, own_layers.layers()
    st.subheader(t("official_layer", lang), anchor=False)
    names = [each.name for each in reversed(held)]
    chosen = None
    if names:
        chosen = st.selectbox(
            t("official_layer_pick", lang), names, filter_mode=None, key=f"official-layer-{len(names)}", width=420
        )
    else:
        st.caption(t("official_no_layer", lang))
    job = import_job.current()
    key = "official_import_more" if names else "official_import"
    with st.expander(t(key, lang), expanded=not names or job is not None):
        import_view.files_box(lang)
        job = import_job.current()
        if job is not None:
            import_view.show_job(view, job)
    return next((each for each in held if each.name == chosen), None)


def _bench(view: View, layer: OwnLayer) -> None:
    path = workspace_path()
    mark = file_mark(layer.path)
    brought = _brought(mark)
    before, base = _before(path)
    field, chosen, matched = _matches(view, layer, brought, before)
    if matched.pairs.empty:
        st.info(t("official_not_matched", view.lang))
        return
    asked = Asked(mark, field, tuple(sorted(chosen.items())), base, before.version)
    said = _document(view.lang)
    if said is not None:
        rules = read_rules(data_folder() / "rules.yaml")
        with st.spinner(t("official_computing", view.lang)):
            told = preview(before, brought.frame, said, rules, layer=layer.name, field=field, chosen=chosen)
        st.session_state[PREVIEW] = (asked, said, told)
    held = st.session_state.get(PREVIEW)
    if held is None:
        return
    if held[0] != asked:
        st.caption(t("official_changed_since", view.lang))
        return
    _follows(view, layer, held[2])
    _adopt(view.lang, path, held[1], held[2], base)


@st.cache_resource(max_entries=4, show_spinner=False)
def _brought(mark: Mark) -> Brought:
    return bring_in(Path(mark[0]), Told())


def _before(path: Path) -> tuple[Atlas, int]:
    """Return the atlas with the newest shapes, and their revision; 0 where there is no workspace."""
    if not path.is_file():
        return cache.atlas(), 0
    base = newest(path)
    return official_publish.atlas_of(path, base), base


def _matches(
    view: View, layer: OwnLayer, brought: Brought, before: Atlas
) -> tuple[str | None, dict[str, tuple[str, ...]], Matched]:
    """Show who is who and ask about the rest; return the field, what was chosen, and the matches with it."""
    lang = view.lang
    st.subheader(t("official_match", lang), anchor=False)
    st.caption(t("official_match_note", lang))
    plain = match(brought.frame, before.zones)
    best = t("official_field_best", lang, field=plain.field) if plain.field else t("official_field_none", lang)
    fields = ["", *fields_of(brought.frame)]
    chosen_field = st.selectbox(
        t("official_field", lang), fields, format_func=lambda each: each or best, filter_mode=None,
        key=f"official-field-{layer.path.stem}-{lang}", width=300,
    )  # fmt: skip
    field = chosen_field or None
    by_name = match(brought.frame, before.zones, field=field)
    figures = st.empty()
    held: dict[str, tuple[str, ...]] = st.session_state.setdefault(CHOSEN, {}).setdefault(str(layer.path), {})
    if len(by_name.left):
        _ask(lang, layer, brought, before, by_name, held)
    chosen = {feature: zones for feature, zones in held.items() if zones and feature in set(by_name.left["feature"])}
    matched = match(brought.frame, before.zones, field=field, chosen=chosen)
    figures.html(views.figures(matched, brought.read, lang))
    _lists(lang, before, matched)
    return field, chosen, matched


def _ask(
    lang: str, layer: OwnLayer, brought: Brought, before: Atlas, matched: Matched, held: dict[str, tuple[str, ...]]
) -> None:
    """Ask for the zones of features that no name tells, with proposals; the answers go into `held`."""
    views.part(t("official_left", lang))
    st.caption(t("official_left_note", lang))
    words = ""
    if len(matched.left) > 0:
        words = st.text_input(t("official_find", lang), key=f"official-find-{layer.path.stem}", width=420)
    found = list(search(before.zones, words, 8)["zone_id"]) if words.strip() else []
    shapes = brought.frame.geometry.set_axis(brought.frame.index.astype(str))
    for row in matched.left.head(MOST_ASKED).itertuples():
        may_be = {
            each.zone_id: views.proposal(before, each, lang)
            for each in proposals(row.label, shapes[row.feature], before.zones, row.zones)
        }
        kept = held.get(row.feature, ())
        more = {each: views.zone_name(before, each, lang) for each in (*found, *kept) if each not in may_be}
        names = may_be | more
        label = " · ".join(filter(None, (t("official_feature", lang, n=row.feature), row.label)))
        label = f"{_plain(label)} — {t(f'official_why_{row.why}', lang)}"
        if not names:
            st.caption(f"{label}{'；' if lang == 'zh' else '; '}{t('official_none_like', lang)}")
            continue
        held[row.feature] = tuple(st.pills(
            label, list(names), selection_mode="multi", default=list(kept), format_func=names.__getitem__,
            key=f"official-zone-{layer.path.stem}-{row.feature}-{lang}-{len(names)}",
        ))  # fmt: skip
    if len(matched.left) > MOST_ASKED:
        st.caption(t("official_left_some", lang, n=MOST_ASKED, all=len(matched.left)))


def _plain(text: str) -> str:
    """Return text that Markdown shows as it stands."""
    return "".join(f"\\{mark}" if mark in r"\`*_{}[]<>()#+-.!|~:$" else mark for mark in text)


def _lists(lang: str, before: Atlas, matched: Matched) -> None:
    if len(matched.pairs):
        views.part(t("official_matches", lang))
        components.mount("table", views.match_table(before, matched, lang), name="official-matches")
    with st.expander(f"{t('official_zones_without', lang)} · {len(matched.without)}"):
        components.mount("table", views.without_table(before, matched, lang), name="official-without")


def _document(lang: str) -> Given | None:
    """Show the form on the document; return what was said once it is sent and can be."""
    st.subheader(t("official_document", lang), anchor=False)
    with st.form("official-document", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            authority = st.text_input(
                t("official_authority", lang), placeholder=t("official_authority_hint", lang), key="official-authority",
                width=260,
            )  # fmt: skip
            paper = st.text_input(t("official_paper", lang), key="official-paper", width=300)
            day = st.text_input(t("official_date", lang), placeholder="2026-03-31", key="official-date", width=140)
            error = st.text_input(t("official_error", lang), placeholder="0.5", key="official-error", width=140)
        if not st.form_submit_button(t("official_preview", lang), type="primary"):
            return None
    return given(authority, paper, day, error)


def _follows(view: View, layer: OwnLayer, told: Preview) -> None:
    """Show what adopting would change."""
    lang, atlas = view.lang, told.after
    st.subheader(t("official_follows", lang), anchor=False)
    if told.doubts:
        st.html(f"<p class='z-which'><b>{t('official_doubts', lang)}</b></p>")
        components.mount("table", views.doubt_table(atlas, told.doubts, lang), name="official-doubts")
    rules = read_rules(data_folder() / "rules.yaml")
    tables = official_publish.tables(atlas, rules, told.follows, view)
    # Ten columns need the whole width; the map stands beside what is short.
    official_publish.show_tables(tables, told.follows, view, "official", official_publish.FIRST)
    left, right = st.columns([3, 2], gap="large")
    with left:
        official_publish.show_tables(tables, told.follows, view, "official", official_publish.SHORT)
    with right, st.container(key="beside"):
        _map(view, layer, told)
    official_publish.show_tables(tables, told.follows, view, "official", official_publish.LONG)
    book = [table for table in tables.values() if table["rows"]]
    if book:
        name = f"{t('official_file', lang)}_{layer.name}"
        table_files.download([views.match_table(atlas, told.matched, lang), *book], name, lang, "official-xlsx")
    receipt_files(told.before, told.after, lang, "official")


def _map(view: View, layer: OwnLayer, told: Preview) -> None:
    lang = view.lang
    views.part(t("official_map", lang))
    names: Mapping[str | None, str] = {None: t("official_map_all", lang)} | {
        each: views.zone_name(told.after, each, lang) for each in told.zone_ids
    }
    zone_id = st.selectbox(
        t("official_map", lang), list(names), format_func=names.__getitem__, filter_mode=None,
        key=f"official-map-{lang}", label_visibility="collapsed",
    )  # fmt: skip
    map_component.show_grounds(view, (), views.grounds(told, zone_id), f"{zone_id}-{id(told)}")
    st.caption(t("official_map_key", lang))
    picture = partial(before_after.of_preview, told, layer.name, zone_id, view.unit, lang)
    shown = [shape(each["shape"]) for each in views.grounds(told, zone_id)]
    name = f"{t('official_map', lang)}_{layer.name}"
    before_after.buttons(shown, name, picture, lang, "official-map-file")


def _adopt(lang: str, path: Path, said: Given, told: Preview, base: int) -> None:
    """Offer to adopt what was previewed; without a workspace, to make one first."""
    if not path.is_file():
        st.info(t("desk_make_note", lang))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        who = name_box(lang, "official-who")
        if not path.is_file():
            if st.button(t("desk_make", lang), key="official-make", type="primary"):
                official_publish.make_workspace(path, who)
                st.rerun()
        elif st.button(t("official_adopt", lang), key="official-adopt", type="primary"):
            saved = adopt(path, told.proposed, said, who=who, base=base)
            st.session_state.pop(PREVIEW, None)
            st.session_state[DONE] = t("official_adopted", lang, n=saved.revision, zones=len(saved.changes))
            st.rerun()
