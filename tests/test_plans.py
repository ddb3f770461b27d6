"""Plan files: typed, each value sourced, and one clear sentence on any fault."""

import pytest
import yaml

from tests.tiny import PLAN, changed
from zones.errors import InputError
from zones.statements.passages import parse_lines
from zones.statements.plans import read_plan


def written(tmp_path, plan):
    path = tmp_path / "tiny.yaml"
    path.write_text(plan if isinstance(plan, str) else yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
    return path


def fault(tmp_path, plan):
    with pytest.raises(InputError) as caught:
        read_plan(written(tmp_path, plan))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_whole_plan_reads(tmp_path):
    plan = read_plan(written(tmp_path, PLAN))
    park = plan.zones[0]
    assert park.declared_area.area_m2 == 4e6
    assert park.industries[0].at == ((4, 5),)
    assert park.sources[1].lines == ((20, 20),)


@pytest.mark.parametrize(
    ("text", "ranges"),
    [(484, ((484, 484),)), ("482-484", ((482, 484),)), ("5; 7-9", ((5, 5), (7, 9)))],
)
def test_lines_in_all_forms(text, ranges):
    assert parse_lines(text) == ranges


@pytest.mark.parametrize("text", ["9-7", "0", "", "a", "3-", "-4", "1,2"])
def test_lines_that_make_no_sense(text):
    with pytest.raises(ValueError, match="lines"):
        parse_lines(text)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("zones", 0, "kind"), "garden", ["tiny.yaml", "tiny.park.whole", "kind", "garden"]),
        (("zones", 0, "name", "en"), None, ["tiny.park.whole", "name.en", "required"]),
        (("zones", 0, "colour"), "red", ["tiny.park.whole", "colour"]),
        (("zones", 1, "district_codes"), ["999999"], ["tiny.core.part", "999999", "440306"]),
        (("zones", 0, "industries", 0, "at"), 30, ["tiny.park.whole", "industries", "30-30", "outside"]),
        (("zones", 0, "declared_area", "value"), -1, ["tiny.park.whole", "declared_area.value", "-1"]),
        (("zones", 1, "zone_id"), "tiny.park.whole", ["zone_id repeats", "tiny.park.whole"]),
        (("zones", 0, "scheme_ids"), ["tiny.scheme.lost"], ["tiny.park.whole", "tiny.scheme.lost"]),
        (
            ("zones", 2, "relations", 0, "name"),
            {"zh": "甲", "en": "A"},
            ["tiny.corridor.line", "relations.0", "either"],
        ),
        (("plan", "document", "sha256"), "abc", ["plan.document.sha256", "abc"]),
    ],
)
def test_a_fault_names_file_zone_and_field(tmp_path, path, value, words):
    sentence = fault(tmp_path, changed(PLAN, path, value))
    for word in words:
        assert word in sentence


def test_a_key_written_twice_is_refused(tmp_path):
    assert "'plan' stands twice" in fault(tmp_path, "plan: 1\nplan: 2\n")


def test_text_that_is_no_yaml(tmp_path):
    assert "not readable as YAML" in fault(tmp_path, "zones: [\n")
    assert "holds no plan" in fault(tmp_path, "just words\n")


def test_yaml_cannot_run_code(tmp_path):
    assert "not readable as YAML" in fault(tmp_path, "plan: !!python/object/apply:os.system ['true']\n")


def test_missing_file_and_wrong_encoding(tmp_path):
    with pytest.raises(InputError, match="the plan file is missing"):
        read_plan(tmp_path / "none.yaml")
    gbk = tmp_path / "gbk.yaml"
    gbk.write_bytes("plan: 规划".encode("gbk"))
    with pytest.raises(InputError, match="not UTF-8"):
        read_plan(gbk)
