"""Statistics of a raster under each zone, cell by cell with the share of it that a zone covers; by windows.

A cell counts with the share that lies in the zone (see `cell_shares`), and where ground enters, with its true
area on CGCS2000 (see `cell_area`). The raster is never resampled: zones are moved to its cells. Memory goes
with the window, not with the raster.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import geopandas
import numpy as np
import pandas as pd

from zones.errors import InputError
from zones.rasters.cell_shares import outline_of
from zones.rasters.raster import Raster
from zones.rasters.raster_grid import Numbers, over_grid
from zones.rasters.zonal_sums import Bins, Moments, Search, Weights, histogram, is_quantile, pick, shares_of
from zones.rasters.zone_cells import Progress, ZoneCells

PLAIN = ("mean", "area_mean", "sum", "min", "max", "std", "variance")
BY_VALUE = ("majority", "minority", "variety")
DEFAULT = ("mean", "sum", "min", "max", "std", "median")
ALWAYS = ("count", "area_m2", "share_in_raster", "share_with_data")
CLASS_COLUMNS = ("zone_id", "value", "name", "count", "area_m2", "share")
MOST_VALUES = 65_536
MOST_CLASSES = 4096
M2_PER_KM2 = 1e6
WHOLE = 1e-6
"""Shares of a zone and counts of cells that differ by less are equal: shares come in single precision."""

TINY = 1e-300


@dataclass(frozen=True)
class Zonal:
    """Statistics of a raster under zones, and what has to be known beside them.

    Attributes
    ----------
    raster : Raster
    table : pandas.DataFrame
        By `zone_id`: `count` (cells with data, by their shares), `area_m2` (their true area), `share_in_raster` and
        `share_with_data` (of the zone, 0-1), and the statistics asked for; NaN where no cell has data.
    classes : pandas.DataFrame
        `zone_id`, `value`, `name`, `count`, `area_m2`, `share` (of the ground with data, 0-1); empty if not asked for.
    histograms : dict of str to (edges, counts)
        By zone, where asked for: values in equal steps, cells by share.
    per_area : bool
        Whether `sum` took the values as amounts per km².
    edge_rule : str
        `lonlat`, or `plane` for zones drawn on the raster's own plane.
    passed : tuple of str
        Zones without a polygon, which take no part.
    """

    raster: Raster
    table: pd.DataFrame
    classes: pd.DataFrame
    histograms: dict[str, tuple[list[float], list[float]]]
    per_area: bool
    edge_rule: str
    passed: tuple[str, ...]


@dataclass
class _Zone:
    """One zone while its cells go by."""

    area: float
    sums: Moments = field(default_factory=Moments)
    weights: Weights | None = None
    bins: Bins | None = None
    searches: dict[str, Search] = field(default_factory=dict)


def zonal(
    raster: Raster,
    zones: geopandas.GeoDataFrame,
    stats: Sequence[str] = DEFAULT,
    *,
    classes: bool = False,
    names: Mapping[int, str] | None = None,
    per_area: bool = False,
    bins: int = 0,
    progress: Progress | None = None,
) -> Zonal:
    """Return statistics of a raster under each zone.

    Parameters
    ----------
    raster : Raster
        From `zones.rasters.raster.open_raster`.
    zones : geopandas.GeoDataFrame
        Valid polygons indexed by id, in EPSG:4490 or in the raster's own CRS; other rows are passed over.
    stats : sequence of str
        Of `mean` (by shares of cells), `area_mean` (by true area), `sum`, `min`, `max`, `std`, `variance` (of the
        population), `median`, quantiles `q05` ... `q99`, `majority`, `minority` (of equals the least value),
        `variety`.
    classes : bool
        Whether to return counts and areas by value; for whole numbers only.
    names : mapping of int to str, optional
        What the values are called.
    per_area : bool
        Values are amounts per km²: `sum` adds value x share x true area of the cell in km².
    bins : int
        Most steps of each zone's histogram, of a round binary width; 0 for none.
    progress : callable, optional

    Raises
    ------
    InputError
        If a statistic is not known, the file is damaged, or values are too many to be classes.
    GeometryError
        If a zone is not valid, or there is none.

    Notes
    -----
    A quantile is the least value that this share of the covered cells do not exceed: always a value of the raster.
    """
    check_stats(stats)
    if classes and not raster.is_integer:
        raise InputError(f"{raster.path}: band {raster.band} holds real numbers, which are no classes; leave --classes")
    shapes = over_grid(zones, raster.grid)
    exact = classes or _is_short(raster) or any(name in BY_VALUE for name in stats)
    outlines = [outline_of(shape) for shape in shapes]
    asked = {} if exact else shares_of(stats)
    held = [_zone(raster, float(outline.shape.area), exact, bool(bins or asked)) for outline in outlines]
    cells = ZoneCells(raster, outlines, 2 if asked else 1, progress)
    cells.scan(lambda place, *part: _first(raster, held[place], *part), ground=True)
    _find_quantiles(cells, held, asked)
    index = pd.Index(shapes.index, name="zone_id")
    table = pd.DataFrame([_row(zone, stats, per_area=per_area) for zone in held], index=index)
    found = {
        str(own): histogram(zone.bins, bins)
        for own, zone in zip(index, held, strict=True)
        if bins and zone.bins is not None and zone.sums.count > 0
    }
    rule = "lonlat" if zones.crs != raster.grid.crs or raster.grid.crs.is_geographic else "plane"
    passed = tuple(str(own) for own in zones.index if own not in shapes.index)
    by_class = _class_table(index, held, names or {}) if classes else pd.DataFrame(columns=list(CLASS_COLUMNS))
    return Zonal(raster, table, by_class, found, per_area, rule, passed)


def check_stats(stats: Sequence[str]) -> None:
    """Say which statistic is not known, if one is not.

    Raises
    ------
    InputError
    """
    for name in stats:
        if name not in (*PLAIN, *BY_VALUE) and not is_quantile(name):
            known = ", ".join((*PLAIN, "median", "q05", "q95", *BY_VALUE))
            raise InputError(f"there is no statistic '{name}'; choose among {known}")


def _is_short(raster: Raster) -> bool:
    return np.dtype(raster.dtype).kind in "iu" and np.dtype(raster.dtype).itemsize <= 2


def _zone(raster: Raster, area: float, exact: bool, binned: bool) -> _Zone:
    # Whole numbers are not divided further.
    bins = Bins(1.0) if raster.is_integer else Bins()
    return _Zone(area, weights=Weights() if exact else None, bins=bins if binned else None)


def _first(
    raster: Raster, zone: _Zone, covered: float, values: Numbers, shares: Numbers | None, areas: Numbers
) -> None:
    zone.sums.covered += covered
    zone.sums.add(values, shares, areas)
    if zone.bins is not None:
        zone.bins.add(values, shares)
    if zone.weights is not None:
        zone.weights.add(values, shares, areas)
        if len(zone.weights.sums) > MOST_VALUES:
            raise InputError(f"{raster.path}: over {MOST_VALUES} different values in a zone; leave out {_by_value()}")


def _by_value() -> str:
    return ", ".join((*BY_VALUE, "--classes"))


def _find_quantiles(cells: ZoneCells, held: list[_Zone], asked: Mapping[str, float]) -> None:
    """Find quantiles of real values among the few cells of the step they lie in."""
    for zone in held:
        if zone.bins is not None and zone.sums.count > 0:
            goals = {name: share * zone.sums.count for name, share in asked.items()}
            zone.searches = {name: Search(goal, zone.bins) for name, goal in goals.items()}
    while True:
        open_ = [each for zone in held for each in zone.searches.values() if each.kept is None]
        if not open_:
            return
        for each in open_:
            each.narrow()
        cells.scan(partial(_seek, held, set(map(id, open_))))


def _seek(
    held: list[_Zone], chosen: set[int], place: int, _: float, values: Numbers, shares: Numbers | None, __: Numbers
) -> None:
    for each in held[place].searches.values():
        if id(each) in chosen:
            each.add(values, shares)


def _row(zone: _Zone, stats: Sequence[str], *, per_area: bool) -> dict[str, float]:
    # A grid of absurd cells may leave a zone no room at all.
    sums, area = zone.sums, max(zone.area, TINY)
    row = {
        "count": sums.count,
        "area_m2": sums.area_m2,
        "share_in_raster": _share(sums.covered / area),
        "share_with_data": _share(sums.count / area),
    }
    if sums.count <= 0:
        return row | dict.fromkeys(stats, math.nan)
    spread = sums.spread / sums.count
    plain = {
        "mean": sums.total / sums.count,
        "area_mean": sums.value_area / sums.area_m2,
        "sum": sums.value_area / M2_PER_KM2 if per_area else sums.total,
        "min": sums.low,
        "max": sums.high,
        "std": math.sqrt(spread),
        "variance": spread,
    }
    return row | {name: plain[name] if name in plain else _by_values(zone, name) for name in stats}


def _share(share: float) -> float:
    return 1.0 if share > 1 - WHOLE else share


def _by_values(zone: _Zone, name: str) -> float:
    if zone.weights is None:
        return zone.searches[name].found()
    values, counts, _ = zone.weights.table()
    if name == "variety":
        return float(len(values))
    if name in ("majority", "minority"):
        wanted = counts.max() * (1 - WHOLE) <= counts if name == "majority" else counts <= counts.min() * (1 + WHOLE)
        return float(values[np.flatnonzero(wanted)[0]])
    return pick(values, counts, shares_of([name])[name])


def _class_table(index: pd.Index, held: list[_Zone], names: Mapping[int, str]) -> pd.DataFrame:
    rows = []
    for own, zone in zip(index, held, strict=True):
        assert zone.weights is not None
        for value, count, area in zip(*zone.weights.table(), strict=True):
            name = names.get(int(value))
            rows.append((own, int(value), name, float(count), float(area), float(area / zone.sums.area_m2)))
    columns = {name: [row[place] for row in rows] for place, name in enumerate(CLASS_COLUMNS)}
    # Text where there is a name, None where there is none: not the NaN of a text column.
    table = pd.DataFrame({**columns, "name": pd.Series(columns["name"], dtype=object)})
    if table["value"].nunique() > MOST_CLASSES:
        raise InputError(f"over {MOST_CLASSES} different values under the zones, which are no classes; leave --classes")
    return table
