"""Which kinds of file GDAL may open; imported before anything that loads GDAL (see `zones/__init__.py`).

A file named .geojson may hold a GDAL virtual dataset, or a service description, that names any other file
or address. GDAL chooses a driver by content and fixes its list when it is first loaded: setting this later
has no effect. What the atlas does not read is switched off too, so that no parser meets a file unasked.
"""

import os

ALLOWED = ("ESRI Shapefile", "GPKG", "GeoJSON", "KML", "LIBKML", "MEM")
"""The only vector drivers that stay."""

FOLLOWING = (
    "OGR_VRT", "GDALG", "HTTP", "WFS", "OAPIF", "OGCAPI", "CSW", "EEDA", "Carto", "AmigoCloud",
    "Elasticsearch", "PLSCENES", "NGW", "GPSBabel", "ADBC",
)  # fmt: skip
"""Drivers that follow a name inside a file to another file, address or program."""

UNUSED = (
    "AIVector", "AVCBin", "AVCE00", "CSV", "DGN", "DXF", "EDIGEO", "ESRIJSON", "FlatGeobuf", "GML", "GPX", "GTFS",
    "GeoJSONSeq", "GeoRSS", "Idrisi", "JML", "JSONFG", "LVBAG", "MBTiles", "MVT", "MapInfo File", "MapML",
    "MiraMonVector", "ODS", "OGR_GMT", "OGR_PDS", "OSM", "OpenFileGDB", "PCIDSK", "PDF", "PDS4", "PGDUMP", "PMTiles",
    "S57", "SQLite", "SXF", "Selafin", "TopoJSON", "VDV", "VFK", "VICAR", "WAsP", "XLSX",
)  # fmt: skip
"""Drivers of formats that the atlas reads by other means, or not at all."""

RASTERS_FOLLOWING = ("VRT", "WMS", "WCS", "WMTS", "GTI", "STACTA", "STACIT", "PLMOSAIC", "EEDAI", "DERIVED", "DAAS")
"""Raster drivers that follow names inside a file: an x.tif may be a virtual dataset that names any file."""

# A name that this build of GDAL does not know would be a warning on standard error: hence no longer lists.
os.environ["OGR_SKIP"] = ",".join((*FOLLOWING, *UNUSED))
os.environ["GDAL_SKIP"] = ",".join(RASTERS_FOLLOWING)

# GDAL writes a `.aux.xml` beside files that it only reads; nothing but what was asked for is written here.
os.environ["GDAL_PAM_ENABLED"] = "NO"
