"""Verification on the page: the numbers of a file made again on the atlas as it is, and the verdict in words."""

import html
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from layers.tables.receipt_page import UNITS, figure_name
from layers.tables.tables import figure_heads
from ui import cache, components, table_files, verify_files, verify_picture
from ui.sentences import faults
from ui.sentences.sentences import translate
from ui.words import words_receipts
from ui.words.i18n import t
from zones import Atlas
from zones.errors import InputError, ZonesError
from zones.proof.causes import Cause
from zones.proof.georef_again import SUFFIXES as PICTURES
from zones.proof.receipt_files import Held, read_receipts
from zones.proof.receipt_sources import SELF
from zones.proof.receipts import Receipt, rests_on_atlas, workspaces_of
from zones.proof.verify import Stale, Verdict, verify
from zones.workspace.workspace_place import in_use

OUTCOMES = {"value", "error", "share"}
"""What follows from another cause; told only where no other is known. The values stand in columns of their own."""

MANY_CAUSES = 4
"""Causes told of one receipt; the rest are counted."""


def show(lang: str) -> None:
    """Take a file, and the ones its receipts rest on, and show the verdict."""
    given = verify_files.choose(lang)
    if given is None:
        return
    if given.path is None:
        faults.show(str(given.fault), lang)
        return
    try:
        if given.path.suffix.lower() in PICTURES:
            verify_picture.show(given.path, given.name, lang)
        else:
            _receipts_of(given.path, given.name, lang)
    except ZonesError as error:
        folders = {given.path.parent, *(path.parent for path in verify_files.sources().values())}
        told = str(error)
        for folder in folders:
            told = told.replace(f"{folder}/", "")
        faults.show(told, lang)


def _receipts_of(path: Path, name: str, lang: str) -> None:
    """Make the receipts of a file again, once all it rests on is there, and show the verdict."""
    _fits(path, name, lang)
    held = read_receipts(path, figure_heads())
    given, ours = verify_files.sources(), in_use(workspaces_of(held.receipts))
    lie_at = ours | _at_hand(held, given) | {SELF: path}
    missing = [each for each in stated(held) if each not in lie_at]
    if missing:
        verify_files.ask_source(lang, Path(missing[0]).name)
        return
    for each in given.values():
        _fits(each, each.name, lang)
    verdict = verify(cache.atlas(), held.receipts, held.shown, lie_at)
    st.html(banner(cache.atlas(), held, verdict, name, lang))
    if verdict.stale:
        told = stale_table(cache.atlas(), held, verdict, lang)
        components.mount("table", told, name="stale")
        table_files.download([told], f"{t('verify_file', lang)}_{cache.atlas().version}", lang, "verify-xlsx")
        if ours:
            # It may have been another workspace of the same name.
            verify_files.ask_source(lang, Path(next(iter(ours))).name, verify_files.WORKSPACE, (".gpkg",))


def _fits(path: Path, name: str, lang: str) -> None:
    if verify_files.too_large(path):
        size, most = f"{path.stat().st_size / 1024**2:.0f}", verify_files.MOST_BYTES >> 20
        raise InputError(t("verify_too_large", lang, name=name, size=size, most=most))


def stated(held: Held) -> list[str]:
    """Return the files that receipts rest on, as they name them."""
    paths = dict.fromkeys(each.path for receipt in held.receipts for each in receipt.files or ())
    return [path for path in paths if path != SELF]


def _at_hand(held: Held, sources: Mapping[str, Path]) -> dict[str, Path]:
    """Return where each file lies that receipts rest on. Only files given here count: none is looked for."""
    wanted = stated(held)
    if len(wanted) == len(sources) == 1:
        return {wanted[0]: next(iter(sources.values()))}
    return {path: sources[Path(path).name] for path in wanted if Path(path).name in sources}


def banner(atlas: Atlas, held: Held, verdict: Verdict, name: str, lang: str) -> str:
    """Return the verdict as HTML: whether all hold, and on what they were recomputed."""
    count = len(held.receipts)
    key = "verify_stale" if verdict.stale else "verify_holds_one" if count == 1 else "verify_holds"
    told = t(key, lang, n=count, m=len(verdict.stale))
    files = [Path(path).name for path in stated(held)]
    own = any(map(rests_on_atlas, held.receipts))
    basis = t("verify_basis", lang, name=name, version=atlas.version) if own or not files else None
    if files:
        listed = "、".join(files) if lang == "zh" else ", ".join(files)
        basis = t("verify_basis_files", lang, name=basis or name, files=listed)
    versions = {receipt.data_version for receipt in held.receipts} - {atlas.version}
    issued = f" · {t('verify_issued', lang, version=', '.join(sorted(versions)))}" if versions and not files else ""
    look = "stale" if verdict.stale else "holds"
    text = html.escape(f"{basis}{issued}")
    return f"<div class='z-verdict z-{look}' role='status'><b>{html.escape(told)}</b><p>{text}</p></div>"


def stale_table(atlas: Atlas, held: Held, verdict: Verdict, lang: str) -> dict[str, Any]:
    """Return the stale receipts as JSON data for the table of the browser."""
    receipts = {receipt.id: receipt for receipt in held.receipts}
    rows = [_row(atlas, each, receipts.get(each.id), lang) for each in verdict.stale]
    titles = ("verify_figure", "zone", "verify_was", "verify_now", "verify_why", "receipt_id")
    columns = [
        {"title": t(title, lang), "number": title in ("verify_was", "verify_now"), "wide": title == "verify_why"}
        for title in titles
    ]
    return {
        "lang": lang, "caption": t("verify_list", lang), "columns": columns, "rows": rows,
        "filter": t("filter_rows", lang), "none": t("verify_none", lang),
    }  # fmt: skip


def _row(atlas: Atlas, stale: Stale, receipt: Receipt | None, lang: str) -> dict[str, Any]:
    kind = figure_name(receipt, lang) if receipt else stale.kind
    unit = UNITS[receipt.unit] if receipt else ""
    names = [_name(atlas, zone_id, lang) for zone_id in stale.zones]
    zones = " × ".join(names) if len(names) < 3 else f"{len(names)} zones" if lang == "en" else f"{len(names)} 个区"
    roots = [each for each in stale.causes if each.what not in OUTCOMES]
    told = [sentence(atlas, each, lang) for each in roots or stale.causes]
    rest = len(told) - MANY_CAUSES
    mark = "；" if lang == "zh" else "; "
    why = mark.join(told[:MANY_CAUSES]) + (f"{mark}{t('more', lang, n=rest)}" if rest > 0 else "")
    numbers = [
        {"text": "—", "sort": None} if value is None else {"text": f"{value:,.4f}", "soft": f" {unit}", "sort": value}
        for value in (stale.value, stale.now)
    ]
    cells = [{"text": kind}, {"text": zones}, *numbers, {"text": why}, {"text": stale.id}]
    return {"cells": cells, "find": f"{kind} {' '.join(names)} {stale.id}".lower()}


def sentence(atlas: Atlas, cause: Cause, lang: str) -> str:
    """Return a cause in words, with the zone by its name where the atlas has it."""
    values = dict(cause.values)
    if "zone" in values:
        values["zone"] = _name(atlas, values["zone"], lang)
    if "fault" in values:
        values["fault"] = translate(values["fault"], lang)
    if "side" in values:
        values["side"] = t("zone_a" if values["side"] == "of_a" else "zone_b", lang)
    return words_receipts.CAUSES[cause.what][lang == "en"].format(**values)


def _name(atlas: Atlas, zone_id: str, lang: str) -> str:
    return str(atlas.zones.at[zone_id, f"name_{lang}"]) if zone_id in atlas.zones.index else zone_id
