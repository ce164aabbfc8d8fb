"""A person at the keyboard of the running program: keys go wherever the system sends them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tabapp.gui.application import Application
from tabapp.gui.main_window import MainWindow
from tabapp.gui.notice import Notice
from tabapp.gui.session import Session
from tabapp.gui.widgets.buttons import Button, Role

W = TypeVar("W", bound=QWidget)
PATIENCE = 20_000
"""Milliseconds after which something that was to happen did not."""


class Keyboard:
    """Keys, and what can be seen; there is no other way to do anything.

    Each key is given to the window that has the focus, as the system gives it: shortcuts are
    looked for first, then it reaches the control that has the focus.
    """

    def __init__(self, app: Application, qtbot: QtBot) -> None:
        self.app, self._qtbot = app, qtbot
        self.told: list[Notice] = []
        self._heard: Session | None = None
        self._above: QWidget | None = None
        self._popup: QWidget | None = None

    # Doing

    def press(self, *keys: str) -> None:
        """Press keys one after the other, each spelt as ``Ctrl+Shift+1``, and wait."""
        for one in keys:
            self._stroke(one)
            self.settle()

    def write(self, text: str) -> None:
        """Type a text, which goes on while the program works, and wait."""
        for sign in text:
            window = self._window()
            QTest.sendKeyEvent(
                QTest.KeyAction.Click, window, _key_of(sign), sign,
                Qt.KeyboardModifier.NoModifier)
        self.settle()

    def tab_to(self, name: str) -> None:
        """Press Tab until the control with a name has the keys; fails if it never gets them."""
        seen = []
        for _at in range(40):
            if name in self.here:
                return
            seen.append(self.here)
            self.press("Tab")
        raise AssertionError(f"Tab never comes to {name}; it goes through {seen}")

    def _stroke(self, keys: str) -> None:
        self._above = QApplication.activeWindow()
        combination = _combination(keys)
        text = keys if len(keys) == 1 else ""
        window, held = self._window(), combination.keyboardModifiers()
        if text:
            QTest.sendKeyEvent(QTest.KeyAction.Click, window, combination.key(), text, held)
        else:
            QTest.keyClick(window, combination.key(), held)

    def _window(self) -> QWindow:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            self._popup = popup.window()  # whose end would be that of its handle, for Python
            found = self._popup.windowHandle()
            assert found is not None
            return found
        self.wait(lambda: QGuiApplication.focusWindow() is not None, "a window has the keys")
        window = QGuiApplication.focusWindow()
        assert window is not None
        return window

    # Waiting

    def settle(self) -> None:
        """Wait until the program has done what was asked of it, and the keys are somewhere."""
        self.wait(self._is_idle, "all is done")
        QApplication.processEvents()
        self.wait(self._is_idle, "all is done")
        session = self.app.session
        if session is not self._heard:
            self._heard = session
            if session is not None:
                session.told.connect(self.told.append)
        self._give_back()

    def _is_idle(self) -> bool:
        session = self.app.session
        return self.app.background.is_idle and (session is None or session.is_idle)

    def _give_back(self) -> None:
        """Activate the window below what closed: there is no window manager here."""
        if QApplication.activeWindow() is not None:
            return
        top = QApplication.activeModalWidget() or self.app.window or self.app.welcome
        if top is not None and top.isVisible():
            assert top is not self._above, "another window flashed up and took the keys"
            top.activateWindow()
            self.wait(top.isActiveWindow, "the window has the keys")

    def wait(self, ready: Callable[[], bool], what: str) -> None:
        """Wait for something that is to happen."""
        def told() -> None:
            assert ready(), f"{what}: never; the keys are at {self.here}"

        self._qtbot.waitUntil(told, timeout=PATIENCE)

    # Seeing

    @property
    def focus(self) -> QWidget:
        """Return what has the keys."""
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the keys"
        return found

    @property
    def here(self) -> str:
        """Return what has the keys, by its kind and the name that a screen reader says."""
        found = QApplication.focusWidget()
        if found is None:
            return "nothing"
        return f"{type(found).__name__} {found.accessibleName()!r}"

    @property
    def window(self) -> MainWindow:
        """Return the window of the open tournament."""
        assert self.app.window is not None
        return self.app.window

    @property
    def place(self) -> str:
        """Return the place that is on the screen, such as ``rounds/draw``."""
        page = self.window.page
        assert page is not None
        return page.current_place() or self.window.stack.key

    def dialog(self) -> str:
        """Return the title of the dialog on top; "" if none is open."""
        found = QApplication.activeModalWidget()
        return found.windowTitle() if found is not None else ""

    @property
    def offer(self) -> str:
        """Return what Ctrl+Enter would do, as the one primary button on the screen says."""
        top = QApplication.activeModalWidget() or self.window
        found = [
            one.text() for one in top.findChildren(Button)
            if one.isVisible() and one.isEnabled() and one.role is Role.PRIMARY
            and one.keys == ("Ctrl", "⏎")]
        return ", ".join(found)

    def sees(self, kind: type[W]) -> W:
        """Return the one part of a kind that is on the screen."""
        found = [one for one in self.window.findChildren(kind) if one.isVisible()]
        assert len(found) == 1, f"{len(found)} {kind.__name__} on the screen"
        return found[0]

    def last_words(self) -> str:
        """Return what the latest message says."""
        return self.told[-1].sentence if self.told else ""


def _key_of(sign: str) -> Qt.Key:
    if sign == "\n":
        return Qt.Key.Key_Return
    if sign == "\t":
        return Qt.Key.Key_Tab
    return Qt.Key.Key_Plus if sign == "+" else _combination(sign).key()


def _combination(keys: str) -> QKeyCombination:
    found: QKeyCombination = QKeySequence(keys)[0]  # type: ignore[index]
    return found
