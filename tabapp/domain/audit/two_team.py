"""Check two-team draws: the checks of each draw type, and which of them a rule takes away."""

from __future__ import annotations

from tabapp.domain.audit.draw_ground import (
    Drawn,
    Finding,
    Look,
    compatriots,
    first,
    meetings,
    points,
)
from tabapp.domain.audit.two_team_brackets import bracket_rules
from tabapp.domain.audit.two_team_matching import matching_rules, round_rules
from tabapp.domain.audit.two_team_pairs import pairing_rules
from tabapp.domain.audit.two_team_sides import check_sides
from tabapp.domain.types import DrawType


def two_team_rules(drawn: Drawn) -> list[Look]:
    """Return the checks of a two-team round, by its draw type and options."""
    sides: Look = ("sides", lambda: check_sides(drawn))
    graph = drawn.option("draw_avoid_conflicts") == "graph"
    match drawn.snapshot.draw_type:
        case DrawType.POWER if graph and drawn.option("draw_matching_scope") == "round":
            return [
                ("bracket labels", lambda: _labels(drawn)),
                ("pull-up flags", lambda: _pullup_flags(drawn)),
                *round_rules(drawn), sides,
            ]
        case DrawType.POWER:
            pairs = matching_rules(drawn) if graph else pairing_rules(drawn)
            return [*bracket_rules(drawn, pairs), sides]
        case DrawType.SEEDED:
            pairs = matching_rules(drawn) if graph else pairing_rules(drawn)
            return [("one bracket", lambda: _one_bracket(drawn)), *pairs, sides]
        case DrawType.RANDOM:
            pairs = (
                matching_rules(drawn)[:1] if graph
                else [("conflicts noted", lambda: _conflicts_noted(drawn))])
            return [("one bracket", lambda: _one_bracket(drawn)), *pairs, sides]
        case _:
            return []


def _one_bracket(drawn: Drawn) -> Finding:
    return first([
        f"room {room.room_rank} is labelled {room.bracket:g}, the only bracket is 0"
        for room in drawn.rooms if room.bracket != 0
    ])


def _labels(drawn: Drawn) -> Finding:
    wrong = []
    for room in drawn.rooms:
        top = max(points(drawn.teams[team]) for team in room.teams)
        if abs(room.bracket - top) > 1e-6:
            wrong.append(f"room {room.room_rank} is labelled {room.bracket:g}, its best team has "
                         f"{top:g}")
    return first(wrong)


def _pullup_flags(drawn: Drawn) -> Finding:
    wrong = []
    for room in drawn.rooms:
        top = max(points(drawn.teams[team]) for team in room.teams)
        for team in room.teams:
            flagged = "pullup" in room.team_flags.get(team, ())
            if flagged != (points(drawn.teams[team]) < top):
                wrong.append(f"{team} is {'' if flagged else 'not '}flagged as pulled up")
    return first(wrong)


def _conflicts_noted(drawn: Drawn) -> Finding:
    """Where twenty swaps did not clear a conflict, the room says so."""
    if drawn.option("draw_avoid_conflicts") == "off":
        return None
    wrong = []
    for room in drawn.rooms:
        one, other = (drawn.teams[team] for team in room.teams)
        met = meetings(one, other) * drawn.number("team_history_penalty")
        same = compatriots(one, other) * drawn.number("team_institution_penalty")
        cost = met * bool(drawn.option("avoid_team_history")) + same * bool(
            drawn.option("avoid_same_institution"))
        if cost and "too_many_swaps" not in room.flags:
            wrong.append(f"{one.id} and {other.id} clash in room {room.room_rank}, unnoted")
    return first(wrong)
