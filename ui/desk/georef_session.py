"""A plan figure under way in a session: its file, its page for the screen, its points, and what was made of them."""

import tempfile
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from pyproj import CRS, Transformer

from ui.desk import georeferencing
from zones.errors import InputError, ZonesError
from zones.georeference.georef import Method
from zones.georeference.georef_picture import DPI
from zones.georeference.georef_points import Placed, RawPoints, degrees_of, placed, read_points
from zones.georeference.georef_report import Report, assess
from zones.intake.child import Child
from zones.intake.datum import Datum
from zones.read import crs_of_text
from zones.schema import STORAGE_CRS

KEY, FOLDER, OVERLAYS = "georef-desk", "georef-folder", "desk-overlays"
MOST_BYTES = 200 * 1024**2
MOST_POINTS = 100
HOWS = ("map", "station", "typed", "file")
SYSTEMS = {"gcj02": "GCJ-02", "bd09": "BD-09"}
DATUMS = {"gcj02": Datum.GCJ02, "bd09": Datum.BD09}


@dataclass(frozen=True)
class DeskPoint:
    """A control point as the bench holds it.

    Attributes
    ----------
    id : str
    column, row : float
    lon, lat : float
        CGCS2000.
    check : bool
    error_m : float or None
    how : str
        Set on the `map`, on a `station` of it, `typed`, or from a `file`.
    given : str
        The coordinates as typed, or the name of the station.
    """

    id: str
    column: float
    row: float
    lon: float
    lat: float
    check: bool = False
    error_m: float | None = None
    how: str = "map"
    given: str = ""


@dataclass
class Desk:
    """All that the bench holds of one figure.

    Attributes
    ----------
    path, name : Path, str
        The file in the session's folder, and as the person calls it.
    page, dpi : int
    shown : Path
        JPEG for the browser.
    info : dict or None
        What is known of the picture, once unpacked.
    points : tuple of DeskPoint
    revision : int
        Of the points: the browser counts on with each change.
    child, job : Child or None, str
        Process under way, and what it does: `show` or `warp`.
    fault : str
    cut : int
        How many points the file of points held, where they were too many and only the first were taken; else 0.
    made : dict or None
        The last result: its record, `tif`, `web`, `web_bounds`, and the `state` it was made of.
    """

    path: Path
    name: str
    page: int = 1
    dpi: int = DPI
    shown: Path = field(default_factory=Path)
    info: dict[str, Any] | None = None
    points: tuple[DeskPoint, ...] = ()
    revision: int = 0
    child: Child | None = None
    job: str = ""
    fault: str = ""
    cut: int = 0
    made: dict[str, Any] | None = None


def current() -> Desk | None:
    """Return the figure of this session."""
    found: Desk | None = st.session_state.get(KEY)
    return found


def folder() -> Path:
    """Return the folder of this session, which goes when the session does."""
    held = st.session_state.setdefault(FOLDER, tempfile.TemporaryDirectory(prefix="atlas-georef-"))
    return Path(held.name)


def begin(sent: Path, name: str) -> None:
    """Take a figure in that was sent; the one before is given up.

    Raises
    ------
    InputError
        If it is no picture.
    """
    path = folder() / f"{uuid.uuid4().hex[:12]}{Path(name).suffix.lower()}"
    sent.replace(path)
    drop(keep=path)
    desk = Desk(path, name)
    st.session_state[KEY] = desk
    unpack(desk, desk.page, desk.dpi)


def unpack(desk: Desk, page: int, dpi: int) -> None:
    """Start unpacking a page for the screen; points follow the dots per inch, those of another page are given up."""
    stop(desk)
    times = dpi / desk.dpi if page == desk.page else 0.0
    desk.points = tuple(
        replace(each, column=each.column * times, row=each.row * times) for each in desk.points if times
    )
    desk.revision += 1
    desk.page, desk.dpi, desk.info, desk.made, desk.fault = page, dpi, None, None, ""
    desk.shown = folder() / f"{uuid.uuid4().hex[:12]}.jpg"
    try:
        desk.child, desk.job = georeferencing.unpack(desk.path, desk.shown, page, dpi, desk.name), "show"
    except ZonesError as error:
        desk.fault = str(error).replace(str(desk.path), desk.name)


def warp(desk: Desk, method: Method, crs: str) -> None:
    """Start drawing the figure on the ground; the files of the result before are deleted."""
    stop(desk)
    for name in ("tif", "web"):
        if desk.made:
            desk.made[name].unlink(missing_ok=True)
    desk.made = None
    desk.fault = ""
    name = uuid.uuid4().hex[:12]
    order = {
        "points_text": points_text(desk.points), "points_name": "points.csv", "points_crs": STORAGE_CRS,
        "method": method.value, "crs": crs, "page": desk.page, "dpi": desk.dpi,
        "web": str(folder() / f"{name}.webp"),
    }  # fmt: skip
    try:
        desk.child = georeferencing.start(desk.path, folder() / f"{name}.tif", order, desk.name)
        desk.job, desk.made = "warp", {"tif": folder() / f"{name}.tif", "web": folder() / f"{name}.webp"}
        desk.made["state"] = state_of(desk, method, crs)
    except ZonesError as error:
        desk.fault = str(error)


def busy(desk: Desk) -> bool:
    """Tell whether a process goes on; take in its answer once it has ended."""
    if desk.child is None:
        return False
    if desk.child.running():
        return True
    child, desk.child = desk.child, None
    try:
        answer = child.answer()
    except ZonesError as error:
        desk.fault = str(error).replace(str(desk.path), desk.name)
        desk.made = None if desk.job == "warp" else desk.made
        return False
    if desk.job == "show":
        desk.info = answer
    elif desk.made is not None:
        desk.made |= {"record": answer, "web_bounds": answer["web_bounds"]}
    return False


def stop(desk: Desk) -> None:
    """End a process under way."""
    if desk.child is not None:
        desk.child.stop()
        desk.child = None
        desk.made = None if desk.job == "warp" else desk.made


def drop(keep: Path | None = None) -> None:
    """Give the figure up and delete its files, but for the one of the next."""
    desk = st.session_state.pop(KEY, None)
    if desk is not None:
        stop(desk)
    for path in folder().iterdir():
        if path != keep:
            path.unlink()


def state_of(desk: Desk, method: Method, crs: str) -> tuple[object, ...]:
    """Return what a result follows from: once it differs, the result is of yesterday."""
    return desk.points, desk.page, desk.dpi, method, crs


def judged(desk: Desk, method: Method, crs: str) -> tuple[Report, Placed]:
    """Return the fit of the points as they are now.

    Raises
    ------
    ZonesError
        If the set is bad, or the system of the result unknown.
    """
    assert desk.info is not None
    points = desk.points
    pairs = np.array([[each.column, each.row, each.lon, each.lat] for each in points], dtype=float).reshape(-1, 4)
    names = tuple(str(number) for number in range(1, len(points) + 1))
    raw = RawPoints(
        names, pairs[:, :2], pairs[:, 2:], tuple(each.check for each in points), tuple(each.error_m for each in points)
    )
    if not points:
        raise InputError("no control point yet")
    here = placed(raw, desk.name, told=CRS.from_user_input(STORAGE_CRS), out=crs_of_text(crs) if crs else None)
    return assess(here.points, method, (desk.info["width"], desk.info["height"]), here.plane), here


def points_text(points: Sequence[DeskPoint]) -> str:
    """Return the points as the command reads them: longitude and latitude of CGCS2000."""
    rows = [
        f"{number},{each.column:.4f},{each.row:.4f},{each.lon:.9f},{each.lat:.9f},{'1' if each.check else ''},"
        f"{'' if each.error_m is None else f'{each.error_m:g}'}"
        for number, each in enumerate(points, start=1)
    ]
    return "name,column,row,lon,lat,check,error_m\n" + "\n".join(rows) + "\n"


def take_points(desk: Desk, said: Mapping[str, Any]) -> None:
    """Take in the points as the browser has them; what is no point is passed over.

    Coordinates typed there come as they were typed and are placed here.
    """
    rows = said.get("points")
    revision = said.get("revision")
    if not isinstance(rows, list) or not isinstance(revision, int):
        return
    desk.revision, desk.fault = revision, ""
    found = []
    for row in rows[:MOST_POINTS]:
        try:
            found.append(_point(row))
        except (ValueError, TypeError, KeyError):
            continue
        except ZonesError as error:
            desk.fault = str(error)
    desk.points = tuple(found)


def _point(row: Mapping[str, Any]) -> DeskPoint:
    """Return one point of the browser."""
    column, line = float(row["column"]), float(row["row"])
    typed = row.get("typed")
    error = row.get("error_m")
    error_m = None if error is None else max(0.0, float(error))
    if typed:
        lon, lat = typed_place(str(typed["x"]), str(typed["y"]), str(typed["system"]))
        system = "" if typed["system"] == "auto" else f" · {SYSTEMS.get(str(typed['system']), typed['system'])}"
        given, how = f"{typed['x']}, {typed['y']}{system}"[:80], "typed"
    else:
        lon, lat, how = float(row["lon"]), float(row["lat"]), str(row.get("how", "map"))
        given = str(row.get("given", ""))[:80]
    if not np.isfinite([column, line, lon, lat]).all() or how not in HOWS:
        raise ValueError
    return DeskPoint(str(row["id"])[:20], column, line, lon, lat, bool(row.get("check")), error_m, how, given)


def typed_place(x: str, y: str, system: str) -> tuple[float, float]:
    """Return longitude and latitude in CGCS2000 of coordinates as typed.

    Parameters
    ----------
    x, y : str
    system : str
        `auto` (told by range), `gcj02`, `bd09`, or a system such as `EPSG:4547`.

    Raises
    ------
    ZonesError
        If they are no numbers, or have no place in that system.
    """
    try:
        pair = np.array([[float(x.strip()), float(y.strip())]])
    except ValueError:
        raise InputError(f"'{x[:30]}, {y[:30]}' are no two numbers; type x and y, such as 114.06 and 22.54") from None
    told = crs_of_text(STORAGE_CRS if system in DATUMS else system) if system != "auto" else None
    raw = RawPoints(("typed",), np.zeros((1, 2)), pair, (False,), (None,))
    degrees, _ = degrees_of(raw, "typed", told=told, datum=DATUMS.get(system))
    return float(degrees[0, 0]), float(degrees[0, 1])


def fitted_places(report: Report) -> list[list[float]]:
    """Return where a fit puts each point, as latitude and longitude for the browser."""
    rows = np.array([[each.east + each.dx_m, each.north + each.dy_m] for each in report.residuals])
    move = Transformer.from_crs(report.plane, STORAGE_CRS, always_xy=True)
    lon, lat = move.transform(rows[:, 0], rows[:, 1])
    return np.column_stack([lat, lon]).tolist()


def read_sent(desk: Desk, path: Path, name: str, datum: str) -> None:
    """Replace the points by those of a file.

    Raises
    ------
    ZonesError
        If it holds none that can be used.
    """
    raw = read_points(path)
    degrees, _ = degrees_of(raw, name, datum=DATUMS.get(datum))
    desk.points = tuple(
        DeskPoint(uuid.uuid4().hex[:8], column, row, lon, lat, check, error, "file", given)
        for (column, row), (lon, lat), check, error, given in zip(
            raw.pixels.tolist(), degrees.tolist(), raw.checks, raw.errors, raw.names, strict=True
        )
    )[:MOST_POINTS]
    desk.cut = len(raw.names) if len(raw.names) > MOST_POINTS else 0
    desk.revision += 1


def overlay(desk: Desk, address: str) -> dict[str, Any]:
    """Return the result as the drawing bench takes it."""
    assert desk.made is not None
    record = desk.made["record"]
    return {
        "name": desk.name, "image_url": address, "bounds": desk.made["web_bounds"], "error_m": record["error_m"],
        "method": record["method"], "source_sha256": record["source_sha256"],
    }  # fmt: skip


def put_overlay(one: dict[str, Any]) -> None:
    """Keep a picture for the drawing bench; one of the same name is replaced."""
    held = [each for each in st.session_state.get(OVERLAYS, []) if each["name"] != one["name"]]
    st.session_state[OVERLAYS] = [*held, one]
