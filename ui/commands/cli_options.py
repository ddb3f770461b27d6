"""Options and the JSON printer that the command modules share."""

import json
from enum import StrEnum
from typing import Annotated, Any

import typer


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

Language = Annotated[str, typer.Option("--lang", help="zh or en.")]
Review = Annotated[str, typer.Option("--review-number", help="审图号, printed on the map.")]
Public = Annotated[bool, typer.Option("--public", help="For the public: refused while rules for public maps stop it.")]
SignedBy = Annotated[str, typer.Option("--sign-off-by", help="Who lets a public map out in spite of that.")]
SignReason = Annotated[str, typer.Option("--sign-off-reason", help="Why; printed in the foot.")]
SignDay = Annotated[str, typer.Option("--sign-off-date", help="On which day, as 2026-11-21.")]


def print_json(value: Any) -> None:  # noqa: ANN401 (whatever the contract lists)
    """Print one JSON document to standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))
