"""What the plans mean in space: read, repair, check, join, measure and overlap zones. No pictures, no browser."""

from zones.atlas import Atlas, load, read_atlas

__all__ = ["Atlas", "load", "read_atlas"]
