"""A workspace as the files of a geodata folder again."""

import csv
import io
from pathlib import Path

import apsw

from zones.schema import Part
from zones.workspace.geojson_layers import LayerText, layer_text, write_texts
from zones.workspace.workspace_file import opened
from zones.workspace.workspace_state import HEAD, Zone, check_revision, part, zones_at

REASONS = "unlocated.csv"


def export(path: Path, folder: Path, revision: int | None = None) -> list[Path]:
    """Write the files of `data/geo` as they are at a revision, or now; return their paths.

    Layers that nobody edited come out byte for byte as they came in; each edit changes the lines of its zone only.
    A zone that has been drawn loses its row in `unlocated.csv`. One that lost its geometry gets none there: nobody
    has said a reason that would stand in public, and `zones check --atlas` asks for it.

    Raises
    ------
    InputError
        If the file or the folder cannot be used.
    """
    return write_texts(folder, export_texts(path, revision))


def export_texts(path: Path, revision: int | None = None) -> dict[str, str]:
    """Return what `export` would write: file name to text."""
    with opened(path) as db:
        check_revision(db, path, revision)
        first, zones = (zones_at(db, at) for at in (1, HEAD if revision is None else revision))
        texts = dict(db.execute("SELECT file, content FROM other_files ORDER BY fid"))
        texts |= _layers(db, zones)
    drawn = _drawn(zones) - _drawn(first)
    if REASONS in texts and drawn:
        texts[REASONS] = _without(texts[REASONS], drawn)
    return texts


def _layers(db: apsw.Connection, zones: dict[str, Zone]) -> dict[str, str]:
    features = sorted((feature.place, zone_id, feature) for zone_id, zone in zones.items() for feature in zone)
    rows = db.execute("SELECT layer, file, head, between_features, tail, spaced FROM layer_files ORDER BY fid")
    return {
        file: layer_text(
            LayerText(head, between, tail, bool(spaced)),
            [feature.text for _, _, feature in features if feature.layer == layer],
        )
        for layer, file, head, between, tail, spaced in rows
    }


def _drawn(zones: dict[str, Zone]) -> set[str]:
    return {zone_id for zone_id, zone in zones.items() if Part.EXTENT.value in map(part, zone)}


def _without(text: str, zone_ids: set[str]) -> str:
    """Return a CSV without the rows of zones, the other lines to the byte."""
    lines = text.splitlines(keepends=True)
    kept, record = [], ""
    for line in lines:
        record += line
        # A quoted cell may go on in the next line.
        if record.count('"') % 2:
            continue
        cells = next(csv.reader(io.StringIO(record)), [""])
        if not cells or cells[0].removeprefix("\ufeff") not in zone_ids:
            kept.append(record)
        record = ""
    return "".join([*kept, record])
