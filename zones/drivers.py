"""Which kinds of file GDAL may open; imported before anything that loads GDAL (see `zones/__init__.py`).

A file named .geojson may hold a GDAL virtual dataset, or a service description, that names any other file
or address. GDAL chooses a driver by content and fixes its list when it is first loaded: setting this later
has no effect.
"""

import os

FOLLOWING = (
    "OGR_VRT", "GDALG", "HTTP", "WFS", "OAPIF", "OGCAPI", "CSW", "EEDA", "Carto", "AmigoCloud",
    "Elasticsearch", "PLSCENES", "NGW", "GPSBabel", "ADBC",
)  # fmt: skip
"""Drivers that follow a name inside a file to another file, address or program."""

os.environ["OGR_SKIP"] = ",".join(FOLLOWING)
