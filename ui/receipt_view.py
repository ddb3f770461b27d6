"""The receipt behind a number on the screen: made when its mark is asked, told in words, opened by the browser.

Each mark carries a key. A press sends it here; only this fragment runs again, not the page, so that a page costs
nothing for the receipts nobody looks at. The receipt is the one that the command writes, to the last digit.
"""

import html
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from layers import style
from layers.tables.receipt_page import METHODS, SIDES, UNITS, figure_name
from ui import cache, components
from ui.words import words_receipts
from ui.words.i18n import strings, t
from zones import Atlas
from zones.proof.receipt_sources import Band, Input, Layer, Series, Thresholds, Workspace
from zones.proof.receipts import Receipt, area_receipts, document_bytes, subjects
from zones.units import format_area, format_change

ASKED = "receipt-asked"
ANSWERED_S = 8.0
SHOWN_INPUTS = 4
"""More inputs than these fold away."""

TITLES = ("receipt", "receipt_id", "receipt_copy", "receipt_copied", "receipt_download", "receipt_check", "close")

Document = Callable[[Receipt], bytes | None]
"""Takes a receipt, gives the file it is handed over in, where that holds more than the receipt."""

Make = Callable[[str], Receipt | None]
"""Takes a key, gives its receipt, or None for a key that leads to none."""


@st.fragment
def show(lang: str, make: Make, document: Document | None = None) -> None:
    """Mount the slip that opens on a mark; a press on a mark runs this alone."""
    key, turn = _press()
    receipt = make(key) if key else None
    told: dict[str, Any] = {"lang": lang, "strings": strings(lang, *TITLES), "turn": turn}
    if receipt is not None:
        told["slip"] = slip(cache.atlas(), receipt, lang)
        own = document(receipt) if document else None
        if own is not None:
            told["slip"] |= {"json": own.decode(), "file": f"{t('receipts_file', lang)}_{receipt.id}.geojson"}
    components.mount("receipt", told, asked=_asked)


def _asked() -> None:
    st.session_state[ASKED] = components.said("receipt", "asked"), time.monotonic()


def _press() -> tuple[str, Any]:
    """Return key and number of the press to answer; an empty key where there is none.

    A press is answered for some seconds, for the page may run again in between and would wipe the answer;
    not for ever, or each run of the page would make a receipt that nobody asks for any more.
    """
    asked, when = st.session_state.get(ASKED, (None, 0.0))
    if not isinstance(asked, dict) or time.monotonic() - when > ANSWERED_S:
        return "", None
    return str(asked.get("key", "")), asked.get("turn")


def mark(key: str, lang: str) -> str:
    """Return the mark after a number in a page's own HTML."""
    label = html.escape(t("receipt_open", lang))
    return (
        f"<button type='button' class='z-mark' data-receipt='{html.escape(key)}' aria-haspopup='dialog' "
        f"aria-label='{label}' title='{label}'></button>"
    )


def download(issue: Callable[[], tuple[Receipt, ...]], name: str, lang: str, key: str = "receipts-json") -> None:
    """Offer the receipts of a whole table as the file that `zones verify` reads; made when pressed."""
    st.download_button(
        t("receipts_download", lang), lambda: document_bytes(issue()), f"{name}_{t('receipts_file', lang)}.json",
        "application/json", on_click="ignore", key=key,
    )  # fmt: skip


def of_zone(key: str) -> Receipt | None:
    """Return the receipt of a figure of one zone; the key is its method and the zone, with a space between."""
    method, _, zone_id = key.partition(" ")
    atlas = cache.atlas()
    if zone_id not in atlas.zones.index:
        return None
    return next(iter(area_receipts(atlas, atlas.zones.loc[[zone_id]], (method,))), None)


def slip(atlas: Atlas, receipt: Receipt, lang: str) -> dict[str, Any]:
    """Return a receipt in words, as JSON data for the browser.

    `rows` are pairs of a label and lines; `json` is the file that `zones verify` reads.
    """
    method = receipt.method.partition("/")[0]
    kind = figure_name(receipt, lang)
    by = style.label(METHODS, method, lang)
    # A kind with several methods is told by its method too.
    title = f"{kind} · {by}" if receipt.kind == "area" else kind
    how = [words_receipts.METHODS[method][lang == "en"], receipt.method]
    rows = [
        ("receipt_value", _value(receipt, lang)),
        ("receipt_error", _error(receipt, lang)),
        ("receipt_shares", _shares(receipt, lang)),
        ("receipt_method", how),
        ("receipt_band", _band(receipt.band, lang) if receipt.band else []),
        ("receipt_workspace", workspace(receipt.workspace, lang) if receipt.workspace else []),
        ("receipt_file", _layer(receipt, receipt.layer, lang) if receipt.layer else []),
        ("receipt_edge", [style.label(style.EDGE_LABELS, receipt.edge_rule, lang)]),
        ("receipt_crs", [receipt.crs]),
        ("receipt_thresholds", thresholds(receipt.thresholds, lang) or [t("receipt_none", lang)]),
        ("receipt_versions", _versions(receipt, lang)),
    ]
    inputs = [_input(atlas, source, lang) for source in receipt.zones]
    if receipt.many is not None:
        told = [t("receipt_many_mark", lang, mark=receipt.many.sha256[:16])]
        inputs.append({"name": t("receipt_many", lang, n=f"{receipt.many.count:,}"), "id": "", "told": told})
    return {
        "id": receipt.id,
        "title": title,
        "subject": _subject(atlas, receipt, lang),
        "rows": [(t(key, lang), lines) for key, lines in rows if lines],
        "inputs_title": t("receipt_inputs", lang),
        "inputs": inputs,
        "fold": t("receipt_inputs_all", lang, n=len(inputs)) if len(inputs) > SHOWN_INPUTS else None,
        "series": _series(atlas, receipt.series, lang) if receipt.series else None,
        "json": document_bytes([receipt]).decode(),
        "file": f"{t('receipts_file', lang)}_{receipt.id}.json",
    }


def _subject(atlas: Atlas, receipt: Receipt, lang: str) -> str:
    names = [_name(atlas, each, lang) for each in subjects(receipt)]
    if receipt.band is not None and receipt.kind != "inside":
        return names[0]
    if len(names) > 2:
        return f"{len(names)} zones" if lang == "en" else f"{len(names)} 个区"
    return " × ".join(names)


def _name(atlas: Atlas, zone_id: str, lang: str) -> str:
    return str(atlas.zones.at[zone_id, f"name_{lang}"]) if zone_id in atlas.zones.index else zone_id


def _value(receipt: Receipt, lang: str) -> list[str]:
    unit = UNITS[receipt.unit]
    full = f"{t('receipt_full', lang)} {receipt.value:,} {unit}"
    if receipt.kind == "change":
        return [f"{format_change(receipt.value, receipt.error_m2)} km²", full]
    if receipt.unit != "m2" or receipt.value < 0:
        return [full]
    return [f"{format_area(receipt.value, receipt.error_m2, 'km2')} km²", full]


def _error(receipt: Receipt, lang: str) -> list[str]:
    if receipt.error_m2 is None:
        return [words_receipts.ERRORS["none"][lang == "en"]]
    outline = "band" if receipt.zones and receipt.zones[0].half_width_m is not None else "outline"
    kind = receipt.kind if receipt.band is not None or receipt.kind == "change" else outline
    return [f"± {receipt.error_m2:,.1f} m²", words_receipts.ERRORS[kind][lang == "en"]]


def _shares(receipt: Receipt, lang: str) -> list[str]:
    if receipt.shares is None:
        return []
    shares = receipt.shares
    error = "" if shares.of_corridor_error is None else f" ± {shares.of_corridor_error:.4%}"
    told = [
        t(key, lang, share=f"{share:.4%}{soft}")
        for key, share, soft in (
            ("receipt_share_a", shares.of_a, ""),
            ("receipt_share_b", shares.of_b, ""),
            ("receipt_share_corridor", shares.of_corridor, error),
            ("receipt_share_cover", shares.of_cover, ""),
        )
        if share is not None
    ]
    return [" · ".join(told)]


def _band(band: Band, lang: str) -> list[str]:
    """Return what a figure of coverage rests on besides its covers: axis, assumed width, ends."""
    if isinstance(band.half_width, tuple):
        pairs = ", ".join(f"{at:g}:{width:g}" for at, width in band.half_width)
        lines = [t("receipt_profile", lang, pairs=pairs)]
    else:
        lines = [t("receipt_assumed_width", lang, value=f"{band.half_width:g}")]
    for key, name, value in (
        ("receipt_axis", "mark", band.axis),
        ("receipt_axis_error", "value", band.axis_error_m),
        ("receipt_limit", "mark", band.limit),
        ("receipt_limit_error", "value", band.limit_error_m),
    ):
        if value is not None:
            lines.append(t(key, lang, **{name: value if isinstance(value, str) else f"{value:,.10g}"}))
    return lines


def workspace(told: Workspace, lang: str) -> list[str]:
    """Return of which workspace an area is, and at which of its revisions."""
    at = t("receipt_at", lang, n=told.new) if told.old is None else ""
    between = "" if told.old is None else t("receipt_between", lang, old=told.old, new=told.new)
    return [at or between, t("receipt_log_first", lang, mark=told.first)]


def _layer(receipt: Receipt, layer: Layer, lang: str) -> list[str]:
    """Return on which file the area of a layer rests, and what that was read as."""
    names = [Path(each.path.replace("\\", "/")).name for each in (receipt.files or ())[:1]]
    lines = [t("receipt_file_hash", lang, name=name, mark=layer.sha256[:16]) for name in names]
    lines.append(t("receipt_features", lang, n=f"{layer.features:,}"))
    if layer.crs is not None:
        known = [t(f"datum_{layer.datum}", lang)] if layer.datum else []
        lines.append(" · ".join([t("receipt_read_as", lang, crs=layer.crs), *known]))
    told = [each for each in (layer.told_crs, layer.told_encoding, layer.told_layer, layer.told_south) if each]
    return [*lines, t("receipt_told", lang, told=", ".join(told))] if told else lines


def _series(atlas: Atlas, series: Series, lang: str) -> dict[str, Any]:
    """Return the rows that a receipt holds, each as one line."""
    comma = "，" if lang == "zh" else ", "
    lines = [
        comma.join(_cell(atlas, *each, lang) for each in zip(series.heads, row, strict=False)) for row in series.rows
    ]
    return {"title": t("receipt_rows", lang), "fold": t("receipt_rows_all", lang, n=len(lines)), "lines": lines}


def _cell(atlas: Atlas, head: str, value: str | float | None, lang: str) -> str:
    """Return a cell in words: `half_width_m` with its unit, `covered_m2 park` under the name of the class."""
    if head == "id":
        return _name(atlas, str(value), lang)
    if head == "side":
        return words_receipts.HEADS[head][lang == "en"].format(value=SIDES[str(value)][lang == "en"])
    key, _, name = head.partition(" ")
    shown = "—" if value is None else f"{value:,.10g}" if isinstance(value, float) else value
    label = style.label(style.KIND_LABELS, name, lang) if name in style.KIND_LABELS else name
    return words_receipts.HEADS["class" if name else key][lang == "en"].format(name=label, value=shown)


def thresholds(held: Thresholds, lang: str) -> list[str]:
    """Return the settings a number hangs on, a line to each."""
    lines = []
    if held.grid is not None:
        x, y = (f"{each:g}" for each in held.grid.origin)
        lines.append(t("receipt_grid", lang, size=f"{held.grid.size:g}", x=x, y=y))
    for key, name, value in (
        ("receipt_below", "value", held.below_m2),
        ("receipt_side", "n", held.first_side),
        ("receipt_balance", "value", held.balance),
        ("receipt_k", "k", held.k),
        ("receipt_step", "value", held.step_m),
        ("receipt_cut", "value", held.cut_deg),
    ):
        if value is not None:
            lines.append(t(key, lang, **{name: f"{value:g}"}))
    return lines


def _versions(receipt: Receipt, lang: str) -> list[str]:
    names = {"tool": "zones", "shapely": "shapely", "geos": "GEOS", "pyproj": "pyproj", "proj": "PROJ"}
    held = [f"{names.get(name, name)} {version}" for name, version in receipt.versions.items()]
    return [t("receipt_data", lang, version=receipt.data_version), " · ".join(held)]


def _input(atlas: Atlas, source: Input, lang: str) -> dict[str, Any]:
    """Return one input: its name, its id, and what of it entered the number."""
    entered = [
        ("receipt_shape", "mark", source.geometry),
        ("receipt_edge_error", "value", source.error_m),
        ("receipt_half_width", "value", source.half_width_m),
        ("receipt_axis", "mark", source.axis),
        ("receipt_axis_error", "value", source.axis_error_m),
        ("receipt_stated", "value", source.declared_area_m2),
        ("receipt_at", "n", None if source.revision is None else str(source.revision)),
    ]
    told = [
        t(key, lang, **{name: value if isinstance(value, str) else f"{value:,.10g}"})
        for key, name, value in entered
        if value is not None
    ]
    return {"name": _name(atlas, source.zone_id, lang), "id": source.zone_id, "told": told}
