"""Which features a tabulation counted, read back from its pair table: how many in all, and the shapes of one zone."""

from pathlib import Path
from typing import NamedTuple

import geopandas
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow
import pyarrow.parquet
import shapely

from zones.counting.area_rule import in_plane
from zones.counting.pair_table import RELATIONS
from zones.counting.parcel_stream import ParcelLayer, read_batches
from zones.datum_shift import moved
from zones.schema import STORAGE_CRS

MARGIN = 0.01
"""Share of the box by which it is widened: it only says what need not be read."""


class Tally(NamedTuple):
    """Features by where they lie, each once: the four add up to the features read."""

    inside: int
    partly: int
    outside: int
    left_out: int


def tally(pairs: Path, features: int, left_out: int) -> Tally:
    """Return how many features lie inside a zone, only partly in one, in none, and how many were left out.

    Parameters
    ----------
    pairs : Path
        As `zones.counting.tabulate.tabulate` writes it.
    features, left_out : int
        Of the same tabulation.
    """
    met = np.zeros((2, features + 1), np.bool_)
    with pyarrow.parquet.ParquetFile(pairs) as file:
        for part in file.iter_batches(columns=["feature", "relation"]):
            inside = _texts(part.column("relation")) == RELATIONS[1]
            number = part.column("feature").to_numpy()
            met[0, number] = True
            met[1, number[inside]] = True
    any_zone, whole = (int(row.sum()) for row in met)
    return Tally(whole, any_zone - whole, features - left_out - any_zone, left_out)


def shapes_in_zone(
    layer: ParcelLayer, pairs: Path, zone: geopandas.GeoDataFrame, most: int, most_points: int
) -> tuple[geopandas.GeoDataFrame, int]:
    """Return the features counted in a zone with their shapes, and how many were counted there in all.

    Parameters
    ----------
    layer : ParcelLayer
        The layer that was tabulated.
    pairs : Path
        Its pair table.
    zone : geopandas.GeoDataFrame
        One row, indexed by zone id.
    most, most_points : int
        Features and vertices to return at most: those with the most ground in the zone; one at least.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4490, shapes as they stand in the file, largest share of ground first; index `feature`
        (number in the file, from 1), columns `class` (None where there is none), `relation`, `area_m2`.
    """
    met = pyarrow.parquet.read_table(pairs, filters=[("zone_id", "==", str(zone.index[0]))]).to_pandas()
    met = met.sort_values(["area_m2", "feature"], ascending=[False, True]).drop(columns="zone_id")
    chosen = met.head(most).set_index("feature").astype({"class": object, "relation": object})
    chosen["class"] = chosen["class"].where(chosen["class"].notna(), None)
    shapes = _shapes(layer, np.sort(chosen.index.to_numpy()), _box(zone, layer))
    drawn = chosen.loc[chosen.index.isin(shapes.index)]
    frame = geopandas.GeoDataFrame(drawn, geometry=shapes.loc[drawn.index], crs=STORAGE_CRS)
    points = np.cumsum(shapely.get_num_coordinates(np.asarray(frame.geometry.array, dtype=object)))
    return frame.iloc[: max(1, int(np.searchsorted(points, most_points, side="right")))], len(met)


def _texts(column: pyarrow.Array) -> npt.NDArray[np.object_]:
    return np.asarray(column.to_pandas(), dtype=object)


def _box(zone: geopandas.GeoDataFrame, layer: ParcelLayer) -> npt.NDArray[np.float64]:
    """Return the bounds of the zone in the layer's coordinates, a little widened."""
    moved = zone
    if not layer.crs.is_geographic and zone.crs != layer.crs:
        moved = in_plane(zone, layer.crs)
    west, south, east, north = moved.total_bounds
    aside, above = MARGIN * (east - west), MARGIN * (north - south)
    return np.array([west - aside, south - above, east + aside, north + above])


def _shapes(layer: ParcelLayer, numbers: npt.NDArray[np.int64], box: npt.NDArray[np.float64]) -> geopandas.GeoSeries:
    """Return the shapes of the features with these numbers, which are sorted; one that cannot be read is missing."""
    found: dict[int, shapely.Geometry] = {}
    for batch in read_batches(layer, None, box):
        start, end = np.searchsorted(numbers, [batch.first, batch.first + len(batch.wkb)])
        for number in numbers[start:end]:
            shape = shapely.from_wkb(batch.wkb[int(number) - batch.first].as_py(), on_invalid="ignore")
            if shape is not None and np.isfinite(shapely.get_coordinates(shape)).all():
                found[int(number)] = shapely.force_2d(shape)
        if end == len(numbers):
            break
    crs = STORAGE_CRS if layer.crs.is_geographic else layer.crs
    shapes = geopandas.GeoSeries(list(found.values()), index=pd.Index(list(found), dtype="int64"), crs=crs)
    return shapes if layer.crs.is_geographic else moved(shapes, STORAGE_CRS)
