"""The rules of the house, read off the syntax tree."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("zones", "layers", "ui")
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
PAGES = sorted((ROOT / "ui" / "pages").glob("*.py"))
SOURCES = [*FILES, *[path for path in (ROOT / "app.py",) if path.exists()]]
READERS_AND_WRITERS = {
    "zones/atlas.py",
    "zones/catalogue.py",
    "zones/statements/documents.py",
    "zones/intake/import_guard.py",
    "zones/disk.py",
    "zones/features.py",
    "zones/workspace/geojson_layers.py",
    "zones/georeference/georef_picture.py",
    "zones/georeference/georef_points.py",
    "zones/statements/map_rules.py",
    "zones/counting/pair_table.py",
    "zones/counting/parcel_files.py",
    "zones/intake/read_survey.py",
    "zones/counting/parcel_gdal.py",
    "zones/counting/parcel_parquet.py",
    "zones/proof/passport.py",
    "zones/statements/plans.py",
    "zones/workspace/published.py",
    "zones/read.py",
    "zones/intake/read_dxf.py",
    "zones/intake/read_gdal.py",
    "zones/intake/read_geojson.py",
    "zones/intake/read_kml.py",
    "zones/intake/read_table.py",
    "zones/proof/receipt_files.py",
    "zones/proof/georef_again.py",
    "zones/rasters/raster.py",
    "zones/rasters/raster_classes.py",
    "zones/statements/rules.py",
    "zones/counting/versions.py",
    "zones/workspace/workspace_publish.py",
    "layers/assets.py",
    "layers/exports/brought.py",
    "layers/exports/export_shapefile.py",
    "layers/exports/exports.py",
    "layers/desk/georef_files.py",
    "layers/sheets/page_cache.py",
    "layers/rasters/raster_preview.py",
    "layers/sheets/sheet_template.py",
    "layers/sheets/source_print.py",
    "layers/sheets/wind_rose.py",
    "layers/write.py",
    "layers/web/webmap.py",
    "ui/static_files.py",
    "ui/components.py",
    "ui/corridors/corridor_downloads.py",
    "ui/shapes_out.py",
}


def name(path):
    return path.relative_to(ROOT).as_posix()


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path):
    """Return all modules a file imports, full dotted names."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def packages(path):
    return {module.split(".")[0] for module in imports(path)}


def calls(path):
    """Return the names of all functions and methods a file calls."""
    functions = (node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    return {getattr(function, "attr", getattr(function, "id", "")) for function in functions}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_rooms_open_one_way(path):
    room = name(path).split("/")[0]
    forbidden = {
        "zones": {"layers", "ui", "streamlit", "folium", "branca", "matplotlib"},
        "layers": {"ui", "streamlit"},
        "ui": {"folium", "matplotlib"},
    }[room]
    assert not packages(path) & forbidden


def test_one_module_draws_web_maps_and_only_sheets_use_matplotlib():
    assert {name(path) for path in SOURCES if "folium" in packages(path)} <= {"layers/web/webmap.py"}
    users = {name(path) for path in SOURCES if "matplotlib" in packages(path)}
    assert all(user.startswith("layers/sheet") for user in users)


def test_streamlit_stays_in_the_front_rooms():
    users = {name(path) for path in SOURCES if "streamlit" in packages(path)}
    assert all(user == "app.py" or user.startswith("ui/") for user in users)


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_files_are_opened_only_by_readers_and_writers(path):
    verbs = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "read_file", "read_dataframe", "to_file"}
    if name(path) not in READERS_AND_WRITERS:
        assert not calls(path) & verbs


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_star_imports_and_no_lumber_rooms(path):
    stars = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"]
    assert not stars
    assert path.stem not in {"utils", "helpers", "misc", "common"}


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_file_grows_past_four_hundred_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_pages_are_short_and_hold_no_geometry(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 60
    verbs = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    assert not verbs & {"to_crs", "area", "overlay", "sjoin", "intersection", "buffer"}


@pytest.mark.parametrize("path", [path for path in FILES if path.stem == "__init__"], ids=name)
def test_a_package_only_says_what_it_holds(path):
    body = tree(path).body
    assert ast.get_docstring(tree(path))
    # `zones` alone is a door: it names what a notebook starts with, and loads it when it is asked for.
    assert name(path) == "zones/__init__.py" or len(body) == 1


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_what_is_private_to_a_module_stays_in_it(path):
    known = {name(each).removesuffix(".py").replace("/", ".") for each in FILES}
    nodes = list(ast.walk(tree(path)))
    taken = [(node.module, alias.name) for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names]
    assert [each for each in taken if each[0] and each[0].split(".")[0] in ROOMS and each[1].startswith("_")] == []
    modules = {alias.asname or alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
               if f"{node.module}.{alias.name}" in known}  # fmt: skip
    reached = [
        f"{node.value.id}.{node.attr}" for node in nodes
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules
        and node.attr.startswith("_") and not node.attr.startswith("__")
    ]  # fmt: skip
    assert reached == []


def test_leaf_modules_import_nothing_of_ours():
    for leaf in ("zones/errors.py", "zones/schema.py"):
        assert not packages(ROOT / leaf) & set(ROOMS)


def test_no_cycles():
    modules = {name(path).removesuffix(".py").replace("/", "."): path for path in FILES if path.stem != "__init__"}
    graph = {module: imports(path) & set(modules) for module, path in modules.items()}
    done: set[str] = set()

    def visit(module, trail):
        assert module not in trail, f"cycle: {' -> '.join([*trail, module])}"
        if module not in done:
            for other in sorted(graph[module]):
                visit(other, [*trail, module])
            done.add(module)

    for module in graph:
        visit(module, [])
