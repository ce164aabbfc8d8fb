"""A second reading of the prices of minimum-cost matching (rules.md, section 6, step 4).

The terms between two teams of a draw are worked out once for all of them; brackets are read from
that by index. Over the whole round, two teams of different points are priced as one pulled up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tabapp.domain.audit.draw_ground import Drawn, points
from tabapp.domain.types import DrawTeam, FloatArray, IntArray, Side

_RESTRICTED = {
    "least_to_date": "pullups", "lowest_ds_wins": "draw_strength",
    "lowest_ds_speaks": "draw_strength_speaks",
}


@dataclass(frozen=True, slots=True)
class Ranks:
    """The rank of each team among its like, and the largest, which is a pulled-up team's."""

    of: Mapping[str, int]
    largest: int


def clash_prices(drawn: Drawn, teams: Sequence[DrawTeam]) -> IntArray:
    """Return what meetings, institutions and sides cost between all of the teams."""
    count = len(teams)
    at = {team.id: number for number, team in enumerate(teams)}
    prices = np.zeros((count, count), dtype=np.int64)
    if drawn.option("avoid_team_history"):
        met = np.zeros((count, count), dtype=np.int64)
        for team in teams:
            for other, times in team.seen.items():
                if other in at:
                    met[at[team.id], at[other]] = times
        prices += np.maximum(met, met.T) * drawn.number("team_history_penalty")
    if drawn.option("avoid_same_institution"):
        for members in _members(teams).values():
            prices[np.ix_(members, members)] += drawn.number("team_institution_penalty")
    side_penalty = drawn.number("side_penalty")
    if drawn.option("draw_side_allocations") == "balance" and side_penalty > 0:
        surplus = np.array([team.sides[0] - team.sides[1] for team in teams])
        for alike in (surplus > 0, surplus < 0):
            here = np.flatnonzero(alike)
            size = np.abs(surplus[here])
            prices[np.ix_(here, here)] += np.add.outer(size, size) // 2 * side_penalty
    return prices


def _members(teams: Sequence[DrawTeam]) -> dict[str, list[int]]:
    members: dict[str, list[int]] = {}
    for number, team in enumerate(teams):
        if team.institution is not None:
            members.setdefault(team.institution, []).append(number)
    return members


def ranks_among(drawn: Drawn, teams: Iterable[DrawTeam], everybody: int) -> Ranks:
    """Return the ranks of teams that were not pulled up: their subranks, or their places."""
    seeded = drawn.is_seeded

    def place(team: DrawTeam) -> tuple[float, float, float]:
        if seeded:
            return drawn.place[team.id], 0, 0
        negates = drawn.preallocated and team.allocated_side is Side.NEG
        return team.rank, negates, drawn.place[team.id]

    ordered = sorted(teams, key=place)
    of = {
        team.id: number if team.subrank is None or seeded else team.subrank
        for number, team in enumerate(ordered, 1)
    }
    return Ranks(of, max(of.values(), default=everybody))


def hangs_on_order(drawn: Drawn, teams: Sequence[DrawTeam]) -> bool:
    """Tell whether prices hang on an order of teams that was drawn by lot and is not known."""
    if drawn.number("pairing_penalty") == 0:
        return False
    if drawn.option("draw_pairing_method") != "random" and _is_level(
        drawn, [team for team in teams if team.subrank is None or drawn.is_seeded]
    ):
        return True
    return (
        drawn.option("draw_matching_scope") == "round"
        and drawn.option("draw_odd_bracket") in ("pullup_top", "pullup_bottom", "pullup_middle")
        and _is_level(drawn, teams))


def _is_level(drawn: Drawn, teams: Sequence[DrawTeam]) -> bool:
    return len({drawn.place[team.id] for team in teams}) < len(teams)


def deviations(
    drawn: Drawn, one: IntArray, other: IntArray, largest: IntArray | int, *, top: bool
) -> IntArray:
    """Return how far pairs of ranks are from the pairing method, times its penalty."""
    method = drawn.option("draw_pairing_method")
    if method == "fold_top_adjacent_rest":
        method = "fold" if top else "adjacent"
    if method == "slide":
        away = np.abs(np.abs(one - other) - np.floor_divide(largest, 2))
    elif method == "fold":
        away = np.abs(one + other - 1 - largest)
    elif method == "adjacent":
        away = np.abs(one - other) - 1
    else:
        away = np.zeros_like(one + other)
    return np.asarray(away * drawn.number("pairing_penalty"), dtype=np.int64)


def bracket_prices(
    drawn: Drawn, clashes: IntArray, teams: Sequence[DrawTeam], pulled_up: Iterable[str],
    *, top: bool,
) -> IntArray:
    """Return the prices between the teams of one bracket; ``clashes`` are those among them."""
    raised = set(pulled_up)
    ranks = ranks_among(drawn, (t for t in teams if t.id not in raised), len(teams))
    rank = np.array([ranks.of.get(team.id, ranks.largest) for team in teams])
    prices = clashes + deviations(drawn, rank[:, None], rank[None, :], ranks.largest, top=top)
    is_up = np.array([team.id in raised for team in teams])
    return np.asarray(prices + np.logical_or.outer(is_up, is_up) * _debates(drawn, teams))


def _debates(drawn: Drawn, teams: Sequence[DrawTeam]) -> IntArray:
    debates = np.array([team.pullup_debates for team in teams])
    return np.asarray(np.maximum.outer(debates, debates) * drawn.number("pullup_debates_penalty"))


def round_prices(drawn: Drawn, teams: Sequence[DrawTeam]) -> IntArray:
    """Return the prices between all teams, given down the draw, when one matching pairs them."""
    prices = clash_prices(drawn, teams)
    value: FloatArray = np.array([points(team) for team in teams])
    bounds = [0, *(np.flatnonzero(np.diff(value)) + 1).tolist(), len(teams)]
    blocks = [slice(start, end) for start, end in pairwise(bounds)]
    debates = _debates(drawn, teams)
    for number, upper in enumerate(blocks):
        level = teams[upper]
        ranks = ranks_among(drawn, level, len(level))
        rank = np.array([ranks.of[team.id] for team in level])
        top = number == 0
        prices[upper, upper] += deviations(
            drawn, rank[:, None], rank[None, :], ranks.largest, top=top)
        last = np.full(1, ranks.largest)
        below = deviations(drawn, rank, last, ranks.largest, top=top)
        for lower in blocks[number + 1 :]:
            gap = float(value[upper.start] - value[lower.start])
            fixed = int(np.floor(drawn.number("pullup_penalty") * gap**2 + 0.5))
            extra = below[:, None] + fixed + np.array(_out_of_turn(drawn, teams[lower]))
            extra = extra + debates[upper, lower]
            prices[upper, lower] += extra
            prices[lower, upper] += extra.T
    return prices


def _out_of_turn(drawn: Drawn, level: Sequence[DrawTeam]) -> list[int]:
    """Return what it costs to take each team of a level for one above, besides the gap."""
    rule = str(drawn.option("draw_odd_bracket"))
    if not rule.startswith("pullup_"):
        return [0] * len(level)
    extra: dict[str, int] = {}
    sides = (Side.AFF, Side.NEG) if drawn.preallocated else (None,)
    for side in sides:
        group = [team for team in level if side is None or team.allocated_side is side]
        name = _RESTRICTED.get(str(drawn.option("draw_pullup_restriction")))
        held = {team.id: round(getattr(team, name) * 1.0, 6) if name else 0.0 for team in group}
        least = min(held.values(), default=0.0)
        inside = [team for team in group if held[team.id] == least]
        away = _away(inside, rule)
        penalty = drawn.number("pairing_penalty")
        extra |= {team.id: penalty * far for team, far in zip(inside, away, strict=True)}
        outside = len(inside) * penalty if rule != "pullup_random" else 0
        extra |= {
            team.id: drawn.number("pullup_penalty") + outside
            for team in group if held[team.id] != least
        }
    return [extra[team.id] for team in level]


def _away(teams: Sequence[DrawTeam], rule: str) -> list[int]:
    count = len(teams)
    if rule == "pullup_lowest_ds_rank":
        strength = [round(team.draw_strength_rank * 1.0, 6) for team in teams]
        return [sum(other < own for other in strength) for own in strength]
    middles = {
        "pullup_top": {0}, "pullup_bottom": {count - 1},
        "pullup_middle": {count // 2, (count - 1) // 2},
    }.get(rule, set(range(count)))
    return [min(abs(at - middle) for middle in middles) for at in range(count)]
