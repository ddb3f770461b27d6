"""The fit of a georeferenced GeoTIFF made again from the points in its own tags."""

import json
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import TypeAdapter, ValidationError

from zones.errors import InputError, ZonesError
from zones.features import source_file
from zones.georeference.georef import UNKNOWNS, Method, fit, method_of, place
from zones.georeference.georef_check import ControlPoint, pixels_of, places_of
from zones.georeference.georef_report import FEWEST_CHECKS, left_out_errors, stated_error
from zones.intake.import_guard import Kind, fits, head_of
from zones.proof.causes import Cause, cause
from zones.proof.verify import Stale, Verdict

SUFFIXES = (".tif", ".tiff")
MOST_POINTS = 5000
"""Nobody sets more by hand, and a file from somewhere must not keep a machine busy."""

PLACES = ("column", "row", "east", "north")
FARTHEST_M = 1e9
"""No place and no pixel lies farther out; what does would only overflow."""

FIGURES = ("rms_m", "standard_error_m", "dof", "loo_rms_m", "check_rms_m", "error_m")
RELATIVE, ABSOLUTE_M = 1e-9, 1e-6

Tags = dict[str, str]
Residuals = list[dict[str, Any]]
POINTS: TypeAdapter[list[ControlPoint]] = TypeAdapter(list[ControlPoint])


def verify_georef(path: Path, sources: Sequence[Path] = ()) -> Verdict:
    """Return whether the residuals and errors in a GeoTIFF's tags are those its control points give.

    Parameters
    ----------
    path : Path
        As `zones georef` wrote it.
    sources : sequence of Path
        The picture that was georeferenced, where it is at hand: its hash is held against the one in the tags.

    Returns
    -------
    Verdict
        Each figure and each residual stands for one receipt; its id is the name of its tag, or of its point.

    Raises
    ------
    InputError
        If the file cannot be read or carries no fit.
    """
    return judged(path, sources).verdict


@dataclass(frozen=True)
class Judged:
    """A verdict on a fit, how many figures it is on, residuals among them, and how many points carry the fit."""

    verdict: Verdict
    figures: int
    points: int


def judged(path: Path, sources: Sequence[Path] = ()) -> Judged:
    """Return the verdict on a fit and what it counts; as `verify_georef`."""
    tags = _tags(path)
    points, residuals = _points(path, tags)
    stale = [*_stale_fit(path, tags, points, residuals), *_stale_source(tags, sources)]
    count = len(residuals) + sum(f"GEOREF_{name.upper()}" in tags for name in FIGURES) + bool(sources)
    if stale:
        told = "; ".join(dict.fromkeys(each.reasons[0] for each in stale[:5]))
        verdict = Verdict(False, tuple(stale), f"{len(stale)} of {count} figures of the fit are stale: {told}")
    else:
        verdict = Verdict(True, (), f"all {count} figures of the fit hold on its own {len(points)} points")
    return Judged(verdict, count, len(points))


def work(request: dict[str, Any], progress: Callable[[str, float], None]) -> dict[str, Any]:
    """Verify a GeoTIFF in a process of its own (see `zones.intake.child`); `judgement` reads the answer.

    Parameters
    ----------
    request : dict
        `file`; `sources`, a list of paths.
    progress : callable
    """
    progress("reading", 0.1)
    return asdict(judged(Path(request["file"]), [Path(each) for each in request["sources"]]))


def judgement(answer: dict[str, Any]) -> Judged:
    """Return what `work` answered."""
    return JUDGED.validate_python(answer)


JUDGED = TypeAdapter(Judged)


def _tags(path: Path) -> Tags:
    import rasterio
    from rasterio.errors import NotGeoreferencedWarning, RasterioError

    if not fits(Kind.TIFF, head_of(path)):
        raise InputError(f"{path}: not readable as GeoTIFF: it does not start as one; make it again")
    try:
        with warnings.catch_warnings():
            # A picture without a place has no fit either, which is said below.
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with rasterio.open(path.resolve(), driver="GTiff", sharing=False) as file:
                tags = {name: value for name, value in file.tags().items() if name.startswith("GEOREF_")}
    except (RasterioError, OSError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split()).replace(str(path.resolve()), path.name)
        raise InputError(f"{path}: not readable as GeoTIFF: {reason}; make it again") from None
    if not {"GEOREF_METHOD", "GEOREF_POINTS"} <= tags.keys():
        raise InputError(f"{path}: carries no fit; give a GeoTIFF that 'zones georef' wrote")
    return tags


def _points(path: Path, tags: Tags) -> tuple[list[ControlPoint], Residuals]:
    try:
        rows = json.loads(tags["GEOREF_POINTS"])
        names = ("name", "column", "row", "east", "north", "check")
        points = POINTS.validate_python([{name: row[name] for name in names} for row in rows])
        held = [float(row[name]) for row in rows for name in ("dx_m", "dy_m", "length_m", *PLACES)]
        if not np.isfinite(held).all() or max(map(abs, held), default=0.0) > FARTHEST_M:
            raise ValueError
    except (ValueError, TypeError, LookupError, RecursionError, ValidationError):
        raise InputError(f"{path}: the points in its tags are not readable; make it again") from None
    if len(points) > MOST_POINTS:
        raise InputError(f"{path}: holds {len(points)} control points, more than {MOST_POINTS}; make it again")
    return points, rows


def _stale_fit(path: Path, tags: Tags, points: list[ControlPoint], residuals: Residuals) -> Iterator[Stale]:
    try:
        made, now = fit_again(points, method_of(tags["GEOREF_METHOD"]))
    except ZonesError as error:
        yield _stale("GEOREF_METHOD", cause("fault", fault=error), 0.0, None)
        return
    for row, (dx, dy), length in zip(residuals, made, np.hypot(made[:, 0], made[:, 1]), strict=True):
        for name, fresh in (("dx_m", dx), ("dy_m", dy), ("length_m", length)):
            if not _close(float(row[name]), float(fresh)):
                what = cause("residual", name=row["name"], part=name, was=row[name], now=float(fresh))
                yield _stale(f"{row['name']}", what, float(row[name]), float(fresh))
                break
    accuracy = _number(path, tags, "accuracy_m")
    checked = now["check_rms_m"] if sum(each.check for each in points) >= FEWEST_CHECKS else now["loo_rms_m"]
    now["error_m"] = stated_error(checked, accuracy)
    for name in FIGURES:
        was, fresh = _number(path, tags, name), now[name]
        if was is None and fresh is None:
            continue
        if was is None or fresh is None or not _close(was, fresh):
            yield _stale(f"GEOREF_{name.upper()}", cause("fit", name=name, was=was, now=fresh), was or 0.0, fresh)


def fit_again(points: list[ControlPoint], method: Method) -> tuple[np.ndarray, dict[str, float | None]]:
    """Return where a fit puts each point less where it is, (n, 2) in metres, and its errors by name.

    Raises
    ------
    InputError
        If the points do not determine the method.
    """
    carrying = [each for each in points if not each.check]
    pixels, places = pixels_of(carrying), places_of(carrying)
    away = place(fit(method, pixels, places), pixels_of(points)) - places_of(points)
    check = np.array([each.check for each in points])
    square = (away**2).sum(axis=1)
    left_out = (left_out_errors(method, pixels, places) ** 2).sum(axis=1)
    dof = 0 if method is Method.TPS else 2 * len(carrying) - UNKNOWNS[method]
    return away, {
        "rms_m": float(np.sqrt(square[~check].mean())),
        "standard_error_m": float(np.sqrt(square[~check].sum() / dof)) if dof > 0 else None,
        "dof": float(dof),
        "loo_rms_m": None if np.isnan(left_out).any() else float(np.sqrt(left_out.mean())),
        "check_rms_m": float(np.sqrt(square[check].mean())) if check.any() else None,
    }


def _stale_source(tags: Tags, sources: Sequence[Path]) -> Iterator[Stale]:
    was = tags.get("GEOREF_SOURCE_SHA256", "")
    found = [source_file(each).sha256 for each in sources]
    if found and was not in found:
        yield _stale("GEOREF_SOURCE_SHA256", cause("picture", was=was[:12] or None, now=found[0][:12]), 0.0, None)


def _number(path: Path, tags: Tags, name: str) -> float | None:
    text = tags.get(f"GEOREF_{name.upper()}")
    try:
        number = None if text is None else float(text)
        if number is not None and not np.isfinite(number):
            raise ValueError
        return number
    except ValueError:
        raise InputError(f"{path}: its tag GEOREF_{name.upper()} is no number; make it again") from None


def _close(was: float, now: float) -> bool:
    return abs(was - now) <= max(ABSOLUTE_M, RELATIVE * max(abs(was), abs(now)))


def _stale(own: str, what: Cause, was: float, now: float | None) -> Stale:
    return Stale(own, "georef", (), (str(what),), was, now, (what,))
