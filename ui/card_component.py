"""The card beside the map."""

from ui import cache, components, state
from ui.state import View
from zones.units import UNITS


def show(view: View) -> None:
    """Mount the card of the chosen zone."""
    if view.zone is None:
        return
    told = cache.card(view.zone, view.lang) | {"unit": view.unit}
    components.mount("card", told, picked=_picked, closed=_closed, unit=_unit)


def _picked() -> None:
    picked = components.said("card", "picked")
    if picked:
        state.pick(picked, go=True)


def _closed() -> None:
    if components.said("card", "closed"):
        state.pick(None, go=False)


def _unit() -> None:
    unit = components.said("card", "unit")
    if unit in UNITS:
        state.change(unit=unit)
