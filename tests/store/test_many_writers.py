"""Several threads write at once: all of it arrives, and nobody sees half."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import func, select

from tabapp.store.database import Database
from tabapp.store.runs import SqlRunLog
from tabapp.store.schema import action, speaker, team

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
