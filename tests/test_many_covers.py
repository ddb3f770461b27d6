"""Receipts under a layer of one's own with ids, errors or very many features: exact to a centimetre, and small."""

from dataclasses import replace

import geopandas
import pytest
from shapely import LineString, box

from tests import corridor_cases
from tests.shapes import on_ground
from tests.test_receipts import moved
from zones.corridors.corridor import Corridor
from zones.corridors.coverage import coverage
from zones.corridors.covers import layer_covers, stream_covers
from zones.counting.parcel_stream import open_layer
from zones.features import features_of, source_file
from zones.proof import coverage_receipts as issuing
from zones.proof.corridor_rows import row_receipts
from zones.proof.coverage_receipts import band_of, coverage_receipts, curve_receipts, file_covers, near_covers
from zones.proof.receipt_files import read_receipts
from zones.proof.receipts import content_id, document_bytes
from zones.proof.series_receipts import SERIES, curve_receipt, table_receipts
from zones.proof.verify import verify

NAME = "blocks.parquet"


def made():
    """Return a shipped corridor's axis, 500 m to each side."""
    from zones.corridors.corridor import corridor

    return corridor(corridor_cases.atlas(), "baoan.corridor.r107", 500.0)


@pytest.fixture(scope="module")
def atlas():
    return corridor_cases.atlas()


@pytest.fixture(scope="module")
def axis():
    return made()


def blocks(axis, count=6):
    """Return squares of about 100 m on the axis, one every so often, and one far off."""
    line = max(getattr(axis.axis, "geoms", [axis.axis]), key=lambda each: each.length)
    spots = [line.interpolate((at + 0.5) / count, normalized=True) for at in range(count)]
    return [*(box(each.x - 5e-4, each.y - 5e-4, each.x + 5e-4, each.y + 5e-4) for each in spots),
            box(113.0, 22.0, 113.001, 22.001)]  # fmt: skip


def written(path, shapes, **columns):
    geopandas.GeoDataFrame(columns, geometry=list(shapes), crs="EPSG:4490").to_parquet(path, index=False)
    return path


def issued(atlas, axis, path, field=None):
    covers, band = near_covers(path, 0, field, axis, axis.widest_m), band_of(axis, cover_file=0, field=field)
    args = (atlas, axis, covers, band)
    source = [source_file(path, NAME)]
    whole = [each for each in table_receipts(*args, source, by_series=("piece", "lane")) if each.kind in SERIES]
    return (*coverage_receipts(*args, source), *row_receipts(*args, source), *whole,
            *curve_receipts(*args, (250.0, 500.0), source), curve_receipt(*args, (250.0, 500.0), source))  # fmt: skip


def stale(atlas, receipts, path):
    return {each.id for each in verify(atlas, receipts, files={NAME: path}).stale}


def test_ids_and_errors_of_the_layer_enter_as_the_command_reads_them(atlas, axis, tmp_path):
    path = written(tmp_path / NAME, blocks(axis), zone_id=list("abcdefg"), error_m=[5.0, 0, 7, 5, 5, None, 5],
                   use=["R"] * 7)  # fmt: skip
    here = stream_covers(open_layer(path), axis, 500.0, "use")
    there = layer_covers(features_of(path), NAME, "use")
    assert list(here.index) == list("abcdef")
    assert here["error_m"].equals(there["error_m"].loc[here.index])
    assert coverage(axis, here).error_m2 == pytest.approx(coverage(axis, there).error_m2, rel=1e-12)
    assert coverage(axis, here).error_m2 > coverage(axis, here.assign(error_m=float("nan"))).error_m2
    of_file = coverage_receipts(
        atlas, axis, file_covers(path, 0, "use"), band_of(axis, cover_file=0, field="use"), [source_file(path, NAME)]
    )
    assert {each.id for each in of_file} <= {each.id for each in issued(atlas, axis, path, "use")}


@pytest.mark.parametrize("ids", [["a", "a", "b", "c", "d", "e", "f"], ["a", None, "b", "c", "d", "e", "f"],
                                 ["a", " ", "b", "c", "d", "e", "f"]])  # fmt: skip
def test_ids_that_do_not_tell_features_apart_give_way_to_numbers(atlas, axis, tmp_path, ids):
    path = written(tmp_path / NAME, blocks(axis), zone_id=ids)
    receipts = issued(atlas, axis, path)
    assert {each.zones[0].zone_id for each in receipts if each.kind == "inside"} == set("123456")
    assert stale(atlas, receipts, path) == set()


def test_a_mark_for_no_error_is_no_error(axis, tmp_path):
    path = written(tmp_path / NAME, blocks(axis), error_m=[-9999.0, float("inf"), float("nan"), 3, 0, 1e-3, 1])
    found = stream_covers(open_layer(path), axis, 500.0)["error_m"]
    assert [None if each != each else each for each in found] == [None, None, None, 3.0, 0.0, 1e-3]
    assert layer_covers(features_of(path), NAME)["error_m"].isna().sum() == 3


@pytest.mark.parametrize("columns", [{}, {"zone_id": list("abcdefg"), "error_m": [5.0] * 7}])
@pytest.mark.parametrize("most", [200, 2])
def test_a_centimetre_touches_exactly_its_own(atlas, axis, tmp_path, monkeypatch, columns, most):
    monkeypatch.setattr(issuing, "MOST_NAMED", most)
    shapes = blocks(axis)
    path = written(tmp_path / NAME, shapes, use=["R", "M", "R", "M", "R", "M", "R"], **columns)
    receipts = issued(atlas, axis, path, "use")
    assert [each.id for each in receipts] == [content_id(each) for each in receipts]
    assert stale(atlas, receipts, path) == set()
    # Far off the corridor, nothing rests on it.
    written(path, [*shapes[:6], moved(shapes[6], 0)], use=["R", "M", "R", "M", "R", "M", "R"], **columns)
    verdict = verify(atlas, receipts, files={NAME: path})
    assert verdict.holds
    assert "changed, but in nothing that they rest on" in verdict.reason
    # The second, of class M, touches what all covers make and what is its own, and no other feature or class.
    written(path, [shapes[0], moved(shapes[1], 0), *shapes[2:]], use=["R", "M", "R", "M", "R", "M", "R"], **columns)
    own, together = ("b" if columns else "2"), ("covered", "fold", "gap", "side_covered", "piece", *SERIES)
    expected = {
        each.id for each in receipts
        if each.kind in together
        or (each.kind in ("inside", "lane") and each.zones[0].zone_id == own)
        or (each.kind == "class" and each.band.class_name == "M")
    }  # fmt: skip
    assert stale(atlas, receipts, path) == expected
    many = [each for each in receipts if each.many is not None]
    assert bool(many) == (most == 2)
    assert all(not each.zones and each.many.count in (3, 6) for each in many)
    assert "some changed" in " ".join(verify(atlas, many, files={NAME: path}).stale[0].reasons) if many else True


def test_features_that_come_and_go_are_counted(atlas, axis, tmp_path, monkeypatch):
    monkeypatch.setattr(issuing, "MOST_NAMED", 2)
    shapes = blocks(axis)
    path = written(tmp_path / NAME, shapes)
    covered = [each for each in issued(atlas, axis, path) if each.kind == "covered" and each.band.half_width == 500.0]
    written(path, shapes[:5])
    (told,) = verify(atlas, covered[:1], files={NAME: path}).stale
    assert told.reasons[0] == "features in the corridor 6 -> 5"
    written(path, shapes[:2])
    assert verify(atlas, covered[:1], files={NAME: path}).stale[0].reasons[0] == "features in the corridor 6 -> 2"


def test_altered_receipts_of_many_are_named(atlas, axis, tmp_path, monkeypatch):
    monkeypatch.setattr(issuing, "MOST_NAMED", 2)
    path = written(tmp_path / NAME, blocks(axis))
    covered = next(each for each in issued(atlas, axis, path) if each.kind == "covered")
    inside = next(each for each in issued(atlas, axis, path) if each.kind == "inside")
    for odd in (
        replace(covered, many=replace(covered.many, count=7)),
        replace(covered, many=replace(covered.many, sha256="0" * 64)),
        replace(covered, band=replace(covered.band, cover_file=None)),
        replace(inside, many=covered.many),
        replace(covered, zones=inside.zones),
    ):
        assert "altered" in verify(atlas, [odd], files={NAME: path}).stale[0].reasons[0]


def test_receipts_of_many_features_stay_small_and_are_read_back(atlas, axis, tmp_path):
    path = written(tmp_path / NAME, blocks(axis, 900))
    covers, band = near_covers(path, 0, None, axis, axis.widest_m), band_of(axis, cover_file=0)
    makers = issuing.coverage_makers(atlas, axis, covers, band, [source_file(path, NAME)])
    held = tuple(each.make() for each in makers if each.kind in ("covered", "fold"))
    # Counted by hand: of 900 squares along the axis each reaches into the band.
    assert {each.many.count for each in held} == {900}
    content = document_bytes(held)
    assert len(content) < 2000 * len(held)
    (tmp_path / "r.json").write_bytes(content)
    assert read_receipts(tmp_path / "r.json").receipts == held
    assert verify(atlas, held, files={NAME: path}).holds


def test_an_invalid_shape_is_known_as_it_is_drawn(tmp_path):
    line = Corridor("c", "c", "c", on_ground(LineString([(0, 0), (5000, 0)])), 500.0)
    bow = on_ground(LineString([(0, 0), (100, 100), (100, 0), (0, 100), (0, 0)]))
    from shapely import Polygon

    path = written(tmp_path / NAME, [Polygon(bow.coords)])
    near = issuing.ready(near_covers(path, 0, None, line, 500.0), ["1"])
    whole = file_covers(path, 0, None)
    assert near["source_mark"].tolist() == whole["source_mark"].tolist()
    assert near.geometry.iloc[0].normalize().equals_exact(whole.geometry.iloc[0].normalize(), 0)
    assert near["source_crs"].tolist() == whole["source_crs"].tolist()
