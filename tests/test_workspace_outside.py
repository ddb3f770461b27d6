"""Edits made in the file by another program: noticed, adopted or discarded, never lost or taken in silence."""

import json

import apsw
import pyogrio
import pytest
import shapely

from tests.desk import LINE, PART, WHOLE, box, east, edit_of, new_workspace, raw
from zones.errors import InputError
from zones.workspace.workspace import (
    UnchangedError,
    adopt,
    check_log,
    discard,
    features_at,
    outside_changes,
    restore,
    revisions,
    save,
    undo,
    zones_outside,
)
from zones.workspace.workspace_blob import from_blob, to_blob


@pytest.fixture
def desk(quick_folder):
    return new_workspace(quick_folder)


def draw(path, zone_id, shape, table="zones_area", **cells):
    """Change or add a feature as QGIS does: a blob without envelope, in a layer of the present."""
    blob = to_blob(shape)[:3] + b"\x01" + to_blob(shape)[4:8] + shapely.to_wkb(shapely.MultiPolygon([shape]))
    db = apsw.Connection(str(path))
    db.execute(f"UPDATE {table} SET geom = ? WHERE zone_id = ?", (blob, zone_id))
    if not db.changes():
        names = ["geom", "zone_id", *cells]
        marks = ", ".join("?" * len(names))
        db.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", (blob, zone_id, *cells.values()))
    db.close()


def test_nothing_is_seen_where_nothing_was_done(desk):
    assert zones_outside(desk) == ()
    assert outside_changes(desk) == ()
    with pytest.raises(UnchangedError):
        adopt(desk, who="乙", why="采纳")


def test_a_shape_moved_in_qgis_is_noticed_and_can_be_adopted(desk):
    draw(desk, WHOLE, box(7))
    assert zones_outside(desk) == (WHOLE,)
    (change,) = outside_changes(desk)
    assert change.geometry_after.equals(box(7))
    # It is not taken: the desk still gives the shape of the log.
    assert east(desk) == 0
    saved = adopt(desk, who="乙", why="在 QGIS 中改")
    assert [each.zone_id for each in saved.changes] == [WHOLE]
    assert east(desk) == 7
    assert zones_outside(desk) == ()
    assert revisions(desk).iloc[0]["action"] == "adopt"
    undo(desk, "乙")
    assert east(desk) == 0
    assert check_log(desk) == ()


def test_a_save_over_it_is_refused_and_one_beside_it_is_not(desk):
    draw(desk, WHOLE, box(7))
    with pytest.raises(InputError, match=f"zone {WHOLE}: was changed outside the desk"):
        save(desk, [edit_of(desk, shape=box(1))], who="乙", why="试", base=1)
    save(desk, [edit_of(desk, PART, basis="别处")], who="乙", why="试", base=1)
    with pytest.raises(UnchangedError):
        restore(desk, 2, who="乙", why="试")
    assert zones_outside(desk) == (WHOLE,)


def test_discarding_puts_the_logged_shape_back_and_keeps_what_was_let_go(desk):
    draw(desk, WHOLE, box(7))
    assert discard(desk, who="丙", why="误改") == (WHOLE,)
    assert zones_outside(desk) == ()
    entry = json.loads(raw(desk, "SELECT entry FROM log ORDER BY line DESC LIMIT 1")[0][0])
    assert (entry["action"], entry["who"], entry["why"]) == ("discard", "丙", "误改")
    assert from_blob(bytes.fromhex(entry["discarded"][0]["geom"])).equals(box(7))
    shown = pyogrio.read_dataframe(desk, layer="zones_area").set_index("zone_id")
    assert shown.loc[WHOLE, "geometry"].equals(shapely.MultiPolygon([box()]))
    assert check_log(desk) == ()
    assert len(revisions(desk)) == 1


def test_values_rows_taken_out_and_new_zones_are_seen_too(desk):
    raw(desk, f"UPDATE zones_area SET grade = 'official', error_m = 5 WHERE zone_id = '{PART}'")
    raw(desk, f"DELETE FROM zones_line WHERE zone_id = '{LINE}'")
    draw(desk, "tiny.node.lost", box(), part="extent", grade="inferred", error_m=50, basis="按文字",
         method="block_outline", edge_rule="lonlat")  # fmt: skip
    found = {change.zone_id: change for change in outside_changes(desk)}
    assert set(found) == {PART, LINE, "tiny.node.lost"}
    assert [(field.name, field.after) for field in found[PART].fields] == [("grade", "official"), ("error_m", 5)]
    assert found[LINE].axis_after is None
    assert found["tiny.node.lost"].kind == "new"
    adopt(desk, who="乙", why="采纳")
    rows = features_at(desk)
    assert list(rows["zone_id"]) == [WHOLE, PART, LINE, "tiny.node.lost"]
    assert set(rows["layer"]) == {"tiny"}


def test_the_same_ground_in_other_bytes_is_no_change(desk):
    draw(desk, WHOLE, features_at(desk).geometry.iloc[0])
    assert zones_outside(desk) == ()
    raw(desk, "UPDATE zones_area SET fid = fid + 100")
    assert zones_outside(desk) == ()


def test_a_feature_without_id_or_with_words_that_nobody_knows_is_told(desk):
    draw(desk, None, box(3))
    assert zones_outside(desk) == ("",)
    with pytest.raises(InputError, match="has no zone_id; give it one in QGIS"):
        adopt(desk, who="乙", why="采纳")
    assert discard(desk, who="乙", why="误画") == ("",)
    raw(desk, f"UPDATE zones_area SET grade = 'sure' WHERE zone_id = '{PART}'")
    with pytest.raises(InputError, match="grade is 'sure'"):
        adopt(desk, who="乙", why="采纳")
    raw(desk, f"UPDATE zones_area SET geom = x'00' WHERE zone_id = '{PART}'")
    with pytest.raises(InputError, match="its shape in the file is damaged"):
        outside_changes(desk)
    discard(desk, who="乙", why="误改")
    assert zones_outside(desk) == ()
    draw(desk, "elsewhere.core.new", box(), part="extent", grade="inferred", error_m=50, basis="x",
         method="block_outline", edge_rule="lonlat")  # fmt: skip
    with pytest.raises(InputError, match="there is no layer ''"):
        adopt(desk, who="乙", why="采纳")


def test_a_spatial_index_made_in_qgis_does_not_stand_in_the_way(desk, tmp_path):
    """The index is GDAL's own: taken over from a layer of the same name that GDAL wrote."""
    other = tmp_path / "other.gpkg"
    pyogrio.write_dataframe(pyogrio.read_dataframe(desk, layer="zones_area"), other, layer="zones_area",
                            GEOMETRY_NAME="geom", SPATIAL_INDEX="YES")  # fmt: skip
    made = "name LIKE 'rtree_zones_area_geom%'"
    (table,), *_ = raw(other, f"SELECT sql FROM sqlite_schema WHERE {made} AND sql LIKE 'CREATE VIRTUAL%'")
    triggers = [sql for (sql,) in raw(other, f"SELECT sql FROM sqlite_schema WHERE {made} AND type = 'trigger'")]
    raw(desk, table, "INSERT INTO rtree_zones_area_geom SELECT fid, 0, 1, 0, 1 FROM zones_area", *triggers)
    assert len(triggers) >= 6
    save(desk, [edit_of(desk, shape=box(3))], who="乙", why="试", base=1)
    (bounds,) = raw(desk, "SELECT minx, maxx, miny, maxy FROM rtree_zones_area_geom ORDER BY id DESC LIMIT 1")
    assert bounds == pytest.approx((113.85, 113.873, 22.70, 22.72), abs=1e-4)
    assert zones_outside(desk) == ()
    assert check_log(desk) == ()


def test_a_feature_that_another_program_adds_is_adopted(desk):
    added = pyogrio.read_dataframe(desk, layer="zones_area").iloc[:1].assign(zone_id="tiny.node.lost")
    pyogrio.write_dataframe(added, desk, layer="zones_area", append=True, driver="GPKG")
    assert zones_outside(desk) == ("tiny.node.lost",)
    adopt(desk, who="乙", why="采纳")
    assert list(features_at(desk)["zone_id"])[-1] == "tiny.node.lost"


@pytest.mark.parametrize(
    "blob", [b"", b"GP", b"XX\x00\x01" + bytes(40), b"GP\x00\x0f" + bytes(4), b"GP\x00\x01" + bytes(4) + b"\x01\x02"]
)
def test_bytes_that_are_no_shape_are_refused(blob):
    with pytest.raises(ValueError, match="no geometry of a GeoPackage"):
        from_blob(blob)


def test_blobs_of_every_envelope_are_read():
    wkb = shapely.to_wkb(shapely.Point(114, 22.5))
    for code, size in enumerate((0, 32, 48, 48, 64)):
        head = b"GP\x00" + bytes([1 | code << 1]) + (4490).to_bytes(4, "little") + bytes(size)
        assert from_blob(head + wkb) == shapely.Point(114, 22.5)
    assert from_blob(None) is None
    assert from_blob(b"GP\x00\x11" + bytes(4) + shapely.to_wkb(shapely.Point())) is None
