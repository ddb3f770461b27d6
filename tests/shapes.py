"""The shared cast of tiny polygons: areas a reader can count."""

import geopandas
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer
from shapely import Point, Polygon, box

from zones.schema import STORAGE_CRS

# In plain x and y: two 2 x 2 squares share a 1 x 1 corner; a third touches the first along one side.
SQUARE = box(0, 0, 2, 2)
SHIFTED = box(1, 1, 3, 3)
TOUCHING = box(2, -2, 4, 0)
HOLED = Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [[(1, 1), (3, 1), (3, 3), (1, 3)]])
BOW_TIE = Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])

# Test polygons in 宝安, 坪山 and 深汕 whose areas were published by other programs (see test_measure).
BAOAN = Polygon([(113.850, 22.750), (113.860, 22.750), (113.860, 22.759), (113.850, 22.759)])
PINGSHAN = Polygon(
    [(114.320, 22.650), (114.385, 22.655), (114.400, 22.700), (114.380, 22.735), (114.330, 22.730), (114.310, 22.690)]
)
SHENSHAN = Polygon([(115.040, 22.820), (115.062, 22.822), (115.060, 22.842), (115.038, 22.840)])
PLACE = Point(114.0252, 22.6133)


def frame(shapes, ids=None, crs=STORAGE_CRS, **columns):
    """Return shapes as a frame indexed by `zone_id`, named a, b, c ... unless told."""
    ids = list(ids) if ids is not None else [chr(ord("a") + place) for place in range(len(shapes))]
    table = {"error_m": [float("nan")] * len(ids)} | columns
    return geopandas.GeoDataFrame(table, geometry=list(shapes), index=pd.Index(ids, name="zone_id"), crs=crs)


AT = (500_000.0, 2_500_000.0)


def blob(random, middle, radius, corners):
    angle = np.sort(random.uniform(0, 2 * np.pi, corners))
    reach = radius * random.uniform(0.4, 1, corners)
    ring = np.column_stack([np.cos(angle), np.sin(angle)]) * reach[:, None] + middle
    return shapely.make_valid(Polygon(ring), method="structure")


def polygons(random, count, spread, radius):
    found = [blob(random, random.uniform(0, spread, 2), random.uniform(radius / 4, radius), 9) for _ in range(count)]
    return [each for each in found if each.geom_type == "Polygon" and each.area > 0]


def on_ground(shape, crs="EPSG:4547", middle=(500_000.0, 2_500_000.0)):
    """Return a shape in plain metres as degrees near 114 E, 22.6 N, where the plane is true to 1 in a million.

    Edges are split every 50 m first: straight on the plane, straight in degrees.
    """
    move = Transformer.from_crs(crs, STORAGE_CRS, always_xy=True).transform
    dense = shapely.segmentize(shape, 50.0) if shape.length > 0 else shape
    return shapely.transform(dense, lambda points: np.column_stack(move(*(points + np.array(middle)).T)))
