"""The same table by other tools, as a person would write it: parcels and zones in, zone x class areas out.

`python -m benchmarks.peers NAME FOLDER` prints JSON: rows of zone_id, class, area_m2. A peer that is not on this
machine says why on standard error and ends with status 3.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import geopandas
import numpy as np
import pandas as pd
import pyarrow
import shapely

from benchmarks import postgis

SKIPPED = 3
"""Exit status of a peer that cannot run on this machine."""


def _read(folder: Path) -> tuple[geopandas.GeoDataFrame, geopandas.GeoDataFrame]:
    parcels = geopandas.read_parquet(folder / "parcels.parquet", columns=["land_use", "geometry"])
    zones = geopandas.read_parquet(folder / "zones.parquet")
    broken = ~parcels.geometry.is_valid.to_numpy()
    shapes = parcels.geometry.to_numpy().copy()
    shapes[broken] = shapely.make_valid(shapes[broken], method="structure")
    return parcels.set_geometry(geopandas.GeoSeries(shapes, crs=parcels.crs)), zones


def overlay(folder: Path) -> pd.DataFrame:
    """`geopandas.overlay`, then a sum."""
    parcels, zones = _read(folder)
    found = geopandas.overlay(zones, parcels, keep_geom_type=True)
    return found.assign(area_m2=found.area).groupby(["zone_id", "land_use"])["area_m2"].sum().reset_index()


def expert(folder: Path) -> pd.DataFrame:
    """Take the best shapely has: a tree, whole parcels by a prepared predicate, the rest cut."""
    parcels, zones = _read(folder)
    shapes, outlines = parcels.geometry.to_numpy(), zones.geometry.to_numpy()
    tree, own = shapely.STRtree(shapes), shapely.area(shapes)
    shapely.prepare(outlines)
    parts = []
    for number, outline in enumerate(outlines):
        near = tree.query(outline, predicate="intersects")
        whole = shapely.contains_properly(outline, shapes[near])
        area = own[near].copy()
        area[~whole] = shapely.area(shapely.intersection(shapes[near[~whole]], outline))
        parts.append(pd.DataFrame({"zone": number, "row": near, "area_m2": area}))
    found = pd.concat(parts)
    found["zone_id"] = zones["zone_id"].to_numpy()[found["zone"]]
    found["land_use"] = parcels["land_use"].to_numpy()[found["row"]]
    found = found[found["area_m2"] > 0]
    return found.groupby(["zone_id", "land_use"])["area_m2"].sum().reset_index()


def sedona(folder: Path) -> pd.DataFrame:
    """SedonaDB: a spatial join in SQL; it has no faster path for whole parcels that pays."""
    try:
        import sedonadb
    except ImportError:
        _skip("SedonaDB (package sedonadb) is not installed")
    link = sedonadb.connect()
    for name in ("parcels", "zones"):
        link.read_parquet(str(folder / f"{name}.parquet")).to_view(name)
    # What it repairs has lost its reference system: leave it away on both sides.
    found = link.sql(
        """
        WITH p AS (
            SELECT land_use, ST_SetSRID(geometry, 0) AS g FROM parcels WHERE ST_IsValid(geometry)
            UNION ALL
            SELECT land_use, ST_SetSRID(ST_MakeValid(geometry), 0) AS g FROM parcels WHERE NOT ST_IsValid(geometry)
        ), z AS (SELECT zone_id, ST_SetSRID(geometry, 0) AS g FROM zones)
        SELECT z.zone_id, p.land_use, sum(ST_Area(ST_Intersection(p.g, z.g))) AS area_m2
        FROM p JOIN z ON ST_Intersects(p.g, z.g) GROUP BY z.zone_id, p.land_use
        """
    )
    return pyarrow.table(found).to_pandas()


def duckdb(folder: Path) -> pd.DataFrame:
    """DuckDB spatial: a join with the fast path for whole parcels."""
    try:
        import duckdb as engine
    except ImportError:
        _skip("DuckDB (package duckdb) is not installed")
    link = engine.connect()
    try:
        link.execute("LOAD spatial")
    except engine.Error:
        _skip("DuckDB's extension 'spatial' is not installed, and it is fetched from the net only")
    return link.execute(
        f"""
        WITH p AS (
            SELECT land_use, CASE WHEN ST_IsValid(geometry) THEN geometry ELSE ST_MakeValid(geometry) END AS g
            FROM '{folder}/parcels.parquet'
        ), z AS (SELECT zone_id, geometry AS g FROM '{folder}/zones.parquet')
        SELECT zone_id, land_use,
            sum(CASE WHEN ST_Within(p.g, z.g) THEN ST_Area(p.g) ELSE ST_Area(ST_Intersection(p.g, z.g)) END) AS area_m2
        FROM p JOIN z ON ST_Intersects(p.g, z.g) GROUP BY ALL
        """
    ).df()


def _postgis(folder: Path, most_points: int | None) -> pd.DataFrame:
    reason = postgis.missing()
    if reason is not None:
        _skip(f"PostGIS: {reason}")
    found, loaded = postgis.table(folder, most_points)
    sys.stderr.write(f"load {loaded:.2f}\n")
    return found


def _skip(reason: str) -> NoReturn:
    sys.stderr.write(f"{reason}\n")
    sys.exit(SKIPPED)


PEERS: dict[str, Callable[[Path], pd.DataFrame]] = {
    "overlay": overlay,
    "expert": expert,
    "sedona": sedona,
    "duckdb": duckdb,
    "postgis": lambda folder: _postgis(folder, None),
    "postgis-subdivide": lambda folder: _postgis(folder, 128),
}

if __name__ == "__main__":
    table = PEERS[sys.argv[1]](Path(sys.argv[2])).rename(columns={"land_use": "class"})
    rows = table[table["area_m2"] > 0].astype({"area_m2": np.float64}).to_dict("records")
    sys.stdout.write(json.dumps(rows))
