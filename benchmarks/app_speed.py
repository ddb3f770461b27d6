"""Times what a reader waits for in the app: first map, click to card, filter, search; in headless Chromium.

Each figure is taken in the page itself, from the reader's act to the picture, on a warm server with all plans on.
"""

import argparse
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "baoan.core.tiezaishan",
    "longhua.core.luhu",
    "pingshan.park.north",
    "baoan.core.xinqiaodong",
    "longhua.park.hightech",
    "sz.subarea.pingshan-south",
    "pingshan.core.hq",
)
WORDS = ("tzs", "铁仔山", "meiguan", "四核", "hetao", "深汕", "gxy")

POINT = """async (id) => {
  const desk = document.querySelector('.z-map').parentElement.zonesDesk;
  await desk.ready;
  const { at } = desk.zones.all.get(id);
  const point = desk.map.latLngToContainerPoint([at[1], at[0]]);
  const box = desk.canvasBox.getBoundingClientRect();
  return [box.left + point.x, box.top + point.y];
}"""
WATCH = """() => {
  window.took = null;
  document.addEventListener('click', () => {
    const start = performance.now();
    new MutationObserver((_, watch) => {
      if (!document.querySelector('.z-card')) return;
      requestAnimationFrame(() => { window.took = performance.now() - start; });
      watch.disconnect();
    }).observe(document.body, { childList: true, subtree: true });
  }, { capture: true, once: true });
}"""
FLIP = """async () => {
  const host = document.querySelector('.z-map');
  const painted = host.dataset.painted;
  const start = performance.now();
  document.querySelectorAll('.z-plan header .z-switch')[1].click();
  while (host.dataset.painted === painted && performance.now() - start < 10000)
    await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""
FIND = """async (words) => {
  const input = document.querySelector('.z-search input');
  input.focus();
  const list = document.querySelector('.z-found');
  list.replaceChildren();
  input.value = words;
  const start = performance.now();
  input.dispatchEvent(new Event('input'));
  while (!list.querySelector('li') && performance.now() - start < 10000) await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""


@contextmanager
def app() -> Iterator[str]:
    """Run the app on a free port; yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"{address}/_stcore/health")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(url: str) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SystemExit(f"{url}: the app did not start")


def first_map(page: Page, address: str, _: int) -> float:
    """Return ms from opening the address to the painted map."""
    page.goto(address)
    page.wait_for_selector(".z-map[data-painted]")
    return float(page.evaluate("performance.now()"))


def click_to_card(page: Page, _: str, turn: int) -> float:
    """Return ms from a click on a zone to its card."""
    point = page.evaluate(POINT, PLACES[turn % len(PLACES)])
    page.evaluate(WATCH)
    page.mouse.click(*point)
    page.wait_for_function("window.took !== null")
    took = float(page.evaluate("window.took"))
    page.keyboard.press("Escape")
    page.wait_for_selector(".z-card", state="detached")
    return took


def filter_plan(page: Page, _: str, __: int) -> float:
    """Return ms from a plan's switch to the redrawn map."""
    took = float(page.evaluate(FLIP))
    page.wait_for_timeout(500)
    return took


def search(page: Page, _: str, turn: int) -> float:
    """Return ms from the last key to the list of answers, the rest of 120 ms included."""
    took = float(page.evaluate(FIND, WORDS[turn % len(WORDS)]))
    page.wait_for_timeout(300)
    return took


def main() -> None:
    """Run every measurement `-n` times after one that is thrown away, and write a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=7, help="runs of each measurement, at least 5")
    runs = max(parser.parse_args().n, 5)
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        raise SystemExit(f"no browser is installed; install one of {', '.join(BROWSERS)}")
    acts: tuple[tuple[str, Callable[[Page, str, int], float]], ...] = (
        ("first map, warm", first_map),
        ("click to card", click_to_card),
        ("filter a plan", filter_plan),
        ("search", search),
    )
    lines = [f"{'ms':<18}{'median':>8}{'min':>8}{'max':>8}   n={runs}"]
    with app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        for name, act in acts:
            took = [act(page, address, turn) for turn in range(runs + 1)][1:]
            page.wait_for_timeout(800)
            lines.append(f"{name:<18}{statistics.median(took):>8.0f}{min(took):>8.0f}{max(took):>8.0f}")
        browser.close()
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
