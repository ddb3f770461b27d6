"""The fit in a GeoTIFF's tags: made again, told stale when a point moved a centimetre or the picture is another."""

import json

import numpy as np
import pytest
import rasterio
from PIL import Image

from layers.desk.georef_files import work
from tests.georef_cases import SIZE, noisy_six, point, points_csv
from tests.test_cli import answer
from ui.sentences.sentences import translate
from ui.words import words_receipts
from zones.errors import InputError
from zones.georeference.georef import Method
from zones.proof.georef_again import fit_again, verify_georef


@pytest.fixture
def made(tmp_path):
    figure = tmp_path / "图.png"
    Image.fromarray(np.full((SIZE[1], SIZE[0], 3), 255, dtype=np.uint8)).save(figure)

    def make(method="affine", points=None, **asked):
        table = tmp_path / "points.csv"
        table.write_text(points_csv(points or noisy_six()), encoding="utf-8")
        request = {"file": str(figure), "points": str(table), "out": str(tmp_path / "out.tif"), "method": method}
        work(request | asked, lambda *_: None)
        return tmp_path / "out.tif", figure

    return make


def retag(path, **changed):
    with rasterio.open(path, "r+", driver="GTiff") as file:
        file.update_tags(**changed)


def tags(path):
    with rasterio.open(path, driver="GTiff") as file:
        return file.tags()


def test_the_errors_of_six_points_are_those_of_the_closed_form():
    away, now = fit_again(noisy_six(), Method.AFFINE)
    # The case's residuals are made so that their squares add up to 84: see `tests.test_cli_georef`.
    assert now["rms_m"] == pytest.approx(14**0.5)
    assert now["dof"] == 6
    assert (away**2).sum() == pytest.approx(84)


@pytest.mark.parametrize("method", ["affine", "similarity", "poly2", "tps"])
def test_a_fresh_file_holds(made, method):
    eight = [*noisy_six(), point(7, 350, 260), point(8, 820, 430)]
    path, figure = made(method, eight, accuracy_m=2.0)
    verdict = verify_georef(path, [figure])
    assert verdict.holds, verdict.reason
    assert "figures of the fit hold on its own 8 points" in verdict.reason


def test_a_point_a_centimetre_off_and_a_figure_changed_are_named(made):
    path, _ = made()
    rows = json.loads(tags(path)["GEOREF_POINTS"])
    rows[0]["east"] += 0.01
    retag(path, GEOREF_POINTS=json.dumps(rows))
    verdict = verify_georef(path)
    assert not verdict.holds
    assert {each.id for each in verdict.stale} >= {"1", "GEOREF_RMS_M"}
    rows[0]["east"] -= 0.01
    retag(path, GEOREF_POINTS=json.dumps(rows), GEOREF_RMS_M="0.5")
    (stale,) = verify_georef(path).stale
    assert (stale.id, stale.now) == ("GEOREF_RMS_M", pytest.approx(14**0.5))
    assert stale.reasons[0].startswith("rms_m of the fit: the file says 0.5, its points give 3.74")
    told = words_receipts.CAUSES[stale.causes[0].what][0].format(**stale.causes[0].values)
    assert told.startswith("拟合的 rms_m：文件写作 0.5")


def test_another_picture_is_named(made, tmp_path):
    path, _ = made()
    other = tmp_path / "other.png"
    other.write_bytes(b"other")
    (stale,) = verify_georef(path, [other]).stale
    assert stale.id == "GEOREF_SOURCE_SHA256"
    assert "the picture georeferenced is another" in stale.reasons[0]


def test_files_without_a_fit_are_refused_in_both_languages(made, tmp_path):
    path, _ = made()
    for change, english, chinese in (
        ({"GEOREF_RMS_M": "wide"}, "its tag GEOREF_RMS_M is no number", "标签 GEOREF_RMS_M 不是数字"),
        ({"GEOREF_POINTS": "[{}]"}, "the points in its tags are not readable", "标签中的控制点无法读取"),
    ):
        retag(path, **change)
        with pytest.raises(InputError, match=english) as fault:
            verify_georef(path)
        assert chinese in translate(str(fault.value), "zh")
    bare = tmp_path / "bare.tif"
    Image.new("L", (4, 4)).save(bare)
    with pytest.raises(InputError, match="carries no fit") as fault:
        verify_georef(bare)
    assert "没有拟合记录" in translate(str(fault.value), "zh")
    (tmp_path / "no.tif").write_bytes(b"no")
    with pytest.raises(InputError, match="not readable as GeoTIFF"):
        verify_georef(tmp_path / "no.tif")


def test_the_command_verifies_a_geotiff(zones, made):
    path, figure = made()
    told = answer(zones("verify", path, "--file", figure, "--format", "json"))
    assert told["holds"] is True
    retag(path, GEOREF_METHOD="similarity")
    assert zones("verify", path)[0] == 1
