"""Marks around the map: title, double frame with graticule, scale, north arrow, locator, foot, and their words."""

from typing import Any

import geopandas
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Polygon, Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from layers import style
from layers.sheets.sheet_frame import PLANE_CRS, Box, Layout, View, bar_length, graticule_crossings
from layers.sheets.sheet_map import polygon_path
from layers.sheets.sheet_text import font, width_mm

BAR_SHARE = 0.86
"""Most of its room that a scale bar takes; its unit needs the rest."""
BAR_ID = "scale-bar"
"""Names the parts of the bar in the figure, so that its length can be measured there."""

WORDS: dict[str, tuple[str, str]] = {
    "legend": ("图例", "Legend"),
    "grades": ("边界等级", "How the outline is known"),
    "base": ("底图", "Base map"),
    "place": ("仅知地点", "Place only"),
    "areas": ("面积（km²）", "Area (km²)"),
    "locator": ("位置", "Where it lies"),
    "outside": ("图集范围外（未绘）", "Outside the atlas (not drawn)"),
    "base_districts": ("区界", "District line"),
    "base_subdistricts": ("街道界", "Subdistrict line"),
    "base_roads": ("主要道路", "Main road"),
    "base_stations": ("轨道站点", "Metro station"),
    "base_water": ("海域（示意）", "Sea (schematic)"),
    "base_inland_water": ("水面", "Water"),
    "scale": ("比例尺", "Scale"),
    "north": ("北", "N"),
    "indicative": (
        "示意图：描绘、推定的边界不是法定界线，不作权属与审批依据。",
        "Indicative: traced and inferred outlines are not legal lines and decide no rights or permits.",
    ),
    "error": ("边界误差 {low}–{high} m。", "Edge error {low}–{high} m."),
    "error_one": ("边界误差 {low} m。", "Edge error {low} m."),
    "width": ("规划未给走廊宽度，带宽为假定值。", "No plan gives a corridor width; bands are assumed."),
    "keyed": ("{n} 处以编号注于图上，区名见编号表。", "{n} zones have numbers; the list on the map names them."),
    "shared": (
        "其中 {n} 处与所在或紧邻处的区共用一个编号。",
        "{n} of them share the number that stands in them or beside them.",
    ),
    "listed": (
        "另有 {n} 处图上无处注号，只列区名（–）。",
        "{n} more have no room for a number; the list names them (–).",
    ),
    "unnamed": ("另有 {n} 处因图面所限未注名称。", "{n} more zones had no room for a name."),
    "off_map": ("另有 {n} 处在图幅之外。", "{n} more zones lie outside this map."),
    "unlocated": ("另有 {n} 个区不能定位，未绘，见表。", "{n} more zones cannot be located; see the table."),
    "crs": (
        "坐标系：CGCS2000，高斯-克吕格投影，3度带，中央经线114°（EPSG:4547）。经纬网按CGCS2000。",
        "CRS: CGCS2000, Gauss-Krüger 3-degree zone, central meridian 114° E (EPSG:4547). Graticule: CGCS2000.",
    ),
    "sources": ("资料来源：", "Sources: "),
    "version": ("数据版本 {version}　数据日期 {date}", "Data version {version}   Data date {date}"),
    "internal": ("内部用图　审图号：无", "Internal use   Map review number: none"),
    "internal_short": ("内部用图", "Internal use"),
    "internal_numbered": ("内部用图　审图号：{number}", "Internal use   Map review number: {number}"),
    "none": ("无", "none"),
    "signed_off": (
        "公开签批：{name}，{day}；理由：{reason}。",
        "Cleared for the public by {name}, {day}; reason: {reason}.",
    ),
    "reviewed": ("审图号：{number}", "Map review number: {number}"),
    "schematic": ("示意图", "Indicative"),
    "receipt": ("凭证 {id}", "Receipt {id}"),
    "method": (
        "面积：椭球面积（CGCS2000），边按经纬度直线，± 由边界误差推得。",
        "Areas: on the ellipsoid (CGCS2000), edges straight in longitude and latitude; ± follows from the edge error.",
    ),
    "organisation": ("编制单位", "Issued by"),
    "number": ("图号", "Map no."),
    "drawn_on": ("日期", "Date"),
    "data_date": ("数据日期", "Data date"),
    "data_version": ("数据版本", "Data version"),
    "review": ("审图号", "Review no."),
    "none_internal": ("无（内部用图）", "none (internal use)"),
    "wind_rose": ("风玫瑰（%）", "Wind rose (%)"),
    "wind_source": ("{station}，{years}，静风 {calm:g}%", "{station}, {years}, calm {calm:g}%"),
    "wind_from": ("来源：{source}", "Source: {source}"),
}


def word(key: str, lang: str) -> str:
    """Return a fixed text of the sheet in Chinese or English."""
    return style.label(WORDS, key, lang)


def draw_scale(axes: Axes, box: Box, seen: View, paper: Layout, lang: str) -> None:
    """Draw the scale: the ratio, and a bar of four parts with its length written under it."""
    length = bar_length(seen, box.wide * BAR_SHARE)
    step = length / seen.scale * 1000 / 4
    high, y = 1.1 * paper.type, box.y + 3.6 * paper.type
    for part in range(4):
        face = paper.theme.ink if part % 2 == 0 else paper.theme.paper
        axes.add_patch(
            Rectangle(
                (box.x + part * step, y),
                step,
                high,
                facecolor=face,
                edgecolor=paper.theme.ink,
                linewidth=0.5 * paper.type,
                gid=BAR_ID,
            )
        )
    unit, per = ("km", 1000) if length >= 1000 else ("m", 1)
    for part in (0, 2, 4):
        figure = f"{length * part / 4 / per:g}"
        at = box.x + part * step
        write(axes, paper, at, y - 1.6 * paper.type, figure, 5.8 * paper.type, ha="left" if part == 0 else "center")
        if part == 4:
            offset = width_mm(figure, 5.8 * paper.type) / 2 + 0.6
            write(axes, paper, at + offset, y - 1.6 * paper.type, unit, 5.8 * paper.type)
    text = f"{word('scale', lang)} {ratio(seen)}"
    write(axes, paper, box.x, y + 3.4 * paper.type, text, 7.2 * paper.type, weight="bold")


def ratio(seen: View) -> str:
    """Return the scale as a ratio, its figures in groups of three."""
    return f"1:{seen.scale:,}".replace(",", " ")


def draw_north(axes: Axes, x: float, y: float, turned: float, paper: Layout, lang: str) -> None:
    """Draw the arrow to true north, which on this plane is not quite the upper edge."""
    k = paper.type
    turn = Affine2D().rotate_deg_around(x, y + 4 * k, -turned)
    for side, face in ((-1, paper.theme.ink), (1, paper.theme.paper)):
        corners = [(x, y + 8.5 * k), (x + side * 2.2 * k, y), (x, y + 1.6 * k)]
        axes.add_patch(
            Polygon(
                turn.transform(corners),
                facecolor=face,
                edgecolor=paper.theme.ink,
                linewidth=0.6 * paper.type,
                joinstyle="miter",
            )
        )
    top = turn.transform((x, y + 10.6 * k))
    write(axes, paper, top[0], top[1], word("north", lang), 7 * k, ha="center", weight="bold")


def draw_border(axes: Axes, paper: Layout) -> None:
    """Draw the two lines around the map."""
    for box, wide in ((paper.map, 0.5 * paper.type), (paper.outer, 1.2 * paper.type)):
        axes.add_patch(
            Rectangle((box.x, box.y), box.wide, box.high, fill=False, edgecolor=paper.theme.ink, linewidth=wide)
        )


def draw_frame(axes: Axes, seen: View, paper: Layout, *, figures: bool = True) -> None:
    """Draw the double frame with ticks and, where asked for, figures of the graticule between its lines."""
    draw_border(axes, paper)
    band = (paper.outer.wide - paper.map.wide) / 2
    for side, minutes, east, north in graticule_crossings(seen) if figures else ():
        x, y = seen.to_paper(paper.map, east, north)
        from_corner = min(x - paper.map.x, paper.map.right - x) if side in ("bottom", "top") else 0
        from_corner = from_corner or min(y - paper.map.y, paper.map.top - y)
        if from_corner < 6 * paper.type:
            # Two figures would meet in the corner of the frame.
            continue
        away_x, away_y = {"bottom": (0, -1), "top": (0, 1), "left": (-1, 0), "right": (1, 0)}[side]
        axes.add_line(
            Line2D(
                [x, x + away_x * band * 0.3],
                [y, y + away_y * band * 0.3],
                color=paper.theme.ink,
                linewidth=0.4 * paper.type,
            )
        )
        axes.add_line(
            Line2D([x, x - away_x * 1.2], [y, y - away_y * 1.2], color=paper.theme.ink, linewidth=0.4 * paper.type)
        )
        write(
            axes,
            paper,
            x + away_x * band * 0.64,
            y + away_y * band * 0.64,
            _degrees(minutes, "E" if side in ("bottom", "top") else "N"),
            5.2 * paper.type,
            ha="center",
            colour=paper.theme.ink_soft,
            rotation=90 if away_x else 0,
        )


def _degrees(minutes: int, letter: str) -> str:
    return f"{minutes // 60}°{minutes % 60:02d}′{letter}"


def write(
    axes: Axes,
    paper: Layout,
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    ha: str = "left",
    weight: str = "regular",
    colour: str | None = None,
    rotation: float = 0,
) -> None:
    """Write a line of text with its middle height at `y`, in mm on the paper."""
    # Two dollar signs in a name are no formula.
    text_of: dict[str, Any] = {"fontproperties": font(weight), "fontsize": size, "parse_math": False}
    text_of["color"] = colour or paper.theme.ink
    axes.text(x, y, text, ha=ha, va="center", rotation=rotation, **text_of)


def draw_locator(axes: Axes, box: Box, base: dict[str, geopandas.GeoDataFrame], seen: View, paper: Layout) -> None:
    """Draw the city small, with the window of the map, to say where it lies."""
    land = base["base_land"].geometry.to_crs(PLANE_CRS)
    west, south, east, north = land.total_bounds
    mm = min(box.wide / (east - west), box.high / (north - south)) * 0.92
    left = box.x + (box.wide - (east - west) * mm) / 2
    low = box.y + (box.high - (north - south) * mm) / 2
    to_box = Affine2D().translate(-west, -south).scale(mm).translate(left, low)
    axes.add_patch(
        Rectangle(
            (box.x, box.y), box.wide, box.high, facecolor=paper.theme.outside, edgecolor=paper.theme.ink, linewidth=0.4
        )
    )
    districts = base.get("base_districts", base["base_land"]).geometry.to_crs(PLANE_CRS)
    frame = Rectangle((box.x, box.y), box.wide, box.high, transform=axes.transData)
    water = base["base_water"].geometry.to_crs(PLANE_CRS) if "base_water" in base else []
    outlines = [(shape, paper.theme.sea, "none") for shape in water]
    outlines += [(shape, paper.theme.land, paper.theme.subdistrict_line) for shape in districts]
    for shape, face, line in outlines:
        path = polygon_path(shape.simplify(300)).transformed(to_box)
        axes.add_patch(PathPatch(path, facecolor=face, edgecolor=line, linewidth=0.3 * paper.type)).set_clip_path(frame)
    corners = [(seen.west, seen.south), (seen.east, seen.south), (seen.east, seen.north), (seen.west, seen.north)]
    path = Path([*corners, corners[0]], closed=True).transformed(to_box)
    window = PathPatch(path, fill=False, edgecolor=paper.theme.accent, linewidth=1.0, joinstyle="miter")
    axes.add_patch(window).set_clip_path(frame)
