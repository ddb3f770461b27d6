"""Faults of file, disk and machine: the workspace is the old or the new one, and each fault is one sentence."""

import functools
import itertools
import os
import stat
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

from tests.desk import WHOLE, box, east, edit_of, new_workspace, raw
from zones.errors import InputError
from zones.workspace import workspace_file
from zones.workspace.workspace import check_log, create, features_at, revisions, save
from zones.workspace.workspace_file import connect, opened

WRITING = ("xWrite", "xSync", "xTruncate", "xDelete")
ROOT = Path(__file__).resolve().parents[1]


class Faults(apsw.VFS):
    """The machine's own way to the disk, which fails at the n-th write, flush, cut or deletion."""

    def __init__(self):
        super().__init__("faults", "")
        self.at, self.seen, self.fault, self.lasting = 0, 0, apsw.IOError, False

    def arm(self, at, fault, *, lasting):
        self.at, self.seen, self.fault, self.lasting = at, 0, fault, lasting

    def count(self):
        self.seen += 1
        if self.seen == self.at or (self.lasting and 0 < self.at < self.seen):
            raise self.fault

    def xOpen(self, name, flags):  # noqa: N802 (SQLite's name)
        return FaultyFile(self, name, flags)

    def xDelete(self, name, sync):  # noqa: N802
        self.count()
        super().xDelete(name, sync)


class FaultyFile(apsw.VFSFile):
    """A file whose writes are counted."""

    def __init__(self, owner, name, flags):
        super().__init__("", name, flags)
        self.owner = owner

    def xWrite(self, data, offset):  # noqa: N802
        self.owner.count()
        super().xWrite(data, offset)

    def xSync(self, flags):  # noqa: N802
        self.owner.count()
        super().xSync(flags)

    def xTruncate(self, size):  # noqa: N802
        self.owner.count()
        super().xTruncate(size)


@pytest.fixture
def faults(monkeypatch):
    vfs = Faults()
    monkeypatch.setattr(workspace_file, "connect", functools.partial(connect, vfs="faults"))
    yield vfs
    vfs.unregister()


def without_faults(monkeypatch, ask):
    with monkeypatch.context() as patch:
        patch.setattr(workspace_file, "connect", connect)
        return ask()


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("fault", [apsw.IOError, apsw.FullError], ids=["io", "full"])
def test_every_write_of_a_save_may_fail(quick_folder, faults, monkeypatch, fault, lasting):
    path = without_faults(monkeypatch, lambda: new_workspace(quick_folder))
    held, failed, tried = 0, 0, 0
    for at in itertools.count(1):
        newest = without_faults(monkeypatch, lambda: int(revisions(path)["revision"].max()))
        edit = without_faults(monkeypatch, lambda step=held + 1: edit_of(path, shape=box(step)))
        faults.arm(at, fault, lasting=lasting)
        try:
            save(path, [edit], who="乙", why="写", base=newest)
            told = False
        except InputError as error:
            told = True
            assert str(error).startswith(f"{path}: ")
        tried = faults.seen
        faults.arm(0, fault, lasting=False)
        found = without_faults(monkeypatch, lambda: (east(path), int(revisions(path)["revision"].max())))
        assert found in ((held, newest), (held + 1, newest + 1))
        assert told or found == (held + 1, newest + 1)
        assert without_faults(monkeypatch, lambda: check_log(path)) == ()
        failed += told
        held = found[0]
        if tried < at:
            break
    assert failed > 10


def test_every_write_of_making_a_workspace_may_fail(quick_folder, faults, monkeypatch):
    data = without_faults(monkeypatch, lambda: new_workspace(quick_folder)).parent / "data"
    for at in itertools.count(1, 3):
        path = quick_folder / f"{at}.gpkg"
        faults.arm(at, apsw.FullError, lasting=True)
        try:
            create(path, data=data, who="甲")
        except InputError as error:
            assert "disk is full" in str(error)
        reached = faults.seen
        faults.arm(0, apsw.FullError, lasting=False)
        if reached < at:
            break
        # What a failed attempt leaves does not stand in the way of the next.
        without_faults(monkeypatch, lambda path=path: create(path, data=data, who="甲"))
        assert without_faults(monkeypatch, lambda path=path: len(features_at(path))) == 4
        path.unlink()
    assert at > 20


CROWD = """
import sys
from pathlib import Path
from tests.desk import LINE, PART, WHOLE, box, edit_of
from zones.workspace.workspace import Collision, revisions, save
path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
own = {"a": PART, "b": LINE}[name]
base, saved, collided = 1, [], 0
print("ready", flush=True)
sys.stdin.readline()
edits = {zone_id: edit_of(path, zone_id) for zone_id in (own, WHOLE)}
for step in range(count):
    edit = edits[WHOLE if step % 5 == 0 else own]
    edit.features["basis"] = f"{name} {step}"
    try:
        base = save(path, [edit], who=name, why=str(step), base=base).revision
        saved.append(step)
    except Collision as met:
        assert met.who != name and set(met.theirs["basis"]) != set(met.ours["basis"])
        collided += 1
        base = int(revisions(path)["revision"].max())
print(len(saved), collided, ",".join(map(str, saved)))
"""


def test_a_thousand_saves_by_two_are_kept_or_told(quick_folder):
    path, each = new_workspace(quick_folder), 500
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", CROWD, str(path), name, str(each)], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for name in ("a", "b")
    ]  # fmt: skip
    for run in runs:
        assert run.stdout.readline() == "ready\n"
    for run in runs:
        run.stdin.write("go\n")
        run.stdin.flush()
    told, met = {}, 0
    for name, run in zip("ab", runs, strict=True):
        out, err = run.communicate(timeout=300)
        assert run.returncode == 0, err
        saved, collided, steps = out.split(maxsplit=2)
        assert int(saved) + int(collided) == each
        met += int(collided)
        told[name] = [int(step) for step in steps.strip().split(",")]
    assert met > 0
    table = revisions(path)
    for name, steps in told.items():
        assert sorted(int(why) for why in table.loc[table["who"] == name, "why"]) == steps
    assert len(table) == 1 + sum(map(len, told.values()))
    assert check_log(path) == ()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "there is no workspace here; make one"),
        (b"", "the file is empty; make a workspace"),
        (b"not a database, but a long enough text of something else " * 40, "is no workspace .no GeoPackage at all"),
    ],
)
def test_what_is_no_workspace_is_said(tmp_path, content, sentence):
    path = tmp_path / "x.gpkg"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=f"^{path}: .*{sentence}"):
        features_at(path)


def test_another_geopackage_is_no_workspace(tmp_path):
    path = tmp_path / "x.gpkg"
    features_at(new_workspace(tmp_path)).to_file(path, layer="zones")
    with pytest.raises(InputError, match="is no workspace of the digitizing desk"):
        features_at(path)


@pytest.mark.parametrize(("version", "sentence"), [("2", "newer version"), ("0", "older version"), ("x", "older")])
def test_other_versions_are_said(tmp_path, version, sentence):
    path = new_workspace(tmp_path)
    raw(path, f"UPDATE workspace SET value='{version}' WHERE name='schema'")
    with pytest.raises(InputError, match=sentence):
        features_at(path)


def test_a_file_that_another_program_writes_to_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(workspace_file, "BUSY_MS", 50)
    path = new_workspace(tmp_path)
    edit, other = edit_of(path, shape=box(1)), apsw.Connection(str(path))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(InputError, match="another program is writing to it"):
        save(path, [edit], who="乙", why="试", base=1)
    # Reading goes on beside it.
    assert east(path) == 0
    other.execute("ROLLBACK")
    other.close()
    assert save(path, [edit], who="乙", why="试", base=1).revision == 2


def test_a_file_that_qgis_left_in_wal_mode_comes_back(tmp_path):
    path = new_workspace(tmp_path)
    edit, other = edit_of(path, shape=box(1)), apsw.Connection(str(path))
    other.pragma("journal_mode", "wal")
    # While the other program has it open, both work.
    assert east(path) == 0
    assert save(path, [edit], who="乙", why="试", base=1).revision == 2
    other.close()
    assert east(path) == 1
    assert raw(path, "PRAGMA journal_mode") == [("delete",)]


def test_a_damaged_file_is_said(tmp_path):
    path = new_workspace(tmp_path)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"damaged|no workspace"):
        features_at(path)


@pytest.mark.parametrize(
    ("faults", "sentence"),
    [
        ("FullError", "the disk is full, so nothing was saved; make room"),
        ("BusyError LockedError ProtocolError", "another program is writing to it, so nothing was saved"),
        ("ReadOnlyError PermissionsError AuthError", "may only be read, so nothing was saved"),
        ("NotADBError", "is no workspace .no GeoPackage at all.; choose another file"),
        ("CorruptError", "the file is damaged; go back to a copy of it"),
        ("CantOpenError", "cannot be opened; check that the folder is there"),
        (
            "IOError NoMemError",
            "reading or writing failed on the disk or the network; look at its revisions",
        ),
        ("ConstraintError", "the file refused the change .as SQLite says.; what it held before is untouched"),
        ("MismatchError SQLError", "not usable as a workspace: as SQLite says; what it held before is untouched"),
    ],
)
def test_each_fault_of_the_file_is_one_sentence(tmp_path, faults, sentence):
    """The faults that SQLite names, by its own list of result codes."""
    for name in faults.split():
        with pytest.raises(InputError, match=f"^{tmp_path}: {sentence}"), workspace_file.told(tmp_path):
            raise getattr(apsw, name)("as SQLite says")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anything")
def test_a_read_only_file_can_be_read_but_not_saved(tmp_path):
    path = new_workspace(tmp_path)
    edit = edit_of(path, shape=box(1))
    path.chmod(stat.S_IRUSR)
    assert east(path) == 0
    with pytest.raises(InputError, match="may only be read"):
        save(path, [edit], who="乙", why="试", base=1)


@pytest.mark.parametrize("table", ["log", "revisions", "changes", "stages", "past_shapes", "layer_files"])
def test_the_file_itself_refuses_to_change_the_past(tmp_path, table):
    path = new_workspace(tmp_path)
    if table == "stages":
        raw(path, "INSERT INTO stages (revision, at, stage, who, why, name) VALUES (1, '', 'x', '', '', '')")
    column = {"past_shapes": "basis", "layer_files": "file", "log": "entry", "stages": "who"}.get(table, "revision")
    for statement in (f"UPDATE {table} SET {column} = '1'", f"DELETE FROM {table}"):
        with pytest.raises(apsw.ConstraintError, match="this table only grows"):
            raw(path, statement)


def test_an_error_within_a_transaction_leaves_everything_as_it_was(tmp_path):
    path = new_workspace(tmp_path)
    with pytest.raises(RuntimeError), opened(path, write=True) as db:
        db.execute("INSERT INTO log (entry, sha256) VALUES ('x', 'y')")
        raise RuntimeError
    assert check_log(path) == ()
    assert WHOLE in set(features_at(path)["zone_id"])
