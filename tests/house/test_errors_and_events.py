"""Errors carry codes and facts, events reach who asked for them, clocks obey their owner."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, timedelta

import pytest

from tabapp.core.clock import ManualClock, SystemClock
from tabapp.core.errors import (
    DatabaseBusy,
    LeaseLost,
    Problem,
    ProblemsFound,
    StaleInput,
    TabappError,
    TransientError,
    UserError,
)
from tabapp.core.events import Changed, Event, EventBus
from tabapp.core.messages import word


@dataclass(frozen=True, slots=True)
class DoorOpened(Event):
    room: str


def test_an_error_keeps_its_code_and_facts_and_shows_its_sentence() -> None:
    error = UserError("folder_not_made", folder="/x", reason="no room")
    assert (error.code, error.facts) == ("folder_not_made", {"folder": "/x", "reason": "no room"})
    assert str(error).startswith("The folder /x cannot be made: no room.")


def test_a_fact_that_was_forgotten_shows_its_name_and_does_not_raise() -> None:
    assert "(reason)" in word("folder_not_made", {"folder": "/x"})


def test_a_code_without_a_sentence_shows_itself_with_its_facts() -> None:
    assert word("no_such_code", {}) == "no_such_code"
    assert word("no_such_code", {"team": "T1"}) == "no_such_code (team=T1)"


@pytest.mark.parametrize("kind", [StaleInput, LeaseLost, DatabaseBusy])
def test_what_passes_by_itself_is_transient_and_no_users_fault(kind: type[TransientError]) -> None:
    error = kind(topic="results")
    assert isinstance(error, TransientError)
    assert isinstance(error, TabappError)
    assert not isinstance(error, UserError)
    assert error.message == str(error) != ""


def test_all_problems_travel_together_in_their_json_shape() -> None:
    first = Problem.of("error", "teams.csv:3", "cancelled")
    second = Problem("warning", "teams.csv:9", "odd", "Odd.")
    found = ProblemsFound(iter([first, second]))
    assert found.problems == (first, second)
    assert first.message in found.message
    assert second.as_json() == {
        "level": "warning", "where": "teams.csv:9", "code": "odd", "message": "Odd.",
    }


def test_an_event_reaches_the_listeners_of_its_type_and_of_its_bases_only() -> None:
    bus, heard = EventBus(), []
    bus.subscribe(Event, lambda event: heard.append(("any", event)))
    bus.subscribe(DoorOpened, lambda event: heard.append(("door", event)))
    bus.subscribe(Changed, lambda event: heard.append(("changed", event)))
    event = DoorOpened("101")
    bus.publish(event)
    assert sorted(kind for kind, _ in heard) == ["any", "door"]
    assert all(said is event for _, said in heard)


def test_a_listener_that_has_left_hears_nothing_and_may_leave_twice() -> None:
    bus, heard = EventBus(), []
    leave = bus.subscribe(DoorOpened, heard.append)
    leave()
    leave()
    bus.publish(DoorOpened("101"))
    assert heard == []


def test_a_listener_that_raises_is_logged_and_the_next_one_hears(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bus, heard = EventBus(), []

    def fall(_event: DoorOpened) -> None:
        raise ZeroDivisionError

    bus.subscribe(DoorOpened, fall)
    bus.subscribe(DoorOpened, heard.append)
    bus.publish(DoorOpened("101"))
    assert heard == [DoorOpened("101")]
    assert "ZeroDivisionError" in caplog.text


def test_a_listener_may_subscribe_and_publish_while_it_listens() -> None:
    bus, heard = EventBus(), []

    def on_door(event: DoorOpened) -> None:
        bus.subscribe(Changed, heard.append)
        bus.publish(Changed(1, frozenset({event.room})))

    bus.subscribe(DoorOpened, on_door)
    bus.publish(DoorOpened("101"))
    assert heard == [Changed(1, frozenset({"101"}))]


def test_events_are_delivered_in_the_thread_that_publishes() -> None:
    bus, heard = EventBus(), []
    bus.subscribe(DoorOpened, lambda _event: heard.append(threading.current_thread().name))
    thread = threading.Thread(target=bus.publish, args=(DoorOpened("101"),), name="publisher")
    thread.start()
    thread.join()
    assert heard == ["publisher"]


def test_a_manual_clock_moves_both_hands_and_a_jump_only_the_wall() -> None:
    clock = ManualClock()
    start = clock.now()
    clock.advance(90)
    clock.jump(-3600)
    assert clock.monotonic() == 90
    assert clock.now() - start == timedelta(seconds=90 - 3600)


def test_the_system_clock_is_aware_and_does_not_go_back() -> None:
    clock = SystemClock()
    first = clock.monotonic()
    assert clock.now().tzinfo is UTC
    assert clock.monotonic() >= first
