"""Deadlines on a real file: what is marked, what forfeits, what a person took back stays so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tabapp.core.errors import ProblemsFound, UserError
from tabapp.exchange import write_archive
from tabapp.services import ballot_desk, check_ins, deadlines, exchange, rounds
from tabapp.services.activity import trail
from tabapp.services.deadlines import DeadlineEntry
from tabapp.services.events import BallotOverdue
from tabapp.store import schema
from tests.services.desk_scenes import confirm, filled, form_of, save
from tests.services.late_world import TOOK, Late, open_late

UNCONFIRMED = "ballots.check_unconfirmed"
END = TOOK["bp"]


@pytest.fixture
def late(tmp_path: Path) -> Iterator[Late]:
    with open_late(tmp_path) as world:
        yield world


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Late]:
    """Two teams in a room, and a side that never checked in forfeits."""
    with open_late(tmp_path, "australs", ballot_overdue_action="forfeit") as world:
        yield world


def sides(late: Late, debate: str) -> dict[str, list[str]]:
    """Return side -> the speakers of its team."""
    with late.work.database.read() as unit:
        found: dict[str, list[str]] = {}
        for side, ref in unit.fetch(
            select(schema.debate_side.c.side, schema.speaker.c.ref)
            .join(schema.speaker, schema.speaker.c.team_id == schema.debate_side.c.team_id)
            .where(schema.debate_side.c.debate_id == late.debate(debate))
        ):
            found.setdefault(side, []).append(ref)
    return found


def forfeits(late: Late) -> dict[str, list[str]]:
    with late.work.database.read() as unit:
        return {
            row.ref: row.forfeit for row in unit.rows(
                select(schema.debate.c.ref, schema.ballot.c.forfeit)
                .join(schema.ballot, schema.ballot.c.debate_id == schema.debate.c.id)
                .where(schema.ballot.c.status == "confirmed"))}


def test_rooms_are_called_to_mind_then_marked_and_each_change_is_told_once(late: Late) -> None:
    late.after(END + 9)
    assert late.look() == {}
    late.after(END + 10)
    assert late.look() == {"due": 2}
    assert late.flags() == {"D1": ["warning"], "D2": ["warning"]}
    assert late.look() == {}
    late.after(END + 20)
    late.look()
    late.look()
    assert late.flags() == {"D1": ["overdue"], "D2": ["overdue"]}
    assert [
        one.state for one in late.events if isinstance(one, BallotOverdue)
    ] == ["warning"] * 2 + ["overdue"] * 2
    entry = late.work.database.history(late.owner)[0]
    assert (entry.actor, entry.verb, entry.subject) == (
        "clock", "mark", "overdue in Round 1: Room 1, Room 2")
    assert entry.trail


def test_a_mark_goes_by_itself_when_the_ballot_comes_and_the_trail_is_silent(late: Late) -> None:
    late.after(END + 30)
    late.look()
    form = form_of(late.work, "D1")
    save(late.work, form, filled(form))
    before = len([one for one in late.work.database.history(late.owner) if one.trail])
    assert late.look() == {"due": 1}
    assert late.flags() == {"D2": ["overdue"]}
    assert len([one for one in late.work.database.history(late.owner) if one.trail]) == before
    assert late.look() == {}


def test_after_an_undo_the_next_look_does_nothing_and_a_redo_marks_again(late: Late) -> None:
    late.after(END + 30)
    late.look()
    marked = late.work.database.history(late.owner)[0]
    late.work.database.undo(late.owner, actor="Ann", action_id=marked.id)
    assert late.flags() == {}
    late.events.clear()
    for _ in range(2):
        assert late.look() == {}
    assert late.events == []
    late.work.database.redo(late.owner, actor="Ann")
    assert late.flags() == {"D1": ["overdue"], "D2": ["overdue"]}


def test_plain_undo_passes_over_what_the_clock_did(late: Late) -> None:
    late.after(END)
    late.write(lambda unit: rounds.set_start(unit, late.round(2), "12:00"))
    late.after(END + 30)
    late.look()
    done = late.work.database.undo(late.owner, actor="Ann")
    assert done.subject.startswith("change")
    assert late.flags() == {"D1": ["overdue"], "D2": ["overdue"]}
    late.work.database.redo(late.owner, actor="Ann")  # the clock's own work is no obstacle
    with pytest.raises(UserError, match="redo"):
        late.work.database.redo(late.owner, actor="Ann")


def test_a_mark_that_was_taken_off_stays_off_until_the_limit_moves(late: Late) -> None:
    late.after(END + 30)
    late.look()
    late.write(lambda unit: deadlines.lift_flags(unit, late.debate("D1")))
    assert late.look() == {}
    assert late.flags() == {"D2": ["overdue"]}
    with pytest.raises(UserError, match="marked"):
        late.write(lambda unit: deadlines.lift_flags(unit, late.debate("D1")))
    late.write(lambda unit: deadlines.set_deadlines(
        unit, late.round(), DeadlineEntry(timeout_minutes="25")))
    late.look()
    assert late.flags() == {"D2": ["overdue"], "D1": ["overdue"]}


def test_a_paused_round_is_quiet_and_goes_on_where_it_was(late: Late) -> None:
    late.write(lambda unit: deadlines.pause_round(unit, late.round()))
    late.after(END + 500)
    assert late.look() == {}
    assert late.look(UNCONFIRMED) == {}
    with pytest.raises(UserError, match="paused already"):
        late.write(lambda unit: deadlines.pause_round(unit, late.round()))
    late.write(lambda unit: deadlines.resume_round(unit, late.round()))
    late.look()
    assert late.flags() == {"D1": ["overdue"], "D2": ["overdue"]}
    with pytest.raises(UserError, match="not paused"):
        late.write(lambda unit: deadlines.resume_round(unit, late.round()))
    late.work.database.undo(late.owner, actor="Ann")
    with late.work.database.read() as unit:
        assert deadlines.read_deadlines(unit, late.round(), late.clock.now()).limits.paused


def test_a_completed_round_is_left_alone(late: Late) -> None:
    late.write(lambda unit: rounds.complete_round(unit, late.round(), reason="fire"))
    late.after(END + 500)
    assert late.look() == {}


def test_a_draw_that_is_taken_back_from_the_hall_loses_its_marks(late: Late) -> None:
    late.after(END + 30)
    late.look()
    late.write(lambda unit: rounds.unrelease_draw(unit, late.round()))
    late.look()
    assert late.flags() == {}


def test_a_draw_with_marks_can_be_deleted(late: Late) -> None:
    late.after(END + 30)
    late.look()
    late.write(lambda unit: rounds.delete_draw(unit, late.round()))
    assert late.flags() == {}
    late.work.database.undo(late.owner, actor="Ann")
    assert late.flags() == {"D1": ["overdue"], "D2": ["overdue"]}


def test_release_and_preparation_stand_for_a_start_that_nobody_set(late: Late) -> None:
    late.write(lambda unit: rounds.set_start(unit, late.round(), ""))
    late.after(600)
    assert late.look() == {}  # nothing tells when it began
    late.write(lambda unit: rounds.unrelease_draw(unit, late.round()))
    late.write(lambda unit: rounds.release_draw(unit, late.round()))
    with late.work.database.read() as unit:
        found = deadlines.read_deadlines(unit, late.round(), late.clock.now())
    assert found.start is not None
    assert (found.start - late.clock.now()).total_seconds() == 15 * 60


def test_what_was_asked_of_a_look_stands_above_the_settings(late: Late) -> None:
    late.after(END + 2)
    assert late.look(timeout_minutes=2, warning_minutes=0) == {"due": 2}
    assert late.flags() == {"D1": ["overdue"], "D2": ["overdue"]}


# --- forfeits ----------------------------------------------------------------------------------


def test_a_side_that_never_checked_in_forfeits_and_each_can_be_taken_back_alone(
    two: Late,
) -> None:
    first, other = sides(two, "D1"), sides(two, "D2")
    two.check_in(*first["aff"], *other["neg"])
    two.after(TOOK["australs"] + 20)
    two.look()
    assert two.flags() == {
        "D1": ["forfeited"], "D1b": ["overdue"], "D2": ["forfeited"], "D2b": ["overdue"]}
    assert forfeits(two) == {"D1": ["neg"], "D2": ["aff"]}
    entry = two.work.database.history(two.owner)[0]
    assert (entry.actor, entry.verb) == ("clock", "enter the forfeit of")
    assert "Round 1" in entry.subject
    with two.work.database.read() as unit:
        told = trail(unit, two.owner)[0]
        given = [deadlines.read_forfeit(unit, two.debate(one)) for one in ("D1", "D1b", "D2")]
    assert (told.actor, told.verb, told.subject, told.of_job, told.can_undo) == (
        "clock", entry.verb, entry.subject, False, True)
    assert [one and one.setter.actor for one in given] == ["clock", None, "clock"]
    assert entry.id in {one.setter.action for one in given if one is not None}
    two.work.database.undo(two.owner, actor="Ann", action_id=entry.id)
    left = forfeits(two)
    assert len(left) == 1
    with two.work.database.read() as unit:
        assert sum(
            deadlines.read_forfeit(unit, two.debate(one)) is not None for one in ("D1", "D2")) == 1
    assert two.look() == {}
    assert forfeits(two) == left


def test_nobody_forfeits_whose_paper_is_here_until_it_is_taken_back(two: Late) -> None:
    two.check_in(*sides(two, "D1")["aff"], *sides(two, "D2")["neg"])
    came = two.debate("D1")
    two.write(lambda unit: check_ins.receive(unit, two.owner, came))
    two.after(TOOK["australs"] + 20)
    two.look()
    assert forfeits(two) == {"D2": ["aff"]}
    assert "D1" not in two.flags()
    two.write(lambda unit: check_ins.take_back(unit, two.owner, came))
    two.look()
    assert forfeits(two) == {"D1": ["neg"], "D2": ["aff"]}


def test_nobody_forfeits_where_speakers_do_not_check_in(two: Late) -> None:
    two.after(TOOK["australs"] + 20)
    two.look()
    assert forfeits(two) == {}
    assert set(two.flags()) == {"D1", "D1b", "D2", "D2b"}
    with two.work.database.read() as unit:
        room = ballot_desk.read_desk(unit, two.owner, two.round()).rooms[0]
    assert room.flag is not None
    assert deadlines.flag_words(room.flag) == (
        "The ballot is overdue. Nobody forfeits: it is not known that a side never checked in.")


def test_of_four_teams_nobody_forfeits_by_itself_as_long_as_two_debated(tmp_path: Path) -> None:
    with open_late(tmp_path, ballot_overdue_action="forfeit") as late:
        people = sides(late, "D1")
        late.check_in(*people["og"], *people["oo"], *people["cg"])
        late.after(END + 20)
        late.look()
        assert forfeits(late) == {}
        with late.work.database.read() as unit:
            flag = ballot_desk.read_desk(unit, late.owner, late.round()).rooms[0].flag
        assert flag is not None
        assert flag.facts["why"] in ("forfeit_needs_marks", "forfeit_everybody_absent")


def test_a_forfeit_that_the_rules_refuse_is_a_mark_that_says_so_and_is_tried_once(
    two: Late,
) -> None:
    two.check_in(*sides(two, "D1")["aff"])
    two.write(lambda unit: unit.update(
        schema.debate, {two.debate("D1"): {"sides_confirmed": False}}))
    two.after(TOOK["australs"] + 20)
    two.look()
    assert forfeits(two) == {}
    assert two.flags()["D1"] == ["overdue"]
    assert two.look() == {}


# --- entries that nobody confirmed -------------------------------------------------------------


def test_an_entry_that_nobody_confirms_is_marked_after_twelve_hours(late: Late) -> None:
    late.after(END)
    form = form_of(late.work, "D1")
    save(late.work, form, filled(form))
    late.clock.advance(12 * 3600 - 60)
    assert late.look(UNCONFIRMED) == {}
    late.clock.advance(60)
    late.look(UNCONFIRMED)
    assert late.flags() == {"D1": ["unconfirmed"], "D2": ["unconfirmed"]}
    confirm(late.work, form_of(late.work, "D1"))
    late.look(UNCONFIRMED)
    assert late.flags() == {"D2": ["unconfirmed"]}


# --- the words of a round ----------------------------------------------------------------------


def test_all_that_is_wrong_with_a_rounds_deadlines_is_told_at_once(late: Late) -> None:
    entry = DeadlineEntry("ten", "100000", "shout", "never")
    with pytest.raises(ProblemsFound) as found:
        late.write(lambda unit: deadlines.set_deadlines(unit, late.round(), entry))
    assert {one.where for one in found.value.problems} == {
        "warning_minutes", "timeout_minutes", "action", "expected_end"}


def test_what_is_typed_is_foreseen_before_it_is_stored(late: Late) -> None:
    with late.work.database.read() as unit:
        found = deadlines.read_deadlines(unit, late.round(), late.clock.now())

    def times(**typed: Any) -> list[str]:
        seen = deadlines.foresee(found, DeadlineEntry(**typed))
        return [f"{at:%H:%M}" for at in (seen.end, seen.warns, seen.due) if at is not None]

    assert times() == ["10:11", "10:21", "10:31"]
    assert times(expected_end="10:30", timeout_minutes="30", warning_minutes="5") == [
        "10:30", "10:55", "11:00"]
    assert times(expected_end="soon", timeout_minutes="ten", warning_minutes="-1") == times()
    assert deadlines.foresee(found, DeadlineEntry(action="shout")).limits == found.usual
    assert deadlines.foresee(found, DeadlineEntry(paused=True)).limits.paused
    typed = DeadlineEntry("ten", "30", "flag", "soon")
    assert [one.where for one in deadlines.check_deadlines(found, typed)] == [
        "warning_minutes", "expected_end"]
    late.write(lambda unit: deadlines.set_deadlines(
        unit, late.round(), DeadlineEntry(expected_end="10:30")))
    with late.work.database.read() as unit:
        found = deadlines.read_deadlines(unit, late.round(), late.clock.now())
    assert found.worked_out is not None
    assert f"{found.worked_out:%H:%M}" == "10:11"
    assert times(expected_end="") == ["10:11", "10:21", "10:31"]


def test_pausing_with_the_rest_is_one_action_and_not_saying_leaves_it(late: Late) -> None:
    late.write(lambda unit: deadlines.set_deadlines(
        unit, late.round(), DeadlineEntry(timeout_minutes="25", paused=True)))
    late.write(lambda unit: deadlines.set_deadlines(unit, late.round(), DeadlineEntry()))
    with late.work.database.read() as unit:
        assert deadlines.read_deadlines(unit, late.round(), late.clock.now()).round.own == {
            "paused": True}
    late.write(lambda unit: deadlines.set_deadlines(
        unit, late.round(), DeadlineEntry(paused=False)))
    late.work.database.undo(late.owner, actor="Ann")
    late.work.database.undo(late.owner, actor="Ann")
    with late.work.database.read() as unit:
        limits = deadlines.read_deadlines(unit, late.round(), late.clock.now()).limits
    assert (limits.timeout_minutes, limits.paused) == (25, True)


def test_a_rounds_own_deadlines_travel_in_the_archive_and_stay_out_where_there_are_none(
    late: Late, tmp_path: Path
) -> None:
    def written() -> bytes:
        with late.work.database.read() as unit:
            return write_archive(exchange.read(unit, late.work.tournament()))

    assert b'"deadlines"' not in written()
    entry = DeadlineEntry("5", "30", "none", "10:30")
    late.write(lambda unit: deadlines.set_deadlines(unit, late.round(), entry))
    late.write(lambda unit: deadlines.pause_round(unit, late.round()))
    with late.work.database.read() as unit:
        found = deadlines.read_deadlines(unit, late.round(), late.clock.now())
        archive = exchange.read(unit, late.work.tournament())
    assert DeadlineEntry.of(found) == entry
    assert archive.rounds[0].deadlines == {
        "warning_minutes": 5, "timeout_minutes": 30, "action": "none", "paused": True}
    document = written()
    assert document.count(b'"deadlines"') == 1
    file = tmp_path / "again.json"
    file.write_bytes(document)
    imported = exchange.read_sources([file])
    assert imported.archive is not None
    assert write_archive(imported.archive) == document
    late.write(lambda unit: deadlines.resume_round(unit, late.round()))
    late.write(lambda unit: deadlines.set_deadlines(unit, late.round(), DeadlineEntry()))
    assert b'"deadlines"' not in written()


def test_a_look_tells_of_a_tournament_that_it_cannot_read_and_looks_at_the_others(
    late: Late,
) -> None:
    late.after(END + 30)
    late.write(lambda unit: unit.insert(schema.tournament, [{
        "slug": "broken", "name": "Broken", "preset": "no such preset", "settings": {}}]))
    handle = late.work.queue.submit("ballots.check_pending", submitted_by="clock")
    assert handle.wait(5).stats == {"due": 2, "problems": 1}
    late.work.database.history(None)
