// Features of a reader's own layer, coloured and patterned by class, above the zone they were counted in.
import { insidePolygons } from "./map_hit.js";

const NEAR = 13.5; // from this zoom a shape is large enough to have an edge of its own

export class Classes {
  constructor(L, map, canvas, style) {
    Object.assign(this, { L, canvas, style, held: [], ticket: null });
    this.group = L.layerGroup().addTo(map);
    map.on("zoomend", () => this.byZoom(map.getZoom()));
    this.near = map.getZoom() >= NEAR;
  }

  draw(told, zones) {
    this.group.clearLayers();
    if (told.ticket !== this.ticket) this.read(told);
    for (const shape of this.held) {
      shape.path = this.L.polygon(shape.polygons, { ...shape.look, ...this.edge(shape.look) });
      this.group.addLayer(shape.path);
    }
    // The zone's own line must show over what lies in it.
    const line = { renderer: this.canvas, interactive: false, fill: false, color: this.style.base.ink, weight: told.line ?? 2 };
    for (const zone of zones) if (zone.polygons) this.group.addLayer(this.L.polygon(zone.polygons, line));
  }

  edge({ fillColor, colour }) {
    return this.near ? { color: colour, weight: 0.6 } : { color: fillColor, weight: 0.8 };
  }

  byZoom(zoom) {
    if (zoom >= NEAR === this.near) return;
    this.near = zoom >= NEAR;
    for (const { path, look } of this.held) path?.setStyle(this.edge(look));
  }

  read({ ticket, looks, shapes }) {
    const ink = this.style.base.ink;
    const convert = this.L.GeoJSON.coordsToLatLngs;
    this.ticket = ticket;
    this.held = shapes.features
      .filter(({ geometry }) => geometry.type.endsWith("Polygon"))
      .map(({ properties, geometry: { type, coordinates } }) => {
        const polygons = type[0] === "M" ? convert(coordinates, 2) : [convert(coordinates, 1)];
        const { colour, hatch, opacity } = looks[properties.look];
        const fill = { fillColor: colour, fillOpacity: opacity ?? 0.85, colour: ink, hatch, hatchOpacity: 0.55 };
        const look = { renderer: this.canvas, interactive: false, ...fill };
        return { polygons, look, tip: properties.tip, box: this.L.latLngBounds(polygons.flat(2)) };
      });
  }

  // What lies under a point, worded as a zone is: its name in either language.
  at(latlng) {
    const found = this.held.findLast(({ box, polygons }) => box.contains(latlng) && insidePolygons(polygons, latlng));
    return found && { zh: found.tip, en: found.tip };
  }
}
