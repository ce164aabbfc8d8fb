"""A file with schedules, and programs on it whose clock only moves when a test says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any, TypeVar

from tabapp.core.clock import Clock, ManualClock
from tabapp.core.errors import UserError
from tabapp.core.events import EventBus
from tabapp.jobs.events import JobFinished
from tabapp.jobs.queue import JobQueue
from tabapp.jobs.registry import Registry
from tabapp.jobs.spec import AnySpec, db_job
from tabapp.jobs.triggers import Cron, Every, Trigger
from tabapp.services import schedules
from tabapp.services.clockwork import Clockwork
from tabapp.store.database import Database
from tabapp.store.leases import SqlLeases
from tabapp.store.runs import SqlRunLog
from tabapp.store.schema import round_, tournament
from tabapp.store.unit import ReadUnit, WriteUnit

T = TypeVar("T")
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Notes:
    """What the jobs of these tests were called with, and whom they fail for."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.fails_for: set[int] = set()
        self.ended: list[JobFinished] = []

    def of(self, name: str) -> list[dict[str, Any]]:
        return [given for called, given in self.calls if called == name]

    def specs(self) -> list[AnySpec]:
        """Return jobs of the code with schedules, and some without."""

        @db_job("test.tick", title="Tick", schedule=Every(600))
        def tick(ctx: Any) -> None:
            self.calls.append(("test.tick", {}))

        @db_job("test.weekly", title="Weekly", schedule=Cron("30 3 * * sun"))
        def weekly(ctx: Any, days: int = 90) -> None:
            self.calls.append(("test.weekly", {"days": days}))

        @db_job("test.each", lock="tournament", title="Each {tournament_id}", retry="no_retry")
        def each(ctx: Any, tournament_id: int, much: int = 1) -> None:
            self.calls.append(("test.each", {"tournament_id": tournament_id, "much": much}))
            if tournament_id in self.fails_for:
                raise UserError("round_gone", id=tournament_id)

        @db_job("test.round", title="Round {round_id}")
        def of_round(ctx: Any, round_id: int, seed: int) -> None:
            self.calls.append(("test.round", {"round_id": round_id, "seed": seed}))

        return [tick, weekly, each, of_round]


class Program:
    """One program on a file: its own queue, owner and clockwork."""

    def __init__(
        self, path: Path, clock: Clock, notes: Notes, *, owner: str, zone: tzinfo = UTC,
        specs: list[AnySpec] | None = None, threads: bool = False,
        liveness: Callable[[str], bool | None] = lambda _owner: None,
    ) -> None:
        self.bus, self.clock = EventBus(), clock
        self.database = Database.open(
            path, create=True, clock=clock, bus=self.bus, is_alive=liveness)
        self.bus.subscribe(JobFinished, notes.ended.append)
        self.registry = Registry(notes.specs() if specs is None else specs)
        self.queue = JobQueue(
            self.registry, self.database, SqlRunLog(self.database), SqlLeases(self.database),
            clock=clock, bus=self.bus, synchronous=not threads, workers=2, owner=owner,
            liveness=liveness)
        self.clockwork = Clockwork(
            self.database, self.queue, clock, self.bus, zone=zone, look_seconds=3600)

    def close(self) -> None:
        self.clockwork.stop()
        self.queue.stop(timeout=5)
        self.database.close()

    def read(self, query: Callable[[ReadUnit], T]) -> T:
        with self.database.read() as unit:
            return query(unit)

    def write(self, change: Callable[[WriteUnit], T], verb: str = "change") -> T:
        with self.database.write(actor="Ann", verb=verb, tournament=1) as unit:
            return change(unit)

    def add(self, job: str, trigger: Trigger, *, title: str = "Mine",
            tournament: int | None = None, **params: str) -> str:
        return self.write(lambda unit: schedules.add_schedule(
            unit, self.registry, title=title, job=job, trigger=trigger, params=params,
            tournament=tournament), schedules.ADD)

    def rows(self) -> dict[str, schedules.ScheduleRow]:
        found = self.read(
            lambda unit: schedules.read_schedules(unit, self.registry, self.clock.now()))
        return {one.name: one for one in found}

    def tournament(self, slug: str, *, zone: str = "UTC", rounds: int = 1, **round1: Any) -> int:
        """Add a tournament with rounds that are not over; ``round1`` are columns of the first."""

        def add(unit: WriteUnit) -> int:
            (owner,) = unit.insert(tournament, [{"slug": slug, "name": slug, "timezone": zone}])
            for seq in range(1, rounds + 1):
                number = unit.ids.take("round")[0]
                own = round1 if seq == 1 else {}
                unit.insert(round_, [{
                    "id": number, "tournament_id": owner, "seq": seq, "name": f"Round {seq}",
                    "slot_id": number, **own}])
            return owner

        return self.write(add)


class ClockWorld:
    """A file, a clock, and the programs of a test."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "clock.tabapp"
        self.clock = ManualClock(MONDAY)
        self.notes = Notes()
        self.dead: set[str] = set()
        self.programs: list[Program] = []

    def open(self, owner: str = "here:1", **options: Any) -> Program:
        clock = options.pop("clock", self.clock)
        made = Program(
            self.path, clock, self.notes, owner=owner,
            liveness=lambda one: one not in self.dead, **options)
        self.programs.append(made)
        return made

    def advance(self, program: Program, seconds: float) -> None:
        """Let time pass, then look."""
        self.clock.advance(seconds)
        program.clockwork.look()


@contextmanager
def clock_world(folder: Path) -> Iterator[ClockWorld]:
    """Give a fresh world; its programs are closed at the end."""
    world = ClockWorld(folder)
    try:
        yield world
    finally:
        for one in world.programs:
            one.close()
