"""The choices beside the preview of a sheet: zones, template, paper, colours, scale, title block, parts."""

from typing import Any

import streamlit as st

from layers.sheets.sheet_frame import SCALES, WIDE_SCALES
from layers.sheets.sheet_plan import Order
from layers.sheets.sheet_template import PARTS, template, template_names
from layers.sheets.sheet_theme import THEMES
from layers.sheets.wind_rose import WindRose, parse_wind_rose
from ui import components
from ui.imports import own_layers
from ui.pickers import members, set_picker
from ui.plans.current_values import received
from ui.sentences import faults
from ui.sheets import clearing
from ui.sheets.own_picture import OwnPicture
from ui.sheets.sheet_orders import order_for, sheet_title
from ui.state import View
from ui.tree import Tree
from ui.words.i18n import t
from zones import Atlas
from zones.errors import InputError

SIZES = ("A4", "A3", "A0", "slide")
AS_TEMPLATE = "template"
AUTO = 0
CLOSEST_OFFERED = 5000
"""At closer scales an outline would look surer than any here is."""
MOST_BYTES = 64 * 1024
ROSE = "sheet-rose"
ROSE_FAULT = "sheet-rose-fault"


def zones_picker(tree: Tree, view: View, name: str) -> tuple[str, tuple[str, ...]]:
    """Show the sets of zones; return the one chosen as a selection in words, and its members."""
    first = (view.zone, "chosen_zone") if view.zone else None
    chosen = set_picker(tree, view, name, first=first)
    return chosen, (chosen,) if chosen in tree.leaves else members(tree, view, chosen)


def order_form(atlas: Atlas, chosen: str, view: View) -> Order:
    """Show all choices but the zones; return the order they make."""
    lang = view.lang
    names = {name: template(name).name for name in template_names()}
    name: str = _choice(
        "template_of", list(names), {each: getattr(names[each], lang) for each in names}, lang, first="a3"
    )
    made = template(name)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sizes = {AS_TEMPLATE: t("of_template", lang)} | {each: _size(each, lang) for each in SIZES}
        size = _choice("paper_size", list(sizes), sizes, lang)
        looks = {each: t(f"look_{each}", lang) for each in THEMES}
        look = _choice("look_of", list(looks), looks, lang, first=made.theme, key=f"look-{name}")
        scales = {AUTO: t("scale_auto", lang)} | {each: f"1:{each:,}".replace(",", " ") for each in _scales()}
        scale = _choice("scale_of", list(scales), scales, lang)
    title = st.text_input(
        t("map_title", lang), placeholder=sheet_title(atlas, chosen, lang), max_chars=60, key=f"sheet-title-{lang}"
    )
    use = clearing.use_picker(lang, "sheet")
    fields = _block_form(lang)
    labels = {part: t(f"part_{part}", lang) for part in PARTS}
    shown = st.pills(
        t("parts_of", lang), list(PARTS), selection_mode="multi", default=list(made.show),
        format_func=labels.__getitem__, key=f"sheet-parts-{name}-{lang}",
    )  # fmt: skip
    rose = _rose_form(lang) if "wind_rose" in shown else None
    return order_for(
        atlas, chosen, title.strip() or None, lang, template=name, size=None if size == AS_TEMPLATE else size,
        theme=look, scale=scale or None, show=tuple(part for part in PARTS if part in shown), wind_rose=rose, use=use,
        **fields,
    )  # fmt: skip


def _block_form(lang: str, *, number: bool = True) -> dict[str, str]:
    """Show the fields of the title block; return those filled in."""
    with st.expander(t("title_block", lang)):
        fields = {"organisation": ("organisation_of", ""), "number": ("number_of", "")}
        fields |= {"review_number": ("review_of", "review_hint"), "date": ("date_of", "date_hint")}
        if not number:
            del fields["number"]
        return {
            name: st.text_input(
                t(label, lang), placeholder=t(hint, lang) if hint else "", max_chars=60, key=f"block-{name}-{number}"
            ).strip()
            for name, (label, hint) in fields.items()
        }


def own_form(lang: str) -> OwnPicture | None:
    """Show the layers brought along in this session, and what is asked of the one to draw; return it, if any."""
    with st.expander(t("own_over", lang)):
        held = {layer.name: layer for layer in own_layers.layers()}
        if not held:
            st.caption(t("own_over_none", lang))
            return None
        none = t("own_over_off", lang)
        name = st.selectbox(t("own_over_layer", lang), [none, *held], filter_mode=None, key=f"own-over-{lang}")
        if name not in held:
            return None
        layer, whole = held[name], t("own_over_whole", lang)
        field = st.selectbox(
            t("own_over_field", lang), [whole, *layer.fields], filter_mode=None, key=f"own-over-field-{name}-{lang}"
        )
        said = {
            each: st.text_input(t(f"own_over_{each}", lang), max_chars=80, key=f"own-over-{each}-{name}").strip()
            for each in ("source", "licence", "source_date")
        }
        st.caption(t("own_over_note", lang))
    return OwnPicture(layer.path, name, None if field == whole else field, imported=True, **said)


def block_form(lang: str) -> dict[str, str]:
    """Show the fields an atlas has of the title block; return those filled in."""
    return _block_form(lang, number=False)


def _rose_form(lang: str) -> WindRose | None:
    """Show the box for a wind rose, or the one held with a way to drop it; return it."""
    held: WindRose | None = st.session_state.get(ROSE)
    if held is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(t("wind_held", lang, station=held.station, years=held.years))
            st.button(t("wind_remove", lang), key="rose-remove", type="tertiary", on_click=_drop_rose)
        return held
    told = {"upload": t("wind_upload", lang), "upload_note": t("wind_note", lang)}
    with st.expander(t("wind_of", lang)):
        components.mount(
            "upload", {"accept": ".toml", "most": MOST_BYTES, "strings": told}, name="rose", file=_rose_sent
        )
        fault = st.session_state.get(ROSE_FAULT)
        if fault:
            faults.show(fault, lang)
    return None


def _rose_sent() -> None:
    said = components.said("rose", "file")
    if not isinstance(said, dict):
        return
    sent = received(said)
    st.session_state.pop(ROSE_FAULT, None)
    try:
        if max(sent.size, len(sent.content)) > MOST_BYTES:
            raise InputError(f"{sent.name}: a wind rose holds 16 figures; this file has {sent.size:,} bytes.")
        st.session_state[ROSE] = parse_wind_rose(sent.content, sent.name)
    except InputError as error:
        st.session_state[ROSE_FAULT] = str(error)


def _drop_rose() -> None:
    st.session_state.pop(ROSE, None)


def _choice(
    label: str,
    options: list[Any],
    names: dict[Any, str],
    lang: str,
    *,
    first: Any = None,  # noqa: ANN401 (one of the options)
    key: str = "",
) -> Any:  # noqa: ANN401 (one of the options)
    return st.selectbox(
        t(label, lang), options, index=options.index(first) if first in options else 0,
        format_func=names.__getitem__, filter_mode=None, key=f"{key or label}-{lang}",
    )  # fmt: skip


def _size(size: str, lang: str) -> str:
    return t("size_slide", lang) if size == "slide" else size


def _scales() -> list[int]:
    return [each for each in (*SCALES, *WIDE_SCALES) if each >= CLOSEST_OFFERED]
