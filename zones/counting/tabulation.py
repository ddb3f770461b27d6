"""The table a tabulation gives, and the sums it is made from: the same whichever engine counted the batches."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from zones.counting.area_rule import zones_for
from zones.counting.counts import FRACTIONS, MOST_NAMED, Counts, Job
from zones.counting.parcel_layer import ParcelLayer
from zones.counting.parcel_stream import check_field
from zones.errors import InputError
from zones.issues import Issue, issue_frame

MOST_CLASSES = 10_000

COLUMNS = ("zone_id", "class", "count_inside", "count_partly", "area_m2")

Progress = Callable[[int, int], None]
"""Called with the features done and the features in all."""


@dataclass(frozen=True)
class Tabulation:
    """The table, and what has to be known beside it.

    `table` has a row for each zone and class that meet; `area_rule` says how areas were measured;
    `issues` names features that were repaired or left out, the first 1000 of them. Invalid shapes are
    looked for among the features near a zone only.
    """

    table: pd.DataFrame
    area_rule: str
    features: int
    repaired: int
    left_out: int
    issues: pd.DataFrame


@dataclass(frozen=True)
class Plan:
    """A tabulation about to be done: the job, where its zones lie, how areas are measured, and the zones' ids."""

    job: Job
    bounds: npt.NDArray[np.float64]
    rule: str
    index: npt.NDArray[np.object_]


def plan(layer: ParcelLayer, zones: geopandas.GeoDataFrame, field: str | None) -> Plan:
    """Return what is to be done, or say why it cannot be."""
    check_field(layer, field)
    zones, unit, rule = zones_for(layer, zones)
    shapes = np.asarray(zones.geometry.array, dtype=object)
    index = zones.index.to_numpy(dtype=object)
    wkb = tuple(shapely.to_wkb(shapes, output_dimension=2, byte_order=1).tolist())
    job = Job(wkb, tuple(map(str, index)), unit, layer.path.name, layer.geometry, field)
    return Plan(job, shapely.total_bounds(shapes), rule, index)


def add_up(counted: Iterable[Counts], layer: ParcelLayer, plan: Plan, progress: Progress | None) -> Tabulation:
    """Return the table of batches that come in the order of their features.

    Raises
    ------
    InputError
        If there are over 10,000 classes.
    """
    totals = _Totals(plan.index, layer.path)
    for counts in counted:
        totals.add(counts)
        if progress is not None:
            progress(counts.last, layer.features)
    issues = issue_frame(totals.issues)
    return Tabulation(totals.table(), plan.rule, layer.features, totals.repaired, totals.left_out, issues)


class _Totals:
    """Sums by zone and class."""

    def __init__(self, index: npt.NDArray[np.object_], path: Path) -> None:
        self.index, self.path = index, path
        self.classes: dict[str | None, int] = {}
        self.sums = np.zeros((4, 0, len(index)), np.int64)
        self.issues: list[Issue] = []
        self.repaired = self.left_out = 0

    def add(self, counts: Counts) -> None:
        numbers = [self.classes.setdefault(name, len(self.classes)) for name in counts.names]
        if len(self.classes) > MOST_CLASSES:
            message = f"over {MOST_CLASSES} different classes; choose a field with fewer values"
            raise InputError(f"{self.path}: {message}")
        missing = len(self.classes) - self.sums.shape[1]
        if missing > 0:
            self.sums = np.concatenate([self.sums, np.zeros((4, missing, len(self.index)), np.int64)], axis=1)
        at = np.array(numbers, np.int64)[counts.classes], counts.zones
        # Two names of a batch may be one class as text, the numbers 1 and "1": add, do not assign.
        for sums, more in zip(self.sums, counts.sums, strict=True):
            np.add.at(sums, at, more)
        self.sums[2][at] += self.sums[3][at] // FRACTIONS
        self.sums[3][at] %= FRACTIONS
        self.repaired += counts.repaired
        self.left_out += counts.left_out
        self.issues += counts.issues[: MOST_NAMED - len(self.issues)]

    def table(self) -> pd.DataFrame:
        order = sorted(self.classes, key=lambda value: (value is None, value or ""))
        rows = [
            (zone_id, name, int(inside), int(partly), float(whole + rest / FRACTIONS))
            for at, zone_id in enumerate(self.index)
            for name in order
            for inside, partly, whole, rest in [self.sums[:, self.classes[name], at]]
            if inside + partly > 0
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS))
