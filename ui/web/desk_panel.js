// The panel beside the map: which draft, which zone, its figures and record, what was found, and the save.
import { h, icon, ICONS, receiptMark } from "./dom.js";
import { pictureList, recordForm } from "./desk_form.js";
import { zonePicker } from "./desk_picker.js";

const THEIRS = "#CC79A7";
const FOUND = "#D55E00";

export class Panel {
  constructor(desk) {
    this.desk = desk;
    this.part = "extent";
    this.foundBox = h("section", { class: "z-desk-found" });
    this.figureBox = h("section", { class: "z-desk-figures", "aria-live": "polite" });
    this.head = h("div", { class: "z-desk-head" });
    this.said = h("p", { class: "z-desk-said", role: "status", hidden: true });
    this.body = h("div", { class: "z-desk-body" });
    this.foot = h("div", { class: "z-desk-foot" });
    this.box = h("aside", { class: "z-desk-panel" }, this.head, this.body, this.said, this.foot);
    this.box.addEventListener("input", ({ target }) => {
      for (const each of [target, target.closest(".z-field")]) each?.classList.remove("z-field-missing");
    });
    desk.host.append(this.box);
  }

  show(data) {
    const picture = JSON.stringify([data.lang, data.state, data.notice, data.revision, data.overlays]);
    if (picture === this.picture) return;
    const language = data.lang !== this.lang;
    this.picture = picture;
    this.lang = data.lang;
    this.drawHead(data);
    this.opened(language || !this.drawn);
    this.drawn = true;
  }

  drawHead(data) {
    const { words, asking } = this.desk;
    const link = h("button", { type: "button", class: "z-link", onclick: () => asking.send("leave", "history") }, words.history);
    const notice = data.notice ? h("p", { class: "z-desk-notice", role: "status" }, data.notice, " ", link) : "";
    this.head.replaceChildren(h("p", { class: "z-desk-state" }, data.state), notice);
  }

  say(text, look = "") {
    this.said.hidden = !text;
    this.said.textContent = text;
    this.said.className = `z-desk-said ${look ? `z-desk-${look}` : ""}`;
  }

  // A zone was opened or closed, or its record has other fields now.
  opened(afresh = true) {
    const { desk } = this;
    if (afresh) this.say("");
    if (afresh) this.foundBox.replaceChildren();
    // What follows keeps its place while the figures of a zone are on their way.
    if (afresh && desk.zone) this.awaiting();
    this.footing(afresh);
    if (!desk.zone) return this.body.replaceChildren(desk.pending.box, this.foundBox, zonePicker(desk), pictureList(desk));
    if (!desk.drawing.now[this.part]) this.part = desk.drawing.now.extent || !desk.drawing.now.axis ? "extent" : "axis";
    const form = recordForm(desk, this.part, (part) => {
      this.part = part;
      this.opened(false);
    });
    const scroll = this.body.scrollTop;
    this.body.replaceChildren(this.title(), desk.pending.box, this.figureBox, this.foundBox, form, pictureList(desk));
    this.body.scrollTop = afresh ? 0 : scroll;
  }

  // Name, reason and the save: where there is something to save, or a zone that may be drawn.
  footing(afresh) {
    const { zone, data, pending } = this.desk;
    const none = data.revision === null;
    this.foot.hidden = !none && !zone && !pending.all.length;
    if (!afresh && this.foot.querySelector(".z-desk-save")) return;
    this.foot.replaceChildren(none ? this.begin() : this.saving());
  }

  title() {
    const { zone, words } = this.desk;
    const close = () => this.desk.closeZone();
    return h(
      "section",
      { class: "z-desk-title", style: `--kind:${zone.colour};--kind-ink:${this.desk.data.style.kinds[zone.kind].ink}` },
      h("button", { type: "button", class: "z-close", title: words.close, "aria-label": words.close, onclick: close }, icon(ICONS.close)),
      h("h2", {}, this.desk.index.find((each) => each.id === zone.id)[this.lang]),
      h("div", { class: "z-tags" }, h("span", { class: "z-kind" }, this.desk.data.style.kinds[zone.kind].label), h("code", {}, zone.id)),
    );
  }

  awaiting() {
    const { words } = this.desk;
    delete this.figureBox.dataset.area;
    this.figureBox.replaceChildren(h("h3", {}, words.figures, h("em", {}, words.counting)), h("p", { class: "z-area-value" }, h("b", {}, "…")));
    this.counting();
  }

  counting() {
    this.figureBox.classList.add("z-desk-counting");
  }

  figures(found) {
    const { words } = this.desk;
    this.figureBox.classList.remove("z-desk-counting");
    const head = h("h3", {}, words.figures, h("em", {}, words.counting));
    if (found.note) return this.figureBox.replaceChildren(head, h("p", { class: "z-small" }, found.note));
    const [value, error] = found.area.split(" ± ");
    const rows = found.overlaps.map((each) =>
      h("tr", { "data-zone": each.id }, h("th", { scope: "row" }, each.name), h("td", {}, `${each.area} km²`), h("td", {}, each.share)),
    );
    this.figureBox.dataset.area = String(found.area_m2);
    this.figureBox.replaceChildren(
      head,
      h("p", { class: "z-area-value" }, h("b", {}, value), error ? h("span", {}, ` ± ${error}`) : null, h("em", {}, " km²"), found.receipt ? receiptMark(found.receipt, words.receipt_open) : null),
      h("p", { class: "z-small" }, `${words.perimeter} ${found.perimeter} km${error ? "" : ` · ${words.edge_note}`}`),
      rows.length
        ? h("table", { class: "z-desk-overlaps" }, h("caption", {}, words.overlaps), h("tbody", {}, rows))
        : h("p", { class: "z-small" }, words.no_overlaps),
      found.more ? h("p", { class: "z-small" }, words.more.replace("{n}", found.more)) : "",
    );
  }

  stepped(rebuild) {
    this.foundBox.replaceChildren();
    this.say("");
    if (rebuild) this.opened(false);
  }

  saving() {
    const { words } = this.desk;
    const keep = (name) => (event) => (this[name] = event.target.value);
    this.who ??= this.desk.data.who;
    const field = (name, hint) =>
      h("input", { class: `z-desk-${name}`, value: this[name] ?? "", placeholder: hint ?? words[name], "aria-label": words[name], title: words[name], oninput: keep(name) });
    return h(
      "div",
      { class: "z-desk-save" },
      h("div", { class: "z-desk-row" }, field("who"), h("button", { type: "button", class: "z-desk-check", onclick: () => this.check() }, words.check)),
      h("div", { class: "z-desk-row" }, field("why", words.why_hint), h("button", { type: "button", class: "z-primary z-desk-store", onclick: () => this.save() }, words.save)),
    );
  }

  begin() {
    const { words } = this.desk;
    const who = h("input", { class: "z-desk-who", placeholder: words.who, "aria-label": words.who, value: this.who ?? "" });
    const start = async () => {
      this.who = who.value;
      if (!who.value.trim()) return who.focus();
      const answer = await this.desk.ask("begin", { who: who.value });
      if (!answer.error) this.desk.pending.rest(this.desk.data.revision);
      this.opened(false);
      this.say(answer.error ?? answer.begun, answer.error ? "wrong" : "good");
    };
    return h(
      "div",
      { class: "z-desk-begin" },
      h("p", { class: "z-small" }, words.begin_note),
      h("div", { class: "z-desk-row" }, who, h("button", { type: "button", class: "z-primary", onclick: start }, words.begin)),
    );
  }

  async check() {
    const answer = await this.desk.ask("check", this.desk.pending.told(this.desk.pending.open));
    if (answer.error) return this.say(answer.error, "wrong");
    this.found(answer.findings);
    this.say(answer.findings.length ? "" : this.desk.words.no_findings, "good");
  }

  found(findings) {
    const { desk } = this;
    const { words } = desk;
    desk.ground.compare(findings.filter((each) => each.at).map((each) => [each.at, FOUND, null]));
    const several = desk.pending.aside.length > 0;
    const ways = (each) =>
      each.of === desk.zone?.id
        ? each.mends.map(([mend, label]) => h("button", { type: "button", "data-mend": mend, onclick: () => this.propose(mend) }, label))
        : h("button", { type: "button", class: "z-go-there", onclick: () => desk.openZone(each.of) }, words.go_there);
    const row = (each) =>
      h(
        "li",
        { class: `z-found-${each.severity}`, "data-kind": each.kind },
        h("b", {}, words[each.severity], several ? ` · ${desk.names([each.of])}` : null),
        h("p", {}, each.text),
        h(
          "span",
          { class: "z-desk-row" },
          each.at ? h("button", { type: "button", onclick: () => desk.map.fitBounds(desk.ground.bounds(each.at), { maxZoom: 17, animate: false }) }, words.where) : null,
          ways(each),
        ),
      );
    this.foundBox.replaceChildren(...(findings.length ? [h("h3", {}, words.findings), h("ul", { class: "z-desk-list" }, findings.map(row))] : []));
    const { top } = this.foundBox.getBoundingClientRect();
    if (findings.length) this.body.scrollTop += top - this.body.getBoundingClientRect().top - 12;
  }

  async propose(mend) {
    const { desk } = this;
    const answer = await desk.ask("propose", { ...desk.pending.told(desk.pending.open), mend });
    if (answer.error) return this.say(answer.error, "wrong");
    const { extent, differs, sentence } = answer.proposal;
    desk.ground.compare([[extent, "#009E73", null], ...(differs ? [[differs, FOUND, "lines"]] : [])]);
    const accept = () => desk.drawing.commit({ extent });
    const decline = () => (this.say(""), desk.ground.compare([]));
    this.choices(sentence, "", [[desk.words.accept, accept, true], [desk.words.decline, decline]]);
  }

  choices(sentence, look, buttons) {
    this.say(sentence, look);
    const button = ([text, act, first]) => h("button", { type: "button", class: first ? "z-primary" : null, onclick: act }, text);
    this.said.append(h("span", { class: "z-desk-row" }, buttons.map(button)));
  }

  async save({ despite = false } = {}) {
    const { desk } = this;
    const { words, pending } = desk;
    // An open zone without changes is no part of the save, unless nothing else is: then it is said that nothing changed.
    const told = pending.told(pending.aside.length ? pending.openChanged : pending.open);
    const answer = await desk.asking.ask("save", { ...told, who: this.who ?? "", why: this.why ?? "", despite });
    if (answer.error) return this.say(answer.error, "wrong");
    if (answer.missing && answer.zone) await desk.openZone(answer.zone);
    this.mark(answer.missing ?? []);
    if (answer.missing) return this.say(answer.sentence, "wrong");
    if (answer.unchanged) return this.say(words.unchanged, "good");
    if (answer.collision) return this.collided(answer.collision);
    if (answer.asks) {
      this.found(answer.findings);
      const again = [[words.save_despite, () => this.save({ despite: true }), true], [words.stay, () => this.say("")]];
      return answer.asks === "mend" ? this.say(words.mend_first, "wrong") : this.choices(answer.sentence ?? words.confirm, "doubt", again);
    }
    this.why = "";
    await desk.stored();
    this.say(answer.saved, "good");
  }

  // Fields that must be filled in first: [part, field].
  mark(missing) {
    if (missing.length && missing[0][0] !== this.part) {
      this.part = missing[0][0];
      this.opened(false);
    }
    this.box.querySelectorAll(".z-field, .z-desk-foot input").forEach((field) => field.classList.remove("z-field-missing"));
    for (const [part, field] of missing) {
      const at = part ? this.box.querySelector(`.z-field-${field}`) : this.box.querySelector(`.z-desk-foot .z-desk-${field}`);
      if (!part || part === this.part) at?.classList.add("z-field-missing");
    }
    this.box.querySelector(".z-field-missing")?.scrollIntoView({ block: "nearest" });
  }

  // Zones that somebody else changed meanwhile: for each one whose shape shall stand.
  collided({ zones, base }) {
    const { desk } = this;
    const { words, ground } = desk;
    const shapes = zones.flatMap((each) => each.theirs).filter(Boolean);
    ground.compare(shapes.map((shape) => [shape, THEIRS, "back"]));
    const bounds = shapes.reduce((box, shape) => box.extend(ground.bounds(shape)), desk.drawing.bounds());
    if (bounds.isValid()) desk.fit(bounds);
    this.say(words.both_sides, "wrong");
    const chosen = { ours: [], theirs: [] };
    const settle = async (id, whose, row) => {
      chosen[whose].push(id);
      row.remove();
      if (chosen.ours.length + chosen.theirs.length < zones.length) return;
      ground.compare([]);
      for (const each of chosen.ours) desk.pending.rest(base, each);
      for (const each of chosen.theirs) await desk.drop(each);
      // What was looked at before is not what is saved now, where a shape of theirs stands beside.
      if (chosen.ours.length) await this.save({ despite: !chosen.theirs.length });
    };
    const row = ({ zone, sentence }) => {
      const box = h("span", { class: "z-collided", "data-zone": zone }, h("span", {}, sentence));
      const button = (text, whose) => h("button", { type: "button", onclick: () => settle(zone, whose, box) }, text);
      box.append(h("span", { class: "z-desk-row" }, button(words.take_theirs, "theirs"), button(words.keep_ours, "ours")));
      return box;
    };
    const back = () => (this.say(""), ground.compare([]));
    this.said.append(...zones.map(row), h("span", { class: "z-desk-row" }, h("button", { type: "button", onclick: back }, words.back)));
  }
}
