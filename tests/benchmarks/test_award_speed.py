"""All awards of 1000 teams in nine rounds, worked out anew (within 300 ms)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tabapp.app import open_workspace
from tabapp.domain.achievements import AwardFacts, Earned, evaluate
from tabapp.domain.simulation import generate_tournament
from tabapp.services import award_views, awards, exchange

TEAMS, ROUNDS = 1000, 9


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a tournament of which every round was completed, and its awards."""
    path = tmp_path_factory.mktemp("awards") / "large.tabapp"
    archive = generate_tournament(preset="bp", teams=TEAMS, rounds=ROUNDS, seed=5)
    with open_workspace(path, create=True) as work:
        exchange.add(work.database, archive, now=work.clock.now(), actor="benchmark")
        owner = work.tournament()
        work.run("achievements.check_all", tournament=owner.id, tournament_id=owner.id)
    return path


def test_all_awards_of_a_thousand_teams(finished: Path, benchmark: BenchmarkFixture) -> None:
    with open_workspace(finished) as work, work.database.read() as unit:
        facts = awards.read_input(unit, work.tournament().id).facts
    found = _timed(benchmark, lambda: evaluate(facts), facts)
    assert len(found) > 5000
    assert benchmark.stats is not None
    assert benchmark.stats.stats.median < 0.3


def _timed(
    benchmark: BenchmarkFixture, work: Callable[[], list[Earned]], facts: AwardFacts
) -> list[Earned]:
    found: list[Earned] = benchmark.pedantic(work, rounds=5, warmup_rounds=1)
    assert found == evaluate(facts)
    return found


def test_reading_what_awards_rest_on(finished: Path, benchmark: BenchmarkFixture) -> None:
    with open_workspace(finished) as work:
        owner = work.tournament().id

        def read() -> awards.AwardInput:
            with work.database.read() as unit:
                return awards.read_input(unit, owner)

        found = benchmark.pedantic(read, rounds=3)
        assert not awards.work_out(found)  # all of them are stored


def test_reading_the_page_of_awards(finished: Path, benchmark: BenchmarkFixture) -> None:
    with open_workspace(finished) as work:
        owner = work.tournament().id

        def read() -> award_views.AwardsView:
            with work.database.read() as unit:
                return award_views.read_awards(unit, owner)

        assert benchmark.pedantic(read, rounds=3).winners > 5000
