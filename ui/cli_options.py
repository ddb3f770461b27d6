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


def print_json(value: Any) -> None:  # noqa: ANN401 (whatever the contract lists)
    """Print one JSON document to standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))
