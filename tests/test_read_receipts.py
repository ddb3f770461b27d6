"""The receipt of an imported file's area before repair: closed form, a vertex moved a centimetre, what was said."""

import json
from dataclasses import replace
from types import SimpleNamespace

import geopandas
import pytest
from shapely.geometry import Polygon, box

from tests import corridor_cases
from tests.test_cli import answer
from ui import receipt_view
from ui.imports import import_job
from ui.imports.import_view import figures, receipt_of
from ui.words import words_receipts
from zones.intake.bring_in import Told, bring_in
from zones.measure import GEOD
from zones.proof.read_receipts import read_again, read_receipt
from zones.proof.receipts import content_id
from zones.proof.verify import verify

SQUARE = box(113.90, 22.55, 113.91, 22.56)
BOW = Polygon([(113.92, 22.55), (113.94, 22.56), (113.94, 22.55), (113.92, 22.56)])
"""Two triangles that meet in a point: drawn in one line they take each other's area away."""


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "地块.geojson"
    geopandas.GeoDataFrame({"名称": ["方", "结"]}, geometry=[SQUARE, BOW], crs=4490).to_file(path)
    return path


@pytest.fixture
def report(zones, source, tmp_path):
    told = answer(zones("import", source, "-o", tmp_path / "layer.parquet", "--format", "json"))
    path = tmp_path / "report.json"
    path.write_text(json.dumps(told), "utf-8")
    return told, path


def nudged(path):
    data = json.loads(path.read_text("utf-8"))
    data["features"][0]["geometry"]["coordinates"][0][0][0] += 0.01 / 102_000
    path.write_text(json.dumps(data), "utf-8")


def test_both_areas_of_an_import_verify_each_on_its_own_file(zones, source, report):
    told, path = report
    after, before = told["receipts"]
    assert (after["kind"], before["kind"]) == ("layer", "layer_read")
    assert before["value"] == told["area_before_m2"]
    # As drawn, the bow's two triangles cancel; repaired, each counts.
    square = abs(GEOD.geometry_area_perimeter(SQUARE)[0])
    assert before["value"] == pytest.approx(square, rel=1e-4)
    assert after["value"] == pytest.approx(2 * square, rel=1e-4)
    assert before["files"][0]["path"] == str(source)
    assert (before["layer"]["crs"], before["layer"]["datum"]) == ("EPSG:4490", "wgs84")
    assert answer(zones("verify", path, "--format", "json"))["holds"] is True
    nudged(source)
    code, said, _ = zones("verify", path, "--format", "json")
    (stale,) = json.loads(said)["stale"]
    assert (code, stale["id"]) == (1, before["id"])
    assert any("value" in each for each in stale["reasons"])


def test_what_was_said_of_a_file_is_said_again(tmp_path):
    path = tmp_path / "gcj.geojson"
    geopandas.GeoDataFrame(geometry=[SQUARE], crs=4490).to_file(path)
    told = Told(datum="gcj02", crs="EPSG:4490")
    receipt = read_receipt(path, told, bring_in(path, told), "gcj.geojson")
    assert (receipt.layer.datum, receipt.layer.told_crs) == ("gcj02", "EPSG:4490")
    assert receipt.id == content_id(receipt)
    atlas, files = corridor_cases.atlas(), {"gcj.geojson": path}
    assert verify(atlas, [receipt], files=files).holds
    # Without the shift the same file has another area, so the receipt cannot have been altered to say so.
    bare = replace(receipt, layer=replace(receipt.layer, datum="wgs84"))
    assert "altered" in verify(atlas, [bare], files=files).stale[0].reasons[0]
    assert read_again(bare, bare.layer, path).value != receipt.value
    path.write_text("{}", "utf-8")
    (cause,) = verify(atlas, [receipt], files=files).stale[0].causes
    assert words_receipts.CAUSES[cause.what][0].format(**cause.values).startswith("不能重算：")
    assert "altered" in verify(atlas, [replace(receipt, layer=None)], files=files).stale[0].reasons[-1]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_area_of_the_page_has_a_mark_that_opens_its_receipt(report, lang, monkeypatch):
    told, _ = report
    monkeypatch.setattr(import_job, "current", lambda: SimpleNamespace(name="地块.geojson", report=told))
    shown = figures(told, lang)
    assert shown.count("data-receipt") == 2
    names = {"layer": "地块.parquet", "layer_read": "地块.geojson"}
    for kind, name in names.items():
        assert f"data-receipt='{kind}'" in shown
        receipt = receipt_of(kind)
        assert receipt.files[0].path == name
        slip = receipt_view.slip(corridor_cases.atlas(), receipt, lang)
        assert name in json.dumps(slip["rows"], ensure_ascii=False)
    assert "EPSG:4490" in json.dumps(slip["rows"])
    assert receipt_of("other") is None
    assert "data-receipt" not in figures(told | {"receipts": []}, lang)
