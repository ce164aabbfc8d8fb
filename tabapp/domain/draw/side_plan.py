"""Sides allocated beforehand: each round half and half, each team as even as it can be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tabapp.domain.draw.lots import Lots
from tabapp.domain.types import Side, id_key

Sides = dict[str, Side]
"""Team -> its side in a round."""


@dataclass(frozen=True, slots=True)
class PlanRound:
    """A round by its row id; ``kind`` is such as "impromptu", "" for none."""

    id: int
    kind: str = ""


def plan_sides(
    teams: Sequence[str], rounds: Sequence[PlanRound],
    fixed: Sequence[tuple[PlanRound, Mapping[str, Side]]], *, seed: int,
) -> dict[int, Sides]:
    """Give each team a side in each of ``rounds``, which stand in order; by round id.

    ``fixed`` are the rounds whose sides stay. In each round as many teams are affirmative as
    negative, of an odd number one more or less. Rounds of one kind go in pairs, in which every
    team changes sides; those left over answer each other, or the fixed rounds of their kind. So
    from nothing, no team has more than one side too many, over all rounds and within each kind.
    Uneven ``fixed`` rounds are made up for as far as swaps of two teams can do it: the balance
    over all rounds first, then that within kinds. Lots of ``seed`` decide the rest.
    """
    plan = _Plan(sorted(teams, key=id_key), fixed, Lots(seed))
    for first, second in _pairs(rounds, fixed):
        sides = plan.decide(first)
        if second is not None:
            plan.put(second, {team: _other(side) for team, side in sides.items()})
    plan.improve(rounds)
    return plan.sides


def _pairs(
    rounds: Sequence[PlanRound], fixed: Sequence[tuple[PlanRound, Mapping[str, Side]]]
) -> Iterator[tuple[PlanRound, PlanRound | None]]:
    """Yield rounds in the order in which they are decided, each with its opposite if it has one."""
    before = Counter(one.kind for one, _sides in fixed)
    kinds: dict[str, list[PlanRound]] = defaultdict(list)
    for one in rounds:
        kinds[one.kind].append(one)
    opposites: list[tuple[PlanRound, PlanRound | None]] = []
    left: list[PlanRound] = []
    for kind, found in kinds.items():
        if before[kind] % 2:
            yield found[0], None
        rest = found[before[kind] % 2:]
        opposites += zip(rest[::2], rest[1::2], strict=False)
        left += rest[len(rest) - len(rest) % 2:]
    for one in left:
        yield one, None
    yield from opposites


class _Plan:
    """The sides so far, with what each team has too many of."""

    def __init__(
        self, teams: Sequence[str], fixed: Sequence[tuple[PlanRound, Mapping[str, Side]]],
        lots: Lots,
    ) -> None:
        self._teams, self._lots = teams, lots
        self.sides: dict[int, Sides] = {}
        self._lean: Counter[str] = Counter()
        self._kind: Counter[tuple[str, str]] = Counter()
        for one, sides in fixed:
            self._count(one, {team: sides[team] for team in teams if team in sides})

    def _count(self, one: PlanRound, sides: Mapping[str, Side], sign: int = 1) -> None:
        for team, side in sides.items():
            step = sign if side is Side.AFF else -sign
            self._lean[team] += step
            self._kind[one.kind, team] += step

    def put(self, one: PlanRound, sides: Sides) -> None:
        """Set the sides of a round."""
        self.sides[one.id] = sides
        self._count(one, sides)

    def decide(self, one: PlanRound) -> Sides:
        """Make those affirmative who were it least, over all rounds, then within the kind."""
        lots = self._lots.permutation(len(self._teams)).tolist()
        lean, kind = self._lean, self._kind
        order = sorted(
            (self._teams[at] for at in lots),
            key=lambda team: (lean[team] + kind[one.kind, team], lean[team]))
        half, more = divmod(len(order), 2)
        wanting = sum(lean[team] + kind[one.kind, team] < 0 for team in order)
        affs = min(max(half, wanting), half + more)
        sides = {team: Side.AFF if at < affs else Side.NEG for at, team in enumerate(order)}
        self.put(one, sides)
        return sides

    def improve(self, rounds: Sequence[PlanRound]) -> None:
        """Swap two teams within a round as long as that makes the sums of squares less."""
        changed = True
        while changed:
            changed = False
            for one in rounds:
                while self._swap(one):
                    changed = True

    def _swap(self, one: PlanRound) -> bool:
        sides = self.sides[one.id]
        affs = [team for team in self._teams if sides[team] is Side.AFF]
        negs = [team for team in self._teams if sides[team] is Side.NEG]
        if not affs or not negs:
            return False
        # over all rounds first, then within the kind; each team's share is its own
        lean, kind = self._lean, self._kind
        down = max(affs, key=lambda team: (lean[team], kind[one.kind, team]))
        up = min(negs, key=lambda team: (lean[team], kind[one.kind, team]))
        gain = (
            lean[down] - lean[up] - 2,
            kind[one.kind, down] - kind[one.kind, up] - 2)
        if gain <= (0, 0):
            return False
        self._count(one, {down: Side.AFF, up: Side.NEG}, -1)
        sides[down], sides[up] = Side.NEG, Side.AFF
        self._count(one, {down: Side.NEG, up: Side.AFF})
        return True


def _other(side: Side) -> Side:
    return Side.NEG if side is Side.AFF else Side.AFF
