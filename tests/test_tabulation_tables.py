"""Files of the counts: full precision, sums that follow the filter, and how it all came about."""

import io

import pandas as pd
import pytest
from openpyxl import load_workbook

from layers.tables.tabulation_tables import Origin, rule_text, tabulation_csv, tabulation_sheet, tabulation_workbook
from zones import read_atlas
from zones.counting.counted import Tally
from zones.counting.tabulate import Tabulation
from zones.issues import Issue, issue_frame
from zones.schema import Severity

A, B = "baoan.core.tiezaishan", "baoan.park.hightech"
TABLE = pd.DataFrame(
    [(A, "=1+1", 1, 0, 1234567.890123), (A, "R", 2, 1, 3e6), (B, None, 5, 0, 7e6)],
    columns=["zone_id", "class", "count_inside", "count_partly", "area_m2"],
)
LEFT = Issue("p", "6", "geometry", Severity.ERROR, "no_polygon", "", "feature 6: a Point has no area")
FOUND = Tabulation(TABLE, "ellipsoid, edges straight in lon/lat", 12, 0, 1, issue_frame([LEFT]))
ORIGIN = Origin("my parcels.gpkg", None, "use", "EPSG:4490", {"my parcels.gpkg": "ab" * 32}, "plan:baoan")
TALLY = Tally(8, 1, 2, 1)


@pytest.fixture(scope="module")
def atlas():
    return read_atlas()


@pytest.fixture(scope="module")
def book(atlas):
    return load_workbook(io.BytesIO(tabulation_workbook(atlas, FOUND, TALLY, ORIGIN, "ha", "zh")))


def test_areas_keep_every_digit(atlas):
    body = tabulation_csv(atlas, TABLE, "km2", "en").decode("utf-8-sig").splitlines()
    assert body[0] == "Zone id,Name,Class,Inside,Partly,Area in the zone (km²),Area in the zone (m²),Of the zone's sum"
    assert ",1234567.890123," in body[1]
    assert body[1].split(",")[2] == "'=1+1"
    assert body[3].split(",")[2] == ""


def test_square_metres_stand_once(atlas):
    heads = list(tabulation_sheet(atlas, TABLE, "m2", "zh").table)
    assert heads == ["编号", "名称", "分类", "完全在内", "部分在内", "区内面积（m²）", "占区内合计"]


def test_sums_are_formulas_that_follow_the_filter(book):
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[5]][3:] == [
        "=SUBTOTAL(109,D2:D4)", "=SUBTOTAL(109,E2:E4)", "=SUBTOTAL(109,F2:F4)", "=SUBTOTAL(109,G2:G4)", None
    ]  # fmt: skip
    assert sheet.auto_filter.ref == "A1:H4"
    assert sheet["A5"].value.startswith("合计")
    # Text that looks like a formula is no formula; the sums are the only ones.
    assert (sheet["C2"].data_type, sheet["D5"].data_type) == ("s", "f")
    assert sheet["B2"].value == "铁仔山片区"


def test_method_says_what_was_counted_and_how(book):
    assert book.sheetnames == ["分类统计", "修复与未计入", "方法与来源"]
    told = {row[0].value: row[1].value for row in book["方法与来源"].iter_rows(min_row=2)}
    assert told["SHA-256 my parcels.gpkg"] == "ab" * 32
    assert told["要素"].startswith("12 = 8 + 1 + 2 + 1")
    assert told["面积算法"] == "椭球面积，边按经纬度直线"
    assert told["同一结果的命令"] == 'zones tabulate --of "my parcels.gpkg" --class use --zones plan:baoan'
    assert "geos" in told["软件"]
    assert book["修复与未计入"]["B2"].value == "第 6 个要素：不是面，未计入"


def test_equal_input_gives_equal_bytes(atlas):
    first, second = (tabulation_workbook(atlas, FOUND, TALLY, ORIGIN, "mu", "en") for _ in range(2))
    assert first == second


def test_area_rules_are_told_in_both_languages():
    plane = "plane of EPSG:4547, -12 ppm from the ellipsoid at the middle of the zones"
    assert rule_text(plane, "zh") == "EPSG:4547 平面面积，在各区中央较椭球 -12 ppm"
    assert rule_text(plane, "en") == plane
    assert rule_text("another rule", "zh") == "another rule"
