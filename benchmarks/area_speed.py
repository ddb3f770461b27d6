"""Ellipsoidal areas of many parcels: `zones.measure.lonlat_area` beside a loop over `pyproj.Geod`, and the exact areas.

`python -m benchmarks.area_speed [1000000] [--runs 3] [--out docs/benchmarks.md]`
Shapes are in memory already, in degrees. Both run in turn in one process on one core. Edges are straight in longitude
and latitude here and geodesics in GeographicLib; on edges of about 10 m the two rules differ by less than 1e-9.
"""

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path

import numpy as np
import shapely

from benchmarks.city import make_parcels
from tests.exact_ellipsoid import lonlat_area_exactly
from zones.measure import GEOD, lonlat_area

CHECKED = 2000
"""Parcels, spread evenly over all, whose area is taken to 25 digits too."""

MOST_ERROR = 1e-9
LEAST_GAIN = 20.0


def loop(shapes: np.ndarray) -> np.ndarray:
    """Return geodesic areas one by one, as pyproj's manual has it."""
    return np.array([abs(GEOD.geometry_area_perimeter(shape)[0]) for shape in shapes])


def timed(work: Callable[[np.ndarray], np.ndarray], shapes: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the seconds and the areas."""
    start = time.perf_counter()
    areas = work(shapes)
    return time.perf_counter() - start, areas


def against_exact(areas: np.ndarray, places: np.ndarray, exact: list[Decimal]) -> tuple[float, float]:
    """Return the relative error of the sum and of the worst parcel."""
    found = [Decimal(float(area)) for area in areas[places]]
    worst = max(abs(area / right - 1) for area, right in zip(found, exact, strict=True))
    return float(abs(sum(found) / sum(exact) - 1)), float(worst)


def report(shapes: np.ndarray, seconds: dict[str, list[float]], errors: dict[str, tuple[float, float]]) -> str:
    """Return the results as a Markdown section."""
    vertices = int(shapely.get_num_coordinates(shapes).sum())
    packages = f"pyproj {version('pyproj')}, numpy {np.__version__}, shapely {shapely.__version__}"
    lines = [
        f"## {len(shapes):,} parcels, {vertices:,} vertices ({os.cpu_count()} cores, {platform.machine()}; {packages})",
        "",
        "| method | runs | median s | times slower | sum against exact, relative | worst parcel, relative |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    fastest = statistics.median(seconds["lonlat_area"])
    for name, spent in seconds.items():
        median, (total, worst) = statistics.median(spent), errors[name]
        lines.append(f"| {name} | {len(spent)} | {median:.2f} | {median / fastest:.1f} | {total:.1e} | {worst:.1e} |")
    return "\n".join([*lines, ""])


def main() -> None:
    """Time both, check the areas, print a table; status 1 if the goal is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    shapes = make_parcels(chosen.count).to_crs(4490).geometry.to_numpy()
    shapes = shapely.orient_polygons(shapes[shapely.is_valid(shapes)])
    seconds: dict[str, list[float]] = {name: [] for name in METHODS}
    areas = {}
    for _ in range(chosen.runs):
        for name, work in METHODS.items():
            spent, areas[name] = timed(work, shapes)
            seconds[name].append(spent)
    places = np.linspace(0, len(shapes) - 1, min(CHECKED, len(shapes))).astype(int)
    exact = [lonlat_area_exactly(shapes[at]) for at in places]
    errors = {name: against_exact(found, places, exact) for name, found in areas.items()}
    text = report(shapes, seconds, errors)
    sys.stdout.write(text)
    if chosen.out is not None:
        with chosen.out.open("a", encoding="utf-8") as file:
            file.write("\n" + text)
    gain = statistics.median(seconds["pyproj.Geod loop"]) / statistics.median(seconds["lonlat_area"])
    if errors["lonlat_area"][0] > MOST_ERROR or gain < LEAST_GAIN:
        raise SystemExit(f"goal missed: error {errors['lonlat_area'][0]:.1e}, {gain:.1f} times faster")


METHODS = {"lonlat_area": lonlat_area, "pyproj.Geod loop": loop}

if __name__ == "__main__":
    main()
