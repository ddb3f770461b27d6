"""What `zones coverage` was pointed at, and its answer as plain rows."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd

from layers.corridors.handover import CURVE_WIDTHS, hand_over
from ui.commands.selecting import write_receipts
from ui.corridors.corridor_files import check_names, write_files
from zones import Atlas, read_atlas
from zones.corridors.corridor import (
    Corridor,
    Ends,
    HalfWidth,
    at_district_line,
    checked_width,
    corridor,
    corridor_of_lines,
)
from zones.corridors.corridor_cells import cut
from zones.corridors.coverage import Coverage, at, class_curves, crossings, curve
from zones.corridors.covers import layer_covers, zone_covers
from zones.corridors.crossed import areas_crossed
from zones.errors import InputError
from zones.features import features_of, marked, source_file
from zones.intake.own_file import is_file_name, read_own
from zones.proof.coverage_receipts import band_of, coverage_receipts, curve_receipts
from zones.proof.receipts import Receipt
from zones.proof.series_receipts import curve_receipt, table_receipts
from zones.records import none_if_nan
from zones.select import select

ZONES = "zones"
MOST_WIDTHS = 500
CROSSED = ("districts", "subdistricts")


def covered(
    of_corridor: str,
    half_width: str | None,
    *,
    ends: Ends = "drawn",
    widths: str | None = None,
    of: str = ZONES,
    field: str | None = None,
    feature: str | None = None,
    files: Sequence[Path] = (),
    lang: str = "zh",
    receipts_to: Path | None = None,
) -> tuple[dict[str, Any], list[str]]:
    """Return the coverage of a corridor as the contract lists it, and sentences on what it rests on.

    With `files` it is also written as workbook, GeoPackage or page, in a language; with `receipts_to` the receipts
    of its figures are.
    """
    check_names(files)
    atlas = read_atlas()
    made = _corridor(atlas, of_corridor, None if half_width is None else half_width_of(half_width), ends, feature)
    covers, said = _covers(atlas, of, field, made)
    found = at(cut(made, covers), 0)
    answer = as_json(found)
    answer |= _crossed(atlas, made)
    answer |= {"curve": [], "ranking_changes": []} | (_curve(made, covers, widths_of(widths)) if widths else {})
    if files or receipts_to is not None:
        even = not isinstance(made.half_width, tuple)
        shown = widths_of(widths) if widths else CURVE_WIDTHS if files and even else ()
        receipts = _receipts(atlas, made, covers, shown, of_corridor, feature, of, field)
        if receipts_to is not None:
            write_receipts(receipts_to, receipts)
        if files:
            by = Path(of).name if _is_file(of) else None
            held = hand_over(atlas, made, covers, shown, covered_by=by, lang=lang, receipts=receipts)
            write_files(held, files)
    return answer, [*_sentences(made, found), said, *(f"written to {path}" for path in files)]


def _receipts(
    atlas: Atlas,
    made: Corridor,
    covers: geopandas.GeoDataFrame,
    widths: tuple[float, ...],
    of_corridor: str,
    feature: str | None,
    of: str,
    field: str | None,
) -> tuple[Receipt, ...]:
    """Return the receipts of a corridor's figures and curve; files of axis and covers are named, with their hashes."""
    paths = list(dict.fromkeys(Path(text) for text in (of_corridor, of) if _is_file(text)))
    axis_at = paths.index(Path(of_corridor)) if _is_file(of_corridor) else None
    covers_at = paths.index(Path(of)) if _is_file(of) else None
    if covers_at is not None:
        covers = marked(covers, paths[covers_at], covers_at)
    band = band_of(
        made, covered_by=None if covers_at is not None else of, file=axis_at, feature=feature, cover_file=covers_at,
        field=field,
    )  # fmt: skip
    sources = [source_file(path) for path in paths]
    own = coverage_receipts(atlas, made, covers, band, sources)
    rows = curve_receipts(atlas, made, covers, band, widths, sources)
    whole = (curve_receipt(atlas, made, covers, band, widths, sources),) if widths else ()
    tables = table_receipts(atlas, made, covers, band, sources)
    return tuple({each.id: each for each in (*own, *rows, *whole, *tables)}.values())


def _corridor(atlas: Atlas, text: str, half_width: HalfWidth | None, ends: Ends, feature: str | None) -> Corridor:
    if not _is_file(text):
        if feature is not None:
            raise InputError(f"--feature {feature} is for a file; zone '{text}' has one axis")
        return corridor(atlas, text, half_width, ends=ends)
    made = corridor_of_lines(read_own(Path(text)), Path(text).stem, half_width, feature)
    return made if ends == "drawn" else at_district_line(made, atlas)


def _is_file(text: str) -> bool:
    return is_file_name(text) or Path(text).is_file()


def _covers(atlas: Atlas, of: str, field: str | None, made: Corridor) -> tuple[geopandas.GeoDataFrame, str]:
    if _is_file(of):
        covers = layer_covers(features_of(Path(of)), of, field)
        return covers, f"covered by {len(covers)} polygons of {of}"
    if field is not None:
        raise InputError(f"--class {field} is for a file; zones are told apart by kind")
    if of == ZONES:
        covers = zone_covers(atlas.zones, made.corridor_id)
        return covers, f"covered by {len(covers)} zones with an outline of their own; bands of assumed width left out"
    covers = zone_covers(select(atlas.zones, of), made.corridor_id, bands=True)
    return covers, f"covered by {len(covers)} zones of {of}"


def half_width_of(text: str) -> HalfWidth:
    """Return a half-width written as `1000`, or as a profile along the axis such as `0:500,8000:1200`.

    Raises
    ------
    InputError
        If it is written otherwise.
    """
    try:
        if ":" not in text:
            return checked_width(float(text))
        pairs = tuple(tuple(float(value) for value in pair.split(":")) for pair in text.split(","))
        return checked_width(tuple((at_m, width) for at_m, width in pairs))
    except ValueError:
        raise InputError(f"half-width '{text}': write metres as 1000, or chainage:metres as 0:500,8000:1200") from None


def widths_of(text: str) -> tuple[float, ...]:
    """Return the half-widths of a curve written as `FROM:TO:STEP` in metres, both ends included.

    Raises
    ------
    InputError
        If it is written otherwise, or makes over 500 widths.
    """
    try:
        first, last, step = (float(value) for value in text.split(":"))
    except ValueError:
        raise InputError(f"curve '{text}': write FROM:TO:STEP in metres, such as 250:3000:250") from None
    count = np.floor((last - first) / step + 1e-9) + 1 if step > 0 else 0
    if not 1 <= count <= MOST_WIDTHS:
        raise InputError(f"curve '{text}': makes {count:g} widths; give 1 to {MOST_WIDTHS}, such as 250:3000:250")
    return tuple(float(checked_width(float(first + step * place))) for place in range(int(count)))  # type: ignore[arg-type]


def as_json(found: Coverage) -> dict[str, Any]:
    """Return a coverage as plain JSON data."""
    made = found.corridor
    profile = [list(pair) for pair in made.half_width] if isinstance(made.half_width, tuple) else None
    return {
        "corridor": made.corridor_id,
        "half_width_m": made.widest_m if profile else made.half_width,
        "profile": profile,
        "width_assumed": made.assumed,
        "ends": made.ends,
        "length_m": found.length_m,
        "corridor_m2": found.corridor_m2,
        "corridor_error_m2": none_if_nan(found.corridor_error_m2),
        "covered_m2": found.covered_m2,
        "error_m2": found.error_m2,
        "share": found.share,
        "uncovered_m2": found.uncovered_m2,
        "sum_m2": found.sum_m2,
        "sides": [
            {"side": side, "area_m2": area[1], "covered_m2": area[0]}
            for side, area in (("left", found.left_m2), ("right", found.right_m2))
        ],
        "k_fold": _rows(found.k_fold),
        "by_class": _rows(found.by_class),
        "parts": _rows(found.parts),
        "gaps": _rows(found.gaps),
        "chainage": _rows(found.chainage),
        "lanes": _rows(found.lanes),
    }


def _crossed(atlas: Atlas, made: Corridor) -> dict[str, Any]:
    found = {name: areas_crossed(made, atlas.base[f"base_{name}"].set_index("name_zh")) for name in CROSSED}
    return {name: _rows(table) for name, table in found.items()}


def _curve(made: Corridor, covers: geopandas.GeoDataFrame, widths: tuple[float, ...]) -> dict[str, Any]:
    cells = cut(made, covers, widths)
    return {"curve": _rows(curve(cells)), "ranking_changes": _rows(crossings(class_curves(cells)))}


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{name: none_if_nan(value) for name, value in row.items()} for row in table.to_dict("records")]


def _sentences(made: Corridor, found: Coverage) -> list[str]:
    said = []
    if made.assumed:
        said.append(f"half-width {made.widest_m:g} m to each side is an assumption: no plan gives a width")
    if np.isnan(made.axis_error_m):
        said.append("the error of the axis is not known: ± leaves it out")
    if found.errors_unknown:
        said.append(f"the error of {found.errors_unknown} of the covers is not known: ± leaves them out")
    return said
