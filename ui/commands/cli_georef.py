"""The command that lays a plan figure on the ground; `ui.commands.cli` adds it to `zones`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from ui.commands.cli_options import Format, FormatOption, print_json, stoppable

surveyors = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)


@surveyors.command()
def georef(
    image: Annotated[Path, typer.Argument(help="The plan figure: PNG, JPG, TIFF or PDF.")],
    points: Annotated[
        Path, typer.Option(help="Control points: .csv (column, row, x, y [, name, check, error_m]), .points, .geojson.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="GeoTIFF to write: .tif.")],
    method: Annotated[str, typer.Option(help="similarity, affine, poly2, poly3 or tps (a spline).")] = "affine",
    crs: Annotated[
        str | None, typer.Option(help="System of the result, EPSG:N; by default the Gauss-Krüger belt of the points.")
    ] = None,
    points_crs: Annotated[
        str | None, typer.Option("--points-crs", help="System of x and y; by default told by the file or the numbers.")
    ] = None,
    datum: Annotated[str | None, typer.Option(help="wgs84, gcj02 (高德, 腾讯) or bd09 (百度), for x and y.")] = None,
    accuracy: Annotated[
        float | None, typer.Option(min=0, help="How well x and y are known, in metres, where the file does not say.")
    ] = None,
    page: Annotated[int, typer.Option(help="Page of a PDF or a TIFF.")] = 1,
    dpi: Annotated[int, typer.Option(help="Dots per inch to draw a PDF page with; columns and rows count them.")] = 200,
    resolution: Annotated[
        float | None, typer.Option(help="Side of a pixel of the result, in units of --crs; by default as the figure's.")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Lay a plan figure on the ground by control points; residuals, left-out and check errors are told."""
    from ui.commands.printing import rows_table
    from ui.desk import georeferencing
    from zones.errors import InputError
    from zones.georeference.georef import method_of
    from zones.intake.datum import datum as datum_named
    from zones.read import crs_of_text

    # Slips of the hand are told before another process is started.
    method_of(method)
    for system in filter(None, (crs, points_crs)):
        crs_of_text(system)
    if datum is not None:
        datum_named(datum)
    if not points.is_file():
        raise InputError(f"{points}: no such file; check the name")
    if not output.resolve().parent.is_dir():
        raise InputError(f"{output} cannot be written: the folder {output.parent} does not exist; make it first.")
    order = {
        "points": str(points.resolve()), "method": method, "crs": crs, "points_crs": points_crs, "datum": datum,
        "accuracy_m": accuracy, "page": page, "dpi": dpi, "resolution": resolution,
    }  # fmt: skip
    with stoppable(image):
        found: dict[str, Any] = georeferencing.start(image, output, order).wait()
    found |= {"path": str(output)}
    for each in found["warnings"]:
        typer.echo(each["message"], err=True)
    if form is Format.JSON:
        print_json(found)
        return
    rows_table([_row(each) for each in found["residuals"]])
    typer.echo(_summary(found), err=True)


def _row(each: dict[str, Any]) -> dict[str, str]:
    left = each["left_out_m"]
    return {
        "point": each["name"] + (" (check)" if each["check"] else ""),
        "dx_m": f"{each['dx_m']:.2f}", "dy_m": f"{each['dy_m']:.2f}", "length_m": f"{each['length_m']:.2f}",
        "length_px": f"{each['length_px']:.2f}", "left_out_m": "" if left is None else f"{left:.2f}",
    }  # fmt: skip


def _summary(found: dict[str, Any]) -> str:
    points = sum(not each["check"] for each in found["residuals"])
    told = [f"{found['method']} by {points} points: RMS {found['rms_m']:.2f} m ({found['rms_px']:.2f} pixels)"]
    if found["standard_error_m"] is not None:
        spread, dof = found["standard_error_m"], found["dof"]
        told.append(f"standard error of a coordinate {spread:.2f} m ({dof} degrees of freedom)")
    else:
        told.append("no degree of freedom: the residuals say nothing of the error")
    for name, words in (("loo_rms_m", "each point left out in turn"), ("check_rms_m", "check points")):
        if found[name] is not None:
            told.append(f"{words} {found[name]:.2f} m")
    error = "not known" if found["error_m"] is None else f"{found['error_m']:.1f} m"
    if found["error_m"] is not None and found["accuracy_m"] is None:
        error += " (without the points' own error: say it with --accuracy)"
    told.append(f"error to state for what is traced on it: {error}")
    return f"{found['path']}: {'; '.join(told)}; {found['crs']}, {found['width']} × {found['height']} pixels"
