"""What a drawn sheet shows, read off as data (`SheetPlan`): notes, grades, labels, scale bar and marks."""

import hashlib
from collections.abc import Sequence

import geopandas
import pandas as pd
import shapely

from layers.sheets.sheet_frame import PLANE_CRS, TO_LONLAT, Box, Layout, View, bar_length
from layers.sheets.sheet_labels import Placed, box_of
from layers.sheets.sheet_map import Names
from layers.sheets.sheet_marks import BAR_SHARE, word
from layers.sheets.sheet_plan import BoundaryDrawn, LabelDrawn, LayerDrawn, Order, ScaleBar, SheetPlan, ZoneDrawn
from zones.atlas import Atlas
from zones.proof.receipts import Receipt
from zones.records import none_if_nan
from zones.schema import Grade

LOCATOR_LAYERS = {"base_land", "base_districts", "base_water"}
WIDE_DEG = 12.0
"""A layer this wide, in degrees, may show a country."""


def notes(zones: geopandas.GeoDataFrame, names: Names, outside: int, unlocated: int, lang: str) -> list[str]:
    """Return what a reader must know: how sure outlines are, and how many zones the map could not show or name."""
    told = []
    if is_indicative(zones):
        told.append(word("indicative", lang))
    errors = zones["error_m"].dropna()
    if len(errors):
        low, high = f"{errors.min():,.0f}", f"{errors.max():,.0f}"
        told.append(word("error_one" if low == high else "error", lang).format(low=low, high=high))
    if zones["half_width_m"].notna().any():
        told.append(word("width", lang))
    counts = {
        "keyed": len(names.keys) + len(names.shared),
        "shared": len(names.shared),
        "listed": len(names.listed),
        "unnamed": len(names.unnamed),
        "off_map": outside,
        "unlocated": unlocated,
    }
    for key, count in counts.items():
        if count:
            told.append(word(key, lang).format(n=count))
    return told


def is_indicative(zones: geopandas.GeoDataFrame) -> bool:
    """Tell whether any zone drawn is not official."""
    return any(grade != Grade.OFFICIAL for grade in grades(zones))


def grades(zones: geopandas.GeoDataFrame) -> tuple[str, ...]:
    """Return the grades drawn, the surest first; those of axes count."""
    extents = zones.loc[zones.geometry.notna(), "grade"].dropna()
    drawn = {*extents, *zones.loc[zones["axis"].notna(), "axis_grade"].dropna()}
    return tuple(grade.value for grade in Grade if grade in drawn)


def day(zones: geopandas.GeoDataFrame) -> str:
    """Return the day of the newest shape; the day of printing would make equal maps differ."""
    days = pd.to_datetime(zones["traced_on"].dropna(), errors="coerce").dropna()
    return str(days.max().date()) if len(days) else "—"


def page_id(receipts: Sequence[Receipt]) -> str:
    """Return one id for all receipts of a page: 12 hex digits of a SHA-256 over theirs; empty without any."""
    ids = ",".join(sorted(receipt.id for receipt in receipts))
    return hashlib.sha256(ids.encode()).hexdigest()[:12] if ids else ""


def shown(
    order: Order,
    zones: geopandas.GeoDataFrame,
    names: Names,
    marked: dict[str, geopandas.GeoDataFrame],
    seen: View,
    paper: Layout,
    texts: tuple[str, ...],
    *,
    sources: tuple[str, ...],
    receipt_id: str,
    data_version: str,
    layers: tuple[LayerDrawn, ...],
    edges: dict[str, shapely.Geometry],
) -> SheetPlan:
    """Return what a sheet shows as plain data.

    Parameters
    ----------
    zones : geopandas.GeoDataFrame
        Those on the map, in plane metres.
    marked : dict of str to geopandas.GeoDataFrame
        Base layers of which a mark is on the map.
    texts : tuple of str
        Every text of the figure.
    layers : tuple of LayerDrawn
    edges : dict of str to shapely.Geometry
        Boundary lines in mm on the paper, by layer.
    """
    return SheetPlan(
        title=order.title,
        lang=order.lang,
        size=order.size or order.template.size,
        theme=paper.theme.name,
        zones=tuple(_zone(zone, names, paper, order.lang) for zone in zones.itertuples()),
        grades=grades(zones),
        base_layers=tuple(marked),
        extent=_degrees(seen),
        scale=seen.scale if order.shows("scale") or order.shows("title_block") else None,
        bar=_bar(seen, paper) if order.shows("scale") else None,
        north=order.shows("scale"),
        crs=PLANE_CRS,
        review_number=order.review_number,
        organisation=order.organisation,
        number=order.number,
        date=order.date or day(zones),
        data_version=data_version,
        receipt_id=receipt_id,
        indicative=is_indicative(zones),
        internal=order.use == "internal",
        sources=sources,
        labels=(
            *(_label(each, of_zone=True) for each in (*names.of_zones.values(), *names.keys.values())),
            *(_label(each, of_zone=False) for each in names.of_base),
        ),
        texts=texts,
        wind_source=order.wind_rose.source if order.wind_rose and order.shows("wind_rose") else "",
        use=order.use,
        sign_off=order.sign_off,
        layers=layers,
        boundaries=tuple(BoundaryDrawn(name, line) for name, line in edges.items()),
    )


def layers_drawn(atlas: Atlas, zone_layers: set[str], base_layers: set[str], order: Order) -> tuple[LayerDrawn, ...]:
    """Return the layers of which something is on the sheet, in catalogue order, as the catalogue has them."""
    base = base_layers | (LOCATOR_LAYERS & set(atlas.base) if order.shows("locator") else set())
    return tuple(
        LayerDrawn(
            layer.layer, layer.title_en if order.lang == "en" else layer.title_zh, layer.licence, layer.source,
            layer.source_date, layer.datum,
            wide_parts(atlas.base[layer.layer] if layer.layer in base else zones_of(atlas, layer.layer)),
        )
        for layer in atlas.layers
        if layer.layer in zone_layers | base
    )  # fmt: skip


def zones_of(atlas: Atlas, layer: str) -> geopandas.GeoDataFrame:
    """Return the zones of a layer."""
    return atlas.zones[atlas.zones["layer"] == layer]


def wide_parts(frame: geopandas.GeoDataFrame) -> tuple[tuple[float, float, float, float], ...]:
    """Return the box of each part of a layer that is wider than a province; nothing of others."""
    shapes = frame.geometry.dropna()
    if shapes.empty or shapes.total_bounds[2] - shapes.total_bounds[0] < WIDE_DEG:
        return ()
    boxes = shapely.bounds(shapely.get_parts(shapes.to_numpy()))
    return tuple((float(west), float(south), float(east), float(north)) for west, south, east, north in boxes)


def _zone(zone: object, names: Names, paper: Layout, lang: str) -> ZoneDrawn:
    shape, axis, kind = zone.geometry, zone.axis, zone.kind  # type: ignore[attr-defined]
    grade = none_if_nan(zone.grade if shape is not None else zone.axis_grade)  # type: ignore[attr-defined]
    look = paper.theme.look(kind, grade)
    form = "point" if shape is not None and shape.geom_type == "Point" else "area"
    return ZoneDrawn(
        zone_id=zone.Index,  # type: ignore[attr-defined]
        name=zone.name_en if lang == "en" else zone.name_zh,  # type: ignore[attr-defined]
        kind=kind,
        grade=grade,
        error_m=none_if_nan(zone.error_m),  # type: ignore[attr-defined]
        shape="axis" if axis is not None and shape is None else form,
        dash=look.dash,
        hatch=look.hatch,
        named=names.is_named(zone.Index),  # type: ignore[attr-defined]
    )


def _label(label: Placed, *, of_zone: bool) -> LabelDrawn:
    box: Box = box_of(label)
    return LabelDrawn(label.wish.text, box.x, box.y, box.wide, box.high, of_zone)


def _bar(seen: View, paper: Layout) -> ScaleBar:
    metres = bar_length(seen, paper.bar_mm * BAR_SHARE)
    return ScaleBar(metres, metres * 1000 / seen.scale)


def _degrees(seen: View) -> tuple[float, float, float, float]:
    corners = [(x, y) for x in (seen.west, seen.east) for y in (seen.south, seen.north)]
    lon, lat = zip(*(TO_LONLAT.transform(x, y) for x, y in corners), strict=True)
    return min(lon), min(lat), max(lon), max(lat)
