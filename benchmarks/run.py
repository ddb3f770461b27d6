"""Times this tool and its peers side by side: whole processes, in turn, in one run; checks equal sums.

`python -m benchmarks.run COUNT [--runs 3] [--skip overlay] [--folder build/bench] [--out docs/benchmarks.md]`
Peers that are not on the machine are skipped, with the reason. The peak memory of PostGIS is the client's only.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

AGREE = 1e-9
"""Largest relative difference of a zone's sum between two engines."""

PEERS = ("overlay", "expert", "sedona", "duckdb", "postgis", "postgis-subdivide")

SKIPPED = 3
"""Exit status of a peer that cannot run on this machine."""

PACKAGES = ("numpy", "shapely", "geopandas", "pyarrow", "numba")


class Run(NamedTuple):
    """One process: seconds, peak memory in MB, the sums by zone and class, and seconds of loading a server."""

    seconds: float
    peak_mb: float
    sums: dict[tuple[str, str], float]
    load_seconds: float | None


class Skipped(Exception):  # noqa: N818 (no error)
    """An engine is not on this machine."""


def command(engine: str, folder: Path) -> list[str]:
    """Return the command line of an engine."""
    if engine == "floor":
        return [sys.executable, "-m", "benchmarks.floor", str(folder)]
    if engine != "zones tabulate":
        return [sys.executable, "-m", "benchmarks.peers", engine, str(folder)]
    files = ["--of", str(folder / "parcels.parquet"), "--zones", str(folder / "zones.gpkg")]
    return [sys.executable, "-m", "ui.commands.cli", "tabulate", *files, "--class", "land_use", "--format", "json"]


def measure(engine: str, folder: Path) -> Run:
    """Run an engine once as a process of its own; raise Skipped, with the reason, where it is missing."""
    with tempfile.TemporaryFile() as out:
        start = time.perf_counter()
        process = subprocess.Popen(command(engine, folder), stdout=out, stderr=subprocess.PIPE)
        said = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        code = process.returncode = os.waitstatus_to_exitcode(status)
        if code == SKIPPED:
            raise Skipped(said.decode().strip())
        if code:
            raise SystemExit(f"{engine} ended with status {code}: {said.decode()[-500:]}")
        out.seek(0)
        rows = json.loads(out.read())
    load = next((float(line[5:]) for line in said.decode().splitlines() if line.startswith("load ")), None)
    return Run(seconds, used.ru_maxrss / 1024, {(row["zone_id"], row["class"]): row["area_m2"] for row in rows}, load)


def largest_difference(ours: dict[tuple[str, str], float], theirs: dict[tuple[str, str], float]) -> float:
    """Return the largest relative difference of any zone and class; what only one engine has counts in full.

    Sums below 0.01 m² are touching parcels and are compared in m².
    """
    worst = 0.0
    for key in ours.keys() | theirs.keys():
        a, b = ours.get(key, 0.0), theirs.get(key, 0.0)
        worst = max(worst, abs(a - b) / max(a, b, 1e7 * 0.01))
    return worst


def report(count: int, runs: dict[str, list[Run]], skipped: dict[str, str]) -> str:
    """Return the results as a Markdown section."""
    fastest = statistics.median(run.seconds for run in runs["zones tabulate"])
    ours = runs["zones tabulate"][0].sums
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    lines = [
        f"## {count:,} parcels x 80 zones ({machine}; {packages})", "",
        "| engine | runs | median s | of it loading | times slower | peak MB | largest relative difference of a sum |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for engine, done in runs.items():
        seconds = statistics.median(run.seconds for run in done)
        peak = max(run.peak_mb for run in done)
        apart = f"{largest_difference(ours, done[0].sums):.1e}" if done[0].sums else "-"
        load = (
            "-" if done[0].load_seconds is None else f"{statistics.median(run.load_seconds or 0 for run in done):.2f}"
        )
        slower = f"{seconds / fastest:.1f}"
        lines.append(f"| {engine} | {len(done)} | {seconds:.2f} | {load} | {slower} | {peak:.0f} | {apart} |")
    lines += ["", *(f"Skipped: {engine} ({reason})." for engine, reason in skipped.items())]
    return "\n".join([*lines, ""])


def main() -> None:
    """Make the city if it is not there, run the engines in turn, print and check."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--skip", nargs="*", default=[])
    parser.add_argument("--folder", type=Path, default=Path("build/bench"))
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    folder = chosen.folder / str(chosen.count)
    if not (folder / "parcels.parquet").exists():
        # As a process of its own: a child's peak memory starts at what its parent has reached.
        subprocess.run([sys.executable, "-m", "benchmarks.city", str(chosen.count), str(folder)], check=True)
    runs: dict[str, list[Run]] = {}
    skipped: dict[str, str] = {}
    engines = [name for name in ("zones tabulate", "floor", *PEERS) if name not in chosen.skip]
    for _ in range(chosen.runs):
        for engine in list(engines):
            try:
                runs.setdefault(engine, []).append(measure(engine, folder))
            except Skipped as reason:
                engines.remove(engine)
                del runs[engine]
                skipped[engine] = str(reason)
    text = report(chosen.count, runs, skipped)
    sys.stdout.write(text)
    if chosen.out is not None:
        with chosen.out.open("a", encoding="utf-8") as file:
            file.write(text + "\n")
    ours = runs["zones tabulate"]
    if any(run.sums != ours[0].sums for run in ours):
        raise SystemExit("two runs of 'zones tabulate' differ")
    wrong = [
        name for name, done in runs.items() if done[0].sums and largest_difference(ours[0].sums, done[0].sums) > AGREE
    ]
    if wrong:
        raise SystemExit(f"sums differ by more than {AGREE:g}: {', '.join(wrong)}")


if __name__ == "__main__":
    main()
