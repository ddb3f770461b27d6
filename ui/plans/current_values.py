"""Current values of indicators that a reader brings in a workbook: taken in, kept, shown as progress."""

import base64
import binascii
import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from layers.tables.indicator_tables import STATUS_LABELS
from layers.tables.indicator_words import DASH, measure_name, written
from ui import components
from ui.sentences import faults
from ui.sentences.sentences import translate
from ui.words.i18n import strings, t
from zones.errors import InputError
from zones.statements.board import progress
from zones.statements.current import Current, read_current
from zones.statements.plans import Plan

MOST_BYTES = 2 * 1024 * 1024
"""Largest workbook taken; the filled-in template is below 60 kB."""

SENT = "current-file"


@dataclass(frozen=True)
class Sent:
    """A file as the browser sent it; `content` is empty where it was too large to send."""

    name: str
    size: int
    content: bytes


def upload_box(lang: str) -> None:
    """Mount the box that takes a workbook."""
    told = {"accept": ".xlsx", "most": MOST_BYTES, "strings": strings(lang, "upload", "upload_note")}
    components.mount("upload", told, file=_taken)


def _taken() -> None:
    said = components.said("upload", "file")
    if isinstance(said, dict):
        st.session_state[SENT] = received(said)


def received(said: Mapping[str, Any]) -> Sent:
    """Return the file of a browser's message; broken content counts as none."""
    try:
        content = base64.b64decode(str(said.get("base64", "")), validate=True)
    except binascii.Error:
        content = b""
    return Sent(str(said.get("name", ""))[:120], int(said.get("size", 0)), content)


def read_sent(sent: Sent, plans: Mapping[str, Plan], lang: str) -> tuple[list[Current], list[str]]:
    """Return the values of a file sent, and one sentence for each row left out.

    Raises
    ------
    InputError
        If the file is too large or no such workbook.
    """
    if max(sent.size, len(sent.content)) > MOST_BYTES:
        raise InputError(t("too_large", lang, name=sent.name, size=f"{sent.size / 1024**2:.1f}"))
    known = frozenset(each.indicator_id for plan in plans.values() for each in plan.indicators)
    return read_current(sent.content, sent.name, known)


def progress_table(plans: Mapping[str, Plan], values: Sequence[Current], lang: str) -> dict[str, Any]:
    """Return the indicators that have a current value, each with its way to the target, for the browser.

    The latest year counts where an indicator has several values.
    """
    latest = {value.indicator_id: value for value in sorted(values, key=lambda value: value.year)}
    rows = []
    for plan in plans.values():
        for each in plan.indicators:
            now = latest.get(each.indicator_id)
            if now is None:
                continue
            stands = progress(each, now.value, now.year)
            label = STATUS_LABELS[stands.status][lang == "en"]
            cells = [
                {"text": getattr(each.name, lang)},
                {"text": getattr(plan.plan.short, lang)},
                {"text": written(each.baseline), "quoted": True},
                {"text": f"{now.value:,.10g}", "soft": f"  {now.year}", "sort": now.value},
                {"text": written(each.target), "quoted": True},
                {"text": measure_name(each.unit, lang)},
                _bar(stands.share, stands.expected, stands.status, lang),
                {"text": label, "status": stands.status},
            ]
            rows.append({"cells": cells, "find": f"{each.name.zh} {each.name.en} {label}".lower()})
    heads = ("indicator", "plan", "baseline", "current", "target", "measure", "progress", "status")
    return {
        "lang": lang,
        "caption": t("current_values", lang),
        "columns": [{"title": t(key, lang), "number": key in ("baseline", "current", "target")} for key in heads],
        "rows": rows,
        "filter": t("filter_indicators", lang),
        "none": t("no_indicator", lang),
    }


def _bar(share: float | None, expected: float | None, status: str, lang: str) -> dict[str, Any]:
    if share is None:
        return {"text": DASH, "sort": None}
    due = f"{t('expected', lang)} {expected:.0%}" if expected is not None else None
    bar = {"share": min(max(share, 0.0), 1.0), "expected": expected, "status": status}
    return {"text": f"{share:.0%}".replace("-", "−"), "soft": f"  {due}" if due else "", "bar": bar, "sort": share}


@dataclass(frozen=True)
class Brought:
    """What a file held: values, a sentence for each row left out, or the one on why it could not be read."""

    values: tuple[Current, ...] = ()
    left_out: tuple[str, ...] = ()
    fault: str | None = None


def brought(plans: Mapping[str, Plan], lang: str) -> Brought | None:
    """Return what the file of this session holds; None where none was sent."""
    sent = st.session_state.get(SENT)
    if sent is None:
        return None
    try:
        values, left_out = read_sent(sent, plans, lang)
    except InputError as error:
        return Brought(fault=str(error))
    return Brought(tuple(values), tuple(translate(each, lang) for each in left_out))


def show(plans: Mapping[str, Plan], held: Brought, lang: str) -> None:
    """Show what was read: how many rows, the progress of each indicator, and the rows left out."""
    if held.fault:
        faults.show(held.fault, lang)
        return
    if not held.values and not held.left_out:
        st.info(t("no_values", lang))
        return
    st.caption(t("read_rows", lang, n=len(held.values), m=len(held.left_out)))
    if held.values:
        components.mount("table", progress_table(plans, held.values, lang))
    if held.left_out:
        st.subheader(t("left_out", lang), anchor=False)
        items = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in held.left_out)
        st.html(f"<ul class='z-left-out'>{items}</ul>")
