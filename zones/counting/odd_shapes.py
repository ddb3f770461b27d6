"""The few features of a large layer that need a look one by one: invalid, of another kind, or unreadable."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from zones.counting.parcel_layer import Batch
from zones.counting.wkb_arrays import Ints
from zones.issues import Issue
from zones.measure import lonlat_area, planar_area
from zones.repair import POLYGONS, valid_shape
from zones.schema import Severity


class OddShapes(NamedTuple):
    """`again`: rows to be measured anew, `shapes`: their WKB, `issues`: what was found."""

    again: Ints
    shapes: list[bytes]
    issues: list[Issue]

    def buffers(self) -> tuple[npt.NDArray[np.uint8], Ints, npt.NDArray[np.bool_]]:
        """Return the shapes as `zones.counting.wkb_arrays.read_rings` takes them."""
        sizes = np.cumsum([0, *map(len, self.shapes)])
        return np.frombuffer(b"".join(self.shapes), np.uint8), sizes, np.ones(len(self.shapes), np.bool_)


def look_at(batch: Batch, doubtful: Ints, unusual: Ints, unit: float, layer: str) -> OddShapes:
    """Return what becomes of the odd rows of a batch: repaired shapes, and an issue for each.

    Parameters
    ----------
    batch : Batch
        The rows.
    doubtful : array of int
        Polygons that may be invalid; those that GEOS finds valid are let pass.
    unusual : array of int
        Rows that are no plain polygon: another type or byte order, open rings, damaged records.
    unit : float
        Square metres per unit, 0 for degrees: for the areas before and after.
    layer : str
        Name used in the issues.
    """
    read = shapely.from_wkb(_bytes(batch, doubtful), on_invalid="ignore")
    broken = np.flatnonzero(~shapely.is_valid(read))
    again, shapes, issues = [], [], []
    for at in broken:
        again.append(int(doubtful[at]))
        valid = valid_shape(read[at])
        shapes.append(_as_wkb(valid))
        issues.append(_repaired(layer, batch.first + int(doubtful[at]), read[at], valid, unit))
    for row in unusual:
        shape, issue = _unusual(layer, batch.first + int(row), _bytes(batch, np.array([row]))[0], unit)
        # Its row is measured from the shape alone, and not at all where there is none.
        if shape is not None:
            again.append(int(row))
            shapes.append(_as_wkb(shape))
        issues += [issue] if issue else []
    return OddShapes(np.array(again, np.int64), shapes, issues)


def _bytes(batch: Batch, rows: Ints) -> npt.NDArray[np.object_]:
    found = np.empty(len(rows), dtype=object)
    found[:] = [batch.wkb[int(row)].as_py() for row in rows]
    return found


def _as_wkb(shape: shapely.Geometry) -> bytes:
    return bytes(shapely.to_wkb(shape, byte_order=1, output_dimension=2))


def _unusual(layer: str, feature: int, wkb: bytes, unit: float) -> tuple[shapely.Geometry | None, Issue | None]:
    with np.errstate(invalid="ignore"):
        shape = shapely.from_wkb(wkb, on_invalid="ignore")
    closed = shape is None
    if closed:
        shape = _closed(wkb)
    if shape is None or not np.isfinite(shapely.get_coordinates(shape)).all():
        found = "cannot be read" if shape is None else "has coordinates that are no numbers"
        return None, _left_out(layer, feature, "unreadable", f"the shape {found} and was left out")
    if shape.geom_type not in POLYGONS:
        return None, _left_out(layer, feature, "no_polygon", f"a {shape.geom_type} has no area and was left out")
    if shape.is_valid and not closed:
        return shape, None
    valid = shape if shape.is_valid else valid_shape(shape)
    return valid, _repaired(layer, feature, shape, valid, unit)


def _closed(wkb: bytes) -> shapely.Geometry | None:
    """Return the shape with its rings closed, None if that does not make it readable."""
    try:
        with np.errstate(invalid="ignore"):
            return shapely.from_wkb(wkb, on_invalid="fix")
    except shapely.errors.GEOSException:
        return None


def _left_out(layer: str, feature: int, kind: str, message: str) -> Issue:
    return Issue(layer, str(feature), "geometry", Severity.ERROR, kind, "", f"feature {feature}: {message}")


def _repaired(layer: str, feature: int, before: shapely.Geometry, after: shapely.Geometry, unit: float) -> Issue:
    both = np.array([before, after])
    old, new = lonlat_area(both) if unit == 0.0 else planar_area(both) * unit
    reason = shapely.is_valid_reason(before) if not before.is_valid else "ring was not closed"
    return Issue(
        layer, str(feature), "geometry", Severity.WARNING, "repaired", reason,
        f"feature {feature}: shape was invalid ({reason}) and was rebuilt by structure: "
        f"area {old:,.1f} -> {new:,.1f} m²",
    )  # fmt: skip
