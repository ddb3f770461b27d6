"""Units and digits: what a person reads."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zones.units import error_decimals, format_area, in_unit


def test_units_are_exact():
    assert in_unit(51.6e6, "mu") == pytest.approx(77_400, rel=1e-15)
    assert in_unit(24.08e6, "mu") == pytest.approx(36_120, rel=1e-15)
    assert in_unit(10_000, "mu") == pytest.approx(15, rel=1e-15)
    assert in_unit(1e6, "ha") == 100


@pytest.mark.parametrize(
    ("area", "error", "unit", "text"),
    [
        (12_512_345, 870_000, "km2", "12.5 ± 0.9"),
        (12_512_345, 130_000, "km2", "12.51 ± 0.13"),
        (51_600_000, 287_000, "mu", "77,400 ± 400"),
        (1_023_645.10, 96_000, "ha", "102 ± 10"),
        (5_000_000, 2_700_000, "km2", "5.0 ± 2.7"),
        (5_047_214.45, None, "km2", "5.0472"),
        (5_047_214.45, math.nan, "m2", "5,047,214.45"),
        (math.nan, 1.0, "km2", ""),
        (900_000, 25_000_000, "km2", "1 ± 25"),
    ],
)
def test_no_digit_beyond_the_error(area, error, unit, text):
    assert format_area(area, error, unit) == text


@given(st.floats(1e-6, 1e9))
def test_error_keeps_one_or_two_digits(error):
    rounded = round(error, error_decimals(error))
    assert rounded == pytest.approx(error, rel=0.3)
    assert len(f"{rounded:.2e}".split("e")[0].rstrip("0").replace(".", "")) <= 2
