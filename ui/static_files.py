"""Fills the folder `static/`, which Streamlit serves: Leaflet and geoman, fonts, our browser modules and the map data.

`python -m ui.static_files` does the slow part (fonts) at set-up; modules and map data are written when the
app starts, under names that carry a hash of their content, so a browser never holds a stale one.
"""

import hashlib
import io
import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

from layers import assets
from layers.write import write_atomically
from ui.words.i18n import every_character
from zones.atlas import data_folder

STATIC = assets.ROOT / "static"
WEB = Path(__file__).resolve().parent / "web"
WEIGHTS = {"regular": "400", "bold": "700"}
WEB_LIBRARIES = ("leaflet-src.esm.js", "leaflet.css", "leaflet-geoman.min.js", "leaflet-geoman.css")
FONT_FEATURES = ("kern", "tnum", "locl", "pwid")
"""pwid: marks that Chinese sets in a full square, such as quotation marks, set narrow between English words."""
KEPT = 3
"""Generations kept of a generated file: a page opened before a change may still ask for the old one."""


def fill() -> None:
    """Write what is missing or out of date in the static folder: Leaflet and geoman, browser modules and fonts.

    Raises
    ------
    InputError
        If the web assets are not installed.
    """
    STATIC.mkdir(exist_ok=True)
    web_folder()
    leaflet = assets.leaflet_js().with_name("leaflet-src.esm.js"), assets.leaflet_css()
    for source in (*leaflet, *assets.geoman_files()):
        write_atomically(STATIC / source.name, source.read_bytes())
    desk = desk_characters()
    for weight, number in WEIGHTS.items():
        for name, characters in (("desk-", desk), ("", gb2312() | desk)):
            _write_font(weight, characters, STATIC / f"NotoSansSC-{name}{number}.woff2")


def ensure() -> None:
    """Write the static folder if a file of it is missing, so that the app starts on any set-up machine."""
    wanted = [f"NotoSansSC-{face}{number}.woff2" for face in ("", "desk-") for number in WEIGHTS.values()]
    if not all((STATIC / name).exists() for name in [*wanted, *WEB_LIBRARIES]):
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
    for old in _older("web-*"):
        shutil.rmtree(old, ignore_errors=True)
    return folder.name


def style_sheet() -> str:
    """Return our style sheets as one, the theme last; they name colours by variables only."""
    return "".join(path.read_text(encoding="utf-8") for path in sorted(WEB.glob("*.css")))


def write_json(name: str, content: dict[str, Any]) -> str:
    """Write compact JSON under a name with its hash; return the address relative to the app's root."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    target = STATIC / f"{name}-{hashlib.sha256(body).hexdigest()[:12]}.json"
    STATIC.mkdir(exist_ok=True)
    if not target.exists():
        write_atomically(target, body)
        for old in _older(f"{name}-*.json"):
            old.unlink(missing_ok=True)
    return f"app/static/{target.name}"


def stands(address: str) -> bool:
    """Tell whether a file that was written is still there, by the address it was given."""
    return (STATIC / Path(address).name).exists()


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


def _write_font(weight: str, characters: set[int], target: Path) -> None:
    """Write the part of the font that holds the characters, unless it stands there already."""
    source = assets.font_file(weight)
    key = f"{source.stat().st_size} {FONT_FEATURES} {','.join(map(str, sorted(characters)))}"
    stamp = hashlib.sha256(key.encode()).hexdigest()
    note = target.with_suffix(".stamp")
    if target.exists() and note.exists() and note.read_text(encoding="ascii") == stamp:
        return
    # Loaded at set-up only, never when the app starts.
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(source)
    options = subset.Options(layout_features=list(FONT_FEATURES), hinting=False, name_IDs=[1, 2])
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    font.flavor = "woff2"
    body = io.BytesIO()
    font.save(body)
    write_atomically(target, body.getvalue())
    write_atomically(note, stamp.encode())


def _older(pattern: str) -> list[Path]:
    versions = sorted(STATIC.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)
    return versions[KEPT:]


if __name__ == "__main__":
    fill()
