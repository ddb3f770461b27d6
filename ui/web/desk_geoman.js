// Leaflet-geoman, a classic script, beside Leaflet as a module: it finds the same classes under the name it expects.
import * as L from "../leaflet-src.esm.js";
import { styleSheet } from "./map_load.js";

let loaded = null;

export function geoman() {
  loaded ??= Promise.all([styleSheet("leaflet-geoman.css"), script("leaflet-geoman.min.js")]).then(() => {
    // Only what says so may be edited: the atlas's own shapes lie under the drawing.
    window.L.PM.setOptIn(true);
  });
  return loaded;
}

function script(name) {
  // The names of a module can't be added to; geoman adds its own, so it is given a copy that can.
  window.L ??= { ...L };
  return new Promise((done, failed) => {
    const src = new URL(`../${name}`, import.meta.url).href;
    document.head.append(Object.assign(document.createElement("script"), { src, onload: done, onerror: failed }));
  });
}

// Geoman's own words where they say what is meant, ours where they do not.
export function speak(map, lang, words) {
  const tooltips = {
    firstVertex: words.first_vertex,
    continueLine: words.continue,
    finishLine: words.finish_line,
    finishPoly: words.finish_poly,
    placeMarker: words.click_place,
  };
  const actions = { finish: words.tool_finish, cancel: words.tool_cancel, removeLastVertex: words.tip_back };
  map.pm.setLang("desk", { tooltips, actions }, lang === "zh" ? "zh" : "en");
}
