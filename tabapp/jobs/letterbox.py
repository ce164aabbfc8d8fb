"""Submits runs in a thread of its own, for callers that must not wait for the database."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass

from tabapp.core.errors import TabappError, UserError
from tabapp.jobs.handle import JobHandle

log = logging.getLogger(__name__)

OnHandle = Callable[[JobHandle], None]
OnError = Callable[[TabappError], None]


@dataclass(frozen=True, slots=True)
class _Letter:
    title: str
    submit: Callable[[], JobHandle]
    on_handle: OnHandle | None
    on_error: OnError | None

    def deliver(self) -> None:
        """Submit the run and tell whoever wants to know."""
        try:
            handle = self.submit()
        except TabappError as error:
            log.warning("%s could not be queued: %s", self.title, error)
            if self.on_error is not None:
                self.on_error(error)
            return
        if self.on_handle is not None:
            self.on_handle(handle)


class Letterbox:
    """Delivers what is posted in order; without ``threaded`` at once, in the calling thread.

    Its thread starts with the first letter and ends with ``close``, which delivers the rest.
    """

    def __init__(self, *, threaded: bool) -> None:
        self._threaded = threaded
        self._letters: queue.SimpleQueue[_Letter | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        self._thread: threading.Thread | None = None

    def post(
        self, title: str, submit: Callable[[], JobHandle], on_handle: OnHandle | None,
        on_error: OnError | None,
    ) -> None:
        """Take a run to submit; ``UserError`` ``jobs_stopped`` once it is closed."""
        letter = _Letter(title, submit, on_handle, on_error)
        if not self._threaded:
            letter.deliver()
            return
        with self._lock:
            if self._closed:
                raise UserError("jobs_stopped", title=title)
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._work, name="job-letterbox", daemon=True)
                self._thread.start()
            self._letters.put(letter)

    def close(self) -> None:
        """Deliver what is there and take nothing more."""
        with self._lock:
            self._closed = True
            thread, self._thread = self._thread, None
            self._letters.put(None)
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def _work(self) -> None:
        while (letter := self._letters.get()) is not None:
            try:
                letter.deliver()
            except Exception:  # the last line of this thread: others wait behind
                log.exception("%s could not be queued", letter.title)
