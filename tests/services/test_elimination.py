"""Elimination rounds through the services: from the break to the champion, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.domain.archive import Archive
from tabapp.exchange import write_archive
from tabapp.services import draws, rounds
from tabapp.services.elimination import round_names
from tabapp.services.workspace import JobFailed, Workspace
from tabapp.store import schema
from tabapp.store.tournaments import list_rounds
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


def worst(room: OutRounds) -> Any:
    seeds = room.seeds()
    return lambda teams: sorted(teams, key=lambda team: (-seeds[team], team))


def code_of(room: OutRounds, round_id: int, **options: Any) -> str:
    with pytest.raises(JobFailed) as refused:
        room.draw(round_id, **options)
    error = refused.value.result.error
    assert error is not None
    return error.code


def sentence_of(room: OutRounds, round_id: int) -> str:
    with pytest.raises(JobFailed) as refused:
        room.draw(round_id)
    return str(refused.value)


# From the break to the final


def test_a_break_of_sixteen_is_played_to_its_champion(sixteen: OutRounds) -> None:
    before = sixteen.table()
    rounds = sixteen.play(best(sixteen))
    assert [len(debates) for debates in rounds] == [4, 2, 1]
    assert [one.name for one in sixteen.rounds()] == [
        "Open Quarterfinals", "Open Semifinals", "Open Grand Final"]
    seeds = sixteen.seeds()
    assert sixteen.champion() == min(seeds, key=lambda team: (seeds[team], team))
    assert sixteen.failures() == []
    assert sixteen.table() == before


def test_simulated_elimination_rounds_end_with_one_champion(sixteen: OutRounds) -> None:
    for round_id in sixteen.create_rounds():
        sixteen.draw(round_id)
        sixteen.work.run(
            "demo.simulate", tournament=sixteen.owner.id, round_id=round_id, seed=3)
    assert sixteen.champion() in sixteen.seeds()
    assert sixteen.failures() == []


def test_a_partial_break_lets_the_first_eight_wait(twenty_four: OutRounds) -> None:
    rounds = twenty_four.play(worst(twenty_four))
    assert [len(debates) for debates in rounds] == [4, 4, 2, 1]
    seeds = twenty_four.seeds()
    in_order = sorted(seeds.values())
    first = [team for room in rounds[0] for team in room.drawn.teams]
    assert sorted(seeds[team] for team in first) == in_order[8:]
    assert [room.drawn.room_rank for room in rounds[0]] == [9, 10, 11, 12]
    second = {team for room in rounds[1] for team in room.drawn.teams}
    assert seeds.keys() - {*first} < second
    assert twenty_four.failures() == []
    assert twenty_four.champion() is not None


def test_the_reasons_name_seeds_and_rooms(twenty_four: OutRounds) -> None:
    rounds = twenty_four.play(best(twenty_four))
    first, second, third, _final = [debates[0].why for debates in rounds]
    assert "Seeds 9, 16, 17 and 24 meet by the four-way fold of 16 teams" in first[0]
    assert first[1] == "The first 8 seeds wait for the next round."
    assert "waited as seeds 1 and 8" in second[0]
    assert "advance from room 9 of Open Partial Octofinals" in second[0]
    assert "from room 4." in third[0]
    assert {why[-1] for why in (first, second, third)} == {"The sides were drawn by lot."}


def test_the_champion_is_known_only_after_the_final(sixteen: OutRounds) -> None:
    ids = sixteen.create_rounds()
    assert sixteen.champion() is None
    for round_id in ids[:-1]:
        sixteen.draw(round_id)
        sixteen.decide(round_id, lambda teams: best(sixteen)(teams)[:2])
    sixteen.draw(ids[-1])
    assert sixteen.champion() is None
    sixteen.decide(ids[-1], lambda teams: teams[3:])
    final = sixteen.debates(ids[-1])[0]
    assert sixteen.champion() == final.drawn.teams[3]
    won = sixteen.bracket().champion
    assert won is not None
    assert won.team == sixteen.champion()


def test_a_semifinal_and_its_final_at_the_same_hour_of_two_days_are_not_at_once(
    sixteen: OutRounds,
) -> None:
    ids = sixteen.create_rounds()
    with sixteen.work.database.write(tournament=sixteen.owner.id) as unit:
        for round_id in ids:
            rounds.set_start(unit, round_id, "1430")
    with sixteen.work.database.read() as unit:
        slots = {one.id: one.slot_id for one in list_rounds(unit, sixteen.owner.id)}
    assert [slots[one] for one in ids] == ids


def test_the_same_seed_gives_the_same_draw_and_another_gives_other_sides(
    sixteen: OutRounds,
) -> None:
    first, *_ = sixteen.create_rounds()

    def dry(seed: int) -> Any:
        with sixteen.work.database.read() as unit:
            found = draws.read_input(unit, first)
            drawn = draws.numbered(unit, found, draws.draw_round(found, seed=seed))
        return drawn.as_json({})

    assert dry(5) == dry(5)
    assert dry(5)["audit"]["ok"]
    assert dry(5)["certificate"]["input_sha256"] == dry(6)["certificate"]["input_sha256"]
    sides = {tuple(s["team"] for one in dry(seed)["debates"] for s in one["sides"])
             for seed in range(5)}
    assert len(sides) == 5
    stored = [one.drawn.sides for one in sixteen.draw(first, seed=5)]
    assert stored == [
        tuple((s["side"], s["team"]) for s in one["sides"]) for one in dry(5)["debates"]]
    sixteen.draw(first, seed=5)  # the same again is no replacement
    assert code_of(sixteen, first, seed=6) == "round_drawn"


def test_every_step_can_be_taken_back(sixteen: OutRounds) -> None:
    empty = write_archive(sixteen.document())
    first, *_ = sixteen.create_rounds()
    made = write_archive(sixteen.document())
    sixteen.draw(first)
    sixteen.undo()
    assert _without_trail(sixteen) == _without_trail_of(made)
    sixteen.undo()
    assert _without_trail(sixteen) == _without_trail_of(empty)


def _without_trail(room: OutRounds) -> Archive:
    return _without_trail_of(write_archive(room.document()))


def _without_trail_of(text: bytes) -> Archive:
    return Archive.model_validate_json(text).model_copy(update={"activity": []})


def test_an_archive_keeps_the_elimination_rounds(
    twenty_four: OutRounds, tmp_path: Path
) -> None:
    twenty_four.play(best(twenty_four))
    document = twenty_four.document()
    with open_workspace(tmp_path / "copy.tabapp", create=True) as work:
        copy = OutRounds(work, document)
        assert write_archive(copy.document()) == write_archive(document)
        assert copy.champion() == twenty_four.champion()
        assert copy.bracket() == twenty_four.bracket()
        assert copy.failures() == []


# The rounds


@pytest.mark.parametrize(("size", "names"), [
    (4, ["Grand Final"]),
    (6, ["Partial Semifinals", "Grand Final"]),
    (8, ["Semifinals", "Grand Final"]),
    (12, ["Partial Quarterfinals", "Semifinals", "Grand Final"]),
    (32, ["Octofinals", "Quarterfinals", "Semifinals", "Grand Final"]),
    (48, ["Partial Double Octofinals", "Octofinals", "Quarterfinals", "Semifinals",
          "Grand Final"]),
])
def test_rounds_have_the_names_of_the_field(size: int, names: list[str]) -> None:
    assert [name for name, _short in round_names(size)] == names


def test_rounds_follow_the_last_one_and_are_not_silent(sixteen: OutRounds) -> None:
    ids = sixteen.create_rounds()
    rounds = sixteen.rounds()
    assert [one.id for one in rounds] == ids
    assert [one.seq for one in rounds] == [4, 5, 6]
    assert {(one.stage, one.draw_type, one.category, one.silent, one.feedback_weight)
            for one in rounds} == {("elimination", "elimination", "open", False, 0.5)}
    assert [one.slot_id for one in rounds] == ids


def test_rounds_are_made_once(sixteen: OutRounds) -> None:
    sixteen.create_rounds()
    with pytest.raises(UserError, match="Open Quarterfinals, Open Semifinals") as refused:
        sixteen.create_rounds()
    assert refused.value.code == "elimination_rounds_exist"


def resize(room: OutRounds, size: int) -> None:
    def change(unit: Any, _owner: int, slug: str) -> None:
        row = unit.scalar(schema.break_category.select().where(
            schema.break_category.c.slug == slug))
        unit.update(schema.break_category, {row: {"size": size}})

    room.edit(change)


@pytest.mark.parametrize("size", [0, 2, 10, 20])
def test_a_size_without_a_bracket_has_no_rounds(sixteen: OutRounds, size: int) -> None:
    resize(sixteen, size)
    with pytest.raises(UserError) as refused:
        sixteen.create_rounds()
    assert refused.value.code == "draw_break_size"
    assert sixteen.bracket().note


def test_an_unknown_category_has_no_rounds(sixteen: OutRounds) -> None:
    sixteen.category = "novice"
    with pytest.raises(UserError, match="There is no break category novice"):
        sixteen.create_rounds()


# What is refused


def test_nothing_is_drawn_without_a_break(work: Workspace) -> None:
    room = OutRounds(work, played(16))
    first, second, _final = room.create_rounds()
    assert code_of(room, first) == "elimination_break_missing"
    room.make_break()
    assert code_of(room, second) == "earlier_round_not_drawn"
    room.draw(first)
    assert code_of(room, second) == "elimination_results_missing"


def test_missing_rooms_are_named_with_their_teams(sixteen: OutRounds) -> None:
    first, second, _final = sixteen.create_rounds()
    rooms = sixteen.draw(first)
    sixteen.decide(first, lambda teams: teams[:2], only=3)
    said = sentence_of(sixteen, second)
    assert said.startswith("1 rooms of Open Quarterfinals have no confirmed ballot: room 4 (")
    names = {one.id: one.name for one in sixteen.document().teams}
    assert all(names[team] in said for team in rooms[3].drawn.teams)
    assert names[rooms[0].drawn.teams[0]] not in said


def test_a_room_without_two_advancing_teams_is_named(sixteen: OutRounds) -> None:
    first, _second, _final = sixteen.create_rounds()
    sixteen.draw(first)
    sixteen.decide(first, lambda teams: teams[:2])
    archive = sixteen.document()
    ballot = archive.rounds[3].debates[1].ballots[0]
    ballot.sheets[0].winners = ["og"]
    archive.tournament.slug = "other"
    copy = OutRounds(sixteen.work, archive)
    rank = archive.rounds[3].debates[1].room_rank
    said = sentence_of(copy, copy.rounds()[1].id)
    assert "Exactly 2 must advance from each room of Open Quarterfinals, but not so from" in said
    assert f"room {rank} (" in said
    assert "1 advance" in said


def test_a_forfeit_lets_the_two_others_advance(sixteen: OutRounds) -> None:
    first, _second, _final = sixteen.create_rounds()
    sixteen.draw(first)
    sixteen.decide(first, lambda teams: teams[:2])
    archive = sixteen.document()
    debate = archive.rounds[3].debates[0]
    debate.ballots[0].sheets[0].winners = None
    debate.ballots[0].forfeit = ["og", "cg"]
    archive.tournament.slug = "other"
    copy = OutRounds(sixteen.work, archive)
    copy.draw(copy.rounds()[1].id)
    assert copy.failures() == []
    through = {side.team for side in debate.sides if side.side in ("oo", "co")}
    assert through < {team for room in copy.debates(copy.rounds()[1].id)
                      for team in room.drawn.teams}


def test_an_undecided_tie_is_named(work: Workspace) -> None:
    archive = played(16)
    for round_ in archive.rounds:
        round_.debates, round_.completed, round_.status = [], False, "none"
    room = OutRounds(work, archive)
    room.make_break(ties="ask", seed=None)
    first, *_ = room.create_rounds()
    with pytest.raises(JobFailed) as refused:
        room.draw(first, ignore_missing=True)
    assert "are level at the line of Open" in str(refused.value)
    assert code_of(room, first) == "earlier_round_not_drawn"


def test_too_few_breaking_teams_are_told(work: Workspace) -> None:
    archive = played(16)
    for team in archive.teams:
        team.break_categories = []
    room = OutRounds(work, archive)
    room.make_break()
    assert code_of(room, room.create_rounds()[0]) == "elimination_too_few"
    archive.tournament.slug = "twelve"
    for team in archive.teams[:12]:
        team.break_categories = ["BC1"]
    short = OutRounds(work, archive)
    short.make_break()
    assert code_of(short, short.create_rounds()[0]) == "draw_break_teams"


def test_an_absent_team_is_named(sixteen: OutRounds) -> None:
    sixteen.create_rounds()
    archive = sixteen.document()
    team = archive.breaks[0].teams[0].team
    archive.rounds[3].absent_teams = [team]
    archive.tournament.slug = "other"
    copy = OutRounds(sixteen.work, archive)
    said = sentence_of(copy, copy.rounds()[0].id)
    assert next(one.name for one in archive.teams if one.id == team) in said
    assert "marked absent in Open Quarterfinals" in said


def test_there_is_nothing_after_the_final(work: Workspace) -> None:
    archive = played(4)
    room = OutRounds(work, archive)
    room.make_break()
    room.play(best(room))
    document = room.document()
    again = document.rounds[-1].model_copy(
        update={"seq": 5, "name": "Once more", "debates": [], "status": "none",
                "draw_record": None, "draw_seed": None, "completed": False})
    document.tournament.slug = "other"
    copy = OutRounds(work, document.model_copy(update={"rounds": [*document.rounds, again]}))
    # with a round after it the former final sends two on, and only one was ticked
    assert code_of(copy, copy.rounds()[1].id) == "draw_final_done"
