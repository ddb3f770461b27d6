"""Layers a person brings: what is taken, what is refused and why, and nothing left behind."""

import hashlib
import io
import zipfile

import geopandas
import pytest
from shapely import Point, box

from zones.counting import parcel_files
from zones.counting.parcel_stream import open_layer
from zones.errors import InputError
from zones.intake import import_guard

SHAPES = geopandas.GeoDataFrame({"use": ["R", "M"]}, geometry=[box(0, 0, 1, 1), box(1, 1, 2, 2)], crs="EPSG:4490")


def sent(tmp_path, content):
    path = tmp_path / "coming"
    path.write_bytes(content)
    return path


def written(tmp_path, name):
    path = tmp_path / "made" / name
    path.parent.mkdir(exist_ok=True)
    if path.suffix == ".parquet":
        SHAPES.to_parquet(path)
    else:
        SHAPES.to_file(path)
    return path


def zipped(tmp_path, prefix="", names=("p",)):
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            written(tmp_path, f"{name}.shp")
            for part in (tmp_path / "made").glob(f"{name}.*"):
                archive.write(part, f"{prefix}{part.name}")
        archive.writestr("readme.txt", "about")
    return body.getvalue()


@pytest.mark.parametrize("name", ["p.parquet", "p.gpkg"])
def test_a_layer_is_kept_under_a_name_of_ours(tmp_path, name):
    coming = sent(tmp_path, written(tmp_path, name).read_bytes())
    path = parcel_files.keep(f"../地块 {name}", coming, tmp_path)
    assert path.parent.parent == tmp_path
    assert path.name == f"layer{path.suffix}"
    assert open_layer(path).features == 2
    assert not coming.exists()


@pytest.mark.parametrize("prefix", ["", "地块/"])
def test_a_zipped_shapefile_is_unpacked_into_its_folder(tmp_path, prefix):
    path = parcel_files.keep("p.ZIP", sent(tmp_path, zipped(tmp_path, prefix)), tmp_path)
    assert sorted(each.name for each in path.parent.iterdir()) == [
        "layer.cpg", "layer.dbf", "layer.prj", "layer.shp", "layer.shx"
    ]  # fmt: skip
    layer = open_layer(path)
    assert (layer.features, layer.fields) == (2, ("use",))


def folder_of_text():
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr("a.txt", "a")
    return body.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("p.csv", b"a,b", "this kind of file is not taken"),
        ("p.shp", b"\x00\x00\x27\x0a", "this kind of file is not taken"),
        ("p", b"", "this kind of file is not taken"),
        ("p.gpkg", b"<OGRVRTDataSource>", "not readable as GeoPackage: it holds a GDAL virtual dataset"),
        ("p.parquet", b"", "is empty, so not readable as GeoParquet"),
        ("p.zip", b"PK\x03\x04 cut off", "the archive is damaged or cut off"),
        ("p.zip", folder_of_text(), "holds no Shapefile"),
    ],
)
def test_what_is_no_layer_is_refused_in_a_sentence(tmp_path, name, content, message):
    with pytest.raises(InputError, match=f"^{name}: .*{message}"):
        parcel_files.keep(name, sent(tmp_path, content), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_one_archive_holds_one_shapefile(tmp_path):
    with pytest.raises(InputError, match="holds 2 Shapefiles"):
        parcel_files.keep("p.zip", sent(tmp_path, zipped(tmp_path, names=("p", "q"))), tmp_path)


def test_an_archive_that_leads_elsewhere_is_refused_by_the_name_it_was_sent_with(tmp_path):
    with pytest.raises(InputError, match=r"^p\.zip: '\.\./p\.\w+' points outside the archive"):
        parcel_files.keep("p.zip", sent(tmp_path, zipped(tmp_path, prefix="../")), tmp_path)


def test_unpacking_is_counted_and_ends_at_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(import_guard, "MOST_UNPACKED", 300)
    content = zipped(tmp_path)
    with pytest.raises(InputError, match="unpacks to more than"):
        parcel_files.keep("p.zip", sent(tmp_path, content), tmp_path)
    assert list(tmp_path.glob("layer-*")) == []


def test_parts_are_added_in_order_only(tmp_path):
    path = tmp_path / "coming"
    assert parcel_files.add_part(path, 0, b"abc") == 3
    assert parcel_files.add_part(path, 0, b"abc") == 3
    assert parcel_files.add_part(path, 5, b"x") == 3
    assert parcel_files.add_part(path, 3, b"de") == 5
    assert path.read_bytes() == b"abcde"


def test_earlier_layers_are_swept_but_for_one(tmp_path):
    first, second = (parcel_files.keep("p.gpkg", sent(tmp_path, b"SQLite format 3\x00"), tmp_path) for _ in range(2))
    parcel_files.sweep(tmp_path, first)
    assert (first.exists(), second.exists()) == (True, False)


def test_a_file_of_this_machine_is_named_in_full(tmp_path):
    path = written(tmp_path, "p.gpkg")
    assert parcel_files.local(f' "{path}" ') == path
    assert parcel_files.local(str(tmp_path)) == tmp_path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("parcels.gpkg", "give the full path"),
        ("//server/share/p.gpkg", "another machine"),
        (r"\\server\share\p.gpkg", "another machine"),
        ("{}/none.gpkg", "no such file"),
        ("{}/secret.txt", r"'\.txt' files cannot be read; convert it to one of \.gpkg, "),
        ("{}/odd.parquet", "not readable as GeoParquet: it holds something else"),
    ],
)
def test_other_names_are_refused_in_a_sentence(tmp_path, text, message):
    (tmp_path / "odd.parquet").write_text("a: text")
    (tmp_path / "secret.txt").write_text("a: text")
    with pytest.raises(InputError, match=message):
        parcel_files.local(text.format(tmp_path))


def test_layers_of_a_geopackage(tmp_path):
    path = written(tmp_path, "p.gpkg")
    points = geopandas.GeoDataFrame(geometry=[Point(0, 0)], crs="EPSG:4490")
    points.to_file(path, layer="q")
    assert parcel_files.layer_names(path) == ("p", "q")
    assert parcel_files.layer_names(tmp_path / "none.gpkg") == ()
    assert parcel_files.layer_names(tmp_path / "p.parquet") == ()


def test_digests_name_every_file_of_a_layer(tmp_path):
    path = written(tmp_path, "p.shp")
    found = parcel_files.digests(path, lambda: None)
    assert list(found) == ["p.shp", "p.shx", "p.dbf", "p.prj", "p.cpg"]
    assert found["p.dbf"] == hashlib.sha256(path.with_suffix(".dbf").read_bytes()).hexdigest()
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "a.parquet").write_bytes(b"abc")
    # SHA-256 of "abc", from FIPS 180-2, appendix B.1.
    abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert parcel_files.digests(tmp_path / "parts", lambda: None) == {"a.parquet": abc}


def test_digests_can_be_stopped(tmp_path):
    def check():
        raise InterruptedError

    with pytest.raises(InterruptedError):
        parcel_files.digests(written(tmp_path, "p.gpkg"), check)
