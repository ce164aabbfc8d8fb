"""The store's log of runs keeps what the framework tells it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tabapp.core.errors import DatabaseBusy
from tabapp.jobs.ports import LogLine, RunLog, RunRecord, UnitSource
from tabapp.store.database import Database
from tabapp.store.runs import SqlRunLog
from tabapp.store.unit import ReadUnit, WriteUnit

AT = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def runs(database: Database) -> RunLog:
    return SqlRunLog(database)


def record(name: str = "draw.generate", **more: object) -> RunRecord:
    fields = {"name": name, "title": "Draw for Round 1", "submitted_at": AT} | more
    return RunRecord(**fields)  # type: ignore[arg-type]


def test_a_run_is_remembered_whole_even_after_a_restart(
    database: Database, path: Path, opened: Callable[[Path], Database]
) -> None:
    full = record(
        queue="high_priority", priority=3, labels=("draw", "slow"), tournament=4,
        params={"round_id": 5, "deep": {"list": [1, None]}}, dedup="draw-5", submitted_by="Ann",
        idempotent=False, state="waiting", attempts=2, next_at=AT + timedelta(microseconds=1),
        waiting_for="the lock", progress=0.25, message="half", owner="me", epoch=6,
        started_at=AT, finished_at=AT + timedelta(seconds=1), seconds=1.5, value=[1, "x"],
        stats={"created": 3}, error_code="c", error_message="m", error_details="d",
    )
    stored = [SqlRunLog(database).create(run) for run in (record(), full)]
    database.close()
    again = SqlRunLog(opened(path))
    assert [run.id for run in stored] == [1, 2]
    assert [again.get(run.id) for run in stored] == stored
    assert again.get(3) is None


def test_changes_touch_only_what_they_name(runs: RunLog) -> None:
    run = runs.create(record(labels=("draw",), waiting_for="the lock"))
    assert runs.update(run.id, {"state": "running", "waiting_for": "", "started_at": AT})
    assert runs.update(run.id, {"value": {"n": 1}, "stats": {"n": 1}, "next_at": None})
    assert not runs.update(99, {"state": "failed"})
    found = runs.get(run.id)
    assert found is not None
    assert (found.state, found.waiting_for, found.labels) == ("running", "", ("draw",))
    assert (found.value, found.stats, found.started_at) == ({"n": 1}, {"n": 1}, AT)


def test_only_its_owner_changes_a_run(runs: RunLog) -> None:
    run = runs.create(record(owner="me"))
    assert not runs.update(run.id, {"state": "failed"}, if_owner="you")
    assert runs.update(run.id, {"progress": 0.5}, if_owner="me")
    found = runs.get(run.id)
    assert found is not None
    assert (found.state, found.progress) == ("queued", 0.5)


def test_a_run_is_claimed_once(runs: RunLog) -> None:
    run = runs.create(record())
    assert not runs.claim(run.id, {"owner": "me"}, previous="ghost")
    assert runs.claim(run.id, {"owner": "me"}, previous=None)
    assert not runs.claim(run.id, {"owner": "you"}, previous=None)
    assert runs.claim(run.id, {"owner": "you"}, previous="me")
    runs.update(run.id, {"state": "success"})
    assert not runs.claim(run.id, {"owner": "me"}, previous="you")


def test_history_is_filtered_and_paged(runs: RunLog) -> None:
    for number in range(6):
        runs.create(record(
            name=("a", "b")[number % 2], tournament=number // 3,
            state=("success", "running", "failed")[number % 3],
        ))
    assert [run.id for run in runs.history()] == [6, 5, 4, 3, 2, 1]
    assert [run.id for run in runs.history(limit=2, before=5)] == [4, 3]
    assert [run.id for run in runs.history(tournament=0)] == [3, 2, 1]
    assert [run.id for run in runs.history(name="a")] == [5, 3, 1]
    assert [run.id for run in runs.history(states=frozenset({"failed"}))] == [6, 3]
    assert [run.id for run in runs.unfinished()] == [2, 5]


def test_history_is_filtered_by_what_people_ask_for(runs: RunLog) -> None:
    for n, (name, title, by, labels) in enumerate([
        ("draw.generate", "Draw: Round 1", "Ann", ("draw",)),
        ("draw.allocate", "Panels: Über 100 %", "clock", ("draw", "slow")),
        ("drawing.print", "Print", "Ann", ()),
        ("people.check", "ROUND_1", "ballot", ("people", "redraw")),
    ]):
        runs.create(record(
            name, title=title, submitted_by=by, labels=labels,
            submitted_at=AT + timedelta(minutes=n)))

    def ids(**filters: object) -> list[int]:
        return [run.id for run in runs.history(**filters)]  # type: ignore[arg-type]

    assert ids(prefix="draw.") == [2, 1]
    assert ids(label="draw") == [2, 1]
    assert ids(submitted_by="Ann") == [3, 1]
    assert ids(text="round") == [4, 1]
    assert ids(text="Über") == [2]
    assert ids(text="100 %") == [2]
    assert ids(text="D_1") == [4]
    assert ids(since=AT + timedelta(minutes=1), until=AT + timedelta(minutes=3)) == [3, 2]
    assert ids(prefix="draw", submitted_by="Ann", limit=1, before=3) == [1]


def test_a_run_keeps_its_predecessor_its_batches_and_its_fingerprint(runs: RunLog) -> None:
    first = runs.create(record())
    run = runs.create(record(parent=first.id, batches={"1:50:ab": 2}))
    assert runs.get(run.id) == run
    runs.update(run.id, {"batches": {"1:50:ab": 3}})
    runs.update(run.id, {"fingerprint": "f", "parent": None})
    found = runs.get(run.id)
    assert found is not None
    assert (found.parent, found.batches, found.fingerprint) == (None, {"1:50:ab": 3}, "f")


def test_a_result_is_found_by_its_fingerprint(runs: RunLog) -> None:
    stored = [
        runs.create(record(name, state=state, fingerprint=fingerprint))
        for name, state, fingerprint in [
            ("a", "success", "x"), ("a", "success", "x"), ("a", "failed", "x"),
            ("b", "success", "x"), ("a", "success", "y"), ("a", "success", ""),
        ]
    ]
    assert runs.succeeded("a", "x") == stored[1]
    assert runs.succeeded("a", "z") is None


def test_a_reserved_id_is_nobody_elses_and_may_stay_unused(runs: RunLog) -> None:
    reserved = runs.reserve()
    other = runs.create(record())
    assert runs.get(reserved) is None
    kept = runs.create(record(id=reserved))
    assert (kept.id, other.id, runs.create(record()).id) == (reserved, reserved + 1, reserved + 2)


def test_log_lines_stay_in_order(runs: RunLog) -> None:
    run, other = runs.create(record()), runs.create(record())
    lines = [LogLine(AT, "info", f"line {n}", {"n": n}) for n in range(5)]
    runs.append(run.id, lines[:2])
    runs.append(other.id, lines[4:])
    runs.append(run.id, [])
    runs.append(run.id, lines[2:4])
    assert list(runs.logs(run.id)) == lines[:4]
    assert list(runs.logs(other.id)) == lines[4:]
    assert runs.logs(99) == []


def test_a_log_line_cannot_be_written_inside_a_write(database: Database, runs: RunLog) -> None:
    with database.write(), pytest.raises(DatabaseBusy):
        runs.append(1, [LogLine(AT, "info", "x")])


def test_the_database_is_the_frameworks_source_of_units(database: Database) -> None:
    source: UnitSource[ReadUnit, WriteUnit] = database
    with source.write(
        actor="job", verb="draw", subject="Round 1", tournament=None, expected=None, lease=None,
        run_id=1,
    ) as unit:
        assert unit.header.run_id == 1
