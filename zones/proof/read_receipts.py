"""The receipt of a file's area as it was read, before any repair: what an import reports beside the area after it."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import geopandas

from zones.errors import ZonesError
from zones.features import ground, source_file
from zones.intake.bring_in import Brought, Progress, Told, place
from zones.intake.child import Child
from zones.proof.causes import Cause, cause
from zones.proof.receipt_sources import Layer, SourceFile
from zones.proof.receipts import Receipt, issue
from zones.schema import STORAGE_CRS

JOB = "zones.proof.read_receipts:work"


def read_receipt(path: Path, told: Told, brought: Brought, stated: str | None = None) -> Receipt:
    """Return the receipt of the area that a file had before repair.

    Parameters
    ----------
    path : Path
        The file that was brought in.
    told : Told
        What was said of it.
    brought : Brought
        What became of it.
    stated : str, optional
        Name under which the receipt knows the file; default the path.

    Raises
    ------
    InputError
        If the file is gone.
    """
    source = source_file(path, stated)
    return _issued(source, told, brought.area_before_m2, brought.placed, brought.crs, brought.datum)


def read_again(receipt: Receipt, layer: Layer, path: Path) -> Receipt | Cause:
    """Return the receipt as it would be issued now, or why there can be none.

    Parameters
    ----------
    layer : Layer
        The receipt's own.
    path : Path
        Where the file lies now.

    Raises
    ------
    InputError
        If there is no such file.
    """
    source = source_file(path, (receipt.files or ())[0].path)
    told = Told(layer.told_crs, layer.datum, layer.told_encoding, layer.told_layer, layer.told_south)
    request = {"file": str(path.resolve()), "told": asdict(told)}
    try:
        held = Child(JOB, request, str(path)).wait()
    except ZonesError as error:
        return cause("fault", fault=error)
    return _issued(source, told, held["area_m2"], held["features"], held["crs"], held["datum"])


def work(request: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Return area, features, reference system and datum of a file as read; a job, for the file may be anyone's."""
    held = place(Path(request["file"]), Told(**request["told"]), progress)
    crs, datum = held.found.code, held.datum.value
    return {"area_m2": held.area_m2, "features": len(held.frame), "crs": crs, "datum": datum}


def _issued(source: SourceFile, told: Told, area_m2: float, features: int, crs: str, datum: str) -> Receipt:
    bare = geopandas.GeoDataFrame(geometry=[], crs=STORAGE_CRS)
    layer = Layer(source.sha256, features, crs, datum, told.crs, told.encoding, told.layer, told.south)
    return issue(ground(bare, [source], None), "layer_read", "as_read", (), area_m2, layer=layer)
