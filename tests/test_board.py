"""Indicators: forms that are no number stay as they are; lint and status on values worked out by hand."""

import pytest
from pydantic import ValidationError

from tests.tiny import PLAN, changed
from zones.statements.board import board, comparable, differs, lint, progress, records
from zones.statements.indicators import Indicator, Value
from zones.statements.plans import Plan

SOURCE = {"lines": 3, "section": "表1", "terms": ["甲"]}


def indicator(baseline=None, target=None, name="研发投入", **more):
    record = {
        "indicator_id": "tiny.indicator.one", "name": {"zh": name, "en": "R&D"}, "unit": "%", "scope": "440306",
        "origin": "table", "baseline": baseline, "target": target, "source": SOURCE,
    }  # fmt: skip
    return Indicator.model_validate(record | more)


def number(value, year=None, raw=None, **more):
    return {"year": year, "form": "number", "value": value, "raw": raw or str(value), **more}


BOUND = {"year": 2025, "form": "bound", "low": 22000, "comparator": ">", "raw": ">22000"}
RANGE = {"year": 2025, "form": "range", "low": 6, "high": 6.5, "raw": "6-6.5"}


@pytest.mark.parametrize(
    "value",
    [
        {"form": "placeholder", "value": 3, "raw": "XX"},
        {"form": "text", "low": 1, "raw": "完成考核任务"},
        {"form": "pair", "value": 60, "raw": "60, 90"},
        {"form": "number", "raw": "5"},
        {"form": "range", "low": 5.5, "raw": "5.5-6"},
        {"form": "bound", "low": 4.5, "raw": "＞4.5"},
        {"form": "bound", "low": 4.5, "comparator": "=", "raw": "＞4.5"},
    ],
)
def test_no_form_is_forced_into_a_number(value):
    with pytest.raises(ValidationError):
        Value.model_validate(value)


def test_an_indicator_that_says_nothing_is_refused():
    with pytest.raises(ValidationError, match="needs a baseline"):
        indicator()


@pytest.mark.parametrize(
    ("baseline", "target", "found"),
    [
        (number(7.76, 2020), RANGE, ("target_below_baseline",)),  # 坪山: 7.76 % reached, 6-6.5 % aimed at
        (number(5.2, 2019), number(6.0, 2025), ()),
        (None, number(6.0, 2025), ("no_baseline",)),
        ({"form": "missing", "raw": "—"}, number(6.0, 2025), ("no_baseline",)),
        (number(3, 2019), {"form": "placeholder", "raw": "XX"}, ("placeholder",)),
        ({"form": "pair", "raw": "60, 90"}, number(95), ("double_value",)),
        (number(1313, 2020, "1313（2020）"), number(2000), ("year_override",)),
        (number(30000, 2020), BOUND, ()),  # more than 22 000 may still be more than 30 000
        (number(5, 2020), None, ("no_target",)),
    ],
)
def test_lint(baseline, target, found):
    assert lint(indicator(baseline, target)) == found


@pytest.mark.parametrize(
    ("current", "year", "share", "status"),
    [
        (150, 2020, 0.5, "on_track"),  # half the way in half the time
        (143, 2020, 0.43, "on_track"),  # within a tenth
        (120, 2020, 0.2, "behind"),
        (200, 2021, 1.0, "reached"),
        (90, 2022, -0.1, "falling"),
    ],
)
def test_progress_between_a_hundred_and_two_hundred(current, year, share, status):
    stands = progress(indicator(number(100, 2015), number(200, 2025)), current, year)
    assert stands.share == pytest.approx(share)
    assert stands.status == status


def test_a_falling_target_counts_downwards():
    stands = progress(indicator(number(10, 2020), number(6, 2025)), 7, 2023)
    assert stands.share == pytest.approx(0.75)
    assert stands.status == "on_track"


def test_what_is_no_number_is_not_compared():
    text = {"form": "text", "raw": "完成考核任务"}
    assert progress(indicator(number(1, 2020), text), 3, 2023).status == "not_comparable"
    assert progress(indicator(None, number(5, 2025)), 3, 2023).share is None


def test_board_and_records_keep_raw_values():
    plan = Plan.model_validate(changed(PLAN, ("indicators",), [indicator(number(7.76, 2020), RANGE).model_dump()]))
    table = board({"tiny": plan})
    row = table.loc["tiny.indicator.one"]
    assert (row["baseline"], row["target_raw"], row["form"]) == (7.76, "6-6.5", "range")
    assert table["target"].isna().all()
    listed = records({"tiny": plan})[0]
    assert listed["issues"] == ["target_below_baseline"]
    assert listed["target"]["value"] is None
    assert board({}).empty


def test_themes_are_compared_across_plans_with_a_warning_where_names_differ():
    one = indicator(number(5, 2020), None, theme="rd").model_dump()
    two = indicator(number(6, 2020), None, name="研发占比", theme="rd").model_dump()
    plans = {
        "tiny": Plan.model_validate(changed(PLAN, ("indicators",), [one])),
        "other": Plan.model_validate(changed(PLAN, ("indicators",), [two | {"indicator_id": "other.indicator.one"}])),
    }
    groups = comparable(board(plans))
    assert list(groups) == ["rd"]
    assert differs(groups["rd"])
    assert comparable(board({"tiny": plans["tiny"]})) == {}
