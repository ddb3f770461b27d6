"""Words of the drawing bench on several zones that wait for one save, and on borders they share."""

TEXTS: dict[str, tuple[str, str]] = {
    "draw_pending": ("待存", "Not saved yet"),
    "draw_pending_note": (
        "一次保存，合为一次修订；图上蓝色虚线为待存的图形。",
        "One save makes one revision of them all. On the map they are dashed in blue, as they will be.",
    ),
    "draw_pending_open": ("正在编辑", "being edited"),
    "draw_pending_edit": ("编辑", "Edit"),
    "draw_pending_drop": ("放弃", "Drop"),
    "draw_pending_sure": ("放弃“{zone}”未保存的改动？", "Drop the changes of “{zone}” that were not saved?"),
    "draw_pending_yes": ("放弃改动", "Drop them"),
    "draw_go_there": ("编辑这个区", "Edit this zone"),
    "draw_saved_several": (
        "已存为第 {n} 次修订，共 {zones} 个区：{names}。",
        "Saved as revision {n}, {zones} zones: {names}.",
    ),
    "draw_missing_of": ("未保存；请先填写“{zone}”的：{fields}。", "Not saved; first fill in for “{zone}”: {fields}."),
    "draw_tool_share": ("共边", "Shared edge"),
    "draw_tip_share": (
        "改节点时，与邻区共有的边一起移动；邻区列入待存，其余节点不变",
        "Vertices of a shared border move in the neighbours too; these wait for the same save, and keep all else",
    ),
    "draw_share_moved": ("共边随动：{names}。", "Moved along: {names}."),
    "draw_share_many": ("共边随动 {n} 个区，见待存列表。", "{n} zones moved along; see the list."),
    "draw_share_stays": (
        "共边但未随动：{names}（正式边界、按宽度生成的带，或无法跟随的节点）。",
        "Shares the border and stays: {names} (official, made from an axis, or a vertex it cannot give up).",
    ),
    "draw_share_not": (
        "这一步改了不止一处，邻区未随动；如需随动，请撤销后逐个节点移动。",
        "This step changed more than one place, so no neighbour moved along; undo it and move one vertex at a time.",
    ),
    "draw_share_apart": (
        "之后又改过，未一并退回：{names}。",
        "Changed again since, so not stepped along: {names}.",
    ),
}
