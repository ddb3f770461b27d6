"""A wind rose is drawn only from whole data with its source; a wrong file is refused with the field."""

import math

import numpy as np
import pytest
from matplotlib.patches import Polygon

from layers.sheets.sheet import draw_sheet
from layers.sheets.sheet_frame import View, true_north
from layers.sheets.sheet_plan import Order
from layers.sheets.sheet_template import template
from layers.sheets.wind_rose import DIRECTIONS, parse_wind_rose, wind_rose
from tests.tiny import write_atlas
from zones import read_atlas
from zones.errors import InputError

# Only the wind from the east counts here, so that the polygon has one corner away from the middle.
EAST = {**dict.fromkeys(DIRECTIONS, 0.0), "E": 96.0}


def written(percent, **fields):
    head = {"station": '"甲站"', "years": '"2001-2020"', "source": '"气象局"', "calm": "4.0"} | fields
    lines = [f"{name} = {value}" for name, value in head.items() if value is not None]
    return "\n".join([*lines, "[percent]", *(f"{name} = {share}" for name, share in percent.items())]).encode()


def test_a_whole_rose_is_read(tmp_path):
    path = tmp_path / "rose.toml"
    path.write_bytes(written(EAST))
    rose = wind_rose(path)
    assert (rose.station, rose.years, rose.calm, rose.percent["E"]) == ("甲站", "2001-2020", 4.0, 96.0)
    assert rose.missing_percent() == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (written(EAST, source=None), "r.toml: source: "),
        (written(EAST, station='""'), "r.toml: station: "),
        (written({**EAST, "E": 50.0}), "make 54 %, not 100 %"),
        (written({**EAST, "E": -1.0}), "between 0 and 100"),
        (written({**EAST, "E": "nan"}), "between 0 and 100"),
        (written(dict.fromkeys(DIRECTIONS[:-1], 6.25)), "see NNW"),
        (written({**EAST, "UP": 0.0}), "see UP"),
        (b"\xff\xfe", "is no TOML file"),
        (b"station = ", "is no TOML file"),
    ],
)
def test_a_rose_that_is_not_whole_is_refused(content, message):
    with pytest.raises(InputError, match=message):
        parse_wind_rose(content, "r.toml")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"gone\.toml cannot be read"):
        wind_rose(tmp_path / "gone.toml")


def test_the_rose_points_where_the_wind_comes_from(tmp_path):
    atlas = read_atlas(write_atlas(tmp_path / "data"))
    order = Order("图", template=template("a3"), wind_rose=parse_wind_rose(written(EAST), "r.toml"))
    drawn = draw_sheet(atlas, atlas.zones, order)
    assert drawn.plan.wind_source == "气象局"
    assert {"甲站，2001-2020，静风 4%", "来源：气象局"} <= set(drawn.plan.texts)
    paper = next(axes for axes in drawn.figure.axes if axes.get_label() == "paper")
    roses = [patch for patch in paper.patches if isinstance(patch, Polygon) and len(patch.get_xy()) >= 16]
    corners = roses[0].get_xy()[:16]
    middle = np.median(corners, axis=0)
    east = corners[4] - middle
    face = next(axes for axes in drawn.figure.axes if axes.get_label() == "map")
    west, right = face.get_xlim()
    south, north = face.get_ylim()
    turned = true_north(View(west, south, right, north, 1))
    assert math.degrees(math.atan2(east[0], east[1])) == pytest.approx(90 + turned, abs=0.01)


def test_without_data_there_is_no_rose(tmp_path):
    atlas = read_atlas(write_atlas(tmp_path / "data"))
    drawn = draw_sheet(atlas, atlas.zones, Order("图"))
    assert drawn.plan.wind_source == ""
    assert not any("风玫瑰" in text for text in drawn.plan.texts)
