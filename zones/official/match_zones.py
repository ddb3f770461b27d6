"""Which feature of a layer is which zone: by id, name or alias to the letter; whatever is only like one is a proposal.

A boundary that lands on the wrong zone is worse than one that lands on none. So nothing but an id, a name or an
alias, written as the atlas writes it, makes a match; likeness of names and of place is offered to a person.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import geopandas
import numpy as np
import pandas as pd
import shapely

from zones.errors import InputError
from zones.records import none_if_nan
from zones.search import search

HOWS = ("zone_id", "name", "alias", "chosen")
"""How a match was made, the surest first; `chosen` by the person."""

PAIR_COLUMNS = ("feature", "zone_id", "part", "how", "score", "label")
LEFT_COLUMNS = ("feature", "label", "why", "zones")

SUFFIXES = ("产业园区", "产业园", "片区", "园区", "街区", "区", "园")
"""What one list writes after a name and another leaves away; the longest first."""

MOST_PROPOSED = 5
LEAST_SCORE = 0.5
LEAST_SHARED = 0.3
"""Share of ground in common (Jaccard) from which a zone is proposed for a feature."""

POLYGONS = ("Polygon", "MultiPolygon")
LINES = ("LineString", "MultiLineString")
POINTS = ("Point", "MultiPoint")


class Proposal(NamedTuple):
    """A zone that a feature may be: `how` is `name`, `spelling`, `sound` or `place`; `score` is 0 to 1."""

    zone_id: str
    how: str
    score: float


@dataclass(frozen=True)
class Matched:
    """Features held against zones. Features read = features in `pairs` + those in `left`.

    Attributes
    ----------
    field : str or None
        The field whose texts were taken for names; None where no text of the layer names a zone.
    pairs : pandas.DataFrame
        `feature`, `zone_id`, `part` (`extent` or `axis`), `how` (see `HOWS`), `score`, `label`; a zone that
        stands several times gets all these features as its parts.
    left : pandas.DataFrame
        Features that belong to no zone: `feature`, `label`, `why` (`unknown`, `ambiguous`, `ignored`, `no_shape`,
        `no_axis`, `mixed`), `zones` (those an ambiguous one may be).
    without : tuple of str
        Zones of the atlas that no feature was found for, in its order.
    """

    field: str | None
    pairs: pd.DataFrame
    left: pd.DataFrame
    without: tuple[str, ...]


def match(
    features: geopandas.GeoDataFrame,
    zones: geopandas.GeoDataFrame,
    *,
    field: str | None = None,
    chosen: Mapping[str, tuple[str, ...]] | None = None,
) -> Matched:
    """Return which features are which zones.

    Parameters
    ----------
    features : geopandas.GeoDataFrame
        As `zones.intake.bring_in.bring_in` gives them: EPSG:4490, valid, index the number in the file.
    zones : geopandas.GeoDataFrame
        Zones as the atlas holds them.
    field : str, optional
        Field with ids or names. Default: the one that names the most features.
    chosen : mapping of str to tuple of str, optional
        What the person says: feature (as text) to zones; an empty tuple leaves the feature out.

    Raises
    ------
    InputError
        If there is no such field, or the person names a feature or a zone that is not there.
    """
    chosen = dict(chosen or {})
    _require(features, zones, field, chosen)
    names = _names(zones)
    field = field or best_field(features, names)
    texts = _texts(features, field)
    rows, left = [], []
    for feature, shape in zip(features.index.astype(str), features.geometry, strict=True):
        label = texts.get(feature, "")
        found, how = _found(feature, label, names, chosen)
        why = _refused(shape, found, how, zones)
        if why:
            left.append((feature, label, why, found))
        else:
            part = "axis" if shape.geom_type in LINES else "extent"
            rows += [(feature, zone_id, part, how, 1.0, label) for zone_id in found]
    return _settled(field, rows, left, features, zones)


def _require(
    features: geopandas.GeoDataFrame, zones: geopandas.GeoDataFrame, field: str | None,
    chosen: Mapping[str, tuple[str, ...]],
) -> None:  # fmt: skip
    fields = fields_of(features)
    if field is not None and field not in fields:
        raise InputError(f"the layer has no field '{field}'; it has {', '.join(fields) or 'none'}")
    known = set(features.index.astype(str))
    for feature, zone_ids in chosen.items():
        if feature not in known:
            raise InputError(f"the layer has no feature {feature}; its features are numbered 1 to {len(features)}")
        unknown = [zone_id for zone_id in zone_ids if zone_id not in zones.index]
        if unknown:
            raise InputError(f"feature {feature}: zone '{unknown[0]}' is not in the atlas; 'zones search' finds ids")


def fields_of(features: geopandas.GeoDataFrame) -> list[str]:
    """Return the fields of a layer that may name zones."""
    return [str(name) for name in features.columns if name not in (features.geometry.name, "edge_rule")]


def _names(zones: geopandas.GeoDataFrame) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return what each way of naming calls the zones: a text to the zones it may mean."""
    found: dict[str, dict[str, list[str]]] = {"zone_id": {}, "name": {}, "alias": {}}
    for row in zones[["name_zh", "name_en", "aliases"]].itertuples():
        found["zone_id"].setdefault(row.Index, []).append(row.Index)
        for name in dict.fromkeys((row.name_zh, row.name_en)):
            found["name"].setdefault(name, []).append(row.Index)
        for alias in row.aliases:
            found["alias"].setdefault(alias, []).append(row.Index)
    return {how: {text: tuple(ids) for text, ids in table.items()} for how, table in found.items()}


def best_field(features: geopandas.GeoDataFrame, names: Mapping[str, Mapping[str, object]]) -> str | None:
    """Return the field whose texts name the most features, the first of equals; None where none names any."""
    counts = {}
    for field in fields_of(features):
        texts = [_text(value) for value in features[field]]
        counts[field] = sum(any(text in table for table in names.values()) for text in texts if text)
    best = max(counts, key=lambda name: counts[name], default=None)
    return best if best is not None and counts[best] else None


def _texts(features: geopandas.GeoDataFrame, field: str | None) -> dict[str, str]:
    """Return what stands for each feature's name: its text in the field, else the first text it has."""
    fields = [field] if field else fields_of(features)
    found = {}
    for feature, *values in zip(features.index.astype(str), *(features[name] for name in fields), strict=True):
        found[feature] = next((_text(value) for value in values if isinstance(value, str) and _text(value)), "")
        if field and not found[feature]:
            found[feature] = _text(values[0])
    return found


def _text(value: object) -> str:
    value = none_if_nan(value)
    return "" if value is None or value is pd.NA else str(value).strip()


def _found(
    feature: str, label: str, names: Mapping[str, Mapping[str, tuple[str, ...]]], chosen: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, ...], str]:
    """Return the zones a feature may be, and how that is known."""
    if feature in chosen:
        return tuple(dict.fromkeys(chosen[feature])), "chosen"
    if label in names["zone_id"]:
        return names["zone_id"][label], "zone_id"
    # A name here may be an alias there: then both zones may be meant.
    both = dict.fromkeys([*names["name"].get(label, ()), *names["alias"].get(label, ())])
    return tuple(both), "name" if label in names["name"] else "alias"


def _refused(
    shape: shapely.Geometry | None, found: tuple[str, ...], how: str, zones: geopandas.GeoDataFrame
) -> str | None:
    """Return why a feature becomes part of no zone; None where it does."""
    if not found:
        return "ignored" if how == "chosen" else "unknown"
    if len(found) > 1 and how != "chosen":
        return "ambiguous"
    kind = None if shape is None or shape.is_empty else shape.geom_type
    if kind not in (*POLYGONS, *LINES, "Point"):
        return "no_shape"
    # An axis is what a zone runs along; a line for a zone that covers ground is no boundary.
    if kind in LINES and not zones.loc[list(found), "axis"].notna().all():
        return "no_axis"
    return None


def _settled(
    field: str | None,
    rows: list[tuple[str, str, str, str, float, str]],
    left: list[tuple[str, str, str, tuple[str, ...]]],
    features: geopandas.GeoDataFrame,
    zones: geopandas.GeoDataFrame,
) -> Matched:
    """Return the matches, less points that stand beside polygons of the same zone or beside each other."""
    pairs = pd.DataFrame(rows, columns=list(PAIR_COLUMNS))
    kinds = pd.Series(features.geometry.geom_type.to_numpy(), index=features.index.astype(str))
    points = kinds[pairs["feature"]].isin(POINTS).to_numpy(bool)
    extents = pairs[pairs["part"] == "extent"].groupby("zone_id").size()
    several = pairs["zone_id"].map(extents).fillna(0).to_numpy() > 1
    mixed = pairs["feature"].isin(pairs.loc[points & several, "feature"])
    for feature, label in pairs.loc[mixed, ["feature", "label"]].drop_duplicates().itertuples(index=False):
        ids = tuple(pairs.loc[pairs["feature"] == feature, "zone_id"])
        left.append((feature, label, "mixed", ids))
    pairs = pairs[~mixed].reset_index(drop=True)
    order = {feature: place for place, feature in enumerate(features.index.astype(str))}
    left.sort(key=lambda row: order[row[0]])
    found = set(pairs["zone_id"])
    without = tuple(zone_id for zone_id in zones.index if zone_id not in found)
    return Matched(field, pairs, pd.DataFrame(left, columns=list(LEFT_COLUMNS)), without)


def proposals(
    label: str, shape: shapely.Geometry | None, zones: geopandas.GeoDataFrame, known: tuple[str, ...] = ()
) -> tuple[Proposal, ...]:
    """Return zones that a feature may be, best first; for a person to choose from, never taken by themselves.

    Parameters
    ----------
    label : str
        The feature's own name, in Chinese, pinyin or English; may be empty.
    shape : geometry or None
        In EPSG:4490.
    known : tuple of str
        Zones its name fits equally well; they stand first.
    """
    found = [Proposal(zone_id, "name", 1.0) for zone_id in known]
    found += [*_by_spelling(label, zones), *_by_sound(label, zones), *_by_place(shape, zones)]
    best: dict[str, Proposal] = {}
    for each in sorted(found, key=lambda each: -each.score):
        best.setdefault(each.zone_id, each)
    return tuple(best.values())[: max(MOST_PROPOSED, len(known))]


def _by_spelling(label: str, zones: geopandas.GeoDataFrame) -> Iterator[Proposal]:
    wanted = plain_name(label)
    for row in zones[["name_zh", "name_en", "aliases"]].itertuples() if wanted else ():
        if any(plain_name(name) == wanted for name in (row.name_zh, row.name_en, *row.aliases)):
            yield Proposal(row.Index, "spelling", 0.99)


def _by_sound(label: str, zones: geopandas.GeoDataFrame) -> Iterator[Proposal]:
    for row in search(zones, label, MOST_PROPOSED).itertuples() if label else ():
        if row.score >= LEAST_SCORE:
            yield Proposal(row.zone_id, "sound", min(row.score, 0.98))


def _by_place(shape: shapely.Geometry | None, zones: geopandas.GeoDataFrame) -> Iterator[Proposal]:
    if shape is None or shape.geom_type not in POLYGONS:
        return
    held = zones[zones.geom_type.isin(POLYGONS)]
    shapes = np.asarray(held.geometry.array, dtype=object)
    near = shapely.STRtree(shapes).query(shape, predicate="intersects")
    # Shares of degrees are those of ground: over one zone the scale does not change.
    shared = shapely.area(shapely.intersection(shapes[near], shape))
    jaccard = shared / (shapely.area(shapes[near]) + shapely.area(shape) - shared)
    for row, share in zip(near, jaccard, strict=True):
        if share >= LEAST_SHARED:
            yield Proposal(str(held.index[row]), "place", round(float(share), 4))


def plain_name(name: str) -> str:
    """Return a name without what lists differ in: width of letters, marks, brackets and what is in them, suffix."""
    text = unicodedata.normalize("NFKC", name).lower()
    bare = re.sub(r"[\W_]", "", re.sub(r"\([^()]*\)|【[^】]*】|〔[^〕]*〕|\[[^\]]*\]", "", text))
    ending = next((each for each in SUFFIXES if bare.endswith(each) and len(bare) > len(each) + 1), "")
    return bare.removesuffix(ending)
