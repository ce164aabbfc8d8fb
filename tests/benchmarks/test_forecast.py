"""The forecast of 400 teams: with one to three rounds left, a first picture, and as a job."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tabapp.domain.forecast import FIRST, RUNS, ForecastCase, make_forecast
from tabapp.domain.simulation import generate_tournament
from tabapp.services.workspace import Workspace
from tests.domain.forecast.forecast_world import case_of

OpenLarge = Callable[[int], Workspace]


@pytest.fixture(scope="module")
def cases() -> dict[int, ForecastCase]:
    """Return a tournament of 400 teams and nine rounds by the number of rounds left."""
    archive = generate_tournament(preset="bp", teams=400, rounds=9, seed=3)
    found = {}
    for left in (1, 2, 3):
        archive.rounds[-left].debates, archive.rounds[-left].status = [], "none"
        found[left] = case_of(archive)
    return found


@pytest.mark.parametrize("left", [1, 2, 3])
def test_ten_thousand_endings_of_400_teams(
    benchmark: BenchmarkFixture, cases: dict[int, ForecastCase], left: int
) -> None:
    benchmark.pedantic(
        lambda: make_forecast(cases[left], runs=RUNS, seed=1), rounds=5, warmup_rounds=1)


def test_a_first_picture_of_400_teams(
    benchmark: BenchmarkFixture, cases: dict[int, ForecastCase]
) -> None:
    benchmark.pedantic(
        lambda: make_forecast(cases[1], runs=FIRST, seed=1), rounds=11, warmup_rounds=1)


def test_the_forecast_job_of_400_teams(
    benchmark: BenchmarkFixture, open_large: OpenLarge
) -> None:
    work = open_large(400)
    owner = work.tournament()
    seeds = count(1)
    benchmark.pedantic(
        lambda: work.run(
            "break.forecast", tournament=owner.id, tournament_id=owner.id, seed=next(seeds)),
        rounds=5, warmup_rounds=1)
