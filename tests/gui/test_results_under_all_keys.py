"""Every key of the place results in states that nobody plans for: nothing may break or lie."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from tabapp.domain.archive import Archive
from tabapp.domain.setup import new_tournament
from tabapp.domain.simulation import generate_tournament
from tabapp.gui.dialogs.export import ExportDialog
from tabapp.gui.main_window import MainWindow
from tabapp.gui.notice import Notice
from tabapp.gui.pages.results.commands import COMMANDS
from tabapp.gui.pages.results.metrics_dialog import MetricsDialog
from tabapp.gui.pages.results.page import ResultsPage
from tests.gui.desk import Desk, open_desk

pytestmark = pytest.mark.usefixtures("light")
CTRL = Qt.KeyboardModifier.ControlModifier
IN_TABLE = ("Return", "Space", "F2", "F4", "F5", "F9", "Insert", "Delete", "Esc", "Up", "Down",
            "Left", "Right", "PgUp", "PgDown", "Home", "End", "Ctrl+Home", "Ctrl+End", "Alt+Up",
            "Alt+Down", "Alt+Down", "Ctrl+C", "Ctrl+A", "Ctrl+Return", "Ctrl+PgDown", "Ctrl+PgUp",
            "x", "/")


class _FieldOfX11(QLineEdit):
    """Wants Ctrl+E itself, as fields do there."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


class Visitor:
    """Somebody at the results of the whole window who presses everything."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.window = MainWindow(desk.session)
        desk.qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        desk.qtbot.waitExposed(self.window)
        self.told: list[Notice] = []
        desk.session.told.connect(self.told.append)
        desk.session.go("results")
        desk.settle()

    @property
    def page(self) -> ResultsPage:
        found = self.window.page
        assert isinstance(found, ResultsPage)
        return found

    def give(self, name: str) -> None:
        """Give a command as a key does, then close what it opened and come back."""
        self.window.table.run(name)
        self.desk.settle()
        self.come_back()

    def come_back(self) -> None:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        for one in self.window.findChildren(QDialog):
            one.close()
        self.desk.settle()
        if self.window.stack.key != "results":
            self.desk.session.go("results")
            self.desk.settle()

    def press(self, spelt: str) -> None:
        one = QKeySequence(spelt)[0]
        QTest.keyClick(
            QApplication.focusWidget() or self.window, one.key(), one.keyboardModifiers())
        self.desk.settle()
        self.come_back()

    def try_everything(self) -> None:
        """Give each command and press each key on each table and part."""
        for kind in [key for key, _words in self.page.kinds.choices]:
            self.page.show_kind(kind)
            self.desk.settle()
            for one in COMMANDS:
                self.give(one.name)
            self.page.show_kind(kind)
            self.desk.settle()
            for spelt in IN_TABLE:
                self.press(spelt)
            self.page.filter.clear()

    def instead(self) -> str:
        """Return the sentence that stands in the place of the table."""
        card = self.page.pane_of_table.card
        current = card._stack.currentWidget()
        return "" if current is card.view else current.accessibleName()

    def dialog(self, kind: type[QDialog]) -> QDialog:
        found = [one for one in self.window.findChildren(kind) if one.isVisible()]
        assert len(found) == 1
        return found[0]


@contextmanager
def visit(qtbot: QtBot, folder: Path, archive: Archive) -> Iterator[Visitor]:
    with open_desk(qtbot, folder, archive=archive) as desk:
        made = Visitor(desk)
        yield made
        made.window.close()
        desk.settle()


def _one_team() -> Archive:
    made = generate_tournament(preset="bp", teams=4, rounds=1, seed=1, play=False)
    kept = made.teams[0]
    made.teams, made.venue_constraints = [kept], []
    made.speakers = [one for one in made.speakers if one.team == kept.id]
    return made


STATES = {
    "empty": lambda: new_tournament("Nothing", preset="bp", rounds=3, break_size=8),
    "one team": _one_team,
    "no results": lambda: generate_tournament(
        preset="bp", teams=8, rounds=2, seed=1, play=False),
    "played": lambda: generate_tournament(preset="bp", teams=8, rounds=2, seed=1),
    "of two": lambda: generate_tournament(preset="australs", teams=8, rounds=2, seed=1),
}


@pytest.mark.parametrize("state", list(STATES))
def test_no_key_breaks_anything(qtbot: QtBot, tmp_path: Path, state: str) -> None:
    with visit(qtbot, tmp_path, STATES[state]()) as at:
        at.try_everything()
        assert not [one for one in at.told if one.tone == "problem"]


def test_nothing_chosen_nothing_found_and_a_narrow_window_break_nothing(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with visit(qtbot, tmp_path, STATES["played"]()) as at:
        at.window.resize(1000, 600)
        at.desk.settle()
        kinds = at.page.kinds
        assert kinds.width() >= kinds.sizeHint().width()
        assert kinds.geometry().right() < at.page.filter.geometry().left()
        at.page.table.selectionModel().setCurrentIndex(
            at.page.rows.index(-1, -1), QItemSelectionModel.SelectionFlag.Clear)
        for one in COMMANDS:
            at.give(one.name)
            at.page.show_kind("teams")
            at.desk.settle()
        at.page.filter.setText("zzz")
        assert at.instead() == 'Nothing matches "zzz".'
        for one in COMMANDS:
            at.give(one.name)
            at.page.show_kind("teams")
            at.desk.settle()
        for spelt in ("Down", "Return", "Ctrl+E", "Ctrl+C"):
            at.press(spelt)
        assert at.instead() == 'Nothing matches "zzz".'
        at.page.filter.clear()
        assert not at.instead()
        assert not [one for one in at.told if one.tone == "problem"]


def test_a_filter_without_matches_stays_told_on_another_table(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with visit(qtbot, tmp_path, STATES["played"]()) as at:
        at.page.filter.setText("zzz")
        at.give("results.speakers")
        assert at.instead() == 'Nothing matches "zzz".'
        at.page.filter.setText("")
        assert not at.instead()
        assert at.page.rows.shown


def test_commands_of_tables_are_not_done_behind_a_part(qtbot: QtBot, tmp_path: Path) -> None:
    with visit(qtbot, tmp_path, STATES["played"]()) as at:
        at.give("results.motions")
        for name in ("metrics", "export", "copy", "explain", "person", "filter"):
            assert at.page.why_not(f"results.{name}") == (
                "That is for tables. Show teams, speakers or judges first.")
        at.window.table.run("results.export")
        at.desk.settle()
        assert not [
            one for one in at.window.findChildren(ExportDialog) if one.isVisible()]


def test_a_part_has_the_choice_of_rounds_whichever_table_was_there_before(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with visit(qtbot, tmp_path, STATES["played"]()) as at:
        for before in ("judges", "teams"):
            at.give(f"results.{before}")
            at.give("results.motions")
            assert at.page.until.isVisible()
            assert not at.page.category.isVisible()


def test_the_popover_survives_a_ballot_confirmed_elsewhere(qtbot: QtBot, tmp_path: Path) -> None:
    with open_desk(qtbot, tmp_path, teams=8, rounds=2) as desk:
        desk.play(1)
        at = Visitor(desk)
        keys = [one.key for one in at.page.rows.columns]
        at.page.table.go_to_cell(3, keys.index("value:points"))
        at.window.table.run("results.explain")
        desk.settle()
        assert at.page.explainer.is_open
        name = at.page.table.current_key()
        desk.play(2)
        qtbot.wait(60)  # changes are gathered for 30 ms
        desk.settle()
        assert "R2" in [one.key for one in at.page.rows.columns]
        assert at.page.explainer.is_open
        popover = at.page.explainer.popover
        assert popover is not None
        assert popover.shown is not None
        assert len(popover.shown.grid.lines) == 2
        assert at.page.table.current_key() == name
        at.press("Esc")
        assert not at.page.explainer.is_open
        at.window.close()
        desk.settle()


def test_a_choice_of_metrics_without_any_cannot_be_shown(qtbot: QtBot, tmp_path: Path) -> None:
    with visit(qtbot, tmp_path, STATES["played"]()) as at:
        at.window.table.run("results.metrics")
        dialog = at.dialog(MetricsDialog)
        assert isinstance(dialog, MetricsDialog)
        ranked = len(dialog._ranks)
        for _ in range(ranked):
            dialog.table.go_to(dialog._ranks[0])
            qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
        assert not dialog.do.isEnabled()
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return, CTRL)
        assert dialog.isVisible()
        qtbot.keyClick(dialog.table, Qt.Key.Key_Insert)
        assert dialog.do.isEnabled()


def test_after_a_category_is_chosen_by_key_a_row_is_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    with visit(qtbot, tmp_path, STATES["played"]()) as at:
        at.give("results.speakers")
        last = at.page.rows.shown[-1].key
        at.page.table.go_to(last)
        at.window.table.run("results.category")
        assert QApplication.activePopupWidget() is not None
        at.come_back()
        assert at.window.focusWidget() is at.page.category
        for _ in range(at.page.category.count() - 1):
            QTest.keyClick(at.page.category, Qt.Key.Key_Down)
            at.desk.settle()
            assert at.instead() or at.page.table.selectionModel().hasSelection()
        assert at.page.rows.row_of(last) is None
        assert at.page.table.currentIndex().row() == 0
        assert at.page.request.category is not None


def test_ctrl_e_explains_also_from_a_field(qtbot: QtBot, tmp_path: Path) -> None:
    """On X11 a field takes Ctrl+E for the end of its line, unless the window claims it."""
    with visit(qtbot, tmp_path, STATES["played"]()) as at:
        field = _FieldOfX11(at.page)
        field.show()
        field.setFocus()
        qtbot.waitUntil(field.hasFocus)
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_E, CTRL)
        event.ignore()
        QApplication.sendEvent(field, event)
        assert not event.isAccepted()
