"""Checks the log of a workspace line by line: each against its hash, the line before, and what the tables hold."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw

from zones.errors import InputError
from zones.workspace.published import noted_hashes
from zones.workspace.workspace_file import opened
from zones.workspace.workspace_log import FIRST, files_hash
from zones.workspace.workspace_schema import FIELDS, guards
from zones.workspace.workspace_state import Feature, ask, canonical, content_hash, sha256, shape_row, zone_hash

REVISION = ("at", "who", "why", "action", "of_revision")
STAGE = ("revision", "at", "stage", "who", "why", "name")
CHANGE = ("zone_id", "before", "after", "area_before_m2", "area_after_m2", "area_error_m2")


def check_log(path: Path, newest: str | None = None) -> tuple[str, ...]:
    """Return a sentence on each past line, revision or shape that was changed; none when all of it holds.

    The log must still have the lines whose hashes are noted in the folders published from it.

    Parameters
    ----------
    path : Path
    newest : str, optional
        The hash that a line once had, noted elsewhere; it must still be in the log. This is the only way to find
        out that last lines were cut off, or that all was made anew.

    Raises
    ------
    InputError
        If the file cannot be used.
    """
    with opened(path) as db:
        rows = [
            (line, str(text), held) for line, text, held in ask(db, "SELECT line, entry, sha256 FROM log ORDER BY line")
        ]
        found = [*_chain(rows), *_tables(db, [entry for _, text, _ in rows if (entry := _read(text))]), *_guards(db)]
    hashes = {held for _, _, held in rows}
    if newest and newest.strip().lower() not in hashes:
        found.append(
            f"no line of the log has the hash {newest.strip()[:16]}; lines were cut off, or the log was made anew"
        )
    found += [
        f"published folder {name}: no line of the log has the hash {held[:16]} noted there; lines were cut off, or the "
        "log was made anew"
        for name, held in noted_hashes(path)
        if held not in hashes
    ]
    return tuple(dict.fromkeys(found))


def newest_line(path: Path) -> tuple[int, str, str]:
    """Return number, time (UTC) and hash of the newest line, to be noted elsewhere."""
    with opened(path) as db:
        rows = ask(db, "SELECT line, entry, sha256 FROM log ORDER BY line DESC LIMIT 1")
    line, text, held = rows[0] if rows else (0, "", "")
    return int(line), str((_read(text) or {}).get("at", "")), str(held)


def _read(text: str) -> dict[str, Any] | None:
    try:
        entry = json.loads(text)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None


def _chain(rows: list[tuple[int, str, str]]) -> Iterator[str]:
    """Yield what is wrong with the lines by themselves."""
    before, expected = FIRST, 1
    for line, text, held in rows:
        if line != expected:
            yield f"log line {expected}: is missing"
        entry = _read(text)
        if sha256(text) != held or entry is None or canonical(entry) != text or entry.get("line") != line:
            yield f"log line {line}: was changed after it was written"
        elif entry.get("previous") != before and line == expected:
            yield f"log line {line}: does not follow from line {line - 1}; one of the two was changed"
        before, expected = held, line + 1


def _tables(db: apsw.Connection, entries: list[dict[str, Any]]) -> Iterator[str]:
    """Yield where tables do not hold what the log says of them."""
    shapes, files = _shape_hashes(db), files_hash(db)
    told: dict[int, dict[str, Any]] = {}
    hashes: dict[str, str | None] = {}
    stages = []
    for entry in entries:
        if entry.get("action") == "stage":
            stages.append(tuple(entry.get(name) for name in STAGE))
        elif isinstance(entry.get("revision"), int):
            revision = entry["revision"]
            told[revision] = entry
            for change in _changes(entry):
                zone_id, after = str(change.get("zone_id")), change.get("after")
                hashes[zone_id] = None if after is None else str(after)
                if shapes.pop((revision, zone_id), None) != after:
                    yield _shape_sentence(revision, zone_id)
        if entry.get("content") != content_hash(files, hashes):
            yield f"log line {entry.get('line')}: what it says the zones and files were is not what is held"
    for revision, zone_id in sorted(shapes):
        yield _shape_sentence(revision, zone_id)
    yield from _revision_rows(db, told)
    if db.execute(f"SELECT {', '.join(STAGE)} FROM stages ORDER BY fid").fetchall() != stages:
        yield "the table of stages does not hold what the log says"


def _changes(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the zones a line tells of; whatever stands there in their place counts as nothing."""
    told = entry.get("zones")
    return [change for change in told if isinstance(change, dict)] if isinstance(told, list) else []


def _shape_sentence(revision: int, zone_id: str) -> str:
    return f"revision {revision}, zone '{zone_id}': its past shape is not the one the log is bound to"


def _shape_hashes(db: apsw.Connection) -> dict[tuple[int, str], str | None]:
    """Return the hash of every past shape; one whose columns do not follow from its text has none that fits."""
    held: dict[tuple[int, str], list[Feature]] = {}
    odd = set()
    columns = ", ".join(("geom", *FIELDS))
    rows = db.execute(
        f"SELECT revision, zone_id, layer, place, feature, {columns} FROM past_shapes JOIN"
        " (SELECT layer, fid AS at FROM layer_files) USING (layer) ORDER BY at, place"
    )
    for revision, zone_id, layer, place, text, *cells in rows:
        feature = Feature(layer, place, text)
        held.setdefault((revision, zone_id), []).append(feature)
        try:
            follows = math.isfinite(place) and shape_row(zone_id, feature)[1] == tuple(cells)
        except (InputError, TypeError):
            follows = False
        if not follows:
            odd.add((revision, zone_id))
    return {key: "odd" if key in odd else zone_hash(tuple(features)) for key, features in held.items()}


def _revision_rows(db: apsw.Connection, told: dict[int, dict[str, Any]]) -> Iterator[str]:
    rows = db.execute(f"SELECT revision, {', '.join(REVISION)} FROM revisions ORDER BY revision")
    held = {revision: tuple(row) for revision, *row in rows}
    changes: dict[int, list[tuple[Any, ...]]] = {}
    for revision, *row in db.execute(f"SELECT revision, {', '.join(CHANGE)} FROM changes ORDER BY fid"):
        changes.setdefault(revision, []).append(tuple(row))
    for revision in sorted({*held, *told, *changes}):
        entry = told.get(revision, {})
        said = [tuple(change.get(name) for name in CHANGE) for change in _changes(entry)]
        if held.get(revision) != tuple(entry.get(name) for name in REVISION) or changes.get(revision, []) != said:
            yield f"revision {revision}: what the tables say of it is not what the log says"


def _guards(db: apsw.Connection) -> Iterator[str]:
    held = dict(db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))
    missing = [name for name, sql in guards().items() if str(held.get(name)).rstrip(";") != sql.rstrip(";")]
    if missing:
        yield f"{len(missing)} of the {len(guards())} triggers that guard the log were taken away ({missing[0]}, ...)"
