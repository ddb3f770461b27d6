// What belongs to the document itself: its language, and the button that raises the rail on a phone.
import { h, icon, ICONS } from "./dom.js";
import { speak } from "./leftovers.js";
import { tell } from "./waiting.js";

// The first click should not wait for the card's module.
import("./card.js");

export default function render({ parentElement, data }) {
  document.documentElement.lang = data.lang === "zh" ? "zh-CN" : "en";
  document.documentElement.classList.toggle("z-map-page", data.page === "map");
  // Streamlit writes its skip link in English only.
  const skip = document.querySelector("[data-testid=stSkipToContent]");
  if (skip) {
    skip.textContent = data.strings.skip;
    skip.onclick = toContent;
  }
  speak(data.streamlit);
  tell(parentElement, data.strings);
  const button = (parentElement.zonesSheet ??= sheetButton(parentElement));
  button.lastChild.textContent = data.strings.layers_search;
}

// Streamlit's own target begins with our bar and rail: the very things to be skipped.
function toContent(event) {
  const content = document.querySelector(".stMain h1, .z-map");
  if (!content) return;
  event.preventDefault();
  event.stopPropagation();
  content.tabIndex = -1;
  content.focus();
}

function sheetButton(parent) {
  const root = document.documentElement;
  const toggle = () => button.setAttribute("aria-expanded", String(root.classList.toggle("z-sheet-open")));
  const button = h(
    "button",
    { type: "button", class: "z-sheet-button", "aria-expanded": "false", onclick: toggle },
    icon(ICONS.layers),
    h("span", {}),
  );
  const veil = h("div", { class: "z-veil", onclick: toggle });
  parent.append(veil, button);
  return button;
}
