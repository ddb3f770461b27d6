// The bench for plan figures: the picture on one side, the map on the other, control points on both, a table below.
// Points are worked on here and sent whole with each change; Python answers with the fit.
import * as L from "../leaflet-src.esm.js";
import { Base, makeCanvas } from "./map_layers.js";
import { Labels } from "./map_labels.js";
import { PointTable } from "./georef_table.js";
import { h, icon, ICONS } from "./dom.js";

const SNAP_PX = 14;
const files = new Map();

function load(url) {
  if (!files.has(url)) files.set(url, fetch(new URL(url, document.baseURI)).then((answer) => answer.json()));
  return files.get(url);
}

const sheet = new Promise((done) => {
  const href = new URL("../leaflet.css", import.meta.url).href;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done, onerror: done });
  document.head.prepend(link);
});

export default function render({ parentElement, data, setTriggerValue }) {
  if (!parentElement.zonesGeoref?.open) parentElement.zonesGeoref = new Bench(parentElement, data);
  const bench = parentElement.zonesGeoref;
  bench.send = setTriggerValue;
  bench.update(data);
  return () => bench.close();
}

class Bench {
  constructor(parent, data) {
    Object.assign(this, { open: true, data, points: [], revision: -1, chosen: null, half: {} });
    this.hint = h("p", { class: "z-geo-hint", "aria-live": "polite" });
    this.picture = new Pane("picture", data.strings.geo_picture);
    this.map = new Pane("map", data.strings.geo_map);
    this.opacity = h("input", { type: "range", min: 0, max: 100, value: 65, "aria-label": data.strings.geo_opacity });
    this.opacity.addEventListener("input", () => this.preview?.setOpacity(this.opacity.value / 100));
    this.fader = h("label", { class: "z-geo-fader", hidden: true }, h("span", {}), this.opacity);
    L.DomEvent.disableClickPropagation(this.fader);
    this.credits = h("details", { class: "z-geo-credits" });
    this.map.host.append(this.fader);
    this.map.box.append(this.credits);
    this.typed = this.typing();
    this.table = new PointTable((change) => this.changed(change), (id) => this.choose(id));
    const panes = h("div", { class: "z-geo-panes" }, this.picture.box, this.map.box);
    this.host = h("div", { class: "z-geo" }, this.hint, panes, this.typed.form, this.table.box);
    parent.append(this.host);
    this.ready = Promise.all([load(data.base_url), sheet]).then(([base]) => (this.open ? this.start(base) : new Promise(() => {})));
    this.onKey = (event) => {
      if (event.key === "Escape") this.drop();
    };
    document.addEventListener("keydown", this.onKey);
    this.watch = new ResizeObserver(() => [this.picture, this.map].forEach((pane) => pane.map?.invalidateSize()));
    this.watch.observe(this.host);
  }

  start(base) {
    // The page may have gone on to something else while the data came.
    if (!this.open) return;
    this.picture.start({ crs: L.CRS.Simple, minZoom: -6, maxZoom: 4, zoomSnap: 0.25 });
    this.map.start({ minZoom: 8.5, maxZoom: 18, zoomSnap: 0.25 });
    const ground = this.map.map;
    ground.createPane("base").style.zIndex = 200;
    ground.createPane("preview").style.zIndex = 300;
    ground.createPane("labels").style.zIndex = 460;
    ground.getPane("labels").style.pointerEvents = "none";
    ground.fitBounds(this.data.home);
    L.control.scale({ imperial: false, position: "topleft" }).addTo(ground);
    const canvas = makeCanvas(L);
    this.base = new Base(L, ground, canvas("base"), this.data.style.base);
    this.base.fill(base);
    this.stations = base.features
      .filter(({ properties, geometry }) => properties.base === "stations" && geometry.type === "Point")
      .map(({ properties, geometry }) => ({ names: properties, at: L.latLng(geometry.coordinates[1], geometry.coordinates[0]) }));
    this.labels = new Labels(L, ground);
    this.labels.set(this.base.labels(this.data.lang));
    this.picture.marks = L.layerGroup().addTo(this.picture.map);
    this.map.marks = L.layerGroup().addTo(ground);
    this.picture.map.on("click", ({ latlng }) => this.onPicture(this.inPixels(latlng)));
    ground.on("click", ({ latlng }) => this.onGround(latlng));
    this.picture.onHome = () => this.fitPicture();
    this.map.onHome = () => this.fitGround();
  }

  update(data) {
    this.data = data;
    if (data.revision >= this.revision) {
      this.points = data.points;
      this.revision = data.revision;
    }
    this.ready.then(() => this.show(data));
  }

  show(data) {
    if (!this.open) return;
    if (data !== this.data || !this.host.isConnected) return;
    this.picture.words(data.strings.geo_picture, data.strings);
    this.map.words(data.strings.geo_map, data.strings);
    if (this.lang !== data.lang) {
      this.labels.set(this.base.labels(data.lang));
      const list = h("ul", {}, data.credits.map((credit) => h("li", {}, credit)));
      this.credits.replaceChildren(h("summary", {}, data.strings.all_credits), list);
    }
    this.lang = data.lang;
    this.showPicture(data.picture);
    this.showPreview(data.preview);
    this.typed.words(data);
    this.follow();
    this.draw();
  }

  // A point typed or read lies where nobody looked yet: the map goes there.
  follow() {
    const known = this.points.filter(({ lon }) => Number.isFinite(lon));
    const last = known.at(-1);
    const told = known.length > (this.known ?? 0) && ["typed", "file"].includes(last.how);
    if (told && !this.map.map.getBounds().contains([last.lat, last.lon])) this.fitGround();
    else if (told && this.map.map.getZoom() < 11 && known.length > 1) this.fitGround();
    this.known = known.length;
  }

  showPicture(picture) {
    if (this.shown === picture.url) return;
    this.image?.remove();
    this.shown = picture.url;
    this.size = picture;
    const bounds = [[0, 0], [picture.height, picture.width]];
    this.image = L.imageOverlay(new URL(picture.url.replace(/^\//, ""), document.baseURI).href, bounds).addTo(this.picture.map);
    this.picture.map.setMaxBounds(L.latLngBounds(bounds).pad(0.5));
    this.fitPicture();
    if (this.points.length) this.fitGround();
    this.half = {};
  }

  showPreview(preview) {
    const { geo_opacity: words } = this.data.strings;
    this.fader.firstChild.textContent = words;
    this.fader.hidden = !preview;
    if (this.previewed === (preview?.url ?? null)) return;
    this.previewed = preview?.url ?? null;
    this.preview?.remove();
    this.preview = null;
    if (!preview) return;
    const address = new URL(preview.url.replace(/^\//, ""), document.baseURI).href;
    const look = { pane: "preview", opacity: this.opacity.value / 100 };
    this.preview = L.imageOverlay(address, preview.bounds, look).addTo(this.map.map);
    this.map.map.fitBounds(preview.bounds, { padding: [20, 20] });
  }

  fitPicture() {
    this.picture.map.fitBounds([[0, 0], [this.size.height, this.size.width]], { animate: false });
  }

  fitGround() {
    const places = this.points.map(({ lat, lon }) => [lat, lon]).filter(([lat]) => Number.isFinite(lat));
    if (this.previewed) this.map.map.fitBounds(this.data.preview.bounds, { padding: [20, 20] });
    else if (places.length > 1) this.map.map.fitBounds(places, { padding: [40, 40], maxZoom: 15 });
    else this.map.map.fitBounds(this.data.home);
  }

  inPixels({ lat, lng }) {
    return { column: lng, row: this.size.height - lat };
  }

  inside({ column, row }) {
    return column >= 0 && row >= 0 && column <= this.size.width && row <= this.size.height;
  }

  onPicture(pixel) {
    if (!this.inside(pixel)) return;
    this.half.pixel = pixel;
    this.join();
  }

  onGround(latlng) {
    this.half.ground = this.snapped(latlng);
    this.join();
  }

  // A station is a place with a name and a known error; a click beside one means it.
  snapped(latlng) {
    const { map } = this.map;
    const here = map.latLngToContainerPoint(latlng);
    const near = this.stations
      .map((station) => ({ ...station, away: map.latLngToContainerPoint(station.at).distanceTo(here) }))
      .filter(({ away }) => away <= SNAP_PX && map.getZoom() >= 12)
      .sort((a, b) => a.away - b.away)[0];
    const { accuracy, lang } = this.data;
    if (!near) return { lon: latlng.lng, lat: latlng.lat, how: "map", error_m: accuracy.map, given: "" };
    const name = near.names[lang] || near.names.zh || "";
    return { lon: near.at.lng, lat: near.at.lat, how: "station", error_m: accuracy.station, given: name };
  }

  // Two halves, in whichever order, make a point.
  join() {
    const { pixel, ground } = this.half;
    if (pixel && ground) {
      const id = crypto.getRandomValues(new Uint32Array(2)).join("-");
      this.half = {};
      this.chosen = id;
      this.changed([...this.points, { id, check: false, ...pixel, ...ground }]);
    } else this.draw();
  }

  drop() {
    this.half = {};
    this.draw();
  }

  changed(points) {
    this.points = points;
    this.revision += 1;
    this.draw();
    const plain = points.map(({ id, column, row, lon, lat, check, error_m, how, given, typed }) => ({
      ...{ id, column, row, lon, lat, check, error_m, how, given, typed },
    }));
    this.send("points", { revision: this.revision, points: plain });
  }

  edit(id, change) {
    this.changed(this.points.map((point) => (point.id === id ? { ...point, ...change } : point)));
  }

  choose(id) {
    this.chosen = this.chosen === id ? null : id;
    const point = this.points.find((each) => each.id === this.chosen);
    if (point) {
      this.picture.map.panTo([this.size.height - point.row, point.column]);
      if (Number.isFinite(point.lat)) this.map.map.panTo([point.lat, point.lon]);
    }
    this.draw();
  }

  draw() {
    const { strings: t, residuals } = this.data;
    for (const pane of [this.picture, this.map]) pane.marks.clearLayers();
    this.points.forEach((point, place) => this.drawPoint(point, place + 1, residuals?.[point.id]));
    const { pixel, ground } = this.half;
    const waiting = { icon: mark("", "z-geo-half"), interactive: false };
    if (pixel) L.marker([this.size.height - pixel.row, pixel.column], waiting).addTo(this.picture.marks);
    if (ground?.lat !== undefined) L.marker([ground.lat, ground.lon], waiting).addTo(this.map.marks);
    const state = pixel ? "geo_hint_ground" : ground ? "geo_hint_picture" : this.points.length ? "geo_hint_more" : "geo_hint";
    this.hint.replaceChildren(h("span", {}, t[state]));
    if (pixel || ground) this.hint.append(h("button", { type: "button", class: "z-link", onclick: () => this.drop() }, t.geo_drop));
    this.picture.box.classList.toggle("z-geo-wanted", Boolean(ground && !pixel));
    this.map.box.classList.toggle("z-geo-wanted", Boolean(pixel && !ground));
    this.table.draw(this.points, this.data, this.chosen);
    this.host.dataset.points = String(this.points.length);
  }

  drawPoint(point, number, residual) {
    const look = ["z-geo-point", point.check ? "z-geo-check" : "", residual?.slip ? "z-geo-slip" : "", point.id === this.chosen ? "z-geo-chosen" : ""];
    const options = { icon: mark(number, look.join(" ")), draggable: true, keyboard: false, zIndexOffset: point.id === this.chosen ? 1000 : 0 };
    const onPicture = L.marker([this.size.height - point.row, point.column], options).addTo(this.picture.marks);
    onPicture.on("dragend", () => {
      const pixel = this.inPixels(onPicture.getLatLng());
      if (this.inside(pixel)) this.edit(point.id, pixel);
      else this.draw();
    });
    // With half a point waiting, a click beside a point that stands already means the new one.
    onPicture.on("click", ({ originalEvent }) => {
      if (this.half.ground) this.onPicture(this.inPixels(this.picture.map.mouseEventToLatLng(originalEvent)));
      else this.choose(point.id);
    });
    if (!Number.isFinite(point.lat)) return;
    if (residual?.at) {
      const line = [[point.lat, point.lon], residual.at];
      const colour = residual.slip ? "#B42318" : "#0B5CAD";
      L.polyline(line, { color: colour, weight: 2, interactive: false }).addTo(this.map.marks);
      L.circleMarker(residual.at, { radius: 3, color: colour, weight: 1.5, fillColor: "#fff", fillOpacity: 1, interactive: false }).addTo(this.map.marks);
    }
    const onGround = L.marker([point.lat, point.lon], options).addTo(this.map.marks);
    onGround.on("dragend", () => this.edit(point.id, { typed: null, ...this.snapped(onGround.getLatLng()) }));
    onGround.on("click", ({ originalEvent }) => {
      if (this.half.pixel) this.onGround(this.map.map.mouseEventToLatLng(originalEvent));
      else this.choose(point.id);
    });
  }

  // Coordinates typed in place of a click on the map; the system is chosen beside them.
  typing() {
    const x = h("input", { type: "text", inputmode: "decimal", size: 14 });
    const y = h("input", { type: "text", inputmode: "decimal", size: 14 });
    const error = h("input", { type: "number", min: 0, step: "any", value: 1 });
    const system = h("select");
    const other = h("input", { type: "text", size: 12, value: "EPSG:", hidden: true });
    system.addEventListener("change", () => (other.hidden = system.value !== "other"));
    const heads = [h("span"), h("span"), h("span"), h("span")];
    const go = h("button", { type: "submit", class: "z-geo-go" });
    const form = h(
      "form",
      { class: "z-geo-typing" },
      h("b", {}),
      h("label", {}, heads[0], system),
      other,
      h("label", {}, heads[1], x),
      h("label", {}, heads[2], y),
      h("label", { class: "z-geo-short" }, heads[3], error),
      go,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = system.value === "other" ? other.value.trim() : system.value;
      const known = Number(error.value);
      const error_m = error.value === "" || !Number.isFinite(known) ? null : Math.max(known, 0);
      this.half.ground = { typed: { x: x.value, y: y.value, system: chosen }, how: "typed", error_m, given: `${x.value}, ${y.value}` };
      x.value = y.value = "";
      this.join();
    });
    const words = ({ strings: t, systems, lang }) => {
      form.firstChild.textContent = t.geo_type;
      [t.geo_system, t.geo_x, t.geo_y, t.geo_accuracy].forEach((text, place) => (heads[place].textContent = text));
      go.textContent = t.geo_set;
      other.setAttribute("aria-label", t.geo_system);
      if (system.lang === lang) return;
      const held = system.value || systems[0][0];
      system.lang = lang;
      system.replaceChildren(...systems.map(([value, label]) => h("option", { value }, label)));
      system.value = held;
    };
    return { form, words };
  }

  close() {
    this.open = false;
    this.watch.disconnect();
    document.removeEventListener("keydown", this.onKey);
    this.picture.map?.remove();
    this.map.map?.remove();
    this.host.remove();
  }
}

class Pane {
  constructor(name, title) {
    this.title = h("h3", {}, title);
    this.canvas = h("div", { class: "z-geo-canvas", role: "application", "aria-label": title });
    this.buttons = h("div", { class: "z-buttons" });
    this.host = h("div", { class: "z-geo-host" }, this.canvas, this.buttons);
    this.box = h("section", { class: `z-geo-pane z-geo-${name}` }, this.title, this.host);
  }

  start(options) {
    this.map = L.map(this.canvas, { zoomControl: false, attributionControl: false, fadeAnimation: false, doubleClickZoom: false, ...options });
  }

  words(title, t) {
    this.title.textContent = title;
    this.canvas.setAttribute("aria-label", title);
    const button = (name, label, act) =>
      h("button", { type: "button", title: label, "aria-label": label, onclick: act }, icon(ICONS[name]));
    this.buttons.replaceChildren(
      button("plus", t.zoom_in, () => this.map.zoomIn()),
      button("minus", t.zoom_out, () => this.map.zoomOut()),
      button("home", t.whole_view, () => this.onHome?.()),
    );
  }
}

function mark(text, look) {
  return L.divIcon({ className: `z-geo-mark ${look}`, html: `<i></i><b>${text}</b>`, iconSize: [22, 22], iconAnchor: [11, 11] });
}
