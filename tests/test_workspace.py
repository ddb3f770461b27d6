"""The workspace: what is saved can be read, taken back, restored, compared, marked and exported."""

import difflib
import json

import geopandas
import numpy as np
import pyogrio
import pytest
import shapely

from tests.desk import LINE, PART, WHOLE, box, east, edit_of, new_workspace, raw
from tests.tiny import feature, polygon, write_atlas
from zones.atlas import SHIPPED_DATA, read_atlas
from zones.errors import InputError, ZonesError
from zones.schema import FEATURE_FIELDS, STORAGE_CRS
from zones.workspace.workspace import (
    Collision,
    Edit,
    UnchangedError,
    check_log,
    compare,
    create,
    export,
    features_at,
    next_steps,
    redo,
    restore,
    revisions,
    save,
    set_stage,
    undo,
)
from zones.workspace.workspace_place import WORKSPACE_VARIABLE, workspace_path


@pytest.fixture
def desk(quick_folder):
    return new_workspace(quick_folder)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    path = tmp_path_factory.mktemp("shipped") / "zones.gpkg"
    create(path, data=SHIPPED_DATA, who="甲")
    return path


def widen(path, step, **named):
    base = named.pop("base", None) or int(revisions(path)["revision"].max())
    return save(path, [edit_of(path, shape=box(step))], **({"who": "乙", "why": f"第{step}步"} | named), base=base)


def test_unedited_export_is_the_shipped_data_to_the_byte(shipped, tmp_path):
    written = {path.name: path.read_bytes() for path in export(shipped, tmp_path)}
    held = {path.name: path.read_bytes() for path in (SHIPPED_DATA / "geo").iterdir()}
    assert {name for name in held if name.endswith((".geojson", ".csv"))} == set(written)
    assert all(written[name] == held[name] for name in written)


def test_features_are_those_of_the_files_in_their_order(shipped):
    found = features_at(shipped)
    layers = ("baoan", "pingshan", "sz", "longhua", "futian")
    files = [json.loads((SHIPPED_DATA / "geo" / f"{name}.geojson").read_text("utf-8")) for name in layers]
    expected = [(name, each) for name, file in zip(layers, files, strict=True) for each in file["features"]]
    assert list(found["layer"]) == [name for name, _ in expected]
    for name in (field for field in FEATURE_FIELDS if field not in ("error_m", "half_width_m")):
        assert list(found[name]) == [each["properties"][name] for _, each in expected], name
    assert list(found["error_m"]) == [each["properties"]["error_m"] for _, each in expected]
    assert all(
        shapely.equals_identical(shape, shapely.geometry.shape(each["geometry"]))
        for shape, (_, each) in zip(found.geometry, expected, strict=True)
    )
    assert found.crs == STORAGE_CRS


def test_one_edit_changes_one_line_of_one_file(tmp_path):
    path = tmp_path / "zones.gpkg"
    create(path, data=SHIPPED_DATA, who="甲")
    rows = features_at(path)
    zone = rows[rows["zone_id"] == "sz.platform.guangming"].reset_index(drop=True)
    zone["geometry"] = shapely.transform(zone.geometry.array, lambda points: points + np.array([0.0010000004, 0]))
    save(path, [Edit("sz.platform.guangming", "sz", zone)], who="乙", why="移动", base=1)
    changed = []
    for file in export(path, tmp_path / "geo"):
        old, new = (SHIPPED_DATA / "geo" / file.name).read_text("utf-8"), file.read_text("utf-8")
        changed += [line for line in difflib.ndiff(old.split("\n"), new.split("\n")) if line[:1] in "+-"]
    assert [line[:1] for line in changed] == ["-", "+"]
    assert all("sz.platform.guangming" in line for line in changed)
    digits = [
        str(x).partition(".")[2] for x in np.ravel(json.loads(changed[1][2:].rstrip(","))["geometry"]["coordinates"])
    ]
    assert max(map(len, digits)) <= 6


def test_the_exported_folder_is_an_atlas_again(desk):
    widen(desk, 5)
    export(desk, desk.parent / "data" / "geo")
    shape = read_atlas(desk.parent / "data").zones.loc[WHOLE, "geometry"]
    assert shape.equals(box(5))


def test_an_edit_is_kept_with_who_when_why_and_what_changed(desk):
    saved = widen(desk, 10, why="  按 正式\n文件 ")
    row = revisions(desk).iloc[0]
    assert (row["revision"], row["who"], row["why"], row["action"]) == (2, "乙", "按 正式 文件", "save")
    assert row["zone_ids"] == (WHOLE,)
    assert row["at"].endswith("Z")
    assert (row["stage"], row["name"]) == ("draft", "")
    (change,) = saved.changes
    assert change.geometry_before.equals(box())
    assert change.geometry_after.equals(box(10))
    assert change.area_after_m2 / change.area_before_m2 == pytest.approx(1.5, rel=1e-12)
    assert row["area_change_m2"] == change.area_after_m2 - change.area_before_m2


def test_numbers_and_empty_values_stay_as_they_were_written(desk, tmp_path):
    save(desk, [edit_of(desk, basis="重描")], who="乙", why="改依据", base=1)
    export(desk, tmp_path / "geo")
    told = json.loads((tmp_path / "geo" / "tiny.geojson").read_text("utf-8"))["features"][0]
    assert told == feature(WHOLE, polygon(113.85, 22.70, 113.87, 22.72), basis="重描")
    assert '"error_m": 200.0' in (tmp_path / "geo" / "tiny.geojson").read_text("utf-8")


def test_more_than_fifty_steps_back_and_forth(desk):
    for step in range(1, 53):
        widen(desk, step)
    for step in reversed(range(52)):
        undo(desk, "乙")
        assert east(desk) == step
    assert next_steps(desk) == (None, 2)
    with pytest.raises(UnchangedError, match="there is nothing to undo"):
        undo(desk, "乙")
    for _ in range(52):
        redo(desk, "乙")
    assert east(desk) == 52
    with pytest.raises(UnchangedError, match="there is nothing to redo"):
        redo(desk, "乙")
    assert int(revisions(desk)["revision"].max()) == 157
    assert check_log(desk) == ()


def test_a_new_change_ends_what_could_be_redone(desk):
    widen(desk, 1)
    undo(desk, "乙")
    widen(desk, 2)
    assert next_steps(desk) == (4, None)
    undo(desk, "乙", revision=4)
    assert east(desk) == 0


def test_an_undo_of_what_is_no_longer_newest_is_refused(desk):
    widen(desk, 1)
    save(desk, [edit_of(desk, PART, basis="另一人")], who="丙", why="补依据", base=2)
    with pytest.raises(InputError, match="revision 2 is no longer the next one, 3 is"):
        undo(desk, "乙", revision=2)


def test_any_revision_can_be_restored_wholly_or_by_zone(desk):
    widen(desk, 1)
    save(desk, [edit_of(desk, PART, grade="official")], who="乙", why="等级", base=2)
    saved = restore(desk, 1, who="丙", why="退回", zone_ids=[WHOLE])
    assert [change.zone_id for change in saved.changes] == [WHOLE]
    assert east(desk) == 0
    assert features_at(desk).set_index("zone_id").loc[PART, "grade"] == "official"
    restore(desk, 3, who="丙", why="还是新的")
    assert east(desk) == 1
    with pytest.raises(UnchangedError):
        restore(desk, 5, who="丙", why="再退")
    with pytest.raises(InputError, match="there is no revision 9; the newest is 5"):
        restore(desk, 9, who="丙", why="退")
    with pytest.raises(InputError, match="zone 'no': the workspace never held it"):
        restore(desk, 1, who="丙", why="退", zone_ids=["no"])
    assert features_at(desk, 1).equals(features_at(desk, 4).assign(grade=features_at(desk, 1)["grade"]))


def test_a_zone_may_lose_its_geometry_and_get_it_back_at_its_place(desk, tmp_path):
    empty = features_at(desk).iloc[:0]
    saved = save(desk, [Edit(PART, "tiny", empty)], who="乙", why="撤销", base=1)
    assert saved.changes[0].kind == "lost"
    assert PART not in set(features_at(desk)["zone_id"])
    again = features_at(desk, 1)
    save(desk, [Edit(PART, "tiny", again[again["zone_id"] == PART])], who="乙", why="恢复", base=2)
    assert list(features_at(desk)["zone_id"]) == [WHOLE, PART, LINE, LINE]
    undo(desk, "乙")
    undo(desk, "乙")
    export(desk, tmp_path / "geo")
    assert (tmp_path / "geo" / "tiny.geojson").read_bytes() == (desk.parent / "data/geo/tiny.geojson").read_bytes()


def test_a_zone_drawn_for_the_first_time_stands_last_and_leaves_the_list_of_unlocated(desk, tmp_path):
    row = {"grade": "inferred", "error_m": 300, "basis": "按文字", "method": "point_place", "edge_rule": "lonlat"}
    frame = geopandas.GeoDataFrame([row], geometry=[shapely.Point(113.86, 22.71)], crs=STORAGE_CRS)
    saved = save(desk, [Edit("tiny.node.lost", "tiny", frame)], who="乙", why="定位", base=1)
    assert saved.changes[0].kind == "new"
    assert saved.changes[0].area_after_m2 is None
    export(desk, tmp_path / "geo")
    told = json.loads((tmp_path / "geo" / "tiny.geojson").read_text("utf-8"))["features"]
    assert [each["properties"]["zone_id"] for each in told] == [WHOLE, PART, LINE, LINE, "tiny.node.lost"]
    assert list(told[-1]["properties"]) == list(FEATURE_FIELDS)
    assert (tmp_path / "geo" / "unlocated.csv").read_text("utf-8") == "zone_id,reason_zh,reason_en\n"
    assert (desk.parent / "data/geo/unlocated.csv").read_text("utf-8").count("\n") == 2


def test_other_reasons_stay_to_the_byte_when_a_zone_is_drawn(quick_folder):
    """Reasons may hold commas, quotes and line ends of their own, as a spreadsheet writes them."""
    head, lost = "zone_id,reason_zh,reason_en\r\n", 'tiny.node.lost,"未给出""位置""","No ""place"",\nnone given"\r\n'
    others = 'tiny.x,"仅写""某镇""，\n无界",Named only\r\ntiny.y,无,None'
    path = quick_folder / "zones.gpkg"
    data = write_atlas(quick_folder / "data")
    (data / "geo" / "unlocated.csv").write_bytes((head + lost + others).encode())
    create(path, data=data, who="甲")
    row = {"grade": "inferred", "error_m": 300, "basis": "按文字", "method": "point_place", "edge_rule": "lonlat"}
    frame = geopandas.GeoDataFrame([row], geometry=[shapely.Point(113.86, 22.71)], crs=STORAGE_CRS)
    save(path, [Edit("tiny.node.lost", "tiny", frame)], who="乙", why="定位", base=1)
    export(path, quick_folder / "geo")
    assert (quick_folder / "geo" / "unlocated.csv").read_bytes() == (head + others).encode()


def test_a_comparison_tells_the_error_of_both_and_needs_revisions_there_are(desk):
    widen(desk, 5)
    [change] = compare(desk, 1, 2)
    assert change.zone_id == WHOLE
    # The zone is drawn 200 m wide of its edges at worst: more than a kilometre of edge is off on either side.
    assert 1000 * 200 < change.error_before_m2 < change.error_after_m2
    with pytest.raises(InputError, match="no revision 3; the newest is 2"):
        compare(desk, 1, 3)


def test_a_second_part_stands_behind_its_zone(desk):
    edit = edit_of(desk)
    axis = edit.features.assign(part="axis", geometry=[shapely.LineString([(113.85, 22.7), (113.87, 22.72)])])
    both = geopandas.GeoDataFrame(geopandas.pd.concat([edit.features, axis]), crs=STORAGE_CRS)
    save(desk, [Edit(WHOLE, "tiny", both)], who="乙", why="加轴线", base=1)
    assert list(features_at(desk)["zone_id"]) == [WHOLE, WHOLE, PART, LINE, LINE]


def test_two_who_save_one_zone_are_told_of_each_other(desk):
    mine, other = edit_of(desk, shape=box(1)), edit_of(desk, PART, basis="别处")
    widen(desk, 2, who="丙")
    with pytest.raises(Collision, match=f"zone {WHOLE}: changed by 丙 at .* after revision 1") as told:
        save(desk, [mine, other], who="乙", why="同时", base=1)
    assert told.value.zone_ids == (WHOLE,)
    assert told.value.theirs.geometry.iloc[0].equals(box(2))
    assert told.value.ours.geometry.iloc[0].equals(box(1))
    assert told.value.who == "丙"
    assert isinstance(told.value, ZonesError)
    assert east(desk) == 2
    # Of another zone nobody has to be told.
    assert save(desk, [other], who="乙", why="同时", base=1).revision == 3


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"grade": "sure"}, "grade is 'sure'; it must be one of official, traced, inferred"),
        ({"method": None}, "method is 'None'"),
        ({"error_m": 0.0}, "error_m is '0'; give metres, above 0"),
        ({"error_m": float("inf")}, "error_m is 'inf'"),
        ({"half_width_m": -5.0}, "half_width_m is '-5'"),
        ({"basis": " "}, "basis is empty"),
        ({"part": "middle"}, "part is 'middle'; it must be one of extent, axis"),
        ({"shape": shapely.Polygon()}, "it has no shape"),
        ({"shape": shapely.Polygon([(114, 22), (114.1, 22.1), (114.1, 22), (114, 22.1)])}, "not valid .Self-inter"),
        ({"shape": shapely.box(480000, 2500000, 480100, 2500100)}, "no longitude and latitude"),
        ({"shape": shapely.Point(float("nan"), 1)}, "it has no shape|a coordinate is no number"),
        ({"shape": shapely.GeometryCollection([shapely.Point(114, 22), box()])}, "mixes points, lines and areas"),
    ],
)  # fmt: skip
def test_edits_that_the_atlas_could_not_read_are_refused(desk, values, sentence):
    with pytest.raises(InputError, match=sentence):
        save(desk, [edit_of(desk, **values)], who="乙", why="试", base=1)
    assert int(revisions(desk)["revision"].max()) == 1


def test_edits_need_a_name_a_reason_a_layer_and_a_base(desk):
    edit = edit_of(desk, shape=box(1))
    for named, sentence in (
        ({"who": " "}, "a revision needs a name"),
        ({"why": "\n"}, "a revision needs a reason"),
        ({"base": 2}, "there is no revision 2; the newest is 1"),
    ):
        with pytest.raises(InputError, match=sentence):
            save(desk, [edit], **({"who": "乙", "why": "试", "base": 1} | named))
    with pytest.raises(InputError, match="there is no layer 'no'; choose one of tiny"):
        save(desk, [Edit(WHOLE, "no", edit.features)], who="乙", why="试", base=1)
    with pytest.raises(InputError, match="stands in two edits"):
        save(desk, [edit, edit], who="乙", why="试", base=1)
    with pytest.raises(InputError, match=r"says that it is of zone 'tiny\.park\.whole'; correct"):
        save(desk, [Edit(PART, "tiny", edit.features)], who="乙", why="试", base=1)
    with pytest.raises(InputError, match="part 'extent' stands twice"):
        save(desk, [Edit(WHOLE, "tiny", geopandas.pd.concat([edit.features] * 2))], who="乙", why="试", base=1)
    with pytest.raises(ZonesError, match="its shapes are in CGCS2000 / 3-degree Gauss-Kruger CM 114E"):
        save(desk, [Edit(WHOLE, "tiny", edit.features.to_crs("EPSG:4547"))], who="乙", why="试", base=1)
    with pytest.raises(UnchangedError):
        save(desk, [edit_of(desk)], who="乙", why="试", base=1)


def test_comparison_lists_zones_by_id_one_change_each(desk):
    widen(desk, 1)
    save(desk, [edit_of(desk, LINE, half_width_m=150.0, grade="traced")], who="乙", why="带宽", base=2)
    save(desk, [Edit(PART, "tiny", features_at(desk).iloc[:0])], who="乙", why="撤销", base=3)
    changes = compare(desk, 1, 4)
    assert [(change.zone_id, change.kind) for change in changes] == [
        (WHOLE, "changed"), (PART, "lost"), (LINE, "changed"),
    ]  # fmt: skip
    assert [tuple(field) for field in changes[2].fields] == [
        ("grade", "inferred", "traced", "extent"), ("half_width_m", 100.0, 150, "extent"),
    ]  # fmt: skip
    assert not changes[2].moved
    assert [change.kind for change in compare(desk, 4, 1)] == ["changed", "changed", "new"]
    assert compare(desk, 2, 2) == ()
    undo(desk, "乙")
    assert [change.zone_id for change in compare(desk, 3, 5)] == []


def test_stages_follow_each_other_with_a_name(desk):
    widen(desk, 1)
    with pytest.raises(InputError, match="revision 2 is draft, and published follows checked only"):
        set_stage(desk, 2, "published", who="丁", why="发布", name="第一版")
    set_stage(desk, 2, "checked", who="丁", why="已核")
    set_stage(desk, 2, "draft", who="丁", why="再看")
    set_stage(desk, 2, "checked", who="丁", why="已核")
    set_stage(desk, 2, "published", who="丁", why="发布", name="第一版")
    assert list(revisions(desk)["stage"]) == ["published", "draft"]
    assert list(revisions(desk)["name"]) == ["第一版", ""]
    with pytest.raises(InputError, match="revision 2 is published"):
        set_stage(desk, 2, "draft", who="丁", why="撤回")
    with pytest.raises(InputError, match="stage is 'final'"):
        set_stage(desk, 2, "final", who="丁", why="发布")
    assert check_log(desk) == ()


def test_it_is_a_geopackage_that_gdal_reads(shipped):
    layers = dict(pyogrio.list_layers(shipped))
    assert {name: layers[name] for name in ("zones_area", "zones_line", "zones_point", "log")} == {
        "zones_area": "MultiPolygon", "zones_line": "MultiLineString", "zones_point": "MultiPoint", "log": None,
    }  # fmt: skip
    found = features_at(shipped)
    read = [pyogrio.read_dataframe(shipped, layer=name) for name in ("zones_area", "zones_line", "zones_point")]
    assert sum(map(len, read)) == len(found)
    assert all(frame.crs.to_epsg() == 4490 for frame in read)
    held = {(row.zone_id, row.part): row for frame in read for row in frame.itertuples()}
    for row in found.itertuples():
        other = held[row.zone_id, row.part]
        assert other.geometry.equals(row.geometry)
        assert (other.basis, other.error_m, other.layer) == (row.basis, row.error_m, row.layer)
    west, south, east_, north = pyogrio.read_info(shipped, layer="zones_area")["total_bounds"]
    assert (113.7 < west < east_ < 115.5) and (22.3 < south < north < 23.0)
    assert raw(shipped, "PRAGMA application_id")[0][0] == int.from_bytes(b"GPKG")
    assert raw(shipped, "PRAGMA integrity_check") == [("ok",)]
    assert raw(shipped, "PRAGMA foreign_key_check") == []
    identifiers = {row[0] for row in raw(shipped, "SELECT srs_id FROM gpkg_spatial_ref_sys")}
    assert identifiers == {-1, 0, 4326, 4490}


def test_nothing_is_made_over_what_is_there(desk, tmp_path):
    with pytest.raises(InputError, match="a file is here already"):
        create(desk, data=desk.parent / "data", who="甲")
    (tmp_path / "empty.gpkg").touch()
    create(tmp_path / "empty.gpkg", data=desk.parent / "data", who="甲")
    with pytest.raises(InputError, match="cannot be written"):
        create(tmp_path / "a" / "b" / "c.gpkg", data=desk.parent / "data", who="甲")


def test_data_with_a_feature_of_no_zone_makes_no_workspace(tmp_path):
    data = write_atlas(tmp_path / "data", features=[feature("", polygon(113.85, 22.70, 113.87, 22.72))])
    with pytest.raises(InputError, match=r"tiny.geojson: feature 1: zone_id is empty"):
        create(tmp_path / "x.gpkg", data=data, who="甲")
    create(tmp_path / "x.gpkg", data=write_atlas(tmp_path / "other"), who="甲")


def test_the_workspace_in_use_is_the_one_named(tmp_path, monkeypatch):
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(tmp_path / "mine.gpkg"))
    assert workspace_path() == tmp_path / "mine.gpkg"
    monkeypatch.delenv(WORKSPACE_VARIABLE)
    assert workspace_path().parts[-2:] == ("workspace", "zones.gpkg")
