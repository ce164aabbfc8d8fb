"""Prices of meetings, of which minimum-cost matching makes the total as small as it can.

All prices are whole numbers. In what follows two teams meet; names in ``draw_…`` and ``…_penalty``
are the options'.

**Terms of every price** (``clash_prices``):

- history: if ``avoid_team_history``, the number of times they met x ``team_history_penalty``;
- institution: if ``avoid_same_institution`` and both are of one, ``team_institution_penalty``;
- sides: only if ``draw_side_allocations`` is ``balance`` and ``side_penalty`` S > 0: with d a
  team's affs minus its negs, if both d are above 0 or both below: floor((|d1| + |d2|) / 2) x S.

A random draw has no further terms. A seeded draw is one bracket; a seed never prices a pull-up.

**Within a bracket** (``bracket_prices``; ``draw_matching_scope: bracket``) are added:

- pull-up debates: if either team was pulled up, the larger ``pullup_debates`` of the two
  x ``pullup_debates_penalty``;
- deviation: ``pairing_penalty`` x deviation, with r1, r2 the ranks of the two in the bracket:
  slide | |r1 - r2| - floor(N / 2) |, fold | r1 + r2 - 1 - N |, adjacent |r1 - r2| - 1 (so -1 for
  equal ranks), random 0, ``fold_top_adjacent_rest`` fold in the first bracket and adjacent in
  all others. A team's rank is its ``subrank``; where that is None its place, counted from 1 among
  the teams of the bracket that were not pulled up, in the order of the draw (affs and negs of a
  bracket with allocated sides: by ``rank``, affs first among equals). N is the largest rank of
  those teams, or the number of teams where all were pulled up; a pulled-up team has rank N.

**Over the whole round** (``round_prices``; ``draw_matching_scope: round``, power pairing only). A
level is all teams of equal ``points``, rounded to 1e-6; ranks, N are those of its level, found as
for a bracket without pull-ups. Two teams of one level cost what they would in a bracket of that
level; the top level counts as the first bracket. If one team, the lower, has fewer points, then
it counts as pulled up into the level of the upper one: the terms of every price, the pull-up
debates term, the deviation with the lower team's rank = N = that of the upper level (and the
method of the upper level), and

- gap: ``pullup_penalty`` x (difference of points)^2, rounded to a whole number, halves up;
- place: ``pairing_penalty`` x the distance of the lower team from where the odd-bracket rule takes
  its team. The k candidates are the teams of the lower level (with allocated sides: and of its
  own side) that meet the restriction, numbered 0 to k - 1 in the order of the draw. Distance of
  candidate i: ``pullup_top`` i, ``pullup_bottom`` k - 1 - i, ``pullup_middle`` from k div 2 or
  from the nearer of k/2 - 1 and k/2 if k is even; ``pullup_lowest_ds_rank`` the number of
  candidates with a smaller ``draw_strength_rank``, compared to 1e-6; 0 for every other rule. A
  team that is no candidate has the distance k, or 0 under every other rule;
- restriction: a team that is no candidate costs ``pullup_penalty`` more.

Candidates under ``draw_pullup_restriction``, which counts for rules named ``pullup_…`` only: the
teams of the level (and side) with the least ``pullups``, ``draw_strength`` or
``draw_strength_speaks``, compared to 1e-6; with ``none``, all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tabapp.core.errors import UserError
from tabapp.domain.draw.brackets import points_of
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.two_team.ranks import level_ranks, pullup_distances, ranks_in
from tabapp.domain.draw.two_team.values import Bracket
from tabapp.domain.types import DrawTeam, FloatArray, IntArray

Teams = Sequence[DrawTeam]

_TOO_LARGE = 2.0**40  # up to here the sums of a thousand rooms are exact in floating point


def clash_prices(rows: Teams, columns: Teams, options: DrawOptions) -> IntArray:
    """Return the terms of every price, shape: rows by columns."""
    prices = np.zeros((len(rows), len(columns)), dtype=np.int64)
    if options.avoid_team_history:
        prices += _met(rows, columns) * options.team_history_penalty
    if options.avoid_same_institution:
        names = dict.fromkeys(team.institution for team in (*rows, *columns))
        numbers = {name: -1 if name is None else at for at, name in enumerate(names)}
        own, other = (
            np.array([numbers[team.institution] for team in side]) for side in (rows, columns))
        same = (own[:, None] == other) & (own >= 0)[:, None]
        prices += same * options.team_institution_penalty
    if options.draw_side_allocations == "balance" and options.side_penalty > 0:
        own, other = (
            np.array([team.sides[0] - team.sides[1] for team in side])
            for side in (rows, columns))
        alike = (np.sign(own)[:, None] * np.sign(other)) > 0
        prices += alike * ((abs(own)[:, None] + abs(other)) // 2) * options.side_penalty
    return prices


def bracket_prices(bracket: Bracket, options: DrawOptions, *, top: bool) -> IntArray:
    """Return the prices of a bracket, shape: teams by teams, or affs by negs.

    ``top`` says that it is the first bracket of the draw.
    """
    rows, columns = sides_of(bracket)
    prices = clash_prices(rows, columns, options)
    pulled_up = bracket.pulled_up
    ranks, largest = ranks_in(bracket)
    own, other = (np.array([ranks[team.id] for team in side]) for side in (rows, columns))
    method = bracket_method(options, top=top)
    prices += options.pairing_penalty * _deviation(method, own[:, None], other, largest)
    up = [np.array([team.id in pulled_up for team in side]) for side in (rows, columns)]
    touched = up[0][:, None] | up[1]
    prices += touched * _pullup_debates(rows, columns, options)
    return prices


def round_prices(rows: Teams, columns: Teams, options: DrawOptions) -> IntArray:
    """Return the prices over the whole round, shape: rows by columns.

    ``rows`` and ``columns`` are all teams, twice, or those of either allocated side; each in the
    order of the draw.
    """
    ranks, largest = level_ranks(rows if rows is columns else [*rows, *columns])
    points, rank, size = (
        [np.array([of(team) for team in side]) for side in (rows, columns)]
        for of in (
            lambda team: points_of(team.points),
            lambda team: ranks[team.id],
            lambda team: largest[points_of(team.points)],
        )
    )
    gap = points[0][:, None] - points[1]
    row_is_upper = gap >= 0
    upper_rank = np.where(row_is_upper, rank[0][:, None], rank[1])
    upper_size = np.where(row_is_upper, size[0][:, None], size[1])
    lower_rank = np.where(gap == 0, rank[1], upper_size)
    first, rest = (bracket_method(options, top=top) for top in (True, False))
    away = _deviation(rest, upper_rank, lower_rank, upper_size)
    if first != rest:
        in_top = np.maximum(points[0][:, None], points[1]) == max(largest)
        away = np.where(in_top, _deviation(first, upper_rank, lower_rank, upper_size), away)
    prices = clash_prices(rows, columns, options)
    prices += options.pairing_penalty * away
    extra = [_pullup_extra(side, options) for side in (rows, columns)]
    pulled_up = np.where(row_is_upper, extra[1], extra[0][:, None])
    pulled_up += _gaps(points[0], points[1], options)
    pulled_up += _pullup_debates(rows, columns, options)
    prices += (gap != 0) * pulled_up
    return prices


def check_prices(prices: IntArray | FloatArray) -> None:
    """Refuse prices that are too large for the solvers to add up exactly."""
    if prices.size and not prices.max() <= _TOO_LARGE:
        raise UserError("draw_price_too_large", price=f"{prices.max():.0f}")


def sides_of(bracket: Bracket) -> tuple[Teams, Teams]:
    """Return the rows and columns of a bracket's prices: its teams twice, or affs and negs."""
    return (bracket.aff, bracket.neg) if bracket.aff else (bracket.teams, bracket.teams)


def bracket_method(options: DrawOptions, *, top: bool) -> str:
    """Return the pairing method of the first bracket or of one below."""
    if options.draw_pairing_method == "fold_top_adjacent_rest":
        return "fold" if top else "adjacent"
    return options.draw_pairing_method


def _met(rows: Teams, columns: Teams) -> IntArray:
    """Count earlier meetings, even where only one of two teams remembers."""
    met = np.zeros((len(rows), len(columns)), dtype=np.int64)
    row_of = {team.id: at for at, team in enumerate(rows)}
    column_of = {team.id: at for at, team in enumerate(columns)}
    for row, team in enumerate(rows):
        for other, times in team.seen.items():
            column = column_of.get(other)
            if column is not None:
                met[row, column] = max(met[row, column], times)
    for column, team in enumerate(columns):
        for other, times in team.seen.items():
            at = row_of.get(other)
            if at is not None:
                met[at, column] = max(met[at, column], times)
    return met


def _deviation(
    method: str, one: IntArray, other: IntArray, largest: IntArray | int
) -> IntArray:
    """Return how far pairs of ranks are from the pairing method."""
    if method == "slide":
        away = np.abs(np.abs(one - other) - largest // 2)
    elif method == "fold":
        away = np.abs(one + other - 1 - largest)
    elif method == "adjacent":
        away = np.abs(one - other) - 1
    else:
        away = np.zeros_like(one + other)
    return np.asarray(away, dtype=np.int64)


def _pullup_debates(rows: Teams, columns: Teams, options: DrawOptions) -> IntArray:
    if not options.pullup_debates_penalty:
        return np.zeros((1, 1), dtype=np.int64)
    own, other = (np.array([team.pullup_debates for team in side]) for side in (rows, columns))
    most: IntArray = np.maximum(own[:, None], other) * options.pullup_debates_penalty
    return most


def _gaps(one: FloatArray, other: FloatArray, options: DrawOptions) -> IntArray:
    """Return the price of the gap between the points of each two, worked out by level."""
    (upper, row), (lower, column) = (
        np.unique(points, return_inverse=True) for points in (one, other))
    gaps: FloatArray = np.floor(
        options.pullup_penalty * (upper[:, None] - lower) ** 2 + 0.5)
    check_prices(gaps)
    found: IntArray = gaps.astype(np.int64)[np.ix_(row, column)]
    return found


def _pullup_extra(teams: Teams, options: DrawOptions) -> IntArray:
    """Return what it costs to pull up each team, apart from the gap."""
    distances, outside = pullup_distances(teams, options)
    extra: IntArray = distances * options.pairing_penalty + outside * options.pullup_penalty
    return extra
