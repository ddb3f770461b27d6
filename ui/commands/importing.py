"""What `zones import` was pointed at: the work in a process of its own, and its report."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from zones.errors import InputError
from zones.intake.bring_in import Progress, Told
from zones.intake.child import MOST_BYTES, MOST_SECONDS, Child
from zones.intake.import_guard import kind_of

JOB = "layers.exports.brought:work"


def start(file: Path, out: Path, told: Told, *, preview: bool = False, seconds: float = MOST_SECONDS,
          most_bytes: int = MOST_BYTES) -> Child:  # fmt: skip
    """Start bringing a file in.

    Parameters
    ----------
    file : Path
        File to read.
    out : Path
        File to write: `.geojson`, `.gpkg`, `.parquet`.
    told : Told
        What the person says of it.
    preview : bool
        Whether the report shall hold light outlines for a map.
    seconds, most_bytes : float, int
        Limits on time and memory.

    Raises
    ------
    InputError
        If the file is not what its name says, or the other would be no file to write.
    """
    kind_of(file)
    if out.resolve() == file.resolve():
        raise InputError(f"{out}: is the file to read; choose another name for the one to write")
    if out.suffix.lower() not in (".geojson", ".gpkg", ".parquet"):
        raise InputError(f"{out}: '{out.suffix}' files cannot be written; end the name with .geojson, .gpkg, .parquet")
    request = {"file": str(file.resolve()), "out": str(out.resolve()), "told": asdict(told), "preview": preview}
    return Child(JOB, request, str(file), seconds, most_bytes)


def imported(file: Path, out: Path, told: Told, progress: Progress | None = None) -> tuple[dict[str, Any], str]:
    """Return the report on a file brought in, and one sentence that accounts for every feature."""
    found: dict[str, Any] = start(file, out, told).wait(progress)
    found |= {"path": str(file), "output": str(out)}
    counts = f"{found['read']} features read = {found['kept']} kept + {found['dropped_count']} named as left out"
    return found, f"{file}: {counts}; {found['crs']} ({found['how_known']}); text {found['encoding']}; written to {out}"
