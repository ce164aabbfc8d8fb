"""Somebody at the ballot desk who has a keyboard and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tabapp.domain.archive import Archive
from tabapp.domain.operators import Operator, OperatorRole
from tabapp.gui.notice import Notice
from tabapp.gui.pages.ballots.form import Mode
from tabapp.gui.pages.ballots.page import BallotsPage
from tabapp.services.operators import SealedPin, add_operator
from tests.builders import small_archive
from tests.gui.desk import Desk, open_desk

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier

DIRECTOR, CORE, VOLUNTEER = (
    OperatorRole.TAB_DIRECTOR, OperatorRole.ADJUDICATION_CORE, OperatorRole.VOLUNTEER)
STAFF = {"Dana": DIRECTOR, "Ann": VOLUNTEER, "Ben": VOLUNTEER, "Cleo": VOLUNTEER}
"""A tab director and three volunteers; the first of any staff has to be a tab director."""


def document(teams: int = 8, **settings: Any) -> Archive:
    """Make a round that is released, without ballots."""
    made = small_archive(teams, 1, results=False, judges_per_room=2)
    made["tournament"]["settings"] = settings
    return Archive.model_validate(made)


class Typist:
    """Types on whatever has the keys."""

    def __init__(self, desk: Desk, page: BallotsPage) -> None:
        self.desk, self.page = desk, page
        self.told: list[Notice] = []
        desk.session.told.connect(self.told.append)
        self.people: dict[str, Operator] = {}

    def sit(self, name: str) -> None:
        """Let another person take the keyboard, as the lock screen does after a PIN."""
        self.desk.session.who.sign_in(self.people[name])
        self.desk.settle()
        self.page.setFocus()
        self.desk.settle()

    def banner(self) -> str:
        """Return what the banner of the open ballot says."""
        return self.page.form.top.sentence

    @property
    def here(self) -> QWidget:
        """Return what has the keys."""
        found = QApplication.focusWidget()
        assert found is not None
        return found

    @property
    def mode(self) -> Mode:
        """Return what is being done with the open ballot."""
        return self.page.form.mode

    def does(self, mode: Mode) -> bool:
        """Tell whether this is what is being done with the open ballot."""
        return self.mode is mode

    @property
    def key_here(self) -> str:
        """Return the key of the field that has the keys."""
        return str(getattr(self.here, "key", ""))

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press one key, and wait until all that follows is shown."""
        QTest.keyClick(self.here, key, held)
        self.desk.settle()

    def type(self, text: str) -> None:
        """Type letter by letter, wherever that leads."""
        for letter in text:
            QTest.keyClicks(self.here, letter)

    def open(self, room: str) -> None:
        """Find a room by its name and open it."""
        self.press(Qt.Key.Key_F3)
        self.type(room)
        self.press(Qt.Key.Key_Return)

    def sheet(self, best: int = 80) -> None:
        """Type the marks of a whole sheet; the first team is the best."""
        self.type("".join(str(best - i // 2) for i in range(8)))

    def save(self) -> None:
        """Press Ctrl+Enter, after a moment in which what stopped a save before is read."""
        self.desk.qtbot.waitUntil(lambda: not self.page.form.is_unread)
        self.press(Qt.Key.Key_Return, CTRL)

    @property
    def room(self) -> str:
        """Return the name of the room that is open, "" without one."""
        form = self.page.open_form
        return form.name if form is not None else ""

    def states(self) -> dict[str, str]:
        """Return what the list says of each room."""
        return {one.name: one.state for one in self.page.desk.rooms}


def register(desk: Desk, staff: Mapping[str, OperatorRole]) -> dict[str, Operator]:
    """Let people be known to the file by name; their PINs are nobody's."""
    with desk.workspace.database.write(
        actor="Setup", verb="add people", tournament=desk.owner.id
    ) as unit:
        return {
            name: add_operator(unit, name, role, SealedPin("nobody's"))
            for name, role in staff.items()}


def sit_down(desk: Desk, people: Mapping[str, Operator] | None = None, who: str = "") -> Typist:
    """Open the page with its shortcuts, as the window does; ``who`` of ``people`` has signed in."""
    if who and people:
        desk.session.who.sign_in(people[who])
    page = BallotsPage(desk.session)
    desk.qtbot.addWidget(page)
    for command in page.commands:
        for keys in command.all_keys:
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.activated.connect(lambda name=command.name: page.run(name))
    desk.session.set_round(desk.rounds()[0].id)
    page.resize(1310, 690)
    page.show()
    page.activateWindow()
    desk.qtbot.waitUntil(page.isActiveWindow)
    page.setFocus()
    desk.settle()
    typist = Typist(desk, page)
    typist.people = dict(people or {})
    return typist


@contextmanager
def at_the_desk(
    qtbot: QtBot, folder: Path, *, teams: int = 8, archive: Archive | None = None,
    staff: Mapping[str, OperatorRole] | None = None, who: str = "", **settings: Any,
) -> Iterator[Typist]:
    """Open a tournament whose first round waits for its ballots.

    With ``staff`` these people are registered, and ``who`` of them sits at the keyboard.
    """
    with open_desk(qtbot, folder, archive=archive or document(teams, **settings)) as desk:
        people = register(desk, staff) if staff else {}
        typist = sit_down(desk, people, who)
        yield typist
        typist.page.close()
        desk.settle()
