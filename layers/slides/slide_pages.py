"""Pages of a deck: a slide with title, foot and notes, and long tables dealt over several of them."""

from collections.abc import Iterable, Sequence

from pptx.oxml.ns import qn

from layers import style
from layers.credits import credit_parts
from layers.office.story import Story, cited_lines
from layers.sheets.sheet_frame import Box
from layers.slides.slide_paper import BODY, Native, new_slide, set_notes
from layers.slides.slide_shapes import Column, add_table, add_text, in_pages, text_high
from zones.proof.receipts import Receipt

MOST_PAGES = 4
"""A table longer than this many slides is read in the report or the workbook, not in a room."""

NOTE_SIZE = 10.0
LARGER = (12.0, 11.0)


def page(deck: Native, told: Story, title: str) -> Native:
    """Add a slide with its title, and in its foot data version, day and what its maps are for."""
    foot = told.say("foot", version=told.atlas.version, day=told.day.isoformat())
    return new_slide(deck, title, f"{foot} · {told.use.mark(told.lang)}")


def deck_texts(deck: Native) -> list[str]:
    """Return every text of a deck: slides, tables, names in charts, and notes."""
    texts = []
    for slide in deck.slides:
        held = [slide._element, *([slide.notes_slide._element] if slide.has_notes_slide else [])]
        paragraphs = [paragraph for element in held for paragraph in element.iter(qn("a:p"))]
        texts += ["".join(run.text or "" for run in paragraph.iter(qn("a:t"))) for paragraph in paragraphs]
        charts = [shape.chart for shape in slide.shapes if shape.has_chart]
        texts += [str(name) for chart in charts for plot in chart.plots for name in plot.categories]
    return texts


def add_note(slide: Native, texts: Sequence[str]) -> float:
    """Write remarks at the foot of the body; return how much of its height in mm they take."""
    lines = [text for text in texts if text]
    if not lines:
        return 0.0
    high = text_high(lines, NOTE_SIZE, BODY.wide)
    box = Box(BODY.x, BODY.top - high, BODY.wide, high)
    add_text(slide, box, lines, NOTE_SIZE, colour=style.INK_SOFT, name="Note")
    return high + 3


def tell(
    slide: Native,
    told: Story,
    zone_ids: Iterable[str],
    receipts: Iterable[tuple[str, Receipt]] = (),
    cited: Iterable[str] = (),
) -> None:
    """Write into the notes what a slide rests on: documents and lines, credits, and the receipts of its figures.

    Parameters
    ----------
    zone_ids : iterable of str
        Zones that the slide shows.
    receipts : iterable of (name, receipt)
        Figures of the slide.
    cited : iterable of str
        Passages besides those of the zones.
    """
    ids = list(zone_ids)
    sources = [*cited_lines(told, ids), *cited]
    lines = [told.say("notes_sources"), *sources] if sources else []
    layers = {*told.atlas.zones.loc[ids, "layer"].dropna()}
    if layers:
        lines += [told.say("notes_credits"), *credit_parts(told.atlas, layers, told.lang)]
    held = [f"{name}: {receipt.id}" for name, receipt in receipts]
    if held:
        lines += [told.say("notes_receipts"), *held]
    set_notes(slide, lines)


def table_pages(
    deck: Native,
    told: Story,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    notes: Sequence[str] = (),
    size: float = 10.5,
    most: int = MOST_PAGES,
) -> tuple[list[tuple[Native, slice]], int]:
    """Add a table on as many slides as it needs, at most `most`.

    Returns
    -------
    list of (slide, slice)
        Each slide, and which of the rows stand on it.
    int
        How many rows were left out.
    """
    high = BODY.high - (text_high(notes, NOTE_SIZE, BODY.wide) + 3 if notes else 0)
    # A table that fits one slide in larger type is set in it.
    size = next((each for each in LARGER if len(in_pages(rows, columns, BODY.wide, high, each)) == 1), size)
    dealt = in_pages(rows, columns, BODY.wide, high, size)
    if len(dealt) > most:
        # What is left out takes the last rows, so the pages shown are filled rather than evened out.
        dealt = in_pages(rows, columns, BODY.wide, high, size, even=False)[:most]
    placed: list[tuple[Native, slice]] = []
    start = 0
    for at, part in enumerate(dealt, start=1):
        head = told.say("of_pages", title=title, at=at, all=len(dealt)) if len(dealt) > 1 else title
        slide = page(deck, told, head)
        add_table(slide, Box(BODY.x, BODY.y, BODY.wide, high), columns, part, size)
        placed.append((slide, slice(start, start + len(part))))
        start += len(part)
    return placed, len(rows) - start
