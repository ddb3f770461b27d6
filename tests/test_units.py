"""Units and digits: what a person reads."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zones.units import error_decimals, format_area, format_change, format_length, in_unit


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


@pytest.mark.parametrize(
    ("change", "error", "unit", "text"),
    [
        (1_230_000, 410_000, "km2", "+1.2 ± 0.4"),
        (-1_230_000, 410_000, "km2", "−1.2 ± 0.4"),
        (100_000, 4_000_000, "km2", "0 ± 4"),
        (-100_000, 4_000_000, "km2", "0 ± 4"),
        (-5_047_214.45, None, "km2", "−5.0472"),
        (0, None, "m2", "0.00"),
        (1_234_567_800, 100_000, "m2", "+1,234,570,000 ± 100,000"),
        (math.nan, 1.0, "km2", ""),
    ],
)
def test_a_change_has_a_sign_unless_it_is_nothing_beside_its_error(change, error, unit, text):
    assert format_change(change, error, unit) == text


@pytest.mark.parametrize(
    ("error", "text"),
    [(1000, "1,234"), (150, "1,234"), (100, "1,234.5"), (12, "1,234.5"), (2, "1,234.48"), (1, "1,234.483"),
     (0.01, "1,234.483"), (0, "1,234.483"), (None, "1,234.483"), (math.nan, "1,234.483")],
)  # fmt: skip
def test_no_digit_of_a_length_is_finer_than_its_error(error, text):
    """Of 1 234.4832 km: the last digit printed stands for no less than the error, and never for less than a metre."""
    assert format_length(1_234_483.2, error) == text


@given(st.floats(1e-6, 1e9))
def test_error_keeps_one_or_two_digits(error):
    rounded = round(error, error_decimals(error))
    assert rounded == pytest.approx(error, rel=0.3)
    assert len(f"{rounded:.2e}".split("e")[0].rstrip("0").replace(".", "")) <= 2
