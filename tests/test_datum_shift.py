"""Systems of other datums: Hong Kong's by the rule its surveyors publish, and those that have none."""

import geopandas
import numpy as np
import pytest
import shapely
from pyproj import CRS, Geod, Transformer

from tests.rasters import frame, write
from zones.counting.parcel_stream import open_layer
from zones.counting.tabulate import tabulate
from zones.datum_shift import between, is_known
from zones.rasters.raster import open_raster
from zones.rasters.zonal import zonal
from zones.read import to_storage

HONG_KONG = CRS("EPSG:2326")
PLACE = np.array([[836_000.0, 841_000.0]])
RULE_M = 3.0


def by_hand(points):
    """Return WGS 84 of Hong Kong 1980 Grid by the rule of its Survey and Mapping Office, good to 3 m.

    "Explanatory Notes on Geodetic Datums in Hong Kong": 5.5" less of latitude, 8.8" more of longitude.
    """
    lonlat = Transformer.from_crs(HONG_KONG, HONG_KONG.geodetic_crs, always_xy=True).transform(*points.T)
    return np.column_stack(lonlat) + np.array([8.8, -5.5]) / 3600


def metres(a, b):
    return Geod(ellps="GRS80").inv(*a.T, *b.T)[2]


def test_hong_kong_by_its_published_parameters():
    found = np.column_stack(between(HONG_KONG, CRS("EPSG:4490"))(*PLACE.T))
    assert metres(found, by_hand(PLACE)).max() < RULE_M
    back = np.column_stack(between(CRS("EPSG:4490"), HONG_KONG)(*found.T))
    assert back == pytest.approx(PLACE, abs=1e-3)
    plane = np.column_stack(between(HONG_KONG, CRS("EPSG:4547"))(*PLACE.T))
    expected = Transformer.from_crs("EPSG:4490", "EPSG:4547", always_xy=True).transform(*by_hand(PLACE).T)
    assert plane == pytest.approx(np.column_stack(expected), abs=RULE_M)


@pytest.mark.parametrize(
    ("code", "known"),
    [*((code, True) for code in (2326, 4547, 4490, 4326, 32650, 3857)), (2383, False), (21480, False)],
)
def test_what_public_parameters_lead_from(code, known):
    """Xian 1980 and Beijing 1954 have none for Shenzhen's land."""
    assert is_known(CRS(code)) == known


def test_a_layer_of_hong_kong_lands_in_its_place():
    square = shapely.box(836_000, 841_000, 836_100, 841_100)
    held = to_storage(geopandas.GeoDataFrame(geometry=[square], crs=HONG_KONG), "x")
    assert held.crs.to_epsg() == 4490
    corner = np.array([held.total_bounds[:2]])
    assert metres(corner, by_hand(PLACE)).max() < RULE_M


def test_zones_over_a_raster_of_hong_kong_take_the_cells_they_lie_on(tmp_path):
    """One cell of 100 m has 7, all others 0; the zone is that cell less 10 m all round, moved by hand."""
    from rasterio.transform import Affine

    values = np.zeros((10, 10), "uint8")
    values[4, 6] = 7
    path = write(tmp_path / "a.tif", values, Affine(100, 0, 835_500, 0, -100, 841_500), "EPSG:2326")
    corners = np.array([(836_110, 841_010), (836_190, 841_010), (836_190, 841_090), (836_110, 841_090)], dtype=float)
    zone = frame("EPSG:4490", a=shapely.Polygon(by_hand(corners)))
    row = zonal(open_raster(path), zone, ("mean", "min")).table.iloc[0]
    assert (row["mean"], row["min"]) == (7, 7)


def test_parcels_of_hong_kong_are_counted_in_their_place(tmp_path):
    """A parcel of 100 m just inside a zone drawn 150 m around it: 304 m off it would lie outside."""
    corner = PLACE[0]
    parcel = shapely.box(*corner, *(corner + 100))
    geopandas.GeoDataFrame(geometry=[parcel], crs=HONG_KONG).to_parquet(tmp_path / "parcels.parquet")
    west, south = by_hand(PLACE)[0]
    zone = frame("EPSG:4490", a=shapely.box(west - 0.0015, south - 0.0015, west + 0.0025, south + 0.0025))
    table = tabulate(open_layer(tmp_path / "parcels.parquet"), zone).table
    assert int(table["count_inside"].sum()) == 1
    assert table["area_m2"].sum() == pytest.approx(10_000, rel=1e-3)
