"""Check who affirms in a two-team draw."""

from __future__ import annotations

from tabapp.domain.audit.draw_ground import Drawn, Finding, Good, first
from tabapp.domain.types import DrawnDebate, DrawTeam, Side


def check_sides(drawn: Drawn) -> Finding:
    """Check sides as rules.md, section 6, step 5, gives them, and whether they are settled."""
    rule = drawn.option("draw_side_allocations")
    settled = rule != "manual-ballot"
    wrong = [
        f"the sides of room {room.room_rank} are {'' if room.sides_confirmed else 'not '}settled"
        for room in drawn.rooms if room.sides_confirmed is not settled
    ]
    if wrong:
        return first(wrong)
    if rule == "preallocated":
        return first([
            f"{team} stands on {side}, allocated is {drawn.teams[team].allocated_side or 'no side'}"
            for room in drawn.rooms for side, team in room.sides
            if drawn.teams[team].allocated_side is not side
        ])
    if rule == "random":
        return Good("sides are by lot: any are allowed")
    return first([wrong for room in drawn.rooms for wrong in [_unbalanced(drawn, room)] if wrong])


def _unbalanced(drawn: Drawn, room: DrawnDebate) -> str:
    side_of = {side: drawn.teams[team] for side, team in room.sides}
    aff, neg = side_of[Side.AFF], side_of[Side.NEG]
    if _surplus(aff) <= _surplus(neg):
        return ""
    return f"{aff.id} affirms {_said(aff)}, {neg.id} negates {_said(neg)}"


def _surplus(team: DrawTeam) -> tuple[int, int]:
    """Return affs less negs, over all rounds and then within those of the same kind."""
    kind = team.kind_sides or (0, 0)
    return team.sides[0] - team.sides[1], kind[0] - kind[1]


def _said(team: DrawTeam) -> str:
    kind = " ({} and {} of the kind)".format(*team.kind_sides) if team.kind_sides else ""
    return f"after {team.sides[0]} affs and {team.sides[1]} negs{kind}"
