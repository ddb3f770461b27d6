"""The server of the app, as `zones app` starts it: on this machine only, with the project's own settings."""

import os
import socket
import sys
import threading
import time
import webbrowser
from pathlib import Path

from streamlit.web import cli as streamlit

from zones.atlas import DATA_VARIABLE
from zones.errors import InputError
from zones.statements.documents import DOCUMENTS_VARIABLE
from zones.workspace.workspace_place import WORKSPACE_VARIABLE

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
PATIENCE_S = 30.0
MOST_PORT = 65_535


def serve(port: int, *, open_browser: bool, workspace: Path | None = None) -> None:
    """Run the app until it is stopped; the browser opens once the server answers.

    Raises
    ------
    InputError
        If there is no such port, or another program holds it.
    """
    if not 1 <= port <= MOST_PORT:
        raise InputError(f"port {port} does not exist; give one from 1 to {MOST_PORT}, such as 8501")
    with socket.socket() as probe:
        if probe.connect_ex((HOST, port)) == 0:
            raise InputError(f"port {port} is in use; give another with --port, or stop the program that holds it")
    if workspace is not None:
        os.environ[WORKSPACE_VARIABLE] = str(workspace)
    # Streamlit reads its settings from the folder it is started in, and those keep the app offline.
    for name in (DATA_VARIABLE, DOCUMENTS_VARIABLE, WORKSPACE_VARIABLE):
        if os.environ.get(name):
            os.environ[name] = str(Path(os.environ[name]).resolve())
    os.chdir(ROOT)
    if open_browser:
        threading.Thread(target=_open_when_ready, args=(port,), daemon=True).start()
    # Not headless, Streamlit would ask a new user for an e-mail address before it starts.
    sys.argv = ["streamlit", "run", str(ROOT / "app.py"), f"--server.port={port}", "--server.headless=true"]
    streamlit.main()


def _open_when_ready(port: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                webbrowser.open_new_tab(f"http://{HOST}:{port}")
                return
        time.sleep(0.2)
