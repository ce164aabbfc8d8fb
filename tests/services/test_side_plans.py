"""Sides allocated before the draw: planned, typed, pasted, stored, undone, drawn with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tabapp.core.errors import UserError
from tabapp.domain.simulation import generate_tournament
from tabapp.domain.types import Side
from tabapp.services import draws, side_plan
from tabapp.services.side_plan import SidePlan
from tabapp.store import schema
from tests.services.setup_room import SetupRoom, codes, setup_room

AFF, NEG = Side.AFF, Side.NEG


@pytest.fixture
def room(tmp_path: Path) -> Iterator[SetupRoom]:
    document = generate_tournament(preset="joynt", teams=8, rounds=4, seed=1, play=False)
    for one in document.rounds:
        one.side_allocations = {}
        one.kind = "impromptu" if one.seq % 2 else "prepared"
    with setup_room(tmp_path, archive=document) as made:
        yield made


def plan(room: SetupRoom) -> SidePlan:
    return room.read(lambda unit: side_plan.read_plan(unit, room.id))


def make(room: SetupRoom, *at: int, seed: int = 1) -> None:
    rounds = [room.rounds()[one].id for one in at]
    room.write(lambda unit: side_plan.plan_sides(unit, room.id, rounds, seed))


def refused(room: SetupRoom, *at: int) -> str:
    with pytest.raises(UserError) as error:
        make(room, *at)
    return error.value.code


def test_a_plan_is_stored_drawn_with_and_undone(room: SetupRoom) -> None:
    assert all(not sides for sides in plan(room).sides.values())
    make(room, 0, 1, 2, 3)
    found = plan(room)
    assert [found.totals(found.sides, one.id) for one in found.rounds] == [(4, 4, 0)] * 4
    leans = [found.lean(found.sides, team.id) for team in found.teams]
    assert all(lean.whole == 0 and lean.is_even for lean in leans)
    assert all(set(lean.kinds.values()) == {0} for lean in leans)
    room.play(1)
    after = plan(room)
    assert [one.drawn for one in after.rounds] == [True, False, False, False]
    assert after.sides == found.sides
    snapshot = room.read(lambda unit: draws.read_input(unit, found.rounds[1].id)).snapshot
    assert {team.id: team.allocated_side for team in snapshot.teams} == (
        found.sides[found.rounds[1].id])


def test_undo_takes_a_whole_plan_back(room: SetupRoom) -> None:
    before = room.archive()
    make(room, 0, 2)
    assert room.archive() != before
    room.undo()
    assert room.archive() == before
    room.redo()
    assert Counter(plan(room).sides[room.rounds()[2].id].values()) == {AFF: 4, NEG: 4}


def test_what_is_drawn_and_what_was_not_chosen_stays(room: SetupRoom) -> None:
    make(room, 0, 1)
    room.play(1)
    before = plan(room).sides
    first, second, third, _fourth = room.rounds()
    assert refused(room, 0) == "side_round_drawn"
    assert refused(room) == "side_no_rounds"
    make(room, 2, seed=9)
    after = plan(room)
    assert after.sides[first.id] == before[first.id]
    assert after.sides[second.id] == before[second.id]
    # the third round answers the first of its kind
    assert all(
        after.sides[third.id][team.id] is not before[first.id][team.id] for team in after.teams)


def test_one_side_is_set_taken_and_swapped(room: SetupRoom) -> None:
    make(room, 0)
    round_id = room.rounds()[0].id
    now = plan(room).sides[round_id]
    aff = next(team for team, side in now.items() if side is AFF)
    neg = next(team for team, side in now.items() if side is NEG)
    room.write(lambda unit: side_plan.swap_sides(unit, room.id, round_id, (aff, neg)))
    swapped = plan(room)
    assert (swapped.sides[round_id][aff], swapped.sides[round_id][neg]) == (NEG, AFF)
    assert swapped.totals(swapped.sides, round_id) == (4, 4, 0)
    room.write(lambda unit: side_plan.set_side(unit, room.id, round_id, [aff], AFF))
    assert plan(room).totals(plan(room).sides, round_id) == (5, 3, 0)
    room.write(lambda unit: side_plan.set_side(unit, room.id, round_id, [aff], None))
    assert plan(room).totals(plan(room).sides, round_id) == (4, 3, 1)
    room.write(lambda unit: side_plan.swap_sides(unit, room.id, round_id, (aff, neg)))
    after = plan(room).sides[round_id]
    assert (after[aff], neg in after) == (AFF, False)
    room.write(lambda unit: side_plan.clear_sides(unit, room.id, [round_id]))
    assert not plan(room).sides[round_id]


def test_an_uneven_plan_is_stored_and_the_draw_names_it(room: SetupRoom) -> None:
    make(room, 0)
    round_id = room.rounds()[0].id
    team = next(team for team, side in plan(room).sides[round_id].items() if side is AFF)
    room.write(lambda unit: side_plan.set_side(unit, room.id, round_id, [team], NEG))
    found = room.read(lambda unit: draws.read_input(unit, round_id))
    with pytest.raises(UserError) as error:
        draws.draw_round(found, seed=1)
    assert error.value.code == "draw_sides_unequal"


def test_withdrawn_teams_have_no_part(room: SetupRoom) -> None:
    gone = plan(room).teams[0]
    with room.work.database.read() as unit:
        row = next(
            row for row, ref in unit.fetch(
                schema.team.select().with_only_columns(schema.team.c.id, schema.team.c.ref))
            if ref == gone.id)
    room.write(lambda unit: unit.update(schema.team, {row: {"withdrawn": True}}))
    make(room, 0)
    found = plan(room)
    assert gone not in found.teams
    assert gone.id not in found.sides[room.rounds()[0].id]
    assert sum(found.totals(found.sides, room.rounds()[0].id)) == 7


def test_sides_of_other_tournaments_are_not_planned(tmp_path: Path) -> None:
    with setup_room(tmp_path) as room:
        assert refused(room, 0) == "sides_not_allocated"


def test_an_elimination_round_is_not_planned(room: SetupRoom) -> None:
    with pytest.raises(UserError) as error:
        room.write(lambda unit: side_plan.store_sides(unit, room.id, {987: {}}))
    assert error.value.code == "side_round_out"


def test_lines_are_read_with_everything_that_is_wrong(room: SetupRoom) -> None:
    found = plan(room)
    one, other, third = found.teams[:3]
    sides, problems = side_plan.read_lines(found, "\n".join([
        f"{one.name.upper()}\tAff", "", f"{other.id}, negative", f"{third.name}; n"]))
    assert sides == {one.id: AFF, other.id: NEG, third.id: NEG}
    assert problems == []
    sides, problems = side_plan.read_lines(found, "\n".join([
        "Nobody, aff", f"{one.name}, middle", one.name, f"{other.name}, a", f"{other.name}, n"]))
    assert sides == {other.id: AFF}
    assert codes(problems) == {
        "line 1": "side_team_unknown", "line 2": "side_unknown", "line 3": "side_line_unread",
        "line 5": "side_team_twice"}


def test_names_of_sides_are_those_of_the_tournament(room: SetupRoom) -> None:
    found = plan(room)
    owner = replace(
        found.owner, settings=found.owner.settings.model_copy(update={"side_names": "gov-opp"}))
    sides, problems = side_plan.read_lines(
        replace(found, owner=owner), f"{found.teams[0].name}, Opposition")
    assert (sides, problems) == ({found.teams[0].id: NEG}, [])
    assert replace(found, owner=owner).side_names == ("Gov", "Opp")
