// The map of the desk. Python says what to show; the map keeps its own view and reports clicks.
import * as L from "../leaflet-src.esm.js";
import { Base, Zones, makeCanvas } from "./map_layers.js";
import { Furniture } from "./map_furniture.js";
import { Labels } from "./map_labels.js";
import { zonesAt } from "./map_hit.js";
import { Classes } from "./map_classes.js";
import { load, sheet } from "./map_load.js";
import { h } from "./dom.js";

const VIEW_KEY = "zones-map-view";

export default function render({ parentElement, data, setTriggerValue }) {
  // New data under a running page: start the map anew, on the view it had.
  if (parentElement.zonesDesk && parentElement.zonesDesk.data.zones_url !== data.zones_url)
    parentElement.zonesDesk.close();
  if (!parentElement.zonesDesk?.open) parentElement.zonesDesk = new Desk(parentElement, data);
  const desk = parentElement.zonesDesk;
  desk.send = setTriggerValue;
  desk.update(data);
  return () => desk.close();
}

class Desk {
  constructor(parent, data) {
    this.open = true;
    this.data = data;
    this.host = h("div", { class: `z-map ${data.inset ? "z-map-inset" : ""}` });
    this.canvasBox = h("div", { class: "z-canvas", role: "application", "aria-label": data.strings.map_label });
    this.skeleton = h("div", { class: "z-skeleton" }, h("span", {}, data.strings.loading_map));
    this.host.append(this.canvasBox, this.skeleton);
    parent.append(this.host);
    this.map = L.map(this.canvasBox, {
      zoomControl: false,
      attributionControl: false,
      zoomSnap: 0.25,
      zoomDelta: 0.5,
      wheelPxPerZoomLevel: 110,
      minZoom: 8.5,
      maxZoom: 18,
      preferCanvas: true,
      maxBoundsViscosity: 0.6,
      fadeAnimation: false,
      zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
    for (const [pane, order] of [
      ["base", 200],
      ["zones", 400],
      ["labels", 640],
    ]) {
      this.map.createPane(pane).style.zIndex = order;
    }
    this.map.getPane("labels").style.pointerEvents = "none";
    this.inset = Boolean(data.inset);
    this.tip = h("div", { class: "z-tip", hidden: true });
    this.host.append(this.tip);
    // Left before its data came: nothing is started on a map that is gone.
    this.ready = Promise.all([load(data.base_url), load(data.zones_url), sheet]).then(([base, zones]) =>
      this.open ? this.start(data, base, zones) : new Promise(() => {}),
    );
    this.watchSize = new ResizeObserver(() => this.map.invalidateSize({ pan: false }));
    this.watchSize.observe(this.canvasBox);
  }

  start(data, base, zones) {
    // The page may have gone on to something else while the data came.
    if (!this.open) return;
    this.skeleton.remove();
    const canvas = makeCanvas(L);
    this.base = new Base(L, this.map, canvas("base"), data.style.base);
    this.zones = new Zones(L, this.map, canvas("zones"), data.style);
    this.raster = L.layerGroup().addTo(this.map);
    this.extra = L.layerGroup().addTo(this.map);
    this.classes = new Classes(L, this.map, this.zones.canvas, data.style);
    this.zones.fill(zones);
    this.zonesUrl = data.zones_url;
    this.setView(data);
    this.base.fill(base);
    this.labels = new Labels(L, this.map);
    this.furniture = new Furniture(L, this.map, this.host, (...said) => this.send(...said));
    this.furniture.onHome = () => this.fit(this.everything(), true);
    this.listen();
  }

  update(data) {
    this.data = data;
    // One frame later: a card that comes with the same answer shows before the map spends its time drawing.
    this.ready.then(() => requestAnimationFrame(() => this.show(data)));
  }

  show(data) {
    if (!this.open) return;
    if (data !== this.data || !this.host.isConnected) return;
    this.host.classList.toggle("z-has-card", Boolean(data.selected) && !this.inset);
    const { selected, lang, extra, sides, classes, grounds } = data;
    const picture = JSON.stringify([[...data.visible].sort(), selected, lang, extra, sides, classes?.ticket, grounds, data.raster?.url.length]);
    if (picture !== this.picture) this.draw(data);
    this.picture = picture;
    if (this.under && !this.under.some((zone) => zone.id === data.selected)) this.forget();
    if (data.focus !== this.focus) {
      this.focus = data.focus;
      this.forget();
      this.goTo(data);
    }
    this.host.dataset.painted = String(data.visible.length);
    if (classes) this.host.dataset.features = String(classes.shapes.features.length);
    this.host.dataset.selected = data.selected ?? "";
  }

  draw(data) {
    this.zones.style = data.style;
    for (const zone of this.zones.all.values()) zone.look = data.style.kinds[zone.kind];
    // On a contradiction's map colour tells the sides apart, not the kinds.
    for (const { zones, colour, ink } of data.sides ?? []) {
      for (const zone of zones.map((id) => this.zones.all.get(id)).filter(Boolean))
        zone.look = { ...zone.look, colour, ink };
    }
    this.zones.show(data.visible, data.selected);
    this.drawRaster(data.raster);
    this.drawExtra(data);
    if (data.classes) this.classes.draw(data.classes, this.zones.shown);
    this.labels.set([...this.zones.labels(data.lang), ...this.base.labels(data.lang)]);
    this.furniture.draw(data, this.zones.shown);
  }

  // A picture on the map's own plane, above the base map and below the zones.
  drawRaster(raster) {
    this.raster.clearLayers();
    if (!raster) return;
    const pane = this.map.getPane("raster") ?? this.map.createPane("raster");
    pane.style.zIndex = 350;
    pane.style.pointerEvents = "none";
    const [west, south, east, north] = raster.bounds;
    const box = [[south, west], [north, east]];
    this.raster.addLayer(L.imageOverlay(raster.url, box, { pane: "raster", opacity: 0.9, className: "z-raster" }));
  }

  drawExtra(data) {
    this.extra.clearLayers();
    for (const { shape, look } of data.grounds ?? []) {
      const renderer = this.zones.canvas;
      const pointToLayer = (_, place) => L.circleMarker(place, { radius: 6, renderer, interactive: false });
      this.extra.addLayer(L.geoJSON(shape, { renderer, interactive: false, pointToLayer, style: { ...look } }));
    }
    if (!data.extra) return;
    const colour = data.extra_colour ?? data.style.base.ink;
    const hatch = data.extra_colour ? null : "lines";
    const many = data.extra.features?.length > 500;
    this.extra.addLayer(
      L.geoJSON(data.extra, {
        renderer: this.zones.canvas,
        interactive: false,
        pointToLayer: (_, place) =>
          L.circleMarker(place, { radius: many ? 1 : 4, renderer: this.zones.canvas, interactive: false }),
        style: ({ geometry }) => ({
          color: colour,
          colour,
          weight: many && geometry.type === "Point" ? 0.3 : 1.5,
          fillColor: colour,
          fillOpacity: geometry.type === "Point" ? 0.6 : data.extra_colour ? 0.3 : 0.12,
          hatch,
          hatchOpacity: 0.7,
        }),
      }),
    );
  }

  everything() {
    if (this.data.box) return L.latLngBounds(this.data.box);
    const boxes = this.data.visible
      .map((id) => this.zones.all.get(id))
      .filter(Boolean)
      .map((zone) => this.zones.bounds(zone));
    return boxes.reduce((all, box) => all.extend(box), L.latLngBounds([]));
  }

  setView(data) {
    const kept = this.inset ? null : JSON.parse(sessionStorage.getItem(VIEW_KEY) ?? "null");
    this.focus = kept ? data.focus : undefined;
    if (kept) this.map.setView(kept.centre, kept.zoom, { animate: false });
    else
      this.map.fitBounds(data.home, {
        animate: false,
        paddingTopLeft: [window.innerWidth > 820 ? 150 : 24, 24],
        paddingBottomRight: [72, 40],
      });
    if (!kept && !data.selected && !this.inset) this.focus = data.focus;
    if (!this.inset) {
      this.map.on("moveend", () => {
        const { lat, lng } = this.map.getCenter();
        sessionStorage.setItem(VIEW_KEY, JSON.stringify({ centre: [lat, lng], zoom: this.map.getZoom() }));
      });
    }
  }

  goTo(data) {
    if (this.inset) {
      const grounds = (data.grounds ?? []).map(({ shape }) => L.geoJSON(shape).getBounds());
      this.fit(grounds.length ? grounds.reduce((all, box) => all.extend(box)) : this.everything(), false);
      return;
    }
    const zone = this.zones.all.get(data.selected);
    if (zone) this.fit(this.zones.bounds(zone), true);
  }

  // Keep clear of what stands on the map: the card at the right, the sheet at the bottom of a phone.
  fit(bounds, animate) {
    if (!bounds.isValid()) return;
    const wide = window.innerWidth > 820;
    const card = this.host.classList.contains("z-has-card");
    this.map.flyToBounds(bounds, {
      paddingTopLeft: [wide && !this.inset && this.furniture.legendOpen ? 200 : 48, 48],
      maxZoom: 14.5,
      duration: animate ? 0.5 : 0,
      animate,
      paddingBottomRight: this.inset
        ? [48, 48]
        : [card && wide ? 420 : 64, card && !wide ? window.innerHeight * 0.5 : 72],
    });
  }

  // What a reader does shows at once; the same picture coming back from Python is not drawn again.
  guess(change) {
    this.update({ ...this.data, ...change });
  }

  listen() {
    this.follow = ({ detail }) => {
      const hidden = new Set(detail);
      const shown = [...this.zones.all.values()].filter((zone) => !zone.groups.every((group) => hidden.has(group)));
      this.guess({ visible: shown.map((zone) => zone.id) });
    };
    if (!this.inset) document.addEventListener("zones-off", this.follow);
    this.map.on("click", (event) => this.click(event));
    let waiting = null;
    this.map.on("mousemove", (event) => {
      if (waiting === null)
        requestAnimationFrame(() => {
          this.hover(waiting);
          waiting = null;
        });
      waiting = event;
    });
    this.map.on("mouseout movestart", () => {
      this.tip.hidden = true;
    });
  }

  click(event) {
    if (this.inset) return;
    const found = zonesAt(this.map, this.zones.shown, event.latlng);
    const ids = found.map((zone) => zone.id).join();
    const again = this.under && this.under.map((zone) => zone.id).join() === ids;
    const place = again ? found.findIndex((zone) => zone.id === this.data.selected) + 1 : 0;
    this.under = found;
    const next = found.length ? found[place % found.length] : null;
    this.furniture.choose(found, next?.id, this.data.lang);
    this.send("picked", next ? next.id : "");
    this.guess({ selected: next?.id ?? null });
    if (next) this.uncover(event.containerPoint);
  }

  // The view stays, unless the card is about to cover the very place that was clicked.
  uncover(point) {
    const size = this.map.getSize();
    const room = window.innerWidth > 820 ? [size.x - 380, size.y] : [size.x, size.y - window.innerHeight * 0.52 - 40];
    const past = [point.x - room[0], point.y - room[1]];
    if (Math.max(...past) > 0) this.map.panBy(past.map((pixels) => (pixels > 0 ? pixels + 60 : 0)));
  }

  forget() {
    this.under = null;
    this.furniture.choose([]);
  }

  hover(event) {
    const top = event && (this.classes.at(event.latlng) ?? zonesAt(this.map, this.zones.shown, event.latlng)[0]);
    this.canvasBox.style.cursor = top && !this.inset ? "pointer" : "";
    this.tip.hidden = !top;
    if (!top) return;
    this.tip.textContent = top[this.data.lang];
    this.tip.style.transform = `translate(${event.containerPoint.x + 14}px, ${event.containerPoint.y + 14}px)`;
  }

  close() {
    this.open = false;
    this.watchSize.disconnect();
    if (this.follow) document.removeEventListener("zones-off", this.follow);
    this.map.remove();
    this.host.remove();
  }
}
