"""The browser map: what it is told, and what it says back."""

from collections.abc import Callable
from typing import Any

from layers import style
from ui import cache, components, state
from ui.map_data import styles
from ui.state import View
from ui.words.i18n import strings, t

TITLES = (
    "map_label", "legend", "kind", "grade", "indicative", "all_official", "north", "zoom_in", "zoom_out", "whole_view",
    "overlap_here", "export", "all_credits", "base_map", "sea_drawn", "outside", "loading_map",
)  # fmt: skip
FORMATS = ("png", "pdf", "html")


def show(
    view: View, visible: tuple[str, ...], on_export: Callable[[], None], own: dict[str, Any] | None = None
) -> None:
    """Mount the map of the desk, with the zones to show, and outlines a reader brought along."""
    exports = [[name, t(f"export_{name}", view.lang), t(f"export_{name}_note", view.lang)] for name in FORMATS]
    told = data(view, visible) | {
        "selected": view.zone,
        "focus": state.focus(),
        "exports": exports if visible else None,
        "extra": own,
        "extra_colour": style.ACCENT,
    }
    components.mount("map", told, picked=_picked, export=on_export)


def show_pair(view: View, visible: tuple[str, ...], extra: dict[str, Any] | None) -> None:
    """Mount a small map that fits a few zones and hatches the ground they share."""
    told = data(view, visible) | {"selected": None, "focus": ",".join(visible), "inset": True, "extra": extra}
    components.mount("map", told, name="pair-map")


def show_sides(view: View, sides: list[dict[str, Any]]) -> None:
    """Mount a small map of the zones of a contradiction, each side in its own colour (see `conflict_view.sides`)."""
    leaves = cache.tree().leaves
    visible = tuple(zone_id for side in sides for zone_id in side["zones"] if leaves[zone_id].located)
    told = data(view, visible) | {"selected": None, "focus": ",".join(visible), "inset": True, "sides": sides}
    components.mount("map", told, name="sides-map")


def show_grounds(view: View, visible: tuple[str, ...], grounds: list[dict[str, Any]], focus: str) -> None:
    """Mount a small map of some zones with grounds drawn over them, each `shape` (GeoJSON) in its `look`.

    The map moves to the grounds when `focus` changes, and stays where a reader moved it otherwise.
    """
    told = data(view, visible) | {"selected": None, "focus": focus, "inset": True, "grounds": grounds}
    components.mount("map", told, name="grounds-map")


def show_layer(view: View, shapes: dict[str, Any], box: list[float], colour: str) -> None:
    """Mount a small map of a layer that is no part of the atlas, in one colour; `box` is west, south, east, north."""
    west, south, east, north = box
    told = data(view, ()) | {"selected": None, "inset": True, "extra": shapes, "extra_colour": colour}
    told |= {"box": [[south, west], [north, east]], "focus": f"{box}"}
    components.mount("map", told, name="layer-map")


def show_classes(view: View, zone_id: str, classes: dict[str, Any]) -> None:
    """Mount a small map of a zone with the features counted in it (see `tabulate_view.class_shapes`)."""
    # The zone itself stays grey: colour tells the classes apart.
    side = {"zones": [zone_id], "label": getattr(cache.tree().leaves[zone_id].name, view.lang)}
    sides = [side | {"colour": style.INK_FAINT, "ink": style.INK}]
    told = data(view, (zone_id,)) | {"selected": None, "focus": zone_id, "inset": True}
    told |= {"sides": sides, "classes": classes}
    components.mount("map", told, name="class-map")


def show_zonal(view: View, visible: tuple[str, ...], classes: dict[str, Any], raster: dict[str, Any] | None) -> None:
    """Mount a small map of zones coloured by a figure (see `raster_view.shapes`), over a picture of the raster.

    `raster` has `url` and `bounds` (west, south, east, north in degrees).
    """
    side = {"zones": list(visible), "label": "", "colour": style.INK_FAINT, "ink": style.INK}
    told = data(view, visible) | {"selected": None, "focus": ",".join(visible), "inset": True}
    told |= {"sides": [side], "classes": classes, "raster": raster}
    components.mount("map", told, name="zonal-map")


def data(view: View, visible: tuple[str, ...]) -> dict[str, Any]:
    """Return what any map is told: language, addresses of the data, zones to show, looks and words."""
    files = cache.map_files()
    return {
        "lang": view.lang,
        "zones_url": files["zones_url"],
        "base_url": files["base_url"],
        "home": files["home"],
        "visible": list(visible),
        "style": styles(view.lang),
        "credits": cache.credits(view.lang),
        "strings": strings(view.lang, *TITLES),
    }


def _picked() -> None:
    picked = components.said("map", "picked")
    if picked is not None:
        state.pick(picked, go=False)
