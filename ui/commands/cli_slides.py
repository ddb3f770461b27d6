"""Commands for the meeting: slides, the written report, and the map as one file; `cli` adds them to `zones`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from ui.commands.cli_options import (
    Format,
    FormatOption,
    Language,
    Public,
    Review,
    Selection,
    SignDay,
    SignedBy,
    SignReason,
    say_written,
)

speakers = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)


@speakers.command()
def slides(
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write: .pptx.")],
    selection: Selection = "all",
    deck: Annotated[
        list[str] | None, typer.Option(help="area, overlap, corridor, indicators, all; may repeat.")
    ] = None,
    lang: Language = "zh",
    review_number: Review = "",
    public: Public = False,
    sign_off_by: SignedBy = "",
    sign_off_reason: SignReason = "",
    sign_off_date: SignDay = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Make slides with native titles, tables, charts and legends; marked for internal use unless public."""
    from layers.office.office_files import write_slides
    from zones import read_atlas
    from zones.select import select

    use = _use(review_number, public, sign_off_by, sign_off_reason, sign_off_date)
    atlas = read_atlas()
    say_written(write_slides(atlas, select(atlas.zones, selection), output, deck or ("all",), lang, use), form)


@speakers.command()
def report(
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write: .docx.")],
    selection: Selection = "all",
    lang: Language = "zh",
    review_number: Review = "",
    public: Public = False,
    sign_off_by: SignedBy = "",
    sign_off_reason: SignReason = "",
    sign_off_date: SignDay = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Write a report in which each statement names its source; marked for internal use unless public."""
    from layers.office.office_files import write_report
    from zones import read_atlas
    from zones.select import select

    use = _use(review_number, public, sign_off_by, sign_off_reason, sign_off_date)
    atlas = read_atlas()
    say_written(write_report(atlas, select(atlas.zones, selection), output, lang, use), form)


@speakers.command()
def html(
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write: .html.")],
    selection: Selection = "all",
    lang: Language = "zh",
    review_number: Review = "",
    public: Public = False,
    sign_off_by: SignedBy = "",
    sign_off_reason: SignReason = "",
    sign_off_date: SignDay = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Save the map as one file that opens with no network; marked for internal use unless public."""
    from layers.office.office_files import write_html
    from zones import read_atlas
    from zones.select import select

    use = _use(review_number, public, sign_off_by, sign_off_reason, sign_off_date)
    atlas = read_atlas()
    say_written(write_html(atlas, select(atlas.zones, selection), output, lang, use), form)


def _use(review_number: str, *asked: Any) -> Any:  # noqa: ANN401 (a MapUse: what draws is loaded when it is asked for)
    from layers.sheets.map_use import MapUse
    from ui.sheets.sheet_orders import use_fields

    return MapUse(review_number=review_number, **use_fields(*asked))
