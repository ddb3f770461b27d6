"""Formats that are read whole are counted like the streamed ones, on squares counted by hand."""

import zipfile

import geopandas
import pandas as pd
import pytest
from shapely import box

from tests.test_tabulate import SQUARES, ZONE, count, rows, write
from zones.counting import parcel_layer
from zones.counting.parcel_stream import open_layer
from zones.errors import CrsError, InputError

IN_DEGREES = geopandas.GeoDataFrame(geometry=[box(114.0, 22.5, 114.02, 22.52)], index=["a"], crs="EPSG:4490")
PARCELS = [box(114.0, 22.5, 114.01, 22.51), box(114.01, 22.51, 114.03, 22.52), box(114.03, 22.5, 114.04, 22.51)]
USES = ["R", "M", "R"]


def zipped(path):
    write(path.with_suffix(".shp"), SQUARES, use=USES)
    with zipfile.ZipFile(path, "w") as archive:
        for part in (".shp", ".shx", ".dbf", ".prj"):
            archive.write(path.with_suffix(part), f"p{part}")
    return path


def table(path, shapes=PARCELS, uses=USES):
    frame = pd.DataFrame({"use": uses, "wkt": ["" if each is None else f"SRID=4490;{each.wkt}" for each in shapes]})
    frame.to_csv(path, index=False) if path.suffix == ".csv" else frame.to_excel(path, index=False)
    return path


def test_a_zipped_shapefile_counts_in_its_own_plane(tmp_path):
    found = count(zipped(tmp_path / "p.zip"), ZONE, "use")
    assert rows(found) == [("a", "M", 0, 1, 1e6), ("a", "R", 1, 0, 4e6)]
    assert "EPSG:4547" in found.area_rule


def kml(path):
    marks = "".join(
        f'<Placemark><ExtendedData><Data name="use"><value>{use}</value></Data></ExtendedData><Polygon>'
        "<outerBoundaryIs><LinearRing><coordinates>"
        + " ".join(f"{x},{y}" for x, y in each.exterior.coords)
        + "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
        for each, use in zip(PARCELS, USES, strict=True)
    )
    path.write_text(f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks}</Document></kml>')
    return path


@pytest.mark.parametrize("name", ["p.geojson", "p.kml", "p.csv", "p.xlsx"])
def test_each_format_counts_as_geoparquet_does(tmp_path, name):
    if name == "p.geojson":
        path = write(tmp_path / name, PARCELS, "EPSG:4326", use=USES)
    else:
        path = (kml if name == "p.kml" else table)(tmp_path / name)
    found = count(path, IN_DEGREES, "use")
    assert [row[:4] for row in rows(found)] == [("a", "M", 0, 1), ("a", "R", 1, 0)]
    same = count(write(tmp_path / "p.parquet", PARCELS, "EPSG:4490", use=USES), IN_DEGREES, "use")
    assert found.table["area_m2"].tolist() == pytest.approx(same.table["area_m2"].tolist(), rel=1e-9)


def test_features_without_a_shape_keep_their_number_and_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(parcel_layer, "BATCH_ROWS", 2)
    path = table(tmp_path / "p.csv", [PARCELS[0], None, PARCELS[1]])
    found = count(path, IN_DEGREES, "use", pairs_to=tmp_path / "pairs.parquet")
    assert (found.features, found.left_out) == (3, 1)
    assert found.issues["feature"].tolist() == ["2"]
    assert pd.read_parquet(tmp_path / "pairs.parquet")["feature"].tolist() == [1, 3]


def test_a_field_of_mixed_kinds_is_counted_as_text(tmp_path):
    path = tmp_path / "p.geojson"
    values = ("1", '"R"', "null")
    square = "[[[114,22.5],[114.01,22.5],[114.01,22.51],[114,22.51],[114,22.5]]]"
    features = ",".join(
        f'{{"type":"Feature","properties":{{"use":{each}}},"geometry":{{"type":"Polygon","coordinates":{square}}}}}'
        for each in values
    )
    path.write_text(f'{{"type":"FeatureCollection","features":[{features}]}}')
    found = count(path, IN_DEGREES, "use")
    assert [row[1] if isinstance(row[1], str) else None for row in rows(found)] == ["1", "R", None]
    assert [row[2:4] for row in rows(found)] == [(1, 0)] * 3


def test_what_is_not_said_is_not_guessed(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text(f'use,wkt\nR,"{SQUARES[0].wkt}"\n')
    with pytest.raises(CrsError, match=r"p\.csv: the coordinate reference system is not given"):
        open_layer(path)
    two = zipped(tmp_path / "p.zip")
    with zipfile.ZipFile(two, "a") as archive:
        for part in (".shp", ".shx", ".dbf", ".prj"):
            archive.write(two.with_suffix(part), f"q{part}")
    with pytest.raises(InputError, match=r"holds 2 layers \(p, q\); name one with --layer"):
        open_layer(two)
    assert open_layer(two, "q").features == 3
