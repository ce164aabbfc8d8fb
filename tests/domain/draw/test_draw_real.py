"""The optimum of a real tournament, round by round, given its real histories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from tabapp.domain.audit.draws import audit_draw, optimal_position_cost
from tabapp.domain.draw import explain, generate
from tabapp.domain.draw.brackets import define_rooms
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.positions import CostTable
from tabapp.domain.types import BP_SIDES, DrawSnapshot, DrawTeam, DrawType

SIMPLE = {"bp_position_cost": "simple", "bp_position_cost_exponent": 1.0}


@pytest.fixture(scope="module")
def real_rounds(data_dir: Path) -> list[tuple[DrawTeam, ...]]:
    """The teams drawn in each round from the second on, with their records before it."""
    root = ElementTree.parse(data_dir / "debatexml" / "2023eudc.xml").getroot()
    points: Counter[str] = Counter()
    positions: Counter[tuple[str, int]] = Counter()
    rounds = []
    for number, element in enumerate(root.iter("round"), 1):
        if element.get("elimination") != "false":
            continue
        rooms = [
            [
                (side.get("team", ""), int(ballot.get("rank", "")))
                for side in debate.iter("side") for ballot in side.findall("ballot")
            ]
            for debate in element.iter("debate")
        ]
        if number > 1:
            rounds.append(tuple(
                DrawTeam(
                    team, float(points[team]),
                    sides=tuple(positions[team, position] for position in range(4)),
                )
                for room in rooms for team, _rank in room
            ))
        for room in rooms:
            for position, (team, rank) in enumerate(room):
                points[team] += 4 - rank
                positions[team, position] += 1
    return rounds


def snapshots(
    rounds: list[tuple[DrawTeam, ...]], options: Mapping[str, Any]
) -> list[DrawSnapshot]:
    return [
        DrawSnapshot(BP_SIDES, DrawType.POWER, teams, options, seq)
        for seq, teams in enumerate(rounds, 2)
    ]


def test_the_optimum_over_the_real_rounds_is_the_known_one(
    real_rounds: list[tuple[DrawTeam, ...]],
) -> None:
    generated = audited = 0.0
    for snapshot in snapshots(real_rounds, {}):
        draw = generate(snapshot, seed=snapshot.round_seq)
        assert {check.status for check in audit_draw(snapshot, draw.debates)} == {"passed"}
        assert len(explain(draw, snapshot)) == len(draw.debates)
        generated += draw.quality.position_cost_optimum
        audited += optimal_position_cost(snapshot)
    assert (len(real_rounds), round(generated), round(audited)) == (8, 3337, 3337)


def test_the_simple_optimum_is_the_known_one_in_the_manuals_form(
    real_rounds: list[tuple[DrawTeam, ...]],
) -> None:
    # The known figure counts h[s] - min h, as the manual does; ours is the code's form, h[s].
    generated = audited = 0.0
    for snapshot in snapshots(real_rounds, SIMPLE):
        least = sum(min(team.sides) for team in snapshot.teams)
        generated += generate(snapshot, seed=1).quality.position_cost_optimum - least
        audited += optimal_position_cost(snapshot) - least
    assert (generated, audited) == (39, 39)


def test_a_third_algorithm_finds_the_same_optimum(
    real_rounds: list[tuple[DrawTeam, ...]],
) -> None:
    for snapshot in snapshots(real_rounds, {}):
        # In order of points this solver is fast; in another it can take minutes.
        teams = sorted(snapshot.teams, key=lambda team: (-team.points, team.sides))
        rooms = define_rooms([team.points for team in teams], "anywhere")
        costs = CostTable([team.sides for team in teams], DrawOptions()).of_teams()
        allowed = np.array([[team.points in room.allowed for room in rooms] for team in teams])
        raised = np.where(np.repeat(allowed, 4, axis=1), np.tile(costs, len(rooms)) + 1, 0)
        _rows, seats = min_weight_full_bipartite_matching(csr_array(raised))
        least = costs[np.arange(len(teams)), seats % 4].sum()
        assert optimal_position_cost(snapshot) == pytest.approx(least, rel=1e-9, abs=1e-6)
