"""Compiles the numeric kernels once, at set-up: `python -m zones.compiled`.

numba keeps the machine code beside the modules (or in the user's cache folder where they cannot be written),
so that no user waits for the compiler. Without this step the first `zones tabulate` compiles, about 20 seconds.
"""

from pathlib import Path

import numpy as np
import shapely

from zones.counting.clip_area import find_pairs, pair_areas
from zones.counting.ring_check import certainly_valid
from zones.counting.wkb_arrays import read_rings
from zones.counting.zone_grid import build_grid
from zones.georeference.georef_sample import sampled


def drop_stale(folder: Path) -> int:
    """Delete compiled kernels older than any source of the folder; return how many.

    A kernel freezes constants of the modules it imports, while numba looks at its own file only: a change
    there would go on giving the old numbers.
    """
    newest = max(path.stat().st_mtime for path in folder.rglob("*.py"))
    stale = [path for path in folder.rglob("__pycache__/*.nb[ci]") if path.stat().st_mtime < newest]
    for path in stale:
        path.unlink()
    return len(stale)


def compile_kernels() -> float:
    """Run every kernel on one tiny case; return the shared area, which is 1."""
    wkb = np.frombuffer(shapely.to_wkb(shapely.box(0, 0, 2, 2)), np.uint8)
    rings = read_rings(wkb, np.array([0, len(wkb)]), np.ones(1, np.bool_))
    certainly_valid(rings, np.zeros(1, np.int64))
    grid = build_grid(np.array([shapely.box(1, 1, 3, 3)]), 1000)
    sampled(np.zeros((2, 2, 4), np.uint8), np.ones((1, 1)), np.ones((1, 1)))
    shared, _ = pair_areas(rings, grid, find_pairs(rings, grid), 1.0)
    return float(shared[0])


if __name__ == "__main__":
    drop_stale(Path(__file__).parent)
    compile_kernels()
