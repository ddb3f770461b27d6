// What stands around the map: buttons, north arrow, legend, scale, credits, exports and the overlap chooser.
import { h, icon, svg, ICONS } from "./dom.js";

export class Furniture {
  constructor(L, map, host, send) {
    Object.assign(this, { L, map, host, send });
    this.corner = h("div", { class: "z-corner" });
    this.legendBox = h("div", { class: "z-legend" });
    this.foot = h("div", { class: "z-foot" });
    this.chooser = h("div", { class: "z-chooser", role: "group", hidden: true });
    // Inside the map, Leaflet would take these clicks for clicks on a zone.
    for (const part of [this.corner, this.legendBox, this.foot, this.chooser]) {
      L.DomEvent.disableClickPropagation(part);
      L.DomEvent.disableScrollPropagation(part);
      host.append(part);
    }
    this.legendOpen = window.innerWidth > 820 && !host.classList.contains("z-map-inset");
    map.on("zoomend moveend", () => this.drawScale());
  }

  draw(data, zones) {
    this.text = data.strings;
    if (data.sides && !data.classes) this.legendOpen = true;
    const now = `${data.lang} ${Boolean(data.exports)}`;
    if (this.drawnFor !== now) this.drawCorner(data);
    this.drawnFor = now;
    this.drawLegend(data, zones);
    this.drawFoot(data, zones);
    this.drawScale();
  }

  button(name, label, act) {
    return h("button", { type: "button", title: label, "aria-label": label, onclick: act }, icon(ICONS[name]));
  }

  drawCorner(data) {
    const t = this.text;
    const zoom = h(
      "div",
      { class: "z-buttons" },
      this.button("plus", t.zoom_in, () => this.map.zoomIn()),
      this.button("minus", t.zoom_out, () => this.map.zoomOut()),
      this.button("home", t.whole_view, () => this.onHome?.()),
    );
    const parts = [northArrow(t.north), zoom];
    if (data.exports) parts.unshift(this.exportMenu(data.exports));
    this.corner.replaceChildren(...parts);
  }

  exportMenu(formats) {
    const menu = h("div", { class: "z-menu", role: "menu", hidden: true });
    const button = h(
      "button",
      { type: "button", class: "z-export", "aria-haspopup": "menu", "aria-expanded": "false" },
      icon(ICONS.export),
      h("span", {}, this.text.export),
    );
    const toggle = (open) => {
      menu.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
    };
    button.addEventListener("click", () => toggle(menu.hidden));
    menu.addEventListener("keydown", (event) => event.key === "Escape" && (toggle(false), button.focus()));
    for (const [format, label, note] of formats) {
      const choose = () => {
        toggle(false);
        this.send("export", { format, bounds: this.map.getBounds().toBBoxString().split(",").map(Number) });
      };
      menu.append(
        h("button", { type: "button", role: "menuitem", onclick: choose }, h("span", {}, label), h("small", {}, note)),
      );
    }
    this.map.on("click movestart", () => toggle(false));
    return h("div", { class: "z-exports" }, button, menu);
  }

  drawLegend(data, zones) {
    const t = this.text;
    const kinds = Object.keys(data.style.kinds).filter((kind) => zones.some((zone) => zone.kind === kind));
    const sides = (data.sides ?? []).map((side) => ({ ...side, fill: 0.25 }));
    const title = h(
      "button",
      {
        type: "button",
        class: "z-legend-title",
        "aria-expanded": String(this.legendOpen),
        onclick: () => {
          this.legendOpen = !this.legendOpen;
          this.drawLegend(data, zones);
        },
      },
      icon(ICONS.legend),
      h("span", {}, t.legend),
    );
    const body = h(
      "div",
      { class: "z-legend-body", hidden: !this.legendOpen },
      kinds.length && !sides.length ? h("div", { class: "z-legend-head" }, t.kind) : null,
      h(
        "ul",
        {},
        (sides.length
          ? sides
          : sameLooks(
              kinds.map((kind) => data.style.kinds[kind]),
              data.lang,
            )
        ).map(kindRow),
      ),
      sides.length ? null : this.legendRest(data),
    );
    this.legendBox.replaceChildren(title, body);
  }

  legendRest(data) {
    const t = this.text;
    return [
      h("div", { class: "z-legend-head" }, t.grade),
      h(
        "ul",
        {},
        Object.values(data.style.grades).map((grade) => gradeRow(grade, data.style.base)),
      ),
      h("div", { class: "z-legend-head" }, t.base_map),
      h("ul", {}, baseRow(data.style.base.sea, t.sea_drawn), baseRow(data.style.base.outside, t.outside)),
    ];
  }

  // Only where an authority supplied every boundary in sight is the map more than indicative.
  drawFoot(data, zones) {
    this.scale ??= h("div", { class: "z-scale" }, h("span", {}), h("i", {}));
    const official = zones.length > 0 && zones.every((zone) => zone.grade === "official" && (zone.axis_grade ?? "official") === "official");
    const note = official ? data.strings.all_official : data.strings.indicative;
    this.foot.replaceChildren(h("span", { class: "z-note" }, note), this.credits(data), this.scale);
  }

  // The first credit always stands on the map; the others open beside it.
  credits(data) {
    const [first, ...others] = data.credits;
    const all = h(
      "ul",
      { class: "z-credit-list", hidden: true },
      data.credits.map((text) => h("li", {}, text)),
    );
    const more = h(
      "button",
      {
        type: "button",
        class: "z-link",
        "aria-expanded": "false",
        onclick: () => {
          all.hidden = !all.hidden;
          more.setAttribute("aria-expanded", String(!all.hidden));
        },
      },
      data.strings.all_credits,
    );
    return h("span", { class: "z-credits" }, first, others.length ? [" ", more, all] : null);
  }

  drawScale() {
    if (!this.scale) return;
    const size = this.map.getSize();
    const across = this.map.distance(
      this.map.containerPointToLatLng([0, size.y / 2]),
      this.map.containerPointToLatLng([100, size.y / 2]),
    );
    const power = 10 ** Math.floor(Math.log10(across));
    const length = [5, 2, 1].find((step) => step * power <= across) * power;
    this.scale.firstChild.textContent = length >= 1000 ? `${length / 1000} km` : `${length} m`;
    this.scale.lastChild.style.width = `${(100 * length) / across}px`;
  }

  // Several zones under one click: name them all, so the reader sees what else lies here.
  choose(found, selected, lang) {
    this.chooser.hidden = found.length < 2;
    if (found.length < 2) return;
    const item = (zone) =>
      h(
        "button",
        {
          type: "button",
          "aria-pressed": String(zone.id === selected),
          onclick: () => {
            this.send("picked", zone.id);
            this.choose(found, zone.id, lang);
          },
        },
        h("i", { style: `background:${zone.look.colour}` }),
        zone[lang],
      );
    this.chooser.replaceChildren(
      h("span", {}, this.text.overlap_here.replace("{n}", found.length)),
      ...found.map(item),
    );
  }
}

function northArrow(label) {
  const arrow = svg(
    "svg",
    { viewBox: "0 0 24 34", width: 22, height: 31, role: "img", "aria-label": label },
    svg("path", { d: "M12 1L19 30 12 25.5z", class: "z-north-dark" }),
    svg("path", { d: "M12 1L5 30 12 25.5z", class: "z-north-light" }),
  );
  return h("div", { class: "z-north", title: label }, h("b", {}, "N"), arrow);
}

// Belts, rings and axes are drawn alike: one row names them all.
function sameLooks(kinds, lang) {
  const rows = new Map();
  for (const kind of kinds) {
    const look = [kind.colour, kind.soft, kind.point].join();
    const known = rows.get(look);
    rows.set(look, {
      ...kind,
      label: known ? known.label + (lang === "zh" ? "、" : ", ") + kind.label.toLowerCase() : kind.label,
    });
  }
  return [...rows.values()];
}

function kindRow(kind) {
  const swatch = svg("svg", { width: 26, height: 14, "aria-hidden": "true" });
  if (kind.point) {
    swatch.append(
      svg("circle", { cx: 13, cy: 7, r: 4.5, fill: "none", stroke: kind.colour, "stroke-width": 2 }),
      svg("circle", { cx: 13, cy: 7, r: 1.8, fill: kind.colour }),
    );
  } else {
    swatch.append(
      svg("rect", {
        x: 2,
        y: 2,
        width: 22,
        height: 10,
        rx: 1.5,
        fill: kind.colour,
        "fill-opacity": kind.fill,
        stroke: kind.colour,
        "stroke-width": kind.soft ? 1 : 2,
      }),
    );
    if (kind.soft) swatch.append(svg("path", { d: "M2 7h22", stroke: kind.colour, "stroke-width": 3.2 }));
  }
  return h("li", {}, swatch, h("span", {}, kind.label));
}

function gradeRow(grade, base) {
  const box = svg("rect", {
    x: 2,
    y: 2,
    width: 22,
    height: 10,
    fill: "none",
    stroke: base.ink,
    "stroke-width": 1.8,
    "stroke-dasharray": grade.dash.map((step) => step * 1.8).join(" ") || null,
    "stroke-linecap": grade.dash[0] < 1 ? "round" : "butt",
  });
  const marks = {
    lines: "M4 11l6-8m-1 8l6-8m-1 8l6-8",
    dots: "M6 7h.1m3.4-2h.1m0 4h.1m3.4-2h.1m3.4-2h.1m0 4h.1m3.4-2h.1",
  };
  const hatch = svg("path", {
    d: marks[grade.hatch] ?? "",
    stroke: base.ink,
    "stroke-width": grade.hatch === "dots" ? 1.3 : 0.7,
    "stroke-linecap": "round",
    "stroke-opacity": 0.6,
  });
  return h(
    "li",
    { title: grade.note },
    svg("svg", { width: 26, height: 14, "aria-hidden": "true" }, hatch, box),
    h("span", {}, grade.label),
  );
}

function baseRow(colour, label) {
  return h("li", {}, h("i", { class: "z-patch", style: `background:${colour}` }), h("span", {}, label));
}
