"""`zones slides`, `zones report` and `zones html`: JSON as the contract has it, files that verify, clear refusals."""

import hashlib
import json
import sys

import pytest
from pptx import Presentation

from tests.tiny import write_atlas
from ui import cli
from zones.atlas import DATA_VARIABLE


@pytest.fixture
def zones(tmp_path, monkeypatch, capsys):
    """Run `zones ...` on the tiny atlas; return exit status, standard output, standard error."""
    monkeypatch.setenv(DATA_VARIABLE, str(write_atlas(tmp_path / "data")))

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["zones", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return run


@pytest.mark.parametrize(("command", "suffix"), [("slides", ".pptx"), ("report", ".docx"), ("html", ".html")])
def test_each_writes_a_file_that_verifies(zones, tmp_path, command, suffix):
    path = tmp_path / f"made{suffix}"
    code, out, _ = zones(command, "-o", path, "kind:park,kind:core", "--format", "json")
    told = json.loads(out)
    assert (code, told["path"]) == (0, str(path))
    assert told["receipt"]["zones"] == ["tiny.park.whole", "tiny.core.part"]
    assert told["receipt"]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert told["receipt"]["receipts"]
    code, out, _ = zones("verify", path)
    assert code == 0
    assert "hold" in out


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
        (("report", "-o", "a.docx", "--lang", "fr"), "language 'fr' is not known"),
        (("html", "-o", "a.html", "kind:node"), "None of the chosen zones has a shape"),
    ],
)
def test_what_cannot_be_made_is_one_sentence_and_no_file(zones, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    code, out, err = zones(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert not list(tmp_path.glob("a.*"))
