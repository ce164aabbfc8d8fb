"""People who type ballots in windows of their own, key by key, until somebody kills them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tabapp.app import open_workspace
from tabapp.domain.operators import Operator
from tabapp.gui import theme
from tabapp.gui.main_window import MainWindow
from tabapp.gui.notice import Notice
from tabapp.gui.pages.ballots.form import TYPED, Mode
from tabapp.gui.pages.ballots.page import BallotsPage
from tabapp.gui.session import Session
from tabapp.gui.tokens import THEMES, Scheme
from tabapp.services.elsewhere import Elsewhere
from tabapp.services.operators import list_operators
from tabapp.services.workspace import Workspace
from tabapp.store.tournaments import list_rounds

PATIENCE = 30.0
"""Seconds after which something that was to happen did not."""
CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True, slots=True)
class Step:
    """Something typed or done: ``what`` is mark, comment, reason, or one key with that meaning."""

    what: str
    text: str = ""
    key: str = ""
    judge: str = ""

    @property
    def length(self) -> int:
        """How many keys it takes."""
        return len(self.text) or 1


@dataclass(frozen=True, slots=True)
class Story:
    """One person at one ballot, from its opening until it is stored."""

    name: str
    who: str
    ref: str
    mode: Mode
    steps: tuple[Step, ...]

    def begin_of(self, step: int) -> int:
        """Return how many keys come before a step."""
        return sum(one.length for one in self.steps[:step])

    def step_at(self, keys: int) -> int:
        """Return the step that is to be begun, or begun again, after so many keys."""
        return next(
            (n for n, one in enumerate(self.steps) if keys < self.begin_of(n) + one.length),
            len(self.steps) - 1)


class Window:
    """The real window on a file, with the ballot of one room open."""

    def __init__(self, work: Workspace, story: Story) -> None:
        self.session = Session(work, work.tournament().id)
        self._told: list[Notice] = []
        self.session.told.connect(self._told.append)
        self.window = MainWindow(self.session)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        with work.database.read() as unit:
            people = {one.name: one for one in list_operators(unit)}
            first = list_rounds(unit, self.session.tournament)[0].id
        self._sign_in(people, story.who)
        self.session.set_round(first)
        self.session.go("ballots")
        self.settle()
        self.page = self.window.findChildren(BallotsPage)[0]
        self.form = self.page.form
        self.page.open_ref(story.ref)
        self.wait(lambda: self.page.open_form is not None)
        self.settle()
        self.finished: list[str] = []
        self.form.finished.connect(lambda _debate, state, _check: self.finished.append(state))

    def _sign_in(self, people: Mapping[str, Operator], who: str) -> None:
        if who:
            self.session.who.sign_in(people[who])

    def wait(self, done: Callable[[], bool]) -> None:
        """Let the window work until something has happened."""
        end = time.monotonic() + PATIENCE
        while not done():
            QApplication.processEvents()
            if time.monotonic() > end:
                raise TimeoutError

    def settle(self) -> None:
        """Wait until nothing is under way, and all of it is shown."""
        for _turn in range(3):
            self.wait(lambda: self.session.is_idle)
            QApplication.processEvents()

    @property
    def here(self) -> QWidget:
        """Return what has the keys."""
        return QApplication.focusWidget() or self.page

    @property
    def draft(self) -> dict[str, Any] | None:
        """Return what is kept of the open ballot, as the disk will have it."""
        desk = self.form.desk
        assert desk is not None
        kept = self.form.keeper.take(desk.room.id)
        if kept is not None:
            return kept.as_json()
        return dict(desk.draft.content) if desk.draft is not None else None

    # Typing

    def begin(self, step: Step) -> None:
        """Go to where a step is typed."""
        if step.what == "mark":
            for _sheet in range(8):
                if self.form.judge == step.judge:
                    break
                QTest.keyClick(self.here, Qt.Key.Key_Return)
                self.settle()
            assert self.form.judge == step.judge, (self.form.judge, step)
            self._give_keys(self.form.fields[step.key])
        elif step.what in ("comment", "reason"):
            assert self.form.panel is not None
            self._give_keys(getattr(self.form.panel, step.what))
        elif step.what == "answer" and self.form.top.sentence:
            self.form.fade()

    def _give_keys(self, to: QWidget) -> None:
        if QApplication.focusWidget() is not to:
            to.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()

    def press(self, step: Step, at: int) -> None:
        """Press one key of a step."""
        match step.what:
            case "save":
                self.wait(lambda: not self.form.is_unread)  # what stopped a save before is read
                QTest.keyClick(self.here, Qt.Key.Key_Return, CTRL)
            case "correct":
                if self.form.mode not in TYPED:
                    QTest.keyClick(self.here, Qt.Key.Key_F2)
            case "answer":
                if self.form.bottom.sentence:
                    self.form.bottom.answer()
            case _:
                QTest.keyClicks(self.here, step.text[at])


def type_ballot(says: Connection, path: Path, story: Story, first: int, burst: bool) -> None:
    """Open a ballot and type it from a step on; say what comes back, and what is done.

    Said are ``open`` with what the form shows; ``key`` before each key and ``typed`` after it, by
    number, with what is to be kept; ``kept`` as soon as that is on the disk; ``finished`` with the
    state of the room. In a ``burst`` the next key does not wait for the disk.
    """
    app = QApplication([])
    theme.apply(app, THEMES[Scheme.LIGHT])
    with open_workspace(path, threads=True) as work:
        window = Window(work, story)
        form = window.form
        shown = form.decision.decision() if form.mode is Mode.DECIDE else form.bundle
        says.send(("open", form.mode.value, form.judge, shown.as_json()))
        number = story.begin_of(first)
        for step in story.steps[first:]:
            if window.finished:
                break
            window.begin(step)
            for at in range(step.length):
                says.send(("key", number))
                window.press(step, at)
                number += 1
                says.send(("typed", number, window.draft))
                if step.what in ("save", "correct"):
                    window.settle()
                elif burst:
                    QApplication.processEvents()
                else:
                    window.wait(lambda: form.keeper.is_idle)
                if window.finished:
                    says.send(("finished", window.finished[0]))
                    break
                if form.keeper.is_idle:
                    says.send(("kept", number))
        window.settle()
        window.window.close()
        window.session.close()


def read_open(says: Connection, hears: Connection, path: Path, story: Story) -> None:
    """Open a ballot and type its first step; after each line heard do it, and say what is shown.

    ``save`` presses Ctrl+Enter, ``look`` waits to be told of a write elsewhere; both tell what
    stands above the form.
    """
    app = QApplication([])
    theme.apply(app, THEMES[Scheme.LIGHT])
    with open_workspace(path, threads=True) as work:
        elsewhere = Elsewhere(work.database, work.bus)
        window = Window(work, story)
        elsewhere.start()
        form = window.form
        says.send((form.mode.value, form.top.sentence, form.bundle.as_json()))
        window.begin(story.steps[0])
        for at in range(story.steps[0].length):
            window.press(story.steps[0], at)
        window.settle()
        says.send((form.mode.value, form.top.sentence, form.bundle.as_json()))
        while (line := hears.recv()) != "end":
            if line == "save":
                window.press(Step("save"), 0)
                window.settle()
            else:
                window.wait(lambda: "elsewhere" in form.top.sentence)
            says.send((form.mode.value, form.top.sentence, form.bundle.as_json()))
        elsewhere.stop()
        window.window.close()
        window.session.close()
