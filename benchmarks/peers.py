"""The same table by other tools, as a person would write it: parcels and zones in, zone x class areas out.

`python -m benchmarks.peers overlay|expert|duckdb FOLDER` prints JSON: rows of zone_id, class, area_m2.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import shapely

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


def duckdb(folder: Path) -> pd.DataFrame:
    """DuckDB spatial: a join with the fast path for whole parcels."""
    import duckdb as engine

    link = engine.connect()
    try:
        link.execute("LOAD spatial")
    except engine.Error:
        sys.stderr.write("the DuckDB extension 'spatial' is not installed on this machine: skipped\n")
        sys.exit(SKIPPED)
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


PEERS: dict[str, Callable[[Path], pd.DataFrame]] = {"overlay": overlay, "expert": expert, "duckdb": duckdb}

if __name__ == "__main__":
    table = PEERS[sys.argv[1]](Path(sys.argv[2])).rename(columns={"land_use": "class"})
    rows = table[table["area_m2"] > 0].astype({"area_m2": np.float64}).to_dict("records")
    sys.stdout.write(json.dumps(rows))
