"""What a caller holds of a run that it submitted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tabapp.jobs.outcome import JobResult
from tabapp.jobs.ports import RunState
from tabapp.jobs.progress import Progress
from tabapp.jobs.run import Run


@dataclass(frozen=True, slots=True)
class Controls:
    """What the queue lets a handle do with its run."""

    cancel: Callable[[Run], bool]
    retry_now: Callable[[Run], bool]
    wait: Callable[[Run, float | None], JobResult]


class JobHandle:
    """A run seen from outside; may be used from any thread.

    ``joined`` tells that the call joined a run that was there already.
    """

    def __init__(self, run: Run, controls: Controls, *, joined: bool = False) -> None:
        self._run = run
        self._controls = controls
        self.joined = joined

    @property
    def run(self) -> Run:
        """The run itself, for the queue."""
        return self._run

    @property
    def id(self) -> int:
        """The run's id in the history."""
        return self._run.record.id

    @property
    def name(self) -> str:
        """The job's name."""
        return self._run.record.name

    @property
    def title(self) -> str:
        """The run's title."""
        return self._run.record.title

    @property
    def state(self) -> RunState:
        """Where the run stands now."""
        return self._run.record.state

    @property
    def waiting_for(self) -> str:
        """What a waiting run waits for, in words; "" otherwise."""
        return self._run.record.waiting_for

    @property
    def progress(self) -> Progress:
        """The last progress that was shown."""
        return self._run.progress

    @property
    def result(self) -> JobResult | None:
        """How the run ended; None before."""
        return self._run.result

    @property
    def cancellable(self) -> bool:
        """Whether *Cancel* would be obeyed: not after the commit point, nor after the end."""
        return not self._run.done.is_set() and self._run.control.cancellable

    def cancel(self) -> bool:
        """End a waiting run at once, and a running one at its next progress; False if too late."""
        return self._controls.cancel(self._run)

    def retry_now(self) -> bool:
        """Start a run that waits for its retry without further delay; False if none waits."""
        return self._controls.retry_now(self._run)

    def wait(self, timeout: float | None = None) -> JobResult:
        """Wait for the end; ``UserError`` ``job_still_running`` after ``timeout`` seconds.

        Not to be called from inside a job: its worker may be the one that is waited for.
        """
        return self._controls.wait(self._run, timeout)
