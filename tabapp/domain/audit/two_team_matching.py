"""Check two-team draws by minimum-cost matching: what they cost, and the order of the rooms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from tabapp.domain.audit.draw_ground import (
    LEVEL,
    Drawn,
    Finding,
    Look,
    Unclear,
    first,
    points,
)
from tabapp.domain.audit.two_team_levels import down_the_draw, found_brackets
from tabapp.domain.audit.two_team_prices import (
    bracket_prices,
    clash_prices,
    hangs_on_order,
    round_prices,
)
from tabapp.domain.types import DrawnDebate, DrawTeam, DrawType, IntArray, Side

_Rooms = Sequence[DrawnDebate]


def matching_rules(drawn: Drawn) -> list[Look]:
    """Return the checks of a round in which each bracket was matched at least cost."""
    return [
        ("pairing cost at the optimum", lambda: _brackets_at_optimum(drawn)),
        ("room order", lambda: _room_order(drawn)),
    ]


def round_rules(drawn: Drawn) -> list[Look]:
    """Return the checks of a round that one matching over all teams paired."""
    return [
        ("pairing cost at the optimum", lambda: _round_at_optimum(drawn)),
        ("room order", lambda: _room_order(drawn)),
    ]


def _brackets_at_optimum(drawn: Drawn) -> Finding:
    brackets = found_brackets(drawn)
    everybody = down_the_draw(drawn, [drawn.teams[t] for room in drawn.rooms for t in room.teams])
    clashes = clash_prices(drawn, everybody)
    at = {team.id: number for number, team in enumerate(everybody)}
    wrong, unsure = [], []
    by_lot = drawn.snapshot.draw_type is DrawType.RANDOM
    for number, (label, rooms) in enumerate(brackets.items()):
        if len(rooms) == 1:
            continue
        teams = down_the_draw(drawn, [drawn.teams[team] for room in rooms for team in room.teams])
        here = [at[team.id] for team in teams]
        prices = clashes[np.ix_(here, here)]
        if not by_lot:
            if hangs_on_order(drawn, teams):
                unsure.append(LEVEL)
                continue
            raised = _raised(rooms)
            prices = bracket_prices(drawn, prices, teams, raised, top=number == 0)
        finding = _at_optimum(drawn, teams, rooms, prices, _prefixes(drawn, teams, number == 0))
        if isinstance(finding, Unclear):
            unsure.append(f"bracket {label:g}: {finding.why}")
        elif finding:
            wrong.append(f"bracket {label:g}: {finding}")
    return first(wrong) or (Unclear(unsure[0]) if unsure else None)


def _raised(rooms: _Rooms) -> set[str]:
    return {
        team for room in rooms for team, flags in room.team_flags.items() if "pullup" in flags}


def _round_at_optimum(drawn: Drawn) -> Finding:
    teams = down_the_draw(drawn, [drawn.teams[t] for room in drawn.rooms for t in room.teams])
    if hangs_on_order(drawn, teams):
        return Unclear(LEVEL)
    prices = round_prices(drawn, teams)
    value = np.array([points(team) for team in teams])
    falls = value[:-1] - value[1:]
    cuts = _prefixes(drawn, teams, top=False)
    cuts |= {
        number: round(drawn.number("pullup_penalty") * falls[number - 1] ** 2)
        for number in range(1, len(teams), 2) if falls[number - 1]}
    return _at_optimum(drawn, teams, drawn.rooms, prices, cuts)


def _prefixes(drawn: Drawn, teams: Sequence[DrawTeam], top: bool) -> dict[int, int]:
    """Return, where neighbours are to meet, the odd numbers of teams that end between two ranks.

    They are sets from the top that one team must leave, with a guess of what that costs.
    """
    method = drawn.option("draw_pairing_method")
    if method != "adjacent" and (method != "fold_top_adjacent_rest" or top):
        return {}
    ranks = [
        drawn.place[team.id] if team.subrank is None or drawn.is_seeded
        else (points(team), team.subrank) for team in teams]
    return {
        number: drawn.number("pairing_penalty")
        for number in range(1, len(teams), 2) if ranks[number - 1] != ranks[number]}


def _at_optimum(
    drawn: Drawn, teams: Sequence[DrawTeam], rooms: _Rooms, prices: IntArray,
    cuts: Mapping[int, int],
) -> str | Unclear | None:
    # Loaded with the first matching: SciPy takes longer than everything else in a small command.
    from tabapp.domain.audit.matching_optimum import (  # noqa: PLC0415
        is_least_assignment,
        least_assignment,
        prove,
    )

    at = {team.id: number for number, team in enumerate(teams)}
    pairs = [(at[room.teams[0]], at[room.teams[1]]) for room in rooms]
    total = sum(int(prices[pair]) for pair in pairs)
    if drawn.preallocated:
        affs = [number for number, team in enumerate(teams) if team.allocated_side is Side.AFF]
        negs = [number for number, team in enumerate(teams) if team.allocated_side is Side.NEG]
        meets = dict(pairs) | {other: one for one, other in pairs}
        column = {team: number for number, team in enumerate(negs)}
        if len(affs) != len(negs) or any(meets[team] not in column for team in affs):
            return "teams of one allocated side meet"
        part = prices[np.ix_(affs, negs)]
        if is_least_assignment(part, np.array([column[meets[team]] for team in affs])):
            return None
        return f"pairs cost {total}, {least_assignment(part)} is possible"
    partner = np.empty(len(teams), dtype=np.int64)
    for one, other in pairs:
        partner[one], partner[other] = other, one
    from_top = np.arange(len(teams))
    proof = prove(
        prices, partner, [from_top < number for number in cuts], worth=list(cuts.values()))
    if proof.least >= total:
        return None
    if proof.exact:
        return f"pairs cost {total}, {proof.least} is possible"
    return Unclear(
        f"pairs cost {total}; less than {proof.least} is impossible, and no more was proven")


def _room_order(drawn: Drawn) -> Finding:
    """By its best team, a pulled-up one counting last, a room has its place in its bracket."""
    wrong = []
    for upper, lower in _neighbours(drawn):
        if _best(drawn, upper) > _best(drawn, lower):
            wrong.append(f"room {upper.room_rank} stands above {lower.room_rank}, "
                         "which has a better team")
    return first(wrong)


def _neighbours(drawn: Drawn) -> Iterator[tuple[DrawnDebate, DrawnDebate]]:
    for rooms in found_brackets(drawn).values():
        yield from pairwise(rooms)


def _best(drawn: Drawn, room: DrawnDebate) -> tuple[bool, float]:
    seeded = drawn.snapshot.draw_type is DrawType.SEEDED

    def key(ref: str) -> tuple[bool, float]:
        team = drawn.teams[ref]
        fine = seeded or not drawn.preallocated
        pulled_up = not seeded and points(team) < room.bracket
        return pulled_up, drawn.place[ref] if fine else team.rank

    return min(map(key, room.teams))
