"""A cell of a frame as JSON takes it."""

import math
from typing import Any

import pandas as pd


def none_if_nan(value: Any) -> Any:  # noqa: ANN401 (any cell of a frame)
    """Return a cell for JSON: None where it is missing, since NaN is no JSON."""
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    return value
