"""The ground of a corridor as a GeoPackage: read again, its layers hold what the engine found."""

import geopandas
import numpy as np
import pyogrio
import pytest
import shapely

from layers.corridors.corridor_package import write_package
from tests.corridor_cases import bare, counted, shipped
from zones.measure import GEOD, lonlat_area

LAYERS = ["axis", "band", "covered", "uncovered", "parts", "gaps", "districts"]


@pytest.fixture(scope="module", params=[counted, shipped], ids=["counted", "shipped"])
def case(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("package") / "corridor.gpkg"
    held = request.param()
    count = write_package(held, path)
    layers = {name: geopandas.read_file(path, layer=name) for name in LAYERS}
    assert count == sum(map(len, layers.values()))
    return held, path, layers


def area(frame):
    return lonlat_area(frame.geometry.array).sum()


def test_layers_and_their_reference_system(case):
    _, path, layers = case
    assert [name for name, _ in pyogrio.list_layers(path)] == LAYERS
    assert all(frame.crs.to_epsg() == 4490 and frame.geometry.is_valid.all() for frame in layers.values())


def test_areas_are_those_of_the_engine(case):
    held, _, layers = case
    found = held.found
    assert area(layers["band"]) == pytest.approx(found.corridor_m2, rel=1e-9)
    assert area(layers["covered"]) == pytest.approx(found.covered_m2, rel=1e-9)
    assert area(layers["uncovered"]) == pytest.approx(found.uncovered_m2, rel=1e-9)
    assert area(layers["parts"]) == pytest.approx(found.sum_m2, rel=1e-9)
    for name, column in (("covered", "area_m2"), ("uncovered", "area_m2"), ("parts", "inside_m2")):
        frame = layers[name]
        assert list(frame[column]) == pytest.approx(list(lonlat_area(frame.geometry.array)), rel=1e-7)
    # The map of districts is cut anew here, and by the engine's own way there.
    districts = layers["districts"]
    assert list(districts["inside_m2"]) == pytest.approx(list(lonlat_area(districts.geometry.array)), rel=1e-6, abs=1)


def test_gaps_are_stretches_of_the_axis(case):
    held, _, layers = case
    gaps, axis = layers["gaps"], layers["axis"].geometry.iloc[0]
    assert list(gaps["length_m"]) == list(held.found.gaps["length_m"])
    lengths = [GEOD.geometry_length(line) for line in gaps.geometry]
    assert lengths == pytest.approx(list(gaps["length_m"]), rel=1e-4)
    # 1e-7 degrees are 1 cm: an edge straight in degrees leaves the plane's straight line by 8 mm at most.
    lines = np.asarray(gaps.geometry.array, dtype=object)
    on_axis = shapely.length(shapely.intersection(lines, shapely.buffer(axis, 1e-7)))
    assert on_axis == pytest.approx(shapely.length(lines), rel=1e-6)


def test_attributes_say_what_the_numbers_rest_on(case):
    held, _, layers = case
    band = layers["band"].iloc[0]
    assert band["half_width_m"] == held.found.corridor.widest_m
    assert "规划未给出宽度" in band["width_note"]
    assert band["data_version"] == held.atlas.version
    assert (band["share"], band["error_m2"]) == (held.found.share, held.found.error_m2)
    assert list(layers["parts"]["id"]) == list(held.found.parts["id"])


def test_each_row_names_the_receipt_that_holds_its_figures(tmp_path):
    held, path = shipped(), tmp_path / "corridor.gpkg"
    write_package(held, path)
    values = {each.id: each.value for each in held.receipts}
    columns = {
        "uncovered": ("receipt", "area_m2"), "gaps": ("receipt", "length_m"), "districts": ("receipt", "inside_m2"),
        "parts": ("receipt", "inside_m2"),
    }  # fmt: skip
    for name, (slip, figure) in columns.items():
        rows = geopandas.read_file(path, layer=name)
        assert len(rows)
        assert [values[each] for each in rows[slip]] == pytest.approx(list(rows[figure]), rel=1e-9)


def test_nothing_covered_makes_empty_layers(tmp_path):
    path = tmp_path / "bare.gpkg"
    write_package(bare(), path)
    assert len(geopandas.read_file(path, layer="covered")) == 0
    assert len(geopandas.read_file(path, layer="parts")) == 0
    assert len(geopandas.read_file(path, layer="gaps")) == 1


def test_equal_input_gives_equal_bytes(case, tmp_path):
    held, path, _ = case
    again = tmp_path / path.name
    write_package(held, again)
    assert again.read_bytes() == path.read_bytes()
