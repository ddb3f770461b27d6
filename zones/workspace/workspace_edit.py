"""An edit of a zone, checked, and turned into the features that the files will hold."""

import json
import math
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import apsw
import geopandas
import numpy as np
import pandas as pd
import shapely

from zones.errors import CrsError, InputError
from zones.schema import EdgeRule, Grade, Method, Part
from zones.workspace.geojson_layers import feature_text
from zones.workspace.workspace_schema import FIELDS, NUMBERS
from zones.workspace.workspace_state import Feature, Zone, part

CHOICES = {"grade": Grade, "method": Method, "edge_rule": EdgeRule}
OF_THE_PLACE = ("zone_id", "layer", "part")
KNOWN_CRS = (4490, 4326)


@dataclass(frozen=True)
class Edit:
    """What a zone shall be.

    Attributes
    ----------
    zone_id : str
    layer : str
        Name of its layer, such as `baoan`.
    features : geopandas.GeoDataFrame
        All its features, EPSG:4490, columns as `workspace.features_at` gives them: one row for each part, none
        where the zone loses its geometry. A column that is missing leaves that property as it was; other columns
        become properties.
    base : int, optional
        The revision it was made on, where that is another one than of the edits beside it.
    """

    zone_id: str
    layer: str
    features: geopandas.GeoDataFrame
    base: int | None = None


def edited(db: apsw.Connection, edit: Edit, before: Zone) -> Zone:
    """Return the features an edit makes of a zone.

    Parameters
    ----------
    db : apsw.Connection
    edit : Edit
    before : Zone
        The zone as it is.

    Raises
    ------
    InputError
        If the edit could not be read as part of the atlas; names zone, part and property.
    """
    forms = dict(db.execute("SELECT layer, spaced FROM layer_files ORDER BY fid"))
    if edit.layer not in forms:
        raise InputError(f"zone '{edit.zone_id}': there is no layer '{edit.layer}'; choose one of {', '.join(forms)}")
    if len(edit.features) and edit.features.crs is not None and edit.features.crs.to_epsg() not in KNOWN_CRS:
        raise CrsError(f"zone '{edit.zone_id}': its shapes are in {edit.features.crs.name}; bring them to EPSG:4490")
    found: list[Feature] = []
    for row in edit.features.to_dict("records"):
        name = _part(edit.zone_id, row)
        if name in map(part, found):
            raise InputError(f"zone '{edit.zone_id}': part '{name}' stands twice; keep one")
        was = next((feature for feature in before if part(feature) == name), None)
        text = _text(edit.zone_id, row | {"part": name}, was, spaced=bool(forms[edit.layer]))
        found.append(Feature(edit.layer, _place(db, edit, name, [*before, *found]), text))
    return tuple(sorted(found, key=lambda feature: feature.place))


def _part(zone_id: str, row: dict[str, Any]) -> str:
    own = row.get("zone_id", zone_id)
    if own != zone_id:
        raise InputError(f"zone '{zone_id}': one of its features says that it is of zone '{own}'; correct the id")
    name = plain(row.get("part")) or Part.EXTENT.value
    if name not in tuple(Part):
        raise InputError(f"zone '{zone_id}': part is '{name}'; it must be one of {', '.join(Part)}")
    return str(name)


def _text(zone_id: str, row: dict[str, Any], was: Feature | None, *, spaced: bool) -> str:
    old = json.loads(was.text) if was else None
    shape = row.pop("geometry", None)
    told = _properties(zone_id, row, old["properties"] if old else {})
    where = f"zone '{zone_id}', {told['part']}"
    _check_properties(where, told)
    if shape is None or shape.is_empty:
        raise InputError(f"{where}: it has no shape; draw it, or leave this part out")
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        raise InputError(f"{where}: a coordinate is no number; draw it again")
    text = feature_text(told, shape, spaced=spaced, before=old)
    if old is None or json.loads(text)["geometry"] != old["geometry"]:
        _check_shape(where, shapely.geometry.shape(json.loads(text)["geometry"]))
    return text


def _properties(zone_id: str, row: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    """Return the properties of a feature: as they were, with what the edit says, in the order in which they stood."""
    told = dict(old) or {name: None for name in FIELDS if name != "layer"} | {"traced_on": _today()}
    for name, value in row.items():
        new = plain(value, old.get(name))
        if name not in OF_THE_PLACE and (new is not None or name in old):
            told[name] = new
    return told | {"zone_id": zone_id, "part": row["part"]}


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def plain(value: Any, old: Any = None) -> Any:  # noqa: ANN401 (a cell of a frame)
    """Return a cell of a frame as JSON has it; a number that is equal to the old one stays as it was written."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or (not isinstance(value, str | list | tuple | dict) and pd.isna(value)):
        return None
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, float) and not isinstance(old, bool) and old == value:
        return old
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, str | int | float | list | dict) else str(value)


def _check_properties(where: str, told: dict[str, Any]) -> None:
    for name, words in CHOICES.items():
        if told.get(name) not in tuple(words):
            raise InputError(f"{where}: {name} is '{told.get(name)}'; it must be one of {', '.join(words)}")
    for name in NUMBERS:
        value = told.get(name)
        if value is None and name != "error_m":
            continue
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < math.inf:
            raise InputError(f"{where}: {name} is '{value}'; give metres, above 0")
    if not str(told.get("basis") or "").strip():
        raise InputError(f"{where}: basis is empty; say what the shape was drawn on")


def _check_shape(where: str, shape: shapely.Geometry) -> None:
    if shape.geom_type == "GeometryCollection" or shape.geom_type == "LinearRing":
        raise InputError(f"{where}: its shape mixes points, lines and areas; keep one kind")
    west, south, east, north = shape.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise InputError(
            f"{where}: its shape lies at {west:g}, {south:g}, which is no longitude and latitude; bring it to EPSG:4490"
        )
    if not shape.is_valid:
        reason = shapely.is_valid_reason(shape)
        raise InputError(f"{where}: its shape is not valid ({reason}); correct it there, then save")


def _place(db: apsw.Connection, edit: Edit, name: str, beside: list[Feature]) -> float:
    """Return the place of a feature in its layer: where it stands or stood, else behind its zone, else at the end."""
    own = [feature for feature in beside if feature.layer == edit.layer]
    stands = [feature.place for feature in own if part(feature) == name]
    if stands:
        return stands[0]
    stood = db.execute(
        "SELECT place FROM past_shapes WHERE zone_id = ? AND layer = ? AND part = ? ORDER BY revision DESC LIMIT 1",
        (edit.zone_id, edit.layer, name),
    ).get
    if stood is not None:
        return float(stood)
    end = float(db.execute("SELECT max(place) FROM past_shapes WHERE layer = ?", (edit.layer,)).get or 0)
    if not own:
        return end + 1
    last = max(feature.place for feature in own)
    following = db.execute("SELECT min(place) FROM past_shapes WHERE layer = ? AND place > ?", (edit.layer, last)).get
    return last + 1 if following is None else (last + float(following)) / 2


def edits_of(
    features: geopandas.GeoDataFrame, present: geopandas.GeoDataFrame, layer: str | None = None
) -> tuple[Edit, ...]:
    """Return features of several zones as edits, one for each zone, in their order.

    Parameters
    ----------
    features : geopandas.GeoDataFrame
        EPSG:4490, column `zone_id`; parts of a zone that are not among them stay as they are. Column `layer` where
        the zone changes its layer.
    present : geopandas.GeoDataFrame
        The zones as they are (see `zones.workspace.workspace.features_at`).
    layer : str, optional
        Layer of zones that have none yet; by default the one that the id starts with.
    """
    now = present.drop_duplicates("zone_id").set_index("zone_id")["layer"]
    found = []
    for zone_id, own in features.groupby("zone_id", sort=False):
        stated = [plain(each) for each in own.get("layer", [])]
        name = next(filter(None, stated), None) or now.get(zone_id) or layer or str(zone_id).split(".")[0]
        given = {plain(each) or Part.EXTENT.value for each in own.get("part", [None] * len(own))}
        others = present[(present["zone_id"] == zone_id) & ~present["part"].isin(given)]
        whole = geopandas.GeoDataFrame(pd.concat([own, others]) if len(others) else own, crs=features.crs)
        found.append(Edit(str(zone_id), str(name), whole.reset_index(drop=True)))
    return tuple(found)
