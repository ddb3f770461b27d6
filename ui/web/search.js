// Search box: typing is sent on after a short rest; ranking is Python's alone.
import { h, icon, ICONS } from "./dom.js";

const REST = 120; // ms without a key before the words are sent

export default function render({ parentElement, data, setTriggerValue }) {
  parentElement.zonesSearch ??= new Search(parentElement);
  parentElement.zonesSearch.draw(data, setTriggerValue);
}

class Search {
  constructor(parent) {
    this.at = 0;
    this.input = h("input", {
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-controls": "z-found",
      "aria-expanded": "false",
    });
    this.clear = h(
      "button",
      { type: "button", class: "z-clear", hidden: true, onclick: () => this.reset() },
      icon(ICONS.close, 12),
    );
    this.list = h("ul", { id: "z-found", class: "z-found", role: "listbox", hidden: true });
    parent.append(h("div", { class: "z-search" }, icon(ICONS.search), this.input, this.clear, this.list));
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("focus", () => this.show(Boolean(this.input.value)));
    this.input.addEventListener("blur", () => setTimeout(() => this.show(false), 150));
    document.addEventListener("keydown", (event) => {
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName);
      if (event.key === "/" && !typing && this.input.isConnected) {
        event.preventDefault();
        this.input.focus();
      }
    });
  }

  draw(data, send) {
    this.data = data;
    this.send = send;
    this.input.placeholder = data.strings.search_hint;
    this.input.setAttribute("aria-label", data.strings.search);
    this.clear.setAttribute("aria-label", data.strings.clear);
    if (data.query !== this.input.value.trim()) return; // an older answer, or none asked yet
    this.fill();
  }

  typed() {
    clearTimeout(this.timer);
    const words = this.input.value.trim();
    this.clear.hidden = !this.input.value;
    if (!words) {
      this.show(false);
      return;
    }
    this.timer = setTimeout(() => this.send("query", words), REST);
  }

  fill() {
    const { found, strings, lang } = this.data;
    this.at = 0;
    const rows = found.map((zone, place) =>
      h(
        "li",
        {
          role: "option",
          id: `z-found-${place}`,
          onmousedown: (event) => {
            event.preventDefault();
            this.pick(zone.id);
          },
        },
        h("i", { style: `background:${zone.colour}` }),
        h("span", {}, zone[lang]),
        h("small", {}, zone[`plan_${lang}`]),
      ),
    );
    this.list.replaceChildren(...(rows.length ? rows : [h("li", { class: "z-none" }, strings.nothing_found)]));
    this.mark();
    this.show(this.input.value.trim() !== "" && document.activeElement === this.input);
  }

  key(event) {
    const count = this.data.found.length;
    if (event.key === "Escape") this.reset();
    if (event.key === "Enter" && count && !this.list.hidden) this.pick(this.data.found[this.at].id);
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      this.at = (this.at + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
      this.mark();
    }
  }

  mark() {
    [...this.list.children].forEach((row, place) => {
      row.setAttribute("aria-selected", String(place === this.at));
      if (place === this.at) row.scrollIntoView?.({ block: "nearest" });
    });
    this.input.setAttribute("aria-activedescendant", `z-found-${this.at}`);
  }

  pick(id) {
    this.send("picked", id);
    this.reset();
    document.documentElement.classList.remove("z-sheet-open");
    this.input.blur();
  }

  reset() {
    this.input.value = "";
    this.clear.hidden = true;
    this.show(false);
  }

  show(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }
}
