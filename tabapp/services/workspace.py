"""An open database with its queue: what the window and the command line work on."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tabapp.core.clock import Clock
from tabapp.core.errors import TabappError, UserError
from tabapp.core.events import EventBus
from tabapp.jobs.handle import JobHandle
from tabapp.jobs.outcome import JobResult
from tabapp.jobs.params import parameter_names
from tabapp.jobs.ports import RunLog
from tabapp.jobs.queue import JobQueue
from tabapp.store.database import Database
from tabapp.store.tournaments import (
    RoundRow,
    TournamentRow,
    find_round,
    find_tournament,
    tournament_slugs,
)
from tabapp.store.unit import ReadUnit, WriteUnit

if TYPE_CHECKING:
    from tabapp.services.automation import Automation
    from tabapp.services.clockwork import Clockwork
    from tabapp.services.health import HealthDesk
    from tabapp.services.household import Household
    from tabapp.services.snapshots import Snapshots

WHOLE = re.compile(r"[0-9]{1,9}")
LOOK = 0.2
"""Seconds between two looks at whether a run still works."""


class JobFailed(TabappError):
    """A job that somebody waited for did not succeed; the message is the job's own."""

    def __init__(self, result: JobResult) -> None:
        self.result = result
        super().__init__(result.error.message if result.error else result.status)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A database, the queue that works on it, and the bus on which both speak.

    The rest is there in programs that stay open: the clock, the copies, the health, and what
    follows by itself.
    """

    database: Database
    queue: JobQueue[ReadUnit, WriteUnit]
    runs: RunLog
    bus: EventBus
    clock: Clock
    actor: str
    household: Household | None = None

    @property
    def snapshots(self) -> Snapshots | None:
        """The copies of this file."""
        return self.household.snapshots if self.household is not None else None

    @property
    def health(self) -> HealthDesk | None:
        """The health of this program."""
        return self.household.health if self.household is not None else None

    @property
    def clockwork(self) -> Clockwork | None:
        """The clock of this file."""
        return self.household.clockwork if self.household is not None else None

    @property
    def automation(self) -> Automation | None:
        """What follows by itself from what people do."""
        return self.household.automation if self.household is not None else None

    def tournament(self, slug: str | None = None) -> TournamentRow:
        """Return the tournament of ``slug``, or the only one."""
        with self.database.read() as unit:
            return find_tournament(unit, slug)

    def round(self, slug: str | None, seq: int) -> tuple[TournamentRow, RoundRow]:
        """Return a round by number, with its tournament."""
        with self.database.read() as unit:
            owner = find_tournament(unit, slug)
            return owner, find_round(unit, owner.id, seq)

    def run(
        self, name: str, *, tournament: int | None = None, about: str = "", **params: object
    ) -> JobResult:
        """Run a job to its end; ``JobFailed`` when it does not succeed.

        ``about`` completes the title of the run.
        """
        result = self.end_of(self.queue.submit(
            name, tournament=tournament, submitted_by=self.actor, about=about, **params))
        if result.status != "success":
            raise JobFailed(result)
        return result

    def run_text(
        self, name: str, params: Mapping[str, str], slug: str | None = None
    ) -> JobResult:
        """Run a job with parameters as a person types them; return how it ended.

        ``round=3`` stands for the id of that round; a tournament or a seed that the job wants and
        that was not given is filled in.
        """
        wanted = parameter_names(self.queue.registry.get(name).function)
        given = dict(params)
        owner = None
        with self.database.read() as unit:
            if slug is not None or len(tournament_slugs(unit)) == 1:
                owner = find_tournament(unit, slug)
                if "round_id" in wanted and WHOLE.fullmatch(given.get("round", "")):
                    found = find_round(unit, owner.id, int(given.pop("round")))
                    given["round_id"] = str(found.id)
        if owner is not None and "tournament_id" in wanted:
            given.setdefault("tournament_id", str(owner.id))
        if "seed" in wanted and "seed" not in given:
            given["seed"] = str(secrets.randbelow(2**48))
        return self.end_of(self.queue.submit_text(
            name, given, tournament=owner.id if owner else None, submitted_by=self.actor))

    def end_of(self, handle: JobHandle) -> JobResult:
        """Wait for a run; one that would wait for a retry is given up, since somebody waits."""
        while True:
            try:
                return handle.wait(LOOK)
            except UserError as still:
                if still.code != "job_still_running":
                    raise
                if handle.state == "waiting" and not handle.waiting_for:
                    handle.cancel()
