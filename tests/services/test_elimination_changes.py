"""Elimination rounds whose break changes under them, and the bracket as a picture shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.services import break_edits, draw_edits
from tabapp.services.draw_sheet import DrawSheet, read_sheet
from tabapp.services.workspace import JobFailed, Workspace
from tests.services.out_rounds import OutRounds, best, played


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        yield work


@pytest.fixture
def sixteen(work: Workspace) -> OutRounds:
    room = OutRounds(work, played(16))
    room.make_break()
    return room


@pytest.fixture
def twenty_four(work: Workspace) -> OutRounds:
    room = OutRounds(work, played(24))
    room.make_break()
    return room


# A break that changes under the draw


def test_a_result_that_changes_the_break_is_warned_of(sixteen: OutRounds) -> None:
    sixteen.create_rounds()
    archive = sixteen.document()
    breaking = next(one for one in archive.breaks if one.category == "open")
    last = max(breaking.teams, key=lambda row: row.break_rank or 0)
    debate = next(one for one in archive.rounds[0].debates
                  if any(side.team == last.team for side in one.sides))
    sheet = debate.ballots[0].sheets[0]
    sheet.sides = sheet.sides[:]
    for side in sheet.sides:
        mine = next(s.team for s in debate.sides if s.side == side.side) == last.team
        for speech in side.speeches:
            speech.score = 50 if mine else speech.score
    archive.tournament.slug = "other"
    copy = OutRounds(sixteen.work, archive)
    value = copy.work.run(
        "draw.generate", tournament=copy.owner.id, round_id=copy.rounds()[0].id, seed=1).value
    name = next(one.name for one in archive.teams if one.id == last.team)
    assert isinstance(value, dict)
    (warning,) = value["warnings"]
    assert "Results changed since the break of Open was made" in warning
    assert f"{name} would not" in warning


def test_a_drawn_round_that_the_break_has_left_behind_says_so(sixteen: OutRounds) -> None:
    first, *_ = sixteen.create_rounds()
    sixteen.draw(first)
    assert sixteen.bracket().rounds[0].outdated == ""
    sixteen.remark(sixteen.stored().rows[0].team, "withdrawn")
    assert "Draw it again" in sixteen.bracket().rounds[0].outdated
    # the certificate names another input, so nobody calls it a fault of the draw
    assert sixteen.failures() == []
    assert {one.status for one in sixteen.checks() if one.name == "seeds in their rooms"} == {
        "unclear"}
    sixteen.draw(first, seed=2, replace=True)
    assert sixteen.bracket().rounds[0].outdated == ""


def test_another_set_of_waiting_seeds_is_refused(twenty_four: OutRounds) -> None:
    first, second, *_ = twenty_four.create_rounds()
    twenty_four.draw(first)
    twenty_four.decide(first, lambda teams: teams[:2])
    waits = twenty_four.stored().rows[0].team
    twenty_four.remark(waits, "withdrawn")
    with pytest.raises(JobFailed, match="was changed after Open Partial Octofinals was drawn"):
        twenty_four.draw(second)
    twenty_four.undo()
    twenty_four.draw(second)


def test_the_checker_finds_a_seed_in_the_wrong_room(sixteen: OutRounds) -> None:
    first, *_ = sixteen.create_rounds()
    sixteen.draw(first)
    archive = sixteen.document()
    one, two = archive.rounds[3].debates[:2]
    one.sides[0].team, two.sides[0].team = two.sides[0].team, one.sides[0].team
    archive.tournament.slug = "other"
    assert [(found.name, found.scope) for found in OutRounds(sixteen.work, archive).failures()] == [
        ("seeds in their rooms", "round 4")]
    archive.rounds[3].draw_record = None
    archive.tournament.slug = "without-certificate"
    assert OutRounds(sixteen.work, archive).failures() == []


# The bracket as a picture shows it


def ranks_of(room: OutRounds) -> list[list[int]]:
    return [[one.rank for one in column.rooms] for column in room.bracket().rounds]


def test_rooms_stand_so_that_lines_do_not_cross(sixteen: OutRounds) -> None:
    assert ranks_of(sixteen) == [[1, 4, 2, 3], [1, 2], [1]]
    assert [one.fed_by for one in sixteen.bracket().rounds[1].rooms] == [(1, 4), (2, 3)]


def test_rooms_below_waiting_seeds_feed_one_room_each(twenty_four: OutRounds) -> None:
    assert ranks_of(twenty_four) == [[9, 12, 10, 11], [1, 4, 2, 3], [1, 2], [1]]
    second = twenty_four.bracket().rounds[1].rooms
    assert [one.fed_by for one in second] == [(9,), (12,), (10,), (11,)]
    assert [len(one.teams) for one in second] == [2, 2, 2, 2]


def test_what_is_known_of_a_round_stands_there_before_its_draw(sixteen: OutRounds) -> None:
    first, *_ = sixteen.create_rounds()
    projected = sixteen.bracket()
    assert not projected.rounds[0].drawn
    assert [len(one.teams) for one in projected.rounds[0].rooms] == [4, 4, 4, 4]
    sixteen.draw(first)
    drawn = {one.ref: {*one.drawn.teams} for one in sixteen.debates(first)}
    shown = {one.debate: {team.team for team in one.teams}
             for one in sixteen.bracket().rounds[0].rooms}
    assert shown == drawn
    sixteen.decide(first, lambda teams: teams[:2], only=1)
    semis = sixteen.bracket().rounds[1].rooms
    assert [len(one.teams) for one in semis] == [2, 0]
    assert {one.won for room in sixteen.bracket().rounds[0].rooms[:1] for one in room.teams} == {
        True, False}


def meeting_round(rounds: Sequence[Sequence[Any]], one: str, other: str) -> int | None:
    return next(
        (number for number, debates in enumerate(rounds)
         if any({one, other} <= {*room.drawn.teams} for room in debates)), None)


def test_the_two_best_meet_in_the_final_only(sixteen: OutRounds) -> None:
    rounds = sixteen.play(best(sixteen))
    seeds = sixteen.seeds()
    first, second, *_ = sorted(seeds, key=lambda team: (seeds[team], team))
    assert meeting_round(rounds, first, second) == 2


def test_remaking_and_redrawing_leaves_the_standings_alone(sixteen: OutRounds) -> None:
    before = sixteen.table()
    sixteen.play(best(sixteen))
    sixteen.edit(break_edits.remake)
    assert sixteen.table() == before


def test_a_corrected_ballot_before_a_drawn_round_is_told_on_its_page(sixteen: OutRounds) -> None:
    first, second, *_ = sixteen.create_rounds()

    def is_told() -> bool:
        with sixteen.work.database.read() as unit:
            return read_sheet(unit, second).input_changed

    sixteen.draw(first)
    sixteen.decide(first, lambda teams: teams[:2])
    sixteen.draw(second)
    assert not is_told()
    sixteen.decide(first, lambda teams: teams[2:], only=1)
    assert is_told()
    assert sixteen.failures() == []
    sixteen.undo()
    assert not is_told()


def test_a_swap_by_hand_is_no_change_of_results_but_a_later_one_is_told(
    sixteen: OutRounds,
) -> None:
    first, second, *_ = sixteen.create_rounds()

    def sheet() -> DrawSheet:
        with sixteen.work.database.read() as unit:
            return read_sheet(unit, second)

    sixteen.draw(first)
    sixteen.decide(first, lambda teams: teams[:2])
    sixteen.draw(second)
    one, other = (room.teams[0].id for room in sheet().rooms)
    edited = draw_edits.swap_teams(sheet(), one, other)
    sixteen.edit(lambda unit, _owner, _slug: draw_edits.store_swap(unit, edited))
    assert sixteen.bracket().rounds[1].outdated == ""
    assert not sheet().input_changed
    sixteen.decide(first, lambda teams: teams[2:], only=1)
    assert "Draw it again" in sixteen.bracket().rounds[1].outdated
    assert sheet().input_changed
    assert sixteen.failures() == []
