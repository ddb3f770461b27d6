"""The whole atlas read into memory: catalogue, plans, shapes, base map, and every issue met on the way."""

import csv
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas
import pandas as pd

from zones.catalogue import Layer, read_catalogue
from zones.errors import InputError
from zones.issues import Issue, issue_frame
from zones.join import REASON_COLUMNS, SHAPE_COLUMNS, join
from zones.read import read_layer
from zones.repair import repair
from zones.schema import FEATURE_FIELDS, EdgeRule, Grade, Method, Part
from zones.statements.passages import Text
from zones.statements.plans import Plan, read_plan
from zones.workspace.published import published_folder
from zones.workspace.workspace_place import workspace_path

SHIPPED_DATA = Path(__file__).resolve().parents[1] / "data"

DATA_VARIABLE = "ZONES_DATA"
"""Environment variable that names another data folder, laid out like the shipped one."""

CHOICES = {"grade": Grade, "method": Method, "part": Part, "edge_rule": EdgeRule}


@dataclass(frozen=True)
class Atlas:
    """Everything the atlas knows.

    Attributes
    ----------
    zones : geopandas.GeoDataFrame
        One row for each zone, index `zone_id`, EPSG:4490 (see `zones.join.join`).
    plans : dict of str to Plan
    layers : tuple of Layer
    base : dict of str to geopandas.GeoDataFrame
        Base-map layers by name, EPSG:4490; empty when read without the base map.
    accepted : dict of (str, str) to Text
        Findings that stand as they are, (zone_id, kind of issue) to the reason.
    issues : pandas.DataFrame
        What reading, repairing and joining found (see `zones.issues.Issue`).
    version : str
        First 8 hex digits of a SHA-256 over all data files.
    """

    zones: geopandas.GeoDataFrame
    plans: dict[str, Plan]
    layers: tuple[Layer, ...]
    base: dict[str, geopandas.GeoDataFrame]
    accepted: dict[tuple[str, str], Text]
    issues: pd.DataFrame
    version: str


def data_folder() -> Path:
    """Return the data folder in use: the one `ZONES_DATA` names, else what was last published, else the shipped one.

    Raises
    ------
    InputError
        If data were published from the workspace in use and their folder is missing.
    """
    if os.environ.get(DATA_VARIABLE):
        return unpublished_folder()
    return published_folder(workspace_path()) or unpublished_folder()


def unpublished_folder() -> Path:
    """Return the data folder that a workspace starts from: the one `ZONES_DATA` names, else the shipped one."""
    return Path(os.environ.get(DATA_VARIABLE) or SHIPPED_DATA)


def load(root: Path | None = None) -> geopandas.GeoDataFrame:
    """Return all zones of all plans as one frame, index `zone_id`, EPSG:4490.

    Raises
    ------
    InputError
        If a file of the atlas cannot be used; names file, zone and field.
    """
    return read_atlas(root, base=False).zones


def read_atlas(root: Path | None = None, *, base: bool = True) -> Atlas:
    """Return the atlas held in a data folder (default: `data_folder()`).

    Parameters
    ----------
    root : Path, optional
        The data folder.
    base : bool
        Read the base map too; figures do not need it.

    Raises
    ------
    InputError
        If a file of the atlas cannot be used; names file, zone and field.
    """
    root = root or data_folder()
    layers = read_catalogue(root / "geo" / "layers.csv")
    plans = read_plans(root / "plans")
    shapes, repaired = _read_shapes(root, [layer for layer in layers if layer.role == "zones"])
    frame, unmatched = join(plans, shapes, read_reasons(root / "geo" / "unlocated.csv"))
    drawn = [layer for layer in layers if layer.role == "base" and base]
    ground = {layer.layer: read_layer(root / "geo" / layer.file) for layer in drawn}
    accepted = read_accepted(root / "geo" / "accepted.csv")
    issues = issue_frame([*repaired, *unmatched])
    return Atlas(frame, plans, layers, ground, accepted, issues, data_version(root))


def read_plans(folder: Path) -> dict[str, Plan]:
    """Return the plans of a folder by plan_id: the city first, then its districts by code.

    Raises
    ------
    InputError
        If the folder holds no plan, two files hold one plan, or two plans hold one zone.
    """
    plans: dict[str, Plan] = {}
    owner: dict[str, Path] = {}
    for path in sorted(folder.glob("*.yaml")):
        plan = read_plan(path)
        plan_id = plan.plan.plan_id
        if plan_id in plans:
            raise InputError(f"{path}: plan_id '{plan_id}' stands in another file too; one file to a plan")
        for zone in plan.zones:
            if zone.zone_id in owner:
                other = owner[zone.zone_id].name
                raise InputError(f"{path}: zone_id '{zone.zone_id}' stands in {other} too; ids must be unique")
            owner[zone.zone_id] = path
        plans[plan_id] = plan
    if not plans:
        raise InputError(f"{folder}: no plan file (*.yaml) is here; restore the folder or set {DATA_VARIABLE}")
    return dict(sorted(plans.items(), key=lambda item: item[1].plan.district_code))


def read_layers_as_drawn(root: Path, layers: Sequence[Layer]) -> geopandas.GeoDataFrame:
    """Return the features of all zone layers as they stand in the files, with the name of their layer; not repaired.

    Raises
    ------
    InputError
        If a file cannot be used; names file, zone and field.
    """
    paths = {layer.layer: root / "geo" / layer.file for layer in layers if layer.role == "zones"}
    frames = [_checked(read_layer(path), path).assign(layer=name) for name, path in paths.items()]
    columns = ["zone_id", "part", "layer", *SHAPE_COLUMNS[:-1], "geometry"]
    return pd.concat([frame[columns] for frame in frames], ignore_index=True)


def _read_shapes(root: Path, layers: Sequence[Layer]) -> tuple[geopandas.GeoDataFrame, list[Issue]]:
    """Return the features of all zone layers, repaired, with the name of their layer."""
    frames, issues = [], []
    for layer in layers:
        path = root / "geo" / layer.file
        frame, repaired = repair(_checked(read_layer(path), path), layer.layer)
        frame["layer"] = layer.layer
        frames.append(frame[["zone_id", "part", *SHAPE_COLUMNS, "geometry"]])
        issues += repaired
    shapes = pd.concat(frames, ignore_index=True)
    repeated = shapes[shapes.duplicated(["zone_id", "part"], keep=False)]
    if len(repeated):
        first = repeated.iloc[0]
        held = ", ".join(sorted(repeated.loc[repeated["zone_id"] == first["zone_id"], "layer"].unique()))
        raise InputError(
            f"layer {held}: zone '{first['zone_id']}' has more than one feature with part '{first['part']}'; keep one"
        )
    return shapes, issues


def _checked(frame: geopandas.GeoDataFrame, path: Path) -> geopandas.GeoDataFrame:
    """Return the frame as it is, or stop at the first feature whose record cannot be used."""
    missing = [field for field in FEATURE_FIELDS if field not in frame.columns]
    if missing:
        raise InputError(f"{path}: no feature has the property {', '.join(missing)}; add it to each feature")
    for field, words in CHOICES.items():
        for zone_id, value in zip(frame["zone_id"], frame[field], strict=True):
            if value not in tuple(words):
                found = f"{path}: zone '{zone_id}': {field} is '{value}'"
                raise InputError(f"{found}; it must be one of {', '.join(words)}")
    for zone_id, error_m, shape in zip(frame["zone_id"], frame["error_m"], frame.geometry, strict=True):
        if not isinstance(error_m, int | float) or not error_m > 0:
            raise InputError(f"{path}: zone '{zone_id}': error_m is '{error_m}'; give the error in metres, above 0")
        if shape is None or shape.is_empty:
            raise InputError(f"{path}: zone '{zone_id}': geometry is empty; draw it, or list it in unlocated.csv")
    return frame


def read_reasons(path: Path) -> pd.DataFrame:
    """Return why zones have no shape: index `zone_id`, columns `unlocated_zh` and `unlocated_en`.

    Raises
    ------
    InputError
        If the file is missing, repeats a zone or leaves a cell empty.
    """
    rows = _read_table(path, ("zone_id", "reason_zh", "reason_en"), key=("zone_id",))
    return pd.DataFrame(rows, columns=["zone_id", *REASON_COLUMNS]).set_index("zone_id")


def read_accepted(path: Path) -> dict[tuple[str, str], Text]:
    """Return the findings that stand as they are: (zone_id, kind of issue) to the reason.

    Raises
    ------
    InputError
        If the file is missing, repeats a finding or leaves a cell empty.
    """
    rows = _read_table(path, ("zone_id", "kind", "reason_zh", "reason_en"), key=("zone_id", "kind"))
    return {(zone_id, kind): Text(zh=zh, en=en) for zone_id, kind, zh, en in rows}


def _read_table(path: Path, columns: tuple[str, ...], key: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the rows of a small CSV in which every cell is filled and every key stands once."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except FileNotFoundError:
        raise InputError(f"{path}: this file of the atlas is missing; restore it") from None
    seen: set[tuple[str, ...]] = set()
    for line, row in enumerate(rows, start=2):
        empty = [name for name in columns if not row.get(name)]
        if empty:
            raise InputError(
                f"{path}: line {line}, zone '{row.get('zone_id')}': {', '.join(empty)} is empty; fill it in"
            )
        name = tuple(row[column] for column in key)
        if name in seen:
            raise InputError(f"{path}: line {line}: {' '.join(name)} stands twice; keep one row")
        seen.add(name)
    return [tuple(row[column] for column in columns) for row in rows]


def data_version(root: Path) -> str:
    """Return the first 8 hex digits of a SHA-256 over names and contents of all data files."""
    digest = hashlib.sha256()
    for path in sorted([*root.glob("geo/*.geojson"), *root.glob("geo/*.csv"), *root.rglob("*.yaml")]):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:8]
