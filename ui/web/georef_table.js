// The table of control points: what each is, where, and how well it fits; check points and removal at hand.
import { h, icon, ICONS } from "./dom.js";

export class PointTable {
  constructor(onChange, onChoose) {
    Object.assign(this, { onChange, onChoose });
    this.table = h("table", { class: "z-table z-geo-table" });
    this.box = h("div", { class: "z-table-box", tabindex: "0", hidden: true }, this.table);
  }

  draw(points, data, chosen) {
    const { strings: t, residuals, lang } = data;
    this.points = points;
    this.box.hidden = !points.length;
    this.box.setAttribute("aria-label", t.geo_points);
    this.table.lang = lang;
    const heads = [
      [t.geo_point], [t.geo_use], [t.geo_pixel, t.geo_px, true], [t.geo_place, "CGCS2000"], [t.geo_accuracy_short, "m", true],
      [t.geo_dx, "m", true], [t.geo_dy, "m", true], [t.geo_length, "m", true], [t.geo_length, t.geo_px, true],
      [t.geo_left_out, "m", true], [""],
    ]; // prettier-ignore
    const head = h(
      "tr",
      {},
      heads.map(([title, unit, number]) =>
        h("th", { scope: "col", class: number ? "z-number" : "" }, h("span", {}, title), unit ? h("small", {}, unit) : null),
      ),
    );
    const rows = points.map((point, place) => this.row(point, place, residuals?.[point.id], t, chosen));
    this.table.replaceChildren(h("thead", {}, head), h("tbody", {}, rows));
  }

  row(point, place, fit, t, chosen) {
    const number = (value, digits) => h("td", { class: "z-number" }, value === null || value === undefined ? "—" : tidy(value, digits));
    const use = h("input", {
      type: "checkbox",
      "aria-label": `${t.geo_check} ${place + 1}`,
      onchange: () => this.onChange(this.points.map((each) => (each.id === point.id ? { ...each, check: !each.check } : each))),
    });
    use.checked = Boolean(point.check);
    const remove = h(
      "button",
      {
        type: "button",
        class: "z-geo-remove",
        title: t.geo_remove,
        "aria-label": `${t.geo_remove} ${place + 1}`,
        onclick: () => this.onChange(this.points.filter((each) => each.id !== point.id)),
      },
      icon(ICONS.close, 14),
    );
    const where = Number.isFinite(point.lat) ? `${point.lon.toFixed(6)}, ${point.lat.toFixed(6)}` : "…";
    const name = h("button", { type: "button", class: "z-see", onclick: () => this.onChoose(point.id) }, String(place + 1));
    return h(
      "tr",
      { class: [point.id === chosen ? "z-row-chosen" : "", fit?.slip ? "z-geo-slip-row" : ""].join(" ") },
      h("th", { scope: "row" }, name, fit?.slip ? h("span", { class: "z-tag z-tag-warn" }, t.geo_slip) : null),
      h("td", {}, h("label", { class: "z-geo-use" }, use, point.check ? t.geo_check : t.geo_control)),
      h("td", { class: "z-number" }, `${point.column.toFixed(1)}, ${point.row.toFixed(1)}`),
      h("td", {}, where, h("small", { class: "z-geo-how" }, t[`geo_how_${point.how}`], point.given ? ` · ${point.given}` : "")),
      number(point.error_m, 0),
      number(fit?.dx, 1),
      number(fit?.dy, 1),
      number(fit?.length, 1),
      number(fit?.pixels, 2),
      number(fit?.left_out, 1),
      h("td", {}, remove),
    );
  }
}

function tidy(value, digits) {
  const text = Math.abs(value) < 0.5 * 10 ** -digits ? (0).toFixed(digits) : value.toFixed(digits);
  return text.replace("-", "−");
}
