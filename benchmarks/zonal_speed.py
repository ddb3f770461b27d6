"""Raster statistics, side by side: 100 zones over 10,000 x 10,000 cells, each method in a process of its own.

`python -m benchmarks.zonal_speed [--size 10000] [--zones 100] [--only NAME]`; the raster is made once in a temporary
folder. Peers that are not installed are skipped. Wall time, processor time, peak memory, and the largest difference
of a mean from that of `zones`.
"""

import argparse
import importlib.util
import json
import math
import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path

import geopandas
import numpy as np
import shapely

CELL_M, WEST, NORTH, CRS = 5.0, 480_000.0, 2_540_000.0, "EPSG:4547"
SEED = 20260921


def write_raster(path: Path, size: int) -> None:
    """Write a smooth surface with noise, float32, deflated tiles of 256, a tenth of it no data."""
    import rasterio
    from rasterio.transform import from_origin

    rng = np.random.default_rng(SEED)
    about = {
        "driver": "GTiff", "width": size, "height": size, "count": 1, "dtype": "float32", "crs": CRS, "nodata": -9999.0,
        "tiled": True, "blockxsize": 256, "blockysize": 256, "compress": "deflate", "zlevel": 1, "num_threads": 2,
        "transform": from_origin(WEST, NORTH, CELL_M, CELL_M), "bigtiff": "if_safer",
    }  # fmt: skip
    x = np.sin(np.arange(size) / 700)
    with rasterio.open(path, "w", **about) as out:
        for row in range(0, size, 512):
            high = min(512, size - row)
            values = 50 + 30 * np.cos(np.arange(row, row + high) / 900)[:, None] * x
            values = (values + rng.integers(0, 256, (high, size)) / 64).astype("float32")
            values[:, size // 3 : size // 3 + size // 10] = -9999
            out.write(values, 1, window=((row, row + high), (0, size)))


def make_zones(size: int, count: int) -> geopandas.GeoDataFrame:
    """Return round zones with ragged edges that together cover the raster about twice; some reach past it."""
    rng = np.random.default_rng(SEED)
    side, shapes = size * CELL_M, []
    while len(shapes) < count:
        middle = rng.uniform(0.05, 0.95, 2) * side
        angle = np.sort(rng.uniform(0, 2 * np.pi, 400))
        radius = rng.uniform(0.03, 0.12) * side * (1 + 0.06 * rng.standard_normal(400))
        points = np.column_stack([
            WEST + middle[0] + radius * np.cos(angle), NORTH - middle[1] + radius * np.sin(angle)
        ])  # fmt: skip
        shape = shapely.Polygon(points)
        if shape.is_valid:
            shapes.append(shape)
    return geopandas.GeoDataFrame({"zone_id": map(str, range(count))}, geometry=shapes, crs=CRS).set_index("zone_id")


def by_zones(path: Path, zones: geopandas.GeoDataFrame) -> list[float]:
    """Run `zones.rasters.zonal`: mean, sum, min, max, std."""
    from zones.rasters.raster import open_raster
    from zones.rasters.zonal import zonal

    return list(zonal(open_raster(path), zones, ("mean", "sum", "min", "max", "std")).table["mean"])


def by_zones_with_median(path: Path, zones: geopandas.GeoDataFrame) -> list[float]:
    """Run `zones.rasters.zonal` with median: the raster is read three times."""
    from zones.rasters.raster import open_raster
    from zones.rasters.zonal import zonal

    return list(zonal(open_raster(path), zones).table["mean"])


def by_exactextract(path: Path, zones: geopandas.GeoDataFrame) -> list[float]:
    """Run the exactextract package on the whole file, zone by zone."""
    from exactextract import exact_extract

    wanted = ["mean", "sum", "min", "max", "stdev"]
    return list(exact_extract(str(path), zones.reset_index(), wanted, output="pandas")["mean"])


def by_mask(path: Path, zones: geopandas.GeoDataFrame) -> list[float]:
    """Take cells whose middle lies in the zone, by window, as most programs do it."""
    import rasterio
    from rasterio.features import geometry_mask, geometry_window

    means = []
    with rasterio.open(path) as source:
        for shape in zones.geometry:
            window = geometry_window(source, [shape])
            values = source.read(1, window=window, masked=True)
            inside = geometry_mask([shape], values.shape, source.window_transform(window), invert=True)
            held = values.data[inside & ~np.ma.getmaskarray(values)]
            means.append(float(held.mean(dtype=float)))
            _ = held.sum(dtype=float), held.min(), held.max(), held.std(dtype=float)
    return means


def by_rasterstats(path: Path, zones: geopandas.GeoDataFrame) -> list[float]:
    """Run the rasterstats package, every cell touched."""
    from rasterstats import zonal_stats

    found = zonal_stats(zones, str(path), stats=["mean", "sum", "min", "max", "std"], all_touched=True)
    return [row["mean"] for row in found]


METHODS = {
    "zones": (by_zones, None),
    "zones with median": (by_zones_with_median, None),
    "exactextract": (by_exactextract, "exactextract"),
    "rasterio, cell middles": (by_mask, "rasterio"),
    "rasterstats, all touched": (by_rasterstats, "rasterstats"),
}


def run(name: str, path: str, size: int, count: int) -> dict[str, object]:
    """Return times, peak memory and means of one method; called in a process of its own."""
    zones = make_zones(size, count)
    before, start = time.process_time(), time.perf_counter()
    means = METHODS[name][0](Path(path), zones)
    wall, processor = time.perf_counter() - start, time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return {"wall_s": wall, "cpu_s": processor, "peak_mb": peak / 1e6, "means": means}


def main() -> None:
    """Print one line a method."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--zones", type=int, default=100)
    parser.add_argument("--only", choices=METHODS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "surface.tif"
        write_raster(path, asked.size)
        own: list[float] | None = None
        for name, (_, needs) in METHODS.items():
            if asked.only not in (None, name):
                continue
            if needs and importlib.util.find_spec(needs) is None:
                print(json.dumps({"method": name, "skipped": f"{needs} is not installed"}))  # noqa: T201
                continue
            # A new process each: peak memory is that of one method.
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                found = pool.apply(run, (name, str(path), asked.size, asked.zones))
            means = found.pop("means")
            own = own or means  # type: ignore[assignment]
            apart = max(abs(a - b) for a, b in zip(own, means, strict=True) if math.isfinite(a))  # type: ignore[arg-type]
            print(json.dumps({"method": name, **found, "largest_difference_of_mean": apart}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
