"""Receipts of coverage: closed forms, what turns each stale and what does not, from the atlas and from files."""

import json
from dataclasses import replace

import pytest
import shapely
from shapely import LineString, box

from tests import corridor_cases
from tests.shapes import frame, on_ground
from tests.test_receipts import moved, stale, with_cell
from tests.tiny import FEATURES, feature, polygon, write_atlas
from ui.commands import covering, selecting
from ui.commands.covering import covered
from zones import read_atlas
from zones.atlas import DATA_VARIABLE
from zones.corridors.corridor import corridor
from zones.corridors.corridor_cells import cut
from zones.corridors.coverage import at, coverage, curve
from zones.corridors.covers import zone_covers
from zones.errors import InputError
from zones.proof.coverage_receipts import band_of, coverage_receipts, curve_receipts
from zones.proof.receipt_files import read_receipts
from zones.proof.receipts import content_id
from zones.proof.verify import verify

LINE, WHOLE, PART, FAR = "tiny.corridor.line", "tiny.park.whole", "tiny.core.part", "tiny.node.lost"
NEAR_M, OVER_M = 100.0, 1000.0


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """Return an axis of 4.1 km under a park and a core; a third zone lies 2 km off."""
    shapes = [*FEATURES, feature(FAR, polygon(113.85, 22.73, 113.86, 22.74))]
    root = write_atlas(tmp_path / "data", features=shapes, reasons="zone_id,reason_zh,reason_en\n")
    monkeypatch.setenv(DATA_VARIABLE, str(root))
    monkeypatch.chdir(tmp_path)
    return read_atlas()


@pytest.fixture
def read_once(monkeypatch):
    """Let commands take the shipped atlas as it was read before: reading it is not what is tested."""
    for module in (covering, selecting):
        monkeypatch.setattr(module, "read_atlas", lambda **_: corridor_cases.atlas())


def issued(atlas, half_width=NEAR_M, covered_by="zones", **how):
    made = corridor(atlas, LINE, half_width, **how)
    covers = zone_covers(atlas.zones, LINE)
    return coverage_receipts(atlas, made, covers, band_of(made, covered_by=covered_by))


def of_kind(receipts, *kinds):
    return {each.id for each in receipts if each.kind in kinds}


def touching(receipts, zone_id):
    return {each.id for each in receipts if zone_id in {source.zone_id for source in each.zones}}


def test_figures_are_those_of_the_command_and_hold(tiny):
    receipts = issued(tiny)
    found = coverage(corridor(tiny, LINE, NEAR_M), zone_covers(tiny.zones, LINE))
    kinds = [each.kind for each in receipts]
    folds_and_gaps = ["fold", "fold", "fold", "gap", "gap"]
    assert kinds == ["corridor", "covered", "class", "class", "inside", "inside", *folds_and_gaps]
    band, under, *_ = receipts
    assert (band.value, band.error_m2) == pytest.approx((found.corridor_m2, found.corridor_error_m2), rel=1e-12)
    assert (under.value, under.error_m2) == pytest.approx((found.covered_m2, found.error_m2), rel=1e-12)
    assert under.shares.of_corridor == pytest.approx(found.share, rel=1e-12)
    assert under.shares.of_corridor_error == pytest.approx(found.error_m2 / found.corridor_m2, rel=1e-12)
    parts = [(each.zones[0].zone_id, each.value) for each in receipts if each.kind == "inside"]
    assert parts == [(row.id, pytest.approx(row.inside_m2, rel=1e-12)) for row in found.parts.itertuples()]
    classes = {each.band.class_name: each.value for each in receipts if each.kind == "class"}
    assert classes == pytest.approx(found.by_class.set_index("class")["covered_m2"].to_dict(), rel=1e-12)
    # The park lies across the middle half of the axis, whatever the half-width; the core inside the park.
    assert under.shares.of_corridor == pytest.approx(0.5, abs=1e-4)
    assert verify(tiny, receipts).holds
    assert [each.id for each in receipts] == [content_id(each) for each in receipts]
    assert issued(tiny) == receipts


def test_only_zones_with_ground_in_the_band_enter(tiny):
    receipts = issued(tiny)
    assert touching(receipts, FAR) == set()
    far = with_cell(tiny, FAR, "geometry", moved(tiny.zones.geometry[FAR], 0))
    assert stale(far, receipts) == set()
    assert stale(with_cell(tiny, FAR, "error_m", 1.0), receipts) == set()


@pytest.mark.parametrize("zone_id", [WHOLE, PART])
def test_a_centimetre_of_a_cover_touches_exactly_its_own(tiny, zone_id):
    receipts = issued(tiny)
    nudged = with_cell(tiny, zone_id, "geometry", moved(tiny.zones.geometry[zone_id], 0))
    verdict = verify(nudged, receipts)
    assert {each.id for each in verdict.stale} == touching(receipts, zone_id) != set()
    assert len(verdict.stale) == 3 + 5
    assert all(f"zone {zone_id}: geometry changed" in each.reasons[0] for each in verdict.stale)


def test_a_centimetre_of_the_axis_touches_all(tiny):
    receipts = issued(tiny)
    axis = LineString([(113.84, 22.706), (113.88, 22.706 + 0.01 / 111_000)])
    verdict = verify(with_cell(tiny, LINE, "axis", axis), receipts)
    assert len(verdict.stale) == len(receipts)
    assert all("axis changed" in each.reasons[0] for each in verdict.stale)
    # The outline drawn around it is no part of a corridor made with a stated width.
    assert stale(with_cell(tiny, LINE, "geometry", moved(tiny.zones.geometry[LINE], 0)), receipts) == set()


def test_errors_and_classes_touch_what_they_enter(tiny):
    receipts = issued(tiny)
    classes, rest = of_kind(receipts, "class"), {each.id for each in receipts if each.thresholds.k == 0}
    parks = {each.id for each in receipts if each.kind == "class" and each.band.class_name == "park"}
    with_error = of_kind(receipts, "covered") | rest
    all_that_bear = of_kind(receipts, "corridor") | with_error | classes
    assert stale(with_cell(tiny, LINE, "axis_error_m", 5.0), receipts) == all_that_bear
    assert stale(with_cell(tiny, WHOLE, "error_m", 5.0), receipts) == with_error | parks
    assert stale(with_cell(tiny, WHOLE, "kind", "region"), receipts) == parks
    # Now of the class of the other, it counts there.
    assert stale(with_cell(tiny, WHOLE, "kind", "core"), receipts) == classes


def test_the_error_of_a_class_is_that_of_its_own_edges(tiny):
    """The park crosses the band: two edges of the band's width off by its error, independent of the axis."""
    atlas = with_cell(with_cell(tiny, WHOLE, "error_m", 12.0), LINE, "axis_error_m", float("nan"))
    receipts = issued(atlas)
    park = next(each for each in receipts if each.band.class_name == "park")
    assert park.error_m2 == pytest.approx(2 * 2 * NEAR_M * 12.0, rel=1e-3)
    found = coverage(corridor(atlas, LINE, NEAR_M), zone_covers(atlas.zones, LINE)).by_class.set_index("class")
    assert found.at["park", "error_m2"] == pytest.approx(park.error_m2, rel=1e-5)
    core = next(each for each in receipts if each.band.class_name == "core")
    assert found.at["core", "error_m2"] == pytest.approx(core.error_m2, rel=1e-5)
    wide = cut(corridor(atlas, LINE, NEAR_M), zone_covers(atlas.zones, LINE), (50.0, NEAR_M, OVER_M))
    assert at(wide, 1).by_class.set_index("class")["error_m2"].to_dict() == pytest.approx(
        found["error_m2"].to_dict(), rel=1e-5
    )


def test_a_zone_that_comes_to_reach_in_is_named(tiny):
    receipts = issued(tiny)
    atlas = with_cell(tiny, FAR, "geometry", box(113.872, 22.70, 113.876, 22.71))
    verdict = verify(atlas, receipts)
    assert {each.id for each in verdict.stale} == of_kind(receipts, "covered", "fold", "gap")
    assert f"zone {FAR} now reaches into the corridor" in verdict.stale[0].reasons
    assert verdict.stale[0].now > verdict.stale[0].value
    # Asked of these zones alone, others do not matter.
    assert verify(atlas, issued(tiny, covered_by=None)).holds


def test_folds_and_gaps_have_their_closed_forms(tiny):
    receipts = issued(tiny)
    band, found = receipts[0].value, coverage(corridor(tiny, LINE, NEAR_M), zone_covers(tiny.zones, LINE))
    folds = {each.thresholds.k: each for each in receipts if each.kind == "fold"}
    assert sum(each.value for each in folds.values()) == pytest.approx(band, rel=1e-12)
    assert sum(k * each.value for k, each in folds.items()) == pytest.approx(found.sum_m2, rel=1e-12)
    # The park lies across the middle half of the axis.
    assert folds[0].shares.of_corridor == pytest.approx(0.5, abs=1e-4)
    assert (folds[0].error_m2, folds[1].error_m2) == (receipts[1].error_m2, None)
    length = found.length_m
    ends = [end for each in receipts if each.kind == "gap" for end in (each.band.from_m, each.band.to_m)]
    assert sorted(ends) == pytest.approx([0, length / 4, length * 3 / 4, length], abs=length * 1e-4)


def test_a_gap_that_closed_or_moved_is_named(tiny):
    gaps = [each for each in issued(tiny) if each.kind == "gap"]
    first = min(gaps, key=lambda each: each.band.from_m)
    over = with_cell(tiny, WHOLE, "geometry", box(113.83, 22.70, 113.87, 22.715))
    verdict = verify(over, gaps)
    assert len(verdict.stale) == 2
    closed, stays = (next(each for each in verdict.stale if (each.id == first.id) == own) for own in (True, False))
    assert f"{LINE}: no gap lies between 0.0 and" in closed.reasons[-1]
    assert closed.now is None
    assert [why.partition(":")[0] for why in stays.reasons] == [f"zone {WHOLE}"]
    nearer = with_cell(tiny, WHOLE, "geometry", box(113.845, 22.70, 113.87, 22.715))
    moved_gap = next(each for each in verify(nearer, gaps).stale if each.id == first.id)
    assert "the stretch runs from 0.0 to" in moved_gap.reasons[-1]


def test_rows_of_a_curve_have_receipts_at_their_own_width(tiny):
    made, covers = corridor(tiny, LINE, NEAR_M), zone_covers(tiny.zones, LINE)
    receipts = curve_receipts(tiny, made, covers, band_of(made, covered_by="zones"), (NEAR_M, OVER_M))
    assert [each.kind for each in receipts] == ["corridor", "covered", "gap"] * 2
    assert {each.band.half_width for each in receipts[3:]} == {OVER_M}
    rows = curve(cut(made, covers, (NEAR_M, OVER_M)))
    assert [each.value for each in receipts if each.kind == "covered"] == pytest.approx(
        list(rows["covered_m2"]), rel=1e-9
    )
    assert [each.value for each in receipts if each.kind == "corridor"] == pytest.approx(
        list(rows["corridor_m2"]), rel=1e-9
    )
    gaps = [each.value for each in receipts if each.kind == "gap"]
    assert gaps == pytest.approx(list(rows["longest_gap_m"]), abs=1e-6)
    assert {each.id for each in receipts[:3]} <= {each.id for each in issued(tiny)}
    assert verify(tiny, receipts).holds


def test_zones_that_went_or_broke_are_named(tiny):
    receipts = issued(tiny)
    gone = replace(tiny, zones=tiny.zones.drop(index=[PART]))
    assert {why for each in verify(gone, receipts).stale for why in each.reasons} == {
        f"zone {PART} is no longer in the atlas"
    }
    bow = shapely.Polygon([(113.85, 22.70), (113.86, 22.71), (113.86, 22.70), (113.85, 22.71)])
    broken = with_cell(tiny, PART, "geometry", bow)
    assert stale(broken, receipts) == touching(receipts, PART)
    assert "not valid now" in verify(broken, receipts).reason
    bare = with_cell(tiny, LINE, "axis", None)
    assert "has no axis any more" in verify(bare, receipts).reason
    assert len(verify(replace(tiny, zones=tiny.zones.drop(index=[LINE])), receipts).stale) == len(receipts)


def test_altered_receipts_are_named(tiny):
    receipts = issued(tiny)
    band = replace(receipts[1].band, half_width=-3.0)
    for odd in (
        replace(receipts[1], band=band),
        replace(receipts[1], band=None),
        replace(receipts[1], band=replace(band, cover_file=7)),
        replace(receipts[1], band=replace(receipts[1].band, covered_by="kind:cloud")),
        replace(receipts[1], zones=receipts[1].zones * 2),
        replace(next(each for each in receipts if each.kind == "inside"), zones=()),
        replace(receipts[-1], band=replace(receipts[-1].band, to_m=None)),
        replace(receipts[-3], thresholds=replace(receipts[-3].thresholds, k=-1)),
        replace(receipts[0], band=replace(receipts[0].band, half_width=tuple((float(m), 9.0) for m in range(1001)))),
    ):
        assert "altered" in verify(tiny, [odd]).stale[0].reasons[0]


def test_ends_at_the_district_line_need_the_base_map(tiny):
    receipts = issued(tiny, ends="district")
    assert verify(tiny, receipts).holds
    with pytest.raises(InputError, match="base map"):
        verify(read_atlas(base=False), receipts)
    districts = tiny.base["base_districts"].copy()
    districts.geometry = [moved(shape, 0) for shape in districts.geometry]
    other = replace(tiny, base={**tiny.base, "base_districts": districts})
    assert len(verify(other, receipts).stale) == len(receipts)
    assert verify(other, issued(tiny)).holds


def test_a_profile_of_widths_and_a_corridor_that_nothing_covers(tiny):
    assert verify(tiny, issued(tiny, ((0.0, 50.0), (4000.0, 200.0)))).holds
    made = corridor(tiny, LINE, NEAR_M)
    receipts = coverage_receipts(tiny, made, zone_covers(tiny.zones.loc[[FAR]]), band_of(made))
    assert [each.kind for each in receipts] == ["corridor", "covered", "fold", "gap"]
    assert not any(each.zones for each in receipts)
    assert receipts[1].value == 0
    assert receipts[2].value == pytest.approx(receipts[0].value, rel=1e-12)
    assert (receipts[3].band.from_m, receipts[3].band.to_m) == (0.0, receipts[3].value)
    assert verify(tiny, receipts).holds


@pytest.mark.usefixtures("read_once")
def test_the_command_writes_what_verify_makes_again(tmp_path):
    out = tmp_path / "r.json"
    answer, _ = covered("baoan.corridor.nanguang", None, ends="district", receipts_to=out)
    held = read_receipts(out).receipts
    assert [held[1].value, held[1].error_m2] == [answer["covered_m2"], answer["error_m2"]]
    folds = {each.thresholds.k: each.value for each in held if each.kind == "fold"}
    assert folds == pytest.approx({each["k"]: each["area_m2"] for each in answer["k_fold"]}, rel=1e-12)
    assert [each.value for each in held if each.kind == "gap"] == [each["length_m"] for each in answer["gaps"]]
    assert selecting.verified(out).holds
    covered("baoan.corridor.nanguang", "0:300,5000:800", of="plan:baoan", receipts_to=out)
    assert selecting.verified(out).holds
    assert {each.band.covered_by for each in read_receipts(out).receipts} == {None, "plan:baoan"}


@pytest.mark.usefixtures("read_once")
def test_receipts_of_files_hold_where_they_lie(tmp_path):
    """A line of 10 km, 500 m to each side; a block across 4 km of it, one on the left for 2, one far off."""
    line, blocks, out = tmp_path / "road.geojson", tmp_path / "blocks.geojson", tmp_path / "r.json"
    written(drawn([LineString([(0, 0), (10_000, 0)])], ["road"]), line)
    shapes = [box(1000, -3000, 5000, 3000), box(7000, 0, 9000, 3000), box(0, 9000, 100, 9100)]
    layer = drawn(shapes, ["across", "left", "off"], use=["M", "R", "R"])
    written(layer, blocks)
    answer, _ = covered(str(line), "500", of=str(blocks), field="use", receipts_to=out)
    held = read_receipts(out).receipts
    cells = ("corridor", "covered", "class", "inside", "fold")
    areas = [each.value / 1e6 for each in held if each.kind in cells]
    assert [round(area, 3) for area in areas] == [10, 5, 4, 1, 4, 1, 5, 5]
    # On the left block's stretch one side is covered: no gap.
    gaps = [(each.band.from_m, each.band.to_m) for each in held if each.kind == "gap"]
    assert [each for gap in gaps for each in gap] == pytest.approx([5000, 7000, 0, 1000, 9000, 10_000], abs=0.01)
    assert held[1].shares.of_corridor == pytest.approx(answer["share"], rel=1e-12)
    verdict = selecting.verified(out)
    assert verdict.holds
    # The districts it crosses are those of the atlas.
    assert verdict.reason.startswith(f"all {len(held)} receipts hold on data version ")
    assert verdict.reason.endswith(f" and {line} and {blocks}")

    other = tmp_path / "elsewhere"
    other.mkdir()
    nudged = layer.copy()
    nudged.geometry = [shape if own == "across" else moved(shape, 0) for own, shape in layer.geometry.items()]
    written(nudged, other / "blocks.geojson")
    found = selecting.verified(out, [other / "blocks.geojson"])
    assert {each.id for each in found.stale} == touching(held, "left")
    only_off = layer.copy()
    only_off.geometry = [moved(shape, 0) if own == "off" else shape for own, shape in layer.geometry.items()]
    written(only_off, blocks)
    assert selecting.verified(out).holds
    written(drawn([LineString([(0, 0.01), (10_000, 0)])], ["road"]), line)
    assert len(selecting.verified(out).stale) == len(held)
    line.unlink()
    with pytest.raises(InputError, match="not at hand"):
        selecting.verified(out)


def drawn(shapes, ids, **columns):
    return frame([on_ground(shape) for shape in shapes], ids=ids, **columns).drop(columns="error_m")


def written(layer, path):
    path.write_text(layer.reset_index().to_json(), encoding="utf-8")


def test_receipts_read_back_from_json_as_they_were(tiny, tmp_path):
    from layers.exports.receipts_beside import write_receipts

    receipts = issued(tiny, ((0.0, 50.0), (4000.0, 200.0)))
    write_receipts(tmp_path / "r.json", receipts)
    assert read_receipts(tmp_path / "r.json").receipts == receipts
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["receipts"][0]["band"]["half_width"] == [
        [0.0, 50.0],
        [4000.0, 200.0],
    ]
