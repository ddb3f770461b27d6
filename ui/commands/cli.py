"""The command `zones`: the same numbers as the app, for scripts and terminals (see the contract in README)."""

import gc
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ui.commands.cli_georef import surveyors
from ui.commands.cli_makers import makers
from ui.commands.cli_measures import measures
from ui.commands.cli_official import official
from ui.commands.cli_options import Format, FormatOption, PlanarOption, RepairOption, Selection, print_json, stoppable
from ui.commands.cli_raster import rasters
from ui.commands.cli_sides import siders
from ui.commands.cli_slides import speakers
from ui.commands.cli_workspace import workspace
from zones.errors import InputError, ZonesError

app = typer.Typer(
    help="Planned innovation zones of Shenzhen: where they are, how large, and what overlaps.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

EXIT_ISSUES = 1
EXIT_INPUT = 2


class ListFormat(StrEnum):
    """How `zones list` prints."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    GEOJSON = "geojson"


def main() -> None:
    """Run the command; a known fault is one sentence on standard error and exit status 2."""
    # Loading the libraries makes many objects and no rubbish: looked through less often, it takes a tenth less.
    gc.set_threshold(50_000)
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
    form: Annotated[
        ListFormat, typer.Option("--format", help="table for people, the others for programs.")
    ] = ListFormat.TABLE,
) -> None:
    """List the zones."""
    from ui.commands import printing
    from zones import read_atlas
    from zones.records import listing
    from zones.select import select

    atlas = read_atlas(base=False)
    frame = atlas.zones
    for field, value in (("plan", plan), ("scheme", scheme), ("kind", kind)):
        if value is not None:
            frame = frame[frame.index.isin(select(frame, f"{field}:{value}").index)]
    if form is ListFormat.GEOJSON:
        from layers.exports.export_geojson import geojson_text
        from zones.proof.receipts import area_receipts

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
def show(
    zone_id: Annotated[str, typer.Argument(help="As `zones list` and `zones search` print it.")],
    form: FormatOption = Format.TABLE,
) -> None:
    """Show all that is known of one zone."""
    from ui.commands import printing
    from zones import read_atlas
    from zones.records import record

    zone = record(read_atlas(base=False), zone_id)
    if form is Format.JSON:
        print_json(zone)
    else:
        printing.zone_card(zone)


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="All or a part of a name.")],
    limit: Annotated[int, typer.Option(min=1, help="Most results.")] = 10,
    form: FormatOption = Format.TABLE,
) -> None:
    """Find zones by name, alias, pinyin, initials or English."""
    from ui.commands import printing
    from zones import load
    from zones.search import search as find

    found = find(load(), text, limit)
    rows = found[["zone_id", "name_zh", "plan_id", "score"]].to_dict("records")
    if form is Format.JSON:
        print_json(rows)
    else:
        printing.rows_table(rows)


# In this place, so that help lists them before the commands on files and data; `add_typer` puts its own last.
for group in (measures, rasters, siders):
    app.registered_commands += group.registered_commands


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
    from ui.commands import printing, selecting
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
        Path, typer.Argument(help="GeoJSON, Shapefile (.zip too), GeoPackage, GeoParquet, KML, DXF, CSV, XLSX, TXT.")
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
    from ui.commands import printing
    from ui.commands.importing import imported
    from zones.intake.bring_in import Told

    with stoppable(file):
        report, summary = imported(file, output, Told(crs, datum, encoding, layer, south))
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
    from ui.commands import printing, selecting
    from zones.statements.board import records

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
    from ui.commands import printing, selecting

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
    from ui.commands import printing, selecting

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
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", help="File to write: .geojson, .gpkg, .shp.zip, .parquet, .kml, .dxf, .csv or .xlsx."
        ),
    ],
    selection: Selection = "all",
    form: FormatOption = Format.TABLE,
) -> None:
    """Write zones with their attributes to a file."""
    from layers.exports.exports import export as write
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
    file: Annotated[
        Path,
        typer.Argument(help="A receipts file, an export, a sheet, a deck, a report, or a GeoTIFF of zones georef."),
    ],
    sources: Annotated[
        list[Path] | None, typer.Option("--file", help="A file the receipts rest on, where it lies elsewhere now.")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Make the figures of receipts again; exit status 1 when any of them is stale."""
    from ui.commands import printing, selecting

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
    workspace: Annotated[Path | None, typer.Option(help="Workspace of the digitizing desk, a GeoPackage.")] = None,
) -> None:
    """Start the map app on this machine."""
    from ui.server import serve

    serve(port, open_browser=browser, workspace=workspace)


# Beside `app`, so that help lists them after the commands that answer.
app.add_typer(makers)
app.add_typer(speakers)
workspace.registered_commands += official.registered_commands
app.add_typer(workspace, name="workspace")
app.add_typer(surveyors)


if __name__ == "__main__":
    main()
