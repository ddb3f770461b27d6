"""The bench of official boundaries as Streamlit runs it: matched, previewed, adopted, published, and seen elsewhere."""

import json
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from tests.metres import CLOSE, KM2, LOST, PART, WHOLE, square, supplied, write
from tests.test_app import ROOT, component
from ui import cache, static_files
from ui.desk import official_publish, official_view
from ui.imports import import_job, own_layers
from ui.imports.own_layers import OwnLayer
from ui.words import i18n, words_desk_official
from zones import atlas as atlas_module
from zones import read_atlas
from zones.atlas import DATA_VARIABLE
from zones.measure import measure
from zones.official.adopting import preview
from zones.official.official import given
from zones.proof.receipts import area_receipts, document_bytes
from zones.statements.rules import read_rules
from zones.workspace import workspace
from zones.workspace.workspace_place import workspace_path

SAID = {
    "official-authority": "市规划局",
    "official-paper": "南片区详细规划",
    "official-date": "2026-03-31",
    "official-error": "0.5",
}


@pytest.fixture
def bench(tmp_path, monkeypatch):
    """Open the bench in a session that has imported a layer of three features; return the app."""
    monkeypatch.setattr(atlas_module, "SHIPPED_DATA", write(tmp_path / "data"))
    monkeypatch.delenv(DATA_VARIABLE, raising=False)
    frame = supplied(part=square(0, 0, 1000, 500), lost=square(0, 1000, 500, 1500), whole=square(0, 0, 3000, 2000))
    frame["zone_id"] = ["石岩南片区", "某镇", "铁仔山"]
    (tmp_path / "own").mkdir()
    frame.rename(columns={"zone_id": "名称"}).to_parquet(tmp_path / "own" / "a.parquet")

    def opened(lang="zh"):
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.query_params["lang"] = lang
        app.session_state[f"{own_layers.KEY}-folder"] = SimpleNamespace(name=str(tmp_path / "own"))
        app.session_state[own_layers.KEY] = (OwnLayer("图则", tmp_path / "own" / "a.parquet", ("名称",), 3),)
        app.session_state["desk-bench"] = "official"
        return app.run().switch_page("ui/pages/desk_page.py").run()

    return opened


def texts(app, key):
    return [[cell["text"] for cell in row["cells"]] for row in component(app, key)["rows"]]


def pressed(app, label):
    [button] = [each for each in app.button if each.label == label]
    return button.click().run()


def previewed(app):
    for key, value in SAID.items():
        app.text_input(key=key).set_value(value)
    return pressed(app, "预览变化")


def test_from_a_layer_to_published_data(bench):
    app = bench()
    assert [row[:3] for row in texts(app, "official-matches")] == [
        ["石岩南片区 · 小规划", "石岩南片区", "名称"],
        ["某镇 · 小规划", "某镇", "名称"],
    ]
    # The third feature lacks 园区 at its end: proposed, not taken, until a person clicks it.
    [pills] = [each for each in app.get("button_group") if "铁仔山" in each.proto.label]
    assert next(option.content for option in pills.proto.options).startswith("铁仔山园区")
    app = previewed(app)
    rows = {row[0]: row for row in texts(app, "official-official_zone_changes")}
    assert rows["某镇 · 小规划"][1] == "未定位 → 官方边界"
    assert rows["石岩南片区 · 小规划"][3].startswith("0.50")
    pairs = {(row[0], row[1]): row[2:] for row in texts(app, "official-official_overlaps")}
    assert pairs["铁仔山园区 · 小规划", "某镇 · 小规划"] == ["新增", "0.000", "0.250"]
    assert pairs["铁仔山园区 · 小规划", "石岩南片区 · 小规划"] == ["改变", "1.000", "0.500"]
    # Two zones, before and after; the lost one has no shape before.
    assert len(component(app, "grounds-map")["grounds"]) == 3
    assert not workspace_path().exists()

    app.text_input(key="official-who").set_value("甲").run()
    app = pressed(app, "建立工作库")
    app = pressed(previewed(app), "采用为一次修订")
    assert any("已存为第 2 次修订，2 个区" in each.value for each in app.success)
    assert set(workspace.revisions(workspace_path())["zone_ids"].iloc[0]) == {PART, LOST}
    old = read_atlas().version

    app = app.button(key="official-go-publish").click().run()
    app.text_input(key="publish-name").set_value("第一版")
    app.text_input(key="publish-why").set_value("批复")
    app = pressed(app, "发布")
    assert any("草稿" in each.value for each in app.error)
    app.checkbox(key="publish-checked").set_value(True)
    app = pressed(app, "发布")
    assert any("第 2 次修订已发布" in each.value for each in app.success)
    new = read_atlas().version
    assert new != old
    assert any(f"数据版本 {new}" in each.proto.body for each in app.get("html"))
    assert measure(read_atlas(base=False).zones).at[PART, "ellipsoid_m2"] == pytest.approx(0.5 * KM2, rel=CLOSE)
    # Another session, and another page, see it without a restart.
    other = bench().switch_page("ui/pages/area_page.py").run()
    assert any(f"数据版本 {new}" in each.proto.body for each in other.get("html"))
    listed = {row[0]: row for row in texts(other, "table")}
    assert listed["石岩南片区"][3] == "官方边界"


def test_a_person_chooses_and_receipts_that_turn_stale_are_listed(bench, tmp_path):
    atlas = read_atlas()
    (tmp_path / "old.json").write_bytes(document_bytes(area_receipts(atlas, atlas.zones)))
    app = bench()
    [pills] = [each for each in app.get("button_group") if "铁仔山" in each.proto.label]
    app.session_state[pills.key] = [WHOLE]
    app.session_state["official-receipts"] = (tmp_path / "old.json",)
    app = previewed(app.run())
    zones = [row[0] for row in texts(app, "official-official_zone_changes")]
    assert set(zones) == {"铁仔山园区 · 小规划", "石岩南片区 · 小规划", "某镇 · 小规划"}
    stale = texts(app, "stale-official-old")
    # Five figures of the park, four of the core: it has no stated area. The band is not touched.
    assert len(stale) == 9
    assert not [row for row in stale if "走廊" in row[1]]


def test_what_cannot_be_is_one_sentence(bench):
    app = bench()
    app.text_input(key="official-authority").set_value("市规划局")
    app = pressed(app, "预览变化")
    assert [each.value.replace("\\", "") for each in app.error] == ["正式边界必须写明所据文件"]


def test_english_and_no_layer(bench):
    app = bench("en")
    assert texts(app, "official-matches")[0][2] == "name"
    assert "Official boundary" in i18n.TEXTS["desk_official"][1]
    app.session_state[own_layers.KEY] = ()
    app = app.run()
    assert any("No layer has been imported" in each.value for each in app.caption)
    assert import_job.KEY not in app.session_state


def test_map_data_cleared_away_are_written_again(bench):
    """Going back to data published before finds their address kept, and maybe not their file."""
    bench()
    files = [static_files.STATIC / Path(cache.map_files()[name]).name for name in ("zones_url", "base_url")]
    before = [file.read_bytes() for file in files]
    for file in files:
        file.unlink()
    cache.map_files()
    assert [file.read_bytes() for file in files] == before


def test_a_workspace_put_in_place_of_another_is_what_waits_to_be_published(bench, quick_folder):  # noqa: ARG001 (the data)
    """Two workspaces with as many revisions, one after the other under one name: each shows its own shapes."""
    paths = [quick_folder / name / "zones.gpkg" for name in "ab"]
    for path, metres in zip(paths, (250, 500), strict=True):
        path.parent.mkdir()
        workspace.create(path, data=atlas_module.data_folder(), who="甲")
        rows = workspace.features_at(path)
        rows = rows[rows["zone_id"] == PART].reset_index(drop=True)
        rows["geometry"] = square(0, 0, metres, 1000)
        workspace.save(path, [workspace.Edit(PART, "tiny", rows)], who="甲", why="改", base=1)
    used, other = paths
    seen = [measure(official_publish.atlas_of(used, 2).zones).at[PART, "ellipsoid_m2"]]
    about = used.stat()
    other.replace(used)
    os.utime(used, ns=(about.st_atime_ns, about.st_mtime_ns))
    seen.append(measure(official_publish.atlas_of(used, 2).zones).at[PART, "ellipsoid_m2"])
    assert seen == pytest.approx([0.25 * KM2, 0.5 * KM2], rel=1e-3)


def test_names_in_one_line_keep_their_plans_apart(bench):  # noqa: ARG001 (the data)
    atlas = cache.atlas()
    zh, en = (official_view.names_of(atlas, [WHOLE, PART, "nobody"], lang, most=2) for lang in ("zh", "en"))
    named = atlas.zones.loc[[WHOLE, PART]]
    plan = atlas.plans[named["plan_id"].iloc[0]].plan.short
    first, second = named["name_zh"]
    assert zh.startswith(f"{first}（{plan.zh}）、{second}（{plan.zh}）")
    first, second = named["name_en"]
    assert en.startswith(f"{first} ({plan.en}), {second} ({plan.en})")


def test_words_are_said_in_both_languages():
    for key, (zh, en) in words_desk_official.TEXTS.items():
        assert zh and en, key
        assert "。" not in en, key
    assert json.dumps(words_desk_official.TEXTS)


@pytest.fixture
def small(tmp_path):
    return read_atlas(write(tmp_path / "data"))


def followed(atlas, features):
    rules = read_rules(ROOT / "data" / "rules.yaml")
    return preview(atlas, features, given("局", "文", "2026-03-31", 1.0), rules, layer="红线").follows


def test_a_corridor_that_loses_its_band_says_so(small):
    """Its old outline was a band of 100 m on either side; an official one is none, so the default takes its place."""
    found = followed(small, supplied(line=square(-1000, 380, 3000, 620)))
    [cells] = [row["cells"] for row in official_view.coverage_table(small, found, "km2", "zh")["rows"]]
    assert cells[0]["text"].endswith("（半宽 100 → 1,000 m）")
    assert official_view.other_widths(found)
    # A park that moves on changes the share alone.
    found = followed(small, supplied(whole=square(0, 0, 2000, 1900), part=square(0, 500, 1000, 1500)))
    assert all(
        "半宽" not in row["cells"][0]["text"] for row in official_view.coverage_table(small, found, "km2", "zh")["rows"]
    )
    assert not official_view.other_widths(found)


def test_slivers_are_counted_and_not_listed(small):
    found = followed(small, supplied(part=square(0, 0, 1000.05, 1000)))
    assert len(found.overlaps) == 2
    assert official_view.overlap_table(small, found, "km2", "zh")["rows"] == []


def test_sentences_name_zones_and_schemes(small):
    scheme = small.plans["tiny"].schemes[0]
    told = official_view.in_names(small, f"{scheme.scheme_id} 的部分不在 '{WHOLE}'，另见 tiny.park.none", "zh")
    assert told == f"“{scheme.name.zh}” 的部分不在 “{small.zones.at[WHOLE, 'name_zh']}”，另见 tiny.park.none"
