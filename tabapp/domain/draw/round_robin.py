"""Round-robin rounds: everybody meets everybody."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.domain.draw.field import take_field
from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.round_robin_groups import cycle_length, draw_groups
from tabapp.domain.draw.two_team.values import times_met
from tabapp.domain.types import (
    BP_SIDES,
    TWO_SIDES,
    Cycle,
    DrawnDebate,
    DrawSnapshot,
    DrawTeam,
    Side,
    id_key,
)

_Drawn = tuple[tuple[DrawnDebate, ...], tuple[str, ...]]


def draw_round_robin(snapshot: DrawSnapshot, options: DrawOptions, lots: Lots) -> _Drawn:
    """Draw one round of the cycle, byes included; return the debates and the remarks.

    The plan of the cycle depends on nothing but its teams in order of id, so that everybody can
    check it: not on the seed, on who is away or on allocated sides. Raises ``UserError`` where
    the cycle is over or a team does not belong to it.
    """
    present = sorted(snapshot.teams, key=lambda team: id_key(team.id))
    cycle = snapshot.cycle or Cycle(0, tuple(team.id for team in present))
    order = sorted(cycle.teams, key=id_key)
    outside = next((team for team in present if team.id not in set(order)), None)
    if outside is not None:
        raise UserError("draw_not_in_cycle", team=outside.name or outside.id)
    bp = snapshot.sides == BP_SIDES
    leg = _leg(len(order), cycle.index, options.round_robin_legs, bp=bp)
    if not bp:
        return _two_team(present, order, cycle.index, leg, options)
    field = take_field(present, size=4, byes=options.bye_team_selection, lots=lots)
    debates = draw_groups(field.drawn, order, cycle.index, leg, options, lots)
    byes = _byes([team.id for team in field.byes], len(debates))
    return debates + byes, _repeats(debates, present, leg)


def pair_round(count: int, index: int) -> list[tuple[int, int]]:
    """Return who meets whom by the circle method as (affirming, negating) places, 0 to count - 1.

    Place 0 stands still and the others rotate; with an odd number all rotate and whoever would
    meet the empty place rests. Each two places meet once in ``count - 1`` rounds (``count`` if
    odd), and after no round has anybody been on one side more than once oftener.
    """
    ring = list(range(1 - count % 2, count))
    size = len(ring)
    # A rotating place takes the steps 1, 2, 3, … of the circle from one meeting with the still
    # place to the next; step s meets step -s, and whoever is on an odd one affirms.
    pairs = [
        (ring[(step - index - 1) % size], ring[(-step - index - 1) % size])
        for step in range(1, size, 2)
    ]
    if count % 2 == 0:
        rotating = ring[(-index - 1) % size]
        pairs.append((rotating, 0) if index % 2 else (0, rotating))
    return sorted(pairs, key=min)


def _leg(count: int, index: int, legs: int, *, bp: bool) -> int:
    """Return the leg that the round belongs to, 0 for the first."""
    length = cycle_length(count) if bp else count - 1 + count % 2
    if index >= length * legs:
        code = "draw_cycle_over" if legs > 1 else "draw_cycle_over_one_leg"
        raise UserError(code, teams=count, rounds=length * legs, round=index + 1)
    return index // length


def _two_team(
    present: Sequence[DrawTeam], order: Sequence[str], index: int, leg: int, options: DrawOptions
) -> _Drawn:
    here = {team.id for team in present}
    pairs = [
        (order[aff], order[neg])
        for aff, neg in pair_round(len(order), index % (len(order) - 1 + len(order) % 2))
    ]
    met = [pair if leg % 2 == 0 else pair[::-1] for pair in pairs if here.issuperset(pair)]
    debates = tuple(
        DrawnDebate(
            0.0, rank, tuple(zip(TWO_SIDES, pair, strict=True)),
            sides_confirmed=options.draw_side_allocations != "manual-ballot",
        )
        for rank, pair in enumerate(met, start=1)
    )
    playing = {team for pair in met for team in pair}
    resting = [team for team in order if team in here and team not in playing]
    return debates + _byes(resting, len(debates)), _repeats(debates, present, leg)


def _byes(teams: Sequence[str], after: int) -> tuple[DrawnDebate, ...]:
    return tuple(
        DrawnDebate(-1.0, rank, ((Side.BYE, team),))
        for rank, team in enumerate(teams, start=after + 1)
    )


def _repeats(
    debates: Sequence[DrawnDebate], present: Sequence[DrawTeam], leg: int
) -> tuple[str, ...]:
    """Tell of pairs that meet although they have met in this leg already."""
    known = {team.id: team for team in present}
    count = sum(
        times_met(known[one], known[other]) > leg
        for debate in debates for one, other in combinations(debate.teams, 2)
    )
    if not count:
        return ()
    return (word("draw_cycle_repeat" if count == 1 else "draw_cycle_repeats", {"count": count}),)
