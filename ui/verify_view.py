"""Files given for verification: kept for the session, recomputed on the atlas as it is, and the verdict in words."""

import html
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from layers.tables.receipt_page import UNITS, figure_name
from layers.tables.tables import figure_heads
from layers.write import write_atomically
from ui import cache, components, table_files
from ui.plans.current_values import Sent, received
from ui.sentences import faults
from ui.words import words_receipts
from ui.words.i18n import t
from zones import Atlas
from zones.errors import InputError, ZonesError
from zones.intake.import_guard import HEAD, fits
from zones.intake.import_guard import SUFFIXES as KINDS
from zones.proof.causes import Cause
from zones.proof.passport import SUFFIXES
from zones.proof.receipt_files import Held, read_receipts
from zones.proof.receipt_sources import SELF
from zones.proof.receipts import Receipt, rests_on_atlas, workspaces_of
from zones.proof.verify import Stale, Verdict, verify
from zones.workspace.workspace_place import in_use

MOST_BYTES = 64 * 1024 * 1024
ACCEPTED = (".json", ".geojson", ".gpkg", ".csv", *SUFFIXES)
RESTED_ON = (".json", ".geojson", ".gpkg", ".parquet", ".kml", ".kmz", ".dxf", ".csv", ".xlsx", ".zip")
"""Files that receipts rest on. Their content has to fit: GDAL goes by it, and some formats lead it to other files."""

FILE, SOURCES, FOLDER = "verify-file", "verify-sources", "verify-folder"
OUTCOMES = {"value", "error", "share"}
"""What follows from another cause; told only where no other is known. The values stand in columns of their own."""

MANY_CAUSES = 4
"""Causes told of one receipt; the rest are counted."""


def show(lang: str) -> None:
    """Take a file, and the ones its receipts rest on, and show the verdict."""
    _box("verify", lang, t("verify_upload", lang), t("verify_upload_note", lang, most=MOST_BYTES >> 20), _taken)
    given = st.session_state.get(FILE)
    if given is None:
        return
    try:
        held = read_receipts(_kept(given, lang), figure_heads())
        sources = {name: _kept(_sound(sent), lang) for name, sent in st.session_state.get(SOURCES, {}).items()}
        ours = in_use(workspaces_of(held.receipts))
        lie_at = ours | _at_hand(held, sources) | {SELF: _kept(given, lang)}
        missing = [path for path in stated(held) if path not in lie_at]
        if missing:
            name = Path(missing[0]).name
            _box("verify-source", lang, t("verify_source", lang, name=name), t("verify_source_note", lang), _source)
            return
        verdict = verify(cache.atlas(), held.receipts, held.shown, lie_at)
    except ZonesError as error:
        faults.show(str(error).replace(str(_folder()) + "/", ""), lang)
        return
    st.html(banner(cache.atlas(), held, verdict, given.name, lang))
    if verdict.stale:
        told = stale_table(cache.atlas(), held, verdict, lang)
        components.mount("table", told, name="stale")
        table_files.download([told], f"{t('verify_file', lang)}_{cache.atlas().version}", lang, "verify-xlsx")
        if ours:
            # It may have been another workspace of the same name.
            note = t("verify_workspace_note", lang)
            _box("verify-source", lang, t("verify_source", lang, name=Path(next(iter(ours))).name), note, _source)


def _box(name: str, lang: str, title: str, note: str, taken: Any) -> None:  # noqa: ANN401 (a handler)
    accept = ",".join(ACCEPTED if name == "verify" else RESTED_ON)
    told = {"accept": accept, "most": MOST_BYTES, "strings": {"upload": title, "upload_note": note}, "lang": lang}
    components.mount("upload", told, name=name, file=taken)


def _taken() -> None:
    said = components.said("verify", "file")
    if isinstance(said, dict):
        st.session_state[FILE] = received(said)
        st.session_state[SOURCES] = {}


def _source() -> None:
    said = components.said("verify-source", "file")
    if isinstance(said, dict):
        sent = received(said)
        st.session_state[SOURCES] = {**st.session_state.get(SOURCES, {}), sent.name: sent}


def _folder() -> Path:
    """Return the folder of this session, which goes when the session does."""
    held = st.session_state.setdefault(FOLDER, tempfile.TemporaryDirectory(prefix="atlas-verify-"))
    return Path(held.name)


def _sound(sent: Sent) -> Sent:
    """Return a file that receipts rest on as it was sent, if it is what its name says."""
    suffix = Path(sent.name).suffix.lower()
    if suffix not in RESTED_ON:
        raise InputError(f"{sent.name}: '{suffix}' files are not taken here; verify with the command 'zones verify'")
    if not fits(KINDS[suffix], sent.content[:HEAD]):
        raise InputError(f"{sent.name}: the content is not what {suffix} files hold; give the file as it was")
    return sent


def _kept(sent: Sent, lang: str) -> Path:
    """Write a file that was sent into the session's folder; its name there is its last part alone."""
    if max(sent.size, len(sent.content)) > MOST_BYTES:
        size = f"{sent.size / 1024**2:.0f}"
        raise InputError(t("verify_too_large", lang, name=sent.name, size=size, most=MOST_BYTES >> 20))
    name = Path(sent.name.replace("\\", "/")).name or "file"
    return write_atomically(_folder() / name, sent.content)


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
    if "side" in values:
        values["side"] = t("zone_a" if values["side"] == "of_a" else "zone_b", lang)
    return words_receipts.CAUSES[cause.what][lang == "en"].format(**values)


def _name(atlas: Atlas, zone_id: str, lang: str) -> str:
    return str(atlas.zones.at[zone_id, f"name_{lang}"]) if zone_id in atlas.zones.index else zone_id
