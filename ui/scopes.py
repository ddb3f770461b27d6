"""What an indicator or a finding is about, by name: a zone, a district, the whole city, or a scheme."""

from ui.words import DISTRICTS_EN
from zones import Atlas
from zones.schema import DISTRICTS

CITY = "440300"
CITY_NAME = "深圳市"


def scope_name(atlas: Atlas, code: str, lang: str) -> str:
    """Return the name of a zone, a scheme, a district or a list of districts; what is none of them, as it is."""
    if code in atlas.zones.index:
        return str(atlas.zones.at[code, f"name_{lang}"])
    schemes = (scheme for plan in atlas.plans.values() for scheme in plan.schemes)
    scheme = next((each for each in schemes if each.scheme_id == code), None)
    if scheme is not None:
        return str(getattr(scheme.name, lang))
    names = DISTRICTS_EN if lang == "en" else DISTRICTS | {CITY: CITY_NAME}
    return ("、" if lang == "zh" else ", ").join(names.get(part, part) for part in code.split(", "))
