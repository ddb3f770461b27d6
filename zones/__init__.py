"""What the plans mean in space: read, repair, check, join, measure and overlap zones. No pictures, no browser."""

from typing import TYPE_CHECKING, Any

import zones.drivers  # noqa: F401 (first of all: it decides what GDAL may open)

if TYPE_CHECKING:
    from zones.atlas import Atlas, load, read_atlas

__all__ = ["Atlas", "load", "read_atlas"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 (whatever is asked for)
    """Return a name of `zones.atlas`, which is loaded when it is first asked for: counting a layer needs no plans."""
    if name not in __all__:
        raise AttributeError(f"module 'zones' has no attribute '{name}'")
    from zones import atlas

    return getattr(atlas, name)
