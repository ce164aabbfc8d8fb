"""Motions: their words, the rounds in which they stand in order, and who knows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tabapp.core.errors import UserError
from tabapp.services import motions, tournament_settings
from tabapp.services.motions import MotionEntry
from tests.services.setup_room import SetupRoom, codes, setup_room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[SetupRoom]:
    with setup_room(tmp_path) as made:
        yield made


def save(room: SetupRoom, entry: MotionEntry, row: int | None = None) -> int:
    return room.write(lambda unit: motions.save_motion(unit, room.id, entry, row))


def order(room: SetupRoom, at: int) -> list[str]:
    round_id = room.rounds()[at].id
    return [
        one.title for one in room.read(lambda unit: motions.motions_of_round(unit, round_id))]


def test_a_motion_is_stored_on_one_line_and_its_slide_as_it_is_typed(room: SetupRoom) -> None:
    second = room.rounds()[1].id
    row = save(room, MotionEntry(
        " This House\nwould  wait ", " Waiting ", "First line.  \n\n  Second.\r\n", (second,)))
    found = room.motion_board().motion(row)
    assert (found.text, found.reference) == ("This House would wait", "Waiting")
    assert found.info_slide == "First line.\n\n  Second."
    assert order(room, 1)[-1] == "Waiting"
    assert room.archive().motions[-1].id == "M5"


def test_motions_stand_in_order_and_a_move_can_be_taken_back(room: SetupRoom) -> None:
    first = room.rounds()[0].id
    for name in ("Second", "Third"):
        row = save(room, MotionEntry(f"Motion {name}", name, "", (first,)))
    start = order(room, 0)
    room.write(lambda unit: motions.move_motion(unit, first, row, -1))
    assert order(room, 0) == [start[0], "Third", "Second"]
    room.write(lambda unit: motions.move_motion(unit, first, row, -5))
    assert order(room, 0)[0] == "Third"
    room.undo()
    room.undo()
    assert order(room, 0) == start


def test_what_is_wrong_stands_at_its_field(room: SetupRoom) -> None:
    first, second, *_ = (one.id for one in room.rounds())
    wrong = MotionEntry(" \n ", "x" * 101, "", (first, second))
    assert room.refused(lambda unit: motions.save_motion(unit, room.id, wrong)) == {
        "text": "motion_text_missing", "reference": "motion_reference_long",
        "rounds": "motion_reuse_off",
    }
    board = room.motion_board()
    twin = MotionEntry("Another text", board.motions[0].reference.upper())
    (problem,) = motions.check_motion(board, twin)
    assert (problem.level, problem.code) == ("warning", "motion_reference_twice")


def test_a_motion_stands_in_several_rounds_once_that_is_allowed(room: SetupRoom) -> None:
    first, second, *_ = (one.id for one in room.rounds())
    room.write(lambda unit: tournament_settings.change_settings(
        unit, room.id, {"enable_motion_reuse": True}))
    row = save(room, MotionEntry("Twice", "Twice", "", (second, first)))
    assert room.motion_board().motion(row).rounds == (first, second)
    room.write(lambda unit: tournament_settings.change_settings(
        unit, room.id, {"enable_motion_reuse": None}))
    entry = MotionEntry("Twice, in other words", "Twice", "", (first, second))
    save(room, entry, row)  # it stood there before
    assert room.motion_board().motion(row).text == "Twice, in other words"


def test_release_is_by_round_can_be_taken_back_and_needs_a_motion(room: SetupRoom) -> None:
    first = room.rounds()[0]
    room.write(lambda unit: motions.release_motions(unit, first.id))
    room.write(lambda unit: motions.release_motions(unit, first.id))
    assert [one.motions_released for one in room.rounds()][:2] == [True, False]
    room.write(lambda unit: motions.unrelease_motions(unit, first.id))
    assert not room.rounds()[0].motions_released
    room.undo()
    assert room.rounds()[0].motions_released
    second = room.rounds()[1]
    (only,) = room.motion_board().in_round(second.id)
    room.write(lambda unit: motions.delete_motion(unit, room.id, only.id))
    with pytest.raises(UserError) as caught:
        room.write(lambda unit: motions.release_motions(unit, second.id))
    assert caught.value.message == "Round 2 has no motion. Set one in it, then release it."


def test_what_is_released_stays_where_it_is(room: SetupRoom) -> None:
    first, second, *_ = (one.id for one in room.rounds())
    room.write(lambda unit: motions.release_motions(unit, first))
    (row,) = room.motion_board().in_round(first)
    entry = MotionEntry(row.text, row.reference, "", (second,))
    assert room.refused(
        lambda unit: motions.save_motion(unit, room.id, entry, row.id)
    ) == {"rounds": "motion_released"}
    assert motions.why_not_deleted(room.motion_board(), row).startswith("The motions of Round 1")
    assert room.refused(lambda unit: motions.delete_motion(unit, room.id, row.id)) == {
        "rounds": "motion_released"}
    fixed = replace(entry, text="Without the slip of the pen", rounds=(first,))
    save(room, fixed, row.id)
    coming = MotionEntry("Late", "Late", "", (first,))
    assert codes(motions.check_motion(room.motion_board(), coming)) == {
        "rounds": "motion_known_at_once"}


@pytest.mark.parametrize("as_veto", [False, True])
def test_what_ballots_name_is_not_taken_away(tmp_path: Path, as_veto: bool) -> None:
    with setup_room(tmp_path) as played:
        played.play(1)
        document = played.archive()
    document.tournament.slug = "named"
    document.rounds[0].motions_released = False
    ballot = document.rounds[0].debates[0].ballots[0]
    (named,) = document.rounds[0].motions
    if as_veto:
        ballot.vetoes = {"og": named}
    else:
        ballot.motion = named
    (tmp_path / "second").mkdir()
    with setup_room(tmp_path / "second", archive=document) as room:
        first = room.rounds()[0]
        (row,) = room.motion_board().in_round(first.id)
        assert row.named_in == {first.id}
        assert room.refused(lambda unit: motions.delete_motion(unit, room.id, row.id)) == {
            "rounds": "motion_named"}
        elsewhere = MotionEntry(row.text, row.reference, "", (room.rounds()[2].id,))
        assert room.refused(
            lambda unit: motions.save_motion(unit, room.id, elsewhere, row.id)
        ) == {"rounds": "motion_named"}
