"""`zones import` from end to end, and the refusals that need no process of their own."""

import json
import sys

import geopandas
import pytest

from tests.shapes import BAOAN, PINGSHAN
from ui.commands import cli
from ui.commands.importing import start
from zones.errors import InputError
from zones.intake.bring_in import Told


@pytest.fixture
def zones(monkeypatch, capsys):
    def run(*words):
        monkeypatch.setattr(sys, "argv", ["zones", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


def test_a_shapefile_without_its_system_from_end_to_end(zones, tmp_path):
    path, out = tmp_path / "地块.shp", tmp_path / "out.gpkg"
    geopandas.GeoDataFrame({"名称": ["甲", "乙"]}, geometry=[BAOAN, PINGSHAN], crs=4490).to_crs(4547).to_file(
        path, encoding="GBK"
    )
    path.with_suffix(".prj").unlink()
    path.with_suffix(".cpg").unlink()
    code, text, err = zones("import", path, "-o", out, "--format", "json")
    report = json.loads(text)
    assert code == 0
    assert (report["read"], report["kept"], report["dropped"]) == (2, 2, [])
    assert (report["crs"], report["encoding"]) == ("EPSG:4547", "gb18030")
    assert report["how_known"].startswith("by range: nothing states it")
    assert report["area_before_m2"] == report["area_after_m2"]
    assert "2 features read = 2 kept + 0 named as left out" in err
    back = geopandas.read_file(out)
    assert back["名称"].tolist() == ["甲", "乙"]
    assert back.crs == "EPSG:4490"
    code, text, err = zones("import", path, "-o", out, "--crs", "EPSG:4526")
    assert (code, text) == (2, "")
    assert err.startswith(f"{path}: you said EPSG:4526, but its numbers")
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "out", "words"),
    [
        ("x.geojson", "x.geojson", "is the file to read"),
        ("x.geojson", "x.shp", r"'\.shp' files cannot be written"),
        ("x.dwg", "o.gpkg", r"'\.dwg' files cannot be read"),
        ("none.kml", "o.gpkg", "no such file"),
    ],
)
def test_refused_before_anything_starts(tmp_path, name, out, words):
    (tmp_path / "x.geojson").write_text("{}")
    (tmp_path / "x.dwg").write_bytes(b"AC1032")
    with pytest.raises(InputError, match=words):
        start(tmp_path / name, tmp_path / out, Told())
