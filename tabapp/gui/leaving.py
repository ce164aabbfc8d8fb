"""What a closing program waits for, seen: the runs that end first, and the way not to wait."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from PySide6.QtCore import QEventLoop, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tabapp.gui.messages import count, tr
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.painted import label
from tabapp.jobs.overview import Leaving

PATIENCE = 400
"""Milliseconds of closing before anything is shown: most files close sooner."""
_LOOK = 60
_WIDTH = 440
_MOST = 6
"""Runs that are named; the rest is counted."""


class Leaver(Protocol):
    """A queue that closes."""

    def leaving(self) -> list[Leaving]:
        """Return what becomes of each run."""

    def hurry(self) -> None:
        """Cancel what works, so that nothing is waited for."""


class LeavingPanel(QWidget):
    """A small window with the runs that are waited for. Closing it is not to wait for them."""

    hurried = Signal()

    def __init__(self, *, named: bool = True) -> None:
        """``named``: the runs may be seen by whoever is here."""
        super().__init__()
        self._named = named
        self.setWindowTitle(tr("tabapp is closing"))
        self.setAccessibleName(tr("tabapp is closing"))
        self.setFixedWidth(_WIDTH)
        self.heading = label("", "card", wrap=True)
        self.runs = label("", wrap=True)
        self.rest = label(
            tr("What a ballot started is never lost: the next start does it."), "small",
            role="secondary", wrap=True)
        self.button = Button(tr("Close now"))
        self.button.clicked.connect(self._hurry)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[Space.MARGIN] * 4)
        column.setSpacing(Space.UNIT)
        for part in (self.heading, self.runs, self.rest):
            column.addWidget(part)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.button)
        column.addLayout(row)

    def show_runs(self, found: Sequence[Leaving]) -> None:
        """Name the runs that are waited for."""
        waits = [one.title for one in found if one.fate == "ends"]
        if not waits:
            self.heading.setText(tr("Closing the file."))
            self.runs.setText("")
            return
        jobs = count(len(waits), "job", "jobs")
        self.heading.setText(tr("Waits for {jobs} to end.", jobs=jobs))
        if not self._named:
            return
        more = len(waits) - _MOST
        lines = [*waits[:_MOST], *([tr("and {n} more", n=more)] if more > 0 else [])]
        self.runs.setText("\n".join(lines))

    def _hurry(self) -> None:
        self.button.setEnabled(False)
        self.hurried.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop waiting; the panel goes when the file is closed."""
        if self.button.isEnabled():
            self._hurry()
            event.ignore()
        else:
            super().closeEvent(event)


def close_seen(queue: Leaver, close: Callable[[], None], *, named: bool = True) -> None:
    """Close a file with ``close``; where that takes a while, show what it waits for, if ``named``.

    Returns when it is closed. What ``close`` raises is raised here.
    """
    if not any(one.fate == "ends" for one in queue.leaving()):
        close()
        return
    with ThreadPoolExecutor(1, thread_name_prefix="closing") as pool:
        done = pool.submit(close)
        _watch(queue, done, LeavingPanel(named=named))
    done.result()


def _watch(queue: Leaver, done: Future[None], panel: LeavingPanel) -> None:
    """Show the panel until ``done``, in an event loop of its own."""
    loop = QEventLoop()
    panel.hurried.connect(queue.hurry)
    panel.setWindowFlag(Qt.WindowType.Dialog)

    def look() -> None:
        if done.done():
            loop.quit()
        else:
            panel.show_runs(queue.leaving())

    timer = QTimer(interval=_LOOK)
    timer.timeout.connect(look)
    timer.start()
    late = QTimer(singleShot=True, interval=PATIENCE)
    late.timeout.connect(panel.show)
    late.start()
    look()
    loop.exec()
    timer.stop()
    late.stop()
    panel.hide()
    panel.deleteLater()
