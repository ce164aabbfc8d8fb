"""The draw job from submit to committed, with the bare solver on the same matrix beside it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from scipy.optimize import linear_sum_assignment

from tabapp.domain.audit.draws import audit_draw
from tabapp.domain.draw import explain, generate
from tabapp.domain.records import draw_snapshot
from tabapp.domain.types import DrawSnapshot, DrawType
from tabapp.services.workspace import Workspace
from tabapp.store.result_reads import read_results

OpenLarge = Callable[[int], Workspace]
SIZES = (100, 200, 400, 800, 1000)


def _snapshot(work: Workspace) -> DrawSnapshot:
    owner, round_ = work.round(None, 9)
    with work.database.read() as unit:
        data = read_results(unit, owner)
    return draw_snapshot(
        data, owner.settings, round_seq=round_.seq, draw_type=DrawType.POWER,
        present={team.id for team in data.teams},
    )


@pytest.mark.parametrize("teams", SIZES)
def test_the_draw_job_queued_to_committed(
    benchmark: BenchmarkFixture, open_large: OpenLarge, teams: int
) -> None:
    work = open_large(teams)
    owner, round_ = work.round(None, 9)
    seeds = count(1)

    def draw() -> None:
        work.run(
            "draw.generate", tournament=owner.id, round_id=round_.id, seed=next(seeds),
            replace=True)

    benchmark.pedantic(draw, rounds=11, warmup_rounds=1)


@pytest.mark.parametrize("teams", [400, 1000])
def test_the_first_draw_of_a_round(
    benchmark: BenchmarkFixture, open_large: OpenLarge, teams: int
) -> None:
    """As a tab room meets it: there is no draw to replace; undone between the runs."""
    work = open_large(teams)
    owner, round_ = work.round(None, 9)
    seeds = count(1)

    def draw() -> None:
        work.run(
            "draw.generate", tournament=owner.id, round_id=round_.id, seed=next(seeds))

    def set_up() -> None:
        if work.round(None, 9)[1].status != "none":
            work.database.undo(owner.id, actor="benchmark")

    benchmark.pedantic(draw, setup=set_up, rounds=11, warmup_rounds=1)


@pytest.mark.parametrize("teams", [400, 1000])
def test_the_bare_solver(
    benchmark: BenchmarkFixture, open_large: OpenLarge, teams: int
) -> None:
    """One dense matrix of the same size: what the draw could cost at least."""
    costs = np.random.default_rng(1).random((teams, teams))
    benchmark(linear_sum_assignment, costs)


@pytest.mark.parametrize("part", ["generate", "audit", "explain"])
def test_the_parts_of_a_draw_of_400_teams(
    benchmark: BenchmarkFixture, open_large: OpenLarge, part: str
) -> None:
    snapshot = _snapshot(open_large(400))
    draw = generate(snapshot, seed=1)
    work = {
        "generate": lambda: generate(snapshot, seed=1),
        "audit": lambda: audit_draw(snapshot, draw.debates),
        "explain": lambda: explain(draw, snapshot),
    }
    benchmark(work[part])
