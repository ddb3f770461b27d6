"""Decks of native, editable slides: the same figures as the pages, with sources and receipts in the notes."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import geopandas

from layers.office.steady import steady_zip
from layers.office.story import Story, story, subject
from layers.passport import embed
from layers.sheets.map_check import Finding
from layers.sheets.map_use import INTERNAL, MapUse, checked, cleared
from layers.slides.slide_corridors import corridor_deck, corridors
from layers.slides.slide_decks import area_deck, cover, method, overlap_deck
from layers.slides.slide_indicators import indicator_deck
from layers.slides.slide_maps import overview
from layers.slides.slide_pages import deck_texts
from layers.slides.slide_paper import Native, blank
from zones.atlas import Atlas
from zones.errors import InputError
from zones.proof.receipts import Receipt, document

DECKS: dict[str, Callable[[Native, Story], Sequence[Receipt]]] = {
    "area": area_deck,
    "overlap": overlap_deck,
    "corridor": corridor_deck,
    "indicators": indicator_deck,
}


MAPPED = frozenset({"area", "overlap"})
"""Decks about the ground, which start from the map."""


def slides_bytes(
    atlas: Atlas,
    frame: geopandas.GeoDataFrame,
    decks: Sequence[str] = ("all",),
    lang: str = "zh",
    use: MapUse = INTERNAL,
) -> tuple[bytes, int, dict[str, Any]]:
    """Return a presentation as PPTX, the number of its slides, and the receipts and use of its maps that it carries.

    Parameters
    ----------
    atlas : Atlas
    frame : geopandas.GeoDataFrame
        The zones to present, as `Atlas.zones` holds them, EPSG:4490.
    decks : sequence of {"area", "overlap", "corridor", "indicators", "all"}
    lang : {"zh", "en"}
    use : MapUse

    Raises
    ------
    InputError
        When a deck is not known, or the selection holds no zone.
    NotClearedError
        When the maps are for the public, have faults that stop them, and nobody signed them off.
    """
    deck, told, receipts = _deck(atlas, frame, decks, lang, use)
    checked_use = {"map_use": cleared(told.maps, use, deck_texts(deck))}
    stream = io.BytesIO()
    deck.save(stream)
    record = document({receipt.id: receipt for receipt in receipts}.values()) | checked_use
    return embed(steady_zip(stream.getvalue(), told.day), ".pptx", record), len(deck.slides), record


def slides_findings(
    atlas: Atlas, frame: geopandas.GeoDataFrame, decks: Sequence[str], lang: str, use: MapUse
) -> tuple[Finding, ...]:
    """Return what the rules for maps find in a presentation, before anybody signs it off; see `slides_bytes`."""
    deck, told, _ = _deck(atlas, frame, decks, lang, use)
    return checked(told.maps, deck_texts(deck))


def _deck(
    atlas: Atlas, frame: geopandas.GeoDataFrame, decks: Sequence[str], lang: str, use: MapUse
) -> tuple[Native, Story, list[Receipt]]:
    told = story(atlas, frame, lang, use)
    wanted = [name for name in _wanted(decks) if name in decks or name != "corridor" or corridors(told)]
    deck = blank(lang, subject(told), told.day)
    cover(deck, told, wanted)
    if set(wanted) & MAPPED and len(told.lost) < len(told.frame):
        overview(deck, told)
    receipts: list[Receipt] = []
    for name in wanted:
        receipts += DECKS[name](deck, told)
    method(deck, told)
    return deck, told, receipts


def _wanted(decks: Sequence[str]) -> list[str]:
    unknown = [name for name in decks if name not in DECKS and name != "all"]
    if unknown:
        raise InputError(f"deck '{unknown[0]}' is not known; choose one of {', '.join(DECKS)}, all")
    return [name for name in DECKS if name in decks or "all" in decks]
