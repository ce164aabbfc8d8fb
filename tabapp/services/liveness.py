"""Who is safe, live or dead before a round, and how much is open in each of its rooms.

For the tab room only: it tells what silent rounds decided.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tabapp.core.errors import UserError
from tabapp.domain.breaks import BreakCategory
from tabapp.domain.breaks.liveness import State, thresholds
from tabapp.domain.breaks.preferences import may_break
from tabapp.domain.formats import Settings
from tabapp.domain.standings.records import TeamRecords
from tabapp.domain.types import FloatArray, ResultData, Stage
from tabapp.store.break_rows import read_breaks, read_categories, withdrawn_teams
from tabapp.store.forecast_rows import debate_refs
from tabapp.store.result_reads import read_numbered_results
from tabapp.store.tournaments import find_round, get_tournament
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class CategoryLiveness:
    """One category: with ``safe`` points a team breaks, with ``dead`` or fewer it does not.

    ``teams`` are those that can break in it, with how they stand.
    """

    slug: str
    name: str
    size: int
    safe: int
    dead: int
    teams: Mapping[str, State]

    def count(self, state: State) -> int:
        """Return how many teams stand so."""
        return sum(one == state for one in self.teams.values())


@dataclass(frozen=True, slots=True)
class Liveness:
    """All categories before round ``seq``. ``points`` are each team's before the round.

    ``rooms`` has for each debate of the round the number of (team, category) pairs that are
    live in it, so it can exceed the number of teams.
    """

    seq: int
    categories: tuple[CategoryLiveness, ...]
    points: Mapping[str, float]
    rooms: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Found:
    data: ResultData
    settings: Settings
    categories: tuple[BreakCategory, ...]
    out: Mapping[str, frozenset[str]]
    withdrawn: frozenset[str]

    def can_break(self, category: BreakCategory) -> list[int]:
        """Return the numbers of the teams that can break in a category."""
        out = self.out.get(category.slug, frozenset()) | self.withdrawn
        return [
            number for number, team in enumerate(self.data.teams)
            if may_break(team, category) and team.id not in out]


def read_liveness(unit: ReadUnit, tournament_id: int, seq: int) -> Liveness:
    """Return the thresholds before a preliminary round; results of later ones do not count.

    ``UserError("round_unknown")``, ``UserError("liveness_not_preliminary")``.
    """
    round_ = find_round(unit, tournament_id, seq)
    if round_.stage != Stage.PRELIMINARY:
        raise UserError("liveness_not_preliminary", round=round_.name or f"Round {seq}")
    owner = get_tournament(unit, tournament_id)
    data, numbers = read_numbered_results(unit, owner, speeches=False)
    found = _Found(
        data, owner.settings, tuple(read_categories(unit, tournament_id)),
        {slug: frozenset(one.said) for slug, one in read_breaks(unit, tournament_id).items()},
        withdrawn_teams(unit, tournament_id))
    refs = debate_refs(unit, tournament_id)
    return _liveness(found, seq, {number: refs[row] for row, number in numbers.items()})


def _liveness(found: _Found, seq: int, debates: Mapping[int, str]) -> Liveness:
    data, settings = found.data, found.settings
    by_wins = settings.team_standings_precedence[:1] == ("wins",)
    records = TeamRecords(data, seq - 1)
    points = records.count(records.win == 1) if by_wins else records.points_won
    preliminary = [one for one in data.rounds if one.stage is Stage.PRELIMINARY]
    weights = [1 if by_wins else one.weight for one in preliminary]
    remaining = [
        weight for one, weight in zip(preliminary, weights, strict=True) if one.seq >= seq]
    eligible = {one.slug: found.can_break(one) for one in found.categories}
    everybody = set().union(*eligible.values())
    categories = tuple(
        _category(
            found, one, eligible[one.slug],
            len(eligible[one.slug] if one.general else everybody),
            weights, remaining, points)
        for one in found.categories)
    return Liveness(
        seq, categories,
        {team.id: float(value) for team, value in zip(data.teams, points, strict=True)},
        _rooms(data, seq, debates, categories))


def _category(
    found: _Found, category: BreakCategory, eligible: list[int], teams: int,
    weights: list[int], remaining: list[int], points: FloatArray,
) -> CategoryLiveness:
    line = thresholds(
        teams=teams, size=category.size,
        best=1 if found.settings.teams_in_debate == 2 else 3,
        weights=weights, remaining=remaining, general=category.general,
        points=points[eligible].tolist())
    return CategoryLiveness(
        category.slug, category.name, category.size, line.safe, line.dead,
        {found.data.teams[number].id: line.state(float(points[number])) for number in eligible})


def _rooms(
    data: ResultData, seq: int, debates: Mapping[int, str],
    categories: tuple[CategoryLiveness, ...],
) -> dict[str, int]:
    number = next(index for index, one in enumerate(data.rounds) if one.seq == seq)
    found: dict[str, int] = {}
    for row in np.flatnonzero((data.team_round == number) & (data.team_side >= 0)).tolist():
        debate = debates[int(data.team_debate[row])]
        team = data.teams[int(data.team_team[row])].id
        live = sum(one.teams.get(team) == "live" for one in categories)
        found[debate] = found.get(debate, 0) + live
    return found


def as_json(found: Liveness) -> dict[str, Any]:
    """Return the shape of ``headless.md``, row ``liveness``, with teams and rooms beside it."""
    return {
        "round": found.seq,
        "categories": [
            {"slug": one.slug, "safe": one.safe, "dead": one.dead,
             "teams": [{"team": team, "points": found.points[team], "state": state}
                       for team, state in one.teams.items()]}
            for one in found.categories],
        "rooms": [{"debate": debate, "live": live} for debate, live in found.rooms.items()],
    }
