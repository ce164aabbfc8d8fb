"""The way around the window by keys: panes, what is wrong, what asks, what was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from tabapp.gui.messages import tr
from tabapp.gui.page import Page
from tabapp.gui.widgets.cards import Banner
from tabapp.gui.widgets.floating import focusable

_TAB = Qt.FocusReason.TabFocusReason
_SHIFT = Qt.KeyboardModifier.ShiftModifier
EXPLAIN = "Ctrl+E"
"""Explains on every page that can; on X11 a field would go to the end of its line instead."""
_PRESSING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


def holds_focus(widget: QWidget) -> bool:
    """Tell whether a widget or something in it has the keys."""
    now = QApplication.focusWidget()
    return now is not None and (now is widget or widget.isAncestorOf(now))


def enter_named(widget: QWidget) -> bool:
    """Give the keys to what a widget names (its focus proxy); False if that takes none now."""
    proxy = widget.focusProxy()
    return proxy is not None and proxy.isVisible() and enter(proxy)


def enter(widget: QWidget) -> bool:
    """Give the keys to a widget: to what it names, else to its first part; False if it has none."""
    if enter_named(widget):
        return True
    ring = focusable(widget)
    if ring:
        ring[0].setFocus(_TAB)
    return bool(ring)


def next_pane(panes: Sequence[QWidget], step: int) -> None:
    """Give the keys to the next pane (1) or the one before (-1) that takes them."""
    usable = [one for one in panes if one.isVisible()]
    at = next((i for i, one in enumerate(usable) if holds_focus(one)), -1 if step > 0 else 0)
    for k in range(1, len(usable) + 1):
        if enter(usable[(at + step * k) % len(usable)]):
            return


def next_wrong_field(page: QWidget) -> bool:
    """Give the keys to the next field that is marked as wrong, else as unusual; False if none."""
    now = QApplication.focusWidget()
    for state in ("problem", "attention"):
        ring = [one for one in focusable(page) if one.property("state") == state]
        if ring:
            order = focusable(page)
            at = order.index(now) if now in order else -1
            after = [one for one in ring if order.index(one) > at]
            (after or ring)[0].setFocus(_TAB)
            return True
    return False


def banner_to_answer(page: QWidget) -> Banner | None:
    """Return the first banner on the screen that asks for something."""
    for one in page.findChildren(Banner):
        if one.isVisible() and one.button is not None and one.button.isEnabled():
            return one
    return None


def why_no_banner(page: QWidget | None) -> str:
    """Return why nothing on a page can be answered, "" if something can."""
    asks = page is not None and banner_to_answer(page) is not None
    return "" if asks else tr("Nothing here asks for an answer.")


def answer_banner(page: QWidget | None) -> None:
    """Answer the first banner on a page that asks for something."""
    banner = banner_to_answer(page) if page is not None else None
    if banner is not None and banner.button is not None:
        banner.button.click()


def _undoable(widget: QWidget | None) -> QLineEdit | QPlainTextEdit | QTextEdit | None:
    if isinstance(widget, (QAbstractSpinBox, QComboBox)):
        return widget.lineEdit()
    if isinstance(widget, (QLineEdit, QPlainTextEdit, QTextEdit)):
        return widget
    return None


def undo_typing(page: Page[object] | None) -> bool:
    """Take back what was typed last: in the form of the page, else in the field with the keys.

    False if there is nothing.
    """
    if page is not None and page.undo_typing():
        return True
    field = _undoable(QApplication.focusWidget())
    if field is None or field.isReadOnly():
        return False
    typed = field if isinstance(field, QLineEdit) else field.document()
    if typed.isUndoAvailable():
        field.undo()
        return True
    return False


def redo_typing(page: Page[object] | None) -> bool:
    """Type again what was taken back last; False if there is nothing."""
    if page is not None and page.redo_typing():
        return True
    field = _undoable(QApplication.focusWidget())
    if field is None or field.isReadOnly():
        return False
    typed = field if isinstance(field, QLineEdit) else field.document()
    if typed.isRedoAvailable():
        field.redo()
        return True
    return False


class FocusKeys(QObject):
    """Decides between a shortcut and the control that has the keys.

    The shortcuts of the window win over the editing of a field. A key without Ctrl, Alt or a
    function key belongs to a button or a list that is pressed by it, and outside the page to
    whatever has the keys.
    """

    lost = Signal()
    """What had the keys was deleted, of which Qt says nothing."""

    def __init__(self, claimed: Callable[[], frozenset[str]], page: QWidget) -> None:
        """``claimed``: the shortcuts that win, spelt portably; ``page``: what holds the pages."""
        super().__init__(page)
        self._claimed, self._page = claimed, page
        self._watched: QWidget | None = None

    def watch(self, widget: QWidget | None) -> None:
        """Watch what has the keys now."""
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.destroyed.disconnect(self._forget)
            self._watched.removeEventFilter(self)
        self._watched = widget
        if widget is not None:
            widget.installEventFilter(self)
            widget.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._watched = None
        self.lost.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say to whom a key belongs before Qt looks for shortcuts."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        sequence = QKeySequence(event.keyCombination())
        if sequence.toString(QKeySequence.SequenceFormat.PortableText) in self._claimed():
            event.ignore()
            return True
        if isinstance(watched, QWidget) and self._is_pressed_by(watched, event):
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _is_pressed_by(self, widget: QWidget, event: QKeyEvent) -> bool:
        if event.modifiers() & ~(_SHIFT | Qt.KeyboardModifier.KeypadModifier) or (
            Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
        ):  # fmt: skip
            return False
        pressing = event.key() in _PRESSING and isinstance(widget, (QAbstractButton, QComboBox))
        return pressing or not self._page.isAncestorOf(widget)
