"""Words of raster statistics: heads of figures, what stands for no data, and what a map of them says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from layers import style

HEADS: dict[str, tuple[str, str]] = {
    "zone_id": ("编号", "Zone id"),
    "zone_name": ("名称", "Name"),
    "count": ("像元数（按占比）", "Cells (by share)"),
    "area_m2": ("有数据的地面（m²）", "Ground with data (m²)"),
    "share_in_raster": ("在栅格内", "In the raster"),
    "share_with_data": ("有数据", "With data"),
    "mean": ("平均值", "Mean"),
    "area_mean": ("按面积平均", "Mean by area"),
    "sum": ("合计", "Sum"),
    "sum_per_area": ("合计（值为每 km²）", "Sum (values per km²)"),
    "min": ("最小值", "Least"),
    "max": ("最大值", "Greatest"),
    "std": ("标准差", "Standard deviation"),
    "variance": ("方差", "Variance"),
    "median": ("中位数", "Median"),
    "quantile": ("{n}% 分位数", "{n}% quantile"),
    "majority": ("众数", "Most frequent"),
    "minority": ("最少的值", "Least frequent"),
    "variety": ("值的种数", "Different values"),
    "grown": ("（边外扩）", " (edge moved out)"),
    "shrunk": ("（边内缩）", " (edge moved in)"),
    "value": ("值", "Value"),
    "name": ("类别", "Class"),
    "class_area": ("面积（m²）", "Area (m²)"),
    "share": ("占有数据的地面", "Share of ground with data"),
    "item": ("项目", "Item"),
    "text": ("内容", "What it means"),
}
NODATA: dict[str, tuple[str, str]] = {
    "declared": ("文件写明的值 {value}", "the value {value} that the file declares"),
    "told": ("按指定的值 {value}", "the value {value} as told"),
    "mask": ("文件的掩膜", "the file's mask"),
    "alpha": ("透明度波段", "the alpha band"),
    "none": ("未写明", "none declared"),
}


def head(name: str, lang: str, *, per_area: bool = False) -> str:
    """Return a figure's head in words."""
    base, _, side = name.rpartition("_")
    if side in ("grown", "shrunk"):
        return head(base, lang, per_area=per_area) + style.label(HEADS, side, lang)
    if re.fullmatch(r"q\d\d", name):
        return style.label(HEADS, "quantile", lang).format(n=int(name[1:]))
    return style.label(HEADS, "sum_per_area" if name == "sum" and per_area else name, lang)


@dataclass(frozen=True)
class Under:
    """The raster made small: a picture (RGBA as PNG, on the plane of EPSG:3857), and its edges in degrees."""

    png: bytes
    bounds: tuple[float, float, float, float]


@dataclass(frozen=True)
class ZonalMap:
    """What the picture says.

    Attributes
    ----------
    title, subtitle : str
        The figure, and the raster it comes from.
    entries : sequence of (colour, words)
        The legend from top to bottom.
    colours : mapping of str to str
        Fill of each zone by id; zones that have none are left out.
    notes : sequence of str
        Below the legend, a line each.
    under : Under, optional
        The raster, which then lies under the zones, as on the page.
    """

    title: str
    subtitle: str
    entries: Sequence[tuple[str, str]]
    colours: Mapping[str, str]
    notes: Sequence[str] = ()
    under: Under | None = None
