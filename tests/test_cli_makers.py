"""`zones sheet` and `zones atlas`: JSON alone on standard output, files whole, faults in one sentence."""

import hashlib
import json

import pypdf
import pytest
from PIL import Image

from tests.counting import write_layer
from tests.lean import with_lean_fonts
from tests.test_cli import answer
from tests.test_wind_rose import EAST, written
from tests.tiny import write_atlas
from ui.sheets import sheet_orders
from zones import read_atlas
from zones.proof.passport import record_in


@pytest.mark.parametrize("suffix", ["pdf", "svg", "png"])
def test_sheet_writes_a_file_and_tells_what_it_rests_on(zones, tmp_path, suffix):
    path = tmp_path / f"map.{suffix}"
    told = answer(zones("sheet", "-o", path, "tiny.core.part", "--format", "json"))
    assert set(told) == {"path", "pages", "receipt"}
    assert (told["path"], told["pages"]) == (str(path), 1)
    assert told["receipt"]["zones"] == ["tiny.core.part"]
    assert told["receipt"]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert told["receipt"]["receipts"][0]["zones"][0]["zone_id"] == "tiny.core.part"


def test_sheet_draws_a_layer_of_ones_own(zones, tmp_path):
    layer, path = write_layer(tmp_path / "地块.gpkg", count=5), tmp_path / "map.svg"
    told = answer(zones("sheet", "-o", path, "--layer", layer, "--class", "use", "--format", "json"))
    assert told["receipt"]["map_use"]["use"] == "internal"
    [held] = record_in(path.read_bytes(), ".svg", "it")["overlays"]
    assert (held["name"], held["features"], held["field"]) == ("地块.gpkg", 5, "use")
    assert held["files"] == {"地块.gpkg": hashlib.sha256(layer.read_bytes()).hexdigest()}
    code, _, err = zones("sheet", "-o", path, "--layer", layer, "--public", "--review-number", "粤S（2026）1号")
    assert code == 2
    assert "图层“地块.gpkg”的许可是“无”" in err
    assert zones("sheet", "-o", path, "--class", "use")[0] == 2


def test_sheet_takes_all_its_options(zones, tmp_path):
    rose = tmp_path / "rose.toml"
    rose.write_bytes(written(EAST))
    path = tmp_path / "map.png"
    options = {
        "--template": "a3", "--size": "slide", "--title": "某图", "--scale": "100000", "--theme": "print",
        "--organisation": "某局", "--number": "1-2", "--review-number": "粤S（2026）1号", "--wind-rose": rose,
        "--date": "2026-11-21", "--lang": "en",
    }  # fmt: skip
    code, out, err = zones("sheet", "-o", path, "all", *(part for pair in options.items() for part in pair))
    assert (code, out) == (0, "")
    assert err == f"the file written to {path}\n"
    with Image.open(path) as image:
        assert image.size == (4000, 2250)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["-o", "x.gif"], "a sheet is no '.gif' file"),
        (["-o", "x.pdf", "--template", "b5"], "choose one of a4, a3, a0, slide"),
        (["-o", "x.pdf", "--theme", "sepia"], "choose one of colour, print, dark"),
        (["-o", "x.pdf", "--size", "B5"], "Paper size 'B5' is not known"),
        (["-o", "x.pdf", "--lang", "fr"], "choose zh or en"),
        (["-o", "x.pdf", "--scale", "1234567"], "is no round scale"),
        (["-o", "x.pdf", "--wind-rose", "gone.toml"], "gone.toml cannot be read"),
        (["-o", "x.pdf", "plan:gone"], "no plan 'gone'"),
        (["-o", "gone/x.pdf"], "the folder gone does not exist"),
        (["-o", "x.pdf", "--title", "\U0001f680"], "U+1F680"),
    ],
)
def test_a_sheet_that_cannot_be_made_is_refused_in_a_sentence(zones, arguments, sentence, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    code, out, err = zones("sheet", *arguments)
    assert (code, out) == (2, "")
    assert sentence in err
    assert "Traceback" not in err
    assert not list(tmp_path.glob("x.*"))


def test_atlas_writes_a_book_and_tells_what_was_drawn(zones, tmp_path):
    path, kept = tmp_path / "book.pdf", with_lean_fonts(tmp_path / "kept")
    arguments = ("atlas", "-o", path, "tiny.core.part", "--size", "A4", "--cache", kept, "--format", "json")
    code, out, err = zones(*arguments)
    assert code == 0, err
    told = json.loads(out)
    assert set(told) == {"path", "pages", "receipt"}
    assert (told["pages"], told["receipt"]["zones"]) == (4, ["tiny.core.part"])
    assert "zone pages: 1 drawn, 0 kept from before" in err
    first = path.read_bytes()
    code, _, err = zones(*arguments)
    assert code == 0
    assert "zone pages: 0 drawn, 1 kept from before" in err
    assert path.read_bytes() == first


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["-o", "x.svg"], "an atlas is a PDF"),
        (["-o", "x.pdf", "--size", "A0"], "an atlas is A3 or A4"),
        (["-o", "x.pdf", "--theme", "sepia"], "choose one of colour, print, dark"),
        (["-o", "x.pdf", "--lang", "fr"], "choose zh or en"),
    ],
)
def test_an_atlas_that_cannot_be_made_is_refused_in_a_sentence(zones, arguments, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, err = zones("atlas", *arguments)
    assert code == 2
    assert sentence in err


@pytest.mark.parametrize(
    ("selection", "zh", "en"),
    [
        ("plan:tiny", "小规划创新区分布图", "Innovation zones of the Tiny"),
        ("kind:park", "深圳创新园区分布图", "Innovation zones of Shenzhen: Park"),
        ("scheme:tiny.scheme.two", "两园分布图", "Map of Two parks"),
        ("tiny.core.part", "石岩南片区分布图", "Map of Shiyan South"),
        ("all", "深圳创新区图", "Innovation zones of Shenzhen"),
        ("plan:tiny,kind:park", "深圳创新区图", "Innovation zones of Shenzhen"),
    ],
)
def test_a_sheet_is_named_for_its_zones(tmp_path, selection, zh, en):
    atlas = read_atlas(write_atlas(tmp_path / "data"), base=False)
    assert sheet_orders.sheet_title(atlas, selection, "zh") == zh
    assert sheet_orders.sheet_title(atlas, selection, "en") == en


PUBLIC = ("tiny.core.part", "--public")
SIGNED = ("--sign-off-by", "王某", "--sign-off-reason", "征询意见", "--sign-off-date", "2026-11-21")


@pytest.mark.parametrize(("command", "suffix"), [("sheet", "svg"), ("atlas", "pdf")])
def test_a_public_map_with_faults_is_refused_with_a_sentence_for_each(zones, tmp_path, command, suffix):
    path = tmp_path / f"map.{suffix}"
    code, out, err = zones(command, "-o", path, *PUBLIC, "--lang", "en", "--review-number", "GS1234号")
    assert (code, out) == (2, "")
    assert [line for line in err.splitlines() if line.startswith("- ")] == [
        "- Review number 'GS1234号' is not whole: it has letters, a year of four digits in brackets, a running number "
        "and 号. Copy it from the approval, as in GS（2026）1234号."
    ]
    assert "Traceback" not in err
    assert not path.exists()


def test_a_public_map_goes_out_with_its_number_or_signed_off_by_name(zones, tmp_path):
    path = tmp_path / "map.svg"
    whole = answer(zones("sheet", "-o", path, *PUBLIC, "--review-number", "粤S(2026)012号", "--format", "json"))
    assert whole["receipt"]["map_use"]["findings"] == []
    signed = answer(zones("sheet", "-o", path, *PUBLIC, *SIGNED, "--format", "json"))
    assert signed["receipt"]["map_use"]["signed_off"]["name"] == "王某"
    assert [each["rule_id"] for each in signed["receipt"]["map_use"]["findings"]] == ["review-number"]
    assert answer(zones("sheet", "-o", path, PUBLIC[0], "--format", "json"))["receipt"]["map_use"]["use"] == "internal"


def test_a_public_atlas_says_who_signed_it_off(zones, tmp_path):
    path, kept = tmp_path / "book.pdf", with_lean_fonts(tmp_path / "kept")
    arguments = ("atlas", "-o", path, *PUBLIC, *SIGNED, "--size", "A4", "--cache", kept, "--format", "json")
    code, out, err = zones(*arguments)
    assert code == 0, err
    assert json.loads(out)["receipt"]["map_use"]["signed_off"]["reason"] == "征询意见"
    pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    assert "公开签批：王某，2026-11-21；理由：征询意见。" in pages[0]
    assert all("公开签批：王某" in page for page in pages)
    assert not any("内部用图" in page for page in pages)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (SIGNED, "add --public"),
        (("--public", *SIGNED[:2], *SIGNED[4:]), "needs the name of a person and a reason"),
        (("--public", *SIGNED[:5], "21.11.2026"), "write it as 2026-11-21"),
    ],
)
def test_a_sign_off_that_is_not_whole_is_refused(zones, tmp_path, arguments, sentence):
    code, _, err = zones("sheet", "-o", tmp_path / "map.svg", "tiny.core.part", *arguments)
    assert code == 2
    assert sentence in err
