"""The console of the projector in a window, worked by nothing but keys, with screens to plug."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tabapp.gui.main_window import MainWindow
from tabapp.gui.notice import Notice
from tabapp.gui.pages.catalog import PLACES
from tabapp.gui.pages.projector import page as module
from tabapp.gui.pages.projector.page import ProjectorPage
from tabapp.services import rounds
from tabapp.store.unit import WriteUnit
from tests.gui.desk import Desk
from tests.gui.fake_screens import LAPTOP, PROJECTOR, FakeScreens
from tests.gui.frame_desk import FAKES

NONE = Qt.KeyboardModifier.NoModifier


class Operator:
    """The window with the real projector page, and keys that go to whatever has the focus."""

    def __init__(self, desk: Desk, window: MainWindow, screens: FakeScreens) -> None:
        self.desk, self.window, self.screens = desk, window, screens
        self.told: list[Notice] = []
        desk.session.told.connect(self.told.append)

    @property
    def page(self) -> ProjectorPage:
        found = self.window.stack.get("projector")
        assert isinstance(found, ProjectorPage)
        return found

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        if not self.window.isActiveWindow():
            self.window.activateWindow()
            self.desk.qtbot.waitUntil(self.window.isActiveWindow)
        QTest.keyClick(self.window.focusWidget() or self.window, key, held)
        self.desk.settle()

    def write(self, change: Callable[[WriteUnit], object]) -> None:
        database = self.desk.workspace.database
        with database.write(
            actor="Ingrid", verb="change", tournament=self.desk.owner.id
        ) as unit:
            change(unit)
        self.desk.qtbot.wait(60)  # changes are gathered for 30 ms
        self.desk.settle()

    @property
    def round_id(self) -> int:
        return self.desk.rounds()[0].id

    def release(self) -> None:
        self.write(lambda unit: rounds.confirm_draw(unit, self.round_id))
        self.write(lambda unit: rounds.release_draw(unit, self.round_id))

    def seen(self) -> str:
        """What stands on the hall's screen; "" is dark or no window."""
        window = self.page.hall.window
        return " ".join(window.sheet.texts()) if window.isVisible() and window.sheet else ""

    def chip(self) -> str:
        return self.window.top.projector.toolTip()


@contextmanager
def open_projector(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Operator]:
    """Show the console at the first round."""
    screens = FakeScreens(LAPTOP, PROJECTOR)
    monkeypatch.setattr(module, "SystemScreens", lambda _parent: screens)
    real = next(one for one in PLACES if one.key == "projector")
    window = MainWindow(
        desk.session, places=[real if one.key == "projector" else one for one in FAKES])
    desk.qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    desk.qtbot.waitUntil(window.isActiveWindow)
    desk.settle()
    desk.session.set_round(desk.rounds()[0].id)
    desk.session.go("projector")
    desk.settle()
    yield Operator(desk, window, screens)
    window.hide()
    desk.settle()
