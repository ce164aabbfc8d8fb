"""Circuit breakers as rows, and the rows of programs that are gone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tabapp.core.clock import ManualClock
from tabapp.jobs.breakers import FAILURES, OPEN_SECONDS, Breakers
from tabapp.jobs.errors import CircuitOpen
from tabapp.jobs.leases import EXPIRY, own_key
from tabapp.store.breakers import BreakerRow, SqlBreakers
from tabapp.store.database import Database
from tabapp.store.leases import SqlLeases, forget_programs, gone_programs


def copy_to_a_drive_that_is_away() -> None:
    raise OSError("no such folder")


def test_a_breaker_is_stored_and_changed(database: Database, clock: ManualClock) -> None:
    store = SqlBreakers(database)
    assert store.load() == []
    store.save("b", state="closed", failures=1, opened_at=None, last_error="gone")
    store.save("a", state="closed", failures=0, opened_at=None, last_error="")
    store.save("b", state="open", failures=5, opened_at=clock.now(), last_error="gone")
    assert store.load() == [
        BreakerRow("a", "closed", 0, None, ""), BreakerRow("b", "open", 5, clock.now(), "gone")]


def test_an_open_breaker_survives_its_program(database: Database, clock: ManualClock) -> None:
    before = Breakers(SqlBreakers(database), clock)
    for _ in range(FAILURES):
        with pytest.raises(OSError, match="no such folder"):
            before.call("second_folder", copy_to_a_drive_that_is_away)
    after = Breakers(SqlBreakers(database), clock)
    with pytest.raises(CircuitOpen):
        after.call("second_folder", str)
    clock.advance(OPEN_SECONDS)
    assert after.call("second_folder", str) == ""
    (row,) = SqlBreakers(database).load()
    assert (row.state, row.failures, row.last_error) == ("closed", 0, "")


def test_leases_are_found_by_how_their_keys_begin(database: Database, clock: ManualClock) -> None:
    leases = SqlLeases(database)
    for key in ("tournament:1", "tournament:2", "tournamentX", "database"):
        token = leases.acquire(key, "me", clock.now(), EXPIRY)
        assert token is not None
        if key == "tournament:2":
            leases.release(token)
    assert [held.key for held in leases.holders("tournament:")] == ["tournament:1"]


def test_the_rows_of_programs_that_are_gone_are_deleted(
    database: Database, clock: ManualClock
) -> None:
    leases = SqlLeases(database)
    for owner in ("released", "dead", "alive", "elsewhere"):
        token = leases.acquire(own_key(owner), owner, clock.now(), EXPIRY)
        assert token is not None
        if owner == "released":
            leases.release(token)
    locked = leases.acquire("tournament:1", "dead", clock.now() - timedelta(days=9), EXPIRY)
    assert locked is not None
    leases.release(locked)
    alive = {"dead": False, "alive": True}
    clock.advance(60)
    with database.write() as unit:
        gone = gone_programs(unit, clock.now(), alive.get)
        assert (forget_programs(unit, gone), forget_programs(unit, gone)) == (2, 0)
    assert {held.owner for held in leases.holders("owner:")} == {"alive", "elsewhere"}
    clock.advance(2 * 86400)
    with database.write() as unit:
        assert forget_programs(unit, gone_programs(unit, clock.now(), alive.get)) == 1
    again = leases.acquire("tournament:1", "new", clock.now(), EXPIRY)
    assert again is not None
    assert again.epoch == 2  # the epochs of locks are never forgotten
