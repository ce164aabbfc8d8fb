"""How rows of runs are written while the database is busy, and by several threads at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tabapp.core.errors import DatabaseBusy
from tabapp.jobs.history import History
from tabapp.jobs.ports import OwnerId, RunChanges
from tabapp.jobs.requests import prepare
from tabapp.jobs.run import Run
from tests.jobs.world import Gate, World, add


def opened(world: World) -> tuple[History, Run]:
    history = History(world.runs, world.bus, world.clock, "a:1:1:x")
    return history, history.open(prepare(add, {"n": 1}, tournament=None, submitted_by=""))


class Slow:
    """A door to the rows of which the first to enter stays inside until the gate opens."""

    def __init__(self, world: World, gate: Gate) -> None:
        self._update = world.runs.update
        self._gate = gate
        self.entered = 0

    def update(
        self, run_id: int, changes: RunChanges, *, if_owner: OwnerId | None = None
    ) -> bool:
        self.entered += 1
        if self.entered == 1:
            self._gate.pass_through()
        return self._update(run_id, changes, if_owner=if_owner)


class Busy:
    """A door to the rows that stays shut, each time after a patience of some seconds."""

    def __init__(self, world: World, patience: float) -> None:
        self._world = world
        self._patience = patience
        self.asked = 0

    def update(self, *_: object, **__: object) -> bool:
        self.asked += 1
        self._world.clock.advance(self._patience)
        raise DatabaseBusy


def test_a_slow_write_holds_up_nobody_who_looks_at_the_run(
    world: World, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    history, run = opened(world)
    monkeypatch.setattr(world.runs, "update", Slow(world, gate).update)
    with ThreadPoolExecutor(2) as threads:
        try:
            slow = threads.submit(history.change, run, state="running")
            gate.wait_for_entry()
            threads.submit(history.waits, run, "Another run").result(5)
        finally:
            gate.open()
        slow.result(5)
    assert run.record.state == "running"


def test_changes_are_stored_in_the_order_in_which_they_were_made(
    world: World, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    history, run = opened(world)
    monkeypatch.setattr(world.runs, "update", Slow(world, gate).update)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(history.change, run, state="running", message="one")
        gate.wait_for_entry()
        last = threads.submit(history.finish, run, "success")
        gate.open()
        first.result(5)
        last.result(5)
    row = world.runs.get(run.record.id)
    assert row is not None
    assert (row.state, row.message) == ("success", "one")
    assert row == run.record


def test_a_database_that_was_waited_for_is_not_asked_again_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    history, run = opened(world)
    busy = Busy(world, 30)
    monkeypatch.setattr(world.runs, "update", busy.update)
    history.finish(run, "cancelled")
    assert (busy.asked, run.record.state) == (1, "cancelled")


def test_a_refusal_without_a_wait_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    history, run = opened(world)
    busy = Busy(world, 0)
    monkeypatch.setattr(world.runs, "update", busy.update)
    history.change(run, message="one")
    assert busy.asked == 5


def test_what_a_busy_database_refused_goes_with_the_next_change(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    history, run = opened(world)
    with monkeypatch.context() as patch:
        patch.setattr(world.runs, "update", Busy(world, 30).update)
        history.change(run, message="one", progress=0.5)
    history.change(run, message="two")
    row = world.runs.get(run.record.id)
    assert row is not None
    assert (row.message, row.progress) == ("two", 0.5)


def test_the_end_of_a_run_that_a_busy_database_refused_is_stored_by_a_later_heartbeat(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = world.queue(add, synchronous=True, start=False)
    with monkeypatch.context() as patch:
        patch.setattr(world.runs, "update", Busy(world, 30).update)
        handle = queue.submit(add, n=1)
        assert handle.state == "success"
    queue._look_after_runs()
    row = world.runs.get(handle.id)
    assert row is not None
    assert (row.state, row.value, row.attempts) == ("success", 2, 1)
