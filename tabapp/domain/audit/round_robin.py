"""Check rounds of a round-robin: the circle by its arithmetic, BP groups by counting."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, permutations

from tabapp.domain.audit.draw_costs import cost_of_position
from tabapp.domain.audit.draw_ground import (
    Drawn,
    Finding,
    Good,
    Look,
    Skipped,
    first,
    meetings,
)
from tabapp.domain.types import TWO_SIDES, Cycle, Side, id_key


def round_robin_rules(drawn: Drawn) -> list[Look]:
    """Return the checks of a round-robin round of either format."""
    if drawn.snapshot.sides == TWO_SIDES:
        return [
            ("nobody again in a leg", lambda: _nobody_again(drawn)),
            ("plan of the cycle", lambda: _plan(drawn)),
        ]
    return [
        ("repeats", lambda: _repeats(drawn)),
        ("positions in their rooms", lambda: _positions(drawn)),
    ]


def _cycle(drawn: Drawn) -> Cycle:
    return drawn.snapshot.cycle or Cycle(0, tuple(drawn.teams))


def _length(drawn: Drawn) -> int:
    """Return how many rounds a leg has."""
    count = len(_cycle(drawn).teams)
    return count - 1 + count % 2 if drawn.snapshot.sides == TWO_SIDES else -(-(count - 1) // 3)


def _meet(number: Mapping[str, int], size: int, index: int, one: str, other: str) -> bool:
    """Tell whether the plan has two teams meet: their turns make up none, or a full circle.

    ``number`` leaves out the team that stands still; ``index`` is the round of the leg.
    """
    turns = sum(number[team] + index + 1 for team in (one, other) if team in number)
    return turns % size == 0


def _numbers(drawn: Drawn) -> dict[str, int]:
    """Number the teams that rotate; of an even cycle the first one stands still."""
    order = sorted(_cycle(drawn).teams, key=id_key)
    return {team: place for place, team in enumerate(order[len(order) % 2 == 0 :])}


def _nobody_again(drawn: Drawn) -> Finding:
    """Look for today's pairs in the earlier rounds of this leg; others are no part of it."""
    cycle, number = _cycle(drawn), _numbers(drawn)
    size = _length(drawn)
    wrong = []
    for room in drawn.rooms:
        one, other = room.teams
        if not {one, other} <= set(cycle.teams):
            continue
        wrong += [
            f"{one} and {other} of room {room.room_rank} had round {cycle.index - back} of the "
            "cycle to meet"
            for back in range(cycle.index % size)
            if _meet(number, size, cycle.index % size - 1 - back, one, other)
        ]
    return first(wrong)


def _plan(drawn: Drawn) -> Finding:
    """Two rotating teams meet where their numbers make up the turn; one stands still if even.

    Sides that the rooms have decided follow no plan.
    """
    cycle = _cycle(drawn)
    if not drawn.teams.keys() <= set(cycle.teams):
        return "a team is drawn that is not in the cycle"
    size, number = _length(drawn), _numbers(drawn)
    leg, index = divmod(cycle.index, size)
    by_ballot = drawn.option("draw_side_allocations") == "manual-ballot"
    wrong = []
    for room in drawn.rooms:
        side_of = dict(room.sides)
        aff, neg = side_of[Side.AFF], side_of[Side.NEG]
        if leg % 2:
            aff, neg = neg, aff
        # the team that stands still affirms every other round, of two others the odd turn
        odd = index + (aff not in number)
        if {aff, neg} <= number.keys():
            odd = (number[aff] + index + 1) % size
        if not _meet(number, size, index, aff, neg):
            wrong.append(f"{aff} and {neg} do not meet in round {cycle.index + 1} of the cycle")
        elif odd % 2 == 0 and not (by_ballot and room.sides_confirmed):
            wrong.append(f"{aff} and {neg} stand on each other's sides")
    return first(wrong + _idle(drawn, size, index, number))


def _idle(drawn: Drawn, size: int, index: int, number: dict[str, int]) -> list[str]:
    """Find two teams that rest although they are to meet."""
    resting = [team for bye in drawn.byes for team in bye.teams]
    return [
        f"{one} and {other} rest although they are to meet"
        for one, other in combinations(resting, 2)
        if _meet(number, size, index, one, other)
    ]


def _repeats(drawn: Drawn) -> Finding:
    leg = _cycle(drawn).index // max(_length(drawn), 1)
    count = sum(
        meetings(drawn.teams[one], drawn.teams[other]) > leg
        for room in drawn.rooms for one, other in combinations(room.teams, 2))
    return Good(f"{count} pairs meet again in this leg" if count else "nobody meets again")


def _positions(drawn: Drawn) -> Finding:
    if not drawn.rooms:
        return Skipped("nobody is drawn")
    wrong = []
    for room in drawn.rooms:
        price = [
            [cost_of_position(drawn.teams[team].sides, place, drawn.options) for place in range(4)]
            for team in room.teams
        ]
        least = min(
            sum(price[team][place] for place, team in enumerate(order))
            for order in permutations(range(4)))
        found = sum(price[place][place] for place in range(4))
        if found > least + max(1e-6, 1e-9 * least):
            wrong.append(f"positions in room {room.room_rank} cost {found:.6f}, {least:.6f} is "
                         "possible")
    return first(wrong)
