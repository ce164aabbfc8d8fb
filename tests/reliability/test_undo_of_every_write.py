"""Every write of a tab room can be taken back and done again, across restarts, without a trace."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import func, select

from tabapp.app import open_workspace
from tabapp.core.errors import ProblemsFound, UserError
from tabapp.services.ballots import Entry
from tabapp.services.workspace import JobFailed, Workspace
from tabapp.store import schema
from tabapp.store.images import is_journaled
from tabapp.store.tournaments import RoundRow, TournamentRow
from tabapp.tasks.play import play_break, play_round
from tests.reliability.scenes import (
    THOROUGH,
    add,
    assert_results_are_derived,
    enter,
    entries_for,
    exports,
    made_up,
    rounds_of,
)

seeds = st.integers(0, 2)
picks = st.integers(0, 5)


class TabRoom(RuleBasedStateMachine):
    """Everything that a tab room writes. The model is a stack of whole documents a tournament."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.open = ExitStack()
        self.work: Workspace = self.open.enter_context(
            open_workspace(self.folder / "t.tabapp", create=True))
        self.state: dict[int, bytes] = {}
        self.past: dict[int, list[bytes | None]] = defaultdict(list)
        self.future: dict[int, list[bytes | None]] = defaultdict(list)
        self.owners: list[TournamentRow] = []
        self.last = 0

    # --- the model ---

    def did(self, owner: TournamentRow) -> None:
        """Note what a write has left; a write that is no action has left everything as it was."""
        after = exports(self.work.database)
        assert {one: text for one, text in after.items() if one != owner.id} == {
            one: text for one, text in self.state.items() if one != owner.id}
        newest = self.work.database.history(None, limit=1)[0].id
        if newest == self.last:
            assert after == self.state
            return
        self.last = newest
        self.past[owner.id].append(self.state.get(owner.id))
        self.future[owner.id].clear()
        self.state = after

    def goes_back(self, owner: TournamentRow, text: bytes | None) -> None:
        self.state.pop(owner.id)
        if text is not None:
            self.state[owner.id] = text

    # --- what people do ---

    @initialize()
    def begin(self) -> None:
        self.bring_in(0, play=False)

    @precondition(lambda self: len(self.owners) < 3)
    @rule(seed=seeds, play=st.booleans())
    def bring_in(self, seed: int, play: bool) -> None:
        chaos = 1.0 if play else 0.0
        made = made_up(seed, play=play, chaos=chaos, team_standings_precedence=["points"])
        made.tournament.slug = f"t{len(self.owners)}"
        self.owners.append(add(self.work, made))
        self.did(self.owners[-1])

    @rule(pick=picks, number=picks, seed=seeds, replace=st.booleans(), confirm=st.booleans())
    def draw(self, pick: int, number: int, seed: int, replace: bool, confirm: bool) -> None:
        self.job(pick, "draw.generate", number, seed=seed, replace=replace, confirm=confirm,
                 ignore_missing=True)

    @rule(pick=picks, number=picks, seed=seeds)
    def seat_judges(self, pick: int, number: int, seed: int) -> None:
        self.job(pick, "draw.allocate_adjudicators", number, seed=seed)

    @rule(pick=picks, number=picks, seed=seeds)
    def place_in_rooms(self, pick: int, number: int, seed: int) -> None:
        self.job(pick, "draw.allocate_venues", number, seed=seed)

    @rule(pick=picks, number=picks, seed=seeds)
    def simulate(self, pick: int, number: int, seed: int) -> None:
        self.job(pick, "demo.simulate", number, seed=seed)

    @rule(pick=picks, seed=seeds)
    def play_the_next_round(self, pick: int, seed: int) -> None:
        owner = self.owner(pick)
        waiting = [one for one in self.rounds(owner) if one.status == "none"][:1]
        for round_ in waiting:
            try:
                for _result in play_round(self.work, owner, round_, seed):
                    self.did(owner)
            except JobFailed:  # as where the results of the round before are missing
                assert exports(self.work.database) == self.state

    @rule(pick=picks, seed=seeds)
    def make_the_break(self, pick: int, seed: int) -> None:
        owner = self.owner(pick)
        if owner.id in self.state:
            play_break(self.work, owner, seed)
            self.did(owner)

    @rule(pick=picks, number=picks, seed=seeds, first=picks, status=st.sampled_from(
        ["draft", "confirmed", "confirmed"]))
    def enter_ballots(self, pick: int, number: int, seed: int, first: int, status: str) -> None:
        """Enter some ballots of a round; those that were entered before become corrections."""
        owner = self.owner(pick)
        entries = self.entries(owner, number, seed)[first % 2:]
        given = [
            Entry(one.round, one.debate, one.ballot.model_copy(update={"status": status}))
            for one in entries
        ]
        try:
            if given:
                enter(self.work, owner, given)
        except ProblemsFound:
            assert exports(self.work.database) == self.state
        self.did(owner)

    @rule(pick=picks, number=picks, seed=seeds)
    def hand_in_nonsense(self, pick: int, number: int, seed: int) -> None:
        owner = self.owner(pick)
        for entry in self.entries(owner, number, seed)[-1:]:
            wrong = Entry(entry.round + 1, entry.debate, entry.ballot)
            with pytest.raises(ProblemsFound):
                enter(self.work, owner, [entry, wrong])
        self.did(owner)

    # --- undo, redo, restart ---

    @rule(pick=picks)
    def undo(self, pick: int) -> None:
        owner = self.owner(pick)
        past = self.past[owner.id]
        if not past:
            self.refused("nothing_to_undo", self.work.database.undo, owner)
            return
        self.future[owner.id].append(self.state.get(owner.id))
        self.work.database.undo(owner.id, actor="Ann")
        self.goes_back(owner, past.pop())

    @rule(pick=picks)
    def redo(self, pick: int) -> None:
        owner = self.owner(pick)
        future = self.future[owner.id]
        if not future:
            self.refused("nothing_to_redo", self.work.database.redo, owner)
            return
        self.past[owner.id].append(self.state.get(owner.id))
        self.work.database.redo(owner.id, actor="Ann")
        self.state.pop(owner.id, None)
        text = future.pop()
        assert text is not None
        self.state[owner.id] = text

    @rule(pick=picks)
    def undo_everything_and_redo_it(self, pick: int) -> None:
        owner = self.owner(pick)
        count = len(self.past[owner.id])
        for _ in range(count):
            self.undo(pick)
            self.the_documents_are_the_models()
        assert owner.id not in self.state
        for _ in range(count):
            self.redo(pick)
            self.the_documents_are_the_models()

    @rule()
    def restart(self) -> None:
        self.open.close()
        self.work = self.open.enter_context(open_workspace(self.folder / "t.tabapp"))

    @invariant()
    def the_documents_are_the_models(self) -> None:
        actions = self.work.database.history(None, limit=1)
        self.last = actions[0].id if actions else 0
        assert exports(self.work.database) == self.state
        assert_results_are_derived(self.work.database)

    # --- helpers ---

    def owner(self, pick: int) -> TournamentRow:
        return self.owners[pick % len(self.owners)]

    def rounds(self, owner: TournamentRow) -> list[RoundRow]:
        return rounds_of(self.work, owner)  # none of a tournament that was taken back

    def entries(self, owner: TournamentRow, number: int, seed: int) -> list[Entry]:
        rounds = [one for one in self.rounds(owner) if one.status in ("confirmed", "released")]
        return entries_for(self.work, rounds[number % len(rounds)], seed) if rounds else []

    def job(self, pick: int, name: str, number: int, **params: Any) -> None:
        """Run a job on a round; a refusal must leave everything as it was."""
        owner = self.owner(pick)
        rounds = self.rounds(owner)
        if not rounds:
            return
        try:
            self.work.run(
                name, tournament=owner.id, round_id=rounds[number % len(rounds)].id, **params)
        except JobFailed:
            assert exports(self.work.database) == self.state
        self.did(owner)

    def refused(self, code: str, do: Any, owner: TournamentRow) -> None:
        with pytest.raises(UserError) as caught:
            do(owner.id, actor="Ann")
        assert caught.value.code == code

    def teardown(self) -> None:
        self.open.close()
        shutil.rmtree(self.folder)


TestTabRoom = TabRoom.TestCase
TestTabRoom.settings = settings(
    max_examples=100 if THOROUGH else 6, stateful_step_count=30 if THOROUGH else 20,
    deadline=None, suppress_health_check=[HealthCheck.too_slow],
)


def test_an_import_that_is_taken_back_leaves_no_row_of_the_tournament(tmp_path: Path) -> None:
    path = tmp_path / "t.tabapp"
    with open_workspace(path, create=True) as work:
        add(work, made_up(1, play=True, chaos=1.0))
        before = exports(work.database)
        work.database.undo(None, actor="Ann")
    with open_workspace(path) as work:
        with work.database.read() as unit:
            left = {
                table.name: unit.scalar(select(func.count()).select_from(table))
                for table in schema.metadata.sorted_tables
                if is_journaled(table) or table.name.startswith(("result_", "standing"))
            }
        assert {name: count for name, count in left.items() if count} == {}
        work.database.redo(None, actor="Ann")
    with open_workspace(path) as work:
        assert exports(work.database) == before
        assert_results_are_derived(work.database)


def test_an_import_cannot_come_back_where_its_slug_is_taken_by_now(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        first = add(work, made_up(1))
        work.database.undo(first.id, actor="Ann")
        second = add(work, made_up(1))
        state = exports(work.database)
        with pytest.raises(UserError) as caught:
            work.database.redo(first.id, actor="Ann")
        assert caught.value.code == "undo_blocked"
        assert exports(work.database) == state
        work.database.undo(second.id, actor="Ann")
        work.database.redo(first.id, actor="Ann")
        assert list(exports(work.database).values()) == list(state.values())


def test_taking_back_an_import_takes_the_cached_tables_along(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        owner = add(work, made_up(1, play=True))
        work.run("standings.recalculate", tournament=owner.id, tournament_id=owner.id)
        work.database.undo(owner.id, actor="Ann")
        with work.database.read() as unit:
            assert unit.rows(select(schema.standing)) == []
