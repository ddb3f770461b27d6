"""Sentences of the check of public maps, in Chinese and English."""

TEXTS: dict[str, tuple[str, str]] = {
    "use_of": ("用途", "Use"),
    "use_internal": ("内部用图", "Internal"),
    "use_public": ("公开", "Public"),
    "lint_head": ("公开前检查", "Check before publication"),
    "lint_clean": (
        "未发现问题。审图号只属于送审的成图，改动后须重新送审。",
        "No fault found. A review number belongs to the finished map that was reviewed; a change needs a new review.",
    ),
    "lint_stopped": ("有 {n} 处问题，暂不能公开。", "Not ready for the public; faults to clear: {n}."),
    "lint_internal": (
        "有 {n} 处问题，内部使用也应先改正。",
        "Faults that matter for internal use too: {n}.",
    ),
    "lint_noted": ("可以公开；另有 {n} 条提示。", "Ready for the public; notes: {n}."),
    "lint_signed": (
        "{name} 于 {day} 签批公开，理由：{reason}。未改正的问题 {n} 处，记入文件。",
        "Cleared by {name} on {day}, reason: {reason}. Faults left, kept in the file's record: {n}.",
    ),
    "lint_blocks": ("须处理", "Fault"),
    "lint_note": ("提示", "Note"),
    "lint_todo": ("处理：", "To do: "),
    "lint_source": ("依据：{title}，{article}（{read}）", "Source: {title}, {article} ({read})"),
    "read_original": ("已读原文", "read in the original"),
    "read_excerpts": ("仅见摘录", "excerpts only"),
    "read_none": ("原文未读", "original not read"),
    "read_own": ("本图集自定", "set by this atlas"),
    "lint_checked": ("规则核对于 {day}。{remark}", "Rules checked on {day}. {remark}"),
    "sign_head": ("具名签批公开", "Sign off for the public"),
    "sign_note": (
        "签批只对当前这张图有效，图有改动即失效；姓名、日期、理由印在图上并记入文件。",
        "It holds for this very map and lapses with any change; name, day and reason are printed and kept in the file.",
    ),
    "sign_name": ("签批人", "Signed by"),
    "sign_reason": ("理由", "Reason"),
    "sign_day": ("日期（如 2026-11-21）", "Day (as 2026-11-21)"),
    "sign": ("签批", "Sign off"),
    "sign_undo": ("撤回签批", "Withdraw"),
    "sign_missing": ("请填写签批人和理由。", "Give a name and a reason."),
    "sign_no_day": ("日期请写作 2026-11-21。", "Write the day as 2026-11-21."),
}
