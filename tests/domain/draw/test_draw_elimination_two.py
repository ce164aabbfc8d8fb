"""Elimination rounds of two teams a room, from the break to the final, of every size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.core.errors import UserError
from tabapp.domain.audit.draw_elimination import audit_elimination
from tabapp.domain.draw.elimination import PreviousRoom, draw_elimination
from tabapp.domain.draw.elimination_two import bypassing
from tabapp.domain.types import TWO_SIDES, DrawnDebate

SIZES = range(2, 71)


def breaking(size: int) -> dict[str, int]:
    return {f"T{rank}": rank for rank in range(1, size + 1)}


def seed_of(team: str) -> int:
    return int(team[1:])


def ranks_of(debates: Sequence[DrawnDebate]) -> list[tuple[int, list[int]]]:
    return [(one.room_rank, sorted(map(seed_of, one.teams))) for one in debates]


def draw(
    size: int, previous: Sequence[PreviousRoom] | None = None, seed: int = 3
) -> tuple[DrawnDebate, ...]:
    return draw_elimination(
        breaking(size), break_size=size, previous=previous, seed=seed, sides=2)


def played(debates: Sequence[DrawnDebate], lots: Sequence[bool] = (True,)) -> list[PreviousRoom]:
    """The better seed of a room advances where its lot says so."""
    return [
        PreviousRoom(one.room_rank, one.teams, (
            sorted(one.teams, key=seed_of)[not lots[number % len(lots)]],))
        for number, one in enumerate(debates)
    ]


def is_final(debates: Sequence[DrawnDebate]) -> bool:
    return len(debates) == 1 and debates[0].room_rank == 1


# The examples of the rules


def test_of_twelve_teams_four_wait_and_eight_are_folded() -> None:
    first = draw(12)
    assert ranks_of(first) == [(5, [5, 12]), (6, [6, 11]), (7, [7, 10]), (8, [8, 9])]


def test_a_break_of_twelve_goes_down_to_its_last_team() -> None:
    quarters = draw(12, played(draw(12), (False,)))  # 12, 11, 10 and 9 win
    assert ranks_of(quarters) == [(1, [1, 9]), (2, [2, 10]), (3, [3, 11]), (4, [4, 12])]
    semis = draw(12, played(quarters, (True, False)))  # 1, 10, 3 and 12 win
    assert ranks_of(semis) == [(1, [1, 12]), (2, [3, 10])]
    final = draw(12, played(semis, (False, True)))
    assert ranks_of(final) == [(1, [3, 12])]
    with pytest.raises(UserError) as refused:
        draw(12, played(final))
    assert refused.value.code == "draw_final_done"


def test_a_winner_takes_over_the_seed_of_its_room() -> None:
    upset = played(draw(8), (False,))  # 8, 7, 6 and 5 win
    assert ranks_of(draw(8, upset)) == [(1, [5, 8]), (2, [6, 7])]


@pytest.mark.parametrize(("size", "waits"), [
    (2, 0), (3, 1), (4, 0), (5, 3), (6, 2), (7, 1), (8, 0), (9, 7), (16, 0), (17, 15), (33, 31),
    (63, 1), (64, 0), (65, 63), (70, 58),
])
def test_the_top_seeds_skip_the_first_round(size: int, waits: int) -> None:
    assert bypassing(size) == waits
    first = draw(size)
    assert len(first) == size - (1 << ceil(log2(size))) // 2
    assert [one.room_rank for one in first] == list(range(waits + 1, waits + 1 + len(first)))
    stood = {seed for _rank, seeds in ranks_of(first) for seed in seeds}
    assert stood == set(range(waits + 1, size + 1))


# Every size


@pytest.mark.parametrize("size", SIZES)
def test_the_better_seeds_always_meet_where_the_fold_puts_them(size: int) -> None:
    previous: list[PreviousRoom] | None = None
    places = 1 << ceil(log2(size))
    rounds = 0
    while True:
        debates = draw(size, previous)
        for rank, seeds in ranks_of(debates):
            assert seeds == [rank, places + 1 - rank]
        rounds, places = rounds + 1, places // 2
        if is_final(debates):
            break
        previous = played(debates)
    assert ranks_of(debates) == [(1, [1, 2])]
    assert rounds == ceil(log2(size))


def paths(size: int) -> dict[int, tuple[int, ...]]:
    """Return seed -> its halves of a full bracket from the final down, without folding."""
    found = {}
    for seed in range(1, size + 1):
        place, whole, path = seed, 1 << ceil(log2(size)), []
        while whole > 1:
            path.append(int(place > whole + 1 - place))
            place, whole = min(place, whole + 1 - place), whole // 2
        found[seed] = tuple(reversed(path))
    return found


@settings(max_examples=80, deadline=None)
@given(
    size=st.integers(2, 70), seed=st.integers(0, 10**9),
    lots=st.lists(st.booleans(), min_size=1, max_size=40))
def test_whoever_wins_teams_meet_only_where_their_paths_join(
    size: int, seed: int, lots: list[bool]
) -> None:
    halves = paths(size)
    previous: list[PreviousRoom] | None = None
    alive = {*breaking(size)}
    for number in range(ceil(log2(size))):
        debates = draw(size, previous, seed)
        checks = audit_elimination(breaking(size), size, previous, debates, 2)
        assert {one.status for one in checks} == {"passed"}
        stood = [team for one in debates for team in one.teams]
        assert len({*stood}) == len(stood)
        assert {*stood} == alive if number else {*stood} <= alive
        depth = ceil(log2(size)) - 1 - number
        for one in debates:
            assert len({halves[seed_of(team)][:depth] for team in one.teams}) == 1
        previous = played(debates, lots)
        alive -= {team for room in previous for team in room.teams
                  if team not in room.advancing}
    assert is_final(debates)
    assert len(alive) == 1


# Lots


def test_sides_are_drawn_by_lot_and_wait_for_the_tab_room() -> None:
    seen = {draw(2, seed=seed)[0].teams for seed in range(20)}
    assert seen == {("T1", "T2"), ("T2", "T1")}
    (only,) = draw(2)
    assert tuple(side for side, _team in only.sides) == TWO_SIDES
    assert not only.sides_confirmed
    assert draw(37, seed=8) == draw(37, seed=8)


def test_teams_of_one_break_rank_are_ordered_by_lot() -> None:
    shared = {"T1": 1, "T2": 1, "T3": 3}
    first = {
        frozenset(draw_elimination(
            shared, break_size=3, previous=None, seed=seed, sides=2)[0].teams)
        for seed in range(20)
    }
    assert first == {frozenset({"T1", "T3"}), frozenset({"T2", "T3"})}


def test_teams_let_in_above_the_size_have_a_bracket_of_their_own() -> None:
    debates = draw_elimination(breaking(9), break_size=8, previous=None, seed=1, sides=2)
    assert ranks_of(debates) == [(8, [8, 9])]


# What is refused


def code_of(size: int, previous: Sequence[PreviousRoom] | None) -> str:
    with pytest.raises(UserError) as refused:
        draw(size, previous)
    return refused.value.code


def test_a_size_or_a_break_below_two_is_refused() -> None:
    for count, size, code in (
        (8, 1, "draw_break_size_two"), (8, 0, "draw_break_size_two"),
        (1, 8, "draw_break_too_few"), (0, 8, "draw_break_too_few"),
    ):
        with pytest.raises(UserError) as refused:
            draw_elimination(breaking(count), break_size=size, previous=None, seed=1, sides=2)
        assert refused.value.code == code


def test_rooms_from_which_not_exactly_one_advances_are_named() -> None:
    rooms = played(draw(8))
    for advancing, code in (
        ((), "draw_result_missing"), (("T1", "T8"), "draw_advancing"),
        (("T3",), "draw_advancing"),
    ):
        wrong = [rooms[0]._replace(advancing=advancing), *rooms[1:]]
        assert code_of(8, wrong) == code
    with pytest.raises(UserError, match=r"Room 1 of the previous round \(.*\) sends T1, T8 on"):
        draw(8, [rooms[0]._replace(advancing=("T1", "T8")), *rooms[1:]])


def test_rooms_that_contradict_each_other_are_refused() -> None:
    rooms = played(draw(8))
    assert code_of(8, [*rooms[:3], rooms[0]._replace(room_rank=4)]) == "draw_room_twice"
    assert code_of(8, [rooms[0]._replace(teams=("T1",)), *rooms[1:]]) == "draw_room_teams"


def test_a_round_that_is_no_power_of_two_is_refused() -> None:
    rooms = played(draw(8))
    assert code_of(8, rooms[:3]) == "draw_field"
    assert code_of(8, [rooms[0], *rooms[2:]]) == "draw_previous_rooms"
    assert code_of(8, []) == "draw_previous_rooms"
    # four rooms of eight teams are no round of a break of six
    assert code_of(6, rooms) == "draw_previous_rooms"


def test_others_than_those_that_waited_are_refused() -> None:
    rooms = played(draw(12))
    with pytest.raises(UserError, match="drawn with 4 waiting") as refused:
        draw_elimination(
            breaking(12) | {"N1": 13}, break_size=12, previous=rooms, seed=1, sides=2)
    assert refused.value.code == "draw_waiting"


# The auditor


def failed(
    debates: Sequence[DrawnDebate], size: int = 12,
    previous: Sequence[PreviousRoom] | None = None,
) -> set[str]:
    checks = audit_elimination(breaking(size), size, previous, debates, 2)
    return {one.name for one in checks if one.status == "failed"}


def test_the_auditor_finds_every_planted_fault_of_a_first_round() -> None:
    good = draw(12)
    one, two, *rest = good
    assert failed(good) == set()
    assert failed((replace(one, sides=one.sides[::-1]), two, *rest)) == {"rooms of two"}
    assert "rooms of two" in failed((replace(one, sides=one.sides[:1]), two, *rest))
    assert "no team twice" in failed((replace(one, sides=two.sides), two, *rest))
    assert "room ranks" in failed((replace(one, room_rank=1), two, *rest))
    assert "room ranks" in failed((two, *rest))
    assert failed((replace(one, sides=two.sides), replace(two, sides=one.sides), *rest)) == {
        "seeds in their rooms"}
    assert failed(draw(13)) == {"room ranks"}


def test_the_auditor_finds_a_loser_and_a_wrong_seed_in_a_later_round() -> None:
    first = played(draw(12))
    good = draw(12, first)
    assert failed(good, previous=first) == set()
    one, two, *rest = good
    beaten = next(team for team in first[3].teams if team not in first[3].advancing)
    loser = replace(one, sides=tuple(
        (side, beaten if team in first[3].advancing else team) for side, team in one.sides))
    assert failed((loser, two, *rest), previous=first) == {"seeds in their rooms"}
    swapped = [
        replace(room, sides=tuple(
            (side, {"T1": "T2", "T2": "T1"}.get(team, team)) for side, team in room.sides))
        for room in good]
    assert failed(swapped, previous=first) == {"seeds in their rooms"}
