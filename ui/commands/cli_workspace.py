"""The commands `zones workspace ...`: revisions of the zones' shapes, for scripts and terminals."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.commands.cli_options import Format, FormatOption, print_json

if TYPE_CHECKING:
    from zones.proof.receipts import Receipt
    from zones.workspace.workspace import Collision, Saved

EXIT_ISSUES = 1
EXIT_INPUT = 2

workspace = typer.Typer(
    help="Revisions of the zones' shapes in one GeoPackage: save, undo, restore, compare, check, export.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

File = Annotated[
    Path | None, typer.Option("--workspace", help="The GeoPackage; by default ZONES_WORKSPACE, or the project's own.")
]
Who = Annotated[str | None, typer.Option(help="Name in the log; by default the user of this machine.")]
Why = Annotated[str, typer.Option(help="Reason in the log.")]


def _path(file: Path | None) -> Path:
    from zones.workspace.workspace_place import workspace_path

    return file or workspace_path()


def _name(who: str | None) -> str:
    return getpass.getuser() if who is None else who


@workspace.command()
def new(
    file: File = None,
    data: Annotated[Path | None, typer.Option(help="Data folder; by default the one in use.")] = None,
    who: Who = None,
    why: Why = "the data as shipped",
    form: FormatOption = Format.TABLE,
) -> None:
    """Make a workspace; its first revision is the data folder."""
    from zones.atlas import data_folder
    from zones.workspace.workspace import create, revisions

    path = _path(file)
    create(path, data=data or data_folder(), who=_name(who), why=why)
    zones = len(revisions(path).iloc[0]["zone_ids"])
    typer.echo(f"{path}: made, with {zones} zones as revision 1", err=True)
    if form is Format.JSON:
        print_json({"path": str(path), "revision": 1, "zones": zones})


Receipts = Annotated[Path | None, typer.Option(help="Also write the receipts of its areas, for 'zones verify'.")]


@workspace.command()
def log(file: File = None, receipts: Receipts = None, form: FormatOption = Format.TABLE) -> None:
    """List the revisions, newest first: who, when, why, and what it did to areas."""
    from ui.commands import printing
    from zones.records import none_if_nan
    from zones.workspace.workspace import revisions

    if receipts is not None:
        from zones.proof.revision_receipts import list_receipts

        _write_receipts(receipts, list_receipts(_path(file)))
    rows = revisions(_path(file)).astype(object).to_dict("records")
    if form is Format.JSON:
        print_json([{name: _plain(none_if_nan(value)) for name, value in row.items()} for row in rows])
    else:
        printing.rows_table([_log_row(row) for row in rows])


def _write_receipts(path: Path, made: "tuple[Receipt, ...]") -> None:
    from layers.exports.receipts_beside import write_receipts
    from zones.errors import InputError

    if not made:
        raise InputError(f"{path}: no revision here changes an area, so there is no figure to write a receipt for")
    write_receipts(path, made)
    typer.echo(f"{len(made)} receipts written to {path}", err=True)


def _plain(value: Any) -> Any:  # noqa: ANN401 (a cell)
    return list(value) if isinstance(value, tuple) else value


def _log_row(row: dict[str, Any]) -> dict[str, Any]:
    ids = row["zone_ids"]
    zones = ids[0] if len(ids) == 1 else _zones(len(ids))
    names = {name: row[name] for name in ("revision", "at", "who", "action")}
    return names | {"zones": zones, "km²": _change(row), "stage": row["stage"], "name": row["name"], "why": row["why"]}


def _zones(count: int) -> str:
    return "1 zone" if count == 1 else f"{count} zones"


def _change(row: dict[str, Any]) -> str:
    from zones.records import none_if_nan
    from zones.units import format_change

    change = none_if_nan(row["area_change_m2"])
    return "-" if change is None else format_change(change, row["area_error_m2"])


@workspace.command()
def save(
    features: Annotated[Path, typer.Argument(help="File with the zones' new features; parts not in it stay.")],
    why: Annotated[str, typer.Option(help="Reason in the log.")],
    base: Annotated[int, typer.Option(help="The revision on which they were drawn.")],
    who: Who = None,
    layer: Annotated[str | None, typer.Option(help="Layer of zones that have none yet.")] = None,
    file: File = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Save features of a file as one revision; refused where somebody changed a zone after --base."""
    from zones.intake.own_file import read_own
    from zones.workspace.workspace import Collision, features_at
    from zones.workspace.workspace import save as save_
    from zones.workspace.workspace_edit import edits_of

    path = _path(file)
    edits = edits_of(read_own(features), features_at(path), layer)
    try:
        saved = save_(path, edits, who=_name(who), why=why, base=base)
    except Collision as met:
        if form is Format.JSON:
            print_json(_collision(met))
        raise
    _say(saved, form)


def _collision(met: "Collision") -> dict[str, Any]:
    told = {"zone_ids": list(met.zone_ids), "who": met.who, "at": met.at}
    return {"collision": told | {"theirs": met.theirs.to_geo_dict(), "ours": met.ours.to_geo_dict()}}


def _say(saved: "Saved", form: Format) -> None:
    """Say what was saved: JSON for programs, a sentence and the list of changes for people."""
    from ui.commands import printing
    from zones.workspace.workspace_compare import records

    typer.echo(f"revision {saved.revision} saved: {_zones(len(saved.changes))} changed", err=True)
    if form is Format.JSON:
        print_json({"revision": saved.revision, "changes": records(saved.changes)})
    else:
        printing.rows_table(_reading_list(saved.changes))


def _reading_list(changes: Any) -> list[dict[str, Any]]:  # noqa: ANN401 (a tuple of ZoneChange)
    return [
        {
            "zone_id": change.zone_id,
            "what": change.kind,
            "shape": "other" if change.moved else "same",
            "km²": _change({"area_change_m2": change.area_change_m2, "area_error_m2": change.area_error_m2}),
            "properties": ", ".join(dict.fromkeys(field.name for field in change.fields)),
        }
        for change in changes
    ]


@workspace.command()
def undo(who: Who = None, file: File = None, form: FormatOption = Format.TABLE) -> None:
    """Take back the newest change that still stands."""
    from zones.workspace.workspace import undo as undo_

    _say(undo_(_path(file), _name(who)), form)


@workspace.command()
def redo(who: Who = None, file: File = None, form: FormatOption = Format.TABLE) -> None:
    """Bring the change again that was undone last."""
    from zones.workspace.workspace import redo as redo_

    _say(redo_(_path(file), _name(who)), form)


@workspace.command()
def restore(
    revision: int,
    why: Annotated[str, typer.Option(help="Reason in the log.")],
    zone: Annotated[list[str] | None, typer.Option(help="Only this zone; may repeat.")] = None,
    who: Who = None,
    file: File = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Make the zones again what they were at a revision."""
    from zones.workspace.workspace import restore as restore_

    _say(restore_(_path(file), revision, who=_name(who), why=why, zone_ids=zone), form)


@workspace.command()
def compare(
    old: int, new: int, file: File = None, receipts: Receipts = None, form: FormatOption = Format.TABLE
) -> None:
    """List what differs between two revisions, zone by zone."""
    from ui.commands import printing
    from zones.workspace.workspace import compare as compare_
    from zones.workspace.workspace_compare import records

    if receipts is not None:
        from zones.proof.revision_receipts import compare_receipts

        _write_receipts(receipts, compare_receipts(_path(file), old, new))
    changes = compare_(_path(file), old, new)
    if form is Format.JSON:
        print_json(records(changes))
    else:
        printing.rows_table(_reading_list(changes))


@workspace.command()
def stage(
    revision: int,
    stage: Annotated[str, typer.Argument(help="checked, or draft to take 'checked' back.")],
    why: Annotated[str, typer.Option(help="Reason in the log.")],
    name: Annotated[str, typer.Option(help="What this state shall be called.")] = "",
    who: Who = None,
    file: File = None,
) -> None:
    """Mark a revision as checked, or as a draft again; `publish` makes it the data in use."""
    from zones.errors import InputError
    from zones.workspace.workspace import set_stage

    if stage == "published":
        raise InputError("a mark alone publishes nothing; use 'zones workspace publish', which writes the data too")
    set_stage(_path(file), revision, stage, who=_name(who), why=why, name=name)  # type: ignore[arg-type]
    typer.echo(f"revision {revision} is {stage} now", err=True)


@workspace.command()
def check(
    newest: Annotated[str | None, typer.Option(help="A hash noted earlier, which the log must still have.")] = None,
    file: File = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Check the log line by line; exit status 1 when a past line or shape was changed."""
    from zones.workspace.workspace import check_log, zones_outside
    from zones.workspace.workspace_check import newest_line

    path = _path(file)
    found = check_log(path, newest)
    line, at, held = newest_line(path)
    outside = zones_outside(path)
    if form is Format.JSON:
        told = {"holds": not found, "findings": list(found), "lines": line, "newest": held, "at": at}
        print_json(told | {"changed_outside": list(outside)})
    else:
        for sentence in found or (f"all {line} lines hold; the newest has the hash {held}",):
            typer.echo(sentence)
    if outside:
        named = ", ".join(each or "(no id)" for each in outside)
        typer.echo(f"changed outside the desk: {named}; 'zones workspace adopt' or 'discard'", err=True)
    if found:
        raise typer.Exit(EXIT_ISSUES)


@workspace.command()
def export(
    folder: Path,
    revision: Annotated[int | None, typer.Option(help="By default the newest.")] = None,
    file: File = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Write the files of data/geo as they are at a revision."""
    from zones.workspace.workspace import export as export_

    paths = export_(_path(file), folder, revision)
    typer.echo(f"{len(paths)} files written to {folder}", err=True)
    if form is Format.JSON:
        print_json([str(path) for path in paths])


@workspace.command()
def discard(
    why: Annotated[str, typer.Option(help="Reason in the log.")],
    who: Who = None,
    file: File = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Put zones changed in QGIS back to what the log left; what is let go stays in the log."""
    from zones.workspace.workspace import discard as discard_

    zone_ids = discard_(_path(file), who=_name(who), why=why)
    typer.echo(f"{_zones(len(zone_ids))} put back", err=True)
    if form is Format.JSON:
        print_json({"zone_ids": list(zone_ids)})
