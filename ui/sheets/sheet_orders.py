"""From what a person chose to the order of a sheet: the name of a selection, and checks of what was typed."""

from typing import Any

from layers import style
from layers.sheets.sheet_book import BookOrder
from layers.sheets.sheet_book_words import said
from layers.sheets.sheet_page import PageLook
from layers.sheets.sheet_plan import Order, SignOff, Use
from layers.sheets.sheet_template import template as read_template
from layers.sheets.sheet_theme import theme as known_theme
from ui.words.i18n import t
from zones import Atlas
from zones.errors import InputError


def order_for(
    atlas: Atlas,
    selection: str,
    title: str | None,
    lang: str = "zh",
    *,
    template: str = "a4",
    **fields: Any,  # noqa: ANN401 (fields of Order, checked there)
) -> Order:
    """Return the order of a sheet.

    Parameters
    ----------
    selection : str
        Names the sheet where `title` does not.
    template : str
        A shipped template, or a TOML file.
    **fields
        Fields of `Order`.

    Raises
    ------
    InputError
        When language, theme or template cannot be used.
    """
    if lang not in ("zh", "en"):
        raise InputError(f"--lang is '{lang}'; choose zh or en")
    if fields.get("theme"):
        known_theme(fields["theme"])
    return Order(title or sheet_title(atlas, selection, lang), lang=lang, template=read_template(template), **fields)


def book_order_for(
    title: str | None,
    lang: str = "zh",
    *,
    size: str = "A3",
    theme: str = "colour",
    use: Use = "internal",
    **fields: Any,  # noqa: ANN401 (fields of BookOrder, checked there)
) -> BookOrder:
    """Return the order of an atlas; `fields` are those of `BookOrder`.

    Raises
    ------
    InputError
        When language, size or theme cannot be used.
    """
    if lang not in ("zh", "en"):
        raise InputError(f"--lang is '{lang}'; choose zh or en")
    if size not in ("A3", "A4"):
        raise InputError(f"an atlas is A3 or A4; '{size}' is neither")
    known_theme(theme)
    return BookOrder(title or said("book", lang), PageLook(lang, size, theme, use), **fields)


def use_fields(public: bool, name: str = "", reason: str = "", day: str = "") -> dict[str, Any]:
    """Return what an order holds of its use: `use`, and `sign_off` where any of its fields is given.

    Raises
    ------
    InputError
        When a sign-off is not whole, or the map is not for the public.
    """
    if not (name or reason or day):
        return {"use": "public" if public else "internal"}
    if not public:
        raise InputError("A sign-off is for a public map; add --public, or leave the sign-off out.")
    return {"use": "public", "sign_off": SignOff(name, reason, day)}


def sheet_title(atlas: Atlas, selection: str, lang: str) -> str:
    """Return a title that names a selection: the plan, scheme, kind or zone, where it is one; else the city."""
    way, _, value = selection.partition(":")
    if selection in atlas.zones.index:
        return t("sheet_of", lang, name=atlas.zones.at[selection, f"name_{lang}"])
    if way == "plan" and value in atlas.plans:
        return t("sheet_of_plan", lang, name=getattr(atlas.plans[value].plan.short, lang))
    if way == "kind" and value in style.KIND_LABELS:
        return t("sheet_of_kind", lang, name=style.label(style.KIND_LABELS, value, lang))
    schemes = (scheme for plan in atlas.plans.values() for scheme in plan.schemes)
    scheme = next((each for each in schemes if way == "scheme" and each.scheme_id == value), None)
    return t("sheet_of", lang, name=getattr(scheme.name, lang)) if scheme else t("sheet_title", lang)
