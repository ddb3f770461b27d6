"""A written report as DOCX: templated sentences with exact values, each with its passage; native tables, maps."""

from typing import Any

import geopandas

from layers.office.steady import steady_zip
from layers.office.story import Story, story, subject
from layers.passport import embed
from layers.reports.report_facts import write_areas, write_overlap, write_overview, write_zones
from layers.reports.report_paper import Report, add_contents, add_title, blank, report_bytes, report_texts
from layers.reports.report_rest import write_conflicts, write_indicators, write_lost, write_method, write_receipts
from layers.reports.report_words import phrase
from layers.sheets.map_check import Finding
from layers.sheets.map_use import INTERNAL, MapUse, checked, cleared
from zones.atlas import Atlas
from zones.proof.receipts import document


def report_docx(
    atlas: Atlas, frame: geopandas.GeoDataFrame, lang: str = "zh", use: MapUse = INTERNAL
) -> tuple[bytes, dict[str, int], dict[str, Any]]:
    """Return a report on some zones as DOCX, how many figures and tables it has, and what it carries.

    It carries the receipts of its figures and the use of its maps.

    Parameters
    ----------
    atlas : Atlas
    frame : geopandas.GeoDataFrame
        The zones to report on, as `Atlas.zones` holds them, EPSG:4490.
    lang : {"zh", "en"}
    use : MapUse

    Raises
    ------
    InputError
        When the selection holds no zone.
    NotClearedError
        When the map is for the public, has faults that stop it, and nobody signed it off.
    """
    report, told = _written(atlas, frame, lang, use)
    receipts = {each.id: each for each in (*told.area_receipts, *told.overlap_receipts, *told.totals_receipts)}
    record = document(receipts.values()) | {"map_use": cleared(told.maps, use, report_texts(report))}
    return embed(steady_zip(report_bytes(report), told.day), ".docx", record), dict(report.captions), record


def report_findings(atlas: Atlas, frame: geopandas.GeoDataFrame, lang: str, use: MapUse) -> tuple[Finding, ...]:
    """Return what the rules for maps find in a report, before anybody signs it off; see `report_docx`."""
    report, told = _written(atlas, frame, lang, use)
    return checked(told.maps, report_texts(report))


def _written(atlas: Atlas, frame: geopandas.GeoDataFrame, lang: str, use: MapUse) -> tuple[Report, Story]:
    told = story(atlas, frame, lang, use)
    title = phrase("title", lang, subject=subject(told))
    foot = told.say("foot", version=atlas.version, day=told.day.isoformat())
    report = blank(lang, title, foot, told.day, use.short_mark(lang))
    add_title(report, title, [foot, told.say("indicative"), *use.lines(lang)])
    for write in (write_overview, write_areas, write_overlap, write_zones, write_indicators, write_conflicts,
                  write_lost, write_method, write_receipts):  # fmt: skip
        write(report, told)
    first = next(each for each in report.document.paragraphs if each.style.name == "Heading 1")
    first.paragraph_format.page_break_before = True
    add_contents(report, first)
    return report, told
