"""What has to be the same on every machine of a cluster for the same last digit: this code, and what it rests on."""

import hashlib
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

import shapely

from zones.errors import InputError

PACKAGES = ("numba", "numpy", "pandas", "pyarrow", "shapely", "dask", "distributed")


@cache
def versions() -> dict[str, str]:
    """Return names and versions; `zones code` is a hash of the sources of `zones`."""
    sources = sorted(Path(__file__).parents[1].rglob("*.py"))
    # As text: a checkout may end its lines in its own way.
    code = hashlib.sha256("".join(path.read_text(encoding="utf-8") for path in sources).encode()).hexdigest()[:12]
    found = {"zones code": code, "Python": platform.python_version(), "processor": platform.machine()}
    return found | {name: version(name) for name in PACKAGES} | {"GEOS": shapely.geos_version_string}


def compare(worker: str, found: dict[str, str], wanted: dict[str, str]) -> None:
    """Refuse a worker that would count with other code.

    Raises
    ------
    InputError
        Naming the worker and what differs.
    """
    other = [f"{name} {found.get(name)} in place of {value}" for name, value in wanted.items()
             if found.get(name) != value]  # fmt: skip
    if other:
        raise InputError(f"the dask worker at {worker} has {', '.join(other)}; install the same there as here")
