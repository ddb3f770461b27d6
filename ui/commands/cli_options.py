"""What the command modules share: options, and how an answer, a written file and a stop are told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from zones.errors import InputError

EXIT_STOPPED = 130


class Format(StrEnum):
    """How a command prints."""

    TABLE = "table"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="table for people, json for programs.")]
Selection = Annotated[str, typer.Argument(help="Zone ids, plan:P, kind:K, scheme:S or all; commas add up.")]
PlanarOption = Annotated[bool, typer.Option("--planar", help="Files hold plain x and y, not a map.")]
RepairOption = Annotated[
    str, typer.Option(help="How invalid shapes are rebuilt: structure or linework; it decides their area.")
]


def _known(lang: str) -> str:
    if lang not in ("zh", "en"):
        raise InputError(f"--lang is '{lang}'; choose zh or en")
    return lang


Language = Annotated[str, typer.Option("--lang", callback=_known, help="Language of what is made, zh or en.")]
Review = Annotated[str, typer.Option("--review-number", help="审图号, printed on the map.")]
Public = Annotated[bool, typer.Option("--public", help="For the public: refused while rules for public maps stop it.")]
SignedBy = Annotated[str, typer.Option("--sign-off-by", help="Who lets a public map out in spite of that.")]
SignReason = Annotated[str, typer.Option("--sign-off-reason", help="Why; printed in the foot.")]
SignDay = Annotated[str, typer.Option("--sign-off-date", help="On which day, as 2026-11-21.")]


def print_json(value: Any) -> None:  # noqa: ANN401 (whatever the contract lists)
    """Print one JSON document to standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))


def say_written(written: dict[str, Any], form: Format) -> None:
    """Say what was written: JSON for programs, a sentence on standard error for people."""
    if form is Format.JSON:
        print_json(written)
        return
    told = f"{written['pages']} pages" if (written["pages"] or 1) > 1 else "the file"
    typer.echo(f"{told} written to {written['path']}", err=True)


@contextmanager
def stoppable(of: Path) -> Iterator[None]:
    """Let Ctrl+C end a work on a file with one sentence."""
    try:
        yield
    except KeyboardInterrupt:
        typer.echo(f"{of}: stopped on request; nothing was written", err=True)
        raise typer.Exit(EXIT_STOPPED) from None
