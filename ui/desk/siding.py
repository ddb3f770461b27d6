"""What `zones sides` and the bench ask for: lines, the compiled text, and a zone's sides in words."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geopandas

from zones import Atlas
from zones.errors import InputError
from zones.intake.own_file import read_own
from zones.select import require_zone
from zones.sides.sides import Sides, compile_sides
from zones.sides.sides_build import GAP_M
from zones.sides.sides_grammar import MAIN_SIDES, Direction, read_phrases
from zones.sides.sides_lines import UNKNOWN_ERROR, atlas_lines, own_lines, together
from zones.sides.sides_record import record, require_text, worded
from zones.sides.sides_words import sides_of


def lines_for(
    atlas: Atlas, file: Path | None, called: str = "", error_m: float | None = None
) -> geopandas.GeoDataFrame:
    """Return the named lines of the atlas, and before them those of a file, under the name it is `called`.

    `error_m` is the error of its lines where the file states none.

    Raises
    ------
    InputError
        If the file cannot be used.
    """
    stated = UNKNOWN_ERROR if error_m is None else error_m
    own = own_lines(read_own(file), called or file.name, stated) if file else None
    return together(own, atlas_lines(atlas))


def stand_ins(given: Iterable[str]) -> dict[Direction, str]:
    """Return the lines named as `east=NAME` or 东=NAME by their side.

    Raises
    ------
    InputError
        If one is not written like that.
    """
    chosen = {}
    for each in given:
        side, _, name = each.partition("=")
        phrases = read_phrases(f"{side.strip()}至甲路") or read_phrases(f"{side.strip()} to A Road")
        if not name.strip() or not phrases:
            raise InputError(f"--side is '{each}'; write it like east=NAME")
        chosen[phrases[0].direction] = name.strip()
    return chosen


def compiled(
    atlas: Atlas, text: str | None, zone_id: str | None, lines: geopandas.GeoDataFrame,
    sides: Iterable[str] = (), gap_m: float = GAP_M,
) -> tuple[Sides, dict[str, Any]]:  # fmt: skip
    """Return a compiled text, and its record: with the evidence and the check where a zone is named.

    Raises
    ------
    InputError
        If neither text nor zone is given, or the zone's plan gives no sides.
    """
    if text is None and zone_id is None:
        raise InputError("sides needs a TEXT or --zone")
    found = require_text(atlas, zone_id) if zone_id and text is None else None
    said = found.text if found else text or ""
    result = compile_sides(said, lines, gap_m=gap_m, stand_ins=stand_ins(sides))
    evidence = {"zone_id": zone_id, "evidence": list(found.sources) if found else []}
    return result, evidence | record(result, drawing(atlas, zone_id) if zone_id else None)


def drawing(atlas: Atlas, zone_id: str) -> tuple[str, Any, float] | None:
    """Return a zone's id, outline and error; None where it has no outline.

    Raises
    ------
    UnknownZoneError
        If the atlas has no such zone.
    """
    require_zone(atlas.zones, zone_id)
    row = atlas.zones.loc[zone_id]
    if row.geometry is None or row.geometry.geom_type not in ("Polygon", "MultiPolygon"):
        return None
    return zone_id, row.geometry, float(row["error_m"])


def in_words(atlas: Atlas, zone_id: str, lines: geopandas.GeoDataFrame, lang: str = "zh") -> dict[str, Any]:
    """Return the sides of a zone's outline in words.

    Raises
    ------
    InputError
        If the zone has no outline.
    """
    held = drawing(atlas, zone_id)
    if held is None:
        raise InputError(f"zone '{zone_id}' has no outline, so it has no sides; choose a zone with an area")
    return {"zone_id": zone_id} | worded(sides_of(held[1], lines, held[2]), lang)


def directions(result: Sides) -> tuple[Direction, ...]:
    """Return the sides that lines may stand in for: the four main ones and those the text gives."""
    return tuple(dict.fromkeys([*MAIN_SIDES, *(side.direction for side in result.sides)]))
