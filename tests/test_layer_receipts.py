"""The receipt of an imported layer's area: closed form, a vertex moved a centimetre, a feature gone."""

import json
from dataclasses import replace

import geopandas
import pytest
from shapely.geometry import box

from tests import corridor_cases
from tests.test_cli import answer
from ui.words import words_receipts
from zones.measure import GEOD
from zones.proof.layer_receipts import layer_receipt
from zones.proof.receipts import content_id
from zones.proof.verify import verify

SHAPES = [box(113.90, 22.55, 113.91, 22.56), box(113.905, 22.55, 113.915, 22.56)]


@pytest.fixture
def brought(zones, tmp_path):
    source, out = tmp_path / "地块.geojson", tmp_path / "layer.geojson"
    geopandas.GeoDataFrame({"名称": ["甲", "乙"]}, geometry=SHAPES, crs=4490).to_file(source)
    told = answer(zones("import", source, "-o", out, "--format", "json"))
    report = tmp_path / "report.json"
    report.write_text(json.dumps(told), "utf-8")
    return told, out, report


def test_the_report_of_an_import_verifies(zones, brought):
    told, out, report = brought
    receipt, before = told["receipts"]
    # Each by itself: what both cover counts twice.
    assert receipt["value"] == pytest.approx(
        sum(abs(GEOD.geometry_area_perimeter(each)[0]) for each in SHAPES), rel=1e-6
    )
    assert receipt["value"] == told["area_after_m2"]
    assert receipt["layer"]["features"] == 2
    # Nothing had to be repaired.
    assert (
        (before["kind"], before["value"]) == ("layer_read", receipt["value"]) == ("layer_read", told["area_before_m2"])
    )
    assert answer(zones("verify", report, "--format", "json"))["holds"] is True
    data = json.loads(out.read_text("utf-8"))
    data["features"][0]["geometry"]["coordinates"][0][0][0] += 0.01 / 102_000
    out.write_text(json.dumps(data), "utf-8")
    code, said, _ = zones("verify", report, "--format", "json")
    assert code == 1
    (stale,) = json.loads(said)["stale"]
    assert stale["id"] == receipt["id"]
    assert "the file counted changed" in stale["reasons"][0]


def test_a_feature_gone_and_an_altered_receipt_are_named(brought):
    told, out, _ = brought
    receipt = layer_receipt(out, told["area_after_m2"], 2, "图层.geojson")
    assert receipt.id == content_id(receipt) == told["receipts"][0]["id"]
    files = {"图层.geojson": out}
    assert verify(corridor_cases.atlas(), [receipt], files=files).holds
    bad = verify(corridor_cases.atlas(), [replace(receipt, layer=None)], files=files).stale[0]
    assert "altered" in bad.reasons[-1]
    data = json.loads(out.read_text("utf-8"))
    out.write_text(json.dumps(data | {"features": data["features"][:1]}), "utf-8")
    causes = {each.what: each for each in verify(corridor_cases.atlas(), [receipt], files=files).stale[0].causes}
    assert {"file", "features", "value"} <= set(causes)
    chinese = words_receipts.CAUSES["features"][0].format(**causes["features"].values)
    assert chinese == "文件中的要素数 2 → 1"
