"""A shape that bears a zone's name and lies elsewhere is doubted; so is a layer shifted as a web map shifts it."""

import numpy as np
import pytest
import shapely

from tests.metres import PART, WHOLE, square, supplied, write
from zones import read_atlas
from zones.intake.datum import wgs_to_bd, wgs_to_gcj
from zones.official.match_doubts import doubts
from zones.official.match_zones import match
from zones.official.official import given, proposed

SAID = given("局", "文", "2026-03-31", 1.0)


@pytest.fixture
def atlas(tmp_path):
    return read_atlas(write(tmp_path / "data"))


def found(atlas, features):
    matched = match(features, atlas.zones)
    return doubts(proposed(atlas, features, matched, SAID), atlas.zones, features, matched.pairs, "a.gpkg")


def test_a_shape_in_its_place_is_not_doubted(atlas):
    assert found(atlas, supplied(whole=square(50, 0, 2050, 2000), part=square(0, 0, 1000, 900))) == []
    assert found(atlas, supplied(lost=square(0, 0, 100, 100))) == []


def test_a_shape_further_off_than_both_errors_is_named(atlas):
    """By hand: the core ends at 1000 m north; errors are 200 m of the core and 1 m of the file."""
    assert found(atlas, supplied(part=square(0, 1200, 1000, 2200))) == []
    [doubt] = found(atlas, supplied(part=square(0, 1202, 1000, 2202)))
    assert (doubt.feature, doubt.kind, doubt.value) == (PART, "far_from_zone", "202")
    assert "lies 202 m away" in doubt.message


@pytest.mark.parametrize(("shift", "kind"), [(wgs_to_gcj, "suspected_gcj02"), (wgs_to_bd, "suspected_bd09")])
def test_a_layer_in_shifted_coordinates_is_suspected(atlas, shift, kind):
    shapes = {"whole": square(0, 0, 2000, 2000), "part": square(0, 0, 1000, 1000)}
    shifted = {name: shapely.transform(shape, shift) for name, shape in shapes.items()}
    kinds = [doubt.kind for doubt in found(atlas, supplied(**shifted))]
    assert [each for each in kinds if each.startswith("suspected")] == [kind]


@pytest.mark.parametrize("by", [(0, 600), (600, 0), (300, 300), (-500, 250), (0, 50), (0, 0)])
def test_other_shifts_are_not_taken_for_it(atlas, by):
    """In Bao'an GCJ-02 lies about 550 m to the east and 300 m to the south."""
    east, north = by
    features = supplied(whole=square(east, north, 2000 + east, 2000 + north))
    assert not [doubt for doubt in found(atlas, features) if doubt.kind.startswith("suspected")]


def test_ground_that_parts_share_is_told(atlas):
    features = supplied(whole=square(0, 0, 1000, 1000)).loc[[1, 1]].set_axis([1, 2])
    features.geometry = [square(0, 0, 1000, 1000), square(900, 0, 2000, 1000)]
    [doubt] = found(atlas, features)
    assert (doubt.feature, doubt.kind) == (WHOLE, "parts_overlap")
    assert float(doubt.value) == pytest.approx(100_000, rel=1e-5)
    assert np.isclose(float(doubt.message.split(" share ")[1].split(" m²")[0].replace(",", "")), 100_000, atol=2)
