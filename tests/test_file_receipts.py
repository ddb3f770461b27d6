"""Receipts of numbers made from files: they hold while the features they rest on stand, wherever the file lies."""

import json

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import box

from tests.tiny import write_atlas
from ui.commands import selecting
from ui.commands.tabulating import tabulated
from zones import read_atlas
from zones.atlas import DATA_VARIABLE
from zones.errors import InputError
from zones.proof.receipt_files import read_receipts
from zones.proof.verify import verify

METRES = {"EPSG:4490": 1 / 111_000, "EPSG:4547": 1.0}
"""What a metre is in the units of each system, near enough for a step north."""

AT = {  # the same ground, to a few metres
    "EPSG:4490": (113.85, 22.70),
    "EPSG:4547": (484_590.0, 2_511_330.0),
}
KINDS = [("layer.geojson", "EPSG:4490"), ("layer.gpkg", "EPSG:4547"), ("layer.shp", "EPSG:4547")]


@pytest.fixture(autouse=True)
def tiny(tmp_path, monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(write_atlas(tmp_path / "data")))
    monkeypatch.chdir(tmp_path)


def squares(crs="EPSG:4490", ids=("p", "q", "r")):
    """Return three squares of about 1 km: p and q share a quarter, r lies apart."""
    x, y = AT[crs]
    side = 1000 * METRES[crs]
    corners = [(0, 0), (0.5, 0.5), (3, 3)]
    shapes = [box(x + a * side, y + b * side, x + (a + 1) * side, y + (b + 1) * side) for a, b in corners]
    return geopandas.GeoDataFrame({"zone_id": list(ids), "use": ["R", "M", None]}, geometry=shapes, crs=crs)


def written(frame, path):
    if path.suffix == ".parquet":
        frame.to_parquet(path)
    elif path.suffix == ".geojson":
        path.write_text(frame.to_crs("EPSG:4326").to_json(), encoding="utf-8")
    else:
        frame.to_file(path)
    return path


def nudged(frame, own):
    """Return the frame with one vertex of one feature 1 cm further north."""
    row = list(frame["zone_id"]).index(own)
    points = shapely.get_coordinates(frame.geometry.iloc[row])[:-1]
    points[3, 1] += 0.01 * METRES[frame.crs.to_string()]
    shapes = [shapely.Polygon(points) if at == row else shape for at, shape in enumerate(frame.geometry)]
    return frame.set_geometry(geopandas.GeoSeries(shapes, index=frame.index, crs=frame.crs))


def issued(path):
    return read_receipts(path).receipts


def touching(path, own):
    return {each.id for each in issued(path) if own in {source.zone_id for source in each.zones}}


def stale(path, *files):
    return {each.id for each in selecting.verified(path, files).stale}


@pytest.mark.parametrize(("name", "crs"), KINDS)
def test_a_centimetre_in_one_feature_turns_its_measures_stale_and_no_other(tmp_path, name, crs):
    layer = written(squares(crs), tmp_path / name)
    receipts = tmp_path / "r.json"
    rows, _ = selecting.measured(None, layer, receipts)
    # Three areas and a perimeter for each of three features.
    assert len(issued(receipts)) == 12
    assert issued(receipts)[0].value == rows[0]["area_m2"]["ellipsoid"]
    assert selecting.verified(receipts).holds
    written(nudged(squares(crs), "q"), layer)
    verdict = selecting.verified(receipts)
    assert {each.id for each in verdict.stale} == touching(receipts, "q")
    assert len(verdict.stale) == 4
    assert all(each.causes[0].what == "geometry" and each.causes[0].values["zone"] == "q" for each in verdict.stale)


@pytest.mark.parametrize(("name", "crs"), KINDS)
def test_a_centimetre_turns_the_overlaps_of_one_feature_stale_and_no_other(tmp_path, name, crs):
    layer = written(squares(crs), tmp_path / name)
    receipts = tmp_path / "r.json"
    selecting.overlapped(str(layer), None, as_union=False, below_m2=0, receipts_to=receipts)
    kinds = [each.kind for each in issued(receipts)]
    assert kinds == ["overlap", "sum", "union", "double", "k_fold", "k_fold"]
    assert selecting.verified(receipts).holds
    written(nudged(squares(crs), "r"), layer)
    # The pair p, q has no part in r; all totals do.
    assert stale(receipts) == touching(receipts, "r")
    assert [each.kind for each in issued(receipts) if each.id not in stale(receipts)] == ["overlap"]


def test_two_files_with_the_same_ids_are_kept_apart(tmp_path):
    first = written(squares(), tmp_path / "a.geojson")
    second = written(squares().iloc[[1]].assign(zone_id="p"), tmp_path / "b.geojson")
    receipts = tmp_path / "r.json"
    selecting.overlapped(str(first), str(second), as_union=False, below_m2=0, receipts_to=receipts)
    pairs = [each for each in issued(receipts) if each.kind == "overlap"]
    assert {(each.zones[0].zone_id, each.zones[0].file, each.zones[1].file) for each in pairs} == {
        ("p", 0, 1), ("q", 0, 1)
    }  # fmt: skip
    assert selecting.verified(receipts).holds
    written(nudged(squares(), "p"), first)
    only_first = {each.id for each in issued(receipts) if ("p", 0) in {(s.zone_id, s.file) for s in each.zones}}
    assert stale(receipts) == only_first


def test_a_file_over_zones_of_the_atlas_hangs_on_both(tmp_path):
    layer = written(squares(), tmp_path / "a.geojson")
    for as_union in (False, True):
        receipts = tmp_path / f"{as_union}.json"
        selecting.overlapped(str(layer), "tiny.park.whole", as_union=as_union, below_m2=0, receipts_to=receipts)
        verdict = selecting.verified(receipts)
        assert verdict.holds
        assert "data version" in verdict.reason
        assert str(layer) in verdict.reason
        assert {source.zone_id for source in issued(receipts)[0].zones} >= {"tiny.park.whole"}
    before = written(nudged(squares(), "p"), layer)
    assert stale(tmp_path / "True.json") == {each.id for each in issued(tmp_path / "True.json")}
    written(squares(), before)
    features = json.loads((tmp_path / "data/geo/tiny.geojson").read_text())
    features["features"][0]["geometry"]["coordinates"][0][1][1] += 0.01 / 111_000
    (tmp_path / "data/geo/tiny.geojson").write_text(json.dumps(features))
    assert stale(tmp_path / "False.json") == touching(tmp_path / "False.json", "tiny.park.whole")


def test_a_change_that_touches_nothing_measured_is_told_and_holds(tmp_path):
    layer = written(squares(), tmp_path / "a.geojson")
    selecting.measured(None, layer, tmp_path / "r.json")
    written(squares().assign(use=["X", "Y", "Z"]), layer)
    verdict = selecting.verified(tmp_path / "r.json")
    assert verdict.holds
    assert verdict.reason.endswith("a.geojson changed, but in nothing that they rest on")


def test_the_file_may_lie_elsewhere_and_a_missing_one_is_one_sentence(tmp_path):
    layer = written(squares(), tmp_path / "a.geojson")
    selecting.measured(None, layer, tmp_path / "r.json")
    (tmp_path / "away").mkdir()
    away = layer.rename(tmp_path / "away" / "b.geojson")
    with pytest.raises(InputError, match="the receipts rest on this file, which is not at hand"):
        selecting.verified(tmp_path / "r.json")
    assert selecting.verified(tmp_path / "r.json", [away]).holds
    # Beside the receipts it is found by its name.
    moved = (tmp_path / "r.json").rename(tmp_path / "away" / "r.json")
    away.rename(tmp_path / "away" / "a.geojson")
    assert selecting.verified(moved).holds


def test_a_receipts_file_does_not_choose_what_is_read(tmp_path):
    layer = written(squares(), tmp_path / "a.geojson")
    selecting.measured(None, layer, tmp_path / "r.json")
    with pytest.raises(InputError, match="not at hand"):
        verify(read_atlas(base=False), issued(tmp_path / "r.json"))


def test_a_feature_that_is_gone_and_another_stated_system_are_named(tmp_path):
    layer = written(squares("EPSG:4547"), tmp_path / "a.gpkg")
    selecting.measured(None, layer, tmp_path / "r.json")
    layer.unlink()
    written(squares("EPSG:4547").iloc[:2], layer)
    gone = selecting.verified(tmp_path / "r.json").stale
    assert {(each.zones, each.causes[0].what) for each in gone} == {(("r",), "gone_feature")}
    layer.unlink()
    # Xian 1980 has the same numbers; a system that they contradict would be refused.
    written(squares("EPSG:4547").set_crs("EPSG:2383", allow_override=True), layer)
    causes = {cause.what for each in selecting.verified(tmp_path / "r.json").stale for cause in each.causes}
    assert "crs" in causes
    assert "geometry" not in causes


def counted(tmp_path, frame, zones="all", name="parcels.parquet", field="use"):
    layer = written(frame, tmp_path / name)
    rows, _ = tabulated(layer, field, zones, layer=None, pairs_to=None, receipts_to=tmp_path / "t.json")
    return rows


@pytest.mark.parametrize("zones", ["all", "zones.geojson", "zones.gpkg"])
@pytest.mark.parametrize("crs", METRES)
def test_a_table_has_one_receipt_with_its_rows(tmp_path, zones, crs):
    if zones != "all":
        frame = squares("EPSG:4547" if zones.endswith("gpkg") else "EPSG:4490")
        written(frame, tmp_path / zones)
    rows = counted(tmp_path, squares(crs), zones)
    (receipt,) = issued(tmp_path / "t.json")
    assert [dict(zip(rows[0], row, strict=True)) for row in receipt.table.rows] == rows
    assert receipt.value == pytest.approx(sum(row["area_m2"] for row in rows))
    assert selecting.verified(tmp_path / "t.json").holds
    # One corner of q by 1 cm: the row of its class changes, that of R does not.
    written(nudged(squares(crs), "q"), tmp_path / "parcels.parquet")
    (found,) = selecting.verified(tmp_path / "t.json").stale
    assert found.causes[0].what == "file"
    changed = {cause.values["name"] for cause in found.causes if cause.what == "row"}
    assert changed == {"M"}


def test_a_table_names_a_zone_that_moved_by_a_centimetre(tmp_path):
    zones = written(squares(), tmp_path / "zones.geojson")
    counted(tmp_path, squares(), str(zones))
    written(nudged(squares(), "p"), zones)
    (found,) = selecting.verified(tmp_path / "t.json").stale
    assert [cause.values["zone"] for cause in found.causes if cause.what == "geometry"] == ["p"]
    written(squares().iloc[1:], zones)
    (found,) = selecting.verified(tmp_path / "t.json").stale
    assert [cause.what for cause in found.causes] == ["gone_feature"]


def test_equal_input_gives_equal_receipts(tmp_path):
    layer = written(squares(), tmp_path / "a.geojson")
    selecting.measured(None, layer, tmp_path / "1.json")
    selecting.measured(None, layer, tmp_path / "2.json")
    assert (tmp_path / "1.json").read_bytes() == (tmp_path / "2.json").read_bytes()


def test_a_file_in_other_order_or_another_format_gives_the_same_ids(tmp_path):
    frame = squares()
    selecting.measured(None, written(frame, tmp_path / "a.geojson"), tmp_path / "1.json")
    selecting.measured(None, written(frame.iloc[::-1], tmp_path / "b.geojson"), tmp_path / "2.json")
    ids = [{each.id for each in issued(tmp_path / name)} for name in ("1.json", "2.json")]
    assert ids[0] == ids[1]
    assert pd.Series(sorted(ids[0])).is_unique
    assert np.isfinite([each.value for each in issued(tmp_path / "1.json")]).all()
