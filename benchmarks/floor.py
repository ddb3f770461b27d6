"""The floor: read the file, decode WKB to coordinate arrays on all cores, and nothing else."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from zones.counting.parcel_stream import open_layer, read_batches
from zones.counting.wkb_arrays import read_rings

if __name__ == "__main__":
    layer = open_layer(Path(sys.argv[1]) / "parcels.parquet")
    everywhere = np.array([-np.inf, -np.inf, np.inf, np.inf])
    with ThreadPoolExecutor() as pool:
        waiting = []
        for batch in read_batches(layer, "land_use", everywhere):
            waiting.append(pool.submit(read_rings, *batch.buffers()))
            if len(waiting) > 3:
                waiting.pop(0).result()
        for each in waiting:
            each.result()
    sys.stdout.write("[]")
