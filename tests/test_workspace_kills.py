"""A save killed with `kill -9`, at each of its steps in turn and at random moments: nothing is lost or half done."""

import os
import subprocess
import sys

import pytest

from layers.assets import ROOT

KILLED = """
import functools, itertools, os, signal, sys
from pathlib import Path
import apsw
from tests.desk import WHOLE, box, edit_of, new_workspace, raw
from tests.test_workspace_file import Faults, FaultyFile
from zones.workspace import workspace_file
from zones.workspace.workspace import check_log, save
from zones.workspace.workspace_blob import from_blob

class Deadly(Faults):
    def count(self):
        self.seen += 1
        if self.seen == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
    def xOpen(self, name, flags):
        return Torn(self, name, flags)

class Torn(FaultyFile):
    def xWrite(self, data, offset):
        if self.owner.seen + 1 == self.owner.at:
            apsw.VFSFile.xWrite(self, data[: len(data) // 2], offset)
        super().xWrite(data, offset)

path, vfs = new_workspace(Path(sys.argv[1])), Deadly()
ordinary = workspace_file.connect
torn, edit = 0, edit_of(path)
edit.features["geometry"] = box(1)
for at in itertools.count(1):
    child = os.fork()
    if not child:
        workspace_file.connect = functools.partial(ordinary, vfs="faults")
        vfs.arm(at, apsw.IOError, lasting=False)
        save(path, [edit], who="乙", why="写", base=1)
        os._exit(0)
    killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    torn += Path(f"{path}-journal").exists()
    found = raw(path, "SELECT max(revision) FROM revisions")[0][0]
    shown = raw(path, f"SELECT geom FROM zones_area WHERE zone_id = '{WHOLE}'")[0][0]
    assert (found, from_blob(shown).equals(box(found - 1))) == (1 if killed else 2, True), (at, killed, found)
    if at % 10 == 0 or not killed:
        assert raw(path, "PRAGMA integrity_check") == [("ok",)] and check_log(path) == ()
    if not killed:
        break
print(at - 1, torn)
"""


def python(code, *arguments):
    """Return a running Python with this code."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed that was forked")
def test_killed_at_every_step_of_a_save_the_old_state_stands(quick_folder):
    """No moment is left to chance: in its turn each write is the last, half done, or each flush, cut or deletion."""
    run = python(KILLED, quick_folder)
    out, err = run.communicate(timeout=300)
    assert run.returncode == 0, err
    kills, torn = map(int, out.split())
    assert kills > 20
    # But for the first steps, which make the journal, all of these leave a save to be undone.
    assert torn >= kills - 2


STRUCK = """
import os, random, signal, sys, time
from pathlib import Path
from tests.desk import WHOLE, box, edit_of, new_workspace, raw
from zones.workspace.workspace import check_log, save
from zones.workspace.workspace_blob import from_blob
path, random_ = new_workspace(Path(sys.argv[1])), random.Random(7)
newest, edit = 1, edit_of(path)
for kill in range(int(sys.argv[2])):
    read, write = os.pipe()
    child = os.fork()
    if not child:
        at = newest
        os.write(write, b"0,")
        while True:
            edit.features["geometry"] = box(at)
            at = save(path, [edit], who="乙", why="写", base=at).revision
            os.write(write, b"%d," % at)
    os.close(write)
    told = os.read(read, 2)
    time.sleep(random_.uniform(0, 0.05))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(read, "rb") as pipe:
        told = [int(each) for each in (told + pipe.read()).split(b",") if each]
    found = raw(path, "SELECT max(revision) FROM revisions")[0][0]
    # What was said to be saved is there; what was being saved is there whole, or not at all.
    assert found in (max([newest, *told]), max([newest, *told]) + 1), (newest, told, found)
    shown = raw(path, f"SELECT geom FROM zones_area WHERE zone_id = '{WHOLE}'")[0][0]
    assert found == 1 or from_blob(shown).equals(box(found - 1)), found
    newest = found
assert raw(path, "PRAGMA integrity_check") == [("ok",)] and check_log(path) == ()
print(newest)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is killed that was forked")
def test_two_hundred_kills_at_random_moments_lose_nothing_that_was_said_to_be_saved(quick_folder):
    run = python(STRUCK, quick_folder, 200)
    out, err = run.communicate(timeout=300)
    assert run.returncode == 0, err
    assert int(out) > 1
