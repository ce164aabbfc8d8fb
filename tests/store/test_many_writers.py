"""Several threads write at once: all of it arrives, and nobody sees half."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import func, select

from tabapp.core.clock import ManualClock
from tabapp.core.errors import DatabaseBusy
from tabapp.store.database import MOVE_LOG_EVERY, Database
from tabapp.store.engine import WriterLock, writer_lock
from tabapp.store.runs import SqlRunLog
from tabapp.store.schema import action, speaker, team, tournament

THREADS, WRITES = 4, 50


def test_four_threads_of_fifty_writes_all_arrive(database: Database, house: Any) -> None:
    def write(thread: int) -> None:
        for number in range(WRITES):
            with database.write(verb="add", tournament=house.tournament) as unit:
                (one,) = unit.insert(team, [{
                    "tournament_id": house.tournament, "ref": f"W{thread}-{number}", "name": "W",
                }])
                unit.insert(speaker, [{
                    "tournament_id": house.tournament, "ref": f"S{one}", "name": "S",
                    "team_id": one,
                }])
                unit.touch("people")

    def look(_thread: int) -> set[int]:
        gaps = set()
        for _ in range(WRITES):
            with database.read() as unit:
                teams = unit.scalar(select(func.count()).select_from(team))
                speakers = unit.scalar(select(func.count()).select_from(speaker))
            gaps.add(teams - speakers)
        return gaps

    with ThreadPoolExecutor(THREADS + 1) as pool:
        looking = pool.submit(look, 0)
        list(pool.map(write, range(THREADS)))
    assert looking.result() == {4}
    with database.read() as unit:
        assert unit.scalar(select(func.count()).select_from(speaker)) == THREADS * WRITES
        assert unit.scalar(
            select(func.count()).select_from(action).where(action.c.verb == "add")
        ) == THREADS * WRITES
        moved = unit.revision(house.tournament, "people").topics["people"]
    assert moved == 1 + THREADS * WRITES


def test_the_log_of_runs_and_the_units_share_one_line(database: Database, house: Any) -> None:
    runs = SqlRunLog(database)

    def log(thread: int) -> None:
        for _ in range(WRITES):
            with database.write() as unit:
                unit.update(team, {house.teams[thread]: {"seed": float(unit.ids.take("x")[0])}})
            assert runs.history(limit=1) == []

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(log, range(THREADS)))
    with database.write() as unit:
        assert unit.ids.take("x")[0] == THREADS * WRITES + 1


def test_a_person_goes_before_the_runs_that_wait(database: Database, house: Any) -> None:
    lock, order = writer_lock(database.url), list[str]()

    def write(name: str, run: int | None) -> None:
        with database.write(verb=name, run_id=run) as unit:
            order.append(name)
            unit.touch("people")

    with ThreadPoolExecutor(4) as pool:
        with lock.hold(5, "here"):
            runs = [pool.submit(write, f"run {n}", n) for n in (1, 2, 3)]
            wait_for(lambda: lock.waiting == 3)
            person = pool.submit(write, "person", None)
            wait_for(lambda: lock.waiting == 4)
        for one in (*runs, person):
            one.result(5)
    assert order[0] == "person"
    assert sorted(order[1:]) == ["run 1", "run 2", "run 3"]


def test_an_urgent_writer_who_gives_up_holds_nobody_up(database: Database) -> None:
    lock = writer_lock(database.url)
    with ThreadPoolExecutor(2) as pool:
        with lock.hold(5, "here"):
            waiting = pool.submit(hold_for_a_moment, lock, 5.0, False)
            wait_for(lambda: lock.waiting == 1)
            impatient = pool.submit(hold_for_a_moment, lock, 0.01, True)
            with pytest.raises(DatabaseBusy):
                impatient.result(5)
        assert waiting.result(5)
    assert lock.waiting == 0


def hold_for_a_moment(lock: WriterLock, patience: float, urgent: bool) -> bool:
    with lock.hold(patience, "here", urgent=urgent):
        return lock.held_here()


def wait_for(claim: Callable[[], bool]) -> None:
    ends = monotonic() + 10
    while not claim():
        assert monotonic() < ends


def test_a_log_is_moved_into_the_file_by_runs_and_not_by_people(
    database: Database, path: Path, clock: ManualClock, house: Any
) -> None:
    def size_after(run_id: int | None) -> int:
        with database.write(actor="x", run_id=run_id, tournament=house.tournament) as unit:
            unit.update(tournament, {
                house.tournament: {"extra": {"run": run_id, "page": "x" * 8_000_000}}})
        return path.stat().st_size

    size_after(1)  # none that moved it lately moves it again
    moved = path.stat().st_size
    clock.advance(MOVE_LOG_EVERY)
    assert size_after(None) == moved
    assert size_after(2) > moved + 8_000_000
