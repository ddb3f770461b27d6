"""Tables of the bench of official boundaries: who is who, and what follows, as JSON data for the browser."""

import html
import re
from collections.abc import Iterable
from typing import Any

import shapely
import streamlit as st
from shapely.geometry import mapping

from layers import style
from ui import verify_view
from ui.area_table import DASH
from ui.sentences.sentences import translate
from ui.words.i18n import t
from ui.words.words_desk_official import KINDS
from zones import Atlas
from zones.issues import Issue
from zones.official.adopting import Preview
from zones.official.follows import Follows, StaleFile
from zones.official.match_zones import Matched, Proposal
from zones.proof.receipt_files import Held
from zones.proof.verify import Verdict
from zones.records import none_if_nan
from zones.statements.rules import Rule
from zones.units import UNITS, Unit, format_area, in_unit

Cell = dict[str, Any]
DOT_DEG = 0.0006
"""Half the side of the square that stands for a point on the map, degrees."""

SEEN_M2 = 100.0
"""Changes of an overlap below this show in no figure of the table; they are counted and not listed."""

IDS = re.compile(r"'?\b[a-z]+(?:\.[a-z0-9-]+){2,}\b'?")
MAP_DECIMALS = 1e-6
BEFORE = {"color": style.INK_SOFT, "weight": 2, "dashArray": "6 5", "fill": False}
AFTER = {"color": style.ACCENT, "weight": 2.4, "fillColor": style.ACCENT, "fillOpacity": 0.14}


def part(title: str) -> None:
    """Show the heading of a part within a step."""
    st.html(f"<h4 class='z-part'>{html.escape(title)}</h4>")


def table(lang: str, caption: str, heads: list[tuple[str, bool]], rows: list[list[Cell]]) -> dict[str, Any]:
    """Return a table: heads with whether they stand over numbers; every cell can be searched where it is long."""
    told = [{"cells": cells, "find": " ".join(str(cell["text"]) for cell in cells).lower()} for cells in rows]
    return {
        "lang": lang,
        "caption": caption,
        "columns": [{"title": title, "number": number} for title, number in heads],
        "rows": told,
        "filter": t("filter_rows", lang) if len(rows) > 12 else None,
        "none": t("no_rows", lang),
    }


def zone_name(atlas: Atlas, zone_id: str, lang: str) -> str:
    """Return the name of a zone with its plan: several plans have zones of one name."""
    return " · ".join(_name_and_plan(atlas, zone_id, lang))


def _name_and_plan(atlas: Atlas, zone_id: str, lang: str) -> tuple[str, ...]:
    if zone_id not in atlas.zones.index:
        return (zone_id,)
    row = atlas.zones.loc[zone_id]
    return row[f"name_{lang}"], getattr(atlas.plans[row["plan_id"]].plan.short, lang)


def _zone(atlas: Atlas, zone_id: str, lang: str) -> Cell:
    return {"text": zone_name(atlas, zone_id, lang), "colour": style.KIND_COLOURS[atlas.zones.at[zone_id, "kind"]]}


def match_table(atlas: Atlas, matched: Matched, lang: str) -> dict[str, Any]:
    """Return the matches: feature, its name in the layer, zone, part, how it was matched."""
    rows: list[list[Cell]] = [
        [
            _zone(atlas, row.zone_id, lang),
            {"text": row.label},
            {"text": t(f"official_how_{row.how}", lang)},
            {"text": t(f"official_part_{row.part}", lang)},
            {"text": row.feature, "sort": int(row.feature)},
        ]
        for row in matched.pairs.itertuples()
    ]
    keys = ("zone", "official_label", "official_how", "official_part", "feature")
    return table(lang, t("official_matches", lang), _heads(lang, *keys, numbers=("feature",)), rows)


def without_table(atlas: Atlas, matched: Matched, lang: str) -> dict[str, Any]:
    """Return the zones that no feature was found for."""
    rows: list[list[Cell]] = [
        [_zone(atlas, zone_id, lang), {"text": _grade(atlas.zones.at[zone_id, "grade"], lang)}, {"text": zone_id}]
        for zone_id in matched.without
    ]
    heads = [(t("zone", lang), False), (t("grade", lang), False), ("zone_id", False)]
    return table(lang, t("official_zones_without", lang), heads, rows)


def proposal(atlas: Atlas, each: Proposal, lang: str) -> str:
    """Return a proposed zone in words, with why it is proposed."""
    why = t(f"official_by_{each.how}", lang, share=f"{each.score:.0%}")
    return f"{zone_name(atlas, each.zone_id, lang)}（{why}）" if lang == "zh" else (
        f"{zone_name(atlas, each.zone_id, lang)} ({why})"
    )  # fmt: skip


def figures(matched: Matched, read: int, lang: str) -> str:
    """Return the account of the features as HTML."""
    counts = {
        "official_read": read,
        "official_matched": matched.pairs["feature"].nunique(),
        "official_listed": len(matched.left),
        "official_zones_hit": matched.pairs["zone_id"].nunique(),
        "official_zones_without": len(matched.without),
    }
    items = "".join(f"<div><dt>{t(key, lang)}</dt><dd>{count:,}</dd></div>" for key, count in counts.items())
    return f"<dl class='z-figures z-import-figures'>{items}</dl>"


def doubt_table(atlas: Atlas, doubts: list[Issue], lang: str) -> dict[str, Any]:
    """Return what speaks against matches."""
    rows: list[list[Cell]] = [
        [{"text": zone_name(atlas, each.feature, lang) if each.feature else t("whole_layer", lang)},
         {"text": translate(each.message, lang)}]
        for each in doubts
    ]  # fmt: skip
    return table(lang, t("official_doubts", lang), _heads(lang, "zone", "official_finding"), rows)


def zone_table(atlas: Atlas, found: Follows, unit: Unit, lang: str) -> dict[str, Any]:
    """Return areas, grades and boundaries of the zones before and after."""
    rows = [_zone_row(atlas, row, unit, lang) for row in found.zones.itertuples()]
    name = UNITS[unit][lang == "en"]
    units = {"official_before": f"{name} ±", "official_after": f"{name} ±", "official_change": name,
             "official_stated_before": name, "official_stated_after": name,
             "official_farthest": "m", "official_mean": "m", "official_common": "%"}  # fmt: skip
    keys = ("zone", "grade", *units)
    told = table(lang, t("official_zone_changes", lang), _heads(lang, *keys, numbers=tuple(units)), rows)
    for column, key in zip(told["columns"], keys, strict=True):
        column["unit"] = units.get(key)
    return told


def _zone_row(atlas: Atlas, row: Any, unit: Unit, lang: str) -> list[Cell]:  # noqa: ANN401 (a tuple of pandas)
    is_area = row.part == "extent"
    zone = _zone(atlas, row.zone_id, lang)
    if not is_area:
        zone["text"] += f" · {t('official_part_axis', lang)}"
    arrow = f"{_grade(row.grade_before, lang)} → {_grade(row.grade_after, lang)}"
    sizes = [_size(row.size_before, row.size_error_before, unit, is_area),
             _size(row.size_after, row.size_error_after, unit, is_area)]  # fmt: skip
    error = max(_known(row.size_error_before), _known(row.size_error_after))
    differences = [
        _difference(row.difference, error, unit) if is_area else _kilometres(row.difference),
        _difference(row.declared_difference_before_m2, row.size_error_before, unit),
        _difference(row.declared_difference_after_m2, row.size_error_after, unit),
    ]
    metres = [_metres(row.largest_distance_m), _metres(row.mean_distance_m)]
    share = none_if_nan(row.jaccard)
    common = {"text": DASH, "sort": None} if share is None else {"text": f"{share:.0%}"[:-1], "sort": share}
    return [zone, {"text": arrow}, *sizes, *differences, *metres, common]


def _known(value: float | None) -> float:
    return none_if_nan(value) or 0.0


def _grade(grade: object, lang: str) -> str:
    return style.label(style.GRADE_LABELS, grade, lang) if isinstance(grade, str) else t("unlocated", lang)


def _size(value: float, error: float, unit: Unit, is_area: bool) -> Cell:
    if none_if_nan(value) is None:
        return {"text": DASH, "sort": None}
    if not is_area:
        return _kilometres(value)
    number, _, more = format_area(value, none_if_nan(error), unit).partition(" ± ")
    return {"text": number, "soft": f" ± {more}" if more else "", "sort": float(value)}


def _difference(value: float | None, error: float | None, unit: Unit) -> Cell:
    if none_if_nan(value) is None:
        return {"text": DASH, "sort": None}
    number = format_area(abs(float(value or 0)), none_if_nan(error), unit).partition(" ± ")[0]
    sign = "" if not number.strip("0.,") else "+" if float(value or 0) > 0 else "−"
    return {"text": f"{sign}{number}", "sort": value}


def _kilometres(value: float) -> Cell:
    if none_if_nan(value) is None:
        return {"text": DASH, "sort": None}
    return {"text": f"{value / 1000:.2f}", "soft": " km", "sort": value}


def _metres(value: float | None) -> Cell:
    if none_if_nan(value) is None:
        return {"text": DASH, "sort": None}
    return {"text": f"{value:,.0f}", "sort": value}


def overlap_table(atlas: Atlas, found: Follows, unit: Unit, lang: str) -> dict[str, Any]:
    """Return pairs of zones that share other ground than before, by as much as figures show."""
    seen = found.overlaps[~found.unseen(SEEN_M2)]
    rows: list[list[Cell]] = [
        [
            _zone(atlas, row.a_id, lang), _zone(atlas, row.b_id, lang), {"text": _what(row.what, lang)},
            _plain_area(row.before_m2, unit), _plain_area(row.after_m2, unit),
        ]
        for row in seen.itertuples()
    ]  # fmt: skip
    keys = ("zone_a", "zone_b", "official_what", "official_before", "official_after")
    told = table(lang, t("official_overlaps", lang), _heads(lang, *keys, numbers=keys[3:]), rows)
    for column in told["columns"][3:]:
        column["unit"] = UNITS[unit][lang == "en"]
    return told


def _plain_area(area_m2: float, unit: Unit) -> Cell:
    return {"text": f"{in_unit(area_m2, unit):,.{3 if unit == 'km2' else 1}f}", "sort": area_m2}


def _what(what: str, lang: str) -> str:
    return t("official_different" if what == "changed" else f"official_{what}", lang)


def coverage_table(atlas: Atlas, found: Follows, unit: Unit, lang: str) -> dict[str, Any]:
    """Return corridors that zones cover otherwise than before."""
    rows: list[list[Cell]] = [
        [
            _corridor(atlas, row, lang),
            *({"text": DASH if none_if_nan(share) is None else f"{share:.1%}", "sort": none_if_nan(share)}
              for share in (row.share_before, row.share_after)),
            *(_plain_area(area, unit) if none_if_nan(area) is not None else {"text": DASH, "sort": None}
              for area in (row.covered_before_m2, row.covered_after_m2)),
        ]
        for row in found.coverages.itertuples()
    ]  # fmt: skip
    covered = f"{t('covered_area', lang)} {UNITS[unit][lang == 'en']}"
    heads = [(t("zone", lang), False)]
    heads += [(f"{t('covered_share', lang)} · {t(key, lang)}", True) for key in ("official_before", "official_after")]
    heads += [(f"{covered} · {t(key, lang)}", True) for key in ("official_before", "official_after")]
    return table(lang, t("official_coverages", lang), heads, rows)


def _corridor(atlas: Atlas, row: Any, lang: str) -> Cell:  # noqa: ANN401 (a tuple of pandas)
    """Return the cell of a corridor, with the half-widths where the band itself is another."""
    cell, widths = _zone(atlas, row.corridor_id, lang), (row.half_width_before_m, row.half_width_after_m)
    if widths[0] != widths[1] and not any(none_if_nan(each) is None for each in widths):
        cell["text"] += t("official_half_widths", lang, before=f"{widths[0]:,.0f}", after=f"{widths[1]:,.0f}")
    return cell


def other_widths(found: Follows) -> bool:
    """Tell whether a corridor is counted on a band of another width than before."""
    both = found.coverages[["half_width_before_m", "half_width_after_m"]].dropna()
    return bool((both.iloc[:, 0] != both.iloc[:, 1]).any())


def in_names(atlas: Atlas, text: str, lang: str) -> str:
    """Return a sentence with the names of zones and schemes in place of their ids."""
    schemes = {scheme.scheme_id: scheme.name for plan in atlas.plans.values() for scheme in plan.schemes}

    def named(found: re.Match[str]) -> str:
        held = found[0].strip("'")
        if held in schemes:
            name = getattr(schemes[held], lang)
        elif held in atlas.zones.index:
            name = str(atlas.zones.at[held, f"name_{lang}"])
        else:
            return found[0]
        return f"“{name}”"

    return IDS.sub(named, text)


def finding_table(atlas: Atlas, rules: tuple[Rule, ...], found: Follows, lang: str) -> dict[str, Any]:
    """Return rules and checks that come out otherwise."""
    names = {rule.rule_id: getattr(rule.name, lang) for rule in rules}
    names |= {kind: pair[lang == "en"] for kind, pair in KINDS.items()}
    rows: list[list[Cell]] = [
        [
            {"text": zone_name(atlas, row.zone_id, lang)}, {"text": names.get(row.kind, row.kind)},
            {"text": _what(row.what, lang)}, {"text": in_names(atlas, translate(row.after or row.before, lang), lang)},
        ]
        for row in found.findings.itertuples()
    ]  # fmt: skip
    keys = ("zone", "rule", "official_what", "official_finding")
    told = table(lang, t("official_findings", lang), _heads(lang, *keys), rows)
    told["columns"][1]["wide"] = told["columns"][-1]["wide"] = True
    return told


def idle_table(atlas: Atlas, rules: tuple[Rule, ...], found: Follows, lang: str) -> dict[str, Any]:
    """Return accepted findings that no longer turn up."""
    names = {rule.rule_id: getattr(rule.name, lang) for rule in rules}
    names |= {kind: pair[lang == "en"] for kind, pair in KINDS.items()}
    rows: list[list[Cell]] = [
        [{"text": zone_name(atlas, zone_id, lang)}, {"text": names.get(kind, kind)}] for zone_id, kind in found.idle
    ]
    return table(lang, t("official_idle", lang), _heads(lang, "zone", "rule"), rows)


def stale_table(atlas: Atlas, file: StaleFile, lang: str) -> dict[str, Any]:
    """Return the receipts of a file that turn stale, as the page of verification lists them."""
    verdict = Verdict(not file.stale, file.stale, "")
    return verify_view.stale_table(atlas, Held(file.receipts, ()), verdict, lang)


def grounds(preview: Preview, zone_id: str | None) -> list[dict[str, Any]]:
    """Return what the map draws: shapes before and after, of one zone or of all."""
    ids = preview.zone_ids if zone_id is None else (zone_id,)
    pairs = [(preview.before, BEFORE), (preview.after, AFTER)]
    found = []
    for atlas, look in pairs:
        for each in ids:
            shapes = (atlas.zones.at[each, "geometry"], atlas.zones.at[each, "axis"])
            found += [{"shape": _drawn(shape), "look": look} for shape in shapes if isinstance(shape, shapely.Geometry)]
    return found


def _drawn(shape: shapely.Geometry) -> dict[str, Any]:
    if shape.geom_type == "Point":
        # A small square: the map has no marker for points of its own.
        shape = shapely.box(shape.x - DOT_DEG, shape.y - DOT_DEG, shape.x + DOT_DEG, shape.y + DOT_DEG)
    told: dict[str, Any] = mapping(shapely.set_precision(shape, MAP_DECIMALS, mode="pointwise"))
    return told


def _heads(lang: str, *keys: str, numbers: tuple[str, ...] = ()) -> list[tuple[str, bool]]:
    return [(t(key, lang), key in numbers) for key in keys]


def is_empty(told: dict[str, Any]) -> bool:
    """Tell whether a table has no row."""
    return not told["rows"]


def names_of(atlas: Atlas, ids: Iterable[str], lang: str, most: int = 12) -> str:
    """Return the names of some zones in one line, each with its plan in brackets."""
    held = list(ids)
    mark, bracketed = ("、", "（{}）") if lang == "zh" else (", ", " ({})")
    rest = f" {t('more', lang, n=len(held) - most)}" if len(held) > most else ""
    named = (_name_and_plan(atlas, zone_id, lang) for zone_id in held[:most])
    return mark.join(name + "".join(map(bracketed.format, plan)) for name, *plan in named) + rest


def totals_text(found: Follows, unit: Unit, lang: str) -> str:
    """Return simple sum and ground counted once of all zones, before and after."""
    name, mark, colon = UNITS[unit][lang == "en"], *(("; ", ": ") if lang == "en" else ("；", "："))
    parts = [
        f"{t(key, lang)} {_plain_area(was, unit)['text']} → {_plain_area(now, unit)['text']} {name}"
        for key, (was, now) in zip(("sum", "union"), found.totals.values(), strict=True)
    ]
    return f"{t('official_total', lang)}{colon}{mark.join(parts)}"
