"""Zones as a workspace holds them: the features of each, now and at any revision, and the hashes that bind them."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import apsw
import geopandas
import numpy as np
import shapely

from zones.errors import InputError
from zones.schema import STORAGE_CRS
from zones.workspace.workspace_blob import to_blob
from zones.workspace.workspace_schema import CURRENT, FIELDS, LAYER_OF

Cell = str | int | float | bytes | None


class Feature(NamedTuple):
    """One feature of a zone: its layer, its place among the features of that layer, and its text in the file."""

    layer: str
    place: float
    text: str


Zone = tuple[Feature, ...]
"""All features of a zone, by layer and place; none where it has no geometry."""

HEAD = 2**62
"""A revision later than any."""

VERSIONS = """FROM past_shapes JOIN
  (SELECT zone_id, max(revision) AS revision FROM changes WHERE revision <= ? GROUP BY zone_id)
  USING (zone_id, revision) JOIN layer_files USING (layer)"""


def ask(db: apsw.Connection, statement: str, *values: Cell) -> list[Any]:
    """Return all rows of a query."""
    return db.execute(statement, values).fetchall()


def canonical(value: Any) -> str:  # noqa: ANN401 (whatever JSON holds)
    """Return JSON in the one form that is hashed: sorted keys, no blanks, no number that is not finite."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """Return the SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def zone_hash(zone: Zone) -> str | None:
    """Return what binds the features of a zone, None where it has none."""
    return sha256(canonical([list(feature) for feature in zone])) if zone else None


def content_hash(files: str, hashes: Mapping[str, str | None]) -> str:
    """Return what binds a whole state: the hash of the files around the zones, and of each zone that has features."""
    return sha256(canonical([files, {zone_id: held for zone_id, held in hashes.items() if held}]))


def zones_at(db: apsw.Connection, revision: int = HEAD) -> dict[str, Zone]:
    """Return the zones that had features at a revision, each with them, in the order of the files."""
    found: dict[str, list[Feature]] = {}
    rows = db.execute(
        f"SELECT zone_id, layer, place, feature {VERSIONS} ORDER BY layer_files.fid, place, zone_id",
        (revision,),
    )
    for zone_id, *feature in rows:
        found.setdefault(zone_id, []).append(Feature(*feature))
    return {zone_id: tuple(features) for zone_id, features in found.items()}


def zone_at(db: apsw.Connection, zone_id: str, revision: int = HEAD) -> Zone:
    """Return the features a zone had at a revision."""
    rows = db.execute(
        "SELECT layer, place, feature FROM past_shapes JOIN layer_files USING (layer) WHERE zone_id = ? AND revision ="
        " (SELECT max(revision) FROM changes WHERE zone_id = ? AND revision <= ?) ORDER BY layer_files.fid, place",
        (zone_id, zone_id, revision),
    )
    return tuple(Feature(*row) for row in rows)


def hashes_at(db: apsw.Connection, revision: int = HEAD) -> dict[str, str | None]:
    """Return the hash of each zone at a revision, as `changes` holds them."""
    rows = db.execute(
        "SELECT zone_id, after, max(revision) FROM changes WHERE revision <= ? GROUP BY zone_id", (revision,)
    )
    return {zone_id: held for zone_id, held, _ in rows}


def head(db: apsw.Connection) -> int:
    """Return the number of the newest revision."""
    return int(db.execute("SELECT max(revision) FROM revisions").get or 0)


def check_revision(db: apsw.Connection, path: Path, revision: int | None) -> None:
    """Stop where a revision is asked for that a workspace does not have."""
    newest = head(db)
    if revision is not None and not 1 <= revision <= newest:
        raise InputError(f"{path}: there is no revision {revision}; the newest is {newest}")


def put(db: apsw.Connection, revision: int, zone_id: str, zone: Zone) -> None:
    """Write the features a zone has from a revision on, and show them in the layers of the present."""
    for feature in zone:
        past = (*shape_row(zone_id, feature)[1], revision, feature.place, feature.text)
        insert(db, "past_shapes", ("geom", *FIELDS, "revision", "place", "feature"), past)
    show(db, zone_id, zone)


def show(db: apsw.Connection, zone_id: str, zone: Zone) -> None:
    """Let the layers of the present hold these features of a zone and no others; '' stands for rows without an id."""
    for table in CURRENT:
        db.execute(f"DELETE FROM {table} WHERE coalesce(zone_id, '') = ?", (zone_id,))
    for feature in zone:
        table, row = shape_row(zone_id, feature)
        insert(db, table, ("geom", *FIELDS), row)


def insert(db: apsw.Connection, table: str, columns: Iterable[str], row: tuple[Cell, ...]) -> None:
    """Add a row to a table."""
    marks = ", ".join("?" * len(row))
    db.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", row)


def shape_row(zone_id: str, feature: Feature) -> tuple[str, tuple[Cell, ...]]:
    """Return the layer of the present a feature stands in, and its row there: blob and `FIELDS`."""
    found = shape(feature)
    told = properties(feature) | {"zone_id": zone_id, "layer": feature.layer}
    return LAYER_OF[found.geom_type], (to_blob(found), *(_cell(told.get(name)) for name in FIELDS))


def _cell(value: Any) -> Cell:  # noqa: ANN401 (a property may be anything JSON holds)
    return canonical(value) if isinstance(value, dict | list | bool) else value


def properties(feature: Feature) -> dict[str, Any]:
    """Return the properties of a feature."""
    return _decoded(feature)[0]


def _decoded(feature: Feature) -> tuple[dict[str, Any], shapely.Geometry]:
    """Return properties and shape of a feature.

    Raises
    ------
    InputError
        If somebody spoilt its text in the file.
    """
    try:
        held = json.loads(feature.text)
        found = shapely.geometry.shape(held["geometry"])
        if found.geom_type not in LAYER_OF or not isinstance(held["properties"], dict):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError):
        start = feature.text[:60]
        raise InputError(
            f"a past shape in the workspace is damaged ({start}); 'zones workspace check' says which"
        ) from None
    return held["properties"], found


def part(feature: Feature) -> str:
    """Return which part of its zone a feature is."""
    return str(properties(feature).get("part"))


def shape(feature: Feature) -> shapely.Geometry:
    """Return the shape of a feature."""
    return _decoded(feature)[1]


def frame_of(zones: Mapping[str, Zone]) -> geopandas.GeoDataFrame:
    """Return features as rows: the columns of `FIELDS`, then other properties, and the shape; EPSG:4490."""
    features = [(zone_id, feature) for zone_id, zone in zones.items() for feature in zone]
    rows = [properties(feature) | {"zone_id": zone_id, "layer": feature.layer} for zone_id, feature in features]
    others = dict.fromkeys(name for row in rows for name in row if name not in FIELDS)
    columns = {name: [row.get(name) for row in rows] for name in (*FIELDS, *others)}
    shapes = np.array([shape(feature) for _, feature in features] + [None], dtype=object)[:-1]
    frame = geopandas.GeoDataFrame(columns, geometry=shapes, crs=STORAGE_CRS)
    return frame.astype({"error_m": float, "half_width_m": float})
