"""Pairs within the brackets of a two-team draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.two_team.costs import (
    bracket_method,
    bracket_prices,
    check_prices,
    sides_of,
)
from tabapp.domain.draw.two_team.matching import assign_pairs, match_pairs
from tabapp.domain.draw.two_team.one_up_one_down import one_up_one_down
from tabapp.domain.draw.two_team.ranks import odd_tops, ranks_in
from tabapp.domain.draw.two_team.values import Bracket, Pairing
from tabapp.domain.types import BoolArray, DrawTeam, IntArray, Tick, no_tick


def pair_brackets(
    brackets: Sequence[Bracket], options: DrawOptions, lots: Lots, tick: Tick = no_tick
) -> list[Pairing]:
    """Pair the teams of each bracket by the pairing method and avoid conflicts, top room first.

    By minimum-cost matching the rooms of a bracket are in the order of their best teams, and a
    pulled-up team stands last in its bracket.
    """
    pairings: list[Pairing] = []
    for number, bracket in enumerate(brackets):
        tick(number, len(brackets))
        top = number == 0
        if options.draw_avoid_conflicts == "graph":
            pairings += _at_least_cost(bracket, options, lots, top=top)
            continue
        rooms = _by_method(bracket, bracket_method(options, top=top), lots)
        if options.draw_avoid_conflicts == "one_up_one_down":
            rooms = one_up_one_down(rooms, options)
        pairings += [_with_team_flags(room, bracket) for room in rooms]
    tick(len(brackets), len(brackets))
    return pairings


def pairs_of(
    rows: Sequence[DrawTeam], columns: Sequence[DrawTeam], prices: IntArray, lots: Lots,
    tick: Tick = no_tick, *, cuts: Sequence[BoolArray] = (), tops: Sequence[int] = (),
) -> list[tuple[DrawTeam, DrawTeam]]:
    """Return the pairs of least total price, in the order of ``rows``.

    Either ``rows`` and ``columns`` are one list, or ``columns`` are as many teams of the other
    side. ``cuts`` and ``tops`` as for ``match_pairs``.
    """
    check_prices(prices)
    if rows is columns:
        partner = match_pairs(prices, lots, cuts=cuts, tops=tops, tick=tick).tolist()
        return [
            (rows[one], rows[other]) for one, other in enumerate(partner) if one < other]
    return [
        (rows[one], columns[other]) for one, other in enumerate(assign_pairs(prices, lots))]


def _at_least_cost(
    bracket: Bracket, options: DrawOptions, lots: Lots, *, top: bool
) -> list[Pairing]:
    rows, columns = sides_of(bracket)
    tops: Sequence[int] = ()
    if bracket_method(options, top=top) == "adjacent":
        ranks, _largest = ranks_in(bracket)
        tops = odd_tops([ranks[team.id] for team in rows])
    rooms = pairs_of(
        rows, columns, bracket_prices(bracket, options, top=top), lots, tops=tops)
    if rows is not columns:
        place = {
            team.id: (team.id in bracket.pulled_up, team.rank) for team in (*rows, *columns)}
        rooms.sort(key=lambda room: min(place[room[0].id], place[room[1].id]))
    return [
        _with_team_flags(Pairing(bracket.points, *room), bracket) for room in rooms]


def _by_method(bracket: Bracket, method: str, lots: Lots) -> list[Pairing]:
    if bracket.aff:
        first, second = list(bracket.aff), list(bracket.neg)
        if method == "random":
            first = [first[at] for at in lots.permutation(len(first))]
            second = [second[at] for at in lots.permutation(len(second))]
        elif method == "fold":
            second.reverse()
    else:
        first, second = _halves(bracket.teams, method, lots)
    return [
        Pairing(bracket.points, one, other) for one, other in zip(first, second, strict=True)]


def _halves(
    teams: list[DrawTeam], method: str, lots: Lots
) -> tuple[list[DrawTeam], list[DrawTeam]]:
    half = len(teams) // 2
    if method == "adjacent":
        return teams[::2], teams[1::2]
    if method == "fold":
        return teams[:half], teams[: half - 1 : -1]
    if method == "random":
        teams = [teams[at] for at in lots.permutation(len(teams))]
    return teams[:half], teams[half:]


def _with_team_flags(pairing: Pairing, bracket: Bracket) -> Pairing:
    flags = {
        team.id: bracket.team_flags[team.id]
        for team in (pairing.first, pairing.second) if team.id in bracket.team_flags}
    return replace(pairing, team_flags=flags)
