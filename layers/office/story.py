"""What slides and reports tell of a selection: the figures of the pages, who says what, and where it stands."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import geopandas
import pandas as pd

from layers import style
from layers.office.office_words import word
from layers.sheets.map_use import INTERNAL, MapUse
from layers.sheets.sheet_picture import Picture, picture
from layers.sheets.sheet_plan import SheetPlan
from zones.atlas import Atlas
from zones.errors import InputError
from zones.measure import measure
from zones.overlap import faces, pairs, totals
from zones.proof.receipts import Receipt, area_receipts, overlap_receipts, totals_receipts
from zones.records import locators, plan_zone
from zones.statements.passages import LineRange
from zones.statements.plans import Plan
from zones.units import format_area, in_unit

POLYGONS = ("Polygon", "MultiPolygon")
UNKNOWN_DAY = date(1980, 1, 1)


@dataclass(frozen=True)
class Story:
    """A selection of zones with its figures, made once and shared by all that is told of it.

    Attributes
    ----------
    atlas : Atlas
    frame : geopandas.GeoDataFrame
        The zones chosen, as `Atlas.zones` holds them.
    lang : {"zh", "en"}
    use : MapUse
        What the maps are for.
    maps : list of SheetPlan
        What the maps drawn so far show, for the check of public maps.
    """

    atlas: Atlas
    frame: geopandas.GeoDataFrame
    lang: str
    use: MapUse = INTERNAL
    maps: list[SheetPlan] = field(default_factory=list, compare=False)

    def of(self, frame: geopandas.GeoDataFrame) -> "Story":
        """Return the story of other zones in the same file."""
        return replace(self, frame=frame)

    def draw(
        self,
        frame: geopandas.GeoDataFrame,
        title: str,
        wide_mm: float,
        high_mm: float,
        **look: Any,  # noqa: ANN401 (as `layers.sheets.sheet_picture.picture` takes them)
    ) -> Picture:
        """Draw a map (see `layers.sheets.sheet_picture.picture`), and keep what it shows for the check."""
        drawn = picture(self.atlas, frame, title, wide_mm, high_mm, lang=self.lang, use=self.use, **look)
        self.maps.append(drawn.plan)
        return drawn

    def beside(self, drawn: Picture) -> list[str]:
        """Return what must stand beside a map for the public: its ratio at the size it has here, and its sources."""
        if not self.use.public:
            return []
        ratio = f"{drawn.plan.scale:,}".replace(",", "\u2009")
        return [
            self.say("ratio", scale=ratio, wide=f"{drawn.wide_mm:.0f}"),
            self.say("map_sources", names=self.say("stop").join(drawn.plan.sources)),
        ]

    @cached_property
    def areas(self) -> pd.DataFrame:
        """Measures of the zones with an outline, largest first (see `zones.measure.measure`)."""
        outlined = self.frame[self.frame.geometry.geom_type.isin(POLYGONS)]
        return measure(outlined).sort_values("ellipsoid_m2", ascending=False, kind="stable")

    @cached_property
    def places(self) -> geopandas.GeoDataFrame:
        """Zones known as a place only."""
        return self.frame[self.frame.geometry.geom_type == "Point"]

    @cached_property
    def lost(self) -> geopandas.GeoDataFrame:
        """Zones that cannot be located."""
        return self.frame[self.frame.geometry.isna() & self.frame["axis"].isna()]

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Overlapping pairs, largest first (see `zones.overlap.pairs`)."""
        return pairs(self.frame)

    @cached_property
    def faces(self) -> geopandas.GeoDataFrame:
        """Ground cut by the zones over it (see `zones.overlap.faces`)."""
        return faces(self.frame)

    @cached_property
    def totals(self) -> dict[str, Any]:
        """Simple sum, union and k-fold cover (see `zones.overlap.totals`)."""
        return dict(totals(self.faces))

    @cached_property
    def plans(self) -> dict[str, Plan]:
        """Plans of the zones, in the order of the atlas."""
        held = set(self.frame["plan_id"])
        return {plan_id: plan for plan_id, plan in self.atlas.plans.items() if plan_id in held}

    @cached_property
    def area_receipts(self) -> tuple[Receipt, ...]:
        """Receipts of the areas, perimeters and differences."""
        return area_receipts(self.atlas, self.frame)

    @cached_property
    def overlap_receipts(self) -> tuple[Receipt, ...]:
        """Receipts of the pairs, in their order."""
        return overlap_receipts(self.atlas, self.frame, table=self.pairs)

    @cached_property
    def totals_receipts(self) -> tuple[Receipt, ...]:
        """Receipts of sum, union and k-fold cover, in their order."""
        return totals_receipts(self.atlas, self.frame, self.totals) if len(self.areas) else ()

    @cached_property
    def day(self) -> date:
        """Day of the newest shape of the atlas; the day of writing would make equal files differ."""
        days = pd.to_datetime(self.atlas.zones["traced_on"].dropna(), errors="coerce").dropna()
        return days.max().date() if len(days) else UNKNOWN_DAY

    @cached_property
    def _ellipsoid_ids(self) -> dict[str, str]:
        return {each.zones[0].zone_id: each.id for each in self.area_receipts if each.method.startswith("ellipsoid/")}

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of `layers.office.office_words` in the language of the story."""
        return word(key, self.lang, **values)

    def name(self, zone_id: str) -> str:
        """Return the name of a zone."""
        return str(self.atlas.zones.at[zone_id, "name_en" if self.lang == "en" else "name_zh"])

    def kind(self, zone_id: str) -> str:
        """Return what a zone is, in words."""
        return style.label(style.KIND_LABELS, self.atlas.zones.at[zone_id, "kind"], self.lang)

    def grade(self, zone_id: str) -> str:
        """Return how the outline of a zone is known, in words; a dash where there is none."""
        grade = self.atlas.zones.at[zone_id, "grade"]
        return style.label(style.GRADE_LABELS, grade, self.lang) if grade in style.GRADE_LABELS else "—"

    def plan_name(self, plan_id: str) -> str:
        """Return the short name of a plan."""
        return str(getattr(self.atlas.plans[plan_id].plan.short, self.lang))

    def plan_of(self, zone_id: str) -> str:
        """Return the short name of the plan of a zone."""
        return self.plan_name(self.atlas.zones.at[zone_id, "plan_id"])

    def sources(self, zone_id: str) -> list[str]:
        """Return where a plan speaks of a zone: plan, heading, lines."""
        plan, zone = plan_zone(self.atlas, zone_id)
        return cite_all(self, plan, locators(plan, zone.sources))

    def receipt(self, zone_id: str) -> str:
        """Return the id of the receipt of a zone's area; empty where it has none."""
        return self._ellipsoid_ids.get(zone_id, "")


def story(atlas: Atlas, frame: geopandas.GeoDataFrame, lang: str = "zh", use: MapUse = INTERNAL) -> Story:
    """Return the story of a selection.

    Raises
    ------
    InputError
        When the selection is empty, or the language is not one of the two.
    """
    if lang not in ("zh", "en"):
        raise InputError(f"language '{lang}' is not known; choose zh or en")
    if frame.empty:
        raise InputError("the selection holds no zone; choose at least one")
    return Story(atlas, frame, lang, use)


def subject(told: Story) -> str:
    """Return what the selection is about: the plan where there is one, else the atlas."""
    if len(told.plans) == 1:
        return told.say("zones_of", plan=told.plan_name(next(iter(told.plans))))
    return told.say("product")


def cite(told: Story, plan: Plan, section: str, *spans: LineRange) -> str:
    """Return passages under one heading in words: plan, heading, lines."""
    held = joined(spans)
    if len(held) == 1:
        lines = told.say("line" if held[0][0] == held[0][1] else "lines", first=held[0][0], last=held[0][1])
    else:
        texts = (str(first) if first == last else f"{first}-{last}" for first, last in held)
        lines = told.say("line_list", lines=told.say("sep").join(texts))
    return " · ".join(part for part in (getattr(plan.plan.short, told.lang), section, lines) if part)


def cite_all(told: Story, plan: Plan, places: Iterable[dict[str, Any]]) -> list[str]:
    """Return passages (see `zones.records.locators`) in words, a text to each heading."""
    held: dict[str, list[LineRange]] = {}
    for each in places:
        held.setdefault(each["section"], []).append((each["line_start"], each["line_end"]))
    return [cite(told, plan, section, *spans) for section, spans in held.items()]


def cited_lines(told: Story, zone_ids: Iterable[str]) -> list[str]:
    """Return the documents that speak of some zones, each with all its lines, joined where they touch."""
    held: dict[str, list[LineRange]] = {}
    for zone_id in zone_ids:
        plan, zone = plan_zone(told.atlas, zone_id)
        held.setdefault(plan.plan.plan_id, []).extend(span for source in zone.sources for span in source.lines)
    texts = []
    for plan_id, spans in held.items():
        info = told.atlas.plans[plan_id].plan
        texts.append(cite(told, told.atlas.plans[plan_id], info.document.name, *spans))
    return texts


def joined(spans: Iterable[LineRange]) -> list[LineRange]:
    """Return line ranges in order, those that overlap or follow each other made one.

    Examples
    --------
    >>> joined([(5, 6), (1, 2), (3, 3)])
    [(1, 3), (5, 6)]
    """
    merged: list[LineRange] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def area_text(area_m2: float, error_m2: float) -> str:
    """Return an area in km² with its ±."""
    return format_area(area_m2, error_m2, "km2")


def method_text(area_m2: float, error_m2: float) -> str:
    """Return an area in km² by another method, with the digits that ± supports."""
    return format_area(area_m2, error_m2, "km2").partition(" ± ")[0]


def stated_text(area_m2: float) -> str:
    """Return an area that a plan states in km², without zeros it does not write; a dash where it states none."""
    if math.isnan(area_m2):
        return "—"
    number = format_area(area_m2, None, "km2")
    return number.rstrip("0").rstrip(".") if "." in number else number


def difference_text(difference_m2: float, declared_m2: float, error_m2: float) -> str:
    """Return measured less stated with its share; within ± no more than that is said."""
    if math.isnan(difference_m2):
        return "—"
    share = f"{difference_m2 / declared_m2:+.0%}".replace("-", "−")
    if abs(difference_m2) <= error_m2:
        return f"< ± ({share})"
    sign = "−" if difference_m2 < 0 else "+"
    return f"{sign}{method_text(abs(difference_m2), error_m2)} ({share})"


def km2(area_m2: float) -> str:
    """Return an area of a table whose rows must add up: two decimals of km²."""
    return f"{in_unit(area_m2, 'km2'):,.2f}"


def percent(share: float) -> str:
    """Return a share in percent; a real overlap never reads as 0."""
    return "< 1%" if 0 < share < 0.005 else f"{share:.0%}"


def area_rows(told: Story, zone_ids: Sequence[str]) -> Sequence[tuple[str, ...]]:
    """Return the rows of an area table: name, kind, plan, grade, three methods, stated, difference."""
    return [
        (
            told.name(row.Index),
            told.kind(row.Index),
            told.plan_of(row.Index),
            told.grade(row.Index),
            area_text(row.ellipsoid_m2, row.error_m2),
            method_text(row.survey_m2, row.error_m2),
            method_text(row.plane_m2, row.error_m2),
            stated_text(row.declared_area_m2),
            difference_text(row.difference_m2, row.declared_area_m2, row.error_m2),
        )
        for row in told.areas.loc[list(zone_ids)].itertuples()
    ]


def pair_rows(told: Story) -> Sequence[tuple[str, ...]]:
    """Return the rows of a table of overlaps: both names, area, both shares."""
    return [
        (
            told.name(row.a_id),
            told.name(row.b_id),
            km2(row.overlap_m2),
            percent(row.share_of_a),
            percent(row.share_of_b),
        )
        for row in told.pairs.itertuples()
    ]


def fold_rows(told: Story) -> list[tuple[str, str, str]]:
    """Return the rows of the k-fold table; the last adds up."""
    rows = [
        (
            told.say("fold_one") if each["k"] == 1 else told.say("fold_under", k=each["k"]),
            km2(each["area_m2"]),
            km2(each["k"] * each["area_m2"]),
        )
        for each in told.totals["k_fold"]
    ]
    return [*rows, (told.say("total"), km2(told.totals["union_m2"]), km2(told.totals["sum_m2"]))]


def lost_rows(told: Story) -> list[tuple[str, str, str, str]]:
    """Return the zones that cannot be located: name, kind, plan, why."""
    column = "unlocated_en" if told.lang == "en" else "unlocated_zh"
    return [
        (told.name(zone_id), told.kind(zone_id), told.plan_of(zone_id), str(reason))
        for zone_id, reason in told.lost[column].fillna("—").items()
    ]


def kind_counts(told: Story) -> list[tuple[str, int, int, int]]:
    """Return for each kind how many zones have an outline, are a place only, and are not located."""
    lost = set(told.lost.index)
    places = set(told.places.index)
    rows = []
    for kind in reversed(style.DRAW_ORDER):
        ids = list(told.frame.index[told.frame["kind"] == kind])
        if ids:
            known_as_place = sum(zone_id in places for zone_id in ids)
            not_located = sum(zone_id in lost for zone_id in ids)
            rows.append((kind, len(ids) - known_as_place - not_located, known_as_place, not_located))
    return rows
