"""Large tournaments for the benchmarks, made once and copied for each."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.services.workspace import Workspace
from tests.benchmarks.draw_ways import make_file

OpenLarge = Callable[..., Workspace]


@pytest.fixture(scope="session")
def large_files(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return the file of a tournament of so many teams, and a preset, after eight of nine rounds.
    """
    folder = tmp_path_factory.mktemp("large")

    def find(teams: int, preset: str = "bp") -> Path:
        path = folder / f"{preset}-{teams}.tabapp"
        if not path.exists():
            make_file(path, preset, teams)
        return path

    return find


@pytest.fixture
def open_large(
    large_files: Callable[..., Path], tmp_path: Path
) -> Iterator[OpenLarge]:
    """Open a copy of a large tournament with a queue of threads, as the window does."""
    with ExitStack() as stack:

        def open_copy(teams: int, preset: str = "bp") -> Workspace:
            path = tmp_path / f"{teams}.tabapp"
            shutil.copy(large_files(teams, preset), path)
            return stack.enter_context(open_workspace(path, threads=True))

        yield open_copy
