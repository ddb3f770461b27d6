"""Turns what is known of a corridor into its two drawings: the chainage strip and the width curve."""

from collections.abc import Mapping, Sequence

import geopandas
import numpy as np
import pandas as pd

from layers import style
from layers.corridors.curve import Change, Curve, Line
from layers.corridors.strip import Bar, Span, Spot, Strip
from zones.atlas import Atlas
from zones.corridors.chainage import merge_by
from zones.corridors.corridor import stretches
from zones.corridors.corridor_cells import Cells
from zones.corridors.coverage import Coverage, class_curves, crossings, curve
from zones.corridors.crossed import along_axis, lines_met, points_beside

CLASS_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#7B4EA3", "#CC79A7", "#56B4E9", "#643C14", "#555555")
"""For classes of a layer that are no kinds of zone, in the order of what they cover; then over again."""

MOST_BARS = 90
SAME_M = 60.0
"""In a lane of many features, stretches closer than this are drawn as one."""

WORDS: dict[str, tuple[str, str]] = {
    "strip": ("{name}：里程展开图，半宽 {width:g} m", "{name}: chainage strip, half-width {width:g} m"),
    "left": ("左侧", "Left"),
    "right": ("右侧", "Right"),
    "gap": ("缺口", "gap"),
    "places": ("街道", "Subdistr."),
    "roads": ("相交道路", "Roads"),
    "curve": ("覆盖率随半宽变化", "Coverage against half-width"),
    "x": ("半宽（km）", "half-width (km)"),
    "y": ("覆盖率", "share covered"),
    "assumed": ("假定 {width:g} m", "assumed {width:g} m"),
    "all": ("合计（只计一次）", "All, counted once"),
    "change": ("半宽自 {width:.2f} km 起，{up}的覆盖率超过{down}", "from {width:.2f} km on {up} exceeds {down}"),
    "unclassed": ("未分类", "no class"),
}


def say(key: str, lang: str, **values: object) -> str:
    """Return a phrase of the drawings in `zh` or `en`."""
    return WORDS[key][1 if lang == "en" else 0].format(**values)


def colours_of(classes: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return a colour and an ink for each class: that of its kind, or one of a palette."""
    others = [name for name in classes if name not in style.KIND_COLOURS]
    own = {name: CLASS_COLOURS[place % len(CLASS_COLOURS)] for place, name in enumerate(others)}
    return {
        name: (style.KIND_COLOURS[name], style.KIND_INKS[name])
        if name in style.KIND_COLOURS
        else (own[name], style.INK)
        for name in classes
    }


def class_label(name: str | None, lang: str) -> str:
    """Return the name of a class as people read it."""
    if name is None or pd.isna(name):
        return say("unclassed", lang)
    return style.label(style.KIND_LABELS, name, lang) if name in style.KIND_LABELS else str(name)


def strip_of(atlas: Atlas, cells: Cells, place: int, found: Coverage, names: Mapping[str, str], lang: str) -> Strip:
    """Return the strip of a corridor.

    Parameters
    ----------
    cells : Cells
    place : int
        Which of their half-widths.
    found : Coverage
        What `zones.corridors.coverage.at` gives there.
    names : mapping
        Name of each cover by id; what is missing goes by its id.
    """
    made, measure = found.corridor, cells.measure
    stations = points_beside(_named(atlas.base["base_stations"], lang), cells.grounds[place], measure)
    roads = cells.keep(
        f"roads {lang}", lambda held: lines_met(held.corridor, _named(atlas.base["base_roads"], lang), measure)
    )
    places = places_along(atlas, cells, lang).itertuples(index=False)
    words = {key: say(key, lang) for key in ("left", "right", "gap", "places", "roads")}
    words["title"] = say("strip", lang, name=made.name_en if lang == "en" else made.name_zh, width=made.widest_m)
    return Strip(
        length_m=measure.length_m,
        left=_bars(cells, found, "left", names, lang),
        right=_bars(cells, found, "right", names, lang),
        gaps=_spans(found.gaps),
        absent=_absent(cells),
        places=tuple(Bar(short_place(name, lang), low, high) for name, low, high in places),
        roads=_spots(roads),
        left_stations=_spots(stations[stations["offset_m"] >= 0][["id", "at_m"]]),
        right_stations=_spots(stations[stations["offset_m"] < 0][["id", "at_m"]]),
        breaks_m=measure.breaks_m,
        words=words,
    )


def places_along(atlas: Atlas, cells: Cells, lang: str) -> pd.DataFrame:
    """Return the subdistricts the axis runs through, in order: `id` (name), `from_m`, `to_m`; found once."""
    base = atlas.base["base_subdistricts"]
    return cells.keep(f"places {lang}", lambda held: along_axis(held.corridor, _named(base, lang), held.measure))


def short_place(name: str, lang: str) -> str:
    """Return the name of a subdistrict where it is plain that it is one."""
    return name.removesuffix(" Subdistrict") if lang == "en" else name.removesuffix("街道")


def _named(frame: geopandas.GeoDataFrame, lang: str) -> geopandas.GeoDataFrame:
    return frame[frame[f"name_{lang}"].notna()].set_index(f"name_{lang}")


def _spots(table: pd.DataFrame) -> tuple[Spot, ...]:
    """Return spots in order; one name met again within 500 m is the same thing."""
    spots: list[Spot] = []
    for name, at_m in table.itertuples(index=False):
        if not any(each.name == name and abs(each.at_m - at_m) < 500 for each in spots):
            spots.append(Spot(str(name), float(at_m)))
    return tuple(spots)


def _spans(table: pd.DataFrame) -> tuple[Span, ...]:
    return tuple((float(low), float(high)) for low, high in table[["from_m", "to_m"]].itertuples(index=False))


def _absent(cells: Cells) -> tuple[Span, ...]:
    """Return the stretches of the axis at which the corridor does not run: beyond the district line."""
    whole, last = [], 0.0
    for start, end in stretches(cells.corridor, cells.measure):
        if start - last > 1.0:
            whole.append((last, float(start)))
        last = float(end)
    return tuple([*whole, (last, cells.measure.length_m)] if cells.measure.length_m - last > 1.0 else whole)


def _bars(cells: Cells, found: Coverage, side: str, names: Mapping[str, str], lang: str) -> tuple[Bar, ...]:
    lanes = found.lanes[found.lanes["side"] == side]
    classes = cells.covers["class"]
    looks = colours_of(list(found.by_class["class"]))
    if len(found.lanes) > MOST_BARS:
        return _class_bars(lanes, classes, looks, lang)
    bars = []
    for each in lanes.itertuples():
        colour, ink = looks.get(classes[each.id], (style.INK_SOFT, style.INK))
        name = names.get(each.id, str(each.id))
        bars.append(Bar(name, each.from_m, each.to_m, colour, ink, key=str(each.id) if each.id in names else None))
    return tuple(bars)


def _class_bars(
    lanes: pd.DataFrame, classes: pd.Series, looks: Mapping[str, tuple[str, str]], lang: str
) -> tuple[Bar, ...]:
    """Return a lane for each class, in which single features are not told apart."""
    held = lanes.assign(of=[None if pd.isna(each) else each for each in classes.loc[lanes["id"]]])
    bars = []
    for name in [*looks, None]:
        rows = held[held["of"].isna() if name is None else held["of"] == name]
        if rows.empty:
            continue
        spans = rows[["from_m", "to_m"]].to_numpy() + np.array([-SAME_M / 2, SAME_M / 2])
        colour, ink = looks.get(name, (style.INK_SOFT, style.INK)) if name else (style.INK_SOFT, style.INK)
        label = class_label(name, lang)
        _, joined = merge_by(np.zeros(len(spans), np.int64), spans)
        bars += [Bar(label, low + SAME_M / 2, high - SAME_M / 2, colour, ink, group=label) for low, high in joined]
    return tuple(bars)


def curve_of(cells: Cells, lang: str, table: pd.DataFrame | None = None) -> Curve:
    """Return the width curve of one corridor: all covers, and each class by itself.

    Parameters
    ----------
    table : pandas.DataFrame, optional
        `zones.corridors.coverage.curve` of the cells, where it is at hand.
    """
    table = curve(cells) if table is None else table
    by_class = class_curves(cells).div(table["corridor_m2"].to_numpy(), axis=0)
    order = list(by_class.iloc[-1].sort_values(ascending=False).index)[:8] if len(by_class.columns) else []
    looks = colours_of(order)
    whole = _whole(table, say("all", lang), style.INK)
    lines = [Line(class_label(name, lang), *looks[name], tuple(by_class[name])) for name in order]
    labels = {name: class_label(name, lang) for name in order}
    only = len(order) > 1
    return _curve(table, [whole, *lines] if only else [whole], by_class[order], labels, _assumed(cells), lang)


def compared(tables: Mapping[str, pd.DataFrame], names: Mapping[str, str], assumed_m: float | None, lang: str) -> Curve:
    """Return the width curves of several corridors side by side, the first one strong."""
    palette = ("#D55E00", *CLASS_COLOURS)
    lines = [_whole(table, names[key], palette[place], place == 0) for place, (key, table) in enumerate(tables.items())]
    shares = pd.DataFrame({key: table.set_index("half_width_m")["share"] for key, table in tables.items()})
    return _curve(next(iter(tables.values())), lines, shares, names, assumed_m, lang)


def _whole(table: pd.DataFrame, name: str, colour: str, strong: bool = True) -> Line:
    errors = tuple(table["error_m2"] / table["corridor_m2"]) if strong else ()
    return Line(name, colour, style.INK if strong else colour, tuple(table["share"]), errors, strong)


def _curve(
    table: pd.DataFrame,
    lines: list[Line],
    ranked: pd.DataFrame,
    names: Mapping[str, str],
    assumed_m: float | None,
    lang: str,
) -> Curve:
    words = {key: say(key, lang) for key in ("x", "y")} | {"title": say("curve", lang)}
    if assumed_m is not None:
        words["assumed"] = say("assumed", lang, width=assumed_m)
    return Curve(tuple(table["half_width_m"]), tuple(lines), changes(ranked, names, lang), assumed_m, words)


def changes(shares: pd.DataFrame, names: Mapping[str, str], lang: str) -> tuple[Change, ...]:
    """Return the widths at which one of some curves (index half-width, share) overtakes another, named."""
    found = []
    for width, up, down in crossings(shares).itertuples(index=False):
        after = int(shares.index.searchsorted(width))
        low, high = shares.index[max(after - 1, 0)], shares.index[min(after, len(shares) - 1)]
        part = (width - low) / (high - low) if high > low else 0.0
        share = shares[up][low] + part * (shares[up][high] - shares[up][low])
        found.append(Change(width, share, say("change", lang, width=width / 1000, up=names[up], down=names[down])))
    return tuple(found)


def _assumed(cells: Cells) -> float | None:
    own = cells.corridor
    return own.half_width if own.assumed and not isinstance(own.half_width, tuple) else None
