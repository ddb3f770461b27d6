"""Sums over the cells of one zone, taken up window by window: moments, values with their weights, quantiles."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from zones.rasters.raster_grid import Numbers

BINS = 4096
MOST_KEPT = 1 << 16
"""Cells of a real-valued zone from which a quantile is picked; a bin with more is divided again."""

NEAR = 1e-7
"""Shares come in single precision: what lacks less than this of a part of the cells has reached it."""

SMALLEST_STEP = 2.0**-1000


@dataclass
class Moments:
    """Sums of one zone.

    Attributes
    ----------
    covered : float
        Cells of the raster under the zone, counted by their shares.
    count : float
        The same, of cells with data.
    area_m2, value_area : float
        True area of what counts, and the sum of value x true area (m²).
    total : float
        Sum of value x share.
    mean, spread : float
        Mean by shares, and the sum of share x squared distance from it.
    low, high : float
        Least and greatest value of a cell that counts.
    """

    covered: float = 0.0
    count: float = 0.0
    area_m2: float = 0.0
    value_area: float = 0.0
    total: float = 0.0
    mean: float = 0.0
    spread: float = 0.0
    low: float = np.inf
    high: float = -np.inf

    def add(self, values: Numbers, shares: Numbers | None, areas: Numbers) -> None:
        """Take up cells with data: their values, shares of the cell (None: whole), and true areas of whole cells."""
        if not len(values):
            return
        count = float(len(values)) if shares is None else float(shares.sum())
        total = float(values.sum()) if shares is None else _dot(shares, values)
        ground = areas if shares is None else shares * areas
        mean = total / count
        apart = values - mean
        apart *= apart
        spread = float(apart.sum()) if shares is None else _dot(shares, apart)
        # Two sets of cells put together: their own spreads, and that of their means.
        both = self.count + count
        step = mean - self.mean
        self.spread += spread + step**2 * self.count * count / both
        self.mean += step * count / both
        self.count, self.total = both, self.total + total
        self.area_m2 += float(ground.sum())
        self.value_area += _dot(ground, values)
        self.low, self.high = min(self.low, float(values.min())), max(self.high, float(values.max()))


def _dot(one: Numbers, other: Numbers) -> float:
    """Return a scalar product on this thread alone: the threads of BLAS wait for each other longer than it takes."""
    return float(np.einsum("i,i->", one, other))


@dataclass
class Weights:
    """Each value that occurs, with the cells (by share) and the true area it stands on."""

    sums: dict[float, list[float]] = field(default_factory=dict)

    def add(self, values: Numbers, shares: Numbers | None, areas: Numbers) -> None:
        """Take up cells with data."""
        if not len(values):
            return
        found, at = _distinct(values)
        whole = np.ones(len(values)) if shares is None else shares
        counts = np.bincount(at, weights=whole, minlength=len(found))
        ground = np.bincount(at, weights=whole * areas, minlength=len(found))
        for value, count, area in zip(found.tolist(), counts.tolist(), ground.tolist(), strict=True):
            if count > 0:
                held = self.sums.setdefault(value, [0.0, 0.0])
                held[0] += count
                held[1] += area

    def table(self) -> tuple[Numbers, Numbers, Numbers]:
        """Return values in rising order, with their counts and areas in m²."""
        order = sorted(self.sums)
        both = np.array([self.sums[value] for value in order]).reshape(-1, 2)
        return np.array(order, dtype=float), both[:, 0], both[:, 1]


def _distinct(values: Numbers) -> tuple[Numbers, npt.NDArray[np.intp]]:
    """Return the values that may occur, and the place of each cell's among them; fast for a short range of classes."""
    low, high = values.min(), values.max()
    if high - low <= 65536 and (np.rint(values) == values).all():
        return np.arange(int(low), int(high) + 1, dtype=float), (values - low).astype(np.intp)
    found, at = np.unique(values, return_inverse=True)
    return found, at


class Bins:
    """A zone's cells by value in equal steps, which double in width when a value comes that lies beyond them.

    A step is a power of two wide and starts at a multiple of that, so that which step a value is of is found without
    rounding, and two steps make one of the next width exactly.
    """

    def __init__(self, least_step: float = SMALLEST_STEP) -> None:
        self.width = self.least_step = least_step
        self.first = 0
        self.counts: Numbers = np.zeros(BINS)
        self.cells: npt.NDArray[np.int64] = np.zeros(BINS, np.int64)

    def add(self, values: Numbers, shares: Numbers | None) -> None:
        """Take up cells: their values, and shares (None: whole)."""
        if not len(values):
            return
        self._make_room(float(values.min()), float(values.max()))
        at = values * (1 / self.width)
        np.floor(at, out=at)
        at -= self.first
        places = at.astype(np.intp)
        cells = np.bincount(places, minlength=BINS)
        self.cells += cells
        self.counts += cells if shares is None else np.bincount(places, weights=shares, minlength=BINS)

    def held(self) -> npt.NDArray[np.intp]:
        """Return the steps with a cell in them."""
        return np.flatnonzero(self.cells)

    def edges(self) -> Numbers:
        """Return where the steps begin, and where the last one ends."""
        edges: Numbers = np.arange(self.first, self.first + BINS + 1, dtype=np.float64) * self.width
        return edges

    def _make_room(self, low: float, high: float) -> None:
        held = self.held()
        if len(held):
            low = min(low, (self.first + int(held[0])) * self.width)
            high = max(high, (self.first + int(held[-1])) * self.width)
            if self.first * self.width <= low and high < (self.first + BINS) * self.width:
                return
        else:
            # More cells will come: a quarter of the room is enough for the first ones.
            self.width = max(self.least_step, _power(4 * (high - low) / BINS), _power(np.spacing(max(-low, high))))
        folds = max(0, math.floor(math.log2(high - low) - math.log2(BINS * self.width))) if high > low else 0
        self.width = math.ldexp(self.width, folds)
        while np.floor(high / self.width) - np.floor(low / self.width) >= BINS:
            self.width *= 2
            folds += 1
        start = int(np.floor(low / self.width))
        # Room for what comes next on either side.
        start -= (BINS - 1 - (int(np.floor(high / self.width)) - start)) // 2
        places = ((self.first + held) >> min(folds, 63)) - start
        self.first = start
        counts, self.counts = self.counts[held], np.zeros(BINS)
        self.counts += np.bincount(places, weights=counts, minlength=BINS)
        self.cells = np.bincount(places, weights=self.cells[held], minlength=BINS).astype(np.int64)


def _power(size: float) -> float:
    """Return the least power of two not below a size."""
    return 0.0 if size <= 0 else float(2.0 ** np.ceil(np.log2(size)))


def pick(values: Numbers, counts: Numbers, share: float) -> float:
    """Return a weighted quantile: the least value that `share` of all cells, by their shares, do not exceed.

    Parameters
    ----------
    values, counts : array of float
        In rising order of the values.
    share : float
        0.5 for the median.
    """
    upto = np.cumsum(counts)
    return float(values[min(int(np.searchsorted(upto, share * upto[-1] * (1 - NEAR))), len(values) - 1)])


@dataclass
class Search:
    """One quantile of real values on its way: what is known to lie below, and the cells it must be among.

    Attributes
    ----------
    target : float
        Cells, by share, that the value sought has at or below it.
    bins : Bins
        Where it is looked for.
    below : float
        Cells below them, by share.
    low, high : float
        The value lies from `low` on and below `high`.
    kept : list of (values, shares) or None
        The cells it is among, once they are few.
    """

    target: float
    bins: Bins
    below: float = 0.0
    low: float = -np.inf
    high: float = np.inf
    kept: list[tuple[Numbers, Numbers]] | None = None

    def narrow(self) -> None:
        """Go on to the step the value lies in; few cells there are kept next time, many divided again."""
        upto = self.below + np.cumsum(self.bins.counts)
        held = self.bins.held()
        ready = held[upto[held] >= self.target * (1 - NEAR)]
        at = int(ready[0] if len(ready) else held[-1])
        self.below = float(upto[at] - self.bins.counts[at])
        self.low, self.high = (float(edge) for edge in self.bins.edges()[at : at + 2])
        # A step as narrow as floats are cannot be divided; its cells share one value or two.
        narrowest = 2 * np.spacing(max(abs(self.low), abs(self.high)))
        if self.bins.cells[at] <= MOST_KEPT or self.bins.width <= max(narrowest, SMALLEST_STEP):
            self.kept = []
        else:
            self.bins = Bins()

    def add(self, values: Numbers, shares: Numbers | None) -> None:
        """Take up cells; those of other steps are passed over."""
        mine = values >= self.low
        mine &= values < self.high
        values = values[mine]
        part = None if shares is None else shares[mine]
        if self.kept is None:
            self.bins.add(values, part)
        elif len(values):
            self.kept.append((values, np.ones(len(values)) if part is None else part))

    def found(self) -> float:
        """Return the value sought."""
        assert self.kept
        values, counts = (np.concatenate(parts) for parts in zip(*self.kept, strict=True))
        order = np.argsort(values, kind="stable")
        at = int(np.searchsorted(self.below + np.cumsum(counts[order]), self.target * (1 - NEAR)))
        return float(values[order][min(at, len(values) - 1)])


def histogram(bins: Bins, steps: int) -> tuple[list[float], list[float]]:
    """Return the edges and counts of a coarser histogram, of at most `steps` steps of a round binary width."""
    held = bins.held()
    places, folds = bins.first + held, 0
    while (places[-1] >> folds) - (places[0] >> folds) >= steps:
        folds += 1
    first, last, width = int(places[0] >> folds), int(places[-1] >> folds), bins.width * 2**folds
    counts = np.bincount((places >> folds) - first, weights=bins.counts[held])
    return [at * width for at in range(first, last + 2)], counts.tolist()


def shares_of(names: Sequence[str]) -> dict[str, float]:
    """Return the quantiles asked for by name: `median`, `q05`, `q90` ..."""
    return {name: 0.5 if name == "median" else int(name[1:]) / 100 for name in names if is_quantile(name)}


def is_quantile(name: str) -> bool:
    """Tell whether a statistic is a quantile."""
    return name == "median" or (len(name) == 3 and name[0] == "q" and name[1:].isdecimal() and name != "q00")
