"""Progress and log lines of one run: merged for the screen, stored now and then."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from tabapp.core.clock import Clock
from tabapp.jobs.ports import LogLine

UPDATES_A_SECOND = 30
STORE_EVERY_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: ``fraction`` (0..1) of the current step, or of the run outside steps."""

    fraction: float = 0.0
    step: str = ""
    done: int = 0
    total: int | None = None
    message: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)

    def at(self, done: int, total: int | None, message: str = "") -> Progress:
        """Return this progress with ``done`` of ``total``; an empty message keeps the last."""
        fraction = min(1.0, max(0.0, done / total)) if total else self.fraction
        return replace(
            self, fraction=fraction, done=done, total=total, message=message or self.message
        )


class Throttle:
    """Lets through what is evenly spaced, and never more than the limit in any one second.

    An urgent update may come at once after another; only the limit itself stops it.
    """

    def __init__(self, limit: int = UPDATES_A_SECOND) -> None:
        self._gap = 1.0 / limit
        self._sent: deque[float] = deque(maxlen=limit)

    def admits(self, now: float, *, urgent: bool) -> bool:
        """Return whether an update may pass at ``now`` (monotonic seconds), and count it."""
        sent = self._sent
        if len(sent) == sent.maxlen and now - sent[0] < 1.0:
            return False
        if sent and not urgent and now - sent[-1] < self._gap:
            return False
        sent.append(now)
        return True


@dataclass(frozen=True, slots=True)
class Sinks:
    """Where a reporter's output goes: two for the screen, one for the history."""

    progressed: Callable[[Progress], None]
    logged: Callable[[LogLine], None]
    store: Callable[[Progress, list[LogLine]], None]


class Reporter:
    """Collects what one run tells of itself. Belongs to the thread that runs the job.

    Nothing is stored between ``hold`` and ``resume``: the job's own write unit is open there,
    and storing on another connection would wait for it. Without a throttle every update is shown.
    """

    def __init__(self, clock: Clock, sinks: Sinks, throttle: Throttle | None) -> None:
        self._clock = clock
        self._sinks = sinks
        self._throttle = throttle
        self._lines: list[LogLine] = []
        self._stored = clock.monotonic()
        self._unstored = False
        self._due = False
        self._held = 0
        self.current = Progress()

    def show(self, progress: Progress, *, urgent: bool = False) -> None:
        """Take a new state of progress and pass it on when its time has come."""
        self.current = progress
        self._unstored = True
        now = self._clock.monotonic()
        if self._throttle is None or self._throttle.admits(now, urgent=urgent):
            self._sinks.progressed(progress)
        self._store_when_due(now)

    def log(self, line: LogLine) -> None:
        """Take a log line; the screen hears it at once."""
        self._lines.append(line)
        self._sinks.logged(line)
        self._store_when_due(self._clock.monotonic())

    def end_step(self, filled: Progress) -> None:
        """Show a filled bar and store it."""
        self._due = True
        self.show(filled, urgent=True)

    def hold(self) -> None:
        """Keep everything in memory until ``resume``."""
        self._held += 1

    def resume(self) -> None:
        """Store again, at once if it was due."""
        self._held -= 1
        self._store_when_due(self._clock.monotonic())

    def flush(self) -> None:
        """Store what is left."""
        if self._unstored or self._lines:
            lines, self._lines = self._lines, []
            self._unstored = False
            self._sinks.store(self.current, lines)
        self._due = False
        self._stored = self._clock.monotonic()

    def _store_when_due(self, now: float) -> None:
        if self._held:
            return
        if self._due or now - self._stored >= STORE_EVERY_SECONDS:
            self.flush()
