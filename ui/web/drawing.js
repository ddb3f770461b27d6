// A drawing made in Python as SVG; every text in it was escaped there.
import { h } from "./dom.js";

export default function render({ parentElement, data, setTriggerValue }) {
  const box = (parentElement.zonesDrawing ??= parentElement.appendChild(h("div", { class: "z-drawing", tabindex: "0" })));
  box.lang = data.lang;
  box.setAttribute("aria-label", data.label);
  if (box.zonesSvg !== data.svg) {
    box.zonesSvg = data.svg;
    box.innerHTML = data.svg;
  }
  box.onclick = (event) => {
    const key = event.target.closest("[data-pick]")?.dataset.pick;
    if (key) setTriggerValue("picked", key);
  };
}
