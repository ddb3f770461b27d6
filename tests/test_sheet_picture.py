"""The map face for slides and reports: true size, its zones, and the ground by how many zones cover it."""

import io
import math
from xml.etree import ElementTree

import pytest
from PIL import Image

from layers import style
from layers.sheets.map_check import lint
from layers.sheets.map_use import MapUse
from layers.sheets.sheet_picture import fold_colour, picture, shape_ratio
from tests.tiny import write_atlas
from zones import read_atlas
from zones.errors import InputError
from zones.overlap import faces


@pytest.fixture(scope="module")
def atlas(tmp_path_factory):
    return read_atlas(write_atlas(tmp_path_factory.mktemp("picture") / "data"))


@pytest.fixture(scope="module")
def drawn(atlas):
    return picture(atlas, atlas.zones, "图", 127.0, 101.6)


def test_five_inches_are_1500_dots(drawn):
    image = Image.open(io.BytesIO(drawn.png))
    assert image.size == (1500, 1200)
    assert image.info["Title"] == "图"


def test_the_vectors_have_the_same_size_and_no_font_to_lack(drawn):
    root = ElementTree.fromstring(drawn.svg)
    assert (root.get("width"), root.get("height")) == ("360pt", "288pt")
    assert not list(root.iter("{http://www.w3.org/2000/svg}text"))


def test_it_shows_every_located_zone(drawn):
    assert set(drawn.zone_ids) == {"tiny.park.whole", "tiny.core.part", "tiny.corridor.line"}
    assert drawn.unnamed == 0


def test_the_scale_fits_the_ground_and_its_air(drawn):
    # 0.04° of the parallel of 22.71° with 7 % air at both ends, on 126.4 mm.
    metres = math.radians(0.04) * 6378137 * math.cos(math.radians(22.71)) / math.sqrt(1 - 0.00669438 * 0.149)
    assert drawn.scale == pytest.approx(metres * 1.14 / 0.1264, rel=0.002)


def test_ground_twice_as_wide_as_high_says_so(atlas):
    # The corridor is 0.04° by 0.002°, with 7 % of the longer side around it.
    ratio = shape_ratio(atlas.zones.loc[["tiny.corridor.line"]])
    wide, high = 0.04 * math.cos(math.radians(22.7)), 0.002
    assert ratio == pytest.approx((wide * 1.14) / (high + 0.14 * wide), rel=0.02)


def test_folds_are_drawn_darker_where_more_zones_lie(atlas):
    drawn = picture(atlas, atlas.zones, "图", 60, 50, folds=faces(atlas.zones))
    colours = {pixel for _, pixel in Image.open(io.BytesIO(drawn.png)).convert("RGB").getcolors(1_000_000)}
    assert len(colours) > 3
    assert drawn.unnamed == 0


def test_the_deepest_fold_has_the_accent_and_fewer_are_paler():
    assert fold_colour(5, 5).upper() == style.ACCENT
    greys = [int(fold_colour(k, 5)[1:3], 16) for k in range(1, 6)]
    assert greys == sorted(greys, reverse=True)
    assert fold_colour(1, 1) == fold_colour(1, 5)


def test_a_bare_map_has_no_names(atlas):
    bare = picture(atlas, atlas.zones, "图", 60, 50, bare=True)
    assert len(bare.svg) < len(picture(atlas, atlas.zones, "图", 60, 50).svg)


def test_what_it_shows_is_told_as_data(drawn):
    plan = drawn.plan
    assert {zone.zone_id for zone in plan.zones} == set(drawn.zone_ids)
    assert "内部用图" in plan.texts
    # A bar that says so many metres is as long as the scale of the face makes it.
    assert plan.bar.metres / (plan.bar.mm / 1000) == pytest.approx(drawn.scale, rel=0.01)
    assert plan.map_scale == pytest.approx(drawn.scale, rel=0.01)
    assert plan.scale is None


def test_a_public_map_has_its_number_and_keeps_names_off_district_lines(atlas):
    number = "粤S（2026）012号"
    made = picture(atlas, atlas.zones, "图", 127.0, 101.6, use=MapUse("public", number))
    assert f"审图号：{number}" in made.plan.texts
    assert made.plan.scale == pytest.approx(made.scale, rel=0.005)
    assert [each.rule.rule_id for each in lint(made.plan)] == ["indicative-word"]


def test_zones_without_shape_are_refused(atlas):
    lost = atlas.zones.loc[["tiny.node.lost"]]
    for make in (lambda: picture(atlas, lost, "图", 60, 50), lambda: shape_ratio(lost)):
        with pytest.raises(InputError, match="None of the chosen zones has a shape"):
            make()
