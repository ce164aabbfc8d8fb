"""Schedules, the filters of the history and the program without a window, by commands alone."""

from __future__ import annotations

import io
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.cli.base import Runtime
from tabapp.cli.main import run
from tabapp.services.workspace import Workspace
from tests.e2e.program import call, done, refused


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "a.tabapp"
    done("new", path, "--name", "Open", "--rounds", 2)
    return path


def rows(db: Path, *words: str) -> dict[str, Any]:
    return {row["name"]: row for row in done("job", "schedule", db, *words)}


def test_the_list_tells_what_runs_when(db: Path) -> None:
    row = rows(db)["maintenance.cleanup"]
    assert (row["job"], row["when"], row["builtin"], row["paused"], row["problem"]) == (
        "maintenance.cleanup", "Sundays at 03:30", True, False, None)
    assert row["trigger"] == {"kind": "cron", "expression": "30 3 * * sun"}
    assert datetime.fromisoformat(row["next_run_at"]) > datetime.now(UTC)
    assert (row["last_run_at"], row["runs"], row["success_rate"], row["mean"], row["p95"]) == (
        None, 0, None, None, None)


def test_the_next_days_are_listed_on_demand(db: Path) -> None:
    assert len(rows(db, "--days", "14")["maintenance.cleanup"]["times"]) == 2
    shown = call("job", "schedule", db, "--days", "7")
    assert shown.code == 0
    assert "Next times" in shown.out
    assert "Sundays at 03:30" in shown.out


@pytest.mark.parametrize(
    ("when", "words"),
    [(["--every", "5m"], "every 5 minutes"), (["--cron", "0 2 * * *"], "daily at 02:00"),
     (["--at", "2126-03-01T14:30"], "once on 1 March 2126 at 14:30 UTC"),
     (["--round", "start-5m"], "5 minutes before the start of each round"),
     (["--round", "release"], "at the release of each round"),
     (["--round", "end+1h@2"], "60 minutes after the expected end of round 2")],
)
def test_a_schedule_is_added_with_its_parameters(db: Path, when: list[str], words: str) -> None:
    found = rows(
        db, "--add", "maintenance.cleanup", *when, "--title", "Mine", "--tournament", "open",
        "run_days=5")["mine"]
    assert (found["title"], found["when"], found["params"], found["tournament"]) == (
        "Mine", words, {"run_days": 5}, "open")


def test_a_schedule_is_paused_resumed_retimed_reset_and_deleted(db: Path) -> None:
    name = "maintenance.cleanup"
    assert rows(db, "--pause", name)[name]["paused"]
    assert not rows(db, "--resume", name)[name]["paused"]
    assert rows(db, "--retime", name, "--cron", "0 4 * * *")[name]["when"] == "daily at 04:00"
    assert not rows(db, "--reset", name)[name]["changed"]
    assert "mine" in rows(db, "--add", name, "--every", "1h", "--title", "Mine")
    assert "mine" not in rows(db, "--delete", "mine")
    with open_workspace(db) as work:
        verbs = [one.verb for one in work.database.history(1, limit=6)]
    assert verbs == ["delete schedule", "add schedule", "reset schedule", "re-time schedule",
                     "resume schedule", "pause schedule"]


def test_run_now_waits_for_the_end(db: Path) -> None:
    (result,) = done("job", "schedule", db, "--run", "standings.recalculate_active")
    assert (result["name"], result["status"]) == ("standings.recalculate_active", "success")
    assert rows(db)["standings.recalculate_active"]["runs"] == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [(["--add", "maintenance.cleanup"], "exactly one"),
     (["--add", "maintenance.cleanup", "--every", "5m", "--cron", "* * * * *"], "exactly one"),
     (["--add", "maintenance.cleanup", "--every", "soon"], "'soon' is no value for --every"),
     (["--add", "maintenance.cleanup", "--every", "1s"], "too often"),
     (["--add", "maintenance.cleanup", "--at", "noon"], "'noon' is no value for --at"),
     (["--add", "maintenance.cleanup", "--round", "lunch"], "'lunch' is no value for --round"),
     (["--add", "maintenance.cleanup", "--round", "release-5m"], "before it"),
     (["--add", "maintenance.cleanup", "--cron", "30 3 * * foo"], "'foo' is no weekday"),
     (["--add", "maintenance.cleanup", "--every", "5m", "colour=red"], "'colour' is not a"),
     (["--add", "no.such", "--every", "5m"], "no job named 'no.such'"),
     (["--add", "maintenance.cleanup", "--every", "5m", "--tournament", "x"], "no tournament x"),
     (["--pause", "x"], "no schedule named 'x'"), (["--delete", "x"], "no schedule named 'x'"),
     (["--pause", "a", "--delete", "b"], "Only one of")],
)
def test_a_wrong_call_is_told_and_changes_nothing(db: Path, words: list[str], says: str) -> None:
    before = rows(db)
    assert says in refused("job", "schedule", db, *words)
    assert rows(db).keys() == before.keys()


def test_the_history_is_filtered(db: Path) -> None:
    for name in ("standings.recalculate", "standings.recalculate", "break.generate"):
        call("job", "run", db, name)

    def names(*words: str) -> list[str]:
        return [row["name"] for row in done("job", "history", db, *words)]

    assert len(names("--name", "standings.recalculate")) == 2
    assert set(names("--state", "success", "--tournament", "open")) <= {
        "standings.recalculate", "break.generate"}
    assert names("--state", "queued", "--state", "running") == []
    assert len(names("--label", "results")) == 3
    assert names("--label", "upkeep") == []
    assert len(names("--since", "1h")) == 3
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    assert names("--since", later) == []
    assert "'ever' is no value for --since" in refused("job", "history", db, "--since", "ever")
    refused("job", "history", db, "--state", "lost", code=2)


@contextmanager
def _opened(seen: list[Any], db: Path, **options: Any) -> Iterator[Workspace]:
    """Open as ``work`` asks, and send the signal that ends it once it works."""
    seen.append(options)
    with open_workspace(db, **options) as work:
        ending = threading.Timer(0.5, signal.raise_signal, [signal.SIGTERM])
        ending.start()
        try:
            yield work
        finally:
            ending.cancel()


def _work(db: Path, *words: str) -> tuple[int, str, list[Any]]:
    seen: list[Any] = []
    runtime = Runtime(
        open=lambda where, **options: _opened(seen, Path(where), **options),
        job_rows=list, demo_folder=Path, open_window=lambda *_args, **_options: 1)
    said = io.StringIO()
    with redirect_stderr(said):
        code = run(["work", str(db), *words], runtime)
    return code, said.getvalue(), seen


def test_work_runs_until_a_signal_and_stops_cleanly(db: Path) -> None:
    before = signal.getsignal(signal.SIGTERM)
    code, said, (options,) = _work(db, "--queues", "high_priority,default")
    assert code == 0
    assert options == {"threads": True, "household": True,
                       "queues": frozenset({"high_priority", "default"})}
    first, last = said.splitlines()
    assert first.endswith("a.tabapp; Ctrl+C ends it.")
    assert last.startswith("Stopping; ")
    assert signal.getsignal(signal.SIGTERM) == before


def test_work_on_a_queue_that_is_none_is_refused(db: Path) -> None:
    code, said, seen = _work(db, "--queues", "fast")
    assert (code, seen) == (1, [])
    assert "no queue named 'fast'" in said
