"""An atlas 图册 as PDF: cover, contents, index map and a page for each zone; only changed pages are drawn again."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geopandas
from matplotlib.figure import Figure

from layers.assets import font_file
from layers.passport import embed
from layers.sheets.lean_fonts import lean_fonts, lean_signs
from layers.sheets.map_use import MapUse, cleared
from layers.sheets.page_cache import PageCache, open_cache
from layers.sheets.page_facts import PageFacts, page_facts
from layers.sheets.pdf_book import Leaf, bind
from layers.sheets.sheet import sheet_bytes
from layers.sheets.sheet_book import BookOrder, Entry, contents, cover, index_map, page_lines, rows_per_page
from layers.sheets.sheet_book_words import said
from layers.sheets.sheet_files import receipt_of
from layers.sheets.sheet_page import MOST_OVERLAPS, draw_page
from layers.sheets.sheet_plan import Order, SheetPlan
from layers.sheets.sheet_shown import day, layers_drawn
from layers.sheets.sheet_text import lean_type, texts_of
from layers.sheets.source_print import layers_print
from layers.write import write_atomically
from zones.atlas import Atlas
from zones.errors import InputError
from zones.proof.fingerprint import fingerprint
from zones.proof.receipts import area_receipts, document

Progress = Callable[[int, int], None]


def write_atlas(
    atlas: Atlas,
    frame: geopandas.GeoDataFrame,
    order: BookOrder,
    path: Path,
    cache_folder: Path,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Draw an atlas of zones and write it to a PDF.

    Parameters
    ----------
    atlas : Atlas
    frame : geopandas.GeoDataFrame
        Zones as `Atlas.zones` holds them, EPSG:4490: one page each, with or without a shape.
    order : BookOrder
    path : path
        Ends in `.pdf`.
    cache_folder : path
        Where drawn pages are kept for the next time.
    progress : callable, optional
        Told pages done and pages in all.

    Returns
    -------
    dict
        `path`; `pages`; `receipt` (see `layers.sheets.sheet_files.receipt_of`); `drawn` and `kept`, how many pages of
        zones were drawn now and how many were still good.

    Raises
    ------
    InputError
        When the suffix is not `.pdf`, a text cannot be printed, or a file cannot be written.
    NotClearedError
        When the atlas is for the public, has faults that stop it, and nobody signed it off.
    """
    if path.suffix.lower() != ".pdf":
        raise InputError(f"{path}: an atlas is a PDF; end the name with .pdf.")
    use = {"map_use": _cleared(atlas, frame, order)}
    content, pages, used = atlas_bytes(atlas, frame, order, cache_folder, progress)
    receipts = area_receipts(atlas, frame)
    content = embed(content, ".pdf", document(receipts) | use)
    write_atomically(path, content)
    receipt = receipt_of(atlas, list(frame.index), receipts, content) | use
    told = {"path": str(path), "pages": pages, "receipt": receipt}
    return told | {"drawn": used.drawn, "kept": used.kept}


def atlas_bytes(
    atlas: Atlas,
    frame: geopandas.GeoDataFrame,
    order: BookOrder,
    cache_folder: Path,
    progress: Progress | None = None,
) -> tuple[bytes, int, PageCache]:
    """Return an atlas as the bytes of a PDF, its number of pages, and what the cache saved (see `write_atlas`)."""
    frame = by_plan(frame, list(atlas.plans))
    kept = open_cache(cache_folder)
    facts = page_facts(atlas, frame, MOST_OVERLAPS)
    base, lang = base_print(atlas), order.look.lang
    with lean_type(lean_fonts(cache_folder)):
        leaves = front_leaves(atlas, frame, order)
        total = len(leaves) + len(facts)
        for each in facts:
            if progress:
                progress(len(leaves), total)
            content = kept.page(page_key(each, base, order), partial(zone_page, atlas, each, order))
            name = each.record["name_en" if lang == "en" else "name_zh"]
            leaves.append(Leaf(content, name, under=each.plan[lang == "en"]))
        lines = page_lines(total, order, atlas.version)
    book = bind(leaves, lines, order.title)
    if progress:
        progress(total, total)
    kept.tidy()
    return book, total, kept


def _cleared(atlas: Atlas, frame: geopandas.GeoDataFrame, order: BookOrder) -> dict[str, Any]:
    """Return what the file keeps of its use; stop where it must not go out.

    A book for internal use is not checked: drawing the index map for it would cost more than a changed page.
    """
    plan = book_plan(atlas, frame, order) if order.look.use == "public" else None
    return cleared([plan] if plan else [], MapUse(order.look.use, order.review_number))


def book_plan(atlas: Atlas, frame: geopandas.GeoDataFrame, order: BookOrder) -> SheetPlan | None:
    """Return what the maps of an atlas show, for the check of public maps; None where no zone has a shape.

    That of the index map, which draws every zone, with the layers and the names of all pages.
    """
    located = frame[frame.geometry.notna() | frame["axis"].notna()]
    if located.empty:
        return None
    plan = index_map(atlas, located, range(1, len(located) + 1), order).plan
    asked = Order(order.title, lang=order.look.lang, show=("locator",))
    layers = layers_drawn(atlas, set(located["layer"].dropna()), set(atlas.base), asked)
    texts = (*plan.texts, order.title, order.organisation, *frame[f"name_{order.look.lang}"])
    return replace(plan, layers=layers, texts=texts)


def front_leaves(atlas: Atlas, frame: geopandas.GeoDataFrame, order: BookOrder) -> list[Leaf]:
    """Return cover, contents and, where any zone has a shape, the index map."""
    lang, date = order.look.lang, order.date or day(frame)
    has_shape = frame.geometry.notna() | frame["axis"].notna()
    entries, numbers = _entries(atlas, frame, order, index=bool(has_shape.any()))
    leaves = [Leaf(sheet_bytes(cover(atlas, frame, order, date), "pdf"), said("cover", lang))]
    for at, (figure, links) in enumerate(contents(entries, order.look)):
        leaves.append(Leaf(sheet_bytes(figure, "pdf"), "" if at else said("contents", lang), tuple(links)))
    if has_shape.any():
        index = index_map(atlas, frame[has_shape], [numbers[each] for each in frame.index[has_shape]], order)
        leaves.append(Leaf(sheet_bytes(index.figure, "pdf"), said("index", lang)))
    return leaves


def zone_page(atlas: Atlas, facts: PageFacts, order: BookOrder) -> bytes:
    """Return the page of a zone as a PDF, set in the whole fonts where the lean ones lack a sign."""
    figure = draw_page(atlas, facts, order.look)
    if _signs(figure) <= lean_signs():
        return sheet_bytes(figure, "pdf")
    with lean_type({weight: font_file(weight) for weight in ("regular", "bold")}):
        return sheet_bytes(draw_page(atlas, facts, order.look), "pdf")


def _signs(figure: Figure) -> set[str]:
    return {sign for text in texts_of(figure) for sign in text} - {"\n"}


def page_key(facts: PageFacts, base: str, order: BookOrder) -> str:
    """Return the hash of all that enters a zone's page: facts, base map, credits, look, program and fonts."""
    parts = (facts.digest(), base, repr(order.look), program_print())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def base_print(atlas: Atlas) -> str:
    """Return a hash of the base map and of the credits."""
    digest = hashlib.sha256()
    for name, frame in sorted(atlas.base.items()):
        digest.update(name.encode())
        digest.update("".join(fingerprint(shape) for shape in frame.geometry).encode())
        digest.update(frame.drop(columns=frame.geometry.name).to_csv().encode())
    for layer in atlas.layers:
        digest.update(repr((layer.layer, layer.credit_zh, layer.credit_en)).encode())
    return digest.hexdigest()


@cache
def program_print() -> str:
    """Return a hash of the code that draws, of the libraries it draws with, and of the fonts."""
    digest = hashlib.sha256(layers_print().encode())
    for package in ("matplotlib", "fonttools", "shapely", "pyproj", "geopandas", "numpy"):
        digest.update(f"{package} {version(package)}".encode())
    for weight in ("regular", "bold"):
        digest.update(str(font_file(weight).stat().st_size).encode())
    return digest.hexdigest()


def _entries(
    atlas: Atlas, frame: geopandas.GeoDataFrame, order: BookOrder, *, index: bool
) -> tuple[list[Entry], dict[str, int]]:
    """Return the lines of the contents, and the page of each zone."""
    lang = order.look.lang
    lines = index + frame["plan_id"].nunique() + len(frame)
    contents_pages = -(-lines // rows_per_page(order.look))
    entries = [Entry(said("index", lang), 2 + contents_pages, head=True)] if index else []
    numbers = dict(zip(frame.index, range(2 + contents_pages + index, 10**6), strict=False))
    for plan_id, zones in frame.groupby("plan_id", sort=False):
        short = atlas.plans[plan_id].plan.short
        entries.append(Entry(short.en if lang == "en" else short.zh, numbers[zones.index[0]], head=True))
        entries += [Entry(name, numbers[zone_id]) for zone_id, name in zones[f"name_{lang}"].items()]
    return entries, numbers


def by_plan(frame: geopandas.GeoDataFrame, plans: Sequence[str]) -> geopandas.GeoDataFrame:
    """Return zones with those of a plan together, in the order of the plans; within a plan as they are."""
    rank = frame["plan_id"].map({plan: at for at, plan in enumerate(plans)})
    return frame.loc[rank.sort_values(kind="stable").index]
