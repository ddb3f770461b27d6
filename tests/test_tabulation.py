"""Sums of batches: whole numbers, carried by hand."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pyproj import CRS

from zones.counting.counts import FRACTIONS, Counts, Job
from zones.counting.parcel_layer import ParcelLayer
from zones.counting.tabulation import Plan, add_up
from zones.errors import InputError

LAYER = ParcelLayer(Path("p.parquet"), CRS("EPSG:4547"), 9, ("use",), "geometry")
PLAN = Plan(Job((), ("a", "b"), 1.0, "p.parquet", "geometry", "use"), np.zeros(4), "plane", np.array(["a", "b"]))


def counts(zones, classes, names, *sums, last=9):
    return Counts(np.array(zones), np.array(classes), names, np.array(sums, np.int64), [], 0, 0, last)


def test_fractions_carry_into_square_metres():
    three_quarters = counts([0], [0], ["R"], [1], [0], [2], [3 * FRACTIONS // 4])
    found = add_up([three_quarters] * 4, LAYER, PLAN, None)
    assert [tuple(row) for row in found.table.itertuples(index=False)] == [("a", "R", 4, 0, 11.0)]


def test_sums_are_exact_where_floats_are_not():
    # One m² more than 2**53 is no float: a plain sum would lose each of the two.
    large = counts([1], [0], ["R"], [1], [0], [2**53], [0])
    half = counts([1], [0], ["R"], [0], [1], [0], [FRACTIONS // 2])
    found = add_up([large, *[half] * 4], LAYER, PLAN, None)
    assert found.table["area_m2"][0] == 2.0**53 + 2


def test_classes_of_the_same_text_are_one_and_rows_stand_in_order():
    batch = counts([0, 0, 1, 0], [0, 1, 2, 3], ["b", "b", "a", None], [1, 1, 1, 0], [0, 0, 0, 1], [5, 6, 7, 8], [0] * 4)
    seen = []
    found = add_up([batch], LAYER, PLAN, lambda done, total: seen.append((done, total)))
    table = found.table.astype(object).where(found.table.notna(), None)
    assert [tuple(row) for row in table.itertuples(index=False)] == [
        ("a", "b", 2, 0, 11.0),
        ("a", None, 0, 1, 8.0),
        ("b", "a", 1, 0, 7.0),
    ]
    assert seen == [(9, 9)]


def test_what_only_touches_makes_no_row():
    found = add_up([counts([0], [0], ["R"], [0], [0], [0], [5])], LAYER, PLAN, None)
    assert found.table.equals(pd.DataFrame(columns=found.table.columns).astype(found.table.dtypes))


def test_too_many_classes(monkeypatch):
    monkeypatch.setattr("zones.counting.tabulation.MOST_CLASSES", 1)
    with pytest.raises(InputError, match=r"p\.parquet: over 1 different classes"):
        add_up([counts([0, 0], [0, 1], ["a", "b"], [1, 1], [0, 0], [1, 1], [0, 0])], LAYER, PLAN, None)
