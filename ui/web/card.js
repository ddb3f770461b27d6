// The card of the chosen zone. Every text is made in Python; this file only lays it out.
import { h, icon, ICONS, receiptMark } from "./dom.js";

export default function render({ parentElement, data, setTriggerValue }) {
  parentElement.zonesCard ??= new Card(parentElement);
  parentElement.zonesCard.draw(data, setTriggerValue);
  return () => parentElement.zonesCard.close();
}

class Card {
  constructor(parent) {
    this.host = h("aside", { class: "z-card", tabindex: "-1" });
    parent.append(this.host);
    this.onKey = (event) => event.key === "Escape" && this.host.isConnected && this.send("closed", true);
    document.addEventListener("keydown", this.onKey);
  }

  close() {
    document.removeEventListener("keydown", this.onKey);
    this.host.remove();
  }

  draw(data, send) {
    this.send = send;
    this.unit = data.unit;
    this.data = data;
    const key = `${data.zone_id} ${data.lang}`;
    if (key !== this.key) this.host.scrollTop = 0;
    this.key = key;
    this.host.setAttribute("aria-label", data.name);
    this.host.dataset.zone = data.zone_id;
    this.host.replaceChildren(
      ...[
        this.title(),
        this.purpose(),
        this.area(),
        this.tags("industries"),
        this.list("anchors"),
        this.list("platforms"),
        this.relations(),
        this.indicators(),
        this.notes(),
        this.issues(),
        this.sources(),
        this.why(),
      ].filter(Boolean),
    );
  }

  title() {
    const { data } = this;
    const t = data.strings;
    return h(
      "header",
      {},
      h(
        "button",
        {
          type: "button",
          class: "z-close",
          "aria-label": t.close,
          title: t.close,
          onclick: () => this.send("closed", true),
        },
        icon(ICONS.close),
      ),
      h("h2", {}, data.name),
      data.other_name ? h("p", { class: "z-other" }, data.other_name) : null,
      data.aliases.length
        ? h("p", { class: "z-aliases" }, t.also, data.aliases.join(data.lang === "zh" ? "、" : ", "))
        : null,
      h(
        "p",
        { class: "z-tags" },
        h("span", { class: "z-kind", style: `--kind:${data.colour};--kind-ink:${data.ink}` }, data.kind),
        data.grade
          ? h("span", { class: `z-grade z-grade-${data.grade_key}`, title: data.grade_note }, data.grade)
          : h("span", { class: "z-grade" }, t.unlocated),
        h(
          "span",
          { class: "z-grade", title: data.plan_note },
          data.plan,
          data.plan_tag ? h("em", { class: "z-status" }, data.plan_tag) : null,
        ),
      ),
    );
  }

  purpose() {
    return this.data.positioning
      ? h("p", { class: "z-purpose", title: this.data.positioning.at }, this.data.positioning.text)
      : null;
  }

  area() {
    const { data } = this;
    const t = data.strings;
    if (data.unlocated)
      return h(
        "div",
        { class: "z-unlocated" },
        h("b", {}, t.unlocated_title),
        h("p", {}, data.unlocated),
        this.declared(),
      );
    if (!data.areas) return this.declared();
    const value = h("div", { class: "z-area-value" });
    const write = () => {
      const [number, error] = data.areas[this.unit].split(" ± ");
      value.replaceChildren(
        h("b", {}, number),
        error ? h("span", {}, ` ± ${error}`) : "",
        h("em", {}, ` ${data.units[this.unit]}`),
        this.mark("area") ?? "",
      );
      for (const button of units.children)
        button.setAttribute("aria-pressed", String(button.dataset.unit === this.unit));
    };
    const units = h(
      "div",
      { class: "z-units", role: "group", "aria-label": t.unit },
      Object.keys(data.areas).map((unit) =>
        h(
          "button",
          {
            type: "button",
            "data-unit": unit,
            onclick: () => {
              this.unit = unit;
              value.classList.add("z-changed");
              write();
              this.send("unit", unit);
            },
          },
          data.units[unit],
        ),
      ),
    );
    write();
    return h(
      "section",
      { class: "z-area" },
      h("h3", {}, data.area_title),
      value,
      units,
      this.declared(),
      data.area_note ? h("p", { class: "z-small" }, data.area_note) : null,
    );
  }

  mark(figure) {
    const key = this.data.receipts[figure];
    return key ? receiptMark(key, this.data.strings.receipt_open) : null;
  }

  declared() {
    const { data } = this;
    if (!data.declared && !data.perimeter) return null;
    const row = (label, figure, text, title = null) =>
      text ? [h("dt", {}, label), h("dd", { title }, text, this.mark(figure))] : [];
    return h(
      "dl",
      { class: "z-declared" },
      row(data.strings.perimeter, "perimeter", data.perimeter),
      row(data.strings.declared, "declared", data.declared, data.declared_at),
      row(data.strings.difference, "difference", data.difference),
    );
  }

  section(title, ...content) {
    return h("section", {}, h("h3", {}, title), ...content);
  }

  tags(field) {
    const items = this.data[field];
    return items.length
      ? this.section(
          this.data.strings[field],
          h(
            "p",
            { class: "z-chips" },
            items.map((item) => h("span", { title: item.at }, item.text)),
          ),
        )
      : null;
  }

  list(field) {
    const items = this.data[field];
    if (!items.length) return null;
    const shown = 6;
    const row = (item) => h("li", { title: item.at }, item.text);
    const rest = items.slice(shown);
    const more = rest.length
      ? h(
          "details",
          {},
          h("summary", {}, this.data.strings.more.replace("{n}", rest.length)),
          h("ul", {}, rest.map(row)),
        )
      : null;
    return this.section(this.data.strings[field], h("ul", { class: "z-list" }, items.slice(0, shown).map(row)), more);
  }

  relations() {
    const { relations, strings } = this.data;
    if (!relations.length) return null;
    const entry = (item) =>
      item.target
        ? h(
            "button",
            { type: "button", class: "z-go", title: item.at, onclick: () => this.send("picked", item.target) },
            h("i", { style: `background:${item.colour}` }),
            item.name,
          )
        : h("span", { title: item.at }, item.name);
    return this.section(
      strings.relations,
      h(
        "dl",
        { class: "z-relations" },
        relations.map((group) => [h("dt", {}, group.label), h("dd", {}, group.items.map(entry))]),
      ),
    );
  }

  indicators() {
    const { indicators, strings } = this.data;
    if (!indicators.length) return null;
    const row = ({ text, value, at }) => [h("dt", { title: at }, text), h("dd", { class: "z-quoted" }, value)];
    return this.section(strings.zone_indicators, h("dl", { class: "z-declared z-counted" }, indicators.map(row)));
  }

  notes() {
    const { notes, strings } = this.data;
    return notes.length
      ? this.section(
          strings.note,
          notes.map((text) => h("p", { class: "z-remark" }, text)),
        )
      : null;
  }

  issues() {
    const { issues, strings } = this.data;
    return issues.length
      ? this.section(
          strings.issues,
          h(
            "ul",
            { class: "z-list" },
            issues.map((text) => h("li", {}, text)),
          ),
        )
      : null;
  }

  // With the plan's document registered a locator unfolds to the passage; without, one line says how.
  sources() {
    const { sources, strings, unread } = this.data;
    const row = ({ at, passage }) =>
      passage
        ? h(
            "details",
            { class: "z-evidence" },
            h("summary", {}, at),
            h("blockquote", { class: "z-passage", lang: "zh-CN", tabindex: "0" }, passage),
          )
        : h("span", {}, at);
    return this.section(
      strings.sources,
      h(
        "ul",
        { class: "z-sources" },
        sources.map((place) => h("li", {}, row(place))),
      ),
      unread ? h("p", { class: "z-small" }, strings.no_documents) : null,
    );
  }

  why() {
    const { why, strings } = this.data;
    if (!why.length) return null;
    return h(
      "details",
      { class: "z-why" },
      h("summary", {}, strings.why),
      h(
        "dl",
        {},
        why.map(([name, text]) => [h("dt", {}, name), h("dd", {}, text)]),
      ),
    );
  }
}
