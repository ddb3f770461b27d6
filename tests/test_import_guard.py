"""The first look at a file: content against name, and archives that lead elsewhere or never end."""

import zipfile

import pytest

from zones.errors import InputError
from zones.intake import import_guard
from zones.intake.import_guard import Kind, check_archive, kind_of, unpack

VRT = b"<OGRVRTDataSource><OGRVRTLayer><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"


def zipped(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.geojson", b'\xef\xbb\xbf {"type": "Feature"}', Kind.GEOJSON),
        ("a.gpkg", b"SQLite format 3\x00", Kind.GPKG),
        ("a.parquet", b"PAR1....PAR1", Kind.PARQUET),
        ("a.SHP", b"\x00\x00\x27\x0a", Kind.SHP),
        ("a.kml", b'<?xml version="1.0"?><kml>', Kind.KML),
        ("a.dxf", b"  0\r\nSECTION\r\n", Kind.DXF),
        ("a.csv", "经度,纬度\n".encode("gbk"), Kind.CSV),
        ("a.zip", b"PK\x03\x04", Kind.ZIP),
    ],
)
def test_kinds_by_name_and_content(tmp_path, name, content, kind):
    (tmp_path / name).write_bytes(content)
    assert kind_of(tmp_path / name) is kind


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.geojson", VRT, "virtual dataset"),
        ("a.csv", VRT, "virtual dataset"),
        ("a.kml", VRT, "virtual dataset"),
        ("a.gpkg", VRT, "virtual dataset"),
        ("a.dxf", b"AC1032\x00", "DWG drawing"),
        ("a.geojson", b"PK\x03\x04", "an archive"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0", "old Excel"),
        ("a.geojson", b"", "is empty"),
        ("a.tif", b"II*\x00", "'.tif' files cannot be read"),
    ],
)
def test_another_content_than_the_name_says(tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=words):
        kind_of(tmp_path / name)


def test_a_missing_file(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        kind_of(tmp_path / "a.shp")


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ("../a.shp", "points outside"),
        ("/etc/a.shp", "points outside"),
        ("C:\\a.shp", "points outside"),
        ("x\\..\\..\\a.shp", "points outside"),
        ("b/inner.zip", "archive within the archive"),
        ("b/inner.KMZ", "archive within the archive"),
    ],
)
def test_members_that_lead_elsewhere(tmp_path, member, words):
    target = tmp_path / "into"
    target.mkdir()
    with pytest.raises(InputError, match=words):
        unpack(zipped(tmp_path / "a.zip", **{"good.shp": "x", member: "x"}), target)
    assert list(target.iterdir()) == []


def test_links_and_doubles(tmp_path):
    link = zipfile.ZipInfo("a.shp")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(InputError, match="a link to another file"):
        unpack(tmp_path / "link.zip", tmp_path)
    with pytest.raises(InputError, match=r"two files named 'a\.shp'"):
        unpack(zipped(tmp_path / "two.zip", **{"x/a.shp": "1", "y/a.shp": "2"}), tmp_path)


def test_bytes_are_counted_while_reading(tmp_path, monkeypatch):
    bomb = zipped(tmp_path / "bomb.zip", **{"a.geojson": b"0" * 3_000_000})
    monkeypatch.setattr(import_guard, "RATIO_FREE", 1_000_000)
    with pytest.raises(InputError, match="over 200 times its size"):
        check_archive(bomb)
    monkeypatch.setattr(import_guard, "MOST_UNPACKED", 2_000_000)
    monkeypatch.setattr(import_guard, "MOST_RATIO", 1e9)
    with pytest.raises(InputError, match="unpacks to more than"):
        unpack(bomb, tmp_path)


def test_too_many_members(tmp_path, monkeypatch):
    monkeypatch.setattr(import_guard, "MOST_MEMBERS", 2)
    with pytest.raises(InputError, match="holds 3 files"):
        unpack(zipped(tmp_path / "a.zip", a="1", b="2", c="3"), tmp_path)


def test_a_cut_off_archive(tmp_path):
    whole = zipped(tmp_path / "a.zip", **{"a.geojson": b"abc" * 1000}).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[:60])
    with pytest.raises(InputError, match="damaged or cut off"):
        unpack(tmp_path / "cut.zip", tmp_path)


def test_names_packed_on_chinese_windows(tmp_path):
    # Such archives hold GBK bytes and no mark that says so; zipfile then reads them as cp437.
    member = zipfile.ZipInfo("x")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(member, "1")
    raw = (tmp_path / "a.zip").read_bytes()
    name = "地块.shp".encode("gbk")
    member.filename = "y" * len(name)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(member, "1")
    raw = (tmp_path / "a.zip").read_bytes().replace(b"y" * len(name), name)
    (tmp_path / "a.zip").write_bytes(raw)
    into = tmp_path / "into"
    into.mkdir()
    assert [each.name for each in unpack(tmp_path / "a.zip", into)] == ["地块.shp"]
