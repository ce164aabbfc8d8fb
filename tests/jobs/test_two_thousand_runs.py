"""Two thousand runs on real threads: none is lost, none waits for ever, no lock is kept."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.jobs.handle import JobHandle
from tabapp.jobs.ports import RunRecord
from tabapp.jobs.queue import JobQueue
from tabapp.jobs.registry import Registry
from tabapp.jobs.spec import AnySpec, db_job
from tests.jobs.world import Gate, World

PATIENCE = 60
TOURNAMENTS = 5


class Site:
    """Jobs of all kinds, and a watch over what runs at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside: Counter[str] = Counter()
        self._tries: Counter[int] = Counter()
        self.clashes: list[str] = []
        self.specs: list[AnySpec] = [
            db_job("mass.draw", lock="tournament", queue="high_priority")(self._visit),
            db_job("mass.sync", lock="tournament", queue="low_priority")(self._visit),
            db_job("mass.ballot", lock="tournament", dedup="b{n}", on_duplicate="rerun",
                   retry="critical")(self._visit),
            db_job("mass.cleanup", lock="database", queue="low_priority")(self._visit),
            db_job("mass.report", dedup="r{n}")(self._visit),
            db_job("mass.heavy", heavy=True)(self._visit),
            db_job("mass.unsure", lock="tournament", retry=lambda failed, error: 0.0)(self._fail),
        ]

    def _enter(self, ctx: Any) -> str:
        key = str(ctx.identity.lock) + str(ctx.tournament if ctx.identity.lock != "none" else "")
        with self._lock:
            others = [held for held, n in self._inside.items() if n]
            wholly = key.startswith("database") and [o for o in others if not o.startswith("none")]
            partly = key.startswith("tournament") and [
                o for o in others if o == key or o.startswith("database")]
            if wholly or partly:
                self.clashes.append(f"{key} beside {others}")
            self._inside[key] += 1
        return key

    def _visit(self, ctx: Any, n: int = 0) -> int:
        key = self._enter(ctx)
        try:
            ctx.check_cancelled()
        finally:
            with self._lock:
                self._inside[key] -= 1
        return n

    def _fail(self, ctx: Any, n: int = 0) -> int:
        """Fail twice, each time for a reason that passes."""
        with self._lock:
            self._tries[ctx.identity.run_id] += 1
            tries = self._tries[ctx.identity.run_id]
        self._visit(ctx, n)
        if tries < 3:
            raise TimeoutError("not yet")
        return n


def submit_from_threads(
    queue: JobQueue[Any, Any], site: Site, count: int, threads: int = 4
) -> list[JobHandle]:
    """Submit runs from several threads at once, and cancel every seventh."""
    handles: list[list[JobHandle]] = [[] for _ in range(threads)]

    def work(place: int) -> None:
        rng = random.Random(place)
        for number in range(count // threads):
            handle = queue.submit(
                rng.choice(site.specs), tournament=rng.randrange(TOURNAMENTS),
                n=rng.randrange(20))
            handles[place].append(handle)
            if number % 7 == 0:
                rng.choice(handles[place]).cancel()

    workers = [threading.Thread(target=work, args=(place,)) for place in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(PATIENCE)
    return [handle for own in handles for handle in own]


def check_all_ended(
    handles: list[JobHandle], read: Callable[[], Sequence[RunRecord]], site: Site
) -> None:
    results = [handle.wait(PATIENCE) for handle in handles]
    rows = {row.id: row for row in read()}
    statuses = Counter(result.status for result in results)
    assert statuses["failed"] == 0
    assert statuses["success"] > len(handles) // 2
    assert statuses["cancelled"] > 0
    assert site.clashes == []
    assert {handle.id for handle in handles} == set(rows)
    for result in results:
        assert rows[result.id].state == result.status
        if result.name == "mass.unsure" and result.status == "success":
            assert result.attempts == 3


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.mark.parametrize("workers", [2, 8])
def test_two_thousand_runs_all_end_and_leave_nothing_held(
    world: World, site: Site, workers: int
) -> None:
    queue = world.queue(*site.specs, workers=workers)
    handles = submit_from_threads(queue, site, 2000)
    assert len(handles) == 2000
    check_all_ended(handles, lambda: world.runs.history(limit=5000), site)
    state = queue.state()
    assert (state.waiting, state.alive, queue.active()) == (0, workers, [])
    assert queue.stop(timeout=10)
    assert world.leases.holders("") == []


@pytest.fixture
def open_with(
    tmp_path: Path
) -> Iterator[Callable[[list[AnySpec]], Any]]:
    with pytest.MonkeyPatch.context() as patch:

        def enter(specs: list[AnySpec]) -> Any:
            patch.setattr("tabapp.app.job_registry", lambda: Registry(specs))
            return open_workspace(tmp_path / "mass.tabapp", create=True, threads=True)

        yield enter


def test_three_hundred_runs_on_a_file_all_end(
    open_with: Callable[[list[AnySpec]], Any], site: Site
) -> None:
    with open_with(site.specs) as work:
        handles = submit_from_threads(work.queue, site, 300)
        check_all_ended(handles, lambda: work.runs.history(limit=1000), site)
        assert work.runs.unfinished() == []
        assert work.queue.state().waiting == 0


def test_when_one_worker_serves_all_they_start_by_priority_and_age(
    world: World, gate: Gate
) -> None:
    started: list[tuple[int, int]] = []
    queues = ("high_priority", "default", "low_priority")

    def job(place: int) -> AnySpec:
        def work(ctx: Any, n: int) -> None:
            started.append((place, n))
            gate.pass_through()

        return db_job(f"mass.{queues[place]}", queue=queues[place], lock="tournament")(work)  # type: ignore[arg-type]

    specs = [job(place) for place in range(3)]
    queue = world.queue(*specs, workers=2)
    rng = random.Random(1)
    queue.submit(specs[0], tournament=1, n=-1)
    gate.wait_for_entry()  # the lock keeps all others waiting, in their order
    numbers = list(range(200))
    for n in numbers:
        queue.submit(specs[rng.randrange(3)], tournament=1, n=n)
    gate.open()
    for handle in queue.active():
        handle.wait(PATIENCE)
    assert len(started) == 201
    assert started[1:] == sorted(started[1:])
