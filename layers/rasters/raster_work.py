"""Work on a raster that a page gives to a process of its own (see `child`): facts and picture, or statistics."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from geopandas import GeoDataFrame

from layers.rasters import zonal_tables
from layers.rasters.raster_preview import preview
from layers.rasters.zonal_tables import Origin
from zones import read_atlas
from zones.counting.parcel_files import digests
from zones.proof.receipts import as_dict
from zones.rasters.raster import Raster, open_raster
from zones.rasters.raster_classes import class_names
from zones.rasters.raster_datum import datum_words
from zones.rasters.zonal import Zonal, zonal
from zones.rasters.zonal_bracket import bracket
from zones.rasters.zonal_receipts import zonal_receipt
from zones.records import none_if_nan

FACTS, STATISTICS = "layers.rasters.raster_work:facts", "layers.rasters.raster_work:statistics"
STATS = ("mean", "area_mean", "sum", "min", "max", "std", "median", "q10", "q90")
BINS = 32
LANGUAGES = ("zh", "en")

Say = Callable[[str, float], None]


def facts(request: dict[str, Any], say: Say) -> dict[str, Any]:
    """Return what a raster is, with a small picture; `request` has file, band, crs and nodata."""
    say("reading", 0.0)
    raster = _raster(request)
    say("drawing", 0.3)
    made = preview(raster)
    grid = raster.grid
    return {
        "width": grid.width, "height": grid.height, "bands": raster.bands, "band": raster.band, "dtype": raster.dtype,
        "crs": zonal_tables.crs_name(raster), "crs_name": grid.crs.name, "degrees": grid.crs.is_geographic,
        "datum": datum_words(grid.crs),
        "cell": [abs(grid.affine[0]) or abs(grid.affine[1]), abs(grid.affine[4]) or abs(grid.affine[3])],
        "upright": grid.is_upright, "integer": raster.is_integer, "unit": raster.unit, "name": raster.name,
        "nodata": {lang: zonal_tables.nodata_text(raster, lang) for lang in LANGUAGES},
        "scale": zonal_tables.scale_text(raster), "overviews": len(raster.overviews),
        "low": made.low if made else None, "high": made.high if made else None,
        "from_copy": bool(made and made.from_copy), "picture": _encoded(made.png) if made else None,
        "bounds": list(made.bounds) if made else None,
    }  # fmt: skip


def statistics(request: dict[str, Any], say: Say) -> dict[str, Any]:
    """Return the statistics of a raster under zones of the atlas, and the tables to take away.

    `request` has file, name, band, crs, nodata, zones (ids), selection, classes, per_area, bracket, and
    `names` of classes by value with the name of their table, empty where a person gave none.
    """
    say("reading", 0.0)
    raster, atlas = _raster(request), read_atlas(base=False)
    frame = atlas.zones.loc[request["zones"]]
    most = 0.4 if request["bracket"] else 0.95
    found = zonal(
        raster, frame, STATS, classes=request["classes"], names=_names(raster, request),
        per_area=request["per_area"], bins=BINS, progress=lambda done, whole: say("counting", most * done / whole),
    )  # fmt: skip
    both = _bracket(raster, frame, request, say) if request["bracket"] else None
    say("writing", 0.97)
    files = {}
    digest = digests(raster.path, lambda: None)[raster.path.name]
    for lang in LANGUAGES:
        names = atlas.zones[f"name_{lang}"]
        origin = Origin(request["name"], request["selection"], _command(request), digest)
        files[f"{lang}.csv"] = _encoded(zonal_tables.zonal_csv(names, found, lang, both))
        files[f"{lang}.xlsx"] = _encoded(zonal_tables.zonal_workbook(names, found, origin, lang, both))
    return {
        "rows": _rows(found, both),
        "classes": [{k: none_if_nan(v) for k, v in row.items()} for row in found.classes.to_dict("records")],
        "colours": {str(value): colour for value, colour in raster.colours.items()},
        "histograms": {own: [edges, counts] for own, (edges, counts) in found.histograms.items()},
        "passed": list(found.passed),
        "summary": {lang: zonal_tables.summary(found, lang) for lang in LANGUAGES},
        "files": files,
        "receipt": as_dict(zonal_receipt(atlas, frame, None, found)),
    }


def _raster(request: dict[str, Any]) -> Raster:
    return open_raster(Path(request["file"]), request["band"], request["crs"], request["nodata"])


def _names(raster: Raster, request: dict[str, Any]) -> dict[int, str]:
    if not request["classes"]:
        return {}
    return {int(value): name for value, name in request["names"].items()} or class_names(raster)


def _bracket(raster: Raster, frame: GeoDataFrame, request: dict[str, Any], say: Say) -> pd.DataFrame:
    return bracket(
        raster, frame, STATS, per_area=request["per_area"],
        progress=lambda done, whole: say("bracket", 0.4 + 0.55 * done / whole),
    )  # fmt: skip


def _rows(found: Zonal, both: pd.DataFrame | None) -> list[dict[str, Any]]:
    table = found.table if both is None else found.table.join(both)
    rows = zip(table.index, table.to_dict("records"), strict=True)
    return [{"id": str(own)} | {str(name): none_if_nan(value) for name, value in row.items()} for own, row in rows]


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _command(request: dict[str, Any]) -> str:
    words = ["zones", "zonal", request["name"], "--zones", request["selection"], "--stats", ",".join(STATS)]
    words += [] if request["band"] == 1 else ["--band", str(request["band"])]
    words += ["--crs", request["crs"]] if request["crs"] else []
    words += [] if request["nodata"] is None else ["--nodata", f"{request['nodata']:g}"]
    words += [f"--{name.replace('_', '-')}" for name in ("classes", "per_area", "bracket") if request[name]]
    words += ["--class-names", request["names_from"]] if request["classes"] and request["names"] else []
    return " ".join(f'"{word}"' if " " in word else word for word in words)
