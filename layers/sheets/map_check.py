"""Checks a finished map before it goes out to the public: rules as data over what a sheet shows, no picture needed."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

from layers import style
from layers.sheets.sheet_plan import LabelDrawn, SheetPlan
from zones.errors import InputError
from zones.schema import Grade
from zones.statements.map_rules import MapRule, MapRules, Window, map_rules
from zones.statements.passages import Text

Found = dict[str, Text | str]
"""What a fault was found in, by the names in braces of the rule's sentence."""

CODE = re.compile(r"(?<![\d.,])(\d{2})\s*[-—·:：、 　]?\s*([\u4e00-\u9fff]{2,12})")
NO_CLASS = ("年", "月", "日", "号", "平方", "公里", "公顷", "万", "亿")
"""What follows a number of two digits that is no code: a date or a unit."""
SHIFTED = ("gcj02", "bd09")
DATUM_NAMES = {"gcj02": "GCJ-02", "bd09": "BD-09"}
PARTS = {
    "ratio": Text(zh="数字比例尺", en="the ratio of the scale"),
    "bar": Text(zh="线段比例尺", en="the scale bar"),
    "date": Text(zh="日期", en="a date"),
    "sources": Text(zh="资料来源", en="its sources"),
}

HEAD = ("此图暂不能公开，有 {n} 处须先处理：", "This map cannot go out to the public yet; faults found: {n}.")
TAIL = (
    "可改为内部用图，或由负责人具名签批。{remark}",
    "Export it for internal use, or have someone sign it off by name. {remark}",
)


@dataclass(frozen=True)
class Finding:
    """One fault of a map.

    Attributes
    ----------
    rule : MapRule
    said, remedy : Text
        What is wrong, and what to do.
    """

    rule: MapRule
    said: Text
    remedy: Text

    @property
    def blocks(self) -> bool:
        """Whether it stops a public export."""
        return self.rule.severity == "blocks"

    def sentence(self, lang: str) -> str:
        """Return fault and remedy in one line."""
        return f"{self.said.zh}{self.remedy.zh}" if lang == "zh" else f"{self.said.en} {self.remedy.en}"


class NotClearedError(InputError):
    """A map may not go out to the public: it has faults, and nobody signed for it."""


def lint(plan: SheetPlan, rules: MapRules | None = None) -> tuple[Finding, ...]:
    """Return the faults of a map, in the order of the rules; for internal use only those wrong in every hand.

    Parameters
    ----------
    plan : SheetPlan
        What the map shows, as `layers.sheets.sheet.draw_sheet` tells it.
    rules : MapRules, optional
        Default: those in use (`zones.statements.map_rules.map_rules`).
    """
    held = map_rules() if rules is None else rules
    return tuple(
        _finding(rule, found)
        for rule in held.rules
        if plan.use == "public" or rule.use == "any"
        for found in CHECKS[rule.check](rule, plan)
    )


def clear(plan: SheetPlan, findings: Sequence[Finding]) -> None:
    """Stop a public map that has faults which stop it and that nobody signed off.

    Raises
    ------
    NotClearedError
        One line for each fault, and one that says what can be done.
    """
    stops = [finding for finding in findings if finding.blocks]
    if plan.use != "public" or plan.sign_off is not None or not stops:
        return
    head, tail = HEAD[plan.lang == "en"], TAIL[plan.lang == "en"].format(remark=getattr(map_rules().remark, plan.lang))
    told = [f"- {finding.sentence(plan.lang)}" for finding in stops]
    raise NotClearedError("\n".join([head.format(n=len(stops)), *told, tail]))


def use_record(plan: SheetPlan, findings: Sequence[Finding]) -> dict[str, Any]:
    """Return what a file keeps of its use as JSON data: purpose, number, rules, findings, and who signed it off."""
    held, signed = map_rules(), plan.sign_off if plan.use == "public" else None
    return {
        "use": plan.use,
        "review_number": plan.review_number,
        "rules_checked_on": held.checked_on.isoformat(),
        "findings": [
            {"rule_id": each.rule.rule_id, "severity": each.rule.severity, "said": getattr(each.said, plan.lang)}
            for each in findings
        ],
        "signed_off": {"name": signed.name, "reason": signed.reason, "day": signed.day} if signed else None,
    }


def _finding(rule: MapRule, found: Found) -> Finding:
    return Finding(rule, Text(zh=_fill(rule.fault.zh, found, "zh"), en=_fill(rule.fault.en, found, "en")), rule.remedy)


def _fill(sentence: str, found: Found, lang: str) -> str:
    values = {name: getattr(value, lang) if isinstance(value, Text) else value for name, value in found.items()}
    return re.sub(r"\{(\w+)\}", lambda match: str(values.get(match[1], match[0])), sentence)


def _review_number(_rule: MapRule, plan: SheetPlan) -> Iterator[Found]:
    if not plan.review_number.strip():
        yield {}


def _review_number_form(rule: MapRule, plan: SheetPlan) -> Iterator[Found]:
    number = plan.review_number.strip()
    if number and not re.fullmatch(rule.pattern, number):
        yield {"number": number}


def _china_islands(rule: MapRule, plan: SheetPlan) -> Iterator[Found]:
    """Find layers that outline China; islands count where they are drawn in the layer or named on the sheet."""
    for layer in plan.layers:
        if rule.window is None or not any(_covers(box, rule.window) for box in layer.parts):
            continue
        absent = [
            place.name
            for place in rule.must_show
            if not any(_centre_in(box, place.window) for box in layer.parts)
            and not any(place.name.zh in text for text in plan.texts)
        ]
        if absent:
            zh, en = "、".join(each.zh for each in absent), " and ".join(each.en for each in absent)
            yield {"layer": layer.title, "missing": Text(zh=zh, en=en)}


def _label_on_boundary(rule: MapRule, plan: SheetPlan) -> Iterator[Found]:
    for edge in plan.boundaries:
        if edge.layer not in rule.layers or edge.line.is_empty:
            continue
        title = next((each.title for each in plan.layers if each.layer == edge.layer), edge.layer)
        line = Text(zh=f"{title}界线", en=f"a line of {title.lower()}")
        for label in plan.labels:
            if edge.line.intersects(_ground(label)):
                yield {"label": label.text.replace("\n", ""), "layer": line}


def _licence(rule: MapRule, plan: SheetPlan) -> Iterator[Found]:
    accepted = {name.casefold() for name in rule.accepted}
    for layer in plan.layers:
        if layer.licence.casefold() not in accepted:
            yield {"layer": layer.title, "licence": layer.licence or Text(zh="无", en="none")}


def _datum_mix(rule: MapRule, plan: SheetPlan) -> Iterator[Found]:
    """Find layers in a shifted datum beside others; a map all in one shifted datum does not mix."""
    datums = {layer.datum for layer in plan.layers}
    if len(datums - set(SHIFTED)) + len(datums & set(SHIFTED)) < 2:
        return
    for layer in plan.layers:
        if layer.datum in SHIFTED:
            shift = rule.shifts.get(layer.datum, "?")
            yield {"shifted": layer.title, "datum": DATUM_NAMES[layer.datum], "shift": shift}


def _inferred_solid(_rule: MapRule, plan: SheetPlan) -> Iterator[Found]:
    for zone in plan.zones:
        if zone.shape != "point" and zone.grade != Grade.OFFICIAL and not zone.dash:
            grade = style.GRADE_LABELS.get(zone.grade or "", ("未知", "of unknown grade"))
            yield {"zone": zone.name, "grade": Text(zh=grade[0], en=grade[1].lower())}


def _scale_missing(_rule: MapRule, plan: SheetPlan) -> Iterator[Found]:
    absent = [PARTS[name] for name, held in (("ratio", plan.scale), ("bar", plan.bar)) if not held]
    if absent:
        yield {"missing": _joined(absent)}


def _scale_wrong(rule: MapRule, plan: SheetPlan) -> Iterator[Found]:
    said = [("ratio", plan.scale), ("bar", plan.bar.metres * 1000 / plan.bar.mm if plan.bar else None)]
    for part, scale in said:
        if scale and plan.map_scale and abs(scale / plan.map_scale - 1) > rule.tolerance:
            # To three figures: a measured scale carries no more.
            true, told = (f"{float(f'{each:.3g}'):,.0f}".replace(",", " ") for each in (plan.map_scale, scale))
            yield {"true": true, "said": told, "part": PARTS[part]}


def _date_source(_rule: MapRule, plan: SheetPlan) -> Iterator[Found]:
    absent = [PARTS["date"]] if plan.date.strip() in ("", "—") else []
    absent += [] if plan.sources else [PARTS["sources"]]
    absent += [
        Text(zh=f"图层“{layer.title}”的来源或日期", en=f"source or date of layer '{layer.title}'")
        for layer in plan.layers
        if not (layer.source.strip() and layer.source_date.strip())
    ]
    if absent:
        yield {"missing": _joined(absent)}


def _indicative_word(rule: MapRule, plan: SheetPlan) -> Iterator[Found]:
    unofficial = any(grade != Grade.OFFICIAL for grade in plan.grades)
    # At the start of a text: "海域（示意）" in a legend says it of the sea alone.
    if unofficial and not any(text.strip().startswith(rule.words) for text in plan.texts):
        yield {}


def _code_name(rule: MapRule, plan: SheetPlan) -> Iterator[Found]:
    for text in dict.fromkeys(plan.texts):
        for code, name in CODE.findall(text):
            right = rule.codes.get(code)
            if right and not name.startswith(right) and not name.startswith(NO_CLASS):
                yield {"code": code, "name": name, "right": right}


def _sensitive(rule: MapRule, plan: SheetPlan) -> Iterator[Found]:
    for text in dict.fromkeys(plan.texts):
        for word in rule.words:
            if word in text:
                yield {"text": text.replace("\n", ""), "word": word}


def _in_window(rule: MapRule, plan: SheetPlan) -> Iterator[Found]:
    """Find a map that shows a layer of the rule where one of the rule's windows lies."""
    drawn, shown = {layer.layer for layer in plan.layers} & set(rule.layers), shapely.box(*plan.extent)
    if drawn and any(shown.intersects(shapely.box(*window)) for window in rule.windows):
        yield {}


CHECKS: dict[str, Callable[[MapRule, SheetPlan], Iterator[Found]]] = {
    "review_number": _review_number,
    "review_number_form": _review_number_form,
    "china_islands": _china_islands,
    "label_on_boundary": _label_on_boundary,
    "licence": _licence,
    "datum_mix": _datum_mix,
    "inferred_solid": _inferred_solid,
    "scale_missing": _scale_missing,
    "scale_wrong": _scale_wrong,
    "date_source": _date_source,
    "indicative_word": _indicative_word,
    "code_name": _code_name,
    "sensitive": _sensitive,
    "in_window": _in_window,
}


def _ground(label: LabelDrawn) -> shapely.Polygon:
    return shapely.box(label.x, label.y, label.x + label.wide, label.y + label.high)


def _covers(box: Window, inner: Window) -> bool:
    return box[0] <= inner[0] and box[1] <= inner[1] and box[2] >= inner[2] and box[3] >= inner[3]


def _centre_in(box: Window, window: Window) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return window[0] <= x <= window[2] and window[1] <= y <= window[3]


def _joined(parts: Sequence[Text]) -> Text:
    return Text(zh="、".join(each.zh for each in parts), en=" and ".join(each.en for each in parts))
