"""Receipts of a shape that stands in no layer yet: a candidate of four sides, or one drawn by hand.

The file that hands the shape over is what its receipts rest on, so it carries both and verifies by itself.
"""

import math
from typing import Any

import geopandas
import shapely

from zones.proof.fingerprint import fingerprint
from zones.proof.receipt_sources import CRS, FILE, MARK, OWN_ID, SELF, Ground, SourceFile
from zones.proof.receipts import Receipt, area_receipts, document
from zones.schema import STORAGE_CRS, EdgeRule

UNNAMED = "candidate"


def shape_receipts(shape: shapely.Geometry, error_m: float, own_id: str | None = None) -> tuple[Receipt, ...]:
    """Return the receipts of a shape's area and perimeter.

    Parameters
    ----------
    shape : polygon
        EPSG:4490.
    error_m : float
        How far its edge may lie off, metres; NaN where not known.
    own_id : str, optional
        Under which its file names it.
    """
    name, mark = own_id or UNNAMED, fingerprint(shape)
    frame = geopandas.GeoDataFrame(
        {"error_m": [error_m], "edge_rule": [EdgeRule.LONLAT.value], FILE: [0], MARK: [mark], OWN_ID: [name],
         CRS: [GEOJSON_CRS]},
        geometry=[shape], index=[name], crs=STORAGE_CRS,
    )  # fmt: skip
    on = Ground(frame, mark[:8], (SourceFile(SELF, ""),))
    return area_receipts(on, frame, ("ellipsoid", "geodesic"))


def shape_document(shape: shapely.Geometry, error_m: float, own_id: str | None = None) -> dict[str, Any]:
    """Return a shape and its receipts as one GeoJSON document, which `zones verify` reads; as `shape_receipts`."""
    properties: dict[str, Any] = {"zone_id": own_id or UNNAMED, "edge_rule": EdgeRule.LONLAT.value}
    if not math.isnan(error_m):
        properties["error_m"] = error_m
    feature = {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(shape)}
    return {
        "type": "FeatureCollection", "features": [feature], **document(shape_receipts(shape, error_m, own_id)),
    }  # fmt: skip


GEOJSON_CRS = "EPSG:4326"
"""What a GeoJSON file is read as: RFC 7946 has no other."""
