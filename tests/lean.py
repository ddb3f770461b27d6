"""The lean fonts, made once for all tests: making them takes seconds."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from layers.lean_fonts import lean_fonts


@cache
def _made():
    folder = tempfile.TemporaryDirectory(prefix="lean-fonts-")
    lean_fonts(Path(folder.name))
    return folder


def with_lean_fonts(folder):
    """Return a folder, made where it is missing, that holds the lean fonts."""
    folder.mkdir(exist_ok=True)
    for path in Path(_made().name).glob("lean-*.ttf"):
        shutil.copy(path, folder)
    return folder
