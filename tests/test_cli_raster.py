"""`zones zonal` as the contract has it, on rasters and zones small enough to count."""

import json

import numpy as np
import pandas as pd
import pytest
import shapely
from openpyxl import load_workbook
from rasterio.transform import Affine

from tests.rasters import frame, on_grid, write

VALUES = np.array([[1, 2], [3, 4]], dtype="uint8")


@pytest.fixture
def raster(tmp_path):
    return write(tmp_path / "值.tif", VALUES)


@pytest.fixture
def layer(tmp_path):
    zones = frame(left=on_grid(shapely.box(0, 0, 1, 2)), half=on_grid(shapely.box(0, 0, 1.5, 2)))
    zones.reset_index().to_file(tmp_path / "zones.gpkg")
    return tmp_path / "zones.gpkg"


def rows(result):
    code, out, err = result
    assert code == 0, err
    return json.loads(out)


def test_figures_by_zone(zones, raster, layer):
    left, half = rows(zones("zonal", raster, "--layer", layer, "--stats", "mean,sum,min,max,q25", "--format", "json"))
    assert {name: left[name] for name in ("id", "count", "mean", "sum", "min", "max", "q25")} == {
        "id": "left", "count": 2, "mean": 2, "sum": 4, "min": 1, "max": 3, "q25": 1,
    }  # fmt: skip
    assert (half["count"], half["sum"]) == (3, 1 + 3 + (2 + 4) / 2)
    assert half["share_in_raster"] == half["share_with_data"] == 1
    # Cells of 100 m on the central meridian at scale 1.
    assert half["area_m2"] == pytest.approx(30_000, rel=1e-6)


@pytest.mark.parametrize(("asked", "more"), [("count, mean", {"mean": 2}), ("count", {})])
def test_what_is_told_in_any_case_may_be_asked_for(zones, raster, layer, asked, more):
    left, _ = rows(zones("zonal", raster, "--layer", layer, "--stats", asked, "--format", "json"))
    assert {name: left[name] for name in left if name not in ("area_m2", "share_in_raster", "share_with_data")} == {
        "id": "left", "count": 2, **more,
    }  # fmt: skip


def test_classes_and_files(zones, raster, layer, tmp_path):
    names = tmp_path / "names.csv"
    names.write_text("value,name\n1,耕地\n", "utf-8")
    for suffix in ("csv", "xlsx", "parquet"):
        out = tmp_path / f"out.{suffix}"
        found = rows(zones("zonal", raster, "--layer", layer, "--classes", "--class-names", names, "-o", out,
                           "--format", "json"))  # fmt: skip
        assert [(each["value"], each["name"], each["count"]) for each in found[0]["classes"]] == [
            (1, "耕地", 1), (3, None, 1),
        ]  # fmt: skip
    assert load_workbook(tmp_path / "out.xlsx").sheetnames == ["栅格统计", "分类面积", "方法与来源"]
    assert pd.read_csv(tmp_path / "out.csv")["值"].tolist() == [1, 3, 1, 2, 3, 4]
    assert pd.read_parquet(tmp_path / "out.parquet")["count"].tolist() == [1, 1, 1, 0.5, 1, 0.5]


def test_cells_without_data_that_nobody_declares_are_told(zones, layer, tmp_path):
    least = np.finfo(np.float32).min
    path = write(tmp_path / "高程.tif", np.array([[least, 2], [3, 4]], np.float32))
    for stat in ("min", "mean", "sum"):
        _, _, err = zones("zonal", path, "--layer", layer, "--stats", stat)
        assert "looks like cells without data that the file does not declare" in err
    _, out, err = zones(
        "zonal", path, "--layer", layer, "--stats", "mean", "--nodata", str(float(least)), "--format", "json"
    )
    assert "does not declare" not in err
    # On the left only the 3 is left.
    assert json.loads(out)[0]["mean"] == 3


def test_what_reaches_beyond_is_said(zones, tmp_path):
    path = write(tmp_path / "a.tif", VALUES, Affine(0.0001, 0, 10, 0, -0.0001, 50), "EPSG:4326")
    code, out, err = zones("zonal", path, "--zones", "tiny.park.whole,tiny.node.lost", "--format", "json")
    assert code == 0
    assert json.loads(out)[0] | {"mean": None, "count": 0.0} == json.loads(out)[0]
    assert "zone tiny.park.whole: beyond the raster" in err
    assert "1 of 2 zones have no polygon and take no part" in err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--stats", "mode"], "there is no statistic 'mode'"),
        (["--band", "2"], "has 1 bands"),
        (["--crs", "EPSG:4490"], "states CGCS2000"),
        (["-o", "a.pdf"], "cannot be written"),
        (["--class-names", "a.csv"], "add --classes"),
        (["--lang", "fr"], "choose zh or en"),
    ],
)
def test_wrong_options_are_one_sentence(zones, raster, options, said):
    code, out, err = zones("zonal", raster, *options)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_receipts_recompute(zones, raster, layer, tmp_path):
    receipts = tmp_path / "r.json"
    rows(zones("zonal", raster, "--layer", layer, "--classes", "--receipts", receipts, "--format", "json"))
    code, out, _ = zones("verify", receipts)
    assert code == 0, out
    changed = VALUES.copy()
    changed[0, 0] = 9
    write(raster, changed)
    code, out, _ = zones("verify", receipts, "--format", "json")
    assert code == 1
    (stale,) = json.loads(out)["stale"]
    told = " ".join(stale["reasons"])
    assert "the file counted changed" in told
    assert "zone left, mean: 2.0 -> 6.0" in told
    assert "zone left, 1: count: 1.0 -> none" in told


def test_receipts_on_the_atlas(zones, tmp_path):
    path = write(tmp_path / "a.tif", np.ones((10, 10)), Affine(0.05, 0, 113.7, 0, -0.05, 22.9), "EPSG:4490")
    receipts = tmp_path / "r.json"
    rows(zones("zonal", path, "--zones", "tiny.park.whole", "--receipts", receipts, "--format", "json"))
    assert zones("verify", receipts)[0] == 0
    (held,) = json.loads(receipts.read_text())["receipts"]
    held["cells"]["rows"][0][1][0] += 1
    receipts.write_text(json.dumps({"receipts": [held]}))
    code, out, _ = zones("verify", receipts)
    assert code == 1
    assert "altered" in out


def test_a_bracket_by_the_edge_error(zones, tmp_path):
    """On a raster of ones per km² the sum is the zone's area: grown and shrunk, by perimeter x error at first order."""
    path = write(tmp_path / "a.tif", np.ones((900, 900)), Affine(0.0005, 0, 113.7, 0, -0.0005, 22.9), "EPSG:4490")
    (row,) = rows(zones("zonal", path, "--zones", "tiny.park.whole", "--stats", "sum", "--per-area", "--bracket",
                        "--format", "json"))  # fmt: skip
    (measured,) = rows(zones("measure", "tiny.park.whole", "--format", "json"))
    both = (row["sum_grown"] - row["sum_shrunk"]) * 1e6
    shown = rows(zones("list", "--format", "json"))
    error_m = next(each["error_m"] for each in shown if each["zone_id"] == "tiny.park.whole")
    assert row["sum_shrunk"] < row["sum"] < row["sum_grown"]
    assert both == pytest.approx(2 * measured["perimeter_m"] * error_m, rel=0.02)
