"""Geometry blobs of a GeoPackage (OGC 12-128r19, 2.1.3): a short head with the envelope, then WKB."""

import struct
from collections.abc import Callable

import shapely

SRS_ID = 4490

ENVELOPE_BYTES = (0, 32, 48, 48, 64)
"""Length of the envelope by the code for it in the flags; other codes are invalid."""

LITTLE_WITH_XY = 0b00000011
EMPTY = 0b00010000
MULTI = {"Polygon": "MultiPolygon", "LineString": "MultiLineString", "Point": "MultiPoint"}


def to_blob(shape: shapely.Geometry) -> bytes:
    """Return the blob of a shape, always as a multi one: a typed layer holds one type of geometry."""
    many = as_multi(shapely.force_2d(shape))
    head = struct.pack("<2sBBi", b"GP", 0, LITTLE_WITH_XY, SRS_ID)
    west, south, east, north = many.bounds
    return head + struct.pack("<4d", west, east, south, north) + bytes(shapely.to_wkb(many, byte_order=1))


def as_multi(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a polygon, line or point as the multi shape with that one part; others as they are."""
    kind = MULTI.get(shape.geom_type)
    return getattr(shapely, kind)([shape]) if kind else shape


def from_blob(blob: bytes | None) -> shapely.Geometry | None:
    """Return the shape of a blob, a shape of one part as a single one; None where there is none.

    Raises
    ------
    ValueError
        If the bytes are no geometry of a GeoPackage.
    """
    if blob is None:
        return None
    envelope = (blob[3] >> 1) & 0b111 if len(blob) > 8 else 9
    if blob[:2] != b"GP" or envelope >= len(ENVELOPE_BYTES):
        raise ValueError("these bytes are no geometry of a GeoPackage")
    if blob[3] & EMPTY:
        return None
    try:
        shape = shapely.force_2d(shapely.from_wkb(blob[8 + ENVELOPE_BYTES[envelope] :]))
    except shapely.errors.GEOSException:
        raise ValueError("these bytes are no geometry of a GeoPackage") from None
    if shape.is_empty:
        return None
    parts = shapely.get_parts(shape)
    return parts[0] if len(parts) == 1 else shape


def index_functions() -> dict[str, Callable[..., float | int | None]]:
    """Return the functions that the triggers of a spatial index call, by name (the standard's extension F.3).

    QGIS adds such an index where somebody asks for it; SQLite alone could then no longer write to the layer.
    """
    sides = {"ST_MinX": 0, "ST_MinY": 1, "ST_MaxX": 2, "ST_MaxY": 3}

    def side(at: int) -> Callable[[bytes | None], float | None]:
        def bound(blob: bytes | None) -> float | None:
            shape = from_blob(blob)
            return None if shape is None else float(shape.bounds[at])

        return bound

    return {"ST_IsEmpty": lambda blob: int(from_blob(blob) is None), **{name: side(at) for name, at in sides.items()}}
