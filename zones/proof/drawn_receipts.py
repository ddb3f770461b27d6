"""Receipts of what a sheet counts of a reader's own layer: features in the map window, by class, and those left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj

from zones.features import ground, source_file
from zones.intake.own_file import read_own
from zones.proof.causes import Cause, cause
from zones.proof.receipt_sources import Drawn, SourceFile
from zones.proof.receipts import Receipt, issue
from zones.schema import STORAGE_CRS, EdgeRule

Window = tuple[float, float, float, float]
"""West, south, east, north in metres of the sheet's plane."""


@dataclass(frozen=True)
class Counts:
    """What is counted of a layer before it is known which part of it a map shows.

    Attributes
    ----------
    source : SourceFile
    features : int
        In the file.
    without_shape : int
        Of them; they cannot be drawn.
    field : str or None
        Whose values are the classes.
    rows : tuple of (str, int)
        Classes of the features with a shape, in the order of their names; without a field one row of an empty name.
    """

    source: SourceFile
    features: int
    without_shape: int
    field: str | None
    rows: tuple[tuple[str, int], ...]


def counts(frame: geopandas.GeoDataFrame, field: str | None, source: SourceFile) -> Counts:
    """Return what is counted of a layer; `frame` holds all features of the file, those without a shape too."""
    shown = frame[has_shape(frame)]
    names = class_names(shown, field) if field else pd.Series("", index=shown.index)
    held = names.value_counts().sort_index()
    rows = tuple((str(name), int(count)) for name, count in held.items())
    return Counts(source, len(frame), len(frame) - len(shown), field, rows)


def has_shape(frame: geopandas.GeoDataFrame) -> pd.Series:
    """Tell which features can be drawn."""
    return frame.geometry.notna() & ~frame.geometry.is_empty


def class_names(frame: geopandas.GeoDataFrame, field: str) -> pd.Series:
    """Return the class of each feature as a legend names it; empty where the field has no value."""
    return frame[field].map(lambda value: "" if pd.isna(value) else str(value).strip())


def in_window(shapes: geopandas.GeoSeries, window: Window) -> npt.NDArray[np.bool_]:
    """Tell which shapes reach into a window, by their boxes on its plane; both in its metres."""
    west, south, east, north = shapes.bounds.to_numpy().T if len(shapes) else np.empty((4, 0))
    return (west <= window[2]) & (east >= window[0]) & (south <= window[3]) & (north >= window[1])


def drawn_receipt(held: Counts, shown: int, window: Window, plane: str) -> Receipt:
    """Return the receipt of what a sheet counts of a layer.

    Parameters
    ----------
    held : Counts
    shown : int
        Features in the map window.
    window : tuple of float
        The map window in metres.
    plane : str
        Its reference system.

    Notes
    -----
    The file enters as a whole, by its hash: each vertex of it may decide what lies in the window.
    """
    bare = geopandas.GeoDataFrame(geometry=[], crs=STORAGE_CRS)
    told = Drawn(held.source.sha256, held.features, held.without_shape, window, held.rows, held.field)
    return issue(
        ground(bare, [held.source], None), "drawn", "drawn", (), shown,
        edge_rule=EdgeRule.PLANE, crs=plane, unit="count", drawn=told,
    )  # fmt: skip


def drawn_again(receipt: Receipt, drawn: Drawn, paths: Sequence[Path]) -> Receipt | Cause:
    """Return the receipt of a layer on a sheet as it would be issued now, in the same window, or why there is none.

    Raises
    ------
    InputError
        If the file cannot be used.
    """
    bad = cause("bad_inputs", kind=receipt.kind, count=len(receipt.zones))
    try:
        plane = pyproj.CRS.from_user_input(receipt.crs)
    except pyproj.exceptions.CRSError:
        return bad
    if not plane.is_projected:
        return bad
    frame = read_own(paths[0], named=False)
    if drawn.field is not None and drawn.field not in frame.columns:
        return cause("no_field", name=drawn.field)
    held = counts(frame, drawn.field, source_file(paths[0], (receipt.files or ())[0].path))
    shapes = frame.geometry[has_shape(frame)].to_crs(plane)
    return drawn_receipt(held, int(in_window(shapes, drawn.window).sum()), drawn.window, receipt.crs)
