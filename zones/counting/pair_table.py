"""Writes the pairs of a tabulation to Parquet as they come; the file or folder appears only when all went well."""

import shutil
import uuid
from pathlib import Path
from types import TracebackType

import numpy as np
import pyarrow
import pyarrow.parquet

from zones.counting.counts import Pairs
from zones.errors import InputError

SCHEMA = pyarrow.schema(
    [
        ("zone_id", pyarrow.dictionary(pyarrow.int32(), pyarrow.string())),
        ("feature", pyarrow.int64()),
        ("class", pyarrow.dictionary(pyarrow.int32(), pyarrow.string())),
        ("relation", pyarrow.dictionary(pyarrow.int32(), pyarrow.string())),
        ("area_m2", pyarrow.float64()),
    ]
)
RELATIONS = ("partly", "inside")


class PairWriter:
    """A pair table under way; without a path it writes nothing."""

    def __init__(self, path: Path | None) -> None:
        if path is not None:
            _check(path)
        self.path = path
        # A name of its own: a second attempt at the same table must not meet a first that still writes.
        self.part = None if path is None else _hidden(path)

    def __enter__(self) -> "PairWriter":
        """Open the file under a name of its own."""
        self.writer = None if self.part is None else pyarrow.parquet.ParquetWriter(self.part, SCHEMA)
        return self

    def write(self, pairs: Pairs, ids: tuple[str, ...]) -> None:
        """Add the pairs of one batch that share ground; `ids` are the names of the zones."""
        if self.writer is None:
            return
        met = pairs.inside | pairs.partly
        classes = pairs.classes[met]
        none = classes == len(pairs.names) - 1
        known = pyarrow.array([name or "" for name in pairs.names[:-1]], pyarrow.string())
        codes = pyarrow.array(np.where(none, 0, classes).astype(np.int32), mask=none)
        relation = pyarrow.array(pairs.inside[met].astype(np.int32))
        columns = [
            pyarrow.array(ids, pyarrow.string()).take(pyarrow.array(pairs.zones[met])).dictionary_encode(),
            pyarrow.array(pairs.features[met]),
            pyarrow.DictionaryArray.from_arrays(codes, known),
            pyarrow.DictionaryArray.from_arrays(relation, pyarrow.array(RELATIONS)),
            pyarrow.array(pairs.area[met]),
        ]
        self.writer.write_table(pyarrow.Table.from_arrays(columns, schema=SCHEMA))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the file its name; after an error, remove it."""
        if self.writer is None or self.part is None or self.path is None:
            return
        self.writer.close()
        if kind is None:
            self.part.replace(self.path)
        else:
            self.part.unlink(missing_ok=True)


class PairFolder:
    """A folder of pair tables that many processes fill; without a path there is none."""

    def __init__(self, path: Path | None) -> None:
        if path is not None:
            _check(path)
            if path.exists():
                raise InputError(f"{path}: is there already; with dask the pairs are a new folder, name another")
        self.path = None if path is None else path.absolute()
        self.part = None if self.path is None else _hidden(self.path)

    def __enter__(self) -> Path | None:
        """Return the folder to fill."""
        if self.part is not None:
            self.part.mkdir()
        return self.part

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the folder its name; after an error, remove it."""
        if self.part is None or self.path is None:
            return
        if kind is None:
            for left in self.part.glob(".*"):
                left.unlink()
            self.part.replace(self.path)
            return
        # Moved first: a process that still writes finds no folder, and what it holds open goes with the rest.
        gone = self.part.with_name(f"{self.part.name}.gone")
        self.part.replace(gone)
        shutil.rmtree(gone, ignore_errors=True)


def part_name(number: int) -> str:
    """Return the name of a part: padded, so that order by name is order by number."""
    return f"part.{number:06d}.parquet"


def _hidden(path: Path) -> Path:
    return path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")


def _check(path: Path) -> None:
    if path.suffix.lower() != ".parquet":
        raise InputError(f"{path}: the pair table is written as Parquet; name it .parquet")
    if not path.parent.is_dir():
        raise InputError(f"{path}: there is no folder {path.parent}; make it first")
