"""Signing in: right and wrong PINs, the wait, two windows, clocks, what is told afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import argon2
import pytest

from tabapp.core import pins
from tabapp.core.clock import ManualClock
from tabapp.core.errors import UserError
from tabapp.domain.operators import Operator, OperatorRole
from tabapp.services import sign_in
from tabapp.services.operators import (
    COMMAND_LINE,
    SealedPin,
    add_operator,
    bring_back_operator,
    change_role,
    check_pin,
    note_resets_seen,
    remove_operator,
    set_pin,
    unseen_resets,
    wait_of,
)
from tabapp.store.database import Database
from tabapp.store.operator_rows import get_operator_row, put_hash

START = datetime(2026, 4, 18, 9, 0, tzinfo=UTC)
DIRECTOR, VOLUNTEER = OperatorRole.TAB_DIRECTOR, OperatorRole.VOLUNTEER


class Desk:
    """One file with Ann, a tab director with the PIN 1234, and Bea with 5678."""

    def __init__(self, path: Path) -> None:
        self.path, self.clock = path, ManualClock(START)
        self.database = Database.open(path, create=True, clock=self.clock)
        self.ann = self.add("Ann", DIRECTOR, "1234")
        self.bea = self.add("Bea", VOLUNTEER, "5678")

    def add(self, name: str, role: OperatorRole, pin: str, by: str = "Ann") -> Operator:
        with self.database.write(actor=by) as unit:
            return add_operator(unit, name, role, cheap(pin))

    def sign_in(self, who: Operator, pin: str) -> Operator:
        return check_pin(self.database, who.id, pin, self.clock.now())

    def refused(self, who: Operator, pin: str) -> tuple[str, int]:
        """Return the code and the seconds of a sign-in that must fail."""
        with pytest.raises(UserError) as caught:
            self.sign_in(who, pin)
        facts = caught.value.facts
        seconds = facts.get("wait", facts.get("seconds", 0))
        assert isinstance(seconds, int)
        return caught.value.code, seconds

    def fail(self, who: Operator, times: int) -> None:
        """Type so many wrong PINs, each after its wait."""
        for _ in range(times):
            code, wait = self.refused(who, "0000")
            assert code == "pin_wrong"
            self.clock.advance(wait)

    def told(self, who: Operator) -> list[tuple[str, str, str]]:
        with self.database.read() as unit:
            return [(one.by, one.verb, one.subject) for one in unseen_resets(unit, who)]


def cheap(pin: str) -> SealedPin:
    """Return a PIN under a hash that is quick, as of an older version."""
    return SealedPin(argon2.PasswordHasher(1, 64, 1).hash(pin))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(pins, "PASSES", 1)
    monkeypatch.setattr(pins, "KIB", 64)
    made = Desk(tmp_path / "a.tabapp")
    with closing(made.database):
        yield made


def test_the_right_pin_lets_in_whom_it_belongs_to(desk: Desk) -> None:
    assert desk.sign_in(desk.ann, "1234") == desk.ann
    assert desk.sign_in(desk.bea, "\u0665\u0666\u0667\u0668") == desk.bea
    assert desk.refused(desk.bea, "1234") == ("pin_wrong", 0)


def test_two_people_may_have_the_same_pin(desk: Desk) -> None:
    cy = desk.add("Cy", VOLUNTEER, "1234")
    assert desk.sign_in(cy, "1234") == cy
    assert desk.sign_in(desk.ann, "1234") == desk.ann


def test_the_wait_grows_with_each_wrong_pin_and_is_five_minutes_at_most(desk: Desk) -> None:
    waits = []
    for _ in range(11):
        code, wait = desk.refused(desk.ann, "0000")
        assert code == "pin_wrong"
        waits.append(wait)
        desk.clock.advance(wait)
    assert waits == [0, 0, 2, 5, 15, 30, 60, 120, 300, 300, 300]


def test_while_somebody_waits_no_pin_is_looked_at(desk: Desk) -> None:
    desk.fail(desk.ann, 3)
    assert desk.refused(desk.ann, "0000") == ("pin_wrong", 5)
    desk.clock.advance(2)
    assert desk.refused(desk.ann, "1234") == ("pin_must_wait", 3)
    assert desk.sign_in(desk.bea, "5678") == desk.bea
    desk.clock.advance(3)
    assert desk.sign_in(desk.ann, "1234") == desk.ann


def test_the_right_pin_ends_the_growing(desk: Desk) -> None:
    desk.fail(desk.ann, 5)
    desk.sign_in(desk.ann, "1234")
    assert desk.refused(desk.ann, "0000") == ("pin_wrong", 0)


def test_neither_a_restart_nor_a_second_window_ends_a_wait(desk: Desk) -> None:
    desk.fail(desk.ann, 3)
    desk.refused(desk.ann, "0000")
    with closing(Database.open(desk.path, clock=desk.clock)) as other, pytest.raises(
        UserError
    ) as caught:
        check_pin(other, desk.ann.id, "1234", desk.clock.now())
    assert caught.value.code == "pin_must_wait"


def test_a_try_counts_before_it_is_looked_at(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_kept: str, _pin: str) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pins, "is_pin", die)
        for _ in range(3):
            with pytest.raises(KeyboardInterrupt):
                desk.sign_in(desk.ann, "0000")
    assert desk.refused(desk.ann, "1234") == ("pin_must_wait", 2)


def test_what_cannot_be_a_pin_counts_for_nothing(desk: Desk) -> None:
    for typed in ("12", "abcd", "123456789"):
        desk.refused(desk.ann, typed)
    assert desk.refused(desk.ann, "0000") == ("pin_wrong", 0)


def test_a_clock_that_is_set_back_a_day_makes_nobody_wait_a_day(desk: Desk) -> None:
    desk.fail(desk.ann, 4)
    assert desk.refused(desk.ann, "0000") == ("pin_wrong", 15)
    desk.clock.jump(-86_400)
    assert desk.refused(desk.ann, "1234") == ("pin_must_wait", 15)
    desk.clock.advance(10)
    assert desk.refused(desk.ann, "1234") == ("pin_must_wait", 5)
    desk.clock.advance(5)
    assert desk.sign_in(desk.ann, "1234") == desk.ann


def test_the_lock_screen_can_ask_how_long_somebody_waits(desk: Desk) -> None:
    desk.fail(desk.ann, 3)
    desk.refused(desk.ann, "0000")
    with desk.database.read() as unit:
        now = desk.clock.now()
        assert [wait_of(unit, one, now) for one in (desk.ann.id, desk.bea.id, 99)] == [5, 0, 0]
        assert wait_of(unit, desk.ann.id, now + timedelta(seconds=5)) == 0


def test_another_pin_ends_a_wait_and_the_old_one_is_wrong(desk: Desk) -> None:
    desk.fail(desk.bea, 8)
    desk.refused(desk.bea, "0000")
    with desk.database.write(actor="Ann") as unit:
        set_pin(unit, desk.bea.id, cheap("9999"))
    assert desk.refused(desk.bea, "5678") == ("pin_wrong", 0)
    assert desk.sign_in(desk.bea, "9999") == desk.bea


def test_who_was_removed_cannot_sign_in(desk: Desk) -> None:
    with desk.database.write(actor="Ann") as unit:
        remove_operator(unit, desk.bea.id)
    assert desk.refused(desk.bea, "5678")[0] == "operator_gone"
    assert desk.refused(Operator(99, "", VOLUNTEER, active=True), "5678")[0] == "operator_gone"


def test_a_pin_that_is_changed_while_it_is_looked_at_lets_nobody_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = pins.is_pin

    def changed_meanwhile(kept: str, pin: str) -> bool:
        with desk.database.write(actor="Ann") as unit:
            set_pin(unit, desk.bea.id, cheap("9999"))
        return really(kept, pin)

    monkeypatch.setattr(pins, "is_pin", changed_meanwhile)
    assert desk.refused(desk.bea, "5678")[0] == "pin_renewed"


def test_a_weak_hash_is_renewed_when_its_owner_signs_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pins, "PASSES", 2)
    before = kept(desk, desk.ann)
    desk.refused(desk.ann, "0000")
    assert kept(desk, desk.ann) == before
    desk.sign_in(desk.ann, "1234")
    after = kept(desk, desk.ann)
    assert (pins.is_weak(before), pins.is_weak(after)) == (True, False)
    desk.sign_in(desk.ann, "1234")
    assert kept(desk, desk.ann) == after


def test_a_hash_that_is_damaged_lets_nobody_in(desk: Desk) -> None:
    with desk.database.write() as unit:
        put_hash(unit, desk.ann.id, "x")
    assert desk.refused(desk.ann, "1234") == ("pin_wrong", 0)
    assert pins.is_weak("x")


def kept(desk: Desk, who: Operator) -> str:
    with desk.database.read() as unit:
        row = get_operator_row(unit, who.id)
    assert row is not None
    return row.pin_hash


# What a tab director is told


def test_a_pin_that_another_set_is_told_to_each_tab_director_once(desk: Desk) -> None:
    cy = desk.add("Cy", DIRECTOR, "1111")
    with desk.database.write(actor="Ann") as unit:
        set_pin(unit, desk.bea.id, cheap("9999"))
    reset = ("Ann", "set a new PIN for", "Bea")
    assert (desk.told(desk.ann), desk.told(cy), desk.told(desk.bea)) == ([], [reset], [])
    with desk.database.write() as unit:
        note_resets_seen(unit, cy)
    assert desk.told(cy) == []
    with desk.database.write(actor="Cy") as unit:
        set_pin(unit, cy.id, cheap("2222"))
    assert (desk.told(desk.ann), desk.told(cy)) == ([], [])


def test_what_was_done_past_the_window_is_told_to_all_of_them(desk: Desk) -> None:
    shell = "ann" + COMMAND_LINE
    cy = desk.add("Cy", DIRECTOR, "1111", by=shell)
    with desk.database.write(actor=shell) as unit:
        set_pin(unit, desk.ann.id, cheap("9999"))
        change_role(unit, desk.bea.id, DIRECTOR)
        remove_operator(unit, cy.id)
        bring_back_operator(unit, cy.id, cheap("1111"))
    assert [verb for _by, verb, _subject in desk.told(desk.ann)] == [
        "add the operator", "set a new PIN for", "change the role of", "bring back the operator"]
    assert desk.told(cy) == []


def test_whom_a_director_adds_hears_nothing_of_what_was_before(desk: Desk) -> None:
    with desk.database.write(actor="Ann") as unit:
        set_pin(unit, desk.bea.id, cheap("9999"))
    assert desk.told(desk.add("Cy", DIRECTOR, "1111")) == []


def shut(desk: Desk, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be written any more, as on a stick with a lock or on a full disk."""

    def full(*_given: object) -> None:
        raise UserError("disk_full", where="a.tabapp", detail="database or disk is full")

    if how == "full":
        monkeypatch.setattr(sign_in, "put_tries", full)
        return
    with desk.database._engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.execute("PRAGMA query_only=ON")


@pytest.mark.parametrize("how", ["full", "locked"])
def test_where_nothing_can_be_written_the_right_pin_lets_in_all_the_same(
    how: str, desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    desk.fail(desk.bea, 4)
    assert desk.refused(desk.bea, "0000")[0] == "pin_wrong"
    with desk.database.read() as unit:
        before = get_operator_row(unit, desk.bea.id)
    shut(desk, how, monkeypatch)
    assert desk.sign_in(desk.ann, "1234") == desk.ann
    assert [desk.refused(desk.ann, "0000") for _ in range(4)] == [("pin_wrong", 0)] * 4
    # a wait that was earned before holds
    assert desk.refused(desk.bea, "5678")[0] == "pin_must_wait"
    desk.clock.advance(15)
    assert desk.sign_in(desk.bea, "5678") == desk.bea
    with desk.database.read() as unit:
        assert get_operator_row(unit, desk.bea.id) == before
    assert "without counting" in caplog.text
    assert "5678" not in caplog.text


def test_another_error_than_a_full_disk_counts_no_try_and_lets_nobody_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_given: object) -> None:
        raise UserError("database_damaged", where="a.tabapp", detail="malformed")

    monkeypatch.setattr(sign_in, "put_tries", damaged)
    assert desk.refused(desk.ann, "1234")[0] == "database_damaged"


def test_a_pin_of_today_takes_a_moment_and_no_two_hashes_are_alike() -> None:
    first, second = pins.hash_pin("1234"), pins.hash_pin("1234")
    assert first != second
    assert pins.is_pin(first, "1234")
    assert not pins.is_pin(first, "12345")
    assert not pins.is_weak(first)
    assert first.startswith("$argon2id$v=19$m=32768,t=3,p=1$")
