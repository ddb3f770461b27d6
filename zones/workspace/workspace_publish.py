"""Publishing: a revision of a workspace becomes the data that app, commands and exports read, whole or not at all.

The new folder is made beside the old one, read back and checked, brought to the disk, and only then named as the
one in use. Whatever fails before that leaves everything as it was.
"""

import csv
import io
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import geopandas
import pandas as pd

from zones.atlas import Atlas, data_folder, data_version, read_atlas, read_plans, read_reasons, unpublished_folder
from zones.check import check_atlas
from zones.disk import flush
from zones.errors import InputError
from zones.join import REASON_COLUMNS
from zones.official.official import changed_zones, with_shapes
from zones.proof.fingerprint import fingerprint
from zones.repair import repair
from zones.schema import Part, Severity
from zones.statements.rules import read_rules
from zones.workspace import workspace
from zones.workspace.published import make_current, note_line, published_root
from zones.workspace.workspace_check import newest_line

REASONS = "unlocated.csv"
TAKEN_AWAY = ("图形已在第{revision}次修订中移除：{why}", "Its shape was taken away by revision {revision}: {why}")
LEFT_S = 3600.0
"""Unfinished folders older than this are those of a program that was ended; they are cleared away."""


@dataclass(frozen=True)
class Published:
    """What was published: the folder, its revision and data version, and which zones differ from the data before.

    `in_use` is False where `ZONES_DATA` names another folder, which goes before.
    """

    folder: Path
    revision: int
    version: str
    zone_ids: tuple[str, ...]
    in_use: bool


def newest(path: Path) -> int:
    """Return the number of the newest revision of a workspace."""
    return int(workspace.revisions(path)["revision"].max())


def publish(
    path: Path, revision: int | None = None, *, who: str, why: str, name: str, checked: bool = False
) -> Published:
    """Make a revision the data in use.

    Parameters
    ----------
    path : Path
        The workspace.
    revision : int, optional
        Default: the newest. An older one may be published again to go back to it.
    who, why, name : str
        Recorded with the revision.
    checked : bool
        The person says that a draft is checked; it is marked so first.

    Raises
    ------
    InputError
        If something is not said, the revision is a draft, the disk refuses, or the new folder does not pass the
        checks; then nothing changed. If only the last step is refused, the log already says that the revision was
        published, while the data in use stay: publishing again finishes it.
    """
    _said(who, why, name)
    revision = newest(path) if revision is None else revision
    draft = _stage(path, revision) == "draft"
    if draft and not checked:
        raise InputError(f"revision {revision} is a draft; say that it is checked, then publish it")
    before = read_atlas(base=False)
    try:
        with _making(path) as made:
            _fill(path, revision, made)
            zone_ids = changed_zones(before, _proved(path, revision, made))
            folder = _placed(made, published_root(path) / str(revision))
    except OSError as error:
        raise InputError(
            f"{published_root(path)} cannot be written: {error.strerror or error}; nothing was published"
        ) from None
    if draft:
        workspace.set_stage(path, revision, "checked", who=who, why=why, name=name)
    workspace.set_stage(path, revision, "published", who=who, why=why, name=name)
    # Whoever has the folder can tell later whether the log was made anew.
    note_line(folder, *newest_line(path))
    make_current(path, folder)
    return Published(folder, revision, data_version(folder), zone_ids, data_folder() == folder)


def _said(who: str, why: str, name: str) -> None:
    if not who.strip():
        raise InputError("publishing needs its who: say who publishes; it is kept with the revision")
    if not why.strip():
        raise InputError("publishing needs its why: say what it is published for; it is kept with the revision")
    if not name.strip():
        raise InputError("publishing needs its name: say what this edition is called; it is kept with the revision")


def _stage(path: Path, revision: int) -> str:
    log = workspace.revisions(path).set_index("revision")
    if revision not in log.index:
        raise InputError(f"revision {revision} is not in {path}; the newest is {log.index.max()}")
    return str(log.at[revision, "stage"])


def atlas_at(path: Path, revision: int | None = None) -> Atlas:
    """Return the atlas as it would be with a revision's shapes, base map included, without publishing anything."""
    shapes = workspace.features_at(path, revision)
    return with_shapes(read_atlas(), shapes, _reasons(path, revision, shapes))


@contextmanager
def _making(path: Path) -> Iterator[Path]:
    """Give an empty folder beside the published ones; it goes unless it was put in its place."""
    root = published_root(path)
    root.mkdir(exist_ok=True)
    for left in root.glob(".making-*"):
        if time.time() - left.stat().st_mtime > LEFT_S:
            shutil.rmtree(left, ignore_errors=True)
    made = Path(tempfile.mkdtemp(prefix=".making-", dir=root))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _fill(path: Path, revision: int, made: Path) -> None:
    """Write a whole data folder: plans and rules as they are, layers of the revision, the reasons that go with them."""
    shutil.copytree(unpublished_folder(), made, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*", "README.md"))
    workspace.export(path, made / "geo", revision)
    reasons = _reasons(path, revision, workspace.features_at(path, revision))
    held = read_reasons(made / "geo" / REASONS)
    # Written anew only where something changed: an untouched folder keeps its version.
    if not reasons.equals(held):
        text = io.StringIO()
        reasons.rename(columns={"unlocated_zh": "reason_zh", "unlocated_en": "reason_en"}).to_csv(
            text, lineterminator="\n", quoting=csv.QUOTE_MINIMAL
        )
        (made / "geo" / REASONS).write_text(text.getvalue(), encoding="utf-8", newline="\n")


def _reasons(path: Path, revision: int | None, shapes: geopandas.GeoDataFrame) -> pd.DataFrame:
    """Return why zones have no shape at a revision.

    A zone that has one now loses its reason; one that lost its shape gets its reason back, or the words with which
    the shape was taken away.
    """
    folder = unpublished_folder()
    held = read_reasons(folder / "geo" / REASONS)
    located = set(shapes.loc[shapes["part"] == Part.EXTENT.value, "zone_id"])
    zones = [zone.zone_id for plan in read_plans(folder / "plans").values() for zone in plan.zones]
    bare = [zone_id for zone_id in zones if zone_id not in located and zone_id not in held.index]
    kept = held[~held.index.isin(located)]
    if not bare:
        return kept
    log = workspace.revisions(path)
    rows = [_taken_away(log[log["revision"] <= (revision or log["revision"].max())], zone_id) for zone_id in bare]
    added = pd.DataFrame(rows, columns=list(REASON_COLUMNS), index=pd.Index(bare, name=held.index.name))
    return pd.concat([kept, added])


def _taken_away(log: pd.DataFrame, zone_id: str) -> tuple[str, ...]:
    own = log[[zone_id in ids for ids in log["zone_ids"]]]
    row = (own if len(own) else log).sort_values("revision").iloc[-1]
    return tuple(text.format(revision=row["revision"], why=row["why"]) for text in TAKEN_AWAY)


def _proved(path: Path, revision: int, made: Path) -> Atlas:
    """Return the atlas in a new folder, once it holds what it should and no check finds a new error."""
    atlas = read_atlas(made)
    wanted = _marks(repair(workspace.features_at(path, revision), "")[0])
    found = {(zone_id, Part.EXTENT.value): mark for zone_id, mark in _zone_marks(atlas, "geometry")}
    found |= {(zone_id, Part.AXIS.value): mark for zone_id, mark in _zone_marks(atlas, "axis")}
    other = [key for key in dict.fromkeys([*wanted, *found]) if wanted.get(key) != found.get(key)]
    if other:
        zone_id, part = other[0]
        raise InputError(
            f"revision {revision}: zone '{zone_id}' ({part}) came back from the written files with another shape; "
            "nothing was published: repair its shape"
        )
    faults = _errors(atlas, made)
    if faults:
        # What the data it starts from have already is no fault of the revision.
        known = _errors(read_atlas(unpublished_folder()), unpublished_folder())
        new = [message for key, message in faults.items() if key not in known]
        if new:
            raise InputError(f"revision {revision}: nothing was published: {new[0]}")
    return atlas


def _marks(shapes: geopandas.GeoDataFrame) -> dict[tuple[str, str], str]:
    rows = zip(shapes["zone_id"], shapes["part"], shapes.geometry, strict=True)
    return {(zone_id, str(part)): fingerprint(shape) for zone_id, part, shape in rows}


def _zone_marks(atlas: Atlas, column: str) -> Iterator[tuple[str, str]]:
    for zone_id, shape in atlas.zones[column].items():
        if shape is not None:
            yield str(zone_id), fingerprint(shape)


def _errors(atlas: Atlas, folder: Path) -> dict[tuple[str, str], str]:
    found = check_atlas(atlas, read_rules(folder / "rules.yaml"))
    rows = found[found["severity"] == Severity.ERROR.value]
    return {(row.feature, row.kind): f"zone '{row.feature}': {row.message}" for row in rows.itertuples()}


def _placed(made: Path, target: Path) -> Path:
    """Put a finished folder in its place; one that holds the same already stays, and none is ever overwritten."""
    version = data_version(made)
    if target.is_dir() and data_version(target) != version:
        # The plans changed since this revision was published last.
        target = target.with_name(f"{target.name}-{version}")
    if not target.is_dir():
        for path in [*made.rglob("*"), made]:
            flush(path)
        made.rename(target)
        flush(target.parent)
    return target
