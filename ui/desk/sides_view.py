"""Tables, sentences and shapes of the bench for boundary texts, made from compiled sides."""

import html
import math
from collections.abc import Iterable
from typing import Any

import shapely
from shapely.geometry import mapping

from layers import style
from layers.desk import sides_look
from ui import receipt_view
from ui.desk.shape_slips import SIDES as SIDES_MARK
from ui.words.i18n import TEXTS, t
from zones.sides.sides import Line, Side, Sides, area, error_by_side, gap_on_ground, open_ends
from zones.sides.sides_check import Comparison, SideCheck
from zones.sides.sides_words import WordedSide
from zones.units import UNITS, Unit, format_area

END_SHARE = 0.008
"""Radius of the ring at an open end, of the width of what the map shows."""
MAP_DECIMALS = 1e-6


def side_name(direction: str, lang: str) -> str:
    """Return what a side is called."""
    return t(f"side_{direction}", lang)


def source_name(source: str, lang: str) -> str:
    """Return what the layer of a line is called; a file of one's own by its name."""
    key = f"sides_source_{source}"
    return t(key, lang) if key in TEXTS else source


def line_name(line: Line, lang: str) -> str:
    """Return a line's name in one language, in Chinese where it has no other."""
    return (line.name_en or line.name) if lang == "en" else line.name


def listed(names: Iterable[str], lang: str) -> str:
    """Return names in a row, as the language does it."""
    return ("、" if lang == "zh" else ", ").join(names)


def open_state(side: Side, lang: str) -> str:
    """Return in words why a side is open, nothing where it is not."""
    if side.open_code == "not_said":
        return t("sides_not_said", lang)
    open_ = [each for each in side.matches if not each.found]
    if side.open_code == "choices":
        return t("sides_choices", lang, choices=listed((c for each in open_ for c in each.choices), lang))
    if side.open_code:
        near = listed(dict.fromkeys(name for each in open_ for name in each.near), lang)
        missing = t("sides_no_line", lang, name=listed((each.name for each in open_), lang))
        return missing + (t("sides_near", lang, near=near) if near else "")
    return ""


def line_state(side: Side, line: Line, lang: str) -> str:
    """Return in words how a line was found, and whether it is planned or stands in for another."""
    if line.stand_in:
        return t("sides_replaced", lang, name=listed(side.names, lang) or t("sides_not_said", lang))
    told = [t("sides_ok" if line.reason == "exact" else f"sides_ok_{line.reason}", lang, name=line_name(line, lang))]
    if line.planned:
        told.append(t("sides_is_planned", lang))
    elif side.planned and not any(each.planned for each in side.lines):
        told.append(t("sides_said_planned", lang))
    return ("；" if lang == "zh" else "; ").join(told)


def side_table(result: Sides, lang: str) -> dict[str, Any]:
    """Return the sides as JSON data for the table of the browser, one row for each line."""
    rows = []
    for side in result.sides:
        lines: tuple[Line | None, ...] = tuple(dict.fromkeys(side.lines)) or (None,)
        open_said = open_state(side, lang)
        for at, line in enumerate(lines):
            said = side.text or side_name(side.direction, lang)
            cells = [
                {"text": said if not at else ""},
                {"text": _line_cell(line, result, lang)},
                {"text": source_name(line.source, lang) if line else "—"},
                _error_cell(line, lang),
                {"text": line_state(side, line, lang) if line and not side.open_code else open_said if not at else ""},
            ]
            rows.append({"cells": cells, "find": ""})
    titles = ("sides_side", "sides_line", "sides_where", "sides_error", "sides_state")
    columns: list[dict[str, Any]] = [{"title": t(each, lang), "fixed": True, "wide": each == "sides_state"}
                                     for each in titles]  # fmt: skip
    columns[3] |= {"unit": "± m" if lang == "en" else "± 米", "number": True}
    return {"lang": lang, "caption": t("sides_found", lang), "columns": columns, "rows": rows, "filter": None,
            "none": "—"}  # fmt: skip


def _error_cell(line: Line | None, lang: str) -> dict[str, Any]:
    if line is None:
        return {"text": "—", "sort": None}
    if math.isnan(line.error_m):
        return {"text": t("sides_unknown_error", lang), "sort": None}
    return {"text": _metres(line.error_m), "sort": line.error_m}


def _line_cell(line: Line | None, result: Sides, lang: str) -> str:
    if line is None:
        return "—"
    used = "" if result.polygon is None or line.along_m > 1 else f"（{t('sides_not_used', lang)}）"
    return line_name(line, lang) + (used if lang == "zh" else used.replace("（", " (").replace("）", ")"))


def _metres(value: float) -> str:
    return "—" if math.isnan(value) else f"{value:,.0f}"


def verdict(result: Sides, lang: str) -> str:
    """Return as HTML whether the sides close, and if not, where."""
    closed = result.polygon is not None
    told = t("sides_closed", lang) if closed else _open_words(result, lang)
    notes = []
    if result.built.faces > 1:
        notes.append(t("sides_several", lang, n=result.built.faces))
    for gap in result.built.gaps if closed else ():
        at = "—".join(dict.fromkeys(side_name(each, lang) for each in gap.between))
        how = t(f"sides_{gap.how}", lang)
        added = t("sides_added_note", lang, at=at, how=how, m=f"{gap.length_m:.0f}", most=f"{result.gap_m:.0f}")
        notes.append(f"{t('sides_added', lang)} {added}")
    said = html.escape(("；" if lang == "zh" else "; ").join(notes))
    look = "holds" if closed else "stale"
    return f"<div class='z-verdict z-{look}' role='status'><b>{html.escape(told)}</b><p>{said}</p></div>"


def _open_words(result: Sides, lang: str) -> str:
    if result.open_sides:
        sides = listed((side_name(each.direction, lang) for each in result.open_sides), lang)
        return t("sides_open", lang, sides=f"{sides}边" if lang == "zh" else sides)
    if result.built.open_corners:
        corner = result.built.open_corners[0]
        a, b = (side_name(each, lang) for each in corner.between)
        return t("sides_open_corner", lang, a=a, b=b, m=f"{corner.distance_m:,.0f}")
    return t("sides_no_face", lang)


def figures(result: Sides, unit: Unit, lang: str) -> str:
    """Return area, error and grade of a candidate as HTML."""
    measured = area(result)
    value = format_area(float(measured["ellipsoid_m2"]), _known(error_by_side(result)), unit)
    name = html.escape(UNITS[unit][lang == "en"])
    error = t("sides_unknown_error", lang) if math.isnan(result.error_m) else f"±{result.error_m:,.0f} m"
    items = {
        t("sides_area", lang): f"{html.escape(value)} <small>{name}</small> {receipt_view.mark(SIDES_MARK, lang)}",
        t("sides_edge_error", lang): html.escape(error),
        t("sides_grade", lang): html.escape(style.label(style.GRADE_LABELS, result.grade, lang)),
    }
    body = "".join(f"<div><dt>{html.escape(title)}</dt><dd>{text}</dd></div>" for title, text in items.items())
    return f"<dl class='z-figures'>{body}</dl>"


def area_note(result: Sides, unit: Unit, lang: str) -> str:
    """Return what the ± of the area adds up, and what it would be all round; nothing where it is not known."""
    if math.isnan(result.error_m):
        return ""
    error = float(area(result)["error_m2"])
    # With itself as its error, a figure gets the digits an error is given.
    value = format_area(error, error, unit).split(" ± ")[0]
    name = UNITS[unit][lang == "en"]
    return t("sides_area_note", lang, most=f"{result.error_m:,.0f}", value=f"{value} {name}")


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def differences(checks: tuple[SideCheck, ...], both: Comparison | None, lang: str) -> str:
    """Return in sentences how a drawing fits the text, as an HTML list: side by side, then as a whole."""
    told = [_difference(each, lang) for each in checks]
    if both:
        shares = {"a": f"{both.share_of_candidate:.0%}", "b": f"{both.share_of_drawing:.0%}"}
        told.append(t("sides_overlap", lang, **shares, m=f"{both.hausdorff_m:,.0f}"))
    return f"<ul class='z-differences'>{''.join(f'<li>{html.escape(each)}</li>' for each in told)}</ul>"


def _difference(each: SideCheck, lang: str) -> str:
    side = side_name(each.side.direction, lang)
    side = side if lang == "zh" else side.capitalize()
    if math.isnan(each.mean_m):
        return t("sides_no_edge" if each.status == "no_edge" else "sides_unchecked", lang, side=side)
    way = t("sides_outside" if each.beyond_m > 0 else "sides_inside", lang, m=f"{abs(each.beyond_m):,.0f}")
    line = listed(dict.fromkeys(line_name(line, lang) for line in each.side.lines), lang)
    values = {"mean": f"{each.mean_m:,.0f}", "max": f"{each.max_m:,.0f}", "tolerance": f"{each.tolerance_m:,.0f}"}
    return t(f"sides_{each.status}", lang, side=side, line=line, way=way, **values)


def grounds(result: Sides, drawn: shapely.Geometry | None = None) -> list[dict[str, Any]]:
    """Return what the map draws: candidate, lines by side, what was added, and open ends, each with its look."""
    looks: list[tuple[shapely.Geometry | None, dict[str, object]]] = [(result.polygon, sides_look.area_look())]
    near = _window(result, drawn)
    looks += [
        (side.shape.intersection(near), sides_look.line_look(side.direction)) for side in result.sides if side.lines
    ]
    looks += [(gap_on_ground(gap, result.plane_crs), sides_look.added_look()) for gap in result.built.gaps]
    ends = [end for _, end in open_ends(result) if near.contains(end)]
    if ends:
        west, south, east, north = shapely.total_bounds([shape for shape, _ in looks if shape is not None])
        radius = END_SHARE * max(east - west, north - south)
        looks += [(end.buffer(radius), sides_look.end_look()) for end in ends]
    return [
        {"shape": mapping(shapely.set_precision(shape, MAP_DECIMALS)), "look": look}
        for shape, look in looks
        if shape is not None and not shape.is_empty
    ]


def _window(result: Sides, drawn: shapely.Geometry | None) -> shapely.Geometry:
    """Return where lines are worth drawing: around the candidate, else the shape as drawn, else anywhere."""
    centre = drawn if result.polygon is None else result.polygon
    if centre is None:
        return shapely.box(-180, -90, 180, 90)
    west, south, east, north = centre.bounds
    margin = max(east - west, north - south) * 0.4
    return shapely.box(west - margin, south - margin, east + margin, north + margin)


def legend(result: Sides, lang: str) -> str:
    """Return the legend under the map as HTML."""
    shown = [(sides_look.line_look(side.direction), side_name(side.direction, lang))
             for side in result.sides if side.lines]  # fmt: skip
    if result.polygon is not None:
        shown.append((sides_look.area_look(), t("sides_legend_area", lang)))
    if result.built.gaps:
        shown.append((sides_look.added_look(), t("sides_legend_added", lang)))
    if result.open_sides:
        shown.append((sides_look.end_look(), t("sides_legend_end", lang)))
    body = "".join(f"<span>{sides_look.swatch(look)} {html.escape(name)}</span>" for look, name in shown)
    return f"<p class='z-swatches'>{body}</p>"


def worded_table(sides: tuple[WordedSide, ...], lang: str) -> dict[str, Any]:
    """Return the sides of a drawing as JSON data for the table of the browser, one row for each line along it."""
    rows = []
    for side in sides:
        parts = [(run.name if lang == "zh" else run.name_en or run.name, source_name(run.source, lang), run.share,
                  run.mean_m, run.max_m) for run in side.runs]  # fmt: skip
        if side.unmatched >= 0.005:
            parts.append((t("sides_unmatched", lang), "—", side.unmatched, math.nan, math.nan))
        for at, (name, source, share, mean, most) in enumerate(parts):
            cells = [
                {"text": side_name(side.direction, lang) if not at else ""},
                {"text": _metres(side.length_m) if not at else ""},
                {"text": name},
                {"text": source},
                {"text": f"{share:.0%}", "sort": share},
                {"text": _metres(mean), "sort": None if math.isnan(mean) else mean},
                {"text": _metres(most), "sort": None if math.isnan(most) else most},
            ]
            rows.append({"cells": cells, "find": ""})
    titles = ("sides_side", "sides_length", "sides_line", "sides_where", "sides_share", "sides_mean", "sides_most")
    columns: list[dict[str, Any]] = [{"title": t(each, lang), "fixed": True, "number": at in (1, 4, 5, 6)}
                                     for at, each in enumerate(titles)]  # fmt: skip
    for at in (1, 5, 6):
        columns[at]["unit"] = "m" if lang == "en" else "米"
    return {"lang": lang, "caption": t("sides_words_file", lang), "columns": columns, "rows": rows, "filter": None,
            "none": "—"}  # fmt: skip
