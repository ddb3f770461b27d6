"""PostGIS as a peer: loads the city into a server that libpq's own variables point to, and asks for the table.

Set PGHOST, PGPORT, PGUSER and PGDATABASE to a database with the extension `postgis`; nothing of it is touched but a
schema that is made for the run and dropped after it.
"""

import io
import os
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow.parquet

JOIN = """
    SELECT z.zone_id, p.land_use, sum(ST_Area(ST_Intersection(p.g, z.g))) AS area_m2
    FROM parcels p JOIN zones z ON ST_Intersects(p.g, z.g) GROUP BY 1, 2
"""
VALID = "CASE WHEN ST_IsValid(g) THEN g ELSE ST_MakeValid(g, 'method=structure') END"


def missing() -> str | None:
    """Return why PostGIS cannot be asked on this machine, None if it can."""
    if shutil.which("psql") is None:
        return "no psql on this machine"
    if "PGHOST" not in os.environ:
        return "PGHOST does not name a server with PostGIS"
    try:
        _psql("SELECT postgis_version()")
    except subprocess.CalledProcessError as error:
        return " ".join(error.stderr.decode().split())[:160]
    return None


def table(folder: Path, most_points: int | None) -> tuple[pd.DataFrame, float]:
    """Return sums by zone and land use, and the seconds that loading took.

    Parameters
    ----------
    folder : Path
        Holds the city.
    most_points : int, optional
        Cut zones into pieces of at most so many points (`ST_Subdivide`) first.
    """
    schema = f"zones_bench_{os.getpid()}"
    start = time.perf_counter()
    try:
        _psql(f"CREATE SCHEMA {schema}")
        _load(schema, "parcels", "land_use", "g", folder / "parcels.parquet")
        pieces = "g" if most_points is None else f"ST_Subdivide(g, {most_points})"
        _load(schema, "zones", "zone_id", pieces, folder / "zones.parquet")
        loaded = time.perf_counter() - start
        csv = _psql(f"SET search_path = {schema}, public; COPY ({JOIN}) TO STDOUT CSV HEADER")
    finally:
        _psql(f"SET client_min_messages = error; DROP SCHEMA IF EXISTS {schema} CASCADE")
    return pd.read_csv(io.BytesIO(csv), dtype={"zone_id": str, "land_use": str}), loaded


def _load(schema: str, name: str, key: str, shape: str, path: Path) -> None:
    raw = f"{schema}.raw_{name}"
    _psql(f"CREATE UNLOGGED TABLE {raw} ({key} text, g geometry)")
    _psql(f"COPY {raw} FROM STDIN", _rows(path, key))
    valid = f"SELECT {key}, {VALID} AS g FROM {raw}"
    _psql(
        f"CREATE UNLOGGED TABLE {schema}.{name} AS SELECT {key}, {shape} AS g FROM ({valid}) v;"
        f"CREATE INDEX ON {schema}.{name} USING gist (g); ANALYZE {schema}.{name}; DROP TABLE {raw}"
    )


def _rows(path: Path, key: str) -> Iterator[bytes]:
    with pyarrow.parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(20_000, columns=[key, "geometry"]):
            names, shapes = batch.column(0).to_pylist(), batch.column(1).to_pylist()
            yield "".join(f"{name}\t{wkb.hex()}\n" for name, wkb in zip(names, shapes, strict=True)).encode()


def _psql(statement: str, rows: Iterable[bytes] = ()) -> bytes:
    command = ["psql", "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--command", statement]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        for chunk in rows:
            process.stdin.write(chunk)
        out, said = process.communicate()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, out, said)
    return out
