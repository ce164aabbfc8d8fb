"""Who is at the keyboard goes first: threads that work behind stand aside while somebody waits.

The threads of one interpreter take turns and none matters more than another, so a ballot beside
three jobs takes four times as long as alone. Here the jobs stand still for the few milliseconds.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from time import monotonic

LONGEST = 0.05
"""Seconds after which work behind goes on, whoever still waits: what takes longer is no key."""
SOON = 0.02
"""Seconds that a key, or an answer that comes onto the screen, has for itself."""


class Precedence:
    """Lets the threads that work ``behind`` wait for those that go ``first``; for any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._first = 0
        self._ends = 0.0
        self._local = threading.local()

    @contextmanager
    def first(self) -> Iterator[None]:
        """Go before all that works behind, for ``LONGEST`` at most; somebody waits for this."""
        with self._changed:
            self._first += 1
            self._ends = monotonic() + LONGEST
        with self._as("goes_first"):
            try:
                yield
            finally:
                with self._changed:
                    self._first -= 1
                    if not self._first:
                        self._ends = 0.0
                        self._changed.notify_all()

    def soon(self) -> None:
        """Let what works behind wait a moment, as something happens on the screen."""
        self._ends = max(self._ends, monotonic() + SOON)

    def behind(self) -> AbstractContextManager[None]:
        """Work behind: ``give_way`` waits in this thread from now on."""
        return self._as("is_behind")

    def in_the_way(self) -> AbstractContextManager[None]:
        """Hold what others wait for, as a lock: ``give_way`` does not wait in this thread."""
        return self._as("is_in_the_way")

    def give_way(self) -> None:
        """Wait while somebody goes first, where this thread works behind and holds nothing up."""
        if self._ends <= monotonic() or not self._stands_aside():
            return
        with self._changed:
            self._changed.wait_for(lambda: self._ends <= monotonic(), self._ends - monotonic())

    def _stands_aside(self) -> bool:
        has = self._local.__dict__
        return "is_behind" in has and "is_in_the_way" not in has and "goes_first" not in has

    @contextmanager
    def _as(self, what: str) -> Iterator[None]:
        outer = what in self._local.__dict__
        setattr(self._local, what, True)
        try:
            yield
        finally:
            if not outer:
                delattr(self._local, what)


PEOPLE = Precedence()
"""That of this program: its threads share one interpreter, whatever files are open."""
