"""The command for boundary texts, `zones sides`; `ui.commands.cli` adds it to `zones`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from ui.commands.cli_options import Format, FormatOption, Language, print_json

siders = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)


# Each command imports what it needs: geopandas alone takes longer than printing the help.


@siders.command()
def sides(
    text: Annotated[str | None, typer.Argument(help="Sides in words: 北至甲路，东至乙路，南至丙路，西至丁路.")] = None,
    zone: Annotated[str | None, typer.Option("--zone", help="Take its plan's text; check against its outline.")] = None,
    lines: Annotated[Path | None, typer.Option("--lines", help="Named lines of your own: any vector file.")] = None,
    lines_error: Annotated[
        float | None, typer.Option("--lines-error", min=0, help="Their error in metres, where the file states none.")
    ] = None,
    side: Annotated[
        list[str] | None, typer.Option("--side", help="east=NAME: take this line for a side; may be repeated.")
    ] = None,
    gap: Annotated[float, typer.Option("--gap", min=0, help="Most metres of line added at one corner.")] = 250.0,
    words: Annotated[bool, typer.Option("--words", help="The way back: the sides of --zone in words.")] = False,
    lang: Language = "zh",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write the candidate here (GeoJSON).")] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Make an area of its four sides (四至) and named lines, or say which side stays open; and back."""
    from ui.desk import siding
    from zones import read_atlas
    from zones.errors import InputError

    atlas = read_atlas()
    held = siding.lines_for(atlas, lines, error_m=lines_error)
    if words:
        if zone is None:
            raise InputError("--words needs --zone")
        _print_words(siding.in_words(atlas, zone, held, lang), form)
        return
    result, told = siding.compiled(atlas, text, zone, held, side or (), gap)
    if output is not None:
        from layers.desk.sides_file import candidate_bytes
        from layers.write import write_atomically

        write_atomically(output, candidate_bytes(result, zone))
        typer.echo(f"the candidate was written to {output}", err=True)
    if form is Format.JSON:
        print_json(told)
    else:
        _print_tables(told)


def _print_words(told: dict[str, Any], form: Format) -> None:
    from ui.commands import printing

    if form is Format.JSON:
        print_json(told)
        return
    typer.echo(told["text"])
    rows = [
        {"side": side["direction"], "length_m": side["length_m"], "line": run["name"], "share": run["share"],
         "mean_m": run["mean_m"], "max_m": run["max_m"]}
        for side in told["sides"] for run in side["runs"]
    ]  # fmt: skip
    if rows:
        printing.rows_table(rows)


def _print_tables(told: dict[str, Any]) -> None:
    from ui.commands import printing

    rows = []
    for side in told["sides"]:
        names = "; ".join(map(_line, side["matched"]))
        rows.append({"side": side["direction"], "text": side["text"], "line": names, "open": side["open_reason"] or ""})
    printing.rows_table(rows)
    typer.echo(_verdict(told))
    if told["check"]:
        printing.rows_table(told["check"]["sides"])


def _line(line: dict[str, Any]) -> str:
    error = "error not known" if line["error_m"] is None else f"±{line['error_m']:g} m"
    notes = [
        line["source"],
        error,
        *(["planned"] if line["planned"] else []),
        *(["stands in"] if line["stand_in"] else []),
    ]
    return f"{line['name']} ({', '.join(notes)})"


def _verdict(told: dict[str, Any]) -> str:
    from zones.units import format_area

    if told["polygon"] is not None:
        gaps = sum(gap["length_m"] for gap in told["gaps"])
        area = format_area(told["area_m2"], told["area_error_by_side_m2"])
        edge = "error not known" if told["error_m"] is None else f"edges ±{told['error_m']:g} m"
        return f"closed: {area} km², {told['grade']}, {edge}, {gaps:.0f} m of line added"
    corners = [f"{' and '.join(each['between'])} end {each['distance_m']:.0f} m apart" for each in told["open_corners"]]
    sides = [f"open to the {each}" for each in told["open"]]
    return f"no area: {'; '.join([*sides, *corners]) or 'no face lies between the lines'}"
