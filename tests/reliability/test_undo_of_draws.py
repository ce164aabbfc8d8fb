"""What is written about draws of two teams, out-rounds and rooms that wait: undone and redone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.domain.simulation import generate_tournament
from tabapp.domain.types import Side
from tabapp.services import (
    activity,
    break_edits,
    elimination,
    manual_draw,
    people,
    postponing,
    round_setup,
    rounds,
    side_plan,
    sides,
    tournament_settings,
)
from tabapp.services.draw_sheet import read_sheet
from tabapp.tasks.play import play_break, play_round
from tests.reliability.scenes import add, enter, entries_for
from tests.reliability.tab_room import Change, Room, best_category, make_file, ranks_of, swap


def pairs_file(path: Path) -> Path:
    """Play a round of pairs and draw the second, in which the ballots decide the sides."""
    with open_workspace(path, create=True) as work:
        add(work, generate_tournament(
            preset="australs", teams=12, rounds=4, seed=1, play=False, settings={
                "draw_side_allocations": "manual-ballot", "enable_postponements": True}))
        room = Room(work)
        for _result in play_round(work, room.owner, room.rounds()[0], 1):
            pass
        second = room.ids[1]
        room.job("draw.generate", second, seed=1)
        room.do(lambda unit: rounds.confirm_draw(unit, second))
        room.job("draw.allocate_adjudicators", second, seed=1)
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pairs_file(tmp_path_factory.mktemp("made") / "pairs.tabapp")


@pytest.fixture
def room(made: Path, tmp_path: Path) -> Iterator[Room]:
    with open_workspace(Path(shutil.copy(made, tmp_path))) as work:
        yield Room(work)


def debate(room: Room, at: int = 0) -> tuple[int, str]:
    found = room.read(lambda unit: read_sheet(unit, room.ids[1])).rooms[at]
    return found.id, found.ref


def postponed(room: Room) -> Change:
    row, _ref = debate(room)
    return lambda unit: postponing.postpone(unit, row)


def resumed(room: Room) -> Change:
    room.do(postponed(room))
    row, _ref = debate(room)
    return lambda unit: postponing.resume(unit, row)


def one_room_turned(room: Room) -> Change:
    _row, ref = debate(room)
    return lambda unit: sides.swap_sides(unit, room.ids[1], ref)


def one_room_settled(room: Room) -> Change:
    _row, ref = debate(room, 2)
    return lambda unit: sides.confirm_sides(unit, room.ids[1], [ref])


def drawn_by_hand(room: Room) -> int:
    third = room.ids[2]
    room.do(lambda unit: round_setup.change_fields(
        unit, room.id, third, draw_type="manual"))
    return third


def a_room_by_hand(room: Room) -> Change:
    third = drawn_by_hand(room)
    free = room.read(lambda unit: manual_draw.read_places(unit, third)).free
    given = {Side.AFF: free[0].id, Side.NEG: free[1].id}
    return lambda unit: manual_draw.add_room(unit, third, given)


def a_room_by_hand_less(room: Room) -> Change:
    third = drawn_by_hand(room)
    for _twice in range(2):
        room.do(a_room_by_hand(room))
    ref = room.read(lambda unit: read_sheet(unit, third)).rooms[0].ref
    return lambda unit: manual_draw.remove_room(unit, third, ref)


def allocated(room: Room) -> list[int]:
    """Let sides be allocated before the draw; return the rounds that are left to plan."""
    room.do(lambda unit: tournament_settings.change_settings(
        unit, room.id, {
            "draw_side_allocations": "preallocated", "draw_odd_bracket": "intermediate1"}))
    return room.ids[2:]


def planned(room: Room) -> Change:
    left = allocated(room)
    return lambda unit: side_plan.plan_sides(unit, room.id, left, 1)


def planned_otherwise(room: Room) -> Change:
    room.do(planned(room))
    return lambda unit: side_plan.plan_sides(unit, room.id, room.ids[2:], 2)


def one_side_taken(room: Room) -> Change:
    room.do(planned(room))
    return lambda unit: side_plan.set_side(unit, room.id, room.ids[2], ["T1", "T2"], None)


def planned_sides_exchanged(room: Room) -> Change:
    room.do(planned(room))
    third = room.ids[2]
    given = room.read(lambda unit: side_plan.read_plan(unit, room.id)).sides[third]
    teams = tuple(next(team for team, one in given.items() if one is side)
                  for side in (Side.AFF, Side.NEG))
    return lambda unit: side_plan.swap_sides(unit, room.id, third, teams)


def plan_cleared(room: Room) -> Change:
    room.do(planned(room))
    return lambda unit: side_plan.clear_sides(unit, room.id, room.ids[2:])


DRAWS: dict[str, Callable[[Room], Change]] = {
    "postpone a room": postponed,
    "resume a room": resumed,
    "turn the sides of a room": one_room_turned,
    "settle the sides of a room": one_room_settled,
    "settle all sides": lambda room: lambda unit: sides.confirm_sides(unit, room.ids[1]),
    "swap two teams whose sides are open": lambda room: swap(room, room.ids[1]),
    "add a room by hand": a_room_by_hand,
    "take out a room by hand": a_room_by_hand_less,
    "plan sides": planned,
    "plan sides anew": planned_otherwise,
    "take a side from teams": one_side_taken,
    "exchange two planned sides": planned_sides_exchanged,
    "clear planned sides": plan_cleared,
    "set the start": lambda room: lambda unit: rounds.set_start(unit, room.ids[1], "9:15"),
}


@pytest.mark.parametrize("name", DRAWS)
def test_what_is_done_to_a_draw_is_one_action(room: Room, name: str) -> None:
    room.check(DRAWS[name](room))


def test_a_turned_room_stays_turned_under_its_ballot(room: Room) -> None:
    _row, ref = debate(room)
    room.do(one_room_turned(room))
    turned = room.last()
    room.do(lambda unit: sides.confirm_sides(unit, room.ids[1], [ref]))
    settled = room.last()
    given = [one for one in entries_for(room.work, room.rounds()[1], 1) if one.debate == ref]
    assert enter(room.work, room.owner, given) == 1
    state = room.document()
    for action, code in ((turned, "undo_moves_teams"), (settled, "undo_blocked")):
        with pytest.raises(UserError) as caught:
            activity.take_back(room.work.database, room.id, action, "Ben")
        assert caught.value.code == code
        assert "{" not in caught.value.message
        assert room.document() == state
    room.work.database.undo(room.id, actor="Ben")  # the ballot
    activity.take_back(room.work.database, room.id, turned, "Ben")


def test_a_room_is_not_postponed_from_under_its_ballot_by_an_undo(room: Room) -> None:
    room.do(postponed(room))
    row, ref = debate(room)
    room.do(lambda unit: postponing.resume(unit, row))
    back = room.last()
    room.do(lambda unit: sides.confirm_sides(unit, room.ids[1]))
    enter(room.work, room.owner, [
        one for one in entries_for(room.work, room.rounds()[1], 1) if one.debate == ref])
    with pytest.raises(UserError) as caught:
        activity.take_back(room.work.database, room.id, back, "Ben")
    assert caught.value.code == "undo_blocked"


def test_reserves_step_up_in_one_action(tmp_path: Path) -> None:
    with open_workspace(make_file(tmp_path / "t.tabapp")) as work:
        room = Room(work)
        for one in room.rounds()[2:4]:
            for _result in play_round(work, room.owner, one, 1):
                pass
        play_break(work, room.owner, 1)
        slug = best_category(room).slug
        best = min(ranks_of(room, slug).items(), key=lambda one: one[1])[0]
        room.do(lambda unit: elimination.create_rounds(unit, room.id, slug))
        teams = room.read(lambda unit: people.read_lists(unit, room.id)).teams
        row = next(one.id for one in teams if one.ref == best)
        room.do(partial(people.withdraw, tournament_id=room.id, kind="team", ids=[row]))
        room.check(lambda unit: break_edits.step_up(unit, room.id, slug))
