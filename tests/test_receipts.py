"""Receipts: a number names what it rests on, holds while that stands, and says what changed when it does not."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import geopandas
import numpy as np
import openpyxl
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.exports.exports import export
from layers.exports.receipts_beside import write_receipts
from layers.passport import embed
from layers.tables import tables
from layers.tables.receipt_page import PIECE, json_pieces
from tests.tiny import write_atlas
from zones import read_atlas
from zones.errors import InputError
from zones.measure import measure
from zones.overlap import Grid, faces, grid_of, pairs, totals, union
from zones.proof import receipt_changes, receipts
from zones.proof.receipt_files import SIDECAR, read_receipts
from zones.proof.receipts import (
    Receipt,
    area_receipts,
    canonical,
    content_id,
    document_bytes,
    overlap_receipts,
    totals_receipts,
    union_receipts,
)
from zones.proof.verify import verify as checked

CENTIMETRE = 0.01 / 111_000
ROOT = Path(__file__).resolve().parents[1]
SHIPPED = read_atlas(base=False)
POLYGONS = SHIPPED.zones[SHIPPED.zones.geometry.geom_type.isin(("Polygon", "MultiPolygon"))]


def every(atlas):
    """Return the receipts of all areas, all pairs, the totals of each plan and the totals of all."""
    plans = [frame for _, frame in atlas.zones.groupby("plan_id")]
    sums = [receipt for frame in [*plans, atlas.zones] for receipt in totals_receipts(atlas, frame)]
    return [*area_receipts(atlas, atlas.zones), *overlap_receipts(atlas, atlas.zones), *sums]


ISSUED = every(SHIPPED)


def with_cell(atlas, zone_id, column, value):
    frame = atlas.zones.copy()
    cells = list(frame[column])
    cells[frame.index.get_loc(zone_id)] = value
    frame[column] = geopandas.GeoSeries(cells, index=frame.index, crs=frame.crs) if column == "geometry" else cells
    return replace(atlas, zones=frame)


def moved(shape, place):
    """Return the shape with the vertex at one place in its coordinates 1 cm further north."""
    points = shapely.get_coordinates(shape)
    vertex = points[place % len(points)]
    shift = np.array([0.0, CENTIMETRE])
    return shapely.transform(shape, lambda each: np.where((each == vertex).all(axis=1)[:, None], each + shift, each))


def touched(issued, zone_id):
    return {each.id for each in issued if zone_id in {source.zone_id for source in each.zones}}


def stale(atlas, issued):
    return {each.id for each in checked(atlas, issued).stale}


@pytest.fixture
def tiny(tmp_path):
    return read_atlas(write_atlas(tmp_path / "data"))


def only(issued, kind, zone_id, method=""):
    found = [each for each in issued if each.kind == kind and each.zones[0].zone_id == zone_id]
    return next(each for each in found if each.method.startswith(method))


def test_unchanged_data_holds():
    verdict = checked(SHIPPED, ISSUED)
    assert verdict.holds
    assert verdict.stale == ()
    assert verdict.reason == f"all {len(ISSUED)} receipts hold on data version {SHIPPED.version}"


@settings(max_examples=6, deadline=None)
@given(st.sampled_from(list(POLYGONS.index)), st.integers(0, 10_000))
def test_one_vertex_by_a_centimetre_turns_exactly_the_touched_receipts_stale(zone_id, place):
    atlas = with_cell(SHIPPED, zone_id, "geometry", moved(SHIPPED.zones.geometry[zone_id], place))
    verdict = checked(atlas, ISSUED)
    assert {each.id for each in verdict.stale} == touched(ISSUED, zone_id)
    assert all(any(f"zone {zone_id}: geometry changed" in why for why in each.reasons) for each in verdict.stale)


def test_a_stale_receipt_says_what_changed_and_gives_both_values():
    zone_id = "baoan.core.tiezaishan"
    atlas = with_cell(SHIPPED, zone_id, "geometry", moved(SHIPPED.zones.geometry[zone_id], 0))
    old = only(ISSUED, "area", zone_id, "ellipsoid")
    found = next(each for each in checked(atlas, ISSUED).stale if each.id == old.id)
    now = float(measure(atlas.zones.loc[[zone_id]])["ellipsoid_m2"].iloc[0])
    assert (found.value, found.now) == (old.value, now)
    assert f"value {old.value!r} -> {now!r} m2" in found.reasons


@settings(max_examples=5, deadline=None)
@given(st.sampled_from(list(POLYGONS.index[POLYGONS["half_width_m"].isna()])), st.floats(1, 900))
def test_a_changed_error_touches_only_what_bears_its_error(zone_id, error_m):
    if error_m == SHIPPED.zones.at[zone_id, "error_m"]:
        return
    atlas = with_cell(SHIPPED, zone_id, "error_m", error_m)
    expected = {each.id for each in ISSUED if each.kind in ("area", "difference") and each.zones[0].zone_id == zone_id}
    verdict = checked(atlas, ISSUED)
    assert {each.id for each in verdict.stale} == expected
    assert all("declared error in m" in each.reasons[0] for each in verdict.stale)


def test_a_band_hangs_on_its_axis_not_on_the_error_of_its_edge(tiny):
    issued, line = every(tiny), "tiny.corridor.line"
    assert stale(with_cell(tiny, line, "error_m", 5.0), issued) == set()
    expected = {each.id for each in issued if each.kind == "area" and each.zones[0].zone_id == line}
    assert len(expected) == 3
    assert stale(with_cell(tiny, line, "axis_error_m", 5.0), issued) == expected
    longer = shapely.LineString([(113.84, 22.706), (113.88, 22.7061)])
    assert stale(with_cell(tiny, line, "axis", longer), issued) == expected


def test_a_stated_area_touches_the_difference_alone(tiny):
    issued = every(tiny)
    atlas = with_cell(tiny, "tiny.park.whole", "declared_area_m2", 5e6)
    assert stale(atlas, issued) == {only(issued, "difference", "tiny.park.whole").id}


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        ("area", {"value": 1.0}, "value 1.0 -> "),
        ("overlap", {"value": 1.0}, "value 1.0 -> "),
        ("k_fold", {"value": 1.0}, "value 1.0 -> "),
        ("area", {"error_m2": 1.0}, "± 1.0 -> "),
        ("overlap", {"shares": receipts.Shares(0.5, 0.5)}, "share of_a 0.5 -> "),
        ("area", {"method": "ellipsoid/0"}, "method ellipsoid/0 -> ellipsoid/1"),
        ("area", {"crs": "EPSG:3857"}, "reference system EPSG:3857 -> EPSG:4490"),
        ("overlap", {"thresholds": receipts.Thresholds()}, "names no grid"),
        ("overlap", {"thresholds": receipts.Thresholds(grid=Grid((1e308, 0.0), 1e-12))}, "is not cut on cells"),
        ("overlap", {"thresholds": receipts.Thresholds(grid=Grid((113.0, 22.0), -1.0))}, "is not cut on cells"),
        ("overlap", {"zones": ()}, "cannot name 0 zones"),
        ("area", {"zones": (receipts.Input("tiny.park.gone", ""),)}, "tiny.park.gone is no longer in the atlas"),
        ("area", {"zones": (receipts.Input("tiny.node.lost", ""),)}, "tiny.node.lost has no polygon any more"),
        ("k_fold", {"thresholds": receipts.Thresholds(k=9)}, "no ground lies under exactly 9"),
    ],
)
@pytest.mark.parametrize("resealed", [False, True])
def test_a_tampered_receipt_is_named_with_or_without_a_new_id(tiny, kind, changes, words, resealed):
    issued = every(tiny)
    place = next(place for place, each in enumerate(issued) if each.kind == kind)
    forged = replace(issued[place], **changes)
    forged = replace(forged, id=content_id(forged)) if resealed else forged
    verdict = checked(tiny, [*issued[:place], forged, *issued[place + 1 :]])
    (found,) = verdict.stale
    assert found.id == forged.id
    assert any(words in why for why in found.reasons)
    assert found.reasons[0].startswith("the receipt was altered") is not resealed
    assert verdict.reason.startswith(f"1 of {len(issued)} receipts are stale")


def test_numbers_are_those_of_the_measure_to_the_last_digit():
    table = measure(SHIPPED.zones)
    for zone_id, row in table[table["ellipsoid_m2"].notna()].head(20).iterrows():
        assert only(ISSUED, "area", zone_id, "ellipsoid").value == row["ellipsoid_m2"]
        assert only(ISSUED, "area", zone_id, "ellipsoid").error_m2 == row["error_m2"]
        assert only(ISSUED, "area", zone_id, "plane").crs == row["plane_crs"]
        assert only(ISSUED, "perimeter", zone_id).value == row["perimeter_m"]
    found = [each.value for each in ISSUED if each.kind == "overlap"]
    assert found == list(pairs(SHIPPED.zones)["overlap_m2"])


def test_an_id_does_not_change_with_the_rest_of_the_atlas(tiny):
    other = replace(tiny, version="00000000")
    assert [each.id for each in every(other)] == [each.id for each in every(tiny)]


def test_other_software_alone_is_no_reason_but_is_named_when_a_number_differs(tiny):
    old = only(every(tiny), "area", "tiny.park.whole", "ellipsoid")
    older = replace(old, versions=old.versions | {"geos": "3.0.0"})
    assert checked(tiny, [older]).holds
    odd = replace(older, value=old.value + 1)
    odd = replace(odd, id=content_id(odd))
    assert "no input changed; the software did" in checked(tiny, [odd]).stale[0].reasons[-1]


def test_an_overlap_of_unions_rests_on_all_zones_of_both_sides():
    a = SHIPPED.zones[SHIPPED.zones["kind"] == "corridor"]
    b = SHIPPED.zones[SHIPPED.zones["kind"] == "park"]
    left, right = union(a, "a"), union(b, "b")
    issued = union_receipts(SHIPPED, a, b, pairs(left, right), grid_of(left, right))
    assert len(issued) == 1
    assert checked(SHIPPED, issued).holds
    zone_id = issued[0].zones[-1].zone_id
    atlas = with_cell(SHIPPED, zone_id, "geometry", moved(SHIPPED.zones.geometry[zone_id], 1))
    assert not checked(atlas, issued).holds
    bow = shapely.Polygon([(114, 22.6), (114.1, 22.7), (114.1, 22.6), (114, 22.7)])
    assert "not valid" in checked(with_cell(SHIPPED, zone_id, "geometry", bow), issued).reason
    assert "not valid" in " ".join(
        why for each in checked(with_cell(SHIPPED, zone_id, "geometry", bow), ISSUED).stale for why in each.reasons
    )


def test_two_processes_write_the_same_bytes():
    code = (
        "import sys; from zones import read_atlas; from zones.proof.receipts import *; a = read_atlas(base=False); "
        "r = area_receipts(a, a.zones) + overlap_receipts(a, a.zones) + totals_receipts(a, a.zones); "
        "sys.stdout.buffer.write(document_bytes(r))"
    )
    written = []
    for seed in ("1", "2"):
        ran = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        )
        written.append(ran.stdout)
    assert written[0] == written[1]
    own = area_receipts(SHIPPED, SHIPPED.zones) + overlap_receipts(SHIPPED, SHIPPED.zones)
    assert written[0] == document_bytes(own + totals_receipts(SHIPPED, SHIPPED.zones))


def test_a_receipts_file_reads_back_as_it_was(tmp_path):
    write_receipts(tmp_path / "r.json", ISSUED)
    assert list(read_receipts(tmp_path / "r.json").receipts) == ISSUED


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".csv", ".xlsx"])
def test_an_export_carries_the_receipts_of_its_areas(tmp_path, suffix):
    path = tmp_path / f"zones{suffix}"
    answer = export(SHIPPED, SHIPPED.zones, path)
    held = read_receipts(path)
    assert {each.zones[0].zone_id for each in held.receipts} == set(POLYGONS.index)
    assert checked(SHIPPED, held.receipts, held.shown).holds
    assert answer["receipt"]["receipts"] == [receipts.as_dict(each) for each in held.receipts]
    assert len(held.shown) == 2 * len(POLYGONS)
    (tmp_path / "answer.json").write_text(json.dumps(answer), encoding="utf-8")
    assert read_receipts(tmp_path / "answer.json").receipts == held.receipts


@pytest.mark.parametrize("suffix", [".svg", ".html"])
def test_a_picture_that_carries_its_receipts_is_verified(tiny, tmp_path, suffix):
    picture = {".svg": b'<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>', ".html": b"<html><body></body></html>"}
    issued = area_receipts(tiny, tiny.zones)
    path = tmp_path / f"map{suffix}"
    path.write_bytes(embed(picture[suffix], suffix, receipts.document(issued) | {"title": "图"}))
    held = read_receipts(path)
    assert held.receipts == issued
    assert checked(tiny, held.receipts, held.shown).holds
    whole = moved(tiny.zones.geometry["tiny.park.whole"], 0)
    found = stale(with_cell(tiny, "tiny.park.whole", "geometry", whole), held.receipts)
    assert found == touched(issued, "tiny.park.whole")


def test_a_number_changed_in_an_exported_file_is_named(tiny, tmp_path):
    path = tmp_path / "zones.xlsx"
    export(tiny, tiny.zones, path)
    book = openpyxl.load_workbook(path)
    heads = [cell.value for cell in book["zones"][1]]
    book["zones"].cell(2, heads.index("area_m2") + 1).value = 9e6
    book["zones"].cell(3, heads.index("receipt") + 1).value = "000000000000"
    book.save(path)
    held = read_receipts(path)
    reasons = [why for each in checked(tiny, held.receipts, held.shown).stale for why in each.reasons]
    assert any("the file shows under area_m2: 9000000.0, the receipt was issued for 4" in why for why in reasons)
    assert "the file holds no such receipt" in reasons


def test_area_and_overlap_tables_carry_every_receipt(tiny, tmp_path):
    path = tmp_path / "areas.xlsx"
    path.write_bytes(tables.area_workbook(tiny, tiny.zones))
    assert read_receipts(path).receipts == area_receipts(tiny, tiny.zones)
    first = tables.area_sheet(tiny, tiny.zones).table.iloc[0]
    assert first["凭证号"] == only(area_receipts(tiny, tiny.zones), "area", first["编号"], "ellipsoid").id
    cut = totals(faces(tiny.zones))
    path.write_bytes(tables.overlap_workbook(tiny, tiny.zones, pairs(tiny.zones), cut, lang="en"))
    found = read_receipts(path).receipts
    assert found == overlap_receipts(tiny, tiny.zones) + totals_receipts(tiny, tiny.zones)
    sheet = openpyxl.load_workbook(path)["Pairs"]
    assert [row[-1] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        each.id for each in found if each.kind == "overlap"
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_number_of_a_table_is_held_to_its_receipt(tiny, tmp_path, lang):
    areas, overlaps = tmp_path / "areas.xlsx", tmp_path / "overlaps.xlsx"
    areas.write_bytes(tables.area_workbook(tiny, tiny.zones, lang=lang))
    cut = totals(faces(tiny.zones))
    overlaps.write_bytes(tables.overlap_workbook(tiny, tiny.zones, pairs(tiny.zones), cut, "mu", lang))
    # Three methods, ± and difference in three units, and the perimeter; not the stated area, nor the edge error.
    for path, sheet, columns in ((areas, 0, 16), (areas, 1, 2), (overlaps, 0, 3), (overlaps, 1, 1)):
        book = openpyxl.load_workbook(path)
        held = read_receipts(path, tables.figure_heads())
        assert checked(tiny, held.receipts, held.shown).holds
        numbers = [cell for cell in book.worksheets[sheet][2] if isinstance(cell.value, int | float)]
        caught = sum(caught_when_changed(tiny, tmp_path, book, cell) for cell in numbers)
        assert caught == columns


def caught_when_changed(atlas, folder, book, cell):
    value, cell.value = cell.value, cell.value * 1.0001
    book.save(folder / "changed.xlsx")
    cell.value = value
    held = read_receipts(folder / "changed.xlsx", tables.figure_heads())
    return not checked(atlas, held.receipts, held.shown).holds


def test_long_receipts_are_cut_where_no_piece_looks_like_a_formula():
    text = canonical({"zones": [f"-zone.{number}" for number in range(9_000)]})
    pieces = json_pieces(text)
    assert len(pieces) > 2
    assert "".join(pieces) == text
    assert all(len(piece) <= PIECE and piece[0] in '{"' for piece in pieces)


ENDLESS = json.dumps(receipts.as_dict(ISSUED[0]) | {"value": float("nan")}).encode()

BROKEN = {
    "none.json": (None, "no such file"),
    "cut.json": (b'{"receipts":[{"id', "not readable as JSON"),
    "latin.json": ("é".encode("latin-1"), "not readable as JSON"),
    "empty.json": (b'{"receipts":[]}', "holds no receipt"),
    "plain.geojson": (b'{"type":"FeatureCollection","features":[]}', "holds no receipt"),
    "list.json": (b"[3]", "receipt 1"),
    "kind.json": (b'[{"id":"0","kind":"colour","value":1,"zones":[]}]', "receipt 1: kind"),
    "endless.json": (ENDLESS, "receipt 1: a number is not finite"),
    "deep.json": (b"[" * 100_000, "not readable as JSON"),
    "book.xlsx": (b"PK not a book", "not readable as XLSX"),
    "pack.gpkg": (b"not a package", "not readable as a GeoPackage"),
    "table.csv": (b"a,b\n", f"stand in table.csv{SIDECAR}, which is not beside it"),
    "map.pdf": (b"%PDF", "not readable as PDF"),
    "map.bmp": (b"BM", "'.bmp' files hold no receipts"),
    "map.svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "holds no receipt"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_unreadable_file_is_one_sentence(tmp_path, name):
    content, words = BROKEN[name]
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_receipts(path)
    assert words in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".csv", ".xlsx"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_file_cut_off_is_one_sentence(tiny, tmp_path, suffix, share):
    path = tmp_path / f"zones{suffix}"
    export(tiny, tiny.zones, path)
    damaged = path.with_name(path.name + SIDECAR) if suffix == ".csv" else path
    damaged.write_bytes(damaged.read_bytes()[: int(share * damaged.stat().st_size)])
    with pytest.raises(InputError, match="not readable") as caught:
        read_receipts(path)
    assert "\n" not in str(caught.value)


def test_a_workbook_or_package_without_receipts_says_so(tmp_path):
    book = openpyxl.Workbook()
    book.save(tmp_path / "other.xlsx")
    POLYGONS[["geometry"]].to_file(tmp_path / "other.gpkg", layer="zones")
    for name in ("other.xlsx", "other.gpkg"):
        with pytest.raises(InputError, match="holds no receipt"):
            read_receipts(tmp_path / name)


def test_a_receipt_is_frozen():
    with pytest.raises(AttributeError):
        ISSUED[0].value = 1.0
    assert isinstance(ISSUED[0], Receipt)
    assert receipt_changes.RELATIVE < 1e-8
