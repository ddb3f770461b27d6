"""Pages kept between builds, each under a hash of all that entered it, so that only changed pages are drawn again."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from layers.write import write_atomically
from zones.errors import InputError

CACHE_VARIABLE = "ZONES_CACHE"
"""Environment variable that names the folder for kept pages."""
MOST_PAGES = 2000
"""More pages than this and the oldest are thrown away."""


def cache_folder() -> Path:
    """Return the folder for kept pages: the one `ZONES_CACHE` names, else the user's own cache."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named)
    if sys.platform == "win32":
        home = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        home = Path.home() / "Library" / "Caches"
    else:
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return home / "innovation-zone-atlas"


@dataclass
class PageCache:
    """Pages in a folder by key; counts how many were drawn and how many were still good."""

    folder: Path
    drawn: int = 0
    kept: int = 0
    used: set[str] = field(default_factory=set)

    def page(self, key: str, draw: Callable[[], bytes]) -> bytes:
        """Return the page kept under a key; drawn and kept where there is none."""
        path = self.folder / f"{key}.pdf"
        self.used.add(path.name)
        if path.is_file():
            content = path.read_bytes()
            # A page cut short by a full disk must not end up in a book.
            if content.startswith(b"%PDF") and content.rstrip().endswith(b"%%EOF"):
                self.kept += 1
                path.touch()
                return content
        content = draw()
        self.drawn += 1
        write_atomically(path, content)
        return content

    def tidy(self) -> None:
        """Throw away the pages not used for longest, where there are too many."""
        pages = sorted(self.folder.glob("*.pdf"), key=lambda path: path.stat().st_mtime)
        for path in pages[: max(0, len(pages) - MOST_PAGES)]:
            if path.name not in self.used:
                path.unlink(missing_ok=True)


def open_cache(folder: Path) -> PageCache:
    """Return the cache in a folder, which is made where it is missing.

    Raises
    ------
    InputError
        When it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder} cannot hold pages: {error.strerror or error}; set {CACHE_VARIABLE}.") from error
    return PageCache(folder)


def read_book(path: str) -> bytes:
    """Return a finished book that was written to the folder of a session.

    Raises
    ------
    InputError
        When it is gone, as it is after the session.
    """
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}; make the atlas again.") from error
