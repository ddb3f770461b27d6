"""Where the web assets and fonts lie that `make setup` installs; they are never committed."""

from pathlib import Path

from zones.errors import InputError

ROOT = Path(__file__).resolve().parent.parent
NODE_MODULES = ROOT / "node_modules"

_LEAFLET = Path("leaflet/dist")
_GEOMAN = Path("@geoman-io/leaflet-geoman-free/dist")
_NOTO = Path("@expo-google-fonts/noto-sans-sc")
_FONTS = {
    "regular": _NOTO / "400Regular/NotoSansSC_400Regular.ttf",
    "bold": _NOTO / "700Bold/NotoSansSC_700Bold.ttf",
}


def leaflet_js() -> Path:
    """Give the minified Leaflet script.

    Raises
    ------
    InputError
        When the web assets are not installed.
    """
    return _installed(_LEAFLET / "leaflet.js")


def leaflet_css() -> Path:
    """Give the Leaflet style sheet.

    Raises
    ------
    InputError
        When the web assets are not installed.
    """
    return _installed(_LEAFLET / "leaflet.css")


def geoman_files() -> tuple[Path, Path]:
    """Give the script and the style sheet of leaflet-geoman, with which shapes are drawn on the map.

    Raises
    ------
    InputError
        When the web assets are not installed.
    """
    return _installed(_GEOMAN / "leaflet-geoman.min.js"), _installed(_GEOMAN / "leaflet-geoman.css")


def own_text(name: str) -> str:
    """Return the text of a script or style sheet of our own, from the folder of the web map.

    Raises
    ------
    InputError
        When it is missing, which means the program is not whole.
    """
    path = Path(__file__).resolve().parent / "web" / name
    if not path.is_file():
        raise InputError(f"{path} is missing; install the program again.")
    return path.read_text(encoding="utf-8")


def leaflet_images() -> Path:
    """Give the folder of the pictures the Leaflet style sheet names.

    Raises
    ------
    InputError
        When the web assets are not installed.
    """
    return _installed(_LEAFLET / "images")


def font_file(weight: str = "regular") -> Path:
    """Give the full TrueType file of Noto Sans SC.

    Parameters
    ----------
    weight : {"regular", "bold"}
        Weight 400 or 700.

    Raises
    ------
    InputError
        When the weight is not one of the two, or the fonts are not installed.
    """
    if weight not in _FONTS:
        raise InputError(f"Font weight '{weight}' is not known; choose one of {', '.join(_FONTS)}.")
    return _installed(_FONTS[weight])


def _installed(relative: Path) -> Path:
    path = NODE_MODULES / relative
    if not path.exists():
        raise InputError(f"{relative.name} is not installed under node_modules; run make setup.")
    return path
