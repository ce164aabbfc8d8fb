"""Standings and breaks as jobs, a ballot from Enter to durable, imports."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tabapp.app import open_workspace
from tabapp.domain.simulation import derive_rng, line_ups, make_talent, simulate_ballot
from tabapp.exchange import read_source
from tabapp.services import ballots, exchange
from tabapp.services.workspace import Workspace
from tabapp.store.archive_out import read_archive

OpenLarge = Callable[[int], Workspace]


@pytest.mark.parametrize("teams", [100, 200, 400, 800, 1000])
def test_the_standings_job(
    benchmark: BenchmarkFixture, open_large: OpenLarge, teams: int
) -> None:
    work = open_large(teams)
    owner = work.tournament()
    benchmark.pedantic(
        lambda: work.run("standings.recalculate", tournament=owner.id, tournament_id=owner.id),
        rounds=11, warmup_rounds=1,
    )


def test_the_break_job_of_400_teams(
    benchmark: BenchmarkFixture, open_large: OpenLarge
) -> None:
    work = open_large(400)
    owner = work.tournament()
    benchmark.pedantic(
        lambda: work.run(
            "break.generate", tournament=owner.id, tournament_id=owner.id, ties="lot", seed=1),
        rounds=11, warmup_rounds=1,
    )


def test_a_ballot_from_enter_to_durable_with_400_teams(
    benchmark: BenchmarkFixture, open_large: OpenLarge
) -> None:
    work = open_large(400)
    owner = work.tournament()
    with work.database.read() as unit:
        archive = read_archive(unit, owner.id, ballots=False)
    round_ = archive.rounds[7]
    talent, teams = make_talent(archive, 1), line_ups(archive)
    numbers = count(1)

    def enter() -> None:
        number = next(numbers)
        debate = round_.debates[number % len(round_.debates)]
        ballot = simulate_ballot(
            debate, talent, owner.settings, rng=derive_rng(number, "x"), speakers=teams)
        with work.database.write(
            actor="benchmark", verb="confirm ballots", tournament=owner.id
        ) as unit:
            ballots.enter_ballots(
                unit, owner, [ballots.Entry(round_.seq, debate.id, ballot)])

    benchmark.pedantic(enter, rounds=100, warmup_rounds=3)


def test_the_import_of_a_real_tournament_of_160_teams(
    benchmark: BenchmarkFixture, data_dir: Path, tmp_path: Path
) -> None:
    numbers = count(1)

    def read_and_store() -> None:
        found = read_source([data_dir / "debatexml" / "2023eudc.xml"])
        assert found.archive is not None
        with open_workspace(tmp_path / f"{next(numbers)}.tabapp", create=True) as work:
            exchange.add(work.database, found.archive, now=work.clock.now(), actor="benchmark")

    benchmark.pedantic(read_and_store, rounds=5, warmup_rounds=1)
