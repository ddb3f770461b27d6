"""What a polygon layer of any size says of itself, and the batches it is read in."""

import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow
from pyarrow import compute
from pyproj import CRS
from pyproj.exceptions import CRSError

from zones.errors import CrsError, InputError

BATCH_ROWS = 8_192
"""Rows in memory at a time, for each thread; with 20 vertices to a parcel 5 MB, about what a core's cache holds."""

Box = tuple[float, float, float, float]


class Part(NamedTuple):
    """One GeoParquet file: its bytes, the rows of each row group, and the box of each where the file tells it."""

    path: Path
    size: int
    rows: tuple[int, ...]
    boxes: tuple[Box | None, ...]


@dataclass(frozen=True)
class ParcelLayer:
    """A layer that can be streamed: where it is, its CRS, and its number of features."""

    path: Path
    crs: CRS
    features: int
    fields: tuple[str, ...]
    geometry: str
    layer: str | None = None
    encoding: str | None = None
    """How the text of a Shapefile is encoded, where GDAL has to be told."""
    parts: tuple[Part, ...] = ()
    """The files of a GeoParquet layer, in the order of its features."""
    uneven: Mapping[str, str] = field(default_factory=dict)
    """Fields that the parts do not all hold alike, and what was found."""
    held: pyarrow.Table | None = field(default=None, repr=False, compare=False)
    """The features themselves, where the format is read whole."""


class Batch(NamedTuple):
    """Some rows of a layer: number of the first (from 1), WKB and the class of each row."""

    first: int
    wkb: pyarrow.LargeBinaryArray
    classes: pyarrow.Array | None

    def buffers(self) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """Return the bytes, where each row starts in them, and which rows have a geometry."""
        _, offsets, data = self.wkb.buffers()
        start = self.wkb.offset
        places = np.frombuffer(offsets, np.int64)[start : start + len(self.wkb) + 1]
        body = np.zeros(0, np.uint8) if data is None else np.frombuffer(data, np.uint8)
        return body, places, np.asarray(self.wkb.is_valid())


def as_batch(first: int, part: pyarrow.RecordBatch, geometry: str, field: str | None) -> Batch:
    """Return the rows of an Arrow batch, the class as a dictionary column."""
    wkb = part.column(geometry).cast(pyarrow.large_binary())
    classes = None
    if field is not None:
        classes = part.column(field)
        if not pyarrow.types.is_dictionary(classes.type):
            classes = compute.dictionary_encode(classes)
    return Batch(first, wkb, classes)


def crs_from(path: Path, told: Any) -> CRS:  # noqa: ANN401 (text or PROJJSON)
    """Return the reference system a file states.

    Raises
    ------
    CrsError
        If it states none, or one that cannot be read.
    """
    if not told:
        raise CrsError(f"{path}: the coordinate reference system is not given; add it (for example EPSG:4547)")
    try:
        return CRS.from_user_input(told)
    except CRSError:
        raise CrsError(f"{path}: its coordinate reference system cannot be read; set it anew") from None


def _faults() -> tuple[type[Exception], ...]:
    # Asked for when something was raised: it loads geopandas, which a layer of GeoParquet does without.
    from pyogrio import errors

    return (
        pyarrow.ArrowException, OSError, errors.DataSourceError, errors.DataLayerError, errors.FeatureError,
        RuntimeError, struct.error,
    )  # fmt: skip


@contextmanager
def one_sentence(path: Path) -> Iterator[None]:
    """Turn what the libraries raise on a damaged file into one sentence."""
    try:
        yield
    except PermissionError:
        raise InputError(f"{path}: may not be read by this user; change its rights or the user") from None
    except UnicodeDecodeError:
        advice = "name its encoding with --encoding, or save it as GeoPackage"
        raise InputError(f"{path}: its text is not whole in UTF-8; {advice}") from None
    except _faults() as error:
        reason = " ".join(str(error).split())[:200]
        raise InputError(f"{path}: damaged or cut off, nothing was counted; get the file anew ({reason})") from None
