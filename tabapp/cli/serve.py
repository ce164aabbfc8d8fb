"""Clock and queue without a window, until somebody ends the program."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Annotated

import typer

from tabapp.cli.base import Database, command, complain, runtime_of
from tabapp.core.errors import UserError
from tabapp.jobs.events import JobFinished
from tabapp.jobs.ports import QueueName
from tabapp.jobs.spec import QUEUES
from tabapp.services.workspace import Workspace

app = typer.Typer()

LOOK = 0.5
"""Seconds between two looks at whether a signal came; some systems interrupt no wait."""


@command(app, "work")
def work(
    ctx: typer.Context,
    db: Database,
    queues: Annotated[
        str | None, typer.Option(metavar="A,B", help=f"only these of {', '.join(QUEUES)}")
    ] = None,
) -> None:
    """Run the clock and the jobs of DB until a signal ends it."""
    wanted = _queues(queues)
    with (
        _until_signal() as ended,
        runtime_of(ctx).open(db, threads=True, household=True, queues=wanted) as space,
    ):
        if sys.stderr.isatty():
            space.bus.subscribe(JobFinished, _tell)
        assert space.household is not None
        space.household.start()
        complain(f"Working on {space.database.name}; Ctrl+C ends it.")
        while not ended.wait(LOOK):
            pass
        complain(_waiting_for(space))


def _queues(text: str | None) -> frozenset[QueueName] | None:
    if text is None:
        return None
    named = {one.strip() for one in text.split(",") if one.strip()}
    unknown = sorted(named - QUEUES.keys())
    if unknown or not named:
        raise UserError(
            "queue_unknown", name=", ".join(unknown) or text, known=", ".join(QUEUES))
    return frozenset(one for one in QUEUES if one in named)


@contextmanager
def _until_signal() -> Iterator[threading.Event]:
    """Give an event that the first signal sets; a second signal interrupts at once."""
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        if ended.is_set():
            raise KeyboardInterrupt
        ended.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield ended
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _waiting_for(space: Workspace) -> str:
    running = [handle.title for handle in space.queue.active() if handle.state == "running"]
    if not running:
        return "Stopping; nothing runs."
    return f"Stopping; waiting for: {', '.join(running)}."


def _tell(event: JobFinished) -> None:
    result = event.result
    why = f": {result.error.message}" if result.error else ""
    complain(f"{event.title}: {result.status} in {result.seconds:.2f} s{why}")
