"""The map face of the sheet: base map, zones and names, in metres of the plane, clipped to the frame."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import geopandas
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import Normal, Stroke

from layers import style
from layers.sheets.outlines import edges_once
from layers.sheets.sheet_frame import PLANE_CRS, Layout, View, graticule_lines
from layers.sheets.sheet_labels import Placed, Wish, anchors, box_of, place
from layers.sheets.sheet_text import font, width_mm, wrap
from zones.schema import Grade

PT_PER_PX = 0.75
HATCH_PT = 0.35
EDGE_GRID_M = 0.01
STATION_NAMES_TO = 30_000
"""Station names are only drawn at this scale or larger; station dots up to `STATIONS_TO`."""
STATIONS_TO = 150_000
SUBDISTRICTS_TO = 150_000
KEEP_CLEAR_OF = "base_districts"
"""Names on a public map keep clear of the lines of this layer."""
BOLD_KINDS = frozenset({"corridor", "core", "cluster", "belt", "axis", "ring"})
NAME_ORDER = ("corridor", "core", "cluster", "platform", "belt", "axis", "ring", "region", "park", "street", "subarea")

Dash = Literal["solid"] | tuple[float, tuple[float, ...]]
BASE_LINES: tuple[tuple[str, str, float, Dash], ...] = (
    # layer, its colour in the theme, width in pt, dash in line widths
    ("base_subdistricts", "subdistrict_line", 0.35, (0, (6, 3))),
    ("base_roads", "road", 0.7, "solid"),
    ("base_districts", "district_line", 0.8, (0, (7, 2, 1, 2))),
)


def on_plane(frame: geopandas.GeoDataFrame, seen: View) -> geopandas.GeoDataFrame:
    """Return the rows that show in the view, with `geometry` and `axis` in metres of the plane."""
    moved = frame.set_geometry(frame.geometry.to_crs(PLANE_CRS))
    window = shapely.box(seen.west, seen.south, seen.east, seen.north)
    shows = moved.geometry.intersects(window)
    if "axis" in moved.columns:
        moved["axis"] = geopandas.GeoSeries(frame["axis"], crs=frame.crs).to_crs(PLANE_CRS)
        shows |= geopandas.GeoSeries(moved["axis"], crs=PLANE_CRS).intersects(window)
    return moved[shows]


def in_draw_order(zones: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Return zones as they are drawn: by kind, and within a kind the larger first."""
    order = pd.DataFrame({"kind": zones["kind"].map(style.DRAW_ORDER.index), "area": -zones.geometry.area.fillna(0)})
    return zones.loc[order.sort_values(["kind", "area"], kind="stable").index]


def base_in_view(base: dict[str, geopandas.GeoDataFrame], seen: View) -> dict[str, geopandas.GeoDataFrame]:
    """Return the base layers that this scale draws, each with its rows in view; empty ones left out."""
    limits = {"base_stations": STATIONS_TO, "base_subdistricts": SUBDISTRICTS_TO}
    shown = {name: on_plane(frame, seen) for name, frame in base.items() if seen.scale <= limits.get(name, seen.scale)}
    return {name: frame for name, frame in shown.items() if len(frame)}


def base_drawn(base: dict[str, geopandas.GeoDataFrame], seen: View) -> dict[str, geopandas.GeoDataFrame]:
    """Return the base layers of which a mark is on the map: an area drawn by its line may have none in view."""
    window = shapely.box(*seen.bounds)
    lined = ("base_districts", "base_subdistricts")
    return {
        name: frame
        for name, frame in base.items()
        if name not in lined or frame.geometry.boundary.intersects(window).any()
    }


def sees_outside(base: dict[str, geopandas.GeoDataFrame], seen: View) -> bool:
    """Tell whether part of the map is neither land nor water of the base map."""
    window = shapely.box(seen.west, seen.south, seen.east, seen.north)
    known = [base[name].geometry.union_all() for name in ("base_land", "base_water") if name in base]
    return bool(window.difference(shapely.union_all(known)).area > 0.01 * window.area) if known else True


def draw_base(axes: Axes, base: dict[str, geopandas.GeoDataFrame], paper: Layout) -> None:
    """Draw land, water, lines and stations under the zones."""
    inks = paper.theme
    axes.set_facecolor(inks.outside)
    for name, colour, edge in (
        ("base_water", inks.sea, "none"),
        ("base_land", inks.land, inks.coast),
        ("base_inland_water", inks.water, "none"),
    ):
        for shape in _shapes(base, name):
            axes.add_artist(
                PathPatch(polygon_path(shape), facecolor=colour, edgecolor=edge, linewidth=0.5 * paper.type)
            )
    for name, colour, wide, dash in BASE_LINES:
        lines = [part for shape in _shapes(base, name) for part in line_parts(shape)]
        axes.add_collection(
            LineCollection(
                lines, colors=getattr(inks, colour), linewidths=wide * paper.type, linestyles=[dash], capstyle="round"
            )
        )
    dots = np.array([(shape.x, shape.y) for shape in _shapes(base, "base_stations")]).reshape(-1, 2)
    axes.scatter(dots[:, 0], dots[:, 1], s=2.2 * paper.type**2, color=inks.station, linewidths=0)


def draw_graticule(axes: Axes, seen: View, paper: Layout) -> None:
    """Draw meridians and parallels across the map, under the zones."""
    lines = LineCollection(graticule_lines(seen), colors=paper.theme.graticule, linewidths=0.3 * paper.type, zorder=1)
    axes.add_collection(lines, autolim=False)


def draw_zones(axes: Axes, zones: geopandas.GeoDataFrame, paper: Layout) -> None:
    """Draw fills, outlines, axes and points in turn, so that nothing sure lies under something vague."""
    ordered = in_draw_order(zones)
    areas = ordered[ordered.geometry.geom_type.isin(["Polygon", "MultiPolygon"])]
    for zone in areas.itertuples():
        _draw_fill(axes, zone.geometry, zone.kind, zone.grade, paper)
    draw_outlines(axes, areas, paper)
    for zone in ordered[ordered["axis"].notna()].itertuples():
        look = paper.theme.look(zone.kind, zone.axis_grade)
        halo = LineCollection(
            line_parts(zone.axis), colors=paper.theme.halo, linewidths=axis_pt(look, paper) + 1.4 * paper.type
        )
        axes.add_collection(halo)
        _draw_line(axes, zone.axis, look, axis_pt(look, paper))
    for zone in ordered[ordered.geometry.geom_type == "Point"].itertuples():
        draw_point(axes, zone.geometry.x, zone.geometry.y, paper.theme.look(zone.kind, None).colour, zone.grade, paper)


def draw_outlines(axes: Axes, areas: geopandas.GeoDataFrame, paper: Layout) -> None:
    """Draw the outlines of zones with extent, the rows in drawing order; each shared edge once."""
    for zone, line in zip(areas.itertuples(), edges_once(areas, EDGE_GRID_M), strict=True):
        look = paper.theme.look(zone.kind, zone.grade)
        _draw_line(axes, line, look, outline_pt(look, paper))


def outline_pt(look: style.ZoneStyle, paper: Layout) -> float:
    """Return the width of an outline in pt on this paper."""
    return look.line_px * PT_PER_PX * 0.85 * paper.type


def axis_pt(look: style.ZoneStyle, paper: Layout) -> float:
    """Return the width of an axis in pt on this paper."""
    return look.axis_px * PT_PER_PX * 0.6 * paper.type


def _draw_fill(axes: Axes, shape: shapely.Geometry, kind: str, grade: str | None, paper: Layout) -> None:
    look = paper.theme.look(kind, grade)
    ground = to_rgba(paper.theme.fill(kind), look.fill_opacity)
    path = polygon_path(shape)
    axes.add_artist(PathPatch(path, facecolor=ground, linewidth=0))
    if look.hatch:
        # A patch of its own: a ground drawn with the pattern shows the seams of its tiles.
        pattern = PathPatch(path, facecolor="none", linewidth=0, hatch=hatch(look, paper))
        pattern.set(hatchcolor=to_rgba(look.colour, paper.theme.hatch_opacity))
        pattern.set_hatch_linewidth(HATCH_PT * paper.type)
        axes.add_artist(pattern)


def hatch(look: style.ZoneStyle, paper: Layout) -> str | None:
    """Return the pattern, opened up on large paper: its tile does not grow with the type."""
    return look.hatch[: max(1, round(len(look.hatch) / max(1.0, paper.type / 1.5)))] or None


def _draw_line(axes: Axes, line: shapely.Geometry, look: style.ZoneStyle, wide: float) -> None:
    drawn = LineCollection(line_parts(line), colors=look.colour, linewidths=wide, linestyles=[look.line_style])
    drawn.set(capstyle="round", joinstyle="round")
    axes.add_collection(drawn)


def draw_point(axes: Axes, x: float, y: float, colour: str, grade: str | None, paper: Layout) -> None:
    """Draw the symbol of a zone known as a place only: open where it is inferred, filled where it is surer."""
    open_ = grade not in (Grade.OFFICIAL, Grade.TRACED)
    blank = paper.theme.paper
    face, edge = (blank, colour) if open_ else (colour, blank)
    axes.scatter([x], [y], s=15 * paper.type**2, color=face, edgecolors=edge, linewidths=1.1 * paper.type, zorder=5)


@dataclass(frozen=True)
class Names:
    """The names on a map: those of zones by zone_id, those of the base map, and the zones left without.

    `keys` are the numbers that stand for names listed in a corner of the map, by zone_id; `shared` are the zones in
    that list which have none of their own, each with the zone whose number it shares, `listed` those with no number.
    """

    of_zones: dict[str, Placed]
    of_base: tuple[Placed, ...]
    unnamed: tuple[str, ...]
    keys: Mapping[str, Placed] = field(default_factory=dict)
    shared: Mapping[str, str] = field(default_factory=dict)
    listed: tuple[str, ...] = ()

    def is_named(self, zone_id: str) -> bool:
        """Tell whether the name of a zone can be read on the sheet: on the map or in the list."""
        return any(zone_id in each for each in (self.of_zones, self.keys, self.shared, self.listed))


def draw_names(
    paper_axes: Axes,
    zones: geopandas.GeoDataFrame,
    base: dict[str, geopandas.GeoDataFrame],
    seen: View,
    paper: Layout,
    lang: str,
    *,
    barred: shapely.Geometry | None = None,
    inks: Mapping[str, str] | None = None,
) -> Names:
    """Write names on the map; return where they stand, and which zones had no room for theirs.

    No name stands on `barred` (mm on the paper). `inks` gives zones an ink other than that of their kind.
    """
    wanted = {}
    for zone in by_importance(zones).itertuples():
        wish, colour = zone_wish(zone, seen, paper, lang)
        if wish is not None:
            wanted[id(wish)] = (zone.Index, wish, (inks or {}).get(zone.Index, colour))
    taken = [box_of(Placed(Wish(" ", [], 4.0), *spot, None)) for spot in point_spots(zones, seen, paper)]
    lines = _axes_on_paper(zones, seen, paper)
    placed, left_out = place([wish for _, wish, _ in wanted.values()], paper.map, taken, lines, barred)
    for label in placed:
        write_label(paper_axes, label, wanted[id(label.wish)][2], paper)
    taken += [box_of(label) for label in placed]
    of_base = _write_base_names(paper_axes, base, seen, paper, lang, taken, barred)
    of_zones = {wanted[id(label.wish)][0]: label for label in placed}
    return Names(of_zones, tuple(of_base), tuple(wanted[id(wish)][0] for wish in left_out))


def _axes_on_paper(zones: geopandas.GeoDataFrame, seen: View, paper: Layout) -> list[shapely.Geometry]:
    """Return the axes drawn, in mm: strong lines that names should keep clear of."""
    return [on_paper(axis, seen, paper) for axis in zones["axis"].dropna()]


def boundaries_on_paper(
    base: dict[str, geopandas.GeoDataFrame], seen: View, paper: Layout
) -> dict[str, shapely.Geometry]:
    """Return the lines of administrative areas on the map, in mm, by layer."""
    return {
        name: shapely.union_all([on_paper(shape.boundary, seen, paper) for shape in base[name].geometry])
        for name in ("base_districts", "base_subdistricts")
        if name in base
    }


def on_paper(line: shapely.Geometry, seen: View, paper: Layout) -> shapely.Geometry:
    """Return what shows of a line, in mm on the paper."""

    def moved(metres: np.ndarray) -> np.ndarray:
        return np.array([seen.to_paper(paper.map, east, north) for east, north in metres]).reshape(-1, 2)

    return shapely.transform(line.intersection(shapely.box(*seen.bounds)), moved)


def by_importance(zones: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Return zones in the order in which they get a place for their name."""
    rank = zones["kind"].map(lambda kind: NAME_ORDER.index(kind) if kind in NAME_ORDER else len(NAME_ORDER))
    order = pd.DataFrame({"rank": rank, "area": -zones.geometry.area.fillna(0)})
    return zones.loc[order.sort_values(["rank", "area"], kind="stable").index]


def zone_wish(zone: object, seen: View, paper: Layout, lang: str) -> tuple[Wish | None, str]:
    """Return what the name of a row of zones asks for, None where nothing of the zone shows; and its ink."""
    axis, shape, kind = zone.axis, zone.geometry, zone.kind  # type: ignore[attr-defined]
    spots = _spots(axis if axis is not None else shape, seen, paper)
    look = paper.theme.look(kind, zone.grade)  # type: ignore[attr-defined]
    if not spots:
        return None, look.ink
    name = zone.name_en if lang == "en" else zone.name_zh  # type: ignore[attr-defined]
    weight = "bold" if kind in BOLD_KINDS else "regular"
    point = shape is not None and shape.geom_type == "Point"
    # A name across its own axis hides the line; beside it, both can be read.
    radius = (1.2 if point else 1.0 if axis is not None else 0.0) * paper.type
    size = (7.2 if weight == "bold" else 6.2) * paper.type
    return Wish(wrap(name, lang), spots, size, radius, weight=weight), look.ink


def _write_base_names(
    axes: Axes,
    base: dict[str, geopandas.GeoDataFrame],
    seen: View,
    paper: Layout,
    lang: str,
    taken: list,
    barred: shapely.Geometry | None,
) -> list[Placed]:
    written = []
    for layer, size, radius, colour, limit in (
        ("base_districts", 8.5, 0.0, paper.theme.district_name, None),
        ("base_water", 7.0, 0.0, paper.theme.sea_name, None),
        ("base_subdistricts", 5.2, 0.0, paper.theme.district_name, 100_000),
        ("base_stations", 4.6, 0.5, paper.theme.station, STATION_NAMES_TO),
    ):
        if layer not in base or (limit is not None and seen.scale > limit):
            continue
        column = "name_en" if lang == "en" else "name_zh"
        if column not in base[layer]:
            continue
        names = base[layer][column].fillna("")
        wishes = []
        for name, shape in zip(names, base[layer].geometry, strict=True):
            text = _spaced(name, layer, lang)
            spots = _spots(shape, seen, paper, inside=width_mm(text, size * paper.type) if radius == 0 else 0)
            if name and spots:
                wishes.append(Wish(text, spots, size * paper.type, radius * paper.type, far=False))
        placed, _ = place(wishes, paper.map, taken, barred=barred)
        taken += [box_of(label) for label in placed]
        for label in placed:
            write_label(axes, label, colour, paper)
        written += placed
    return written


def _spaced(name: str, layer: str, lang: str) -> str:
    """Return an area's name letter-spaced, as maps set names that spread over ground."""
    return " ".join(name) if layer in ("base_districts", "base_water") and lang == "zh" else name


def _spots(
    shape: shapely.Geometry | None, seen: View, paper: Layout, inside: float | None = None
) -> list[tuple[float, float]]:
    """Return the places for a name, in mm; with `inside`, many, and only where so many mm stay in the shape."""
    if shape is None:
        return []
    part = shape.intersection(shapely.box(seen.west, seen.south, seen.east, seen.north))
    spots = anchors(part)
    if inside:
        west, south, east, north = part.bounds if spots else (0, 0, 0, 0)
        shares = np.linspace(0.08, 0.92, 12)
        spots += [(west + (east - west) * i, south + (north - south) * j) for j in shares[::-1] for i in shares]
        half = inside * seen.scale / 2000
        names = shapely.linestrings([[(x - half, y), (x + half, y)] for x, y in spots])
        spots = [spot for spot, fits in zip(spots, shapely.contains(part, names), strict=True) if fits]
    return [seen.to_paper(paper.map, *spot) for spot in spots]


def point_spots(zones: geopandas.GeoDataFrame, seen: View, paper: Layout) -> list[tuple[float, float]]:
    """Return where the symbols of places stand, in mm."""
    points = [shape for shape in zones.geometry if shape is not None and shape.geom_type == "Point"]
    return [seen.to_paper(paper.map, point.x, point.y) for point in points]


def write_label(axes: Axes, label: Placed, colour: str, paper: Layout) -> None:
    """Write a name with its halo. The halo is a text of its own: stroked text would be no text in a PDF."""
    wish = label.wish
    common: dict[str, Any] = {
        "ha": "center",
        "va": "center",
        "fontproperties": font(wish.weight),
        "fontsize": wish.size_pt,
        "linespacing": 1.15,
        # Two dollar signs in a name are no formula.
        "parse_math": False,
    }
    if label.leader is not None:
        axes.plot([label.leader[0], label.x], [label.leader[1], label.y], color=colour, linewidth=0.4 * paper.type)
    stroke = [Stroke(linewidth=2.0 * paper.type, foreground=paper.theme.halo, alpha=0.85), Normal()]
    axes.text(label.x, label.y, wish.text, color=paper.theme.halo, path_effects=stroke, **common)
    axes.text(label.x, label.y, wish.text, color=colour, **common)


def polygon_path(shape: shapely.Geometry) -> Path:
    """Return a polygon, with its holes and parts, as one closed path."""
    rings = shapely.get_rings(shapely.get_parts(shapely.orient_polygons(shape)))
    corners = [np.asarray(ring.coords) for ring in rings]
    codes = [np.r_[Path.MOVETO, np.full(len(ring) - 2, Path.LINETO), Path.CLOSEPOLY] for ring in corners]
    return Path(np.concatenate(corners), np.concatenate(codes))


def line_parts(shape: shapely.Geometry) -> list[np.ndarray]:
    """Return the lines of a shape, or the outline of an area, each as (n, 2)."""
    line = shape.boundary if shape.geom_type.endswith("Polygon") else shape
    return [np.asarray(part.coords) for part in shapely.get_parts(line)]


def _shapes(base: dict[str, geopandas.GeoDataFrame], name: str) -> Iterable[shapely.Geometry]:
    return base[name].geometry if name in base else []
