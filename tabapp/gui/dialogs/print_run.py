"""One run of printing: how far it is, and whether it can still be stopped."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from time import monotonic

from tabapp.services.printing import What

_FIRST, _PAGE = 0.2, 0.015
"""Seconds that a run takes to begin, and each page, until it was measured on this computer."""
_NEARLY = 0.96
"""As far as a run seems to be that takes longer than was to be expected."""
_paces: dict[What, float] = {}
"""What is printed -> seconds a page took the last time."""


class Stopped(Exception):
    """Somebody cancelled while pages were set."""


class PrintRun:
    """A file that is being made. ``tick`` is called by the thread that makes it, the rest is not.

    Whether a run is stopped or writes its file is decided once: never are both true.
    """

    def __init__(self, what: What, pages: int, clock: Callable[[], float] = monotonic) -> None:
        self.pages = pages
        self._what, self._clock, self._began = what, clock, clock()
        self._lock, self._stopped, self._writes = Lock(), False, False
        self._told = 0.0

    @property
    def stopped(self) -> bool:
        """Tell whether somebody stopped it."""
        return self._stopped

    @property
    def seconds(self) -> float:
        """Return for how long it has been going."""
        return self._clock() - self._began

    @property
    def share(self) -> float:
        """Return how much is done, 0 to 1: what is known, else what is to be expected by now.

        A file is set in one go, so that nobody knows how many of its pages are.
        """
        expected = _FIRST + self.pages * _paces.get(self._what, _PAGE)
        return max(self._told, min(_NEARLY, self.seconds / expected))

    def tick(self, done: int, total: int) -> None:
        """Hear how far it is; raise ``Stopped`` where nobody wants it any more."""
        with self._lock:
            if self._stopped:
                raise Stopped
            self._writes = done >= total > 0
            self._told = done / max(total, 1)

    def stop(self) -> bool:
        """Stop it; tell whether that was in time, as it is not once the file is being written."""
        with self._lock:
            self._stopped = not self._writes
            return self._stopped

    def end(self) -> None:
        """Remember how long it took, for what is to be expected of the next one."""
        if self.pages:
            _paces[self._what] = max(0.0, self.seconds - _FIRST) / self.pages
