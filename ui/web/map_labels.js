// Labels as text over the canvas. A label shows only where it fits, and never over another one.
const GAP = 4;

let ruler = null;

function widthOf(text, font, spacing) {
  ruler ??= document.createElement("canvas").getContext("2d");
  ruler.font = font;
  return ruler.measureText(text).width + text.length * spacing;
}

// Long names stand in two or three lines: a name wider than its zone says little about where it belongs.
const LINE = { zh: 9, en: 20 };

function inLines(text, lang) {
  const most = LINE[lang];
  if (text.length <= most * 1.25) return [text];
  const pieces = lang === "zh" ? [...text] : text.split(/(?<=[ -])/);
  const count = Math.min(3, Math.ceil(text.length / most));
  const wide = text.length / count;
  const lines = [""];
  for (const piece of pieces) {
    const last = lines[lines.length - 1];
    // Chinese closing marks never begin a line.
    const full = last.length + piece.length / 2 > wide && !/^[”’）》、，。]/.test(piece);
    if (full && last && lines.length < count) lines.push(piece);
    else lines[lines.length - 1] += piece;
  }
  return lines.map((line) => line.trim());
}

export class Labels {
  constructor(L, map) {
    this.L = L;
    this.map = map;
    this.group = L.layerGroup().addTo(map);
    this.markers = new Map();
    this.wanted = [];
    map.on("zoomend moveend resize", () => this.place());
    // Widths measured before the font arrives are wrong, so measure once more.
    document.fonts?.ready.then(() => this.place());
  }

  // wanted: [{key, text, wraps, at, cls, size, weight, spacing, rank, minZoom, fits()}], most important (lowest rank) first
  set(wanted) {
    this.wanted = wanted.sort((a, b) => a.rank - b.rank);
    for (const label of wanted) label.lines = label.wraps ? inLines(label.text, label.wraps) : [label.text];
    this.place();
  }

  place() {
    const zoom = this.map.getZoom();
    const view = this.map.getPixelBounds();
    const family = getComputedStyle(this.map.getContainer()).fontFamily;
    const taken = [];
    const shown = new Set();
    const named = new Set();
    for (const label of this.wanted) {
      if (zoom < label.minZoom) continue;
      const box = this.boxOf(label, zoom, family);
      if (!view.intersects(box) || (label.fits && !label.fits(box, zoom))) continue;
      if (taken.some((other) => other.intersects(box))) continue;
      // One place in two plans is named once.
      if (label.wraps && named.has(label.text)) continue;
      named.add(label.text);
      taken.push(box);
      shown.add(label.key);
      this.show(label);
    }
    for (const [key, marker] of this.markers) if (!shown.has(key)) this.hide(key, marker);
  }

  boxOf(label, zoom, family) {
    const font = `${label.weight} ${label.size}px ${family}`;
    const half = Math.max(...label.lines.map((line) => widthOf(line, font, label.spacing))) / 2 + GAP;
    const centre = this.map.project(label.at, zoom);
    const shift = label.dy ?? 0;
    const tall = (label.size * 1.15 * label.lines.length + GAP) / 2;
    return this.L.bounds([centre.x - half, centre.y + shift - tall], [centre.x + half, centre.y + shift + tall]);
  }

  show(label) {
    const known = this.markers.get(label.key);
    if (known && known.zText === label.text && known.zClass === label.cls) return;
    if (known) this.hide(label.key, known);
    const span = document.createElement("span");
    span.textContent = label.lines.join("\n");
    span.style.cssText = `font-size:${label.size}px;font-weight:${label.weight};letter-spacing:${label.spacing}px;`;
    if (label.colour) span.style.color = label.colour;
    if (label.dy) span.style.marginTop = `${label.dy}px`;
    const shape = this.L.divIcon({ className: `z-label ${label.cls}`, html: span, iconSize: [0, 0] });
    const options = { icon: shape, interactive: false, keyboard: false, pane: "labels" };
    const marker = this.L.marker(label.at, options).addTo(this.group);
    marker.zText = label.text;
    marker.zClass = label.cls;
    this.markers.set(label.key, marker);
  }

  hide(key, marker) {
    this.group.removeLayer(marker);
    this.markers.delete(key);
  }
}
