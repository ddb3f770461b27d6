"""`zones app` on a fresh machine: no question asked, no other folder's settings, a busy port said so."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from ui import server
from zones.errors import InputError


def free_port():
    with socket.socket() as probe:
        probe.bind((server.HOST, 0))
        return probe.getsockname()[1]


def test_a_new_user_is_asked_nothing(tmp_path):
    # A home without any Streamlit settings, another working folder, and nobody at the keyboard.
    port = free_port()
    command = [Path(sys.executable).with_name("zones"), "app", "--port", str(port), "--no-browser"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=os.environ | {"HOME": str(tmp_path)}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as running:  # fmt: skip
        try:
            answered = wait_for(f"http://{server.HOST}:{port}/_stcore/health")
        finally:
            running.terminate()
        said = running.stdout.read()
    assert answered == "ok", said
    assert "mail" not in said
    # Bound to this machine only: the project's own settings were read, though started elsewhere.
    assert "Network URL" not in said


def wait_for(address, patience=30.0):
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=1) as reply:
                return reply.read().decode()
        except OSError:
            time.sleep(0.2)
    return "no answer"


@pytest.mark.parametrize("port", [0, -1, 65_536])
def test_a_port_that_does_not_exist_is_one_sentence(port):
    with pytest.raises(InputError, match=f"port {port} does not exist; give one from 1 to 65535"):
        server.serve(port, open_browser=False)


def test_a_busy_port_is_one_sentence():
    with socket.socket() as holder:
        holder.bind((server.HOST, 0))
        holder.listen()
        with pytest.raises(InputError, match="is in use"):
            server.serve(holder.getsockname()[1], open_browser=False)
