// Labels as text over the canvas. A label shows only where it fits, and never over another one.
const GAP = 4;

let ruler = null;

function widthOf(text, font, spacing) {
  ruler ??= document.createElement("canvas").getContext("2d");
  ruler.font = font;
  return ruler.measureText(text).width + text.length * spacing;
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

  // wanted: [{key, text, at, cls, size, weight, spacing, rank, minZoom, room()}], most important (lowest rank) first
  set(wanted) {
    this.wanted = wanted.sort((a, b) => a.rank - b.rank);
    this.place();
  }

  place() {
    const zoom = this.map.getZoom();
    const view = this.map.getPixelBounds();
    const family = getComputedStyle(this.map.getContainer()).fontFamily;
    const taken = [];
    const shown = new Set();
    for (const label of this.wanted) {
      if (zoom < label.minZoom) continue;
      const box = this.boxOf(label, zoom, family);
      if (!view.intersects(box) || (label.fits && !label.fits(box, zoom))) continue;
      if (taken.some((other) => other.intersects(box))) continue;
      taken.push(box);
      shown.add(label.key);
      this.show(label);
    }
    for (const [key, marker] of this.markers) if (!shown.has(key)) this.hide(key, marker);
  }

  boxOf(label, zoom, family) {
    const font = `${label.weight} ${label.size}px ${family}`;
    const half = widthOf(label.text, font, label.spacing) / 2 + GAP;
    const centre = this.map.project(label.at, zoom);
    const shift = label.dy ?? 0;
    const tall = label.size * 0.7 + GAP / 2;
    return this.L.bounds([centre.x - half, centre.y + shift - tall], [centre.x + half, centre.y + shift + tall]);
  }

  show(label) {
    const known = this.markers.get(label.key);
    if (known && known.zText === label.text && known.zClass === label.cls) return;
    if (known) this.hide(label.key, known);
    const span = document.createElement("span");
    span.textContent = label.text;
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
