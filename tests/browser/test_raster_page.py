"""A tiny raster is sent, computed and taken away in a real browser; its figures are those of the command."""

import io
import json

import numpy as np
import pytest
from openpyxl import load_workbook
from rasterio.transform import Affine
from typer.testing import CliRunner

from tests.rasters import write
from ui.commands.cli import app
from zones import load

pytestmark = pytest.mark.browser


def tiny_raster(tmp_path):
    """Return a raster of 30 x 30 cells over all zones, each with a value of its own."""
    west, south, east, north = load().total_bounds
    size = max(east - west, north - south) / 29
    values = np.arange(900, dtype="float32").reshape(30, 30)
    return write(tmp_path / "a.tif", values, Affine(size, 0, west - size / 2, 0, -size, north + size / 2), "EPSG:4490")


def test_a_raster_is_counted_and_taken_away(watched, tmp_path):
    path, page = tiny_raster(tmp_path), watched.page
    page.goto(f"{watched.address}/raster?lang=zh")
    page.wait_for_selector(".z-upload", timeout=30_000)
    page.set_input_files(".z-file", path)
    page.wait_for_selector(".st-key-raster-start button", timeout=60_000)
    page.click(".st-key-raster-start button")
    page.wait_for_selector(".z-table tbody tr", timeout=120_000)
    page.wait_for_selector(".z-histogram", timeout=30_000)
    with page.expect_download() as download:
        page.locator(".st-key-raster-xlsx button").click()
    sheet = load_workbook(io.BytesIO(download.value.path().read_bytes())).worksheets[0]
    heads, *rows = sheet.iter_rows(values_only=True)
    told = CliRunner().invoke(app, ["zonal", str(path), "--stats", "mean,sum,median", "--format", "json"])
    wanted = {row["id"]: row for row in json.loads(told.stdout)}
    held = {row[0]: dict(zip(heads, row, strict=True)) for row in rows if row[0] in wanted}
    assert set(held) == set(wanted)
    for own, row in held.items():
        for head, name in (("平均值", "mean"), ("合计", "sum"), ("中位数", "median")):
            assert row[head] == pytest.approx(wanted[own][name], rel=1e-12)
    for form, start in (("png", b"\x89PNG"), ("svg", b"<?xml")):
        with page.expect_download() as download:
            page.locator(f".st-key-raster-picture-{form} button").click()
        assert download.value.path().read_bytes().startswith(start)
    watched.is_clean()
