"""Where the workspace in use lies."""

import os
from collections.abc import Iterable
from pathlib import Path

WORKSPACE_VARIABLE = "ZONES_WORKSPACE"
"""Environment variable that names another workspace file."""

OWN_WORKSPACE = Path(__file__).resolve().parents[2] / "workspace" / "zones.gpkg"


def workspace_path() -> Path:
    """Return the workspace in use, which need not exist: the one `ZONES_WORKSPACE` names, else the project's own."""
    return Path(os.environ.get(WORKSPACE_VARIABLE) or OWN_WORKSPACE)


def in_use(names: Iterable[str]) -> dict[str, Path]:
    """Return the workspace in use under each of these names, or paths, that ends in its own.

    A receipt never chooses which file is read: this one is, and no other.
    """
    path = workspace_path()
    return {each: path for each in names if Path(each).name == path.name and path.is_file()}
