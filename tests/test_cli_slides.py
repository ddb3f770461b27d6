"""`zones slides`, `zones report` and `zones html`: JSON as the contract has it, public maps, clear refusals."""

import hashlib
import json

import docx
import pytest
from pptx import Presentation

from zones.proof.passport import read_record
from zones.statements.map_rules import map_rules

RULES_OF = map_rules().checked_on.isoformat()


COMMANDS = [("slides", ".pptx", ("--deck", "area")), ("report", ".docx", ()), ("html", ".html", ())]


@pytest.mark.parametrize(("command", "suffix", "more"), COMMANDS)
def test_each_writes_a_file_and_tells_what_it_rests_on(zones, tmp_path, command, suffix, more):
    path = tmp_path / f"made{suffix}"
    code, out, _ = zones(command, "-o", path, "kind:park,kind:core", *more, "--format", "json")
    told = json.loads(out)
    assert (code, told["path"]) == (0, str(path))
    assert told["receipt"]["zones"] == ["tiny.park.whole", "tiny.core.part"]
    assert told["receipt"]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert told["receipt"]["receipts"]
    assert told["receipt"]["map_use"] == {
        "use": "internal", "review_number": "", "rules_checked_on": RULES_OF, "findings": [], "signed_off": None
    }  # fmt: skip


NUMBER = "粤S（2026）012号"
SIGNED = ("--sign-off-by", "王某", "--sign-off-reason", "征询意见", "--sign-off-date", "2026-11-21")


@pytest.mark.parametrize(("command", "suffix", "more"), COMMANDS)
def test_public_maps_are_refused_until_they_have_their_number_or_a_sign_off(zones, tmp_path, command, suffix, more):
    path = tmp_path / f"made{suffix}"
    order = (command, "-o", path, "kind:park", *more, "--public", "--format", "json")
    code, out, err = zones(*order)
    assert (code, out, path.exists()) == (2, "", False)
    assert [line for line in err.splitlines() if line.startswith("- ")] == [
        "- 图上没有审图号。将成图送审，把批准的审图号填入图签；未送审的请选内部用图。"
    ]
    use = json.loads(zones(*order, "--review-number", NUMBER)[1])["receipt"]["map_use"]
    assert (use["use"], use["review_number"], use["findings"]) == ("public", NUMBER, [])
    assert read_record(path)["map_use"] == use
    assert NUMBER in said(path)
    assert "内部用图" not in said(path)
    if suffix == ".pptx":
        return  # the slowest to make; the line of a sign-off is the same on its cover
    use = json.loads(zones(*order, *SIGNED)[1])["receipt"]["map_use"]
    assert [each["rule_id"] for each in use["findings"]] == ["review-number"]
    assert use["signed_off"]["name"] == "王某"
    assert "公开签批：王某，2026-11-21；理由：征询意见。" in said(path)


def said(path):
    """Return the text of a file: slides without notes, the document with header and footer, or the page."""
    if path.suffix == ".html":
        return path.read_text(encoding="utf-8")
    if path.suffix == ".pptx":
        shapes = [shape for slide in Presentation(path).slides for shape in slide.shapes if shape.has_text_frame]
        return "\n".join(shape.text_frame.text for shape in shapes)
    made = docx.Document(path)
    parts = (made, made.sections[0].header, made.sections[0].footer)
    return "\n".join(paragraph.text for part in parts for paragraph in part.paragraphs)


def test_a_sign_off_without_public_is_refused(zones, tmp_path):
    code, _, err = zones("report", "-o", tmp_path / "a.docx", *SIGNED)
    assert code == 2
    assert "add --public" in err


def test_pages_are_slides_and_none_where_nobody_has_laid_them_out(zones, tmp_path):
    told = json.loads(zones("slides", "-o", tmp_path / "a.pptx", "--deck", "overlap", "--format", "json")[1])
    assert told["pages"] == len(Presentation(tmp_path / "a.pptx").slides)
    assert json.loads(zones("report", "-o", tmp_path / "a.docx", "kind:node", "--format", "json")[1])["pages"] is None


def test_people_read_a_sentence(zones, tmp_path):
    code, out, err = zones("html", "-o", tmp_path / "map.html", "--lang", "en")
    assert (code, out) == (0, "")
    assert err == f"the file written to {tmp_path / 'map.html'}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("slides", "-o", "a.docx"), "the name must end in .pptx"),
        (("report", "-o", "a.pdf"), "the name must end in .docx"),
        (("slides", "-o", "a.pptx", "--deck", "all2"), "deck 'all2' is not known"),
        (("slides", "-o", "a.pptx", "plan:nowhere"), "no plan 'nowhere'"),
        (("report", "-o", "a.docx", "--lang", "fr"), "--lang is 'fr'; choose zh or en"),
        (("html", "-o", "a.html", "kind:node"), "None of the chosen zones has a shape"),
    ],
)
def test_what_cannot_be_made_is_one_sentence_and_no_file(zones, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    code, out, err = zones(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert not list(tmp_path.glob("a.*"))
