"""Contradictions, rules of place and the crosswalk as one workbook: what stands where, side by side."""

from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st

from layers.office.workbook import Page, workbook_bytes
from layers.tables.indicator_words import scope_name
from ui import cache, table_files
from ui.plans import rule_view
from ui.plans.evidence import section_of
from ui.words import words
from ui.words.i18n import t
from zones import Atlas
from zones.statements.conflicts import Conflict, Evidence
from zones.statements.documents import Pages, passage

LONGEST = 8000
"""Signs of the passages of one side that a cell takes; lines and document always stand beside them."""


def download(atlas: Atlas, found: list[Conflict], plan_id: str | None, lang: str) -> None:
    """Show the button that hands the page over as one workbook, made when it is pressed."""
    st.download_button(
        t("download_xlsx", lang), lambda: workbook_bytes(pages(atlas, found, plan_id, lang)),
        f"{t('conflict_file', lang)}_{atlas.version}.xlsx", table_files.XLSX, on_click="ignore", key="conflict-xlsx",
    )  # fmt: skip


def pages(atlas: Atlas, found: list[Conflict], plan_id: str | None, lang: str) -> list[Page]:
    """Return the work sheets: contradictions, rules, what does not hold, what is left over, and the crosswalk.

    Parameters
    ----------
    found : list of Conflict
        Those of the plan, where one is chosen.
    plan_id : str or None
        Plan of the crosswalk; None for all.
    """
    rules, results = cache.rule_results()
    reasons = cache.accepted_reasons(lang)
    told = (
        rule_view.rule_table(rules, results, reasons, lang),
        rule_view.failure_table(atlas, rules, results, reasons, lang),
        rule_view.remainder_table(atlas, rules, results, lang),
        rule_view.crosswalk_table(atlas, plan_id, lang),
    )
    first = Page(t("conflicts", lang), contradictions(atlas, found, cache.documents(), lang), wide=True)
    return [first, *map(table_files.page, told)]


def contradictions(atlas: Atlas, found: list[Conflict], texts: Pages, lang: str) -> pd.DataFrame:
    """Return a row to each contradiction: what was found, and document, lines and passage of either side."""
    sides = [t(key, lang) for key in ("zone_a", "zone_b", "further")]
    names = ("document", "lines_of", "passage")
    heads = [t("conflict_kind", lang), t("statement", lang), t("zones_of", lang), "zone_id"]
    heads += [f"{side} {t(name, lang)}" for side in sides for name in names]
    rows = [
        [
            words.CONFLICTS[each.kind][0][lang == "en"],
            each.en if lang == "en" else each.zh,
            "; ".join(scope_name(atlas, zone_id, lang) for zone_id in each.zones),
            "; ".join(each.zones),
            *(cell for group in _sides(each) for cell in _cells(atlas, group, texts, lang)),
        ]
        for each in found
    ]
    return pd.DataFrame(rows, columns=heads)


def _sides(conflict: Conflict) -> tuple[Sequence[Evidence], ...]:
    """Return the passages of one side, of the other, and all others: plan against plan, else one against the next."""
    groups: dict[object, list[Evidence]] = {}
    held = list(dict.fromkeys(conflict.evidence))
    between = len({said.plan_id for said in held}) > 1
    for said in held:
        groups.setdefault(said.plan_id if between else said, []).append(said)
    apart = list(groups.values())
    rest = [said for group in apart[2:] for said in group]
    return apart[0], apart[1] if len(apart) > 1 else [], rest


def _cells(atlas: Atlas, group: Iterable[Evidence], texts: Pages, lang: str) -> tuple[str, str, str]:
    documents, lines, passages = [], [], []
    for said in group:
        plan = atlas.plans[said.plan_id]
        start, end = said.lines
        section = section_of(plan, said.lines)
        documents.append(f"{getattr(plan.plan.short, lang)} · {plan.plan.document.name}")
        lines.append((str(start) if start == end else f"{start}-{end}") + (f" ({section})" if section else ""))
        passages.append(passage(texts, said.plan_id, said.lines))
    return "; ".join(dict.fromkeys(documents)), "; ".join(lines), "\n".join(filter(None, passages))[:LONGEST]
