"""Setting pages in a thread of their own, so that whoever waits for them can leave at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event

from tabapp.domain.types import Tick, no_tick
from tabapp.services.paper import Pack
from tabapp.services.printing.paper import Paper

_BEAT = 0.1
"""Seconds between two calls of ``tick``."""


class _Left(Exception):
    """Nobody waits for these pages any more."""


def set_apart(paper: Paper, tick: Tick = no_tick) -> Pack:
    """Set all of a paper; ``tick`` is told of the items all the time and may raise to cancel.

    Typst sets a file in one go and cannot be interrupted. Who cancels is free at once all the
    same: the file that is being set goes on to its end and is thrown away, no other is begun.
    (Page group by page group would cost little time, but make many files of one: what joins them
    again would be one more library, and the file no PDF/A.) All of them are done only when this
    returns; until then ``tick`` never hears so.
    """
    total, done, left = len(paper.items), [0], Event()

    def note(at: int, _total: int) -> None:
        if left.is_set():
            raise _Left
        done[0] = at

    worker = ThreadPoolExecutor(1, thread_name_prefix="paper")
    try:
        made = worker.submit(paper.set_all, note)
        while not wait([made], _BEAT).done:
            tick(max(0, min(done[0], total - 1)), total)
        return made.result()
    finally:
        left.set()
        worker.shutdown(wait=False)
