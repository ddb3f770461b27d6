"""Two corridors for tests of what is handed over: one to count by hand, one of the shipped atlas."""

from dataclasses import replace
from functools import cache

from shapely import LineString, box

from layers.corridors.handover import hand_over
from tests.shapes import frame, on_ground
from zones import read_atlas
from zones.corridors.corridor import corridor, corridor_of_lines
from zones.corridors.covers import layer_covers, zone_covers
from zones.proof.coverage_receipts import band_of, coverage_receipts, curve_receipts
from zones.proof.series_receipts import curve_receipt, table_receipts

WIDTHS = (250.0, 500.0, 1000.0)


@cache
def atlas():
    return read_atlas()


@cache
def counted(lang="zh"):
    """Return a road of 10 km, 500 m to each side, under three blocks.

    The first lies right across from 1 to 5 km, the second on the left from 7 to 9, the third on the right from 4 to 6:
    5.5 km² of 10 are covered, 0.5 of it twice; gaps of 1 km at the start, from 6 to 7, and at the end.
    """
    made = corridor_of_lines(frame([on_ground(LineString([(0, 0), (10_000, 0)]))]).reset_index(), "road", 500.0)
    shapes = [box(1000, -3000, 5000, 3000), box(7000, 0, 9000, 3000), box(4000, -3000, 6000, 0)]
    blocks = frame(map(on_ground, shapes), ids=["=1+1", "b", "c"], use=["M", "R", "R"], error_m=[10.0] * 3)
    return hand_over(atlas(), made, layer_covers(blocks, "blocks", "use"), WIDTHS, covered_by="blocks.gpkg", lang=lang)


@cache
def shipped(lang="zh"):
    """Return a corridor of the atlas at the width it assumes."""
    made = corridor(atlas(), "baoan.corridor.nanguang")
    covers = zone_covers(atlas().zones, made.corridor_id)
    band = band_of(made, covered_by="zones")
    own = coverage_receipts(atlas(), made, covers, band)
    widths = sorted({*WIDTHS, made.half_width})
    rows = (*curve_receipts(atlas(), made, covers, band, widths), curve_receipt(atlas(), made, covers, band, widths))
    tables = table_receipts(atlas(), made, covers, band)
    receipts = tuple({each.id: each for each in (*own, *rows, *tables)}.values())
    return hand_over(atlas(), made, covers, WIDTHS, lang=lang, receipts=receipts)


@cache
def bare():
    """Return a corridor of a profile of widths, with nothing that covers it."""
    made = replace(counted().found.corridor, half_width=((0.0, 200.0), (10_000.0, 400.0)))
    far = frame([on_ground(box(50_000, 50_000, 51_000, 51_000))])
    return hand_over(atlas(), made, layer_covers(far, "far"), covered_by="far.gpkg")
