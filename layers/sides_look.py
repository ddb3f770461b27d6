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
    """Return a small picture of a look for a legend, as SVG."""
    dash = f" stroke-dasharray='{look['dashArray']}'" if look.get("dashArray") else ""
    stroke = f"stroke='{look['color']}' stroke-width='{look['weight']}'"
    if look.get("fill") is False:
        body = f"<line x1='1' y1='7' x2='37' y2='7' {stroke}{dash}/>"
    else:
        fill = f"fill='{look['fillColor']}' fill-opacity='{look['fillOpacity']}'"
        body = f"<rect x='9' y='2' width='20' height='10' rx='2' {stroke} {fill}/>"
    return f"<svg width='38' height='14' aria-hidden='true'>{body}</svg>"
