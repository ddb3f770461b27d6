"""Work in a process of its own: limits hold, and its end by whatever cause is one sentence here."""

import os
import signal
import sys
import time

import pytest

from zones.errors import ChoiceError, CrsError, InputError
from zones.intake.child import Child, StoppedError

HERE = "tests.test_child"
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of Linux")


# Jobs, run in the other process.
def echo(request, progress):
    progress("reading", 0.5)
    sys.stdout.write("libraries may print what they like")
    return {"given": request["given"]}


def ask(request, progress):  # noqa: ARG001
    raise ChoiceError(f"{request['file']}: which?", "crs", ("EPSG:4547",))


def refuse(request, progress):  # noqa: ARG001
    raise CrsError("mixed")


def spin(request, progress):  # noqa: ARG001
    progress("repairing", 0.6)
    while True:
        time.sleep(0.01)


def swell(request, progress):  # noqa: ARG001
    return len(bytearray(8 * 1024**3))


def crash(request, progress):  # noqa: ARG001
    os.kill(os.getpid(), signal.SIGSEGV)


def finished(job, **limits):
    return Child(f"{HERE}:{job}", {"given": "铁仔山", "file": "/full/a.shp"}, "a.shp", **limits)


def test_an_answer_comes_back():
    seen = []
    assert finished("echo").wait(lambda step, _share: seen.append(step)) == {"given": "铁仔山"}
    assert "starting" in seen


def test_errors_keep_their_kind():
    both = [finished("ask"), finished("refuse")]
    with pytest.raises(ChoiceError, match=r"^a\.shp: which\?$") as caught:
        both[0].wait()
    assert (caught.value.about, caught.value.choices) == ("crs", ("EPSG:4547",))
    with pytest.raises(CrsError, match="mixed"):
        both[1].wait()


@LINUX
def test_limits_and_ends_are_one_sentence():
    slow, large, crashed = finished("spin", seconds=3), finished("swell"), finished("crash")
    killed, stopped = finished("spin"), finished("spin")
    while "starting" in (killed.step, stopped.step):
        time.sleep(0.05)
        assert killed.running()
        assert stopped.running()
    os.kill(killed.process.pid, signal.SIGKILL)
    with pytest.raises(InputError, match=r"a\.shp: reading it ended without an answer \(status -9\)"):
        killed.wait()
    stopped.stop()
    with pytest.raises(StoppedError, match="stopped on request"):
        stopped.answer()
    with pytest.raises(InputError, match="needs more than 3 GB"):
        large.wait()
    with pytest.raises(InputError, match="ended without an answer"):
        crashed.wait()
    with pytest.raises(InputError, match="not done after 3 s"):
        slow.wait()
