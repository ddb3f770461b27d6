"""Sides in words: every expected value was read off the text by hand."""

import pytest

from zones.sides.sides_grammar import Direction, read_phrases, tidy

N, E, S, W = Direction.NORTH, Direction.EAST, Direction.SOUTH, Direction.WEST

TABLE = [
    # The usual form, and its punctuation of either width.
    ("北至甲路，东至乙路，南至丙路，西至丁路", [(N, "甲路"), (E, "乙路"), (S, "丙路"), (W, "丁路")]),
    ("北至甲路,东至乙路;南至丙路;西至丁路", [(N, "甲路"), (E, "乙路"), (S, "丙路"), (W, "丁路")]),
    ("北至甲路东至乙路南至丙路西至丁路", [(N, "甲路"), (E, "乙路"), (S, "丙路"), (W, "丁路")]),
    ("北：甲路；东：乙路；南：丙路；西：丁路", [(N, "甲路"), (E, "乙路"), (S, "丙路"), (W, "丁路")]),
    ("东至乙路、南至丙路、西至丁路、北至甲路。", [(E, "乙路"), (S, "丙路"), (W, "丁路"), (N, "甲路")]),
    # Other verbs.
    ("东临乙路，南邻丙路，西接丁路，北到甲路", [(E, "乙路"), (S, "丙路"), (W, "丁路"), (N, "甲路")]),
    ("东起乙路，西至丁路，南抵丙路，北达甲路", [(E, "乙路"), (W, "丁路"), (S, "丙路"), (N, "甲路")]),
    ("东侧为乙路，南侧毗邻丙路，西边界为丁路，北面临甲河", [(E, "乙路"), (S, "丙路"), (W, "丁路"), (N, "甲河")]),
    ("以甲路为北界，以乙路为东界", [(N, "甲路"), (E, "乙路")]),
    ("北以甲路为界，东以乙路、丁路为界", [(N, "甲路"), (E, "乙路 丁路")]),
    # South of a road the road is north.
    ("位于甲路以南、丙路以北、乙路以西、丁路以东区域", [(N, "甲路"), (S, "丙路"), (E, "乙路"), (W, "丁路")]),
    ("甲路北侧、乙路东侧", [(S, "甲路"), (W, "乙路")]),
    # Diagonal sides, repeated sides, one side alone.
    ("东北至甲路，西南临乙路", [(Direction.NORTHEAST, "甲路"), (Direction.SOUTHWEST, "乙路")]),
    ("北至甲路，北至丙路", [(N, "甲路"), (N, "丙路")]),
    ("南至丙路", [(S, "丙路")]),
    # Several lines on a side; 和 within a name stays there.
    ("西至甲国道、乙路和丙路", [(W, "甲国道 乙路 丙路")]),
    ("北至六和路，南抵机荷高速与南光高速", [(N, "六和路"), (S, "机荷高速 南光高速")]),
    ("北沿甲路—乙路，南至丙路（创景路—翠景路段）", [(N, "甲路 乙路"), (S, "丙路")]),
    ("北至甲路，乙路，东至丙路", [(N, "甲路 乙路"), (E, "丙路")]),
    # What says how a name is meant is no part of it; a number of a planned road is.
    ("北至规划四路，南至规划绿梓大道中心线，西至丁路一带", [(N, "规划四路"), (S, "绿梓大道"), (W, "丁路")]),
    ("西至107国道，东至G4高速，北至S356", [(W, "107国道"), (E, "G4高速"), (N, "S356")]),
    # What stands in brackets tells of the line before it, and opens no side.
    ("北至甲路（东至乙路段），南至丙路", [(N, "甲路"), (S, "丙路")]),
    # Traditional signs.
    ("東臨蘭竹東路、西鄰綠梓大道、南與金牛東路接壤", [(E, "兰竹东路"), (W, "绿梓大道"), (S, "金牛东路")]),
    # A river before a side, and provinces that are none.
    ("北至坪山河南至金牛东路", [(N, "坪山河"), (S, "金牛东路")]),
    ("面向华南至岭南，河南至甲路", []),
    # English.
    ("north to A Road, east to B Road and west to C Way (planned)", [(N, "A Road"), (E, "B Road"), (W, "C Way")]),
    ("bounded by A Road to the north, B Road to the east", [(N, "A Road"), (E, "B Road")]),
    ("north to 兰竹东路, east to 金兰路", [(N, "兰竹东路"), (E, "金兰路")]),
    ("兰竹东路 to the north, 金兰路 to the east", [(N, "兰竹东路"), (E, "金兰路")]),
    ("north: A Road; south-east side to B Street", [(N, "A Road"), (Direction.SOUTHEAST, "B Street")]),
]  # fmt: skip

PLANS = [
    # 003:502 in full up to what is no side any more.
    ("北至兰竹东路，东至金兰路，南至金牛东路，西至绿梓大道(规划)，以坪山高新区产学研基地为基础",
     [(N, "兰竹东路"), (E, "金兰路"), (S, "金牛东路"), (W, "绿梓大道")]),
    # 000:454 and 462: neighbours, not lines; they are read, and will find no line.
    ("南接前海蛇口自贸区、留仙洞创新集群区和深圳湾创新集群区，北通东莞",
     [(S, "前海蛇口自贸区 留仙洞创新集群区 深圳湾创新集群区"), (N, "东莞")]),
    ("南接西丽湖国际科教城和南山科技园，北联光明科学城、东莞中子城，与光明、东莞协同",
     [(S, "西丽湖国际科教城 南山科技园"), (N, "光明科学城 东莞中子城")]),
    # 003:225, 003:504, 000:458, 001:313: roads and edges without a side.
    ("中心区以城市主干道为界，涵盖原中心区", []),
    ("沿兰竹东路、创景路、翠景路打造创想 X 轴", []),
    ("以 107 国道宝安段为纽带", []),
    ("优化梅观高速沿线，沿广深高速加强联动", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [*TABLE, *PLANS])
def test_sides_are_read(text, expected):
    found = [(each.direction, " ".join(each.names)) for each in read_phrases(text)]
    assert found == expected


def test_what_qualifies_a_name_is_kept():
    west, south = read_phrases("西至绿梓大道(规划)，南至规划金牛东路中心线")
    assert (west.planned, south.planned) == (True, True)
    assert "中心线" in south.qualifiers
    [north] = read_phrases("北至丙路（甲路—乙路段）")
    assert north.qualifiers == ("甲路-乙路段",)
    assert not north.planned


def test_the_words_of_a_side_are_kept_as_evidence():
    first, second = read_phrases("片区北至兰竹东路，西至绿梓大道(规划)，以产学研基地为基础")
    assert (first.text, second.text) == ("北至兰竹东路", "西至绿梓大道(规划)")


def test_marks_of_either_width_are_one():
    assert tidy("東至Ａ路～Ｂ路（規劃）") == "东至A路-B路(规划)"


def test_directions_turn():
    assert Direction.SOUTHWEST.bearing == 225
    assert Direction.NORTHEAST.opposite is Direction.SOUTHWEST


def test_text_made_to_be_slow_is_read_all_the_same():
    assert len(read_phrases("北至" + "和甲路乙路丙路" * 100)[0].names) == 1
    assert read_phrases("路" * 1000) == ()
    assert len(read_phrases("(" * 200 + "北至甲路" * 100)) <= 100
