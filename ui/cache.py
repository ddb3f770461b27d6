"""What is kept between runs, each by the stamp of the data files: change a file, or publish, and the app follows.

The atlas is one shared, frozen object (`cache_resource`): copying its frames on each click would cost more
than all else a click does. Nobody writes into it.
"""

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from ui import card as cards
from ui import map_data, static_files
from ui.tree import Tree, build
from zones import Atlas, overlap, read_atlas
from zones.atlas import data_folder
from zones.file_mark import Mark, file_mark
from zones.measure import measure
from zones.proof import receipts
from zones.proof.receipts import Receipt
from zones.statements.conflicts import Conflict, conflicts
from zones.statements.documents import Pages, read_documents, registered_folder
from zones.statements.map_rules import rules_file
from zones.statements.rules import Rule, evaluate, read_rules, result_frame

Stamp = tuple[Mark, ...]


def stamp() -> Stamp:
    """Return the data folder in use, then the mark of every file that a page is made of."""
    root = data_folder()
    files = _stamp_of([*root.glob("geo/*"), *root.glob("plans/*.yaml"), *root.glob("*.yaml"), rules_file()])
    return (_named(root), *files)


def _root(key: Stamp) -> Path:
    """Return the folder a stamp is of: another may be published while what is asked for is being read."""
    return Path(key[0][0])


def _stamp_of(paths: list[Path]) -> Stamp:
    return tuple(file_mark(path) for path in sorted(set(paths)))


def _named(folder: Path) -> Mark:
    # A folder by its name alone: its own times tell nothing of the files in it.
    return (str(folder), 0, 0, 0, 0)


def atlas() -> Atlas:
    """Return the atlas as the files are now."""
    return _atlas(stamp())


def tree() -> Tree:
    """Return plans, schemes and zones for the rail."""
    return _tree(stamp())


def map_files() -> dict[str, Any]:
    """Return what the map needs of the atlas besides the view: addresses of its data, and its start box."""
    key = stamp()
    held = _map_files(key)
    if not all(static_files.stands(held[name]) for name in ("zones_url", "base_url")):
        # Data published before and now again: their files may have been cleared away in between.
        map_data.write(_atlas(key))
    return held


def credits(lang: str) -> list[str]:
    """Return the credits of all layers."""
    return _credits(stamp(), lang)


def card(zone_id: str, lang: str) -> dict[str, Any]:
    """Return the card of a zone."""
    return _card(stamp(), _documents_stamp(), zone_id, lang)


def documents() -> Pages:
    """Return the plan documents a reader has registered, by plan id; none where no folder is named.

    Raises
    ------
    InputError
        If the folder named is missing, or a document is not UTF-8.
    """
    return _documents(stamp(), _documents_stamp())


def found_conflicts() -> list[Conflict]:
    """Return all contradictions of the plans."""
    return _conflicts(stamp())


def rule_results() -> tuple[tuple[Rule, ...], pd.DataFrame]:
    """Return the rules of place, and what each found for each zone."""
    return _rule_results(stamp())


def accepted_reasons(lang: str) -> dict[tuple[str, str], str]:
    """Return why findings stand as they are, by zone and rule, in one language."""
    return {finding: reason.en if lang == "en" else reason.zh for finding, reason in atlas().accepted.items()}


def pairs(a: tuple[str, ...], b: tuple[str, ...] | None) -> pd.DataFrame:
    """Return the overlapping pairs within a set of zones, or between two sets."""
    return _pairs(stamp(), _ordered(a), None if b is None else _ordered(b))


def totals(a: tuple[str, ...], b: tuple[str, ...] | None) -> dict[str, Any]:
    """Return sum, union and k-fold cover of all zones of the sets, each zone once."""
    return _totals(stamp(), both(a, b))


def both(a: tuple[str, ...], b: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the zones of two sets, each once, in the order in which the command takes them."""
    return tuple(dict.fromkeys([*_ordered(a), *_ordered(b or ())]))


def _ordered(ids: tuple[str, ...]) -> tuple[str, ...]:
    # The order of the atlas, as a selection has it: sums in another order differ in the last digit.
    wanted = set(ids)
    return tuple(zone_id for zone_id in atlas().zones.index if zone_id in wanted)


def overlap_receipts(a: tuple[str, ...], b: tuple[str, ...] | None) -> tuple[Receipt, ...]:
    """Return the receipts of the overlapping pairs of two sets (or within one), and of their sums."""
    return _overlap_receipts(stamp(), _ordered(a), None if b is None else _ordered(b))


def measures() -> pd.DataFrame:
    """Return the measures of all zones."""
    return _measures(stamp())


@st.cache_resource(max_entries=2, show_spinner=False)
def _atlas(key: Stamp) -> Atlas:
    static_files.ensure()
    return read_atlas(_root(key))


@st.cache_resource(max_entries=2, show_spinner=False)
def _tree(key: Stamp) -> Tree:
    return build(_atlas(key))


@st.cache_resource(max_entries=2, show_spinner=False)
def _map_files(key: Stamp) -> dict[str, Any]:
    held = _atlas(key)
    return map_data.write(held) | {"home": map_data.home(held), "version": held.version}


@st.cache_data(max_entries=4, show_spinner=False)
def _credits(key: Stamp, lang: str) -> list[str]:
    return map_data.credits(_atlas(key), lang)


@st.cache_data(max_entries=600, show_spinner=False)
def _card(key: Stamp, texts: Stamp, zone_id: str, lang: str) -> dict[str, Any]:
    return cards.card(_atlas(key), zone_id, lang, _documents(key, texts))


def _documents_stamp() -> Stamp:
    folder = registered_folder()
    if folder is None:
        return ()
    held = [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
    # The folder itself stands first, so that naming one that is missing is an error and not silence.
    return (_named(folder), *_stamp_of(held))


@st.cache_resource(max_entries=2, show_spinner=False)
def _documents(key: Stamp, texts: Stamp) -> Pages:
    folder = registered_folder()
    return read_documents(folder, _atlas(key).plans) if folder and texts else {}


@st.cache_resource(max_entries=2, show_spinner=False)
def _conflicts(key: Stamp) -> list[Conflict]:
    return conflicts(_atlas(key).plans)


@st.cache_resource(max_entries=2, show_spinner=False)
def _rule_results(key: Stamp) -> tuple[tuple[Rule, ...], pd.DataFrame]:
    rules = read_rules(_root(key) / "rules.yaml")
    return rules, result_frame(evaluate(_atlas(key), rules))


@st.cache_data(max_entries=2, show_spinner=False)
def _measures(key: Stamp) -> pd.DataFrame:
    return measure(_atlas(key).zones)


@st.cache_data(max_entries=50, show_spinner=False)
def _pairs(key: Stamp, a: tuple[str, ...], b: tuple[str, ...] | None) -> pd.DataFrame:
    zones = _atlas(key).zones
    return overlap.pairs(zones.loc[list(a)], None if b is None else zones.loc[list(b)])


@st.cache_resource(max_entries=8, show_spinner=False)
def _overlap_receipts(key: Stamp, a: tuple[str, ...], b: tuple[str, ...] | None) -> tuple[Receipt, ...]:
    held = _atlas(key)
    left, right = held.zones.loc[list(a)], None if b is None else held.zones.loc[list(b)]
    whole = held.zones.loc[list(both(a, b))]
    return (
        *receipts.overlap_receipts(held, left, right, pairs(a, b)),
        *receipts.totals_receipts(held, whole, totals(a, b)),
    )


@st.cache_data(max_entries=50, show_spinner=False)
def _totals(key: Stamp, ids: tuple[str, ...]) -> dict[str, Any]:
    return overlap.totals(overlap.faces(_atlas(key).zones.loc[list(ids)]))
