"""Commands that make files a person takes away: sheets, atlases and what follows; `cli` adds them to `zones`."""

from pathlib import Path
from typing import Annotated

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
    stoppable,
)

makers = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)

Title = Annotated[str | None, typer.Option(help="Name of the map; by default it names the zones.")]
Template = Annotated[str, typer.Option(help="a4, a3, a0, slide, or a .toml file of your own.")]
Size = Annotated[str | None, typer.Option(help="A4, A3, A0 or slide, in place of the template's.")]
Theme = Annotated[str | None, typer.Option(help="colour, print (grey) or dark, in place of the template's.")]
Organisation = Annotated[str, typer.Option(help="编制单位, in the title block.")]
Number = Annotated[str, typer.Option(help="图号, in the title block.")]
Day = Annotated[str, typer.Option("--date", help="Day to print; by default the day of the data.")]


@makers.command()
def sheet(
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write: .pdf, .svg or .png.")],
    selection: Selection = "all",
    template: Template = "a4",
    size: Size = None,
    title: Title = None,
    scale: Annotated[int | None, typer.Option(help="Denominator, such as 25000; by default the zones fill it.")] = None,
    theme: Theme = None,
    organisation: Organisation = "",
    number: Number = "",
    review_number: Review = "",
    layer: Annotated[Path | None, typer.Option(help="A layer of your own to draw over the zones.")] = None,
    field: Annotated[str | None, typer.Option("--class", help="Field by which it is coloured.")] = None,
    layer_source: Annotated[str, typer.Option(help="Where it is from; asked for on a public map.")] = "",
    layer_licence: Annotated[str, typer.Option(help="Its licence; asked for on a public map.")] = "",
    layer_date: Annotated[str, typer.Option(help="Its date; asked for on a public map.")] = "",
    wind_rose: Annotated[Path | None, typer.Option(help="A .toml file with the shares of 16 directions.")] = None,
    date: Day = "",
    lang: Language = "zh",
    public: Public = False,
    sign_off_by: SignedBy = "",
    sign_off_reason: SignReason = "",
    sign_off_date: SignDay = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Draw a finished map sheet, marked for internal use unless it is for the public."""
    from layers.sheets.sheet_files import write_sheet
    from layers.sheets.wind_rose import wind_rose as read_wind_rose
    from ui.sheets import own_picture
    from ui.sheets.sheet_orders import order_for, use_fields
    from zones import read_atlas
    from zones.select import select

    atlas = read_atlas()
    frame = select(atlas.zones, selection)
    order = order_for(
        atlas, selection, title, lang, template=template, size=size, theme=theme, scale=scale, number=number,
        organisation=organisation, review_number=review_number, date=date,
        wind_rose=read_wind_rose(wind_rose) if wind_rose else None,
        **use_fields(public, sign_off_by, sign_off_reason, sign_off_date),
    )  # fmt: skip
    own = own_picture.told(layer, field, layer_source, layer_licence, layer_date)
    say_written(write_sheet(atlas, frame, order, output, own_picture.added(own, lang)), form)


@makers.command()
def atlas(
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write: .pdf.")],
    selection: Selection = "all",
    size: Annotated[str, typer.Option(help="A3 or A4.")] = "A3",
    title: Title = None,
    theme: Annotated[str, typer.Option(help="colour, print (grey) or dark.")] = "colour",
    organisation: Organisation = "",
    review_number: Review = "",
    date: Day = "",
    lang: Language = "zh",
    public: Public = False,
    sign_off_by: SignedBy = "",
    sign_off_reason: SignReason = "",
    sign_off_date: SignDay = "",
    cache: Annotated[Path | None, typer.Option(help="Folder for drawn pages; by default the user's cache.")] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Draw an atlas: cover, contents, index map, and one page per zone; marked for internal use unless public."""
    from layers.sheets.page_cache import cache_folder
    from layers.sheets.sheet_atlas import write_atlas
    from ui.commands.printing import progress
    from ui.sheets.sheet_orders import book_order_for, use_fields
    from zones import read_atlas
    from zones.select import select

    held = read_atlas()
    order = book_order_for(
        title, lang, size=size, theme=theme, organisation=organisation, review_number=review_number, date=date,
        **use_fields(public, sign_off_by, sign_off_reason, sign_off_date),
    )  # fmt: skip
    with stoppable(output), progress("pages") as show:
        written = write_atlas(held, select(held.zones, selection), order, output, cache or cache_folder(), show)
    typer.echo(f"zone pages: {written['drawn']} drawn, {written['kept']} kept from before", err=True)
    say_written({name: written[name] for name in ("path", "pages", "receipt")}, form)
