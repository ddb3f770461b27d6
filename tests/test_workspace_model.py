"""Any order of saves, undos, redos and restores leaves what a model of a few lines leaves."""

import tempfile
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.desk import PART, WHOLE, edit_of, new_workspace
from zones.workspace.workspace import UnchangedError, check_log, features_at, redo, restore, revisions, save, undo

ZONES = st.sampled_from([WHOLE, PART])


class Desk(RuleBasedStateMachine):
    """The model: the words of each zone's basis after each revision, and two stacks."""

    @initialize()
    def make(self):
        self.folder = tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
        self.path = new_workspace(Path(self.folder.name))
        self.states = [{WHOLE: "按道路", PART: "按道路"}]
        self.done, self.undone = [], []

    def teardown(self):
        if hasattr(self, "folder"):
            assert check_log(self.path) == ()
            self.folder.cleanup()

    def add(self, state):
        self.states.append(state)
        return len(self.states) - 1

    @rule(zone=ZONES, words=st.sampled_from("甲乙丙"))
    def save(self, zone, words):
        edit, now = edit_of(self.path, zone, basis=words), self.states[-1]
        try:
            save(self.path, [edit], who="乙", why="写", base=len(self.states))
        except UnchangedError:
            assert now[zone] == words
        else:
            self.done.append((self.add(now | {zone: words}), (zone,)))
            self.undone.clear()

    @rule(at=st.integers(0, 30), zone=st.none() | ZONES)
    def restore(self, at, zone):
        at %= len(self.states)
        wanted = [zone] if zone else [WHOLE, PART]
        now = self.states[-1]
        changed = tuple(each for each in wanted if now[each] != self.states[at][each])
        try:
            restore(self.path, at + 1, who="乙", why="退", zone_ids=[zone] if zone else None)
        except UnchangedError:
            assert not changed
        else:
            assert changed
            self.done.append((self.add(now | {each: self.states[at][each] for each in changed}), changed))
            self.undone.clear()

    @precondition(lambda self: getattr(self, "done", None))
    @rule()
    def undo(self):
        at, zones = self.done.pop()
        undo(self.path, "乙")
        self.add(self.states[-1] | {each: self.states[at - 1][each] for each in zones})
        self.undone.append((at, zones))

    @precondition(lambda self: getattr(self, "undone", None))
    @rule()
    def redo(self):
        at, zones = self.undone.pop()
        redo(self.path, "乙")
        self.add(self.states[-1] | {each: self.states[at][each] for each in zones})
        self.done.append((at, zones))

    @invariant()
    def holds(self):
        if hasattr(self, "path"):
            rows = features_at(self.path).set_index("zone_id")["basis"]
            assert {zone: rows[zone] for zone in (WHOLE, PART)} == self.states[-1]
            assert len(revisions(self.path)) == len(self.states)


TestDesk = Desk.TestCase
TestDesk.settings = settings(
    max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
