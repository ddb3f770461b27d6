// What lies under a drawing: base map, the draft's zones, pictures to trace, and what is compared with it.
import * as L from "../leaflet-src.esm.js";
import { Base, Zones, makeCanvas } from "./map_layers.js";
import { Furniture } from "./map_furniture.js";
import { Labels } from "./map_labels.js";
import { zonesAt } from "./map_hit.js";
import { outlines } from "./desk_outline.js";
import { h } from "./dom.js";

const PANES = [["base", 200], ["pictures", 300], ["zones", 390], ["waiting", 395], ["compare", 450], ["labels", 640]];
const SNAP_TO = new Set(["roads", "districts", "subdistricts", "land", "stations"]);

export class Ground {
  constructor(desk, base) {
    this.desk = desk;
    this.map = desk.map;
    for (const [pane, order] of PANES) this.map.createPane(pane).style.zIndex = order;
    for (const pane of ["labels", "pictures", "waiting", "compare"]) this.map.getPane(pane).style.pointerEvents = "none";
    const canvas = makeCanvas(L);
    const style = desk.data.style;
    this.base = new Base(L, this.map, canvas("base"), style.base);
    this.zones = new Zones(L, this.map, canvas("zones"), style);
    this.base.fill(base);
    this.labels = new Labels(L, this.map);
    this.furniture = new Furniture(L, this.map, desk.host, (event, id) => event === "picked" && this.picked(id));
    this.furniture.legendOpen = false;
    this.furniture.onHome = () => this.map.fitBounds(desk.data.home);
    this.pictures = new Map();
    this.compared = L.layerGroup().addTo(this.map);
    this.waiting = L.layerGroup().addTo(this.map);
    this.compareCanvas = canvas("compare");
    // Below what is being drawn: its own line stays whole where a neighbour's lies on it.
    this.waitingCanvas = canvas("waiting");
    this.tip = h("div", { class: "z-tip", hidden: true });
    desk.host.append(this.tip);
    this.map.on("moveend zoomend", () => this.snapTargets());
    this.map.on("mousemove", (event) => this.hover(event));
    this.map.on("mouseout", () => (this.tip.hidden = true));
  }

  show(data, zones = null) {
    if (zones) this.stored = zones;
    const own = this.desk.zone?.id;
    const aside = this.desk.pending.aside;
    const drawn = JSON.stringify([data.zones_url, aside.map(({ zone, steps, at }) => [zone.id, steps[at].extent, steps[at].axis])]);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.fill(aside);
    }
    const picture = JSON.stringify([data.visible, own, data.lang, drawn]);
    if (picture !== this.picture) {
      this.picture = picture;
      this.zones.show(data.visible.filter((id) => id !== own), null);
      this.labels.set([...this.zones.labels(data.lang), ...this.base.labels(data.lang)]);
      // What is being drawn is no official boundary.
      this.furniture.draw(data, own ? [] : this.zones.shown);
      this.snapTargets();
    }
    this.lang = data.lang;
    this.showPictures(data.overlays);
  }

  // Zones that wait for the save stand there as they will be, dashed in the colour of what is drawn.
  fill(aside) {
    const shapes = new Map(aside.map(({ zone, steps, at }) => [zone.id, steps[at]]));
    this.zones.all.clear();
    this.zones.fill({ features: this.stored.features.filter(({ properties }) => !shapes.has(properties.id)) });
    this.waiting.clearLayers();
    for (const [id, { extent, axis }] of shapes) {
      const named = this.stored.features.find(({ properties }) => properties.id === id)?.properties;
      for (const geometry of [extent, axis].filter(Boolean)) {
        if (named) this.zones.add({ properties: named, geometry });
      }
    }
    this.outline([...shapes.values()].flatMap(({ extent, axis }) => [extent, axis].filter(Boolean)));
    for (const zone of this.zones.all.values()) zone.rank = zone.point ? zone.order / -100 : zone.area;
  }

  // Dashes on a light band, which keeps them apart from the lines and fills of other zones below.
  outline(shapes) {
    const drawn = outlines(shapes.filter(({ type }) => type !== "Point"));
    const lines = { type: "MultiLineString", coordinates: drawn };
    const points = shapes.filter(({ type }) => type === "Point");
    const band = { color: "#FFFFFF", opacity: 0.85, weight: 6, lineCap: "butt" };
    const dashes = { color: this.desk.colour, weight: 2.5, dashArray: "7 5" };
    for (const look of [band, dashes]) {
      const line = { ...look, fill: false, renderer: this.waitingCanvas, interactive: false, snapIgnore: true };
      for (const shape of [lines, ...points]) {
        this.waiting.addLayer(L.geoJSON(shape, { snapIgnore: true, style: line, pointToLayer: (_, at) => L.circleMarker(at, { ...line, radius: 8 }) }));
      }
    }
  }

  // Geoman looks at each target on each move: only what is in view, and only lines one may follow.
  snapTargets() {
    const view = this.map.getBounds().pad(0.2);
    for (const tier of [this.base.far, this.base.near, this.base.close]) {
      tier.eachLayer((layer) => {
        const near = layer.getBounds ? view.intersects(layer.getBounds()) : view.contains(layer.getLatLng());
        layer.options.snapIgnore = !(near && SNAP_TO.has(layer.feature?.properties.base));
      });
    }
    this.zones.group.eachLayer((layer) => {
      const near = layer.getBounds ? view.intersects(layer.getBounds()) : view.contains(layer.getLatLng());
      layer.options.snapIgnore = !near;
    });
  }

  // Other zones step back, so that what is traced can be seen through them.
  fade(on) {
    this.faded = on;
    this.map.getPane("zones").style.opacity = on ? 0.3 : 1;
  }

  showPictures(overlays) {
    if (overlays.length && this.faded === undefined) this.fade(true);
    const wanted = new Set(overlays.map((one) => one.name));
    for (const [name, { layer }] of this.pictures) {
      if (wanted.has(name)) continue;
      layer.remove();
      this.pictures.delete(name);
    }
    for (const one of overlays) {
      if (this.pictures.get(one.name)?.url === one.url) continue;
      this.pictures.get(one.name)?.layer.remove();
      const layer = L.imageOverlay(one.url, one.bounds, { pane: "pictures", opacity: 0.7, snapIgnore: true }).addTo(this.map);
      this.pictures.set(one.name, { layer, url: one.url, on: true, opacity: 0.7 });
    }
  }

  setPicture(name, change) {
    const held = Object.assign(this.pictures.get(name), change);
    held.layer.setOpacity(held.on ? held.opacity : 0);
  }

  // Shapes to be looked at beside the drawing: [GeoJSON, colour, hatch].
  compare(shapes) {
    this.compared.clearLayers();
    for (const [shape, colour, hatch] of shapes) {
      const look = { color: colour, colour, weight: 2.5, fillColor: colour, fillOpacity: hatch ? 0.15 : 0.08, hatch, hatchOpacity: 0.8 };
      const options = { renderer: this.compareCanvas, interactive: false, snapIgnore: true };
      this.compared.addLayer(
        L.geoJSON(shape, { ...options, style: look, pointToLayer: (_, at) => L.circleMarker(at, { ...look, ...options, radius: 11, fillOpacity: 0 }) }),
      );
    }
  }

  bounds(shape) {
    return L.geoJSON(shape).getBounds();
  }

  click({ latlng }) {
    const found = zonesAt(this.map, this.zones.shown, latlng);
    const { tools, zone } = this.desk;
    if (tools.mode === "merge" || !zone) {
      this.furniture.choose(found, null, this.lang);
      if (found.length === 1) this.picked(found[0].id);
    }
  }

  picked(id) {
    this.furniture.choose([]);
    if (this.desk.tools.mode === "merge") {
      this.desk.tools.stop();
      this.desk.edit("merge", { other: id });
    } else if (!this.desk.zone) this.desk.openZone(id);
  }

  hover({ latlng, containerPoint }) {
    const picks = !this.desk.zone || this.desk.tools.mode === "merge";
    const top = picks && zonesAt(this.map, this.zones.shown, latlng)[0];
    this.tip.hidden = !top;
    if (!top) return;
    this.tip.textContent = top[this.lang];
    this.tip.style.transform = `translate(${containerPoint.x + 14}px, ${containerPoint.y + 14}px)`;
  }
}
