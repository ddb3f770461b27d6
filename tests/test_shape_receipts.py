"""Receipts of a shape that its own file carries: they hold by themselves, and a vertex moved a centimetre tells."""

import json

import pytest
from shapely.geometry import box

from tests.test_cli import answer
from zones.measure import GEOD
from zones.proof.receipt_files import read_receipts
from zones.proof.receipt_sources import SELF
from zones.proof.receipts import content_id
from zones.proof.shape_receipts import shape_document, shape_receipts

SQUARE = box(113.90, 22.55, 113.91, 22.56)


def test_area_and_perimeter_are_those_of_the_ellipsoid():
    area, perimeter = shape_receipts(SQUARE, 10.0)
    # Of edges along geodesics, which leave the parallels by less than a millimetre here.
    whole, around = GEOD.geometry_area_perimeter(SQUARE)
    assert area.value == pytest.approx(abs(whole), rel=1e-6)
    assert perimeter.value == pytest.approx(around, rel=1e-9)
    assert area.error_m2 >= around * 10.0
    assert [each.path for each in area.files] == [SELF]
    assert area.id == content_id(area)
    assert shape_receipts(SQUARE, float("nan"))[0].error_m2 is None


def test_the_file_verifies_by_itself_until_a_vertex_moves(zones, tmp_path):
    path = tmp_path / "候选.geojson"
    path.write_text(json.dumps(shape_document(SQUARE, 10.0, "a.park.b")), "utf-8")
    assert len(read_receipts(path).receipts) == 2
    told = answer(zones("verify", path, "--format", "json"))
    assert told["holds"] is True
    assert told["reason"] == "all 2 receipts hold on its own shapes"
    moved = json.loads(path.read_text("utf-8"))
    moved["features"][0]["geometry"]["coordinates"][0][1][0] += 0.01 / 102_000
    path.write_text(json.dumps(moved), "utf-8")
    code, out, _ = zones("verify", path, "--format", "json")
    assert code == 1
    stale = json.loads(out)["stale"]
    assert len(stale) == 2
    assert all("geometry changed" in each["reasons"][0] for each in stale)
