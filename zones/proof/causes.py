"""Why a receipt does not hold: each cause by name with its values, so that it can be told in any language."""

from dataclasses import dataclass

SENTENCES = {
    "altered": "the receipt was altered after it was issued: its content gives the id {id}",
    "gone": "zone {zone} is no longer in the atlas",
    "gone_feature": "feature {zone} is no longer in its file",
    "no_polygon": "zone {zone} has no polygon any more",
    "bad_grid": "an overlap in degrees is not cut on cells of {size} from {origin}: it was altered",
    "bad_inputs": "a receipt of kind {kind} cannot name {count} zones with these thresholds: it was altered",
    "no_grid": "the receipt names no grid to cut the overlap on: it was altered",
    "no_figure": "zone {zone} has no {kind} by method {method} any more",
    "not_valid": "zone {zone}: the shape is not valid now, so no overlap can be found",
    "no_fold": "no ground lies under exactly {k} of these zones now",
    "fault": "{fault}",
    "geometry": "zone {zone}: geometry changed, fingerprint {was} -> {now}",
    "error_m": "zone {zone}: declared error in m {was} -> {now}",
    "half_width_m": "zone {zone}: half width in m {was} -> {now}",
    "axis": "zone {zone}: axis changed, fingerprint {was} -> {now}",
    "limit": "{zone}: the district line at its ends changed, fingerprint {was} -> {now}",
    "limit_error_m": "{zone}: declared error of the district line in m {was} -> {now}",
    "no_axis": "{zone} has no axis any more",
    "reached": "zone {zone} now reaches into the corridor",
    "axis_error_m": "zone {zone}: declared error of the axis in m {was} -> {now}",
    "declared_area_m2": "zone {zone}: stated area in m2 {was} -> {now}",
    "class_name": "zone {zone}: class {was} -> {now}",
    "crs": "zone {zone}: reference system of its file {was} -> {now}",
    "file": "the file counted changed, SHA-256 {was} -> {now}",
    "features": "features in the file {was} -> {now}",
    "without_shape": "features without a shape {was} -> {now}",
    "class_count": "features of class {name}: {was} -> {now}",
    "no_field": "the file has no field {name} any more",
    "many": "of the {n} features in the corridor some changed, SHA-256 {was} -> {now}",
    "many_count": "features in the corridor {was} -> {now}",
    "method": "method {was} -> {now}",
    "edge_rule": "edge rule {was} -> {now}",
    "system": "reference system {was} -> {now}",
    "unit": "unit {was} -> {now}",
    "no_gap": "{zone}: no gap lies between {low} and {high} m of its axis now",
    "no_piece": "{zone}: no piece without cover lies between {low} and {high} m of its axis now",
    "no_lane": "{zone}: it runs along no stretch between {low} and {high} m of its axis now",
    "not_met": "the corridor does not reach {zone} any more",
    "stretch": "the stretch runs from {was} -> {now} m along the axis",
    "software": "no input changed; the software did: {was} -> {now}",
    "value": "value {was} -> {now} {unit}",
    "error": "± {was} -> {now} m2",
    "share": "share {side} {was} -> {now}",
    "row": "row {zone}, class {name}: {was} -> {now}",
    "statistic": "zone {zone}, {name}: {was} -> {now}",
    "rule": "rule of the table: {was} -> {now}",
    "fit": "{name} of the fit: the file says {was}, its points give {now}",
    "residual": "point {name}: {part} was {was}, its points give {now}",
    "picture": "the picture georeferenced is another, SHA-256 {was} -> {now}",
    "other_workspace": "another workspace: the first line of its log has the hash {now}, not {was}",
    "no_revision": "the workspace has no revision {revision}, the newest is {newest}",
    "not_then": "zone {zone} has no such shape at revision {revision} of the workspace",
    "then_too": "zone {zone} has a shape at revision {revision} of the workspace, which had none",
    "series": "row {name} of the table: {was} -> {now}",
    "columns": "columns of the table: {was} -> {now}",
    "shown": "the file shows under {head}: {shown}, the receipt was issued for {issued}",
    "no_receipt": "the file holds no such receipt",
}
"""Sentence of each cause in English, as the command prints it."""


@dataclass(frozen=True)
class Cause:
    """One cause: its name (see `SENTENCES`) and its values as text, by name."""

    what: str
    values: dict[str, str]

    def __str__(self) -> str:
        """Return the sentence in English."""
        return SENTENCES[self.what].format(**self.values)


def cause(what: str, **values: object) -> Cause:
    """Return a cause; a value that is None is told as `none`."""
    return Cause(what, {name: "none" if value is None else str(value) for name, value in values.items()})
