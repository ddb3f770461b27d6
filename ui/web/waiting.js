// A page that is being computed says so: a line after 0.3 s, words and a way to stop after 2 s. Streamlit's own sign for
// it stands in a bar of English words that is hidden here.
import { h } from "./dom.js";

const LINE = 300; // ms
const WORDS = 2000;
const STATE = "data-test-script-state";

let told;

export function tell(parent, strings) {
  told ??= new Waiting(parent);
  told.draw(strings);
}

class Waiting {
  constructor(parent) {
    this.words = h("span", {});
    this.stop = h("button", { type: "button", class: "z-link", onclick: () => stopButton()?.click() });
    this.box = h("div", { class: "z-waiting", role: "status", hidden: true }, h("i", {}), h("p", { hidden: true }, this.words, this.stop));
    parent.append(this.box);
    const app = document.querySelector(".stApp");
    if (app) new MutationObserver(() => this.turn(app)).observe(app, { attributes: true, attributeFilter: [STATE] });
  }

  draw({ page_computing: computing, stop }) {
    this.words.textContent = computing;
    this.stop.textContent = stop;
  }

  turn(app) {
    const running = app.getAttribute(STATE) === "running";
    if (running === Boolean(this.timers)) return;
    this.timers?.forEach(clearTimeout);
    this.timers = running ? [setTimeout(() => this.show(true), LINE), setTimeout(() => this.say(), WORDS)] : null;
    if (!running) this.show(false);
  }

  show(on) {
    this.box.hidden = !on;
    this.box.lastChild.hidden = true;
  }

  say() {
    this.stop.hidden = !stopButton();
    this.box.lastChild.hidden = false;
  }
}

function stopButton() {
  return document.querySelector("[data-testid=stStatusWidget] button");
}
