"""What every value of a plan file is made of: a phrase in two languages, and the lines that support it.

Leaf module, shared by zones and indicators.
"""

import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

LineRange = tuple[int, int]


def parse_lines(value: object) -> tuple[LineRange, ...]:
    """Return line ranges from `484`, `"482-484"` or `"482-484;490"`, in the order given.

    Raises
    ------
    ValueError
        If a range is not made of positive numbers, or runs backwards.
    """
    if isinstance(value, tuple):
        return value
    ranges = []
    for piece in str(value).split(";"):
        match = re.fullmatch(r"(\d+)(?:-(\d+))?", piece.strip())
        if not match:
            raise ValueError(f"lines '{value}' must look like 484, 482-484 or 482-484;490")
        start, end = int(match[1]), int(match[2] or match[1])
        if not 0 < start <= end:
            raise ValueError(f"lines '{value}' run backwards or start at 0")
        ranges.append((start, end))
    return tuple(ranges)


Lines = Annotated[tuple[LineRange, ...], BeforeValidator(parse_lines)]


class Model(BaseModel):
    """Base of all plan data: fixed once read, and no field that the schema does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Text(Model):
    """A phrase in both languages of the interface."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Source(Model):
    """A passage of the plan's document: lines, the heading it stands under, and words to find there."""

    lines: Lines
    section: str = Field(min_length=1)
    terms: tuple[str, ...] = Field(min_length=1)


class Statement(Text):
    """A phrase the plan supports, and the lines that support it."""

    at: Lines
