"""The look at the program's health: what is checked, and the last report."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from tabapp.core.clock import Clock
from tabapp.core.errors import TabappError
from tabapp.core.events import EventBus
from tabapp.domain.health import Finding, HealthReport
from tabapp.jobs.ports import RunLog
from tabapp.jobs.queue import JobQueue
from tabapp.services import health_checks as checks
from tabapp.services.clockwork import Clockwork
from tabapp.services.events import HealthChanged
from tabapp.services.health_checks import Surroundings
from tabapp.services.snapshots import Snapshots
from tabapp.store import soundness
from tabapp.store.database import Database
from tabapp.store.health_reads import troubled_breakers, unsaved_since
from tabapp.store.unit import ReadUnit, WriteUnit

WHOLE_EVERY = timedelta(days=1)
"""How often all of a file is read; in between some of its tables at each look."""
AT_A_TIME = 0.02
"""Seconds after which a look leaves further tables to the next one."""

Tick = Callable[[int, int], None]


def _nothing(_done: int, _total: int) -> None:
    """Report progress to nobody."""


class HealthDesk:
    """Keeps the last report of one open database. Any thread may call it.

    ``clockwork`` is put in place once there is one. A look takes milliseconds, but for the one a
    day that reads the whole file.
    """

    def __init__(
        self,
        database: Database,
        queue: JobQueue[ReadUnit, WriteUnit],
        runs: RunLog,
        bus: EventBus,
        clock: Clock,
        *,
        snapshots: Snapshots | None = None,
        around: Surroundings | None = None,
    ) -> None:
        self.database = database
        self.queue = queue
        self.runs = runs
        self.snapshots = snapshots
        self.clockwork: Clockwork | None = None
        self._bus, self._clock = bus, clock
        self._around = around or Surroundings()
        self._one_at_a_time = threading.Lock()
        self._last: HealthReport | None = None
        self._whole_at: datetime | None = None
        self._is_sound = True
        self._ahead: list[str] = []

    @property
    def last(self) -> HealthReport | None:
        """What the last look found; None before the first."""
        return self._last

    def look(self, tick: Tick = _nothing) -> HealthReport:
        """Check everything now, keep the report and return it; takes up to seconds.

        ``HealthChanged`` is published where something stands otherwise than before.
        """
        with self._one_at_a_time:
            found: list[Finding] = []
            todo = list(self._checks())
            for done, check in enumerate(todo):
                tick(done, len(todo))
                found += check()
            tick(len(todo), len(todo))
            report = HealthReport(self._clock.now(), tuple(found))
            before, self._last = self._last, report
        if differs(before, report):
            self._bus.publish(HealthChanged(None, report))
        return report

    # --- the checks, in their order on the page ---

    def _checks(self) -> Iterator[Callable[[], list[Finding]]]:
        if self.database.path is not None:
            yield from (self._integrity, self._references, self._disk, self._file)
        if self.snapshots is not None:
            yield from (self._copies, self._second_folder)
        if self.clockwork is not None:
            yield self._time
        yield from (self._pool, self._failures)

    def _integrity(self) -> list[Finding]:
        path, now = self.database.path, self._clock.now()
        assert path is not None
        whole = not self._is_sound or self._whole_at is None or not (
            timedelta() <= now - self._whole_at < WHOLE_EVERY)
        try:
            if whole:
                faults = soundness.faults(path)
                self._whole_at, self._ahead = now, []
            else:
                faults = self._next_tables()
        except TabappError as error:
            return [checks.unreadable("integrity", error)]
        self._is_sound = not faults
        return [checks.integrity(faults, self.database.name, whole=self._whole_at)]

    def _next_tables(self) -> list[str]:
        """Look quickly over some tables, beginning where the last look ended."""
        path = self.database.path
        assert path is not None
        if not self._ahead:
            self._ahead = soundness.tables_of(path)
        began, faults = self._clock.monotonic(), list[str]()
        while self._ahead and not faults and self._clock.monotonic() - began < AT_A_TIME:
            faults = soundness.faults(path, [self._ahead.pop(0)])
        return faults

    def _references(self) -> list[Finding]:
        path = self.database.path
        assert path is not None
        try:
            return [checks.references(soundness.orphans(path), self.database.name)]
        except TabappError as error:
            return [checks.unreadable("references", error)]

    def _disk(self) -> list[Finding]:
        path = self.database.path
        assert path is not None
        try:
            size = path.stat().st_size
        except OSError:
            size = 0
        found = [checks.disk(path.parent, size, self._around)]
        folder = self.snapshots.folder if self.snapshots is not None else path.parent
        if self.snapshots is not None and folder.is_dir() and not _same_disk(folder, path.parent):
            found.append(checks.disk(folder, size, self._around, "disk_of_copies"))
        return found

    def _file(self) -> list[Finding]:
        path = self.database.path
        assert path is not None
        return [
            checks.log_size(soundness.log_bytes(path)), checks.folder(path, self._around),
            checks.place(path, self._around)]

    def _copies(self) -> list[Finding]:
        snapshots = self.snapshots
        assert snapshots is not None
        if not snapshots.available:
            return [checks.finding("copies", "passed", "health_copies_server")]
        try:
            latest = snapshots.latest()
            with self.database.read() as unit:
                waiting = unsaved_since(unit, latest.at if latest is not None else None)
        except TabappError as error:
            return [checks.unreadable("copies", error)]
        return [checks.copies(latest, waiting, self._clock.now())]

    def _second_folder(self) -> list[Finding]:
        snapshots = self.snapshots
        assert snapshots is not None
        if not snapshots.available:
            return []
        try:
            with self.database.read() as unit:
                refused = troubled_breakers(unit).get("second_folder")
        except TabappError as error:
            return [checks.unreadable("second_folder", error)]
        return [checks.second_folder(snapshots, refused)]

    def _time(self) -> list[Finding]:
        assert self.clockwork is not None
        state, now = self.clockwork.state, self._clock.now()
        return [checks.schedules(state, now), checks.jumps(state, now)]

    def _pool(self) -> list[Finding]:
        return [checks.pool(self.queue.state())]

    def _failures(self) -> list[Finding]:
        try:
            return [checks.failures(checks.stuck_runs(self.runs))]
        except TabappError as error:
            return [checks.unreadable("runs", error)]


def retry_stuck(desk: HealthDesk) -> int:
    """Queue all runs again that wait for a person; return how many could be."""
    done = 0
    for run in checks.stuck_runs(desk.runs):
        try:
            desk.queue.requeue(run.id)
        except TabappError:
            continue  # another version's, or settled in the meantime; it stays to be looked at
        done += 1
    return done


def wrong(report: HealthReport | None) -> tuple[Finding, ...]:
    """Return what does not stand well, the worst first."""
    found = report.findings if report is not None else ()
    return tuple(sorted(
        (one for one in found if one.status != "passed"), key=lambda one: one.status != "problem"))


def differs(before: HealthReport | None, after: HealthReport) -> bool:
    """Tell whether something stands otherwise; figures that move all the time do not count."""
    return before is None or _states(before.findings) != _states(after.findings)


def newly_wrong(before: HealthReport | None, after: HealthReport) -> tuple[Finding, ...]:
    """Return what stands worse than before, the worst first."""
    rank = {"passed": 0, "attention": 1, "problem": 2}
    known = {one.name: rank[one.status] for one in before.findings} if before else {}
    return tuple(one for one in wrong(after) if rank[one.status] > known.get(one.name, 0))


def _states(findings: Iterable[Finding]) -> set[tuple[str, str, str]]:
    return {(one.name, one.status, one.action) for one in findings}


def _same_disk(one: Path, other: Path) -> bool:
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return False
