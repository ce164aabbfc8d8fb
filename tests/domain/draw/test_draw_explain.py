"""A draw explains itself in sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tabapp.domain.draw import explain, generate
from tabapp.domain.types import BP_SIDES, Draw, DrawnDebate, DrawSnapshot, DrawType

MakeSnapshot = Callable[..., DrawSnapshot]

LACKS = [(0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 0, 1), (1, 1, 1, 0)]


def said(draw: Draw, snapshot: DrawSnapshot, room: int = 0) -> str:
    return " ".join(explain(draw, snapshot)[room])


def test_a_pullup_is_told_with_its_reason(snapshot_of: MakeSnapshot) -> None:
    snapshot = snapshot_of([3, 3, 2, 1, 1, 1, 1, 1])
    words = said(generate(snapshot, seed=1), snapshot)
    assert "bracket of 3, filled by teams on 3, 2 and 1" in words
    assert "T3 (2) is pulled up: the bracket of 3 needed the whole level of 2." in words
    assert "the bracket of 3 needed 1 of the 5 teams on 1, and the positions decided" in words


def test_one_room_pullups_are_told_by_their_room(snapshot_of: MakeSnapshot) -> None:
    options = {"bp_pullup_distribution": "one_room"}
    snapshot = snapshot_of([3] * 5 + [2] * 3, options=options)
    draw = generate(snapshot, seed=1)
    assert "pulled up" not in said(draw, snapshot)
    assert "needed the whole level of 2" in said(draw, snapshot, 1)


def test_a_position_is_told_with_history_cost_and_balance(snapshot_of: MakeSnapshot) -> None:
    snapshot = snapshot_of([3] * 4, [(2, 1, 1, 0), *LACKS[:3]])
    words = said(generate(snapshot, seed=1), snapshot)
    assert "T1 is CO after OG 2, OO 1, CG 1, CO 0: cost 0.023, the least" in words
    assert "balanced again" in words


def test_a_position_that_is_not_the_cheapest_names_the_cheapest(snapshot_of: MakeSnapshot) -> None:
    snapshot = snapshot_of([3] * 4, [(1, 1, 1, 0)] * 4)
    words = said(generate(snapshot, seed=1), snapshot)
    assert words.count("CO would have been its cheapest with 0") == 3
    assert words.count("no longer balanced") == 3


def test_earlier_meetings_and_one_institution_are_told(snapshot_of: MakeSnapshot) -> None:
    snapshot = snapshot_of(
        [3] * 4, seen=[{"T2": 2}, {"T3": 1}, {}, {}], institution=["I1", None, None, "I1"],
        name=["Red", "Blue", "Green", "Grey"],
    )
    words = said(generate(snapshot, seed=1), snapshot)
    assert "have met 2 times before" in words
    assert words.count("have met before") == 1
    assert words.count("of one institution") == 1
    assert "T1" not in words


def test_random_rooms_and_byes_are_told(snapshot_of: MakeSnapshot) -> None:
    options = {"bye_team_selection": "random"}
    snapshot = snapshot_of([0] * 5, options=options, draw_type=DrawType.RANDOM)
    draw = generate(snapshot, seed=1)
    assert "Drawn by lot" in said(draw, snapshot)
    assert "has a bye, since 5 teams" in said(draw, snapshot, 1)


def test_a_room_changed_by_hand_is_told_as_such(snapshot_of: MakeSnapshot) -> None:
    snapshot = snapshot_of([3] * 4 + [1] * 4)
    draw = generate(snapshot, seed=1)
    upper, lower = draw.debates
    seated = [*upper.teams[:3], lower.teams[3]]
    edited = replace(upper, sides=tuple(zip(BP_SIDES, seated, strict=True)))
    words = said(replace(draw, debates=(edited, lower)), snapshot)
    assert "teams on 3 and 1, which no bracket of this draw does" in words


def test_incomplete_and_unknown_rooms_do_not_stop_the_words(snapshot_of: MakeSnapshot) -> None:
    snapshot = snapshot_of([3] * 4)
    draw = generate(snapshot, seed=1)
    room = draw.debates[0]
    partial = replace(room, sides=room.sides[:3])
    stranger = DrawnDebate(3.0, 2, ((BP_SIDES[0], "T77"),))
    told = explain(replace(draw, debates=(partial, stranger, DrawnDebate(0.0, 3, ()))), snapshot)
    assert len(told[0]) == 4
    assert told[1:] == ((), ())
    assert explain(replace(draw, debates=()), snapshot) == ()
