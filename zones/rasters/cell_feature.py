"""One polygon as exactextract takes features: as WKB, without a detour by text."""

from collections.abc import Iterator
from typing import Any

from exactextract.feature import Feature, FeatureSource


class Shape(Feature):
    """A polygon without attributes."""

    def __init__(self, wkb: bytes) -> None:
        super().__init__()
        self.wkb = wkb

    def geometry(self) -> bytes:
        """Return the polygon."""
        return self.wkb

    def fields(self) -> list[str]:
        """Return the names of attributes: none."""
        return []

    def get(self, name: str) -> Any:  # noqa: ANN401
        """Return an attribute; there is none."""
        raise KeyError(name)


class OneShape(FeatureSource):
    """A layer of one polygon, in no reference system."""

    def __init__(self, wkb: bytes) -> None:
        super().__init__()
        self.shape = Shape(wkb)

    def count(self) -> int:
        """Return how many there are."""
        return 1

    def __iter__(self) -> Iterator[Shape]:
        """Yield it."""
        yield self.shape

    def srs_wkt(self) -> None:
        """Return the reference system: none."""
