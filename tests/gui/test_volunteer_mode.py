"""A volunteer at the keyboard: every command, key, place and list is tried, nothing is found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QKeyCombination
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from tabapp.gui import roles
from tabapp.gui.main_window import MainWindow
from tabapp.gui.pages.catalog import PLACES, commands
from tests.gui.desk import open_desk
from tests.gui.operator_desk import CORE, DIRECTOR, VOLUNTEER, Keyboard, register, window_on
from tests.gui.secrets_planted import MARK, Secrets

pytestmark = pytest.mark.usefixtures("light")

ELSEWHERE = (
    "rounds/availability", "rounds/draw", "rounds/judges", "rounds/rooms", "rounds/release",
    "rounds/ballots", "rounds/complete", "jobs/queue", "jobs/health", "jobs/schedules",
    "settings/operators", "restore", "snapshot_folders", "import",
)


class Walk:
    """A volunteer who tries everything, after a tab director who looked at everything."""

    def __init__(self, at: Keyboard, secrets: Secrets) -> None:
        self.at, self.secrets = at, secrets
        self.window, self.session = at.window, at.desk.session
        self.steps = 0
        self.asked: list[str] = []
        for name in ("new", "open", "import", "close"):
            signal = getattr(self.window, f"{name}_wanted")
            signal.connect(lambda name=name: self.asked.append(name))
        self.window.copies_wanted.connect(lambda what, _to: self.asked.append(what))

    def look(self, step: str) -> None:
        """Look at everything after a step; whoever locked the window signs in again."""
        self.steps += 1
        if not self.session.is_idle:
            self.at.settle()
        if self.session.who.is_locked:
            self.at.become("Vera")
        found = self.secrets.found_in(self.window)
        assert not found, f"after {step}: {found[:8]}"
        assert not self.asked, f"after {step}: {self.asked}"

    def as_director(self) -> None:
        """Let a tab director open every place, copy, and leave a message and a dialog behind."""
        self.at.become("Ana")
        for place in PLACES:
            self.session.go(place.key)
            self.at.settle()
        self.session.tell(f"{MARK} told", "problem")
        QGuiApplication.clipboard().setText(f"{MARK} copied")
        self.window.table.run("overview.activity")
        self.at.settle()

    def everywhere(self) -> None:
        """Take the shorter way: rounds, places, commands."""
        self.rounds()
        self.places()
        self.commands()

    def commands(self) -> None:
        """Give every command by name and by each of its keys."""
        for one in commands(PLACES):
            self.window.table.run(one.name)
            self.look(f"{one.name} by name")
            if one.place:
                self.window.workplace.run_on_page(one)
                self.look(f"{one.name} on its page")
            for keys in one.all_keys:
                self._press(keys)
                self.look(f"{one.name} by {keys}")

    def _press(self, keys: str) -> None:
        combination = QKeySequence(keys)[0]
        assert isinstance(combination, QKeyCombination)
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())

    def palette(self) -> None:
        """Type every command's text, and what rooms and people are found by."""
        palette = self.window.palette_panel
        typed = [one.text for one in commands(PLACES)]
        self.window.search()
        self.at.settle()
        for text in (*typed, "", ">", "#", "@", "a", "e", "1"):
            palette.look_for(text)
            found = self.secrets.found_in(palette)
            assert not found, f"after typing {text} in the palette: {found[:5]}"
        palette.look_for(MARK)
        assert not palette.list.found.rows
        palette.look_for("")
        palette.dismiss()
        self.look("the palette")

    def places(self) -> None:
        """Go everywhere by what pages use, and by the rail."""
        for place in (*(one.key for one in PLACES), *ELSEWHERE):
            self.session.go(place)
            self.session.go(place, 1)
            self.look(f"going to {place}")
            assert self.window.stack.key == "ballots"
        for item in self.window.rail.items:
            item.click()
            self.look(f"the rail, {item.key}")

    def rounds(self) -> None:
        """Ask for every round."""
        shown = {one.id for one in self.window.facts.rounds}
        for one in self.at.desk.rounds():
            self.session.set_round(one.id)
            self.look(f"round {one.seq}")
            assert (self.session.round_id == one.id) is (one.id in shown)

    def floating(self) -> None:
        """Open the menu, the keys, the messages, the round chooser and everything below them."""
        names = set(_actions(self.window)) - {"file.quit", "who.lock"}
        assert names
        for menu in self.window.findChildren(QMenu):
            menu.aboutToShow.emit()  # which fills it
        self.look("every menu")
        for name in sorted(names):
            _actions(self.window)[name].trigger()
            self.look(f"the menu, {name}")
        self.window.workplace.show_keys()
        self.look("the keys")
        self.window.sheet.dismiss()
        self._press("Ctrl+A")
        self._press("Ctrl+C")
        self.look("copying")
        self.window.table.run("view.messages")
        self.look("the messages")
        self.window.messages.dismiss()

    def taking_back(self) -> None:
        """Undo and redo far more than there is."""
        for _ in range(50):
            self.session.undo()
        self.at.settle()
        self.look("undo")
        for _ in range(50):
            self.session.redo()
        self.at.settle()
        self.look("redo")
        desk = self.at.desk
        trail = {one.id: one for one in desk.workspace.database.history(desk.owner.id, limit=999)}
        for one in trail.values():
            origin = one
            while origin.undoes is not None:
                origin = trail[origin.undoes]
            assert origin is one or origin.actor == "Vera", f"undone: {origin}"


def _actions(window: MainWindow) -> dict[str, QAction]:
    """Fill the menu and return its actions by name."""
    window.menu.fill()
    inner = list(window.menu.findChildren(QMenu))
    return {one.objectName(): one for menu in inner for one in menu.actions()}


@contextmanager
def at_the_walk(qtbot: QtBot, folder: Path) -> Iterator[Walk]:
    with open_desk(qtbot, folder, teams=16, rounds=5, household=True) as desk:
        secrets = Secrets(desk)
        people = register(desk.workspace, Ana=DIRECTOR, Cem=CORE, Vera=VOLUNTEER)
        with window_on(desk, people) as at:
            yield Walk(at, secrets)


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return which file dialogs were asked for; none is ever shown."""
    asked: list[str] = []
    for name in ("open", "exec", "show"):
        monkeypatch.setattr(
            QFileDialog, name, lambda self, *_more, name=name: asked.append(name))
    for name in (
        "getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"
    ):
        monkeypatch.setattr(
            QFileDialog, name, lambda *_more, name=name: asked.append(name) or ("", ""))
    return asked


def test_a_volunteer_finds_nothing_secret_anywhere(
    qtbot: QtBot, tmp_path: Path, dialogs: list[str]
) -> None:
    with at_the_walk(qtbot, tmp_path) as walk:
        assert not walk.secrets.found_in(walk.window)  # locked, and not read at all
        walk.as_director()
        assert walk.secrets.found_in(walk.window)
        walk.session.who.lock()
        assert QApplication.activeModalWidget() is None
        walk.at.become("Vera")
        walk.look("signing in")
        walk.places()
        walk.rounds()
        walk.palette()
        walk.floating()
        walk.commands()
        walk.taking_back()
        assert not dialogs
        assert walk.steps > 300


@pytest.mark.parametrize("gate", ["place", "command", "round"])
def test_the_walk_notices_a_gate_that_is_open(
    qtbot: QtBot, tmp_path: Path, dialogs: list[str], monkeypatch: pytest.MonkeyPatch, gate: str
) -> None:
    if gate == "place":
        monkeypatch.setattr(roles, "_VOLUNTEER_PLACES", frozenset({"ballots", "people"}))
        monkeypatch.setattr(roles, "_VOLUNTEER", roles._VOLUNTEER | {"go.people"})
    elif gate == "command":
        monkeypatch.setattr(
            roles, "_VOLUNTEER", roles._VOLUNTEER | {"file.open"})
    else:
        monkeypatch.setattr("tabapp.gui.frame.facts.may_see_round", lambda *_who: True)
    with at_the_walk(qtbot, tmp_path) as walk:
        walk.at.become("Vera")
        with pytest.raises(AssertionError, match="after "):
            walk.everywhere()
