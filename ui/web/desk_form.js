// The record of what is drawn: grade, method, error and what it rests on; one form for the extent, one for the axis.
import { h } from "./dom.js";

const SHORT = ["grade", "method", "edge_rule", "error_m", "half_width_m", "traced_on"];
const LONG = ["basis", "basis_en"];
const NUMBERS = new Set(["error_m", "half_width_m"]);
const NEEDED = new Set(["grade", "method", "error_m", "basis"]);

export function recordForm(desk, part, choose) {
  const { words, data, drawing } = desk;
  const { fields, codes } = data;
  const record = desk.fresh(part);
  const set = (name, value) => drawing.commit({ records: { ...drawing.now.records, [part]: { ...desk.fresh(part), [name]: value } } }, { redraw: false });
  const label = (name, field) =>
    h(
      "label",
      { class: `z-field z-field-${name}` },
      h("span", {}, fields[name], NEEDED.has(name) ? h("em", { title: words.required }, "*") : null),
      field,
    );
  const select = (name) => {
    const options = codes[name].map(([code, text]) => h("option", { value: code, selected: record[name] === code }, text));
    const known = codes[name].some(([code]) => code === record[name]);
    const first = known ? [] : [h("option", { value: "", selected: true, disabled: true }, words.choose)];
    return h("select", { name, required: NEEDED.has(name), onchange: (event) => set(name, event.target.value) }, first, options);
  };
  const input = (name) => {
    const number = NUMBERS.has(name);
    return h("input", {
      name, value: record[name] ?? "", type: number ? "number" : "text", min: number ? "0" : null,
      pattern: number ? null : "\\d{4}-\\d{2}-\\d{2}", placeholder: number ? null : "2026-01-31", step: number ? "any" : null,
      required: NEEDED.has(name),
      onchange: ({ target }) => set(name, target.value === "" ? null : number ? Number(target.value) : target.value),
    });
  };
  const text = (name) => {
    const area = h("textarea", { name, rows: 3, required: NEEDED.has(name), onchange: ({ target }) => set(name, target.value || null) });
    area.value = record[name] ?? "";
    return area;
  };
  const short = SHORT.filter((name) => name !== "half_width_m" || (part === "extent" && drawing.now.axis));
  const parts = ["extent", "axis"].filter((each) => drawing.now[each]);
  const tabs =
    parts.length > 1 &&
    h(
      "div",
      { class: "z-units", role: "group" },
      parts.map((each) => h("button", { type: "button", "aria-pressed": String(each === part), onclick: () => choose(each) }, words[each])),
    );
  return h(
    "section",
    { class: "z-desk-record" },
    h("h3", {}, words.record),
    tabs,
    record.grade === "official" ? h("p", { class: "z-desk-said z-desk-doubt" }, words.official) : null,
    h("div", { class: "z-desk-grid" }, short.map((name) => label(name, codes[name] ? select(name) : input(name)))),
    LONG.map((name) => label(name, text(name))),
  );
}

// Pictures to trace from: on or off, how strong, and which one the drawing rests on.
export function pictureList(desk) {
  const { words, ground, data, drawing } = desk;
  if (!data.overlays.length) return h("section", { class: "z-desk-pictures" }, h("h3", {}, words.pictures), h("p", { class: "z-small" }, words.no_pictures));
  const row = (one) => {
    const held = ground.pictures.get(one.name);
    const on = h("input", { type: "checkbox", checked: held.on, onchange: ({ target }) => ground.setPicture(one.name, { on: target.checked }) });
    const strength = h("input", {
      type: "range", min: "0", max: "1", step: "0.05", value: held.opacity, "aria-label": words.opacity, title: words.opacity,
      oninput: ({ target }) => ground.setPicture(one.name, { opacity: Number(target.value) }),
    });
    return h("li", {}, h("label", {}, on, h("span", {}, one.name), h("small", {}, `±${one.error_m} m`)), strength, desk.zone ? trace(one) : null);
  };
  const trace = (one) => {
    const own = h("input", { type: "number", min: "0", step: "any", class: "z-trace-error", "aria-label": words.trace_error, placeholder: words.trace_error });
    const use = () => {
      if (!(Number(own.value) > 0)) return own.focus();
      const error = Math.round(Math.hypot(one.error_m, Number(own.value)) * 10) / 10;
      const fill = (text) => text.replace("{name}", one.name).replace("{error}", one.error_m).replace("{own}", own.value);
      const { records } = drawing.now;
      const extent = {
        ...desk.fresh("extent"), error_m: error, grade: "traced", basis: fill(data.traced[0]), basis_en: fill(data.traced[1]),
      };
      drawing.commit({ records: { ...records, extent } }, { redraw: false });
      desk.panel.opened(false);
    };
    return h("div", { class: "z-trace" }, own, h("button", { type: "button", onclick: use }, words.trace_on), h("small", {}, words.trace_note));
  };
  return h("section", { class: "z-desk-pictures" }, h("h3", {}, words.pictures), h("ul", {}, data.overlays.map(row)));
}
