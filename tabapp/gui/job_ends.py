"""Who in the window waits for the end of which run."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

import shiboken6
from PySide6.QtCore import QObject

from tabapp.jobs.handle import JobHandle
from tabapp.jobs.outcome import JobResult

Hear = Callable[[JobResult], None]


class JobEnds:
    """Remembers who waits for a run, and tells them when it ends. In the window's thread."""

    def __init__(self, tell: Callable[[JobResult, int], None]) -> None:
        """``tell`` says in a toast how a run failed, to the visit that started it."""
        self._tell = tell
        self._waiting: dict[int, list[tuple[Hear, QObject]]] = {}

    @property
    def awaited(self) -> int:
        """Return how many runs somebody waits for."""
        return len(self._waiting)

    def awaits(self, run_id: int) -> bool:
        """Tell whether somebody waits for a run."""
        return run_id in self._waiting

    def hear(
        self, owner: QObject, handle: JobHandle, done: Hear | None, failed: Hear | None, visit: int
    ) -> None:  # fmt: skip
        """Call ``done`` or ``failed`` when a run ends, which may have been a moment ago."""

        def end(result: JobResult) -> None:
            if result.status == "success":
                if done is not None:
                    done(result)
            elif failed is not None:
                failed(result)
            elif result.status != "cancelled":
                self._tell(result, visit)

        self._waiting.setdefault(handle.id, []).append((end, owner))
        result = handle.result
        if result is not None:  # it had ended before we could wait for it
            self.finish(handle.id, result)

    def finish(self, run_id: int, result: JobResult) -> None:
        """Tell all who wait for a run of its end, whatever comes of it with one of them."""
        with ExitStack() as stack:
            for end, owner in reversed(self._waiting.pop(run_id, [])):
                stack.callback(_if_there, owner, end, result)


def _if_there(owner: QObject, end: Hear, result: JobResult) -> None:
    """Tell somebody who waits of a run's end, unless that widget is gone."""
    if shiboken6.isValid(owner):
        end(result)
