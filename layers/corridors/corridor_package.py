"""The ground of a corridor as a GeoPackage: axis, band, covered and uncovered pieces, parts, gaps and districts."""

from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from layers.corridors.corridor_words import assumption
from layers.corridors.handover import CROSSED, Handover
from layers.exports.export_geopackage import write_layers
from zones.corridors.coverage import covered_ground
from zones.measure import lonlat_area
from zones.records import none_if_nan
from zones.schema import STORAGE_CRS

Shapes = npt.NDArray[np.object_]

RECEIPTS = {"receipt": "crossed", "receipt_axis": "axis"}
"""Columns of the layer of districts that name a receipt, and what it is of."""

HAIR_M = 1e-6
"""Just before a chainage: where the axis breaks off, one chainage names two places."""


def corridor_layers(held: Handover) -> dict[str, geopandas.GeoDataFrame]:
    """Return the layers of the package, EPSG:4490, areas on the ellipsoid in m²; a layer may have no row.

    Parameters
    ----------
    held : Handover

    Returns
    -------
    dict of str to geopandas.GeoDataFrame
        `axis`, `band`, `covered`, `uncovered`, `parts`, `gaps`, `districts`.
    """
    ground = held.cells.grounds[held.place]
    return {
        "axis": _one(held.found.corridor.axis, _axis_facts(held)),
        "band": _one(ground, _band_facts(held)),
        "covered": _covered(held),
        "uncovered": _uncovered(held),
        "parts": _parts(held),
        "gaps": _gaps(held),
        "districts": _districts(held, ground),
    }


def write_package(held: Handover, path: Path | str) -> int:
    """Write the layers of a corridor to a GeoPackage; return how many features.

    Raises
    ------
    InputError
        When the file cannot be written.
    """
    return write_layers(corridor_layers(held), path, held.receipts)


def _axis_facts(held: Handover) -> dict[str, Any]:
    made = held.found.corridor
    return {
        "corridor": made.corridor_id,
        "name_zh": made.name_zh,
        "name_en": made.name_en,
        "length_m": held.found.length_m,
        "error_m": none_if_nan(made.axis_error_m),
        "grade": made.axis_grade,
    }


def _band_facts(held: Handover) -> dict[str, Any]:
    found, made = held.found, held.found.corridor
    return {
        "corridor": made.corridor_id,
        "half_width_m": made.widest_m,
        "width_assumed": made.assumed,
        "width_note": assumption(held),
        "ends": made.ends,
        "area_m2": found.corridor_m2,
        "covered_m2": found.covered_m2,
        "uncovered_m2": found.uncovered_m2,
        "error_m2": found.error_m2,
        "share": found.share,
        "receipt": held.receipt("corridor"),
        "receipt_covered": held.receipt("covered"),
        "data_version": held.atlas.version,
    }


def _covered(held: Handover) -> geopandas.GeoDataFrame:
    """Return the connected pieces of covered ground, largest first."""
    pieces = shapely.get_parts(covered_ground(held.cells, held.place))
    areas = lonlat_area(pieces)
    order = np.argsort(-areas, kind="stable")
    return _frame({"piece": np.arange(1, len(pieces) + 1), "area_m2": areas[order]}, pieces[order])


def _uncovered(held: Handover) -> geopandas.GeoDataFrame:
    """Return the pieces of `zones.corridors.coverage.uncovered`, in the same order."""
    pieces = shapely.get_parts(covered_ground(held.cells, held.place, covered=False))
    order = np.argsort(-lonlat_area(pieces), kind="stable")
    facts = held.rest[["area_m2", "from_m", "to_m"]]
    receipts = held.piece_receipts()
    return _frame({"piece": np.arange(1, len(facts) + 1), **facts, "receipt": receipts}, pieces[order])


def _parts(held: Handover) -> geopandas.GeoDataFrame:
    """Return each cover's ground inside the band."""
    cells, parts = held.cells, held.found.parts
    rows = cells.pairs[cells.table["ring"].to_numpy()[cells.pairs[:, 0]] <= held.place]
    places = cells.covers.index.get_indexer(parts["id"])
    shapes = [shapely.coverage_union_all(cells.shapes[rows[rows[:, 1] == place, 0]]) for place in places]
    facts = {name: parts[name] for name in parts.columns if name != "id"}
    names = [str(held.names.get(each, each)) for each in parts["id"]]
    receipts = [held.receipt("inside", str(each)) for each in parts["id"]]
    facts |= {"receipt": receipts}
    return _frame({"id": parts["id"].astype(str), "name": names, **facts}, np.array(shapes, dtype=object))


def _gaps(held: Handover) -> geopandas.GeoDataFrame:
    """Return each gap as the stretch of the axis it lies along."""
    gaps, measure = held.found.gaps, held.cells.measure
    lines = []
    for low, high in gaps[["from_m", "to_m"]].itertuples(index=False):
        between = measure.at_m[(measure.at_m > low + HAIR_M) & (measure.at_m < high - HAIR_M)]
        lines.append(shapely.linestrings(measure.points_at(np.array([low, *between, high - HAIR_M]))))
    where = [held.where(low, high) for low, high in gaps[["from_m", "to_m"]].itertuples(index=False)]
    facts = {name: gaps[name] for name in gaps.columns}
    receipts = [held.receipt("gap", from_m=low) for low in gaps["from_m"]]
    facts |= {"where": where, "receipt": receipts}
    return _frame({"gap": np.arange(1, len(gaps) + 1), **facts}, np.array(lines, dtype=object))


def _districts(held: Handover, ground: shapely.Geometry) -> geopandas.GeoDataFrame:
    """Return the band's ground in each district and subdistrict."""
    tables, shapes = [], []
    for kind, layer in CROSSED.items():
        table = held.crossed[kind]
        areas = held.atlas.base[layer].set_index(f"name_{held.lang}").geometry
        inside = shapely.intersection(ground, np.asarray(areas.loc[list(table["id"])].array, dtype=object))
        shapes += [_areal(shape) for shape in inside]
        slips = {name: held.area_receipts(of, kind) for name, of in RECEIPTS.items()}
        tables.append(table.assign(level=kind, **slips))
    facts = pd.concat(tables, ignore_index=True).rename(columns={"id": "name"})
    facts["name"] = facts["name"].astype(str)
    return _frame(dict(facts.items()), np.array(shapes, dtype=object))


def _areal(shape: shapely.Geometry) -> shapely.Geometry:
    """Return the areas of a shape: a band that touches a line leaves a crumb of it."""
    parts = shapely.get_parts(shape)
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == 3])


def _one(shape: shapely.Geometry, facts: dict[str, Any]) -> geopandas.GeoDataFrame:
    return _frame({name: [value] for name, value in facts.items()}, np.array([shape], dtype=object))


def _frame(facts: dict[str, Any], shapes: Shapes) -> geopandas.GeoDataFrame:
    table = pd.DataFrame({name: list(values) for name, values in facts.items()})
    return geopandas.GeoDataFrame(table, geometry=_whole(shapes), crs=STORAGE_CRS)


def _whole(shapes: Shapes) -> Shapes:
    """Return shapes of one layer as one type, the multiple one, outer rings counterclockwise."""
    made = []
    for shape in shapes:
        several = shape.geom_type.startswith("Multi")
        build = shapely.multilinestrings if shape.geom_type.endswith("LineString") else shapely.multipolygons
        made.append(shape if several else build([shape]))
    return shapely.orient_polygons(np.array(made, dtype=object)) if made else shapes
