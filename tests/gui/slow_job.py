"""A job that works until it is let go or cancelled, for tests of what shows running jobs."""

from __future__ import annotations

import threading
from typing import Any

from tabapp.jobs.context import JobContext
from tabapp.jobs.spec import AnySpec, simple_job


class SlowJob:
    """Holds every run of ``spec`` inside until ``go`` is set."""

    def __init__(self) -> None:
        self.go = threading.Event()

        @simple_job("test.slow", title="Slow work")
        def slow(ctx: JobContext[Any, Any]) -> None:
            with ctx.step("Thinking"):
                ctx.progress(0.25)
                while not self.go.wait(0.01):
                    ctx.check_cancelled()

        self.spec: AnySpec = slow
