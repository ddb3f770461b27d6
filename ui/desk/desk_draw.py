"""The bench where a zone is drawn and edited: what the browser asks, what it is answered, and the save."""

import math
from collections.abc import Callable
from typing import Any

import geopandas
import streamlit as st

from layers import style
from ui import cache, components, map_component, state
from ui.desk import desk_candidate, desk_draft, desk_pending, desk_top, shape_slips
from ui.desk.desk_draft import Draft
from ui.desk.desk_pending import Drawn
from ui.desk.desk_top import WHO
from ui.sentences import faults
from ui.sentences.sentences import translate
from ui.state import View
from ui.words import words_desk, words_desk_pending
from ui.words.i18n import strings, t
from ui.words.words_desk_draw import FIELDS, TEXTS, TRACED
from zones.errors import ZonesError
from zones.schema import EdgeRule, Grade, Method
from zones.workspace.workspace import Collision, UnchangedError, save
from zones.workspace.workspace_place import workspace_path

OVERLAYS = "desk-overlays"
"""Session key of pictures to trace from: dicts of `name`, `image_url`, `bounds` ([[s, w], [n, e]]), `error_m`."""

CANDIDATE = "desk-candidate"
"""Session key of a shape another bench hands over: `zone_id`, `geometry`, `error_m`, `basis`, `basis_en`, `method`."""

SHARED = {"who": "who", "why": "why", "why_hint": "why_hint", "begin": "make", "begin_note": "make_note"}
"""Words of this bench that are those of all benches."""

ASKED, LEAVES = "desk-asked", "desk-leaves"
OFFERED = {"grade": (Grade.TRACED, Grade.INFERRED), "method": tuple(each for each in Method if each != Method.SUPPLIED)}
"""Codes the form offers; official boundaries come in by the bench that takes them from an authority."""


@st.fragment
def show(view: View) -> None:
    """Show the bench: the map to draw on, and beside it the tools, the record, and what the draft holds."""
    if st.session_state.pop(LEAVES, False):
        st.rerun()
    view = state.current(cache.tree())
    asked = st.session_state.pop(ASKED, None)
    try:
        draft = desk_draft.current()
    except ZonesError as error:
        # A run of this fragment alone has no frame around it that would say so.
        faults.show(str(error), view.lang)
        return
    answer = None if asked is None else _answer(asked, draft, view.lang)
    if answer and answer.get("changed"):
        draft = desk_draft.current()
    components.mount("desk", data(view, draft, answer), ask=_asked, leave=_left)


def _asked() -> None:
    st.session_state[ASKED] = components.said("desk", "ask")


def _left() -> None:
    bench = components.said("desk", "leave")
    if bench:
        desk_top.go(bench)
        st.session_state[LEAVES] = True


def data(view: View, draft: Draft, answer: dict[str, Any] | None) -> dict[str, Any]:
    """Return what the browser is told: the draft, the words, the codes, the pictures to trace from, an answer."""
    tree = cache.tree()
    visible = tuple(zone_id for zone_id in tree.shown(view.off))
    files = desk_draft.files()
    words = {
        key.removeprefix("draw_"): t(key, view.lang)
        for key in TEXTS | words_desk_pending.TEXTS
        if key.startswith("draw_")
    }
    words |= {name: t(f"desk_{key}", view.lang) for name, key in SHARED.items()}
    told = map_component.data(view, visible) | {"zones_url": files["zones_url"], "index_url": files["index_url"]}
    words["receipt_open"] = t("receipt_open", view.lang)
    return told | {
        "words": words,
        "selected": None,
        "chosen": view.zone,
        "revision": draft.revision,
        "state": _state(draft, view.lang),
        "notice": desk_top.outside_text(view.lang),
        "who": st.session_state.get(WHO, ""),
        "fields": {name: pair[view.lang == "en"] for name, pair in FIELDS.items()},
        "codes": codes(view.lang),
        "colour": style.ACCENT,
        "overlays": overlays(),
        "traced": list(TRACED["basis"]),
        "plans": {branch.plan_id: getattr(branch.short, view.lang) for branch in tree.branches},
        "answer": answer,
        "candidate": st.session_state.pop(CANDIDATE, None),
        "strings": told["strings"] | strings(view.lang, "close"),
    }


def _state(draft: Draft, lang: str) -> str:
    if draft.revision is None:
        return t("desk_none", lang)
    told = {"revision": draft.revision, "stage": draft.stage, "who": draft.who, "at": draft.at}
    return desk_top.state_text(told, lang)


def codes(lang: str) -> dict[str, list[list[str]]]:
    """Return the code lists of the form, each code with its label."""
    labels = {"grade": style.GRADE_LABELS, "method": style.METHOD_LABELS, "edge_rule": style.EDGE_LABELS}
    offered = OFFERED | {"edge_rule": tuple(EdgeRule)}
    return {name: [[code.value, style.label(labels[name], code, lang)] for code in offered[name]] for name in labels}


def overlays() -> list[dict[str, Any]]:
    """Return the pictures other benches left in this session to trace from."""
    held = st.session_state.get(OVERLAYS, [])
    return [
        {"name": one["name"], "url": one["image_url"], "bounds": one["bounds"], "error_m": one["error_m"]}
        for one in held
    ]


def _answer(asked: dict[str, Any], draft: Draft, lang: str) -> dict[str, Any]:
    """Return the answer to what the browser asked, or the sentence why there is none."""
    head = {"serial": asked["serial"], "verb": asked["verb"]}
    try:
        return head | VERBS[asked["verb"]](asked, desk_pending.beside(asked, draft), lang)
    except UnchangedError:
        return head | {"unchanged": True}
    except Collision as collision:
        return head | {"collision": desk_pending.collided(collision, desk_draft.current(), lang)}
    except ZonesError as error:
        return head | {"error": translate(str(error), lang)}


def _open(asked: dict[str, Any], draft: Draft, lang: str) -> dict[str, Any]:  # noqa: ARG001 (all verbs are called alike)
    return {"zone": desk_candidate.opened(draft, asked["zone"])}


def _features(asked: dict[str, Any], draft: Draft) -> geopandas.GeoDataFrame:
    return desk_candidate.features_of(asked["zone"], draft.layer_of(asked["zone"]), asked["parts"])


def _figure(asked: dict[str, Any], draft: Draft, lang: str) -> dict[str, Any]:
    atlas = desk_candidate.in_atlas(draft, asked["zone"], _features(asked, draft))
    told, row = desk_candidate.figures(atlas, asked["zone"], lang), atlas.zones.loc[asked["zone"]]
    # The ± of a band comes from its axis, which a receipt of the outline alone does not know.
    if "area" in told and math.isnan(row["half_width_m"]):
        shape_slips.keep(shape_slips.DRAWN, row.geometry, float(row["error_m"]), asked["zone"])
        told["receipt"] = shape_slips.DRAWN
    return {"figures": told}


def _edit(asked: dict[str, Any], draft: Draft, lang: str) -> dict[str, Any]:
    return desk_candidate.edited(draft, asked["verb"], asked, lang)


def _check(asked: dict[str, Any], draft: Draft, lang: str) -> dict[str, Any]:
    return {"findings": desk_pending.found(desk_pending.drawn(asked, draft), draft, desk_draft.rules(), lang)}


def _pending(asked: dict[str, Any], draft: Draft, lang: str) -> dict[str, Any]:  # noqa: ARG001 (all verbs are called alike)
    return {"pending": desk_pending.listed(desk_pending.drawn(asked, draft), draft)}


def _follow(asked: dict[str, Any], draft: Draft, lang: str) -> dict[str, Any]:
    return desk_pending.followed(asked, draft, lang)


def _propose(asked: dict[str, Any], draft: Draft, lang: str) -> dict[str, Any]:
    atlas = desk_candidate.in_atlas(draft, asked["zone"], _features(asked, draft))
    return {"proposal": desk_candidate.proposal(atlas, asked["zone"], asked["mend"], lang)}


def _save(asked: dict[str, Any], draft: Draft, lang: str) -> dict[str, Any]:
    """Save all zones as drawn; findings come back first, and only warnings may be passed over."""
    zones = desk_pending.changed(desk_pending.drawn(asked, draft), draft)
    if not zones:
        return {"unchanged": True}
    zone_id, fields = desk_pending.missing(zones)
    missing = fields + [["", name] for name in ("who", "why") if not asked[name].strip()]
    if missing:
        return {
            "missing": missing,
            "zone": zone_id,
            "sentence": _first(missing, zone_id if asked.get("others") else "", draft, lang),
        }
    found = desk_pending.found(zones, draft, desk_draft.rules(), lang)
    gone = [each.zone_id for each in zones if not len(each.features)]
    if gone and not asked["despite"]:
        names = _names(gone, draft, lang)
        return {"findings": [], "asks": "confirm", "sentence": t("draw_remove_all", lang, names=names)}
    stops = any(each["severity"] == "error" for each in found)
    doubts = any(each["severity"] == "warning" for each in found)
    if stops or (doubts and not asked["despite"]):
        return {"findings": found, "asks": "mend" if stops else "confirm"}
    return _stored(asked, zones, draft, lang) | {"findings": found}


def _stored(asked: dict[str, Any], zones: list[Drawn], draft: Draft, lang: str) -> dict[str, Any]:
    who = st.session_state[WHO] = asked["who"].strip()
    edits = desk_pending.edits(zones, draft)
    saved = save(workspace_path(), edits, who=who, why=asked["why"], base=draft.revision or 0)
    ids = [change.zone_id for change in saved.changes]
    several = t("draw_saved_several", lang, n=saved.revision, zones=len(ids), names=_names(ids, draft, lang))
    return {"saved": several if len(ids) > 1 else t("draw_saved", lang, n=saved.revision), "changed": True}


def _names(zone_ids: list[str], draft: Draft, lang: str) -> str:
    return (", " if lang == "en" else "、").join(draft.atlas.zones.loc[zone_ids, f"name_{lang}"])


def _first(missing: list[list[str]], zone_id: str, draft: Draft, lang: str) -> str:
    """Return the sentence on fields still empty; with the zone's name where there are several."""
    labels = FIELDS | {"who": words_desk.TEXTS["desk_who"], "why": words_desk.TEXTS["desk_why"]}
    names = dict.fromkeys(labels[field][lang == "en"] for _, field in missing)
    fields = (", " if lang == "en" else "、").join(names)
    if zone_id:
        return t("draw_missing_of", lang, zone=_names([zone_id], draft, lang), fields=fields)
    return t("draw_missing", lang, fields=fields)


def _begin(asked: dict[str, Any], draft: Draft, lang: str) -> dict[str, Any]:  # noqa: ARG001 (all verbs are called alike)
    st.session_state[WHO] = asked["who"].strip()
    desk_draft.begin(asked["who"])
    return {"changed": True, "begun": t("desk_made", lang)}


VERBS: dict[str, Callable[[dict[str, Any], Draft, str], dict[str, Any]]] = {
    "open": _open,
    "figure": _figure,
    "check": _check,
    "pending": _pending,
    "follow": _follow,
    "propose": _propose,
    "save": _save,
    "begin": _begin,
    **dict.fromkeys(desk_candidate.EDITS, _edit),
}
