"""How the sides of an area look on a map: one ink, each side its own dash, so that grey-scale keeps them apart."""

from layers import style

DASHES = {
    "north": (),
    "northeast": (12, 3, 2, 3),
    "east": (10, 5),
    "southeast": (6, 3, 2, 3),
    "south": (3, 4),
    "southwest": (2, 6),
    "west": (10, 4, 2, 4),
    "northwest": (6, 2),
}
"""Steps of each side's dash in pixels; the north is solid."""
ADDED = style.KIND_COLOURS["corridor"]


def line_look(direction: str) -> dict[str, object]:
    """Return the look of a side's lines for the map of the browser."""
    dash = " ".join(map(str, DASHES[direction])) or None
    return {"color": style.INK, "weight": 2.6, "fill": False, "dashArray": dash, "lineCap": "butt"}


def area_look() -> dict[str, object]:
    """Return the look of a candidate."""
    return {"color": style.ACCENT, "weight": 2.2, "fillColor": style.ACCENT, "fillOpacity": 0.12}


def added_look() -> dict[str, object]:
    """Return the look of line that was added at a corner."""
    return {"color": ADDED, "weight": 4, "fill": False}


def end_look() -> dict[str, object]:
    """Return the look of an end that stays open."""
    return {"color": ADDED, "weight": 2.5, "fillColor": style.PAPER, "fillOpacity": 1}


def swatch(look: dict[str, object]) -> str:
    """Return a small picture of a look for a legend, as HTML whose style is all in its own attribute."""
    colour = look["color"]
    if look.get("fill") is False:
        steps = [float(step) for step in str(look.get("dashArray") or "").split()]
        ink = _gradient(str(colour), steps) if steps else str(colour)
        style_ = f"width:38px;height:{look['weight']}px;background:{ink}"
    else:
        share = round(100 * float(str(look["fillOpacity"])))
        fill = f"color-mix(in srgb, {look['fillColor']} {share}%, transparent)"
        box = (
            "width:10px;height:10px;border-radius:50%"
            if look == end_look()
            else "width:18px;height:10px;border-radius:2px"
        )
        style_ = f"{box};border:2px solid {colour};background:{fill}"
    return f"<i style='{style_}'></i>"


def _gradient(colour: str, steps: list[float]) -> str:
    """Return a dash as a repeating gradient: ink and nothing by turns."""
    stops, at = [], 0.0
    for number, step in enumerate(steps):
        ink = "transparent" if number % 2 else colour
        stops.append(f"{ink} {at:g}px {at + step:g}px")
        at += step
    return f"repeating-linear-gradient(90deg, {', '.join(stops)})"
