"""Rooms given by hand: typed by name, swapped, taken away; and what is said about them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tabapp.core.errors import UserError
from tabapp.services import venues
from tabapp.services.venues import RoomsBoard, read_rooms, room_findings
from tests.services.board_scene import Scene, document, open_scene


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with open_scene(tmp_path) as found:
        yield found


def read(scene: Scene) -> RoomsBoard:
    with scene.work.database.read() as unit:
        return read_rooms(unit, scene.round.id)


def place(scene: Scene, debate: str, name: str) -> dict[str, str]:
    with scene.work.database.write(
        actor="Ingrid", verb="place", tournament=scene.owner.id
    ) as unit:
        venues.place_debate(unit, scene.round.id, debate, name)
    return rooms(scene)


def rooms(scene: Scene) -> dict[str, str]:
    board = read(scene)
    return {one.id: board.rooms[one.room].name if one.room else "" for one in board.debates}


def test_a_free_room_is_typed_whatever_the_case(scene: Scene) -> None:
    assert place(scene, "D3", " ramp ") == {"D3": "Ramp", "D4": "Library"}


def test_a_taken_room_is_swapped(scene: Scene) -> None:
    assert place(scene, "D3", "Library") == {"D3": "Library", "D4": "Aula"}
    scene.work.database.undo(scene.owner.id, actor="Ingrid")
    assert rooms(scene) == {"D3": "Aula", "D4": "Library"}


def test_a_room_taken_by_a_debate_without_one_leaves_the_other_without(scene: Scene) -> None:
    assert place(scene, "D3", "") == {"D3": "", "D4": "Library"}
    assert place(scene, "D3", "Library") == {"D3": "Library", "D4": ""}


def test_a_name_that_nobody_knows_is_refused_with_the_nearest(scene: Scene) -> None:
    with pytest.raises(UserError) as refused:
        place(scene, "D3", "Libary")
    assert refused.value.message == 'No room is called "Libary". Library?'
    with pytest.raises(UserError) as refused:
        place(scene, "D3", "zzz")
    assert refused.value.message == 'No room is called "zzz". Choose one of the list.'


def test_a_room_that_is_away_is_refused(scene: Scene) -> None:
    with pytest.raises(UserError) as refused:
        place(scene, "D3", "Attic")
    assert refused.value.code == "rooms_away"
    assert rooms(scene) == {"D3": "Aula", "D4": "Library"}


def test_rooms_are_cleared_and_come_back(scene: Scene) -> None:
    with scene.work.database.write(
        actor="Ingrid", verb="clear", tournament=scene.owner.id
    ) as unit:
        assert venues.clear_rooms(unit, scene.round.id) == 2
    assert rooms(scene) == {"D3": "", "D4": ""}
    scene.work.database.undo(scene.owner.id, actor="Ingrid")
    assert rooms(scene) == {"D3": "Aula", "D4": "Library"}


def test_a_wish_is_told_as_long_as_the_room_does_not_meet_it(scene: Scene) -> None:
    board = read(scene)
    [said] = board.debate["D3"].unmet
    assert said.startswith("College 1 A wants Step-free.")
    assert board.debate["D4"].unmet == ()
    place(scene, "D3", "Ramp")
    assert read(scene).debate["D3"].unmet == ()
    assert read(scene).debate["D3"].wishes == 1


def test_only_rooms_that_can_be_had_are_free_the_best_first(scene: Scene) -> None:
    assert [one.name for one in read(scene).free] == ["Ramp"]
    place(scene, "D3", "")
    assert [one.name for one in read(scene).free] == ["Aula", "Ramp"]


def test_too_few_rooms_and_rooms_used_twice_are_found(tmp_path: Path) -> None:
    made = document()
    made["rounds"][1]["absent_venues"] = ["V2", "V3", "V4"]
    made["rounds"][1]["debates"][1]["venue"] = "V1"
    with open_scene(tmp_path, made) as scene:
        found = room_findings(read(scene))
    assert [(one.where, one.code) for one in found] == [
        ("", "rooms_too_few"), ("D3", "rooms_twice"), ("D4", "rooms_twice")]
