"""Stale input and lost locks are refused in the transaction that would have written."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tabapp.core.clock import ManualClock
from tabapp.core.errors import DatabaseBusy, LeaseLost, StaleInput
from tabapp.core.revisions import LeaseToken
from tabapp.store.database import Database
from tabapp.store.leases import SqlLeases
from tabapp.store.schema import team

TTL = timedelta(seconds=15)
RACE = Path(__file__).with_name("race_for_a_lease.py")


def touch(database: Database, tournament: int, *topics: str) -> None:
    with database.write(tournament=tournament) as unit:
        unit.touch(*topics)


def test_a_snapshot_that_still_holds_may_be_written(database: Database, house: Any) -> None:
    with database.read() as reader:
        revision = reader.revision(house.tournament, "draw:1", "people", "panels:1")
    assert revision.topics == {"draw:1": 1, "people": 1, "panels:1": 0}
    touch(database, house.tournament, "results")
    touch(database, house.tournament + 1, "people")
    with database.write(expected=revision) as unit:
        unit.update(team, {house.teams[0]: {"name": "New"}})


@pytest.mark.parametrize("topic", ["people", "panels:1"])
def test_a_topic_that_moved_on_makes_the_input_stale(
    database: Database, house: Any, topic: str
) -> None:
    with database.read() as reader:
        revision = reader.revision(house.tournament, "draw:1", "people", "panels:1")
    touch(database, house.tournament, topic)
    with pytest.raises(StaleInput) as caught, database.write(expected=revision):
        raise AssertionError("the body must not run")
    assert caught.value.facts == {"topic": topic}


def test_a_stale_unit_costs_no_revision(database: Database, house: Any) -> None:
    with database.read() as reader:
        revision = reader.revision(house.tournament, "people")
    touch(database, house.tournament, "people")
    with pytest.raises(StaleInput), database.write(expected=revision):
        pass
    with database.read() as reader:
        assert reader.revision(house.tournament, "people").topics == {"people": 2}


def test_a_lock_is_taken_once_and_its_epoch_rises(database: Database, clock: ManualClock) -> None:
    leases = SqlLeases(database)
    first = leases.acquire("tournament:1", "me", clock.now(), TTL)
    assert first == LeaseToken("tournament:1", "me", 1)
    assert leases.acquire("tournament:1", "you", clock.now(), TTL) is None
    assert leases.acquire("tournament:2", "you", clock.now(), TTL) is not None
    assert leases.acquire("tournament:1", "me", clock.now(), TTL) == LeaseToken(
        "tournament:1", "me", 2
    )
    leases.release(first)  # an old token gives nothing back
    holder = leases.holder("tournament:1")
    assert holder is not None
    assert (holder.owner, holder.epoch, holder.expires_at) == ("me", 2, clock.now() + TTL)
    leases.release(LeaseToken("tournament:1", "me", 2))
    assert leases.holder("tournament:1") is None
    token = leases.acquire("tournament:1", "you", clock.now(), TTL)
    assert token is not None
    assert token.epoch == 3


def test_a_heartbeat_moves_the_expiry(database: Database, clock: ManualClock) -> None:
    leases = SqlLeases(database)
    mine = leases.acquire("k", "me", clock.now(), TTL)
    assert mine is not None
    clock.advance(14)
    assert leases.heartbeat(mine, clock.now(), TTL)
    clock.advance(14)
    assert leases.acquire("k", "you", clock.now(), TTL) is None
    clock.advance(1)
    assert leases.acquire("k", "you", clock.now(), TTL) == LeaseToken("k", "you", 2)
    assert not leases.heartbeat(mine, clock.now(), TTL)


@pytest.mark.parametrize(
    ("alive", "seconds", "taken"),
    [(True, 3600, False), (False, 0, True), (None, 14, False), (None, 15, True)],
)
def test_the_process_decides_where_it_is_known_and_the_clock_elsewhere(
    database: Database, clock: ManualClock, alive: bool | None, seconds: int, taken: bool
) -> None:
    leases = SqlLeases(database, lambda _owner: alive)
    leases.acquire("k", "me", clock.now(), TTL)
    clock.advance(seconds)
    assert (leases.acquire("k", "you", clock.now(), TTL) is not None) is taken


def test_a_write_under_a_lost_lock_is_refused(
    database: Database, house: Any, clock: ManualClock
) -> None:
    leases = SqlLeases(database, lambda _owner: False)
    mine = leases.acquire("k", "me", clock.now(), TTL)
    clock.advance(3600)  # nobody took it over: it still holds
    with database.write(lease=mine) as unit:
        unit.update(team, {house.teams[0]: {"name": "New"}})
    theirs = leases.acquire("k", "you", clock.now(), TTL)
    with pytest.raises(LeaseLost), database.write(lease=mine):
        raise AssertionError("the body must not run")
    with database.write(lease=theirs) as unit:
        unit.update(team, {house.teams[0]: {"name": "Newer"}})
    assert theirs is not None
    leases.release(theirs)
    for token in (theirs, LeaseToken("unknown", "me", 1)):
        with pytest.raises(LeaseLost), database.write(lease=token):
            raise AssertionError("the body must not run")


def test_a_lock_cannot_be_asked_for_inside_a_write(database: Database, clock: ManualClock) -> None:
    with database.write(), pytest.raises(DatabaseBusy):
        SqlLeases(database).acquire("k", "me", clock.now(), TTL)


def test_two_processes_never_hold_one_lock_at_once(
    database: Database, path: Path, environment: dict[str, str]
) -> None:
    """Each of two processes takes the lock many times and looks whether it is alone inside."""
    racers = [
        subprocess.Popen(
            [sys.executable, str(RACE), str(path), name], stdout=subprocess.PIPE, text=True,
            env=environment,
        )
        for name in ("one", "two")
    ]
    answers = [racer.communicate()[0].split() for racer in racers]
    assert [racer.returncode for racer in racers] == [0, 0]
    epochs = Counter(int(epoch) for answer in answers for epoch in answer)
    assert [len(answer) for answer in answers] == [25, 25]
    assert set(epochs.values()) == {1}
    assert max(epochs) == 50
