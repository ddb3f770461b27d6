"""What a receipt rests on: zones or features of files, thresholds, a layer counted as a whole."""

from dataclasses import dataclass
from typing import Literal

import geopandas

from zones.overlap import Grid

FILE, MARK, OWN_ID, CRS = "source_file", "source_mark", "source_id", "source_crs"
"""Columns of features that come from a file: its place among the files, fingerprint as drawn, own id, stated CRS."""

SELF = "."
"""Path that stands for the file with the receipts itself: it holds the shapes they rest on, and no hash of itself."""

Row = tuple[str, str | None, int, int, float]
"""Zone, class, count inside, count partly inside, area in m²."""


@dataclass(frozen=True)
class Input:
    """One zone, or one feature of a file, as it entered a number; a field that did not enter is None.

    Attributes
    ----------
    zone_id : str
    geometry : str
        Fingerprint of the extent (see `zones.proof.fingerprint`); of a file's feature, as it is drawn there.
    error_m : float or None
        Declared edge error, where the number bears a ±.
    half_width_m, axis, axis_error_m
        For a band the ± comes from these instead: metres, fingerprint of the axis, metres.
    declared_area_m2 : float or None
        What the plan says, for a difference from it.
    file : int or None
        For a feature of a file: its place among the receipt's files.
    crs : str or None
        Reference system that the file states.
    class_name : str or None
        Its class, for ground covered by one class.
    revision : int or None
        For a shape of a workspace: at which revision it stood.
    """

    zone_id: str
    geometry: str
    error_m: float | None = None
    half_width_m: float | None = None
    axis: str | None = None
    axis_error_m: float | None = None
    declared_area_m2: float | None = None
    file: int | None = None
    crs: str | None = None
    class_name: str | None = None
    revision: int | None = None


@dataclass(frozen=True)
class Thresholds:
    """Settings a number hangs on; None where one plays no part.

    Attributes
    ----------
    grid : Grid or None
        Overlaps are cut on it (see `zones.overlap.grid_of`), in degrees.
    below_m2 : float or None
        Overlaps under this were left out of the list.
    first_side : int or None
        For an overlap of two unions: how many of the receipt's zones make up the first.
    balance : float or None
        Share by which the parts may miss the whole before the answer is refused.
    k : int or None
        For ground under exactly k zones.
    step_m : float or None
        Longest edge of a corridor's band, straight on the plane and in degrees.
    cut_deg : float or None
        Bands are cut on a grid of this size.
    """

    grid: Grid | None = None
    below_m2: float | None = None
    first_side: int | None = None
    balance: float | None = None
    k: int | None = None
    step_m: float | None = None
    cut_deg: float | None = None


@dataclass(frozen=True)
class Shares:
    """Shares (0 to 1) that follow from an area and the same inputs; None where there is none.

    Attributes
    ----------
    of_a, of_b : float or None
        Of the two sides of an overlap.
    of_corridor, of_corridor_error, of_cover : float or None
        Of a corridor's band, with its ±, and of the zone or feature that covers.
    """

    of_a: float | None = None
    of_b: float | None = None
    of_corridor: float | None = None
    of_corridor_error: float | None = None
    of_cover: float | None = None


@dataclass(frozen=True)
class Band:
    """The corridor that a figure of coverage is for, and what was asked to cover it.

    Attributes
    ----------
    corridor : str
        Id of the zone, or name of the line.
    axis : str
        Fingerprint of its axis.
    half_width : float or tuple of pairs
        Metres to each side, or (chainage, half-width) along the axis: an assumption, stated here and not asked again.
    ends : str
        Where the band ends: as `drawn`, or at the `district` line.
    axis_error_m, limit_error_m : float or None
        Errors of axis and district line, where the number bears a ± from them.
    limit : str or None
        Fingerprint of the districts the band stops at.
    file, feature : int, str or None
        For an axis of a file: its place among the receipt's files, and which line it is.
    covered_by : str or None
        What was asked to cover: `zones` of the atlas with an outline of their own, or a selection of zones. None:
        the zones of the receipt and no others, or a file.
    cover_file, field : int, str or None
        For covers of a file: its place, and the field whose values are the classes.
    class_name : str or None
        For ground covered by one class.
    from_m, to_m : float or None
        For a gap, a lane, a piece or the axis in a district: where it begins and ends along the axis.
    side : str or None
        For a lane or ground of one side: `left` or `right` of the axis, as it is drawn.
    areas : str or None
        For districts met: the layer of the base map.
    """

    corridor: str
    axis: str
    half_width: float | tuple[tuple[float, float], ...]
    ends: Literal["drawn", "district"] = "drawn"
    axis_error_m: float | None = None
    limit: str | None = None
    limit_error_m: float | None = None
    file: int | None = None
    feature: str | None = None
    covered_by: str | None = None
    cover_file: int | None = None
    field: str | None = None
    class_name: str | None = None
    from_m: float | None = None
    to_m: float | None = None
    side: str | None = None
    areas: str | None = None


@dataclass(frozen=True)
class SourceFile:
    """A file that numbers were made from.

    Attributes
    ----------
    path : str
        As it was named; whoever verifies may say where it lies now.
    sha256 : str
        Of the whole file; of a Shapefile or a folder, of the hashes of its files one after the other.
    """

    path: str
    sha256: str


@dataclass(frozen=True)
class Table:
    """A table counted over the first file of a receipt, which enters as a whole.

    Attributes
    ----------
    sha256 : str
        Of the file counted.
    area_rule : str
        As `zones.counting.tabulate` tells it.
    touch_m2 : float
        Shared ground up to this is touching.
    features : int
        In the file.
    rows : tuple of Row
    rows_sha256 : str
        Of the rows as canonical JSON.
    layer, field : str or None
        Layer of the file, and the field whose values are the classes.
    encoding : str or None
        Of a Shapefile's text, where it was told or found.
    """

    sha256: str
    area_rule: str
    touch_m2: float
    features: int
    rows: tuple[Row, ...]
    rows_sha256: str
    layer: str | None = None
    field: str | None = None
    encoding: str | None = None


@dataclass(frozen=True)
class Layer:
    """A layer whose area counts as a whole, the first file of a receipt.

    Attributes
    ----------
    sha256 : str
        Of the file.
    features : int
        In it; of a file as it was read, those with a usable shape.
    crs, datum : str or None
        Of a file as it was read: what its coordinates were taken for.
    told_crs, told_encoding, told_layer, told_south : str or None
        Of a file as it was read: what a person said of it (see `zones.intake.bring_in.Told`).
    """

    sha256: str
    features: int
    crs: str | None = None
    datum: str | None = None
    told_crs: str | None = None
    told_encoding: str | None = None
    told_layer: str | None = None
    told_south: str | None = None


SeriesRow = tuple[str | float | None, ...]
"""One row of a series, in the order of its heads."""


@dataclass(frozen=True)
class Series:
    """Rows of numbers that one computation yields, under one receipt.

    Attributes
    ----------
    heads : tuple of str
        What each place of a row holds, units in the names.
    rows : tuple of SeriesRow
    rows_sha256 : str
        Of the rows as canonical JSON.
    """

    heads: tuple[str, ...]
    rows: tuple[SeriesRow, ...]
    rows_sha256: str


@dataclass(frozen=True)
class Workspace:
    """The workspace whose revisions a figure is of, the first file of a receipt.

    Attributes
    ----------
    first : str
        First 16 hex digits of the hash of the first line of its log: by it a workspace is known again, whatever was
        saved since.
    new : int
        The revision, or the later one of the two that a difference is between.
    old : int or None
        The one it is compared with.
    """

    first: str
    new: int
    old: int | None = None


@dataclass(frozen=True)
class Drawn:
    """A layer of a reader's own on a sheet, the first file of a receipt, which enters as a whole.

    Attributes
    ----------
    sha256 : str
        Of the file.
    features, without_shape : int
        In it, and those of them that cannot be drawn.
    window : (west, south, east, north)
        What the map shows, in metres of the receipt's reference system.
    rows : tuple of (str, int)
        Class, and how many features have it; one row of an empty name where there is no field.
    field : str or None
        Whose values are the classes.
    """

    sha256: str
    features: int
    without_shape: int
    window: tuple[float, float, float, float]
    rows: tuple[tuple[str, int], ...]
    field: str | None = None


@dataclass(frozen=True)
class Many:
    """Features of a file that entered a number, too many to be listed one by one.

    Attributes
    ----------
    count : int
    sha256 : str
        Of them as inputs in canonical JSON, in the order of their ids: it changes when any vertex of one does, and
        with nothing else in the file.
    """

    count: int
    sha256: str


ZonalRow = tuple[str, tuple[float | None, ...]]
"""Zone, and its figures in the order of `Cells.heads`; None where no cell has data."""

ClassRow = tuple[str, int, float, float]
"""Zone, value, cells by share, area in m²."""


@dataclass(frozen=True)
class Cells:
    """Statistics of a raster, the first file of a receipt, which enters as a whole.

    Attributes
    ----------
    sha256 : str
        Of the raster.
    band : int
    heads, rows : tuple of str, tuple of ZonalRow
        Figures by name, and those of each zone.
    rows_sha256 : str
        Of rows and classes as canonical JSON.
    per_area : bool
        Whether the sum took values as amounts per km².
    touch : float
        A zone with less than this share of a cell only touches it.
    classes : tuple of ClassRow or None
        Where values were counted as classes.
    told_crs, told_nodata : str, float or None
        What a person said of the file.
    """

    sha256: str
    band: int
    heads: tuple[str, ...]
    rows: tuple[ZonalRow, ...]
    rows_sha256: str
    per_area: bool
    touch: float
    classes: tuple[ClassRow, ...] | None = None
    told_crs: str | None = None
    told_nodata: float | None = None


@dataclass(frozen=True)
class Ground:
    """Features of files, perhaps beside zones of the atlas, on which receipts are issued in place of the atlas.

    Attributes
    ----------
    zones : geopandas.GeoDataFrame
        EPSG:4490; features of files have the columns above.
    version : str
        Of the atlas where its zones take part, else first 8 hex digits of the first file's SHA-256.
    files : tuple of SourceFile
    """

    zones: geopandas.GeoDataFrame
    version: str
    files: tuple[SourceFile, ...]
