"""The ports without a database: for tests, rehearsals and jobs of a program without a file."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from tabapp.core.errors import LeaseLost, StaleInput
from tabapp.core.events import Event, EventBus
from tabapp.core.revisions import LeaseToken, Revision
from tabapp.jobs.ports import (
    UNFINISHED,
    LeaseHolder,
    Liveness,
    LogLine,
    OwnerId,
    RunChanges,
    RunRecord,
    RunState,
    may_take_over,
)


class MemoryUnit:
    """One unit: ``data`` is a copy of everything, by table and key or however a test likes."""

    def __init__(self, data: dict[str, Any], revisions: dict[str, int]) -> None:
        self.data = data
        self.revisions = revisions
        self.events: list[Event] = []

    def emit(self, event: Event) -> None:
        """Publish the event after the commit."""
        self.events.append(event)

    def bump(self, topic: str) -> None:
        """Say that a topic changed."""
        self.revisions[topic] = self.revisions.get(topic, 0) + 1

    def revision(self, tournament: int, *topics: str) -> Revision:
        """Return the revisions of topics as they are read here."""
        return Revision(tournament, {topic: self.revisions.get(topic, 0) for topic in topics})


@dataclass(frozen=True, slots=True)
class Action:
    """What a committed unit says of itself, as a journal would keep it."""

    actor: str
    verb: str
    subject: str
    tournament: int | None
    run_id: int | None


class MemoryUnits:
    """A ``UnitSource`` on one dictionary. Writers follow one another; a copy is swapped in.

    ``actions`` are the units that committed.
    """

    def __init__(self, bus: EventBus, leases: MemoryLeases | None = None) -> None:
        self.actions: list[Action] = []
        self.data: dict[str, Any] = {}
        self.revisions: dict[str, int] = {}
        self._bus = bus
        self._leases = leases
        self._writing = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[MemoryUnit]:
        yield MemoryUnit(copy.deepcopy(self.data), dict(self.revisions))

    def write(
        self,
        *,
        actor: str = "",
        verb: str = "",
        subject: str = "",
        tournament: int | None = None,
        expected: Revision | None = None,
        lease: LeaseToken | None = None,
        run_id: int | None = None,
        trail: bool = True,  # noqa: ARG002 - nothing is remembered here
        undoable: bool = True,  # noqa: ARG002
    ) -> AbstractContextManager[MemoryUnit]:
        return self._write(Action(actor, verb, subject, tournament, run_id), expected, lease)

    @contextmanager
    def _write(
        self, action: Action, expected: Revision | None, lease: LeaseToken | None
    ) -> Iterator[MemoryUnit]:
        with self._writing:
            for topic, seen in (expected.topics if expected else {}).items():
                if self.revisions.get(topic, 0) != seen:
                    raise StaleInput(topic=topic)
            unit = MemoryUnit(copy.deepcopy(self.data), dict(self.revisions))
            yield unit
            if lease is not None and self._leases is not None:
                self._leases.require(lease)
            self.data, self.revisions = unit.data, unit.revisions
            self.actions.append(action)
        for event in unit.events:
            self._bus.publish(event)


class MemoryRunLog:
    """A ``RunLog`` that lasts as long as the object, which stands for a file in tests."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0
        self._runs: dict[int, RunRecord] = {}
        self._lines: dict[int, list[LogLine]] = {}

    def reserve(self) -> int:
        with self._lock:
            self._last += 1
            return self._last

    def create(self, run: RunRecord) -> RunRecord:
        stored = replace(run, id=run.id or self.reserve())
        with self._lock:
            self._runs[stored.id] = stored
        return stored

    def update(
        self, run_id: int, changes: RunChanges, *, if_owner: OwnerId | None = None
    ) -> bool:
        return self._change(
            run_id, changes, lambda run: if_owner is None or run.owner == if_owner
        )

    def claim(self, run_id: int, changes: RunChanges, *, previous: OwnerId | None) -> bool:
        return self._change(
            run_id, changes, lambda run: run.state in UNFINISHED and run.owner == previous
        )

    def _change(
        self, run_id: int, changes: RunChanges, allowed: Callable[[RunRecord], bool]
    ) -> bool:
        with self._lock:
            run = self._runs.get(run_id)
            if run is None or not allowed(run):
                return False
            self._runs[run_id] = replace(run, **changes)
            return True

    def append(self, run_id: int, lines: Sequence[LogLine]) -> None:
        with self._lock:
            self._lines.setdefault(run_id, []).extend(lines)

    def get(self, run_id: int) -> RunRecord | None:
        with self._lock:
            return self._runs.get(run_id)

    def unfinished(self) -> Sequence[RunRecord]:
        with self._lock:
            return [run for run in self._runs.values() if run.state in UNFINISHED]

    def history(
        self,
        *,
        limit: int = 100,
        before: int | None = None,
        tournament: int | None = None,
        name: str | None = None,
        states: frozenset[RunState] | None = None,
        prefix: str = "",
        label: str = "",
        submitted_by: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        text: str = "",
    ) -> Sequence[RunRecord]:
        with self._lock:
            runs = sorted(self._runs.values(), key=lambda run: -run.id)
        return [
            run for run in runs
            if (before is None or run.id < before)
            and (tournament is None or run.tournament == tournament)
            and (name is None or run.name == name)
            and (states is None or run.state in states)
            and run.name.startswith(prefix)
            and (not label or label in run.labels)
            and (submitted_by is None or run.submitted_by == submitted_by)
            and (since is None or run.submitted_at >= since)
            and (until is None or run.submitted_at < until)
            and text.casefold() in run.title.casefold()
        ][:limit]

    def succeeded(self, name: str, fingerprint: str) -> RunRecord | None:
        found = self.history(limit=len(self._runs), name=name, states=frozenset({"success"}))
        return next((run for run in found if run.fingerprint == fingerprint), None)

    def logs(self, run_id: int) -> Sequence[LogLine]:
        with self._lock:
            return tuple(self._lines.get(run_id, ()))


class MemoryLeases:
    """``Leases`` in one dictionary; several queues may share it, as programs share a file."""

    def __init__(self, is_alive: Liveness) -> None:
        self._is_alive = is_alive
        self._lock = threading.Lock()
        self._held: dict[str, LeaseHolder] = {}
        self._epochs: dict[str, int] = {}

    def acquire(
        self, key: str, owner: OwnerId, now: datetime, ttl: timedelta
    ) -> LeaseToken | None:
        with self._lock:
            held = self._held.get(key)
            if (
                held is not None
                and held.owner != owner
                and not may_take_over(held, now, self._is_alive(held.owner))
            ):
                return None
            epoch = self._epochs.get(key, 0) + 1
            self._epochs[key] = epoch
            self._held[key] = LeaseHolder(key, owner, epoch, now + ttl)
            return LeaseToken(key, owner, epoch)

    def heartbeat(self, token: LeaseToken, now: datetime, ttl: timedelta) -> bool:
        with self._lock:
            if not self._matches(token):
                return False
            self._held[token.key] = replace(self._held[token.key], expires_at=now + ttl)
            return True

    def release(self, token: LeaseToken) -> None:
        with self._lock:
            if self._matches(token):
                del self._held[token.key]

    def holder(self, key: str) -> LeaseHolder | None:
        with self._lock:
            return self._held.get(key)

    def holders(self, prefix: str) -> Sequence[LeaseHolder]:
        with self._lock:
            return [held for key, held in self._held.items() if key.startswith(prefix)]

    def require(self, token: LeaseToken) -> None:
        """Raise ``LeaseLost`` unless the token is still good, as a write unit does."""
        with self._lock:
            if not self._matches(token):
                raise LeaseLost(key=token.key)

    def _matches(self, token: LeaseToken) -> bool:
        held = self._held.get(token.key)
        return held is not None and (held.owner, held.epoch) == (token.owner, token.epoch)
