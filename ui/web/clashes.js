// The list of contradictions. Every text is made in Python and goes in as text.
import { h } from "./dom.js";

export default function render({ parentElement, data, setTriggerValue }) {
  parentElement.zonesClashes ??= new Clashes(parentElement);
  parentElement.zonesClashes.draw(data, setTriggerValue);
}

class Clashes {
  constructor(parent) {
    this.host = h("div", { class: "z-clashes" });
    parent.append(this.host);
  }

  draw(data, send) {
    this.data = data;
    this.send = send;
    const held = document.activeElement?.dataset?.clash;
    this.host.lang = data.lang;
    this.host.replaceChildren(...data.groups.map((group) => this.group(group)));
    if (held) this.host.querySelector(`[data-clash="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  }

  group(group) {
    return h(
      "section",
      {},
      h("h3", {}, group.label, h("span", { class: "z-count" }, String(group.items.length))),
      h("p", { class: "z-small" }, group.note),
      group.items.map((item) => this.item(item)),
    );
  }

  item(item) {
    const t = this.data.strings;
    return h(
      "article",
      { class: `z-clash ${item.chosen ? "z-clash-chosen" : ""}` },
      h(
        "button",
        {
          type: "button",
          class: "z-clash-text",
          "aria-expanded": String(item.chosen),
          "data-clash": item.key,
          title: t.choose_conflict,
          onclick: () => this.send("chosen", item.key),
        },
        item.text,
      ),
      item.chosen ? [this.sides(item), this.sources(item)] : this.brief(item),
    );
  }

  brief(item) {
    return h(
      "p",
      { class: "z-clash-at" },
      item.sources.flatMap((group) => group.places.map((place) => h("span", {}, place.at))),
    );
  }

  sides(item) {
    const t = this.data.strings;
    const rows = item.sides.map((side) => [
      h("dt", {}, h("i", { style: `background:${side.colour}` }), side.label),
      h("dd", {}, side.zones.map((zone) => this.zone(zone))),
    ]);
    if (item.scopes.length) rows.push([h("dt", {}, t.scope_of), h("dd", {}, item.scopes.map((name) => h("span", {}, name)))]);
    return h("dl", { class: "z-relations z-clash-zones" }, rows);
  }

  zone(zone) {
    return h(
      "button",
      { type: "button", class: "z-go", onclick: () => this.send("picked", zone.id) },
      zone.name,
      zone.located ? null : h("small", {}, this.data.strings.unlocated),
    );
  }

  sources(item) {
    const t = this.data.strings;
    const place = ({ at, passage }) => [
      h("div", { class: "z-sources" }, at),
      passage ? h("blockquote", { class: "z-passage", lang: "zh-CN", tabindex: "0" }, passage) : null,
    ];
    return [
      h("h4", {}, t.sources_of),
      h(
        "div",
        { class: "z-clash-sources" },
        item.sources.map((group) => h("div", {}, group.places.map(place))),
      ),
      item.unread ? h("p", { class: "z-small" }, t.no_documents) : null,
    ];
  }
}
