"""Themes that several plans count, side by side by district, with a warning where they do not count the same."""

import html

import pandas as pd

from layers.tables.indicator_words import CITY, THEMES, scope_name, told_briefly
from ui.words.i18n import t
from zones import Atlas
from zones.schema import DISTRICTS
from zones.statements.board import board, comparable, differs
from zones.statements.indicators import Indicator

SHENSHAN = "x-shenshan"
"""The cooperation zone is counted apart from the 10 districts."""

ALL = len(DISTRICTS) - 1


def themes(atlas: Atlas) -> dict[str, pd.DataFrame]:
    """Return the rows of each theme that two plans or more share, the widest covered first."""
    found = comparable(board(atlas.plans))
    return dict(sorted(found.items(), key=lambda item: -len(districts(item[1]))))


def label(theme: str, lang: str) -> str:
    """Return the name of a theme; one without a name in our list shows its key."""
    return THEMES[theme][lang == "en"] if theme in THEMES else theme


def districts(rows: pd.DataFrame) -> list[str]:
    """Return the districts for which a theme has a figure of the whole district."""
    held = set(rows["scope"])
    return [code for code in DISTRICTS if code in held]


def coverage(rows: pd.DataFrame, lang: str) -> str:
    """Return how many of the 10 districts a theme covers, and whether Shenshan is among them."""
    held = districts(rows)
    shenshan = t("with_shenshan" if SHENSHAN in held else "without_shenshan", lang)
    return t("covered", lang, n=len([code for code in held if code != SHENSHAN]), all=ALL, shenshan=shenshan)


def missing(atlas: Atlas, lang: str) -> str:
    """Return for how many districts the atlas has a plan, and for how many it has none."""
    held = {plan.plan.district_code for plan in atlas.plans.values()} & set(DISTRICTS) - {SHENSHAN}
    return t("coverage_total", lang, n=len(held), rest=ALL - len(held))


def theme_block(atlas: Atlas, theme: str, rows: pd.DataFrame, lang: str) -> str:
    """Return one theme as HTML: its name, the warning, the coverage, and a column for each district and the city."""
    known = {each.indicator_id: each for plan in atlas.plans.values() for each in plan.indicators}
    columns: dict[str, list[str]] = {}
    for row in rows.itertuples():
        place = row.scope if row.scope in DISTRICTS or row.scope == CITY else _home(atlas, row.plan_id)
        inner = scope_name(atlas, row.scope, lang) if place != row.scope else None
        columns.setdefault(place, []).append(_entry(known[row.Index], inner, lang))
    order = [code for code in (*DISTRICTS, CITY) if code in columns]
    head = "".join(f"<th scope='col'>{html.escape(scope_name(atlas, code, lang))}</th>" for code in order)
    body = "".join(f"<td>{''.join(columns[code])}</td>" for code in order)
    warned = differs(rows)
    tag = f"<span class='z-tag {'z-tag-warn' if warned else ''}'>{t('differs' if warned else 'alike', lang)}</span>"
    return (
        f"<section class='z-theme' lang='{lang}'><h3>{html.escape(label(theme, lang))}</h3>"
        f"<p>{tag}<span class='z-small'>{coverage(rows, lang)}</span></p>"
        f"<div class='z-table-box'><table class='z-table'><thead><tr>{head}</tr></thead>"
        f"<tbody><tr>{body}</tr></tbody></table></div></section>"
    )


def _home(atlas: Atlas, plan_id: str) -> str:
    return atlas.plans[plan_id].plan.district_code


def _entry(indicator: Indicator, inner: str | None, lang: str) -> str:
    """Return one figure: what the plan calls it, the part of the district it is for, and the values as written."""
    where = f" · {inner}" if inner and inner not in getattr(indicator.name, lang) else ""
    name = html.escape(getattr(indicator.name, lang) + where)
    value = html.escape(told_briefly(indicator, lang))
    return f"<p class='z-figure'><span>{name}</span><b class='z-quoted' lang='zh-CN'>{value}</b></p>"


def options(atlas: Atlas, lang: str) -> dict[str, str]:
    """Return the themes to choose from, key to name."""
    return {theme: label(theme, lang) for theme in themes(atlas)}
