"""Fills the folder `static/`, which Streamlit serves: Leaflet, fonts, our browser modules and the map data.

`python -m ui.static_files` does the slow part (fonts) at set-up; modules and map data are written when the
app starts, under names that carry a hash of their content, so a browser never holds a stale one.
"""

import hashlib
import io
import json
from functools import cache
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont

from layers import assets
from layers.write import write_atomically
from ui.i18n import every_character
from zones.atlas import data_folder

STATIC = assets.ROOT / "static"
WEB = Path(__file__).resolve().parent / "web"
WEIGHTS = {"regular": "400", "bold": "700"}
KEPT = 3
"""Generations of a data file kept: a page opened before a change of data may still ask for the old one."""


def fill() -> list[Path]:
    """Write Leaflet, fonts and browser modules to the static folder; return the files.

    Raises
    ------
    InputError
        If the web assets are not installed.
    """
    STATIC.mkdir(exist_ok=True)
    web_folder()
    desk, full = desk_characters(), gb2312() | desk_characters()
    fonts = []
    for weight, number in WEIGHTS.items():
        fonts.append(_write_font(weight, desk, STATIC / f"NotoSansSC-desk-{number}.woff2"))
        fonts.append(_write_font(weight, full, STATIC / f"NotoSansSC-{number}.woff2"))
    return [*_copy_leaflet(), *fonts]


def ensure() -> None:
    """Write what is missing of the static folder, so that the app starts on any set-up machine."""
    wanted = [f"NotoSansSC-{face}{number}.woff2" for face in ("", "desk-") for number in WEIGHTS.values()]
    if not all((STATIC / name).exists() for name in [*wanted, "leaflet-src.esm.js", "leaflet.css"]):
        fill()


@cache
def web_folder() -> str:
    """Copy the browser modules to a folder named by their hash; return its name."""
    files = sorted(WEB.glob("*.js"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:10]
    folder = STATIC / f"web-{digest}"
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
    for path in files:
        target = folder / path.name
        if not target.exists():
            write_atomically(target, path.read_bytes())
    return folder.name


def write_json(name: str, content: dict[str, Any]) -> str:
    """Write compact JSON under a name with its hash; return the address relative to the app's root."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    target = STATIC / f"{name}-{hashlib.sha256(body).hexdigest()[:12]}.json"
    STATIC.mkdir(exist_ok=True)
    if not target.exists():
        write_atomically(target, body)
        _drop_old(name)
    return f"app/static/{target.name}"


def desk_characters() -> set[int]:
    """Return every character of the data files and of the interface."""
    root = data_folder()
    paths = [*root.glob("plans/*.yaml"), *root.glob("geo/*.csv"), *root.glob("geo/*.geojson")]
    text = "".join(path.read_text(encoding="utf-8") for path in paths) + every_character()
    return {ord(letter) for letter in text if letter >= " "} | set(range(0x20, 0x7F))


def gb2312() -> set[int]:
    """Return the characters of GB 2312, the least a Chinese text may use."""
    pairs = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(letter) for pair in pairs for letter in pair.decode("gb2312", errors="ignore")}


def _write_font(weight: str, characters: set[int], target: Path) -> Path:
    font = TTFont(assets.font_file(weight))
    options = subset.Options(flavor="woff2", layout_features=["kern", "tnum", "locl"], hinting=False)
    options.name_IDs = [1, 2]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    font.flavor = "woff2"
    body = io.BytesIO()
    font.save(body)
    return write_atomically(target, body.getvalue())


def _copy_leaflet() -> list[Path]:
    script = assets.leaflet_js().with_name("leaflet-src.esm.js")
    return [write_atomically(STATIC / path.name, path.read_bytes()) for path in (script, assets.leaflet_css())]


def _drop_old(name: str) -> None:
    versions = sorted(STATIC.glob(f"{name}-*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in versions[KEPT:]:
        path.unlink(missing_ok=True)


if __name__ == "__main__":
    fill()
