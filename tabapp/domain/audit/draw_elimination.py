"""Check BP elimination rounds by where each seed must stand, not by folding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from tabapp.domain.types import BP_SIDES, Check, DrawnDebate

Room = tuple[int, tuple[str, ...], tuple[str, ...]]
"""Room rank, teams, advancing teams of the round before."""


def audit_elimination(
    break_ranks: Mapping[str, int],
    break_size: int,
    previous: Sequence[Room] | None,
    debates: Sequence[DrawnDebate],
) -> tuple[Check, ...]:
    """Check a drawn elimination round against its break and the round before."""
    ordered = sorted(break_ranks.values())
    expected: dict[int, Counter[tuple[str, object]]] = {}
    if previous is None:
        first = 1 if break_size & (break_size - 1) == 0 else break_size // 3 + 1
        rooms = (break_size - first + 1) // 4
        for room in range(1, rooms + 1):
            places = (room, 2 * rooms + 1 - room, 2 * rooms + room, 4 * rooms + 1 - room)
            expected[first - 1 + room] = Counter(
                ("rank", ordered[first + place - 2]) for place in places
            )
    else:
        expected = _after({rank: won for rank, _teams, won in previous}, ordered)
    placed = {
        debate.room_rank: Counter(
            ("rank", break_ranks.get(team)) if _is_seed(team, previous) else ("team", team)
            for team in debate.teams
        )
        for debate in debates
    }
    sides = [d.room_rank for d in debates if tuple(side for side, _team in d.sides) != BP_SIDES]
    twice = [t for t, n in Counter(t for d in debates for t in d.teams).items() if n > 1]
    ranks = sorted(debate.room_rank for debate in debates)
    wrong = [rank for rank in expected if placed.get(rank) != expected[rank]]
    return (
        _check("rooms of four", f"room {sides[0]} has not the four sides" if sides else ""),
        _check("no team twice", f"{twice[0]} stands twice" if twice else ""),
        _check("room ranks", f"ranks are {ranks}" if ranks != sorted(expected) else ""),
        _check("seeds in their rooms", f"room {wrong[0]} holds other teams" if wrong else ""),
    )


def _after(won: Mapping[int, tuple[str, ...]], ordered: Sequence[int]) -> dict[
    int, Counter[tuple[str, object]]
]:
    lowest = min(won)
    if lowest == 1:  # a full round: the winners of rooms i and n + 1 - i meet
        return {
            room: Counter(("team", team) for team in (*won[room], *won[len(won) + 1 - room]))
            for room in range(1, len(won) // 2 + 1)
        }
    waiting = lowest - 1  # a partial round: seeds i and B + 1 - i meet the winners of room i
    return {
        room: Counter([
            *(("team", team) for team in won[waiting + room]),
            ("rank", ordered[room - 1]), ("rank", ordered[waiting - room]),
        ])
        for room in range(1, waiting // 2 + 1)
    }


def _is_seed(team: str, previous: Sequence[Room] | None) -> bool:
    return previous is None or all(team not in teams for _rank, teams, _won in previous)


def _check(name: str, detail: str) -> Check:
    return Check(name, "elimination", "failed" if detail else "passed", detail)
