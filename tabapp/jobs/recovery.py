"""Runs that lost their program: found, marked, and queued again where that is safe."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from tabapp.core.clock import Clock
from tabapp.core.errors import TabappError, UserError
from tabapp.core.messages import word
from tabapp.jobs.errors import JobError, describe
from tabapp.jobs.history import History
from tabapp.jobs.leases import Keeper
from tabapp.jobs.ports import UNFINISHED, LogLine, QueueName, RunChanges, RunRecord
from tabapp.jobs.registry import Registry
from tabapp.jobs.requests import reload
from tabapp.jobs.run import Run

log = logging.getLogger(__name__)

INTERRUPTIONS_FORGIVEN = 3
"""A run that was interrupted more often may be what ends the program: it is left."""

LONGEST_WAIT = 3600.0
"""Bound on what is left of a stored delay, since the clock may have been set back since."""


@dataclass(frozen=True, slots=True)
class Found:
    """A run that was taken over: the seconds to its retry, or the step after which it starts."""

    run: Run
    delay: float | None = None
    before: Run | None = None


class Recovery:
    """Takes over the runs of programs that are gone. A live program's runs are never touched.

    Only those of ``queues``, unless that is None. ``find`` returns a run that is here already.
    """

    def __init__(
        self,
        registry: Registry,
        history: History,
        keeper: Keeper,
        clock: Clock,
        *,
        queues: frozenset[QueueName] | None,
        find: Callable[[int], Run | None],
    ) -> None:
        self._registry = registry
        self._history = history
        self._keeper = keeper
        self._clock = clock
        self._queues = queues
        self._find = find
        self._begun: dict[int, RunRecord] = {}  # claimed; a busy database cut the rest short

    def collect(self) -> list[Found]:
        """Return the runs to queue here, the oldest first.

        A run that never started, or waits for a retry, goes on as it was. One that was running
        is marked ``interrupted``; that of an idempotent job is queued again. The next step of a
        chain waits for the one before, or ends when that did not end well.
        """
        dead: dict[str, bool] = {}
        found: dict[int, Found] = {}
        self._begun = {  # unless a person has queued it again meanwhile
            one: record for one, record in self._begun.items() if self._find(one) is None}
        unfinished = self._history.runs.unfinished()
        try:
            for record in [*self._begun.values(), *unfinished]:
                if record.id in found or not self._is_left(record, dead):
                    continue
                taken = (
                    self._take_over(record) if record.parent is None or record.state != "waiting"
                    else self._take_over_step(record, found)
                )
                self._begun.pop(record.id, None)
                if taken is not None:
                    found[record.id] = taken
        except TabappError as error:  # those that were found are ours by now
            log.warning("not all runs could be taken over, the next look tries again: %s", error)
        return list(found.values())

    def _is_left(self, record: RunRecord, dead: dict[str, bool]) -> bool:
        """Tell whether nobody looks after a run that may work here; ``dead`` is what is known."""
        owner = record.owner
        if record.id in self._begun or owner is None:
            return self._queues is None or record.queue in self._queues
        if owner == self._keeper.owner or (
            self._queues is not None and record.queue not in self._queues
        ):
            return False
        if owner not in dead:
            dead[owner] = self._keeper.is_dead(owner)
        return dead[owner]

    def _claim(self, record: RunRecord, changes: RunChanges) -> bool:
        """Make a run ours, or go on where that was cut short."""
        runs = self._history.runs
        if record.id in self._begun:
            return runs.update(record.id, changes, if_owner=self._keeper.owner)
        if not runs.claim(record.id, changes, previous=record.owner):
            return False
        self._begun[record.id] = record
        return True

    def _take_over_step(self, record: RunRecord, found: dict[int, Found]) -> Found | None:
        """Take over a step of a chain whose turn has not come, if that can be told by now."""
        before = self._history.runs.get(record.parent or 0)
        if before is not None and before.state == "success":
            return self._take_over(record)
        if before is None or before.state not in UNFINISHED:
            self._stop_chain(record, before)
            return None
        here = found[before.id].run if before.id in found else self._find(before.id)
        if here is None:
            return None  # another program works on that step: the next look tells
        changes: RunChanges = {"owner": self._keeper.owner}
        if not self._claim(record, changes):
            return None
        run = self.revive(replace(record, **changes), attempts=record.attempts)
        return None if run is None else Found(run, before=here)

    def _stop_chain(self, record: RunRecord, before: RunRecord | None) -> None:
        words = word("job_chain_stopped", {"step": before.title if before else record.waiting_for})
        error = JobError("job_chain_stopped", words)
        changes: RunChanges = {
            "owner": self._keeper.owner, "state": "cancelled", "waiting_for": "",
            "finished_at": self._clock.now(), "error_code": error.code,
            "error_message": error.message,
        }
        if self._history.runs.claim(record.id, changes, previous=record.owner):
            self._history.announce_left(replace(record, **changes), error)

    def _take_over(self, record: RunRecord) -> Found | None:
        interrupted = record.state == "running"
        changes: RunChanges = {"owner": self._keeper.owner}
        if interrupted:
            changes["state"] = "interrupted"
            changes["finished_at"] = self._clock.now()
            changes["error_code"] = "job_interrupted"
            changes["error_message"] = word("job_interrupted", {"title": record.title})
        elif record.next_at is None:
            changes["state"] = "queued"
        if not self._claim(record, changes):
            return None
        record = replace(record, **changes)
        run = None
        if not interrupted or self._may_go_on(record):
            run = self.revive(record, attempts=record.attempts)
        if interrupted:
            self._tell(record, queued_again=run is not None)
        if run is None:
            return None
        return Found(run, self._rest_of_delay(record))

    def revive(self, record: RunRecord, *, attempts: int) -> Run | None:
        """Make a stored run one of this program's, queued; None when its job has changed."""
        runs = self._history.runs
        try:
            spec = self._registry.get(record.name)
            request = reload(spec, record)
        except UserError as error:
            log.warning("run %d cannot go on: %s", record.id, error)
            runs.update(record.id, _left(self._unreadable(record, error)))
            return None
        changes: RunChanges = {
            "owner": self._keeper.owner, "attempts": attempts, "progress": 0.0,
            "finished_at": None, "parent": record.parent,
        }
        if record.state != "waiting" or record.parent is None:
            changes["waiting_for"] = ""
        if record.state != "waiting":  # a retry keeps what it failed with, until it starts
            changes["state"] = "queued"
            changes["error_code"] = changes["error_message"] = changes["error_details"] = None
        runs.update(record.id, changes)
        return Run(
            spec, request.values, replace(record, **changes), self._clock.monotonic(),
            worked=record.seconds,
        )

    def _may_go_on(self, record: RunRecord) -> bool:
        lines = self._history.runs.logs(record.id)
        before = sum(line.fields.get("queued_again") is True for line in lines)
        return record.idempotent and before < INTERRUPTIONS_FORGIVEN

    def _rest_of_delay(self, record: RunRecord) -> float | None:
        if record.next_at is None:
            return None
        rest = (record.next_at - self._clock.now()).total_seconds()
        return min(max(rest, 0.0), LONGEST_WAIT)

    def _tell(self, record: RunRecord, *, queued_again: bool) -> None:
        message = word("job_interrupted", {"title": record.title})
        line = LogLine(self._clock.now(), "warning", message, {"queued_again": queued_again})
        self._history.runs.append(record.id, [line])
        self._history.announce_interrupted(record, queued_again=queued_again)

    def _unreadable(self, record: RunRecord, error: UserError) -> JobError:
        message = word("job_unreadable", {"title": record.title})
        return JobError("job_unreadable", message, describe(error, record.title).message)


def _left(error: JobError) -> RunChanges:
    return {
        "state": "interrupted", "next_at": None, "error_code": error.code,
        "error_message": error.message, "error_details": error.details,
    }
