// Questions to Python, one at a time: each run of the script answers one, and names it by its number.
const PATIENCE_MS = 20_000;

export class Asking {
  constructor() {
    this.waiting = [];
    this.serial = Date.now();
  }

  // With `newest` an older question of the kind that still waits is dropped, and answered with nothing.
  ask(verb, told, { newest = false } = {}) {
    if (newest) {
      for (const old of this.waiting.filter((each) => each.verb === verb)) old.done(null);
      this.waiting = this.waiting.filter((each) => each.verb !== verb);
    }
    return new Promise((done) => {
      this.waiting.push({ verb, told, done });
      this.next();
    });
  }

  next() {
    if (this.asked || !this.waiting.length) return;
    this.asked = { ...this.waiting.shift(), serial: (this.serial += 1) };
    const put = () => this.send("ask", { serial: this.asked.serial, verb: this.asked.verb, ...this.asked.told });
    // A run that another one overtook is asked for again.
    this.again = setInterval(put, PATIENCE_MS);
    put();
  }

  answered(answer) {
    if (!answer || answer.serial !== this.asked?.serial) return;
    clearInterval(this.again);
    const { done } = this.asked;
    this.asked = null;
    done(answer);
    this.next();
  }
}
