"""The log: one line for each act, each line bound to the one before and to the zones it leaves.

A line is canonical JSON; its SHA-256 stands beside it and again, as `previous`, in the next line. So no past line can
be changed, taken out or put in without breaking the chain. What a chain by itself cannot show is that its last lines
were cut off, or that somebody made all of it anew: for that, note the hash of the newest line somewhere else (it
goes with each published folder), and compare.
"""

from datetime import UTC, datetime
from typing import Any

import apsw

from zones.errors import InputError
from zones.workspace.workspace_state import canonical, content_hash, hashes_at, sha256

FIRST = "0" * 64
"""What the first line has for a line before."""


def now() -> str:
    """Return the time in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def said(text: str, what: str) -> str:
    """Return what a person wrote, on one line.

    Raises
    ------
    InputError
        If nothing is left of it.
    """
    clean = " ".join(str(text).encode("utf-8", "replace").decode("utf-8").replace("\0", " ").split())
    if not clean:
        raise InputError(f"a revision needs {what}; nothing was saved")
    return clean


def append(db: apsw.Connection, at: str, entry: dict[str, Any]) -> str:
    """Add a line to the log and return its hash.

    Parameters
    ----------
    db : apsw.Connection
        In the transaction that makes the change which the line tells of.
    at : str
        UTC.
    entry : dict
        What was done: `action`, `who`, `why`, `revision` and what belongs to the action.
    """
    line, previous = last(db)
    bound = content_hash(files_hash(db), hashes_at(db))
    text = canonical({"line": line + 1, "previous": previous, "at": at, "content": bound, **entry})
    db.execute("INSERT INTO log (line, entry, sha256) VALUES (?, ?, ?)", (line + 1, text, sha256(text)))
    return sha256(text)


def last(db: apsw.Connection) -> tuple[int, str]:
    """Return number and hash of the newest line."""
    row = db.execute("SELECT line, sha256 FROM log ORDER BY line DESC LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, FIRST)


def files_hash(db: apsw.Connection) -> str:
    """Return what binds all that a workspace keeps beside the zones: forms of layer files, and other files."""
    forms = db.execute("SELECT layer, file, head, between_features, tail, spaced FROM layer_files ORDER BY fid")
    others = db.execute("SELECT file, content FROM other_files ORDER BY fid")
    return sha256(canonical([[list(row) for row in forms], [[file, sha256(text)] for file, text in others]]))
