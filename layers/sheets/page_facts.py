"""What the atlas page of one zone says, gathered as plain data, so that a page can be told from a changed one."""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

import geopandas
import pandas as pd

from zones.atlas import Atlas
from zones.measure import measure
from zones.overlap import pairs
from zones.proof.fingerprint import fingerprint
from zones.proof.receipts import area_receipts, canonical
from zones.records import none_if_nan, record

OUTLINE_FIELDS = (
    *("basis", "basis_en", "method", "edge_rule", "traced_on", "half_width_m", "unlocated_zh", "unlocated_en"),
    *("axis_grade", "axis_error_m", "axis_basis", "axis_basis_en", "layer"),
)


@dataclass(frozen=True)
class AreaFact:
    """One of the three areas of a zone: m², its ± (None where it has none), and the id of its receipt."""

    method: str
    area_m2: float
    error_m2: float | None
    receipt: str


@dataclass(frozen=True)
class OverlapFact:
    """Ground shared with another zone: m², and its share (0-1) of this one."""

    zone_id: str
    name_zh: str
    name_en: str
    overlap_m2: float
    share: float


@dataclass(frozen=True)
class PageFacts:
    """All that enters the page of one zone, but for the base map and the program.

    Attributes
    ----------
    record : dict
        See `zones.records.record`.
    outline : dict
        How its shape is known (see `OUTLINE_FIELDS`).
    parents, schemes : tuple of (Chinese, English)
    plan : (Chinese, English)
        Short name of its plan.
    areas : tuple of AreaFact
    perimeter_m, difference_m2 : float or None
    overlaps : tuple of OverlapFact
        Largest first; `overlap_count` says how many there are in all.
    shapes : dict of str to tuple of str
        Fingerprints of extent and axis of the zone and of those it overlaps.
    """

    zone_id: str
    record: dict[str, Any]
    outline: dict[str, Any]
    plan: tuple[str, str]
    schemes: tuple[tuple[str, str], ...]
    parents: tuple[tuple[str, str], ...]
    areas: tuple[AreaFact, ...]
    perimeter_m: float | None
    difference_m2: float | None
    overlaps: tuple[OverlapFact, ...]
    overlap_count: int
    shapes: dict[str, tuple[str, str]]

    @property
    def drawn(self) -> list[str]:
        """Return the zones on its map: itself and those it overlaps."""
        return list(self.shapes)

    def digest(self) -> str:
        """Return the SHA-256 of all facts."""
        return hashlib.sha256(canonical(asdict(self)).encode()).hexdigest()


def page_facts(atlas: Atlas, frame: geopandas.GeoDataFrame, most: int) -> list[PageFacts]:
    """Return the facts of each zone of a frame, in its order.

    Parameters
    ----------
    atlas : Atlas
        Overlaps are with all of its zones.
    frame : geopandas.GeoDataFrame
        Zones as `Atlas.zones` holds them, EPSG:4490.
    most : int
        Overlaps kept for each zone, largest first.
    """
    shared = _both_ways(pairs(atlas.zones))
    measures = measure(frame)
    receipts: dict[str, list[AreaFact]] = {}
    for each in area_receipts(atlas, frame):
        if each.kind == "area":
            method = each.method.split("/")[0]
            fact = AreaFact(method, each.value, each.error_m2, each.id)
            receipts.setdefault(each.zones[0].zone_id, []).append(fact)
    return [
        _facts(atlas, zone_id, measures.loc[zone_id], tuple(receipts.get(zone_id, ())), shared, most)
        for zone_id in frame.index
    ]


def _both_ways(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return, for each zone, the others that it shares ground with, largest overlap first."""
    first = table.rename(columns={"a_id": "this", "b_id": "other", "share_of_a": "share"})
    second = table.rename(columns={"b_id": "this", "a_id": "other", "share_of_b": "share"})
    columns = ["this", "other", "overlap_m2", "share"]
    both = pd.concat([first[columns], second[columns]]).sort_values(["overlap_m2", "other"], ascending=[False, True])
    return dict(iter(both.groupby("this")))


def _facts(
    atlas: Atlas,
    zone_id: str,
    row: pd.Series,
    areas: tuple[AreaFact, ...],
    shared: dict[str, pd.DataFrame],
    most: int,
) -> PageFacts:
    zone = atlas.zones.loc[zone_id]
    plan = atlas.plans[zone["plan_id"]]
    known = {scheme.scheme_id: scheme for each in atlas.plans.values() for scheme in each.schemes}
    held = shared[zone_id].head(most) if zone_id in shared else pd.DataFrame()
    overlaps = tuple(
        OverlapFact(
            each.other,
            atlas.zones.at[each.other, "name_zh"],
            atlas.zones.at[each.other, "name_en"],
            float(each.overlap_m2),
            float(each.share),
        )
        for each in held.itertuples()
    )
    return PageFacts(
        zone_id=zone_id,
        record=_plain(record(atlas, zone_id)),
        outline={name: none_if_nan(zone[name]) for name in OUTLINE_FIELDS},
        plan=(plan.plan.short.zh, plan.plan.short.en),
        schemes=tuple((known[each].name.zh, known[each].name.en) for each in zone["scheme_ids"] if each in known),
        parents=tuple(
            (atlas.zones.at[each, "name_zh"], atlas.zones.at[each, "name_en"])
            for each in zone["parent_ids"]
            if each in atlas.zones.index
        ),
        areas=areas,
        perimeter_m=none_if_nan(float(row["perimeter_m"])),
        difference_m2=none_if_nan(float(row["difference_m2"])),
        overlaps=overlaps,
        overlap_count=len(shared[zone_id]) if zone_id in shared else 0,
        shapes={each: _prints(atlas, each) for each in (zone_id, *(fact.zone_id for fact in overlaps))},
    )


def _prints(atlas: Atlas, zone_id: str) -> tuple[str, str]:
    """Return the fingerprints of a zone's extent and axis with all that decides how they are drawn."""
    zone = atlas.zones.loc[zone_id]
    looks = f"{zone['kind']} {zone['grade']} {zone['axis_grade']} {zone['name_zh']} {zone['name_en']}"
    extent, axis = zone["geometry"], zone["axis"]
    return (
        fingerprint(extent) if extent is not None else "",
        f"{fingerprint(axis) if axis is not None else ''} {looks}",
    )


def _plain(value: Any) -> Any:  # noqa: ANN401 (any JSON data)
    """Return JSON data with plain floats, which alone have one written form."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return float(value) if isinstance(value, float) else value
