"""Opens a workspace: one transaction at a time, every fault of file or disk told in one sentence.

The journal is a rollback journal that is deleted at each commit. WAL would let readers and a writer work side by
side, but needs memory shared between them and so fails on an office share, and leaves two files beside the one that
people copy. `synchronous=EXTRA` also flushes the folder after the journal is gone: a save that was reported stays.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import apsw

from zones.errors import InputError
from zones.workspace.workspace_blob import index_functions
from zones.workspace.workspace_schema import APPLICATION_ID, SCHEMA_VERSION

BUSY_MS = 15_000
"""How long to wait for another program; a save takes some hundredths of a second."""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn faults of SQLite into one sentence each.

    Raises
    ------
    InputError
    """
    try:
        yield
    except apsw.FullError:
        raise InputError(f"{path}: the disk is full, so nothing was saved; make room and save again") from None
    except (apsw.BusyError, apsw.LockedError, apsw.ProtocolError):
        raise InputError(
            f"{path}: another program is writing to it, so nothing was saved; try again, or close it there"
        ) from None
    except (apsw.ReadOnlyError, apsw.PermissionsError, apsw.AuthError):
        raise InputError(
            f"{path}: may only be read, so nothing was saved; ask for the right to write to it and its folder"
        ) from None
    except apsw.NotADBError:
        raise InputError(f"{path}: is no workspace (no GeoPackage at all); choose another file") from None
    except apsw.CorruptError:
        raise InputError(f"{path}: the file is damaged; go back to a copy of it") from None
    except apsw.CantOpenError:
        raise InputError(f"{path}: cannot be opened; check that the folder is there and may be written") from None
    except (apsw.IOError, apsw.NoMemError):
        raise InputError(
            f"{path}: reading or writing failed on the disk or the network; look at its revisions before saving again"
        ) from None
    except apsw.ConstraintError as error:
        raise InputError(f"{path}: the file refused the change ({error}); what it held before is untouched") from None
    except apsw.Error as error:
        raise InputError(f"{path}: not usable as a workspace: {error}; what it held before is untouched") from None


def connect(path: Path, *, make: bool = False, vfs: str | None = None) -> apsw.Connection:
    """Return a connection with the settings every workspace is used with.

    Parameters
    ----------
    path : Path
    make : bool
        Make the file where there is none.
    vfs : str, optional
        The layer through which SQLite reaches the disk; tests put one in that fails on purpose.
    """
    flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if make else 0)
    connection = apsw.Connection(str(path), flags=flags, vfs=vfs)
    connection.set_busy_timeout(BUSY_MS)
    # A workspace may come from elsewhere: nothing in its schema may call for more than plain SQL.
    connection.execute("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA synchronous=EXTRA")
    for name, function in index_functions().items():
        connection.create_scalar_function(name, function, 1, deterministic=True, flags=apsw.SQLITE_INNOCUOUS)
    return connection


@contextmanager
def opened(path: Path, *, write: bool = False) -> Iterator[apsw.Connection]:
    """Open a workspace for one transaction, which is kept whole or not at all.

    Parameters
    ----------
    path : Path
    write : bool
        Take the right to write at once, so that what is read here is what will be written upon.

    Raises
    ------
    InputError
        If the file is missing, no workspace, of another version, locked, read-only or damaged, or the disk is full.
    """
    if not path.is_file():
        raise InputError(f"{path}: there is no workspace here; make one with 'zones workspace new'")
    with told(path), _closing(connect(path)) as connection:
        _leave_wal(connection)
        with _transaction(connection, write=write):
            _check(connection, path)
            yield connection


def copy_of(path: Path) -> bytes:
    """Return the whole file as it is between two saves.

    Raises
    ------
    InputError
        If the file cannot be used.
    """
    with opened(path) as db:
        return db.serialize("main")


@contextmanager
def made(path: Path) -> Iterator[apsw.Connection]:
    """Open a new file for the one transaction that makes it a workspace.

    A file without any table, as a machine that stops half-way may leave it, counts as none.

    Raises
    ------
    InputError
        If something is there already, or the folder cannot be written.
    """
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}; choose another place.") from None
    with told(path), _closing(connect(path, make=True)) as connection, _transaction(connection, write=True):
        if connection.execute("SELECT count(*) FROM sqlite_schema").get:
            raise InputError(f"{path}: a file is here already; choose another name, or go on with that one")
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        yield connection


@contextmanager
def _closing(connection: apsw.Connection) -> Iterator[apsw.Connection]:
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def _transaction(connection: apsw.Connection, *, write: bool) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A commit that failed half-way has been rolled back already, or is when the file is next opened.
        with suppress(apsw.Error):
            if not connection.getautocommit():
                connection.execute("ROLLBACK")
        raise


def _leave_wal(connection: apsw.Connection) -> None:
    """Take the file back to a rollback journal where QGIS left it in WAL mode; while QGIS has it open, leave it."""
    if connection.pragma("journal_mode") == "wal":
        connection.set_busy_timeout(0)
        with suppress(apsw.BusyError, apsw.LockedError, apsw.ReadOnlyError):
            connection.pragma("journal_mode", "delete")
        connection.set_busy_timeout(BUSY_MS)


def _check(connection: apsw.Connection, path: Path) -> None:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type='table'")}
    if not tables:
        raise InputError(f"{path}: the file is empty; make a workspace of it with 'zones workspace new'")
    if connection.pragma("application_id") != APPLICATION_ID or not {"workspace", "log", "revisions"} <= tables:
        raise InputError(f"{path}: is no workspace of the digitizing desk; choose another file, or make one")
    held = connection.execute("SELECT value FROM workspace WHERE name='schema'").get
    version = int(held) if str(held).isdecimal() else 0
    if version > SCHEMA_VERSION:
        raise InputError(f"{path}: was made by a newer version of this program; update the program to use it")
    if version < SCHEMA_VERSION:
        raise InputError(f"{path}: was made by an older version of this program; export it there, and make it anew")
