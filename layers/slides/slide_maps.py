"""Slides with a map: the picture at one side, a native legend and figures at the other."""

from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Mm

from layers import style
from layers.office.story import Story, fold_rows, kind_counts, km2
from layers.sheets.sheet_frame import Box
from layers.sheets.sheet_picture import Picture, fold_colour, shape_ratio
from layers.slides.slide_charts import add_bars
from layers.slides.slide_pages import add_note, page, tell
from layers.slides.slide_paper import BODY, Native
from layers.slides.slide_shapes import LegendRow, add_figures, add_legend, add_map, add_text, plain, rgb, text_high
from zones.schema import Grade

GAP = 8.0
NARROWEST, WIDEST = 96.0, 224.0
SIDE = 78.0
TYPE = 1.45
ROOMY = 145.0
"""A side this wide in mm has room for figures and a chart beside the legend."""


def overview(deck: Native, told: Story) -> None:
    """Add the map of all zones with its legend; for several plans also one map for each."""
    _map_slide(deck, told, told.say("where"))
    if len(told.plans) > 1:
        for plan_id in told.plans:
            part = told.of(told.frame[told.frame["plan_id"] == plan_id])
            if len(part.lost) < len(part.frame):
                _map_slide(deck, part, told.say("where_plan", plan=told.plan_name(plan_id)))
    if len(told.plans) > 1 or not _roomy(told):
        _kind_slide(deck, told)


def _roomy(told: Story) -> bool:
    """Tell whether a map leaves a side that holds a chart beside the legend."""
    return BODY.wide - map_size(told)[0] - GAP >= ROOMY


def map_size(told: Story) -> tuple[float, float]:
    """Return width and height in mm of a map as the ground's own shape wants them."""
    return min(max(BODY.high * shape_ratio(told.frame), NARROWEST), WIDEST), BODY.high


def _map_slide(deck: Native, told: Story, title: str) -> None:
    slide = page(deck, told, title)
    drawn = told.draw(told.frame, title, *map_size(told), type_size=TYPE)
    add_map(slide, drawn, BODY.x, BODY.y, told.say("map_of", title=title, n=len(drawn.zone_ids)))
    left = BODY.x + drawn.wide_mm + GAP
    side = Box(left, BODY.y, BODY.right - left, BODY.high)
    legend_wide = SIDE if _roomy(told) else side.wide
    notes = map_notes(told, drawn)
    room = text_high(notes, 9.5, legend_wide)
    add_legend(slide, Box(side.x, side.y, legend_wide, side.high - room), legend_rows(told))
    add_text(
        slide, Box(side.x, BODY.top - room, legend_wide, room), notes, 9.5, colour=style.INK_SOFT, name="Map notes"
    )
    if legend_wide < side.wide:
        _beside(slide, told, Box(side.x + legend_wide + GAP, side.y, side.wide - legend_wide - GAP, side.high))
    tell(slide, told, drawn.zone_ids)


def _beside(slide: Native, told: Story, box: Box) -> None:
    """Fill a wide side with the counts and a chart of the kinds."""
    outlined, places, lost = len(told.areas), len(told.places), len(told.lost)
    figures = [
        (str(outlined), told.say("with_outline")),
        (str(places), told.say("place_only")),
        (str(lost), told.say("not_located")),
    ]
    add_figures(slide, Box(box.x, box.y, box.wide, 20), figures)
    _kind_chart(slide, told, Box(box.x, box.y + 24, box.wide, box.high - 24))


def _kind_slide(deck: Native, told: Story) -> None:
    slide = page(deck, told, told.say("kinds"))
    high = add_note(slide, [_counts(told)])
    _kind_chart(slide, told, Box(BODY.x, BODY.y, BODY.wide, BODY.high - high))
    tell(slide, told, told.frame.index)


def _counts(told: Story) -> str:
    return told.say(
        "cover_counts", zones=len(told.frame), areas=len(told.areas), places=len(told.places), lost=len(told.lost)
    )


def _kind_chart(slide: Native, told: Story, box: Box) -> None:
    rows = kind_counts(told)
    series = [
        (told.say("with_outline"), [row[1] or None for row in rows], style.ACCENT),
        (told.say("place_only"), [row[2] or None for row in rows], style.KIND_COLOURS["subarea"]),
        (told.say("not_located"), [row[3] or None for row in rows], style.RULE),
    ]
    labels = [style.label(style.KIND_LABELS, row[0], told.lang) for row in rows]
    add_bars(slide, box, labels, series, number_format="0", stacked=True, name="Zones by kind")


def legend_rows(told: Story) -> list[tuple[str, list[LegendRow]]]:
    """Return the legend of the map: each kind with its count, each grade by its line, and places."""
    drawn = told.frame[told.frame.geometry.notna() | told.frame["axis"].notna()]
    counts = drawn["kind"].value_counts()
    bracket = "{name} ({n})" if told.lang == "en" else "{name}（{n}）"
    kinds: list[LegendRow] = [
        ("kind", kind, bracket.format(name=style.label(style.KIND_LABELS, kind, told.lang), n=counts[kind]))
        for kind in reversed(style.DRAW_ORDER)
        if kind in counts
    ]
    held = {*drawn.loc[drawn.geometry.geom_type != "Point", "grade"], *drawn["axis_grade"].dropna()}
    grades: list[LegendRow] = [
        ("grade", grade, f"{style.label(style.GRADE_LABELS, grade, told.lang)}{_note(grade, told.lang)}")
        for grade in style.GRADE_LABELS
        if grade in held
    ]
    if len(told.places):
        grades.append(("place", "", told.say("places")))
    return [(told.say("legend"), kinds), (told.say("grades"), grades)]


def _note(grade: str, lang: str) -> str:
    note = style.label(style.GRADE_NOTES, grade, lang)
    return f": {note}" if lang == "en" else f"：{note}"


def map_notes(told: Story, drawn: Picture) -> list[str]:
    """Return what a reader of the map must know: 示意, errors, what is missing on it, and what a public map owes."""
    shown = told.atlas.zones.loc[list(drawn.zone_ids)]
    located = len(told.frame) - len(told.lost)
    notes = [told.say("indicative")] if (shown["grade"] != Grade.OFFICIAL.value).any() else []
    errors = shown["error_m"].dropna()
    if len(errors):
        notes.append(told.say("error_range", low=f"{errors.min():,.0f}", high=f"{errors.max():,.0f}"))
    for key, count in (
        ("unnamed", drawn.unnamed),
        ("off_map", located - len(drawn.zone_ids)),
        ("unlocated_note", len(told.lost)),
    ):
        if count:
            notes.append(told.say(key, n=count))
    return [*notes, *told.beside(drawn)]


def fold_slide(deck: Native, told: Story) -> None:
    """Add the map of how many zones cover the ground, with the three sums."""
    title = told.say("fold_map")
    slide = page(deck, told, title)
    wide, high = map_size(told)
    wide = min(wide, BODY.wide - SIDE - GAP - 20)
    drawn = told.draw(told.frame, title, wide, high, type_size=TYPE, folds=told.faces)
    add_map(slide, drawn, BODY.x, BODY.y, told.say("map_of", title=title, n=len(drawn.zone_ids)))
    left = BODY.x + drawn.wide_mm + GAP
    side = Box(left, BODY.y, BODY.right - left, BODY.high)
    sums = told.totals
    figures = [
        (km2(sums["sum_m2"]), f"{told.say('sum')} (km²)"),
        (km2(sums["union_m2"]), f"{told.say('union')} (km²)"),
        (km2(sums["sum_m2"] - sums["union_m2"]), f"{told.say('double')} (km²)"),
    ]
    add_figures(slide, Box(side.x, side.y, side.wide, 20), figures)
    folds = [each["k"] for each in sums["k_fold"]]
    add_ramp(slide, Box(side.x, side.y + 26, side.wide, 60), told, folds)
    notes = [told.say("fold_note"), told.say("bands") if told.frame["half_width_m"].notna().any() else ""]
    notes = [text for text in (*notes, *told.beside(drawn)) if text]
    room = text_high(notes, 9.5, side.wide)
    add_text(slide, Box(side.x, BODY.top - room, side.wide, room), notes, 9.5, colour=style.INK_SOFT, name="Map notes")
    names = [*map(told.say, ("sum", "union", "double")), *(told.say("fold_under", k=k) for k in folds)]
    tell(slide, told, told.areas.index, zip(names, told.totals_receipts, strict=True))


def add_ramp(slide: Native, box: Box, told: Story, folds: list[int]) -> None:
    """Add the native legend of the k-fold map, a swatch to each k."""
    add_text(slide, Box(box.x, box.y, box.wide, 6), [told.say("fold")], 11, bold=True)
    rows = fold_rows(told)
    for at, (k, row) in enumerate(zip(folds, rows, strict=False)):
        y = box.y + 7 + at * 6.2
        patch = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Mm(box.x), Mm(y + 0.8), Mm(9), Mm(3.6))
        patch.name = f"Legend {k}"
        patch.fill.solid()
        patch.fill.fore_color.rgb = rgb(fold_colour(k, max(folds)))
        patch.line.fill.background()
        plain(patch)
        add_text(slide, Box(box.x + 12.5, y, box.wide - 12.5, 5.5), [f"{row[0]}  {row[1]} km²"], 10)
