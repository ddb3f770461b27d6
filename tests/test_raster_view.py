"""What the page of raster statistics shows, by hand; and the picture to take away."""

import io
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image
from pyproj import Transformer

from layers.rasters.zonal_words import Under, ZonalMap, head
from layers.sheets.sheet_frame import View
from layers.sheets.sheet_zonal import _draw_under, zonal_picture
from ui.rasters import raster_view
from zones import read_atlas

A, B = "baoan.core.tiezaishan", "baoan.park.hightech"


@pytest.fixture(scope="module")
def atlas():
    return read_atlas()


def row(own, mean, **more):
    known = dict.fromkeys((*raster_view.COLUMNS, "area_mean"), 1.0)
    return {"id": own} | known | {"mean": mean, "median": mean} | more


def test_heads_in_words():
    assert head("q05", "zh") == "5% 分位数"
    assert head("sum", "en", per_area=True) == "Sum (values per km²)"
    assert head("mean_grown", "zh") == "平均值（边外扩）"


def test_figures_read_well():
    assert raster_view.shown("mean", None) == "–"
    assert raster_view.shown("share_in_raster", 1.0) == "100%"
    assert raster_view.shown("share_in_raster", 0.99999) == "99.99%"
    assert raster_view.shown("area_m2", 5_129_348) == "5.129"


def test_legend_counts_zones():
    rows = [row(A, 3.0), row(B, None)]
    made, places = raster_view.classed(rows, "mean")
    told = raster_view.entries(made, places, "mean", "zh")
    assert [words for _, words in told] == ["3（1 个区）", "无数据（1 个区）"]
    assert raster_view.fills(made, places)[B] == raster_view.NO_DATA
    assert "&lt;" in raster_view.legend([("#fff", "<3")])


def test_map_holds_each_zone_in_its_colour(atlas):
    rows = [row(A, 3.0), row(B, 9.0)]
    fill = raster_view.fills(*raster_view.classed(rows, "mean"))
    told = raster_view.shapes(atlas, rows, "mean", fill, "zh")
    tips = {each["properties"]["tip"]: told["looks"][each["properties"]["look"]]["colour"]
            for each in told["shapes"]["features"]}  # fmt: skip
    assert tips == {"铁仔山片区 · 3": fill[A], "深圳高新区宝安园区 · 9": fill[B]}
    assert fill[A] != fill[B]


def test_shares_of_classes():
    answer = {
        "rows": [row(A, 1.0, count=2), row(B, None, count=0)],
        "classes": [
            {"zone_id": A, "value": 7, "name": "林地", "count": 2.0, "area_m2": 9.0, "share": 0.25},
            {"zone_id": A, "value": 8, "name": None, "count": 6.0, "area_m2": 27.0, "share": 0.75},
        ],
    }
    options = raster_view.figures(answer, "zh", per_area=False)
    assert list(options.items())[:2] == [("share_of 8", "“8”占比"), ("share_of 7", "“7 林地”占比")]
    first, second = raster_view.with_shares(answer)
    assert (first["share_of 7"], second["share_of 7"]) == (0.25, None)


def test_notes_name_what_is_missing():
    rows = [row(A, 1.0, share_in_raster=0.5, share_with_data=0.4), row(B, 1.0)]
    assert [note[:9] for note in raster_view.notes(rows, "zh")] == ["有 1 个区不全在", "有 1 个区内有无"]


@pytest.mark.parametrize(
    ("figures", "value"), [({"min": -9999.0}, "-9999"), ({"mean": -9.7e37}, "-9.7e+37"), ({"min": -150.0}, None)]
)
def test_values_that_stand_for_no_data_are_doubted(figures, value):
    said = raster_view.doubt([row(A, 1.0) | figures], "zh")
    assert said == "" if value is None else value in said


@pytest.mark.parametrize("form", ["png", "svg"])
def test_picture_to_take_away(atlas, form):
    told = ZonalMap("平均值分布", "人口.tif", [("#2A6BA6", "1 – 2（1 个区）")], {A: "#2A6BA6"}, ("五级",))
    made = zonal_picture(atlas, told, form)
    assert made == zonal_picture(atlas, told, form)
    if form == "svg":
        assert "#2a6ba6" in made.decode().lower()
    else:
        assert made.startswith(b"\x89PNG")


def two_halves():
    """Return a picture that is red in its west half and blue in its east half."""
    picture = Image.new("RGBA", (200, 100), (255, 0, 0, 255))
    picture.paste((0, 0, 255, 255), (100, 0, 200, 100))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def test_the_raster_lies_under_the_zones_where_it_is_on_the_ground():
    face, seen = Figure().add_subplot(), View(480_000, 2_500_000, 520_000, 2_530_000, 200_000)
    _draw_under(face, Under(two_halves(), (113.9, 22.65, 114.1, 22.8)), seen)
    shown = np.asarray(face.images[0].get_array())
    tall, wide = shown.shape[:2]
    x = 480_000 + (np.arange(wide) + 0.5) * 40_000 / wide
    y = 2_530_000 - (np.arange(tall) + 0.5) * 30_000 / tall
    lon, lat = Transformer.from_crs("EPSG:4547", "EPSG:4490", always_xy=True).transform(*np.meshgrid(x, y))
    held = (lon > 113.9) & (lon < 114.1) & (lat > 22.65) & (lat < 22.8)
    assert 0.2 < held.mean() < 0.5
    # West of 114 degrees red, east of it blue, nothing elsewhere.
    assert ((shown[..., 3] > 0) == held).all()
    assert (shown[held & (lon < 114)][:, 0] == 1).all() and (shown[held & (lon > 114)][:, 2] == 1).all()


def test_a_picture_says_that_the_raster_is_beneath(atlas):
    under = Under(two_halves(), (113.0, 22.0, 115.0, 23.0))
    told = raster_view.picture([("#2A6BA6", "1 – 2")], {A: "#2A6BA6"}, "平均值", "人口.tif", "zh", under)
    assert told.notes[-1] == "区下为栅格缩略图，仅供参照"
    assert zonal_picture(atlas, told, "png") != zonal_picture(atlas, replace(told, under=None), "png")
