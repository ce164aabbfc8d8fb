"""Teams that are away leave no gap among those that are drawn."""

from __future__ import annotations

from itertools import groupby

from tabapp.domain.draw import generate
from tabapp.domain.formats import resolve
from tabapp.domain.simulation import generate_tournament
from tabapp.domain.snapshots import draw_snapshot
from tabapp.domain.types import DrawSnapshot

FOLD = {"draw_avoid_conflicts": "graph", "draw_pairing_method": "fold",
        "avoid_team_history": False, "avoid_same_institution": False, "side_penalty": 0}


def _without_the_best(count: int) -> DrawSnapshot:
    """Play a round of 24 teams; ``count`` of the best winners are away from the second."""
    archive = generate_tournament(preset="apda", teams=24, rounds=1, seed=3)
    settings = resolve("apda", FOLD)
    again = archive.rounds[0].model_copy(update={
        "seq": 2, "draw_type": "power", "debates": [], "status": "none"})
    archive.rounds.append(again)
    best = sorted(draw_snapshot(archive, 2, settings).teams, key=lambda team: team.rank)
    again.absent_teams = [team.id for team in best[:count]]
    return draw_snapshot(archive, 2, settings)


def test_subranks_run_from_one_among_the_teams_that_are_here() -> None:
    snapshot = _without_the_best(4)
    for _points, level in groupby(snapshot.teams, key=lambda team: team.points):
        ranks = [(team.rank, team.subrank) for team in level]
        places = [1 + sum(other < rank for other, _sub in ranks) for rank, _sub in ranks]
        assert [subrank for _rank, subrank in ranks] == places


def test_fold_folds_those_who_are_here() -> None:
    snapshot = _without_the_best(4)
    top = [team.id for team in snapshot.teams if team.points == 1]
    assert len(top) == 8
    pairs = {frozenset(debate.teams) for debate in generate(snapshot, seed=1).debates}
    assert pairs >= {frozenset({top[n], top[-1 - n]}) for n in range(4)}
