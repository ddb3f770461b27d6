"""What a person at a terminal sees of official boundaries: who is who, what follows, which receipts turn stale."""

from typing import Any

from ui.commands.printing import NOT_GIVEN, console, rows_table
from zones.units import format_area

SEEN_M2 = 100.0
"""Changes of an overlap below this show in no figure of four decimals of km²; they are counted and not listed."""


def adoption_sentence(name: str, record: dict[str, Any]) -> str:
    """Return the account of all features, and what was done."""
    matched = len({row["feature"] for row in record["matched"]})
    left, dropped = len(record["unmatched"]), len(record["dropped"])
    counts = f"{record['read']} features read = {matched} matched + {left} listed + {dropped} without a usable shape"
    zones = len(record["zones_changed"])
    done = f"revision {record['revision']}" if record["revision"] else "nothing was changed (dry run)"
    gets = "1 zone gets" if zones == 1 else f"{zones} zones get"
    return f"{name}: {counts}; {gets} an official boundary, {len(record['zones_without'])} keep theirs; {done}"


def adoption_tables(record: dict[str, Any]) -> None:
    """Print the matches, both lists of what is left over, doubts, and what follows."""
    _titled("matched", [{name: row[name] for name in ("feature", "label", "zone_id", "part", "how")}
                        for row in record["matched"]])  # fmt: skip
    _titled("features without a zone", [
        {"feature": row["feature"], "label": row["label"], "why": row["why"],
         "may be": ", ".join(f"{each['zone_id']} ({each['how']} {each['score']:.2f})" for each in row["proposals"][:3])}
        for row in record["unmatched"]
    ])  # fmt: skip
    _titled("zones without a feature", [{"count": len(record["zones_without"]),
                                         "zone_ids": ", ".join(record["zones_without"][:10])}])  # fmt: skip
    _titled("doubts", [{"zone": row["zone_id"] or NOT_GIVEN, "what": row["message"]} for row in record["doubts"]])
    consequence_tables(record)


def publication_sentence(record: dict[str, Any]) -> str:
    """Return what was published, and whether it is in use."""
    use = "in use now" if record["in_use"] else "not in use: ZONES_DATA or ZONES_WORKSPACE names other data"
    count = len(record["zones_changed"])
    differ = "1 zone differs" if count == 1 else f"{count} zones differ"
    return f"revision {record['revision']} published as data version {record['data_version']}: {differ}; {use}"


def consequence_tables(record: dict[str, Any]) -> None:
    """Print what follows from new shapes."""
    _titled("zones", [_zone(row) for row in record["zones"]])
    _titled("overlaps", [
        {"a": row["a_id"], "b": row["b_id"], "what": row["what"], "before km²": _km2(row["before_m2"]),
         "after km²": _km2(row["after_m2"])}
        for row in record["overlaps"] if abs(row["after_m2"] - row["before_m2"]) >= SEEN_M2
    ])  # fmt: skip
    slight = sum(abs(row["after_m2"] - row["before_m2"]) < SEEN_M2 for row in record["overlaps"])
    if slight:
        console().print(f"and {slight} pairs that change by less than {SEEN_M2:.0f} m²", markup=False)
    _titled("coverage of corridors", [
        {"corridor": row["corridor_id"], "half-width m": _widths(row),
         "before": _percent(row["share_before"]), "after": _percent(row["share_after"])}
        for row in record["coverages"]
    ])  # fmt: skip
    _titled("rules and checks", [
        {"what": row["what"], "kind": row["kind"], "zone": row["zone_id"], "says": row["after"] or row["before"]}
        for row in record["findings"]
    ])  # fmt: skip
    _titled("accepted findings that no longer turn up", record["accepted_idle"])
    _titled("stale receipts", [
        {"file": file["file"], "receipt": row["id"], "kind": row["kind"], "zones": ", ".join(row["zones"])}
        for file in record["stale"] for row in file["stale"]
    ])  # fmt: skip


def _titled(title: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        console().print(f"\n{title}", style="bold", markup=False)
        rows_table(rows)


def _zone(row: dict[str, Any]) -> dict[str, Any]:
    area = row["part"] == "extent"
    sizes = [
        NOT_GIVEN if row[f"size_{when}"] is None
        else f"{format_area(row[f'size_{when}'], row[f'size_error_{when}'])} km²" if area
        else f"{row[f'size_{when}'] / 1000:.2f} km"
        for when in ("before", "after")
    ]  # fmt: skip
    return {
        "zone": row["zone_id"], "part": row["part"],
        "grade": f"{row['grade_before'] or NOT_GIVEN} > {row['grade_after']}",
        "before": sizes[0], "after": sizes[1], "in common": _percent(row["jaccard"]),
        "apart m": _metres(row["largest_distance_m"]), "mean m": _metres(row["mean_distance_m"]),
    }  # fmt: skip


def _km2(area_m2: float) -> str:
    return format_area(area_m2, None)


def _widths(row: dict[str, Any]) -> str:
    before, after = (_metres(row[f"half_width_{when}_m"]) for when in ("before", "after"))
    return before if before == after else f"{before} > {after}"


def _percent(share: float | None) -> str:
    return NOT_GIVEN if share is None else f"{share:.1%}"


def _metres(value: float | None) -> str:
    return NOT_GIVEN if value is None else f"{value:,.0f}"
