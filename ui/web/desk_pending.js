// Zones that wait for one save: the open one, and those put aside with changes, each with its own steps back and forth.
import { partsOf } from "./desk_drawing.js";
import { h } from "./dom.js";

const KEPT_KEY = "zones-desk-drawing";

export class Pending {
  constructor(desk) {
    this.desk = desk;
    // By id: { zone, steps, at }; never the open one.
    this.held = new Map();
    this.box = h("section", { class: "z-desk-pending" });
    this.changes = {};
  }

  // Those put aside that differ from what is stored.
  get aside() {
    return [...this.held.values()].filter(({ at }) => at > 0);
  }

  get open() {
    const { zone, drawing } = this.desk;
    return zone && { zone, steps: drawing.steps, at: drawing.at };
  }

  get openChanged() {
    return this.open?.at > 0 ? this.open : null;
  }

  get all() {
    return [this.openChanged, ...this.aside].filter(Boolean);
  }

  putAside() {
    const own = this.openChanged;
    if (own) this.held.set(own.zone.id, own);
  }

  take(id) {
    const held = this.held.get(id);
    this.held.delete(id);
    return held;
  }

  // Another step of a zone that is not open, such as one that moves along with a shared border.
  step(zone, part, link) {
    const held = this.held.get(zone.id) ?? { zone, steps: [stateOf(zone)], at: 0 };
    const next = { ...held.steps[held.at], ...part, link };
    held.steps = [...held.steps.slice(0, held.at + 1), next];
    held.at = held.steps.length - 1;
    this.held.set(zone.id, held);
  }

  // Steps of other zones that belong to one of the open zone go with it; returns those that were changed since.
  stepAlong(link, by) {
    const apart = [];
    for (const held of this.held.values()) {
      const place = held.steps.findIndex((step) => step.link === link);
      if (place < 0) continue;
      if (by < 0 && held.at === place) held.at -= 1;
      else if (by > 0 && held.at === place - 1) held.at += 1;
      else if (by < 0 ? held.at > place : held.at < place) apart.push(held.zone.id);
    }
    return apart;
  }

  // Zones now rest on another revision: all of them, or one.
  rest(base, id) {
    for (const { zone } of [this.open, ...this.held.values()].filter(Boolean)) if (!id || zone.id === id) zone.base = base;
  }

  // As Python takes them: the open zone, and the others as they will be.
  told(mine) {
    const others = this.aside.map(({ zone, steps, at }) => ({ zone: zone.id, base: zone.base, parts: partsOf(steps[at]) }));
    return mine ? { zone: mine.zone.id, base: mine.zone.base, parts: partsOf(mine.steps[mine.at]), others } : { others };
  }

  // What is not saved outlives a look at another page: it is kept in this window until it is saved or dropped.
  keep() {
    const zones = this.all.map(({ zone, steps, at }) => ({ id: zone.id, base: zone.base, now: steps[at] }));
    if (zones.length) sessionStorage.setItem(KEPT_KEY, JSON.stringify({ open: this.desk.zone?.id ?? null, share: this.desk.shared.on, zones }));
    else sessionStorage.removeItem(KEPT_KEY);
  }

  get isKept() {
    return sessionStorage.getItem(KEPT_KEY) !== null;
  }

  async restore() {
    const { desk } = this;
    const kept = JSON.parse(sessionStorage.getItem(KEPT_KEY) ?? "null");
    const known = (kept?.zones ?? []).filter(({ id }) => desk.index.some((zone) => zone.id === id));
    for (const { id, base, now } of known) {
      const answer = await desk.asking.ask("open", { zone: id });
      if (answer.error || this.held.has(id)) continue;
      this.held.set(id, { zone: { ...answer.zone, base }, steps: [stateOf(answer.zone), now], at: 1 });
    }
    if (kept.share) desk.shared.set(true);
    if (this.held.has(kept.open)) await desk.openZone(kept.open);
    else desk.changedAside();
  }

  clear() {
    this.held.clear();
    this.changes = {};
  }

  // The list: each zone with the difference in its area, and the ways on.
  async show() {
    const { desk } = this;
    this.draw();
    desk.host.dataset.pending = String(this.all.length);
    if (!this.all.length) return;
    const answer = await desk.asking.ask("pending", this.told(this.openChanged), { newest: true });
    if (!answer) return;
    this.changes = Object.fromEntries((answer.pending ?? []).map((each) => [each.zone, each.change]));
    this.draw();
  }

  draw() {
    const { words } = this.desk;
    const rows = this.all.map(({ zone }) => this.row(zone));
    this.box.replaceChildren(
      ...(rows.length ? [h("h3", {}, `${words.pending} · ${rows.length}`), h("ul", {}, rows), h("p", { class: "z-small" }, words.pending_note)] : []),
    );
  }

  row(zone) {
    const { desk } = this;
    const { words } = desk;
    const named = desk.index.find((each) => each.id === zone.id);
    const change = this.changes[zone.id];
    const open = zone.id === desk.zone?.id;
    const label = (word) => `${word}: ${named[desk.lang]}`;
    return h(
      "li",
      { "data-zone": zone.id, "data-change": change ?? "" },
      h("span", {}, h("b", {}, named[desk.lang]), h("small", {}, desk.data.plans[named.plan])),
      h(
        "span",
        { class: "z-pending-ways" },
        h("span", { class: "z-pending-change" }, change === undefined ? "…" : change ? `${change} km²` : "—"),
        open
          ? h("em", {}, words.pending_open)
          : h("button", { type: "button", "aria-label": label(words.pending_edit), onclick: () => desk.openZone(zone.id) }, words.pending_edit),
        h("button", { type: "button", class: "z-pending-drop", "aria-label": label(words.pending_drop), onclick: () => this.ask(zone.id, named) }, words.pending_drop),
      ),
    );
  }

  ask(id, named) {
    const { panel, words } = this.desk;
    const sentence = words.pending_sure.replace("{zone}", named[this.desk.lang]);
    panel.choices(sentence, "doubt", [[words.pending_yes, () => this.desk.drop(id)], [words.stay, () => panel.say("")]]);
  }
}

// A zone as it was opened: the first of its steps.
export function stateOf(zone) {
  const of = Object.fromEntries(zone.parts.map((each) => [each.part, each]));
  const records = Object.fromEntries(zone.parts.map((each) => [each.part, each.record]));
  return { extent: of.extent?.geometry ?? null, axis: of.axis?.geometry ?? null, records };
}
