"""Survey coordinates as land offices exchange them: systems stated, rings, counts, what cannot be read."""

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from tests.shapes import PINGSHAN
from zones.errors import InputError
from zones.intake.bring_in import Told, bring_in
from zones.intake.read_survey import read_survey

GK_STRAIGHT_M2 = 67_135_186.42
"""Published area of PINGSHAN with edges straight on the plane (see test_measure)."""

FACTS = (
    "格式版本号=1.01版本\r\n坐标系={datum}国家大地坐标系\r\n几度分带={width}\r\n计量单位=米\r\n"
    "带号={zone}\r\n精度=0.001\r\n"
)


def rings(*outlines):
    return [
        f"J{place + 1},{number + 1},{north:.4f},{east:.4f}"
        for number, outline in enumerate(outlines)
        for place, (east, north) in enumerate(outline)
    ]


def save(path, *parcels, facts="", encoding="gbk"):
    text = f"[属性描述]\r\n{facts}[地块坐标]\r\n" + "\r\n".join(line for lines in parcels for line in lines) + "\r\n"
    path.write_bytes(text.encode(encoding))
    return path


def parcel(name, *outlines, count=None):
    lines = rings(*outlines)
    return [f"{count or len(lines)},6713.5186,{name},塱背,面,H-50,工业,0601,@", *lines]


def in_system(code):
    return np.column_stack(
        Transformer.from_crs(4490, code, always_xy=True).transform(*shapely.get_coordinates(PINGSHAN).T)
    )


@pytest.mark.parametrize(
    ("datum", "width", "zone", "code", "how"),
    [
        ("2000", 3, 38, "EPSG:4526", "file"), ("2000", 3, 38, "EPSG:4547", "file"),
        ("2000", 6, 20, "EPSG:4498", "file"),
        ("2000", 6, 20, "EPSG:4509", "file"), ("", "", "", "EPSG:4526", "range"),
    ],
)  # fmt: skip
def test_systems_and_area(tmp_path, datum, width, zone, code, how):
    facts = FACTS.format(datum=datum, width=width, zone=zone)
    brought = bring_in(save(tmp_path / "x.txt", parcel("DK1", in_system(code)), facts=facts), Told())
    assert (brought.crs, brought.how, brought.swapped) == (code, how, False)
    if code in ("EPSG:4526", "EPSG:4547"):
        assert brought.area_after_m2 == pytest.approx(GK_STRAIGHT_M2, abs=1.0)
    assert brought.frame[["地块编号", "地块名称", "地块用途"]].iloc[0].tolist() == ["DK1", "塱背", "工业"]
    assert brought.encoding == "gb18030"


def test_xian_80_is_named_and_its_shift_doubted(tmp_path):
    facts = FACTS.format(datum="80", width=3, zone=38)
    brought = bring_in(save(tmp_path / "x.txt", parcel("a", in_system("EPSG:4526")), facts=facts), Told())
    assert brought.crs == "EPSG:2362"
    assert "datum_shift_unknown" in {issue.kind for issue in brought.issues}


def test_holes_parts_and_counts(tmp_path):
    # A square of 100 m less one of 20 m, and a square of 30 m beside it; then a parcel that lacks a corner.
    outer, hole, beside = (
        shapely.get_coordinates(shapely.box(x, 2_500_000, x + size, 2_500_000 + size))
        for x, size in ((500_000, 100), (500_040, 20), (500_200, 30))
    )
    hole[:, 1] += 40
    raw = read_survey(save(tmp_path / "x.txt", parcel("a", outer, hole, beside), parcel("b", outer, count=9)))
    assert shapely.area(raw.frame.geometry.array).tolist() == [10_000 - 400 + 900, 10_000]
    assert [(issue.kind, issue.feature, issue.value) for issue in raw.issues] == [("records_differ", "2", "9")]


def test_what_cannot_be_read_is_named(tmp_path):
    square = shapely.get_coordinates(shapely.box(500_000, 2_500_000, 500_100, 2_500_100))
    path = save(
        tmp_path / "x.txt", parcel("a", square), ["3,1,b,,面,,,,@", "J1,1,abc,2"], ["3,1,c,,面,,,,@", "J1,1"],
        ["0,0,d,,面,,,,@"], encoding="utf-8",
    )  # fmt: skip
    raw = read_survey(path)
    assert (raw.read, len(raw.frame), raw.encoding) == (4, 1, "utf-8")
    assert {each.feature: each.reason for each in raw.dropped} == {
        "2": "its coordinates are '2', 'abc', which is no place",
        "3": "its coordinates are not pairs of numbers",
        "4": "its shape has no coordinates",
    }
    with pytest.raises(InputError, match="holds no parcel"):
        read_survey(save(tmp_path / "y.txt"))
