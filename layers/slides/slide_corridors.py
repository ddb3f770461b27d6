"""Slides on corridors: what lies in each, and how its coverage hangs on the width that no plan gives."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from layers import style
from layers.office.story import Story, area_text, km2, percent
from layers.sheets.sheet_frame import Box
from layers.sheets.sheet_picture import shape_ratio
from layers.slides.slide_charts import BASE, add_bars, add_curve
from layers.slides.slide_maps import GAP, SIDE, TYPE, WIDEST, legend_rows, map_notes
from layers.slides.slide_pages import add_note, page, tell
from layers.slides.slide_paper import BODY, Native
from layers.slides.slide_shapes import (
    Column,
    add_figures,
    add_legend,
    add_map,
    add_table,
    add_text,
    in_pages,
    largest_size,
    text_high,
)
from zones.corridors.corridor import corridor
from zones.corridors.corridor_cells import cut
from zones.corridors.coverage import Coverage, at, curve
from zones.corridors.covers import zone_covers
from zones.proof.coverage_receipts import ZONES, band_of, coverage_receipts
from zones.proof.receipts import Receipt
from zones.schema import Kind

WIDTHS_M = tuple(float(width) for width in range(300, 3001, 300))
"""Half-widths of the curve, metres; the one in use is added."""

NARROWEST = 80.0
MOST_ROWS = 14


@dataclass(frozen=True)
class Along:
    """A corridor with what covers it, at the half-width in use and over many (`zones.corridors.coverage.curve`)."""

    zone_id: str
    found: Coverage
    curve: pd.DataFrame
    receipts: tuple[Receipt, ...] = ()


def corridor_deck(deck: Native, told: Story) -> list[Receipt]:
    """Add the slides on the corridors chosen; return the receipts of their figures at the assumed width."""
    ids = corridors(told)
    if not ids:
        slide = page(deck, told, told.say("deck_corridor"))
        add_note(slide, [told.say("no_corridor")])
        tell(slide, told, ())
        return []
    held = [_measured(told, zone_id) for zone_id in ids]
    if len(held) > 1:
        _compared(deck, told, held)
    for each in held:
        _inside(deck, told, each)
        _curve(deck, told, each)
        _parts(deck, told, each)
    return [receipt for each in held for receipt in each.receipts]


def corridors(told: Story) -> list[str]:
    """Return the zones chosen that are corridors with an axis."""
    return list(told.frame.index[(told.frame["kind"] == Kind.CORRIDOR) & told.frame["axis"].notna()])


def _measured(told: Story, zone_id: str) -> Along:
    made = corridor(told.atlas, zone_id)
    own = made.widest_m
    widths = tuple(sorted({*WIDTHS_M, own}))
    covers = zone_covers(told.atlas.zones, zone_id)
    cells = cut(made, covers, widths)
    receipts = coverage_receipts(told.atlas, made, covers, band_of(made, covered_by=ZONES))
    return Along(zone_id, at(cells, widths.index(own)), curve(cells), receipts)


def _issued(told: Story, held: Sequence[Along], *kinds: str) -> list[tuple[str, Receipt]]:
    """Return receipts of some kinds for the notes, each with the name of its figure."""
    named = {"corridor": told.say("band_area"), "covered": told.say("share"), "inside": told.say("inside")}
    found = []
    for each in held:
        for receipt in each.receipts:
            if receipt.kind in kinds:
                whose = receipt.zones[0].zone_id if receipt.kind == "inside" else each.zone_id
                found.append((f"{told.name(whose)} · {named[receipt.kind]}", receipt))
    return found


def _compared(deck: Native, told: Story, held: Sequence[Along]) -> None:
    slide = page(deck, told, told.say("corridors"))
    high = BODY.high - add_note(slide, [_width_note(told, held)])
    half = BODY.wide * 0.42
    values = [each.found.share * 100 for each in held]
    add_bars(
        slide, Box(BODY.x, BODY.y, half, high), [told.name(each.zone_id) for each in held],
        [(told.say("share"), values, style.KIND_COLOURS["corridor"])],
        number_format="0", error=[_share_error(each.found) * 100 for each in held], labels=False,
        axis_title=told.say("share_axis"), name="Coverage", most=100,
    )  # fmt: skip
    columns = [Column(told.say("corridor"), 34)]
    heads = (("half_width", 15), ("length", 15), ("band_area", 18), ("share", 19), ("gaps", 13), ("longest_gap", 18))
    columns += [Column(told.say(head), share, True) for head, share in heads]
    rows = [
        (
            told.name(each.zone_id), f"{each.found.corridor.widest_m:,.0f}", _km(each.found.length_m),
            km2(each.found.corridor_m2), share_text(each.found), str(len(each.found.gaps)), _longest(each.found),
        )
        for each in held
    ]  # fmt: skip
    box = Box(BODY.x + half + 6, BODY.y, BODY.wide - half - 6, high)
    add_table(slide, box, columns, rows, largest_size(columns, rows, box, 9))
    tell(slide, told, [each.zone_id for each in held], _issued(told, held, "corridor", "covered"))


def share_text(found: Coverage) -> str:
    """Return a coverage in percent with its ±."""
    return f"{found.share:.0%} ± {_share_error(found):.0%}"


def _share_error(found: Coverage) -> float:
    return found.error_m2 / found.corridor_m2 if found.corridor_m2 else 0.0


def _km(metres: float) -> str:
    return f"{metres / 1000:,.1f}"


def _longest(found: Coverage) -> str:
    return _km(found.gaps["length_m"].max()) if len(found.gaps) else "—"


def _width_note(told: Story, held: Sequence[Along]) -> str:
    widths = dict.fromkeys(f"{each.found.corridor.widest_m:,.0f}" for each in held)
    return told.say("width_note", width=told.say("sep").join(widths))


def _inside(deck: Native, told: Story, each: Along) -> None:
    """Add the map of a corridor with the zones in it, its figures and its legend."""
    title = told.say("corridor_of", name=told.name(each.zone_id))
    slide = page(deck, told, title)
    shown = told.atlas.zones.loc[[each.zone_id, *each.found.parts["id"]]]
    own = told.atlas.zones.loc[[each.zone_id]]
    wide = min(max(BODY.high * shape_ratio(own), NARROWEST), WIDEST)
    drawn = told.draw(shown, title, wide, BODY.high, type_size=TYPE, around=own)
    add_map(slide, drawn, BODY.x, BODY.y, told.say("map_of", title=title, n=len(drawn.zone_ids)))
    left = BODY.x + drawn.wide_mm + GAP
    side = Box(left, BODY.y, BODY.right - left, BODY.high)
    found = each.found
    figures = [(share_text(found), told.say("share")), (_km(found.length_m), told.say("length")),
               (_longest(found), told.say("longest_gap"))]  # fmt: skip
    add_figures(slide, Box(side.x, side.y, side.wide, 20), figures)
    part = told.of(told.atlas.zones.loc[list(drawn.zone_ids)])
    notes = [_width_note(told, [each]), *map_notes(part, drawn)]
    room = text_high(notes, 9.5, side.wide)
    add_legend(slide, Box(side.x, side.y + 25, min(side.wide, SIDE + 20), side.high - 25 - room), legend_rows(part))
    add_text(slide, Box(side.x, BODY.top - room, side.wide, room), notes, 9.5, colour=style.INK_SOFT, name="Map notes")
    tell(slide, told, drawn.zone_ids, _issued(told, [each], "corridor", "covered"))


def _curve(deck: Native, told: Story, each: Along) -> None:
    slide = page(deck, told, told.say("curve_of", name=told.name(each.zone_id)))
    high = BODY.high - add_note(slide, [told.say("curve_note")])
    rows = each.curve
    half = BODY.wide * 0.58
    error = rows["error_m2"] / rows["corridor_m2"]
    lines = [
        (told.say("share"), list(rows["share"] * 100), style.KIND_COLOURS["corridor"], 2.5),
        (told.say("share_less"), list((rows["share"] - error).clip(lower=0) * 100), BASE, 0.75),
        (told.say("share_more"), list((rows["share"] + error).clip(upper=1) * 100), BASE, 0.75),
    ]
    add_curve(
        slide, Box(BODY.x, BODY.y, half, high), list(rows["half_width_m"]), lines,
        x_title=told.say("width_axis"), y_title=told.say("share_axis"), name="Coverage over half-width",
        most=100,
    )  # fmt: skip
    heads = (("half_width", 14), ("band_area", 17), ("covered", 20), ("share", 18), ("longest_gap", 19))
    columns = [Column(told.say(head), share, True) for head, share in heads]
    table = [
        (
            f"{row.half_width_m:,.0f}", km2(row.corridor_m2), area_text(row.covered_m2, row.error_m2),
            f"{row.share:.0%} ± {row.error_m2 / row.corridor_m2:.0%}", _km(row.longest_gap_m),
        )
        for row in rows.itertuples()
    ]  # fmt: skip
    box = Box(BODY.x + half + 6, BODY.y, BODY.wide - half - 6, high)
    add_table(slide, box, columns, table, largest_size(columns, table, box, 9))
    tell(slide, told, [each.zone_id], _issued(told, [each], "corridor", "covered"))


def _parts(deck: Native, told: Story, each: Along) -> None:
    slide = page(deck, told, told.say("parts_of", name=told.name(each.zone_id)))
    found = each.found
    columns = [Column(told.say("zone"), 44), Column(told.say("kind"), 14)]
    heads = (("inside", 20), ("share_inside", 16), ("share_of_corridor", 17))
    columns += [Column(told.say(head), share, True) for head, share in heads]
    rows = [
        (told.name(row.id), told.kind(row.id), km2(row.inside_m2), percent(row.share_inside),
         percent(row.share_of_corridor))
        for row in found.parts.itertuples()
    ]  # fmt: skip
    wide = BODY.wide * 0.64
    room = text_high([told.say("chainage_note", n=0, all=0)], 10, BODY.wide) + 3
    kept = in_pages(rows, columns, wide, BODY.high - room, 10, even=False)[0][:MOST_ROWS]
    high = BODY.high - add_note(slide, [told.say("chainage_note", n=len(kept), all=len(rows))])
    if kept:
        box = Box(BODY.x, BODY.y, wide, high)
        add_table(slide, box, columns, kept, largest_size(columns, kept, box, 10))
    _gaps(slide, told, found, Box(BODY.x + wide + 8, BODY.y, BODY.wide - wide - 8, high))
    shown = [each.zone_id, *found.parts["id"].iloc[: len(kept)]]
    # In the order of the table, so that the first ones are its rows.
    tell(slide, told, shown, _issued(told, [each], "inside")[: len(kept)])


def _gaps(slide: Native, told: Story, found: Coverage, box: Box) -> None:
    if found.gaps.empty:
        add_text(slide, box, [told.say("no_gap")], 11)
        return
    columns = [Column(told.say("gap"), 12, True), Column(told.say("from_to"), 24, True)]
    columns.append(Column(told.say("gap_length"), 18, True))
    rows = [
        (str(at), f"{_km(row.from_m)}–{_km(row.to_m)}", _km(row.length_m))
        for at, row in enumerate(found.gaps.iloc[:MOST_ROWS].itertuples(), start=1)
    ]
    add_table(slide, box, columns, rows, largest_size(columns, rows, box, 10))
