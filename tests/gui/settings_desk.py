"""The settings page on a real file, with its shortcuts, driven by keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tabapp.gui.actions import Command
from tabapp.gui.notice import Notice
from tabapp.gui.pages.settings.commands import COMMANDS
from tabapp.gui.pages.settings.page import SettingsPage
from tabapp.services import tournament_settings
from tabapp.services.tournament_settings import SettingsBoard
from tests.gui.desk import Desk, open_desk

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class SettingsDesk:
    """A page with the keys that the window would give it, and hands on the keyboard."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.bot = desk, desk.qtbot
        self.page = SettingsPage(desk.session)
        self.told: list[Notice] = []
        self.went: list[tuple[str, object]] = []
        desk.session.told.connect(self.told.append)
        desk.session.went.connect(lambda place, target: self.went.append((place, target)))
        self._shortcuts = {
            keys: QShortcut(QKeySequence(keys), self.page, partial(self._give, keys))
            for keys in {key for one in COMMANDS for key in one.all_keys}}
        self.page.resize(1310, 690)
        self.bot.addWidget(self.page)
        self.page.show()
        self.page.activateWindow()
        self.bot.waitExposed(self.page)
        desk.settle()
        self.page.list.setFocus()

    def _give(self, keys: str) -> None:
        for one in self._in_force(keys):
            self.page.run(one.name)

    def _in_force(self, keys: str) -> list[Command]:
        place = self.page.current_place()
        return [one for one in COMMANDS if keys in one.all_keys and one.works_in(place)]

    @property
    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """Press keys one after the other, wherever the keys are; then wait for all of it."""
        for key in keys:
            for spelt, shortcut in self._shortcuts.items():
                shortcut.setEnabled(bool(self._in_force(spelt)))
            self.bot.keyClick(
                self.focus, key, modifier or Qt.KeyboardModifier.NoModifier)
            QApplication.processEvents()  # a cell is stored a moment after its Enter
        self.desk.settle()

    def type(self, text: str) -> None:
        """Type over what stands in the field with the keys."""
        self.bot.keyClick(self.focus, Qt.Key.Key_A, CTRL)
        self.bot.keyClicks(self.focus, text)
        self.desk.settle()

    def go(self, target: object) -> None:
        """Open a part of the settings, as other pages do."""
        QApplication.processEvents()  # what was changed beside the window is heard first
        self.desk.settle()
        self.page.open_at(target)
        self.desk.settle()
        pane = self.page.pane()
        if pane is not None and pane is not self.page.rules:
            (pane.focusProxy() or pane).setFocus()

    def dialog(self) -> Any:
        """Return the dialog that is open; the keys go to it."""
        found = [
            one for one in QApplication.topLevelWidgets()
            if isinstance(one, QDialog) and one.isVisible()]
        assert len(found) == 1
        found[0].activateWindow()
        self.bot.waitUntil(found[0].isActiveWindow)
        return found[0]

    def no_dialog(self) -> bool:
        """Tell that every dialog is closed, and give the keys back to the page."""
        self.desk.settle()
        is_open = any(
            isinstance(one, QDialog) and one.isVisible()
            for one in QApplication.topLevelWidgets())
        self.page.activateWindow()
        self.bot.waitUntil(
            lambda: self.page.isActiveWindow() and QApplication.focusWidget() is not None)
        return not is_open

    def board(self) -> SettingsBoard:
        with self.desk.workspace.database.read() as unit:
            return tournament_settings.read_settings(unit, self.desk.owner.id)

    def stored(self, name: str) -> Any:
        return self.board().values[name]

    def trail(self) -> list[str]:
        found = self.desk.workspace.database.history(self.desk.owner.id)
        return [f"{one.verb} {one.subject}".strip() for one in found]


@contextmanager
def settings_desk(bot: QtBot, folder: Path, *, rounds: int = 4) -> Iterator[SettingsDesk]:
    """Open the settings of a random BP tournament of eight teams."""
    with open_desk(bot, folder, teams=8, rounds=rounds) as desk:
        yield SettingsDesk(desk)
