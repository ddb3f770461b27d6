"""Overlap areas against exact fractions on many random and near-degenerate pairs: none may be wrong in silence.

`python -m benchmarks.exact_pairs [10000] [--seed 1] [--out docs/benchmarks.md]`; 1000 of them run with the tests.
Each pair goes through `zones overlap` (pairs, and faces for the sums) and the kernel of `zones tabulate`, in the
plane; pairs in degrees on the ellipsoid too. Plain GEOS stands beside them, without the grid they are cut on.
"""

import argparse
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import geopandas
import numpy as np
import shapely

from tests.exact import exact_area, exact_ellipsoid_area, hard_pairs
from tests.shapes import frame
from tests.test_clip_area import shared
from zones.errors import GeometryError
from zones.overlap import faces, grid_of, pairs, totals

M_PER_DEGREE = 111_320
SLACK_M = 1e-12
"""The kernel's tolerance for each metre of outline; that of `zones overlap` is the cell of its grid."""


class Try(NamedTuple):
    """One answer: its error and tolerance, both in m² to a metre of outline; no error where it was refused."""

    error: float | None
    allowed: float


def tries(place: str, a: shapely.Geometry, b: shapely.Geometry) -> dict[str, Try]:
    """Return what each method makes of a pair."""
    metre = M_PER_DEGREE if place == "degrees" else 1.0
    both, edge = frame([a, b], crs=None), a.length + b.length
    cell = grid_of(both).size
    exact = exact_area(a, b)
    found = {
        "zones overlap, pairs": (float(pairs(both, planar=True)["overlap_m2"].sum()) - exact, cell * metre),
        "zones overlap, faces": (_once(both, a.area + b.area - exact), 2 * cell * metre),
        "zones tabulate": (shared([a], [b])[0, 0] - exact, SLACK_M),
        "plain GEOS": (_geos(a, b) - exact, 1e-6),
    }
    done = {name: Try(None if e is None else abs(e) * metre / edge, allowed) for name, (e, allowed) in found.items()}
    if place == "degrees":
        exact, edge_m = exact_ellipsoid_area(a, b), edge * metre
        here = frame([a, b])
        area = float(pairs(here)["overlap_m2"].sum())
        done["zones overlap, ellipsoid"] = Try(abs(area - exact) / edge_m, cell * metre)
        done["zones tabulate, ellipsoid"] = Try(abs(shared([a], [b], 0.0)[0, 0] - exact) / edge_m, SLACK_M)
    return done


def _once(both: geopandas.GeoDataFrame, exact: float) -> float | None:
    try:
        return float(totals(faces(both, planar=True))["union_m2"]) - exact
    except GeometryError:
        return None


def _geos(a: shapely.Geometry, b: shapely.Geometry) -> float:
    try:
        return float(shapely.intersection(a, b).area)
    except shapely.GEOSException:
        return np.inf


def report(results: dict[str, list[Try]], count: int, seed: int) -> str:
    """Return the results as a Markdown section."""
    lines = [
        f"## Exact fractions: {count:,} hard pairs (seed {seed}; shapely {shapely.__version__}, "
        f"GEOS {shapely.geos_version_string})", "",
        "| method | pairs | wrong in silence | refused | largest error, m² to a metre of outline |",
        "| --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for name, done in results.items():
        errors = [each.error for each in done if each.error is not None]
        wrong = sum(each.error is not None and each.error > each.allowed for each in done)
        lines.append(f"| {name} | {len(done):,} | {wrong} | {len(done) - len(errors)} | {max(errors):.1e} |")
    return "\n".join([*lines, ""])


def main() -> None:
    """Run the pairs, print the table; status 1 if an answer of ours is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    results: dict[str, list[Try]] = defaultdict(list)
    for place, _, a, b in hard_pairs(chosen.count, chosen.seed):
        for name, done in tries(place, a, b).items():
            results[name].append(done)
    text = report(results, chosen.count, chosen.seed)
    sys.stdout.write(text)
    if chosen.out is not None:
        with chosen.out.open("a", encoding="utf-8") as file:
            file.write("\n" + text)
    ours = [each for name, done in results.items() if name != "plain GEOS" for each in done]
    if any(each.error is not None and each.error > each.allowed for each in ours):
        raise SystemExit("an answer is wrong")


if __name__ == "__main__":
    main()
