"""Sentences around the benches of the digitizing desk, in Chinese and English."""

TEXTS: dict[str, tuple[str, str]] = {
    "desk": ("数字化", "Digitize"),
    "desk_title": ("数字化工作台", "Digitizing desk"),
    "desk_bench": ("工作台", "Bench"),
    "desk_draw": ("绘制编辑", "Draw and edit"),
    "desk_history": ("修订记录", "Revisions"),
    "desk_georef": ("图件配准", "Georeference"),
    "desk_sides": ("四至", "Four sides"),
    "desk_official": ("正式边界", "Official boundary"),
    "desk_publish": ("发布", "Publish"),
    # what each bench is for, and the next step
    "desk_help_georef": (
        "把规划图件放到地图上：选一张图件，在图上和地图上各点几处同名点，再用作描绘的底图。",
        "Lay a plan figure on the map: choose a figure, mark the same places on both, then trace from it.",
    ),
    "desk_help_sides": (
        "把“北至…东至…南至…西至…”与有名字的线对上，围出候选范围；找不到线的一边照实敞开，由您选定。",
        "Match “north to …, east to …” with named lines to find a candidate area; a side without a line stays open "
        "until you choose one.",
    ),
    "desk_help_official": (
        "带入主管部门提供的边界：先对应到各区，看清随之改变的一切，再采用为一次修订；在“发布”中启用。",
        "Bring in boundaries an authority supplied: match them to zones, see all that follows, adopt them as one "
        "revision; publishing puts them to use.",
    ),
    "desk_help_history": (
        "每次改动都记下谁、何时、为何：在此撤销、重做、对照、退回，看过后标为已审核。",
        "Each change keeps who, when and why: undo, redo, compare and restore here, and mark what was checked.",
    ),
    "desk_help_publish": (
        "让一次修订成为各页、命令和导出所用的数据：选修订，看清变化，再发布；选以前的修订即可退回。",
        "Make a revision the data that pages, commands and exports use: choose it, see what follows, publish; an "
        "older one takes you back.",
    ),
    # the workspace
    "desk_state": (
        "工作库：第 {n} 次修订（{stage}） · {who} · {at}",
        "Workspace: revision {n} ({stage}) · {who} · {at}",
    ),
    "desk_none": (
        "还没有工作库；可先试用，保存前在“绘制编辑”或“修订记录”中建立。",
        "There is no workspace yet; look around, and make one under “Draw and edit” or “Revisions” before you save.",
    ),
    "desk_make": ("建立工作库", "Make a workspace"),
    "desk_make_note": (
        "还没有工作库：它是本机的一个文件，记下每次改动；建立后，现有数据成为第 1 次修订。",
        "There is no workspace yet: a file on this machine that keeps each change; the data in use become revision 1.",
    ),
    "desk_made": ("工作库已建立。", "The workspace is made."),
    "desk_outside": (
        "在工作台之外（如 QGIS）改动过、尚未采用：{names}。请到“修订记录”采用或舍弃。",
        "Changed outside the desk, in QGIS for example, and not adopted yet: {names}. Adopt or discard it under "
        "“Revisions”.",
    ),
    "desk_go": ("去“{bench}”", "Go to “{bench}”"),
    # who and why, the same on every bench
    "desk_who": ("姓名", "Your name"),
    "desk_who_note": ("记入修订", "kept with the revision"),
    "desk_why": ("原因", "Reason"),
    "desk_why_hint": ("如：按新规划图更正", "such as: after the new plan map"),
}
