"""Selections of zones in words: a comma list of ids, `plan:baoan`, `kind:corridor`, `scheme:…`, or `all`."""

import geopandas

from zones.errors import UnknownZoneError


def select(frame: geopandas.GeoDataFrame, selection: str) -> geopandas.GeoDataFrame:
    """Return the zones a selection names, in the frame's order; several terms add up.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        Index `zone_id`; columns `plan_id`, `kind`, `scheme_ids`.
    selection : str
        Comma list of zone ids and of `plan:P`, `kind:K`, `scheme:S`, `all`.

    Raises
    ------
    UnknownZoneError
        If a term names nothing that the frame holds.
    """
    chosen: set[str] = set()
    for term in (piece.strip() for piece in selection.split(",")):
        if term:
            chosen |= _term(frame, term)
    if not chosen:
        raise UnknownZoneError(f"selection '{selection}' is empty; name zones, plan:P, kind:K, scheme:S or all")
    return frame[frame.index.isin(chosen)]


def _term(frame: geopandas.GeoDataFrame, term: str) -> set[str]:
    field, colon, value = term.partition(":")
    if term == "all":
        return set(frame.index)
    if not colon:
        return {require_zone(frame, term)}
    held = {
        "plan": frame["plan_id"].map(lambda plan_id: (plan_id,)),
        "kind": frame["kind"].map(lambda kind: (kind,)),
        "scheme": frame["scheme_ids"],
    }
    if field not in held:
        raise UnknownZoneError(f"'{term}': '{field}' is no way to select; use plan:, kind: or scheme:")
    found = frame.index[held[field].map(lambda values: value in values)]
    if found.empty:
        known = list(dict.fromkeys(name for values in held[field] for name in values))
        raise UnknownZoneError(f"'{term}': no {field} '{value}' is in the atlas; it has {_some(known)}")
    return set(found)


def require_zone(frame: geopandas.GeoDataFrame, zone_id: str) -> str:
    """Return the id if the frame holds it.

    Raises
    ------
    UnknownZoneError
        If not; suggests ids that end alike.
    """
    if zone_id in frame.index:
        return zone_id
    tail = zone_id.rsplit(".", 1)[-1]
    near = [known for known in frame.index if tail and tail in known][:5]
    hint = f"; did you mean {', '.join(near)}?" if near else "; 'zones search' finds ids by name"
    raise UnknownZoneError(f"zone '{zone_id}' is not in the atlas{hint}")


def _some(values: list[str]) -> str:
    return ", ".join(values[:10]) + (f" and {len(values) - 10} more" if len(values) > 10 else "")
