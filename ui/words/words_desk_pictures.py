"""Words of the maps of shapes before and after that the desk hands over."""

TEXTS: dict[str, tuple[str, str]] = {
    "picture_revisions": ("修订对照：第 {old} 次 → 第 {new} 次", "Revisions {old} → {new}"),
    "picture_adopted": ("正式边界对照：{layer}", "Official boundaries: {layer}"),
    "picture_head": ("前后对照", "Before and after"),
    "picture_before": ("原图形", "Shape before"),
    "picture_after": ("现图形", "Shape after"),
    "picture_official": ("正式边界", "Official boundary"),
    "picture_area": ("{name}：{before} → {after} {unit}", "{name}: {before} → {after} {unit}"),
    "picture_more": ("另有 {n} 个区。", "And {n} more zones."),
    "picture_dash": ("线型按各自的边界等级：官方实线、描绘虚线、推定点线。",
                     "Lines by grade: official solid, traced dashed, inferred dotted."),
}  # fmt: skip
