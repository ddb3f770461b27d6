"""Issue rows: one finding on one feature, the shape that repairs, checks and joins all report in."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from zones.schema import Severity


class Issue(NamedTuple):
    """One finding. `feature` is a zone_id or a row number, `kind` a short code, `value` what was found."""

    layer: str
    feature: str
    field: str
    severity: Severity
    kind: str
    value: str
    message: str


def issue_frame(issues: Iterable[Issue]) -> pd.DataFrame:
    """Return the issues as a frame of text columns, most severe first, otherwise in the order given."""
    frame = pd.DataFrame([tuple(map(str, issue)) for issue in issues], columns=list(Issue._fields), dtype=str)
    rank = {severity.value: place for place, severity in enumerate(Severity)}
    return frame.sort_values("severity", key=lambda column: column.map(rank), kind="stable", ignore_index=True)


def is_clean(issues: pd.DataFrame) -> bool:
    """Tell whether nothing worse than a note was found."""
    return bool((issues["severity"] == Severity.NOTE.value).all())
