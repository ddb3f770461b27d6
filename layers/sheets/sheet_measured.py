"""Measures a drawn sheet: how long its scale bar is and at which scale its map stands, as the figure now is."""

from dataclasses import replace

from matplotlib.figure import Figure

from layers.sheets.sheet_face import MM_PER_INCH
from layers.sheets.sheet_marks import BAR_ID
from layers.sheets.sheet_plan import SheetPlan


def measured(plan: SheetPlan, figure: Figure) -> SheetPlan:
    """Return a plan with the scale bar and the scale of the map as they stand in the figure.

    Measure again after a figure was resized: what the sheet says of its scale no longer holds then.
    """
    face = next(axes for axes in figure.axes if axes.get_label() == "map")
    west, east = face.get_xlim()
    across_mm = _mm(face.get_window_extent().width, figure)
    bars = [patch.get_window_extent() for axes in figure.axes for patch in axes.patches if patch.get_gid() == BAR_ID]
    bar = plan.bar
    if bar is not None and bars:
        bar = replace(bar, mm=_mm(max(each.x1 for each in bars) - min(each.x0 for each in bars), figure))
    return replace(plan, bar=bar if bars else None, map_scale=float((east - west) * 1000 / across_mm))


def _mm(pixels: float, figure: Figure) -> float:
    return float(pixels / figure.dpi * MM_PER_INCH)
