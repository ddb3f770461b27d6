"""KML: attributes under their own names, folders, and shapes that cannot be read by number."""

import zipfile

import pytest

from zones.errors import ChoiceError, InputError
from zones.intake.read_kml import read_kml, read_kmz

RING = "113.9,22.5,0 113.91,22.5,0 113.91,22.51,0 113.9,22.51,0 113.9,22.5,0"
HOLE = "113.902,22.502 113.904,22.502 113.904,22.504 113.902,22.502"


def mark(inside, name="甲", data=""):
    return f"<Placemark><name>{name}</name>{data}{inside}</Placemark>"


def polygon(ring=RING, holes=""):
    outer = f"<outerBoundaryIs><LinearRing><coordinates>{ring}</coordinates></LinearRing></outerBoundaryIs>"
    return f"<Polygon>{outer}{holes}</Polygon>"


def write(path, *parts, declared="UTF-8", encoding="utf-8"):
    body = f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{"".join(parts)}</Document></kml>'
    path.write_bytes(f'<?xml version="1.0" encoding="{declared}"?>\n{body}'.encode(encoding))
    return path


DATA = (
    "<ExtendedData><Data name='用途'><value>工业</value></Data>"
    "<SchemaData schemaUrl='#s'><SimpleData name='面积（亩）'>12.5</SimpleData></SchemaData></ExtendedData>"
)


def test_extended_data_keeps_its_names(tmp_path):
    raw = read_kml(write(tmp_path / "x.kml", mark(polygon(), data=DATA)))
    assert raw.frame.drop(columns="geometry").to_dict("records") == [
        {"name": "甲", "用途": "工业", "面积（亩）": "12.5"}
    ]
    assert raw.frame.area.iloc[0] == pytest.approx(1e-4)
    assert (raw.crs, raw.degrees) == ("EPSG:4326", True)


def test_holes_and_parts(tmp_path):
    inner = f"<innerBoundaryIs><LinearRing><coordinates>{HOLE}</coordinates></LinearRing></innerBoundaryIs>"
    both = f"<MultiGeometry>{polygon(holes=inner)}{polygon()}</MultiGeometry>"
    raw = read_kml(write(tmp_path / "x.kml", mark(polygon(holes=inner)), mark(both)))
    assert raw.frame.area.tolist() == pytest.approx([1e-4 - 2e-6, 2e-4 - 2e-6])
    assert raw.frame.geom_type.tolist() == ["Polygon", "MultiPolygon"]


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        ("", "it has no shape"),
        ("<Point><coordinates>abc,22.5</coordinates></Point>", "'abc,22.5'"),
        ("<Point><coordinates/></Point>", "no coordinates"),
        (polygon("113.9,22.5 nan,22 113.9,22.6 113.9,22.5"), "infinite or missing"),
        (polygon("113.9,22.5 113.91,22.5"), "fewer than three"),
        ("<Model/>", "a Model is no outline"),
        ("<Polygon/>", "no outer ring"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path, shape, reason):
    raw = read_kml(write(tmp_path / "x.kml", mark(polygon()), mark(shape), mark(polygon())))
    assert (raw.read, list(raw.frame.index)) == (3, [1, 3])
    assert reason in raw.dropped[0].reason


def test_an_open_ring(tmp_path):
    raw = read_kml(write(tmp_path / "x.kml", mark(polygon(RING.rsplit(" ", 1)[0]))))
    assert raw.frame.area.iloc[0] == pytest.approx(1e-4)
    assert [issue.kind for issue in raw.issues] == ["ring_closed"]


def test_folders(tmp_path):
    folders = f"<Folder><name>核</name>{mark(polygon())}<Folder><name>北</name>{mark(polygon())}</Folder></Folder>"
    path = write(tmp_path / "x.kml", folders, mark(polygon(), "乙"))
    assert read_kml(path).frame["folder"].tolist() == ["核", "核/北", ""]
    assert len(read_kml(path, "核/北").frame) == 1
    with pytest.raises(ChoiceError, match="has no folder '南'"):
        read_kml(path, "南")


def test_gbk_as_declared(tmp_path):
    raw = read_kml(write(tmp_path / "x.kml", mark(polygon(), "铁仔山"), declared="GB2312", encoding="gbk"))
    assert raw.frame["name"].tolist() == ["铁仔山"]
    assert raw.encoding == "gb18030"


def test_entities_are_refused_and_links_not_followed(tmp_path):
    path = tmp_path / "x.kml"
    path.write_text('<?xml version="1.0"?><!DOCTYPE k [<!ENTITY e SYSTEM "file:///etc/passwd">]><kml>&e;</kml>')
    with pytest.raises(InputError, match="XML entities"):
        read_kml(path)
    link = "<NetworkLink><Link><href>http://10.0.0.1/x.kml</href></Link></NetworkLink>"
    assert [issue.kind for issue in read_kml(write(path, link, mark(polygon()))).issues] == ["network_link"]


def test_no_kml(tmp_path):
    path = write(tmp_path / "x.kml")
    with pytest.raises(InputError, match="holds no feature"):
        read_kml(path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputError, match="damaged or cut off"):
        read_kml(path)


def test_kmz(tmp_path):
    inner = write(tmp_path / "doc.kml", mark(polygon()))
    with zipfile.ZipFile(tmp_path / "x.kmz", "w") as archive:
        archive.write(inner, "doc.kml")
        archive.writestr("files/icon.png", b"png")
    assert len(read_kmz(tmp_path / "x.kmz").frame) == 1
    with zipfile.ZipFile(tmp_path / "y.kmz", "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(InputError, match=r"holds no \.kml"):
        read_kmz(tmp_path / "y.kmz")


def test_the_encoding_a_file_declares_goes_before_a_guess(tmp_path):
    raw = read_kml(write(tmp_path / "x.kml", mark(polygon(), "測量處"), declared="Big5", encoding="big5"))
    assert raw.frame["name"].tolist() == ["測量處"]


def test_a_ring_by_itself_is_an_area(tmp_path):
    raw = read_kml(write(tmp_path / "x.kml", mark(f"<LinearRing><coordinates>{RING}</coordinates></LinearRing>")))
    assert raw.frame.area.tolist() == pytest.approx([1e-4])
    assert raw.dropped == ()
