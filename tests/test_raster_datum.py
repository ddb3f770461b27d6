"""How a raster's datum is moved to CGCS2000 is said, where it is another."""

import pytest
from pyproj import CRS

from zones.rasters.raster_datum import datum_words


@pytest.mark.parametrize("code", [4490, 4547, 4326, 32650, 3857])
def test_nothing_is_said_of_datums_read_as_the_same(code):
    assert datum_words(CRS.from_epsg(code)) is None


@pytest.mark.parametrize(("code", "name"), [(2435, "Beijing 1954"), (2383, "Xian 1980"), (4214, "Beijing 1954")])
def test_old_datums_have_no_public_parameters(code, name):
    told = datum_words(CRS.from_epsg(code))
    assert told["en"].startswith(f"{name}: PROJ knows no public parameters")
    assert told["zh"].startswith(f"{name} 到 CGCS2000 没有公开参数")
