"""Chasing ballots: minutes late, runners, how they came in, and what the hall may see of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

import pytest
from sqlalchemy import select

from tabapp.app import open_workspace
from tabapp.core.clock import ManualClock
from tabapp.core.errors import UserError
from tabapp.domain.archive import Archive
from tabapp.services import chase, check_ins, people, people_paste, rounds
from tabapp.services.ballot_desk import Desk, DeskRoom, in_order, read_desk
from tabapp.services.chase import Progress, Runner
from tabapp.services.public_ballots import read_public_ballots
from tabapp.services.workspace import Workspace
from tabapp.store import schema
from tabapp.store.flag_rows import insert_flags
from tabapp.store.unit import WriteUnit
from tests.builders import small_archive
from tests.reliability.scenes import add
from tests.services.desk_scenes import confirm, filled, form_of, save, write

SECRETS = ("College", "Speaker", "Judge", "80", "79")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def work(tmp_path: Path, clock: ManualClock) -> Iterator[Workspace]:
    made = small_archive(16, 2, results=False)
    for one, name in zip(
        made["venues"], ("Room 10", "Room 2", "Annex B", "Room 1"), strict=True
    ):  # fmt: skip
        one["name"] = name
    made["venues"][0]["runner"] = "Mia"
    made["rounds"][1]["expected_end"] = "2026-01-01T12:00"
    made["rounds"][0]["expected_end"] = "2026-01-01T10:00"
    with open_workspace(tmp_path / "t.tabapp", create=True, clock=clock) as opened:
        add(opened, Archive.model_validate(made))
        yield opened


def round_id(work: Workspace, seq: int = 2) -> int:
    return work.round(work.tournament().slug, seq)[1].id


def desk(work: Workspace, seq: int = 2) -> Desk:
    with work.database.read() as unit:
        return read_desk(unit, work.tournament().id, round_id(work, seq), work.clock.now())


def room(work: Workspace, name: str, seq: int = 2) -> DeskRoom:
    return next(one for one in desk(work, seq).rooms if one.name == name)


def at(clock: ManualClock, time: str) -> datetime:
    """Go to a time of the day of the clock."""
    hour, minute = map(int, time.split(":"))
    now = clock.now()
    clock.advance((now.replace(hour=hour, minute=minute) - now).total_seconds())
    return clock.now()


def receive(work: Workspace, found: DeskRoom) -> None:
    write(work, "Mia", lambda unit: check_ins.receive(unit, work.tournament().id, found.id))


def progress(work: Workspace, seq: int = 2) -> Progress | None:
    with work.database.read() as unit:
        return chase.read_progress(
            unit, work.tournament().id, round_id(work, seq), work.clock.now())


# --- late --------------------------------------------------------------------------------------


def test_minutes_count_from_the_expected_end_while_the_paper_is_out(
    work: Workspace, clock: ManualClock
) -> None:
    found = desk(work)
    end = found.end
    assert end is not None
    here = found.rooms[0]
    assert chase.minutes_late(here, end, end - timedelta(seconds=1)) is None
    assert chase.minutes_late(here, end, end) == 0
    assert chase.minutes_late(here, end, end + timedelta(minutes=6, seconds=59)) == 6
    assert chase.minutes_late(here, None, clock.now()) is None
    receive(work, here)
    received = room(work, here.name)
    assert chase.minutes_late(received, end, end + timedelta(hours=2)) is None


def test_nothing_is_late_without_a_release_or_a_time(work: Workspace) -> None:
    write(work, "Ann", lambda unit: rounds.unrelease_draw(unit, round_id(work)))
    assert desk(work).end is None
    with work.database.read() as unit:
        assert read_desk(unit, work.tournament().id, round_id(work, 1)).end is None


def test_an_age_is_never_below_nought_when_the_clock_was_set_back(clock: ManualClock) -> None:
    assert chase.age(clock.now() + timedelta(minutes=9), clock.now()) == 0


# --- runners -----------------------------------------------------------------------------------


def test_runners_are_counted_with_what_is_out_and_late(work: Workspace) -> None:
    rows = {one.name: one.id for one in _rows(work)}
    write(work, "Ann", lambda unit: chase.give_runners(
        unit, work.tournament().id,
        {rows["Room 10"]: " Jonas  Hartmann ", rows["Room 2"]: "Mia", rows["Room 1"]: "Mia"}))
    write(work, "clock", lambda unit: insert_flags(
        unit, [(room(work, "Room 2").id, "overdue", work.clock.now(), {})]))
    receive(work, room(work, "Room 1"))
    assert chase.runners_of(desk(work).rooms) == (
        Runner("Jonas Hartmann", 1, 1, 0), Runner("Mia", 2, 1, 1), Runner("", 1, 1, 0))
    assert [one.name for one in in_order(desk(work).rooms, "runner")] == [
        "Room 10", "Room 2", "Room 1", "Annex B"]


def _rows(work: Workspace) -> list[chase.RunnerRow]:
    with work.database.read() as unit:
        return chase.read_runners(unit, work.tournament().id)


def test_rooms_with_runners_stand_in_natural_order_and_are_given_as_one_action(
    work: Workspace,
) -> None:
    rows = _rows(work)
    assert [one.name for one in rows] == ["Annex B", "Room 1", "Room 2", "Room 10"]
    given: list[int] = []
    write(work, "Ann", lambda unit: given.append(chase.give_runners(
        unit, work.tournament().id, {one.id: "Mia" for one in rows})))
    assert given == [3]  # Mia had one
    assert {one.runner for one in _rows(work)} == {"Mia"}
    work.database.undo(work.tournament().id, actor="Ann")
    assert [one.runner for one in _rows(work)] == ["", "", "", "Mia"]


def test_a_runner_with_an_endless_name_and_a_room_that_is_gone_are_refused(
    work: Workspace,
) -> None:
    first = _rows(work)[0].id
    owner = work.tournament().id
    with pytest.raises(UserError, match="71 letters"):
        write(work, "Ann", lambda unit: chase.give_runners(unit, owner, {first: "x" * 71}))
    with pytest.raises(UserError, match="deleted elsewhere"):
        write(work, "Ann", lambda unit: chase.give_runners(unit, owner, {9999: "Mia"}))


def test_a_desk_where_nobody_runs_has_no_runners(work: Workspace) -> None:
    assert [one.name for one in chase.desk_runners(desk(work))] == ["Mia", ""]
    write(work, "Ann", lambda unit: chase.give_runners(
        unit, work.tournament().id, {one.id: "" for one in _rows(work)}))
    assert chase.desk_runners(desk(work)) == ()


def test_runners_are_pasted_with_rooms(work: Workspace) -> None:
    owner = work.tournament().id
    text = "room\trunner\nAtrium\tMia\n"
    write(work, "Ann", lambda unit: people_paste.paste(unit, owner, "venue", text))
    assert {one.name: one.runner for one in _rows(work)}["Atrium"] == "Mia"
    with work.database.read() as unit:
        lists = people.read_lists(unit, owner)
    assert {one.name: one.runner for one in lists.rooms}["Atrium"] == "Mia"


# --- how they came in --------------------------------------------------------------------------


def enter(work: Workspace, found: DeskRoom, *, checked: bool = True) -> None:
    save(work, form_of(work, found.row.ref), filled(form_of(work, found.row.ref)))
    if checked:
        confirm(work, form_of(work, found.row.ref))


def test_a_paper_counts_as_in_from_the_scan_and_once(work: Workspace, clock: ManualClock) -> None:
    assert progress(work) is None
    first, second = desk(work).rooms[:2]
    at(clock, "11:58")
    receive(work, first)
    at(clock, "12:03")
    enter(work, first, checked=False)
    at(clock, "12:05")
    enter(work, second)
    found = progress(work)
    assert found is not None
    assert (found.is_end, found.here.rooms, found.before) == (True, 4, None)
    assert [round(one) for one in found.here.received] == [-2, 5]
    assert [round(one) for one in found.here.entered] == [3, 5]
    assert [round(one) for one in found.here.confirmed] == [5]
    work.database.undo(work.tournament().id, actor="Ben")
    work.database.undo(work.tournament().id, actor="Ann")
    again = progress(work)
    assert again is not None
    assert [round(one) for one in again.here.received] == [-2]


def test_the_round_before_is_the_pace_by_its_own_end(work: Workspace, clock: ManualClock) -> None:
    for minute, found in enumerate(desk(work, 1).rooms):
        at(clock, f"10:{minute + 1:02}")
        enter(work, found)
    at(clock, "12:04")
    receive(work, desk(work).rooms[0])
    now = progress(work)
    assert now is not None
    assert now.before is not None
    assert (now.before.round, now.before.rooms) == ("Round 1", 4)
    assert [round(one) for one in now.before.received] == [1, 2, 3, 4]


def test_how_a_hundred_rooms_came_in_is_read_within_fifty_milliseconds(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "many.tabapp", create=True) as work:
        add(work, Archive.model_validate(small_archive(400, 2, judges_per_room=3)))
        seconds = []
        for _try in range(3):
            with work.database.read() as unit:
                before = perf_counter()
                found = chase.read_progress(
                    unit, work.tournament().id, round_id(work), work.clock.now())
                seconds.append(perf_counter() - before)
        assert found is not None
        assert found.here.rooms == 100
        assert min(seconds) < 0.05


# --- the hall ----------------------------------------------------------------------------------


def test_the_hall_reads_rooms_that_are_out_by_name_with_runner_and_minutes(
    work: Workspace, clock: ManualClock
) -> None:
    now = at(clock, "12:07")
    receive(work, room(work, "Room 2"))
    with work.database.read() as unit:
        found = read_public_ballots(unit, work.tournament().id, round_id(work), now)
    assert found is not None
    assert (found.name, found.here, found.rooms) == ("Round 2", 1, 4)
    assert [(one.room, one.runner, one.late) for one in found.out] == [
        ("Annex B", "", 7), ("Room 1", "", 7), ("Room 10", "Mia", 7)]
    assert not any(secret in repr(found) for secret in SECRETS)


def test_the_hall_reads_nothing_of_a_round_that_is_not_released(work: Workspace) -> None:
    write(work, "Ann", lambda unit: rounds.unrelease_draw(unit, round_id(work)))
    with work.database.read() as unit:
        owner, now = work.tournament().id, work.clock.now()
        assert read_public_ballots(unit, owner, round_id(work), now) is None
        assert read_public_ballots(unit, owner, 9999, now) is None


def test_a_room_without_a_name_is_called_by_its_number_and_the_bye_is_not_out(
    work: Workspace,
) -> None:
    def change(unit: WriteUnit) -> None:
        sides = unit.rows(select(schema.debate_side).where(
            schema.debate_side.c.debate_id == room(work, "Room 2").id))
        unit.delete(schema.debate_side, [row.id for row in sides[1:]])
        unit.update(schema.debate_side, {sides[0].id: {"side": "bye"}})

    write(work, "Ann", change)
    with work.database.read() as unit:
        found = read_public_ballots(
            unit, work.tournament().id, round_id(work), work.clock.now())
    assert found is not None
    assert (found.rooms, len(found.out)) == (3, 3)
