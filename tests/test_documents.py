"""Evidence: a locator holds by hash, lines and terms, or is named."""

import hashlib

import pytest

from tests.tiny import PLAN, changed, write_atlas
from zones.atlas import read_plans
from zones.errors import InputError
from zones.statements.documents import check_sources, passage, read_documents

TEXT = "\n".join(["甲方案第一行", *["乙"] * 19]) + "\n"


def plans_for(tmp_path, text=TEXT, plan=PLAN):
    digest = hashlib.sha256(text.encode()).hexdigest()
    return read_plans(
        write_atlas(tmp_path / "data", plan=changed(plan, ("plan", "document", "sha256"), digest)) / "plans"
    )


def folder_with(tmp_path, text=TEXT):
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "any name.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_document_is_known_by_its_hash_and_opens_at_the_lines(tmp_path):
    pages = read_documents(folder_with(tmp_path), plans_for(tmp_path))
    assert passage(pages, "tiny", (1, 2)) == "甲方案第一行\n乙"
    assert passage(pages, "other", (1, 2)) == ""


def test_every_locator_holds(tmp_path):
    plans = plans_for(tmp_path)
    issues, checked = check_sources(plans, read_documents(folder_with(tmp_path), plans))
    assert issues.empty
    assert checked == 6  # one scheme, five passages of four zones


@pytest.mark.parametrize(
    ("path", "value", "kind"),
    [
        (("zones", 0, "sources", 0, "terms"), ["丙"], "term_not_found"),
        (("zones", 3, "sources", 0, "lines"), "1-400", "beyond_document"),
    ],
)
def test_a_wrong_locator_is_named(tmp_path, path, value, kind):
    plans = plans_for(tmp_path, plan=changed(PLAN, path, value))
    issues, _ = check_sources(plans, read_documents(folder_with(tmp_path), plans))
    assert [kind] == list(issues["kind"])
    assert issues["feature"].iloc[0] == PLAN["zones"][path[1]]["zone_id"]


def test_a_changed_document_is_no_longer_the_document(tmp_path):
    plans = plans_for(tmp_path)
    issues, checked = check_sources(plans, read_documents(folder_with(tmp_path, TEXT + "。"), plans))
    assert list(issues["kind"]) == ["no_document"]
    assert checked == 0


def test_a_missing_folder_is_one_sentence(tmp_path):
    with pytest.raises(InputError, match="no such folder"):
        read_documents(tmp_path / "none", {})
