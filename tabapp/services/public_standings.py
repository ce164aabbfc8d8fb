"""What the hall may see of the standings, read from completed rounds that are not silent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tabapp.domain.public import PublicPlace, PublicStandings, sort_key
from tabapp.domain.standings import team_standings
from tabapp.domain.standings.left_out import without_rounds
from tabapp.domain.types import Stage
from tabapp.services.public import shows_codes
from tabapp.services.rounds import title_of
from tabapp.store.public_reads import public_names
from tabapp.store.result_reads import read_results
from tabapp.store.tournaments import TournamentRow, get_tournament, list_rounds
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class PublicPoints:
    """What each team has by the rounds that everybody may know: archive id -> points, or wins.

    ``rounds`` are the names of those rounds. ``left_out``: completed rounds are not counted since
    they are silent; ``is_all``: every preliminary round is counted.
    """

    rounds: tuple[str, ...]
    of_team: Mapping[str, float]
    left_out: bool
    is_all: bool


def public_points(unit: ReadUnit, owner: TournamentRow) -> PublicPoints | None:
    """Return points by round weight; None before any public round, and unless published.

    Only completed preliminary rounds that are not silent are counted (rules.md, section 4, last
    paragraph); the setting ``public_team_standings`` publishes them.
    """
    if not owner.settings.public_team_standings:
        return None
    rounds = [one for one in list_rounds(unit, owner.id) if one.stage == Stage.PRELIMINARY]
    seen = [one for one in rounds if one.completed and not one.silent]
    if not seen:
        return None
    data = read_results(unit, owner, speeches=False)
    hidden = {one.seq for one in data.rounds} - {one.seq for one in seen}
    table = team_standings(without_rounds(data, hidden), metrics=("points",))
    return PublicPoints(
        tuple(title_of(one) for one in seen),
        {row.id: float(row.values["points"] or 0) for row in table.rows},
        left_out=any(one.completed and one.silent for one in rounds),
        is_all=len(seen) == len(rounds))


def public_standings(unit: ReadUnit, tournament_id: int) -> PublicStandings | None:
    """Return points, or wins, sorted by them and then by name; there are no ranks.

    None where there are no public points.
    """
    owner = get_tournament(unit, tournament_id)
    points = public_points(unit, owner)
    if points is None:
        return None
    names = public_names(unit, tournament_id, codes=shows_codes(owner.settings))
    values = [(number, names.get(team, team)) for team, number in points.of_team.items()]
    return PublicStandings(
        points.rounds, owner.settings.teams_in_debate == 2,
        tuple(
            PublicPlace(name, f"{number:g}")
            for number, name in sorted(values, key=lambda one: (-one[0], sort_key(one[1])))),
        points.left_out)
