"""The composition root: builds the parts, starts them in order and stops them in reverse."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tabapp import __version__, tasks
from tabapp.cli.base import Runtime, complain
from tabapp.cli.main import is_headless, run
from tabapp.core.clock import SystemClock
from tabapp.core.crash import CrashLog
from tabapp.core.events import EventBus
from tabapp.core.logs import configure_logging
from tabapp.core.settings import Folders
from tabapp.jobs.leases import is_alive
from tabapp.jobs.policies import POLICIES, RetryPolicy
from tabapp.jobs.queue import JobQueue
from tabapp.jobs.registry import Registry, scan
from tabapp.services.workspace import Workspace
from tabapp.store.database import Database
from tabapp.store.derived import refresh_results
from tabapp.store.leases import SqlLeases
from tabapp.store.runs import SqlRunLog


def job_registry() -> Registry:
    """Find all jobs of the program."""
    return scan(tasks)


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
        database.hooks.append(refresh_results)
        runs = SqlRunLog(database)
        queue = JobQueue(
            job_registry(), database, runs, SqlLeases(database), clock=clock, bus=bus,
            synchronous=not threads)
        if threads:
            stack.enter_context(queue)
        yield Workspace(
            database=database, queue=queue, runs=runs, bus=bus, clock=clock, actor=_actor())


def _actor() -> str:
    """Return who sits at the keyboard, as far as the computer knows."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
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
    folders = Folders.find()
    with ExitStack() as stack:
        try:
            folders.make()
            stack.callback(configure_logging(folders.log))
            crash = CrashLog(folders.log, app_version=__version__)
            crash.start()
            stack.callback(crash.stop)
        except OSError as error:
            complain(f"No log is kept, since its folder cannot be used: {error}.")
        if arguments and not is_headless(arguments):
            complain(
                f"{arguments[0]} is no command, and the window comes with a later version. "
                "'tabapp --help' lists the commands.")
            return 1
        runtime = Runtime(
            open=open_workspace, job_rows=_job_rows, demo_folder=lambda: folders.data)
        return run(arguments, runtime)
