"""Mistakes of the program itself, told to whoever is here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from tabapp.core.crash import ErrorReported
from tabapp.core.events import EventBus
from tabapp.gui import roles
from tabapp.gui.messages import tr
from tabapp.gui.session import Session

TOLD_EVERY = 5_000
"""Milliseconds between two toasts of errors, so that one in a loop does not bury the window."""


class Mistakes(QObject):
    """Tells of errors that nobody caught. Belongs to the thread of the window."""

    _reported = Signal(object)

    def __init__(
        self, owner: QObject, bus: EventBus, session: Callable[[], Session | None],
        broken: Callable[[str], None],
    ) -> None:  # fmt: skip
        """``broken`` is called with the sentence where no session has a window to tell it in."""
        super().__init__(owner)
        self._session, self._broken = session, broken
        self._reported.connect(self._on_reported)
        self.stop = bus.subscribe(ErrorReported, self._reported.emit)
        self._quiet = QTimer(self, singleShot=True, interval=TOLD_EVERY)

    def _on_reported(self, event: ErrorReported) -> None:
        if self._quiet.isActive():
            return
        self._quiet.start()
        sentence = tr("The program made a mistake and goes on. Look whether all is as you want it.")
        session = self._session()
        if session is None:
            self._broken(sentence)
        elif roles.may_see_results(session):
            session.tell(
                sentence, "problem", tr("Copy report"),
                lambda: QGuiApplication.clipboard().setText(event.text))
        else:  # what a report quotes is not for everybody
            session.tell(sentence, "problem")
