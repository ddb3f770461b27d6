"""Templates of sheets: paper, theme and parts as data (TOML), shipped here or brought by the user."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from zones.errors import InputError
from zones.statements.passages import Text

FOLDER = Path(__file__).resolve().parent / "sheet_templates"
SUFFIX = ".toml"

Size = Literal["A4", "A3", "A0", "slide"]
Graticule = Literal["ticks", "lines", "none"]
Part = Literal["legend", "grades", "base", "areas", "scale", "locator", "wind_rose", "title_block"]
PARTS: tuple[Part, ...] = ("legend", "grades", "base", "areas", "scale", "locator", "wind_rose", "title_block")
"""What can be left out. Title, frame, notes on how outlines are known, CRS and credits always stand."""


class Template(BaseModel):
    """How a sheet is laid out.

    Attributes
    ----------
    name : Text
        What a person reads in a list.
    size : {"A4", "A3", "A0", "slide"}
    orientation : {"auto", "landscape", "portrait"}
        "auto" stands a tall map upright.
    theme : str
        See `layers.sheets.sheet_theme`.
    type_scale : float
        Multiplies the type size of the paper.
    panel_mm : float
        Width of the panel beside the map, at type size 1.
    graticule : {"ticks", "lines", "none"}
    show : tuple of str
        Parts drawn (see `PARTS`).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Text
    size: Size
    orientation: Literal["auto", "landscape", "portrait"] = "auto"
    theme: Literal["colour", "print", "dark"] = "colour"
    type_scale: float = Field(default=1.0, ge=0.7, le=1.6)
    panel_mm: float = Field(default=54.0, ge=44, le=80)
    graticule: Graticule = "ticks"
    show: tuple[Part, ...] = PARTS


def template_names() -> tuple[str, ...]:
    """Return the names of the shipped templates, small paper first."""
    sizes = ("A4", "A3", "A0", "slide")
    return tuple(sorted((path.stem for path in FOLDER.glob(f"*{SUFFIX}")), key=lambda name: sizes.index(_size(name))))


def template(name: str) -> Template:
    """Return a shipped template by name, or the one in a TOML file of the user.

    Raises
    ------
    InputError
        When there is no such template or file, or a field of it cannot be used.
    """
    if Path(name).suffix.lower() == SUFFIX:
        return _read(Path(name))
    if not name.isidentifier() or not (FOLDER / f"{name}{SUFFIX}").is_file():
        known = ", ".join(template_names())
        raise InputError(f"Template '{name}' is not known; choose one of {known}, or name a {SUFFIX} file.")
    return _shipped(name)


def _size(name: str) -> str:
    return _shipped(name).size


@cache
def _shipped(name: str) -> Template:
    return _read(FOLDER / f"{name}{SUFFIX}")


def _read(path: Path) -> Template:
    try:
        return Template.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such template; name another file.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: this is no TOML file ({error}); copy a shipped template and change that.") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from None
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(step) for step in first["loc"])
        raise InputError(f"{path}: {field}: {first['msg']} (found '{first['input']}').") from None
