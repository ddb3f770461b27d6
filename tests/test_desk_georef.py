"""The bench for plan figures as Streamlit runs it, and what it does with the browser's points."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image
from pyproj import Transformer
from streamlit.testing.v1 import AppTest

from layers.desk.georef_files import shown
from tests.georef_cases import PLANE, SIZE, noisy_six
from tests.test_app import ROOT, component
from ui.desk import georef_session
from ui.desk.desk_georef import figures, metres, residual_table, stated
from ui.desk.georef_session import Desk, DeskPoint, judged, points_text, state_of, take_points, typed_place
from zones.errors import ZonesError
from zones.georeference.georef import Method
from zones.georeference.georef_points import placed, points_of_text

INFO = {"width": SIZE[0], "height": SIZE[1], "pages": 1, "page": 1, "dpi": None, "kind": "PNG", "notes": []}


def desk_points():
    """Return the six known points as the bench holds them."""
    back = Transformer.from_crs(PLANE, "EPSG:4490", always_xy=True)
    return tuple(
        DeskPoint(f"p{each.name}", each.column, each.row, *back.transform(each.east, each.north), error_m=60.0)
        for each in noisy_six()
    )


def desk(tmp_path, **more):
    path = tmp_path / "plan.png"
    Image.fromarray(np.full((SIZE[1], SIZE[0], 3), 200, np.uint8)).save(path)
    info = shown({"file": str(path), "out": str(tmp_path / "shown.jpg")}, lambda *_: None)
    return Desk(path, "规划<图>.png", shown=tmp_path / "shown.jpg", info=info, points=desk_points(), **more)


def test_the_picture_is_unpacked_for_the_screen(tmp_path):
    made = desk(tmp_path)
    assert made.info is not None
    assert (made.info["width"], made.info["height"], made.info["kind"]) == (*SIZE, "PNG")
    with Image.open(made.shown) as image:
        assert (image.format, image.size) == ("JPEG", SIZE)


def page(tmp_path, lang="zh", **more):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state[georef_session.FOLDER] = SimpleNamespace(name=str(tmp_path))
    app.session_state[georef_session.KEY] = desk(tmp_path, **more)
    app.session_state["desk-bench"] = "georef"
    app.query_params["lang"] = lang
    return app.run().switch_page("ui/pages/desk_page.py").run()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_fit_is_told_in_both_languages(tmp_path, lang):
    app = page(tmp_path, lang)
    assert not app.exception
    told = component(app, "web-georef-bench")
    assert [each["id"] for each in told["points"]] == [f"p{n}" for n in range(1, 7)]
    assert told["residuals"]["p2"]["dy"] == pytest.approx(4.0, abs=1e-3)
    assert told["residuals"]["p2"]["left_out"] == pytest.approx(6.0, abs=1e-3)
    assert told["picture"]["width"] == SIZE[0]
    body = "".join(each.proto.body for each in app.get("html"))
    assert "3.7 <small>m</small>" in body
    assert "规划&lt;图&gt;.png" in body
    button = {"zh": "纠正并叠加到地图", "en": "Draw it on the map"}[lang]
    assert button in [each.label for each in app.button]


def test_too_few_points_are_counted(tmp_path):
    made = desk(tmp_path)
    app = page(tmp_path)
    app.session_state[georef_session.KEY] = replace(made, points=made.points[:2])
    app.run()
    assert app.info[0].value == "现有 2 个点，此方法至少需要 3 个控制点。"


def test_a_result_becomes_a_backdrop_for_drawing(tmp_path):
    (tmp_path / "a.webp").write_bytes(b"picture")
    (tmp_path / "a.tif").write_bytes(b"tiff")
    record = {"error_m": 61.2, "method": "affine", "source_sha256": "0" * 64}
    made = {
        "tif": tmp_path / "a.tif",
        "web": tmp_path / "a.webp",
        "record": record,
        "web_bounds": [[22, 113], [23, 114]],
    }
    app = page(tmp_path)
    held = app.session_state[georef_session.KEY]
    held.made = made | {"state": state_of(held, Method.AFFINE, "")}
    app.run()
    assert component(app, "web-georef-bench")["preview"]["bounds"] == [[22, 113], [23, 114]]
    app.button(key="georef-underlay").click().run()
    assert not app.exception
    [one] = app.session_state["desk-overlays"]
    assert (one["name"], one["bounds"], one["error_m"]) == ("规划<图>.png", [[22, 113], [23, 114]], 62.0)
    assert one["image_url"] == "data:image/webp;base64,cGljdHVyZQ=="
    held.points = held.points[:-1]
    app.run()
    assert "georef-underlay" not in [each.key for each in app.button], "a result of other points is no backdrop"


def said(*rows, revision=5):
    return {"revision": revision, "points": list(rows)}


def row(**more):
    return {"id": "a", "column": 1, "row": 2, "lon": 114.0, "lat": 22.5, "how": "map", "error_m": 400} | more


def test_points_of_the_browser(tmp_path):
    made = Desk(tmp_path / "x.png", "x.png", info=INFO)
    typed = {"x": "114.065114854", "y": "22.517285200", "system": "gcj02"}
    take_points(made, said(row(), row(id="b", lon=None, lat=None, typed=typed, error_m=1, check=True)))
    first, second = made.points
    assert (first.lon, first.how, first.error_m, made.revision) == (114.0, "map", 400.0, 5)
    assert (second.lon, second.lat) == (pytest.approx(114.06, abs=1e-6), pytest.approx(22.52, abs=1e-6))
    assert (second.how, second.check, second.given) == ("typed", True, "114.065114854, 22.517285200 · GCJ-02")


@pytest.mark.parametrize(
    "bad",
    [
        row(column="x"),
        row(lat=None),
        row(lon=float("nan")),
        row(how="hacked"),
        {"id": "a"},
        "text",
        None,
        row(error_m="x"),
    ],
)
def test_what_is_no_point_is_passed_over(tmp_path, bad):
    made = Desk(tmp_path / "x.png", "x.png", info=INFO)
    take_points(made, said(bad, row()))
    assert len(made.points) == 1
    take_points(made, {"points": "many", "revision": 6})
    take_points(made, {"points": [], "revision": "7"})
    assert (len(made.points), made.revision) == (1, 5)


def test_a_slip_of_the_keyboard_is_told(tmp_path):
    made = Desk(tmp_path / "x.png", "x.png", info=INFO)
    take_points(made, said(row(typed={"x": "11a", "y": "22", "system": "auto"}), row()))
    assert (len(made.points), "are no two numbers" in made.fault) == (1, True)
    take_points(made, said(row()))
    assert made.fault == ""


@pytest.mark.parametrize(
    ("x", "y", "system"),
    [
        ("114.06", "22.52", "auto"),
        ("114.06", "22.52", "EPSG:4490"),
        ("114.065114854", "22.517285200", "gcj02"),
        ("114.071664566", "22.522952157", "bd09"),
        ("506173.0", "2491484.5", "EPSG:4547"),
        ("38506173.0", "2491484.5", "auto"),
    ],
)
def test_typed_places(x, y, system):
    """The published place in three datums, and its easting: 0.06 degrees of longitude from the meridian."""
    lon, lat = typed_place(x, y, system)
    assert lon == pytest.approx(114.06, abs=2e-5)
    assert lat == pytest.approx(22.52, abs=2e-3)


def test_typed_places_in_no_known_system():
    with pytest.raises(ZonesError):
        typed_place("1", "2", "EPSG:nothing")


def test_the_points_handed_over_give_the_same_fit(tmp_path):
    made = Desk(tmp_path / "x.png", "x.png", info=INFO, points=desk_points())
    report, here = judged(made, Method.AFFINE, "")
    again = placed(points_of_text(points_text(made.points), "p.csv"), "p.csv")
    assert here.plane == again.plane == PLANE
    assert report.rms_m == pytest.approx(14**0.5, abs=1e-4)
    for one, two in zip(here.points, again.points, strict=True):
        assert (one.east, one.north) == pytest.approx((two.east, two.north), abs=1e-3)
    with pytest.raises(ZonesError, match="no control point yet"):
        judged(replace(made, points=()), Method.AFFINE, "")


def test_figures_and_table_for_people(tmp_path):
    made = Desk(tmp_path / "x.png", "x.png", info=INFO, points=desk_points())
    report, _ = judged(made, Method.AFFINE, "EPSG:4547")
    text = figures(report, "zh")
    assert "6 个控制点，0.75 像素" in text
    assert "自由度 6" in text
    assert "± 61 <small>m</small>" in text, "8.0 m of the points left out and 60 m of their own"
    assert residual_table(report, "en")["rows"][1]["cells"][4]["text"] == "4.00"
    assert (metres(None), stated(None), stated(60.01), stated(60.0)) == ("—", None, 61.0, 60.0)
