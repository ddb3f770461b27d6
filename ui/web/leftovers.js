// Streamlit writes its own words in English only; this puts them into the language of the page. Words that hold a
// name or a number have a `*` in both languages.
const NAMED = "[aria-label], [title], [placeholder]";
const SPOKEN = "[role=dialog] *, [role=alertdialog] *, [role=tooltip] *, [data-testid^=stFileUploader] *, [data-live-announcer] *, [aria-live] *, [aria-live]";
const REST = 60; // ms: a page that is being built changes hundreds of times a second

let pairs = [];
let waiting = null;

export function speak(words) {
  pairs = words.map(([from, to]) => [pattern(from), to]);
  translate();
  watcher.observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["aria-label", "title", "placeholder"],
  });
}

const watcher = new MutationObserver(() => {
  waiting ??= setTimeout(translate, REST);
});

function pattern(text) {
  const escaped = text.replace(/[.?+^$()[\]{}|\\]/g, "\\$&").replace(/\*/g, "(.+?)");
  return new RegExp(`^${escaped}$`);
}

function said(text) {
  for (const [from, to] of pairs) {
    const found = text.match(from);
    if (found) return to.replace("*", found[1] ?? "");
  }
  return null;
}

function translate() {
  waiting = null;
  // Icons are letters in a font; a reader of the screen would spell them out.
  for (const icon of document.querySelectorAll("[data-testid=stIconMaterial]:not([aria-hidden])")) icon.ariaHidden = "true";
  for (const node of document.querySelectorAll(NAMED)) {
    for (const name of ["aria-label", "title", "placeholder"]) {
      const now = node.getAttribute(name);
      const other = now && said(now);
      if (other && other !== now) node.setAttribute(name, other);
    }
  }
  for (const node of document.querySelectorAll(SPOKEN)) {
    for (const child of node.childNodes) {
      if (child.nodeType !== Node.TEXT_NODE) continue;
      const other = said(child.data.trim());
      if (other) child.data = other;
    }
  }
}
