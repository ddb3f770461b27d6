"""Office files and the saved map: equal input, equal bytes, whatever the clock and the process."""

import datetime
import io
import os
import subprocess
import sys
import zipfile

import pytest

from layers.steady import steady_zip
from tests.tiny import write_atlas

MAKE = """
import hashlib, sys
from pathlib import Path
from layers.report import report_docx
from layers.slides import slides_bytes
from layers.tables import area_workbook
from layers.webmap import web_map_bytes
from zones import read_atlas
atlas = read_atlas(Path(sys.argv[1]))
made = (
    slides_bytes(atlas, atlas.zones)[0], report_docx(atlas, atlas.zones)[0],
    area_workbook(atlas, atlas.zones), web_map_bytes(atlas, atlas.zones),
)
print("\\n".join(hashlib.sha256(content).hexdigest() for content in made))
"""


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
def hashes(tmp_path_factory):
    """Return the hashes two processes print: other hash seed, other time zone, other folder."""
    found = []
    for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai")):
        data = write_atlas(tmp_path_factory.mktemp(f"steady{seed}") / "data")
        settings = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}
        ran = subprocess.run(
            [sys.executable, "-c", MAKE, str(data)], capture_output=True, text=True, check=False, env=settings
        )
        assert ran.returncode == 0, ran.stderr
        found.append(ran.stdout.split())
    return found


@pytest.mark.parametrize("at", range(4), ids=("pptx", "docx", "xlsx", "html"))
def test_two_processes_write_equal_bytes(hashes, at):
    assert hashes[0][at] == hashes[1][at]
    assert len(hashes[0][at]) == 64
