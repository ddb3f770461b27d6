"""The lean fonts, made once for all tests: making them takes seconds."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from layers.sheets.lean_fonts import lean_fonts


@cache
def _made():
    folder = Path(tempfile.mkdtemp(prefix="lean-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    lean_fonts(folder)
    return folder


def with_lean_fonts(folder):
    """Return a folder, made where it is missing, that holds the lean fonts."""
    folder.mkdir(exist_ok=True)
    for path in _made().glob("lean-*.ttf"):
        shutil.copy(path, folder)
    return folder
