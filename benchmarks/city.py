"""Makes a city to measure on: irregular parcels, curved corridors, 80 overlapping zones, and odd shapes.

`python -m benchmarks.city 100000 build/bench` writes `parcels.parquet` (GeoParquet with a bbox covering)
and `zones.gpkg`, EPSG:4547, 50 x 50 km, the same for the same seed.
"""

import sys
from pathlib import Path

import geopandas
import numpy as np
import shapely

CRS = "EPSG:4547"
SIDE_M = 50_000.0
ORIGIN = (480_000.0, 2_480_000.0)
LAND_USES = ("R", "A", "B", "M", "W", "S", "U", "G", "E")
CHUNK = 250_000


def make_parcels(count: int, seed: int = 1) -> geopandas.GeoDataFrame:
    """Return parcels that tile the domain with gaps for streets: 8 to 28 corners, edges bent alike on no side.

    One in 200 has a courtyard, one in 300 two parts, one in 1000 stands twice, one in 2000 crosses itself.
    """
    random = np.random.default_rng(seed)
    across = int(np.ceil(np.sqrt(count)))
    size = SIDE_M / across
    column, row = np.arange(count) % across, np.arange(count) // across
    shapes = np.empty(count, dtype=object)
    for start in range(0, count, CHUNK):
        part = slice(start, min(start + CHUNK, count))
        shapes[part] = _block(column[part], row[part], size, random)
    _add_odd(shapes, size, random)
    table = {"parcel_id": np.arange(count), "land_use": random.choice(LAND_USES, count)}
    return geopandas.GeoDataFrame(table, geometry=shapes, crs=CRS)


def _block(column: np.ndarray, row: np.ndarray, size: float, random: np.random.Generator) -> np.ndarray:
    count = len(column)
    corners = random.integers(8, 29, count)
    owner = np.repeat(np.arange(count), corners)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(corners) - corners, corners)
    angle = (place + random.uniform(-0.3, 0.3, len(owner))) / corners[owner] * 2 * np.pi
    # A rounded square: the radius that reaches the side, drawn in by up to a fifth.
    reach = 0.5 / np.maximum(np.abs(np.cos(angle)), np.abs(np.sin(angle)))
    radius = size * 0.96 * reach * random.uniform(0.8, 1.0, len(owner))
    x = ORIGIN[0] + (column[owner] + 0.5) * size + radius * np.cos(angle)
    y = ORIGIN[1] + (row[owner] + 0.5) * size + radius * np.sin(angle)
    rings = shapely.linearrings(np.column_stack([x, y]), indices=owner)
    return shapely.polygons(rings)


def _add_odd(shapes: np.ndarray, size: float, random: np.random.Generator) -> None:
    count = len(shapes)
    middles = shapely.get_coordinates(shapely.centroid(shapes))
    for at in random.choice(count, count // 200, replace=False):
        court = shapely.box(*(middles[at] - size / 8), *(middles[at] + size / 8))
        shapes[at] = shapes[at].difference(court)
    for at in random.choice(count, count // 300, replace=False):
        x, y = middles[at]
        strip = shapely.box(x - size / 20, y - size, x + size / 20, y + size)
        shapes[at] = shapes[at].difference(strip)
    for at in random.choice(count - 1, count // 1000, replace=False):
        shapes[at] = shapes[at + 1]
    for at in random.choice(count, count // 2000, replace=False):
        x, y = middles[at]
        s = size / 3
        shapes[at] = shapely.Polygon([(x - s, y - s), (x + s, y + s), (x + s, y - s), (x - s, y + s)])


def make_zones(seed: int = 2) -> geopandas.GeoDataFrame:
    """Return 80 zones: 24 curved corridors, 50 irregular zones some with holes, 6 of several or touching parts."""
    random = np.random.default_rng(seed)
    shapes = [_corridor(random) for _ in range(24)]
    shapes += [_zone(random, number) for number in range(50)]
    west, south = ORIGIN[0] + 20_000, ORIGIN[1] + 20_000
    shapes += [shapely.box(west + step, south, west + step + 3000, south + 3000) for step in (0, 3000)]
    shapes += [shapely.union_all([_zone(random, 1), _zone(random, 1)]) for _ in range(4)]
    names = [f"zone.{number:02d}" for number in range(len(shapes))]
    return geopandas.GeoDataFrame({"zone_id": names}, geometry=shapes, crs=CRS)


def _corridor(random: np.random.Generator) -> shapely.Polygon:
    along = np.linspace(0, 1, 400)[:, None]
    start, end, bend = random.uniform(0, SIDE_M, (3, 2))
    axis = (1 - along) ** 2 * start + 2 * along * (1 - along) * bend + along**2 * end
    axis += 300 * np.sin(along * random.uniform(20, 60) + [0.0, 1.5])
    return shapely.LineString(axis + np.array(ORIGIN)).buffer(random.uniform(150, 600), quad_segs=8)


def _zone(random: np.random.Generator, number: int) -> shapely.Polygon:
    corners = int(random.integers(50, 3000))
    angle = np.sort(random.uniform(0, 2 * np.pi, corners))
    wave = 1 + 0.25 * np.sin(3 * angle + random.uniform(0, 6)) + 0.1 * np.sin(11 * angle)
    radius = random.uniform(600, 5000) * wave * random.uniform(0.99, 1.0, corners)
    middle = np.array(ORIGIN) + random.uniform(2000, SIDE_M - 2000, 2)
    outline = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    shape = shapely.make_valid(shapely.Polygon(outline + middle), method="structure")
    if number % 5 == 0:
        hole = shapely.transform(shape, lambda points: middle + (points - middle) * 0.3)
        shape = shape.difference(hole)
    return shape


def write_city(count: int, folder: Path) -> None:
    """Write parcels and zones to the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    make_zones().to_file(folder / "zones.gpkg")
    make_zones().to_parquet(folder / "zones.parquet")
    make_parcels(count).to_parquet(folder / "parcels.parquet", write_covering_bbox=True, row_group_size=65_536)


if __name__ == "__main__":
    write_city(int(sys.argv[1]), Path(sys.argv[2]))
