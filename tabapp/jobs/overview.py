"""What a queue says of itself: how it stands, and what becomes of its runs when it closes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from tabapp.jobs.ports import RunState

Fate = Literal["ends", "is left to the next start", "is cancelled"]

LOOK_SECONDS = 0.1
"""Between two looks at whether the runs of a closing queue have ended."""

OnWait = Callable[[list[str]], None]
"""Hears the titles of the runs for which a closing queue waits, whenever they change."""


@dataclass(frozen=True, slots=True)
class QueueState:
    """How a queue stands: its threads, its runs, and how long a run has waited for its turn.

    ``waiting`` counts all that wait; the last two are of those that wait for a worker or a lock,
    not of those that wait for their time or for another run. ``alive`` are workers that live.
    """

    workers: int
    alive: int
    running: int
    waiting: int
    longest_wait_seconds: float
    oldest_waiting_title: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """What becomes of a run when the program closes."""

    title: str
    state: RunState
    fate: Fate


def join_threads(
    threads: Sequence[threading.Thread], timeout: float, titles: Callable[[], list[str]],
    on_wait: OnWait | None,
) -> bool:
    """Wait for threads, at most ``timeout`` seconds in all; tell whether they have ended."""
    ends = time.monotonic() + timeout
    told: list[str] = []
    for thread in threads:
        while thread.is_alive() and (left := ends - time.monotonic()) > 0:
            working = titles() if on_wait is not None else []
            if on_wait is not None and working and working != told:
                told = working
                on_wait(list(working))
            thread.join(min(left, LOOK_SECONDS))
    return not any(thread.is_alive() for thread in threads)
