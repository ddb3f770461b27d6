"""A tiny atlas on disk, whole and valid, for tests to break one thing at a time."""

import json
from pathlib import Path

import yaml

from zones.atlas import SHIPPED_DATA

LINES = {"lines": "1-9", "section": "一（二）", "terms": ["甲"]}

PLAN = {
    "plan": {
        "plan_id": "tiny",
        "name": {"zh": "小区规划", "en": "Tiny plan"},
        "short": {"zh": "小规划", "en": "Tiny"},
        "district_code": "440306",
        "issuer": {"zh": "科技局", "en": "Science bureau"},
        "issued": "2022-04",
        "status": "issued",
        "document": {"name": "tiny.txt", "sha256": "0" * 64, "lines": 99},
    },
    "schemes": [{"scheme_id": "tiny.scheme.two", "name": {"zh": "两园", "en": "Two parks"}, "sources": [LINES]}],
    "zones": [
        {
            "zone_id": "tiny.park.whole",
            "name": {"zh": "铁仔山园区", "en": "Tiezaishan Park"},
            "aliases": ["高新北"],
            "kind": "park",
            "scheme_ids": ["tiny.scheme.two"],
            "district_codes": ["440306"],
            "sources": [LINES, {"lines": 20, "section": "二", "terms": ["乙"]}],
            "positioning": {"zh": "智造", "en": "Smart making", "at": 3},
            "industries": [{"zh": "新能源", "en": "New energy", "at": "4-5"}],
            "declared_area": {"value": 4, "unit": "km2", "raw": "4平方公里", "at": 20},
        },
        {
            "zone_id": "tiny.core.part",
            "name": {"zh": "石岩南片区", "en": "Shiyan South"},
            "kind": "core",
            "scheme_ids": ["tiny.scheme.two"],
            "parent_ids": ["tiny.park.whole"],
            "district_codes": ["440306"],
            "sources": [LINES],
            "relations": [{"type": "connects_to", "name": {"zh": "东莞", "en": "Dongguan"}, "at": 6}],
        },
        {
            "zone_id": "tiny.corridor.line",
            "name": {"zh": "滨海走廊", "en": "Coast Corridor"},
            "kind": "corridor",
            "district_codes": ["440306"],
            "sources": [LINES],
            "relations": [{"type": "passes", "target": "tiny.core.part", "at": 7}],
        },
        {
            "zone_id": "tiny.node.lost",
            "name": {"zh": "某镇", "en": "Some Town"},
            "kind": "node",
            "sources": [LINES],
        },
    ],
}


def ring(west, south, east, north):
    """Return the coordinates of a box, counterclockwise."""
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(zone_id, geometry, part="extent", **changes):
    """Return a feature with a full record."""
    record = {
        "zone_id": zone_id,
        "part": part,
        "grade": "inferred",
        "error_m": 200.0,
        "basis": "按道路",
        "basis_en": "Along roads",
        "method": "block_outline",
        "edge_rule": "lonlat",
        "traced_on": "2026-11-21",
        "half_width_m": None,
    }
    return {"type": "Feature", "properties": record | changes, "geometry": geometry}


def polygon(*bounds):
    """Return a box as a GeoJSON polygon."""
    return {"type": "Polygon", "coordinates": [ring(*bounds)]}


FEATURES = [
    feature("tiny.park.whole", polygon(113.85, 22.70, 113.87, 22.72)),
    feature("tiny.core.part", polygon(113.85, 22.70, 113.86, 22.71)),
    feature("tiny.corridor.line", polygon(113.84, 22.705, 113.88, 22.707), half_width_m=100.0),
    feature(
        "tiny.corridor.line",
        {"type": "LineString", "coordinates": [[113.84, 22.706], [113.88, 22.706]]},
        part="axis",
        grade="traced",
    ),
]

HEADER = (
    "layer,title_zh,title_en,role,plan_id,file,geometry,grade,error_m,source,source_date,licence,"
    "credit_zh,credit_en,note"
)
LAYERS = [
    "tiny,小规划,Tiny,zones,tiny,tiny.geojson,Polygon,inferred,200,own,2026-11-21,ODbL-1.0,© 某,© Some,",
    "base_districts,行政区,Districts,base,,base_districts.geojson,Polygon,inferred,60,own,2026,ODbL-1.0,© 某,© S,",
    "base_water,水域,Water,base,,base_water.geojson,Polygon,inferred,60,own,2026,ODbL-1.0,© 某,© S,",
]


def collection(features):
    """Return a FeatureCollection as text."""
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def write_atlas(root: Path, plan=None, features=None, layers=None, reasons=None, accepted="") -> Path:
    """Write the tiny atlas below `root`, with any of its pieces replaced; return `root`."""
    (root / "geo").mkdir(parents=True)
    (root / "plans").mkdir()
    district = {"type": "Feature", "properties": {"code": "440306"}, "geometry": polygon(113.8, 22.6, 113.9, 22.8)}
    water = {"type": "Feature", "properties": {}, "geometry": polygon(113.7, 22.6, 113.8, 22.8)}
    texts = {
        "geo/layers.csv": "\n".join([HEADER, *(LAYERS if layers is None else layers)]) + "\n",
        "geo/tiny.geojson": collection(FEATURES if features is None else features),
        "geo/base_districts.geojson": collection([district]),
        "geo/base_water.geojson": collection([water]),
        "geo/unlocated.csv": reasons or "zone_id,reason_zh,reason_en\ntiny.node.lost,未给出位置,No place given\n",
        "geo/accepted.csv": "zone_id,kind,reason_zh,reason_en\n" + accepted,
        "rules.yaml": (SHIPPED_DATA / "rules.yaml").read_text(encoding="utf-8"),
        "plans/tiny.yaml": yaml.safe_dump(PLAN if plan is None else plan, allow_unicode=True, sort_keys=False),
    }
    for name, text in texts.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


def changed(data, path, value):
    """Return a deep copy of nested lists and dicts with one value replaced (or removed, if None)."""
    data = json.loads(json.dumps(data))  # not deepcopy: it would keep shared pieces shared
    *steps, last = path
    place = data
    for step in steps:
        place = place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return data
