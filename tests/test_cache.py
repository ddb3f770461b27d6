"""Figures follow the files they are of, whatever size and time a changed file says it has."""

import pytest
from shapely.geometry import mapping

from tests.metres import CLOSE, FEATURES, KM2, WHOLE, square, write
from tests.test_file_mark import swapped
from tests.tiny import collection, feature
from ui import cache
from zones.atlas import DATA_VARIABLE
from zones.statements import documents, map_rules


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(write(tmp_path / "data")))
    return tmp_path / "data"


def test_a_layer_put_in_place_of_another_is_measured_anew(data):
    assert cache.measures().at[WHOLE, "ellipsoid_m2"] == pytest.approx(4 * KM2, rel=CLOSE)
    half = [feature(WHOLE, mapping(square(0, 0, 2000, 1000))), *FEATURES[1:]]
    swapped(data / "geo" / "tiny.geojson", collection(half))
    assert cache.measures().at[WHOLE, "ellipsoid_m2"] == pytest.approx(2 * KM2, rel=CLOSE)


def test_a_plan_put_in_place_of_another_is_read_anew(data):
    assert cache.atlas().zones.at[WHOLE, "declared_area_m2"] == 4 * KM2
    plan = data / "plans" / "tiny.yaml"
    text = plan.read_text(encoding="utf-8")
    assert text.count("value: 4\n") == 1
    swapped(plan, text.replace("value: 4\n", "value: 3\n"))
    assert cache.atlas().zones.at[WHOLE, "declared_area_m2"] == 3 * KM2


def test_the_rules_for_public_maps_are_among_what_a_page_is_made_of(data, tmp_path, monkeypatch):
    """A data folder without rules of its own goes by the shipped ones; a change to those must be seen too."""
    shipped = map_rules.SHIPPED_DATA / map_rules.FILE
    (tmp_path / map_rules.FILE).write_bytes(shipped.read_bytes())
    monkeypatch.setattr(map_rules, "SHIPPED_DATA", tmp_path)
    before = cache.stamp()
    assert cache.stamp() == before
    (tmp_path / map_rules.FILE).write_bytes(shipped.read_bytes() + b"\n")
    assert cache.stamp() != before
    assert not (data / map_rules.FILE).exists()


def test_a_document_put_in_place_of_another_is_read_anew(monkeypatch, tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "tiny.txt").write_text("甲\n乙\n", encoding="utf-8")
    monkeypatch.setenv(documents.DOCUMENTS_VARIABLE, str(folder))
    before = cache._documents_stamp()
    swapped(folder / "tiny.txt", "乙\n甲\n")
    assert cache._documents_stamp() != before
