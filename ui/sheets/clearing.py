"""The check of public maps beside a preview: what stops it, why, what to do, and signing it off by name."""

import hashlib
import html
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from layers.sheets.map_check import Finding, lint
from layers.sheets.sheet_plan import SheetPlan, SignOff, Use
from ui import cache
from ui.words.i18n import t
from zones.errors import InputError
from zones.statements.map_rules import map_rules

SIGNED = "map-signed"
FAULT = "map-sign-fault"


def use_picker(lang: str, name: str, label: str | None = None) -> Use:
    """Show what a map, or what else is labelled, can be for; return what was chosen."""
    labels: dict[Use, str] = {"internal": t("use_internal", lang), "public": t("use_public", lang)}
    chosen: Use = st.segmented_control(
        label or t("use_of", lang), list(labels), default="internal", format_func=labels.__getitem__, required=True,
        key=f"use-{name}",
    )  # fmt: skip
    return chosen


def signed(ids: tuple[str, ...], order: Any) -> Any:  # noqa: ANN401 (an Order, a BookOrder or a MapUse)
    """Return an order with the sign-off it was given in this session; any change of the map leaves it behind."""
    return replace(order, sign_off=st.session_state.get(SIGNED, {}).get(_print(ids, order)))


def told(ids: tuple[str, ...], order: Any, plan: SheetPlan | None, lang: str) -> bool:  # noqa: ANN401 (as above)
    """Show what the rules find in a map, and the form to sign it off; return whether it must not go out.

    Parameters
    ----------
    order : Order or BookOrder
        As `signed` returned it.
    plan : SheetPlan or None
        What the map shows; None where there is no map.
    """
    if plan is None:
        return False
    findings = [(finding, "") for finding in lint(plan)]
    return judged(_print(ids, order), plan.use, plan.sign_off, findings, lang)


def told_of_files(
    ids: tuple[str, ...],
    order: Any,  # noqa: ANN401 (as above)
    found: Mapping[str, Sequence[Finding]],
    lang: str,
) -> dict[str, bool]:
    """Show what the rules find in files that are made together, and one form to sign them off.

    Parameters
    ----------
    order : MapUse
        As `signed` returned it.
    found : mapping of str to sequence of Finding
        By the ending of the file.

    Returns
    -------
    dict of str to bool
        Whether a file must not go out, by its ending.
    """
    where: dict[tuple[str, str], tuple[Finding, list[str]]] = {}
    for form, findings in found.items():
        for finding in findings:
            where.setdefault((finding.rule.rule_id, finding.said.zh), (finding, []))[1].append(form)
    comma = "、" if lang == "zh" else ", "
    told = [(each, comma.join(t(f"file_{form}", lang) for form in forms)) for each, forms in where.values()]
    judged(_print(ids, order), order.use, order.sign_off, told, lang)
    return {form: order.sign_off is None and any(each.blocks for each in findings) for form, findings in found.items()}


def judged(asked: str, use: Use, sign_off: SignOff | None, findings: Sequence[tuple[Finding, str]], lang: str) -> bool:
    """Show findings, each with where it was met, and the form to sign off; return whether it must not go out.

    Parameters
    ----------
    asked : str
        Stands for what is to go out: a sign-off holds for it alone.
    """
    blocks = sum(finding.blocks for finding, _ in findings)
    if use == "internal" and not findings:
        return False
    with st.container(border=True, key="clearing"):
        if use == "internal":
            st.warning(t("lint_internal", lang, n=len(findings)))
        else:
            st.html(f"<h3 class='z-lint-head'>{t('lint_head', lang)}</h3>")
            _verdict(sign_off, blocks, len(findings), lang)
        if findings:
            rows = "".join(_row(finding, place, lang) for finding, place in findings)
            st.html(f"<ul class='z-lint'>{rows}</ul>")
        held = map_rules()
        st.caption(t("lint_checked", lang, day=held.checked_on.isoformat(), remark=getattr(held.remark, lang)))
        if use == "public" and blocks:
            _sign_form(asked, sign_off, lang)
    return use == "public" and blocks > 0 and sign_off is None


def _verdict(signed_off: SignOff | None, blocks: int, found: int, lang: str) -> None:
    if signed_off is not None and blocks:
        st.info(
            t("lint_signed", lang, name=signed_off.name, day=signed_off.day, reason=signed_off.reason, n=blocks)
            .replace("$", r"\$")
        )  # fmt: skip
    elif blocks:
        st.warning(t("lint_stopped", lang, n=blocks))
    elif found:
        st.success(t("lint_noted", lang, n=found))
    else:
        st.success(t("lint_clean", lang))


def _row(finding: Finding, place: str, lang: str) -> str:
    rule, source = finding.rule, map_rules().sources[finding.rule.source]
    tag = t("lint_blocks" if finding.blocks else "lint_note", lang)
    warn = " z-tag-warn" if finding.blocks else ""
    read = t(f"read_{source.read}", lang)
    basis = t("lint_source", lang, title=getattr(source.title, lang), article=getattr(rule.article, lang), read=read)
    if place:
        basis = t("lint_in", lang, files=place) + basis
    return (
        f"<li><p><span class='z-tag{warn}'>{tag}</span><b>{html.escape(getattr(finding.said, lang))}</b></p>"
        f"<p>{t('lint_todo', lang)}{html.escape(getattr(finding.remedy, lang))}</p>"
        f"<small>{html.escape(basis)}</small></li>"
    )


def _sign_form(asked: str, held: SignOff | None, lang: str) -> None:
    if held is not None:
        st.button(t("sign_undo", lang), key="sign-undo", on_click=_withdraw, args=(asked,))
        return
    fault = st.session_state.pop(FAULT, "")
    with st.expander(t("sign_head", lang), expanded=bool(fault)), st.form("sign-form", border=False):
        st.caption(t("sign_note", lang))
        with st.container(horizontal=True):
            st.text_input(t("sign_name", lang), max_chars=30, key="sign-name")
            st.text_input(t("sign_day", lang), max_chars=10, key="sign-day")
        st.text_input(t("sign_reason", lang), max_chars=80, key="sign-reason")
        if fault:
            st.error(t(fault, lang))
        st.form_submit_button(t("sign", lang), on_click=_sign, args=(asked,))


def _sign(asked: str) -> None:
    name, reason, day = (str(st.session_state.get(f"sign-{key}", "")).strip() for key in ("name", "reason", "day"))
    try:
        given = SignOff(name, reason, day)
    except InputError:
        st.session_state[FAULT] = "sign_no_day" if name and reason else "sign_missing"
        return
    st.session_state[SIGNED] = {**st.session_state.get(SIGNED, {}), asked: given}


def _withdraw(asked: str) -> None:
    st.session_state[SIGNED] = {key: each for key, each in st.session_state.get(SIGNED, {}).items() if key != asked}


def _print(ids: tuple[str, ...], order: Any) -> str:  # noqa: ANN401 (as above)
    """Return what stands for a map: data, zones and order but its sign-off."""
    return hashlib.sha256(repr((cache.stamp(), ids, replace(order, sign_off=None))).encode()).hexdigest()
