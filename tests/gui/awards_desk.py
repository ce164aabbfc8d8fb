"""A window with the place awards, worked by nothing but keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tabapp.gui.main_window import MainWindow
from tabapp.gui.notice import Notice
from tabapp.gui.pages.awards.page import AwardsPage
from tabapp.gui.pages.catalog import PLACES
from tabapp.services import tournament_settings
from tabapp.services.award_views import AwardLine
from tabapp.store.unit import WriteUnit
from tests.gui.desk import Desk, open_desk
from tests.gui.frame_desk import FAKES

NONE = Qt.KeyboardModifier.NoModifier


class Hands:
    """A window with the place awards, and nothing but keys."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.told: list[Notice] = []
        self.went: list[tuple[str, Any]] = []
        desk.session.told.connect(self.told.append)
        real = next(one for one in PLACES if one.key == "awards")
        self.window = MainWindow(
            desk.session, places=[real if one.key == "awards" else one for one in FAKES])
        desk.qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        desk.qtbot.waitUntil(self.window.isActiveWindow)
        desk.session.go("awards")
        desk.settle()
        page = self.window.page
        assert isinstance(page, AwardsPage)
        self.page = page
        desk.session.went.connect(lambda place, target: self.went.append((place, target)))

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.window.focusWidget() or self.window, key, held)
        self.desk.settle()

    def write(self, text: str) -> None:
        QTest.keyClicks(self.window.focusWidget() or self.window, text)
        self.desk.settle()

    def go_to(self, key: str) -> AwardLine:
        """Have the cursor at an award."""
        self.page.table.setFocus()
        assert self.page.table.go_to(key)
        line = self.page.chosen()
        assert line is not None
        return line

    def store(self, change: Callable[[WriteUnit, int], object]) -> None:
        """Write as another window or a job would."""
        owner = self.desk.owner.id
        with self.desk.workspace.database.write(
            actor="Ben", verb="change", tournament=owner
        ) as unit:
            change(unit, owner)
        self.desk.qtbot.wait(60)  # changes are gathered for 30 ms
        self.desk.settle()

    def set(self, **values: Any) -> None:
        """Change settings."""
        self.store(lambda unit, owner: tournament_settings.change_settings(unit, owner, values))

    def come_back(self) -> None:
        """Go to the awards again."""
        self.desk.session.go("awards")
        self.desk.settle()
        self.went.clear()

    @property
    def keys(self) -> list[str]:
        """The awards that are shown, without the lines between families."""
        return [str(row.key) for row in self.page.model.shown if not row.line]

    @property
    def instead(self) -> str:
        """What stands in the place of the ledger."""
        found = self.page.card._stack.currentWidget()
        assert found is not None
        return "" if found is self.page.table else found.accessibleName()

    @property
    def lines(self) -> dict[str, AwardLine]:
        assert self.page.ledger is not None
        return self.page.ledger.lines


@contextmanager
def open_awards(
    qtbot: QtBot, folder: Path, *, played: int = 3, check: bool = True
) -> Iterator[Hands]:
    with open_desk(qtbot, folder, teams=16, rounds=3) as desk:
        desk.play(played)
        desk.settle()
        if check:
            desk.workspace.run(
                "achievements.check_all", tournament=desk.owner.id,
                tournament_id=desk.owner.id)
        made = Hands(desk)
        yield made
        made.window.hide()
        desk.settle()
