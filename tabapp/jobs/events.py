"""What happens to runs, as events on the bus."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tabapp.core.events import Event
from tabapp.jobs.errors import JobError
from tabapp.jobs.outcome import JobResult
from tabapp.jobs.ports import LogLine, QueueName
from tabapp.jobs.progress import Progress


@dataclass(frozen=True, slots=True)
class JobEvent(Event):
    """Base of all events about one run."""

    run_id: int
    name: str
    title: str
    tournament: int | None


@dataclass(frozen=True, slots=True)
class JobQueued(JobEvent):
    """A run was put in its queue, for the first time or again."""

    queue: QueueName


@dataclass(frozen=True, slots=True)
class JobWaited(JobEvent):
    """A run found its lock held. ``waiting_for`` says in words by whom."""

    waiting_for: str


@dataclass(frozen=True, slots=True)
class JobStarted(JobEvent):
    """An attempt began."""

    attempt: int


@dataclass(frozen=True, slots=True)
class JobProgressed(JobEvent):
    """A run came further; at most 30 a second for one run."""

    progress: Progress


@dataclass(frozen=True, slots=True)
class JobLogged(JobEvent):
    """A job wrote a log line."""

    line: LogLine


@dataclass(frozen=True, slots=True)
class JobRetried(JobEvent):
    """An attempt failed and another one follows at ``next_at``."""

    attempt: int
    error: JobError
    next_at: datetime


@dataclass(frozen=True, slots=True)
class JobInterrupted(JobEvent):
    """A run lost its program. ``queued_again`` is False when a person has to decide."""

    queued_again: bool


@dataclass(frozen=True, slots=True)
class JobFinished(JobEvent):
    """A run ended for good."""

    result: JobResult
