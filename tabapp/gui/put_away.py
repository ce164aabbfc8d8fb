"""What stands beside the window while somebody works: put away when the window is locked."""

from __future__ import annotations

from collections.abc import Collection

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QDrag, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QToolTip, QWidget

from tabapp.gui.present.window import HallWindow


class Away(QObject):
    """Hides dialogs, menus and what floats; the same person finds them again.

    What comes up while it is locked, as the dialog of an answer that was on its way, is hidden in
    the same moment.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._hidden: list[tuple[QWidget, Qt.WindowModality]] = []

    def take(self) -> None:
        """Put away everything, and go on doing so."""
        self._watch(on=True)
        QToolTip.hideText()
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            QDrag.cancel()  # nothing is dragged without one
        while (popup := QApplication.activePopupWidget()) is not None and popup.close():
            pass
        for one in QApplication.topLevelWidgets():
            self._hide(one)
        for one in _floating(self._window):
            if not one.isHidden():
                self._put_away(one)

    def bring_back(self) -> None:
        """Show again what was there, those below first."""
        self._watch(on=False)
        hidden, self._hidden = self._hidden, []
        there = [pair for pair in hidden if shiboken6.isValid(pair[0])]
        for one, modality in sorted(there, key=lambda pair: _depth(pair[0])):
            if isinstance(one, QDialog) and modality is not Qt.WindowModality.NonModal:
                one.open()
            else:
                one.show()

    def forget(self) -> None:
        """Let things come up again; what was put away is gone with who had it."""
        self._watch(on=False)
        hidden, self._hidden = self._hidden, []
        for one, _modality in hidden:
            if shiboken6.isValid(one):
                one.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide a window, or what floats over this one, that comes up while it is locked."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            self._hide(watched)
            if watched in _floating(self._window):
                self._put_away(watched)
        return False

    def _put_away(self, floating: QWidget) -> None:
        self._hidden.append((floating, Qt.WindowModality.NonModal))
        floating.hide()

    def _watch(self, *, on: bool) -> None:
        """See every event of the program, which is too slow for when somebody works."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
            if on:
                app.installEventFilter(self)

    def _is_ours(self, one: QWidget) -> bool:
        """Tell whether a window belongs to this one, not to the program or to the hall."""
        if one is self._window or isinstance(one, HallWindow):
            return False
        parent = one.parentWidget()
        if parent is None:
            return isinstance(one, (QDialog, QMenu))
        return parent is self._window or self._is_ours(parent)

    def _hide(self, one: QWidget) -> None:
        if one.isWindow() and one.isVisible() and self._is_ours(one):
            if one.windowType() is not Qt.WindowType.ToolTip:
                self._hidden.append((one, one.windowModality()))
                if self._window.isVisible():  # it had the keys, or was to get them
                    QTimer.singleShot(0, self._window, self._window.activateWindow)
            one.hide()


def _depth(widget: QWidget) -> int:
    parent = widget.parentWidget()
    return 0 if parent is None else 1 + _depth(parent)


def _floating(window: QMainWindow) -> list[QWidget]:
    """Return what pages put over the window: children that are no part of it."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    return [
        one for one in window.findChildren(QWidget, options=direct)
        if one is not window.centralWidget() and not one.isWindow()]


def delete_floating(window: QMainWindow, keep: Collection[QWidget | None]) -> None:
    """Delete every dialog of a window and what floats over it, but ``keep``."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    for one in window.findChildren(QWidget, options=direct):
        if one is not window.centralWidget() and one not in keep:
            one.hide()
            one.deleteLater()


def clear_clipboard() -> None:
    """Forget what was copied, which the next person may not see.

    Whoever copied it last: not every system tells whether that was this program.
    """
    clipboard = QGuiApplication.clipboard()
    clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.supportsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
