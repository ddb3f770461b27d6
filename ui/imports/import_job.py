"""One import under way in a session: its files, what was said of it, its process, and how it ended."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import streamlit as st

from layers.write import write_atomically
from ui.commands import importing
from ui.imports import own_layers
from ui.imports.own_layers import OwnLayer
from zones.errors import ChoiceError, CrsError, ZonesError
from zones.intake.bring_in import Told
from zones.intake.child import Child, StoppedError
from zones.intake.import_guard import SUFFIXES

KEY = "import-job"
PREVIEWS = "own-previews"
MOST_ON_MAP = 500
"""Features of an own layer that the map draws; more would slow down each click."""

BESIDE = (".shx", ".dbf", ".prj", ".cpg")
"""What belongs to a .shp and is no layer by itself."""


@dataclass
class Job:
    """An import; `report`, `fault` or `question` once its process has ended.

    `curable` tells whether saying more of the file may help against the fault.
    """

    token: tuple[str, ...]
    file: Path
    name: str
    told: Told = field(default_factory=Told)
    child: Child | None = None
    report: dict[str, Any] | None = None
    fault: str | None = None
    curable: bool = False
    question: ChoiceError | None = None
    stopped: bool = False

    @property
    def out(self) -> Path:
        """Where the layer is written, until it is accepted or given up."""
        return self.file.parent / "layer.parquet"


def current() -> Job | None:
    """Return the import of this session."""
    job: Job | None = st.session_state.get(KEY)
    return job


def main_file(names: Sequence[str]) -> list[str]:
    """Return the names, among files chosen together, that are layers."""
    return [name for name in names if Path(name).suffix.lower() in SUFFIXES]


def begin(token: tuple[str, ...], files: Sequence[tuple[str, bytes]]) -> Job:
    """Keep files in the session's folder and start reading their layer.

    Parameters
    ----------
    token : tuple of str
        Tells these files from others chosen later.
    files : sequence of (str, bytes)
        Names as the person's machine has them, and contents; exactly one is a layer.
    """
    drop()
    folder = own_layers.folder() / f"in-{uuid.uuid4().hex[:12]}"
    folder.mkdir()
    # The stem stays one for all: a Shapefile finds its parts by it. What people see is the name they gave.
    main = main_file([name for name, _ in files])[0]
    stem = re.sub(r"[^\w\-]", "_", Path(main).stem)[:60] or "layer"
    for name, content in files:
        write_atomically(folder / (stem + Path(name).suffix.lower()), content)
    job = Job(token, folder / (stem + Path(main).suffix.lower()), main)
    st.session_state[KEY] = job
    run(job, Told())
    return job


def run(job: Job, told: Told) -> None:
    """Read a job's file, or read it again, with what was said of it."""
    stop(job)
    job.told, job.report, job.fault, job.question, job.stopped = told, None, None, None, False
    try:
        job.child = importing.start(job.file, job.out, told, preview=True)
        job.child.name = job.name
    except ZonesError as error:
        job.fault = str(error).replace(str(job.file), job.name)


def say(job: Job, **fields: str | None) -> None:
    """Read a job's file again with more said of it."""
    run(job, replace(job.told, **fields))


def busy(job: Job) -> bool:
    """Tell whether a job's process goes on; take in its answer once it has ended."""
    if job.child is None:
        return False
    if job.child.running():
        return True
    child, job.child = job.child, None
    try:
        job.report = child.answer()
    except ChoiceError as error:
        job.question = error
    except StoppedError:
        job.stopped = True
    except ZonesError as error:
        job.fault, job.curable = str(error), isinstance(error, CrsError)
    return False


def stop(job: Job) -> None:
    """End a job's process."""
    if job.child is not None:
        job.child.stop()
        job.child, job.stopped = None, True


def drop() -> None:
    """Give the import of this session up and delete its files."""
    job = st.session_state.pop(KEY, None)
    if job is not None:
        stop(job)
        for path in job.file.parent.iterdir():
            path.unlink()
        job.file.parent.rmdir()


def drawn_on_map() -> dict[str, Any] | None:
    """Return the outlines of the session's own layers for the map, as one light GeoJSON; None where there are none.

    Layers with more than `MOST_ON_MAP` features are left out.
    """
    features: list[dict[str, Any]] = []
    for layer in own_layers.layers():
        features += drawable(layer.name)
    return {"type": "FeatureCollection", "features": features} if features else None


def drawable(name: str) -> list[dict[str, Any]]:
    """Return the outlines of an own layer; none where they are too many for the map."""
    shown = st.session_state.get(PREVIEWS, {}).get(name, {}).get("features", [])
    return shown if len(shown) <= MOST_ON_MAP else []


def accept(job: Job, name: str) -> OwnLayer:
    """Put the layer of a job among the session's own layers, then forget the job."""
    assert job.report is not None
    path = own_layers.folder() / f"{uuid.uuid4().hex[:12]}.parquet"
    job.out.replace(path)
    layer = OwnLayer(name, path, tuple(job.report["fields"]), int(job.report["kept"]))
    for each in own_layers.layers():
        if each.name == name:
            own_layers.remove(name)
    own_layers.add(layer)
    st.session_state.setdefault(PREVIEWS, {})[name] = job.report["preview"]
    drop()
    return layer
