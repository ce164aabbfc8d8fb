"""A world without a database in which queues run, and a gate that holds jobs inside."""

from __future__ import annotations

import random
import threading
from typing import Any

from tabapp.core.clock import ManualClock
from tabapp.core.events import Event, EventBus
from tabapp.jobs.context import JobContext
from tabapp.jobs.memory import MemoryLeases, MemoryRunLog, MemoryUnit, MemoryUnits
from tabapp.jobs.queue import JobQueue
from tabapp.jobs.registry import Registry
from tabapp.jobs.spec import AnySpec, db_job, simple_job

Ctx = JobContext[MemoryUnit, MemoryUnit]
Queue = JobQueue[MemoryUnit, MemoryUnit]


class UpperBound(random.Random):
    """Jitter that always draws the longest delay."""

    def uniform(self, a: float, b: float) -> float:
        return b


class World:
    """What outlives a program: rows, leases, data, and the clock on the wall.

    Owners named in ``dead`` are provably dead, those in ``alive`` alive, of others nothing is
    known. ``heard`` holds every event in order.
    """

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.bus = EventBus()
        self.dead: set[str] = set()
        self.alive: set[str] = set()
        self.leases = MemoryLeases(self.liveness)
        self.units = MemoryUnits(self.bus, self.leases)
        self.runs = MemoryRunLog()
        self.heard: list[Event] = []
        self.bus.subscribe(Event, self.heard.append)
        self._queues: list[Queue] = []

    def liveness(self, owner: str) -> bool | None:
        if owner in self.dead:
            return False
        return True if owner in self.alive else None

    def queue(self, *specs: AnySpec, start: bool = True, **options: Any) -> Queue:
        """Make a queue, started unless told otherwise; it is stopped when the test ends."""
        queue = Queue(
            Registry(specs), self.units, self.runs, self.leases, clock=self.clock, bus=self.bus,
            rng=UpperBound(), liveness=self.liveness, **options,
        )
        if start:
            queue.start()
        self._queues.append(queue)
        return queue

    def of(self, kind: type[Event]) -> list[Any]:
        """Return what was heard of one kind."""
        return [event for event in self.heard if isinstance(event, kind)]

    def close(self) -> None:
        for queue in self._queues:
            queue.stop(timeout=5)


class Gate:
    """Lets a test hold jobs inside: ``pass_through`` in the job, ``open`` in the test."""

    def __init__(self) -> None:
        self._entered = threading.Semaphore(0)
        self._open = threading.Event()

    def pass_through(self) -> None:
        self._entered.release()
        assert self._open.wait(10)

    def wait_for_entry(self) -> None:
        assert self._entered.acquire(timeout=10)

    def nobody_enters(self) -> bool:
        return not self._entered.acquire(blocking=False)

    def open(self) -> None:
        self._open.set()


@simple_job("test.add", title="Add {n}")
def add(ctx: Ctx, n: int) -> int:
    ctx.stats["sums"] += 1
    return n + 1


def held(gate: Gate, name: str = "test.held", **options: object) -> AnySpec:
    """Make a job that stays inside until the gate opens."""

    @db_job(name, **options)  # type: ignore[arg-type]
    def stay(ctx: Ctx, n: int = 0) -> int:
        gate.pass_through()
        ctx.check_cancelled()
        return n

    return stay
