"""A real server and a real browser, with the network watched."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from zones.workspace.workspace_place import WORKSPACE_VARIABLE

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
STARTS_WITHIN = 60


@pytest.fixture(scope="session")
def workspace(tmp_path_factory):
    """Where the server of the tests has its workspace; it is not there until a test makes it."""
    return tmp_path_factory.mktemp("workspace") / "zones.gpkg"


@pytest.fixture(scope="session")
def address(tmp_path_factory, workspace):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("app") / "log.txt"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    held = os.environ | {WORKSPACE_VARIABLE: str(workspace)}
    with log.open("w") as stream:
        server = subprocess.Popen(command, cwd=ROOT, stdout=stream, stderr=stream, env=held)
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait(url, server, log):
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"the app did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser():
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(f"no browser is installed; install one of {', '.join(BROWSERS)}")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path)
        yield opened
        opened.close()


class Watched:
    """A page that remembers what went wrong on it."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.outside, self.failed, self.errors = [], [], []
        page.on("request", self._request)
        page.on("response", self._response)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _request(self, request):
        if not request.url.startswith((self.address, self.address.replace("http", "ws"), "data:", "blob:")):
            self.outside.append(request.url)

    def _response(self, response):
        # Streamlit itself asks each page path for its own health address, then falls back to the root.
        if response.status >= 400 and "/_stcore/" not in response.url:
            self.failed.append(f"{response.status} {response.url}")

    def _console(self, message):
        if message.type == "error" and "/_stcore/" not in message.location.get("url", ""):
            self.errors.append(message.text)

    def open(self, path=""):
        self.page.goto(self.address + path)
        self.page.wait_for_selector(".z-map[data-painted], .z-table tbody tr, .z-clash", timeout=30_000)
        self.page.evaluate("document.fonts.ready")
        return self.page

    def is_clean(self):
        assert self.outside == []
        assert self.failed == []
        assert self.errors == []


@pytest.fixture
def watched(browser, address, request):
    width, height = getattr(request, "param", (1440, 900))
    context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
    yield Watched(context.new_page(), address)
    context.close()
