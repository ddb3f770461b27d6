"""Work on a file from elsewhere in a process of its own, with limits: whatever happens there, this one goes on.

A polygon of ten kilobytes can keep GEOS busy for minutes, and a damaged file can crash a C library. So the
work is done by `python -m zones.intake.child`, which is told its job on standard input and answers in lines of JSON.
It ends when it is done, too slow, too large or stopped, or when the process that started it is gone.
"""

import gc
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from zones.errors import ChoiceError, CrsError, GeometryError, InputError, ZonesError

ROOT = Path(__file__).resolve().parents[2]
MOST_SECONDS = 60.0
MOST_BYTES = 3 * 1024**3
TOO_SLOW = 124
LOOK_S = 0.05

KINDS: dict[str, type[ZonesError]] = {"InputError": InputError, "CrsError": CrsError, "GeometryError": GeometryError}


class StoppedError(ZonesError):
    """The work was stopped on request."""


class Child:
    """A job under way in another process.

    Parameters
    ----------
    job : str
        `module:function`; takes the request and a progress callback, returns what JSON can hold.
    request : dict
        What the job is asked, in JSON.
    name : str
        File the job is about, for messages.
    seconds, most_bytes : float, int
        Limits on time and memory.
    """

    def __init__(
        self, job: str, request: dict[str, Any], name: str, seconds: float = MOST_SECONDS, most_bytes: int = MOST_BYTES
    ) -> None:
        self.name, self.seconds, self.most_bytes = name, seconds, most_bytes
        self.step, self.share = "starting", 0.0
        self._path = str(request.get("file", name))
        self._answer: dict[str, Any] | None = None
        self._stopped = self._too_large = False
        self._until = time.monotonic() + seconds
        self.process = subprocess.Popen(
            [sys.executable, "-m", "zones.intake.child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, encoding="utf-8", cwd=ROOT, env=_environment(),
        )  # fmt: skip
        order = {"job": job, "request": request, "seconds": seconds, "most_bytes": most_bytes}
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        assert self.process.stdin is not None
        # It may die at once; `running` and `answer` tell.
        with suppress(OSError):
            self.process.stdin.write(json.dumps(order) + "\n")
            self.process.stdin.flush()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            try:
                said = json.loads(line)
            except ValueError:
                continue  # cut off by its end
            if "step" in said:
                self.step, self.share = said["step"], said["share"]
            else:
                self._answer = said

    def running(self) -> bool:
        """Tell whether the job goes on; a job beyond its limits is ended here."""
        if self.process.poll() is not None:
            self._close()
            return False
        if time.monotonic() > self._until:
            self.process.kill()
        elif not sys.platform.startswith("linux") and _memory(self.process.pid) > self.most_bytes:
            self._too_large = True
            self.process.kill()
        return True

    def stop(self) -> None:
        """End the job at once."""
        self._stopped = self.process.poll() is None
        self.process.kill()
        self.process.wait()
        self._close()

    def _close(self) -> None:
        self._reader.join(timeout=10)
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                # The other end may have gone first.
                with suppress(OSError):
                    stream.close()

    def answer(self) -> Any:  # noqa: ANN401 (what the job returns)
        """Return what the job returned, once it no longer runs.

        Raises
        ------
        ZonesError
            What the job raised; or one sentence on why it ended without an answer.
        """
        if self._answer is None or self.process.returncode != 0:
            raise self._ended()
        if "done" in self._answer:
            return self._answer["done"]
        # The job knows the file by its full path, the person by the name given.
        told = self._answer | {"sentence": self._answer.get("sentence", "").replace(self._path, self.name)}
        if told["error"] == "ChoiceError":
            raise ChoiceError(told["sentence"], told["about"], tuple(told["choices"]))
        raise KINDS.get(told["error"], InputError)(told["sentence"])

    def _ended(self) -> ZonesError:
        code = self.process.returncode
        if self._stopped:
            return StoppedError(f"{self.name}: stopped on request; nothing was kept")
        if self._too_large or (self._answer or {}).get("error") == "MemoryError":
            return InputError(
                f"{self.name}: needs more than {self.most_bytes / 1024**3:.0f} GB of memory; cut it into parts"
            )
        if code in (TOO_SLOW, -24) or time.monotonic() > self._until:
            return InputError(
                f"{self.name}: not done after {self.seconds:.0f} s, so it was stopped; simplify it or cut it into parts"
            )
        return InputError(
            f"{self.name}: reading it ended without an answer (status {code}): it is damaged, or memory ran out; "
            "get the file anew or cut it into parts"
        )

    def wait(self, progress: Callable[[str, float], None] | None = None) -> Any:  # noqa: ANN401
        """Wait for the job and return its answer; what `progress` raises stops it.

        Raises
        ------
        ZonesError
            As `answer`.
        """
        try:
            while self.running():
                if progress is not None:
                    progress(self.step, self.share)
                time.sleep(LOOK_S)
        except BaseException:
            self.stop()
            raise
        return self.answer()


def _environment() -> dict[str, str]:
    """Return the environment of a job: this program, one thread for each library, so that memory stays countable."""
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_NUM_THREADS"), "1")
    paths = os.pathsep.join(part for part in (str(ROOT), os.environ.get("PYTHONPATH", "")) if part)
    return {**os.environ, **one, "PYTHONPATH": paths, "PYTHONUTF8": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}


def _memory(process: int) -> int:
    import psutil  # type: ignore[import-untyped]

    try:
        return int(psutil.Process(process).memory_info().rss)
    except psutil.Error:
        return 0


def _limit(seconds: float, most_bytes: int) -> None:
    """Hold this process to its limits, whether or not the one that started it still looks."""
    timer = threading.Timer(seconds + 1, os._exit, [TOO_SLOW])
    timer.daemon = True
    timer.start()
    if os.name == "posix":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        whole = int(seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 1))
        if sys.platform.startswith("linux"):
            resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))


def _end_with_parent() -> None:
    # Standard input stays open as long as the process that started this one lives.
    sys.stdin.read()
    os._exit(TOO_SLOW)


def _do(order: dict[str, Any], say: Callable[[dict[str, Any]], None]) -> None:
    module, _, function = order["job"].partition(":")
    try:
        job = getattr(import_module(module), function)
        say({"done": job(order["request"], lambda step, share: say({"step": step, "share": share}))})
    except ChoiceError as error:
        say({"error": "ChoiceError", "sentence": str(error), "about": error.about, "choices": list(error.choices)})
    except ZonesError as error:
        say({"error": type(error).__name__, "sentence": str(error)})
    except Exception as error:
        # GEOS reports memory that ran out in words of its own.
        if isinstance(error, MemoryError) or "bad_alloc" in str(error):
            say({"error": "MemoryError"})
        raise


def main() -> None:
    """Do the one job that standard input names."""
    order = json.loads(sys.stdin.readline())
    # This process ends with its job: looking for unused objects among millions of coordinates only takes time.
    gc.disable()
    _limit(order["seconds"], order["most_bytes"])
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Answers go by a copy of standard output; what libraries print there goes the way of
    # standard error, which is nowhere.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(said: dict[str, Any]) -> None:
        answers.write(json.dumps(said, ensure_ascii=False, allow_nan=False) + "\n")
        answers.flush()

    _do(order, say)
    answers.close()
    # Straight out: tearing the libraries down takes time and can crash.
    os._exit(0)


if __name__ == "__main__":
    main()
