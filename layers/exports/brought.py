"""A layer brought in, written for use elsewhere and read back to prove that nothing was lost on the way."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import pyogrio
import shapely

from layers.write import fill_atomically
from zones.errors import InputError
from zones.intake.bring_in import Brought, Progress, Told, bring_in
from zones.intake.read_any import read_raw
from zones.issues import Issue
from zones.measure import lonlat_area
from zones.proof.layer_receipts import layer_receipt
from zones.proof.read_receipts import read_receipt
from zones.proof.receipts import document
from zones.records import none_if_nan
from zones.schema import Severity

SAME_AREA = 1e-9
"""Largest relative difference of the area between what was to be written and what was read back."""

MOST_LISTED = 1000
PREVIEW_FEATURES = 3000
PREVIEW_STEP_DEG = 1e-5


def work(request: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Bring a file in, write it and return the report; the job of the import's own process.

    Parameters
    ----------
    request : dict
        `file`, `name` (for messages), `out`, `told` (fields of `zones.intake.bring_in.Told`), `preview` (whether to add
        a light GeoJSON of the outlines).
    progress : callable
        See `zones.intake.bring_in.Progress`.
    """
    file, out, said = Path(request["file"]), Path(request["out"]), Told(**request["told"])
    brought = bring_in(file, said, progress)
    progress("writing", 0.8)
    notes, proof = write_brought(brought.frame, out)
    told = report(brought, notes, proof) | {"path": request["file"], "output": request["out"]}
    if brought.area_before_m2 or brought.area_after_m2:
        # Each rests on its own file: what came in, and what was made of it.
        told |= document([
            layer_receipt(out, brought.area_after_m2, brought.kept), read_receipt(file, said, brought)
        ])  # fmt: skip
    if request.get("preview"):
        told |= {"preview": preview(brought.frame), "fields": fields(brought.frame), "bounds": bounds(brought.frame)}
    progress("writing", 1.0)
    return told


def report(brought: Brought, notes: list[Issue], proof: dict[str, Any]) -> dict[str, Any]:
    """Return the report of an import as the contract of `zones import` lists it, and what else a page shows."""
    dropped = [{"feature": each.feature, "reason": each.reason} for each in brought.dropped[:MOST_LISTED]]
    if len(brought.dropped) > MOST_LISTED:
        dropped.append({"feature": f"{len(brought.dropped) - MOST_LISTED} more", "reason": "not listed one by one"})
    return {
        "read": brought.read,
        "kept": brought.kept,
        "dropped": dropped,
        "crs": brought.crs,
        "encoding": brought.encoding,
        "how_known": brought.how_known,
        "area_before_m2": brought.area_before_m2,
        "area_after_m2": brought.area_after_m2,
        "issues": [
            {name: str(value) for name, value in issue._asdict().items()} for issue in (*brought.issues, *notes)
        ],
        "dropped_count": len(brought.dropped),
        "format": brought.kind,
        "layer": brought.layer,
        "how": brought.how,
        "swapped": brought.swapped,
        "datum": brought.datum,
        "encoding_known": brought.encoding_known,
        "previews": {name: list(texts) for name, texts in brought.previews.items()},
        "proof": proof,
    }


def write_brought(frame: geopandas.GeoDataFrame, path: Path) -> tuple[list[Issue], dict[str, Any]]:
    """Write a layer with all its digits, and read it back before it takes its place.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        EPSG:4490.
    path : Path
        Ends in `.geojson`, `.gpkg` or `.parquet`.

    Returns
    -------
    list of Issue, dict
        Fields that had to be renamed for the format; and what was compared: `features`, `area_m2`, `texts`.

    Raises
    ------
    InputError
        If the suffix is another, the file cannot be written, or reading back gives anything else.
    """
    writers = {".geojson": _write_geojson, ".gpkg": _write_geopackage, ".parquet": _write_parquet}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise InputError(f"{path}: '{path.suffix}' files cannot be written; end the name with {', '.join(writers)}")
    table, notes = _named_apart(frame, path.name) if path.suffix.lower() == ".gpkg" else (frame, [])
    proof: dict[str, Any] = {}

    def fill(temporary: Path) -> None:
        writer(table, temporary)
        proof.update(_proved(table, temporary, path))

    fill_atomically(path, fill)
    return notes, proof


def _write_parquet(frame: geopandas.GeoDataFrame, path: Path) -> None:
    frame.to_parquet(path, index=False, write_covering_bbox=True)


def _write_geopackage(frame: geopandas.GeoDataFrame, path: Path) -> None:
    kinds = set(frame.geometry.geom_type)
    kind = kinds.pop() if len(kinds) == 1 else "Unknown"
    names = {"geometry_name": "atlas_shape", "fid": "atlas_fid"}
    pyogrio.write_dataframe(frame, path, layer="layer", driver="GPKG", geometry_type=kind, layer_options=names)


def _write_geojson(frame: geopandas.GeoDataFrame, path: Path) -> None:
    lines = list(_feature_lines(frame))
    path.write_text('{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8")


def _feature_lines(frame: geopandas.GeoDataFrame) -> Iterator[str]:
    table = frame.drop(columns=frame.geometry.name)
    columns = [[_plain(value) for value in table[name]] for name in table.columns]
    # GEOS writes each coordinate with the fewest digits that give the same double again.
    shapes = shapely.to_geojson(np.asarray(frame.geometry.array, dtype=object))
    for place, shape in enumerate(shapes):
        cells = {str(name): column[place] for name, column in zip(table.columns, columns, strict=True)}
        text = json.dumps(cells, ensure_ascii=False, allow_nan=False, default=str)
        yield f'{{"type": "Feature", "properties": {text}, "geometry": {shape}}}'


def _plain(value: Any) -> Any:  # noqa: ANN401 (any cell)
    value = none_if_nan(value)
    if value is pd.NA or value is pd.NaT:
        return None
    return value.item() if isinstance(value, np.generic) else value


def _named_apart(frame: geopandas.GeoDataFrame, layer: str) -> tuple[geopandas.GeoDataFrame, list[Issue]]:
    """GeoPackage takes `Name` and `name` for one field: give the later one a number."""
    seen: dict[str, int] = {"geometry": 1, "atlas_shape": 1, "atlas_fid": 1}
    names, notes = {}, []
    for name in frame.columns.drop(frame.geometry.name):
        key = str(name).lower()
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:
            names[name] = f"{name}_{seen[key]}"
            message = f"field '{name}' became '{names[name]}': a GeoPackage holds one field of that name"
            notes.append(Issue(layer, "", str(name), Severity.NOTE, "field_renamed", names[name], message))
    return frame.rename(columns=names), notes


def _proved(frame: geopandas.GeoDataFrame, written: Path, path: Path) -> dict[str, Any]:
    """Compare what was written with what was to be: count, area, and every text."""
    back = read_raw(written)
    area = float(lonlat_area(np.asarray(frame.geometry.array, dtype=object)).sum())
    again = float(lonlat_area(np.asarray(back.frame.geometry.array, dtype=object)).sum())
    faults = []
    if back.read != len(frame) or len(back.frame) != len(frame):
        faults.append(f"{len(back.frame)} of {len(frame)} features")
    if abs(again - area) > SAME_AREA * max(area, 1.0):
        faults.append(f"an area of {again:.3f} in place of {area:.3f} m²")
    texts = 0
    for name in () if faults else frame.columns.drop(frame.geometry.name):
        texts += len(frame)
        if str(name) not in back.frame.columns or _differ(frame[name], back.frame[str(name)]):
            faults.append(f"other values in field '{name}'")
    if faults:
        raise InputError(f"{path}: reading back gave {'; '.join(faults[:5])}; nothing was kept: choose another format")
    return {"features": len(back.frame), "area_m2": again, "texts": texts}


def _differ(sent: pd.Series, back: pd.Series) -> bool:
    pairs = zip(map(_plain, sent), map(_plain, back), strict=True)
    return any(a != b and (a if a is None else str(a)) != (b if b is None else str(b)) for a, b in pairs)


def preview(frame: geopandas.GeoDataFrame) -> dict[str, Any]:
    """Return the outlines as light GeoJSON for a look on a map, without attributes.

    Of many features some are drawn, evenly chosen; one too small to be seen on the whole is a point.
    """
    shapes = np.asarray(frame.geometry.array, dtype=object)
    shapes = shapes[:: -(-len(shapes) // PREVIEW_FEATURES)]
    west, south, east, north = shapely.total_bounds(shapes)
    reach = max(east - west, north - south)
    light = shapely.simplify(shapes, max(reach / 2000, PREVIEW_STEP_DEG), preserve_topology=True)
    box = shapely.bounds(shapes)
    tiny = (box[:, 2:] - box[:, :2]).max(axis=1) < reach / 400
    light[tiny] = shapely.centroid(shapes[tiny])
    texts = shapely.to_geojson(shapely.transform(light, lambda points: points.round(5)))
    features = [{"type": "Feature", "properties": {}, "geometry": json.loads(text)} for text in texts]
    return {"type": "FeatureCollection", "features": features}


def fields(frame: geopandas.GeoDataFrame) -> list[str]:
    """Return the names of the attributes."""
    return [str(name) for name in frame.columns.drop(frame.geometry.name)]


def bounds(frame: geopandas.GeoDataFrame) -> list[float]:
    """Return west, south, east, north in degrees."""
    return [round(float(edge), 6) for edge in frame.total_bounds]
