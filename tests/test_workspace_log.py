"""The log: a changed past is found out, at the line where it was changed."""

import hashlib
import json

import pytest

from tests.desk import PART, box, edit_of, new_workspace, raw
from zones.errors import InputError
from zones.workspace.workspace import check_log, features_at, save, set_stage, undo
from zones.workspace.workspace_check import newest_line
from zones.workspace.workspace_log import FIRST
from zones.workspace.workspace_schema import guards
from zones.workspace.workspace_state import canonical, content_hash


@pytest.fixture
def desk(quick_folder):
    path = new_workspace(quick_folder)
    for step in (1, 2, 3):
        save(path, [edit_of(path, shape=box(step))], who="乙", why=f"第{step}步", base=step)
    set_stage(path, 3, "checked", who="丁", why="已核")
    return path


def tamper(path, *statements):
    """Do what somebody would do who wants no trace: take the triggers away, change, and put them back."""
    drop = [f"DROP TRIGGER {name}" for name in guards()]
    raw(path, *drop, *statements, *guards().values())


def text_of(path, line):
    return raw(path, f"SELECT entry FROM log WHERE line = {line}")[0][0]


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def test_lines_are_chained_as_described(desk):
    """By hand: hashes with hashlib over the text as it stands, no code of ours."""
    rows = raw(desk, "SELECT line, entry, sha256 FROM log ORDER BY line")
    before = "0" * 64
    for place, (line, text, held) in enumerate(rows, start=1):
        entry = json.loads(text)
        assert (line, entry["line"]) == (place, place)
        assert held == hashlib.sha256(text.encode("utf-8")).hexdigest()
        assert entry["previous"] == before
        assert text == json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        before = held
    assert [json.loads(text)["action"] for _, text, _ in rows] == ["create", "save", "save", "save", "stage"]
    assert FIRST == "0" * 64
    assert newest_line(desk)[0] == 5
    assert newest_line(desk)[2] == before


def test_a_line_binds_what_it_leaves(desk):
    """By hand: the hash of a zone's feature, and of all zones with the files around them."""
    features = raw(desk, "SELECT layer, place, feature FROM past_shapes WHERE zone_id = 'tiny.park.whole' "
                   "AND revision = 3")  # fmt: skip
    expected = hashlib.sha256(json.dumps([list(row) for row in features], ensure_ascii=False,
                              separators=(",", ":")).encode()).hexdigest()  # fmt: skip
    entry = json.loads(text_of(desk, 3))
    assert entry["zones"][0]["after"] == expected
    contents = [json.loads(text_of(desk, line))["content"] for line in range(1, 6)]
    assert len(set(contents)) == 4
    assert contents[3] == contents[4]
    undo(desk, "乙")
    assert json.loads(text_of(desk, 6))["content"] == contents[2]


def test_what_is_hashed_has_one_form():
    assert canonical({"b": [1, 2.5, None], "a": "区"}) == '{"a":"区","b":[1,2.5,null]}'
    assert content_hash("f", {"b": "2", "a": "1", "gone": None}) == content_hash("f", {"a": "1", "b": "2"})
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(float("nan"))


def test_an_untouched_log_holds(desk):
    assert check_log(desk) == ()


@pytest.mark.parametrize("line", [1, 2, 3, 4, 5])
def test_a_changed_line_is_named(desk, line):
    tamper(desk, f"UPDATE log SET entry = replace(entry, '乙', '丙') || ' ' WHERE line = {line}")
    assert check_log(desk)[0] == f"log line {line}: was changed after it was written"


@pytest.mark.parametrize("line", [1, 2, 3, 4])
def test_a_changed_line_with_a_new_hash_breaks_the_next(desk, line):
    text = canonical(json.loads(text_of(desk, line)) | {"who": "别人"})
    new = hashlib.sha256(text.encode()).hexdigest()
    tamper(desk, f"UPDATE log SET entry = {quoted(text)}, sha256 = '{new}' WHERE line = {line}")
    expected = f"log line {line + 1}: does not follow from line {line}; one of the two was changed"
    assert check_log(desk)[0] == expected


def test_a_line_taken_out_is_missed(desk):
    tamper(desk, "DELETE FROM log WHERE line = 3")
    found = check_log(desk)
    assert found[0] == "log line 3: is missing"
    assert "revision 3: what the tables say of it is not what the log says" in found


def test_a_last_line_cut_off_with_all_that_belongs_to_it_needs_the_noted_hash(desk):
    noted = newest_line(desk)[2]
    assert check_log(desk, noted) == ()
    tamper(desk, "DELETE FROM log WHERE line = 5", "DELETE FROM stages")
    assert check_log(desk) == ()
    assert check_log(desk, noted) == (
        f"no line of the log has the hash {noted[:16]}; lines were cut off, or the log was made anew",
    )


def test_a_last_line_cut_off_alone_is_found(desk):
    tamper(desk, "DELETE FROM log WHERE line >= 4")
    assert check_log(desk) == (
        "revision 4, zone 'tiny.park.whole': its past shape is not the one the log is bound to",
        "revision 4: what the tables say of it is not what the log says",
        "the table of stages does not hold what the log says",
    )


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE past_shapes SET feature = replace(feature, '113.871', '113.8711') WHERE revision = 2",
         "revision 2, zone 'tiny.park.whole': its past shape is not the one the log is bound to"),
        ("UPDATE past_shapes SET grade = 'official' WHERE revision = 1 AND zone_id = 'tiny.core.part'",
         "revision 1, zone 'tiny.core.part': its past shape is not the one the log is bound to"),
        ("UPDATE past_shapes SET geom = (SELECT geom FROM past_shapes WHERE revision = 3) WHERE revision = 2",
         "revision 2, zone 'tiny.park.whole': its past shape is not the one the log is bound to"),
        ("DELETE FROM past_shapes WHERE revision = 2",
         "revision 2, zone 'tiny.park.whole': its past shape is not the one the log is bound to"),
        ("UPDATE revisions SET who = '别人' WHERE revision = 3",
         "revision 3: what the tables say of it is not what the log says"),
        ("UPDATE changes SET area_after_m2 = 1 WHERE revision = 3",
         "revision 3: what the tables say of it is not what the log says"),
        ("UPDATE stages SET name = 'x'", "the table of stages does not hold what the log says"),
        ("UPDATE other_files SET content = content || ' ' WHERE file = 'base_water.geojson'",
         "log line 1: what it says the zones and files were is not what is held"),
    ],
)  # fmt: skip
def test_tables_that_differ_from_the_log_are_named(desk, statement, sentence):
    tamper(desk, statement)
    assert check_log(desk)[0] == sentence


def test_triggers_taken_away_are_missed(desk):
    raw(desk, "DROP TRIGGER log_no_update")
    raw(desk, "DROP TRIGGER revisions_no_delete",
        "CREATE TRIGGER revisions_no_delete BEFORE DELETE ON revisions BEGIN SELECT 1; END")  # fmt: skip
    assert check_log(desk) == ("2 of the 14 triggers that guard the log were taken away (log_no_update, ...)",)


def test_an_entry_that_is_no_json_is_named_and_nothing_fails(desk):
    for text in (
        "", "{", "[]", "null", "5", '{"zones":[]}', '{"zones":[{}],"revision":2}', '{"zones":{"a":1},"revision":3}',
        '{"zones":[1,{"zone_id":null,"after":5}],"revision":2,"content":{}}', '{"action":"stage","revision":[]}',
    ):  # fmt: skip
        tamper(desk, f"UPDATE log SET entry = '{text}' WHERE line = 2")
        assert check_log(desk)[0] == "log line 2: was changed after it was written"


@pytest.mark.parametrize(
    "spoilt",
    ["feature = ''", "feature = '{}'", "feature = '[1]'", "geom = NULL", "place = 'x'", "place = 9e999", "layer = 'no'",
     """feature = '{"properties":{},"geometry":{"type":"Polygon","coordinates":[[1]]}}'"""],
)  # fmt: skip
def test_a_spoilt_shape_is_named_and_no_function_fails_but_with_a_sentence(desk, spoilt):
    tamper(desk, f"UPDATE past_shapes SET {spoilt} WHERE revision = 2")
    assert check_log(desk)[0].startswith("revision 2, zone 'tiny.park.whole': its past shape is not")
    try:
        features_at(desk, 2)
    except InputError as error:
        assert "damaged" in str(error)


def test_an_empty_log_is_missed(desk):
    tamper(desk, "DELETE FROM log")
    assert newest_line(desk) == (0, "", "")
    assert check_log(desk)[-1] == "the table of stages does not hold what the log says"


def test_what_people_write_becomes_one_line_and_is_kept(desk):
    save(desk, [edit_of(desk, PART, basis="x")], who=' "乙"\t', why="a\n'; DROP TABLE log; --\0 \ud800", base=4)
    entry = json.loads(text_of(desk, 6))
    assert (entry["who"], entry["why"]) == ('"乙"', "a '; DROP TABLE log; -- ?")
    assert check_log(desk) == ()
    with pytest.raises(InputError, match="a revision needs a name"):
        undo(desk, "\0 ")
