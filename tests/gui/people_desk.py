"""The window with the place people, worked by nothing but keys."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tabapp.domain.archive import Archive
from tabapp.gui.main_window import MainWindow
from tabapp.gui.notice import Notice
from tabapp.gui.pages.catalog import PLACES
from tabapp.gui.pages.people.page import PeoplePage
from tabapp.services import people
from tabapp.store.people_lists import PeopleLists, TeamRow
from tabapp.store.unit import WriteUnit
from tests.gui.desk import Desk, open_desk

D = TypeVar("D", bound=QDialog)
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


class Hands:
    """A window with the place people, and nothing but keys."""

    def __init__(self, desk: Desk, qtbot: QtBot, size: tuple[int, int]) -> None:
        self.desk, self.qtbot = desk, qtbot
        self.told: list[Notice] = []
        desk.session.told.connect(self.told.append)
        places = [one for one in PLACES if one.key == "people"]
        self.window = MainWindow(desk.session, places=places)
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        desk.settle()
        page = self.window.page
        assert isinstance(page, PeoplePage)
        self.page = page
        self.page.current.give_keys()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self._target(), key, held)
        QApplication.processEvents()  # a cell stores what was typed in it a moment later
        self.desk.settle()

    def write(self, text: str) -> None:
        QTest.keyClicks(self._target(), text)

    def _target(self) -> QWidget:
        """Return what has the keys: in the dialog on top, else in the window."""
        open_dialogs = [one for one in self.page.findChildren(QDialog) if one.isVisible()]
        top = open_dialogs[-1] if open_dialogs else self.window
        return top.focusWidget() or top

    def dialog(self, kind: type[D]) -> D:
        def there() -> bool:
            return any(one.isVisible() for one in self.page.findChildren(kind))

        self.qtbot.waitUntil(there)
        self.desk.settle()
        found = next(one for one in self.page.findChildren(kind) if one.isVisible())
        self.qtbot.waitUntil(found.isActiveWindow)
        return found

    def closed(self, dialog: QDialog) -> None:
        """Wait until a dialog is gone; without a screen nobody gives the keys back."""
        self.qtbot.waitUntil(lambda: not shiboken6.isValid(dialog) or not dialog.isVisible())
        self.desk.settle()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def lists(self) -> PeopleLists:
        with self.desk.workspace.database.read() as unit:
            return people.read_lists(unit, self.desk.owner.id)

    def team(self, record: int) -> TeamRow:
        return next(one for one in self.lists.teams if one.id == record)

    def somebody_else(self, change: Callable[[WriteUnit, int], object]) -> None:
        """Write as another window would."""
        owner = self.desk.owner.id
        with self.desk.workspace.database.write(
            actor="Ben", verb="change", tournament=owner
        ) as unit:
            change(unit, owner)
        self.desk.settle()

    def go_to(self, key: Hashable, column: str) -> None:
        pane = self.page.current
        row = pane.model.row_of(key)
        assert row is not None
        columns = [one.key for one in pane.spec.columns]
        pane.table.setCurrentIndex(pane.model.index(row, columns.index(column)))

    def shown(self, key: Hashable, column: str) -> str:
        pane = self.page.current
        row = pane.model.row_of(key)
        assert row is not None
        columns = [one.key for one in pane.spec.columns]
        return str(pane.model.index(row, columns.index(column)).data())


@contextmanager
def open_people(
    qtbot: QtBot, folder: Path, archive: Archive | None = None
) -> Iterator[Hands]:
    """Open the window on a new file with sixteen teams, or with ``archive``."""
    with open_desk(qtbot, folder, teams=16, rounds=2, archive=archive) as desk:
        made = Hands(desk, qtbot, (1366, 768))
        yield made
        made.window.hide()
        desk.settle()
