"""The least position cost of a BP draw, proved by the absence of a cheaper cycle of moves.

A legal seating is at the optimum if, and only if, no round of moves (a team from seat A to seat
B, one from B to C, … and one back to A) makes it cheaper. Such rounds are looked for and made
until none is left. Costs are whole numbers here, so that "cheaper" is never a matter of rounding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

Team = tuple[float, tuple[int, ...]]
"""Points and position history; teams of one kind are interchangeable."""
Seat = tuple[int, int]
"""Number of the bracket and position. All rooms of a bracket are alike."""
Edge = tuple[int, Team]
"""What the cheapest move from one bin to another costs, and the kind of team that makes it."""

_UNIT = 2**40


def least_total(
    teams: Sequence[Team],
    brackets: Sequence[Counter[float]],
    cost: Callable[[tuple[int, ...], int], float],
    start: Sequence[Seat] | None = None,
) -> float:
    """Return the least total cost of seating ``teams`` in ``brackets`` (points: places).

    ``start`` is a legal seating, the nearer to the optimum the faster; it does not change the
    answer. Each bracket takes a quarter of its places in each position.
    """
    kinds = dict.fromkeys(teams)
    prices = {team: [round(cost(team[1], place) * _UNIT) for place in range(4)] for team in kinds}
    bins: list[Counter[Team]] = [Counter() for _ in range(4 * len(brackets))]
    seats = start if start is not None else _any_seating(teams, brackets, prices)
    for team, (bracket, position) in zip(teams, seats, strict=True):
        bins[4 * bracket + position][team] += 1
    open_to = {
        level: [number for number, places in enumerate(brackets) if level in places]
        for level, _history in prices
    }
    moves = [_moves(bins, source, open_to, prices) for source in range(len(bins))]
    while cycles := _cheaper_cycles(moves):
        for cycle in cycles:
            _make(cycle, moves, bins)
            for source in cycle:
                moves[source] = _moves(bins, source, open_to, prices)
    total = sum(
        prices[team][number % 4] * count
        for number, held in enumerate(bins) for team, count in held.items()
    )
    return total / _UNIT


def _any_seating(
    teams: Sequence[Team], brackets: Sequence[Counter[float]], prices: dict[Team, list[int]]
) -> list[Seat]:
    """Seat the teams legally, those first for whom a wrong position costs most."""
    places = [Counter(bracket) for bracket in brackets]
    free = [[bracket.total() // 4] * 4 for bracket in brackets]
    seats: list[Seat] = [(-1, -1)] * len(teams)

    def stake(index: int) -> int:
        best, second, *_rest = sorted(prices[teams[index]])
        return second - best

    for index in sorted(range(len(teams)), key=stake, reverse=True):
        team = teams[index]
        _price, bracket, position = min(
            (prices[team][position], bracket, position)
            for bracket, left in enumerate(places) if left[team[0]]
            for position in range(4) if free[bracket][position]
        )
        seats[index] = (bracket, position)
        places[bracket][team[0]] -= 1
        free[bracket][position] -= 1
    return seats


def _moves(
    bins: Sequence[Counter[Team]],
    source: int,
    open_to: dict[float, list[int]],
    prices: dict[Team, list[int]],
) -> dict[int, Edge]:
    """Return the cheapest move from the bin ``source`` to each bin that one of its teams may use.

    Only bins are looked at, not places: a cycle leaves as many teams in each as before.
    """
    cheapest: dict[int, Edge] = {}
    for team, count in bins[source].items():
        if not count:
            continue
        price = prices[team]
        here = price[source % 4]
        for bracket in open_to[team[0]]:
            for position in range(4):
                target = 4 * bracket + position
                extra = price[position] - here
                if target not in cheapest or extra < cheapest[target][0]:
                    cheapest[target] = (extra, team)
    cheapest.pop(source, None)
    return cheapest


def _cheaper_cycles(moves: Sequence[dict[int, Edge]]) -> list[list[int]]:
    """Return disjoint cycles of negative cost, none only if there is none (Bellman-Ford)."""
    distance = [0] * len(moves)
    parent = [-1] * len(moves)
    changed = True
    while changed:
        changed = False
        for source, edges in enumerate(moves):
            base = distance[source]
            for target, (extra, _team) in edges.items():
                if base + extra < distance[target]:
                    distance[target] = base + extra
                    parent[target] = source
                    changed = True
        cycles = list(_cycles(parent))
        if cycles:
            return cycles
    return []


def _cycles(parent: Sequence[int]) -> Iterator[list[int]]:
    """Follow the parents; whoever is met again on one walk stands on a cycle."""
    walk_of = [-1] * len(parent)
    for start in range(len(parent)):
        node = start
        while node >= 0 and walk_of[node] < 0:
            walk_of[node] = start
            node = parent[node]
        if node >= 0 and walk_of[node] == start:
            cycle = [node]
            while parent[cycle[-1]] != node:
                cycle.append(parent[cycle[-1]])
            yield cycle[::-1]


def _make(
    cycle: Sequence[int], moves: Sequence[dict[int, Edge]], bins: list[Counter[Team]]
) -> None:
    """Make the moves of the cycle, as often as there are teams of each kind."""
    steps = list(zip(cycle, [*cycle[1:], cycle[0]], strict=True))
    times = min(bins[source][moves[source][target][1]] for source, target in steps)
    for source, target in steps:
        team = moves[source][target][1]
        bins[source][team] -= times
        bins[target][team] += times
