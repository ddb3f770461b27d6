"""Room for labels on the printed map: all places of a label are tested at once, as a crowded map tries thousands."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import shapely

from layers.sheets.sheet_frame import Box

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

MARGIN_MM = 0.5
"""Labels keep so far from the edge of the map."""


@dataclass(frozen=True)
class Tries:
    """Places for one label, best first, in mm.

    Attributes
    ----------
    centres : array (n, 2)
    anchors : array (n, 2)
        What the label names there.
    wide, high : float
        Size of the label.
    off : float, optional
        So far from its anchor its leader line begins; None where it needs none.
    """

    centres: Numbers
    anchors: Numbers
    wide: float
    high: float
    off: float | None = None

    def at(self, rows: npt.NDArray[np.intp]) -> "Tries":
        """Return some of the places."""
        return replace(self, centres=self.centres[rows], anchors=self.anchors[rows])

    def boxes(self) -> Numbers:
        """Return the ground the label covers: rows of west, south, east, north."""
        half = np.array([self.wide / 2, self.high / 2])
        return np.hstack([self.centres - half, self.centres + half])

    def leaders(self) -> Numbers:
        """Return the leader lines, from just off the anchor to the label: array (n, 2 ends, 2)."""
        way = self.centres - self.anchors
        share = (self.off or 0.0) / np.hypot(*way.T)[:, None]
        return np.stack([self.anchors + way * share, self.centres], axis=1)


@dataclass(frozen=True)
class Ground:
    """What labels keep clear of, in mm.

    Attributes
    ----------
    frame : Box
        Labels stay inside it.
    used : array (m, 4)
        Boxes of symbols and labels: west, south, east, north.
    symbols : int
        So many first rows of `used` are symbols: a leader line may leave the one it points to.
    barred : shapely.Geometry, optional
        A label never crosses it.
    leaders : MultiLineString
        Leader lines that are drawn already.
    """

    frame: Box
    used: Numbers
    symbols: int
    barred: shapely.Geometry | None
    leaders: shapely.MultiLineString

    def with_label(self, label: Tries) -> "Ground":
        """Return the ground with a label, of which one place is given, on it."""
        leaders = self.leaders
        if label.off is not None:
            leaders = shapely.multilinestrings([*leaders.geoms, *shapely.linestrings(label.leaders())])
            shapely.prepare(leaders)
        return replace(self, used=np.vstack([self.used, label.boxes()]), leaders=leaders)

    def free(self, tries: Tries) -> npt.NDArray[np.intp]:
        """Return which places keep clear of the edge, of symbols, labels and leader lines, and of what is barred."""
        boxes = tries.boxes()
        rows = np.flatnonzero(_inside(boxes, self.frame) & ~_overlaps(boxes, self.used).any(axis=1))
        shapes = shapely.box(*boxes[rows].T)
        met = shapely.intersects(self.leaders, shapes)
        if self.barred is not None:
            met |= shapely.intersects(self.barred, shapes)
        rows = rows[~met]
        return rows if tries.off is None or not len(rows) else rows[self._reached(tries.at(rows))]

    def _reached(self, tries: Tries) -> Flags:
        """Tell from which places the leader line meets no symbol but its own, no label and no other leader line."""
        lines, spots = tries.leaders(), tries.anchors[:, None]
        low, high = self.used[:, :2], self.used[:, 2:]
        own = ((low <= spots) & (spots <= high)).all(axis=2) & (np.arange(len(self.used)) < self.symbols)
        met = (crosses(lines, self.used) & ~own).any(axis=1)
        return ~(met | shapely.intersects(self.leaders, shapely.linestrings(lines)))


def crosses(lines: Numbers, boxes: Numbers) -> Flags:
    """Tell which straight lines meet which boxes, edges included.

    Parameters
    ----------
    lines : array (n, 2 ends, 2)
    boxes : array (m, 4)
        West, south, east, north.

    Returns
    -------
    array (n, m) of bool
    """
    start, way = lines[:, None, 0], lines[:, None, 1] - lines[:, None, 0]
    low, high = lines.min(axis=1)[:, None], lines.max(axis=1)[:, None]
    apart = ((low > boxes[:, 2:]) | (high < boxes[:, :2])).any(axis=2)
    # A box lies beside a line when its middle is farther from the line than its half diagonal reaches.
    half, middle = (boxes[:, 2:] - boxes[:, :2]) / 2, (boxes[:, 2:] + boxes[:, :2]) / 2 - start
    reach = np.abs(way[..., 0]) * half[:, 1] + np.abs(way[..., 1]) * half[:, 0]
    beside = np.abs(way[..., 0] * middle[..., 1] - way[..., 1] * middle[..., 0]) > reach
    return ~(apart | beside)


def _inside(boxes: Numbers, frame: Box) -> Flags:
    room = frame.inset(MARGIN_MM)
    west, south, east, north = boxes.T
    return (west >= room.x) & (south >= room.y) & (east <= room.right) & (north <= room.top)


def _overlaps(boxes: Numbers, others: Numbers) -> Flags:
    """Tell which boxes overlap which others: array (n, m); boxes that only touch do not."""
    west, south, east, north = boxes.T[:, :, None]
    return (west < others[:, 2]) & (others[:, 0] < east) & (south < others[:, 3]) & (others[:, 1] < north)
