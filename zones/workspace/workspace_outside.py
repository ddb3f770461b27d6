"""Edits made in the file by another program, such as QGIS: noticed, told, and taken only when a person says so."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import apsw
import geopandas

from zones.errors import InputError
from zones.schema import STORAGE_CRS
from zones.workspace.workspace_blob import from_blob
from zones.workspace.workspace_edit import Edit, plain
from zones.workspace.workspace_file import opened
from zones.workspace.workspace_log import append, now, said
from zones.workspace.workspace_schema import CURRENT, FIELDS
from zones.workspace.workspace_state import HEAD, VERSIONS, properties, shape, show, zone_at

COLUMNS = ", ".join(("geom", *FIELDS))
NOW = " UNION ALL ".join(f"SELECT {COLUMNS} FROM {table}" for table in CURRENT)
ONE = "SELECT {columns}, count(*) AS rows FROM ({of}) GROUP BY {columns}"
LOGGED = f"SELECT geom, {', '.join(FIELDS)} {VERSIONS}"

Row = dict[str, Any]


def changed_outside(db: apsw.Connection) -> tuple[str, ...]:
    """Return the zones of which the layers of the present do not show what the log left; '' for rows without an id."""
    now, logged = (ONE.format(columns=COLUMNS, of=of) for of in (NOW, LOGGED))
    rows = db.execute(
        f"SELECT DISTINCT coalesce(zone_id, '') FROM (SELECT * FROM ({now} EXCEPT {logged})"
        f" UNION ALL SELECT * FROM ({logged} EXCEPT {now}))",
        (HEAD, HEAD),
    )
    odd = sorted(zone_id for (zone_id,) in rows)
    # Another program may write the same ground with other bytes.
    return tuple(zone_id for zone_id in odd if not _same(db, zone_id))


def rows_of(db: apsw.Connection, zone_id: str) -> list[Row]:
    """Return the rows of a zone in the layers of the present: `FIELDS` and `geometry`, None where it has none."""
    return [
        dict(zip(FIELDS, cells, strict=True)) | {"geometry": _shape(zone_id, blob)}
        for blob, *cells in _raw_rows(db, zone_id)
    ]


def _shape(zone_id: str, blob: bytes | None) -> Any:  # noqa: ANN401 (a shapely geometry or None)
    try:
        return from_blob(blob)
    except ValueError:
        raise InputError(f"zone '{zone_id}': its shape in the file is damaged; draw it again in QGIS") from None


def _same(db: apsw.Connection, zone_id: str) -> bool:
    try:
        rows = rows_of(db, zone_id)
    except InputError:
        return False
    zone = zone_at(db, zone_id)
    logged = [properties(feature) | {"layer": feature.layer, "geometry": shape(feature)} for feature in zone]
    return _comparable(rows) == _comparable(logged)


def _comparable(rows: list[Row]) -> list[tuple[str, ...]]:
    # Single and multi shapes of one part are the same ground.
    told = [(*(plain(row.get(name)) for name in FIELDS), _parts(row["geometry"])) for row in rows]
    return sorted(tuple(map(repr, row)) for row in told)


def _parts(found: Any) -> list[str]:  # noqa: ANN401 (a shapely geometry or None)
    return [] if found is None else [each.wkb_hex for each in getattr(found, "geoms", [found])]


def outside_edits(db: apsw.Connection, zone_ids: Iterable[str]) -> list[Edit]:
    """Return what was done to zones outside as edits.

    Raises
    ------
    InputError
        If a feature has no zone_id, or none says which layer a new zone belongs to.
    """
    layers = [layer for (layer,) in db.execute("SELECT layer FROM layer_files")]
    found = []
    for zone_id in zone_ids:
        if not zone_id:
            raise InputError("a feature drawn outside the desk has no zone_id; give it one in QGIS, or discard it")
        rows = rows_of(db, zone_id)
        stated = {str(row["layer"]) for row in rows if row["layer"]}
        before = {feature.layer for feature in zone_at(db, zone_id)}
        guessed = {zone_id.split(".")[0]} & set(layers)
        layer = (sorted(stated or before or guessed) or [""])[0]
        cells = {name: [row[name] for row in rows] for name in FIELDS if name != "layer"}
        frame = geopandas.GeoDataFrame(cells, geometry=[row["geometry"] for row in rows], crs=STORAGE_CRS)
        found.append(Edit(zone_id, layer, frame))
    return found


def discard(path: Path, *, who: str, why: str) -> tuple[str, ...]:
    """Put zones changed outside the desk back to what the log left; what is let go is kept in a line of the log.

    Returns
    -------
    tuple of str
        The zones, '' standing for features without an id.

    Raises
    ------
    InputError
        If the file cannot be used.
    """
    who, why = said(who, "a name (who)"), said(why, "a reason (why)")
    with opened(path, write=True) as db:
        zone_ids = changed_outside(db)
        let_go = [dict(zip(("geom", *FIELDS), row, strict=True)) for each in zone_ids for row in _raw_rows(db, each)]
        for zone_id in zone_ids:
            show(db, zone_id, zone_at(db, zone_id))
        if zone_ids:
            told = [row | {"geom": row["geom"].hex() if isinstance(row["geom"], bytes) else None} for row in let_go]
            append(db, now(), {"action": "discard", "who": who, "why": why, "discarded": told})
    return zone_ids


def _raw_rows(db: apsw.Connection, zone_id: str) -> list[tuple[Any, ...]]:
    return db.execute(f"SELECT * FROM ({NOW}) WHERE coalesce(zone_id, '') = ?", (zone_id,)).fetchall()
