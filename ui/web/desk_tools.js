// The tools over the map: each starts one way of drawing, and ends with what was drawn.
import * as L from "../leaflet-src.esm.js";
import { h, icon } from "./dom.js";
import { asLines, linesOf, round } from "./desk_drawing.js";

const ICONS = {
  add: "M3 12.5l2-9 8 3-2 7zM12 2v4m-2-2h4",
  edit: "M3 12l4-8 6 4zM3 12h.1M7 4h.1M13 8h.1M1.8 10.8h2.4v2.4H1.8zM5.8 2.8h2.4v2.4H5.8zM11.8 6.8h2.4v2.4h-2.4z",
  take_out: "M2.5 2.5h11v11h-11zM6 6h4v4H6z",
  cut: "M2.5 4.5h11v7h-11zM8 1.5v13",
  remove: "M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5l.6 9h5.8l.6-9",
  merge: "M2.5 2.5h7v7h-7zM6.5 6.5h7v7h-7z",
  axis: "M2 13c3-1 2-6 6-6s3-4 6-5",
  band: "M2 10c3-1 2-5 5-5s4-3 7-3M2 14c4-1 4-5 7-5s2-3 5-3",
  point: "M8 14c-3-4-4.5-6-4.5-8a4.5 4.5 0 0 1 9 0c0 2-1.5 4-4.5 8zM8 6h.1",
  undo: "M6 3L2.5 6.5 6 10M3 6.5h6a4 4 0 0 1 0 8H6",
  redo: "M10 3l3.5 3.5L10 10M13 6.5H7a4 4 0 0 0 0 8h3",
  snap: "M4 2.5v6a4 4 0 0 0 8 0v-6M4 5.5h2v3a2 2 0 0 0 4 0v-3h2",
  share: "M2.5 3h5v10h-5zM8.5 3h5v10h-5zM8 1.5v13",
  fade: "M2.5 8c2-3.5 9-3.5 11 0-2 3.5-9 3.5-11 0M8 6.2a1.8 1.8 0 1 0 .1 0",
  finish: "M3 8.5l3.5 3.5L13 4.5",
  back: "M13 8H3m4-4L3 8l4 4",
  cancel: "M3.5 3.5l9 9m0-9l-9 9",
};
const GROUND = ["add", "edit", "take_out", "cut", "remove", "merge"];
const LINE = ["axis", "band"];
const ACTIONS = ["finish", "back", "cancel"];

export class Tools {
  // `desk` gives the map, the drawing, and how to ask Python.
  constructor(desk) {
    this.desk = desk;
    this.map = desk.map;
    this.mode = null;
    this.box = h("div", { class: "z-desk-tools", role: "toolbar" });
    this.hint = h("div", { class: "z-desk-hint", role: "status", hidden: true });
    for (const part of [this.box, this.hint]) L.DomEvent.disableClickPropagation(part);
    desk.host.append(this.box, this.hint);
    this.map.on("pm:create", ({ layer }) => this.created(layer));
    this.map.on("pm:drawstart", ({ workingLayer }) => {
      workingLayer.on("pm:vertexadded", () => this.desk.drawingOn(this.mode, workingLayer));
    });
    this.map.on("click", (event) => this.click(event));
    this.keys = (event) => this.key(event);
    document.addEventListener("keydown", this.keys);
  }

  close() {
    document.removeEventListener("keydown", this.keys);
  }

  draw() {
    const { words, zone } = this.desk;
    this.box.hidden = !zone;
    if (!zone) return;
    this.box.setAttribute("aria-label", words.tools);
    const kind = zone.kind;
    const { extent, axis } = this.desk.drawing.now;
    const names = [...GROUND, ...(["corridor", "belt", "axis", "ring", "street"].includes(kind) || axis ? LINE : [])];
    if (kind === "node" || extent?.type === "Point" || (!extent && !axis)) names.push("point");
    const drawn = extent && extent.type !== "Point";
    const can = {
      edit: drawn || axis, take_out: drawn, cut: drawn, remove: drawn, band: axis,
      undo: this.desk.drawing.at > 0, redo: this.desk.drawing.at < this.desk.drawing.steps.length - 1,
    };
    const button = (name, act, pressed) =>
      h(
        "button",
        {
          type: "button", class: `z-tool z-tool-${name}`, title: words[`tip_${name}`],
          "aria-pressed": pressed === undefined ? null : String(pressed),
          disabled: can[name] === undefined ? null : !can[name], onclick: act,
        },
        icon(ICONS[name], 17),
        h("span", {}, words[`tool_${name}`]),
      );
    const drawing = ["add", "take_out", "cut", "axis"].includes(this.mode);
    this.box.replaceChildren(
      h("div", {}, names.map((name) => button(name, () => this.start(name), name === "band" ? undefined : this.mode === name))),
      h(
        "div",
        {},
        button("undo", () => this.undo(-1)),
        button("redo", () => this.undo(1)),
        button("snap", () => this.toggleSnap(), this.desk.snaps),
        button("share", () => this.toggleShare(), this.desk.shared.on),
        button("fade", () => (this.desk.ground.fade(!this.desk.ground.faded), this.draw()), this.desk.ground.faded),
      ),
      drawing ? h("div", {}, ACTIONS.map((name) => button(name, () => this.act(name)))) : "",
    );
  }

  start(name) {
    const same = this.mode === name;
    this.stop();
    if (same) return;
    if (name === "band") {
      this.desk.edit("band", { axis: this.desk.drawing.now.axis, half_width_m: this.desk.halfWidth() });
      return;
    }
    this.mode = name;
    const { words, snaps } = this.desk;
    const options = { snappable: snaps, snapDistance: 14, allowSelfIntersection: true, continueDrawing: false };
    const line = { color: this.desk.colour, weight: 2.5 };
    const looks = { templineStyle: line, hintlineStyle: { ...line, dashArray: "5 5" }, pathOptions: { ...line, pmIgnore: true } };
    if (name === "add" || name === "take_out") this.map.pm.enableDraw("Polygon", { ...options, ...looks });
    if (name === "cut" || name === "axis") this.map.pm.enableDraw("Line", { ...options, ...looks });
    if (name === "edit") this.desk.drawing.edit(true);
    const said = { merge: words.pick_zone, point: words.click_place, remove: words.click_part }[name];
    this.say(said);
    this.map.getContainer().classList.toggle("z-picking", Boolean(said));
    this.draw();
  }

  stop() {
    this.mode = null;
    this.map.pm.disableDraw();
    this.desk.drawing.edit(false);
    this.map.getContainer().classList.remove("z-picking");
    this.say("");
    this.draw();
  }

  say(text) {
    this.hint.hidden = !text;
    this.hint.textContent = text ?? "";
  }

  act(name) {
    const shape = this.map.pm.Draw.getActiveShape();
    const tool = shape && this.map.pm.Draw[shape];
    if (name === "cancel" || !tool) this.stop();
    else if (name === "finish") tool._finishShape();
    else tool._removeLastVertex();
  }

  undo(by) {
    if (this.desk.shared.busy) return;
    const shape = this.map.pm.Draw.getActiveShape();
    if (shape && by < 0) this.act("back");
    else this.desk.drawing.step(by);
  }

  toggleShare() {
    const { shared, pending } = this.desk;
    shared.set(!shared.on);
    pending.keep();
    this.draw();
  }

  toggleSnap() {
    this.desk.setSnap(!this.desk.snaps);
    this.draw();
  }

  key(event) {
    if (!this.desk.zone || event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    if (event.key === "Escape" && this.mode) this.stop();
    if (!(event.ctrlKey || event.metaKey)) return;
    const name = event.key.toLowerCase();
    const by = name === "y" || (name === "z" && event.shiftKey) ? 1 : name === "z" ? -1 : 0;
    if (!by) return;
    event.preventDefault();
    this.undo(by);
  }

  // What geoman drew is a tool, not yet part of the zone: Python works out what it does.
  created(layer) {
    const mode = this.mode;
    const points = (layer.getLatLngs()[0].length ? layer.getLatLngs()[0] : layer.getLatLngs()).map(({ lat, lng }) => [round(lng), round(lat)]);
    layer.remove();
    this.stop();
    if (mode === "axis") {
      const before = this.desk.drawing.now.axis;
      this.desk.addAxis(asLines([...linesOf(before), points], before));
      return;
    }
    const tool =
      mode === "cut" ? { type: "LineString", coordinates: points } : { type: "Polygon", coordinates: [[...points, points[0]]] };
    this.desk.edit(mode, { tool }).then((done) => {
      if (!done || mode !== "cut") return;
      this.start("remove");
      this.say(this.desk.words.pick_piece);
    });
  }

  click({ latlng }) {
    if (this.mode === "point") {
      this.desk.setPoint([round(latlng.lng), round(latlng.lat)]);
      this.stop();
    } else if (this.mode === "remove") {
      this.desk.edit("remove", { at: [latlng.lng, latlng.lat] });
    }
  }
}
