"""Errors and findings in the language of the page: an English sentence is known by its template, and told in Chinese.

The rooms behind say what they have to say in English, once, where it happens. The tables `ui/sentences_*.py` hold
each of these sentences as a template, with the Chinese one beside it. A sentence that no template fits is shown as
it stands.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from ui import (
    sentences_counting,
    sentences_data,
    sentences_files,
    sentences_making,
    sentences_outside,
    sentences_receipts,
)

TEMPLATES: dict[str, str] = {
    **sentences_data.TEMPLATES,
    **sentences_files.TEMPLATES,
    **sentences_counting.TEMPLATES,
    **sentences_receipts.TEMPLATES,
    **sentences_making.TEMPLATES,
    **sentences_outside.TEMPLATES,
}

VALUE = re.compile(r"\{([a-z]\w*)\}")
TOLD = "reason"
"""Values whose names start like this may be sentences themselves; all others stay as they are."""

LISTED = "known"
"""A value of this name lists what may be chosen; its commas become Chinese ones."""

FEW = 4
"""A template with fewer letters of its own says nothing: it counts only where a sentence within it is known."""

LONGEST = 4000
"""Longer texts are no sentences, and would take long to compare."""


class Found(NamedTuple):
    """The Chinese template of a sentence, and its values by name."""

    chinese: str
    values: dict[str, str]


class _Shape(NamedTuple):
    fits: re.Pattern[str]
    chinese: str
    says_little: bool


def translate(text: str, lang: str) -> str:
    """Return a sentence of an error or a finding in the language of the page.

    Parameters
    ----------
    text : str
        In English, as it was raised.
    lang : {"zh", "en"}
        In English, or where no template fits, the sentence comes back as it is.
    """
    return text if lang == "en" else _chinese(text)


@lru_cache(maxsize=2000)
def _chinese(text: str) -> str:
    found = find(text)
    if found is None:
        return text
    told = {name: _told(name, value) for name, value in found.values.items()}
    return VALUE.sub(lambda mark: told[mark[1]], found.chinese)


def _told(name: str, value: str) -> str:
    if name == LISTED:
        return value.replace(", ", "、")
    return _chinese(value) if name.startswith(TOLD) else value


@lru_cache(maxsize=2000)
def find(text: str) -> Found | None:
    """Return the template with the most text of its own that a sentence fits, None where there is none."""
    if len(text) > LONGEST:
        return None
    for shape in _shapes():
        match = shape.fits.fullmatch(text)
        if match and not (shape.says_little and not _holds_known(match)):
            return Found(shape.chinese, match.groupdict())
    return None


def _holds_known(match: re.Match[str]) -> bool:
    return any(name.startswith(TOLD) and find(value) is not None for name, value in match.groupdict().items())


@cache
def _shapes() -> list[_Shape]:
    """Return all templates as patterns, the one with the most text of its own first."""
    ranked = sorted(TEMPLATES, key=lambda template: len(VALUE.sub("", template)), reverse=True)
    return [_Shape(_pattern(each), TEMPLATES[each], _letters(each) < FEW) for each in ranked]


def _pattern(template: str) -> re.Pattern[str]:
    # Split at the values: every other piece is the name of one.
    pieces = VALUE.split(template)
    pattern = "".join(f"(?P<{piece}>.*?)" if at % 2 else re.escape(piece) for at, piece in enumerate(pieces))
    return re.compile(pattern, re.DOTALL)


def _letters(template: str) -> int:
    return sum(letter.isalpha() for letter in VALUE.sub("", template))
