"""Random writes, undos, redos and restarts against a naive model that keeps whole copies."""

from __future__ import annotations

import contextlib
import copy
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlalchemy import select

from tabapp.core.clock import ManualClock
from tabapp.core.errors import UserError
from tabapp.store.database import Database
from tabapp.store.schema import speaker, team, tournament

State = dict[str, dict[int, tuple[Any, ...]]]
numbers = st.integers(0, 5)
texts = st.sampled_from(["", "a", "é", "longer name"])


class UndoMachine(RuleBasedStateMachine):
    """Teams and their speakers. The model knows states, and nothing of rows or inverses."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.database = Database.open(self.folder / "m.tabapp", create=True, clock=ManualClock())
        self.past: list[State] = []
        self.future: list[State] = []

    @initialize()
    def make_tournament(self) -> None:
        with self.database.write(undoable=False) as unit:
            (self.owner,) = unit.insert(tournament, [{"slug": "t"}])
        self.state: State = {"team": {}, "speaker": {}}

    def did(self, state: State) -> None:
        if state != self.state:
            self.past.append(self.state)
            self.future.clear()
            self.state = state

    @rule(count=st.integers(1, 3), name=texts)
    def add_teams(self, count: int, name: str) -> None:
        state = copy.deepcopy(self.state)
        free = [n for n in range(9) if n not in {row[0] for row in state["team"].values()}][:count]
        with self.database.write(tournament=self.owner) as unit:
            ids = unit.insert(team, [
                {"tournament_id": self.owner, "ref": str(n), "name": name} for n in free
            ])
        state["team"].update({row: (n, name) for row, n in zip(ids, free, strict=True)})
        self.did(state)

    @precondition(lambda self: self.state["team"])
    @rule(pick=numbers, name=texts, rename=st.booleans())
    def add_a_speaker_and_rename(self, pick: int, name: str, rename: bool) -> None:
        state = copy.deepcopy(self.state)
        owner = self.pick("team", pick)
        with self.database.write(tournament=self.owner) as unit:
            number = unit.ids.take("speaker")[0]
            unit.insert(speaker, [{
                "id": number, "tournament_id": self.owner, "ref": f"S{number}", "name": name,
                "team_id": owner,
            }])
            if rename:
                unit.update(team, {owner: {"name": name}})
                state["team"][owner] = (state["team"][owner][0], name)
        state["speaker"][number] = (owner, name)
        self.did(state)

    @precondition(lambda self: self.state["speaker"])
    @rule(pick=numbers, other=numbers, name=texts)
    def move_speakers(self, pick: int, other: int, name: str) -> None:
        state = copy.deepcopy(self.state)
        new = self.pick("team", other)
        chosen = [row for row in state["speaker"] if row % 3 == pick % 3]
        with self.database.write(tournament=self.owner) as unit:
            unit.update(speaker, {row: {"team_id": new, "name": name} for row in chosen})
        state["speaker"].update(dict.fromkeys(chosen, (new, name)))
        self.did(state)

    @precondition(lambda self: self.state["team"])
    @rule(pick=numbers)
    def delete_a_team(self, pick: int) -> None:
        state = copy.deepcopy(self.state)
        gone = self.pick("team", pick)
        members = [row for row, values in state["speaker"].items() if values[0] == gone]
        with self.database.write(tournament=self.owner) as unit:
            unit.delete(speaker, members)
            unit.delete(team, [gone])
        del state["team"][gone]
        for row in members:
            del state["speaker"][row]
        self.did(state)

    @rule()
    def fail_in_the_middle(self) -> None:
        with contextlib.suppress(ZeroDivisionError), self.database.write() as unit:
            unit.delete(speaker, self.state["speaker"])
            unit.delete(team, self.state["team"])
            _ = 1 / 0

    @rule()
    def undo(self) -> None:
        if not self.past:
            self.refused("nothing_to_undo", self.database.undo)
            return
        self.database.undo(self.owner, actor="")
        self.future.append(self.state)
        self.state = self.past.pop()

    @rule()
    def redo(self) -> None:
        if not self.future:
            self.refused("nothing_to_redo", self.database.redo)
            return
        self.database.redo(self.owner, actor="")
        self.past.append(self.state)
        self.state = self.future.pop()

    @rule()
    def restart(self) -> None:
        where = self.database.path
        assert where is not None
        self.database.close()
        self.database = Database.open(where, clock=ManualClock())

    @invariant()
    def the_rows_are_the_models(self) -> None:
        if not hasattr(self, "owner"):
            return
        with self.database.read() as unit:
            teams = unit.rows(select(team))
            speakers = unit.rows(select(speaker))
        assert {row.id: (int(row.ref), row.name) for row in teams} == self.state["team"]
        assert {row.id: (row.team_id, row.name) for row in speakers} == self.state["speaker"]

    def pick(self, table: str, number: int) -> int:
        rows = sorted(self.state[table])
        return rows[number % len(rows)]

    def refused(self, code: str, do: Any) -> None:
        with pytest.raises(UserError) as caught:
            do(self.owner, actor="")
        assert caught.value.code == code

    def teardown(self) -> None:
        self.database.close()
        shutil.rmtree(self.folder)


TestUndoMachine = UndoMachine.TestCase
TestUndoMachine.settings = settings(
    max_examples=15, stateful_step_count=25, deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
