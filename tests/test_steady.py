"""Every file a person takes away: equal bytes whatever clock and process; it verifies until the data change."""

import datetime
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from layers.office.steady import steady_zip
from layers.tables.tables import figure_heads
from tests.tiny import write_atlas
from zones import read_atlas
from zones.proof.passport import read_record
from zones.proof.receipt_files import read_receipts
from zones.proof.verify import verify

MAKE = """
import sys
from pathlib import Path
from layers.office.office_files import write_html, write_report, write_slides
from layers.sheets.sheet import draw_sheet
from layers.sheets.sheet_files import sheet_file
from layers.sheets.sheet_plan import Order
from layers.tables.tables import area_workbook
from zones import read_atlas
atlas, folder = read_atlas(Path(sys.argv[1])), Path(sys.argv[2])
sheet = draw_sheet(atlas, atlas.zones, Order("图"))
for form in ("pdf", "svg", "png"):
    (folder / f"made.{form}").write_bytes(sheet_file(atlas, sheet, form)[0])
(folder / "made.xlsx").write_bytes(area_workbook(atlas, atlas.zones))
for write, form in ((write_slides, "pptx"), (write_report, "docx"), (write_html, "html")):
    write(atlas, atlas.zones, folder / f"made.{form}")
"""
FORMS = ("pdf", "svg", "png", "pptx", "docx", "xlsx", "html")


def package(moment, nested=None):
    """Return a small Office file as some program wrote it at some moment."""
    core = f"<p><dcterms:created>{moment:%Y-%m-%dT%H:%M:%S}Z</dcterms:created></p>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        stamp = moment.timetuple()[:6]
        for name, part in (("word/b.xml", "b"), ("docProps/core.xml", core), ("[Content_Types].xml", "t")):
            file.writestr(zipfile.ZipInfo(name, stamp), part)
        if nested is not None:
            file.writestr(zipfile.ZipInfo("ppt/embeddings/book1.xlsx", stamp), nested)
    return stream.getvalue()


EARLY = datetime.datetime(2024, 2, 29, 23, 59, 58)
LATE = datetime.datetime(2026, 11, 21, 8, 0, 2)


def test_the_moment_of_writing_leaves_no_trace():
    assert package(EARLY) != package(LATE)
    assert steady_zip(package(EARLY)) == steady_zip(package(LATE))


def test_a_workbook_inside_a_chart_is_steadied_too():
    early, late = package(EARLY, package(EARLY)), package(LATE, package(LATE))
    assert steady_zip(early) == steady_zip(late)


def test_the_properties_tell_the_day_of_the_data():
    content = steady_zip(package(LATE), datetime.date(2026, 3, 1))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert b"2026-03-01T00:00:00Z" in file.read("docProps/core.xml")
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_content_types_come_first_and_no_part_changes():
    with zipfile.ZipFile(io.BytesIO(steady_zip(package(LATE)))) as file:
        assert file.namelist() == ["[Content_Types].xml", "docProps/core.xml", "word/b.xml"]
        assert (file.read("word/b.xml"), file.testzip()) == (b"b", None)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the data, and the folders two processes fill: other hash seed, time zone and place of the data."""
    runs, places = [], []
    for seed, zone in (("1", "UTC"), ("77", "Asia/Shanghai")):
        place = tmp_path_factory.mktemp(f"steady{seed}")
        command = [sys.executable, "-c", MAKE, str(write_atlas(place / "data")), str(place)]
        settings = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}
        runs.append(subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=settings))
        places.append(place)
    for run in runs:
        said = run.communicate(timeout=300)[1]
        assert run.returncode == 0, said
    return places


@pytest.mark.parametrize("form", FORMS)
def test_two_processes_write_equal_bytes(made, form):
    first, second = ((place / f"made.{form}").read_bytes() for place in made)
    assert first == second
    assert first


@pytest.fixture(scope="module")
def atlases(made, tmp_path_factory):
    """Return the atlas, and a copy in which one corner of one zone lies 1 cm further north: 9e-8 of a degree."""
    copy = tmp_path_factory.mktemp("moved") / "data"
    shutil.copytree(made[0] / "data", copy)
    path = copy / "geo" / "tiny.geojson"
    held = json.loads(path.read_text(encoding="utf-8"))
    core = next(each for each in held["features"] if each["properties"]["zone_id"] == "tiny.core.part")
    core["geometry"]["coordinates"][0][2][1] += 9e-8
    path.write_text(json.dumps(held), encoding="utf-8")
    return read_atlas(made[0] / "data"), read_atlas(copy)


@pytest.mark.parametrize("form", FORMS)
def test_a_file_verifies_and_after_a_centimetre_names_the_zone_that_moved(made, atlases, form):
    held = read_receipts(made[1] / f"made.{form}", figure_heads())
    before, after = (verify(atlas, held.receipts, held.shown) for atlas in atlases)
    assert held.receipts
    assert before.holds, before.reason
    assert not after.holds
    assert "zone tiny.core.part: geometry changed" in after.reason
    # Nothing that leaves the zone out is called into question.
    assert all("tiny.core.part" in each.zones for each in after.stale)


@pytest.mark.parametrize("form", [form for form in FORMS if form != "xlsx"])
def test_a_file_with_a_map_says_what_the_map_is_for(made, form):
    use = read_record(made[0] / f"made.{form}")["map_use"]
    assert (use["use"], use["findings"]) == ("internal", [])
