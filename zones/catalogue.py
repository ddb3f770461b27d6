"""The catalogue of layers: `data/geo/layers.csv`, one row per layer, which drives reading, menus and credits."""

import csv
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal, cast

from zones.errors import InputError

Role = Literal["zones", "base"]


@dataclass(frozen=True)
class Layer:
    """One row of the catalogue.

    Texts are as written there; `error_m` is the largest edge error in metres; `datum` is one of `DATUMS`, and
    CGCS2000 where the catalogue has no such column.
    """

    layer: str
    title_zh: str
    title_en: str
    role: Role
    plan_id: str
    file: str
    geometry: str
    grade: str
    error_m: str
    source: str
    source_date: str
    licence: str
    credit_zh: str
    credit_en: str
    note: str
    datum: str = "cgcs2000"


REQUIRED = ("layer", "title_zh", "title_en", "role", "file", "source", "source_date", "licence", "credit_zh")
DATUMS = ("cgcs2000", "wgs84", "gcj02", "bd09")


def read_catalogue(path: Path) -> tuple[Layer, ...]:
    """Return the rows of the catalogue in file order.

    Raises
    ------
    InputError
        If the file is missing, lacks a column, repeats a layer, or a row leaves a required field empty.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            rows = list(reader)
            columns = reader.fieldnames or []
    except FileNotFoundError:
        raise InputError(f"{path}: the layer catalogue is missing; restore it") from None
    missing = [field.name for field in fields(Layer) if field.name not in (*columns, "datum")]
    if missing:
        raise InputError(f"{path}: column {', '.join(missing)} is missing; add it to the header line")
    layers = tuple(_layer(path, number, row) for number, row in enumerate(rows, start=2))
    names = [layer.layer for layer in layers]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise InputError(f"{path}: layer {', '.join(repeated)} stands twice; each layer needs one row")
    return layers


def _layer(path: Path, line: int, row: dict[str, str]) -> Layer:
    values = {field.name: (row.get(field.name) or "").strip() for field in fields(Layer)}
    values["datum"] = values["datum"].lower() or DATUMS[0]
    empty = [name for name in REQUIRED if not values[name]]
    if empty:
        raise InputError(f"{path}: line {line}, layer '{values['layer']}': {', '.join(empty)} is empty; fill it in")
    if values["role"] not in ("zones", "base"):
        raise InputError(f"{path}: line {line}: role is '{values['role']}'; it must be zones or base")
    if values["datum"] not in DATUMS:
        known = ", ".join(DATUMS)
        raise InputError(f"{path}: line {line}: datum is '{values['datum']}'; it must be one of {known}, or empty")
    return Layer(**cast(dict[str, "Role"], values))
