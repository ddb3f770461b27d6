"""The reader of rasters: what a cell means, and what is refused with a reason."""

import numpy as np
import pytest
import rasterio
from rasterio.control import GroundControlPoint

from tests.rasters import DEGREES, write
from zones.errors import CrsError, InputError
from zones.rasters import raster as reader
from zones.rasters.raster import open_raster, reading, sample, tiles
from zones.rasters.raster_classes import class_names
from zones.rasters.raster_grid import Window

VALUES = np.arange(12, dtype="int16").reshape(3, 4)


def cells(raster, window=None):
    with reading(raster) as read:
        values, valid = read(window or Window(0, 0, raster.grid.width, raster.grid.height))
    return np.where(valid, values, np.nan)


def test_facts(tmp_path):
    raster = open_raster(write(tmp_path / "a.tif", [VALUES, VALUES * 2], nodata=-1), band=2)
    assert (raster.grid.width, raster.grid.height, raster.bands, raster.dtype) == (4, 3, 2, "int16")
    assert (raster.nodata, raster.nodata_from, raster.crs_from) == (-1, "declared", "file")
    assert raster.grid.crs.to_epsg() == 4547
    assert raster.is_integer
    assert cells(raster).tolist() == (VALUES * 2.0).tolist()


def test_nodata_declared_and_told(tmp_path):
    path = write(tmp_path / "a.tif", VALUES, nodata=3)
    assert np.isnan(cells(open_raster(path))).sum() == 1
    told = cells(open_raster(path, nodata=5))
    assert np.isnan(told[1, 1])
    assert told[0, 3] == 3


def test_nodata_is_compared_as_stored(tmp_path):
    """-3.4e38 as it stands in many files is the float32 of that name, not the double."""
    values = VALUES.astype("float32")
    values[0, 0], values[0, 1], values[0, 2] = -3.4e38, np.nan, np.inf
    assert np.isnan(cells(open_raster(write(tmp_path / "a.tif", values), nodata=-3.4e38)))[0].tolist() == [1, 1, 1, 0]


def test_mask_band_and_alpha(tmp_path):
    path = write(tmp_path / "a.tif", VALUES.astype("uint8"))
    mask = np.full(VALUES.shape, 255, "uint8")
    mask[2, 1] = 0
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "r+") as out:
        out.write_mask(mask)
    raster = open_raster(path)
    assert raster.nodata_from == "mask"
    assert np.argwhere(np.isnan(cells(raster))).tolist() == [[2, 1]]
    both = np.stack([VALUES.astype("uint8"), mask])
    raster = open_raster(write(tmp_path / "b.tif", both, ALPHA="YES"))
    assert raster.nodata_from == "alpha"
    assert np.argwhere(np.isnan(cells(raster))).tolist() == [[2, 1]]


def test_scale_and_offset(tmp_path):
    path = write(tmp_path / "a.tif", VALUES, nodata=0)
    with rasterio.open(path, "r+") as out:
        out.scales, out.offsets = (0.5,), (10.0,)
    raster = open_raster(path)
    assert not raster.is_integer
    assert cells(raster)[0].tolist()[1:] == [10.5, 11.0, 11.5]
    assert np.isnan(cells(raster)[0, 0])


def test_without_a_crs_it_has_to_be_told(tmp_path):
    path = write(tmp_path / "a.tif", VALUES, crs=None)
    with pytest.raises(CrsError, match="say it with --crs"):
        open_raster(path)
    raster = open_raster(path, crs="EPSG:4547")
    assert (raster.crs_from, raster.grid.crs.to_epsg()) == ("told", 4547)


def test_another_crs_than_stated_is_refused(tmp_path):
    path = write(tmp_path / "a.tif", VALUES, DEGREES, "EPSG:4326")
    assert open_raster(path, crs="EPSG:4326").crs_from == "file"
    with pytest.raises(CrsError, match="states WGS 84"):
        open_raster(path, crs="EPSG:4547")


@pytest.mark.filterwarnings("ignore:The given matrix:rasterio.errors.NotGeoreferencedWarning")
def test_without_a_place_there_is_no_answer(tmp_path):
    path = write(tmp_path / "a.tif", VALUES, rasterio.Affine.identity())
    with pytest.raises(InputError, match="does not say where its cells lie"):
        open_raster(path)


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_control_points_alone_are_no_grid(tmp_path):
    corners = [(0, 0, 114.0, 22.6), (0, 4, 114.4, 22.6), (3, 0, 114.0, 22.3)]
    points = [GroundControlPoint(row=row, col=col, x=x, y=y) for row, col, x, y in corners]
    with rasterio.open(
        tmp_path / "a.tif", "w", driver="GTiff", width=4, height=3, count=1, dtype="int16", gcps=points, crs="EPSG:4490"
    ) as out:
        out.write(VALUES, 1)
    with pytest.raises(InputError, match="has control points but no grid; georeference it first"):
        open_raster(tmp_path / "a.tif", crs="EPSG:4490")


def test_cells_without_ground_and_systems_without_a_map_are_refused(tmp_path):
    """Both steps lead the same way, so a cell is a line; and geocentric metres count from the middle of the Earth."""
    line = rasterio.Affine(100, 100, 500_000, 100, 100, 2_500_000)
    with pytest.raises(InputError, match="its cells have no area; georeference it anew"):
        open_raster(write(tmp_path / "a.tif", VALUES, line))
    with pytest.raises(CrsError, match="is neither degrees nor a map plane"):
        open_raster(write(tmp_path / "b.tif", VALUES, crs=None), crs="EPSG:4978")


def test_a_file_that_may_not_be_read_is_said(tmp_path, monkeypatch):
    path = write(tmp_path / "a.tif", VALUES)

    def refused(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refused)
    with pytest.raises(InputError, match=r"cannot be read \(Permission denied\); check who may read it"):
        open_raster(path)


def test_what_is_no_tiff_is_not_opened(tmp_path):
    """A virtual raster under the name of a TIFF names any other file."""
    hidden = write(tmp_path / "hidden.tif", VALUES)
    path = tmp_path / "a.tif"
    path.write_text(
        f'<VRTDataset rasterXSize="4" rasterYSize="3"><VRTRasterBand dataType="Int16" band="1"><SimpleSource>'
        f"<SourceFilename>{hidden}</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>"
    )
    with pytest.raises(InputError, match="is no TIFF"):
        open_raster(path)
    with pytest.raises(InputError, match="no such file"):
        open_raster(tmp_path / "none.tif")


def test_a_damaged_file_is_told(tmp_path):
    path = write(tmp_path / "a.tif", np.zeros((400, 400)), tiled=True, blockxsize=128, blockysize=128)
    path.write_bytes(path.read_bytes()[:200_000])
    with pytest.raises(InputError, match="not readable as GeoTIFF"):
        cells(open_raster(path))
    path.write_bytes(b"II*\x00" + bytes(60))
    with pytest.raises(InputError, match="not readable as GeoTIFF"):
        open_raster(path)


def test_bands_and_types(tmp_path):
    path = write(tmp_path / "a.tif", VALUES)
    with pytest.raises(InputError, match="has 1 bands, and no band 2"):
        open_raster(path, band=2)
    with pytest.raises(InputError, match="only whole and real numbers"):
        open_raster(write(tmp_path / "b.tif", VALUES.astype("complex64")))


@pytest.mark.parametrize(
    "about",
    [{}, {"tiled": True, "blockxsize": 32, "blockysize": 16}, {"BIGTIFF": "YES"}, {"blockysize": 100}],
)
@pytest.mark.parametrize("most", [500, 1 << 21])
def test_windows_make_up_the_raster(tmp_path, monkeypatch, about, most):
    monkeypatch.setattr(reader, "TILE_CELLS", most)
    values = np.arange(100 * 70, dtype="int32").reshape(100, 70)
    raster = open_raster(write(tmp_path / "a.tif", values, **about))
    seen = np.zeros(values.shape, int)
    for tile in tiles(raster):
        here = slice(tile.row, tile.row + tile.height), slice(tile.col, tile.col + tile.width)
        seen[here] += 1
        assert (cells(raster, tile) == values[here]).all()
    assert (seen == 1).all()


def test_sample_takes_cells_as_they_are(tmp_path):
    """A smaller copy in the file holds other values; it is not read."""
    path = write(tmp_path / "a.tif", np.arange(64 * 64, dtype="int32").reshape(64, 64), tiled=True, blockxsize=16,
                 blockysize=16)  # fmt: skip
    with rasterio.open(path, "r+") as out:
        out.build_overviews([2, 4], rasterio.enums.Resampling.average)
    raster = open_raster(path)
    assert raster.overviews == (2, 4)
    taken = sample(raster, Window(0, 0, 64, 64), most=4)
    assert taken.values.tolist() == [[64 * row + col for col in (0, 21, 42, 63)] for row in (0, 21, 42, 63)]
    assert taken.valid.all()
    assert not taken.from_copy


def test_large_windows_are_sampled_from_a_copy_or_not_at_all(tmp_path, monkeypatch):
    monkeypatch.setattr(reader, "MOST_SAMPLED", 100)
    path = write(tmp_path / "a.tif", np.zeros((64, 64), "uint8"), tiled=True, blockxsize=16, blockysize=16)
    assert sample(open_raster(path), Window(0, 0, 64, 64)) is None
    with rasterio.open(path, "r+") as out:
        out.build_overviews([4], rasterio.enums.Resampling.average)
    assert sample(open_raster(path), Window(0, 0, 64, 64), most=16).from_copy


def test_class_names_from_a_table(tmp_path):
    raster = open_raster(write(tmp_path / "a.tif", VALUES))
    assert class_names(raster) == {}
    table = tmp_path / "names.csv"
    table.write_bytes("代码,名称\n1,耕地\n2,林地\n".encode("gb18030"))
    assert class_names(raster, table) == {1: "耕地", 2: "林地"}
    table.write_text("10,water\n20,town\n")
    assert class_names(raster, table) == {10: "water", 20: "town"}
    table.write_text("only\n")
    with pytest.raises(InputError, match="needs two columns"):
        class_names(raster, table)
    table.write_text("a,b\nc,d\n")
    with pytest.raises(InputError, match="no row starts with a whole number"):
        class_names(raster, table)


def test_class_names_beside_the_file(tmp_path):
    """The attribute table as GDAL writes it, its columns told by their usage."""
    raster = open_raster(write(tmp_path / "a.tif", VALUES))
    beside = tmp_path / "a.tif.aux.xml"
    defined = "".join(
        f'<FieldDefn index="{place}"><Name>{name}</Name><Type>{kind}</Type><Usage>{usage}</Usage></FieldDefn>'
        for place, (name, kind, usage) in enumerate([("Klasse", 2, 2), ("Wert", 0, 5)])
    )
    rows = '<Row index="0"><F>林地</F><F>7</F></Row><Row index="1"><F>水域</F><F>9</F></Row>'
    table = f"<GDALRasterAttributeTable>{defined}{rows}</GDALRasterAttributeTable>"
    beside.write_text(f'<PAMDataset><PAMRasterBand band="1">{table}</PAMRasterBand></PAMDataset>', "utf-8")
    assert class_names(raster) == {7: "林地", 9: "水域"}
    beside.write_text('<!DOCTYPE x [<!ENTITY a "b">]><PAMDataset/>')
    assert class_names(raster) == {}


def test_colours(tmp_path):
    path = write(tmp_path / "a.tif", VALUES.astype("uint8"))
    with rasterio.open(path, "r+") as out:
        out.write_colormap(1, {1: (255, 0, 16, 255)})
    assert open_raster(path).colours[1] == "#ff0010"
