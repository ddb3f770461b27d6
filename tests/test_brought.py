"""What is written is what was brought in: every digit, every text; or nothing is written."""

import geopandas
import pandas as pd
import pytest
import shapely

from layers.exports import brought
from layers.exports.brought import preview, work, write_brought
from tests.shapes import BAOAN, PINGSHAN
from zones.errors import InputError
from zones.intake.read_any import read_raw

CELLS = {
    "名称": ["铁仔山", None],
    "formula": ["=1+1", "<img src=x onerror=alert(1)>"],
    "code": ["0512", "0513"],
    "whole": pd.array([1, None], dtype="Int64"),
    "part": [1.25, None],
    "truth": pd.array([True, None], dtype="boolean"),
}


def layer(**changes):
    shapes = shapely.transform([BAOAN, PINGSHAN], lambda points: points + 1 / 3e7)
    frame = geopandas.GeoDataFrame(CELLS | changes, geometry=shapes, crs="EPSG:4490")
    return frame.set_axis(pd.RangeIndex(1, 3, name="feature"))


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".parquet"])
def test_every_digit_and_text_comes_back(tmp_path, suffix):
    path = tmp_path / f"x{suffix}"
    _, proof = write_brought(layer(), path)
    assert (proof["features"], proof["texts"]) == (2, 2 * len(CELLS))
    back = read_raw(path).frame
    assert shapely.equals_identical(back.geometry.array, layer().geometry.array).all()
    assert back["名称"].tolist()[0] == "铁仔山"
    assert back["code"].tolist() == ["0512", "0513"]


def test_names_that_a_geopackage_cannot_hold(tmp_path):
    frame = layer(Code=["a", "b"], fid=["x", "x"], geom=["p", "q"])
    notes, proof = write_brought(frame, tmp_path / "x.gpkg")
    assert [issue.value for issue in notes] == ["Code_2"]
    assert proof["features"] == 2


def test_a_loss_is_found_and_nothing_is_kept(tmp_path, monkeypatch):
    path = tmp_path / "x.geojson"
    path.write_text("old")
    monkeypatch.setattr(brought, "_write_geojson", lambda frame, at: geopandas_json(frame.iloc[:1], at))
    with pytest.raises(InputError, match="reading back gave 1 of 2 features"):
        write_brought(layer(), path)
    monkeypatch.setattr(brought, "_write_geojson", lambda frame, at: geopandas_json(frame.assign(code="0"), at))
    with pytest.raises(InputError, match="other values in field 'code'"):
        write_brought(layer(), path)
    wider = layer().set_geometry(shapely.buffer(layer().geometry.array, 1e-4))
    monkeypatch.setattr(brought, "_write_geojson", lambda _frame, at: geopandas_json(wider, at))
    with pytest.raises(InputError, match="an area of"):
        write_brought(layer(), path)
    assert path.read_text() == "old"


def geopandas_json(frame, path):
    path.write_text(frame.to_json(drop_id=True), encoding="utf-8")


def test_other_formats_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"'\.xls' files cannot be written"):
        write_brought(layer(), tmp_path / "x.xls")


def test_the_report_accounts_for_every_feature(tmp_path):
    path = tmp_path / "x.geojson"
    geopandas.GeoDataFrame({"a": ["甲", "乙", "丙"]}, geometry=[BAOAN, None, PINGSHAN], crs=4490).to_file(path)
    steps = []
    told = {"crs": None, "datum": None, "encoding": None, "layer": None, "south": None}
    request = {"file": str(path), "out": str(tmp_path / "o.parquet"), "told": told, "preview": True}
    report = work(request, lambda step, _share: steps.append(step))
    contract = {"read", "kept", "dropped", "crs", "encoding", "how_known", "area_before_m2", "area_after_m2", "issues"}
    assert contract <= set(report)
    assert (report["read"], report["kept"]) == (3, 2)
    assert report["dropped"] == [{"feature": "2", "reason": "it has no shape"}]
    assert report["fields"] == ["a"]
    assert len(report["preview"]["features"]) == 2
    assert list(dict.fromkeys(steps)) == ["reading", "placing", "repairing", "writing"]


def test_a_preview_is_light(monkeypatch):
    monkeypatch.setattr(brought, "PREVIEW_FEATURES", 3)
    circle = shapely.Point(114, 22.6).buffer(0.1, quad_segs=5000)
    speck = shapely.box(114, 22.6, 114.0001, 22.6001)
    shown = preview(geopandas.GeoDataFrame(geometry=[circle, speck, speck, BAOAN, circle], crs=4490))["features"]
    assert [each["geometry"]["type"] for each in shown] == ["Polygon", "Point", "Polygon"]
    assert len(shown[0]["geometry"]["coordinates"][0]) < 400
