"""The page of verification: a file in, the verdict in words of both languages, nothing else opened."""

import re
from dataclasses import replace

import geopandas
import pytest
import shapely

from tests.test_receipts import moved, with_cell
from tests.tiny import write_atlas
from ui import verify_files, verify_view
from zones import read_atlas
from zones.errors import InputError
from zones.proof.receipt_files import Held
from zones.proof.receipt_sources import SourceFile
from zones.proof.receipts import area_receipts
from zones.proof.verify import verify


@pytest.fixture
def tiny(tmp_path):
    return read_atlas(write_atlas(tmp_path / "data"))


def judged(tiny):
    held = Held(area_receipts(tiny, tiny.zones), ())
    whole = moved(tiny.zones.geometry["tiny.park.whole"], 0)
    after = with_cell(tiny, "tiny.park.whole", "geometry", whole)
    return held, after, verify(after, held.receipts)


@pytest.mark.parametrize(("lang", "words"), [("zh", "图形已变"), ("en", "shape changed")])
def test_each_stale_receipt_is_a_row_with_its_reason_and_both_values(tiny, lang, words):
    held, after, verdict = judged(tiny)
    told = verify_view.stale_table(after, held, verdict, lang)
    assert len(told["rows"]) == len(verdict.stale) == 5
    for row, stale in zip(told["rows"], verdict.stale, strict=True):
        assert row["cells"][2]["sort"] == stale.value
        assert row["cells"][3]["sort"] == stale.now
        assert words in row["cells"][4]["text"]
        assert row["cells"][5]["text"] == stale.id
        # The name, not the id, and no cause that only follows from the shape.
        assert "tiny.park" not in row["cells"][4]["text"]
        assert "→" in row["cells"][4]["text"]


def test_the_banner_counts_and_says_on_what(tiny):
    held, after, verdict = judged(tiny)
    text = verify_view.banner(after, held, verdict, "a<b>.pdf", "zh")
    count = len(held.receipts)
    assert f"{count} 张凭证中有 5 张失效" in text
    assert "a&lt;b&gt;.pdf" in text
    good = verify(tiny, held.receipts)
    assert f"All {count} receipts hold" in verify_view.banner(tiny, held, good, "a.pdf", "en")
    newer = replace(tiny, version="00000000")
    assert f"issued on data {tiny.version}" in verify_view.banner(newer, held, good, "a.pdf", "en")


def test_a_changed_number_names_its_side(tiny):
    held, _, _ = judged(tiny)
    altered = Held((replace(held.receipts[0], value=1.0),), ())
    verdict = verify(tiny, altered.receipts)
    told = verify_view.stale_table(tiny, altered, verdict, "zh")
    assert "凭证发出后被改动" in told["rows"][0]["cells"][4]["text"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.geojson", b"<OGRVRTDataSource></OGRVRTDataSource>"),
        ("a.gpkg", b"<OGRVRTDataSource></OGRVRTDataSource>"),
        ("a.vrt", b"<OGRVRTDataSource></OGRVRTDataSource>"),
        ("a.shp", b"\x00\x00\x27\x0a"),
    ],
)
def test_a_source_that_is_not_what_its_name_says_is_refused(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=re.escape(name)):
        verify_files.sound(name, tmp_path / name)


def test_only_files_given_here_count(tiny, tmp_path):
    issued = area_receipts(tiny, tiny.zones)[:1]
    held = Held((replace(issued[0], files=(SourceFile("/etc/hostname", "0" * 64),)),), ())
    assert verify_view.stated(held) == ["/etc/hostname"]
    assert verify_view._at_hand(held, {}) == {}
    given = tmp_path / "x.geojson"
    assert verify_view._at_hand(held, {"x.geojson": given}) == {"/etc/hostname": given}


def test_a_geopackage_that_is_none_is_not_opened(tmp_path):
    from zones.proof.receipt_files import read_receipts

    frame = geopandas.GeoDataFrame(geometry=[shapely.Point(0, 0)], crs="EPSG:4326")
    frame.to_file(tmp_path / "a.geojson")
    (tmp_path / "a.geojson").rename(tmp_path / "a.gpkg")
    with pytest.raises(InputError, match="it is no database"):
        read_receipts(tmp_path / "a.gpkg")
