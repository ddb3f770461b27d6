"""What a sheet says of its use: 内部用图, its review number, and who signed it off for the public."""

from layers.sheets.sheet_marks import word
from layers.sheets.sheet_plan import SignOff, Use


def use_mark(use: Use, review_number: str, lang: str) -> str:
    """Return the mark that a map without a title block carries."""
    if use == "public":
        return word("reviewed", lang).format(number=review_number or word("none", lang))
    return word("internal_numbered" if review_number else "internal", lang).format(number=review_number)


def signed_line(use: Use, sign_off: SignOff | None, lang: str) -> list[str]:
    """Return the line that names who signed a public map off; none where nobody did."""
    if sign_off is None or use != "public":
        return []
    reason = sign_off.reason.strip().rstrip("。.")
    return [word("signed_off", lang).format(name=sign_off.name, day=sign_off.day, reason=reason)]
