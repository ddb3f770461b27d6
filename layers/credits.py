"""Who is owed credit for what a map shows."""

import re
from collections.abc import Collection

from zones.atlas import Atlas
from zones.official.official import credited

OFFICIAL = ("官方边界：", "Official boundaries: ")


def credit_parts(atlas: Atlas, layers: Collection[str], lang: str = "zh") -> list[str]:
    """Return the credits of some layers, in catalogue order, each source once; then who supplied official ones."""
    rows = [layer for layer in atlas.layers if layer.layer in layers]
    texts = ((row.credit_en or row.credit_zh) if lang == "en" else row.credit_zh for row in rows)
    parts = [part.strip() for text in texts for part in re.split("[；;]", text) if part.strip()]
    named: dict[str, str] = {}
    for part in parts:
        # One source may open a credit in one row and follow in another: capitals alone make no second source.
        named.setdefault(part.casefold(), part)
    zones = atlas.zones[atlas.zones["layer"].isin(list(layers))]
    supplied = [f"{OFFICIAL[lang == 'en']}{each}" for each in credited(zones, lang)]
    return [*named.values(), *supplied]
