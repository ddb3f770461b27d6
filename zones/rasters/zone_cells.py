"""The cells of a raster under each zone, window by window: one is read while the one before is worked on."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zones.rasters.cell_area import cell_areas
from zones.rasters.cell_shares import Outline, Part, parts
from zones.rasters.raster import Raster, reading, tiles
from zones.rasters.raster_grid import Numbers, Window

WORKERS = 2
MOST_KEPT_BYTES = 256 << 20
"""Shares that are kept for the next reading; others are found again."""

Progress = Callable[[int, int], None]
"""Called with the windows read and the windows in all; what it raises stops the work."""

Take = Callable[[int, float, Numbers, Numbers | None, Numbers], None]
"""Called with the place of a zone, the cells covered (by share), and of those with data values, shares (None: whole)
and areas. What is called for one zone is called from one thread at a time, in the order of the windows.
"""


@dataclass(frozen=True)
class _Packed:
    """Shares of a part as small as they go: which cells are covered, which of these in part, and by how much."""

    window: Window
    covered: npt.NDArray[np.uint8]
    partial: npt.NDArray[np.uint8]
    shares: npt.NDArray[np.float32]


@dataclass(frozen=True)
class _Held:
    """A window that has been read: values, which of them are data, areas of cells."""

    tile: Window
    values: Numbers
    valid: npt.NDArray[np.bool_]
    areas: Numbers


class ZoneCells:
    """The windows of a raster that zones lie in, read as often as is needed."""

    def __init__(self, raster: Raster, outlines: list[Outline], passes: int, progress: Progress | None) -> None:
        self.raster, self.outlines, self.progress = raster, outlines, progress
        boxes = np.array([outline.bounds for outline in outlines])
        self.todo = [(tile, near) for tile in tiles(raster) if len(near := _near(tile, boxes))]
        self.done, self.all = 0, max(1, passes * len(self.todo))
        self.keeps = passes > 1
        self.kept: dict[tuple[int, Window], list[Part | _Packed]] = {}
        self.kept_bytes = 0

    def scan(self, take: Take, *, ground: bool = False) -> None:
        """Give all cells under each zone to `take`. Areas of cells are found where `ground` enters; else they are 0."""
        # exactextract holds Python's lock, reading and sums do not: two threads keep two processors busy.
        with reading(self.raster) as read, ThreadPoolExecutor(1) as reader, ThreadPoolExecutor(WORKERS) as workers:

            def fetch(tile: Window) -> _Held:
                values, valid = read(tile)
                areas = cell_areas(self.raster.grid, tile) if ground else np.broadcast_to(np.zeros(()), values.shape)
                return _Held(tile, values, valid, areas)

            coming = reader.submit(fetch, self.todo[0][0]) if self.todo else None
            for place, (_, near) in enumerate(self.todo):
                assert coming is not None
                held = coming.result()
                if place + 1 < len(self.todo):
                    coming = reader.submit(fetch, self.todo[place + 1][0])
                list(workers.map(lambda own, held=held: self._give(own, held, take), near))
                self.done += 1
                if self.progress is not None:
                    self.progress(min(self.done, self.all), self.all)

    def _give(self, place: int, held: _Held, take: Take) -> None:
        for part in self._parts(place, held.tile):
            row, col = part.window.row - held.tile.row, part.window.col - held.tile.col
            here = slice(row, row + part.window.height), slice(col, col + part.window.width)
            values, areas = held.values[here].reshape(-1), held.areas[here].reshape(-1)
            valid = held.valid[here].reshape(-1)
            shares, covered = part.shares, float(len(values))
            if part.cells is not None and shares is not None:
                values, valid, areas = values[part.cells], valid[part.cells], areas[part.cells]
                covered = float(shares.sum())
            if not valid.all():
                values, areas, shares = values[valid], areas[valid], None if shares is None else shares[valid]
            take(place, covered, values, shares, areas)

    def _parts(self, place: int, tile: Window) -> Iterator[Part]:
        """Yield the parts of a window under a zone, with shares from the reading before if they are there."""
        known = self.kept.get((place, tile))
        if known is not None:
            yield from (_unpacked(each) if isinstance(each, _Packed) else each for each in known)
            return
        packed: list[Part | _Packed] | None = [] if self.keeps and self.kept_bytes < MOST_KEPT_BYTES else None
        for part in parts(self.outlines[place], tile):
            if packed is not None:
                packed.append(_packed(part))
            yield part
        if packed is not None:
            self.kept[place, tile] = packed
            self.kept_bytes += sum(_size(each) for each in packed)


def _near(tile: Window, boxes: Numbers) -> list[int]:
    right, low = tile.col + tile.width, tile.row + tile.height
    over = (boxes[:, 0] < right) & (boxes[:, 2] > tile.col) & (boxes[:, 1] < low) & (boxes[:, 3] > tile.row)
    return [int(place) for place in np.flatnonzero(over)]


def _packed(part: Part) -> Part | _Packed:
    if part.cells is None or part.shares is None:
        return part
    covered = np.zeros(part.window.width * part.window.height, dtype=bool)
    covered[part.cells] = True
    partial = part.shares < 1
    # exactextract gives them in single precision, so nothing is lost.
    return _Packed(part.window, np.packbits(covered), np.packbits(partial), part.shares[partial].astype(np.float32))


def _unpacked(packed: _Packed) -> Part:
    size = packed.window.width * packed.window.height
    cells = np.flatnonzero(np.unpackbits(packed.covered, count=size))
    shares = np.ones(len(cells))
    shares[np.unpackbits(packed.partial, count=len(cells)).astype(bool)] = packed.shares
    return Part(packed.window, cells, shares)


def _size(part: Part | _Packed) -> int:
    small = 200
    return small if isinstance(part, Part) else small + part.covered.nbytes + part.partial.nbytes + part.shares.nbytes
