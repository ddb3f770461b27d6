"""Receipts of what a sheet counts of a reader's own layer: hand-counted squares, and what turns them stale."""

import json
from dataclasses import replace

import geopandas
import pypdf
import pytest
from shapely import Point, box

from layers.sheets.sheet import draw_sheet
from layers.sheets.sheet_files import sheet_file
from layers.sheets.sheet_plan import Order
from tests.tiny import write_atlas
from ui.commands import selecting
from ui.sheets import own_picture
from ui.sheets.own_picture import OwnPicture
from zones import read_atlas
from zones.errors import InputError
from zones.proof.receipt_files import read_receipts
from zones.proof.verify import verify

PARK = "tiny.park.whole"
USES = ["R", "R", "M", None, "R", "M"]
SHAPES = [
    *(box(113.852 + 0.002 * at, 22.715, 113.853 + 0.002 * at, 22.716) for at in range(4)),
    box(115.0, 23.5, 115.001, 23.501),  # far outside any window around the park
    None,
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_atlas(tmp_path_factory.mktemp("drawn") / "data")


@pytest.fixture
def atlas(folder, monkeypatch):
    found = read_atlas(folder)
    monkeypatch.setattr(selecting, "read_atlas", lambda **_: found)
    return found


def written(path, shapes=SHAPES, **columns):
    frame = geopandas.GeoDataFrame({"use": USES, **columns}, geometry=list(shapes), crs="EPSG:4490")
    frame.to_file(path, driver="GPKG")
    return path


def made(atlas, path, field="use", lang="zh", form="pdf"):
    own = OwnPicture(path, path.name, field)
    drawn = draw_sheet(atlas, atlas.zones.loc[[PARK]], Order("图", lang=lang), own_picture.added(own, lang))
    out = path.parent / f"sheet.{form}"
    out.write_bytes(sheet_file(atlas, drawn, form)[0])
    return out


def counted(receipts):
    return next(each for each in receipts if each.kind == "drawn")


@pytest.mark.parametrize("form", ["pdf", "svg", "png"])
def test_the_counts_of_a_sheet_are_in_its_record_and_hold(atlas, tmp_path, form):
    path = written(tmp_path / "blocks.gpkg")
    out = made(atlas, path, form=form)
    held = counted(read_receipts(out).receipts)
    # Six features: five with a shape, four of them in the window; three R and one M with a shape, one unnamed.
    assert (held.value, held.unit) == (4, "count")
    assert (held.drawn.features, held.drawn.without_shape) == (6, 1)
    assert dict(held.drawn.rows) == {"": 1, "M": 1, "R": 3}
    # No path of this machine goes into a file that is handed on.
    assert [each.path for each in held.files] == ["blocks.gpkg"]
    verdict = selecting.verified(out)
    assert verdict.holds, verdict.reason
    assert verdict.reason.startswith("all 2 receipts hold")


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        ("zh", ("R（3）", "M（1）", "未分类（1）", "另有 1 个要素没有图形，未绘。", "图幅内 4 个，全层 5 个。")),
        ("en", ("R (3)", "M (1)", "no class (1)", "1 without a shape: not drawn.", "4 in the map window, of 5.")),
    ],
)
def test_the_sheet_tells_what_its_receipt_counts(atlas, tmp_path, lang, texts):
    own = OwnPicture(written(tmp_path / "blocks.gpkg"), "blocks.gpkg", "use")
    drawn = draw_sheet(atlas, atlas.zones.loc[[PARK]], Order("图", lang=lang), own_picture.added(own, lang))
    # A note may be broken into lines.
    said = "".join("".join(drawn.plan.texts).split())
    assert [each for each in texts if "".join(each.split()) not in said] == []


def test_a_centimetre_of_the_layer_touches_its_count_and_no_area(atlas, tmp_path):
    path = written(tmp_path / "blocks.gpkg")
    out = made(atlas, path)
    west, south, east, north = SHAPES[0].bounds
    written(path, [box(west + 1e-7, south, east, north), *SHAPES[1:]])
    verdict = selecting.verified(out)
    (stale,) = verdict.stale
    assert stale.kind == "drawn"
    assert "the file counted changed" in stale.reasons[0]
    assert len(stale.reasons) == 1


def test_counts_that_changed_are_named(atlas, tmp_path):
    path = written(tmp_path / "blocks.gpkg")
    out = made(atlas, path)
    geopandas.GeoDataFrame(
        {"use": ["R", "M"]}, geometry=[SHAPES[0], SHAPES[4]], crs="EPSG:4490"
    ).to_file(path, driver="GPKG")  # fmt: skip
    (stale,) = selecting.verified(out).stale
    assert (stale.value, stale.now) == (4, 1)
    told = " ".join(stale.reasons)
    for part in ("features in the file 6 -> 2", "without a shape 1 -> 0", "class R: 3 -> 1", "value 4.0 -> 1.0"):
        assert part in told
    geopandas.GeoDataFrame({"other": ["R"]}, geometry=[SHAPES[0]], crs="EPSG:4490").to_file(path, driver="GPKG")
    assert "has no field use any more" in selecting.verified(out).reason


def test_a_record_that_was_altered_is_named(atlas, tmp_path):
    path = written(tmp_path / "blocks.gpkg")
    held = counted(read_receipts(made(atlas, path)).receipts)
    for odd in (
        replace(held, value=3.0),
        replace(held, drawn=replace(held.drawn, without_shape=0)),
        replace(held, drawn=replace(held.drawn, window=(0.0, 0.0, 1.0, 1.0))),
        replace(held, drawn=None),
        replace(held, crs="no system"),
        replace(held, crs="EPSG:4490"),
    ):
        (stale,) = verify(atlas, [odd], files={"blocks.gpkg": path}).stale
        assert "altered" in stale.reasons[0]


def test_the_layer_has_to_be_at_hand(atlas, tmp_path):
    path = written(tmp_path / "blocks.gpkg")
    out = made(atlas, path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    path.rename(elsewhere / "blocks.gpkg")
    with pytest.raises(InputError, match="not at hand"):
        selecting.verified(out)
    assert selecting.verified(out, [elsewhere / "blocks.gpkg"]).holds


def test_an_imported_layer_is_known_as_it_is_downloaded(atlas, tmp_path):
    path = tmp_path / "0a1b.parquet"
    # Ids that are empty or stand twice do not matter to a picture.
    frame = geopandas.GeoDataFrame(
        {"zone_id": ["a", "a", None]}, geometry=[*SHAPES[:2], Point(113.855, 22.715)], crs="EPSG:4490"
    )
    frame.to_parquet(path, index=False)
    own = OwnPicture(path, "地块", imported=True)
    drawn = draw_sheet(atlas, atlas.zones.loc[[PARK]], Order("图"), own_picture.added(own, "zh"))
    out = tmp_path / "sheet.pdf"
    out.write_bytes(sheet_file(atlas, drawn, "pdf")[0])
    held = counted(read_receipts(out).receipts)
    assert ([each.path for each in held.files], held.value) == (["地块.parquet"], 3)
    assert selecting.verified(out, [path]).holds


def test_the_command_leaves_a_sheet_that_verifies(zones, tmp_path):
    path, out = written(tmp_path / "blocks.gpkg"), tmp_path / "sheet.pdf"
    code, _, err = zones("sheet", PARK, "-o", out, "--layer", path, "--class", "use")
    assert code == 0, err
    record = json.loads(pypdf.PdfReader(out).attachments["zones-receipts.json"][0])
    assert [each["kind"] for each in record["receipts"]] == ["area", "drawn"]
    assert zones("verify", out)[0] == 0
    written(path, [*SHAPES[:3], None, *SHAPES[4:]])
    assert zones("verify", out)[0] == 1
