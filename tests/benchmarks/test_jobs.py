"""What the queue itself costs: an empty job from submit to stored result, on a real file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tabapp.app import open_workspace
from tabapp.core.actors import CLOCK
from tabapp.jobs.registry import Registry
from tabapp.jobs.spec import db_job
from tabapp.services.workspace import Workspace

EMPTY = [
    db_job("bench.empty", queue="high_priority")(lambda ctx: None),
    db_job("bench.locked", queue="high_priority", lock="tournament")(lambda ctx: None),
    db_job("bench.quiet", queue="high_priority", quiet=True)(lambda ctx: None),
]


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setattr("tabapp.app.job_registry", lambda: Registry(EMPTY))
    with open_workspace(tmp_path / "empty.tabapp", create=True, threads=True) as opened:
        yield opened


@pytest.mark.parametrize("name", ["empty", "locked", "quiet"])
def test_an_empty_job_submitted_to_stored(
    benchmark: BenchmarkFixture, work: Workspace, name: Literal["empty", "locked", "quiet"]
) -> None:
    """Target: 5 ms. A quiet one of the clock leaves no row."""

    def run() -> None:
        work.queue.submit(f"bench.{name}", tournament=1, submitted_by=CLOCK).wait()

    benchmark.pedantic(run, rounds=200, warmup_rounds=20)
