// What every map needs before it can be drawn: Leaflet's style sheet, and the data by address, each fetched once.
const cache = new Map();

export function load(url) {
  if (!cache.has(url)) {
    const wanted = fetch(new URL(url, document.baseURI)).then((answer) => {
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      return answer.json();
    });
    cache.set(url, wanted);
  }
  return cache.get(url);
}

export function styleSheet(name) {
  return new Promise((done) => {
    const href = new URL(`../${name}`, import.meta.url).href;
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done, onerror: done });
    document.head.prepend(link);
  });
}

// Leaflet measures its panes, so its style sheet must be there before the first map is.
export const sheet = styleSheet("leaflet.css");
