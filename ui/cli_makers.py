"""Commands that make files a person takes away: sheets, atlases and what follows; `ui.cli` adds them to `zones`."""

import typer

from ui.cli_options import Format, print_json

makers = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)


def report(written: dict[str, object], form: Format) -> None:
    """Say what was written: JSON for programs, a sentence on standard error for people."""
    if form is Format.JSON:
        print_json(written)
    else:
        typer.echo(f"{written['pages']} pages written to {written['path']}", err=True)
