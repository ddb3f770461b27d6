"""Official boundaries: features an authority supplied, as the zones of the atlas would hold them.

Nothing is drawn or smoothed here. A feature keeps every vertex it came with; several features of a zone become its
parts; and what the person who brings the file says of it (authority, document, date, accuracy) stands in the basis.
"""

import datetime
import math
import re
from dataclasses import dataclass, replace

import geopandas
import numpy as np
import pandas as pd
import shapely

from zones.atlas import Atlas
from zones.errors import InputError
from zones.join import AXIS_COLUMNS, SHAPE_COLUMNS, join
from zones.official.match_zones import Matched
from zones.proof.fingerprint import fingerprint
from zones.schema import FEATURE_FIELDS, STORAGE_CRS, EdgeRule, Grade, Method, Part

COLUMNS = ("zone_id", "part", "layer", *FEATURE_FIELDS[2:], "geometry")
"""Of features as a workspace keeps them."""

SUPPLIED = {
    "zh": re.compile(r"^(.+（\d{4}-\d\d-\d\d）)提供的边界"),
    "en": re.compile(r"^Boundary supplied by (.+ \(\d{4}-\d\d-\d\d\)), taken as it is"),
}
"""How the basis of an official boundary begins, as `_record` writes it: authority, document and its date."""


@dataclass(frozen=True)
class Given:
    """What the person says of a file: without it no boundary is official.

    Attributes
    ----------
    authority, document : str
        Who supplied it, and with which document.
    dated : datetime.date
        Date of that document.
    error_m : float
        Accuracy it states, metres.
    edge_rule : EdgeRule or None
        What the line between two vertices is; None: as the layer says, else straight in longitude and latitude.
    """

    authority: str
    document: str
    dated: datetime.date
    error_m: float
    edge_rule: EdgeRule | None = None


def given(
    authority: str, document: str, dated: str, error_m: float | str | None, edge_rule: str | None = None
) -> Given:
    """Return what was said of a file, checked.

    Raises
    ------
    InputError
        If something is missing or cannot be.
    """
    if not authority.strip():
        raise InputError("an official boundary needs its authority: say who supplied it")
    if not document.strip():
        raise InputError("an official boundary needs its document: say with which one it was supplied")
    try:
        day = datetime.date.fromisoformat(dated.strip())
    except ValueError:
        raise InputError(f"the date of the document is '{dated}'; write it as 2026-03-31") from None
    if day > datetime.date.today():
        raise InputError(f"the date of the document is {day}, which has not come yet; check the year")
    try:
        metres = float(error_m or 0)
    except ValueError:
        metres = math.nan
    if not (math.isfinite(metres) and metres > 0):
        raise InputError(f"the accuracy is '{error_m}'; give the error the document states, in metres, above 0")
    if edge_rule is not None and edge_rule not in tuple(EdgeRule):
        raise InputError(f"the edge rule is '{edge_rule}'; it must be one of {', '.join(EdgeRule)}")
    rule = None if edge_rule is None else EdgeRule(edge_rule)
    return Given(authority.strip(), document.strip(), day, metres, rule)


def proposed(atlas: Atlas, features: geopandas.GeoDataFrame, matched: Matched, said: Given) -> geopandas.GeoDataFrame:
    """Return the features that the matched zones would hold: grade `official`, method `supplied`.

    Parameters
    ----------
    atlas : Atlas
        Gives the layer of each zone.
    features : geopandas.GeoDataFrame
        As `zones.official.match_zones.match` takes them.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4490, the columns of `COLUMNS`; one row for each zone and part, in the order of the atlas.
    """
    shapes = features.geometry.set_axis(features.index.astype(str))
    rules = features["edge_rule"] if "edge_rule" in features.columns else pd.Series("lonlat", index=features.index)
    rules = rules.set_axis(shapes.index)
    rows = []
    for (zone_id, part), own in matched.pairs.groupby(["zone_id", "part"], sort=False):
        ids = list(own["feature"])
        record = _record(said, str(rules[ids[0]]), len(ids))
        layer = _layer(atlas, str(zone_id))
        rows.append({"zone_id": zone_id, "part": part, "layer": layer, **record, "geometry": _whole(shapes[ids])})
    frame = geopandas.GeoDataFrame(rows, columns=list(COLUMNS), geometry="geometry", crs=STORAGE_CRS)
    place = {zone_id: at for at, zone_id in enumerate(atlas.zones.index)}
    return frame.sort_values("zone_id", key=lambda ids: ids.map(place), kind="stable", ignore_index=True)


def _whole(shapes: geopandas.GeoSeries) -> shapely.Geometry:
    """Return one shape of several; a single one stays as it is, to the last digit."""
    if len(shapes) == 1:
        return shapes.iloc[0]
    parts = np.asarray(shapes.array, dtype=object)
    if shapely.get_dimensions(parts[0]) == 1:
        return shapely.MultiLineString(list(shapely.get_parts(parts)))
    return shapely.orient_polygons(shapely.union_all(parts))


def _record(said: Given, rule: str, count: int) -> dict[str, object]:
    title = said.document if said.document.startswith("《") else f"《{said.document}》"
    parts = f"，{count}个要素合为一区" if count > 1 else ""
    parts_en = f"; {count} features make up the zone" if count > 1 else ""
    return {
        "grade": Grade.OFFICIAL.value,
        "error_m": said.error_m,
        "basis": f"{said.authority}{title}（{said.dated}）提供的边界，原样采用{parts}。",
        "basis_en": f"Boundary supplied by {said.authority}: {said.document} ({said.dated}), taken as it is{parts_en}.",
        "method": Method.SUPPLIED.value,
        "edge_rule": (said.edge_rule or EdgeRule(rule)).value,
        "traced_on": said.dated.isoformat(),
        "half_width_m": math.nan,
    }


def credited(zones: geopandas.GeoDataFrame, lang: str) -> list[str]:
    """Return who supplied the official boundaries among zones, with which document, each once."""
    basis = zones["basis" if lang == "zh" else "basis_en"]
    told = basis[zones["grade"] == Grade.OFFICIAL.value].dropna()
    found = (SUPPLIED[lang].search(str(text)) for text in told)
    return list(dict.fromkeys(each[1] for each in found if each))


def _layer(atlas: Atlas, zone_id: str) -> str:
    """Return the layer a zone stands in, or belongs into where it has no shape yet."""
    held = atlas.zones.at[zone_id, "layer"]
    if isinstance(held, str):
        return held
    plan_id = atlas.zones.at[zone_id, "plan_id"]
    own = [layer.layer for layer in atlas.layers if layer.role == "zones" and layer.plan_id == plan_id]
    if not own:
        raise InputError(f"zone '{zone_id}': layers.csv has no layer for the zones of plan '{plan_id}'; add one")
    return own[0]


def with_features(atlas: Atlas, features: geopandas.GeoDataFrame) -> Atlas:
    """Return the atlas with some shapes replaced, as it would be read from files that hold them.

    Parameters
    ----------
    features : geopandas.GeoDataFrame
        The columns of `COLUMNS`; a zone's extent or axis that is not among them stays as it is.
    """
    kept = _shapes(atlas)
    named = pd.MultiIndex.from_frame(features[["zone_id", "part"]])
    kept = kept[~pd.MultiIndex.from_frame(kept[["zone_id", "part"]]).isin(named)]
    kinds = {name: kind for name, kind in kept.dtypes.items() if name != "geometry"}
    shapes = pd.concat([kept, features[list(kept.columns)].astype(kinds)], ignore_index=True)
    reasons = atlas.zones[["unlocated_zh", "unlocated_en"]].dropna()
    return with_shapes(atlas, geopandas.GeoDataFrame(shapes, geometry="geometry", crs=STORAGE_CRS), reasons)


def with_shapes(atlas: Atlas, shapes: geopandas.GeoDataFrame, reasons: pd.DataFrame) -> Atlas:
    """Return the atlas with these shapes in place of all its own.

    Parameters
    ----------
    shapes : geopandas.GeoDataFrame
        As `zones.join.join` takes them.
    reasons : pandas.DataFrame
        Why zones have no shape, index `zone_id`; those of zones that have one now play no part.
    """
    located = set(shapes.loc[shapes["part"] == Part.EXTENT.value, "zone_id"])
    zones, _ = join(atlas.plans, shapes, reasons[~reasons.index.isin(located)])
    made = replace(atlas, zones=zones, version=f"{atlas.version}*")
    # What reading found of a shape that is no longer there says nothing of the new one.
    stale = atlas.issues["feature"].isin(changed_zones(atlas, made)) & (atlas.issues["field"] == "geometry")
    return replace(made, issues=atlas.issues[~stale])


def changed_zones(before: Atlas, after: Atlas) -> tuple[str, ...]:
    """Return the zones whose shape, or what is recorded of it, differs between two states of an atlas."""
    old, new = (_facts(each) for each in (before, after))
    ids = list(dict.fromkeys([*old, *new]))
    return tuple(zone_id for zone_id in ids if old.get(zone_id) != new.get(zone_id))


def _facts(atlas: Atlas) -> dict[str, tuple[object, ...]]:
    zones = atlas.zones
    record = zones[[*SHAPE_COLUMNS, *(f"axis_{name}" for name in AXIS_COLUMNS)]]
    columns = [record[name].astype(object).where(record[name].notna(), None) for name in record.columns]
    # By fingerprint: a file may start a ring elsewhere, or call one part a multipolygon.
    shapes = [
        [fingerprint(shape) if isinstance(shape, shapely.Geometry) else None for shape in zones[name]]
        for name in ("geometry", "axis")
    ]
    return {zone_id: facts for zone_id, *facts in zip(zones.index, *columns, *shapes, strict=True)}  # type: ignore[misc]


def _shapes(atlas: Atlas) -> geopandas.GeoDataFrame:
    """Return extents and axes of an atlas as `zones.join.join` takes them."""
    zones = atlas.zones
    extents = zones[zones.geometry.notna()]
    rows = [extents[[*SHAPE_COLUMNS, "geometry"]].assign(part=Part.EXTENT.value)]
    axes = zones[zones["axis"].notna()]
    record = axes[[f"axis_{name}" for name in AXIS_COLUMNS]].set_axis(list(AXIS_COLUMNS), axis=1)
    rows.append(record.assign(layer=axes["layer"], part=Part.AXIS.value, geometry=axes["axis"]))
    both = pd.concat([pd.DataFrame(row) for row in rows]).rename_axis("zone_id").reset_index()
    columns = ["zone_id", "part", *SHAPE_COLUMNS, "geometry"]
    return geopandas.GeoDataFrame(both[columns], geometry="geometry", crs=STORAGE_CRS)
