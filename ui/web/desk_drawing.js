// The zone being drawn: its shapes as GeoJSON, the layers that show them, and every step back and forth.
// Coordinates that nobody touched stay the very numbers they were; new ones have 6 decimals.
import * as L from "../leaflet-src.esm.js";

const MOST_STEPS = 200;
const DECIMALS = 1e6;

export const round = (value) => Math.round(value * DECIMALS) / DECIMALS;

export function polygonsOf(shape) {
  if (!shape || shape.type === "Point") return [];
  return shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
}

export function linesOf(shape) {
  if (!shape) return [];
  return shape.type === "LineString" ? [shape.coordinates] : shape.coordinates;
}

// A shape keeps its type as long as it can: a MultiPolygon of one part stays one.
function withParts(parts, single, before) {
  if (!parts.length) return null;
  if (parts.length === 1 && before?.type !== `Multi${single}`) return { type: single, coordinates: parts[0] };
  return { type: `Multi${single}`, coordinates: parts };
}

const asPolygons = (parts, before) => withParts(parts, "Polygon", before);
export const asLines = (parts, before) => withParts(parts, "LineString", before);

// Features as Python takes them.
export function partsOf({ extent, axis, records }) {
  const told = { axis, extent };
  return ["axis", "extent"]
    .filter((part) => told[part])
    .map((part) => ({ part, record: records[part] ?? {}, geometry: told[part] }));
}

export class Drawing {
  constructor(map, style, tell) {
    Object.assign(this, { map, style, tell, steps: [], at: -1 });
    this.group = L.featureGroup().addTo(map);
  }

  get now() {
    return this.steps[this.at] ?? { extent: null, axis: null, records: {} };
  }

  get changed() {
    return this.at > 0;
  }

  open(state) {
    this.resume({ steps: [state], at: 0 });
  }

  // Go on with the steps of a zone that had been put aside.
  resume({ steps, at }) {
    Object.assign(this, { steps, at });
    this.show();
  }

  // Make all steps after a place one, and complete it.
  join(place, part) {
    this.steps = [...this.steps.slice(0, place + 1), { ...this.now, ...part }];
    this.at = this.steps.length - 1;
    this.show();
  }

  close() {
    this.steps = [];
    this.at = -1;
    this.group.clearLayers();
  }

  commit(part, { redraw = true } = {}) {
    const { link, ...now } = this.now;
    const next = { ...now, ...part };
    if (JSON.stringify(next) === JSON.stringify(now)) return;
    this.steps = [...this.steps.slice(0, this.at + 1), next].slice(-MOST_STEPS - 1);
    this.at = this.steps.length - 1;
    if (redraw) this.show();
    this.tell("changed");
  }

  step(by) {
    const to = this.at + by;
    if (to < 0 || to >= this.steps.length) return false;
    const editing = this.editing;
    const { link } = this.steps[Math.max(to, this.at)];
    this.at = to;
    this.show();
    if (editing) this.edit(true);
    this.tell("stepped", { link, by });
    return true;
  }

  show() {
    const editing = this.editing;
    this.edit(false);
    this.group.clearLayers();
    const { extent, axis } = this.now;
    const look = { pmIgnore: false, snapIgnore: false, color: this.style.colour, weight: 3, bubblingMouseEvents: true };
    polygonsOf(extent).forEach((rings, place) => {
      const layer = L.polygon(L.GeoJSON.coordsToLatLngs(rings, 1), { ...look, fillOpacity: 0.12 });
      this.follow(layer, "extent", place);
    });
    linesOf(axis).forEach((points, place) => {
      const layer = L.polyline(L.GeoJSON.coordsToLatLngs(points), { ...look, weight: 4 });
      this.follow(layer, "axis", place);
    });
    if (extent?.type === "Point") {
      const [lng, lat] = extent.coordinates;
      this.group.addLayer(L.circleMarker([lat, lng], { ...look, radius: 8, pmIgnore: true, snapIgnore: true }));
    }
    if (editing) this.edit(true);
  }

  follow(layer, part, place) {
    layer.deskPart = part;
    layer.on("pm:change", () => this.tell("changing"));
    layer.on("pm:edit", () => this.read(layer, part, place));
    // A vertex too few: geoman takes the layer off by itself.
    layer.on("pm:remove", () => this.drop(part, place));
    this.group.addLayer(layer);
  }

  // Take over what geoman did to one layer; all other parts stay the objects they were.
  read(layer, part, place) {
    const before = this.now[part];
    const parts = part === "extent" ? [...polygonsOf(before)] : [...linesOf(before)];
    const was = new Set((part === "extent" ? parts[place].flat() : parts[place]).map(String));
    const point = ({ lng, lat }) => (was.has(`${lng},${lat}`) ? [lng, lat] : [round(lng), round(lat)]);
    const found = layer.getLatLngs();
    if (part === "extent") {
      parts[place] = found.map((ring) => ring.map(point)).map((ring) => [...ring, ring[0]]);
      this.commit({ extent: asPolygons(parts, before) }, { redraw: parts[place].some((ring) => ring.length < 4) });
    } else {
      parts[place] = found.map(point);
      this.commit({ axis: asLines(parts, before) }, { redraw: false });
    }
  }

  drop(part, place) {
    const before = this.now[part];
    const parts = (part === "extent" ? polygonsOf(before) : linesOf(before)).filter((_, at) => at !== place);
    const whole = part === "extent" ? asPolygons(parts, before) : asLines(parts, before);
    this.commit({ [part]: whole });
  }

  edit(on) {
    this.editing = on;
    this.group.eachLayer((layer) => {
      if (!layer.pm) return;
      if (on)
        layer.pm.enable({
          allowSelfIntersection: true,
          snapDistance: 14,
          snappable: this.snaps !== false,
          limitMarkersToCount: 160,
          removeLayerBelowMinVertexCount: true,
        });
      else if (layer.pm.enabled()) layer.pm.disable();
    });
  }

  parts() {
    return partsOf(this.now);
  }

  bounds() {
    return this.group.getBounds();
  }
}
