"""The bench for boundary texts: four sides in words to a candidate area, and a drawn area to its four sides."""

import geopandas
import streamlit as st

from layers.desk.sides_file import candidate_bytes
from ui import cache, components, map_component, table_files
from ui.desk import shape_slips, sides_view, siding
from ui.desk.desk_top import go
from ui.imports import own_layers
from ui.plans import evidence
from ui.state import View
from ui.words.i18n import t
from zones.sides.sides import LONGEST_TEXT, Sides, closing_lines, compile_sides
from zones.sides.sides_check import check, compare
from zones.sides.sides_grammar import Direction, read_phrases
from zones.sides.sides_record import basis, geojson, zone_text, zones_with_text
from zones.sides.sides_words import sides_of, words

CANDIDATE = "desk-candidate"
"""Where the draw bench finds a draft: zone_id, geometry (GeoJSON), error_m, basis, basis_en, method."""
ZONE, TEXT, STOOD_IN = "sides-zone", "sides-words", "sides-stood-in"
MODES = ("compile", "describe")
NONE = ""


def show(view: View) -> None:
    """Show the bench."""
    lang = view.lang
    st.session_state.setdefault("sides-mode", MODES[0])
    mode = st.segmented_control(
        t("sides_mode", lang), MODES, required=True, key="sides-mode",
        format_func=lambda each: t(f"sides_{each}", lang), label_visibility="collapsed",
    )  # fmt: skip
    (_describe if mode == "describe" else _compile)(view)


def _compile(view: View) -> None:
    lang = view.lang
    with st.container(horizontal=True, vertical_alignment="bottom", key="sides-bar"):
        zone_id = _zone_picker(view, with_none=True)
        lines = _lines(lang)
    text = _text_box(zone_id, lang)
    if not text.strip():
        return
    if not read_phrases(text):
        st.info(t("sides_no_side", lang))
        return
    # The open sides first, since what may stand in for them is asked above the result.
    with st.spinner(t("sides_matching", lang)):
        result = compile_sides(text, lines)
    chosen = _stand_ins(result, lines, zone_id, lang)
    if chosen:
        with st.spinner(t("sides_matching", lang)):
            result = compile_sides(text, lines, stand_ins=chosen)
    _result(view, result, zone_id)


def _zone_picker(view: View, *, with_none: bool) -> str:
    """Show the zones, first those whose plan gives their sides; return the one chosen, or nothing."""
    atlas, lang = cache.atlas(), view.lang
    first = zones_with_text(atlas)
    areas = atlas.zones.index[atlas.zones.geom_type.isin(["Polygon", "MultiPolygon"])]
    options = list(dict.fromkeys([*(first if with_none else ()), *([NONE] if with_none else ()), *areas]))
    names = atlas.zones[f"name_{lang}"]
    # The zone of the other way, else the one chosen on the map, else the first whose plan gives its sides.
    wanted = (st.session_state.get(ZONE), view.zone, *first)
    start = next((options.index(each) for each in wanted if each in options), 0)
    chosen: str = st.selectbox(
        t("sides_zone", lang), options, index=start, width=320, key=f"sides-zone-{with_none}-{lang}",
        format_func=lambda each: names[each] if each else t("sides_no_zone", lang),
    )  # fmt: skip
    st.session_state[ZONE] = chosen
    return chosen


def _lines(lang: str) -> geopandas.GeoDataFrame:
    """Show the session's own layers; return the named lines to use."""
    held = {each.name: each for each in own_layers.layers()}
    chosen = st.selectbox(
        t("sides_lines", lang), [NONE, *held], width=260, key=f"sides-lines-{lang}", help=t("sides_lines_note", lang),
        format_func=lambda each: each or t("sides_lines_none", lang),
    )  # fmt: skip
    own = held.get(chosen)
    if own is None:
        return siding.lines_for(cache.atlas(), None)
    error_m = st.number_input(
        t("sides_lines_error", lang), min_value=0, value=None, step=1, width=200, key=f"sides-lines-error-{own.name}",
        placeholder=t("sides_unknown_error", lang),
    )  # fmt: skip
    return siding.lines_for(cache.atlas(), own.path, own.name, error_m)


def _text_box(zone_id: str, lang: str) -> str:
    """Show the text, filled in with the plan's own where a zone has one; return it."""
    atlas = cache.atlas()
    given = zone_text(atlas, zone_id) if zone_id else None
    kept: dict[str, str] = st.session_state.setdefault(TEXT, {})
    text: str = st.text_area(
        t("sides_text", lang), kept.get(zone_id, given.text if given else ""), height=80, max_chars=LONGEST_TEXT,
        placeholder=t("sides_text_hint", lang), key=f"sides-text-{zone_id}",
    )  # fmt: skip
    kept[zone_id] = text
    if given:
        plan = atlas.plans[atlas.zones.at[zone_id, "plan_id"]]
        at = [
            evidence.locator(
                getattr(plan.plan.short, lang), each["section"], (each["line_start"], each["line_end"]), lang
            )
            for each in given.sources
        ]
        st.caption(t("sides_evidence", lang, at="；".join(at)))
    return text


def _stand_ins(result: Sides, lines: geopandas.GeoDataFrame, zone_id: str, lang: str) -> dict[Direction, str]:
    """Offer lines that would close the one open side; return those a person takes."""
    english = lines.drop_duplicates("name_zh").set_index("name_zh")["name_en"]

    def called(name: str) -> str:
        if not name:
            return t("sides_stay_open", lang)
        return english[name] or name if lang == "en" else name

    chosen: dict[Direction, str] = {}
    kept: dict[tuple[str, str], str] = st.session_state.setdefault(STOOD_IN, {})
    for direction, names in closing_lines(result, lines).items():
        label = t("sides_stand_in", lang, side=sides_view.side_name(direction, lang))
        options = [NONE, *names]
        held = kept.get((zone_id, str(direction)), NONE)
        taken = st.selectbox(
            label, options, options.index(held) if held in options else 0, format_func=called, width=320,
            help=t("sides_stand_in_note", lang), key=f"sides-stand-in-{direction}-{lang}",
        )  # fmt: skip
        kept[zone_id, str(direction)] = taken
        if taken:
            chosen[direction] = taken
    return chosen


def _result(view: View, result: Sides, zone_id: str) -> None:
    lang, atlas = view.lang, cache.atlas()
    drawn = siding.drawing(atlas, zone_id) if zone_id else None
    checks = check(result, drawn[1], drawn[2]) if drawn else ()
    both = compare(result.polygon, drawn[1]) if drawn and result.polygon is not None else None
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.html(sides_view.verdict(result, lang))
        if result.polygon is not None:
            shape_slips.keep(shape_slips.SIDES, result.polygon, result.error_m, zone_id or None)
            st.html(sides_view.figures(result, view.unit, lang))
            st.caption(sides_view.area_note(result, view.unit, lang))
        components.mount("table", sides_view.side_table(result, lang), name="sides-found")
        if checks:
            st.subheader(t("sides_against", lang), anchor=False)
            st.html(sides_view.differences(checks, both, lang))
        _hand_over(result, zone_id, lang)
    with right, st.container(key="beside"):
        st.subheader(t("sides_map", lang), anchor=False)
        grounds = sides_view.grounds(result, drawn[1] if drawn else None)
        focus = f"{zone_id} {result.text} {dict(result.stand_ins)}"
        map_component.show_grounds(view, (zone_id,) if drawn else (), grounds, focus)
        st.html(sides_view.legend(result, lang))
        if drawn:
            st.caption(t("sides_legend_drawn", lang))


def _hand_over(result: Sides, zone_id: str, lang: str) -> None:
    """Offer the candidate as a file, and to the drawing bench."""
    if result.polygon is None:
        return
    with st.container(horizontal=True, key="sides-take"):
        name = f"{t('sides_file', lang)}_{cache.atlas().version}.geojson"
        st.download_button(
            t("sides_download", lang), lambda: candidate_bytes(result, zone_id or None), name, "application/geo+json",
            on_click="ignore", key="sides-geojson",
        )  # fmt: skip
        st.button(
            t("sides_hand_over", lang), type="primary", disabled=not zone_id, key="sides-hand-over",
            on_click=_take_to_drawing, args=(result, zone_id),
        )  # fmt: skip
    if not zone_id:
        st.caption(t("sides_need_zone", lang))


def _take_to_drawing(result: Sides, zone_id: str) -> None:
    """Hand the candidate to the drawing bench, and go there."""
    st.session_state[CANDIDATE] = {
        "zone_id": zone_id, "geometry": geojson(result.polygon), "error_m": result.error_m,
        "basis": basis(result, "zh"), "basis_en": basis(result, "en"), "method": "named_roads",
    }  # fmt: skip
    go("draw")


def _describe(view: View) -> None:
    lang, atlas = view.lang, cache.atlas()
    with st.container(horizontal=True, vertical_alignment="bottom", key="sides-bar"):
        zone_id = _zone_picker(view, with_none=False)
        lines = _lines(lang)
    drawn = siding.drawing(atlas, zone_id)
    if drawn is None:
        return
    sides = sides_of(drawn[1], lines, drawn[2])
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(t("sides_copy", lang), anchor=False)
        for each in (lang, "en" if lang == "zh" else "zh"):
            st.code(words(sides, each), language=None, wrap_lines=True)
        st.caption(t("sides_describe_note", lang))
        told = sides_view.worded_table(sides, lang)
        components.mount("table", told, name="sides-words")
        name = f"{t('sides_words_file', lang)}_{atlas.zones.at[zone_id, f'name_{lang}']}"
        table_files.download([told], name, lang, "sides-xlsx")
    with right, st.container(key="beside"):
        st.subheader(t("sides_map", lang), anchor=False)
        map_component.show_pair(view, (zone_id,), None)
