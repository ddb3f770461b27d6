"""What stands on the slides: cover, areas, overlap, method."""

from collections.abc import Sequence

from layers import style
from layers.office.story import Story, area_rows, area_text, fold_rows, lost_rows, pair_rows, stated_text, subject
from layers.sheets.sheet_frame import Box
from layers.slides.slide_charts import BASE, add_bars
from layers.slides.slide_maps import fold_slide
from layers.slides.slide_pages import add_note, page, table_pages, tell
from layers.slides.slide_paper import BODY, COVER_MAP, HIGH, WIDE, Native, new_slide, set_notes
from layers.slides.slide_shapes import Column, add_map, add_table, largest_size
from layers.tables.tables import METHODS
from zones.proof.receipts import Receipt

LARGEST = 12
LEAST_STATED = 3
"""Fewer are read faster in the table."""

MOST_PAIR_PAGES = 2


def cover(deck: Native, told: Story, decks: Sequence[str]) -> None:
    """Add the first slide: what it is about, what is in it, and as of when."""
    slide = new_slide(deck, subject(told), "", cover=True)
    beside: list[str] = []
    if len(told.lost) < len(told.frame):
        # A map for the public is never without scale and sources, on the cover neither.
        drawn = told.draw(told.frame, subject(told), WIDE - COVER_MAP, HIGH, bare=not told.use.public)
        beside = told.beside(drawn)
        add_map(slide, drawn, COVER_MAP, 0, told.say("map_of", title=subject(told), n=len(drawn.zone_ids)))
    names = [getattr(plan.plan.name, told.lang) for plan in told.plans.values()] if len(told.plans) == 1 else []
    lines = [
        *names,
        " · ".join(told.say(f"deck_{name}") for name in decks),
        told.say("cover_counts", zones=len(told.frame), areas=len(told.areas), places=len(told.places),
                 lost=len(told.lost)),
        *([] if names else [told.say("plans", names=told.say("sep").join(map(told.plan_name, told.plans)))]),
        told.say("foot", version=told.atlas.version, day=told.day.isoformat()),
        told.say("indicative"), *told.use.lines(told.lang), *beside,
    ]  # fmt: skip
    slide.placeholders[1].text_frame.text = "\n".join(lines)
    tell(slide, told, told.frame.index)


def area_deck(deck: Native, told: Story) -> list[Receipt]:
    """Add the slides on areas; return the receipts of their figures."""
    if len(told.areas):
        _largest(deck, told)
        _stated(deck, told)
        _area_tables(deck, told)
    _lost(deck, told)
    return [each for each in told.area_receipts if each.kind in ("area", "difference")]


def _largest(deck: Native, told: Story) -> None:
    rows = told.areas.iloc[:LARGEST]
    slide = page(deck, told, told.say("largest", n=len(rows)))
    high = add_note(slide, [_band_note(told, rows.index)])
    labels = [f"{told.name(row.Index)}  {area_text(row.ellipsoid_m2, row.error_m2)}" for row in rows.itertuples()]
    values = [row.ellipsoid_m2 / 1e6 for row in rows.itertuples()]
    kinds = told.atlas.zones.loc[rows.index, "kind"]
    add_bars(
        slide, Box(BODY.x, BODY.y, BODY.wide, BODY.high - high), labels,
        [(told.say("ellipsoid"), values, style.ACCENT)],
        number_format="#,##0.##", labels=False, error=list(rows["error_m2"] / 1e6),
        colours=[style.KIND_COLOURS[kind] for kind in kinds], axis_title=told.say("area_axis"), name="Areas",
    )  # fmt: skip
    _tell_areas(slide, told, rows.index)


def _stated(deck: Native, told: Story) -> None:
    """Add the chart of measured against stated areas, where the plans state some."""
    rows = told.areas[told.areas["declared_area_m2"].notna()].iloc[:LARGEST]
    if len(rows) < LEAST_STATED:
        return
    slide = page(deck, told, told.say("stated_against"))
    high = add_note(slide, [_band_note(told, rows.index)])
    series = [
        (told.say("stated"), list(rows["declared_area_m2"] / 1e6), BASE),
        (told.say("measured"), list(rows["ellipsoid_m2"] / 1e6), style.ACCENT),
    ]
    labels = [told.name(zone_id) for zone_id in rows.index]
    texts = [
        [stated_text(row.declared_area_m2) for row in rows.itertuples()],
        [area_text(row.ellipsoid_m2, row.error_m2) for row in rows.itertuples()],
    ]
    add_bars(
        slide, Box(BODY.x, BODY.y, BODY.wide, BODY.high - high), labels, series,
        number_format="#,##0.##", axis_title="km²", name="Stated and measured", texts=texts,
    )  # fmt: skip
    _tell_areas(slide, told, rows.index)


def _area_tables(deck: Native, told: Story) -> None:
    texts = (("zone", 34), ("kind", 12), ("plan", 15), ("grade", 13))
    numbers = (("ellipsoid", 18), ("survey", 17), ("plane", 15), ("declared", 14), ("difference", 20))
    columns = [Column(told.say(head), share) for head, share in texts]
    columns += [Column(told.say(head), share, True) for head, share in numbers]
    rows = area_rows(told, list(told.areas.index))
    # Room for both remarks, whether a slide needs them or not.
    notes = [told.say("bands"), told.say("area_cut", n=0, rest=0)]
    placed, left = table_pages(deck, told, told.say("area_table"), columns, rows, notes, 10)
    for slide, span in placed:
        ids = told.areas.index[span]
        add_note(slide, [_band_note(told, ids), _cut_line(told, "area_cut", len(rows) - left, left)])
        _tell_areas(slide, told, ids)


def _cut_line(told: Story, key: str, shown: int, left: int) -> str:
    return told.say(key, n=shown, rest=left) if left else ""


def _lost(deck: Native, told: Story) -> None:
    if told.lost.empty:
        return
    heads = (("zone", 40), ("kind", 11), ("plan", 15), ("reason", 80))
    columns = [Column(told.say(head), share) for head, share in heads]
    rows, room = lost_rows(told), [told.say("rows_cut", n=0, rest=0)]
    placed, left = table_pages(deck, told, told.say("lost_table"), columns, rows, room)
    for slide, span in placed:
        add_note(slide, [_cut_line(told, "rows_cut", len(rows) - left, left)])
        tell(slide, told, told.lost.index[span])


def _band_note(told: Story, zone_ids: Sequence[str]) -> str:
    return told.say("bands") if told.atlas.zones.loc[list(zone_ids), "half_width_m"].notna().any() else ""


def _tell_areas(slide: Native, told: Story, zone_ids: Sequence[str]) -> None:
    shown = set(zone_ids)
    receipts = [
        (told.name(each.zones[0].zone_id), each)
        for each in told.area_receipts
        if each.method.startswith("ellipsoid/") and each.zones[0].zone_id in shown
    ]
    tell(slide, told, zone_ids, receipts)


def overlap_deck(deck: Native, told: Story) -> list[Receipt]:
    """Add the slides on overlap; return the receipts of their figures."""
    if told.pairs.empty:
        slide = page(deck, told, told.say("deck_overlap"))
        add_note(slide, [told.say("no_overlap")])
        tell(slide, told, told.areas.index)
        return []
    fold_slide(deck, told)
    _folds(deck, told)
    _pairs(deck, told)
    return [*told.overlap_receipts, *told.totals_receipts]


def _folds(deck: Native, told: Story) -> None:
    slide = page(deck, told, told.say("fold"))
    high = add_note(slide, [told.say("fold_note")])
    half = BODY.wide * 0.56
    folds = told.totals["k_fold"]
    values = [each["area_m2"] / 1e6 for each in folds]
    add_bars(
        slide, Box(BODY.x, BODY.y, half, BODY.high - high),
        [told.say("fold_k", k=each["k"]) for each in folds], [(told.say("fold"), values, style.ACCENT)],
        number_format="#,##0.0", upright=True, axis_title=told.say("fold_axis"), name="k-fold cover",
    )  # fmt: skip
    columns = [Column(told.say("fold"), 18), Column(told.say("once"), 13, True), Column(told.say("times"), 15, True)]
    box = Box(BODY.x + half + 8, BODY.y, BODY.wide - half - 8, BODY.high - high)
    size = largest_size(columns, fold_rows(told), box, 10)
    add_table(slide, box, columns, fold_rows(told), size, last_is_total=True)
    names = [*map(told.say, ("sum", "union", "double")), *(told.say("fold_under", k=each["k"]) for each in folds)]
    tell(slide, told, told.areas.index, zip(names, told.totals_receipts, strict=True))


def _pairs(deck: Native, told: Story) -> None:
    columns = [
        Column(told.say("a"), 40), Column(told.say("b"), 40), Column(told.say("overlap"), 16, True),
        Column(told.say("share_a"), 10, True), Column(told.say("share_b"), 10, True),
    ]  # fmt: skip
    rows = pair_rows(told)
    room = [told.say("pairs_cut", n=0, rest=0)]
    placed, left = table_pages(deck, told, told.say("pairs"), columns, rows, room, 10, MOST_PAIR_PAGES)
    for slide, span in placed:
        add_note(slide, [_cut_line(told, "pairs_cut", len(rows) - left, left)])
        part = told.pairs.iloc[span]
        names = [f"{told.name(row.a_id)} × {told.name(row.b_id)}" for row in part.itertuples()]
        receipts = zip(names, told.overlap_receipts[span], strict=True)
        tell(slide, told, dict.fromkeys([*part["a_id"], *part["b_id"]]), receipts)


def method(deck: Native, told: Story) -> None:
    """Add the last slide: how the figures were made."""
    at = told.lang == "en"
    columns = [Column(told.say("item"), 22), Column(told.say("meaning"), 120)]
    rows = [(item[at], text[at]) for item, text in METHODS]
    placed, _ = table_pages(deck, told, told.say("method"), columns, rows, (), 10.5)
    for slide, _ in placed:
        names = [
            f"{getattr(plan.plan.name, told.lang)} · {plan.plan.document.name} · SHA-256 {plan.plan.document.sha256}"
            for plan in told.plans.values()
        ]
        set_notes(slide, [told.say("notes_sources"), *names])
