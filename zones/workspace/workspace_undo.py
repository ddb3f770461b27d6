"""Which revision an undo takes back, and which one a redo brings again, read off the list of revisions."""

from collections.abc import Iterable

UNDOABLE = ("save", "restore", "adopt")


def stacks(revisions: Iterable[tuple[int, str, int | None]]) -> tuple[list[int], list[int]]:
    """Return the revisions that can be undone and those that can be redone, the next one last.

    Parameters
    ----------
    revisions : iterable of (int, str, int or None)
        Number, action and the revision that an `undo` or `redo` is of; oldest first.
    """
    done: list[int] = []
    undone: list[int] = []
    for revision, action, of in revisions:
        if action in UNDOABLE:
            done.append(revision)
            undone.clear()
        elif action == "undo" and of in done:
            done.remove(of)
            undone.append(of)
        elif action == "redo" and of in undone:
            undone.remove(of)
            done.append(of)
    return done, undone
