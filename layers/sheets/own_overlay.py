"""A reader's own layer as it goes over a sheet: in one colour or by class, with its counts and where it is from."""

from collections.abc import Mapping
from typing import Any

import geopandas
import pandas as pd

from layers import style
from layers.sheets.sheet_added import Look, Overlay
from layers.sheets.sheet_plan import LayerDrawn
from layers.sheets.sheet_shown import wide_parts
from zones.errors import InputError
from zones.measure import lonlat_area
from zones.proof.drawn_receipts import class_names, counts, has_shape
from zones.proof.receipt_sources import SourceFile

LONGEST = 26
"""Signs of a name from outside that a legend has room for."""
WHOLE_OPACITY = 0.3
FEW = 2000
"""Features up to which each is drawn with a line of its own in the colour of the layer."""

WORDS: dict[str, tuple[str, str]] = {
    "count": ("（{n}）", " ({n})"),
    "features": ("要素", "Features"),
    "unnamed": ("未分类", "no class"),
    "rest": ("其余 {n} 类", "{n} other classes"),
    "source": ("自有数据，来源：{source}。", "Own data, source: {source}."),
    "no_source": ("自有数据，来源未注明。", "Own data, source not stated."),
    "no_shape": ("另有 {n} 个要素没有图形，未绘。", "{n} without a shape: not drawn."),
    "no_grade": ("边界等级未注明，未经本图集核定。", "Grade of the outlines not stated; not checked by this atlas."),
    "by_grade": (
        "线型按该层 grade 字段：官方实线、描绘虚线、推定点线。",
        "Lines by its field grade: official solid, traced dashed, inferred dotted.",
    ),
    "credit": ("{name}：{source}", "{name}: {source}"),
    "own": ("自有数据", "own data"),
}


def say(key: str, lang: str, **values: object) -> str:
    """Return a fixed text of an own layer in Chinese or English."""
    return style.label(WORDS, key, lang).format(**values)


def own_overlay(
    frame: geopandas.GeoDataFrame,
    name: str,
    lang: str = "zh",
    *,
    field: str | None = None,
    source: str = "",
    licence: str = "",
    source_date: str = "",
    facts: Mapping[str, Any] | None = None,
    file: SourceFile | None = None,
) -> Overlay:
    """Return a layer that is not of the atlas, ready to be drawn over zones.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        EPSG:4490, any kind of geometry; a column `grade` that holds grades of outlines alone is followed.
    name : str
        Of the file, as the reader knows it.
    lang : {"zh", "en"}
    field : str, optional
        Field by which the layer is coloured; one colour without.
    source, licence, source_date : str
        As the reader states them; a map for the public asks for all three.
    facts : mapping, optional
        JSON data that the file keeps, such as a hash.
    file : SourceFile, optional
        The file, where the counts are to have a receipt; `frame` then holds all its features.

    Raises
    ------
    InputError
        When the layer has no such field, or no shape at all.
    """
    known = frame[has_shape(frame)]
    if known.empty:
        raise InputError(f"{name}: no feature has a shape to draw; choose another layer.")
    if field is not None and field not in known.columns:
        fields = ", ".join(str(each) for each in known.columns.drop(known.geometry.name)) or "none"
        raise InputError(f"{name}: there is no field '{field}'; choose one of {fields}.")
    look, looks = _by_class(known, field, lang) if field else _whole(known, lang)
    shapes = geopandas.GeoDataFrame({"look": look}, geometry=known.geometry.to_numpy(), crs=known.crs)
    graded = "grade" in known.columns and known["grade"].isin(list(style.GRADE_DASH)).all()
    if graded:
        shapes["grade"] = known["grade"].to_numpy()
    told = say("source", lang, source=source.strip()) if source.strip() else say("no_source", lang)
    layer = LayerDrawn("own", name, licence, source, source_date, "cgcs2000", wide_parts(shapes))
    credit = say("credit", lang, name=name, source=source.strip() or say("own", lang))
    rest = len(frame) - len(known)
    left_out = (say("no_shape", lang, n=f"{rest:,}"),) if rest else ()
    notes = (told, say("by_grade" if graded else "no_grade", lang), *left_out)
    kept = {"features": len(known), "field": field, "licence": licence, "source": source} | dict(facts or {})
    counted = None if file is None else counts(frame, field, file)
    return Overlay(cut(name), shapes, looks, notes, layer, credit, kept, counted)


def cut(text: str, longest: int = LONGEST) -> str:
    """Return a name from outside in one line, as long as a legend has room for."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _whole(frame: geopandas.GeoDataFrame, lang: str) -> tuple[list[int], tuple[Look, ...]]:
    label = say("features", lang) + say("count", lang, n=f"{len(frame):,}")
    edge = 1.2 if len(frame) <= FEW else None
    return [0] * len(frame), (Look(label, style.ACCENT, "", WHOLE_OPACITY, edge_px=edge),)


def _by_class(frame: geopandas.GeoDataFrame, field: str, lang: str) -> tuple[list[int], tuple[Look, ...]]:
    """Return the look of each feature and the looks: by ground, the class with the most first, as the pages do."""
    names = class_names(frame, field)
    table = pd.DataFrame({"name": names.to_numpy(), "area": lonlat_area(frame.geometry.to_numpy())})
    sums = table.groupby("name", sort=True)["area"].agg(["sum", "size"])
    order = sums.sort_values(["sum", "size"], ascending=False, kind="stable")
    own = len(style.CLASS_LOOKS)
    rows = list(order["size"].items())
    looks = [
        Look(cut(str(name)) or say("unnamed", lang), *style.CLASS_LOOKS[place])
        for place, (name, _) in enumerate(rows[:own])
    ]
    counts = [int(count) for _, count in rows[:own]]
    if len(rows) > own:
        looks.append(Look(say("rest", lang, n=len(rows) - own), *style.CLASS_REST))
        counts.append(int(sum(count for _, count in rows[own:])))
    places = {name: min(place, own) for place, (name, _) in enumerate(rows)}
    made = tuple(
        Look(look.label + say("count", lang, n=f"{count:,}"), look.colour, look.pattern)
        for look, count in zip(looks, counts, strict=True)
    )
    return [places[name] for name in names], made
