"""The door to the tournament: who may come in, when it closes by itself, and for whom it closes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from tabapp.core.errors import UserError
from tabapp.domain.operators import Operator, OperatorRole
from tabapp.gui.identity import refuse_the_gone
from tabapp.gui.latest import Latest
from tabapp.gui.locking.words import reset_words
from tabapp.gui.messages import tr
from tabapp.gui.session import Session
from tabapp.gui.signs import Signs
from tabapp.gui.topics import concerns
from tabapp.services.operators import list_operators
from tabapp.services.sign_in import note_resets_seen, unseen_resets
from tabapp.store.operator_rows import TOPIC
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit, WriteUnit

if TYPE_CHECKING:
    from tabapp.gui.locking.screen import LockScreen

LOOK = 1_000
"""Milliseconds between two looks at how long nobody did anything."""
_WATCHED = frozenset({TOPIC, "settings"})

@dataclass(frozen=True, slots=True)
class _Read:
    operators: tuple[Operator, ...]
    minutes: float
    gone: str
    """The code of why the person who is here may not stay, "" while nothing is against it."""


class Watch(QObject):
    """Locks where nobody pressed a key or a button for so long as the settings say.

    It sees every key of the program, dialogs included, but only in a file where people sign in.
    The clock of the wall and that which only runs are both asked: neither a laptop that slept nor
    a clock that was set back keeps a window open.
    """

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.minutes = 0.0
        """Minutes after which it locks; 0 is never."""
        self._signs = Signs(self._on_sign, self)
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self.look)
        self._at = self._now()
        session.who.unlocked.connect(self.note)

    def _now(self) -> tuple[datetime, float]:
        clock = self._session.workspace.clock
        return clock.now(), clock.monotonic()

    def begin(self) -> None:
        """Watch from now on."""
        if not self._signs.runs:
            self._signs.begin()
            self._at = self._now()
            self._timer.start()

    def end(self) -> None:
        """Watch no more."""
        self._signs.end()
        self._timer.stop()

    def note(self) -> None:
        """Take it that a person is here now."""
        self._at = self._now()

    def look(self) -> bool:
        """Lock if it is time to; tell whether it was."""
        who = self._session.who
        if who.is_locked or who.operator is None or self.minutes <= 0:
            return False
        (then, before), (now, after) = self._at, self._now()
        if max((now - then).total_seconds(), after - before) < self.minutes * 60:
            return False
        who.lock(tr(
            "Locked after {n} minutes without a key. What was typed is kept.",
            n=f"{self.minutes:g}"))
        return True

    def _on_sign(self) -> bool:
        """Note that a person is here; the key that comes too late does nothing any more."""
        if self.look():
            return True
        self._at = self._now()
        return False


class Door(QWidget):
    """Fills the window with the lock screen while nobody is here.

    Who is removed or gets another role while he works here is locked out as soon as it is known:
    by his next write, by the change itself, or by the next look at what others wrote.
    """

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.operators: tuple[Operator, ...] = ()
        self._readings = Latest()
        self.watch = Watch(session, self)
        self.screen_shown: LockScreen | None = None
        session.changed.connect(self._on_changed)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def begin(self) -> None:
        """Read who may sign in, and watch where anybody does."""
        self.read()

    def read(self) -> None:
        """Read again who may sign in and when it locks."""
        session = self._session
        tournament, operator = session.tournament, session.who.operator
        visit = session.who.visit

        def query(unit: ReadUnit) -> _Read:
            gone = ""
            try:
                refuse_the_gone(unit, operator)
            except UserError as error:
                gone = error.message
            minutes = get_tournament(unit, tournament).settings.lock_minutes if tournament else 0.0
            return _Read(list_operators(unit), minutes, gone)

        def show(found: _Read) -> None:
            is_first, self.operators = not self.operators, found.operators
            self.watch.minutes = found.minutes
            if found.operators:
                self.watch.begin()
            who = session.who
            if not found.operators:
                who.let_everybody_in()
            if who.is_locked:
                if is_first:  # from then on the screen looks for itself
                    self.start()
                return
            if found.gone and visit == who.visit:
                who.lock(found.gone)
            for one in found.operators:
                who.rename(one)

        # one from before there were people would let everybody in
        session.read(self, query, self._readings.ask().only(show))

    def start(self) -> None:
        """Let people sign in."""
        who = self._session.who
        if self.screen_shown is None:
            from tabapp.gui.locking.screen import (  # noqa: PLC0415 - most files have no lock
                LockScreen,
            )

            self.screen_shown = LockScreen(self._session, self)
            self.screen_shown.signed_in.connect(self._on_signed_in)
        last = who.operator.id if who.operator is not None else None
        self.screen_shown.start(self.operators, who.reason, last=last)

    def take_keys(self) -> None:
        """Give the keys to the names of the lock screen, now and once all is in its place."""
        self._take_keys()
        QTimer.singleShot(0, self, self._take_keys)

    def _take_keys(self) -> None:
        screen = self.screen_shown
        if screen is not None and not screen.pad.hasFocus():
            screen.people.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """Bring the keys back, before the next is read, from what lies behind the lock screen.

        An answer that was on its way when it was locked shows its page and gives it the keys, as
        every page does; what it is shown on is hidden, and would hear every key all the same.
        """
        screen = self.screen_shown
        if new is None or screen is None or not (
            self._session.who.is_locked and self.isVisible() and new.window() is self.window()
        ) or self.isAncestorOf(new):  # fmt: skip
            return
        before = old if old is not None and self.isAncestorOf(old) else screen.people
        before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_signed_in(self, operator: Operator) -> None:
        self._session.who.sign_in(operator)
        self.read()
        self._tell_resets(operator)

    def _tell_resets(self, operator: Operator) -> None:
        """Tell a tab director once of PINs that others set."""
        if operator.role is not OperatorRole.TAB_DIRECTOR:
            return
        session = self._session

        def change(unit: WriteUnit) -> str:
            told = reset_words(unseen_resets(unit, operator))
            if told:
                note_resets_seen(unit, operator)
            return told

        def show(told: str) -> None:
            if told:
                session.tell(told, "attention")

        session.write(self, "read of new PINs", change, undoable=False, done=show)

    def _on_changed(self, topics: frozenset[str]) -> None:
        if concerns(topics, _WATCHED):
            self.read()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keys when it comes up."""
        super().showEvent(event)
        self.take_keys()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave nothing that was typed on the lock screen."""
        super().hideEvent(event)
        if self.screen_shown is not None and not self._session.who.is_locked:
            self.screen_shown.deleteLater()
            self.screen_shown = None
