"""Sums over the cells of one zone, taken up window by window: moments, values with their weights, quantiles."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from zones.rasters.raster_grid import Numbers

BINS = 4096
MOST_KEPT = 1 << 18
"""Cells of a real-valued zone from which a quantile is picked; a bin with more is divided again."""

NEAR = 1e-12


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


@dataclass
class Bins:
    """A zone's cells by value in equal steps from `low` to `high`; the last step has its upper end."""

    low: float
    high: float
    counts: Numbers = field(default_factory=lambda: np.zeros(BINS))
    cells: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(BINS, np.int64))

    def places(self, values: Numbers) -> npt.NDArray[np.int64]:
        """Return the step of each value; below and above the range, -1 and the number of steps."""
        width = self.high - self.low
        if width <= 0:
            return np.where(values == self.low, 0, -1).astype(np.int64)
        at = values - self.low
        at *= BINS / width
        np.floor(at, out=at)
        np.clip(at, -1, BINS, out=at)
        places = at.astype(np.int64)
        places[values == self.high] = BINS - 1
        return places

    def around(self, values: Numbers, place: int) -> npt.NDArray[np.bool_]:
        """Return which values may be of a step, quickly: those of the steps beside it too."""
        step = (self.high - self.low) / BINS
        low, high = self.low + (place - 1) * step, self.low + (place + 2) * step
        return (values >= low) & (values <= high)

    def add(self, values: Numbers, shares: Numbers | None) -> None:
        """Take up cells; those outside the range are passed over."""
        at = self.places(values)
        inside = (at >= 0) & (at < BINS)
        at = at[inside]
        self.counts += np.bincount(at, weights=None if shares is None else shares[inside], minlength=BINS)
        self.cells += np.bincount(at, minlength=BINS)

    def edges(self) -> Numbers:
        """Return where the steps begin, and where the last one ends."""
        return np.linspace(self.low, self.high, BINS + 1)


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
    kept : Weights or None
        The cells it is among, once they are few.
    way : list of (Bins, int)
        The steps that led there.
    """

    target: float
    bins: Bins
    below: float = 0.0
    kept: Weights | None = None
    way: list[tuple[Bins, int]] = field(default_factory=list)

    def narrow(self) -> None:
        """Go on to the step the value lies in; few cells there are kept next time, many divided again."""
        upto = self.below + np.cumsum(self.bins.counts)
        held = np.flatnonzero(self.bins.cells)
        ready = held[upto[held] >= self.target * (1 - NEAR)]
        at = int(ready[0] if len(ready) else held[-1])
        self.below = float(upto[at] - self.bins.counts[at])
        low, high = (float(edge) for edge in self.bins.edges()[at : at + 2])
        self.way.append((self.bins, at))
        # A step as narrow as floats are cannot be divided; its cells share one value or two.
        if self.bins.cells[at] <= MOST_KEPT or high - low <= 8 * np.spacing(max(abs(low), abs(high))):
            self.kept = Weights()
        else:
            self.bins = Bins(low, high)

    def add(self, values: Numbers, shares: Numbers | None) -> None:
        """Take up cells; those of other steps are passed over."""
        held, part = values, shares
        for bins, place in self.way:
            near = bins.around(held, place)
            held, part = held[near], None if part is None else part[near]
            mine = bins.places(held) == place
            held, part = held[mine], None if part is None else part[mine]
        if self.kept is not None:
            self.kept.add(held, part, np.zeros(len(held)))
        else:
            # Rounding may put the edge of a step on either side: the step a value was found in counts.
            self.bins.add(np.clip(held, self.bins.low, self.bins.high), part)

    def found(self) -> float:
        """Return the value sought."""
        assert self.kept is not None
        values, counts, _ = self.kept.table()
        at = int(np.searchsorted(self.below + np.cumsum(counts), self.target * (1 - NEAR)))
        return float(values[min(at, len(values) - 1)])


def histogram(bins: Bins, steps: int) -> tuple[list[float], list[float]]:
    """Return the edges and counts of a coarser histogram; `steps` divides `BINS`."""
    counts = bins.counts.reshape(steps, -1).sum(axis=1)
    return np.linspace(bins.low, bins.high, steps + 1).tolist(), counts.tolist()


def shares_of(names: Sequence[str]) -> dict[str, float]:
    """Return the quantiles asked for by name: `median`, `q05`, `q90` ..."""
    return {name: 0.5 if name == "median" else int(name[1:]) / 100 for name in names if is_quantile(name)}


def is_quantile(name: str) -> bool:
    """Tell whether a statistic is a quantile."""
    return name == "median" or (len(name) == 3 and name[0] == "q" and name[1:].isdecimal() and name != "q00")
