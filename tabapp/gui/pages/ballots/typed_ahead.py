"""What is typed between a save and the next form: it belongs to that form, and waits for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.session import Session
from tabapp.gui.sounds import Sound

LONGEST = 1.0
"""Seconds that a key waits: who saw nothing happen for longer may mean something else by now."""
_PLAIN = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ALSO = (*_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Backspace)


class TypedAhead(QObject):
    """Holds keys back while a form takes none, and gives them to the form that the save leads to.

    Who types a paper without a look at the screen does not wait for the form. Were the first
    digits lost, all that follow would stand one field too early, and two digits of two marks
    make a mark that may well be possible: so they are given on, in their order, or all of them
    are dropped with a sound and a sentence. They are dropped where the save leads elsewhere, where
    something is typed already, or where it took so long that the person may have looked up.
    """

    def __init__(self, session: Session, form: QWidget, is_held: Callable[[], bool]) -> None:
        """``is_held``: whether the form takes nothing now."""
        super().__init__(form)
        self._session, self._form, self._is_held = session, form, is_held
        self._keys: list[tuple[int, Qt.KeyboardModifier, str]] = []
        self._since = 0.0
        self._watches = False

    def begin(self) -> None:
        """Hold back what is typed from now on."""
        self._keys = []
        app = QApplication.instance()
        if app is not None and not self._watches:
            self._watches = True
            app.installEventFilter(self)  # of the whole program, so only for so long

    def drop(self) -> None:
        """Hold nothing back any more; say so where something was typed."""
        if self._end():
            self._tell_lost()

    def play(self, *, fits: bool) -> None:
        """Let the form that has the keys now hear them, if it is one that they are meant for."""
        late = self._session.workspace.clock.monotonic() - self._since > LONGEST
        keys = self._end()
        for key, held, text in keys:
            here = QApplication.focusWidget()
            if not fits or late or here is None or not self._form.isAncestorOf(here):
                self._tell_lost()
                return
            QApplication.sendEvent(here, QKeyEvent(QEvent.Type.KeyPress, key, held, text))

    def _end(self) -> list[tuple[int, Qt.KeyboardModifier, str]]:
        app = QApplication.instance()
        if app is not None and self._watches:
            app.removeEventFilter(self)
        self._watches = False
        keys, self._keys = self._keys, []
        return keys

    def _tell_lost(self) -> None:
        self._session.sounds.play(Sound.PROBLEM)
        self._session.tell(
            tr("What was typed before the next ballot was there was not taken. Type it again."),
            "attention")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold back a key that types; Esc, the arrows and what has Ctrl or Alt do what they do."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress or not (
            isinstance(watched, QWidget) and self._form.isAncestorOf(watched) and self._is_held()
        ):  # fmt: skip
            return False
        key, text, held = event.key(), event.text(), event.modifiers()
        if held & ~_PLAIN or not (key in _ALSO or (text and text.isprintable())):
            return False
        # An Enter that comes first is that of Ctrl+Enter, let go too early or bouncing: it would
        # leave the first field empty. A key that is held down types nothing more either.
        if event.isAutoRepeat() or (key in _ENTER and not self._keys):
            return True
        if not self._keys:
            self._since = self._session.workspace.clock.monotonic()
        self._keys.append((key, held, text))
        return True
