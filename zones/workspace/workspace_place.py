"""Where the workspace in use lies."""

import os
from pathlib import Path

WORKSPACE_VARIABLE = "ZONES_WORKSPACE"
"""Environment variable that names another workspace file."""

OWN_WORKSPACE = Path(__file__).resolve().parents[2] / "workspace" / "zones.gpkg"


def workspace_path() -> Path:
    """Return the workspace in use, which need not exist: the one `ZONES_WORKSPACE` names, else the project's own."""
    return Path(os.environ.get(WORKSPACE_VARIABLE) or OWN_WORKSPACE)
