"""The window at a round, for tests of its stages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.main_window import MainWindow
from tabapp.gui.notice import Notice
from tabapp.gui.pages.catalog import PLACES
from tabapp.gui.widgets.cards import Banner
from tabapp.store.tournaments import RoundRow
from tests.gui.desk import Desk, open_desk
from tests.gui.frame_desk import FAKES

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True)
class Rounds:
    """The window at a round, with keys that go to whatever has the focus."""

    desk: Desk
    window: MainWindow
    told: list[Notice]
    went: list[tuple[str, object]]

    @property
    def page(self) -> Any:
        return self.window.page

    @property
    def stage(self) -> Any:
        return self.page.pane()

    @property
    def boards(self) -> Any:
        return self.stage.boards

    def top(self) -> QWidget:
        """Return the window or the dialog over it, active as a window manager would have it."""
        found: QWidget = QApplication.activeModalWidget() or self.window
        if not found.isActiveWindow():
            found.activateWindow()
            self.desk.qtbot.waitUntil(found.isActiveWindow)
        return found

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            top = self.top()
            QTest.keyClick(top.focusWidget() or top, key, held)
        self.desk.settle()

    def type(self, text: str) -> None:
        top = self.top()
        QTest.keyClicks(top.focusWidget() or top, text)
        self.desk.settle()

    def dialog(self) -> Dialog:
        found = QApplication.activeModalWidget()
        assert isinstance(found, Dialog)
        return found

    def round(self, seq: int = 1) -> RoundRow:
        return self.desk.rounds()[seq - 1]

    def banner(self) -> str:
        found = [one for one in self.stage.findChildren(Banner) if one.isVisible()]
        return found[0].accessibleName() if found else ""

    def give(self, name: str) -> None:
        """Give a command as the palette does."""
        self.window.table.run(name)
        self.desk.settle()


@contextmanager
def open_rounds(qtbot: QtBot, folder: Path, **options: Any) -> Iterator[Rounds]:
    with open_desk(qtbot, folder, **options) as desk:
        real = next(one for one in PLACES if one.key == "rounds")
        places = [real if one.key == "rounds" else one for one in FAKES]
        window = MainWindow(desk.session, places=places)
        told: list[Notice] = []
        went: list[tuple[str, object]] = []
        desk.session.told.connect(told.append)
        desk.session.went.connect(lambda place, target: went.append((place, target)))
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        desk.session.go("rounds/draw")
        desk.settle()
        yield Rounds(desk, window, told, went)
        window.hide()
        desk.settle()
