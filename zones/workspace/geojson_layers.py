"""Layers of the atlas as text: read feature by feature, and written so that an edit changes one line.

Each feature keeps the very text it came with until it is edited, and each file its head, its tail and what stands
between features. So a layer nobody touched is written back byte for byte, and a change shows as one line of a diff.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from zones.disk import replace_whole
from zones.errors import InputError
from zones.schema import Grade

DECIMALS = 6
"""Of written coordinates in degrees: 0.1 m, far below what any tracing can carry."""

SPACE = " \t\r\n"
POLYGONS = ("Polygon", "MultiPolygon")


@dataclass(frozen=True)
class LayerText:
    """How a layer file is written: what stands before, between and after its features, and the style of each."""

    head: str
    between: str
    tail: str
    spaced: bool


def read_texts(paths: list[Path]) -> dict[str, str]:
    """Return the whole text of files by name, to the byte.

    Raises
    ------
    InputError
        If a file is missing or not UTF-8.
    """
    found = {}
    for path in paths:
        try:
            found[path.name] = path.read_bytes().decode("utf-8")
        except FileNotFoundError:
            raise InputError(f"{path}: this file of the atlas is missing; restore it") from None
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8"
            raise InputError(f"{path}: cannot be read: {reason}") from None
    return found


def split_layer(text: str, name: str) -> tuple[LayerText, tuple[str, ...]]:
    """Return the form of a GeoJSON layer and the text of each of its features.

    Parameters
    ----------
    text : str
        A FeatureCollection.
    name : str
        Of the file, for the sentence of an error.

    Raises
    ------
    InputError
        If the text is no FeatureCollection.
    """
    try:
        spans, end = _feature_spans(text)
    except (json.JSONDecodeError, IndexError):
        raise InputError(f"{name}: not readable as a GeoJSON FeatureCollection; restore it") from None
    features = tuple(text[first:last] for first, last in spans)
    if not features:
        return LayerText(text[:end], ",\n", text[end:], spaced=False), ()
    gaps = {text[left[1] : right[0]] for left, right in pairwise(spans)}
    between = gaps.pop() if len(gaps) == 1 else ",\n"
    spaced = '": ' in features[0][:40]
    return LayerText(text[: spans[0][0]], between, text[spans[-1][1] :], spaced), features


def _feature_spans(text: str) -> tuple[list[tuple[int, int]], int]:
    """Return where each feature stands, and where the list of features ends."""
    decode = json.JSONDecoder().raw_decode
    at = _skip(text, text.index("{") + 1 if "{" in text else len(text), "")
    while True:
        key, at = decode(text, at)
        at = _skip(text, at, ":")
        if key == "features":
            return _items(text, at)
        _, at = decode(text, at)
        at = _skip(text, at, ",")


def _items(text: str, at: int) -> tuple[list[tuple[int, int]], int]:
    decode = json.JSONDecoder().raw_decode
    at = at + 1 if text[at] == "[" else len(text)
    spans = []
    at = _skip(text, at, "")
    while text[at] != "]":
        _, end = decode(text, at)
        spans.append((at, end))
        at = _skip(text, end, "")
        if text[at] == ",":
            at = _skip(text, at + 1, "")
    return spans, at


def _skip(text: str, at: int, mark: str) -> int:
    """Return the place of the next value: past white space and, where one is due, past a mark."""
    while text[at] in SPACE:
        at += 1
    if not mark:
        return at
    if text[at] != mark:
        raise json.JSONDecodeError(f"'{mark}' is missing", text, at)
    return _skip(text, at + 1, "")


def layer_text(form: LayerText, features: list[str]) -> str:
    """Return a layer file with these features."""
    return form.head + form.between.join(features) + form.tail


def feature_text(
    properties: Mapping[str, Any], shape: shapely.Geometry, *, spaced: bool, before: Mapping[str, Any] | None = None
) -> str:
    """Return a feature as one line, as near to what it was as the change allows.

    Parameters
    ----------
    properties : mapping
        In their order; None becomes null.
    shape : shapely geometry
        Longitude and latitude.
    spaced : bool
        With a blank after `:` and `,`, as some layers are written.
    before : mapping, optional
        The feature it was, decoded: a shape with the same vertices keeps its text, other vertices are rounded to
        6 decimals unless they stood there before, or an authority supplied them.
    """
    old = (before or {}).get("geometry")
    # A survey may be good to a centimetre; what was traced never is.
    exact = properties.get("grade") == Grade.OFFICIAL
    same = old and same_ground(shapely.geometry.shape(old), shape)
    geometry = old if same else written_shape(shape, old, exact=exact)
    feature = dict(before or {"type": "Feature"}) | {"properties": dict(properties), "geometry": geometry}
    separators = None if spaced else (",", ":")
    return json.dumps(feature, ensure_ascii=False, allow_nan=False, separators=separators)


def same_ground(one: shapely.Geometry, other: shapely.Geometry) -> bool:
    """Tell whether two shapes have the same parts and vertices in the same order, single or multi alike."""
    return bool(shapely.equals_identical(_many(one), _many(other)))


def _many(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.geometrycollections(shapely.get_parts(shapely.force_2d(shape)))


def written_shape(
    shape: shapely.Geometry, old: Mapping[str, Any] | None = None, *, exact: bool = False
) -> dict[str, Any]:
    """Return a shape as GeoJSON: outer rings counter-clockwise, one part as a single shape; 6 decimals unless exact."""
    known = set(map(tuple, shapely.get_coordinates(shapely.geometry.shape(old)).tolist())) if old else set()

    def rounded(points: np.ndarray) -> np.ndarray:
        near = np.round(points, DECIMALS) + 0.0
        stood = [tuple(point) in known for point in points.tolist()]
        return np.where(np.array(stood, dtype=bool)[:, None], points, near)

    parts = shapely.get_parts(shapely.force_2d(shape))
    single = parts[0] if len(parts) == 1 else shape
    flat = shapely.force_2d(single)
    moved = flat if exact else shapely.transform(flat, rounded)
    if moved.geom_type in POLYGONS:
        moved = shapely.orient_polygons(moved)
    told: dict[str, Any] = json.loads(json.dumps(shapely.geometry.mapping(moved)))
    return told


def write_texts(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write files into a folder, each whole or not at all; return their paths.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    try:
        folder.mkdir(exist_ok=True)
        return [replace_whole(folder / name, text.encode("utf-8")) for name, text in texts.items()]
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror or error}; choose another place.") from None
