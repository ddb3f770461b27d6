"""The atlas: a page per zone that says what the zone is, a book that hangs together, and only changed pages redrawn."""

import io
from dataclasses import replace

import pypdf
import pytest

from layers.sheets import page_cache
from layers.sheets.lean_fonts import lean_fonts, lean_signs
from layers.sheets.page_cache import cache_folder, open_cache, read_book
from layers.sheets.page_facts import page_facts
from layers.sheets.sheet_atlas import atlas_bytes, page_key, write_atlas, zone_page
from layers.sheets.sheet_book import BookOrder, index_map, rows_per_page
from layers.sheets.sheet_page import PageLook
from layers.sheets.sheet_text import font, lean_type, missing_signs
from tests.lean import with_lean_fonts
from tests.tiny import FEATURES, PLAN, changed
from tests.tiny import write_atlas as write_data
from zones import read_atlas
from zones.errors import InputError
from zones.measure import measure
from zones.overlap import pairs
from zones.proof.passport import read_record
from zones.proof.receipts import area_receipts

ORDER = BookOrder("小图册", PageLook(size="A4"), organisation="某局", date="2026-11-21")


@pytest.fixture(scope="module")
def atlas(tmp_path_factory):
    return read_atlas(write_data(tmp_path_factory.mktemp("book") / "data"))


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return with_lean_fonts(tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def book(atlas, kept):
    return atlas_bytes(atlas, atlas.zones, ORDER, kept)


def pages(content):
    return [page.extract_text().replace("\n", "") for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def test_a_book_has_cover_contents_index_and_a_page_for_each_zone(atlas, book):
    content, count, _ = book
    texts = pages(content)
    assert count == len(texts) == 3 + len(atlas.zones)
    assert "小图册" in texts[0]
    assert "某局" in texts[0]
    assert "© 某" in texts[0]
    assert "目录" in texts[1]
    assert "索引图" in texts[2]
    for zone, text in zip(atlas.zones.itertuples(), texts[3:], strict=True):
        assert zone.name_zh in text


def test_each_page_but_the_cover_has_its_number_and_the_data_version(atlas, book):
    texts = pages(book[0])
    assert f"/ {len(texts)}" not in texts[0]
    for number, text in enumerate(texts[1:], start=2):
        assert f"{number} / {len(texts)}" in text
        assert atlas.version in text
        assert "内部用图" in text


def test_contents_index_and_bookmarks_lead_to_the_right_pages(atlas, book):
    reader = pypdf.PdfReader(io.BytesIO(book[0]))
    marks = reader.outline
    assert [mark.title for mark in marks[:3]] == ["封面", "目录", "索引图"]
    assert marks[3].title == "小规划"
    assert [mark.title for mark in marks[4]] == list(atlas.zones["name_zh"])
    assert [reader.get_destination_page_number(mark) for mark in marks[4]] == list(range(3, 3 + len(atlas.zones)))
    links = [each.get_object() for each in reader.pages[1]["/Annots"]]
    # One line for the index map, one for the plan, one for each zone.
    assert len(links) == 2 + len(atlas.zones)
    targets = [link["/Dest"][0].get_object() for link in links]
    assert [_number(reader, page) for page in targets] == [2, 3, 3, 4, 5, 6]
    drawable = atlas.zones.geometry.notna() | atlas.zones["axis"].notna()
    index = pages(book[0])[2]
    for number in [4 + at for at, shown in enumerate(drawable) if shown]:
        assert str(number) in index


def _number(reader, page):
    return next(at for at, each in enumerate(reader.pages) if each.get_object() == page)


def test_a_zone_page_says_what_the_zone_is(atlas, book):
    at = list(atlas.zones.index).index("tiny.core.part")
    text = pages(book[0])[3 + at]
    for expected in ("石岩南片区", "核心片区", "小规划", "两园", "铁仔山园区", "推定边界", "按道路", "第1–9行"):
        assert expected in text
    row = measure(atlas.zones.loc[["tiny.core.part"]]).iloc[0]
    assert row["ellipsoid_m2"] > 0
    (facts,) = page_facts(atlas, atlas.zones.loc[["tiny.core.part"]], 10)
    for each in facts.areas:
        assert each.receipt in text


def test_the_facts_of_a_page_are_the_figures_of_the_core(atlas):
    (facts,) = page_facts(atlas, atlas.zones.loc[["tiny.core.part"]], 10)
    row = measure(atlas.zones.loc[["tiny.core.part"]]).iloc[0]
    assert [each.area_m2 for each in facts.areas] == [row[f"{way}_m2"] for way in ("ellipsoid", "survey", "plane")]
    table = pairs(atlas.zones)
    expected = {
        **{pair.b_id: (pair.overlap_m2, pair.share_of_a) for pair in table.itertuples() if pair.a_id == facts.zone_id},
        **{pair.a_id: (pair.overlap_m2, pair.share_of_b) for pair in table.itertuples() if pair.b_id == facts.zone_id},
    }
    assert {each.zone_id: (each.overlap_m2, each.share) for each in facts.overlaps} == expected
    assert facts.overlap_count == len(expected)
    assert facts.drawn[0] == "tiny.core.part"


def test_a_zone_without_a_shape_says_why(atlas, book):
    at = list(atlas.zones.index).index("tiny.node.lost")
    text = pages(book[0])[3 + at]
    assert "没有图形" in text
    assert atlas.zones.at["tiny.node.lost", "unlocated_zh"] in text


def test_the_same_book_has_equal_bytes_drawn_or_kept(atlas, kept, book, tmp_path):
    again, _, used = atlas_bytes(atlas, atlas.zones, ORDER, kept)
    assert (used.drawn, used.kept) == (0, len(atlas.zones))
    assert again == book[0]
    one = atlas.zones.loc[["tiny.core.part"]]
    (fresh, _, first), (from_kept, _, second) = (
        atlas_bytes(atlas, one, ORDER, folder) for folder in (with_lean_fonts(tmp_path), kept)
    )
    assert (first.drawn, second.kept) == (1, 1)
    assert fresh == from_kept


def test_one_changed_zone_redraws_its_own_page_and_those_that_show_it(atlas, kept, book, tmp_path):
    del book
    plan = changed(PLAN, ["zones", 1, "positioning"], {"zh": "新定位", "en": "New", "at": 3})
    other = read_atlas(write_data(tmp_path / "data", plan=plan))
    content, _, used = atlas_bytes(other, other.zones, ORDER, kept)
    assert other.version != atlas.version
    assert (used.drawn, used.kept) == (1, len(atlas.zones) - 1)
    assert "新定位" in "".join(pages(content))


def test_a_moved_outline_redraws_the_pages_that_show_it(atlas, kept, book, tmp_path):
    del book
    moved = changed(FEATURES, [1, "properties", "error_m"], 250.0)
    other = read_atlas(write_data(tmp_path / "data", features=moved))
    before = {each.zone_id: each for each in page_facts(atlas, atlas.zones, 10)}
    after = {each.zone_id: each for each in page_facts(other, other.zones, 10)}
    touched = {zone_id for zone_id in before if before[zone_id].digest() != after[zone_id].digest()}
    assert touched == {moved[1]["properties"]["zone_id"]}
    _, _, used = atlas_bytes(other, other.zones, ORDER, kept)
    assert used.drawn == 1


def test_another_look_is_another_page(atlas):
    (facts,) = page_facts(atlas, atlas.zones.iloc[[0]], 10)
    keys = {
        page_key(facts, "base", order)
        for order in (
            ORDER,
            replace(ORDER, look=PageLook(size="A3")),
            replace(ORDER, look=PageLook("en", "A4")),
            replace(ORDER, look=PageLook(size="A4", theme="print")),
        )
    }
    assert len(keys | {page_key(facts, "other base", ORDER)}) == 5
    # Title, date and page number stand in the line under a page, which is no part of it.
    assert page_key(facts, "base", replace(ORDER, title="别的", date="2027-01-01")) in keys


def test_a_book_on_disk_tells_what_it_rests_on(atlas, kept, book, tmp_path):
    told = []
    path = tmp_path / "book.pdf"
    written = write_atlas(atlas, atlas.zones, ORDER, path, kept, lambda done, total: told.append((done, total)))
    assert path.read_bytes() == read_book(str(path))
    assert [page.extract_text() for page in pypdf.PdfReader(path).pages] == [
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(book[0])).pages
    ]
    issued = [receipt.id for receipt in area_receipts(atlas, atlas.zones)]
    assert [each["id"] for each in read_record(path)["receipts"]] == issued
    assert (written["pages"], written["drawn"], written["kept"]) == (7, 0, 4)
    assert written["receipt"]["zones"] == list(atlas.zones.index)
    assert written["receipt"]["data_version"] == atlas.version
    assert told == [(3, 7), (4, 7), (5, 7), (6, 7), (7, 7)]


def test_a_book_that_is_stopped_leaves_no_file(atlas, kept, tmp_path):
    def stop(done, total):
        del total
        if done > 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atlas(atlas, atlas.zones, ORDER, tmp_path / "book.pdf", kept, stop)
    assert list(tmp_path.iterdir()) == []


def test_only_pdf_is_an_atlas(atlas, kept, tmp_path):
    with pytest.raises(InputError, match=r"end the name with \.pdf"):
        write_atlas(atlas, atlas.zones, ORDER, tmp_path / "book.svg", kept)


def test_a_page_cut_short_is_drawn_again(tmp_path):
    kept = open_cache(tmp_path / "pages")
    assert kept.page("a", lambda: b"%PDF whole %%EOF") == b"%PDF whole %%EOF"
    (tmp_path / "pages" / "a.pdf").write_bytes(b"%PDF who")
    assert kept.page("a", lambda: b"%PDF whole %%EOF") == b"%PDF whole %%EOF"
    assert (kept.drawn, kept.kept) == (2, 0)
    assert kept.page("a", lambda: b"never") == b"%PDF whole %%EOF"
    assert kept.kept == 1


def test_old_pages_are_thrown_away_but_not_those_in_use(tmp_path, monkeypatch):
    monkeypatch.setattr(page_cache, "MOST_PAGES", 2)
    first = open_cache(tmp_path)
    for name in ("a", "b", "c"):
        first.page(name, lambda: b"%PDF %%EOF")
    second = open_cache(tmp_path)
    second.page("d", lambda: b"%PDF %%EOF")
    second.tidy()
    assert len(list(tmp_path.glob("*.pdf"))) == 2
    assert (tmp_path / "d.pdf").exists()


def test_the_cache_stands_where_it_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv(page_cache.CACHE_VARIABLE, str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv(page_cache.CACHE_VARIABLE)
    assert cache_folder().name == "innovation-zone-atlas"
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match="ZONES_CACHE"):
        open_cache(tmp_path / "file" / "pages")
    with pytest.raises(InputError, match="make the atlas again"):
        read_book(str(tmp_path / "gone.pdf"))


def test_lean_fonts_hold_common_signs_and_are_made_once(kept, book):
    del book
    files = lean_fonts(kept)
    times = {path: path.stat().st_mtime_ns for path in files.values()}
    assert {path: path.stat().st_mtime_ns for path in lean_fonts(kept).values()} == times
    assert missing_signs("".join(sign for sign in "深圳创新区图集①±²—…" if sign in lean_signs())) == ""
    assert set("深圳创新区图集①±²—…") <= lean_signs()
    before = font().get_file()
    with lean_type(files):
        assert font().get_file() == str(files["regular"])
    assert font().get_file() == before


def test_a_rare_sign_is_set_in_the_whole_font(tmp_path, kept):
    # 塱 is no sign of GB 2312.
    rare = read_atlas(write_data(tmp_path / "data", plan=changed(PLAN, ["zones", 1, "name", "zh"], "大塱片区")))
    (facts,) = page_facts(rare, rare.zones.loc[["tiny.core.part"]], 10)
    assert "塱" not in lean_signs()
    with lean_type(lean_fonts(kept)):
        content = zone_page(rare, facts, ORDER)
    assert "大塱片区" in pages(content)[0]


def test_many_zones_fill_more_than_one_page_of_contents():
    look = PageLook(size="A4")
    assert rows_per_page(look) > 60
    assert rows_per_page(look) % 3 == 0


def test_binding_lays_a_line_over_each_page(book):
    reader = pypdf.PdfReader(io.BytesIO(book[0]))
    forms = [page["/Resources"]["/XObject"]["/PageLine"] for page in reader.pages]
    assert len(forms) == len(reader.pages)
    fonts = {str(each.raw_get("/Resources")["/Font"].get_object().get("/F1")) for each in forms[1:]}
    assert len(fonts) == 1


def test_the_index_map_names_zones_by_page_alone():
    held = read_atlas()
    located = held.zones[held.zones.geometry.notna() | held.zones["axis"].notna()]
    plan = index_map(held, located, range(8, 8 + len(located)), BookOrder("图册")).plan
    assert "编号区名" not in plan.texts
    # A sign on the map is the page of its zone, never a number for it.
    pages = {zone.name for zone in plan.zones}
    assert pages <= {str(page) for page in range(8, 8 + len(located))}
    assert {label.text for label in plan.labels if label.of_zone} <= pages
    assert sum(not zone.named for zone in plan.zones) <= 10
