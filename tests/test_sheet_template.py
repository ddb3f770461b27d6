"""Templates are data: shipped ones hold, a user's copy is read, and what cannot be used is named."""

import pytest

from layers.sheets import sheet_template
from layers.sheets.sheet_frame import PAPER_MM
from layers.sheets.sheet_template import template, template_names
from layers.sheets.sheet_theme import THEMES, theme
from layers.style import GRADE_DASH, GRADE_HATCH, for_zone
from tests.test_style import contrast
from zones.errors import InputError
from zones.schema import Kind


def copied(tmp_path, *changes):
    text = (sheet_template.FOLDER / "a3.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_four_papers_are_shipped_small_first():
    assert template_names() == ("a4", "a3", "a0", "slide")
    assert [template(name).size for name in template_names()] == list(PAPER_MM)


def test_a_copy_of_the_user_is_read(tmp_path):
    mine = template(copied(tmp_path, ('size = "A3"', 'size = "A0"'), ("panel_mm = 56", "panel_mm = 70")))
    assert (mine.size, mine.panel_mm, mine.show) == ("A0", 70, template("a3").show)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ([('size = "A3"', 'size = "B5"')], r"mine\.toml: size: .*found 'B5'"),
        ([("panel_mm = 56", "panel_mm = 5")], r"panel_mm: .*found '5'"),
        ([("panel_mm", "pannel_mm")], r"pannel_mm: "),
        ([('"legend", ', '"legand", ')], r"show\.0: "),
        ([('size = "A3"', "size = A3")], "is no TOML file"),
    ],
)
def test_a_template_that_cannot_be_used_is_named(tmp_path, changes, message):
    with pytest.raises(InputError, match=message):
        template(copied(tmp_path, *changes))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a5", "choose one of a4, a3, a0, slide"),
        ("../secrets", "is not known"),
        ("gone.toml", "there is no such template"),
    ],
)
def test_a_missing_template_is_named(name, message):
    with pytest.raises(InputError, match=message):
        template(name)


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "binary.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="is no TOML file"):
        template(str(path))


def test_an_unknown_theme_is_named():
    with pytest.raises(InputError, match="choose one of colour, print, dark"):
        theme("sepia")


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("kind", list(Kind))
def test_names_can_be_read_in_every_theme(name, kind):
    inks = THEMES[name]
    assert contrast(inks.look(kind, "traced").ink, inks.land) >= 4.5
    assert contrast(inks.ink, inks.paper) >= 7
    assert contrast(inks.ink_soft, inks.paper) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("grade", list(GRADE_DASH))
def test_no_theme_changes_the_line_that_tells_the_grade(name, grade):
    look = THEMES[name].look("core", grade)
    assert (
        (look.dash, look.hatch)
        == (GRADE_DASH[grade], GRADE_HATCH[grade])
        == (
            for_zone("core", grade).dash,
            for_zone("core", grade).hatch,
        )
    )


def test_the_print_theme_is_grey_throughout():
    inks = THEMES["print"]
    plain = [value for name, value in vars(inks).items() if isinstance(value, str) and value.startswith("#")]
    kinds = [value for table in (inks.colours, inks.inks, inks.fills) for value in table.values()]
    for colour in plain + kinds:
        assert colour[1:3] == colour[3:5] == colour[5:7], colour
