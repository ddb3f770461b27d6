"""The page of verification takes a georeferenced GeoTIFF: told in both languages, refused in one clear sentence."""

import json

import numpy as np
import pytest
from PIL import Image

from layers.desk.georef_files import work as georeferenced
from tests.georef_cases import SIZE, noisy_six, points_csv
from tests.test_app import run
from tests.test_georef_again import retag, tags
from ui import verify_files, verify_picture
from ui.sentences.sentences import translate
from zones.errors import InputError
from zones.intake.child import Child
from zones.proof.georef_again import judged, judgement


@pytest.fixture
def made(tmp_path):
    figure, table = tmp_path / "图.png", tmp_path / "points.csv"
    Image.fromarray(np.full((SIZE[1], SIZE[0], 3), 255, dtype=np.uint8)).save(figure)
    table.write_text(points_csv(noisy_six()), encoding="utf-8")
    request = {"file": str(figure), "points": str(table), "out": str(tmp_path / "out.tif"), "method": "affine"}
    georeferenced(request, lambda *_: None)
    return tmp_path / "out.tif", figure


def nudged(path):
    rows = json.loads(tags(path)["GEOREF_POINTS"])
    rows[0]["east"] += 0.01
    retag(path, GEOREF_POINTS=json.dumps(rows))


def in_child(path, *sources):
    request = {"file": str(path), "sources": [str(each) for each in sources]}
    return judgement(Child(verify_picture.JOB, request, path.name, verify_picture.SECONDS).wait())


def test_the_other_process_finds_what_this_one_does(made):
    path, figure = made
    assert in_child(path, figure) == judged(path, [figure])
    # Six residuals; RMS, standard error, degrees of freedom, left-out RMS, error; and the picture.
    assert in_child(path, figure).figures == 6 + 5 + 1
    nudged(path)
    found = in_child(path)
    assert found == judged(path)
    assert not found.verdict.holds


@pytest.mark.parametrize(("lang", "words"), [("zh", "个数字中有"), ("en", "figures of the fit are stale")])
def test_each_stale_figure_is_a_row_in_words(made, lang, words):
    path, _ = made
    nudged(path)
    found = judged(path, [path])
    text = verify_picture.banner(found, "a<b>.tif", ["图.png"], lang)
    assert words in text
    assert "a&lt;b&gt;.tif" in text
    assert "图.png" not in text
    rows = verify_picture.stale_table(found, lang)["rows"]
    assert len(rows) == len(found.verdict.stale)
    told = " ".join(cell["text"] for row in rows for cell in row["cells"])
    assert "GEOREF" not in told
    assert "rms_m" not in told
    assert ("原图" if lang == "zh" else "Original picture") in told
    held = verify_picture.banner(judged(made[1].parent / "out.tif"), "a.tif", [], lang)
    assert "z-stale" in held


@pytest.mark.parametrize(
    ("content", "english", "chinese"),
    [
        (b"II*\x00", "not readable as GeoTIFF", "不能按 GeoTIFF 读取"),
        (b"<VRTDataset rasterXSize='1' rasterYSize='1'/>", "does not start as one", "文件开头不符"),
        (b"II*\x00\xff\xff\xff\x7f" + b"\xff" * 4000, "not readable as GeoTIFF", "不能按 GeoTIFF 读取"),
        (b"", "does not start as one", "文件开头不符"),
    ],
)
def test_a_hostile_file_gives_one_clear_sentence(tmp_path, content, english, chinese):
    path = tmp_path / "bad.tif"
    path.write_bytes(content)
    with pytest.raises(InputError, match=english) as fault:
        in_child(path)
    assert "\n" not in str(fault.value)
    assert str(fault.value).startswith("bad.tif: ")
    assert chinese in translate(str(fault.value), "zh")


def test_a_cut_off_file_gives_one_clear_sentence(made):
    path, _ = made
    whole = path.read_bytes()
    for share in (0.01, 0.1, 0.5):
        path.write_bytes(whole[: int(len(whole) * share)])
        try:
            found = in_child(path)
        except InputError as fault:
            assert str(fault).startswith("out.tif: ")
        else:
            assert found.verdict.holds


@pytest.mark.parametrize(
    "points",
    [
        '[{"name":"1","column":NaN,"row":1,"east":1,"north":1,"check":false,"dx_m":0,"dy_m":0,"length_m":0}]',
        '[{"name":"1","column":1e308,"row":1,"east":1,"north":1,"check":false,"dx_m":0,"dy_m":0,"length_m":0}]',
        "[" * 100_000,
        "7",
        '{"a": 1}',
        "[[1]]",
    ],
)
def test_points_beyond_any_map_are_refused(made, points):
    path, _ = made
    retag(path, GEOREF_POINTS=points)
    with pytest.raises(InputError, match="the points in its tags are not readable"):
        judged(path)
    retag(path, GEOREF_POINTS="[]")
    assert not judged(path).verdict.holds


def test_figures_that_are_not_finite_are_refused(made):
    path, _ = made
    retag(path, GEOREF_RMS_M="nan")
    with pytest.raises(InputError, match="GEOREF_RMS_M is no number"):
        judged(path)


def page(path, monkeypatch):
    monkeypatch.setattr(verify_files.sending, "may_name_files", lambda _: True)
    app = run("verify")
    app.session_state["verify-way"] = "from_path"
    app.run()
    return app.text_input(key="verify-path").set_value(str(path)).run()


def said(app):
    return " ".join(each.proto.body for each in app.get("html"))


def test_the_page_takes_a_geotiff_named_on_this_machine(made, monkeypatch):
    path, figure = made
    app = page(path, monkeypatch)
    assert not app.exception
    assert "拟合的全部 11 个数字有效" in said(app)
    app.text_input(key="verify_original-path-0").set_value(str(figure)).run()
    assert "原图 图.png 的哈希相符" in said(app)
    nudged(path)
    app.run()
    assert "个失效" in said(app)
    path.write_bytes(b"II*\x00")
    app.run()
    assert "out.tif：不能按 GeoTIFF 读取" in app.error[0].value.replace("\\", "")
    assert not app.exception
