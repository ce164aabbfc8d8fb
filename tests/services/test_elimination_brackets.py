"""Whole brackets by the draw against a reference that thinks from the final backwards."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.domain.draw import PreviousRoom, draw_elimination
from tabapp.domain.setup import fits_four
from tabapp.services.elimination_case import EliminationCase, audit, fits, waiting

SIZES = (4, 6, 8, 12, 16, 24, 32, 48, 64, 96)


class Spot(NamedTuple):
    """Where a seed begins: the round, and the path of halves from the final down to its room."""

    round: int
    path: tuple[int, ...]


def halves(seed: int, size: int) -> tuple[int, ...]:
    """Return the path of a seed in a knock-out of ``size`` teams of two: 0 where it is better.

    In a plain bracket for pairs, seed s of 2n meets 2n + 1 - s; who of these two is better takes
    the place s' of a bracket of half the size. So the path is found without folding any list.
    """
    path: list[int] = []
    while size > 1:
        other = size + 1 - seed
        path.append(int(seed > other))
        seed, size = min(seed, other), size // 2
    return tuple(reversed(path))


def first_spots(size: int) -> dict[int, Spot]:
    """Return seed -> where it stands first.

    A room of four is a pair of pairs: the winners of two neighbouring pairs in a bracket of pairs,
    so that room and half follow from the paths alone.
    """
    away = waiting(size)
    full = size - away if not away else away * 2
    spots = {}
    for seed in range(1, size + 1):
        if not away:
            spots[seed] = Spot(0, halves(seed, full)[:-2])
        elif seed <= away:
            spots[seed] = Spot(1, halves(seed, full)[:-2])
        else:
            # a pair that advances from a partial room stands for the two seeds it would replace
            place = (seed - away - 1) % (away // 2) + 1
            turn = (seed - away - 1) // (away // 2)
            room = place if turn % 2 == 0 else away // 2 + 1 - place
            spots[seed] = Spot(0, halves(room, full)[:-2])
    return spots


def play(size: int, lots: list[int], seed: int) -> list[list[frozenset[str]]]:
    """Play a break to its final; ``lots`` say which two of four go on."""
    ranks = {f"T{n}": n for n in range(1, size + 1)}
    previous: tuple[PreviousRoom, ...] | None = None
    rounds: list[list[frozenset[str]]] = []
    pairs = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]
    while True:
        case = EliminationCase("open", size, ranks, previous)
        debates = draw_elimination(ranks, break_size=size, previous=previous, seed=seed)
        assert {one.status for one in audit(case, debates)} == {"passed"}
        rounds.append([frozenset(one.teams) for one in debates])
        if len(debates) == 1 and debates[0].room_rank == 1:
            return rounds
        previous = tuple(
            PreviousRoom(one.room_rank, one.teams, tuple(
                one.teams[place] for place in pairs[lots[number % len(lots)] % 6]))
            for number, one in enumerate(debates))


@settings(max_examples=60, deadline=None)
@given(
    size=st.sampled_from(SIZES), lots=st.lists(st.integers(0, 5), min_size=1, max_size=12),
    seed=st.integers(0, 1000))
def test_teams_meet_only_where_their_paths_to_the_final_join(
    size: int, lots: list[int], seed: int
) -> None:
    spots = first_spots(size)
    rounds = play(size, lots, seed)
    last = len(rounds) - 1
    for number, rooms in enumerate(rounds):
        depth = last - number  # steps to the final
        if waiting(size) and number == 0:
            depth = last - 1
        for room in rooms:
            paths = {spots[int(team[1:])].path[:depth] for team in room}
            assert len(paths) == 1, (number, sorted(room))
            assert all(spots[int(team[1:])].round <= number for team in room)


@settings(max_examples=40, deadline=None)
@given(size=st.sampled_from(SIZES), seed=st.integers(0, 1000))
def test_two_of_one_half_never_meet_the_other_half_before_the_final(
    size: int, seed: int
) -> None:
    spots = first_spots(size)
    rounds = play(size, [0], seed)
    for rooms in rounds[:-1]:
        for room in rooms:
            assert len({spots[int(team[1:])].path[:1] for team in room}) == 1


def test_the_reference_knows_the_rooms_of_the_rules() -> None:
    sixteen = first_spots(16)
    assert {seed for seed in sixteen if sixteen[seed].path == sixteen[1].path} == {1, 8, 9, 16}
    assert {seed for seed in sixteen if sixteen[seed].path == sixteen[4].path} == {4, 5, 12, 13}
    assert sixteen[1].path[:1] == sixteen[4].path[:1]
    partial = first_spots(48)
    met = {seed for seed in partial if partial[seed].path == partial[1].path}
    assert met == {1, 16, 17, 32, 33, 48}


@pytest.mark.parametrize(("size", "valid"), [
    (0, False), (1, False), (2, False), (3, False), (4, True), (5, False), (6, True), (9, False),
    (10, False), (18, False), (36, False), (48, True), (96, True), (128, True),
])
def test_sizes_with_a_bracket(size: int, valid: bool) -> None:
    assert fits_four(size) is valid


def test_a_draw_fits_its_own_case_and_no_other() -> None:
    ranks = {f"T{n}": n for n in range(1, 17)}
    case = EliminationCase("open", 16, ranks, None)
    debates = draw_elimination(ranks, break_size=16, previous=None, seed=1)
    assert fits(case, debates)
    swapped = ranks | {"T1": 2, "T2": 1}
    other = EliminationCase("open", 16, swapped, None)
    assert not fits(other, debates)
    assert other.seal() != case.seal()
    assert EliminationCase("open", 16, dict(reversed(ranks.items())), None).seal() == case.seal()
    # nothing can be said about a break that is not whole
    assert fits(EliminationCase("open", 16, {}, None), debates)
