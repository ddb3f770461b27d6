// The rail: plans, their schemes, and under each scheme its zones; the list twin of the map.
import { h, icon, ICONS } from "./dom.js";

export default function render({ parentElement, data, setTriggerValue }) {
  parentElement.zonesRail ??= new Rail(parentElement);
  parentElement.zonesRail.draw(data, setTriggerValue);
}

class Rail {
  constructor(parent) {
    this.host = h("nav", { class: "z-rail" });
    parent.append(this.host);
    this.open = new Set();
    this.openPlans = null;
  }

  draw(data, send) {
    this.data = data;
    this.send = send;
    this.off = new Set(data.off);
    // All plans fit into the first view: one stands open, and the one that holds the chosen zone opens by itself.
    const on = (plan) => plan.groups.some((group) => !this.off.has(group.key));
    const first = data.plans.find((plan) => holds(plan, data.selected)) ?? data.plans.find(on) ?? data.plans[0];
    this.openPlans ??= new Set(first ? [first.key] : []);
    if (data.selected && data.selected !== this.chosen)
      for (const plan of data.plans) if (holds(plan, data.selected)) this.openPlans.add(plan.key);
    this.chosen = data.selected;
    this.host.setAttribute("aria-label", data.strings.layers);
    const held = document.activeElement?.dataset?.key;
    this.host.replaceChildren(this.head(), ...data.plans.map((plan) => this.plan(plan)), this.foot());
    // A redraw must not throw a keyboard user back to the top of the page.
    if (held) this.host.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  }

  head() {
    const { strings: t, shown, total } = this.data;
    const all = this.data.plans.flatMap((plan) => plan.groups.map((group) => group.key));
    return h(
      "div",
      { class: "z-rail-head" },
      h("h2", {}, t.layers),
      h("span", { class: "z-count" }, `${shown} / ${total}`),
      h(
        "button",
        { type: "button", class: "z-link", "data-key": "all", onclick: () => this.tell(this.off.size ? [] : all) },
        this.off.size ? t.all_on : t.all_off,
      ),
    );
  }

  tell(off) {
    const hidden = [...off];
    this.send("off", hidden);
    // Rail and map follow at once; Python's answer then confirms, with the counts.
    document.dispatchEvent(new CustomEvent("zones-off", { detail: hidden }));
    this.draw({ ...this.data, off: hidden }, this.send);
  }

  flip(keys) {
    const on = keys.some((key) => !this.off.has(key));
    const next = new Set(this.off);
    for (const key of keys) on ? next.add(key) : next.delete(key);
    this.tell(next);
  }

  toggle(key, name, keys) {
    const on = keys.filter((each) => !this.off.has(each)).length;
    const state = on === 0 ? "false" : on === keys.length ? "true" : "mixed";
    return h(
      "button",
      {
        type: "button",
        class: "z-switch",
        role: "checkbox",
        "aria-checked": state,
        "aria-label": name,
        "data-key": `switch-${key}`,
        onclick: (event) => {
          event.stopPropagation();
          this.flip(keys);
        },
      },
      h("i", {}),
    );
  }

  plan(plan) {
    const name = plan[this.data.lang];
    const keys = plan.groups.map((group) => group.key);
    const open = this.openPlans.has(plan.key);
    const turn = () => {
      open ? this.openPlans.delete(plan.key) : this.openPlans.add(plan.key);
      this.draw(this.data, this.send);
    };
    const tag = plan[`tag_${this.data.lang}`];
    const fold = h(
      "button",
      {
        type: "button",
        class: "z-plan-fold",
        "aria-expanded": String(open),
        "data-key": `plan-${plan.key}`,
        title: plan[`full_${this.data.lang}`],
        onclick: turn,
      },
      icon(ICONS.chevron, 12),
      h("h3", {}, name),
      tag ? h("span", { class: "z-plan-tag" }, tag) : null,
    );
    return h(
      "section",
      { class: `z-plan ${holds(plan, this.data.selected) ? "z-plan-chosen" : ""}` },
      h(
        "header",
        {},
        fold,
        h("span", { class: "z-count", title: this.data.strings.located }, plan.count),
        this.toggle(plan.key, name, keys),
      ),
      open ? plan.groups.map((group) => this.group(group)) : null,
    );
  }

  group(group) {
    const { lang } = this.data;
    const chosen = group.zones.some((zone) => zone.id === this.data.selected);
    const open = this.open.has(group.key);
    const list = h(
      "ul",
      { class: "z-zones", hidden: !open },
      open ? group.zones.map((zone) => this.zone(zone, group.key)) : [],
    );
    const turn = () => {
      open ? this.open.delete(group.key) : this.open.add(group.key);
      this.draw(this.data, this.send);
    };
    const fold = h(
      "button",
      {
        type: "button",
        class: "z-fold",
        "aria-expanded": String(open),
        "data-key": `fold-${group.key}`,
        title: group[lang],
        onclick: turn,
      },
      icon(ICONS.chevron, 12),
      h(
        "span",
        { class: "z-dots" },
        group.kinds.map((kind) => h("i", { style: `background:${this.data.colours[kind]}` })),
      ),
      h("span", { class: "z-name" }, group[lang]),
    );
    return h(
      "div",
      { class: `z-group ${chosen ? "z-group-chosen" : ""} ${this.off.has(group.key) ? "z-off" : ""}` },
      h(
        "div",
        { class: "z-group-row" },
        fold,
        h("span", { class: "z-count", title: this.data.strings.located }, group.count),
        this.toggle(group.key, group[lang], [group.key]),
      ),
      list,
    );
  }

  zone(zone, groupKey) {
    const { lang, strings } = this.data;
    return h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          class: "z-zone",
          "data-key": `zone-${groupKey}-${zone.id}`,
          "aria-current": zone.id === this.data.selected ? "true" : null,
          onclick: () => {
            closeSheet();
            this.send("picked", zone.id);
          },
        },
        h("i", { style: `background:${this.data.colours[zone.kind]}` }),
        h("span", {}, zone[lang]),
        zone.located ? null : h("small", {}, strings.unlocated),
      ),
    );
  }

  foot() {
    return h("p", { class: "z-rail-foot" }, this.data.strings.rail_note);
  }
}

function holds(plan, zoneId) {
  return plan.groups.some((group) => group.zones.some((zone) => zone.id === zoneId));
}

function closeSheet() {
  document.documentElement.classList.remove("z-sheet-open");
}
