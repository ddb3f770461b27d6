"""Writes the pairs of a tabulation to Parquet as they come; the file appears only when all went well."""

from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt
import pyarrow
import pyarrow.parquet

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
        if path is not None and path.suffix.lower() != ".parquet":
            raise InputError(f"{path}: the pair table is written as Parquet; name it .parquet")
        if path is not None and not path.parent.is_dir():
            raise InputError(f"{path}: there is no folder {path.parent}; make it first")
        self.path = path
        self.part = None if path is None else path.with_name(f".{path.name}.part")

    def __enter__(self) -> "PairWriter":
        """Open the file under a name of its own."""
        self.writer = None if self.part is None else pyarrow.parquet.ParquetWriter(self.part, SCHEMA)
        return self

    def write(
        self,
        features: npt.NDArray[np.int64],
        zone_ids: npt.NDArray[np.object_],
        names: list[str | None],
        classes: npt.NDArray[np.int64],
        inside: npt.NDArray[np.bool_],
        area_m2: npt.NDArray[np.float64],
    ) -> None:
        """Add the pairs of one batch."""
        if self.writer is None:
            return
        none = classes == len(names) - 1
        known = pyarrow.array([name or "" for name in names[:-1]], pyarrow.string())
        codes = pyarrow.array(np.where(none, 0, classes).astype(np.int32), mask=none)
        columns = [
            pyarrow.array([str(each) for each in zone_ids], pyarrow.string()).dictionary_encode(),
            pyarrow.array(features),
            pyarrow.DictionaryArray.from_arrays(codes, known),
            pyarrow.DictionaryArray.from_arrays(pyarrow.array(inside.astype(np.int32)), pyarrow.array(RELATIONS)),
            pyarrow.array(area_m2),
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
