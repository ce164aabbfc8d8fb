"""A scanner types a code faster than anybody can: what it typed into a ballot is no mark."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from tabapp.domain.barcodes import read_scan
from tabapp.gui.pages.ballots.form import Mode
from tabapp.gui.pages.ballots.pane import EntryPane

FASTEST = 25
"""Milliseconds from key to key on the mean: scanners take 1 to 15, the fastest typists 60."""
_PAUSE = 50
"""Milliseconds that end a code; clocks of keys are coarse, some of them count in sixteens."""
_MARKS = 10
"""Digits that the bars of this program say."""
_HELD = ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)


class ScanKeys(QObject):
    """Hears the keys of whatever has them in the form, each by the time at which it was pressed.

    Ten digits and Enter, which follow one another within ``FASTEST``, are a code: the form is put
    back to what it was before the first of them. Keys that carry no time are never a code.
    """

    scanned = Signal(str)
    """A code of ten digits."""

    def __init__(self, form: EntryPane) -> None:
        super().__init__(form)
        self._form = form
        self._digits, self._first, self._last = "", 0, 0
        self._put_back: Callable[[], None] | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self._form.isAncestorOf(new):
            new.installEventFilter(self)  # again, before all filters that came meanwhile

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Collect digits; eat the Enter that ends a code."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and (
            watched is QApplication.focusWidget()  # a key that is not wanted goes on to parents
        ):  # fmt: skip
            return self._hear(event)
        return super().eventFilter(watched, event)

    def _hear(self, event: QKeyEvent) -> bool:
        """Tell whether a key is the end of a code."""
        text, at = event.text(), event.timestamp()
        follows = bool(at and self._last) and 0 <= at - self._last < _PAUSE
        self._last = at
        if event.isAutoRepeat() or event.modifiers() & _HELD:
            self._digits = ""
        elif len(text) == 1 and "0" <= text <= "9":
            if not (follows and self._digits):
                self._digits, self._first = "", at
                self._put_back = how_to_put_back(self._form)
            self._digits += text
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            code, self._digits = self._digits, ""
            is_fast = at - self._first < FASTEST * _MARKS
            if follows and is_fast and len(code) == _MARKS and read_scan(code).code:
                self._end(code)
                return True
        else:
            self._digits = ""
        return False

    def _end(self, code: str) -> None:
        if self._put_back is not None:
            self._put_back()
            self._put_back = None
        self.scanned.emit(code)


def _nothing() -> None:
    """Leave a ballot alone that is only looked at."""


def how_to_put_back(form: EntryPane) -> Callable[[], None]:
    """Return what makes the form again what it is now, with the keys where they are now."""
    desk, opened = form.desk, form.opened
    here = QApplication.focusWidget()
    if desk is None or opened is None or form.mode is Mode.DECIDE:
        decided = form.decision.decision() if desk is not None and opened is not None else None

        def decide_again() -> None:
            if decided is not None and desk is not None and opened is not None and (
                form.desk is desk and form.mode is Mode.DECIDE
            ):  # fmt: skip
                form.decision.show_entries(desk, opened.entries, decided)
                form.decision.moved.emit()
                form.decision.take_keys()

        return decide_again
    if form.is_fixed:
        return _nothing
    typed, was_touched = form.moment(), form.past.touched

    def type_again() -> None:
        if form.desk is desk and not form.busy:
            typed()
            if not was_touched:
                form.keeper.drop(desk.room.id)  # no draft of what nobody typed
            if here is not None:
                here.setFocus(Qt.FocusReason.TabFocusReason)

    return type_again
