"""Sentences of the menu that hands shapes over, in Chinese and English."""

TEXTS: dict[str, tuple[str, str]] = {
    "download_shapes": ("下载图形", "Download shapes"),
    "shapes_geojson": ("GeoJSON", "GeoJSON"),
    "shapes_geojson_note": ("网页与程序用；含轴线与凭证", "For the web and programs; with axes and receipts"),
    "shapes_gpkg": ("GeoPackage", "GeoPackage"),
    "shapes_gpkg_note": ("QGIS、ArcGIS 用；轮廓与轴线各为一层", "For QGIS and ArcGIS; outlines and axes as two layers"),
    "shapes_shp": ("Shapefile（zip）", "Shapefile (zip)"),
    "shapes_shp_note": (
        "UTF-8，CGCS2000 经纬度；长字段名和长文字另存于压缩包内的表",
        "UTF-8, CGCS2000 longitude and latitude; long names and texts stand in tables inside the archive",
    ),
    "shapes_kml": ("KML（奥维等）", "KML"),
    "shapes_kml_note": ("WGS84 经纬度，按类别着色", "WGS 84 longitude and latitude, coloured by kind"),
    "shapes_dxf": ("DXF 图纸", "DXF drawing"),
    "shapes_dxf_note": (
        "高斯投影 3 度带，单位米；按类别分层，没有图形的区不在其中",
        "3-degree Gauss-Krüger in metres; a layer to each kind, without the zones that have no shape",
    ),
    "shapes_parquet": ("GeoParquet", "GeoParquet"),
    "shapes_parquet_note": ("数据分析用；轮廓与轴线同表", "For data analysis; outlines and axes in one table"),
}
