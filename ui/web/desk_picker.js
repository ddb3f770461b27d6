// The zone to draw, by name, alias or id: only what the plans name can be drawn.
import { h } from "./dom.js";

const MOST = 60;

export function zonePicker(desk) {
  const { words, data } = desk;
  const list = h("ul", { class: "z-pick-list", role: "listbox" });
  const input = h("input", {
    class: "z-pick-input", type: "text", autocomplete: "off", placeholder: words.zone_hint, "aria-label": words.zone,
    oninput: () => fill(), onkeydown: (event) => event.key === "Enter" && enter(),
  });
  const wrong = h("p", { class: "z-desk-said z-desk-wrong", hidden: true });
  const matches = () => {
    const text = input.value.trim().toLowerCase();
    const fits = (zone) => [zone.id, zone.zh, zone.en, zone.also].some((name) => name.toLowerCase().includes(text));
    return desk.index.filter(fits).sort((a, b) => a.drawn - b.drawn);
  };
  const item = (zone) =>
    h(
      "li",
      { role: "option" },
      h(
        "button",
        { type: "button", "data-zone": zone.id, onclick: () => desk.openZone(zone.id) },
        h("i", { style: `background:${data.style.kinds[zone.kind].colour}` }),
        h("span", {}, zone[desk.data.lang]),
        h("small", {}, [data.plans[zone.plan], zone.drawn ? null : words.not_drawn].filter(Boolean).join(" · ")),
      ),
    );
  function fill() {
    const found = matches();
    wrong.hidden = found.length > 0;
    wrong.textContent = words.refused.replace("{text}", input.value.trim());
    list.replaceChildren(...found.slice(0, MOST).map(item));
  }
  function enter() {
    const found = matches();
    const exact = found.find((zone) => zone.id === input.value.trim());
    if (exact ?? found.length === 1) desk.openZone((exact ?? found[0]).id);
  }
  fill();
  return h(
    "section",
    { class: "z-desk-pick" },
    h("h3", {}, words.zone), input, wrong, h("p", { class: "z-small" }, words.zone_note), list,
  );
}
