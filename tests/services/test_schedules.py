"""Schedules as people see and change them, the trail of it, and input that is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tabapp.core.errors import ProblemsFound, UserError
from tabapp.jobs.errors import JobValidationError
from tabapp.jobs.triggers import AroundRound, Cron, Every, Once, Trigger
from tabapp.services import schedules
from tabapp.services.activity import trail
from tabapp.services.schedule_words import trigger_in_words
from tabapp.store.journal import Action
from tabapp.store.schedule_rows import list_schedules, read_states
from tabapp.store.schema import schedule, tournament
from tests.services.clock_world import MONDAY, ClockWorld, Program, clock_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[ClockWorld]:
    with clock_world(tmp_path) as made:
        yield made


@pytest.fixture
def here(world: ClockWorld) -> Program:
    return world.open()


def last_action(program: Program) -> Action:
    return program.database.history(1)[0]


def change(program: Program, name: str, **changes: Any) -> None:
    program.write(lambda unit: schedules.change_schedule(
        unit, program.registry, name, **changes), schedules.CHANGE)


def pause(program: Program, name: str, paused: bool = True) -> None:
    program.write(lambda unit: schedules.pause_schedule(
        unit, program.registry, name, paused=paused), schedules.PAUSE)


# --- seeing ------------------------------------------------------------------------------------


def test_the_schedules_of_the_code_come_first_each_by_title(here: Program) -> None:
    here.add("test.weekly", Every(600), title="Zebra")
    here.add("test.weekly", Every(600), title="apple")
    assert list(here.rows()) == ["test.tick", "test.weekly", "apple", "zebra"]
    row = here.rows()["test.tick"]
    assert (row.title, row.builtin, row.changed, row.runs, row.success_rate) == (
        "Tick", True, False, 0, None)
    assert row.next_run_at == MONDAY + timedelta(minutes=10)


def test_the_next_days_are_a_list_in_order_without_what_is_paused(here: Program) -> None:
    here.add("test.weekly", Cron("0 12 * * mon-wed"), title="Noon")
    pause(here, "test.tick")
    found = here.read(lambda unit: schedules.fires(
        unit, here.rows().values(), MONDAY, MONDAY + timedelta(days=7)))
    assert [(one.name, one.at.day, one.at.hour) for one in found] == [
        ("noon", 2, 12), ("noon", 3, 12), ("noon", 4, 12), ("test.weekly", 8, 3)]


def test_the_times_of_an_interval_go_on_from_its_next_run_and_are_bounded(
    world: ClockWorld, here: Program
) -> None:
    here.clockwork.look()
    world.clock.advance(240)
    now = world.clock.now()
    found = here.read(lambda unit: schedules.fires(
        unit, [here.rows()["test.tick"]], now, now + timedelta(days=1), most=3))
    assert [one.at - MONDAY for one in found] == [timedelta(minutes=10 * n) for n in (1, 2, 3)]


def test_a_schedule_of_a_tournament_goes_by_its_clock(here: Program) -> None:
    owner = here.tournament("a", zone="Europe/Berlin")
    name = here.add("test.each", Cron("0 12 * * *"), tournament=owner)
    assert here.rows()[name].next_run_at == datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


def test_a_preview_shows_the_next_times_before_anything_is_stored(here: Program) -> None:
    owner = here.tournament("a", starts_at="14:30", rounds=2)
    for trigger, expected in (
        (Cron("30 3 * * sun"), [8, 15]), (AroundRound("start", -5), [2]), (Every(86400), [3, 4]),
    ):
        found = here.read(lambda unit, one=trigger: schedules.preview(
            unit, one, owner, MONDAY, count=2))
        assert [at.day for at in found] == expected
    with pytest.raises(JobValidationError):
        here.read(lambda unit: schedules.preview(unit, Cron("x"), None, MONDAY))


@pytest.mark.parametrize(
    ("trigger", "words"),
    [(Every(60), "every minute"), (Every(300), "every 5 minutes"), (Every(90), "every 90 seconds"),
     (Every(3600), "every hour"), (Every(7200), "every 2 hours"),
     (Cron("30 3 * * sun"), "Sundays at 03:30"), (Cron("0 2 * * *"), "daily at 02:00"),
     (Cron("0 9 * * 1,3,5"), "Mondays, Wednesdays and Fridays at 09:00"),
     (Cron("5 18 * * mon-fri"), "on weekdays at 18:05"),
     (Cron("0 6 1 * *"), "on day 1 of each month at 06:00"),
     (Cron("0 * * * *"), "every hour, on the hour"), (Cron("5 * * * *"),
                                                     "every hour, 5 minutes past"),
     (Cron("*/10 * * * *"), "every 10 minutes"), (Cron("* * * * *"), "every minute"),
     (Cron("0 6 1 jan *"), "by the calendar: 0 6 1 jan *"), (Cron("no"), "by the calendar: no"),
     (Once(datetime(2026, 3, 12, 14, 30, tzinfo=UTC)), "once on 12 March 2026 at 14:30 UTC"),
     (AroundRound("start", -5), "5 minutes before the start of each round"),
     (AroundRound("release", 0, 3), "at the release of round 3"),
     (AroundRound("end", 1), "1 minute after the expected end of each round"),
     (None, "at no time")],
)
def test_a_trigger_is_told_in_words(trigger: Trigger | None, words: str) -> None:
    assert trigger_in_words(trigger) == words


# --- changing ----------------------------------------------------------------------------------


def test_an_added_schedule_is_an_entry_of_the_trail_and_can_be_undone(here: Program) -> None:
    here.tournament("a")
    name = here.add("test.weekly", Cron("0 2 * * *"), title="My night", days="5")
    assert name == "my-night"
    action = last_action(here)
    assert (action.verb, action.subject, action.new) == (
        "add schedule", "My night", "test.weekly, daily at 02:00 (days=5)")
    assert here.read(lambda unit: trail(unit, 1))[0].verb == "add schedule"
    here.database.undo(1, actor="Ann")
    assert name not in here.rows()
    here.database.redo(1, actor="Ann")
    assert here.rows()[name].params == {"days": 5}


def test_two_schedules_of_one_title_have_two_names(here: Program) -> None:
    assert [here.add("test.weekly", Every(60), title="Ärger!") for _ in range(2)] == [
        "rger", "rger-2"]
    assert here.add("test.weekly", Every(60), title="…") == "schedule"


def test_a_retimed_schedule_of_the_code_keeps_only_the_change(here: Program) -> None:
    change(here, "test.weekly", trigger=Cron("0 4 * * sat"))
    assert (last_action(here).old, last_action(here).new) == (
        "Sundays at 03:30", "Saturdays at 04:00")
    row = here.rows()["test.weekly"]
    assert (row.trigger, row.changed, row.builtin) == (Cron("0 4 * * sat"), True, True)
    change(here, "test.weekly", trigger=Cron("30 3 * * sun"))
    assert not here.rows()["test.weekly"].changed
    assert here.read(list_schedules) == []


def test_a_pause_is_an_entry_of_the_trail_and_a_second_one_is_none(here: Program) -> None:
    pause(here, "test.tick")
    assert (last_action(here).old, last_action(here).new) == ("every 10 minutes", "paused")
    row = here.rows()["test.tick"]
    assert (row.paused, row.next_run_at) == (True, None)
    before = len(here.database.history(1))
    pause(here, "test.tick")
    assert len(here.database.history(1)) == before
    here.database.undo(1, actor="Ann")
    assert not here.rows()["test.tick"].paused


def test_a_reset_brings_back_what_the_code_has(here: Program) -> None:
    change(here, "test.weekly", trigger=Every(600), params={"days": "3"})
    pause(here, "test.weekly")
    here.write(lambda unit: schedules.reset_schedule(unit, here.registry, "test.weekly"))
    row = here.rows()["test.weekly"]
    assert (row.trigger, dict(row.params), row.paused) == (Cron("30 3 * * sun"), {}, False)


def test_a_custom_schedule_can_change_in_all_its_parts(here: Program) -> None:
    owner = here.tournament("a")
    name = here.add("test.each", Every(60), title="Old")
    change(here, name, title="New", trigger=Every(120), params={"much": "2"}, tournament=owner)
    row = here.rows()[name]
    assert (row.title, row.trigger, dict(row.params), row.tournament) == (
        "New", Every(120), {"much": 2}, owner)
    change(here, name, title="Newer")
    assert here.rows()[name].tournament == owner
    change(here, name, tournament=None)
    assert here.rows()[name].tournament is None


def test_a_deleted_schedule_takes_its_counters_along(world: ClockWorld, here: Program) -> None:
    name = here.add("test.weekly", Every(60))
    world.advance(here, 60)
    assert here.read(read_states)[name].runs == 1
    here.write(lambda unit: schedules.delete_schedule(unit, name))
    assert name not in here.read(read_states)
    here.database.undo(1, actor="Ann")
    assert here.rows()[name].runs == 0


# --- wrong input -------------------------------------------------------------------------------


def test_all_that_is_wrong_is_told_at_once_at_its_field(here: Program) -> None:
    with pytest.raises(ProblemsFound) as caught:
        here.write(lambda unit: schedules.add_schedule(
            unit, here.registry, title=" ", job="test.weekly", trigger=Cron("61 * * * *"),
            params={"days": "many", "colour": "red"}, tournament=7))
    assert {one.where: one.code for one in caught.value.problems} == {
        "title": "schedule_no_title", "trigger": "schedule_cron_field",
        "tournament": "schedule_tournament_gone", "days": "job_param_wrong",
        "colour": "job_param_unknown"}
    assert here.read(list_schedules) == []


@pytest.mark.parametrize(
    ("job", "params", "trigger", "where", "code"),
    [("test.none", {}, Every(60), "job", "job_unknown"),
     ("test.round", {}, Every(60), "round_id", "job_param_missing"),
     ("test.round", {"round_id": "1"}, AroundRound("end"), "round_id", "schedule_param_filled"),
     ("test.each", {"tournament_id": "1"}, Every(60), "tournament_id", "schedule_param_filled"),
     ("test.weekly", {}, Once(MONDAY), "trigger", "schedule_over"),
     ("test.weekly", {}, Cron("0 0 30 2 *"), "trigger", "schedule_never")],
)
def test_a_schedule_that_cannot_run_is_refused(
    here: Program, job: str, params: dict[str, str], trigger: Trigger, where: str, code: str
) -> None:
    with pytest.raises(ProblemsFound) as caught:
        here.write(lambda unit: schedules.add_schedule(
            unit, here.registry, title="Mine", job=job, trigger=trigger, params=params,
            tournament=None))
    assert [(one.where, one.code) for one in caught.value.problems] == [(where, code)]


def test_what_comes_with_the_program_keeps_its_title_and_stays(here: Program) -> None:
    with pytest.raises(UserError, match="keeps its title"):
        change(here, "test.tick", title="Tock")
    change(here, "test.tick", title="Tick", trigger=Every(60), tournament=None)
    for name in ("test.tick", "test.weekly"):
        with pytest.raises(UserError, match="cannot be deleted"):
            here.write(lambda unit, one=name: schedules.delete_schedule(unit, one))


def test_unknown_names_are_told_with_the_known_ones(here: Program) -> None:
    name = here.add("test.weekly", Every(60))
    for act in (
        lambda unit: schedules.delete_schedule(unit, "x"),
        lambda unit: schedules.pause_schedule(unit, here.registry, "x", paused=True),
    ):
        with pytest.raises(UserError, match=name):
            here.write(act)
    with pytest.raises(UserError, match="of your own"):
        here.write(lambda unit: schedules.reset_schedule(unit, here.registry, name))


@pytest.mark.parametrize(
    ("values", "words"),
    [({"job": "gone.away"}, "'gone.away' is not in this version"),
     ({"tournament_id": 99}, "tournament 99"),
     ({"kind": "moon"}, "made by another version"),
     ({"kind": "cron", "spec": {"expression": "61 * * * *"}}, "'61' is no minute"),
     ({"kind": "interval", "spec": {"seconds": 1e300}}, "longer than 366 days"),
     ({"kind": "interval", "spec": {"seconds": "often"}}, "made by another version"),
     ({"kind": "cron", "spec": {"expression": 5}}, "made by another version"),
     ({"kind": "round", "spec": {"anchor": "moon"}}, "made by another version"),
     ({"spec": [1]}, "made by another version"),
     ({"params": {"colour": "red"}}, "'colour' is not a parameter"),
     ({"params": {"much": "x"}}, "'much' cannot be")],
)
def test_a_stored_schedule_that_is_broken_says_why_and_harms_nothing(
    world: ClockWorld, here: Program, values: dict[str, Any], words: str
) -> None:
    here.tournament("a")
    name = here.add("test.each", Every(600))
    here.write(lambda unit: unit.update(schedule, {1: values}))
    row = here.rows()[name]
    assert words in row.problem
    assert row.next_run_at is None
    here.clockwork.look()
    world.advance(here, 600)
    assert world.notes.of("test.each") == []
    assert len(world.notes.of("test.tick")) == 1


def test_an_unknown_time_zone_is_utc(here: Program) -> None:
    owner = here.tournament("a")
    here.write(lambda unit: unit.update(tournament, {owner: {"timezone": "Mars/Base"}}))
    name = here.add("test.each", Cron("0 12 * * *"), tournament=owner)
    assert here.rows()[name].next_run_at == datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
