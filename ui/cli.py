"""The command `zones`: the same numbers as the app, for scripts and terminals (see the contract in README)."""

import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ui.cli_makers import makers
from ui.cli_options import Format, FormatOption, Selection, print_json
from ui.cli_slides import speakers
from zones.errors import InputError, ZonesError

app = typer.Typer(
    help="Planned innovation zones of Shenzhen: where they are, how large, and what overlaps.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

EXIT_ISSUES = 1
EXIT_INPUT = 2
EXIT_STOPPED = 130


class ListFormat(StrEnum):
    """How `zones list` prints."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    GEOJSON = "geojson"


class Engine(StrEnum):
    """What `zones tabulate` counts on."""

    LOCAL = "local"
    DASK = "dask"


ReceiptsOption = Annotated[
    Path | None, typer.Option("--receipts", help="Write the receipts of the figures here (JSON).")
]
PlanarOption = Annotated[bool, typer.Option("--planar", help="Files hold plain x and y, not a map.")]
RepairOption = Annotated[
    str, typer.Option(help="How invalid shapes are rebuilt: structure or linework; it decides their area.")
]


def main() -> None:
    """Run the command; a known fault is one sentence on standard error and exit status 2."""
    try:
        app()
    except ZonesError as error:
        typer.echo(str(error), err=True)
        sys.exit(EXIT_INPUT)


# Each command imports what it needs: geopandas alone takes longer than printing the help.


@app.command("list")
def list_(
    plan: Annotated[str | None, typer.Option(help="Only zones of this plan.")] = None,
    scheme: Annotated[str | None, typer.Option(help="Only zones of this scheme.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only zones of this kind.")] = None,
    form: Annotated[ListFormat, typer.Option("--format")] = ListFormat.TABLE,
) -> None:
    """List the zones."""
    from ui import printing
    from zones import read_atlas
    from zones.records import listing
    from zones.select import select

    atlas = read_atlas(base=False)
    frame = atlas.zones
    for field, value in (("plan", plan), ("scheme", scheme), ("kind", kind)):
        if value is not None:
            frame = frame[frame.index.isin(select(frame, f"{field}:{value}").index)]
    if form is ListFormat.GEOJSON:
        from layers.exports import geojson_text
        from zones.receipts import area_receipts

        typer.echo(geojson_text(frame, area_receipts(atlas, frame, ("ellipsoid",))))
        return
    rows = listing(atlas, frame)
    if form is ListFormat.JSON:
        print_json(rows)
    elif form is ListFormat.CSV:
        typer.echo(printing.csv_text(rows), nl=False)
    else:
        printing.zone_table(rows)


@app.command()
def show(zone_id: str, form: FormatOption = Format.TABLE) -> None:
    """Show all that is known of one zone."""
    from ui import printing
    from zones import read_atlas
    from zones.records import record

    zone = record(read_atlas(base=False), zone_id)
    if form is Format.JSON:
        print_json(zone)
    else:
        printing.zone_card(zone)


@app.command()
def search(text: str, limit: int = 10, form: FormatOption = Format.TABLE) -> None:
    """Find zones by name, alias, pinyin, initials or English."""
    from ui import printing
    from zones import load
    from zones.search import search as find

    found = find(load(), text, limit)
    rows = found[["zone_id", "name_zh", "plan_id", "score"]].to_dict("records")
    if form is Format.JSON:
        print_json(rows)
    else:
        printing.rows_table(rows)


@app.command()
def measure(
    ids: Annotated[list[str] | None, typer.Argument(help="Zones or selections; all when none is named.")] = None,
    layer: Annotated[Path | None, typer.Option(help="Measure the features of this file instead.")] = None,
    receipts: ReceiptsOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Measure areas by three methods, each with its ±."""
    from ui import printing, selecting

    rows, repaired = selecting.measured(ids, layer, receipts)
    printing.repairs(repaired)
    if form is Format.JSON:
        print_json(rows)
    else:
        printing.measure_table(rows)


@app.command()
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
    from ui import printing, selecting
    from ui.drawings import overlapped_drawings
    from zones.repair import method_of

    if by not in (None, "union"):
        raise InputError(f"--by is '{by}'; the only choice is union")
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


@app.command()
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
    lang: Annotated[str, typer.Option("--lang", help="Language of those files, zh or en.")] = "zh",
    form: FormatOption = Format.TABLE,
) -> None:
    """Measure what covers a corridor, where nothing does, and how that hangs on its width."""
    from ui import printing
    from ui.covering import covered

    if ends not in ("drawn", "district"):
        raise InputError(f"--ends is '{ends}'; choose drawn or district")
    if lang not in ("zh", "en"):
        raise InputError(f"--lang is '{lang}'; choose zh or en")
    answer, said = covered(
        corridor, half_width, ends=ends, widths=curve, of=of, field=field, feature=feature,  # type: ignore[arg-type]
        files=output or (), lang=lang,
    )  # fmt: skip
    for sentence in said:
        typer.echo(sentence, err=True)
    if form is Format.JSON:
        print_json(answer)
    else:
        printing.coverage_tables(answer)


@app.command()
def tabulate(
    of: Annotated[
        Path, typer.Option("--of", help="Polygons of any number: GeoParquet or a folder of it, GeoPackage, Shapefile.")
    ],
    field: Annotated[str | None, typer.Option("--class", help="Field of that file to count by.")] = None,
    zones: Annotated[str, typer.Option("--zones", help="A selection of zones or a file.")] = "all",
    layer: Annotated[str | None, typer.Option("--layer", help="Layer of a GeoPackage with several.")] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="Of a Shapefile's text: GB18030, UTF-8.")] = None,
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
    try:
        from ui import printing
        from ui.tabulating import tabulated

        with printing.progress() as show:
            rows, summary = tabulated(
                of, field, zones, layer=layer, encoding=encoding, pairs_to=pairs, receipts_to=receipts,
                on_dask=on_dask, scheduler=scheduler, show=show,
            )  # fmt: skip
    except KeyboardInterrupt:
        typer.echo(f"{of}: stopped on request; nothing was written", err=True)
        raise typer.Exit(EXIT_STOPPED) from None
    typer.echo(summary, err=True)
    if form is Format.JSON:
        print_json(rows)
    else:
        printing.tabulation_table(rows)


@app.command()
def check(
    file: Annotated[Path | None, typer.Argument(help="A vector file; or give --atlas.")] = None,
    atlas: Annotated[bool, typer.Option("--atlas", help="Check the atlas itself.")] = False,
    repair: Annotated[Path | None, typer.Option("--repair", help="Write the repaired features here.")] = None,
    repair_method: RepairOption = "structure",
    planar: PlanarOption = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Check a file or the atlas; exit status 1 when anything worse than a note was found."""
    from ui import printing, selecting
    from zones.issues import is_clean
    from zones.repair import method_of

    if (file is None) == (not atlas):
        raise InputError("check needs either a file or --atlas, not both")
    if atlas and repair is not None:
        raise InputError("--repair writes a checked file; give the file in place of --atlas")
    issues, summary = selecting.checked(file, repair, planar=planar, method=method_of(repair_method))
    typer.echo(summary, err=True)
    if form is Format.JSON:
        print_json(issues.to_dict("records"))
    else:
        printing.rows_table(issues.drop(columns="value").to_dict("records"))
    if not is_clean(issues):
        raise typer.Exit(EXIT_ISSUES)


@app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="GeoJSON, Shapefile (or .zip), GeoPackage, GeoParquet, KML, DXF, CSV, XLSX.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write: .geojson, .gpkg or .parquet.")],
    crs: Annotated[str | None, typer.Option(help="Reference system: EPSG:N, or a .prj file.")] = None,
    datum: Annotated[str | None, typer.Option(help="wgs84, gcj02 (高德, 腾讯) or bd09 (百度).")] = None,
    encoding: Annotated[str | None, typer.Option(help="Of its text: gb18030, utf-8, big5.")] = None,
    layer: Annotated[str | None, typer.Option(help="Layer, folder or sheet of a file with several.")] = None,
    south: Annotated[str | None, typer.Option(help="Towards Hong Kong and Macau: shift or keep coordinates.")] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Bring a file in: reference system, encoding and shapes checked, repaired and accounted for."""
    from ui import printing
    from ui.importing import imported
    from zones.bring_in import Told

    try:
        report, summary = imported(file, output, Told(crs, datum, encoding, layer, south))
    except KeyboardInterrupt:
        typer.echo(f"{file}: stopped on request; nothing was written", err=True)
        raise typer.Exit(EXIT_STOPPED) from None
    typer.echo(summary, err=True)
    if form is Format.JSON:
        print_json(report)
    else:
        printing.import_tables(report)


@app.command()
def indicators(
    plan: Annotated[str | None, typer.Option(help="Only indicators of this plan.")] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """List the plans' indicators: baseline, target, form, and what to know before using them."""
    from ui import printing, selecting
    from zones.board import records

    rows = records(selecting.plans_named([plan] if plan else None))
    if form is Format.JSON:
        print_json(rows)
    else:
        printing.indicator_table(rows)


@app.command()
def conflicts(
    plan: Annotated[list[str] | None, typer.Option(help="Only contradictions that concern this plan.")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit status 1 when any is found.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Find what the plans say that does not go together."""
    from ui import printing, selecting

    rows = selecting.contradictions(plan)
    if form is Format.JSON:
        print_json(rows)
    else:
        printing.rows_table([{"kind": row["kind"], "statement": row["statement"]} for row in rows])
    if strict and rows:
        raise typer.Exit(EXIT_ISSUES)


@app.command()
def sources(
    documents: Annotated[Path | None, typer.Option(help="Folder with the plan documents.")] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Check every cited passage against the plan documents: hash, lines, terms."""
    from ui import printing, selecting

    issues, summary = selecting.sources_checked(documents)
    typer.echo(summary, err=True)
    if form is Format.JSON:
        print_json(issues.to_dict("records"))
    else:
        printing.rows_table(issues.drop(columns="value").to_dict("records"))
    if not issues.empty:
        raise typer.Exit(EXIT_ISSUES)


@app.command()
def export(
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write: .geojson, .gpkg, .csv or .xlsx.")],
    selection: Selection = "all",
    form: FormatOption = Format.TABLE,
) -> None:
    """Write zones with their attributes to a file."""
    from layers.exports import export as write
    from zones import read_atlas
    from zones.select import select

    atlas = read_atlas(base=False)
    written = write(atlas, select(atlas.zones, selection), output)
    if form is Format.JSON:
        print_json(written)
    else:
        typer.echo(f"{written['features']} features written to {written['path']}", err=True)


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A receipts file, an export, a sheet, a deck or a report.")],
    sources: Annotated[
        list[Path] | None, typer.Option("--file", help="A file the receipts rest on, where it lies elsewhere now.")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Make the figures of receipts again; exit status 1 when any of them is stale."""
    from ui import printing, selecting

    verdict = selecting.verified(file, sources or ())
    if form is Format.JSON:
        print_json(asdict(verdict))
    else:
        typer.echo(verdict.reason)
        if verdict.stale:
            printing.rows_table([{"id": each.id, "why": "; ".join(each.reasons)} for each in verdict.stale])
    if not verdict.holds:
        raise typer.Exit(EXIT_ISSUES)


@app.command("app")
def app_(
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 8501,
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
) -> None:
    """Start the map app on this machine."""
    from ui.server import serve

    serve(port, open_browser=browser)


# Beside `app`, so that help lists them after the commands that answer.
app.add_typer(makers)
app.add_typer(speakers)


if __name__ == "__main__":
    main()
