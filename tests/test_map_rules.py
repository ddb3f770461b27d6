"""The rules for public maps as data: whole, dated, sourced; a wrong file is refused in a sentence."""

import re

import pytest
import yaml

from layers.sheets.map_check import CHECKS
from tests.test_file_mark import swapped
from zones.atlas import SHIPPED_DATA
from zones.errors import InputError
from zones.statements.map_rules import FILE, map_rules, read_map_rules

SHIPPED = SHIPPED_DATA / FILE


def changed(tmp_path, change):
    """Return a copy of the shipped file with a change made to it."""
    held = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    change(held)
    path = tmp_path / FILE
    path.write_text(yaml.safe_dump(held, allow_unicode=True), encoding="utf-8")
    return path


def test_every_rule_has_a_check_a_source_and_a_day():
    held = read_map_rules(SHIPPED)
    assert {rule.check for rule in held.rules} == set(CHECKS)
    assert {rule.source for rule in held.rules} == set(held.sources)
    assert held.checked_on.year >= 2026
    assert "审图机构" in held.remark.zh
    assert "review office" in held.remark.en


def test_no_source_is_said_to_be_read_that_was_not():
    # None of the official texts was at hand when the rules were written: excerpts at best.
    assert {source.read for source in read_map_rules(SHIPPED).sources.values()} == {"excerpts", "none", "own"}


def test_braces_of_a_sentence_are_the_same_in_both_languages():
    for rule in read_map_rules(SHIPPED).rules:
        assert set(re.findall(r"\{\w+\}", rule.fault.zh)) == set(re.findall(r"\{\w+\}", rule.fault.en)), rule.rule_id


@pytest.mark.parametrize(
    ("number", "whole"),
    [
        ("GS(2026)1234号", True),
        ("GS（2026）1234号", True),
        ("GS京(2026)0012号", True),
        ("粤S(2026)012号", True),
        ("粤BS（2026）012号", True),
        ("GS1234号", False),
        ("粤S(26)012号", False),
        ("粤S(2026)号", False),
        ("(2026)012号", False),
        ("粤S(2026)012", False),
    ],
)
def test_a_whole_number_has_letters_year_and_running_number(number, whole):
    rule = next(rule for rule in read_map_rules(SHIPPED).rules if rule.check == "review_number_form")
    assert bool(re.fullmatch(rule.pattern, number)) is whole


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda held: held["rules"][0].update(severity="bad"), "rule 'review-number': severity: "),
        (lambda held: held["rules"][1].update(pattern="("), "rule 'review-number-form': pattern: "),
        (lambda held: held["rules"][1].update(rule_id="review-number"), "rule 'review-number' stands twice"),
        (lambda held: held["rules"][0].update(source="gone"), "source 'gone' is not listed"),
        (lambda held: held["rules"].__setitem__(0, "x"), "rule '0': rule: "),
        (lambda held: held.pop("checked_on"), "checked_on: Field required"),
        (lambda held: held.update(rules=[]), "rules: "),
    ],
)
def test_a_wrong_file_is_refused_with_the_rule_and_the_field(tmp_path, change, sentence):
    with pytest.raises(InputError, match=re.escape(sentence)):
        read_map_rules(changed(tmp_path, change))


def test_a_file_that_is_gone_or_no_yaml_is_refused(tmp_path):
    with pytest.raises(InputError, match="are missing; restore"):
        read_map_rules(tmp_path / "gone.yaml")
    (tmp_path / FILE).write_text("rules: {zh: a {b}}", encoding="utf-8")
    with pytest.raises(InputError, match="is no YAML file"):
        read_map_rules(tmp_path / FILE)


def test_rules_of_the_data_folder_stand_in_for_the_shipped_ones(tmp_path, monkeypatch):
    monkeypatch.setenv("ZONES_DATA", str(tmp_path))
    assert len(map_rules().rules) == len(read_map_rules(SHIPPED).rules)
    changed(tmp_path, lambda held: held.update(rules=held["rules"][:3]))
    assert len(map_rules().rules) == 3


def test_rules_put_in_place_of_others_are_read_anew(tmp_path, monkeypatch):
    monkeypatch.setenv("ZONES_DATA", str(tmp_path))
    changed(tmp_path, lambda held: held.update(rules=held["rules"][:4]))
    assert len(map_rules().rules) == 4
    held = yaml.safe_load((tmp_path / FILE).read_text(encoding="utf-8"))
    swapped(tmp_path / FILE, yaml.safe_dump(held | {"rules": held["rules"][:2]}, allow_unicode=True))
    assert len(map_rules().rules) == 2
