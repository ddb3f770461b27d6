// The width slider: figures and curve follow it at once, from numbers made in Python for every stop.
import { h, receiptMark } from "./dom.js";

export default function render({ parentElement, data, setTriggerValue }) {
  parentElement.zonesCorridor ??= new Slider(parentElement);
  parentElement.zonesCorridor.draw(data, setTriggerValue);
}

class Slider {
  constructor(parent) {
    this.input = h("input", { type: "range", min: "0", step: "1", class: "z-range" });
    this.input.addEventListener("input", () => this.show(Number(this.input.value)));
    this.input.addEventListener("change", () => this.settle());
    this.value = h("output", { class: "z-range-value" });
    this.assumed = h("span", { class: "z-small" });
    this.title = h("label", { class: "z-range-title" });
    this.bar = h("div", { class: "z-range-bar" }, this.title, this.input, this.value, this.assumed);
    this.figures = h("div", { class: "z-live" });
    this.curve = h("div", { class: "z-curve-box" });
    this.notes = h("div", { class: "z-curve-notes" });
    this.host = h(
      "div",
      { class: "z-corridor" },
      this.bar,
      h("div", { class: "z-corridor-body" }, this.figures, h("div", {}, this.curve, this.notes)),
    );
    parent.append(this.host);
  }

  draw(data, send) {
    this.send = send;
    const picture = JSON.stringify([data.corridors, data.lang]);
    // An answer that comes back while the reader drags on must not pull the handle from under the hand.
    const same = picture === this.picture;
    this.picture = picture;
    this.data = data;
    this.host.lang = data.lang;
    this.input.max = String(data.widths.length - 1);
    this.input.setAttribute("aria-label", `${data.strings.half_width} (m)`);
    this.title.replaceChildren(data.strings.half_width, h("small", {}, data.strings.half_width_note));
    this.assumed.textContent = data.assumed ?? "";
    if (!same) {
      this.curve.innerHTML = data.svg;
      this.notes.replaceChildren(
        h("p", { class: "z-small" }, data.note),
        // One receipt holds the whole curve; the rankings follow from it.
        h("h4", {}, data.strings.changes, data.slips.map(([key, name]) => receiptMark(key, `${name}: ${data.strings.receipt_open}`))),
        h("ul", {}, data.changes.map((each) => h("li", {}, each))),
      );
      this.build();
    }
    if (!same || this.settled === undefined || data.now === this.settled) this.show(data.now);
    this.settled = undefined;
  }

  // One corridor: large figures. Several: a table, one row each, that follows the slider too.
  build() {
    const { corridors, strings } = this.data;
    this.cells = [];
    if (corridors.length === 1) {
      const figures = Object.fromEntries(corridors[0].figures.map((figure) => [figure.key, figure]));
      const cellOf = (figure, tag) => {
        const cell = h(tag, {});
        this.cells.push([cell, figure, corridors[0].id]);
        return cell;
      };
      const first = figures.covered_share;
      const main = h("div", { class: "z-main-figure" }, h("dt", {}, first.label), cellOf(first, "dd"), cellOf(figures.covers_in, "small"));
      const others = Object.values(figures).filter((figure) => figure !== first && figure !== figures.covers_in);
      const items = [main, ...others.map((figure) => h("div", {}, h("dt", {}, figure.label), cellOf(figure, "dd")))];
      this.figures.replaceChildren(h("dl", { class: "z-figures" }, items));
      return;
    }
    const heads = corridors[0].figures.map((figure) => h("th", { scope: "col", class: "z-number" }, figure.label));
    const rows = corridors.map((corridor) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, corridor.name),
        corridor.figures.map((figure) => {
          const cell = h("td", { class: "z-number" });
          this.cells.push([cell, figure, corridor.id]);
          return cell;
        }),
      ),
    );
    const table = h(
      "table",
      { class: "z-table" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, strings.corridor), heads)),
      h("tbody", {}, rows),
    );
    this.figures.replaceChildren(h("div", { class: "z-table-box", tabindex: "0" }, table));
  }

  show(place) {
    const width = this.data.widths[place];
    this.input.value = String(place);
    this.input.setAttribute("aria-valuetext", `${width} m`);
    this.value.textContent = `${width} m`;
    this.host.dataset.width = String(width);
    for (const [cell, figure, id] of this.cells) {
      const value = figure.values[place];
      const parts = [value.text];
      if (value.soft) parts.push(h("span", { class: "z-soft" }, value.soft));
      if (value.unit) parts.push(h("small", {}, ` ${value.unit}`));
      // The key names the width: a mark pressed at once after a move asks for what it stands beside.
      if (figure.receipt) parts.push(receiptMark(`${figure.receipt} ${width} ${id}`, this.data.strings.receipt_open));
      cell.replaceChildren(...parts);
    }
    this.mark(width, place);
  }

  mark(width, place) {
    const svg = this.curve.querySelector("svg");
    const now = svg?.querySelector(".z-now");
    if (!now) return;
    const { left, right, low, high } = svg.dataset;
    const x = Number(left) + ((Number(right) - Number(left)) * (width - Number(low))) / (Number(high) - Number(low));
    now.setAttribute("transform", `translate(${x.toFixed(1)} 0)`);
    now.querySelector(".z-now-dot").setAttribute("cy", now.dataset.ys.split(" ")[place]);
  }

  settle() {
    this.settled = Number(this.input.value);
    this.send("width", this.data.widths[this.settled]);
  }
}
