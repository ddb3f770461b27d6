"""DXF drawings: outlines, hatches with holes, blocks; a text becomes an attribute of the polygon it lies in."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ezdxf
import numpy as np
import pandas as pd
import shapely
from ezdxf.entities import DXFGraphic, Insert
from ezdxf.lldxf.const import DXFError

from zones.errors import ChoiceError, InputError
from zones.intake import encodings
from zones.intake.dxf_outlines import ARC_SAG, shape_of
from zones.intake.encodings import Encoding
from zones.intake.raw import Raw, usable
from zones.issues import Issue
from zones.schema import Severity

MOST_COPIES = 10_000
"""Most copies of one block array; a drawing of 30,000 x 30,000 would never end."""

MOST_ENTITIES = 500_000
FAULTS = (DXFError, OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, StopIteration)
"""What ezdxf raises on damaged drawings."""

DEEPEST_BLOCK = 8

TEXTS = {"TEXT", "MTEXT", "ATTRIB"}
BETWEEN_TEXTS = "；"

Row = tuple[dict[str, Any], shapely.Geometry | None, str]
"""Attributes, shape, and why there is none."""


def read_dxf(path: Path, layer: str | None = None, told: str | None = None) -> Raw:
    """Return the shapes of a drawing's model space, with `layer`, `type`, `handle` and `text` as attributes.

    Parameters
    ----------
    path : Path
        DXF, text or binary, of any version.
    layer : str, optional
        Only entities of this layer of the drawing.
    told : str, optional
        Encoding, in place of `$DWGCODEPAGE`.

    Raises
    ------
    InputError
        If it is damaged, or holds no shape.
    ChoiceError
        If it has no such layer.
    """
    encoding = _encoding(path, told)
    drawing = _open(path, encoding)
    notes: list[Issue] = []
    if encoding.doubt:
        notes.append(_note(path, "encoding_doubt", f"{encoding.doubt}; read as {encoding.name}"))
    entities = list(drawing.modelspace())
    layers = tuple(sorted({entity.dxf.layer for entity in entities}))
    if layer is not None and layer not in layers:
        raise ChoiceError(f"{path}: has no layer '{layer}'; it has {', '.join(layers[:20])}", "layer", layers)
    rows = [row for entity in entities if layer in (None, entity.dxf.layer) for row in _rows(entity, _Budget(), 0)]
    if not rows:
        raise InputError(f"{path}: holds no shape in model space; choose a drawing with outlines")
    rows = _texts_into_polygons(path, rows, notes)
    names = ("layer", "type", "handle", "text")
    table = pd.DataFrame(
        [{name: cells.get(name) for name in names} for cells, _, _ in rows], columns=list(names), dtype=object
    )
    shapes = np.array([shape for _, shape, _ in rows], dtype=object)
    faults = {row: fault for row, (_, _, fault) in enumerate(rows) if fault}
    frame, dropped = usable(table, shapes, faults)
    if any(cells.get("arcs") for cells, _, _ in rows):
        notes.append(_note(path, "arcs_split", f"arcs became chords within {ARC_SAG:g} drawing units", Severity.NOTE))
    return Raw(
        frame,
        len(rows),
        "DXF",
        dropped,
        tuple(notes),
        encoding=encoding.name,
        encoding_from=encoding.known_from,
        layer=layer,
    )


def _note(path: Path, kind: str, message: str, severity: Severity = Severity.WARNING) -> Issue:
    return Issue(path.name, "", "", severity, kind, "", message)


def _encoding(path: Path, told: str | None) -> Encoding:
    """Return the encoding: UTF-8 from version AC1021 on, before that as `$DWGCODEPAGE` says, if the text agrees."""
    content = path.read_bytes()
    if content.startswith(b"AutoCAD Binary DXF"):
        return Encoding("utf-8", "binary DXF")
    version = re.search(rb"\$ACADVER\s+1\s+AC(\d{4})", content[:20000])
    if version is not None and int(version[1]) >= 1021 and not told:
        always = f"version AC{version[1].decode()} is always UTF-8"
        # The drawing as a whole: an editor may have cut a text within a character, but not the file.
        if encodings.decoded(content, "utf-8") is not None:
            return Encoding("utf-8", always)
        found = encodings.decide(_lines(content), str(path), told=None, stated=None)
        return Encoding(found.name, found.known_from, f"{always}, but its text is not")
    page = re.search(rb"\$DWGCODEPAGE\s+3\s+(\S+)", content[:20000])
    stated = page[1].decode("ascii", "replace") if page else None
    texts = _lines(content)
    if stated and stated.upper() == "ANSI_1252" and texts and not told:
        # Western by name, though Chinese by its bytes: a drawing made on Chinese Windows by other software.
        found = encodings.decide(texts, str(path), told=None, stated=None)
        return Encoding(found.name, found.known_from, "$DWGCODEPAGE says ANSI_1252, but the text is Chinese")
    found = encodings.decide(texts, str(path), told=told, stated=stated)
    return Encoding(found.name, found.known_from.replace(".cpg file", f"$DWGCODEPAGE {stated}"), found.doubt)


def _lines(content: bytes) -> set[bytes]:
    return {line.strip() for line in content.splitlines() if not line.isascii()}


def _open(path: Path, encoding: Encoding) -> Any:  # noqa: ANN401 (a drawing)
    try:
        given = None if encoding.known_from == "binary DXF" else encoding.name
        return ezdxf.readfile(path, encoding=given, errors="surrogateescape")
    except FAULTS as error:
        reason = " ".join(str(error).split())[:120]
        raise InputError(f"{path}: not readable as DXF: damaged or cut off; get the file anew ({reason})") from None


class _Budget:
    """Entities that one block may still unfold into."""

    def __init__(self) -> None:
        self.left = MOST_ENTITIES

    def spend(self) -> bool:
        self.left -= 1
        return self.left >= 0


def _rows(entity: DXFGraphic, budget: _Budget, depth: int) -> Iterator[Row]:
    kind = entity.dxftype()
    cells = {"layer": entity.dxf.layer, "type": kind, "handle": entity.dxf.handle}
    try:
        if isinstance(entity, Insert):
            yield from _block(entity, cells, budget, depth)
        elif kind in TEXTS:
            yield cells | {"text": _words(entity), "is_text": True}, _place(entity), ""
        else:
            shape, arcs = shape_of(entity)
            yield cells | {"arcs": arcs}, shape, "" if shape is not None else f"a {kind} is no outline on the ground"
    except (
        DXFError,
        ValueError,
        TypeError,
        ArithmeticError,
        AttributeError,
        IndexError,
        shapely.errors.GEOSException,
    ) as error:
        yield cells, None, f"a {kind} (handle {entity.dxf.handle}) cannot be read: {' '.join(str(error).split())[:80]}"


def _block(insert: Insert, cells: dict[str, Any], budget: _Budget, depth: int) -> Iterator[Row]:
    if insert.mcount > MOST_COPIES:
        reason = f"block '{insert.dxf.name}' is repeated {insert.mcount} times, above {MOST_COPIES}"
        yield cells, None, f"{reason}; unfold it in the drawing program"
        return
    block = insert.block()
    if block is None or block.block is None or block.block.dxf.flags & 4:
        yield cells, None, f"block '{insert.dxf.name}' is in another file, which is not followed"
        return
    if depth >= DEEPEST_BLOCK:
        yield cells, None, f"block '{insert.dxf.name}' is nested deeper than {DEEPEST_BLOCK}"
        return
    found: list[Row] = []
    for single in insert.multi_insert() if insert.mcount > 1 else (insert,):
        for part in (*single.virtual_entities(), *single.attribs):
            if not budget.spend():
                yield (
                    cells,
                    None,
                    f"block '{insert.dxf.name}' unfolds into over {MOST_ENTITIES} shapes; unfold it before",
                )
                return
            # Layer "0" in a block means the layer of the place where it is used.
            for inner, shape, fault in _rows(part, budget, depth + 1):
                layer = cells["layer"] if inner["layer"] == "0" else inner["layer"]
                found.append((inner | {"layer": layer, "handle": cells["handle"]}, shape, fault))
    yield from found


def _words(entity: DXFGraphic) -> str:
    text: str = entity.plain_text() if hasattr(entity, "plain_text") else entity.dxf.text
    return text.strip()


def _place(entity: DXFGraphic) -> shapely.Point:
    point = entity.dxf.insert
    aligned = (
        entity.dxftype() != "MTEXT" and entity.dxf.hasattr("align_point") and (entity.dxf.halign or entity.dxf.valign)
    )
    if aligned:
        point = entity.dxf.align_point
    if entity.dxftype() != "MTEXT":
        point = entity.ocs().to_wcs(point)
    return shapely.Point(point.x, point.y)


def _texts_into_polygons(path: Path, rows: list[Row], notes: list[Issue]) -> list[Row]:
    """Give each text to the smallest polygon it lies in; texts that lie in none stay as points."""
    shapes = np.array([shape for _, shape, _ in rows], dtype=object)
    polygons = np.flatnonzero(np.isin(shapely.get_type_id(shapes), (3, 6)))
    texts = [row for row, (cells, _, _) in enumerate(rows) if cells.get("is_text")]
    if not texts or not len(polygons):
        return rows
    tree = shapely.STRtree(shapes[polygons])
    at, hit = tree.query(shapes[texts], predicate="within")
    area = shapely.area(shapes[polygons])
    home: dict[int, int] = {}
    for text, polygon in zip(at, hit, strict=True):
        row = texts[int(text)]
        if row not in home or area[polygon] < area[home[row]]:
            home[row] = int(polygon)
    for row, polygon in home.items():
        cells = rows[int(polygons[polygon])][0]
        cells["text"] = BETWEEN_TEXTS.join(part for part in (cells.get("text"), rows[row][0]["text"]) if part)
    if home:
        message = f"{len(home)} texts became the attribute 'text' of the polygon they lie in"
        notes.append(_note(path, "texts_joined", message, Severity.NOTE))
    several = sum(count > 1 for count in Counter(home.values()).values())
    if several:
        notes.append(
            _note(path, "several_texts", f"{several} polygons hold more than one text, joined by '{BETWEEN_TEXTS}'")
        )
    if len(texts) > len(home):
        notes.append(_note(path, "free_texts", f"{len(texts) - len(home)} texts lie in no polygon and stay as points"))
    return [row for number, row in enumerate(rows) if number not in home]
