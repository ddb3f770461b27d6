"""Rules of place are data, and every result is told, not only the failures."""

import pytest

from tests.tiny import PLAN, changed, write_atlas
from zones import read_atlas
from zones.atlas import SHIPPED_DATA
from zones.errors import InputError
from zones.statements.rules import evaluate, read_rules, result_frame

SHIPPED = SHIPPED_DATA / "rules.yaml"


def results(tmp_path, **pieces):
    atlas = read_atlas(write_atlas(tmp_path / "data", **pieces))
    frame = result_frame(evaluate(atlas, read_rules(SHIPPED)))
    return {(row.rule_id, row.zone_id, row.other): row for row in frame.itertuples()}


def test_each_rule_tells_where_it_holds(tmp_path):
    found = results(tmp_path)
    assert all(row.holds for row in found.values())
    assert set(found) == {
        ("in-district", "tiny.park.whole", "440306"),
        ("in-district", "tiny.core.part", "440306"),
        ("in-district", "tiny.corridor.line", "440306"),
        ("in-whole", "tiny.core.part", "tiny.park.whole"),
        ("passes", "tiny.corridor.line", "tiny.core.part"),
    }


def test_what_belongs_to_a_line_need_only_touch_it(tmp_path):
    plan = changed(PLAN, ("zones", 1, "parent_ids"), ["tiny.corridor.line"])
    row = results(tmp_path, plan=plan)["on-line", "tiny.core.part", "tiny.corridor.line"]
    assert row.holds
    assert row.value == 0


def test_parts_that_fill_half_their_whole_state_the_rest(tmp_path):
    # The core is a quarter of the park; the corridor's box shares 0.1 of the park's height.
    plan = changed(PLAN, ("zones", 2, "parent_ids"), ["tiny.park.whole"])
    plan = changed(plan, ("zones", 2, "scheme_ids"), ["tiny.scheme.two"])
    row = results(tmp_path, plan=plan)["parts-add-up", "tiny.park.whole", "tiny.scheme.two"]
    # 1 - (1/4 + 1/10 - 1/20 both) of the park, on the plane within a thousandth.
    assert row.value == pytest.approx(0.70, abs=1e-3)
    assert not row.holds
    assert "km² over" in row.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rules: [{rule_id: x, check: guess, name: {zh: 甲, en: A}, severity: note}]", "rule 'x': check"),
        (
            "rules: [{rule_id: x, check: passes, name: {zh: 甲, en: A}, severity: note, slack_m: -1}]",
            "rule 'x': slack_m",
        ),
        ("nothing", "is no list of rules"),
    ],
)
def test_a_broken_rule_is_one_sentence(tmp_path, text, words):
    path = tmp_path / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_rules(path)
    with pytest.raises(InputError, match="the rules are missing"):
        read_rules(tmp_path / "none.yaml")
