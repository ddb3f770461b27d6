// A plain HTML table that sorts and filters in place; rows may lead to a zone.
import { h, receiptMark } from "./dom.js";

// Longest text that is never broken into two lines.
const CHINESE = /[\u3400-\u9fff]/;
const SHORT_ZH = 6;
const SHORT_EN = 16;

export default function render({ parentElement, data, setTriggerValue }) {
  parentElement.zonesTable ??= new Table(parentElement);
  parentElement.zonesTable.draw(data, setTriggerValue);
}

class Table {
  constructor(parent) {
    this.sort = null;
    this.words = "";
    this.filter = h("input", { type: "search", class: "z-filter" });
    this.filter.addEventListener("input", () => {
      this.words = this.filter.value.trim().toLowerCase();
      this.rows();
    });
    this.note = h("span", { class: "z-count", "aria-live": "polite" });
    this.table = h("table", { class: "z-table", onkeydown: (event) => this.step(event) });
    this.bar = h("div", { class: "z-table-bar" }, this.filter, this.note);
    parent.append(this.bar, h("div", { class: "z-table-box", tabindex: "0" }, this.table));
  }

  draw(data, send) {
    this.data = data;
    this.send = send;
    this.bar.hidden = !data.filter;
    this.filter.placeholder = data.filter ?? "";
    this.filter.setAttribute("aria-label", data.filter ?? "");
    this.table.parentElement.setAttribute("aria-label", data.caption);
    this.table.classList.toggle("z-heat", Boolean(data.heat));
    this.rows();
  }

  order(rows) {
    if (!this.sort) return rows;
    const { column, down } = this.sort;
    const value = ({ cells }) => ("sort" in cells[column] ? cells[column].sort : cells[column].text);
    const empty = (v) => v === null || v === "";
    return [...rows].sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      if (empty(x) || empty(y)) return empty(x) - empty(y); // the unknown stays at the end, whichever way
      const way = typeof x === "number" ? x - y : String(x).localeCompare(String(y), this.data.lang);
      return down ? -way : way;
    });
  }

  rows() {
    const { columns, rows, lang } = this.data;
    const kept = this.order(rows.filter((row) => !this.words || row.find.includes(this.words)));
    this.note.textContent = `${kept.length} / ${rows.length}`;
    const head = h(
      "thead",
      {},
      h(
        "tr",
        {},
        columns.map((column, place) => this.heading(column, place)),
      ),
    );
    const body = h(
      "tbody",
      {},
      kept.length
        ? kept.map((row) => this.row(row))
        : h("tr", {}, h("td", { colspan: columns.length, class: "z-none" }, this.data.none)),
    );
    this.table.lang = lang;
    this.table.replaceChildren(head, body);
    this.table.querySelector(".z-mark")?.setAttribute("tabindex", "0");
  }

  heading(column, place) {
    const now = this.sort?.column === place ? (this.sort.down ? "descending" : "ascending") : "none";
    const turn = () => {
      this.sort = { column: place, down: now === "none" ? Boolean(column.number) : now === "ascending" };
      this.rows();
    };
    const title = [h("span", {}, column.title), column.unit ? h("small", {}, column.unit) : null];
    return h(
      "th",
      {
        scope: "col",
        class: `${column.number ? "z-number" : ""} ${column.minor ? "z-minor" : ""}`,
        "aria-sort": column.fixed ? null : now,
        title: column.note ?? null,
      },
      column.fixed ? title : h("button", { type: "button", onclick: turn }, title),
    );
  }

  row(row) {
    return h(
      "tr",
      { class: row.chosen ? "z-row-chosen" : "" },
      row.cells.map((cell, place) => this.cell(row, cell, this.data.columns[place], place)),
    );
  }

  cell(row, cell, column, place) {
    const style = cell.shade === undefined ? null : `--shade:${Math.round(cell.shade * 100)}%`;
    const said = cell.see
      ? h(
          "button",
          { type: "button", class: "z-see", title: cell.note, onclick: () => this.send("see", cell.see) },
          cell.text,
        )
      : cell.pick
        ? h(
            "button",
            { type: "button", class: "z-go", onclick: () => this.send("picked", cell.pick) },
            cell.colour ? h("i", { style: `background:${cell.colour}` }) : null,
            cell.text,
          )
        : [
            cell.colour ? h("i", { style: `background:${cell.colour}` }) : null,
            cell.quoted
              ? h("span", { class: "z-quoted", lang: "zh-CN" }, cell.text)
              : cell.status
                ? h("span", { class: `z-tag z-is-${cell.status}` }, cell.text)
                : cell.text,
            cell.soft ? h("span", { class: "z-soft" }, cell.soft) : null,
            cell.bar ? bar(cell.bar) : null,
            cell.tags ? cell.tags.map((tag) => h("span", { class: "z-tag" }, tag)) : null,
          ];
    const kind = [
      column.number ? "z-number" : "",
      column.wide ? "z-wide" : "",
      column.minor ? "z-minor" : "",
      cell.text?.length <= (CHINESE.test(cell.text) ? SHORT_ZH : SHORT_EN) ? "z-short" : "",
      cell.shade === undefined ? "" : "z-shade",
      cell.self ? "z-self" : "",
    ].join(" ");
    const props = { scope: place ? null : "row", class: kind, style, title: cell.note ?? null };
    return h(place ? "td" : "th", props, said, this.mark(row, cell, column));
  }

  mark(row, cell, column) {
    const key = cell.receipt ?? (column.receipt && row.receipt ? `${column.receipt} ${row.receipt}` : null);
    return key && cell.sort !== null ? receiptMark(key, this.data.receipt_open, "-1") : null;
  }

  // One stop of the tab key for all marks of a table; the arrows go from one to the next.
  step(event) {
    const marks = [...this.table.querySelectorAll(".z-mark")];
    const at = marks.indexOf(event.target);
    const across = this.data.columns.filter((column) => column.receipt).length || 1;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across }[event.key];
    const next = at < 0 || !by ? null : marks[at + by];
    if (!next) return;
    event.preventDefault();
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}

// Way to the target; the tick is where it should be by now.
function bar({ share, expected, status }) {
  const due = expected === null ? null : h("u", { style: `left:${expected * 100}%` });
  return h("span", { class: `z-bar z-bar-${status}`, "aria-hidden": "true" }, h("i", { style: `width:${share * 100}%` }), due);
}
