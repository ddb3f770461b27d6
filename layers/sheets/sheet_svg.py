"""Drawings of `layers.svg` set on the paper as vectors and text, so that screen and print show the same.

Reads the few elements those drawings are made of: rect, path of straight lines, circle, text, and groups moved aside.
"""

import re
from dataclasses import dataclass, replace
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from matplotlib.axes import Axes
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import Normal, Stroke

from layers.sheets.sheet_frame import Box, Layout
from layers.sheets.sheet_text import MM_PER_PT, font

STEPS = re.compile(r"([MLHVZmlhvz])|(-?\d+(?:\.\d+)?)")
MOVE = re.compile(r"translate\((-?[\d.]+)[ ,](-?[\d.]+)\)")
ANCHORS = {"middle": "center", "end": "right", "start": "left"}


@dataclass(frozen=True)
class _Spot:
    """Where pixels stand on the paper: mm to a pixel, and the place of the drawing's upper left corner."""

    mm: float
    left: float
    top: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return a place on the paper, mm from its lower left corner."""
        return self.left + x * self.mm, self.top - y * self.mm

    def points(self, pixels: float) -> float:
        """Return a length in typographic points."""
        return pixels * self.mm / MM_PER_PT


def svg_size(svg: str) -> tuple[float, float]:
    """Return width and height of a drawing in pixels."""
    root = ElementTree.fromstring(svg)
    return float(root.get("width", 0)), float(root.get("height", 0))


def draw_svg(axes: Axes, svg: str, box: Box, paper: Layout) -> None:
    """Draw an SVG of `layers.svg` in a box of the paper, as wide as the box, from its upper edge down.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The whole paper, in mm.
    svg : str
    box : Box
    paper : Layout
        Gives the ink of texts that name none.
    """
    root = ElementTree.fromstring(svg)
    _draw(axes, root, _Spot(box.wide / float(root.get("width", 1)), box.x, box.top), paper)


def _draw(axes: Axes, node: Element, spot: _Spot, paper: Layout) -> None:
    for each in node:
        kind = each.tag.rpartition("}")[2]
        if kind == "g":
            found = MOVE.match(each.get("transform", ""))
            x, y = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
            left, top = spot.at(x, y)
            _draw(axes, each, replace(spot, left=left, top=top), paper)
        elif kind == "text":
            _write(axes, each, spot, paper)
        elif kind in ("rect", "circle", "path"):
            _add(axes, kind, each, spot)


def _add(axes: Axes, kind: str, node: Element, spot: _Spot) -> None:
    look = _look(node, spot)
    patch: Any
    if kind == "rect":
        wide, high = _number(node, "width") * spot.mm, _number(node, "height") * spot.mm
        left, top = spot.at(_number(node, "x"), _number(node, "y"))
        patch = Rectangle((left, top - high), wide, high, **look)
    elif kind == "circle":
        patch = Circle(spot.at(_number(node, "cx"), _number(node, "cy")), _number(node, "r") * spot.mm, **look)
    else:
        patch = PathPatch(_path(node.get("d", ""), spot), capstyle="butt", joinstyle="round", **look)
    axes.add_patch(patch)


def _look(node: Element, spot: _Spot) -> dict[str, Any]:
    """Return colours and line of an element as a patch takes them."""
    fill, stroke = node.get("fill", "none"), node.get("stroke", "none")
    wide = spot.points(_number(node, "stroke-width", 1.0)) if stroke != "none" else 0.0
    dash = node.get("stroke-dasharray")
    line: Any = "solid"
    if dash and wide:
        # A patch counts its dashes in line widths, a drawing in pixels.
        line = (0, tuple(spot.points(float(each)) / wide for each in re.split(r"[ ,]+", dash.strip())))
    face: Any = (fill, _number(node, "fill-opacity", 1.0)) if fill != "none" else "none"
    return {"facecolor": face, "edgecolor": stroke, "linewidth": wide, "linestyle": line}


def _path(said: str, spot: _Spot) -> Path:
    """Return a path of straight lines."""
    codes, points = [], []
    numbers: list[float] = []
    verb, here, first = "", (0.0, 0.0), (0.0, 0.0)
    for letter, number in STEPS.findall(said):
        if letter in ("Z", "z"):
            codes.append(Path.CLOSEPOLY)
            points.append(spot.at(*first))
            here = first
        elif letter:
            verb, numbers = letter, []
        else:
            numbers.append(float(number))
            if len(numbers) < (1 if verb in "HVhv" else 2):
                continue
            here = _step(verb, numbers, here)
            first = here if verb in "Mm" else first
            codes.append(Path.MOVETO if verb in "Mm" else Path.LINETO)
            points.append(spot.at(*here))
            # More pairs after a move are lines.
            verb, numbers = {"M": "L", "m": "l"}.get(verb, verb), []
    return Path(points, codes)


def _step(verb: str, numbers: list[float], here: tuple[float, float]) -> tuple[float, float]:
    from_x, from_y = here if verb.islower() else (0.0, 0.0)
    if verb in "Hh":
        return from_x + numbers[0], here[1]
    if verb in "Vv":
        return here[0], from_y + numbers[0]
    return from_x + numbers[0], from_y + numbers[1]


def _write(axes: Axes, node: Element, spot: _Spot, paper: Layout) -> None:
    if not node.text:
        return
    weight = "bold" if node.get("font-weight") == "700" else "regular"
    x, y = spot.at(_number(node, "x"), _number(node, "y"))
    text_of: dict[str, Any] = {"fontproperties": font(weight), "fontsize": spot.points(_number(node, "font-size", 12))}
    text_of["color"] = node.get("fill", paper.theme.ink)
    text_of["ha"] = ANCHORS[node.get("text-anchor", "start")]
    # Two dollar signs in a name are no formula.
    written = axes.text(x, y, node.text, va="baseline", parse_math=False, **text_of)
    if node.get("stroke"):
        halo = Stroke(linewidth=spot.points(_number(node, "stroke-width", 1.0)), foreground=node.get("stroke"))
        written.set_path_effects([halo, Normal()])


def _number(node: Element, name: str, otherwise: float = 0.0) -> float:
    return float(node.get(name, otherwise))
