"""A layer of six features over the tiny atlas, whose counts a reader can see: a park with a core in its corner."""

import geopandas
from shapely import Point, Polygon, box

PARK, CORE = "tiny.park.whole", "tiny.core.part"

SHAPES = [
    box(113.851, 22.701, 113.853, 22.703),  # in the core, and so in the park
    box(113.865, 22.715, 113.867, 22.717),  # in the park
    box(113.869, 22.715, 113.871, 22.717),  # half of it in the park
    box(113.890, 22.750, 113.891, 22.751),  # in no zone
    Polygon(
        [(113.855, 22.715), (113.857, 22.717), (113.857, 22.715), (113.855, 22.717)]
    ),  # crosses itself, in the park
    Point(113.852, 22.702),
]
USES = ["R", "R", "M", None, "M", "R"]


def write_layer(path, crs="EPSG:4490", count=6):
    """Write the first features, to GeoParquet or GeoPackage; return the path."""
    layer = geopandas.GeoDataFrame({"use": USES[:count]}, geometry=SHAPES[:count], crs="EPSG:4490").to_crs(crs)
    if path.suffix == ".parquet":
        layer.to_parquet(path, write_covering_bbox=True, row_group_size=2)
    else:
        layer.to_file(path)
    return path
