"""The menu that hands the zones of a page over as shapes, in the formats other programs read."""

import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from ui import cache
from ui.words.i18n import t

FORMATS = {
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
    "shp.zip": "application/zip",
    "kml": "application/vnd.google-earth.kml+xml",
    "dxf": "image/vnd.dxf",
    "parquet": "application/vnd.apache.parquet",
}
"""Ending to media type, the most asked for first."""


def menu(ids: tuple[str, ...], name: str, lang: str) -> None:
    """Show the menu: one button to a format; the file is made when it is pressed.

    Parameters
    ----------
    ids : tuple of str
        Zones to hand over, with or without a shape.
    name : str
        Name of the file without its ending.
    """
    with st.popover(t("download_shapes", lang), key="shapes-out"):
        for ending, media in FORMATS.items():
            st.download_button(
                t(f"shapes_{ending.split('.')[0]}", lang), partial(_made, ids, ending), f"{name}.{ending}",
                media, help=t(f"shapes_{ending.split('.')[0]}_note", lang), on_click="ignore", key=f"shapes-{ending}",
                width="stretch",
            )  # fmt: skip


def _made(ids: tuple[str, ...], ending: str) -> bytes:
    from layers.exports.exports import export

    atlas = cache.atlas()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"zones.{ending}"
        export(atlas, atlas.zones.loc[list(ids)], path)
        return path.read_bytes()
