"""Words of the bench where zones are drawn and edited, in Chinese and English."""

TRACED: dict[str, tuple[str, str]] = {
    "basis": (
        "描自图件“{name}”（配准误差 {error} 米，描绘误差 {own} 米）。",
        "Traced from the picture “{name}” (georeferenced to {error} m, drawn to {own} m).",
    ),
}
"""What a feature traced from a picture rests on; both languages are written into its record."""

TEXTS: dict[str, tuple[str, str]] = {
    # the draft
    "draw_history": ("修订记录", "Revisions"),
    # the zone
    "draw_zone": ("要绘制的区", "Zone to draw"),
    "draw_zone_hint": ("名称、别名或编号", "Name, alias or id"),
    "draw_zone_note": (
        "在图上点一个区，或在此选取；没有图形的区排在前面。",
        "Click a zone on the map or choose one here; zones without a shape come first.",
    ),
    "draw_not_drawn": ("未画", "no shape"),
    "draw_refused": (
        "规划里没有“{text}”。工作台只画规划写到的区：请先在规划文件中添加该区及其出处。",
        "No plan has “{text}”. The desk draws zones that plans name: add it to its plan file first, with its source.",
    ),
    "draw_close": ("换一个区", "Another zone"),
    "draw_restored": ("已取回上次未保存的改动。", "Your changes that were not saved are back."),
    "draw_handed_over": (
        "已带入所得的图形；核对后填写原因并保存。",
        "The shape is here; look it over, give the reason, then save.",
    ),
    "draw_stay": ("继续编辑", "Go on editing"),
    # tools
    "draw_tools": ("绘图工具", "Drawing tools"),
    "draw_tool_add": ("加一块", "Add part"),
    "draw_tip_add": (
        "画一块面：与原有部分相接即并入，否则成为新的一块",
        "Draw ground: joined where it meets a part, else a new part",
    ),
    "draw_tool_edit": ("改节点", "Vertices"),
    "draw_tip_edit": (
        "拖动节点；点线中点加节点，右键节点删除",
        "Drag vertices; click a middle to add one, right-click one to remove it",
    ),
    "draw_tool_take_out": ("挖除", "Take out"),
    "draw_tip_take_out": (
        "画出要去掉的地方：在内部即成洞，跨边即切去",
        "Draw what goes: a hole inside, a bite across the edge",
    ),
    "draw_tool_cut": ("切分", "Cut"),
    "draw_tip_cut": (
        "画一条贯穿的线把面切开，再点去不要的一块",
        "Draw a line right across, then click the piece that goes",
    ),
    "draw_tool_remove": ("删块", "Remove"),
    "draw_tip_remove": ("点一块即删除；点洞即填上", "Click a part to remove it, or a hole to fill it"),
    "draw_tool_merge": ("并入区", "Merge"),
    "draw_tip_merge": ("点另一个区，把它的范围并进来", "Click another zone to join its ground to this one"),
    "draw_tool_axis": ("画轴线", "Axis"),
    "draw_tip_axis": ("画走廊或带的轴线；双击结束", "Draw the axis of a corridor or belt; double-click to end"),
    "draw_tool_band": ("按宽成带", "Band"),
    "draw_tip_band": ("按轴线和每侧宽度生成范围", "Make the extent from the axis and the half-width"),
    "draw_tool_point": ("定点", "Point"),
    "draw_tip_point": ("点图上一处，作为该区的位置", "Click the place of the zone"),
    "draw_tool_undo": ("撤销", "Undo"),
    "draw_tip_undo": ("撤销一步（Ctrl+Z）", "Undo one step (Ctrl+Z)"),
    "draw_tool_redo": ("重做", "Redo"),
    "draw_tip_redo": ("重做一步（Ctrl+Y）", "Redo one step (Ctrl+Y)"),
    "draw_tool_snap": ("捕捉", "Snap"),
    "draw_tip_snap": (
        "捕捉到各区、道路、行政区界与岸线；按住 Alt 暂停",
        "Snap to zones, roads, districts and coast; hold Alt to pause",
    ),
    "draw_tool_fade": ("淡化", "Fade"),
    "draw_tip_fade": ("淡化其他各区，看清底图", "Fade the other zones to see what lies under them"),
    "draw_tool_finish": ("完成", "Finish"),
    "draw_tip_finish": ("结束绘制", "End the drawing"),
    "draw_tool_back": ("退一点", "Back"),
    "draw_tip_back": ("去掉最后一个节点", "Drop the last vertex"),
    "draw_tool_cancel": ("取消", "Cancel"),
    "draw_tip_cancel": ("不画了（Esc）", "Leave this drawing (Esc)"),
    "draw_pick_piece": ("已切开：点去不要的一块，或撤销。", "Cut: click the piece that goes, or undo."),
    "draw_pick_zone": ("点要并入的区。", "Click the zone to join."),
    "draw_click_place": ("点图上一处。", "Click the place."),
    "draw_click_part": ("点要删的一块，或要填的洞。", "Click a part to remove, or a hole to fill."),
    "draw_finish_poly": ("点第一个节点结束", "Click the first vertex to end"),
    "draw_finish_line": ("点最后一个节点结束", "Click the last vertex to end"),
    "draw_first_vertex": ("点图放第一个节点", "Click to place the first vertex"),
    "draw_continue": ("点图继续", "Click to go on"),
    "draw_done": ("面积 {before} → {after} m²", "Area {before} → {after} m²"),
    "draw_parts": ("块数 {before} → {after}", "parts {before} → {after}"),
    "draw_holes": ("洞 {before} → {after}", "holes {before} → {after}"),
    # figures
    "draw_figures": ("量算", "Figures"),
    "draw_area": ("面积", "Area"),
    "draw_perimeter": ("周长", "Perimeter"),
    "draw_counting": ("正在重算…", "Being counted again…"),
    "draw_overlaps": ("与这些区重叠", "Overlaps"),
    "draw_no_overlaps": ("与其他区没有重叠。", "Overlaps no other zone."),
    "draw_more": ("另有 {n} 个", "{n} more"),
    "draw_no_area": ("没有面，不计面积。", "No ground, no area."),
    "draw_not_valid": (
        "边线自相交，面积待改正后再算。",
        "The outline crosses itself; its area waits until it is mended.",
    ),
    "draw_pieces": (
        "各块相接或重叠；删去一块后再算面积。",
        "The pieces meet or overlap; the area waits until one is removed.",
    ),
    "draw_edge_note": (
        "± 由误差栏得出；没有填误差时不列。",
        "± follows from the error given below; without one there is none.",
    ),
    # record
    "draw_record": ("属性", "Record"),
    "draw_extent": ("范围", "Extent"),
    "draw_axis": ("轴线", "Axis"),
    "draw_choose": ("请选择", "Choose"),
    "draw_official": (
        "这是官方边界；改动之后就不再是。正式边界请在“正式边界”一栏替换。",
        "This is an official boundary; once changed it no longer is. Replace official ones on their own bench.",
    ),
    "draw_required": ("必填", "required"),
    # pictures to trace from
    "draw_pictures": ("描绘底图", "Pictures to trace"),
    "draw_no_pictures": (
        "还没有图件；在“图件配准”中配准后会出现在这里。",
        "None yet; a picture georeferenced on its bench shows here.",
    ),
    "draw_opacity": ("不透明度", "Opacity"),
    "draw_trace_on": ("以此为底图描绘", "Trace from this"),
    "draw_trace_error": ("描绘误差（米）", "Drawing error (m)"),
    "draw_trace_note": (
        "误差 = √(图件误差² + 描绘误差²)",
        "Error = √(error of the picture² + drawing error²)",
    ),
    # check and save
    "draw_check": ("检查", "Check"),
    "draw_findings": ("检查结果", "Findings"),
    "draw_no_findings": ("没有发现问题。", "Nothing odd was found."),
    "draw_error": ("须改正", "To mend"),
    "draw_warning": ("请核对", "To look at"),
    "draw_note": ("说明", "Note"),
    "draw_where": ("看位置", "Show"),
    "draw_proposal": (
        "面积 {before} → {after} m²（{difference}）；图上绿线为修正后的图形，斜纹为改动处。",
        "Area {before} → {after} m² ({difference}). Green: the mended shape; hatched: what differs.",
    ),
    "draw_accept": ("采用", "Accept"),
    "draw_decline": ("不采用", "Leave as drawn"),
    "draw_save": ("保存", "Save"),
    "draw_save_despite": ("已核对，仍要保存", "Looked at; save all the same"),
    "draw_mend_first": ("有须改正之处，未保存。", "Not saved: something has to be mended first."),
    "draw_confirm": ("尚未保存；请先核对上列检查结果。", "Not saved yet: look at the findings first."),
    "draw_missing": ("未保存；请先填写：{fields}。", "Not saved; first fill in: {fields}."),
    "draw_saved": ("已存为第 {n} 次修订。", "Saved as revision {n}."),
    "draw_unchanged": ("没有改动，未保存。", "Nothing changed; nothing was saved."),
    "draw_remove_all": (
        "{names}的整个图形已删除；保存后将没有图形，发布时以所填原因说明。",
        "The whole shape of {names} is gone; saved like this it has none; the reason below says why once published.",
    ),
    # collision
    "draw_collision": (
        "{who} 于 {at}改过“{zone}”。",
        "{who} changed “{zone}” at {at}.",
    ),
    "draw_both_sides": (
        "未保存：图上玫红为对方的图形，蓝色为您的。",
        "Nothing was saved: on the map theirs is rose, yours blue.",
    ),
    "draw_take_theirs": ("采用对方的", "Take theirs"),
    "draw_keep_ours": ("仍以我的为准", "Keep mine on top"),
    "draw_back": ("返回编辑", "Back to editing"),
}

FIELDS: dict[str, tuple[str, str]] = {
    "grade": ("边界等级", "Grade"),
    "method": ("方法", "Method"),
    "edge_rule": ("边的含义", "Edge rule"),
    "error_m": ("误差（米）", "Error (m)"),
    "half_width_m": ("每侧宽度（米）", "Half-width (m)"),
    "basis": ("依据", "Basis (Chinese)"),
    "basis_en": ("依据（英文）", "Basis (English)"),
    "traced_on": ("绘制日期", "Drawn on"),
}
"""Labels of the fields of a feature."""

MENDS: dict[str, tuple[str, str]] = {
    "structure": ("按外框重建", "Rebuild by structure"),
    "linework": ("按线围合重建", "Rebuild by linework"),
    "tidy": ("清理", "Tidy"),
    "snap": ("贴合", "Close the gap"),
    "trim": ("裁去重叠", "Trim"),
}
"""Names of the mends of `zones.editing.topology`."""
