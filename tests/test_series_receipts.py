"""Receipts of whole tables of a corridor: closed forms, what turns each stale and what does not."""

import json
from dataclasses import replace

import geopandas
import pytest
from shapely import LineString, box

from tests.shapes import frame
from tests.test_coverage_receipts import FAR, LINE, NEAR_M, PART, WHOLE, of_kind, tiny
from tests.test_receipts import moved, stale, with_cell
from ui import receipt_view
from ui.words import words_receipts
from zones.corridors.corridor import corridor
from zones.corridors.corridor_cells import cut
from zones.corridors.coverage import CURVE_COLUMNS, class_curves, curve, uncovered
from zones.corridors.covers import zone_covers
from zones.features import source_file
from zones.measure import GEOD
from zones.proof.corridor_rows import MOST_PIECES
from zones.proof.coverage_receipts import band_of, file_covers
from zones.proof.receipt_files import RECEIPTS
from zones.proof.receipts import as_dict, content_id
from zones.proof.series_receipts import LANES, PIECES, curve_receipt, table_receipts
from zones.proof.verify import verify

__all__ = ["tiny"]

WIDTHS = (100.0, 200.0, 400.0)
STRIPES = 42
STEP = 0.04 / (STRIPES + 0.5)
"""Degrees from one stripe to the next: each covers half of it, right across the band; the axis is 0.04 degrees long."""


def drawn(atlas, widths=WIDTHS, covered_by="zones"):
    made = corridor(atlas, LINE, NEAR_M)
    return curve_receipt(atlas, made, zone_covers(atlas.zones, LINE), band_of(made, covered_by=covered_by), widths)


def test_a_curve_holds_every_column_of_every_row(tiny):
    receipt = drawn(tiny)
    cells = cut(corridor(tiny, LINE, NEAR_M), zone_covers(tiny.zones, LINE), WIDTHS)
    table, classes = curve(cells), class_curves(cells)
    assert receipt.series.heads == (*CURVE_COLUMNS, "covered_m2 core", "covered_m2 park")
    for row, (own, by_class) in zip(
        receipt.series.rows,
        zip(table.itertuples(index=False), classes.itertuples(index=False), strict=True),
        strict=True,
    ):
        assert row == pytest.approx((*own, *by_class), rel=1e-12)
    # The park lies across the middle half of the axis at every width.
    length = GEOD.line_length([113.84, 113.88], [22.706, 22.706])
    for width, band, covered, share, *_ in receipt.series.rows:
        assert band == pytest.approx(2 * width * length, rel=1e-3)
        assert (covered / band, share) == pytest.approx((0.5, 0.5), abs=1e-4)
    last = receipt.series.rows[-1]
    assert (receipt.value, receipt.error_m2) == (last[2], last[4])
    assert receipt.id == content_id(receipt) == drawn(tiny).id
    assert verify(tiny, [receipt]).holds
    # As it is after it went to a file and back.
    assert RECEIPTS.validate_python([as_dict(receipt) | {"shares": None}]) == [replace(receipt, files=None)]


@pytest.mark.parametrize("zone_id", [WHOLE, PART])
def test_a_centimetre_of_a_cover_or_of_the_axis_touches_the_curve(tiny, zone_id):
    receipt = drawn(tiny)
    nudged = with_cell(tiny, zone_id, "geometry", moved(tiny.zones.geometry[zone_id], 0))
    (told,) = verify(nudged, [receipt]).stale
    assert told.reasons[0].startswith(f"zone {zone_id}: geometry changed")
    axis = LineString([(113.84, 22.706), (113.88, 22.706 + 0.01 / 111_000)])
    (told,) = verify(with_cell(tiny, LINE, "axis", axis), [receipt]).stale
    assert "axis changed" in told.reasons[0]
    assert stale(with_cell(tiny, WHOLE, "error_m", 5.0), [receipt]) == {receipt.id}
    assert stale(with_cell(tiny, WHOLE, "kind", "region"), [receipt]) == {receipt.id}


def test_a_curve_rests_on_what_its_widest_band_reaches(tiny):
    # The far zone lies 2.66 km off the axis.
    near, wide = drawn(tiny), drawn(tiny, (*WIDTHS, 3000.0))
    far = with_cell(tiny, FAR, "geometry", moved(tiny.zones.geometry[FAR], 0))
    assert stale(far, [near, wide]) == {wide.id}
    come = with_cell(tiny, FAR, "geometry", box(113.872, 22.708, 113.876, 22.71))
    (told,) = verify(come, [near]).stale
    assert f"zone {FAR} now reaches into the corridor" in told.reasons
    # It is of a class that had no column.
    cause = next(each for each in told.causes if each.what == "columns")
    assert words_receipts.CAUSES["columns"][0].format(**cause.values).endswith("covered_m2 node, covered_m2 park")
    # Asked of these zones alone, others do not matter.
    assert verify(come, [drawn(tiny, covered_by=None)]).holds


@pytest.mark.parametrize(
    "change",
    [
        {"rows": ()},
        {"heads": ("half_width_m",)},
        {"rows": ((400.0,), (100.0,))},
        {"rows": (("a",),)},
        {"rows": ((1e9,),)},
        {"rows": tuple((float(width),) for width in range(1, 502))},
    ],
)
def test_an_altered_curve_is_named_before_anything_is_cut(tiny, change):
    receipt = drawn(tiny)
    (told,) = verify(tiny, [replace(receipt, series=replace(receipt.series, **change))]).stale
    assert told.reasons[-1].endswith("with these thresholds: it was altered")
    (told,) = verify(tiny, [replace(receipt, series=None)]).stale
    assert "altered" in told.reasons[-1]


def test_an_altered_row_is_named(tiny):
    receipt = drawn(tiny)
    first, *rest = receipt.series.rows
    rows = ((*first[:2], first[2] + 1.0, *first[3:]), *rest)
    (told,) = verify(tiny, [replace(receipt, series=replace(receipt.series, rows=rows))]).stale
    assert "altered" in told.reasons[0]
    assert told.reasons[-1].startswith("row 1 of the table: 100.0, ")
    assert words_receipts.CAUSES["series"][0].format(**told.causes[-1].values).startswith("表中第 1 行：100.0, ")


def stripe(place, nudge=0.0):
    west = 113.84 + (place + 0.5) * STEP
    return box(west, 22.70, west + STEP / 2 + nudge, 22.712)


@pytest.fixture
def striped(tiny, tmp_path):
    """Return a file with stripes right across the corridor, and one beside it."""
    path = tmp_path / "stripes.parquet"

    def write(shapes):
        frame(shapes, ids=map(str, range(len(shapes)))).drop(columns="error_m").to_parquet(path, index=False)
        return path

    write([*(stripe(place) for place in range(STRIPES)), box(113.84, 22.75, 113.85, 22.76)])
    return tiny, path, write


def of_tables(atlas, path, **how):
    made = corridor(atlas, LINE, NEAR_M)
    halves = [box(113.80, 22.60, 113.86, 22.80), box(113.86, 22.60, 113.92, 22.80)]
    names = {"name_zh": ["甲区", "乙区"], "name_en": ["A", "B"], "code": ["1", "2"]}
    atlas = replace(atlas, base={"base_districts": geopandas.GeoDataFrame(names, geometry=halves, crs=4490)})
    band = band_of(made, cover_file=0)
    return atlas, table_receipts(
        atlas, made, file_covers(path, 0, None), band, [source_file(path, "own.parquet")], **how
    )


def test_pieces_after_the_fortieth_stand_under_one_receipt(striped):
    tiny, path, _ = striped
    atlas, receipts = of_tables(tiny, path)
    rest = uncovered(cut(corridor(tiny, LINE, NEAR_M), file_covers(path, 0, None)), 0)
    assert len(rest) == STRIPES + 1
    singly = [each for each in receipts if each.kind == "piece"]
    (whole,) = [each for each in receipts if each.kind == "pieces"]
    assert (len(singly), len(whole.series.rows)) == (MOST_PIECES, STRIPES + 1)
    assert whole.series.heads == PIECES
    assert [row[2] for row in whole.series.rows[:MOST_PIECES]] == [each.value for each in singly]
    assert whole.value == pytest.approx(float(rest["area_m2"].sum()), rel=1e-12)
    # Half of each step is covered, and so is half of the band but for the ends.
    band = 2 * NEAR_M * GEOD.line_length([113.84, 113.88], [22.706, 22.706])
    assert whole.value == pytest.approx(band * (1 - STRIPES / 2 / (STRIPES + 0.5)), rel=1e-3)
    assert len(whole.zones) == STRIPES
    verdict = verify(atlas, receipts, files={"own.parquet": path})
    assert verdict.holds, verdict.reason


def test_a_centimetre_of_a_stripe_touches_exactly_what_rests_on_it(striped):
    tiny, path, write = striped
    atlas, receipts = of_tables(tiny, path)
    _, by_series = of_tables(tiny, path, by_series=("piece", "lane"))
    assert [each.kind for each in by_series if each.series] == ["pieces", "lanes"]
    (lanes,) = [each for each in by_series if each.kind == "lanes"]
    assert (lanes.series.heads, len(lanes.series.rows)) == (LANES, 2 * STRIPES)
    singly = [each for each in receipts if each.kind == "lane"]
    assert lanes.value == pytest.approx(sum(each.value for each in singly), rel=1e-9)
    every = list({each.id: each for each in (*receipts, *by_series)}.values())
    files = {"own.parquet": path}
    assert verify(atlas, every, files=files).holds
    shapes = [stripe(place) for place in range(STRIPES)]
    write([*shapes, box(113.84, 22.75, 113.85, 22.761)])
    # The one beside the corridor changed.
    assert verify(atlas, every, files=files).holds
    write([*shapes[:-1], stripe(STRIPES - 1, 0.01 / 102_700), box(113.84, 22.75, 113.85, 22.76)])
    found = {each.id for each in verify(atlas, every, files=files).stale}
    touched = {each.id for each in every if str(STRIPES) in {source.zone_id for source in each.zones}}
    assert found == touched
    assert of_kind(every, "axis", "side", "crossed").isdisjoint(found)
    assert len(of_kind(every, "lane") & found) == 2
    # One more stripe counts where all that covers was asked for.
    write([*shapes, box(113.84, 22.75, 113.85, 22.76), box(113.84, 22.70, 113.8401, 22.712)])
    found = {each.kind for each in verify(atlas, every, files=files).stale}
    assert found == {"piece", "pieces", "lanes", "side_covered"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_slip_lists_the_rows_in_words(striped, lang):
    tiny, path, _ = striped
    _, receipts = of_tables(tiny, path, by_series=("piece", "lane"))
    for receipt in (drawn(tiny), *(each for each in receipts if each.series)):
        slip = receipt_view.slip(tiny, receipt, lang)
        lines = slip["series"]["lines"]
        assert len(lines) == len(receipt.series.rows)
        assert str(len(lines)) in slip["series"]["fold"]
        assert "_m" not in json.dumps([lines, slip["title"]])
        words = {"zh": ("半宽 100 m", "园区", "未覆盖", "左侧"), "en": ("half-width 100 m", "Park", "Pieces", "left")}[
            lang
        ]
        place = {"curve": slice(0, 2), "pieces": slice(2, 3), "lanes": slice(3, 4)}[receipt.kind]
        told = f"{slip['title']} {lines[0]} {lines[1]}"
        assert [word for word in words[place] if word not in told] == [], told
    assert receipt_view.slip(tiny, receipt_view.area_receipts(tiny, tiny.zones)[0], lang)["series"] is None
