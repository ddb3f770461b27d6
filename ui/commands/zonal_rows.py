"""What `zones zonal` was pointed at, and its answer as plain rows; apart from the rest, for rasters load slowly."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd

from layers.rasters import zonal_tables
from layers.rasters.histogram import BEYOND_DIGITS
from layers.rasters.zonal_tables import Origin
from layers.write import write_atomically
from ui.commands import printing
from zones import Atlas, read_atlas
from zones.errors import InputError
from zones.features import features_over
from zones.rasters.raster import open_raster
from zones.rasters.raster_classes import class_names
from zones.rasters.unmarked import OF, unmarked_value
from zones.rasters.zonal import Progress, Zonal, zonal
from zones.rasters.zonal_bracket import bracket
from zones.records import none_if_nan
from zones.select import select

SUFFIXES = (".csv", ".xlsx", ".parquet")


@dataclass(frozen=True)
class Asked:
    """What the command was given."""

    raster: Path
    zones: str
    layer: Path | None
    stats: tuple[str, ...]
    band: int = 1
    classes: bool = False
    names: Path | None = None
    per_area: bool = False
    bracket: bool = False
    crs: str | None = None
    nodata: float | None = None


def answered(
    asked: Asked,
    *,
    output: Path | None = None,
    lang: str = "zh",
    receipts_to: Path | None = None,
    show: Progress | None = None,
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Return a row for each zone as the contract lists them, and sentences on how they came about."""
    _check(asked, output)
    raster = open_raster(asked.raster, asked.band, asked.crs, asked.nodata)
    atlas = read_atlas(base=False)
    frame = select(atlas.zones, asked.zones) if asked.layer is None else features_over(asked.layer, raster.grid.crs)
    names = class_names(raster, asked.names) if asked.classes else {}
    found = zonal(
        raster, frame, asked.stats, classes=asked.classes, names=names, per_area=asked.per_area, progress=show
    )
    both = bracket(raster, frame, asked.stats, per_area=asked.per_area, progress=show) if asked.bracket else None
    rows = _rows(found, both)
    if output is not None:
        _write(output, atlas, asked, found, both, lang)
    if receipts_to is not None:
        # Load slowly, and few ask for receipts.
        from ui.commands.selecting import write_receipts
        from zones.rasters.zonal_receipts import zonal_receipt

        write_receipts(receipts_to, (zonal_receipt(atlas, frame, asked.layer, found),))
    return rows, _said(found, frame)


def _check(asked: Asked, output: Path | None) -> None:
    if asked.layer is not None and asked.zones != "all":
        raise InputError("zonal takes --zones or --layer, not both")
    if asked.layer is not None and asked.bracket:
        raise InputError("--bracket needs the edge errors of the atlas's zones; leave out --layer or --bracket")
    if asked.names is not None and not asked.classes:
        raise InputError("--class-names names classes; add --classes")
    if output is not None and output.suffix.lower() not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise InputError(f"{output}: '{output.suffix}' files cannot be written; end the name with {known}")


def _rows(found: Zonal, both: pd.DataFrame | None) -> list[dict[str, Any]]:
    table = found.table if both is None else found.table.join(both)
    rows = [
        {"id": str(own), **{name: none_if_nan(value) for name, value in row.items()}}
        for own, row in zip(table.index, table.to_dict("records"), strict=True)
    ]
    if not found.classes.empty:
        by_zone = {str(own): part.drop(columns="zone_id") for own, part in found.classes.groupby("zone_id")}
        for row in rows:
            held = by_zone[row["id"]].to_dict("records") if row["id"] in by_zone else []
            row["classes"] = [{name: none_if_nan(value) for name, value in each.items()} for each in held]
    return rows


def _write(path: Path, atlas: Atlas, asked: Asked, found: Zonal, both: pd.DataFrame | None, lang: str) -> None:
    origin = Origin(asked.raster.name, asked.zones if asked.layer is None else asked.layer.name, _command(asked))
    names = atlas.zones[f"name_{lang}"] if asked.layer is None else pd.Series(dtype=object)
    kind = path.suffix.lower()
    if kind == ".xlsx":
        content = zonal_tables.zonal_workbook(names, found, origin, lang, both)
    elif kind == ".csv":
        content = zonal_tables.zonal_csv(names, found, lang, both)
    else:
        content = zonal_tables.zonal_parquet(found, both)
    write_atomically(path, content)


def _command(asked: Asked) -> str:
    words = ["zones", "zonal", asked.raster.name]
    options: dict[str, object] = {
        "--zones": None if asked.zones == "all" else asked.zones, "--layer": asked.layer and asked.layer.name,
        "--stats": ",".join(asked.stats), "--band": None if asked.band == 1 else asked.band, "--crs": asked.crs,
        "--nodata": asked.nodata,
    }  # fmt: skip
    for option, value in options.items():
        words += [] if value is None else [option, str(value)]
    words += [f"--{name.replace('_', '-')}" for name in ("classes", "per_area", "bracket") if getattr(asked, name)]
    return " ".join(f'"{word}"' if " " in word else word for word in words)


def _said(found: Zonal, frame: geopandas.GeoDataFrame) -> tuple[str, ...]:
    said = [zonal_tables.summary(found, "en")]
    partly = found.table.index[found.table["share_in_raster"] < 1]
    for own in list(partly)[:10]:
        share = found.table.loc[own, "share_in_raster"]
        said.append(f"zone {own}: {share:.1%} of it lies in the raster" if share else f"zone {own}: beyond the raster")
    if len(partly) > 10:
        said.append(f"{len(partly) - 10} more zones reach beyond the raster; see share_in_raster")
    odd = unmarked_value(found.table[[name for name in OF if name in found.table]].to_numpy(dtype=float).ravel())
    if odd is not None:
        said.append(f"a figure of {odd:.6g} looks like cells without data that the file does not declare; name their "
                    "value with --nodata")  # fmt: skip
    if found.passed:
        said.append(f"{len(found.passed)} of {len(frame)} zones have no polygon and take no part")
    return tuple(said)


def show(rows: list[dict[str, Any]]) -> None:
    """Print the rows; classes follow in a table of their own."""
    printing.rows_table([{name: _cell(name, row[name]) for name in row if name != "classes"} for row in rows])
    classes = [{"id": row["id"], **each} for row in rows for each in row.get("classes", [])]
    if classes:
        printing.rows_table([{name: _cell(name, value) for name, value in each.items()} for each in classes])


def _cell(name: str, value: Any) -> Any:  # noqa: ANN401 (any JSON value)
    if not isinstance(value, float):
        return value
    if name.startswith("share"):
        return f"{value:.1%}"
    return (
        f"{value:,.0f}"
        if name == "area_m2"
        else f"{value:,.0f}"
        if 1e6 <= abs(value) < BEYOND_DIGITS
        else f"{value:,.6g}"
    )
