"""A fingerprint of the code that draws: pages drawn by other code are not taken for pages of this."""

import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1]


@cache
def layers_print() -> str:
    """Return a SHA-256 over the modules of this package."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*.py")):
        digest.update(path.relative_to(FOLDER).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
