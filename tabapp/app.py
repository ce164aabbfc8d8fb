"""The composition root: builds the parts, starts them in order and stops them in reverse."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from tabapp import __version__, tasks
from tabapp.cli.base import FAILED, WRONG_CALL, Runtime, complain
from tabapp.cli.main import is_headless, run
from tabapp.core.clock import SystemClock
from tabapp.core.crash import CrashLog
from tabapp.core.errors import UserError
from tabapp.core.events import EventBus
from tabapp.core.interpreter import settle_interpreter
from tabapp.core.logs import configure_logging
from tabapp.core.settings import Folders
from tabapp.jobs.leases import is_alive
from tabapp.jobs.policies import POLICIES, RetryPolicy
from tabapp.jobs.queue import JobQueue
from tabapp.jobs.registry import Registry, scan
from tabapp.jobs.spec import AnySpec
from tabapp.services.workspace import Workspace
from tabapp.store.database import Database
from tabapp.store.leases import SqlLeases
from tabapp.store.runs import SqlRunLog
from tabapp.store.unit import WriteUnit


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


@contextmanager
def open_workspace(
    where: str | Path, *, create: bool = False, threads: bool = False
) -> Iterator[Workspace]:
    """Open a database with its queue; closes both in reverse order.

    Without ``threads`` jobs run in the thread that submits them.
    """
    clock, bus = SystemClock(), EventBus()
    with ExitStack() as stack:
        database = Database.open(
            where, create=create, clock=clock, bus=bus, is_alive=is_alive)
        stack.callback(database.close)
        database.hooks.append(_refresh_results)
        runs = SqlRunLog(database)
        queue = JobQueue(
            _LateJobs(), database, runs, SqlLeases(database), clock=clock, bus=bus,
            synchronous=not threads)
        if threads:
            settle_interpreter()  # here, since it pays only where threads share the interpreter
            stack.enter_context(queue)
        yield Workspace(
            database=database, queue=queue, runs=runs, bus=bus, clock=clock, actor=_actor())


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
    if not is_headless(words):
        return _no_window(words)
    folders = Folders.find()
    with ExitStack() as stack:
        try:
            folders.make()
            stack.callback(configure_logging(folders.log, verbose=debug))
            crash = CrashLog(folders.log, app_version=__version__)
            crash.start()
            stack.callback(crash.stop)
        except (OSError, UserError) as error:
            complain(f"No log is kept. {error}")
        runtime = Runtime(
            open=open_workspace, job_rows=_job_rows, demo_folder=lambda: folders.data,
            debug=debug)
        return run(words, runtime)


def _no_window(words: Sequence[str]) -> int:
    """Say what stands in place of a command, and return the exit code."""
    name = words[0] if words else ""
    if not words or name == "open" or (len(words) == 1 and _may_be_database(name)):
        complain(
            "The window comes with a later version. 'tabapp --help' lists what works without.")
        return FAILED
    complain(f"{name} is neither a command nor a file. 'tabapp --help' lists the commands.")
    return WRONG_CALL


def _may_be_database(name: str) -> bool:
    return "://" in name or name.endswith(".tabapp") or Path(name).is_file()
