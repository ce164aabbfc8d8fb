"""Work behind stands aside while somebody waits, and for no longer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import pytest

from tabapp.core import precedence
from tabapp.core.precedence import Precedence

AT_LAST = 15.0


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Precedence:
    monkeypatch.setattr(precedence, "LONGEST", AT_LAST)  # so that nothing but its end ends it
    return Precedence()


@contextmanager
def working(at: Precedence) -> Iterator[tuple[threading.Event, threading.Event]]:
    """Give way in another thread that works behind, when the first event says so."""
    go, went = threading.Event(), threading.Event()

    def work() -> None:
        with at.behind():
            assert go.wait(AT_LAST)
            at.give_way()
            went.set()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield go, went
    finally:
        go.set()
        thread.join()


def test_work_behind_waits_until_who_goes_first_is_done(at: Precedence) -> None:
    with working(at) as (go, went):
        with at.first():
            go.set()
            assert not went.wait(0.05)
        assert went.wait(AT_LAST)


def test_the_first_of_two_who_is_done_lets_nobody_pass_yet(at: Precedence) -> None:
    with working(at) as (go, went):
        with at.first():
            with at.first():
                go.set()
            assert not went.wait(0.05)
        assert went.wait(AT_LAST)


def test_nobody_waits_for_longer_than_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precedence, "LONGEST", 0.01)
    at = Precedence()
    with working(at) as (go, went), at.first():
        go.set()
        assert went.wait(AT_LAST)


def test_a_key_has_a_moment_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precedence, "SOON", 0.05)
    at = Precedence()
    with at.behind():
        began = monotonic()
        at.soon()
        at.give_way()
        assert monotonic() - began >= 0.05


def test_who_holds_a_lock_or_is_not_behind_waits_for_nobody(at: Precedence) -> None:
    done = threading.Event()

    def hold() -> None:
        with at.behind(), at.in_the_way():
            at.give_way()
        at.give_way()  # not behind
        done.set()

    with at.first():
        with at.behind():
            at.give_way()  # goes first itself
        thread = threading.Thread(target=hold)
        thread.start()
        assert done.wait(AT_LAST)
        thread.join()
