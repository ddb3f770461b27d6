"""What the plans mean in space: read, repair, check, join, measure and overlap zones. No pictures, no browser."""

import zones.drivers  # noqa: F401 (first of all: it decides what GDAL may open)
from zones.atlas import Atlas, load, read_atlas

__all__ = ["Atlas", "load", "read_atlas"]
