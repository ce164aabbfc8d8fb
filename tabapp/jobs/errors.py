"""The errors of jobs that a person can fix, the cancel, and what is stored of any error."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tabapp.core.errors import (
    DatabaseBusy,
    LeaseLost,
    Problem,
    ProblemsFound,
    StaleInput,
    TabappError,
    TransientError,
    UserError,
)
from tabapp.core.messages import word
from tabapp.jobs.ports import Json

RETRIED_AT_ONCE = (StaleInput, DatabaseBusy, LeaseLost)


class JobValidationError(UserError):
    """A job was given bad input. ``problems`` lists all that is wrong with its parameters."""

    def __init__(self, code: str, *, problems: Iterable[Problem] = (), **facts: object) -> None:
        self.problems = tuple(problems)
        if self.problems:
            shown = " ".join(problem.message for problem in self.problems).rstrip(".;")
            facts["problems"] = shown
        super().__init__(code, **facts)


class JobNotFoundError(UserError):
    """What a job should work on does not exist."""


class JobConfigurationError(UserError):
    """The settings do not let a job do its work."""


class JobCancelled(TabappError):
    """Raised inside a job whose run was cancelled; a job does not catch it."""

    def __init__(self) -> None:
        super().__init__("cancelled")


class JobTimedOut(TransientError):
    """Raised inside a job whose attempt took longer than its spec allows."""


class CircuitOpen(TransientError):
    """What a job needs is away and left alone for a while; it waits for the next probe."""

    def __init__(self, name: str, *, title: str, since: datetime, next_probe: datetime) -> None:
        self.name = name
        self.title = title
        self.since = since
        self.next_probe = next_probe
        super().__init__(
            "circuit_open", title=title, since=_time_of_day(since), until=_time_of_day(next_probe)
        )

    @property
    def reason(self) -> str:
        """What a run waits for, in words."""
        until = _time_of_day(self.next_probe)
        return f"{self.title}, which did not answer and is asked again at {until}"


class AlreadyKnown(Exception):  # no error: how a pure job is left when its result is stored
    """Raised inside a pure job by ``ctx.fingerprint``; a job does not catch it."""

    def __init__(self, value: Json, stats: Mapping[str, int]) -> None:
        self.value = value
        self.stats = stats
        super().__init__("the result is stored")


@dataclass(frozen=True, slots=True)
class JobError:
    """What a person is told of an error: a sentence, and details that can be folded away."""

    code: str
    message: str
    details: str | None = None

    def as_json(self) -> dict[str, str | None]:
        """Shape of ``error`` in the job rows of ``headless.md``."""
        return {"code": self.code, "message": self.message, "details": self.details}


def is_never_retried(error: BaseException) -> bool:
    """Return whether trying again cannot help: the program raised it on purpose, for good.

    A person has to act or wanted it so, or a check refused what the same input makes again.
    """
    return isinstance(error, TabappError) and not isinstance(error, TransientError)


def is_fault(error: BaseException) -> bool:
    """Return whether the error is our bug: nothing that passes by itself or a person can fix."""
    return not isinstance(
        error, UserError | JobCancelled | TransientError | TimeoutError | ConnectionError
    )


def place_of(error: BaseException) -> tuple[str, str, int]:
    """Return the error's type and the file and line that raised it, to know it again."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return (kind, last.filename, last.lineno or 0) if last else (kind, "", 0)


def describe(error: BaseException, title: str) -> JobError:
    """Put an error into words; all but user errors bring their trace along as details."""
    if isinstance(error, ProblemsFound | JobValidationError):
        lines = "\n".join(problem.message for problem in error.problems)
        return JobError(error.code, error.message, lines or None)
    if isinstance(error, UserError):
        return JobError(error.code, error.message)
    trace = "".join(traceback.format_exception(error))
    if isinstance(error, TransientError):
        return JobError(error.code, error.message, trace)
    if isinstance(error, TimeoutError):
        code = "job_timed_out"
    elif isinstance(error, ConnectionError):
        code = "job_connection_failed"
    else:
        code = "job_broken"
    return JobError(code, word(code, {"title": title}), trace)


def _time_of_day(at: datetime) -> str:
    return f"{at.astimezone():%H:%M:%S}"
