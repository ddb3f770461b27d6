"""Tables a planner takes away: full numbers in cells, honest digits on show, and a sheet that says how."""

import io

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.office.workbook import FORMULA_STARTS, MAX_CELL, Page, csv_bytes, safe_text, workbook_bytes
from layers.tables import tables
from tests.tiny import write_atlas
from zones import read_atlas
from zones.errors import InputError
from zones.measure import measure
from zones.overlap import faces, pairs, totals


@pytest.fixture(scope="module")
def atlas(tmp_path_factory):
    return read_atlas(write_atlas(tmp_path_factory.mktemp("tables") / "data"))


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def heads(sheet):
    return [cell.value for cell in sheet[1]]


@pytest.mark.parametrize(("lang", "head"), [("zh", "椭球面积（km²）"), ("en", "Ellipsoid area (km²)")])
def test_cells_hold_full_precision(atlas, lang, head):
    sheet = opened(tables.area_workbook(atlas, atlas.zones, ["km2"], lang)).worksheets[0]
    column = heads(sheet).index(head)
    area = measure(atlas.zones)["ellipsoid_m2"].iloc[0]
    # The format keeps 16 figures; one unit in the last is all that may go.
    assert sheet[2][column].value == pytest.approx(area / 1e6, rel=4e-16)


def test_shown_digits_follow_the_error(atlas):
    # 200 m along 8.5 km of edge is 1.7 km²; with the vertices 1.8, so one decimal of km² and tens of 公顷.
    sheet = opened(tables.area_workbook(atlas, atlas.zones, ["km2", "ha"])).worksheets[0]
    row = dict(zip(heads(sheet), sheet[2], strict=True))
    assert row["±（km²）"].value == pytest.approx(1.8, abs=0.05)
    assert row["椭球面积（km²）"].number_format == "#,##0.0"
    assert row["椭球面积（公顷）"].number_format == "#,##0"


def test_methods_stand_side_by_side_with_stated_area_and_difference(atlas):
    row = tables.area_sheet(atlas, atlas.zones, ["mu"]).table.iloc[0]
    assert row["规划所述面积（亩）"] == pytest.approx(6000)
    assert row["差值（椭球－所述）（亩）"] == pytest.approx(row["椭球面积（亩）"] - 6000)
    assert row["国土调查公式（亩）"] == pytest.approx(row["椭球面积（亩）"], rel=1e-6)
    assert row["高斯平面面积（亩）"] == pytest.approx(row["椭球面积（亩）"], rel=1e-4)


def test_a_zone_without_shape_keeps_its_row_and_its_reason(atlas):
    sheet = opened(tables.area_workbook(atlas, atlas.zones, ["km2"])).worksheets[0]
    row = dict(zip(heads(sheet), [cell.value for cell in sheet[5]], strict=True))
    assert row["椭球面积（km²）"] is None
    assert row["说明"] == "未给出位置"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_method_sheet_names_crs_version_units_and_sources(atlas, lang):
    sheet = opened(tables.area_workbook(atlas, atlas.zones, ["km2"], lang)).worksheets[-1]
    text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    for expected in (atlas.version, "EPSG:4490", "2000/3", "tiny.txt", "© Some" if lang == "en" else "© 某"):
        assert expected in text


def test_overlap_workbook_adds_up(atlas):
    found, sums = pairs(atlas.zones), totals(faces(atlas.zones))
    book = opened(tables.overlap_workbook(atlas, atlas.zones, found, sums))
    assert book.sheetnames == ["两两重叠", "只计一次", "凭证", "方法与来源"]
    whole = next(row for row in book["两两重叠"].iter_rows(min_row=2) if row[1].value == "石岩南片区")
    assert [whole[0].value, whole[4].value] == ["铁仔山园区", pytest.approx(1)]
    assert whole[4].number_format == "0.0%"
    figures = [row[1].value for row in book["只计一次"].iter_rows(min_row=2)]
    assert figures[0] == pytest.approx(sum(k * area for k, area in enumerate(figures[3:], start=1)))
    assert figures[2] == pytest.approx(figures[0] - figures[1])
    assert figures[1] == pytest.approx(sum(figures[3:]))


def test_no_overlap_gives_an_empty_table_not_an_error(atlas):
    alone = atlas.zones.loc[["tiny.core.part"]]
    table = tables.overlap_sheet(alone, pairs(alone)).table
    assert table.empty
    assert list(table.columns)[:3] == ["甲", "乙", "重叠面积（km²）"]


def test_equal_tables_give_equal_bytes(atlas):
    assert tables.area_workbook(atlas, atlas.zones) == tables.area_workbook(atlas, atlas.zones)


def test_the_header_stays_in_sight(atlas):
    sheet = opened(tables.area_workbook(atlas, atlas.zones)).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold


@given(st.text(max_size=40))
def test_no_text_stays_runnable(text):
    made = safe_text(text)
    assert not made.lstrip(" ").startswith(FORMULA_STARTS)
    assert made in (text, "'" + text)


@given(st.sampled_from(FORMULA_STARTS), st.text(max_size=8))
def test_each_dangerous_start_is_defused(start, rest):
    assert safe_text(start + rest) == "'" + start + rest


def test_numbers_are_never_touched():
    assert safe_text(-2.5) == -2.5
    assert csv_bytes(pd.DataFrame({"a": [-2.5, None]})).decode("utf-8-sig") == 'a\r\n-2.5\r\n""\r\n'


def test_headers_are_defused_too():
    assert csv_bytes(pd.DataFrame({"=a": [1]})).decode("utf-8-sig").startswith("'=a")


def test_control_signs_do_not_break_the_workbook():
    sheet = opened(workbook_bytes([Page("p", pd.DataFrame({"a": ["x\x0by"]}))])).worksheets[0]
    assert sheet["A2"].value == "xy"


def test_a_text_too_long_for_a_cell_is_refused():
    with pytest.raises(InputError, match="does not fit a cell"):
        workbook_bytes([Page("p", pd.DataFrame({"a": ["x" * (MAX_CELL + 1)]}))])
