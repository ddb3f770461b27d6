"""What stands on the corridor page: the choices above, the slider with its figures, and all that follows from them."""

from typing import Any, get_args

import streamlit as st

from layers import corridor_picture as pictures
from layers.curve import curve_svg
from layers.strip import strip_svg
from ui import cache, components, corridor_data, map_component, own_layers, state
from ui import corridor_view as views
from ui.corridor_data import HALF_WIDTHS, Asked
from ui.i18n import strings, t
from ui.pickers import members, set_picker
from ui.state import View
from ui.tree import Tree
from zones.corridor import Ends, with_axis
from zones.coverage import at

WIDTH = "corridor-width"
ZONES = ""
MOST_COMPARED = 3
STRIP_PX = 1040.0
"""Width of the strip: that of the page on a screen of 1440 pixels."""
TITLES = ("half_width", "half_width_note", "corridor")


def choices(tree: Tree, view: View) -> Asked:
    """Show what can be chosen above the page; return what is."""
    atlas, lang = cache.atlas(), view.lang
    ids = _corridors(tree)
    names = {each: views.corridor_name(atlas, each, lang) for each in ids}
    first = st.selectbox(
        t("corridor_pick", lang), ids, index=_start(ids, view), format_func=names.__getitem__, filter_mode=None,
        key=f"corridor-{lang}", width=236,
    )  # fmt: skip
    others = st.multiselect(
        t("compare_with", lang), [each for each in ids if each != first], format_func=names.__getitem__,
        max_selections=MOST_COMPARED, placeholder=t("compare_none", lang), key=f"compare-{lang}", width=220,
    )  # fmt: skip
    layer, field, covers = _covers(tree, view)
    labels = {each: t(f"ends_{each}", lang) for each in get_args(Ends)}
    ends: Ends = st.segmented_control(
        t("ends", lang), list(labels), default="drawn", format_func=labels.__getitem__, required=True, key="ends"
    )
    return Asked((first, *(each for each in others if each != first)), ends, covers, layer, field)


def _corridors(tree: Tree) -> list[str]:
    """Return the zones with an axis, corridors first."""
    held = with_axis(cache.atlas()).index
    return sorted(held, key=lambda each: tree.leaves[each].kind != "corridor")


def _start(ids: list[str], view: View) -> int:
    if view.zone in ids:
        return ids.index(view.zone)
    return next((place for place, each in enumerate(ids) if each == "baoan.corridor.r107"), 0)


def _covers(tree: Tree, view: View) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Show what may cover: zones by set, or a layer brought along with its class field."""
    lang = view.lang
    own = {each.name: each for each in own_layers.layers()}
    layer = None
    if own:
        names = {ZONES: t("zones_shown", lang)} | {name: name for name in own}
        layer = st.selectbox(
            t("covered_by", lang), list(names), format_func=names.__getitem__, filter_mode=None,
            key=f"cover-{lang}", width=220,
        )  # fmt: skip
    if not layer:
        return None, None, members(tree, view, set_picker(tree, view, "covered_by" if not own else "zones_shown"))
    fields = {None: t("no_class", lang)} | {each: each for each in own[layer].fields}
    field = st.selectbox(
        t("class_field", lang), list(fields), format_func=fields.__getitem__, filter_mode=None, key="class-field",
        width=180,
    )  # fmt: skip
    return layer, field, ()


@st.fragment
def results(asked: Asked, view: View) -> None:
    """Show the slider, the figures and all that follows from the half-width; only this runs when it moves."""
    if st.session_state.get(state.TO_MAP):
        st.rerun()
    with st.spinner(t("computing", view.lang), show_time=False):
        cells = corridor_data.cells_of(asked, asked.corridors[0])
        curves = {each: corridor_data.curve_of(asked, each) for each in asked.corridors}
    place = _place(asked)
    found = at(cells, place)
    names = views.names_of(cache.atlas(), cells, view.lang, own=asked.layer is not None)
    components.mount("corridor", _told(asked, view, curves, place), width=_moved)
    _drawing(cells, found, names, view)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _lists(cells, found, names, view, own=asked.layer is not None)
    with right, st.container(key="beside"):
        _map(asked, cells, place, found, view)
    with st.expander(t("method_corridor", view.lang)):
        st.html(f"<p class='z-lead'>{views.method(found, view.lang)}</p>")


def _place(asked: Asked) -> int:
    """Return the stop of the slider: where it was left, else at the corridor's assumed half-width."""
    key = (asked.corridors[0],)
    held = st.session_state.get(WIDTH)
    if held is None or held[0] != key:
        cells = corridor_data.cells_of(asked, asked.corridors[0])
        held = st.session_state[WIDTH] = (key, cells.corridor.widest_m)
    return min(range(len(HALF_WIDTHS)), key=lambda place: abs(HALF_WIDTHS[place] - held[1]))


def _moved() -> None:
    """Keep the half-width a reader moved the slider to."""
    width = components.said("corridor", "width")
    if width:
        st.session_state[WIDTH] = (st.session_state[WIDTH][0], float(width))


def _told(asked: Asked, view: View, curves: dict[str, Any], place: int) -> dict[str, Any]:
    """Return what the slider shows at each of its stops, so that moving it asks nobody."""
    atlas, lang, own = cache.atlas(), view.lang, asked.layer is not None
    cells = corridor_data.cells_of(asked, asked.corridors[0])
    names = {each: views.corridor_name(atlas, each, lang) for each in asked.corridors}
    first = curves[asked.corridors[0]]
    assumed = cells.corridor.widest_m if cells.corridor.assumed else None
    drawn = (
        pictures.compared(curves, names, assumed, lang) if len(curves) > 1 else pictures.curve_of(cells, lang, first)
    )
    changes = [change.words for change in drawn.changes]
    low, high = HALF_WIDTHS[0] / 1000, HALF_WIDTHS[-1] / 1000
    compared = [
        {"name": names[each], "figures": views.figures(table, view.unit, lang, own=own)}
        for each, table in curves.items()
    ]
    return {
        "lang": lang,
        "widths": list(HALF_WIDTHS),
        "now": place,
        "assumed": None if assumed is None else t("half_width_assumed", lang, width=assumed),
        "corridors": compared,
        "svg": curve_svg(drawn, HALF_WIDTHS[place]),
        "note": t("curve_note", lang),
        "changes": changes or [t("no_change", lang, low=low, high=high)],
        "strings": strings(lang, *TITLES, "changes", "curve"),
    }


def _drawing(cells: Any, found: Any, names: Any, view: View) -> None:  # noqa: ANN401 (of this page's own making)
    atlas, lang = cache.atlas(), view.lang
    st.subheader(t("strip", lang), anchor=False)
    st.caption(f"{t('strip_note', lang)} {views.start_and_end(atlas, cells, found, lang)}")
    svg = strip_svg(pictures.strip_of(atlas, cells, found, names, lang), STRIP_PX)
    components.mount("drawing", {"lang": lang, "svg": svg, "label": t("strip", lang)}, name="strip")


def _lists(cells: Any, found: Any, names: Any, view: View, *, own: bool) -> None:  # noqa: ANN401
    atlas, lang, unit = cache.atlas(), view.lang, view.unit
    st.subheader(t("gaps", lang), anchor=False)
    st.caption(t("gaps_note", lang))
    components.mount("table", views.gap_table(atlas, cells, found, lang), name="gaps")
    st.subheader(t("layer_parts" if own else "cover_parts", lang), anchor=False)
    parts = views.parts_table(found, names, unit, lang, own=own)
    components.mount("table", parts, picked=state.picked_in_table)
    st.subheader(t("crossed", lang), anchor=False)
    components.mount("table", views.crossed_table(atlas, cells, found, unit, lang), name="crossed")


def _map(asked: Asked, cells: Any, place: int, found: Any, view: View) -> None:  # noqa: ANN401
    lang, unit = view.lang, view.unit
    st.subheader(t("corridor_map", lang), anchor=False)
    st.caption(f"{t('widths_at', lang, width=HALF_WIDTHS[place])}；{t('map_key', lang)}" if lang == "zh" else
               f"{t('widths_at', lang, width=HALF_WIDTHS[place])}; {t('map_key', lang)}")  # fmt: skip
    shown = () if asked.layer else tuple(found.parts["id"])
    map_component.show_grounds(view, shown, views.grounds(cells, place, found), asked.corridors[0])
    st.subheader(t("by_class", lang), anchor=False)
    st.caption(t("by_class_note", lang))
    components.mount("table", views.class_table(found, unit, lang), name="classes")
    st.subheader(t("k_fold_corridor", lang), anchor=False)
    st.caption(t("k_sum", lang))
    components.mount("table", views.k_table(found, unit, lang), name="folds")
    st.subheader(t("uncovered_pieces", lang), anchor=False)
    components.mount("table", views.uncovered_table(cells, place, unit, lang), name="uncovered")
