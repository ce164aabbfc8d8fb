"""What may be projected: only what is released, each team once, sorted as people look for it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tabapp.domain.public import (
    PublicMotion,
    PublicRoom,
    PublicRound,
    PublicSide,
    moved_rooms,
    moved_teams,
    publish,
    sort_key,
)
from tabapp.domain.types import BP_SIDES, Side

MOTION = PublicMotion("This House would wait", "What waiting is")


def room(name: str, *teams: str) -> PublicRoom:
    return PublicRoom(
        name, tuple(PublicSide(side, team) for side, team in zip(BP_SIDES, teams, strict=True)))


def round_of(*rooms: PublicRoom, starts: str = "14:30") -> PublicRound:
    return publish(
        name="Round 5", starts=starts, draw_released=True, rooms=rooms, motions_released=True,
        motions=[MOTION])


@given(draw=st.booleans(), motions=st.booleans())
def test_nothing_that_is_not_released_is_published(draw: bool, motions: bool) -> None:
    found = publish(
        name="Round 5", starts="", draw_released=draw,
        rooms=[room("Aula", "A", "B", "C", "D")], motions_released=motions, motions=[MOTION])
    assert bool(found.rooms) is draw
    assert bool(found.by_team()) is draw
    assert bool(found.motions) is motions


@given(st.lists(st.text(min_size=1, max_size=6), min_size=4, max_size=24, unique=True))
def test_each_team_has_one_line_and_lines_are_sorted_without_marks(names: list[str]) -> None:
    names = names[:len(names) // 4 * 4]
    rooms = [room(f"Room {i}", *names[i:i + 4]) for i in range(0, len(names), 4)]
    lines = round_of(*rooms).by_team()
    assert sorted(one.team for one in lines) == sorted(names)
    keys = [sort_key(one.team) for one in lines]
    assert keys == sorted(keys)


def test_rooms_stand_by_their_number_and_those_without_a_room_last() -> None:
    found = round_of(
        room("", "A", "B", "C", "D"), room("Room 10", "E", "F", "G", "H"),
        room("Room 9", "I", "J", "K", "L"))
    assert [one.room for one in found.by_room()] == ["Room 9", "Room 10", ""]
    assert [one.team for one in round_of(room("R", "Ézra", "ega", "Zoe", "Ana")).by_team()] == [
        "Ana", "ega", "Ézra", "Zoe"]


def test_a_debate_in_another_room_is_told_by_both_rooms() -> None:
    before = round_of(room("Annex B2", "A", "B", "C", "D"), room("Aula", "E", "F", "G", "H"))
    moved = replace(before.rooms[0], room="Annex B4")
    after = round_of(moved, before.rooms[1])
    assert moved_rooms(before, after) == (("Annex B2", "Annex B4"),)
    assert moved_teams(before, after) == ("A", "B", "C", "D")
    assert moved_rooms(before, before) == ()
    assert moved_teams(before, before) == ()


def test_teams_that_changed_places_are_told_without_a_moved_room() -> None:
    before = round_of(room("Aula", "A", "B", "C", "D"))
    after = round_of(room("Aula", "B", "A", "C", "D"))
    assert moved_rooms(before, after) == ()
    assert moved_teams(before, after) == ("A", "B")


def test_a_bye_is_a_line_too() -> None:
    found = round_of(PublicRoom("", (PublicSide(Side.BYE, "Lakeshore A"),)))
    assert [(one.team, one.side) for one in found.by_team()] == [("Lakeshore A", Side.BYE)]


def test_a_postponed_debate_has_not_moved_but_its_teams_have() -> None:
    before = round_of(room("Aula", "A", "B", "C", "D"))
    after = round_of(replace(before.rooms[0], room="", postponed=True))
    assert moved_rooms(before, after) == ()
    assert moved_rooms(after, before) == ()
    assert moved_teams(before, after) == ("A", "B", "C", "D")
    assert all(one.postponed for one in after.by_team())
