"""What is known of the move between a raster's datum and CGCS2000: it may be off by far more than a cell."""

import re

from pyproj import CRS
from pyproj.transformer import TransformerGroup

from zones.schema import STORAGE_CRS

SAME = ("china2000", "cgcs2000", "worldgeodeticsystem1984", "wgs1984", "wgs84", "chinageodeticcoordinatesystem2000")
"""Datums read as CGCS2000, as letters and digits of their names; the two differ by less than a metre."""


def datum_words(crs: CRS) -> dict[str, str] | None:
    """Return a sentence on how a raster's datum is moved to CGCS2000, by language; None where it is read as the same.

    Parameters
    ----------
    crs : pyproj.CRS

    Notes
    -----
    PROJ's own statement is passed on: the accuracy of the published parameters, or that it knows none. Then longitude
    and latitude are taken over unchanged, as between Beijing 1954 or Xian 1980 and CGCS2000, where tens of metres or
    more may lie between.
    """
    base = crs.geodetic_crs
    if base is None or base.datum is None or re.sub(r"[^a-z0-9]", "", base.datum.name.lower()).startswith(SAME):
        return None
    best = TransformerGroup(crs, CRS.from_user_input(STORAGE_CRS), always_xy=True).transformers
    if best and best[0].accuracy >= 0 and "Ballpark" not in best[0].description:
        metres = f"{best[0].accuracy:g}"
        return {
            "zh": f"{base.name} 由 PROJ 换到 CGCS2000，其标称精度 {metres} m",
            "en": f"{base.name} is moved to CGCS2000 by PROJ, with a stated accuracy of {metres} m",
        }
    return {
        "zh": f"{base.name} 到 CGCS2000 没有公开参数，PROJ 未作换算，位置可能差几十米以上；请由数据单位换算后再用",
        "en": f"{base.name}: PROJ knows no public parameters to CGCS2000 and leaves degrees as they are, so positions "
        "may be off by tens of metres or more; have the raster converted by its owner",
    }
