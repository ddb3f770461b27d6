// The bench for drawing: the map is the page; tools stand over it, the record beside it. Python answers questions.
import * as L from "../leaflet-src.esm.js";
import { Asking } from "./desk_asking.js";
import { Drawing } from "./desk_drawing.js";
import { geoman, speak } from "./desk_geoman.js";
import { Ground } from "./desk_ground.js";
import { Panel } from "./desk_panel.js";
import { Tools } from "./desk_tools.js";
import { load, sheet } from "./map_load.js";
import { Pending, stateOf } from "./desk_pending.js";
import { Shared } from "./desk_shared.js";
import { h } from "./dom.js";

const VIEW_KEY = "zones-map-view";

export default function render({ parentElement, data, setTriggerValue }) {
  if (!parentElement.zonesDraw?.open) parentElement.zonesDraw = new Desk(parentElement, data);
  const desk = parentElement.zonesDraw;
  desk.asking.send = setTriggerValue;
  desk.update(data);
  return () => desk.close();
}

class Desk {
  constructor(parent, data) {
    Object.assign(this, { open: true, data, words: data.words, colour: data.colour, zone: null, snaps: true });
    this.host = h("div", { class: "z-map z-desk z-has-card" });
    this.canvasBox = h("div", { class: "z-canvas", role: "application", "aria-label": data.strings.map_label });
    this.host.append(this.canvasBox);
    parent.append(this.host);
    this.asking = new Asking();
    this.ready = Promise.all([load(data.base_url), sheet, geoman()]).then(([base]) => (this.open ? this.start(base) : new Promise(() => {})));
  }

  start(base) {
    // The page may have gone on to something else while the data came.
    if (!this.open) return;
    const data = this.data;
    this.map = L.map(this.canvasBox, {
      zoomControl: false, attributionControl: false, zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 110,
      minZoom: 8.5, maxZoom: 20, preferCanvas: false, fadeAnimation: false, zoomAnimation: false, pmIgnore: false, doubleClickZoom: false,
    });
    const kept = JSON.parse(sessionStorage.getItem(VIEW_KEY) ?? "null");
    if (kept) this.map.setView(kept.centre, kept.zoom, { animate: false });
    else this.map.fitBounds(data.home, { animate: false });
    this.map.on("moveend", () => {
      const { lat, lng } = this.map.getCenter();
      sessionStorage.setItem(VIEW_KEY, JSON.stringify({ centre: [lat, lng], zoom: this.map.getZoom() }));
    });
    this.ground = new Ground(this, base);
    this.drawing = new Drawing(this.map, { colour: data.colour }, (what, step) => this.told(what, step));
    this.pending = new Pending(this);
    this.shared = new Shared(this);
    this.tools = new Tools(this);
    this.panel = new Panel(this);
    this.watchSize = new ResizeObserver(() => this.map.invalidateSize({ pan: false }));
    this.watchSize.observe(this.canvasBox);
    this.map.on("click", (event) => this.ground.click(event));
  }

  update(data) {
    this.data = data;
    this.words = data.words;
    this.candidate ??= data.candidate;
    this.asking.answered(data.answer);
    this.ready.then(() => this.show());
  }

  async show() {
    if (!this.open) return;
    const data = this.data;
    const [zones, index] = await Promise.all([load(data.zones_url), load(data.index_url)]);
    if (data !== this.data || !this.host.isConnected) return;
    if (this.lang !== data.lang) speak(this.map, data.lang, data.words);
    const again = this.lang !== data.lang;
    this.lang = data.lang;
    this.index = index.zones;
    this.ground.show(data, zones);
    this.panel.show(data);
    if (again) this.tools.draw();
    if (again) this.pending.show();
    this.host.dataset.painted = String(data.visible.length);
    this.host.dataset.revision = data.revision ?? "";
    if (!this.restored) await this.restore();
    const made = this.candidate;
    this.candidate = null;
    if (made) await this.takeOver(made);
    // A zone chosen in the rail is the one to draw.
    if (data.chosen !== this.chosen) {
      this.chosen = data.chosen;
      if (data.chosen) this.openZone(data.chosen);
    }
  }

  ask(verb, told = {}) {
    return this.asking.ask(verb, { zone: this.zone?.id, ...told });
  }

  // Another zone: the one open before is put aside with its changes, and so may this one have been.
  async openZone(id) {
    if (id === this.zone?.id) return;
    const answer = this.pending.held.has(id) ? {} : await this.asking.ask("open", { zone: id });
    if (answer.error) return this.panel.say(answer.error, "wrong");
    this.leaveZone();
    const held = this.pending.take(id);
    this.zone = held?.zone ?? answer.zone;
    this.drawing.resume(held ?? { steps: [stateOf(this.zone)], at: 0 });
    this.host.dataset.zone = id;
    const bounds = this.drawing.bounds();
    if (bounds.isValid()) this.fit(bounds);
    this.panel.opened();
    this.changedAside();
    this.shared.settle();
  }

  leaveZone() {
    this.tools.stop();
    this.pending.putAside();
    this.zone = null;
    this.drawing.close();
    this.ground.compare([]);
    delete this.host.dataset.zone;
  }

  closeZone() {
    this.leaveZone();
    this.panel.opened();
    this.changedAside();
  }

  // Which zones wait for the save, or their shapes, are others now.
  changedAside() {
    this.pending.keep();
    this.ground.show(this.data);
    this.tools.draw();
    this.pending.show();
    this.figure();
  }

  // Give up what was changed of a zone.
  async drop(id) {
    this.panel.say("");
    if (id !== this.zone?.id) {
      this.pending.take(id);
      if (!this.zone) this.panel.opened();
      return this.changedAside();
    }
    this.drawing.close();
    this.zone = null;
    await this.openZone(id);
  }

  // All that waited is stored.
  async stored() {
    const id = this.zone?.id;
    this.pending.clear();
    this.drawing.close();
    this.zone = null;
    if (id) await this.openZone(id);
    else this.closeZone();
  }

  async restore() {
    this.restored = true;
    if (!this.pending.isKept) return;
    // What was being drawn goes before what is chosen in the rail.
    this.chosen = this.data.chosen;
    await this.pending.restore();
    if (!this.zone) this.panel.opened();
    this.panel.say(this.words.restored, "doubt");
  }

  // A shape that another bench made, such as from four sides in words: the first step of a drawing.
  async takeOver({ zone_id, geometry, ...told }) {
    this.chosen = this.data.chosen;
    await this.openZone(zone_id);
    const { records } = this.drawing.now;
    this.drawing.commit({ extent: geometry, records: { ...records, extent: { ...this.fresh("extent"), grade: "inferred", ...told } } });
    this.panel.opened();
    this.fit(this.drawing.bounds());
    this.panel.say(this.words.handed_over, "doubt");
  }

  fit(bounds) {
    const wide = window.innerWidth > 820;
    this.map.fitBounds(bounds, {
      paddingTopLeft: [wide ? 150 : 30, wide ? 60 : 110], paddingBottomRight: [wide ? 70 : 30, 60], maxZoom: 16, animate: false,
    });
  }

  // The drawing says: "changing" while a vertex is dragged, "changed" after a step, "stepped" after undo or redo.
  told(what, { link, by } = {}) {
    this.panel.counting();
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.figure(), what === "changing" ? 150 : 20);
    if (what === "changing") return;
    const apart = link ? this.pending.stepAlong(link, by) : [];
    this.ground.compare([]);
    this.host.dataset.steps = `${this.drawing.at}/${this.drawing.steps.length}`;
    this.panel.stepped(what === "stepped");
    if (apart.length) this.panel.say(this.words.share_apart.replace("{names}", this.names(apart)), "doubt");
    this.pending.keep();
    if (link) this.ground.show(this.data);
    this.tools.draw();
    this.pending.show();
    this.shared.stepped(what);
  }

  names(ids) {
    return ids.map((id) => this.index.find((zone) => zone.id === id)[this.lang]).join(this.lang === "en" ? ", " : "、");
  }

  async figure(parts = this.liveParts()) {
    if (!this.zone) return;
    this.panel.counting();
    const answer = await this.asking.ask("figure", { ...this.pending.told(null), zone: this.zone.id, parts }, { newest: true });
    if (answer && this.zone) this.panel.figures(answer.error ? { note: answer.error } : answer.figures);
  }

  // While a vertex is dragged, the layers are ahead of the last step.
  liveParts() {
    const parts = this.drawing.parts();
    const layers = this.drawing.group.getLayers().filter((layer) => layer.deskPart === "extent");
    const extent = parts.find((each) => each.part === "extent");
    if (!extent || !layers.length || !this.drawing.editing) return parts;
    const coordinates = layers.map((layer) => L.GeoJSON.latLngsToCoords(layer.getLatLngs(), 1, true, 9));
    return parts.map((each) => (each === extent ? { ...each, geometry: { type: "MultiPolygon", coordinates } } : each));
  }

  // A part that is still being drawn has an area once it has three vertices.
  drawingOn(mode, layer) {
    const points = layer.getLatLngs().map(({ lat, lng }) => [lng, lat]);
    if (mode !== "add" || points.length < 3) return;
    const record = this.drawing.now.records.extent ?? {};
    this.figure([{ part: "extent", record, geometry: { type: "Polygon", coordinates: [[...points, points[0]]] } }]);
  }

  async edit(verb, told) {
    this.panel.say("");
    const { extent, records } = this.drawing.now;
    const answer = await this.ask(verb, { ...this.pending.told(null), extent: extent?.type === "Point" ? null : extent, ...told });
    if (answer.error) {
      this.panel.say(answer.error, "wrong");
      this.figure();
      return null;
    }
    const own = verb === "band" ? { half_width_m: told.half_width_m, method: "axis_buffer" } : {};
    this.drawing.commit({ extent: answer.extent, records: { ...records, extent: { ...this.fresh("extent"), ...own } } });
    this.panel.opened(false);
    this.panel.say(answer.said);
    return answer;
  }

  // The record of a part that is new: nothing is filled in that nobody knows.
  fresh(part) {
    const today = new Date();
    const date = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((each) => String(each).padStart(2, "0")).join("-");
    return this.drawing.now.records[part] ?? { edge_rule: "lonlat", traced_on: date };
  }

  addAxis(axis) {
    const { records } = this.drawing.now;
    this.drawing.commit({ axis, records: { ...records, axis: { method: "axis_traced", ...this.fresh("axis") } } });
    this.panel.opened(false);
  }

  setPoint(coordinates) {
    const { records } = this.drawing.now;
    const record = { method: "point_place", ...this.fresh("extent") };
    this.drawing.commit({ extent: { type: "Point", coordinates }, records: { ...records, extent: record } });
    this.panel.opened(false);
  }

  halfWidth() {
    return Number(this.drawing.now.records.extent?.half_width_m ?? 0);
  }

  setSnap(on) {
    this.snaps = this.drawing.snaps = on;
    if (this.drawing.editing) this.drawing.edit(true);
  }

  close() {
    this.open = false;
    this.watchSize?.disconnect();
    this.tools?.close();
    this.shared?.close();
    this.map?.remove();
    this.host.remove();
  }
}
