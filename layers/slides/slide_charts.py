"""Native charts of a slide: each can be edited in Office, with its numbers in the workbook it carries."""

import math
from collections.abc import Sequence

from lxml import etree  # type: ignore[import-untyped]
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml.ns import qn
from pptx.util import Mm, Pt

from layers import style
from layers.sheets.sheet_frame import Box
from layers.slides.slide_paper import Native
from layers.slides.slide_shapes import rgb

BASE = "#9AA5B1"
"""A calm grey for what is compared with."""


def add_bars(
    slide: Native,
    box: Box,
    categories: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None], str]],
    *,
    number_format: str = "General",
    labels: bool = True,
    stacked: bool = False,
    upright: bool = False,
    error: Sequence[float] = (),
    error_of: int = 0,
    texts: Sequence[Sequence[str]] = (),
    colours: Sequence[str] = (),
    axis_title: str = "",
    name: str = "Chart",
    most: float = math.inf,
) -> Native:
    """Add a bar chart, its first category on top.

    Parameters
    ----------
    series : sequence of (name, values, colour)
        None leaves a bar out.
    number_format : str
        Excel's, for labels and axis.
    labels : bool
        Write each value at its bar.
    error : sequence of float
        ± of each value of one series, drawn as error bars.
    error_of : int
        Which series that is.
    texts : sequence of sequence of str
        What to write at the bars of each series in place of the values.
    colours : sequence of str
        A colour for each bar of the first series.
    axis_title : str
        What the values are, and their unit.
    most : float
        Where the axis of values ends at the latest, for values that can't go beyond.
    """
    data = CategoryChartData(number_format=number_format)
    data.categories = list(categories)
    for label, values, _ in series:
        data.add_series(label, values)
    kind = {
        (False, False): XL_CHART_TYPE.BAR_CLUSTERED,
        (True, False): XL_CHART_TYPE.BAR_STACKED,
        (False, True): XL_CHART_TYPE.COLUMN_CLUSTERED,
        (True, True): XL_CHART_TYPE.COLUMN_STACKED,
    }[stacked, upright]
    shape = slide.shapes.add_chart(kind, *map(Mm, (box.x, box.y, box.wide, box.high)), data)
    shape.name = name
    chart = shape.chart
    _dress(chart, upright, number_format, axis_title)
    chart.has_legend = len(series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(10)
    plot = chart.plots[0]
    plot.gap_width = 55
    plot.overlap = 100 if stacked else -8
    for made, (_, _, colour) in zip(plot.series, series, strict=True):
        made.format.fill.solid()
        made.format.fill.fore_color.rgb = rgb(colour)
        made.invert_if_negative = False
    for at, colour in enumerate(colours):
        point = plot.series[0].points[at].format.fill
        point.solid()
        point.fore_color.rgb = rgb(colour)
    if labels:
        _label(plot, number_format, [colour for _, _, colour in series], stacked)
    for made, held in zip(plot.series, texts, strict=False):
        _write_at_bars(made, held)
    if len(error):
        _add_error_bars(plot.series[error_of], error)
        # Office fits the axis to the bars alone.
        ends = (value + each for value, each in zip(series[error_of][1], error, strict=True) if value is not None)
        chart.value_axis.maximum_scale = min(round_up(max(ends)), most)
    return shape


def round_up(value: float) -> float:
    """Return the next number of one digit, or of one digit and a half, that is no less.

    Examples
    --------
    >>> round_up(121.0), round_up(9.7), round_up(0.31)
    (150.0, 10.0, 0.35)
    """
    power = 10.0 ** math.floor(math.log10(value))
    return math.ceil(value / power * 2 - 1e-9) / 2 * power


def add_curve(
    slide: Native,
    box: Box,
    x: Sequence[float],
    lines: Sequence[tuple[str, Sequence[float], str, float]],
    *,
    x_title: str,
    y_title: str,
    name: str,
    most: float | None = None,
) -> Native:
    """Add a chart of lines over numbers.

    Parameters
    ----------
    lines : sequence of (name, values, colour, width in pt)
    most : float, optional
        Where the axis of values ends, for values that can't go beyond.
    """
    data = XyChartData(number_format="General")
    for label, values, _, _ in lines:
        series = data.add_series(label)
        for across, up in zip(x, values, strict=True):
            series.add_data_point(across, up)
    places = map(Mm, (box.x, box.y, box.wide, box.high))
    shape = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, *places, data)
    shape.name = name
    chart = shape.chart
    chart.has_title, chart.has_legend = False, True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.font.size = Pt(10)
    chart.font.color.rgb = rgb(style.INK)
    for axis, title in ((chart.category_axis, x_title), (chart.value_axis, y_title)):
        axis.has_major_gridlines = True
        axis.major_gridlines.format.line.color.rgb = rgb(style.RULE)
        axis.format.line.color.rgb = rgb(style.INK_SOFT)
        axis.minimum_scale = 0
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "#,##0", False
        _title_axis(axis, title)
    if most is not None:
        chart.value_axis.maximum_scale = most
    for made, (_, _, colour, wide) in zip(chart.plots[0].series, lines, strict=True):
        made.format.line.color.rgb = rgb(colour)
        made.format.line.width = Pt(wide)
        made.smooth = False
    return shape


def _title_axis(axis: Native, title: str) -> None:
    axis.has_title = True
    frame = axis.axis_title.text_frame
    frame.text = title
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = Pt(9), False
    font.color.rgb = rgb(style.INK_SOFT)


def _dress(chart: Native, upright: bool, number_format: str, axis_title: str) -> None:
    chart.has_title = False
    chart.font.size = Pt(10)
    chart.font.color.rgb = rgb(style.INK)
    across, along = chart.category_axis, chart.value_axis
    across.reverse_order = not upright
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    across.major_tick_mark = along.major_tick_mark = XL_TICK_MARK.NONE
    across.format.line.color.rgb = rgb(style.INK_SOFT)
    along.format.line.fill.background()
    along.has_major_gridlines = True
    along.major_gridlines.format.line.color.rgb = rgb(style.RULE)
    along.major_gridlines.format.line.width = Pt(0.5)
    along.minimum_scale = 0
    along.tick_labels.number_format = number_format
    along.tick_labels.number_format_is_linked = False
    along.tick_labels.font.size = Pt(9)
    along.tick_labels.font.color.rgb = rgb(style.INK_SOFT)
    if not upright:
        # With the categories turned round, the axis of values would stand on top.
        along.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    if axis_title:
        _title_axis(along, axis_title)


def _label(plot: Native, number_format: str, colours: Sequence[str], stacked: bool) -> None:
    for series, colour in zip(plot.series, colours, strict=True):
        labels = series.data_labels
        labels.number_format, labels.number_format_is_linked = number_format, False
        labels.font.size = Pt(10)
        labels.font.color.rgb = rgb(style.PAPER if stacked and colour == style.ACCENT else style.INK)
        labels.show_value = True
        if not stacked:
            labels.position = XL_LABEL_POSITION.OUTSIDE_END


def _write_at_bars(series: Native, texts: Sequence[str]) -> None:
    """Write a text at each bar, where the bare number would show more digits than its ± carries."""
    for at, text in enumerate(texts):
        label = series.points[at].data_label
        label.text_frame.text = text
        run = label.text_frame.paragraphs[0].runs[0]
        run.font.size = Pt(10)
        run.font.color.rgb = rgb(style.INK)
        label.position = XL_LABEL_POSITION.OUTSIDE_END


def _add_error_bars(series: Native, error: Sequence[float]) -> None:
    """Give a series its ±, bar by bar; python-pptx has no word for it."""
    bars = etree.Element(qn("c:errBars"))
    for tag, value in (("c:errBarType", "both"), ("c:errValType", "cust"), ("c:noEndCap", "0")):
        etree.SubElement(bars, qn(tag), val=value)
    for side in ("c:plus", "c:minus"):
        literal = etree.SubElement(etree.SubElement(bars, qn(side)), qn("c:numLit"))
        etree.SubElement(literal, qn("c:formatCode")).text = "General"
        etree.SubElement(literal, qn("c:ptCount"), val=str(len(error)))
        for at, amount in enumerate(error):
            etree.SubElement(etree.SubElement(literal, qn("c:pt"), idx=str(at)), qn("c:v")).text = repr(float(amount))
    line = etree.SubElement(etree.SubElement(bars, qn("c:spPr")), qn("a:ln"), w=str(Pt(1.25)))
    etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr"), val=style.INK.lstrip("#"))
    # The schema wants them before the categories.
    series._element.find(qn("c:cat")).addprevious(bars)
