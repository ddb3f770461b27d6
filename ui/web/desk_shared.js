// Borders that zones share, moved in all of them: after each step with vertices Python says what the neighbours become.
const MOST_NAMED = 3;

export class Shared {
  constructor(desk) {
    this.desk = desk;
    this.on = false;
    this.links = 0;
    this.press = ({ type }) => {
      this.pressed = type === "pointerdown";
      // The step that a drag began with, if nothing followed it.
      if (!this.pressed) setTimeout(() => this.follow(), 0);
    };
    for (const type of ["pointerdown", "pointerup", "pointercancel"]) document.addEventListener(type, this.press, true);
  }

  close() {
    for (const type of ["pointerdown", "pointerup", "pointercancel"]) document.removeEventListener(type, this.press, true);
  }

  // The neighbours are in step with this outline; from here on they follow.
  settle() {
    this.from = this.desk.zone ? { zone: this.desk.zone.id, at: this.desk.drawing.at, extent: this.desk.drawing.now.extent } : null;
  }

  set(on) {
    this.on = on;
    this.settle();
  }

  // The drawing has another step. Only steps with vertices are followed: other tools change one zone.
  stepped(what) {
    if (!this.on || what === "stepped" || this.desk.tools.mode !== "edit") return this.settle();
    setTimeout(() => this.follow(), 0);
  }

  async follow() {
    const { desk, from } = this;
    const { zone, drawing, pending, panel } = desk;
    // A vertex put in by dragging a middle is two steps; while it is dragged there is nothing to follow yet.
    if (!this.on || this.busy || this.pressed || !desk.open || !zone || from?.zone !== zone.id) return;
    const after = drawing.now.extent;
    if (!after || !from.extent) return this.settle();
    if (JSON.stringify(after) === JSON.stringify(from.extent)) return;
    this.hold(true);
    const answer = await desk.ask("follow", { ...pending.told(null), before: from.extent, after });
    this.hold(false);
    if (desk.zone !== zone) return this.settle();
    if (drawing.now.extent !== after) return this.follow();
    if (answer.error) panel.say(answer.error, "wrong");
    else this.take(answer);
    this.settle();
  }

  // While the neighbours are worked out nobody draws on: the next step would rest on what is not there yet.
  hold(on) {
    this.busy = on;
    this.desk.host.toggleAttribute("inert", on);
  }

  take({ own, zones, said }) {
    const { desk } = this;
    const { drawing, pending, panel, words, lang } = desk;
    const link = zones.length ? `${Date.now()}-${(this.links += 1)}` : undefined;
    // A vertex dragged out of a middle is two steps; together they are one move of the border.
    drawing.join(zones.length ? this.from.at : drawing.at - 1, { extent: own, link });
    for (const { zone, extent } of zones) pending.step(zone, { extent }, link);
    desk.changedAside();
    const names = desk.names(zones.map(({ zone }) => zone.id));
    const many = zones.length > MOST_NAMED ? words.share_many.replace("{n}", zones.length) : words.share_moved.replace("{names}", names);
    const told = [zones.length ? many : "", said].filter(Boolean).join(lang === "en" ? " " : "");
    if (told) panel.say(told, said ? "doubt" : "");
  }
}
