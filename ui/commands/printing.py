"""What a person at a terminal sees: tables with areas in km², 公顷 and 亩. Programs read JSON."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from zones.units import format_area

if TYPE_CHECKING:
    from rich.console import Console

    from zones.issues import Issue

NOT_GIVEN = "-"
PIPE_WIDTH = 200
WHICH_FIGURE = (
    "Write the survey figure in land-survey and approval papers, the plane figure on engineering drawings and in "
    "coordinate lists, the ellipsoid figure in comparisons, statistics and public statements."
)
MOST_REPAIRS = 20
LEAST_KM2 = 1e4
"""Sums below a hectare, in m², are not printed in km²: four decimals would leave nothing of them."""


def console(*, err: bool = False) -> "Console":
    """Return the terminal, or a wide page where output goes to a file or a pipe: rows then stay whole."""
    # Here and below: programs that read JSON do not wait until it is loaded.
    from rich.console import Console

    return Console(stderr=err, width=None if sys.stdout.isatty() else PIPE_WIDTH)


def rows_table(rows: list[dict[str, Any]]) -> None:
    """Print rows under their keys; numbers to the right."""
    if not rows:
        console(err=True).print("nothing found")
        return
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for name, value in rows[0].items():
        table.add_column(name, justify="right" if isinstance(value, float | int) else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row.values()))
    console().print(table)


def zone_table(rows: list[dict[str, Any]]) -> None:
    """Print the list of zones."""
    names = ("zone_id", "name_zh", "kind", "plan_id", "grade")
    rows_table([{name: row[name] for name in names} | {"km²": _km2(row["area_m2"])} for row in rows])


def zone_card(zone: dict[str, Any]) -> None:
    """Print one zone, a line to a field."""
    out = console()
    out.print(f"{zone['name_zh']}  {zone['name_en']}  [{zone['zone_id']}]", style="bold", markup=False)
    for name in ("kind", "plan_id", "aliases", "scheme_ids", "parent_ids", "grade", "error_m", "unlocated_reason"):
        if zone[name] not in (None, []):
            out.print(f"{name}: {_cell(zone[name])}", markup=False)
    out.print(f"area km²: {_km2(zone['area_m2'])}  declared: {_km2(zone['declared_area_m2'])}", markup=False)
    if zone["positioning"]:
        out.print(f"positioning: {zone['positioning']['zh']}", markup=False)
    for name in ("industries", "anchors", "platforms"):
        if zone[name]:
            out.print(f"{name}: {'、'.join(said['zh'] for said in zone[name])}", markup=False)
    for relation in zone["relations"]:
        out.print(f"{relation['type']}: {relation['target']}", markup=False)
    for source in zone["sources"]:
        lines = f"{source['line_start']}-{source['line_end']}"
        out.print(f"source: {source['document']} {lines} {source['section']}", markup=False)


def measure_table(rows: list[dict[str, Any]]) -> None:
    """Print areas with their ±, the three methods to the square metre, and what each is for."""
    rows_table(
        [
            {
                "id": row["id"],
                "km²": format_area(_number(row["area_m2"]["ellipsoid"]), row["error_m2"], "km2"),
                "公顷": format_area(_number(row["area_m2"]["ellipsoid"]), row["error_m2"], "ha"),
                "亩": format_area(_number(row["area_m2"]["ellipsoid"]), row["error_m2"], "mu"),
                "ellipsoid m²": _metres(row["area_m2"]["ellipsoid"]),
                "survey m²": _against(row, "survey"),
                "plane m²": _against(row, "plane"),
                "plane": row["plane_crs"],
                "stated km²": _km2(row["declared_area_m2"]),
            }
            for row in rows
        ]
    )
    if rows:
        console().print(WHICH_FIGURE, soft_wrap=True)


def _against(row: dict[str, Any], method: str) -> str:
    """Return an area and how far it is from the ellipsoid's, in parts per million."""
    area_m2, ellipsoid_m2 = row["area_m2"][method], row["area_m2"]["ellipsoid"]
    if area_m2 is None or not ellipsoid_m2:
        return _metres(area_m2)
    ppm = round((area_m2 / ellipsoid_m2 - 1) * 1e6, 1) + 0.0
    return f"{_metres(area_m2)} ({ppm:+.1f} ppm)"


def overlap_tables(answer: dict[str, Any]) -> None:
    """Print pairs, then the sums: in km², or as the drawing has them."""
    on_map = answer["area_unit"] == "m2" and answer["sum_m2"] >= LEAST_KM2
    unit = "km²" if on_map else answer["area_unit"].replace("m2", "m²")
    shown = _km2 if on_map else _metres
    rows_table(
        [
            {
                "a": pair["a_id"],
                "b": pair["b_id"],
                f"overlap {unit}": shown(pair["overlap_m2"]),
                "of a": f"{pair['share_of_a']:.1%}",
                "of b": f"{pair['share_of_b']:.1%}",
            }
            for pair in answer["pairs"]
        ]
    )
    out = console()
    out.print(f"simple sum {shown(answer['sum_m2'])} {unit}, counted once {shown(answer['union_m2'])} {unit}")
    for fold in answer["k_fold"]:
        out.print(f"under exactly {fold['k']} zones: {shown(fold['area_m2'])} {unit}")
    if answer["slivers"]["count"]:
        left_out = answer["slivers"]
        small = answer["area_unit"].replace("m2", "m²")
        out.print(
            f"left out below {left_out['below_m2']:g} {small}: {left_out['count']}, {left_out['sum_m2']:.2f} {small}"
        )


def repairs(issues: "list[Issue]") -> None:
    """Say on standard error which shapes were rebuilt before they were measured, and what it made of their area."""
    for issue in issues[:MOST_REPAIRS]:
        console(err=True).print(f"{issue.layer}, {issue.feature}: {issue.message}", markup=False, soft_wrap=True)
    if len(issues) > MOST_REPAIRS:
        console(err=True).print(f"{len(issues) - MOST_REPAIRS} more were rebuilt; 'zones check' lists them all")


def coverage_tables(answer: dict[str, Any]) -> None:
    """Print what covers a corridor: the sums, then classes, parts, gaps and the curve."""
    out = console()
    share_error = answer["error_m2"] / answer["corridor_m2"]
    out.print(f"{answer['corridor']}, half-width {answer['half_width_m']:g} m", style="bold", markup=False)
    out.print(f"band {_km2(answer['corridor_m2'])} km², axis {answer['length_m'] / 1000:.2f} km, ends {answer['ends']}")
    area = format_area(answer["covered_m2"], answer["error_m2"], "km2")
    out.print(f"covered {area} km², {answer['share']:.1%} ± {share_error:.1%}; not {_km2(answer['uncovered_m2'])} km²")
    for name, columns in COVERAGE_TABLES.items():
        if answer[name]:
            out.print(f"\n{name.replace('_', ' ')}", style="bold")
            rows_table([{head: _shown(head, row[column]) for head, column in columns.items()} for row in answer[name]])


COVERAGE_TABLES = {
    "by_class": {"class": "class", "km²": "covered_m2", "km² ±": "error_m2", "share": "share", "count": "count"},
    "parts": {"id": "id", "km² inside": "inside_m2", "share of it": "share_inside", "of the band": "share_of_corridor"},
    "k_fold": {"covers": "k", "km²": "area_m2"},
    "gaps": {"from km": "from_m", "to km": "to_m", "km": "length_m"},
    "districts": {"name": "id", "km²": "inside_m2", "of the band": "share_of_corridor", "km of axis": "axis_m"},
    "subdistricts": {"name": "id", "km²": "inside_m2", "of the band": "share_of_corridor", "km of axis": "axis_m"},
    "curve": {"m": "half_width_m", "km² band": "corridor_m2", "km² covered": "covered_m2", "km² ±": "error_m2",
              "share": "share", "longest gap km": "longest_gap_m"},
    "ranking_changes": {"at m": "half_width_m", "ahead from there": "up", "behind": "down"},
}  # fmt: skip
"""Tables of a coverage: the head and the field of each column."""


def _shown(head: str, value: Any) -> Any:  # noqa: ANN401 (any JSON value)
    if not isinstance(value, float):
        return value
    if "km²" in head:
        return _km2(value)
    if "share" in head or head == "of the band":
        return f"{value:.1%}"
    return f"{value / 1000:.2f}" if "km" in head else f"{value:.0f}"


@contextmanager
def progress(what: str = "features") -> Iterator[Callable[[int, int], None]]:
    """Show a bar on the terminal while something long runs; nothing where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.progress import Progress

    with Progress(*Progress.get_default_columns(), console=console(err=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def tabulation_table(rows: list[dict[str, Any]]) -> None:
    """Print counts and areas by zone and class."""
    rows_table(
        [
            {
                "zone": row["zone_id"],
                "class": row["class"],
                "inside": row["count_inside"],
                "partly": row["count_partly"],
                "km²": _km2(row["area_m2"]),
                "m²": _metres(row["area_m2"]),
            }
            for row in rows
        ]
    )


def import_tables(report: dict[str, Any]) -> None:
    """Print what a file was taken for, what was left out, and what was found."""
    known = [("crs", "how_known"), ("encoding", "encoding_known"), ("datum", None), ("layer", None)]
    rows_table(
        [{"what": name, "is": report[name], "because": report[why] if why else ""} for name, why in known]
        + [{"what": name, "is": _metres(report[name]), "because": ""} for name in ("area_before_m2", "area_after_m2")]
    )
    for rows in (
        report["dropped"],
        [{key: row[key] for key in ("severity", "feature", "message")} for row in report["issues"]],
    ):
        if rows:
            console().print()
            rows_table(rows)


def indicator_table(rows: list[dict[str, Any]]) -> None:
    """Print indicators: what the plan writes, never a number made of it."""
    rows_table(
        [
            {
                "plan": row["plan_id"],
                "indicator": row["name_zh"],
                "unit": row["unit"],
                "baseline": row["baseline"]["raw"] if row["baseline"] else None,
                "target": row["target"]["raw"] if row["target"] else None,
                "form": row["form"],
                "issues": row["issues"],
            }
            for row in rows
        ]
    )


def csv_text(rows: list[dict[str, Any]]) -> str:
    """Return rows as CSV text, safe to open in a spreadsheet; lists become one cell, joined by semicolons."""
    # Imported here: the workbook library costs a tenth of a second that no other print needs.
    import pandas as pd

    from layers.office.workbook import csv_bytes

    table = pd.DataFrame([{name: _cell(value) for name, value in row.items()} for row in rows])
    return csv_bytes(table).decode("utf-8")


def _cell(value: Any) -> str:  # noqa: ANN401 (any JSON value)
    if value is None:
        return NOT_GIVEN
    if isinstance(value, list):
        return ";".join(_cell(item) for item in value)
    if isinstance(value, dict):
        return " ".join(_cell(item) for item in value.values())
    return str(value)


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def _km2(area_m2: float | None) -> str:
    return NOT_GIVEN if area_m2 is None else f"{area_m2 / 1e6:,.4f}"


def _metres(area_m2: float | None) -> str:
    return NOT_GIVEN if area_m2 is None else f"{area_m2:,.2f}"
