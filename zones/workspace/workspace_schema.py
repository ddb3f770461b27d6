"""The tables of a workspace: a GeoPackage (OGC 12-128r19) with the zones as they are, as they were, and the log."""

from zones.workspace.workspace_blob import SRS_ID

APPLICATION_ID = 0x47504B47
GPKG_VERSION = 10400
SCHEMA_VERSION = 1
"""Of our own tables; `PRAGMA user_version` belongs to the GeoPackage standard."""

FIELDS = (
    "zone_id", "part", "layer", "grade", "error_m", "basis", "basis_en", "method", "edge_rule", "traced_on",
    "half_width_m",
)  # fmt: skip
"""Columns of a shape, now or past; properties beyond these live in the text of the feature."""

NUMBERS = ("error_m", "half_width_m")

CURRENT = {"zones_area": "MULTIPOLYGON", "zones_line": "MULTILINESTRING", "zones_point": "MULTIPOINT"}
"""Layers with the zones as they are. Three, since QGIS shows, styles and edits a layer of one geometry type as one;
a mixed layer it takes apart by itself, under names of its own, and new features then need care."""

LAYER_OF = {
    "Polygon": "zones_area",
    "MultiPolygon": "zones_area",
    "LineString": "zones_line",
    "MultiLineString": "zones_line",
    "Point": "zones_point",
    "MultiPoint": "zones_point",
}

KEPT = ("log", "revisions", "changes", "stages", "past_shapes", "layer_files", "other_files")
"""Tables in which nothing is ever changed or deleted."""

TITLES = {
    "zones_area": ("Zones: areas 面", "Zones as they are now; edits made here are noticed and can be adopted"),
    "zones_line": ("Zones: axes 线", "Axes of corridors and belts as they are now"),
    "zones_point": ("Zones: places 点", "Places without a known extent as they are now"),
    "past_shapes": ("Past shapes 历次图形", "Every shape a zone ever had, by revision"),
    "revisions": ("Revisions 修订", "Who changed what, when and why"),
    "changes": ("Changes 变更", "Zones changed by each revision, with areas in m² and content hashes"),
    "stages": ("Stages 审定", "Revisions marked as checked or published"),
    "log": ("Log 日志", "One line for each act, chained by SHA-256"),
    "layer_files": ("Layer files 图层文件", "How each layer file is written"),
    "other_files": ("Other files 其他文件", "The rest of the geodata folder"),
    "workspace": ("Workspace 工作库", "Version of these tables"),
}

SHAPE_COLUMNS = ", ".join(f"{name} {'DOUBLE' if name in NUMBERS else 'TEXT'}" for name in FIELDS)

STANDARD = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
"""

KEY = "fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"

OWN = f"""
CREATE TABLE past_shapes ({KEY}, geom GEOMETRY, revision INTEGER NOT NULL, place DOUBLE NOT NULL, {SHAPE_COLUMNS},
  feature TEXT NOT NULL);
CREATE INDEX past_shapes_of ON past_shapes (zone_id, revision);
CREATE TABLE revisions (revision INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL,
  why TEXT NOT NULL, action TEXT NOT NULL, of_revision INTEGER, zones INTEGER NOT NULL,
  area_change_m2 DOUBLE, area_error_m2 DOUBLE);
CREATE TABLE changes ({KEY}, revision INTEGER NOT NULL, zone_id TEXT NOT NULL, before TEXT, after TEXT,
  area_before_m2 DOUBLE, area_after_m2 DOUBLE, area_error_m2 DOUBLE);
CREATE UNIQUE INDEX changes_of ON changes (zone_id, revision);
CREATE INDEX changes_in ON changes (revision);
CREATE TABLE stages ({KEY}, revision INTEGER NOT NULL, at TEXT NOT NULL, stage TEXT NOT NULL, who TEXT NOT NULL,
  why TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE log (line INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, entry TEXT NOT NULL, sha256 TEXT NOT NULL);
CREATE TABLE layer_files ({KEY}, layer TEXT NOT NULL UNIQUE, file TEXT NOT NULL, head TEXT NOT NULL,
  between_features TEXT NOT NULL, tail TEXT NOT NULL, spaced INTEGER NOT NULL);
CREATE TABLE other_files ({KEY}, file TEXT NOT NULL UNIQUE, content TEXT NOT NULL);
CREATE TABLE workspace ({KEY}, name TEXT NOT NULL UNIQUE, value TEXT NOT NULL);
"""

REFUSAL = "this table only grows; what it holds is never changed or deleted"


def statements() -> str:
    """Return the SQL that makes all tables and the triggers that guard those which only grow."""
    current = [f"CREATE TABLE {name} ({KEY}, geom {kind}, {SHAPE_COLUMNS});" for name, kind in CURRENT.items()]
    return "\n".join([STANDARD, OWN, *current, *guards().values()])


def guards() -> dict[str, str]:
    """Return the triggers, by name, that refuse to change or delete what must only grow."""
    return {
        f"{table}_no_{verb.lower()}": f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END;"
        for table in KEPT
        for verb in ("UPDATE", "DELETE")
    }


def contents_rows() -> list[tuple[str, str, str, str, int | None]]:
    """Return the rows of `gpkg_contents`: table, data type, title, description, reference system."""
    spatial = {*CURRENT, "past_shapes"}
    return [
        (name, "features" if name in spatial else "attributes", *TITLES[name], SRS_ID if name in spatial else None)
        for name in TITLES
    ]


def geometry_rows() -> list[tuple[str, str, str, int, int, int]]:
    """Return the rows of `gpkg_geometry_columns`: table, column, geometry type, reference system, no z, no m."""
    return [(name, "geom", kind, SRS_ID, 0, 0) for name, kind in {**CURRENT, "past_shapes": "GEOMETRY"}.items()]


def reference_rows() -> list[tuple[str, int, str, int, str, str]]:
    """Return the reference systems: CGCS2000, WGS 84 and the two undefined ones that the standard asks for."""
    from pyproj import CRS

    known = [(CRS(code), code) for code in (SRS_ID, 4326)]
    defined = [
        (crs.name, code, "EPSG", code, crs.to_wkt("WKT1_GDAL"), "longitude and latitude in degrees")
        for crs, code in known
    ]
    return [
        *defined,
        ("Undefined Cartesian", -1, "NONE", -1, "undefined", "undefined Cartesian"),
        ("Undefined geographic", 0, "NONE", 0, "undefined", "undefined geographic"),
    ]
