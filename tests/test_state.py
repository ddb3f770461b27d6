"""The view of a reader, its address, and the words of the interface."""

import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.rail import data as rail_data
from ui.state import View, decode, encode
from ui.tree import Branch, Group, Leaf, Tree, build, other_key
from ui.words import i18n
from zones import read_atlas
from zones.statements.plans import Text

ROOT = Path(__file__).resolve().parent.parent


def leaf(zone_id, groups, kind="core", located=True):
    plan_id = zone_id.split(".")[0]
    return Leaf(zone_id, Text(zh=zone_id, en=zone_id), kind, "traced", plan_id, groups, located)


def tiny_tree():
    leaves = {
        each.zone_id: each
        for each in (
            leaf("a.core.one", ("a.s1",)),
            leaf("a.core.two", ("a.s1", "a.s2")),
            leaf("a.node.three", (other_key("a"),), kind="node", located=False),
            leaf("b.park.one", ("b.s1",), kind="park"),
        )
    }
    names = {"a": ("a.s1", "a.s2", "a.other"), "b": ("b.s1",)}
    branches = tuple(
        Branch(
            plan,
            Text(zh=plan, en=plan),
            Text(zh=plan, en=plan),
            tuple(
                Group(key, Text(zh=key, en=key), tuple(each for each in leaves.values() if key in each.groups))
                for key in keys
            ),
        )
        for plan, keys in names.items()
    )
    return Tree(branches, leaves)


TREE = tiny_tree()


def test_zone_of_two_schemes_shows_while_one_of_them_is_on():
    assert "a.core.two" in TREE.shown({"a.s1"})
    assert "a.core.two" not in TREE.shown({"a.s1", "a.s2"})


def test_shown_by_kind():
    assert TREE.shown((), ("park",)) == ("b.park.one",)


@given(
    off=st.sets(st.sampled_from(TREE.keys)),
    zone=st.sampled_from([None, *TREE.leaves]),
    lang=st.sampled_from(["zh", "en"]),
    unit=st.sampled_from(["km2", "ha", "mu", "m2"]),
)
def test_address_round_trip(off, zone, lang, unit):
    view = View(lang=lang, zone=zone, unit=unit, off=frozenset(off))
    assert decode(encode(view, TREE), TREE) == view


def test_address_of_the_start_is_empty():
    assert encode(View(), TREE) == {}


def test_address_names_whole_plans_short():
    assert encode(View(off=frozenset({"b.s1"})), TREE) == {"plans": "a"}
    assert encode(View(off=frozenset(TREE.keys)), TREE) == {"plans": "none"}


@pytest.mark.parametrize(
    "address",
    [
        {"zone": "no.such.zone", "plans": "nowhere", "lang": "xx", "unit": "acre"},
        {"zone": "<script>", "plans": ",,,", "lang": "", "unit": "KM2"},
    ],
)
def test_nothing_in_an_address_is_believed_unseen(address):
    assert decode(address, TREE) == View()


@given(st.dictionaries(st.sampled_from(["zone", "plans", "lang", "unit"]), st.text(max_size=40)))
def test_any_address_gives_a_view_of_the_atlas(address):
    view = decode(address, TREE)
    assert view.zone is None or view.zone in TREE.leaves
    assert view.off <= frozenset(TREE.keys)


def test_rail_counts_located_zones():
    told = rail_data(TREE, View(off=frozenset({"b.s1"})))
    assert (told["shown"], told["total"]) == (2, 4)
    assert [plan["count"] for plan in told["plans"]] == ["2/3", "1"]


def test_rail_tells_of_drafts_and_undated_texts():
    told = {plan["key"]: plan for plan in rail_data(build(read_atlas()), View())["plans"]}
    tags = {key: plan["tag_zh"] for key, plan in told.items()}
    assert tags == {"sz": "日期未载", "futian": "日期未载", "baoan": "初稿", "longhua": "日期未载", "pingshan": None}
    assert "非正式印发本" in told["baoan"]["full_zh"]
    assert "2022-04" in told["pingshan"]["full_en"]


def test_each_sentence_stands_in_both_languages():
    for key, (chinese, english) in i18n.TEXTS.items():
        assert chinese, key
        assert english, key
        fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (chinese, english)]
        assert fields[0] == fields[1], key


def test_english_holds_no_chinese():
    # The language button names the other language in that language.
    left = [key for key, (_, english) in i18n.TEXTS.items() if re.search(r"[\u3400-\u9fff]", english)]
    assert left == ["other_language"]


def test_each_sentence_is_used_and_each_used_one_exists():
    texts = ("i18n.py", "words.py")
    text = "".join(path.read_text(encoding="utf-8") for path in [*ROOT.glob("ui/**/*.py")] if path.name not in texts)
    made = ("rel_", "export_")
    used = set(re.findall(r"""["'](\w+)["']""", text))
    assert [key for key in i18n.TEXTS if key not in used and not key.startswith(made)] == []
    for key in re.findall(r"""\bt\(["'](\w+)["']""", text):
        assert key in i18n.TEXTS


def test_pages_are_short_and_hold_no_geometry_verbs():
    for page in (ROOT / "ui" / "pages").glob("*_page.py"):
        text = page.read_text(encoding="utf-8")
        assert text.count("\n") <= 60, page.name
        assert not re.search(r"\.(to_crs|area|overlay|intersection|buffer)\b\(?", text), page.name
