"""Calls that belong together: chains, whose steps follow one another, and groups."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.jobs.handle import JobHandle
from tabapp.jobs.outcome import JobResult
from tabapp.jobs.ports import RunState
from tabapp.jobs.spec import AnySpec


@dataclass(frozen=True, slots=True)
class Call:
    """A job with its parameters, to be submitted with others."""

    job: AnySpec | str
    tournament: int | None
    about: str
    params: Mapping[str, object]


def call(
    job: AnySpec | str, /, *, tournament: int | None = None, about: str = "", **params: object
) -> Call:
    """Name a job and its parameters, for ``submit_chain`` or ``submit_group``."""
    return Call(job, tournament, about, params)


class _Handles:
    """Several runs seen from outside; may be used from any thread."""

    def __init__(self, handles: Sequence[JobHandle]) -> None:
        self.handles = tuple(handles)

    @property
    def results(self) -> tuple[JobResult, ...]:
        """How those runs ended that have, in their order."""
        return tuple(one.result for one in self.handles if one.result is not None)

    @property
    def state(self) -> RunState:
        """How they stand as a whole: ``success`` only if all ended well."""
        states = [one.state for one in self.handles]
        for first in ("running", "failed", "interrupted", "cancelled"):
            if first in states and (first == "running" or self._is_over(states)):
                return first
        if self._is_over(states):  # so is a chain without steps
            return "success"
        return "running" if "success" in states else states[0]

    def wait(self, timeout: float | None = None) -> tuple[JobResult, ...]:
        """Wait until all have ended; ``UserError`` ``job_still_running`` after ``timeout``."""
        ends = None if timeout is None else time.monotonic() + timeout
        return tuple(
            one.wait(None if ends is None else max(0.0, ends - time.monotonic()))
            for one in self.handles
        )

    @staticmethod
    def _is_over(states: Sequence[RunState]) -> bool:
        return not {"queued", "waiting", "running"} & set(states)


class ChainHandle(_Handles):
    """A chain seen from outside. ``handles`` are its steps in order."""

    def cancel(self) -> bool:
        """Cancel the step whose turn it is, or the next one if that is too late.

        All that follow end with it. False when nothing is left to cancel.
        """
        return any(one.cancel() for one in self.handles)  # stops at the first that obeys


class GroupHandle(_Handles):
    """A group seen from outside: it ends when all its members have."""

    @property
    def failed(self) -> tuple[JobHandle, ...]:
        """The members that ended without success."""
        return tuple(
            one for one in self.handles
            if one.result is not None and one.result.status != "success")

    @property
    def problem(self) -> str:
        """Which members did not end well, in a sentence; "" while there are none."""
        failed = self.failed
        if not failed:
            return ""
        titles = ", ".join(one.title for one in failed)
        return word("job_group_failed", {
            "count": len(failed), "total": len(self.handles), "titles": titles})

    def cancel(self) -> bool:
        """Cancel all members that still can be; False when none could."""
        return sum(one.cancel() for one in self.handles) > 0

    def require(self) -> tuple[JobResult, ...]:
        """Wait for all; ``UserError`` ``job_group_failed`` names those that did not end well."""
        results = self.wait()
        if self.failed:
            raise UserError(
                "job_group_failed", count=len(self.failed), total=len(self.handles),
                titles=", ".join(one.title for one in self.failed))
        return results
