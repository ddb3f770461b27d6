"""What changed of a zone between two states: by zone_id, so that a change is never a loss and a new zone."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import geopandas
import numpy as np
import shapely

from zones.measure import GEOD, band_error, lonlat_area, measure
from zones.schema import STORAGE_CRS, Part
from zones.workspace.workspace_edit import plain
from zones.workspace.workspace_state import Feature, Zone, part, properties, shape


class FieldChange(NamedTuple):
    """A property of a feature with its value before and after; `part` says of which feature."""

    name: str
    before: Any
    after: Any
    part: str


@dataclass(frozen=True)
class ZoneChange:
    """What became of a zone.

    Attributes
    ----------
    zone_id : str
    fields : tuple of FieldChange
        Properties that differ; `layer` among them where the zone moved to another file.
    area_before_m2, area_after_m2 : float or None
        Ellipsoid area of the extent (see `zones.measure`), None where it has no polygon.
    area_error_m2 : float or None
        ± of the difference. Only edges that changed count: the others are off by the same before and after.
    geometry_before, geometry_after : shapely geometry or None
        The extent, EPSG:4490.
    axis_before, axis_after : shapely geometry or None
    error_before_m2, error_after_m2 : float or None
        ± of the areas themselves; None where they were not asked for.
    """

    zone_id: str
    fields: tuple[FieldChange, ...]
    area_before_m2: float | None
    area_after_m2: float | None
    area_error_m2: float | None
    geometry_before: shapely.Geometry | None
    geometry_after: shapely.Geometry | None
    axis_before: shapely.Geometry | None = None
    axis_after: shapely.Geometry | None = None
    error_before_m2: float | None = None
    error_after_m2: float | None = None

    @property
    def area_change_m2(self) -> float | None:
        """Area after less before, none counting as 0; None where there was no polygon at either time."""
        if self.area_before_m2 is None and self.area_after_m2 is None:
            return None
        return (self.area_after_m2 or 0.0) - (self.area_before_m2 or 0.0)

    @property
    def moved(self) -> bool:
        """Whether a shape differs."""
        pairs = ((self.geometry_before, self.geometry_after), (self.axis_before, self.axis_after))
        return any(before != after for before, after in pairs)

    @property
    def kind(self) -> str:
        """`new`, `lost` or `changed`."""
        before = self.geometry_before is not None or self.axis_before is not None
        after = self.geometry_after is not None or self.axis_after is not None
        return "changed" if before == after else ("new" if after else "lost")


def zone_change(zone_id: str, before: Zone, after: Zone, *, errors: bool = False) -> ZoneChange:
    """Return what differs between two states of a zone; with `errors` also the ± of its area at both."""
    old, new = ({part(feature): feature for feature in zone} for zone in (before, after))
    shapes = {(at, name): shape(held[name]) for at, held in enumerate((old, new)) for name in held}
    was, becomes = (shapes.get((at, Part.EXTENT)) for at in (0, 1))
    areas = _area(was), _area(becomes)
    return ZoneChange(
        zone_id,
        tuple(field for name in dict.fromkeys([*old, *new]) for field in _fields(name, old.get(name), new.get(name))),
        areas[0],
        areas[1],
        None if areas == (None, None) else _area_error(old, new),
        was,
        becomes,
        shapes.get((0, Part.AXIS)),
        shapes.get((1, Part.AXIS)),
        _whole_error(old) if errors and areas[0] is not None else None,
        _whole_error(new) if errors and areas[1] is not None else None,
    )


def drawn_change(zone_id: str, before: geopandas.GeoDataFrame, after: geopandas.GeoDataFrame) -> ZoneChange:
    """Return what differs in shape between a zone as it is kept and as it is drawn; of the fields only the errors.

    Parameters
    ----------
    before, after : geopandas.GeoDataFrame
        The zone's features, EPSG:4490, columns as `zones.workspace.workspace.features_at` gives them.
    """
    return zone_change(zone_id, _zone_of(before), _zone_of(after))


def _zone_of(features: geopandas.GeoDataFrame) -> Zone:
    names = ("part", "error_m", "half_width_m")
    rows = features.to_dict("records")
    told = [
        {
            "properties": {name: plain(row[name]) for name in names},
            "geometry": shapely.geometry.mapping(row["geometry"]),
        }
        for row in rows
    ]
    return tuple(Feature("", place, json.dumps(each)) for place, each in enumerate(told))


def _area(extent: shapely.Geometry | None) -> float | None:
    if extent is None or extent.geom_type not in ("Polygon", "MultiPolygon"):
        return None
    return float(lonlat_area(np.array([extent], dtype=object))[0])


def _fields(name: str, old: Feature | None, new: Feature | None) -> list[FieldChange]:
    """Return the properties of a part that differ; a part that is new or gone is one difference, not a dozen."""
    if old is None or new is None:
        return [FieldChange("part", name if old else None, name if new else None, name)]
    before, after = (properties(feature) | {"layer": feature.layer} for feature in (old, new))
    names = [each for each in dict.fromkeys([*before, *after]) if each not in ("zone_id", "part")]
    return [
        FieldChange(each, before.get(each), after.get(each), name)
        for each in names
        if before.get(each) != after.get(each)
    ]


def _area_error(old: dict[str, Feature], new: dict[str, Feature]) -> float:
    """Return the ± of a difference of areas in m²."""
    extents = [held.get(Part.EXTENT) for held in (old, new)]
    if None in extents or any(_half_width(feature) for feature in extents):
        # A zone that is new or gone differs by its whole area. A band's edges hang on its axis, so all of them move.
        return float(np.hypot(_whole_error(old), _whole_error(new))) if _differ(*extents) else 0.0
    shapes = [shape(feature) for feature in extents if feature]
    errors_m = [float(properties(feature).get("error_m") or 0) for feature in extents if feature]
    return float(np.hypot(_length_apart(*shapes) * errors_m[0], _length_apart(*shapes[::-1]) * errors_m[1]))


def _differ(old: Feature | None, new: Feature | None) -> bool:
    return old is None or new is None or shape(old) != shape(new)


def _half_width(feature: Feature | None) -> float:
    return float((properties(feature).get("half_width_m") if feature else 0) or 0)


def _whole_error(held: dict[str, Feature]) -> float:
    extent, axis = held.get(Part.EXTENT), held.get(Part.AXIS)
    if extent is None:
        return 0.0
    if _half_width(extent) and axis is not None:
        return band_error(shape(axis), _half_width(extent), float(properties(axis).get("error_m") or 0))
    frame = geopandas.GeoDataFrame(
        {"error_m": [float(properties(extent).get("error_m") or 0)]}, geometry=[shape(extent)], crs=STORAGE_CRS
    )
    error = float(measure(frame)["error_m2"].iloc[0])
    return 0.0 if np.isnan(error) else error


def _length_apart(one: shapely.Geometry, other: shapely.Geometry) -> float:
    """Return how many metres of a shape's edges are no edges of the other."""
    edges = one.boundary if one.geom_type.endswith("Polygon") else one
    try:
        rest = edges.difference(other.boundary if other.geom_type.endswith("Polygon") else other)
    except shapely.errors.GEOSException:
        rest = edges
    return float(GEOD.geometry_length(rest)) if not rest.is_empty else 0.0


def records(changes: Iterable[ZoneChange]) -> list[dict[str, Any]]:
    """Return changes as plain records, the JSON of `zones workspace compare`; shapes as GeoJSON."""
    names = (
        "zone_id",
        "kind",
        "area_before_m2",
        "area_after_m2",
        "area_change_m2",
        "area_error_m2",
        "error_before_m2",
        "error_after_m2",
    )
    shapes = ("geometry_before", "geometry_after", "axis_before", "axis_after")
    return [
        {name: getattr(change, name) for name in names}
        | {"fields": [field._asdict() for field in change.fields]}
        | {name: _geojson(getattr(change, name)) for name in shapes}
        for change in changes
    ]


def _geojson(found: shapely.Geometry | None) -> dict[str, Any] | None:
    return None if found is None else shapely.geometry.mapping(found)
