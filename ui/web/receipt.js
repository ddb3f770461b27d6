// The slip behind a number. Marks anywhere on the page carry a key; the receipt is asked of Python when one is pressed.
import { h, icon, ICONS } from "./dom.js";

// What was pressed and is not answered yet; kept here, for the page may mount the slip anew in between.
const waiting = { key: null, mark: null, turn: null, slip: null, send: null, timer: 0 };

// A question that falls between two runs of a busy page is lost without a word, so it is asked again.
const ASK_AGAIN_MS = 4000;
const MOST_ASKED = 6;

// Marks are hidden until they can be pressed (theme.css).
document.documentElement.classList.add("z-slips");
document.addEventListener("click", (event) => press(event.target.closest?.("[data-receipt]")));

function press(mark) {
  if (!mark) return;
  release();
  // Each press has a number of its own, so that pressing the same mark again is another question.
  Object.assign(waiting, { key: mark.dataset.receipt, mark, turn: Date.now() });
  mark.setAttribute("aria-busy", "true");
  ask(waiting.turn);
}

function release() {
  waiting.mark?.removeAttribute("aria-busy");
}

function ask(turn, times = 1) {
  clearTimeout(waiting.timer);
  if (waiting.turn !== turn) return;
  waiting.send?.("asked", { key: waiting.key, turn, times });
  if (times < MOST_ASKED) waiting.timer = setTimeout(() => ask(turn, times + 1), ASK_AGAIN_MS);
  else release();
}

export default function render({ parentElement, data, setTriggerValue }) {
  parentElement.zonesSlip ??= new Slip(parentElement);
  parentElement.zonesSlip.draw(data, setTriggerValue);
  return () => parentElement.zonesSlip.leave();
}

class Slip {
  constructor(parent) {
    this.dialog = h("dialog", { class: "z-slip", "aria-labelledby": "z-slip-title" });
    parent.append(this.dialog);
    // Escape closes the slip alone, not the card below it.
    this.dialog.addEventListener("keydown", (event) => event.key === "Escape" && event.stopPropagation());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.addEventListener("close", () => waiting.mark?.isConnected && waiting.mark.focus());
  }

  leave() {
    // The next slip may stand already.
    if (waiting.slip === this) waiting.send = null;
    this.dialog.remove();
  }

  draw(data, send) {
    const late = !waiting.send;
    Object.assign(waiting, { slip: this, send });
    if (late && waiting.turn && data.turn !== waiting.turn) ask(waiting.turn);
    if (!waiting.turn || data.turn !== waiting.turn) return;
    waiting.turn = null;
    release();
    if (data.slip) this.open(data);
  }

  open({ slip, strings, lang }) {
    const line = (text) => h("p", {}, text);
    const rows = slip.rows.map(([label, lines]) => [h("dt", {}, label), h("dd", {}, lines.map(line))]);
    this.dialog.lang = lang === "zh" ? "zh-CN" : "en";
    this.dialog.replaceChildren(
      h(
        "header",
        {},
        h("small", {}, strings.receipt),
        h("h2", { id: "z-slip-title" }, slip.title),
        h("p", {}, slip.subject),
        h(
          "button",
          { type: "button", class: "z-close", "aria-label": strings.close, title: strings.close, onclick: () => this.dialog.close() },
          icon(ICONS.close),
        ),
      ),
      h(
        "div",
        { class: "z-slip-body", tabindex: "0", role: "group", "aria-labelledby": "z-slip-title" },
        h("dl", {}, rows, series(slip), inputs(slip)),
      ),
      h(
        "div",
        { class: "z-slip-foot" },
        h("p", {}, `${strings.receipt_id} `, h("code", {}, slip.id)),
        h(
          "div",
          {},
          h("button", { type: "button", onclick: (event) => copy(event.currentTarget, slip.json, strings, this.dialog) }, strings.receipt_copy),
          h("button", { type: "button", onclick: () => save(slip) }, strings.receipt_download),
        ),
        h("small", {}, strings.receipt_check),
      ),
    );
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.querySelector(".z-slip-body").scrollTop = 0;
  }
}

// Rows of a whole table under one receipt.
function series({ series: held }) {
  if (!held) return [];
  const list = h(
    "ul",
    {},
    held.lines.map((line) => h("li", {}, h("span", {}, line))),
  );
  return [h("dt", {}, held.title), h("dd", {}, h("details", {}, h("summary", {}, held.fold), list))];
}

function inputs({ inputs: held, inputs_title: title, fold }) {
  if (!held.length) return [];
  const list = h(
    "ul",
    {},
    held.map(({ name, id, told }) => h("li", {}, h("b", {}, name), h("code", {}, id), h("span", {}, told.join(" · ")))),
  );
  return [h("dt", {}, title), h("dd", {}, fold ? h("details", {}, h("summary", {}, fold), list) : list)];
}

async function copy(button, text, strings, dialog) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Over plain http another machine's page has no clipboard; the old way still works there.
    const field = h("textarea", { class: "z-file" });
    field.value = text;
    dialog.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    button.focus();
  }
  button.textContent = strings.receipt_copied;
  setTimeout(() => (button.textContent = strings.receipt_copy), 1600);
}

function save({ json, file }) {
  const url = URL.createObjectURL(new Blob([json], { type: "application/json" }));
  const link = h("a", { href: url, download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
