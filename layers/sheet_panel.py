"""What stands beside the map: title, legend of only what is drawn, scale, north, graticule, sources, notes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import geopandas
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.transforms import Affine2D

from layers import style
from layers.sheet_frame import Box, Layout, View, bar_length, graticule_crossings, true_north
from layers.sheet_map import BASE_LINES, HATCH_PT, PT_PER_PX, draw_point
from layers.sheet_text import fill_lines, font, width_mm
from zones.atlas import Atlas

WORDS: dict[str, tuple[str, str]] = {
    "legend": ("图例", "Legend"),
    "grades": ("边界等级", "How the outline is known"),
    "base": ("底图", "Base map"),
    "place": ("仅知地点", "Known as a place only"),
    "axis": ("轴线；带宽为假定", "axis; width assumed"),
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
    "unnamed": ("另有 {n} 处因图面所限未注名称。", "{n} more zones had no room for a name."),
    "crs": (
        "坐标系：CGCS2000，高斯-克吕格投影，3度带，中央经线114°（EPSG:4547）。经纬网按CGCS2000。",
        "CRS: CGCS2000, Gauss-Krüger 3-degree zone, central meridian 114° E (EPSG:4547). Graticule: CGCS2000.",
    ),
    "sources": ("资料来源：", "Sources: "),
    "version": ("数据版本 {version}　数据日期 {date}", "Data version {version}   Data date {date}"),
    "internal": ("内部用图　审图号：无", "Internal use   Map review number: none"),
}


@dataclass(frozen=True)
class Row:
    """One line of the panel: its height in mm at type size 1, and how it draws itself at a box."""

    high: float
    draw: Callable[[Axes, Box, Layout], None]


def word(key: str, lang: str) -> str:
    """Return a fixed text of the sheet in Chinese or English."""
    return style.label(WORDS, key, lang)


def draw_panel(axes: Axes, sections: Sequence[Sequence[Row]], paper: Layout) -> None:
    """Set the sections of the panel under each other, or side by side on upright paper."""
    box = paper.panel
    axes.add_patch(
        Rectangle((box.x, box.y), box.wide, box.high, facecolor=style.PAPER, edgecolor=style.INK, linewidth=0.4)
    )
    pad, gap = 2.5 * paper.type, 2.6
    columns = [list(sections)] if paper.columns == 1 else [[section] for section in sections]
    wide = (box.wide - 2 * pad) / len(columns)
    for at, column in enumerate(columns):
        needed = sum(row.high for section in column for row in section) + gap * (len(column) - 1)
        # A long legend is set tighter before it may leave the panel.
        unit = min(paper.type, (box.high - 2 * pad) / needed)
        y = box.top - pad
        for section in column:
            for row in section:
                y -= row.high * unit
                row.draw(axes, Box(box.x + pad + at * wide, y, wide - pad, row.high * unit), paper)
            y -= gap * unit


def legend_sections(
    zones: geopandas.GeoDataFrame, base: dict[str, geopandas.GeoDataFrame], lang: str
) -> list[list[Row]]:
    """Return the legend as sections of rows: kinds, grades and base map, each only as far as drawn."""
    kinds = [_head(word("legend", lang))]
    for kind in reversed(style.DRAW_ORDER):
        of_kind = zones[zones["kind"] == kind]
        if len(of_kind):
            text = f"{style.label(style.KIND_LABELS, kind, lang)}（{len(of_kind)}）"
            kinds.append(
                _kind_row(kind, text.replace("（", " (").replace("）", ")") if lang == "en" else text, of_kind)
            )
    grades = [_head(word("grades", lang))]
    areas = zones[zones.geometry.geom_type != "Point"]
    for grade in style.GRADE_LABELS:
        if (areas["grade"] == grade).any():
            grades.append(_grade_row(grade, style.label(style.GRADE_LABELS, grade, lang)))
            grades.append(_small(style.label(style.GRADE_NOTES, grade, lang)))
    lines = [_head(word("base", lang))] + [_base_row(name, word(name, lang)) for name in WORDS if name in base]
    return [section for section in (kinds, grades, lines) if len(section) > 1]


def orientation_section(seen: View, lang: str) -> list[Row]:
    """Return scale bar, ratio and north arrow."""

    def draw(axes: Axes, box: Box, paper: Layout) -> None:
        draw_north(axes, box.right - 5 * paper.type, box.y + 2 * paper.type, true_north(seen), paper, lang)
        draw_scale(axes, Box(box.x, box.y + 1.5 * paper.type, box.wide - 15 * paper.type, box.high), seen, paper, lang)

    return [Row(15.0, draw)]


def notes_section(texts: Sequence[str], paper: Layout) -> list[Row]:
    """Return running notes, broken to the width of a column."""
    pad = 2.5 * paper.type
    wide = (paper.panel.wide - 2 * pad) / paper.columns - pad - 1
    return [_small(line, indent=0) for text in texts for line in fill_lines(text, 5.6 * paper.type, wide)]


def _head(text: str) -> Row:
    def draw(axes: Axes, box: Box, paper: Layout) -> None:
        write(axes, box.x, box.y + box.high / 2, text, 8.2 * paper.type, weight="bold")

    return Row(5.6, draw)


def _small(text: str, indent: float = 11) -> Row:
    def draw(axes: Axes, box: Box, paper: Layout) -> None:
        write(axes, box.x + indent * paper.type, box.y + box.high / 2, text, 5.6 * paper.type, colour=style.INK_SOFT)

    return Row(3.0, draw)


def _labelled(text: str, sample: Callable[[Axes, Box, Layout], None]) -> Row:
    def draw(axes: Axes, box: Box, paper: Layout) -> None:
        sample(axes, Box(box.x, box.y + box.high * 0.12, 8.5 * paper.type, box.high * 0.76), paper)
        write(axes, box.x + 11 * paper.type, box.y + box.high / 2, text, 6.8 * paper.type)

    return Row(4.8, draw)


def _kind_row(kind: str, text: str, of_kind: geopandas.GeoDataFrame) -> Row:
    only_points = (of_kind.geometry.geom_type == "Point").all()

    def sample(axes: Axes, box: Box, paper: Layout) -> None:
        if only_points:
            draw_point(axes, box.x + box.wide / 2, box.y + box.high / 2, kind, of_kind["grade"].mode()[0], paper)
            return
        look = style.for_zone(kind, "official")
        _swatch(
            axes,
            box,
            to_rgba(look.colour, look.fill_opacity),
            look.colour,
            look.line_px * PT_PER_PX * paper.type * 0.85,
        )
        if of_kind["axis"].notna().any():
            middle = box.y + box.high / 2
            wide = look.axis_px * PT_PER_PX * paper.type * 0.6
            axes.add_line(Line2D([box.x, box.right], [middle, middle], color=look.colour, linewidth=wide))

    return _labelled(text, sample)


def _grade_row(grade: str, text: str) -> Row:
    look = style.for_zone("core", grade)

    def sample(axes: Axes, box: Box, paper: Layout) -> None:
        patch = _swatch(axes, box, to_rgba(style.INK, 0.05), style.INK, look.line_px * PT_PER_PX * paper.type * 0.85)
        patch.set(linestyle=look.line_style, capstyle="round")
        patch.set(hatch=look.hatch or None, hatchcolor=to_rgba(style.INK, 0.45))
        patch.set_hatch_linewidth(HATCH_PT)

    return _labelled(text, sample)


def _base_row(name: str, text: str) -> Row:
    def sample(axes: Axes, box: Box, paper: Layout) -> None:
        middle = box.y + box.high / 2
        if name in ("base_water", "base_inland_water"):
            _swatch(axes, box, style.SEA if name == "base_water" else style.WATER, style.COAST, 0.4)
        elif name == "base_stations":
            axes.scatter([box.x + box.wide / 2], [middle], s=4 * paper.type**2, color=style.STATION, linewidths=0)
        for layer, colour, wide, dash in BASE_LINES:
            if layer == name:
                ends = ([box.x, box.right], [middle, middle])
                axes.add_line(Line2D(*ends, color=colour, linewidth=wide * paper.type, linestyle=dash))

    return _labelled(text, sample)


def _swatch(axes: Axes, box: Box, face: object, edge: str, wide: float) -> Rectangle:
    patch = Rectangle((box.x, box.y), box.wide, box.high, facecolor=face, edgecolor=edge, linewidth=wide)
    axes.add_patch(patch)
    return patch


def draw_scale(axes: Axes, box: Box, seen: View, paper: Layout, lang: str) -> None:
    """Draw the scale: the ratio, and a bar of four parts with its length written under it."""
    length = bar_length(seen, box.wide * 0.86)
    step = length / seen.scale * 1000 / 4
    high, y = 1.1 * paper.type, box.y + 3.6 * paper.type
    for part in range(4):
        face = style.INK if part % 2 == 0 else style.PAPER
        axes.add_patch(
            Rectangle((box.x + part * step, y), step, high, facecolor=face, edgecolor=style.INK, linewidth=0.5)
        )
    unit, per = ("km", 1000) if length >= 1000 else ("m", 1)
    for part in (0, 2, 4):
        figure = f"{length * part / 4 / per:g}"
        at = box.x + part * step
        write(axes, at, y - 1.6 * paper.type, figure, 5.8 * paper.type, ha="left" if part == 0 else "center")
        if part == 4:
            offset = width_mm(figure, 5.8 * paper.type) / 2 + 0.6
            write(axes, at + offset, y - 1.6 * paper.type, unit, 5.8 * paper.type)
    ratio = f"{word('scale', lang)} 1:{seen.scale:,}".replace(",", " ")
    write(axes, box.x, y + 3.4 * paper.type, ratio, 7.2 * paper.type, weight="bold")


def draw_north(axes: Axes, x: float, y: float, turned: float, paper: Layout, lang: str) -> None:
    """Draw the arrow to true north, which on this plane is not quite the upper edge."""
    k = paper.type
    turn = Affine2D().rotate_deg_around(x, y + 4 * k, -turned)
    for side, face in ((-1, style.INK), (1, style.PAPER)):
        corners = [(x, y + 8.5 * k), (x + side * 2.2 * k, y), (x, y + 1.6 * k)]
        axes.add_patch(
            Polygon(turn.transform(corners), facecolor=face, edgecolor=style.INK, linewidth=0.6, joinstyle="miter")
        )
    top = turn.transform((x, y + 10.6 * k))
    write(axes, top[0], top[1], word("north", lang), 7 * k, ha="center", weight="bold")


def draw_frame(axes: Axes, seen: View, paper: Layout) -> None:
    """Draw the double frame with ticks and figures of the graticule between its lines."""
    for box, wide in ((paper.map, 0.5), (paper.outer, 1.2)):
        axes.add_patch(Rectangle((box.x, box.y), box.wide, box.high, fill=False, edgecolor=style.INK, linewidth=wide))
    band = (paper.outer.wide - paper.map.wide) / 2
    for side, minutes, east, north in graticule_crossings(seen):
        x, y = seen.to_paper(paper.map, east, north)
        away_x, away_y = {"bottom": (0, -1), "top": (0, 1), "left": (-1, 0), "right": (1, 0)}[side]
        axes.add_line(
            Line2D([x, x + away_x * band * 0.3], [y, y + away_y * band * 0.3], color=style.INK, linewidth=0.4)
        )
        axes.add_line(Line2D([x, x - away_x * 1.2], [y, y - away_y * 1.2], color=style.INK, linewidth=0.4))
        write(
            axes,
            x + away_x * band * 0.64,
            y + away_y * band * 0.64,
            _degrees(minutes, "E" if side in ("bottom", "top") else "N"),
            5.2 * paper.type,
            ha="center",
            colour=style.INK_SOFT,
            rotation=90 if away_x else 0,
        )


def _degrees(minutes: int, letter: str) -> str:
    return f"{minutes // 60}°{minutes % 60:02d}′{letter}"


def draw_title(axes: Axes, title: str, beside: str, paper: Layout) -> None:
    """Write the title, made smaller until it fits, and what it rests on to the right."""
    box = paper.title
    aside = width_mm(beside, 6.5 * paper.type) + 6
    size = 16 * paper.type
    while width_mm(title, size, "bold") > box.wide - aside and size > 8 * paper.type:
        size *= 0.95
    write(axes, box.x, box.y + box.high * 0.58, title, size, weight="bold")
    write(axes, box.right, box.y + box.high * 0.5, beside, 6.5 * paper.type, ha="right", colour=style.INK_SOFT)


def draw_foot(axes: Axes, atlas: Atlas, credits: Sequence[str], date: str, paper: Layout, lang: str) -> None:
    """Write CRS and sources to the left, version, date and the use of the map to the right."""
    box, size = paper.foot, 5.4 * paper.type
    mark, version = word("internal", lang), word("version", lang).format(version=atlas.version, date=date)
    aside = max(width_mm(mark, size), width_mm(version, size)) + 6
    text = word("sources", lang) + ("；" if lang == "zh" else "; ").join(credits)
    lines = [word("crs", lang), *fill_lines(text, size, box.wide - aside)][:3]
    step = 2.7 * paper.type
    for at, line in enumerate(lines):
        write(axes, box.x, box.top - 2.6 * paper.type - at * step, line, size, colour=style.INK_SOFT)
    write(axes, box.right, box.top - 2.6 * paper.type, version, size, ha="right", colour=style.INK_SOFT)
    high, wide = 3.6 * paper.type, width_mm(mark, size) + 3 * paper.type
    y = box.top - 4.4 * paper.type - high
    axes.add_patch(Rectangle((box.right - wide, y), wide, high, fill=False, edgecolor=style.INK_SOFT, linewidth=0.5))
    write(axes, box.right - wide / 2, y + high / 2, mark, size, ha="center")


def write(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    ha: str = "left",
    weight: str = "regular",
    colour: str = style.INK,
    rotation: float = 0,
) -> None:
    """Write a line of text with its middle height at `y`, in mm on the paper."""
    axes.text(
        x, y, text, fontsize=size, fontproperties=font(weight), color=colour, ha=ha, va="center", rotation=rotation
    )
