"""Tournaments that were made by commands alone, each test with its own copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.builders import small_archive
from tests.e2e.program import Program, done, written


@pytest.fixture(autouse=True)
def _no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no command open a window in this process; tests of the window name their display."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.setenv(name, "")


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """Return the program as another process."""
    return Program(tmp_path_factory.mktemp("bytecode"))


@pytest.fixture(scope="session")
def archive_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a random tournament of 16 teams with the results of three rounds."""
    file = tmp_path_factory.mktemp("archive") / "played.json"
    done("generate", file, "--teams", 16, "--rounds", 3, "--seed", 5)
    return file


@pytest.fixture(scope="session")
def _played(archive_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("played") / "played.tabapp"
    done("import", db, archive_file)
    return db


@pytest.fixture(scope="session")
def _drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a tournament of 8 teams whose one round is drawn and waits for its ballots."""
    folder = tmp_path_factory.mktemp("drawn")
    done("import", folder / "drawn.tabapp",
         written(folder / "drawn.json", small_archive(8, 2, results=False)),
         "--accept-warnings")
    return folder / "drawn.tabapp"


@pytest.fixture
def played(_played: Path, tmp_path: Path) -> Path:
    """Return a database with three played rounds."""
    return Path(shutil.copy(_played, tmp_path / "played.tabapp"))


@pytest.fixture
def drawn(_drawn: Path, tmp_path: Path) -> Path:
    """Return a database with two drawn rounds without ballots."""
    return Path(shutil.copy(_drawn, tmp_path / "drawn.tabapp"))
