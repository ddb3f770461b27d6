"""The receipt of a layer's area as a whole, all features together: what an import reports and a file holds."""

from pathlib import Path

import geopandas
import numpy as np

from zones.features import features_of, ground, source_file
from zones.measure import lonlat_area
from zones.proof.receipt_sources import Layer, SourceFile
from zones.proof.receipts import Receipt, issue
from zones.schema import STORAGE_CRS


def layer_receipt(path: Path, area_m2: float, features: int, stated: str | None = None) -> Receipt:
    """Return the receipt of a layer's area.

    Parameters
    ----------
    path : Path
        The layer, as `zones.features.features_of` reads it.
    area_m2 : float
        On the ellipsoid, each feature by itself: ground under two features counts twice.
    features : int
    stated : str, optional
        Name under which the receipt knows the file; default the path.
    """
    return _issued(source_file(path, stated), area_m2, features)


def layer_again(receipt: Receipt, path: Path) -> Receipt:
    """Return the receipt of a layer as it would be issued now.

    Raises
    ------
    InputError
        If the file cannot be used.
    """
    frame = features_of(path)
    area_m2 = float(lonlat_area(np.asarray(frame.geometry.array, dtype=object)).sum())
    return _issued(source_file(path, (receipt.files or ())[0].path), area_m2, len(frame))


def _issued(source: SourceFile, area_m2: float, features: int) -> Receipt:
    bare = geopandas.GeoDataFrame(geometry=[], crs=STORAGE_CRS)
    return issue(ground(bare, [source], None), "layer", "ellipsoid", (), area_m2, layer=Layer(source.sha256, features))
