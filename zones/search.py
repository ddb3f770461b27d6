"""Search of zones by name, alias, pinyin, pinyin initials, English or id."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

import geopandas
import pandas as pd
from pypinyin import lazy_pinyin

# How far a match is to be trusted; a key that equals the text always beats one that only holds it.
EXACT, PREFIX, INSIDE = 1.0, 0.9, 0.8
PINYIN, INITIALS, ENGLISH = 0.95, 0.93, 0.97
# A scheme such as 四核 stands for its zones, first for those of the kind that its last word counts.
SCHEME_KIND, SCHEME, SCHEME_OTHER = 0.75, 0.6, 0.5
COUNTED_KINDS = {"廊": "corridor", "核": "core", "群": "cluster", "带": "belt", "环": "ring", "轴": "axis"}
# Words of a text found each on its own, in any order; all of them are worth more than half of them.
WORDS, SOME_WORDS, SOME_FROM = 0.78, 0.5, 0.5
FUZZY_FROM, FUZZY_WORTH = 0.6, 0.6
# Latin letters are few: below this likeness, and below this length, words that have nothing in common look alike.
LATIN_FROM, LATIN_LETTERS = 0.84, 5

COLUMNS = ("zone_id", "name_zh", "name_en", "plan_id", "kind", "score")


class Keys(NamedTuple):
    """The forms in which one name can be typed, all lower case without spaces and marks."""

    plain: str
    pinyin: str
    initials: str


def search(frame: geopandas.GeoDataFrame, text: str, limit: int = 10) -> pd.DataFrame:
    """Return the zones that match a text, best first.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        Index `zone_id`; columns `name_zh`, `name_en`, `aliases`, `scheme_names`, `plan_id`, `kind`.
    text : str
        Chinese, pinyin with or without spaces, initials, English words, an id, or the name of a scheme.
    limit : int
        Most rows returned.

    Returns
    -------
    pandas.DataFrame
        `zone_id`, `name_zh`, `name_en`, `plan_id`, `kind`, `score` (0 to 1); empty if nothing matches.
        Equal scores keep the shorter name first, then the order of the frame.
    """
    wanted = plain(text)
    if not wanted:
        return pd.DataFrame(columns=list(COLUMNS))
    rows = frame[["name_zh", "name_en", "aliases", "scheme_names", "kind"]].itertuples()
    scores = [
        _score(wanted, row.Index, [row.name_zh, *row.aliases], row.name_en)
        or _scheme_score(wanted, row.scheme_names, row.kind)
        or _words_score(text, [row.name_zh, *row.aliases, row.name_en])
        or _fuzzy(wanted, [row.name_zh, *row.aliases])
        or _latin_fuzzy(wanted, [row.name_zh, *row.aliases], row.name_en)
        for row in rows
    ]
    found = frame[["name_zh", "name_en", "plan_id", "kind"]].assign(score=scores)
    found = found[found["score"] > 0].assign(length=lambda table: table["name_zh"].str.len())
    found = found.sort_values(["score", "length"], ascending=[False, True], kind="stable")
    return found.drop(columns="length").head(limit).reset_index(names="zone_id")[list(COLUMNS)]


def _score(wanted: str, zone_id: str, chinese: Iterable[str], english: str) -> float:
    keys = [keys_of(name) for name in chinese]
    best = max(
        *(_match(wanted, key.plain) for key in keys),
        *(_match(wanted, key.pinyin) * PINYIN for key in keys),
        *(_match(wanted, key.initials, inside=False) * INITIALS for key in keys),
        _match(wanted, plain(english)) * ENGLISH,
        1.0 if wanted == plain(zone_id) else 0.0,
    )
    return round(best, 4)


def _scheme_score(wanted: str, schemes: Iterable[str], kind: str) -> float:
    if len(wanted) < 2 or not any(wanted in plain(name) for name in schemes):
        return 0.0
    counted = COUNTED_KINDS.get(wanted[-1])
    if counted is None:
        return SCHEME
    return SCHEME_KIND if counted == kind else SCHEME_OTHER


def _words_score(text: str, names: list[str]) -> float:
    words = [word for word in map(plain, text.split()) if word]
    if len(words) < 2:
        return 0.0
    held = [_held(word, names) for word in words]
    share = sum(map(len, (word for word, found in zip(words, held, strict=True) if found))) / sum(map(len, words))
    if all(held):
        return WORDS
    return round(SOME_WORDS * share, 4) if sum(held) >= SOME_FROM * len(words) and max(map(len, words)) > 1 else 0.0


def _held(word: str, names: list[str]) -> bool:
    """Tell whether a word stands in one of the names, or in the pinyin of a Chinese one."""
    return any(word in plain(name) or (len(word) > 2 and word in keys_of(name).pinyin) for name in names)


def _match(wanted: str, key: str, *, inside: bool = True) -> float:
    """Return 1 for equality, less for a start or an inner part; more of the key matched scores higher."""
    if wanted == key:
        return EXACT
    share = len(wanted) / max(len(key), 1)
    if key.startswith(wanted):
        return PREFIX + 0.09 * share
    # Two Chinese characters or three letters: shorter scraps are found inside almost every name.
    long_enough = len(wanted) >= (3 if wanted.isascii() else 2)
    if inside and long_enough and wanted in key:
        return INSIDE + 0.09 * share
    return 0.0


def _fuzzy(wanted: str, names: Iterable[str]) -> float:
    """Return a low score for a text that shares most of its characters with a name, in order."""
    ratio = max(SequenceMatcher(None, wanted, keys_of(name).plain).ratio() for name in names)
    return round(ratio * FUZZY_WORTH, 4) if ratio >= FUZZY_FROM else 0.0


def _latin_fuzzy(wanted: str, chinese: list[str], english: str) -> float:
    """Return a low score for letters that are almost the start of a name in pinyin or English."""
    if len(wanted) < LATIN_LETTERS or not wanted.isascii():
        return 0.0
    heads = [key[: len(wanted) + 1] for key in (*(keys_of(name).pinyin for name in chinese), plain(english))]
    ratios = [_likeness(wanted, head) for head in heads if head[:1] == wanted[:1]]
    best = max(ratios, default=0.0)
    return round(best * FUZZY_WORTH, 4) if best >= LATIN_FROM else 0.0


def _likeness(wanted: str, key: str) -> float:
    match = SequenceMatcher(None, wanted, key)
    return match.ratio() if match.quick_ratio() >= LATIN_FROM else 0.0


@lru_cache(maxsize=4096)
def keys_of(name: str) -> Keys:
    """Return the forms in which a Chinese name can be typed."""
    syllables = lazy_pinyin(re.sub(r"[^\w]", "", name))
    return Keys(
        plain(name),
        "".join(syllables).lower(),
        "".join(syllable if syllable.isdigit() else syllable[0] for syllable in syllables if syllable).lower(),
    )


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return a text in lower case without spaces and marks."""
    return re.sub(r"[\W_]", "", text).lower()
