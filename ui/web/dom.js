// Small DOM builder. Text always goes in as text, so a name from a data file can never become markup.
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "style") node.style.cssText = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

export function icon(path, size = 16) {
  const attributes = { viewBox: "0 0 16 16", width: size, height: size, "aria-hidden": "true", class: "z-icon" };
  return svg("svg", attributes, svg("path", { d: path }));
}

// The quiet mark after a number: opens its receipt (see receipt.js, which listens for these marks).
export function receiptMark(key, label, tabindex = null) {
  return h("button", { type: "button", class: "z-mark", "data-receipt": key, "aria-label": label, "aria-haspopup": "dialog", title: label, tabindex });
}

export const ICONS = {
  close: "M3.5 3.5l9 9m0-9l-9 9",
  chevron: "M6 3.5L10.5 8 6 12.5",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.5 10.5l3 3",
  layers: "M8 2.5l6 3-6 3-6-3zM2.5 8.5L8 11.2l5.5-2.7M2.5 11.2L8 14l5.5-2.8",
  home: "M2.5 8L8 3l5.5 5M4 7v6h8V7",
  export: "M8 2.5v7m-3-3l3 3 3-3M3 11v2.5h10V11",
  plus: "M8 3.5v9m-4.5-4.5h9",
  minus: "M3.5 8h9",
  menu: "M2.5 4h11M2.5 8h11M2.5 12h11",
  legend: "M2.5 4h3v2h-3zM7.5 5h6M2.5 10h3v2h-3zM7.5 11h6",
};
