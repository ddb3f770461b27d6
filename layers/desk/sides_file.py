"""The candidate of a 四至 as a GeoJSON file a person takes away."""

import json

from zones.sides.sides import Sides
from zones.sides.sides_record import candidate_feature


def candidate_bytes(result: Sides, zone_id: str | None) -> bytes:
    """Return the candidate as a GeoJSON file of one feature, with what it rests on.

    Raises
    ------
    InputError
        If the sides do not close.
    """
    collection = {"type": "FeatureCollection", "features": [candidate_feature(result, zone_id)]}
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()
