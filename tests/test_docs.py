"""Documents keep their word: every file, command, option and page that they name is there."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from ui.commands.cli import app
from ui.frame import PAGES
from ui.words.i18n import t

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
DOCUMENTS = [README, ROOT / "data/geo/README.md", *sorted(ROOT.glob("docs/*.md"))]
MADE_LATER = ("build/", "workspace/", "out/")
COMMAND = typer.main.get_command(app)
HEAVIEST_PICTURE = 250_000


def name(path):
    return path.relative_to(ROOT).as_posix()


def text_of(path):
    return path.read_text(encoding="utf-8")


def spans(path):
    """Return what stands between backticks within a line."""
    return re.findall(r"`([^`\n]+)`", text_of(path))


def command_lines(path):
    """Return the commands of indented blocks, as a person would type them."""
    return re.findall(r"^ {4,}(?:\.venv/bin/)?zones ((?![^\n]*…).+)$", text_of(path), flags=re.MULTILINE)


def command_of(words):
    """Return the command that words lead to, and the words that are left."""
    found = COMMAND
    while words and words[0] in getattr(found, "commands", {}):
        found, words = found.commands[words[0]], words[1:]
    return found, words


def options_of(command):
    return {option for each in command.params for option in (*each.opts, *each.secondary_opts)}


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_links_lead_somewhere(path):
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text_of(path)) if "://" not in link]
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_paths_in_the_text_are_there(path):
    rooms = {f"{each.name}/" for each in ROOT.iterdir() if each.is_dir()}
    told = [span for span in spans(path) if re.match(r"[a-z_]+/", span) and span[: span.index("/") + 1] in rooms]
    told = [span for span in told if " " not in span and not span.startswith(MADE_LATER)]
    assert [span for span in told if not (ROOT / span).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_commands_can_be_typed_as_they_stand(path):
    """The command line's own parser reads each of them; nothing is run."""
    for line in command_lines(path):
        command, words = command_of(shlex.split(line))
        assert not getattr(command, "commands", {}), line
        command.make_context("zones", words)


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_commands_within_the_text_are_there_with_their_options(path):
    for span in spans(path):
        if not span.startswith("zones "):
            continue
        command, words = command_of(span.replace("\\|", " ").split()[1:])
        assert command is not COMMAND, span
        assert set(re.findall(r"--[a-z][a-z-]*", " ".join(words))) <= options_of(command), span


def test_readme_names_every_command():
    """Each has its place in the table; those of a group stand in its row."""
    rows = "\n".join(line for line in text_of(README).splitlines() if line.startswith("| `zones "))
    assert [each for each in COMMAND.commands if f"`zones {each}" not in rows] == []
    group = next(line for line in rows.splitlines() if line.startswith("| `zones workspace"))
    assert set(re.findall(r"[a-z]+", group.split("`")[1])) - {"zones", "workspace"} == set(
        COMMAND.commands["workspace"].commands
    )


def test_readme_names_every_page_and_package():
    text = text_of(README)
    assert [page for page in PAGES[1:] if f"**{t(page, 'zh')}**" not in text] == []
    packages = [each.parent for room in ("zones", "layers", "ui") for each in (ROOT / room).glob("*/__init__.py")]
    assert [name(each) for each in packages if f"{each.name}/" not in text[text.index("## Where things are") :]] == []


def test_pictures_are_light():
    assert [each.name for each in ROOT.glob("docs/**/*.png") if each.stat().st_size >= HEAVIEST_PICTURE] == []
