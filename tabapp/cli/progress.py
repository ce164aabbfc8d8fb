"""Progress bars of running jobs, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tabapp.core.events import EventBus
from tabapp.jobs.events import JobEvent, JobFinished, JobProgressed, JobQueued


@contextmanager
def bars(bus: EventBus) -> Iterator[None]:
    """Show a bar for each run on standard error as long as the block lasts."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console  # noqa: PLC0415 - 60 ms that only a terminal pays
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        Progress,
        TaskID,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        TextColumn("{task.description:<10}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(), TextColumn("[dim]{task.fields[step]}"),
    )
    rows: dict[int, TaskID] = {}
    with Progress(*columns, console=Console(stderr=True)) as shown:

        def follow(event: JobEvent) -> None:
            if isinstance(event, JobQueued):
                rows[event.run_id] = shown.add_task(event.title, total=1.0, step="")
                return
            row = rows.get(event.run_id)
            if row is None:
                return
            if isinstance(event, JobProgressed):
                shown.update(row, completed=event.progress.fraction, step=event.progress.step)
            elif isinstance(event, JobFinished):
                shown.update(row, completed=1.0, step=event.result.status)

        stop = bus.subscribe(JobEvent, follow)
        try:
            yield
        finally:
            stop()
