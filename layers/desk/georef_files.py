"""What georeferencing gives away: a GeoTIFF that carries its own fit, a picture for the map, points and residuals."""

import base64
import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from pyproj import CRS

from layers.write import fill_atomically, write_atomically
from zones.errors import InputError
from zones.georeference.georef import Fit, method_of
from zones.georeference.georef_picture import DPI, Picture, Pixels, read_picture
from zones.georeference.georef_points import Placed, RawPoints, placed, points_of_text, read_points
from zones.georeference.georef_report import Report, Residual, assess
from zones.georeference.georef_warp import Canvas, bands, canvas_for, geographic_bounds
from zones.intake.datum import datum as datum_named
from zones.intake.guess_crs import name_of
from zones.read import crs_of_text

BLOCK = 256
WEB = "EPSG:3857"
WEB_SIDE = 2048
SHOWN_SIDE = 4096
SUFFIXES = (".tif", ".tiff")

Progress = Callable[[str, float], None]


def work(request: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Georeference a picture in a process of its own (see `zones.intake.child`).

    Parameters
    ----------
    request : dict
        `file` picture, `points` file or `points_text` and `points_name`, `out` GeoTIFF; `method`, `crs`,
        `points_crs`, `datum`, `accuracy_m`, `page`, `dpi`, `resolution`; `web` a picture for the map, to be written.
    progress : callable
    """
    progress("reading", 0.05)
    raw = _raw_points(request)
    out_crs = crs_of_text(request["crs"]) if request.get("crs") else None
    told = crs_of_text(request["points_crs"]) if request.get("points_crs") else None
    datum = datum_named(request["datum"]) if request.get("datum") else None
    where = request.get("points_name") or str(request["points"])
    here = placed(raw, where, told=told, datum=datum, out=out_crs, accuracy_m=request.get("accuracy_m"))
    upright = raw.upright
    picture = read_picture(
        Path(request["file"]), page=request.get("page", 1), dpi=request.get("dpi", DPI), upright=upright
    )
    report = assess(here.points, method_of(request["method"]), picture.size, here.plane)
    crs = _result_crs(out_crs, here.plane)
    canvas = canvas_for(report.fitted, here.plane, picture.size, crs, step=request.get("resolution"))
    told_all = record(report, here, picture, canvas)
    _write_tiff(Path(request["out"]), report.fitted, here.plane, picture.pixels, canvas, told_all, progress)
    if request.get("web"):
        progress("writing", 0.85)
        told_all["web_bounds"] = write_web(Path(request["web"]), report.fitted, here.plane, picture.pixels)
    return told_all | {"path": str(request["out"])}


def shown(request: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Unpack a picture for the screen in a process of its own: full size for later, a lighter one for the browser.

    Parameters
    ----------
    request : dict
        `file`, `page`, `dpi`, `out` JPEG to write.
    progress : callable
    """
    progress("reading", 0.1)
    picture = read_picture(Path(request["file"]), page=request.get("page", 1), dpi=request.get("dpi", DPI))
    progress("writing", 0.6)
    image = _on_white(picture.pixels)
    image.thumbnail((SHOWN_SIDE, SHOWN_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    held = io.BytesIO()
    image.save(held, "JPEG", quality=88)
    write_atomically(Path(request["out"]), held.getvalue())
    width, height = picture.size
    return {
        "width": width, "height": height, "pages": picture.pages, "page": picture.page, "dpi": picture.dpi,
        "kind": picture.kind, "sha256": picture.sha256, "notes": [list(each) for each in picture.notes],
    }  # fmt: skip


def record(report: Report, here: Placed, picture: Picture, canvas: Canvas) -> dict[str, Any]:
    """Return all that is known of a fit as plain data: what the command prints, and what the GeoTIFF carries."""
    width, height = picture.size
    clipped = [("clipped", "the fit runs away towards an edge of the picture; that part is left out")]
    told = [*picture.notes, *here.warnings, *report.warnings, *(clipped if canvas.clipped else [])]
    return {
        "rms_m": report.rms_m,
        "residuals": [asdict(each) for each in report.residuals],
        "method": report.fitted.method.value,
        "crs": name_of(CRS.from_user_input(canvas.crs)),
        "dof": report.dof,
        "standard_error_m": report.standard_error_m,
        "rms_px": report.rms_px,
        "loo_rms_m": report.loo_rms_m,
        "check_rms_m": report.check_rms_m,
        "accuracy_m": report.accuracy_m,
        "error_m": report.error_m,
        "pixel_m": report.pixel_m,
        "plane_crs": name_of(CRS.from_user_input(here.plane)),
        "points_crs": here.crs,
        "points_crs_known": here.how_known,
        "resolution": canvas.step,
        "width": canvas.width,
        "height": canvas.height,
        "source_width": width,
        "source_height": height,
        "source_sha256": picture.sha256,
        "page": picture.page,
        "dpi": picture.dpi,
        "warnings": [{"kind": kind, "message": message} for kind, message in told],
    }


def write_web(path: Path, fitted: Fit, plane: str, pixels: Pixels) -> list[list[float]]:
    """Write a picture for the map (WebP in Web Mercator); return its [[south, west], [north, east]] in degrees."""
    height, width = pixels.shape[:2]
    canvas = canvas_for(fitted, plane, (width, height), WEB, most_side=WEB_SIDE)
    whole = np.zeros((canvas.height, canvas.width, 4), dtype=np.uint8)
    for top, rows in bands(fitted, plane, pixels, canvas):
        whole[top : top + len(rows)] = rows
    held = io.BytesIO()
    Image.fromarray(whole).save(held, "WEBP", quality=82, method=4)
    write_atomically(path, held.getvalue())
    west, south, east, north = geographic_bounds(canvas)
    return [[south, west], [north, east]]


def content_of(path: Path) -> bytes:
    """Return a file whole, to be handed over."""
    return path.read_bytes()


def data_address(path: Path, kind: str) -> str:
    """Return a picture as an address that a page can show without asking any server."""
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"


def residuals_csv(rows: Sequence[Residual]) -> bytes:
    """Return the residuals as CSV: metres to a millimetre, pixels to a hundredth."""
    heads = ["name", "column", "row", "east", "north", "check", "dx_m", "dy_m", "length_m", "length_px", "left_out_m",
             "slip"]  # fmt: skip
    table = [
        [each.name, f"{each.column:.3f}", f"{each.row:.3f}", f"{each.east:.4f}", f"{each.north:.4f}",
         "1" if each.check else "", f"{each.dx_m:.3f}", f"{each.dy_m:.3f}", f"{each.length_m:.3f}",
         f"{each.length_px:.2f}", "" if each.left_out_m is None else f"{each.left_out_m:.3f}",
         "1" if each.slip else ""]
        for each in rows
    ]  # fmt: skip
    return _csv(heads, table)


def _csv(heads: list[str], rows: list[list[str]]) -> bytes:
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    # Names come from files of elsewhere: a spreadsheet shall not take one for a formula.
    writer.writerows([heads, *([_harmless(row[0]), *row[1:]] for row in rows)])
    return held.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _raw_points(request: dict[str, Any]) -> RawPoints:
    if request.get("points_text") is not None:
        return points_of_text(request["points_text"], request["points_name"])
    return read_points(Path(request["points"]))


def _result_crs(asked: CRS | None, plane: str) -> str:
    if asked is None:
        return plane
    return name_of(asked) if asked.to_authority() else asked.to_wkt()


def _write_tiff(
    path: Path, fitted: Fit, plane: str, pixels: Pixels, canvas: Canvas, told: dict[str, Any], progress: Progress
) -> None:
    """Write the picture on the ground: tiled, packed, with overviews, clear outside, its fit in its tags."""
    import rasterio
    from rasterio.enums import ColorInterp, Resampling

    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{path}: '{path.suffix}' files cannot be written; end the name with .tif")
    shape = {
        "driver": "GTiff", "width": canvas.width, "height": canvas.height, "count": 4, "dtype": "uint8",
        "crs": rasterio.crs.CRS.from_wkt(CRS.from_user_input(canvas.crs).to_wkt()),
        "transform": rasterio.Affine(canvas.step, 0.0, canvas.west, 0.0, -canvas.step, canvas.north),
        "tiled": True, "blockxsize": BLOCK, "blockysize": BLOCK, "compress": "deflate", "predictor": 2,
        "photometric": "RGB", "alpha": "UNASSOCIATED", "bigtiff": "IF_SAFER",
    }  # fmt: skip

    def fill(temporary: Path) -> None:
        with rasterio.open(temporary, "w", **shape) as file:
            file.colorinterp = [ColorInterp.red, ColorInterp.green, ColorInterp.blue, ColorInterp.alpha]
            file.update_tags(**tags_of(told))
            for top, rows in bands(fitted, plane, pixels, canvas):
                window = rasterio.windows.Window(0, top, canvas.width, len(rows))
                file.write(np.moveaxis(rows, 2, 0), window=window)
                progress("writing", 0.2 + 0.5 * top / canvas.height)
        halves = [2**power for power in range(1, 9) if max(canvas.width, canvas.height) / 2**power >= BLOCK / 2]
        if halves:
            progress("writing", 0.75)
            with rasterio.Env(COMPRESS_OVERVIEW="DEFLATE"), rasterio.open(temporary, "r+", driver="GTiff") as file:
                file.build_overviews(halves, Resampling.average)

    fill_atomically(path, fill)


def tags_of(told: dict[str, Any]) -> dict[str, str]:
    """Return a fit as the tags of a GeoTIFF: figures of their own, and the points with residuals as JSON."""
    figures = ("method", "rms_m", "standard_error_m", "dof", "loo_rms_m", "check_rms_m", "accuracy_m", "error_m",
               "plane_crs", "source_sha256", "page", "dpi")  # fmt: skip
    kept = {f"GEOREF_{name.upper()}": str(told[name]) for name in figures if told[name] is not None}
    return kept | {"GEOREF_POINTS": json.dumps(told["residuals"], ensure_ascii=False)}


def _on_white(pixels: Pixels) -> Image.Image:
    if (pixels[:, :, 3] == 255).all():
        return Image.fromarray(np.ascontiguousarray(pixels[:, :, :3]))
    image = Image.fromarray(pixels)
    white = Image.new("RGBA", image.size, (255, 255, 255, 255))
    white.alpha_composite(image)
    return white.convert("RGB")
