"""Runs that lost their program: found, marked, and queued again where that is safe."""

from __future__ import annotations

import logging
from dataclasses import replace

from tabapp.core.clock import Clock
from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.jobs.errors import JobError, describe
from tabapp.jobs.history import History
from tabapp.jobs.leases import Keeper
from tabapp.jobs.ports import LogLine, RunChanges, RunRecord
from tabapp.jobs.registry import Registry
from tabapp.jobs.requests import reload
from tabapp.jobs.run import Run

log = logging.getLogger(__name__)

INTERRUPTIONS_FORGIVEN = 3
"""A run that was interrupted more often may be what ends the program: it is left."""

LONGEST_WAIT = 3600.0
"""Bound on what is left of a stored delay, since the clock may have been set back since."""


class Recovery:
    """Takes over the runs of programs that are gone. A live program's runs are never touched."""

    def __init__(
        self, registry: Registry, history: History, keeper: Keeper, clock: Clock
    ) -> None:
        self._registry = registry
        self._history = history
        self._keeper = keeper
        self._clock = clock

    def collect(self) -> list[tuple[Run, float | None]]:
        """Return the runs to queue here, each with the seconds to its retry if it waits for one.

        A run that never started, or waits for a retry, goes on as it was. One that was running
        is marked ``interrupted``; that of an idempotent job is queued again.
        """
        dead: dict[str, bool] = {}
        found = []
        for record in self._history.runs.unfinished():
            owner = record.owner
            if owner == self._keeper.owner:
                continue
            if owner is not None and not dead.setdefault(owner, self._keeper.is_dead(owner)):
                continue
            taken = self._take_over(record)
            if taken is not None:
                found.append(taken)
        return found

    def _take_over(self, record: RunRecord) -> tuple[Run, float | None] | None:
        interrupted = record.state == "running"
        changes: RunChanges = {"owner": self._keeper.owner}
        if interrupted:
            changes["state"] = "interrupted"
            changes["finished_at"] = self._clock.now()
            changes["error_code"] = "job_interrupted"
            changes["error_message"] = word("job_interrupted", {"title": record.title})
        elif record.next_at is None:
            changes["state"] = "queued"
        if not self._history.runs.claim(record.id, changes, previous=record.owner):
            return None
        record = replace(record, **changes)
        run = None
        if not interrupted or self._may_go_on(record):
            run = self.revive(record, attempts=record.attempts)
        if interrupted:
            self._tell(record, queued_again=run is not None)
        if run is None:
            return None
        return run, self._rest_of_delay(record)

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
            "waiting_for": "", "finished_at": None,
        }
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
