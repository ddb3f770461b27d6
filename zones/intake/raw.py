"""What a reader hands on: features as the file holds them, and each one that could not be read, by name."""

from dataclasses import dataclass, field
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from zones.issues import Issue
from zones.schema import Severity


@dataclass(frozen=True)
class Dropped:
    """A feature left out: its number in the file (from 1), why, and its attributes, where there are any."""

    feature: str
    reason: str
    cells: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


class FeatureFault(Exception):  # noqa: N818 (a reason, passed from the parts of a reader to its loop)
    """Why one feature's shape cannot be read."""


def closed_ring(
    points: np.typing.NDArray[np.float64], layer: str, number: int, notes: list[Issue]
) -> np.typing.NDArray[np.float64]:
    """Return the points of a ring, the first again at the end; where it was missing there, `notes` says so.

    Raises
    ------
    FeatureFault
        If it has fewer than three corners.
    """
    is_open = not np.array_equal(points[0], points[-1])
    if is_open:
        points = np.vstack([points, points[:1]])
    if len(points) < 4:
        raise FeatureFault("a ring has fewer than three corners")
    if is_open:
        message = "a ring was not closed and was closed with a straight edge; check it on the map"
        notes.append(Issue(layer, str(number), "geometry", Severity.WARNING, "ring_closed", "", message))
    return points


@dataclass(frozen=True)
class Raw:
    """The features of one layer before anything is decided about them.

    Attributes
    ----------
    frame : geopandas.GeoDataFrame
        Attributes and shapes as read, without a CRS; one row for each feature that has a usable shape, indexed
        by its number in the file, from 1.
    read : int
        Features in the file: rows of `frame` and `dropped` together.
    kind : str
        Format, in words.
    crs : CRS or None
        As the file states it; None where it states none.
    crs_from : str
        Where the file states it (`.prj`), or what the format lays down.
    encoding, encoding_from : str
        Of its text, and how that is known.
    previews : dict of str to tuple of str
        Some of its text by encoding, where more than one is possible.
    degrees : bool
        Column names or the format say that coordinates are longitude and latitude.
    crs_fault : str
        Why the system that the file states cannot be known; a person may still say which it is.
    """

    frame: geopandas.GeoDataFrame
    read: int
    kind: str
    dropped: tuple[Dropped, ...] = ()
    issues: tuple[Issue, ...] = ()
    crs: CRS | None = None
    crs_from: str = ""
    encoding: str = "utf-8"
    encoding_from: str = "the format is always UTF-8"
    layer: str | None = None
    previews: dict[str, tuple[str, ...]] = field(default_factory=dict)
    degrees: bool = False
    crs_fault: str = ""


def usable(
    table: pd.DataFrame, shapes: np.typing.NDArray[np.object_], faults: dict[int, str] | None = None
) -> tuple[geopandas.GeoDataFrame, tuple[Dropped, ...]]:
    """Return the features with a shape that has finite coordinates, and the others by number.

    Parameters
    ----------
    table : pandas.DataFrame
        Attributes, in the order of the file.
    shapes : array of shapely geometries
        One for each row; None where there is none. Heights are let go.
    faults : dict of int to str, optional
        What a reader already knows to be wrong, by row from 0.
    """
    shapes = shapely.force_2d(shapes)
    if "geometry" in table.columns:
        table = table.rename(columns={"geometry": "geometry_text"})
    faults = dict(faults or {})
    for row in np.flatnonzero(shapely.is_missing(shapes)):
        faults.setdefault(int(row), "it has no shape")
    for row in np.flatnonzero(shapely.is_empty(shapes)):
        faults.setdefault(int(row), "its shape is empty")
    points, owner = shapely.get_coordinates(shapes, return_index=True)
    # A coordinate beyond any map on Earth, in any unit, overflows later formulas.
    bad = ~(np.abs(points) < 1e12).all(axis=1)
    for row, first in zip(*np.unique(owner[bad], return_index=True), strict=True):
        x, y = points[bad][first]
        faults.setdefault(int(row), f"its shape has a coordinate that is no place: {x:g}, {y:g}")
    keep = np.ones(len(shapes), dtype=bool)
    keep[list(faults)] = False
    rows = sorted(faults)
    cells = table.iloc[rows].to_dict("records") if table.shape[1] else [{} for _ in rows]
    dropped = tuple(Dropped(str(row + 1), faults[row], own) for row, own in zip(rows, cells, strict=True))
    kept = table.set_axis(pd.RangeIndex(1, len(table) + 1, name="feature"), axis="index")[keep]
    return geopandas.GeoDataFrame(kept, geometry=shapes[keep]), dropped
