"""Every job of the registry, its process killed wherever it looks: the old state or the new one."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from signal import SIGKILL
from typing import Any

import pytest

from tabapp.app import job_registry
from tabapp.jobs.testing import JobTestContext
from tabapp.store.unit import ReadUnit, WriteUnit
from tests.reliability.every_job import (
    Case,
    Trial,
    context_of,
    every_case,
    opened,
    play_two_rounds,
    state_of,
)
from tests.reliability.programs import PATIENCE, begin, everything_said
from tests.reliability.scenes import THOROUGH, assert_results_are_derived

MOST = 100 if THOROUGH else 3
"""Points of each job at which its process is killed, besides its commit; the last among them."""
COMMIT = 0
"""Stands for the moment before the transaction is committed."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")

EACH = every_case()


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("killed") / "played.tabapp"
    play_two_rounds(path)
    return path


class _Killed(JobTestContext[ReadUnit, WriteUnit]):
    """Ends the whole process at one of the job's points."""

    place = -1

    def interruption(self, step: str | int) -> tuple[bool, BaseException | None]:
        if step == self.place:
            os.kill(os.getpid(), SIGKILL)
        return False, None


def run_and_die(
    says: Connection, name: str, params: dict[str, Any], path: Path, place: int
) -> None:
    """Run a job on the file at ``path`` in this process, and die at ``place``."""

    def die(_unit: WriteUnit) -> None:
        os.kill(os.getpid(), SIGKILL)

    spec = job_registry().get(name)
    with opened(path) as scene:
        if place == COMMIT:
            scene.work.database.hooks.append(die)
        context = context_of(scene, spec, kind=_Killed)
        context.place = place
        context.run(spec, **params)
        says.send("ended")


def places(points: int) -> list[int]:
    """Return the points to die at: its commit, and some from the first to the last."""
    return [COMMIT, *sorted({1 + round(n * (points - 1) / max(1, MOST - 1)) for n in range(MOST)})]


@pytest.mark.parametrize(
    ("name", "case"), EACH, ids=[f"{name}-{case.__name__}" for name, case in EACH])
def test_a_job_killed_with_its_process_leaves_the_old_state_or_the_new(
    name: str, case: Case, played: Path
) -> None:
    trial = Trial(name, case, played)
    with trial.afresh() as scene:
        whole = trial.context(scene)
        whole.run(trial.spec, **trial.params)
        new = state_of(scene.work)
    deaths = 0
    for place in places(whole.points):
        path = trial.copied()
        process, hears = begin(run_and_die, name, trial.params, path, place)
        ended = "ended" in everything_said(hears)
        process.join(PATIENCE)
        deaths += process.exitcode == -SIGKILL
        assert ended or process.exitcode == -SIGKILL
        with closing(sqlite3.connect(path)) as driver:
            assert driver.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert driver.execute("PRAGMA foreign_key_check").fetchall() == []
        with opened(path) as scene:
            assert state_of(scene.work) in (trial.old, new), place
            assert_results_are_derived(scene.work.database)
    assert deaths >= 2
