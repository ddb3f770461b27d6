// The button that opens the list of pages where the bar has no room for it; the links themselves are Streamlit's.
import { h, icon, ICONS } from "./dom.js";

const root = document.documentElement;
const links = () => document.querySelector(".st-key-pages");

export default function render({ parentElement, data }) {
  (parentElement.zonesMenu ??= new Menu(parentElement)).draw(data);
}

class Menu {
  constructor(parent) {
    this.words = h("span", {});
    this.button = h(
      "button",
      { type: "button", class: "z-pages-button", "aria-expanded": "false", onclick: () => this.turn(!this.open) },
      icon(ICONS.menu),
      this.words,
    );
    parent.append(this.button);
    document.addEventListener("pointerdown", ({ target }) => {
      if (this.open && !this.button.contains(target) && !links()?.contains(target)) this.turn(false);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.open) return;
      this.turn(false);
      this.button.focus();
    });
  }

  get open() {
    return root.classList.contains("z-menu-open");
  }

  draw({ page, label, now }) {
    this.words.textContent = now;
    this.button.setAttribute("aria-label", `${label} · ${now}`);
    if (page !== this.page) this.turn(false);
    this.page = page;
    const list = links();
    list?.setAttribute("role", "navigation");
    list?.setAttribute("aria-label", label);
    for (const link of list?.querySelectorAll("a") ?? []) {
      const here = link.closest("[class*=st-key-tab-on-]");
      if (here) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  turn(open) {
    root.classList.toggle("z-menu-open", open);
    this.button.setAttribute("aria-expanded", String(open));
  }
}
