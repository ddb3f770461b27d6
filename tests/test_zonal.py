"""Statistics under zones against exact fractions, brute force and another program; turned and flipped rasters too."""

from fractions import Fraction
from itertools import pairwise

import geopandas
import numpy as np
import pytest
import shapely
from rasterio.transform import Affine

from tests.rasters import DEGREES, METRES, exact_shares, frame, on_grid, write
from zones.errors import GeometryError, InputError
from zones.rasters import zonal as zonal_module
from zones.rasters.raster import open_raster
from zones.rasters.zonal import zonal
from zones.rasters.zonal_sums import MOST_KEPT, Bins, Moments, Search, histogram, pick

CLOSE = 2e-7
"""Shares come in single precision."""

TRIANGLE = [(0.5, 0.25), (3.5, 1), (2, 3.75)]
EVERY = ("mean", "area_mean", "sum", "min", "max", "std", "variance", "median", "q25", "variety")
VALUES = np.array([[3, 1, 4, 1], [5, 9, 2, 6], [5, 3, 5, 8], [9, 7, 9, 3]], dtype="float64")


def exactly(points, values):
    """Return count, sum, mean and variance as fractions."""
    shares = exact_shares(points, len(values[0]), len(values))
    pairs = [(share, Fraction(float(value))) for one, two in zip(shares, values, strict=True)
             for share, value in zip(one, two, strict=True) if share > 0 and value == value]  # fmt: skip
    count = sum(share for share, _ in pairs)
    total = sum(share * value for share, value in pairs)
    mean = total / count
    return count, total, mean, sum(share * (value - mean) ** 2 for share, value in pairs) / count


def first(path, zones, stats=EVERY, **how):
    return zonal(open_raster(path), zones, stats, **how).table.iloc[0]


@pytest.mark.parametrize("points", [TRIANGLE, [(-3, 1), (7, 1.5), (7, 2.5), (-3, 2)], [(0, 0), (4, 0), (4, 4), (0, 4)]])
def test_exact_fractions(tmp_path, points):
    path = write(tmp_path / "a.tif", VALUES)
    row = first(path, frame(a=on_grid(shapely.Polygon(points))))
    count, total, mean, variance = exactly(points, VALUES)
    assert row["count"] == pytest.approx(float(count), rel=CLOSE)
    assert row["sum"] == pytest.approx(float(total), rel=CLOSE)
    assert row["mean"] == pytest.approx(float(mean), rel=CLOSE)
    assert row["variance"] == pytest.approx(float(variance), rel=CLOSE)
    assert row["std"] == pytest.approx(float(variance) ** 0.5, rel=CLOSE)


def flipped(values, transform, turn):
    """Return the same ground stored otherwise: rows or columns from the other end, or columns for rows."""
    high, wide = values.shape
    if turn == "south-up":
        return values[::-1].copy(), transform @ Affine.translation(0, high) @ Affine.scale(1, -1)
    if turn == "right-to-left":
        return values[:, ::-1].copy(), transform @ Affine.translation(wide, 0) @ Affine.scale(-1, 1)
    return values.T.copy(), transform @ Affine(0, 1, 0, 1, 0, 0)


@pytest.mark.parametrize("turn", ["south-up", "right-to-left", "transposed"])
@pytest.mark.parametrize(("transform", "crs"), [(METRES, "EPSG:4547"), (DEGREES, "EPSG:4490")])
def test_flipped_rasters_give_the_same(tmp_path, turn, transform, crs):
    zones = frame(crs, a=on_grid(shapely.Polygon(TRIANGLE), transform))
    upright = first(write(tmp_path / "a.tif", VALUES, transform, crs), zones)
    values, other = flipped(VALUES, transform, turn)
    row = first(write(tmp_path / "b.tif", values, other, crs), zones)
    np.testing.assert_allclose(row.to_numpy(), upright.to_numpy(), rtol=1e-9)


@pytest.mark.parametrize("angle", [30, 90, 145])
def test_rotated_rasters_give_the_same(tmp_path, angle):
    """Raster and zone turned together: shares of cells stay, and so does every figure that rests on them."""
    turned = METRES @ Affine.rotation(angle)
    zones = frame(a=on_grid(shapely.Polygon(TRIANGLE), turned))
    row = first(write(tmp_path / "a.tif", VALUES, turned), zones)
    count, total, _, variance = exactly(TRIANGLE, VALUES)
    assert row["count"] == pytest.approx(float(count), rel=CLOSE)
    assert row["sum"] == pytest.approx(float(total), rel=CLOSE)
    assert row["variance"] == pytest.approx(float(variance), rel=CLOSE)


def test_no_data_counts_for_nothing(tmp_path):
    values = VALUES.copy()
    values[1, 1] = -1
    values[2, 2] = np.nan
    row = first(write(tmp_path / "a.tif", values, nodata=-1), frame(a=on_grid(shapely.Polygon(TRIANGLE))))
    values[1, 1] = np.nan
    count, total, mean, _ = exactly(TRIANGLE, values)
    assert (row["count"], row["sum"]) == pytest.approx((float(count), float(total)), rel=CLOSE)
    assert row["mean"] == pytest.approx(float(mean), rel=CLOSE)
    assert row["share_in_raster"] == 1
    whole = sum(sum(line) for line in exact_shares(TRIANGLE, 4, 4))
    assert row["share_with_data"] == pytest.approx(float(count / whole), rel=CLOSE)


def test_zones_beyond_the_raster(tmp_path):
    zones = frame(
        half=on_grid(shapely.box(-2, 0, 2, 4)),
        out=on_grid(shapely.box(10, 10, 12, 12)),
        lost=shapely.Point(0, 0),
    )
    found = zonal(open_raster(write(tmp_path / "a.tif", VALUES)), zones, EVERY)
    assert found.passed == ("lost",)
    assert found.table.index.tolist() == ["half", "out"]
    assert found.table.loc["half", "share_in_raster"] == 0.5
    assert found.table.loc["half", ["count", "sum"]].tolist() == [8, VALUES[:, :2].sum()]
    assert found.table.loc["out", ["count", "area_m2", "share_in_raster"]].tolist() == [0, 0, 0]
    assert found.table.loc["out", list(EVERY)].isna().all()


def test_ground_is_true_area(tmp_path):
    """On a grid in degrees the northern row has less ground: by hand, from the areas of the two rows."""
    from zones.rasters.cell_area import lonlat_cell_area

    transform = Affine(1, 0, 113, 0, -1, 24)
    path = write(tmp_path / "a.tif", np.array([[10.0], [20.0]]), transform, "EPSG:4490")
    row = first(path, frame("EPSG:4490", a=shapely.box(113, 22, 114, 24)), per_area=True)
    north, south = lonlat_cell_area(np.array([23.0, 22.0]), np.array([24.0, 23.0]), 1.0)
    assert row["area_m2"] == pytest.approx(north + south, rel=1e-12)
    assert row["sum"] == pytest.approx((10 * north + 20 * south) / 1e6, rel=1e-12)
    assert row["area_mean"] == pytest.approx((10 * north + 20 * south) / (north + south), rel=1e-12)
    assert row["mean"] == 15


def test_zones_are_moved_to_the_raster_with_their_edges(tmp_path):
    """A zone in degrees, edges straight there, over a plane: its true area comes out, bent edges and all."""
    from zones.measure import lonlat_area

    zone = shapely.box(114.0, 22.5, 114.35, 22.8)
    path = write(tmp_path / "a.tif", np.ones((500, 500)), Affine(100, 0, 490_000, 0, -100, 2_530_000))
    row = first(path, frame("EPSG:4490", a=zone))
    assert row["share_in_raster"] == 1
    assert row["area_m2"] == pytest.approx(float(lonlat_area([zone])[0]), rel=1e-8)


def test_quantiles_by_brute_force(tmp_path):
    """Cells sorted by value: the first at which their shares reach the part asked for."""
    rng = np.random.default_rng(5)
    values = rng.normal(size=(40, 40)).round(3)
    zones = frame(a=on_grid(shapely.Point(20, 20).buffer(15.3)))
    row = first(write(tmp_path / "a.tif", values), zones, ("median", "q05", "q90"))
    shape = shapely.Point(20, 20).buffer(15.3)
    shares = np.array([[shape.intersection(shapely.box(x, y, x + 1, y + 1)).area for x in range(40)]
                       for y in range(40)])  # fmt: skip
    order = np.argsort(values, axis=None)
    upto = shares.ravel()[order].cumsum() / shares.sum()
    for name, share in (("median", 0.5), ("q05", 0.05), ("q90", 0.9)):
        assert row[name] == values.ravel()[order][np.searchsorted(upto, share)]


def test_classes(tmp_path):
    values = np.array([[1, 1, 2], [1, 2, 2], [0, 0, 3]], dtype="uint8")
    path = write(tmp_path / "a.tif", values, nodata=0)
    zones = frame(a=on_grid(shapely.box(0, 0, 2.5, 3)), b=on_grid(shapely.box(0, 2, 2, 3)))
    found = zonal(open_raster(path), zones, ("majority", "minority", "variety", "median"), classes=True,
                  names={1: "林地"})  # fmt: skip
    rows = found.classes
    assert rows[["zone_id", "value", "name", "count"]].to_numpy().tolist() == [
        ["a", 1, "林地", 3.0], ["a", 2, None, 2.0], ["a", 3, None, 0.5],
    ]  # fmt: skip
    assert rows["share"].tolist() == pytest.approx([6 / 11, 4 / 11, 1 / 11], rel=1e-6)
    assert rows["area_m2"].sum() == pytest.approx(found.table.loc["a", "area_m2"], rel=1e-12)
    assert found.table.loc["a", ["majority", "minority", "variety", "median"]].tolist() == [1, 3, 3, 1]
    assert found.table.loc["b", "count"] == 0


def test_the_rarest_and_the_most_frequent_value(tmp_path):
    """By hand: 1 on three cells, 2 on two, 3 on three: the rarest is 2; of equals the least counts."""
    values = np.array([[1, 1, 1, 2], [2, 3, 3, 3]], dtype="uint8")
    row = first(write(tmp_path / "a.tif", values), frame(a=on_grid(shapely.box(0, 0, 4, 2))), ("majority", "minority"))
    assert row[["majority", "minority"]].tolist() == [1, 2]
    row = first(write(tmp_path / "b.tif", values), frame(a=on_grid(shapely.box(1, 0, 3, 2))), ("majority", "minority"))
    assert row[["majority", "minority"]].tolist() == [1, 1]


def test_too_many_values_are_no_classes(tmp_path, monkeypatch):
    """Sixteen values: a bound of sixteen lets them pass, one of fifteen does not."""
    values = np.arange(16, dtype="int32").reshape(4, 4)
    raster = open_raster(write(tmp_path / "a.tif", values))
    zone = frame(a=on_grid(shapely.box(0, 0, 4, 4)))
    for bound, said in (("MOST_CLASSES", "no classes; leave --classes"), ("MOST_VALUES", "different values in a zone")):
        with monkeypatch.context() as patch:
            patch.setattr(zonal_module, bound, 16)
            assert len(zonal(raster, zone, classes=True).classes) == 16
            patch.setattr(zonal_module, bound, 15)
            with pytest.raises(InputError, match=f"over 15 different values.*{said}|over 15 {said}"):
                zonal(raster, zone, classes=True)


def test_large_zones_have_whole_pieces_within_and_empty_ones_in_their_holes(tmp_path):
    """A frame 300 cells wide around a hole of 500 x 500: pieces of the box that it does not cover count for nothing."""
    ring = shapely.box(0, 0, 1100, 1100) - shapely.box(300, 300, 800, 800)
    row = first(write(tmp_path / "a.tif", np.ones((1100, 1100), "uint8")), frame(a=on_grid(ring)), ("sum",))
    assert (row["count"], row["sum"], row["share_with_data"]) == (1100**2 - 500**2, 1100**2 - 500**2, 1)


def test_real_numbers_are_no_classes(tmp_path):
    raster = open_raster(write(tmp_path / "a.tif", VALUES))
    with pytest.raises(InputError, match="are no classes"):
        zonal(raster, frame(a=on_grid(shapely.box(0, 0, 1, 1))), classes=True)
    with pytest.raises(InputError, match="there is no statistic 'mode'"):
        zonal(raster, frame(a=on_grid(shapely.box(0, 0, 1, 1))), ("mode",))


def test_zones_that_cannot_be_used(tmp_path):
    raster = open_raster(write(tmp_path / "a.tif", VALUES))
    tie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    with pytest.raises(GeometryError, match="zone a: the shape is not valid"):
        zonal(raster, frame(a=tie))
    with pytest.raises(GeometryError, match="none of the zones has a polygon"):
        zonal(raster, frame(a=shapely.Point(0, 0)))
    # A transverse Mercator plane ends a quarter of the globe from its meridian, here 114 E.
    with pytest.raises(GeometryError, match="zone far: lies where the raster's reference system is not defined"):
        zonal(raster, frame("EPSG:4490", far=shapely.box(-156, 0, -155.9, 0.1)))


@pytest.mark.parametrize("about", [{}, {"tiled": True, "blockxsize": 64, "blockysize": 64}])
def test_against_exactextract(tmp_path, about):
    """Another program, over more windows than one; it holds shares in single precision."""
    exactextract = pytest.importorskip("exactextract")
    rng = np.random.default_rng(1)
    values = rng.normal(10, 3, (700, 900)).round(1).astype("float32")
    values[100:300, 200:500] = -9999
    path = write(tmp_path / "a.tif", values, nodata=-9999, **about)
    zones = frame(**{f"z{place}": on_grid(shapely.Point(*rng.uniform(0, 800, 2)).buffer(150)) for place in range(6)})
    found = zonal(open_raster(path), zones, ("mean", "sum", "min", "max", "std", "variety")).table
    other = exactextract.exact_extract(
        str(path), zones.reset_index(), ["count", "mean", "sum", "min", "max", "stdev", "variety"], output="pandas"
    )
    for ours, theirs in (("count",) * 2, ("mean",) * 2, ("sum",) * 2, ("min",) * 2, ("max",) * 2, ("std", "stdev"),
                         ("variety",) * 2):  # fmt: skip
        np.testing.assert_allclose(found[ours], other[theirs], rtol=1e-6)


def test_progress_and_stop(tmp_path):
    path = write(tmp_path / "a.tif", np.ones((600, 600)), tiled=True, blockxsize=16, blockysize=16)
    zones = frame(a=on_grid(shapely.box(0, 0, 600, 600)))
    said = []
    zonal(open_raster(path), zones, progress=lambda done, whole: said.append((done, whole)))
    assert said[-1][0] == said[-1][1]

    def stop(*_):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        zonal(open_raster(path), zones, progress=stop)


def test_histogram(tmp_path):
    values = np.arange(16, dtype="float64").reshape(4, 4)
    found = zonal(open_raster(write(tmp_path / "a.tif", values)), frame(a=on_grid(shapely.box(0, 0, 4, 4))), bins=4)
    edges, counts = found.histograms["a"]
    assert edges == [0, 4, 8, 12, 16]
    assert counts == [4, 4, 4, 4]
    out = zonal(open_raster(tmp_path / "a.tif"), frame(out=on_grid(shapely.box(9, 9, 10, 10))), bins=4)
    assert out.histograms == {}


def test_moments_in_pieces_are_those_of_the_whole():
    rng = np.random.default_rng(2)
    values, shares = rng.normal(1e6, 1, 3000), rng.random(3000)
    whole, parts = Moments(), Moments()
    whole.add(values, shares, np.ones(3000))
    for start in range(0, 3000, 700):
        parts.add(values[start : start + 700], shares[start : start + 700], np.ones(3000)[start : start + 700])
    assert parts.spread == pytest.approx(whole.spread, rel=1e-9)
    assert parts.mean == pytest.approx(np.average(values, weights=shares), rel=1e-14)


def test_a_quantile_among_many_cells_is_searched_in_steps():
    """One value far off puts all others into one step, which has to be divided."""
    rng = np.random.default_rng(3)
    values = np.append(rng.random(MOST_KEPT * 2), 1e9)
    search = Search(0.25 * len(values), Bins())
    search.bins.add(values, None)
    rounds = 0
    while search.kept is None:
        search.narrow()
        search.add(values, None)
        rounds += 1
    assert rounds > 1
    assert search.found() == np.sort(values)[int(np.ceil(0.25 * len(values))) - 1]


def test_pick():
    assert pick(np.array([1.0, 2.0, 3.0]), np.array([1.0, 1.0, 2.0]), 0.5) == 2
    assert pick(np.array([1.0, 2.0, 3.0]), np.array([1.0, 1.0, 2.1]), 0.5) == 3


def test_one_value_makes_one_step():
    bins = Bins()
    bins.add(np.full(5, 4.0), None)
    assert histogram(bins, 4)[1] == [5]


@pytest.mark.parametrize("scale", [1e-300, 1e-3, 1.0, 1e12, 1e300])
def test_steps_double_for_what_lies_beyond(scale):
    """Whatever comes first, each cell is in the step its value lies in."""
    rng = np.random.default_rng(7)
    bins, seen = Bins(), []
    for spread in (0, 1, 1e3, 10, 1e5):
        seen.append(scale * (rng.normal(size=500) * spread - spread / 3))
        bins.add(seen[-1], None)
    values, edges = np.concatenate(seen), bins.edges()
    assert np.log2(bins.width) % 1 == 0
    assert bins.counts.tolist() == [np.sum((values >= low) & (values < high)) for low, high in pairwise(edges)]


def test_zones_of_the_plane_keep_its_edges(tmp_path):
    raster = open_raster(write(tmp_path / "a.tif", VALUES))
    shape = on_grid(shapely.box(0, 0, 4, 4))
    assert zonal(raster, frame(a=shape)).edge_rule == "plane"
    degrees = frame(a=shape).to_crs("EPSG:4490")
    assert isinstance(degrees, geopandas.GeoDataFrame)
    assert zonal(raster, degrees).edge_rule == "lonlat"


@pytest.mark.parametrize("west", [0, -180, -246, 114, 474])
def test_longitudes_may_be_counted_from_anywhere(tmp_path, west):
    """A zone at 114.5 degrees east, on rasters that begin there, a turn before or after, or half the world away."""
    values = np.arange(720.0)[None].repeat(2, axis=0)
    path = write(tmp_path / "a.tif", values, Affine(0.5, 0, west, 0, -0.5, 23), "EPSG:4490")
    row = first(path, frame("EPSG:4490", a=shapely.box(114.5, 22, 115, 23)), ("mean",))
    assert (row["mean"], row["share_in_raster"]) == ((114.5 - west) % 360 / 0.5, 1)


def test_a_zone_across_the_first_meridian_of_a_raster_is_refused(tmp_path):
    path = write(tmp_path / "a.tif", np.ones((2, 360)), Affine(1, 0, 0, 0, -1, 23), "EPSG:4490")
    with pytest.raises(GeometryError, match="across the line where the raster's longitudes begin"):
        zonal(open_raster(path), frame("EPSG:4490", a=shapely.box(-1, 22, 1, 23)))
