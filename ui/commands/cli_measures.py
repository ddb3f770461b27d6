"""Commands that measure: areas, overlaps, coverage and counts; `ui.commands.cli` adds them to `zones`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ui.commands.cli_options import Format, FormatOption, Language, PlanarOption, RepairOption, print_json, stoppable
from zones.errors import InputError

measures = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)

ReceiptsOption = Annotated[
    Path | None, typer.Option("--receipts", help="Write the receipts of the figures here (JSON).")
]


class Engine(StrEnum):
    """What `zones tabulate` counts on."""

    LOCAL = "local"
    DASK = "dask"


# Each command imports what it needs: geopandas alone takes longer than printing the help.


@measures.command()
def measure(
    ids: Annotated[list[str] | None, typer.Argument(help="Zones or selections; all when none is named.")] = None,
    layer: Annotated[Path | None, typer.Option(help="Measure the features of this file instead.")] = None,
    receipts: ReceiptsOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Measure areas by three methods, each with its ±."""
    from ui.commands import printing, selecting

    rows, repaired = selecting.measured(ids, layer, receipts)
    printing.repairs(repaired)
    if form is Format.JSON:
        print_json(rows)
    else:
        printing.measure_table(rows)


@measures.command()
def overlap(
    a: Annotated[str, typer.Option("--a", help="A file or a selection of zones.")] = "all",
    b: Annotated[str | None, typer.Option("--b", help="Another file or selection; without it, pairs within A.")] = None,
    by: Annotated[str | None, typer.Option("--by", help="'union' takes each side as one shape.")] = None,
    planar: PlanarOption = False,
    unit: Annotated[str | None, typer.Option(help="Unit of a drawing: m, cm, mm, km, ft or in; areas are m².")] = None,
    slivers_below: Annotated[float, typer.Option(help="Leave out overlaps below this area in m², and say so.")] = 0.0,
    repair_method: RepairOption = "structure",
    receipts: ReceiptsOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Find which zones share ground, and what all of them cover once, twice, k times."""
    from ui.commands import printing, selecting
    from ui.commands.drawings import overlapped_drawings
    from zones.repair import method_of

    if by not in (None, "union"):
        raise InputError(f"--by is '{by}'; the only choice is union")
    if slivers_below < 0:
        raise InputError(f"--slivers-below is {slivers_below:g}; give an area in m², 0 or more")
    if unit is not None and not planar:
        raise InputError("--unit is the unit of a drawing; give --planar with it")
    if planar and receipts is not None:
        raise InputError(f"{receipts}: receipts are for areas on the ellipsoid; leave out --planar or --receipts")
    once, method = by == "union", method_of(repair_method)
    if planar:
        answer, repaired = overlapped_drawings(a, b, unit=unit, as_union=once, below=slivers_below, method=method)
    else:
        answer, repaired = selecting.overlapped(
            a, b, as_union=once, below_m2=slivers_below, receipts_to=receipts, method=method
        )
    printing.repairs(repaired)
    if form is Format.JSON:
        print_json(answer)
    else:
        printing.overlap_tables(answer)


@measures.command()
def coverage(
    corridor: Annotated[str, typer.Option("--corridor", help="A zone with an axis, or a file with a line.")],
    half_width: Annotated[
        str | None, typer.Option(help="Metres to each side, or along the axis: 0:500,8000:1200.")
    ] = None,
    curve: Annotated[str | None, typer.Option(help="Half-widths FROM:TO:STEP in metres.")] = None,
    of: Annotated[str, typer.Option("--of", help="What covers: zones, a selection of zones, or a file.")] = "zones",
    field: Annotated[str | None, typer.Option("--class", help="Field of that file to tell classes by.")] = None,
    ends: Annotated[str, typer.Option(help="'drawn', or 'district' to stop at the district line.")] = "drawn",
    feature: Annotated[str | None, typer.Option(help="Which line of a file with several.")] = None,
    output: Annotated[
        list[Path] | None, typer.Option("-o", "--output", help="Write it too: .xlsx, .gpkg or .pdf; may be repeated.")
    ] = None,
    lang: Language = "zh",
    receipts: ReceiptsOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Measure what covers a corridor, where nothing does, and how that hangs on its width."""
    from ui.commands import printing
    from ui.commands.covering import covered

    if ends not in ("drawn", "district"):
        raise InputError(f"--ends is '{ends}'; choose drawn or district")
    answer, said = covered(
        corridor, half_width, ends=ends, widths=curve, of=of, field=field, feature=feature,  # type: ignore[arg-type]
        files=output or (), lang=lang, receipts_to=receipts,
    )  # fmt: skip
    for sentence in said:
        typer.echo(sentence, err=True)
    if form is Format.JSON:
        print_json(answer)
    else:
        printing.coverage_tables(answer)


@measures.command()
def tabulate(
    of: Annotated[
        Path, typer.Option("--of", help="Polygons; any number in GeoParquet or a folder of it, GeoPackage, Shapefile.")
    ],
    field: Annotated[str | None, typer.Option("--class", help="Field of that file to count by.")] = None,
    zones: Annotated[str, typer.Option("--zones", help="A selection of zones or a file.")] = "all",
    layer: Annotated[str | None, typer.Option("--layer", help="Layer of a file with several.")] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="Of a file's text: GB18030, UTF-8.")] = None,
    pairs: Annotated[Path | None, typer.Option("--pairs", help="Write each pair here; with dask, a folder.")] = None,
    engine: Annotated[Engine, typer.Option("--engine", help="This process, or a dask cluster.")] = Engine.LOCAL,
    scheduler: Annotated[str | None, typer.Option("--scheduler", help="Of the cluster: tcp://host:8786.")] = None,
    receipts: ReceiptsOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Count a large layer's polygons inside and partly inside each zone, with their areas."""
    on_dask = engine is Engine.DASK
    if on_dask and scheduler is None:
        typer.echo("no --scheduler is given: a dask cluster is started on this machine", err=True)
    with stoppable(of):
        from ui.commands import printing
        from ui.commands.tabulating import tabulated

        with printing.progress() as show:
            rows, summary = tabulated(
                of, field, zones, layer=layer, encoding=encoding, pairs_to=pairs, receipts_to=receipts,
                on_dask=on_dask, scheduler=scheduler, show=show,
            )  # fmt: skip
    typer.echo(summary, err=True)
    if form is Format.JSON:
        print_json(rows)
    else:
        printing.tabulation_table(rows)
