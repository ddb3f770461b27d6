"""How a large file arrives in parts, and who may name files of the server."""

import pytest

from tests.counting import write_layer
from ui.counting import tabulate_source
from ui.imports import sending
from ui.imports.sending import Coming, reads_own_files, take_part
from ui.plans.current_values import Sent
from ui.rasters import raster_source


@pytest.mark.parametrize(
    ("address", "headers", "allowed"),
    [
        ("127.0.0.1", {"Host": "127.0.0.1:8501"}, True),
        ("localhost", {"host": "localhost:8501"}, True),
        ("::1", {"Host": "[::1]:8501"}, True),
        ("0.0.0.0", {"Host": "127.0.0.1:8501"}, False),
        ("", {"Host": "localhost:8501"}, False),
        # Another name that leads here, a proxy before us, or no name at all.
        ("127.0.0.1", {"Host": "atlas.example:8501"}, False),
        ("127.0.0.1", {"Host": "localhost", "X-Forwarded-For": "10.0.0.7"}, False),
        ("127.0.0.1", {"Host": "localhost", "Via": "1.1 proxy"}, False),
        ("127.0.0.1", {}, False),
    ],
)
def test_only_who_sits_at_the_machine_names_its_files(address, headers, allowed):
    assert reads_own_files(address, headers) is allowed


def test_a_file_arrives_in_parts(tmp_path):
    content = write_layer(tmp_path / "made.gpkg", count=3).read_bytes()
    folder = tmp_path / "own"
    folder.mkdir()
    half = len(content) // 2
    sent = [Sent("地块.gpkg", len(content), part) for part in (content[:half], content[half:])]
    assert take_part(sent[0], Coming("a", 0), folder / "coming", "zh", tabulate_source.keep) == (half, None)
    # The same part once more changes nothing; the sender is told where to go on.
    assert take_part(sent[1], Coming("a", 0), folder / "coming", "zh", tabulate_source.keep)[0] == len(content) - half
    assert take_part(sent[0], Coming("a", 0), folder / "coming", "zh", tabulate_source.keep) == (half, None)
    at, source = take_part(sent[1], Coming("a", half), folder / "coming", "zh", tabulate_source.keep)
    assert (at, source.name, source.fault) == (len(content), "地块.gpkg", None)
    assert source.path.read_bytes() == content
    assert [each.name for each in folder.iterdir()] == [source.path.parent.name]


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (Sent("大.gpkg", 999, b""), "大.gpkg：0.0 MB，超过上传上限"),
        (Sent("坏.gpkg", 50, b""), "坏.gpkg：没有完整传到"),
        (Sent("错.txt", 3, b"abc"), "错.txt: this kind of file is not taken"),
        (Sent("长.gpkg", 5, b"a" * 200), "长.gpkg：没有完整传到"),
    ],
)
def test_what_does_not_arrive_is_told_and_not_kept(tmp_path, monkeypatch, sent, message):
    monkeypatch.setattr(sending, "MOST_BYTES", 100)
    at, source = take_part(sent, Coming("a", 0), tmp_path / "coming", "zh", tabulate_source.keep)
    assert (at, source.path) == (sent.size, None)
    assert source.fault.startswith(message)
    assert list(tmp_path.iterdir()) == []


def test_a_raster_sent_in_parts(tmp_path):
    at, taken = take_part(Sent("a.tif", 6, b"II*"), Coming("x", 0), tmp_path / "coming", "zh", raster_source.keep)
    assert (at, taken) == (3, None)
    at, taken = take_part(Sent("a.tif", 6, b"\x00ab"), Coming("x", 3), tmp_path / "coming", "zh", raster_source.keep)
    assert (at, taken.path.read_bytes()) == (6, b"II*\x00ab")
    _, taken = take_part(Sent("a.vrt", 1, b"x"), Coming("y", 0), tmp_path / "coming", "zh", raster_source.keep)
    assert "this kind of file is not taken" in taken.fault
    _, taken = take_part(Sent("a.tif", 10**9, b""), Coming("z", 0), tmp_path / "coming", "zh", raster_source.keep)
    assert taken.path is None
