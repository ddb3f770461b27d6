// Search by name, alias, pinyin, initials or English; the same forms of a name as zones/search.py knows.
window.atlasSearch = (function () {
  const MOST = 8;

  function plain(text) {
    return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  }

  function worth(wanted, key) {
    if (wanted === key) return 1;
    const share = wanted.length / Math.max(key.length, 1);
    if (key.startsWith(wanted)) return 0.9 + 0.09 * share;
    const enough = wanted.length >= (/^[\x00-\x7f]*$/.test(wanted) ? 3 : 2);
    return enough && key.includes(wanted) ? 0.8 + 0.09 * share : 0;
  }

  // Returns the ids of the zones that a text fits, best first.
  function find(text, cards) {
    const wanted = plain(text);
    if (!wanted) return [];
    return Object.entries(cards)
      .map(([id, card]) => [Math.max(...card.keys.map((key) => worth(wanted, key))), id])
      .filter(([score]) => score > 0)
      .sort((a, b) => b[0] - a[0] || cards[a[1]].name.length - cards[b[1]].name.length)
      .slice(0, MOST)
      .map(([, id]) => id);
  }

  function add(cards, words, choose) {
    const box = document.getElementById("atlas-search");
    const input = box.querySelector("input"), list = box.querySelector("ul");
    let at = -1;

    function light(next) {
      at = next;
      [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
      if (list.children[at]) input.setAttribute("aria-activedescendant", list.children[at].id);
      else input.removeAttribute("aria-activedescendant");
    }

    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
    }

    function pick(id) {
      input.value = cards[id].name;
      close();
      choose(id);
    }

    function show() {
      const found = find(input.value, cards);
      list.replaceChildren();
      found.forEach((id, place) => {
        const item = document.createElement("li");
        item.id = `atlas-found-${place}`;
        item.setAttribute("role", "option");
        const kind = document.createElement("small");
        kind.textContent = cards[id].kind;
        item.append(cards[id].name, kind);
        // Before the box loses the focus and closes.
        item.addEventListener("pointerdown", (event) => { event.preventDefault(); pick(id); });
        item.dataset.zone = id;
        list.append(item);
      });
      if (!found.length && input.value.trim()) {
        const item = document.createElement("li");
        item.className = "none";
        item.textContent = words.nothing;
        list.append(item);
      }
      list.hidden = !list.children.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      light(found.length ? 0 : -1);
    }

    input.addEventListener("input", show);
    input.addEventListener("focus", () => input.value && show());
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      const items = list.querySelectorAll("[data-zone]");
      if (event.key === "Escape") close();
      else if (event.key === "Enter" && items[at]) pick(items[at].dataset.zone);
      else if (event.key === "ArrowDown" && items.length) light((at + 1) % items.length);
      else if (event.key === "ArrowUp" && items.length) light((at - 1 + items.length) % items.length);
      else return;
      event.preventDefault();
    });
  }

  return { add, find };
})();
