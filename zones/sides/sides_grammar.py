"""四至 as words: which side of an area a text gives to which lines, in Chinese or English.

Reads only; whether there are lines of these names is for `zones.sides.sides_match`.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """A side of an area, clockwise from north."""

    NORTH = "north"
    NORTHEAST = "northeast"
    EAST = "east"
    SOUTHEAST = "southeast"
    SOUTH = "south"
    SOUTHWEST = "southwest"
    WEST = "west"
    NORTHWEST = "northwest"

    @property
    def bearing(self) -> float:
        """Degrees clockwise from north."""
        return 45.0 * list(Direction).index(self)

    @property
    def opposite(self) -> "Direction":
        """The side across."""
        return list(Direction)[(list(Direction).index(self) + 4) % 8]


MAIN_SIDES = (Direction.NORTH, Direction.EAST, Direction.SOUTH, Direction.WEST)
CHINESE = dict(zip("北东南西", MAIN_SIDES, strict=True)) | {
    "东北": Direction.NORTHEAST, "北东": Direction.NORTHEAST, "东南": Direction.SOUTHEAST, "南东": Direction.SOUTHEAST,
    "西南": Direction.SOUTHWEST, "南西": Direction.SOUTHWEST, "西北": Direction.NORTHWEST, "北西": Direction.NORTHWEST,
}  # fmt: skip


@dataclass(frozen=True)
class Phrase:
    """One side as a text gives it.

    Attributes
    ----------
    direction : Direction
    text : str
        The words that say it, as they stand.
    names : tuple of str
        Lines named, in order.
    qualifiers : tuple of str
        What stands with a name and is no part of it: 规划, 中心线, a section in brackets.
    """

    direction: Direction
    text: str
    names: tuple[str, ...]
    qualifiers: tuple[str, ...] = ()

    @property
    def planned(self) -> bool:
        """Whether the text calls a line planned: it need not be built."""
        return any(PLANNED.search(each) for each in self.qualifiers)


PLANNED = re.compile("规划|拟建|未建|在建|planned|proposed", re.IGNORECASE)
TRADITIONAL = str.maketrans(
    "東臨鄰與為爲線國號環龍蘭綠規劃橋灣鐵濱廣間經邊區鎮側觀場寶連圍鹽羅惠機軌緣達馬門園樓澤濟興華岡崗蠔塗產業長關",
    "东临邻与为为线国号环龙兰绿规划桥湾铁滨广间经边区镇侧观场宝连围盐罗惠机轨缘达马门园楼泽济兴华冈岗蚝涂产业长关",
)
LINE_ENDS = (
    "高速公路|高速|快速路|快速|大道|公路|国道|省道|县道|辅道|通道|干道|路|街|巷|道|铁路|地铁|云巴|号线|河|涌|渠|江|溪|海|湾|水库|"
    "海岸线|岸线|海岸|口|界线|边界|区界|市界|界|山脊|线"
)
"""How names of lines end; two names are taken apart at 和 only where both ends are such."""
A_LINE = re.compile(rf"(?:.+(?:{LINE_ENDS})|[GSX]\d+)$", re.IGNORECASE)
A_NAME = re.compile(rf"(?:.+(?:{LINE_ENDS}|区|城|园|山|镇|村|站)|[GSX]\d+)$", re.IGNORECASE)
DIR = "东北|东南|西北|西南|北东|南东|北西|南西|[东南西北]"
NO_PLACE = r"(?<![东南西北华岭云广陕粤])(?<!\b[湖海河江山])"
"""Before a direction these make a place, not a side: 华南, 岭南, 河北; but a river may end before one: 坪山河南至."""
VERBS = (
    "以为界至|分别至|起始于|起点为|起自|起于|止于|毗邻|毗连|紧邻|紧靠|相邻|相接|邻接|连接|衔接|接壤|面临|抵达|临近|邻近|濒临|"
    "至|到|临|邻|接|靠|抵|达|起|止|依|连|联|通|濒|沿|为|是|界|:"
)
MARKER = re.compile(
    rf"{NO_PLACE}(?:以|由|自|从)?(?P<dir>{DIR})(?P<part>(?:面|侧|边|部|端|向)?(?:以|之)?(?:边界|界线|四至|界)?)"
    rf"(?P<verb>{VERBS})(?:于|为|到|至|以|:)?"
)
"""北至, 东侧邻, 西边界为, 南起, 东:"""
HELD = re.compile(rf"{NO_PLACE}(?P<dir>{DIR})(?:面|侧|边|部|端)?以(?P<names>[^,;。]+?)为(?:边界|界线|界)")
"""北以甲路为界"""
BESIDE = re.compile(
    rf"{NO_PLACE}(?P<dir>{DIR})(?:面|侧|边|部|端)?(?:与|和|同)(?P<names>[^,;。]+?)"
    "(?:接壤|相接|相邻|毗邻|毗连|为邻|交界|相连|相望)"
)
"""南与甲路相邻"""
BEHIND = re.compile(rf"以(?P<names>[^,;。以]+?)为(?P<dir>{DIR})(?:面|侧|边)?(?:边界|界线|界)")
"""以甲路为北界"""
BEYOND = re.compile(
    rf"(?P<names>[^,;。]*?(?:{LINE_ENDS}|\))) ?(?:以(?P<a>{DIR})|(?:之)?(?P<b>{DIR})(?:侧|面|边))(?!至|到)"
)
"""甲路以北: the area lies north of it, so it is the south side."""
FILLER = re.compile(r"^(?:和|与|及|、|的|位于|地处|处于|在|由|至|到|于|范围为?|包括|即|为|是|:|沿着?|以|,)+")
TAIL = re.compile(
    r"(?:为界|为边界|为界线|围合(?:的?(?:区域|范围|地块|片区))?|之间|(?:的|内)?(?:区域|范围|地块|片区)|一线|一带|沿线|等|止|接壤|相接|相邻|"
    r"的交界处?|交界处?|交汇处?)$"
)
EDGE_WORDS = re.compile(
    "(?:道路)?(?:中心线|中线|红线|边线|外缘|内缘|北缘|南缘|东缘|西缘|沿岸|岸边|[东南西北]侧|[东南西北]边|"
    "西段|东段|南段|北段|段)$"
)
LEADING = re.compile(r"^(?:规划中的|规划的|规划|拟建的?|在建的?|现状|既有|planned |proposed |the )", re.IGNORECASE)
NUMBERED = re.compile(r"^[一二三四五六七八九十百\d]+(?:号)?(?:路|街|巷|道)$")
"""规划四路 is a name: what is left without 规划 would be a number."""
BRACKETS = re.compile(r"[(\[【〔](.*?)[)\]】〕]")
ENGLISH_DIR = r"(?P<dir>north|south|east|west)(?P<second>[- ]?(?:east|west))?(?:ern)?"
ENGLISH = re.compile(
    rf"\b{ENGLISH_DIR}(?:\s+(?:side|edge|boundary|border))?\s*(?:to|by|at|is|along|bounded by|:|=)\s*(?:the\s+)?",
    re.IGNORECASE,
)
ENGLISH_BEHIND = re.compile(
    rf"(?P<names>[^,;:]+?)\s*(?:\b|(?<=[^\x00-\x7f]))(?:to|on|in)\s+the\s+{ENGLISH_DIR}(?:\s+side)?\b", re.IGNORECASE
)
"""Bounded by A Road to the north."""


def tidy(text: str) -> str:
    """Return a text with marks and letters of one width and the common traditional signs simplified."""
    flat = unicodedata.normalize("NFKC", text).translate(TRADITIONAL)
    for mark, plain in (("〜", "-"), ("～", "-"), ("~", "-"), ("—", "-"), ("–", "-"), ("−", "-"), ("﹣", "-")):
        flat = flat.replace(mark, plain)
    flat = re.sub("-+", "-", flat)
    # A blank between signs of Chinese means nothing; between English words it does.
    return re.sub(r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])", "", flat).strip()


def read_phrases(text: str) -> tuple[Phrase, ...]:
    """Return the sides a text names, in its order; the same side may stand twice.

    Parameters
    ----------
    text : str
        Such as 北至甲路、东临乙路（规划），甲路以南、乙路以西, 以丙路为南界, 东起甲路，西至乙路, or
        "north to A Road, east to B Road". Sides may be missing, repeated, and in any order.
    """
    flat = tidy(text)
    return _chinese(flat) or _english(flat)


def _chinese(flat: str) -> tuple[Phrase, ...]:
    found: list[tuple[int, Phrase]] = []
    rest = flat
    for pattern in (HELD, BESIDE, BEHIND):
        for match in pattern.finditer(rest):
            found += _phrase(match.start(), CHINESE[match["dir"]], match[0], match["names"])
            rest = _blank(rest, match)
    found += _marked(rest)
    taken = [(start, start + len(phrase.text)) for start, phrase in found]
    for match in BEYOND.finditer(rest):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            side = CHINESE[match["a"] or match["b"]].opposite
            found += _phrase(match.start(), side, match[0], FILLER.sub("", match["names"].split("位于")[-1]))
    return tuple(phrase for _, phrase in sorted(found, key=lambda each: each[0]))


def _blank(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + ";" * len(match[0]) + text[match.end() :]


def _marked(text: str) -> list[tuple[int, Phrase]]:
    """Return the sides that a direction and a verb open: what follows, as far as names go, is their line."""
    found = []
    markers = [match for match in MARKER.finditer(text) if not _in_brackets(text, match.start())]
    for at, match in enumerate(markers):
        until = markers[at + 1].start() if at + 1 < len(markers) else len(text)
        said = _as_far_as_names_go(text[match.end() : until])
        found += _phrase(match.start(), CHINESE[match["dir"]], text[match.start() : match.end()] + said, said)
    return found


def _in_brackets(text: str, at: int) -> bool:
    return text.count("(", 0, at) > text.count(")", 0, at)


def _as_far_as_names_go(text: str) -> str:
    """Return the start of a text up to the mark after which no name of a line follows."""
    pieces = re.split(r"([,;。!?\n](?![^(]*\)))", text)
    kept = pieces[0]
    for mark, piece in zip(pieces[1::2], pieces[2::2], strict=False):
        bare = BRACKETS.sub("", piece).strip()
        if mark != "," or not (0 < len(bare) <= 12 and A_LINE.match(bare)) or re.match("以|并|为|是|总|占|面积", bare):
            break
        kept += mark + piece
    return kept.rstrip(" 、,和与及;。的")


def _phrase(start: int, direction: Direction, text: str, names: str) -> list[tuple[int, Phrase]]:
    """Return the phrase of a side, or nothing where no name is left."""
    held, qualifiers = _names(names)
    if not held:
        return []
    return [(start, Phrase(direction, text.strip(" ,;、。"), held, qualifiers))]


def _names(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of lines in what is said of a side, and what qualifies them."""
    qualifiers = [each.strip() for each in BRACKETS.findall(text) if each.strip()]
    names = []
    for piece in _split(BRACKETS.sub("", text)):
        name, said = _stripped(piece)
        qualifiers += said
        if name and name not in names:
            names.append(name)
    return tuple(names), tuple(qualifiers)


def _split(text: str) -> list[str]:
    """Split names at 、 and dashes; at 和, 与, 及 and 至 only between two names of lines, for 六和路 is one."""
    waiting = [piece for piece in re.split(r"[、,/;]|-(?!\d)|以及|转|\band\b", text) if piece.strip()]
    result = []
    while waiting:
        piece = waiting.pop(0)
        halves = ((piece[: joint.start()], piece[joint.end() :]) for joint in re.finditer("[和与及至接]", piece))
        pair = next((pair for pair in halves if A_NAME.match(pair[0]) and A_NAME.match(pair[1])), None)
        result += [] if pair else [piece]
        waiting = [*(pair or ()), *waiting]
    return result


def _stripped(piece: str) -> tuple[str, list[str]]:
    """Return a name without words that only say how it is meant, and these words."""
    name, said, before = FILLER.sub("", piece.strip(" .:。")), [], ""
    while name != before:
        before = name
        name = TAIL.sub("", name)
        edge = EDGE_WORDS.search(name)
        if edge and edge.start() >= 2:
            said.append(edge[0])
            name = name[: edge.start()]
        leading = LEADING.match(name)
        if leading and not NUMBERED.match(name[leading.end() :]) and len(name) > leading.end() + 1:
            said += [leading[0].strip()] if leading[0].strip().lower() != "the" else []
            name = name[leading.end() :]
    return name.strip(), said


def _english(text: str) -> tuple[Phrase, ...]:
    found: list[tuple[int, Phrase]] = []
    for match in ENGLISH_BEHIND.finditer(text):
        names = re.sub(r"^.*\bby\s+|^\s*and\s+", "", match["names"], flags=re.IGNORECASE)
        found += _phrase(match.start(), _english_direction(match), match[0], names)
    if not found:
        markers = list(ENGLISH.finditer(text))
        for at, match in enumerate(markers):
            until = markers[at + 1].start() if at + 1 < len(markers) else len(text)
            said = re.split(r"[;.\n]|,(?=\s*$)", text[match.end() : until])[0]
            said = re.sub(r"(?:,|\band\b|\s)+$", "", said)
            found += _phrase(match.start(), _english_direction(match), match[0] + said, said)
    return tuple(phrase for _, phrase in sorted(found, key=lambda each: each[0]))


def _english_direction(match: re.Match[str]) -> Direction:
    second = re.sub("[- ]", "", match["second"] or "")
    return Direction((match["dir"] + second).lower())
