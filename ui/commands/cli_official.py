"""Commands for official boundaries; `ui.commands.cli` puts them into the group `zones workspace`."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from ui.commands.cli_options import Format, FormatOption, print_json
from zones.errors import InputError

official = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)

Desk = Annotated[
    Path | None, typer.Option("--workspace", help="The GeoPackage; by default ZONES_WORKSPACE, or the project's own.")
]
Who = Annotated[str | None, typer.Option(help="Name in the log; by default the user of this machine.")]
Receipts = Annotated[
    list[Path] | None, typer.Option("--receipts", help="A file with receipts: those that turn stale are listed.")
]


@official.command()
def adopt(
    file: Annotated[
        Path | None, typer.Argument(help="Boundaries as supplied; without it, what QGIS changed becomes a revision.")
    ] = None,
    authority: Annotated[str, typer.Option(help="Who supplied them.")] = "",
    document: Annotated[str, typer.Option(help="With which document.")] = "",
    dated: Annotated[str, typer.Option("--date", help="Date of the document, such as 2026-03-31.")] = "",
    error_m: Annotated[float | None, typer.Option(help="Accuracy the document states, in metres.")] = None,
    field: Annotated[str | None, typer.Option(help="Field with zone ids or names; else the best is taken.")] = None,
    zone: Annotated[
        list[str] | None, typer.Option("--zone", help="FEATURE=ZONE_ID for one that has no name; FEATURE= leaves out.")
    ] = None,
    edge_rule: Annotated[str | None, typer.Option(help="lonlat, geodesic or plane; else as the file has it.")] = None,
    crs: Annotated[str | None, typer.Option(help="Reference system: EPSG:N, or a .prj file.")] = None,
    datum: Annotated[str | None, typer.Option(help="wgs84, gcj02 (高德, 腾讯) or bd09 (百度).")] = None,
    encoding: Annotated[str | None, typer.Option(help="Of its text: gb18030, utf-8, big5.")] = None,
    layer: Annotated[str | None, typer.Option(help="Layer, folder or sheet of a file with several.")] = None,
    why: Annotated[str, typer.Option(help="Added to what is said of the document.")] = "",
    receipts: Receipts = None,
    who: Who = None,
    desk: Desk = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would follow, and change nothing.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Replace shapes of zones by official boundaries of a file: matched, compared, one revision.

    Without a file, what another program such as QGIS changed in the workspace becomes a revision.
    """
    from ui.commands import printing_official
    from ui.desk import adopting
    from zones.atlas import data_folder
    from zones.intake.bring_in import Told, bring_in
    from zones.official.adopting import adopt as take
    from zones.official.adopting import preview
    from zones.official.official import given
    from zones.statements.rules import read_rules
    from zones.workspace.workspace_place import workspace_path
    from zones.workspace.workspace_publish import newest

    path, name = desk or workspace_path(), _name(who)
    if file is None:
        _adopt_outside(path, name, why, form)
        return
    said = given(authority, document, dated, error_m, edge_rule)
    base = 0 if dry_run and not path.is_file() else newest(path)
    brought = bring_in(file, Told(crs, datum, encoding, layer))
    rules = read_rules(data_folder() / "rules.yaml")
    told = preview(
        adopting.atlas_now(path), brought.frame, said, rules, layer=file.name, field=field, chosen=_chosen(zone or [])
    )
    stale = adopting.stale_files(receipts or [], told.before, told.after)
    revision = None if dry_run else take(path, told.proposed, said, who=name, base=base, why=why).revision
    record = adopting.record(brought, told, stale, revision)
    typer.echo(printing_official.adoption_sentence(str(file), record), err=True)
    if form is Format.JSON:
        print_json(record)
    else:
        printing_official.adoption_tables(record)


def _adopt_outside(path: Path, who: str, why: str, form: Format) -> None:
    """Take what was changed outside the desk as a revision."""
    from zones.workspace import workspace
    from zones.workspace.workspace_compare import records

    saved = workspace.adopt(path, who=who, why=why)
    zone_ids = [change.zone_id for change in saved.changes]
    typer.echo(f"{path}: revision {saved.revision}, {len(zone_ids)} zones: {', '.join(zone_ids)}", err=True)
    if form is Format.JSON:
        print_json({"revision": saved.revision, "changes": records(saved.changes)})


def _name(who: str | None) -> str:
    return getpass.getuser() if who is None else who


def _chosen(pairs: list[str]) -> dict[str, tuple[str, ...]]:
    """Return what the person says of features: number to zones."""
    found: dict[str, tuple[str, ...]] = {}
    for text in pairs:
        feature, equals, zone_id = (piece.strip() for piece in text.partition("="))
        if not equals or not feature:
            raise InputError(f"--zone is '{text}'; write FEATURE=ZONE_ID, such as 3=baoan.core.jiangangshan")
        found[feature] = (*found.get(feature, ()), *((zone_id,) if zone_id else ()))
    return found


@official.command()
def publish(
    name: Annotated[str, typer.Option(help="What this edition is called.")],
    why: Annotated[str, typer.Option(help="Why it is published.")],
    revision: Annotated[int | None, typer.Option(help="Which revision; else the newest.")] = None,
    checked: Annotated[
        bool, typer.Option("--checked", help="You have checked it: a draft is marked so first.")
    ] = False,
    receipts: Receipts = None,
    who: Who = None,
    desk: Desk = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Make a revision the data that app, commands and exports use, whole or not at all."""
    from ui.commands import printing_official
    from ui.desk import adopting
    from zones import read_atlas
    from zones.atlas import data_folder
    from zones.official.follows import follows
    from zones.statements.rules import read_rules
    from zones.workspace.workspace_place import workspace_path
    from zones.workspace.workspace_publish import publish as make

    before = read_atlas()
    made = make(desk or workspace_path(), revision, who=_name(who), why=why, name=name, checked=checked)
    after = read_atlas(made.folder)
    found = follows(before, after, made.zone_ids, read_rules(data_folder() / "rules.yaml"))
    record = {
        "revision": made.revision, "path": str(made.folder), "data_version": made.version, "in_use": made.in_use,
        "zones_changed": list(made.zone_ids), **adopting.consequences(found),
        **adopting.staleness(adopting.stale_files(receipts or [], before, after)),
    }  # fmt: skip
    typer.echo(printing_official.publication_sentence(record), err=True)
    if form is Format.JSON:
        print_json(record)
    else:
        printing_official.consequence_tables(record)
