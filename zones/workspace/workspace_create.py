"""Makes a workspace whose first revision is a data folder."""

from pathlib import Path

import apsw

from zones.catalogue import read_catalogue
from zones.errors import InputError
from zones.workspace.geojson_layers import read_texts, split_layer
from zones.workspace.workspace_commit import commit
from zones.workspace.workspace_file import made
from zones.workspace.workspace_log import said
from zones.workspace.workspace_schema import (
    GPKG_VERSION,
    SCHEMA_VERSION,
    contents_rows,
    geometry_rows,
    reference_rows,
    statements,
)
from zones.workspace.workspace_state import Feature, insert, properties


def create(path: Path, *, data: Path, who: str, why: str = "the data as shipped") -> None:
    """Make a workspace whose first revision is a data folder.

    Parameters
    ----------
    path : Path
        The GeoPackage to make; nothing may be there yet.
    data : Path
        A data folder laid out like the shipped one.
    who, why : str

    Raises
    ------
    InputError
        If a file is there, the folder cannot be written, or the data cannot be read.
    """
    who, geo = said(who, "a name (who)"), data / "geo"
    catalogue = [layer for layer in read_catalogue(geo / "layers.csv") if layer.role == "zones"]
    own = {layer.file for layer in catalogue}
    texts = read_texts(sorted({*(geo / name for name in own), *geo.glob("*.geojson"), *geo.glob("*.csv")}))
    with made(path) as db:
        db.execute(statements())
        db.execute(f"PRAGMA user_version={GPKG_VERSION}")
        _fill_standard(db)
        zones: dict[str, list[Feature]] = {}
        for layer in catalogue:
            form, features = split_layer(texts[layer.file], layer.file)
            row = (layer.layer, layer.file, form.head, form.between, form.tail, int(form.spaced))
            insert(db, "layer_files", ("layer", "file", "head", "between_features", "tail", "spaced"), row)
            for place, text in enumerate(features, start=1):
                feature = Feature(layer.layer, float(place), text)
                zones.setdefault(_zone_id(feature, layer.file, place), []).append(feature)
        for name in sorted(set(texts) - own):
            insert(db, "other_files", ("file", "content"), (name, texts[name]))
        commit(db, {zone_id: tuple(held) for zone_id, held in zones.items()}, who, said(why, "a reason"), "create")


def _zone_id(feature: Feature, file: str, place: int) -> str:
    zone_id = properties(feature).get("zone_id")
    if not isinstance(zone_id, str) or not zone_id:
        raise InputError(f"{file}: feature {place}: zone_id is empty; give each feature an id")
    return zone_id


def _fill_standard(db: apsw.Connection) -> None:
    db.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", [
        (name, code, organization, own, definition, about)
        for name, code, organization, own, definition, about in reference_rows()
    ])  # fmt: skip
    columns = ("table_name", "data_type", "identifier", "description", "srs_id")
    for row in contents_rows():
        insert(db, "gpkg_contents", columns, row)
    db.executemany("INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, ?, ?)", geometry_rows())
    insert(db, "workspace", ("name", "value"), ("schema", str(SCHEMA_VERSION)))
