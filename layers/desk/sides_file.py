"""The candidate of a 四至 as a GeoJSON file a person takes away."""

import json

from zones.proof.receipts import document
from zones.proof.shape_receipts import UNNAMED, shape_receipts
from zones.sides.sides import Sides
from zones.sides.sides_record import candidate_feature


def candidate_bytes(result: Sides, zone_id: str | None) -> bytes:
    """Return the candidate as a GeoJSON file of one feature, with what it rests on.

    Raises
    ------
    InputError
        If the sides do not close.
    """
    feature = candidate_feature(result, zone_id)
    held = shape_receipts(result.polygon, result.error_m, zone_id)
    feature["properties"] |= {"zone_id": zone_id or UNNAMED, "receipt": held[0].id}
    collection = {"type": "FeatureCollection", "features": [feature], **document(held)}
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()
