"""The command on rasters; `ui.commands.cli` adds it to `zones`."""

from pathlib import Path
from typing import Annotated

import typer

from ui.commands.cli_options import Format, FormatOption, Language, print_json, stoppable

rasters = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)


@rasters.command("zonal")
def zonal_(
    raster: Annotated[Path, typer.Argument(help="A GeoTIFF of any size.")],
    zones: Annotated[str, typer.Option("--zones", help="A selection of zones.")] = "all",
    layer: Annotated[Path | None, typer.Option(help="Polygons of this file instead.")] = None,
    stats: Annotated[
        str, typer.Option(help="mean, area_mean, sum, min, max, std, variance, median, q05..q99, majority, ...")
    ] = "mean,sum,min,max,std,median",
    band: Annotated[int, typer.Option(help="Band, from 1.")] = 1,
    classes: Annotated[bool, typer.Option("--classes", help="Count and measure each value, too.")] = False,
    class_names: Annotated[Path | None, typer.Option(help="CSV of values and their names.")] = None,
    per_area: Annotated[bool, typer.Option("--per-area", help="Values are per km²: sum value x true area.")] = False,
    bracket: Annotated[bool, typer.Option("--bracket", help="Also on zones grown and shrunk by their error.")] = False,
    crs: Annotated[str | None, typer.Option(help="Reference system, EPSG:N, of a raster that states none.")] = None,
    nodata: Annotated[float | None, typer.Option(help="Stored value that stands for no data.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write .csv, .xlsx or .parquet, too.")] = None,
    lang: Language = "zh",
    receipts: Annotated[Path | None, typer.Option("--receipts", help="Write the receipt here (JSON).")] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Statistics of a raster under each zone: cells count with the share that lies inside."""
    # Loads slowly, and other commands do not need it.
    from ui.commands import printing, zonal_rows
    from zones.rasters.zonal import ALWAYS

    # `count` and its like stand in each row in any case: asked for by name, they are no fault.
    named = tuple(name.strip() for name in stats.split(",") if name.strip() and name.strip() not in ALWAYS)
    asked = zonal_rows.Asked(raster, zones, layer, named, band, classes, class_names, per_area, bracket, crs, nodata)
    with stoppable(raster), printing.progress("windows") as show:
        rows, said = zonal_rows.answered(asked, output=output, lang=lang, receipts_to=receipts, show=show)
    for sentence in said:
        typer.echo(sentence, err=True)
    if form is Format.JSON:
        print_json(rows)
    else:
        zonal_rows.show(rows)
