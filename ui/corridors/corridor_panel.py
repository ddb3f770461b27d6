"""What stands on the corridor page: the choices above, the slider with its figures, and all that follows from them."""

import html
from collections.abc import Callable, Hashable, Mapping
from functools import partial
from typing import Any, get_args

import pandas as pd
import streamlit as st

from layers.corridors import corridor_picture as pictures
from layers.corridors.curve import curve_svg
from layers.corridors.strip import strip_svg
from ui import cache, components, map_component, receipt_view, state
from ui.commands.covering import half_width_of
from ui.corridors import corridor_data
from ui.corridors import corridor_view as views
from ui.corridors.corridor_data import HALF_WIDTHS, Asked
from ui.corridors.corridor_downloads import downloads
from ui.corridors.corridor_receipts import provable, where
from ui.imports import own_layers
from ui.pickers import members, set_picker
from ui.state import View
from ui.tree import Tree
from ui.words.i18n import strings, t
from zones.corridors.band import Profile
from zones.corridors.corridor import Ends, with_axis
from zones.corridors.corridor_cells import Cells
from zones.corridors.coverage import Coverage, at
from zones.errors import InputError

Curves = dict[str, pd.DataFrame]
Keep = Callable[[str, Callable[[], Any]], Any]
"""Keeps a part of the page, by name, at the stop the slider is at (see `corridor_data.shown`)."""


WIDTH = "corridor-width"
TOLD = "corridor-told"
ZONES = ""
MOST_COMPARED = 3
STRIP_PX = 1040.0
"""Width of the strip: that of the page on a screen of 1440 pixels."""
TITLES = ("half_width", "half_width_note", "corridor", "changes", "receipt_open")


def choices(tree: Tree, view: View) -> Asked:
    """Show what can be chosen above the page; return what is."""
    atlas, lang = cache.atlas(), view.lang
    ids = _corridors(tree)
    names = {each: views.corridor_name(atlas, each, lang) for each in ids}
    first = st.selectbox(
        t("corridor_pick", lang), ids, index=_start(ids, view), format_func=names.__getitem__, filter_mode=None,
        key=f"corridor-{lang}", width=300,
    )  # fmt: skip
    others = st.multiselect(
        t("compare_with", lang), [each for each in ids if each != first], format_func=names.__getitem__,
        placeholder=t("compare_none", lang), key=f"compare-{lang}", width=264, filter_mode=None, select_all=False,
    )  # fmt: skip
    layer, field, covers = _covers(tree, view)
    labels = {each: t(f"ends_{each}", lang) for each in get_args(Ends)}
    ends: Ends = st.segmented_control(
        t("ends", lang), list(labels), default="drawn", format_func=labels.__getitem__, required=True, key="ends"
    )
    # Streamlit would say in English that there are too many: whatever is past the third is passed over instead.
    return Asked((first, *others[:MOST_COMPARED]), ends, covers, layer, field, _profile(lang))


def _profile(lang: str) -> Profile | None:
    """Show where half-widths along the axis can be written; return them, or None where there are none."""
    text = st.text_input(
        t("profile", lang), placeholder="0:500, 8000:1200", help=None, key="corridor-profile", width=170
    ).strip()
    if not text:
        return None
    try:
        half_width = half_width_of(text.replace("，", ",").replace("：", ":"))
    except InputError:
        st.html(f"<p class='z-wrong' role='alert'>{t('profile_wrong', lang)}</p>", width=220)
        return None
    return half_width if isinstance(half_width, tuple) else ((0.0, half_width),)


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
        rests_on = corridor_data.basis(asked)
        cells, curves = corridor_data.known(asked, rests_on)
    place = _place(asked, cells)
    told = _told(asked, view, (cells, curves), place, rests_on)
    if asked.profile is not None:
        cells, place = corridor_data.cells_of(asked, asked.corridors[0], asked.profile), 0
    keep = partial(corridor_data.shown, (rests_on, place, view.unit, view.lang))
    found = keep("found", lambda: at(cells, place))
    names = views.names_of(cache.atlas(), cells, view.lang, own=asked.layer is not None)
    components.mount("corridor", told, width=_moved)
    if asked.profile is not None:
        said = views.profile_sentence(found, view.unit, view.lang, own=not provable(asked))
        st.html(f"<p class='z-which'>{said}</p>")
    _drawing(asked, cells, place, found, names, view, keep)
    _beside(asked, cells, place, found, view, keep)
    _covers_list(asked, found, names, view, keep)
    _rest(asked, cells, place, found, view, keep)
    downloads(asked, cells, place, found, view.lang)
    with st.expander(t("method_corridor", view.lang)):
        st.html(f"<p class='z-lead'>{views.method(found, view.lang)}</p>")


def _place(asked: Asked, cells: Cells) -> int:
    """Return the stop of the slider: where it was left, else at the corridor's assumed half-width."""
    key = (asked.corridors[0],)
    held = st.session_state.get(WIDTH)
    if held is None or held[0] != key:
        held = st.session_state[WIDTH] = (key, cells.corridor.widest_m)
    return min(range(len(HALF_WIDTHS)), key=lambda place: abs(HALF_WIDTHS[place] - held[1]))


def _moved() -> None:
    """Keep the half-width a reader moved the slider to."""
    width = components.said("corridor", "width")
    if width:
        st.session_state[WIDTH] = (st.session_state[WIDTH][0], float(width))


def _told(asked: Asked, view: View, known: tuple[Cells, Curves], place: int, rests_on: Hashable) -> dict[str, Any]:
    """Return what the slider shows at each of its stops, so that moving it asks nobody; made once for each choice."""
    key = (rests_on, view.unit, view.lang)
    held = st.session_state.get(TOLD)
    if held is None or held[0] != key:
        held = st.session_state[TOLD] = (key, _every_stop(asked, view, *known))
    return held[1] | {"now": place}


def _every_stop(asked: Asked, view: View, cells: Cells, curves: Curves) -> dict[str, Any]:
    atlas, lang, own = cache.atlas(), view.lang, asked.layer is not None
    marked = provable(asked)
    names = {each: views.corridor_name(atlas, each, lang) for each in asked.corridors}
    assumed = cells.corridor.widest_m if cells.corridor.assumed else None
    if len(curves) > 1:
        drawn = pictures.compared(curves, names, assumed, lang)
    else:
        drawn = pictures.curve_of(cells, lang, curves[asked.corridors[0]])
    compared = [
        {"id": each, "name": names[each], "figures": views.figures(table, view.unit, lang, own=own, marked=marked)}
        for each, table in curves.items()
    ]
    unchanged = t("no_change", lang, low=HALF_WIDTHS[0] / 1000, high=HALF_WIDTHS[-1] / 1000)
    return {
        "lang": lang,
        "widths": list(HALF_WIDTHS),
        "assumed": None if assumed is None else t("half_width_assumed", lang, width=assumed),
        "corridors": compared,
        "svg": curve_svg(drawn, HALF_WIDTHS[0]),
        "note": t("curve_note", lang),
        "changes": [change.words for change in drawn.changes] or [unchanged],
        "slips": [[f"curve {where(each, HALF_WIDTHS[-1])}", names[each]] for each in asked.corridors] if marked else [],
        "strings": strings(lang, *TITLES),
    }


def _drawing(
    asked: Asked, cells: Cells, place: int, found: Coverage, names: Mapping[str, str], view: View, keep: Keep
) -> None:
    atlas, lang = cache.atlas(), view.lang
    st.subheader(t("strip", lang), anchor=False)
    mark = receipt_view.mark(f"axis {where(found.corridor.corridor_id, found.corridor.half_width)}", lang)
    said = html.escape(keep("start_end", lambda: views.start_and_end(atlas, cells, found, lang)))
    st.html(f"<p class='z-which'>{said}{mark if provable(asked) else ''} {html.escape(t('strip_note', lang))}</p>")
    svg = keep("strip", lambda: strip_svg(pictures.strip_of(atlas, cells, place, found, names, lang), STRIP_PX))
    components.mount("drawing", {"lang": lang, "svg": svg, "label": t("strip", lang)}, name="strip", picked=_picked)


def _picked() -> None:
    """Take a zone of the strip to the map page."""
    zone_id = components.said("strip", "picked")
    if zone_id in cache.tree().leaves:
        state.pick(zone_id, go=True)


def _beside(asked: Asked, cells: Cells, place: int, found: Coverage, view: View, keep: Keep) -> None:
    """Show gaps and districts beside the map of the band."""
    atlas, lang, own = cache.atlas(), view.lang, not provable(asked)
    opens = _opens(asked, lang)
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(t("gaps", lang), anchor=False)
        st.caption(t("gaps_note", lang))
        gaps = keep("gaps", lambda: views.gap_table(atlas, cells, found, lang, own=own))
        components.mount("table", gaps | opens, name="gaps")
        st.subheader(t("crossed", lang), anchor=False)
        crossed = keep("crossed", lambda: views.crossed_table(atlas, cells, place, found, view.unit, lang, own=own))
        components.mount("table", crossed | opens, name="crossed")
    with right, st.container(key="beside"):
        st.subheader(t("corridor_map", lang), anchor=False)
        st.caption(t("map_key", lang, width=views.widths_in_words(found.corridor)))
        shown = () if asked.layer else tuple(found.parts["id"])
        grounds = keep("grounds", lambda: views.grounds(cells, place, found))
        map_component.show_grounds(view, shown, grounds, asked.corridors[0])


def _covers_list(asked: Asked, found: Coverage, names: Mapping[str, str], view: View, keep: Keep) -> None:
    own = asked.layer is not None
    st.subheader(t("layer_parts" if own else "cover_parts", view.lang), anchor=False)
    marked = provable(asked)
    told = keep("parts", lambda: views.parts_table(found, names, view.unit, view.lang, own=own, marked=marked))
    components.mount("table", told | _opens(asked, view.lang), picked=state.picked_in_table)


def _opens(asked: Asked, lang: str) -> dict[str, str]:
    """Return what a table with receipts says at its marks."""
    return {} if not provable(asked) else {"receipt_open": t("receipt_open", lang)}


def _rest(asked: Asked, cells: Cells, place: int, found: Coverage, view: View, keep: Keep) -> None:
    """Show classes, k-fold cover and what is not covered, side by side."""
    lang, unit, own = view.lang, view.unit, not provable(asked)
    parts: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
        "by_class": ("by_class_note", lambda: views.class_table(found, unit, lang, own=own)),
        "k_fold_corridor": ("k_sum", lambda: views.k_table(found, unit, lang, own=own)),
        "uncovered_pieces": ("uncovered_note", lambda: views.uncovered_table(cells, place, found, unit, lang, own=own)),
    }
    for column, (key, (note, table)) in zip(st.columns(len(parts), gap="large"), parts.items(), strict=True):
        with column:
            st.subheader(t(key, lang), anchor=False)
            st.caption(t(note, lang))
            components.mount("table", keep(key, table) | _opens(asked, lang), name=key)
