"""Check elimination rounds by where each seed must stand, not by folding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tabapp.domain.types import BP_SIDES, TWO_SIDES, Check, DrawnDebate

Room = tuple[int, tuple[str, ...], tuple[str, ...]]
"""Room rank, teams, advancing teams of the round before."""

Place = tuple[str, object]
"""Who is expected: ``("rank", break rank)`` of a seed, or ``("team", id)`` of a winner."""


def audit_elimination(
    break_ranks: Mapping[str, int],
    break_size: int,
    previous: Sequence[Room] | None,
    debates: Sequence[DrawnDebate],
    sides: int = len(BP_SIDES),
) -> tuple[Check, ...]:
    """Check a drawn elimination round against its break and the round before.

    ``sides`` is 2 or 4, the teams of a room. The break and the round before are such that a
    round follows from them, as ``draw_elimination`` makes sure.
    """
    two = sides == len(TWO_SIDES)
    ordered = sorted(break_ranks.values())
    won = None if previous is None else {rank: going for rank, _teams, going in previous}
    if won is None:
        expected = dict(_two_first(ordered) if two else _four_first(ordered, break_size))
    else:
        expected = dict((_two_later if two else _four_later)(won, ordered))
    placed = {
        debate.room_rank: Counter[Place](
            ("rank", break_ranks.get(team)) if _is_seed(team, previous) else ("team", team)
            for team in debate.teams
        )
        for debate in debates
    }
    names = TWO_SIDES if two else BP_SIDES
    odd = [d.room_rank for d in debates if tuple(side for side, _team in d.sides) != names]
    words = "two" if two else "four"
    twice = [t for t, n in Counter(t for d in debates for t in d.teams).items() if n > 1]
    ranks = sorted(debate.room_rank for debate in debates)
    wrong = [rank for rank in expected if placed.get(rank) != expected[rank]]
    return (
        _check(f"rooms of {words}", f"room {odd[0]} has not the {words} sides" if odd else ""),
        _check("no team twice", f"{twice[0]} stands twice" if twice else ""),
        _check("room ranks", f"ranks are {ranks}" if ranks != sorted(expected) else ""),
        _check("seeds in their rooms", f"room {wrong[0]} holds other teams" if wrong else ""),
    )


def _two_first(ordered: Sequence[int]) -> Iterator[tuple[int, Counter[Place]]]:
    """Yield who meets first: in a full bracket of P, seeds that meet add up to P + 1.

    A seed whose opponent would be worse than the last one skips the round. The room has the
    number of its better seed.
    """
    count, whole = len(ordered), 2
    while whole < count:
        whole *= 2
    for seed in range(1, whole // 2 + 1):
        if whole + 1 - seed <= count:
            yield seed, Counter([
                ("rank", ordered[seed - 1]), ("rank", ordered[whole - seed])])


def _two_later(
    won: Mapping[int, Sequence[str]], ordered: Sequence[int]
) -> Iterator[tuple[int, Counter[Place]]]:
    """Yield who meets next: place r is the winner of room r, or seed r where it had no room."""
    whole = max(won)
    for room in range(1, whole // 2 + 1):
        yield room, Counter(
            one for place in (room, whole + 1 - room)
            for one in (_winners(won[place]) if place in won else [("rank", ordered[place - 1])]))


def _four_first(
    ordered: Sequence[int], break_size: int
) -> Iterator[tuple[int, Counter[Place]]]:
    first = 1 if break_size & (break_size - 1) == 0 else break_size // 3 + 1
    rooms = (break_size - first + 1) // 4
    for room in range(1, rooms + 1):
        places = (room, 2 * rooms + 1 - room, 2 * rooms + room, 4 * rooms + 1 - room)
        yield first - 1 + room, Counter(
            ("rank", ordered[first + place - 2]) for place in places)


def _four_later(
    won: Mapping[int, Sequence[str]], ordered: Sequence[int]
) -> Iterator[tuple[int, Counter[Place]]]:
    lowest = min(won)
    if lowest == 1:  # a full round: the winners of rooms i and n + 1 - i meet
        for room in range(1, len(won) // 2 + 1):
            yield room, Counter(_winners((*won[room], *won[len(won) + 1 - room])))
        return
    waiting = lowest - 1  # a partial round: seeds i and B + 1 - i meet the winners of room i
    for room in range(1, waiting // 2 + 1):
        yield room, Counter([
            *_winners(won[waiting + room]),
            ("rank", ordered[room - 1]), ("rank", ordered[waiting - room]),
        ])


def _winners(teams: Sequence[str]) -> list[Place]:
    return [("team", team) for team in teams]


def _is_seed(team: str, previous: Sequence[Room] | None) -> bool:
    return previous is None or all(team not in teams for _rank, teams, _won in previous)


def _check(name: str, detail: str) -> Check:
    return Check(name, "elimination", "failed" if detail else "passed", detail)
