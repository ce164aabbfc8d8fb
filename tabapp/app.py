"""The composition root: builds the parts, starts them in order and stops them in reverse."""

from __future__ import annotations

import getpass
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from tabapp import __version__, tasks
from tabapp.core.clock import Clock, SystemClock
from tabapp.core.crash import CrashLog, UncleanEnd
from tabapp.core.errors import UserError
from tabapp.core.events import EventBus
from tabapp.core.interpreter import hold_collector, settle_interpreter
from tabapp.core.logs import configure_logging
from tabapp.core.settings import Folders, load_settings
from tabapp.jobs.leases import is_alive
from tabapp.jobs.policies import POLICIES, RetryPolicy
from tabapp.jobs.ports import QueueName
from tabapp.jobs.queue import JobQueue
from tabapp.jobs.registry import Registry, scan
from tabapp.jobs.resources import Resources
from tabapp.jobs.spec import AnySpec
from tabapp.services.workspace import Workspace
from tabapp.store.database import Database
from tabapp.store.leases import SqlLeases
from tabapp.store.runs import SqlRunLog
from tabapp.store.unit import ReadUnit, WriteUnit

if TYPE_CHECKING:
    from tabapp.services.health import HealthDesk
    from tabapp.services.household import Household
    from tabapp.services.snapshots import Snapshots

X = TypeVar("X")

FAILED, WRONG_CALL = 1, 2
"""Exit codes; those of the commands are theirs."""


def job_registry() -> Registry:
    """Find all jobs of the program."""
    return scan(tasks)


class _LateJobs(Registry):
    """All jobs, found when the first is asked for: reading a table takes 0.1 s less without."""

    @cached_property
    def _found(self) -> Registry:
        return job_registry()

    def __iter__(self) -> Iterator[AnySpec]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __contains__(self, name: object) -> bool:
        return name in self._found

    def get(self, name: str) -> AnySpec:
        return self._found.get(name)


def _refresh_results(unit: WriteUnit) -> None:
    """Keep results true after a write; what only reads loads nothing of this."""
    from tabapp.store.derived import refresh_results  # noqa: PLC0415

    refresh_results(unit)


def _check_reversal(unit: WriteUnit) -> None:
    """Refuse an undo that leaves what no page would make; nothing else loads the rules for it."""
    if unit.header.undoes is not None:
        from tabapp.services.undoing import check_reversal  # noqa: PLC0415

        check_reversal(unit)


def _emit_domain_events(unit: WriteUnit) -> None:
    """Tell what a write made happen, in programs where somebody hears it."""
    from tabapp.services.happenings import emit_domain_events  # noqa: PLC0415 - as above

    emit_domain_events(unit)


class _Lent(Resources):
    """What jobs are lent, made when the first one asks: most commands ask for none of it."""

    def __init__(self, database: Database, runs: SqlRunLog, clock: Clock, bus: EventBus) -> None:
        super().__init__()
        self._parts = database, runs, clock, bus
        self._making = threading.RLock()
        self.queue: JobQueue[ReadUnit, WriteUnit] | None = None

    def get(self, kind: type[X]) -> X:
        with self._making:
            if not self._things:
                for thing in (self.queue, self.snapshots, self.health):
                    self.lend(thing)
        return super().get(kind)

    @cached_property
    def snapshots(self) -> Snapshots:
        from tabapp.jobs.breakers import Breakers  # noqa: PLC0415 - see above
        from tabapp.services.snapshots import (  # noqa: PLC0415
            BREAKER,
            Snapshots,
            folders_of,
        )
        from tabapp.store.breakers import SqlBreakers  # noqa: PLC0415

        database, _runs, clock, bus = self._parts
        folders = Folders.find()
        first, second = folders_of(load_settings(folders.settings_file).settings, folders)
        breakers = Breakers(
            SqlBreakers(database), clock, titles={BREAKER: "The second folder of copies"})
        return Snapshots(database, first, second, clock, bus, breakers)

    @cached_property
    def health(self) -> HealthDesk:
        from tabapp.services.health import HealthDesk  # noqa: PLC0415 - see above

        assert self.queue is not None
        database, runs, clock, bus = self._parts
        return HealthDesk(database, self.queue, runs, bus, clock, snapshots=self.snapshots)

    def household(self) -> Household:
        """Make what works by itself; it is not started."""
        from tabapp.services.automation import Automation  # noqa: PLC0415 - see above
        from tabapp.services.clockwork import Clockwork  # noqa: PLC0415
        from tabapp.services.household import Household  # noqa: PLC0415

        assert self.queue is not None
        database, _runs, clock, bus = self._parts
        clockwork = Clockwork(database, self.queue, clock, bus)
        with self._making:  # a run that was taken over may ask for the same
            self.health.clockwork = clockwork
            return Household(
                self.queue, self.snapshots, self.health, clockwork,
                Automation(self.queue, database, bus, clock))


@contextmanager
def open_workspace(
    where: str | Path, *, create: bool = False, threads: bool = False, household: bool = False,
    queues: frozenset[QueueName] | None = None, clock: Clock | None = None,
) -> Iterator[Workspace]:
    """Open a database with its queue; closes both in reverse order.

    Without ``threads`` jobs run in the thread that submits them. ``household`` makes what works
    by itself, to be started with ``Household.start``. ``queues`` are those that are worked on.
    """
    clock, bus = clock or SystemClock(), EventBus()
    with ExitStack() as stack:
        database = Database.open(
            where, create=create, clock=clock, bus=bus, is_alive=is_alive)
        stack.callback(database.close)
        database.hooks += [_refresh_results, _check_reversal]
        if household:
            database.hooks.append(_emit_domain_events)
        runs = SqlRunLog(database)
        lent = _Lent(database, runs, clock, bus)
        queue = lent.queue = JobQueue(
            _LateJobs(), database, runs, SqlLeases(database), clock=clock, bus=bus,
            synchronous=not threads, resources=lent, queues=queues)
        if threads:
            settle_interpreter(collect=False)  # here: it pays where threads share the interpreter
            stack.enter_context(queue)
        house = None
        if household:
            house = lent.household()
            stack.callback(house.stop)
        yield Workspace(
            database=database, queue=queue, runs=runs, bus=bus, clock=clock, actor=_actor(),
            household=house)


def _actor() -> str:
    """Return who sits at the keyboard, as far as the computer knows."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # an account without a name, as in some containers
        return "tab director"


def _job_rows() -> list[dict[str, Any]]:
    return [
        {"name": spec.name, "title": spec.title, "queue": spec.queue,
         "retry": _policy_name(spec.retry), "lock": spec.lock, "idempotent": spec.idempotent,
         "labels": list(spec.labels),
         "parameters": spec.parameters.schema().get("properties", {})}
        for spec in sorted(job_registry(), key=lambda one: one.name)
    ]


def _policy_name(policy: RetryPolicy) -> str:
    return next((name for name, known in POLICIES.items() if known is policy), "its own")


def start(arguments: Sequence[str]) -> int:
    """Run the program and return its exit code."""
    words = [word for word in arguments if word != "--debug"]
    debug = len(words) < len(arguments)
    folders = Folders.find()
    if not words or (len(words) == 1 and _is_surely_database(words[0])):
        return _start_window(folders, words[0] if words else None, debug)
    from tabapp.cli.base import Runtime, complain  # noqa: PLC0415 - 0.1 s that a window can spare
    from tabapp.cli.main import is_headless, run  # noqa: PLC0415

    if not is_headless(words):
        if len(words) == 1 and Path(words[0]).is_file():
            return _start_window(folders, words[0], debug)
        complain(
            f"{words[0]} is neither a command nor a file. 'tabapp --help' lists the commands.")
        return WRONG_CALL
    with ExitStack() as stack:
        kept = stack.enter_context(_kept_log(folders, debug=debug, window=_opens_window(words)))
        runtime = Runtime(
            open=open_workspace, job_rows=_job_rows, demo_folder=lambda: folders.data,
            open_window=_window_opener(folders, kept), display_problem=_display_problem,
            debug=debug)
        return run(words, runtime)


def _display_problem() -> UserError | None:
    """Return why no window can come up here; loads nothing of Qt but what looks for a display."""
    from tabapp.gui.display import display_problem  # noqa: PLC0415 - only the doctor asks

    return display_problem()


def _opens_window(words: Sequence[str]) -> bool:
    stays = {"--headless", "--json"} & set(words)
    return words[0] == "open" or (words[0] == "demo" and not stays)


def _is_surely_database(name: str) -> bool:
    return "://" in name or name.endswith(".tabapp")


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is written down while the program runs: its crash log, and who hears of errors."""

    bus: EventBus
    crash: CrashLog | None = None
    ends: tuple[UncleanEnd, ...] = ()


@contextmanager
def _kept_log(folders: Folders, *, debug: bool, window: bool) -> Iterator[_Kept]:
    """Keep log and crash log as long as the block lasts; a disk that refuses costs only them."""
    bus = EventBus()
    with ExitStack() as stack:
        kept = _Kept(bus)
        try:
            folders.make()
            stack.callback(configure_logging(folders.log, verbose=debug))
            crash = CrashLog(
                folders.log, app_version=__version__, publish=bus.publish, window=window)
            kept = _Kept(bus, crash, crash.start())
            stack.callback(crash.stop)
        except (OSError, UserError) as error:
            print(f"No log is kept. {error}", file=sys.stderr)  # noqa: T201
        yield kept


def _start_window(folders: Folders, target: str | None, debug: bool) -> int:
    """Open the window, or say in one sentence why there is none."""
    hold_collector()
    with _kept_log(folders, debug=debug, window=True) as kept:
        try:
            return _window_opener(folders, kept)(target)
        except UserError as error:
            print(error, file=sys.stderr)  # noqa: T201
            return FAILED


class _WindowOpener(Protocol):
    def __call__(self, target: str | None = None, *, tournament: str = "") -> int: ...


def _window_opener(folders: Folders, kept: _Kept) -> _WindowOpener:
    """Return what opens the window; nothing of Qt is loaded before it is called."""

    def open_window(target: str | None = None, *, tournament: str = "") -> int:
        from tabapp.gui.display import prepare_display  # noqa: PLC0415 - no Qt without a window

        prepare_display()
        from tabapp.gui.opening import Parts  # noqa: PLC0415
        from tabapp.gui.running import run_window  # noqa: PLC0415

        parts = Parts(
            open_workspace=open_workspace, folders=folders, version=__version__, bus=kept.bus,
            crash=kept.crash, ends=kept.ends)
        return run_window(parts, target, tournament)

    return open_window
