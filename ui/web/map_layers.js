// Base map and zones on two canvases, so that a change of zones never redraws the base.

export function makeCanvas(L) {
  const Hatched = L.Canvas.extend({
    // A page left while a redraw is due has no canvas any more.
    _redraw() {
      if (this._ctx) L.Canvas.prototype._redraw.call(this);
    },

    _fillStroke(ctx, layer) {
      const { hatch, colour, glow } = layer.options;
      ctx.shadowBlur = glow ?? 0;
      ctx.shadowColor = glow ? layer.options.fillColor : "transparent";
      L.Canvas.prototype._fillStroke.call(this, ctx, layer);
      ctx.shadowBlur = 0;
      if (!hatch) return;
      ctx.globalAlpha = layer.options.hatchOpacity;
      ctx.fillStyle = pattern(ctx, colour, hatch);
      ctx.fill("evenodd");
      ctx.globalAlpha = 1;
    },
  });
  return (pane) => new Hatched({ pane, padding: 0.4 });
}

const patterns = new Map();

// Lines of a pattern, each from x, y to x, y on its tile.
const STROKES = {
  lines: [-8, 0, 8].map((x) => [x, 8, x + 8, 0]),
  back: [-8, 0, 8].map((x) => [x, 0, x + 8, 8]),
  upright: [[4, 0, 4, 8]],
  flat: [[0, 4, 8, 4]],
};
STROKES.cross = [...STROKES.lines, ...STROKES.back];

// Grade as a print pattern: diagonals for traced, dots for inferred; classes have more; it survives a grey copy.
function pattern(ctx, colour, hatch) {
  const key = colour + hatch;
  if (!patterns.has(key)) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const pen = tile.getContext("2d");
    pen.strokeStyle = pen.fillStyle = colour;
    if (hatch === "dots") {
      pen.arc(2, 2, 0.9, 0, 7);
      pen.arc(6, 6, 0.9, 0, 7);
      pen.fill();
    } else {
      pen.lineWidth = 1;
      for (const [x, y, toX, toY] of STROKES[hatch]) {
        pen.moveTo(x, y);
        pen.lineTo(toX, toY);
      }
      pen.stroke();
    }
    patterns.set(key, ctx.createPattern(tile, "repeat"));
  }
  return patterns.get(key);
}

export class Base {
  constructor(L, map, canvas, style) {
    Object.assign(this, { L, map, style, names: [] });
    this.far = this.layer(canvas);
    this.near = this.layer(canvas);
    this.close = this.layer(canvas);
    map.addLayer(this.far);
    map.on("zoomend", () => this.byZoom());
  }

  layer(renderer) {
    return this.L.geoJSON(null, {
      renderer,
      interactive: false,
      style: (feature) => this.look(feature.properties),
      pointToLayer: (feature, at) => this.L.circleMarker(at, { ...this.look(feature.properties), renderer }),
    });
  }

  look({ base, rank }) {
    const s = this.style;
    const major = rank === "expressway";
    const looks = {
      // The drawn sea ends where the sources end; a soft edge claims no shore there.
      sea: { fillColor: s.sea, fillOpacity: 1, stroke: false, fill: true, glow: 60 },
      land: { fillColor: s.land, fillOpacity: 1, color: s.coast, weight: 1 },
      water: { fillColor: s.water, fillOpacity: 1, color: s.water, weight: 0.6, fill: true },
      districts: { fill: false, color: s.district, weight: 1.2 },
      subdistricts: { fill: false, color: s.subdistrict, weight: 0.8, dashArray: "3 3" },
      roads: { fill: false, color: major ? s.roadMajor : s.road, weight: major ? 1.8 : 1.1 },
      stations: { radius: 2.6, fillColor: s.paper, fillOpacity: 1, color: s.station, weight: 1.4 },
    };
    return looks[base] ?? looks.roads;
  }

  fill(collection) {
    const order = ["sea", "land", "water", "roads", "subdistricts", "districts", "stations"];
    const tier = { subdistricts: this.near, stations: this.close };
    const sorted = [...collection.features].sort(
      (a, b) => order.indexOf(a.properties.base) - order.indexOf(b.properties.base),
    );
    for (const feature of sorted) (tier[feature.properties.base] ?? this.far).addData(feature);
    this.names = collection.features.filter((feature) => feature.properties.at && feature.properties.zh);
    this.byZoom();
  }

  byZoom() {
    const zoom = this.map.getZoom();
    for (const [layer, from] of [
      [this.near, 12],
      [this.close, 12],
    ]) {
      if (zoom >= from && !this.map.hasLayer(layer)) this.map.addLayer(layer);
      if (zoom < from && this.map.hasLayer(layer)) this.map.removeLayer(layer);
    }
  }

  labels(lang) {
    const form = {
      districts: { cls: "z-l-district", size: 14, weight: 500, spacing: lang === "zh" ? 5 : 2, rank: 1e9, minZoom: 9 },
      sea: { cls: "z-l-sea", size: 13, weight: 400, spacing: lang === "zh" ? 8 : 2, rank: 2e9, minZoom: 9.5 },
      subdistricts: { cls: "z-l-subdistrict", size: 11, weight: 400, spacing: 1, rank: 3e9, minZoom: 12.5 },
      stations: { cls: "z-l-station", size: 10.5, weight: 400, spacing: 0, rank: 4e9, minZoom: 14, dy: 11 },
    };
    return this.names
      .filter((feature) => form[feature.properties.base])
      .map(({ properties: p }, place) => ({
        ...form[p.base],
        key: `${p.base}-${place}`,
        text: p[lang] || p.zh,
        at: [p.at[1], p.at[0]],
      }));
  }
}

// What a planner looks for first is named first; the other kinds wait until the map has room for them.
const TIERS = {
  cluster: [0, 0],
  corridor: [0, 0],
  core: [1, 0],
  platform: [2, 0],
  park: [3, 10.75],
  belt: [4, 10.75],
  ring: [4, 10.75],
  axis: [4, 10.75],
  subarea: [5, 11],
  street: [5, 11],
  region: [6, 11],
  node: [7, 12],
};

export class Zones {
  constructor(L, map, canvas, style) {
    Object.assign(this, { L, map, canvas, style, all: new Map(), shown: [], selected: null });
    this.group = L.layerGroup().addTo(map);
    this.dots = [];
    map.on("zoomend", () => this.sizeDots());
  }

  // Far out, dots of full size would hide the ground they stand on.
  sizeDots() {
    const zoom = this.map.getZoom();
    const scale = zoom < 10 ? 0.5 : zoom < 11 ? 0.75 : 1;
    for (const [dot, radius] of this.dots) dot.setRadius(radius * scale);
  }

  fill(collection) {
    for (const feature of collection.features) this.add(feature);
    // Smallest first under a click: points, then by area.
    for (const zone of this.all.values()) zone.rank = zone.point ? zone.order / -100 : zone.area;
  }

  add({ properties: p, geometry }) {
    const zone = this.all.get(p.id) ?? { ...p, paths: [], look: this.style.kinds[p.kind] };
    this.all.set(p.id, zone);
    const { type, coordinates } = geometry;
    const convert = this.L.GeoJSON.coordsToLatLngs;
    if (type === "Point") zone.point = this.L.latLng(coordinates[1], coordinates[0]);
    else if (type.endsWith("LineString"))
      zone.axis = type[0] === "M" ? convert(coordinates, 1) : [convert(coordinates)];
    else {
      zone.polygons = type[0] === "M" ? convert(coordinates, 2) : [convert(coordinates, 1)];
      zone.box = this.L.latLngBounds(zone.polygons.flat(2));
    }
  }

  bounds(zone) {
    if (zone.box) return zone.box;
    if (zone.axis) return this.L.latLngBounds(zone.axis.flat());
    return zone.point ? zone.point.toBounds(2500) : null;
  }

  show(ids, selected) {
    this.selected = selected;
    const wanted = new Set(ids);
    if (selected) wanted.add(selected);
    this.shown = [...wanted].map((id) => this.all.get(id)).filter(Boolean);
    this.shown.sort((a, b) => (a.id === selected) - (b.id === selected) || a.order - b.order || b.area - a.area);
    this.group.clearLayers();
    this.dots = [];
    for (const zone of this.shown) for (const path of this.paths(zone)) this.group.addLayer(path);
    this.sizeDots();
  }

  paths(zone) {
    const chosen = zone.id === this.selected;
    const faded = this.selected && this.all.has(this.selected) && !chosen;
    const look = zone.look;
    const renderer = this.canvas;
    const opacity = faded ? 0.45 : 1;
    const dash = this.style.grades[zone.grade]?.dash ?? [];
    const weight = chosen ? 4 : look.line;
    const line = { renderer, interactive: false, color: look.colour, colour: look.colour, opacity };
    const dashArray = dash.length ? dash.map((step) => step * Math.min(weight, 3)).join(" ") : null;
    const found = [];
    if (zone.polygons) {
      const fill = { fillColor: look.colour, fillOpacity: (chosen ? look.fill + 0.07 : look.fill) * (faded ? 0.5 : 1) };
      const hatch = { hatch: this.style.grades[zone.grade]?.hatch, hatchOpacity: faded ? 0.12 : 0.3 };
      found.push(
        this.L.polygon(zone.polygons, {
          ...line,
          ...fill,
          ...hatch,
          weight,
          dashArray,
          lineCap: dash[0] < 1 ? "round" : "butt",
        }),
      );
    }
    if (zone.axis) {
      const wide = look.axis + (chosen ? 2 : 0);
      const own = this.style.grades[zone.axis_grade]?.dash ?? [];
      const dashArray = own.length ? own.map((step) => step * wide).join(" ") : null;
      found.push(this.L.polyline(zone.axis, { ...line, weight: wide, dashArray, lineCap: own[0] < 1 ? "round" : "butt" }));
    }
    if (zone.point) found.push(...this.marker(zone, line, chosen));
    return found;
  }

  marker(zone, line, chosen) {
    const radius = chosen ? 9 : 6;
    const ring = { ...line, radius, weight: chosen ? 4 : 2, fillColor: this.style.base.paper, fillOpacity: 1 };
    const dot = { ...line, radius: radius - 4, weight: 0, fillColor: zone.look.colour, fillOpacity: line.opacity };
    const found = [this.L.circleMarker(zone.point, ring), this.L.circleMarker(zone.point, dot)];
    if (!chosen) this.dots.push([found[0], radius], [found[1], radius - 4]);
    return found;
  }

  labels(lang) {
    return this.shown.map((zone) => {
      const chosen = zone.id === this.selected;
      return {
        key: zone.id,
        text: (lang === "en" ? zone.short_en : zone.short_zh) || zone[lang],
        wraps: lang,
        at: [zone.at[1], zone.at[0]],
        cls: chosen ? "z-l-zone z-l-chosen" : "z-l-zone",
        colour: zone.look.ink,
        size: chosen ? 13.5 : 12,
        weight: 700,
        spacing: 0,
        rank: chosen ? -1 : zone.point ? 2e9 - zone.order : TIERS[zone.kind][0] * 1e7 + 9e6 - zone.area / 1e3,
        minZoom: chosen ? 0 : zone.point ? 12 : TIERS[zone.kind][1],
        dy: zone.point ? 16 : 0,
        fits: chosen || zone.point ? null : (box, zoom) => this.fits(zone, box, zoom),
      };
    });
  }

  // A name may stand out a little beyond its zone, but not swamp it.
  fits(zone, box, zoom) {
    const bounds = this.bounds(zone);
    const a = this.map.project(bounds.getNorthWest(), zoom);
    const b = this.map.project(bounds.getSouthEast(), zoom);
    const size = box.getSize();
    return Math.hypot(b.x - a.x, b.y - a.y) > size.x * 0.9 && Math.max(b.x - a.x, b.y - a.y) > size.y * 1.5;
  }
}
