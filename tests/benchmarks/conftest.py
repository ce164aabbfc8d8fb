"""Large tournaments for the benchmarks, made once and copied for each."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.domain.simulation import generate_tournament
from tabapp.services import exchange
from tabapp.services.workspace import Workspace

SEED = 5
ROUNDS = 9
OpenLarge = Callable[[int], Workspace]


def _make(path: Path, teams: int) -> None:
    """Store a tournament whose last round is not drawn yet."""
    archive = generate_tournament(preset="bp", teams=teams, rounds=ROUNDS, seed=SEED)
    last = archive.rounds[-1]
    last.debates, last.status, last.completed = [], "none", False
    with open_workspace(path, create=True) as work:
        exchange.add(work.database, archive, now=work.clock.now(), actor="benchmark")


@pytest.fixture(scope="session")
def large_files(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Return the file of a tournament of so many teams after eight of nine rounds."""
    folder = tmp_path_factory.mktemp("large")

    def find(teams: int) -> Path:
        path = folder / f"{teams}.tabapp"
        if not path.exists():
            _make(path, teams)
        return path

    return find


@pytest.fixture
def open_large(
    large_files: Callable[[int], Path], tmp_path: Path
) -> Iterator[OpenLarge]:
    """Open a copy of a large tournament with a queue of threads, as the window does."""
    with ExitStack() as stack:

        def open_copy(teams: int) -> Workspace:
            path = tmp_path / f"{teams}.tabapp"
            shutil.copy(large_files(teams), path)
            return stack.enter_context(open_workspace(path, threads=True))

        yield open_copy
