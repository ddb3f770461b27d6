"""What tests of several modules start from."""

import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from tests.tiny import write_atlas
from ui.commands import cli
from zones.atlas import DATA_VARIABLE
from zones.workspace.workspace_place import WORKSPACE_VARIABLE

MAIN = sys.modules["__main__"]


@pytest.fixture(autouse=True)
def own_main():
    """Put the main module back: Streamlit leaves the page it ran in its place, and each new process would run that."""
    yield
    sys.modules["__main__"] = MAIN


@pytest.fixture(autouse=True)
def no_stray_workspace(tmp_path, monkeypatch):
    """Let no test see the workspace of whoever runs it."""
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(tmp_path / "workspace" / "zones.gpkg"))


# A property that holds slowly on a busy machine still holds: time is measured by the benchmarks.
settings.register_profile("atlas", deadline=None)
settings.load_profile("atlas")


@pytest.fixture
def run_command(monkeypatch, capsys):
    """Run `zones ...` on the shipped atlas; return exit status, standard output, standard error."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["zones", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return run


@pytest.fixture
def zones(tmp_path, monkeypatch, run_command):
    """Run `zones ...` on the tiny atlas; return exit status, standard output, standard error."""
    monkeypatch.setenv(DATA_VARIABLE, str(write_atlas(tmp_path / "data")))
    return run_command


@pytest.fixture
def quick_folder():
    """Return a folder in memory, where there is one: a flush there takes no time, and settings stay as they are."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        yield Path(folder)
