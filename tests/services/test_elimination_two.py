"""Elimination rounds of two teams a room through the services, on real files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.domain.archive import BreakCategory
from tabapp.exchange import write_archive
from tabapp.services import availability, break_edits, break_views, people, rounds
from tabapp.services.elimination import round_names
from tabapp.services.workspace import JobFailed, Workspace
from tabapp.store import schema
from tests.services.out_rounds import OutRounds, best, pairs

NOVICE = BreakCategory(id="BC2", name="Novice", slug="novice", seq=2, size=4, priority=100)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as work:
        yield work


@pytest.fixture
def make(work: Workspace) -> Callable[..., OutRounds]:
    def made(size: int, teams: int = 0, **options: Any) -> OutRounds:
        room = OutRounds(work, pairs(size, teams, **options))
        room.make_break()
        return room

    return made


def number(team: str) -> int:
    return int(team[1:])


def row_of(room: OutRounds, team: str) -> int:
    with room.work.database.read() as unit:
        found: int = unit.scalar(
            schema.team.select().with_only_columns(schema.team.c.id)
            .where(schema.team.c.ref == team))
    return found


def refused_draw(room: OutRounds, round_id: int) -> Any:
    with pytest.raises(JobFailed) as refused:
        room.draw(round_id)
    assert refused.value.result.error is not None
    return refused.value.result.error


# From the break to the champion


@pytest.mark.parametrize(("size", "names", "rooms"), [
    (2, ["Grand Final"], [1]),
    (3, ["Partial Semifinals", "Grand Final"], [1, 1]),
    (8, ["Quarterfinals", "Semifinals", "Grand Final"], [4, 2, 1]),
    (12, ["Partial Octofinals", "Quarterfinals", "Semifinals", "Grand Final"], [4, 4, 2, 1]),
    (17, ["Partial Double Octofinals", "Octofinals", "Quarterfinals", "Semifinals",
          "Grand Final"], [1, 8, 4, 2, 1]),
])
def test_a_break_is_played_to_its_champion(
    make: Callable[..., OutRounds], size: int, names: list[str], rooms: list[int]
) -> None:
    room = make(size)
    assert {number(team): rank for team, rank in room.seeds().items()} == {
        n: n for n in range(1, size + 1)}
    played = room.play(best(room))
    assert [one.name for one in room.rounds()] == names
    assert [len(debates) for debates in played] == rooms
    assert room.champion() == "T1"
    assert [sorted(map(number, one.drawn.teams)) for one in played[-1]] == [[1, 2]]
    assert room.failures() == []
    checked = {one.scope for one in room.checks() if one.name == "seeds in their rooms"}
    assert checked == {f"round {1 + n}" for n in range(1, len(rooms) + 1)}
    won = room.bracket().champion
    assert won is not None
    assert won.team == "T1"


def test_rounds_of_two_have_the_names_of_the_field() -> None:
    assert [name for name, _short in round_names(64, sides=2)] == [
        "Triple Octofinals", "Double Octofinals", "Octofinals", "Quarterfinals", "Semifinals",
        "Grand Final"]
    assert [short for _name, short in round_names(5, "ESL", sides=2)] == [
        "ESL PQF", "ESL SF", "ESL GF"]
    assert round_names(300, sides=2)[0] == ("Partial Round of 512", "PR512")
    with pytest.raises(UserError, match="Choose 2 or more"):
        round_names(1, sides=2)


def test_the_reasons_name_seeds_and_rooms(make: Callable[..., OutRounds]) -> None:
    room = make(11)
    first, second, third, _final = [
        {one.drawn.room_rank: one.why for one in debates} for debates in room.play(best(room))]
    assert first[6][0] == (
        "Seeds 6 and 11 meet by the fold of 6 teams, best against last: Team 06 and Team 11.")
    assert first[6][1] == "The first 5 seeds wait for the next round."
    assert second[1][0] == "Team 01 skipped Partial Octofinals as seed 1; Team 08 won its room 8."
    assert second[4][0] == "Team 04 and Team 05 skipped Partial Octofinals as seeds 4 and 5."
    assert third[1][0] == "Team 01 won room 1 of Quarterfinals, Team 04 room 4."
    assert {why[-1] for why in third.values()} == {"The sides were drawn by lot."}


def test_a_single_seed_that_waits_is_told_so(make: Callable[..., OutRounds]) -> None:
    room = make(3)
    (only,) = room.draw(room.create_rounds()[0])
    assert only.why[1] == "The first seed waits for the next round."


def test_everybody_level_at_the_line_gets_a_bracket(work: Workspace) -> None:
    archive = pairs(4, 8)
    sheet = archive.rounds[0].debates[3].ballots[0].sheets[0]
    fourth, fifth = (archive.rounds[0].debates[n].ballots[0].sheets[0].sides for n in (3, 2))
    for speech, other in zip(fourth[0].speeches, fifth[0].speeches, strict=True):
        speech.score = other.score
    assert sheet.sides[0].speeches[0].score == fifth[0].speeches[0].score
    archive.break_categories[0].size = 3
    room = OutRounds(work, archive)
    room.make_break(ties="all", seed=None)
    assert len(room.seeds()) == 4
    ids = room.create_rounds()
    assert [one.name for one in room.rounds()] == ["Semifinals", "Grand Final"]
    assert [len(one.rooms) for one in room.bracket().rounds] == [2, 1]
    assert len(room.draw(ids[0])) == 2


def test_rounds_made_for_another_number_of_teams_are_warned_of(
    make: Callable[..., OutRounds],
) -> None:
    room = make(5, 5 + 1)
    room.create_rounds()
    for team in ("T5", "T6"):
        room.remark(team, "withdrawn")
    first = room.rounds()[0].id
    value: Any = room.work.run(
        "draw.generate", tournament=room.owner.id, round_id=first, seed=1, confirm=True).value
    (warning,) = value["warnings"]
    assert "4 teams break in Open, which takes 2 elimination rounds, but 3 were made" in warning


def test_what_is_missing_or_contradicts_is_named(make: Callable[..., OutRounds]) -> None:
    room = make(6)
    first, second, _final = room.create_rounds()
    room.draw(first)
    room.decide(first, best(room), only=0)
    error = refused_draw(room, second)
    assert error.code == "elimination_results_missing"
    assert "room 3 (" in error.message
    room.decide(first, lambda teams: best(room)(teams)[:1])
    room.draw(second)
    assert [sorted(map(number, one.drawn.teams)) for one in room.debates(second)] == [
        [1, 4], [2, 3]]
    archive = room.document()
    debate = archive.rounds[1].debates[0]
    debate.ballots[0].sheets[0].winners = None
    debate.ballots[0].forfeit = ["aff", "neg"]
    archive.rounds[2].debates = []
    archive.rounds[2].status = "none"
    archive.tournament.slug = "other"
    copy = OutRounds(room.work, archive)
    error = refused_draw(copy, copy.rounds()[1].id)
    assert error.code == "elimination_advancing"
    assert "Exactly 1 must advance from each room of Partial Quarterfinals" in error.message


def test_a_team_that_stands_in_the_wrong_room_is_found(make: Callable[..., OutRounds]) -> None:
    room = make(8)
    room.play(best(room))
    archive = room.document()
    one, two = archive.rounds[2].debates
    one.sides[0].team, two.sides[0].team = two.sides[0].team, one.sides[0].team
    archive.tournament.slug = "other"
    found = {(one.name, one.scope) for one in OutRounds(room.work, archive).failures()}
    assert ("seeds in their rooms", "round 3") in found


def test_undo_takes_back_rounds_and_draw(make: Callable[..., OutRounds]) -> None:
    room = make(7)

    def state() -> bytes:
        return write_archive(room.document().model_copy(update={"activity": []}))

    empty = state()
    first, *_ = room.create_rounds()
    made = state()
    room.draw(first)
    room.undo()
    assert state() == made
    room.undo()
    assert state() == empty


# The bracket as a picture shows it


def test_rooms_stand_beside_the_seeds_that_wait(make: Callable[..., OutRounds]) -> None:
    room = make(11)
    bracket = room.bracket()
    assert [[one.rank for one in column.rooms] for column in bracket.rounds] == [
        [8, 7, 6], [1, 4, 2, 3], [1, 2], [1]]
    second = {one.rank: one for one in bracket.rounds[1].rooms}
    assert {rank: one.fed_by for rank, one in second.items()} == {
        1: (8,), 4: (), 2: (7,), 3: (6,)}
    assert {rank: [team.seed for team in one.teams] for rank, one in second.items()} == {
        1: [1], 4: [4, 5], 2: [2], 3: [3]}
    assert [team.seed for team in bracket.rounds[0].rooms[0].teams] == [8, 9]


# Several categories at once


def test_a_team_of_two_breaks_cannot_stand_in_two_rooms_at_once(
    make: Callable[..., OutRounds],
) -> None:
    room = make(4, 8, extra=[NOVICE])
    novice = OutRounds.__new__(OutRounds)
    novice.work, novice.owner, novice.category = room.work, room.owner, "novice"
    (semis, final), (other_semis, _other_final) = room.create_rounds(), novice.create_rounds()
    assert [one.name for one in room.rounds()] == [
        "Open Semifinals", "Open Grand Final", "Novice Semifinals", "Novice Grand Final"]
    with room.work.database.write(tournament=room.owner.id) as unit:
        for round_id in (semis, other_semis):
            rounds.set_start(unit, round_id, "14:30")
    room.draw(semis)
    error = refused_draw(novice, other_semis)
    assert error.code == "elimination_beside"
    assert "Team 01, Team 02, Team 03, Team 04 stand in Open Semifinals" in error.message
    with room.work.database.write(tournament=room.owner.id) as unit:
        rounds.set_start(unit, other_semis, "16:00")
    novice.draw(other_semis)
    room.decide(semis, lambda teams: best(room)(teams)[:1])
    assert [number(team) for team in sorted(room.draw(final)[0].drawn.teams)] == [1, 2]


# Reserves


def absent(room: OutRounds, round_id: int, team: str) -> None:
    row = row_of(room, team)
    with room.work.database.write(tournament=room.owner.id) as unit:
        availability.set_here(unit, round_id, "team", [row], here=False)


def withdraw(room: OutRounds, team: str) -> None:
    row = row_of(room, team)
    with room.work.database.write(tournament=room.owner.id) as unit:
        people.withdraw(unit, room.owner.id, "team", [row])


def stepping(room: OutRounds) -> break_edits.Stepping:
    with room.work.database.read() as unit:
        return break_edits.who_steps_up(unit, room.owner.id, "open")


def test_reserves_step_up_for_whoever_cannot_debate(make: Callable[..., OutRounds]) -> None:
    room = make(4, 8)
    first, *_ = room.create_rounds()
    assert stepping(room) == break_edits.NOBODY
    absent(room, first, "T2")
    withdraw(room, "T3")
    found = stepping(room)
    assert [(one.name, one.remark) for one in found.leaving] == [
        ("Team 02", "absent"), ("Team 03", "withdrawn")]
    assert found.up == ("Team 05", "Team 06")
    error = refused_draw(room, first)
    assert error.code == "elimination_absent"
    assert "Let the next teams step up" in error.message
    before = room.stored()
    made = room.edit(break_edits.step_up, "step up in")
    assert (made.came_in, made.went_out) == (("Team 05", "Team 06"), ("Team 02", "Team 03"))
    assert room.seeds() == {"T1": 1, "T4": 2, "T5": 3, "T6": 4}
    rows = {one.team: one for one in room.stored().rows}
    assert (rows["T2"].remark, rows["T3"].remark) == ("absent", "withdrawn")
    assert "Team 02" in rows["T5"].reason
    assert stepping(room) == break_edits.NOBODY
    with room.work.database.read() as unit:
        view = break_views.read_view(unit, room.owner.id)
    assert {one.team: one.moved_up_for for one in view.lines if one.moved_up_for} == {
        "T5": "Team 02", "T6": "Team 03"}
    room.undo()
    assert room.stored() == before
    room.edit(break_edits.step_up, "step up in")
    assert len(room.draw(first)) == 2
    assert room.failures() == []


def test_nobody_steps_up_without_need_or_after_the_draw(make: Callable[..., OutRounds]) -> None:
    room = make(4, 8)
    first, second = room.create_rounds()
    with pytest.raises(UserError) as refused:
        room.edit(break_edits.step_up, "step up in")
    assert refused.value.code == "reserves_nobody"
    room.draw(first)
    room.decide(first, lambda teams: best(room)(teams)[:1])
    absent(room, second, "T1")
    withdraw(room, "T2")
    assert stepping(room) == break_edits.NOBODY
    with pytest.raises(UserError) as refused:
        room.edit(break_edits.step_up, "step up in")
    assert refused.value.code == "reserves_after_draw"
    error = refused_draw(room, second)
    assert error.code == "elimination_absent_later"
    assert "enter their forfeit" in error.message


def test_a_break_without_a_team_to_spare_says_that_nobody_steps_up(
    make: Callable[..., OutRounds],
) -> None:
    room = make(4, 4)
    withdraw(room, "T2")
    assert stepping(room).up == ()
    room.edit(break_edits.step_up, "step up in")
    assert room.seeds() == {"T1": 1, "T3": 2, "T4": 3}
    assert [len(debates) for debates in room.play(best(room))] == [1, 1]
