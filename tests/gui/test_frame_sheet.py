"""The sheet of keys, what floats, and what is kept of the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tabapp.gui.actions import Command
from tabapp.gui.frame.shortcut_sheet import balanced, key_groups
from tabapp.gui.preferences import Arrangement, WindowPreferences
from tabapp.gui.widgets.floating import Popover
from tests.gui.frame_desk import CTRL, open_window


def test_f1_shows_the_keys_of_the_place_and_of_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, tmp_path) as at:
        before = QApplication.focusWidget()
        at.press(Qt.Key.Key_F1)
        sheet = at.window.sheet
        assert sheet.isVisible()
        words = [one.text() for one in sheet.findChildren(QLabel)]
        keyed = [one.text for one in at.window.table.in_force() if one.all_keys]
        assert set(keyed) <= set(words)
        assert "selects" in words
        assert "does the first thing" not in words  # the command says it better
        assert "Add a team…" not in words
        assert words[0] == "Keys: Overview"
        at.press(Qt.Key.Key_Escape)
        assert not sheet.isVisible()
        assert QApplication.focusWidget() is before
        at.press(Qt.Key.Key_F1)
        at.press(Qt.Key.Key_F1)
        assert not sheet.isVisible()


def test_a_hint_that_is_a_command_is_not_shown_twice() -> None:
    save = Command("a.save", "Save and next", "Ballots", "Ctrl+Return", place="a")
    groups = key_groups([save], [(("Ctrl", "⏎"), "saves"), (("Up",), "the one above")], "Ballots")
    assert [(one.heading, [words for _, words in one.lines]) for one in groups] == [
        ("Ballots", ["the one above", "Save and next"])]


def test_columns_keep_the_order_and_are_nearly_equal() -> None:
    names = ["Here", "File", "Edit", "Go to", "View"]
    commands = [
        Command(f"{name}{i}", f"{name} {i}", name, f"Ctrl+{i}") for name in names for i in range(6)]
    groups = key_groups(commands, [], "Here")
    columns = balanced(groups, 3)
    assert [one for column in columns for one in column] == groups
    assert [len(column) for column in columns] == [2, 1, 2]


def test_a_popover_closes_by_esc_and_gives_the_keys_back(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    anchor = QPushButton("Explain", window)
    anchor.move(560, 370)
    popover = Popover(window, "Why 12 points")
    inside = QPushButton("Show ballots")
    popover.body.addWidget(inside)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    anchor.setFocus()
    popover.open_beside(anchor)
    assert QApplication.focusWidget() is inside
    assert window.rect().contains(popover.panel().translated(popover.pos()))
    QTest.keyClick(inside, Qt.Key.Key_Escape)
    assert not popover.isVisible()
    assert QApplication.focusWidget() is anchor


def test_a_click_elsewhere_closes_a_popover(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    column = QVBoxLayout(window)
    anchor, other = QPushButton("Explain"), QPushButton("Other")
    column.addWidget(anchor)
    column.addWidget(other)
    popover = Popover(window, "Why 12 points")
    popover.body.addWidget(QLabel("Because."))
    window.show()
    popover.open_beside(anchor)
    assert popover.isVisible()
    QTest.mouseClick(other, Qt.MouseButton.LeftButton)
    assert not popover.isVisible()


def test_the_arrangement_is_kept_whole_and_read_again(tmp_path: Path) -> None:
    kept = WindowPreferences.in_folder(tmp_path / "config")
    kept.keep(rail_folded=True, last_place="ballots")
    kept.keep_column_widths("draw", {"Room": 120})
    kept.keep_column_widths("people", {"Name": 200})
    again = WindowPreferences.in_folder(tmp_path / "config")
    assert again.kept == kept.kept
    assert again.kept.rail_folded is True
    assert again.column_widths("draw") == {"Room": 120}
    assert again.column_widths("unknown") == {}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"rail_folded": "perhaps"}', "\udcff"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "window.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert WindowPreferences(path).kept == Arrangement()


def test_a_folder_that_cannot_be_written_keeps_nobody_from_working(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file, not a folder", encoding="utf-8")
    kept = WindowPreferences.in_folder(tmp_path / "config")
    kept.keep(last_place="people")
    assert kept.kept.last_place == "people"


def test_ctrl_k_while_the_sheet_is_open_does_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, tmp_path) as at:
        at.press(Qt.Key.Key_F1)
        at.press(Qt.Key.Key_K, CTRL)
        assert at.window.sheet.isVisible()
        assert not at.window.palette_panel.isVisible()
