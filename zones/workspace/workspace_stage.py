"""Stages of a revision: draft, checked, published; each step with a name, a reason and a line in the log."""

from pathlib import Path
from typing import Literal

from zones.errors import InputError
from zones.workspace.workspace_file import opened
from zones.workspace.workspace_log import append, now, said
from zones.workspace.workspace_state import check_revision, insert

Stage = Literal["draft", "checked", "published"]

STEPS = {"checked": ("draft",), "published": ("checked", "published"), "draft": ("checked",)}
"""Stage -> the stages it may follow; back to draft only before publication. One may be published again, to go back."""


def set_stage(path: Path, revision: int, stage: Stage, *, who: str, why: str, name: str = "") -> None:
    """Mark a revision as checked, then as published; or as a draft again while it is not published.

    Parameters
    ----------
    path : Path
    revision : int
    stage : {"draft", "checked", "published"}
    who, why : str
        Neither may be empty.
    name : str
        What this state shall be called, such as `2026年第一版`.

    Raises
    ------
    InputError
        If the stage does not follow the one before, or the file cannot be used.
    """
    if stage not in STEPS:
        raise InputError(f"stage is '{stage}'; it must be one of {', '.join(STEPS)}")
    who, why, name = said(who, "a name (who)"), said(why, "a reason (why)"), " ".join(name.split())
    with opened(path, write=True) as db:
        check_revision(db, path, revision)
        held = db.execute("SELECT stage FROM stages WHERE revision = ? ORDER BY fid DESC LIMIT 1", (revision,)).get
        before = held or "draft"
        if before not in STEPS[stage]:
            needed = STEPS[stage][0]
            raise InputError(f"revision {revision} is {before}, and {stage} follows {needed} only; nothing was marked")
        at = now()
        insert(db, "stages", ("revision", "at", "stage", "who", "why", "name"), (revision, at, stage, who, why, name))
        append(db, at, {"action": "stage", "revision": revision, "stage": stage, "who": who, "why": why, "name": name})
