// Features of a reader's own layer, coloured and patterned by class, above the zone they were counted in.
import { insidePolygons } from "./map_hit.js";

export class Classes {
  constructor(L, map, canvas, style) {
    Object.assign(this, { L, canvas, style, held: [], ticket: null });
    this.group = L.layerGroup().addTo(map);
  }

  draw(told, zones) {
    this.group.clearLayers();
    if (told.ticket !== this.ticket) this.read(told);
    for (const { polygons, look } of this.held) this.group.addLayer(this.L.polygon(polygons, look));
    // The zone's own line must show over what lies in it.
    const line = { renderer: this.canvas, interactive: false, fill: false, color: this.style.base.ink, weight: 2 };
    for (const zone of zones) if (zone.polygons) this.group.addLayer(this.L.polygon(zone.polygons, line));
  }

  read({ ticket, looks, shapes }) {
    const ink = this.style.base.ink;
    const convert = this.L.GeoJSON.coordsToLatLngs;
    this.ticket = ticket;
    this.held = shapes.features
      .filter(({ geometry }) => geometry.type.endsWith("Polygon"))
      .map(({ properties, geometry: { type, coordinates } }) => {
        const polygons = type[0] === "M" ? convert(coordinates, 2) : [convert(coordinates, 1)];
        const { colour, hatch } = looks[properties.look];
        const fill = { fillColor: colour, fillOpacity: 0.85, color: ink, weight: 0.6 };
        const look = { renderer: this.canvas, interactive: false, ...fill, colour: ink, hatch, hatchOpacity: 0.55 };
        return { polygons, look, tip: properties.tip, box: this.L.latLngBounds(polygons.flat(2)) };
      });
  }

  // What lies under a point, worded as a zone is: its name in either language.
  at(latlng) {
    const found = this.held.findLast(({ box, polygons }) => box.contains(latlng) && insidePolygons(polygons, latlng));
    return found && { zh: found.tip, en: found.tip };
  }
}
