"""People at the keyboard for tests of the window: registered in a file, signed in with a PIN."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tabapp.domain.operators import Operator, OperatorRole
from tabapp.gui.main_window import MainWindow
from tabapp.gui.session import Session
from tabapp.services.operators import SealedPin, add_operator, seal_pin
from tabapp.services.workspace import Workspace
from tests.gui.desk import Desk, open_desk

DIRECTOR, CORE, VOLUNTEER = (
    OperatorRole.TAB_DIRECTOR, OperatorRole.ADJUDICATION_CORE, OperatorRole.VOLUNTEER)
PIN = "4711"


@cache
def sealed() -> SealedPin:
    """Return the PIN of everybody, hashed once: that is slow on purpose."""
    return seal_pin(PIN)


def register(workspace: Workspace, **people: OperatorRole) -> dict[str, Operator]:
    """Add people by name; the first must be a tab director."""
    with workspace.database.write(actor="setup", verb="add") as unit:
        return {
            name: add_operator(unit, name, role, sealed()) for name, role in people.items()}


class Keyboard:
    """A window with people, and the keys pressed there."""

    def __init__(self, desk: Desk, window: MainWindow, people: dict[str, Operator]) -> None:
        self.desk, self.window, self.people = desk, window, people

    def settle(self) -> None:
        """Wait until all is read and shown."""
        self.desk.settle()

    def press(self, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
        """Press a key where the keys are, by the window as the system does."""
        modifiers = Qt.KeyboardModifier.NoModifier
        for one in held:
            modifiers |= one
        QTest.keyClick(QGuiApplication.focusWindow() or self.window, key, modifiers)

    def type(self, text: str) -> None:
        """Type where the keys are."""
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)

    def sign_in(self, name: str) -> None:
        """Sign in by the lock screen's keys: a few letters of the name, Enter, the PIN, Enter."""
        self.settle()
        self.window.activateWindow()  # nobody does, on a screen that is none
        self.desk.qtbot.waitUntil(self.window.isActiveWindow)
        screen = self.window.door.screen_shown
        assert screen is not None
        self.type(name)
        self.press(Qt.Key.Key_Return)
        self.settle()  # how long this person has to wait is read
        assert screen.pad.hasFocus(), QApplication.focusWidget()
        self.type(PIN)
        self.press(Qt.Key.Key_Return)
        self.settle()
        assert not self.desk.session.who.is_locked, screen.sentence.text()

    def become(self, name: str) -> None:
        """Be somebody else at once."""
        self.desk.session.who.sign_in(self.people[name])
        self.settle()


@contextmanager
def window_on(desk: Desk, people: dict[str, Operator], **options: Any) -> Iterator[Keyboard]:
    """Open the window of a file with people; a new session, as the program makes one."""
    session = Session(desk.workspace, desk.owner.id)
    seen = Desk(desk.workspace, session, desk.owner, desk.qtbot)
    window = MainWindow(session, **options)
    desk.qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    desk.qtbot.waitUntil(window.isActiveWindow)
    seen.settle()
    try:
        yield Keyboard(seen, window, people)
    finally:
        window.hide()
        seen.settle()
        session.close()


@contextmanager
def open_with_people(
    qtbot: QtBot, folder: Path, *, places: Any = None, **desk_options: Any
) -> Iterator[Keyboard]:  # fmt: skip
    """Open a new file with a tab director, one of the core and two volunteers, locked."""
    with open_desk(qtbot, folder, **desk_options) as desk:
        people = register(
            desk.workspace, Ana=DIRECTOR, Cem=CORE, Vera=VOLUNTEER, Wim=VOLUNTEER)
        options = {} if places is None else {"places": places}
        with window_on(desk, people, **options) as keyboard:
            yield keyboard
