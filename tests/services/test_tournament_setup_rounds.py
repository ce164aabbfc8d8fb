"""The plan of the rounds: its rules, its numbers, and what a draw keeps in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tabapp.core.errors import UserError
from tabapp.services import round_setup
from tabapp.services.round_setup import RoundEntry
from tabapp.store.tournaments import list_rounds
from tests.services.setup_room import SetupRoom, codes, setup_room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[SetupRoom]:
    with setup_room(tmp_path) as made:
        yield made


def add(room: SetupRoom, place: int | None = None, **changes: object) -> int:
    board = room.round_board()
    at = board.end_of_preliminaries if place is None else place
    entry = replace(board.customary(at), **changes)  # type: ignore[arg-type]
    return room.write(lambda unit: round_setup.add_round(unit, room.id, entry, place))


def change(room: SetupRoom, at: int, **fields: object) -> None:
    row = room.rounds()[at]
    room.write(lambda unit: round_setup.change_fields(unit, room.id, row.id, **fields))


def wrong(room: SetupRoom, at: int, **fields: object) -> dict[str, str]:
    row = room.rounds()[at]
    return room.refused(
        lambda unit: round_setup.change_fields(unit, room.id, row.id, **fields))


def test_a_round_is_added_at_the_end_by_the_fields_customs(room: SetupRoom) -> None:
    add(room)
    last = room.rounds()[-1]
    assert (last.seq, last.name, last.abbreviation, last.draw_type) == (5, "Round 5", "R5", "power")
    assert last.feedback_weight == 0.4


def test_rounds_after_an_inserted_one_count_further_and_are_called_so(room: SetupRoom) -> None:
    change(room, 2, name="Impromptu", abbreviation="IMP")
    before = room.archive()
    add(room, 1, draw_type="random")
    assert room.names() == [
        (1, "Round 1", "random"), (2, "Round 2", "random"), (3, "Round 3", "power"),
        (4, "Impromptu", "power"), (5, "Round 5", "power"),
    ]
    room.undo()
    assert room.archive() == before
    room.redo()
    assert [one[0] for one in room.names()] == [1, 2, 3, 4, 5]


def test_a_swap_of_two_rounds_is_taken_back_and_done_again(room: SetupRoom) -> None:
    change(room, 1, name="Impromptu", draw_type="manual")
    before = room.archive()
    second = room.rounds()[1].id
    room.write(lambda unit: round_setup.move_round(unit, room.id, second, 1))
    moved = room.archive()
    assert [one[1] for one in room.names()] == ["Round 1", "Round 2", "Impromptu", "Round 4"]
    room.undo()
    assert room.archive() == before
    room.redo()
    assert room.archive() == moved


def test_a_deleted_round_leaves_no_gap_and_takes_its_plans_along(room: SetupRoom) -> None:
    before = room.archive()
    assert before.rounds[1].motions != []
    second = room.rounds()[1].id
    room.write(lambda unit: round_setup.delete_round(unit, room.id, second))
    assert room.names() == [
        (1, "Round 1", "random"), (2, "Round 2", "power"), (3, "Round 3", "power")]
    room.undo()
    assert room.archive() == before


def test_what_is_drawn_keeps_its_place_and_its_kind_of_draw(room: SetupRoom) -> None:
    room.play(2)
    first, second, third, _fourth = room.rounds()
    assert wrong(room, 1, draw_type="random") == {"draw_type": "round_drawn_keeps"}
    assert room.refused(lambda unit: round_setup.delete_round(unit, room.id, second.id)) == {
        "round": "round_drawn_stays"}
    assert room.refused(lambda unit: round_setup.move_round(unit, room.id, third.id, -1)) == {
        "round": "round_drawn_keeps"}
    entry = room.round_board().customary(1)
    assert room.refused(lambda unit: round_setup.add_round(unit, room.id, entry, 1)) == {
        "place": "round_before_drawn"}
    change(room, 1, name="Second", weight="2", silent=True, starts_at="14:30")
    assert (first.seq, room.rounds()[1].seq, room.rounds()[1].weight) == (1, 2, 2)


def test_another_weight_of_a_judged_round_is_told_and_moves_the_standings(
    room: SetupRoom,
) -> None:
    room.play(1)
    board = room.round_board()
    entry = replace(RoundEntry.of(board.rounds[0]), weight="3")
    (problem,) = round_setup.check_round(board, entry, board.rounds[0].id)
    assert (problem.level, problem.where, problem.code) == (
        "warning", "weight", "round_weighed_anew")
    assert problem.message.startswith("2 ballots of Round 1")


def test_stage_draw_and_category_have_to_go_together(room: SetupRoom) -> None:
    category = room.category_board().categories[0].id
    assert wrong(room, 3, stage="elimination") == {
        "draw_type": "round_needs_elimination_draw", "category": "round_needs_category"}
    assert wrong(room, 3, draw_type="elimination") == {"draw_type": "round_is_no_elimination"}
    assert wrong(room, 3, category=category) == {"category": "round_has_no_category"}
    assert wrong(
        room, 3, stage="elimination", draw_type="elimination", category=category + 99
    ) == {"category": "category_gone"}
    change(room, 3, stage="elimination", draw_type="elimination", category=category)
    assert room.archive().rounds[3].break_category == "open"


def test_preliminary_rounds_stand_before_elimination_rounds(room: SetupRoom) -> None:
    category = room.category_board().categories[0].id
    change(room, 3, stage="elimination", draw_type="elimination", category=category)
    add(room)
    assert [one[1] for one in room.names()] == [f"Round {n}" for n in range(1, 6)]
    assert [one.stage for one in room.rounds()][-1] == "elimination"
    entry = room.round_board().customary(5)
    assert room.refused(lambda unit: round_setup.add_round(unit, room.id, entry, 5)) == {
        "place": "preliminary_after_elimination"}
    last = room.rounds()[-1].id
    assert room.refused(lambda unit: round_setup.move_round(unit, room.id, last, -1)) == {
        "round": "preliminary_after_elimination"}
    elimination = replace(entry, stage="elimination", draw_type="elimination", category=category)
    assert room.refused(lambda unit: round_setup.add_round(unit, room.id, elimination)) == {
        "stage": "elimination_made_elsewhere"}


def test_a_power_paired_first_round_is_only_a_warning(room: SetupRoom) -> None:
    board = room.round_board()
    entry = replace(RoundEntry.of(board.rounds[0]), draw_type="power")
    (problem,) = round_setup.check_round(board, entry, board.rounds[0].id)
    assert (problem.level, problem.code) == ("warning", "first_round_power")
    change(room, 0, draw_type="power")
    assert room.rounds()[0].draw_type == "power"
    assert codes(round_setup.check_round(room.round_board(), entry, place=1)) != {}


def test_a_kind_of_draw_that_the_format_does_not_have_is_refused(room: SetupRoom) -> None:
    assert wrong(room, 2, draw_type="seeded") == {"draw_type": "draw_type_not_for_format"}
    board = room.round_board()
    robin = replace(RoundEntry.of(board.rounds[2]), draw_type="round-robin")
    assert [one.level for one in round_setup.check_round(board, robin, board.rounds[2].id)] in (
        [], ["warning"])


def test_everything_that_is_wrong_is_told_at_once_each_at_its_field(room: SetupRoom) -> None:
    assert wrong(
        room, 1, name=" ", abbreviation="elevenletters", weight="1.5", feedback_weight="2",
        starts_at="noon",
    ) == {
        "name": "round_name_missing", "abbreviation": "entry_too_long",
        "weight": "entry_not_whole", "feedback_weight": "entry_out_of_range",
        "starts_at": "start_unreadable",
    }


def test_two_rounds_of_one_name_are_allowed_and_told(room: SetupRoom) -> None:
    board = room.round_board()
    twin = replace(RoundEntry.of(board.rounds[1]), name="round 1", abbreviation="r1")
    found = round_setup.check_round(board, twin, board.rounds[1].id)
    assert [(one.where, one.level) for one in found] == [
        ("name", "warning"), ("abbreviation", "warning")]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("9:30", "09:30"), ("2026-03-01 9:30", "2026-03-01T09:30"), ("", None), ("  ", None)],
)
def test_a_start_is_kept_in_one_form(room: SetupRoom, typed: str, stored: str | None) -> None:
    change(room, 1, starts_at=typed)
    assert room.archive().rounds[1].starts_at == stored


def test_a_start_that_a_file_wrote_otherwise_does_not_stand_in_the_way(tmp_path: Path) -> None:
    with setup_room(tmp_path / "") as room:
        document = room.archive()
        document.rounds[1].starts_at = "Saturday, after lunch"
        document.tournament.slug = "other"
    (tmp_path / "second").mkdir()
    with setup_room(tmp_path / "second", archive=document) as room:
        change(room, 1, weight="2")
        kept = room.archive().rounds[1]
        assert (kept.starts_at, kept.weight) == ("Saturday, after lunch", 2)


def test_elimination_rounds_that_start_together_share_a_slot(room: SetupRoom) -> None:
    for at, slug in ((2, 0), (3, 1)):
        category = room.category_board().categories[slug].id
        change(room, at, stage="elimination", draw_type="elimination", category=category)
    change(room, 2, starts_at="16:00")
    change(room, 3, starts_at="16:00")
    slots = [one.slot_id for one in room.read(lambda unit: list_rounds(unit, room.id))]
    assert slots[2] == slots[3]
    change(room, 2, starts_at="17:00")
    slots = [one.slot_id for one in room.read(lambda unit: list_rounds(unit, room.id))]
    assert slots[2] != slots[3]


def test_a_round_that_is_gone_is_told(room: SetupRoom) -> None:
    with pytest.raises(UserError) as caught:
        room.write(lambda unit: round_setup.delete_round(unit, room.id, 999))
    assert caught.value.code == "round_gone"


@settings(max_examples=8, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(st.tuples(st.sampled_from(["add", "delete", "up", "down"]), st.integers(0, 9)),
                max_size=8))
def test_whatever_is_done_numbers_stay_whole_and_all_of_it_can_be_taken_back(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    with setup_room(tmp_path_factory.mktemp("steps"), rounds=3) as room:
        room.play(1)
        pictures = [room.archive()]
        for what, at in steps:
            rounds = room.rounds()
            row = rounds[at % len(rounds)]
            try:
                if what == "add":
                    add(room, at % (len(rounds) + 1))
                elif what == "delete":
                    room.write(lambda u, r=row: round_setup.delete_round(u, room.id, r.id))
                else:
                    by = -1 if what == "up" else 1
                    room.write(lambda u, r=row, b=by: round_setup.move_round(u, room.id, r.id, b))
            except UserError:
                assert room.archive() == pictures[-1]
            else:
                pictures.append(room.archive())
            assert [one.seq for one in room.rounds()] == list(range(1, len(room.rounds()) + 1))
        while len(pictures) > 1:
            assert room.archive() == pictures.pop()
            room.undo()
        assert room.archive() == pictures[0]
