"""Zones as KML for map programs such as 奥维: every attribute as extended data, colours by kind."""

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import geopandas
import pandas as pd
import pyogrio

from layers import style
from layers.exports.export_rows import axes_of, axis_attributes, tidy, with_index
from layers.exports.receipts_beside import write_beside
from layers.write import fill_atomically
from zones.proof.receipts import Receipt
from zones.schema import STORAGE_CRS

KML = "http://www.opengis.net/kml/2.2"
FOLDERS = ("创新区", "轴线")
NO_KIND = "other"
FILL_ALPHA = "40"
"""A quarter opaque, in hexadecimal; KML writes colours as alpha, blue, green, red."""


def write_kml(frame: geopandas.GeoDataFrame, attributes: pd.DataFrame, path: Path, receipts: Sequence[Receipt]) -> int:
    """Write extents and axes as two folders, in WGS 84 as KML asks; receipts go to a file beside it."""
    axes = axes_of(frame)
    folders = [_placemarks(attributes, tidy(frame.geometry))]
    if len(axes):
        folders.append(_placemarks(axis_attributes(frame, attributes), axes))

    def fill(temporary: Path) -> None:
        for name, folder in zip(FOLDERS, folders, strict=False):
            pyogrio.write_dataframe(
                folder,
                temporary,
                layer=name,
                driver="LIBKML",
                append=temporary.exists(),
                layer_options={"FOLDER": "YES"},
            )
        _colour(temporary)

    fill_atomically(path, fill)
    write_beside(path, receipts)
    return len(frame) + len(axes)


def _placemarks(attributes: pd.DataFrame, shapes: geopandas.GeoSeries) -> geopandas.GeoDataFrame:
    table = with_index(attributes).reset_index(drop=True).infer_objects()
    names = table["name_zh"] if "name_zh" in table.columns else table.iloc[:, 0]
    table.insert(0, "Name", names.astype("string"))
    for name in table.columns[table.isna().all()]:
        table[name] = table[name].astype("string")
    # CGCS2000 and WGS 84 differ by less than 1 m here: the numbers stay as they are.
    return geopandas.GeoDataFrame(table, geometry=list(shapes), crs=STORAGE_CRS).set_crs(4326, allow_override=True)


def _colour(path: Path) -> None:
    """Give each placemark the colour of its kind; the KML driver cannot."""
    ElementTree.register_namespace("", KML)
    tree = ElementTree.parse(path)
    document = tree.getroot()[0]
    used = set()
    for placemark in document.iter(f"{{{KML}}}Placemark"):
        cells = {each.get("name"): each.text for each in placemark.iter(f"{{{KML}}}SimpleData")}
        kind = cells.get("kind") if cells.get("kind") in style.KIND_COLOURS else NO_KIND
        used.add(str(kind))
        url = ElementTree.Element(f"{{{KML}}}styleUrl")
        url.text = f"#{kind}"
        # The schema of KML wants the style after the name and before the extended data.
        placemark.insert(sum(each.tag == f"{{{KML}}}name" for each in placemark), url)
    for place, kind in enumerate(sorted(used)):
        document.insert(place, _style(kind))
    tree.write(path, encoding="utf-8", xml_declaration=True)


def _style(kind: str) -> ElementTree.Element:
    rgb = style.KIND_COLOURS.get(kind, style.INK)[1:].lower()
    colour = rgb[4:] + rgb[2:4] + rgb[:2]
    found = ElementTree.Element(f"{{{KML}}}Style", id=kind)
    for tag, alpha in (("LineStyle", "ff"), ("PolyStyle", FILL_ALPHA)):
        part = ElementTree.SubElement(found, f"{{{KML}}}{tag}")
        ElementTree.SubElement(part, f"{{{KML}}}color").text = alpha + colour
        if tag == "LineStyle":
            ElementTree.SubElement(part, f"{{{KML}}}width").text = "2"
    return found
