"""Errors and findings in the language of the page: an English sentence is known by its template, and told in Chinese.

The rooms behind say what they have to say in English, once, where it happens. The tables `ui/sentences_*.py` hold
each of these sentences as a template, with the Chinese one beside it. A sentence that no template fits is shown as
it stands.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from ui.sentences import (
    sentences_counting,
    sentences_data,
    sentences_desk_draw,
    sentences_desk_sides,
    sentences_files,
    sentences_georef,
    sentences_making,
    sentences_official,
    sentences_outside,
    sentences_pictures,
    sentences_raster,
    sentences_receipts,
    sentences_workspace,
)

TEMPLATES: dict[str, str] = {
    **sentences_data.TEMPLATES,
    **sentences_files.TEMPLATES,
    **sentences_georef.TEMPLATES,
    **sentences_counting.TEMPLATES,
    **sentences_receipts.TEMPLATES,
    **sentences_making.TEMPLATES,
    **sentences_official.TEMPLATES,
    **sentences_outside.TEMPLATES,
    **sentences_desk_draw.TEMPLATES,
    **sentences_workspace.TEMPLATES,
    **sentences_desk_sides.TEMPLATES,
    **sentences_pictures.TEMPLATES,
    **sentences_raster.TEMPLATES,
}

VALUE = re.compile(r"\{([a-z]\w*)\}")
TOLD = "reason"
"""Values whose names start like this may be sentences themselves; all others stay as they are."""

LISTED = "known"
"""A value of this name lists what may be chosen; its commas become Chinese ones."""

FEW = 4
"""A template with fewer letters of its own says nothing: it counts only where a sentence within it is known."""

DEEPEST = 8
"""Sentences within sentences that are told: a file, a zone, a field, what is wrong, what was found."""

LONGEST = 4000
"""Longer texts are no sentences."""


class Found(NamedTuple):
    """The Chinese template of a sentence, and its values by name."""

    chinese: str
    values: dict[str, str]


class _Shape(NamedTuple):
    """A template taken apart: its own text, one piece more than there are values, and their names."""

    pieces: tuple[str, ...]
    names: tuple[str, ...]
    chinese: str
    says_little: bool

    def values_in(self, text: str) -> dict[str, str] | None:
        """Return the values of a sentence, each as short as can be, None where it has another template.

        Each piece is looked for behind the one before: what a search for text with gaps needs, and no more,
        however long a text of a file is.
        """
        first, last = self.pieces[0], self.pieces[-1]
        if not self.names:
            return {} if text == first else None
        end = len(text) - len(last)
        if end < len(first) or not text.startswith(first) or not text.endswith(last):
            return None
        found, at = [], len(first)
        for piece in self.pieces[1:-1]:
            there = text.find(piece, at, end)
            if there < 0:
                return None
            found.append(text[at:there])
            at = there + len(piece)
        return dict(zip(self.names, [*found, text[at:end]], strict=True))


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
def _chinese(text: str, deep: int = 0) -> str:
    found = find(text, deep)
    if found is None:
        return text
    told = {name: _told(name, value, deep) for name, value in found.values.items()}
    return VALUE.sub(lambda mark: told[mark[1]], found.chinese)


def _told(name: str, value: str, deep: int) -> str:
    if name == LISTED:
        return value.replace(", ", "、")
    return _chinese(value, deep + 1) if name.startswith(TOLD) else value


@lru_cache(maxsize=2000)
def find(text: str, deep: int = 0) -> Found | None:
    """Return the template with the most text of its own that a sentence fits, None where there is none.

    Parameters
    ----------
    text : str
    deep : int
        How many sentences it stands within; `DEEPEST` at most.
    """
    if len(text) > LONGEST or deep > DEEPEST:
        return None
    for shape in _shapes():
        values = shape.values_in(text)
        if values is not None and (not shape.says_little or _holds_known(values, deep)):
            return Found(shape.chinese, values)
    return None


def _holds_known(values: dict[str, str], deep: int) -> bool:
    return any(name.startswith(TOLD) and find(value, deep + 1) is not None for name, value in values.items())


@cache
def _shapes() -> list[_Shape]:
    """Return all templates, the one with the most text of its own first."""
    ranked = sorted(TEMPLATES, key=lambda template: len(VALUE.sub("", template)), reverse=True)
    return [_shape(each) for each in ranked]


def _shape(template: str) -> _Shape:
    # Split at the values: every other piece is the name of one.
    pieces = VALUE.split(template)
    own = "".join(pieces[::2])
    few = sum(letter.isalpha() for letter in own) < FEW
    return _Shape(tuple(pieces[::2]), tuple(pieces[1::2]), TEMPLATES[template], few)
