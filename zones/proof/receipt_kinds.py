"""What receipts are of, by kind, and how their numbers are made, by method."""

from typing import Literal

from zones.schema import EdgeRule

Kind = Literal[
    "area", "perimeter", "difference", "overlap", "sum", "union", "double", "k_fold", "table",
    "corridor", "covered", "class", "inside", "fold", "gap", "zonal",
    "axis", "crossed", "side", "side_covered", "piece", "lane", "layer", "layer_read",
    "curve", "pieces", "lanes", "change", "drawn",
]  # fmt: skip

METHODS = {
    name: f"{name}/1"
    for name in (
        "ellipsoid",
        "survey",
        "plane",
        "geodesic",
        "ellipsoid_less_stated",
        "pair",
        "pair_of_unions",
        "faces",
        "tabulate",
        "band",
        "cells",
        "class_cells",
        "stretches",
        "along",
        "lanes",
        "zonal",
        "as_read",
        "widths",
        "revisions",
        "drawn",
    )
}
"""Method by name, with its version: raise it when the same inputs shall give another number or another ±."""

MEASURES: tuple[tuple[Kind, str, str, EdgeRule], ...] = (
    ("area", "ellipsoid", "ellipsoid_m2", EdgeRule.LONLAT),
    ("area", "survey", "survey_m2", EdgeRule.LONLAT),
    ("area", "plane", "plane_m2", EdgeRule.PLANE),
    ("perimeter", "geodesic", "perimeter_m", EdgeRule.GEODESIC),
    ("difference", "ellipsoid_less_stated", "difference_m2", EdgeRule.LONLAT),
)
"""Figures of one zone: kind, method, column of `zones.measure.measure`, and what its edges are taken to be."""
