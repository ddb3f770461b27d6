"""`zones georef`: one JSON document, a GeoTIFF that carries its fit, faults in one sentence."""

import csv
import hashlib
import io
import json
from dataclasses import replace

import numpy as np
import pytest
import rasterio
from PIL import Image

from layers.desk.georef_files import residuals_csv, work, write_web
from tests.georef_cases import PLANE, SIDE, SIZE, noisy_six, point, points_csv
from tests.test_cli import answer
from zones.georeference.georef import Method
from zones.georeference.georef_report import assess


@pytest.fixture
def figure(tmp_path):
    picture = np.full((SIZE[1], SIZE[0], 3), 255, dtype=np.uint8)
    picture[395:405, 595:605] = 0
    path = tmp_path / "图.png"
    Image.fromarray(picture).save(path)
    return path


@pytest.fixture
def points(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text(points_csv(noisy_six()), encoding="utf-8")
    return path


def test_json_and_the_tags_say_the_same(zones, tmp_path, figure, points):
    out = tmp_path / "out.tif"
    told = answer(zones("georef", figure, "--points", points, "-o", out, "--format", "json"))
    assert told["rms_m"] == pytest.approx(14**0.5)
    assert (told["method"], told["crs"], told["dof"]) == ("affine", "EPSG:4547", 6)
    assert told["loo_rms_m"] == pytest.approx(((4 * 13 * (12 / 5) ** 2 + 2 * 36) / 6) ** 0.5)
    assert (told["check_rms_m"], told["accuracy_m"], told["path"]) == (None, None, str(out))
    assert [each["name"] for each in told["residuals"]] == list("123456")
    assert told["residuals"][1]["dy_m"] == pytest.approx(4.0)
    with rasterio.open(out, driver="GTiff") as file:
        assert (file.crs.to_epsg(), file.count, file.block_shapes[0], file.compression.value) == (
            4547,
            4,
            (256, 256),
            "DEFLATE",
        )
        assert (file.width, file.height) == (told["width"], told["height"])
        assert file.overviews(1)[:2] == [2, 4]
        tags = file.tags()
        pixels = file.read()
    assert tags["GEOREF_METHOD"] == "affine"
    assert tags["GEOREF_SOURCE_SHA256"] == hashlib.sha256(figure.read_bytes()).hexdigest()
    assert float(tags["GEOREF_RMS_M"]) == told["rms_m"]
    assert json.loads(tags["GEOREF_POINTS"]) == told["residuals"]
    assert set(np.unique(pixels[3])) == {0, 255}
    rows, columns = np.nonzero((pixels[0] < 128) & (pixels[3] == 255))
    middle = np.array([columns.mean() + 0.5, rows.mean() + 0.5]) * (file.transform.a, file.transform.e)
    corner = np.array([file.transform.c, file.transform.f])
    assert corner + middle == pytest.approx((500_000, 2_510_000), abs=SIDE / 2)


def worked(figure, points, out, **asked):
    """Do in this process what the command has done in another."""
    request = {"file": str(figure), "points": str(points), "out": str(out), "method": "affine"} | asked
    return work(request, lambda *_: None)


@pytest.mark.parametrize(("method", "dof"), [("similarity", 12), ("poly2", 4), ("tps", 0)])
def test_methods_and_systems(tmp_path, figure, method, dof):
    points = tmp_path / "eight.csv"
    points.write_text(points_csv([*noisy_six(), point(7, 350, 260), point(8, 820, 430)]), encoding="utf-8")
    told = worked(figure, points, tmp_path / "out.tif", method=method, crs="EPSG:3857", accuracy_m=2.0)
    assert (told["crs"], told["plane_crs"], told["dof"], told["accuracy_m"]) == ("EPSG:3857", "EPSG:4547", dof, 2.0)
    assert told["error_m"] == pytest.approx((told["loo_rms_m"] ** 2 + 4) ** 0.5)


def test_a_table_for_people(zones, tmp_path, figure, points):
    code, out, err = zones("georef", figure, "--points", points, "-o", tmp_path / "o.tif")
    assert code == 0
    assert "left_out_m" in out
    assert "RMS 3.74 m (0.75 pixels); standard error of a coordinate 3.74 m (6 degrees of freedom)" in err


def test_qgis_points_and_a_datum(tmp_path, figure):
    """The four corners of a box, as GCJ-02 has them, in QGIS's own file: rows negative."""
    path = tmp_path / "qgis.points"
    corners = [
        (114.0, 22.6, 100, -100),
        (114.05, 22.6, 1100, -100),
        (114.05, 22.57, 1100, -700),
        (114.0, 22.57, 100, -700),
    ]
    path.write_text(
        "mapX,mapY,sourceX,sourceY,enable\n" + "".join(f"{','.join(map(str, each))},1\n" for each in corners)
    )
    plain, shifted = (worked(figure, path, tmp_path / "o.tif", datum=each) for each in (None, "gcj02"))
    away = np.subtract(
        [plain["residuals"][0][key] for key in ("east", "north")],
        [shifted["residuals"][0][key] for key in ("east", "north")],
    )
    assert np.hypot(*away) == pytest.approx(590, abs=20)
    assert plain["residuals"][0]["row"] == 100.0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--points", "none.csv"], "none.csv: no such file; check the name"),
        (["--method", "rubber"], "--method is 'rubber'; choose one of"),
        (["-o", "out.png"], "out.png: '.png' files cannot be written; end the name with .tif"),
        (["--crs", "EPSG:1"], "--crs is 'EPSG:1', which is no known reference system"),
        (["--method", "poly3"], "6 control points, but poly3 needs 10"),
    ],
)
def test_faults(zones, tmp_path, monkeypatch, figure, points, arguments, sentence):
    monkeypatch.chdir(tmp_path)
    usual = {"--points": str(points), "-o": "out.tif"}
    asked = [part for name, value in usual.items() if name not in arguments for part in (name, value)]
    code, out, err = zones("georef", figure, *asked, *arguments)
    assert (code, out) == (2, "")
    assert sentence in err
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "out.tif").exists()


def test_residuals_written():
    report = assess([replace(noisy_six()[0], name="=1+1"), *noisy_six()[1:]], Method.AFFINE, SIZE, PLANE)
    rows = list(csv.DictReader(io.StringIO(residuals_csv(report.residuals).decode("utf-8-sig"))))
    assert (rows[1]["dx_m"].lstrip("-"), rows[1]["dy_m"], rows[1]["length_px"]) == ("0.000", "4.000", "0.80")
    assert rows[1]["left_out_m"] == "6.000"
    # A spreadsheet shall not take a name for a formula.
    assert rows[0]["name"] == "'=1+1"


def test_picture_for_the_map(tmp_path):
    fitted = assess(noisy_six(), Method.TPS, SIZE, PLANE).fitted
    path = tmp_path / "web.webp"
    (south, west), (north, east) = write_web(path, fitted, PLANE, np.full((SIZE[1], SIZE[0], 4), 255, np.uint8))
    with Image.open(path, formats=("WEBP",)) as image:
        assert (image.mode, max(image.size) <= 2050) == ("RGBA", True)
    assert west < 114.0 < east
    assert south < 22.69 < north
