"""Raster statistics a planner takes away: CSV, XLSX with how each figure came about, and Parquet."""

import io
from dataclasses import dataclass

import pandas as pd

from layers import style
from layers.office.workbook import Page, csv_bytes, workbook_bytes
from layers.rasters.zonal_words import NODATA, head
from zones.proof.receipts import software
from zones.rasters.cell_shares import TOUCH
from zones.rasters.raster import Raster
from zones.rasters.raster_datum import datum_words
from zones.rasters.zonal import Zonal

TABS = {
    "figures": ("栅格统计", "Raster statistics"),
    "classes": ("分类面积", "Classes"),
    "method": ("方法与来源", "Method and sources"),
}
CRS_FROM = {"file": ("文件", "the file"), "told": ("指定", "as told")}
RULES: tuple[tuple[tuple[str, str], tuple[str, str]], ...] = (
    (
        ("像元占比", "Shares of cells"),
        (
            f"每格按落在区内的比例计入，在栅格行列坐标里由 exactextract 求得（误差不超过 1e-7）；"
            f"不足 {TOUCH:g} 格视为只相接",
            f"a cell counts with the share of it inside the zone, found by exactextract in columns and rows "
            f"(to 1e-7); below {TOUCH:g} of a cell it only touches",
        ),
    ),
    (
        ("面积", "Areas"),
        (
            "格的真实面积取 CGCS2000 椭球面积，不用平面或度数；被边线切开的格按占比乘整格面积，"
            "在深圳所差不超过该格的 0.4%（1° 格）、0.003%（30″ 格）",
            "true area of a cell on the CGCS2000 ellipsoid, not of the plane or in degrees; a cell that is cut counts "
            "its share times its whole area, off in Shenzhen by 0.4% of it at most (cells of 1°), 0.003% (of 30″)",
        ),
    ),
    (
        ("平均值", "Means"),
        (
            "平均值按像元占比加权，按面积平均按真实面积加权",
            "the mean is weighted by shares of cells, the mean by area with their true area",
        ),
    ),
    (
        ("分位数", "Quantiles"),
        (
            "至少这一比例的像元（按占比）不超过的最小值，必是栅格里出现的值",
            "the least value that this part of the cells, by share, do not exceed: always a value of the raster",
        ),
    ),
    (
        ("边的含义", "Edges"),
        (
            "区的边先每 10 m 加点再换到栅格坐标系；栅格不重采样，也不用其缩略层",
            "edges of zones are split every 10 m, then moved to the raster's system; the raster is never resampled, "
            "and its overviews are not used",
        ),
    ),
)


@dataclass(frozen=True)
class Origin:
    """What was asked: name of the raster and its zones as the person knows them, and the command with this result."""

    raster: str
    zones: str
    command: str
    sha256: str | None = None


def crs_name(raster: Raster) -> str:
    """Return the short name of a raster's CRS."""
    known = raster.grid.crs.to_authority()
    return ":".join(known) if known else str(raster.grid.crs.name)


def nodata_text(raster: Raster, lang: str) -> str:
    """Return what stands for no data, and where that is known from."""
    value = "" if raster.nodata is None else f"{raster.nodata:g}"
    return style.label(NODATA, raster.nodata_from, lang).format(value=value)


def scale_text(raster: Raster) -> str:
    """Return the scale that was applied to the stored numbers, empty where there is none."""
    return "" if (raster.scale, raster.offset) == (1, 0) else f"× {raster.scale:g} + {raster.offset:g}"


def summary(found: Zonal, lang: str) -> str:
    """Return one sentence on the raster that was read, and how."""
    raster, grid = found.raster, found.raster.grid
    scaled, datum = scale_text(raster), datum_words(grid.crs)
    moved = f"; {datum['en']}" if datum else ""
    if lang == "en":
        size = f"{grid.width:,} x {grid.height:,} cells, {crs_name(raster)}, band {raster.band} of {raster.bands}"
        told = f"no data: {nodata_text(raster, lang)}" + (f"; stored numbers {scaled}" if scaled else "")
        return f"{raster.path}: {size}; {told}; fractional cells, edges {found.edge_rule}, areas on CGCS2000{moved}"
    size = f"{grid.width:,} × {grid.height:,} 格，{crs_name(raster)}，波段 {raster.band}/{raster.bands}"
    return (
        f"{size}；无数据：{nodata_text(raster, lang)}"
        + (f"；存储值 {scaled}" if scaled else "")
        + (f"；{datum['zh']}" if datum else "")
    )


def figures_table(
    names: pd.Series, found: Zonal, lang: str = "zh", both: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return figures by zone under readable heads, and the number format of each cell.

    Parameters
    ----------
    names : pandas.Series
        Names of zones by id; empty for features of a file.
    found : Zonal
    lang : {"zh", "en"}
    both : pandas.DataFrame, optional
        From `zones.rasters.zonal_bracket.bracket`.
    """
    table = found.table if both is None else found.table.join(both)
    columns: dict[str, pd.Series] = {head("zone_id", lang): pd.Series(table.index, dtype=object)}
    if len(names):
        columns[head("zone_name", lang)] = pd.Series(names.reindex(table.index).to_list(), dtype=object)
    formats: dict[str, str] = {}
    for name in table.columns:
        said = head(str(name), lang, per_area=found.per_area)
        columns[said] = pd.Series(table[name].to_numpy())
        formats[said] = "0.0%" if str(name).startswith("share") else "#,##0" if name == "area_m2" else "#,##0.####"
    return pd.DataFrame(columns), pd.DataFrame(formats, index=range(len(table)))


def class_table(names: pd.Series, found: Zonal, lang: str = "zh") -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return counts and areas by zone and class under readable heads, and the number format of each cell."""
    rows = found.classes.reset_index(drop=True)
    columns = {head("zone_id", lang): rows["zone_id"]}
    if len(names):
        columns[head("zone_name", lang)] = rows["zone_id"].map(names)
    columns |= {
        head("value", lang): rows["value"],
        head("name", lang): rows["name"],
        head("count", lang): rows["count"],
        head("class_area", lang): rows["area_m2"],
        head("share", lang): rows["share"],
    }
    formats = {head("count", lang): "#,##0.####", head("class_area", lang): "#,##0", head("share", lang): "0.0%"}
    return pd.DataFrame(columns), pd.DataFrame(formats, index=range(len(rows)))


def zonal_csv(names: pd.Series, found: Zonal, lang: str = "zh", both: pd.DataFrame | None = None) -> bytes:
    """Return the figures as CSV bytes, UTF-8 with mark; the rows of classes where they were asked for."""
    made = figures_table(names, found, lang, both) if found.classes.empty else class_table(names, found, lang)
    return csv_bytes(made[0])


def zonal_parquet(found: Zonal, both: pd.DataFrame | None = None) -> bytes:
    """Return the figures as Parquet bytes under plain names; the rows of classes where they were asked for."""
    stream = io.BytesIO()
    table = found.table if both is None else found.table.join(both)
    made = table.reset_index(names="zone_id") if found.classes.empty else found.classes
    made.to_parquet(stream, index=False)
    return stream.getvalue()


def zonal_workbook(
    names: pd.Series, found: Zonal, origin: Origin, lang: str = "zh", both: pd.DataFrame | None = None
) -> bytes:
    """Return figures, classes and the method as XLSX bytes; equal input gives equal bytes."""
    at = lang == "en"
    pages = [Page(TABS["figures"][at], *figures_table(names, found, lang, both))]
    if not found.classes.empty:
        pages.append(Page(TABS["classes"][at], *class_table(names, found, lang)))
    pages.append(Page(TABS["method"][at], _method(found, origin, lang), wide=True))
    return workbook_bytes(pages)


def _method(found: Zonal, origin: Origin, lang: str) -> pd.DataFrame:
    at, raster = lang == "en", found.raster
    rows = [
        (("栅格", "Raster")[at], origin.raster),
        *([("SHA-256", origin.sha256)] if origin.sha256 else []),
        (("读法", "How it was read")[at], summary(found, lang)),
        (("坐标系来自", "Reference system from")[at], CRS_FROM[raster.crs_from][at]),
        (("区", "Zones")[at], origin.zones),
        *((item[at], text[at]) for item, text in RULES),
        (("软件", "Software")[at], ", ".join(f"{name} {number}" for name, number in software().items())),
        (("同一结果的命令", "Command with the same result")[at], origin.command),
    ]
    return pd.DataFrame(rows, columns=[head("item", lang), head("text", lang)])
