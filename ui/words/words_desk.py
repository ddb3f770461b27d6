"""Sentences around the benches of the digitizing desk, in Chinese and English."""

TEXTS: dict[str, tuple[str, str]] = {
    "desk": ("数字化", "Digitize"),
    "desk_title": ("数字化工作台", "Digitizing desk"),
    "desk_lead": (
        "描绘、替换和更正各区的图形；每次改动都记下谁、何时、为何，随时可以退回。",
        "Trace, replace and correct the shapes of zones; each change keeps who, when and why, and can be taken back.",
    ),
    "desk_bench": ("工作台", "Bench"),
    "desk_draw": ("绘制编辑", "Draw and edit"),
    "desk_history": ("修订记录", "Revisions"),
    "desk_georef": ("图件配准", "Georeference"),
    "desk_sides": ("四至", "Four sides"),
    "desk_official": ("正式边界", "Official boundary"),
}
