"""Work of the window outside its thread while no session is there: files, lists, the demo."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from tabapp.core.errors import TabappError

log = logging.getLogger(__name__)
T = TypeVar("T")


class Background(QObject):
    """Runs work in threads and brings the answers back to the window's.

    What opens and closes files runs one after the other; what only looks runs beside it.
    """

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files = ThreadPoolExecutor(1, thread_name_prefix="files")
        self._looks = ThreadPoolExecutor(1, thread_name_prefix="looks")
        self._busy = 0
        self._arrived.connect(self._on_arrived)

    @property
    def is_idle(self) -> bool:
        """Tell whether every answer was brought back."""
        return not self._busy

    def do(
        self, work: Callable[[], T], show: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:  # fmt: skip
        """Run what opens, closes or writes files."""
        self._send(self._files, work, show, failed)

    def look(
        self, work: Callable[[], T], show: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:  # fmt: skip
        """Run what only looks."""
        self._send(self._looks, work, show, failed)

    def close(self) -> None:
        """Wait for what is being done; answers are brought to nobody any more."""
        self._arrived.disconnect(self._on_arrived)
        self._looks.shutdown(wait=True, cancel_futures=True)
        self._files.shutdown(wait=True)

    def _send(
        self, pool: ThreadPoolExecutor, work: Callable[[], T], show: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:  # fmt: skip
        self._busy += 1

        def run() -> None:
            try:
                value = work()
            except Exception as error:
                if not isinstance(error, TabappError):
                    log.exception("work beside the window failed")
                self._arrived.emit((failed, error))
            else:
                self._arrived.emit((show, value))

        pool.submit(run)

    def _on_arrived(self, answer: tuple[Callable[[Any], None], Any]) -> None:
        show, value = answer
        self._busy -= 1
        show(value)


def log_error(error: Exception) -> None:
    """Take an error that nobody needs to hear of."""
    log.warning("%s", error)


def nothing(_value: object) -> None:
    """Take an answer that nobody waits for."""
