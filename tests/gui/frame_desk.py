"""A window with made-up places, for tests of the frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tabapp.gui.actions import Command
from tabapp.gui.main_window import MainWindow
from tabapp.gui.page import Page
from tabapp.gui.pages.catalog import Place
from tabapp.gui.preferences import WindowPreferences
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import label
from tabapp.store.unit import ReadUnit
from tests.gui.desk import Desk, open_desk


class FakePage(Page[int]):
    """A page of two fields and two buttons that notes what is done to it."""

    place = "overview"
    commands: ClassVar[tuple[Command, ...]] = (
        Command("overview.first", "Do the first thing", "Overview", "Ctrl+Return",
                place="overview"),
        Command("overview.never", "Do the impossible", "Overview", "F9", place="overview"),
    )  # fmt: skip
    hints = ((("Space",), "selects"), (("Ctrl", "⏎"), "does the first thing"))

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.done: list[str] = []
        self.targets: list[object] = []
        self.first = QLineEdit()
        self.first.setAccessibleName("First")
        self.second = QLineEdit()
        self.second.setAccessibleName("Second")
        column = QVBoxLayout(self)
        column.setContentsMargins(*[Space.MARGIN] * 4)
        column.setSpacing(Space.GAP)
        column.addWidget(label(type(self).__name__, "title"))
        row = QHBoxLayout()
        row.addWidget(self.first)
        row.addWidget(self.second)
        column.addLayout(row)
        self.card = Card("Next")
        column.addWidget(self.card, 1)
        for one in self.commands:
            self.on(one.name, self._noting(one.name), partial(self.why_never, one))
            self.card.body.addWidget(self.button(one.name))
        self.card.body.addStretch(1)

    @staticmethod
    def why_never(command: Command) -> str:
        return "It cannot be done." if command.name.endswith(".never") else ""

    def _noting(self, name: str) -> Callable[[], None]:
        return lambda: self.done.append(name)

    def query(self) -> Callable[[ReadUnit], int]:
        return lambda _unit: 1

    def show_data(self, data: int) -> None:
        self.refresh_commands()

    def open_at(self, target: object) -> None:
        self.targets.append(target)


class OtherPage(FakePage):
    place = "people"
    commands = (
        Command("people.first", "Add a team…", "People", "Ctrl+Return", "plus", "people"),
        Command("people.never", "Withdraw", "People", "Delete", place="people"),
    )


class StagePage(FakePage):
    place = "rounds/draw"
    commands = (
        Command("draw.first", "Confirm draw", "Draw", "Ctrl+Return", "check", "rounds/draw"),
        Command("draw.never", "Lift", "Draw", "Space", place="rounds/draw", listed=False),
    )


class FakeRoundPage(Page[int]):
    """Has a stage as its pane once one was asked for."""

    place = "rounds"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.inner: StagePage | None = None
        self.targets: list[object] = []
        QVBoxLayout(self)

    def pane(self) -> Page[object] | None:
        return cast("Page[object] | None", self.inner)

    def query(self) -> Callable[[ReadUnit], int]:
        return lambda _unit: 1

    def show_data(self, data: int) -> None:
        """Show nothing."""

    def open_at(self, target: object) -> None:
        self.targets.append(target)
        if self.inner is None:
            self.inner = StagePage(self.session)
            cast("QVBoxLayout", self.layout()).addWidget(self.inner)
            self.refresh_commands()


class BarePage(FakePage):
    place = ""
    commands = ()


@dataclass(frozen=True, slots=True)
class FakePlace(Place):
    """A place with its page and its commands in the tests."""

    kind: type[Any] = BarePage

    def page_class(self) -> type[Page[object]]:
        return cast("type[Page[object]]", self.kind)

    def commands(self) -> tuple[Command, ...]:
        own: tuple[Command, ...] = self.kind.commands
        return (*own, *StagePage.commands) if self.kind is FakeRoundPage else own


def _place(key: str, title: str, icon: str, kind: type[Any] = BarePage) -> FakePlace:
    return FakePlace(key, title, icon, "", "", kind)


FAKES = (
    _place("overview", "Overview", "layout-dashboard", FakePage),
    _place("people", "People", "users", OtherPage),
    _place("rounds", "Rounds", "swords", FakeRoundPage),
    _place("ballots", "Ballots", "clipboard-pen"),
    _place("results", "Results", "list-ordered"),
    _place("breaks", "Break", "git-fork"),
    _place("awards", "Awards", "award"),
    _place("projector", "Projector", "projector"),
    _place("jobs", "Jobs", "list-checks"),
    _place("settings", "Settings", "settings"),
)


@dataclass(frozen=True, slots=True)
class WindowDesk:
    """A window with its desk, and keys that go to whatever has the focus."""

    desk: Desk
    window: MainWindow
    qtbot: QtBot

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier, times: int = 1) -> None:
        """Press a key where the focus is."""
        held = Qt.KeyboardModifier.NoModifier
        for one in modifiers:
            held |= one
        for _ in range(times):
            target = self.window.focusWidget() or self.window
            QTest.keyClick(target, key, held)

    def type(self, text: str) -> None:
        """Type into whatever has the focus."""
        QTest.keyClicks(self.window.focusWidget() or self.window, text)

    def page(self, key: str = "") -> Any:
        """Return a page; the one on the screen without a key."""
        return self.window.stack.get(key) if key else self.window.page


CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@contextmanager
def open_window(
    qtbot: QtBot, folder: Path, *, preferences: WindowPreferences | None = None,
    size: tuple[int, int] = (1366, 768), **desk_options: Any,
) -> Iterator[WindowDesk]:  # fmt: skip
    """Open a window with made-up places on a new file."""
    with open_desk(qtbot, folder, **desk_options) as desk:
        window = MainWindow(desk.session, places=FAKES, preferences=preferences)
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        desk.settle()
        yield WindowDesk(desk, window, qtbot)
        window.hide()
        desk.settle()
