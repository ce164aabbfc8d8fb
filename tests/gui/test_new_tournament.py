"""The dialog of a new tournament, by keyboard: it says what is wrong and makes nothing itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tabapp.app import open_workspace
from tabapp.core.errors import UserError
from tabapp.domain.formats import presets, resolve
from tabapp.gui.dialogs.new_tournament import (
    NewTournamentDialog,
    format_line,
    main_settings,
)
from tabapp.services.tournaments import NewTournament, create_tournament

CTRL = Qt.KeyboardModifier.ControlModifier
K = Qt.Key


class Asked:
    """The dialog and what it said."""

    def __init__(self, bot: QtBot, folder: Path, preset: str = "bp") -> None:
        self.bot = bot
        self.parent = QWidget()
        bot.addWidget(self.parent)
        self.parent.show()
        self.dialog = NewTournamentDialog(self.parent, folder, preset=preset)
        self.wanted: list[NewTournament] = []
        self.dialog.wanted.connect(self.wanted.append)
        self.dialog.open()
        bot.waitUntil(lambda: QApplication.focusWidget() is not None)

    @property
    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def type(self, text: str) -> None:
        self.bot.keyClick(self.focus, K.Key_A, CTRL)
        self.bot.keyClicks(self.focus, text)

    def tab(self, times: int = 1) -> None:
        for _ in range(times):
            self.bot.keyClick(self.focus, K.Key_Tab)

    def act(self) -> None:
        self.bot.keyClick(self.focus, K.Key_Return, CTRL)

    def wrong(self) -> set[str]:
        return {key for key, one in self.dialog.form.fields.items() if one.state == "problem"}


@pytest.fixture
def asked(qtbot: QtBot, tmp_path: Path, light: None) -> Asked:
    return Asked(qtbot, tmp_path)


def test_a_tournament_is_asked_for_by_keys_alone(asked: Asked, tmp_path: Path) -> None:
    asked.type("Evening Cup")
    asked.tab()
    asked.type("EC")
    asked.tab()
    asked.bot.keyClicks(asked.focus, "World")
    asked.tab()
    asked.type("6")
    asked.tab()
    asked.type("8")
    asked.tab()
    asked.type("2")
    asked.act()
    assert asked.wanted == [NewTournament(
        name="Evening Cup", short_name="EC", preset="wsdc", rounds=6, break_size=8, reserve=2,
        path=tmp_path / "evening-cup.tabapp")]
    assert asked.dialog.isVisible()
    assert not asked.dialog.do.isEnabled()
    assert create_tournament(open_workspace, asked.wanted[0]) == "evening-cup"


def test_nothing_is_wrong_before_somebody_has_typed_it(asked: Asked) -> None:
    assert asked.wrong() == set()
    asked.act()
    assert asked.wrong() == {"name"}
    assert asked.wanted == []
    assert asked.focus is asked.dialog.name


def test_what_is_wrong_is_told_while_it_is_typed_all_of_it_at_once(asked: Asked) -> None:
    asked.tab(3)
    asked.type("99")
    assert asked.wrong() == {"rounds"}
    assert asked.dialog.form.fields["rounds"].sentence == (
        "99 is out of range. Type a number from 1 to 30.")
    asked.tab()
    asked.type("10")
    asked.dialog.path.setFocus()
    asked.type("nowhere.txt")
    assert asked.wrong() == {"rounds", "break_size", "path"}
    asked.act()
    assert asked.wrong() == {"name", "rounds", "break_size", "path"}
    assert asked.focus is asked.dialog.name


def test_the_break_is_judged_by_the_format_that_is_chosen(asked: Asked) -> None:
    asked.dialog.break_size.setFocus()
    asked.type("10")
    assert asked.wrong() == {"break_size"}
    asked.dialog.preset.setFocus()
    asked.bot.keyClicks(asked.focus, "Australs")
    assert asked.wrong() == set()


def test_the_file_follows_the_name_until_somebody_names_it(asked: Asked, tmp_path: Path) -> None:
    asked.type("First")
    assert asked.dialog.path.text() == str(tmp_path / "first.tabapp")
    asked.dialog.choose_file(str(tmp_path / "mine.tabapp"))
    asked.dialog.name.setFocus()
    asked.type("Second")
    assert asked.dialog.path.text() == str(tmp_path / "mine.tabapp")
    (tmp_path / "there.tabapp").touch()
    asked.dialog.path.setFocus()
    asked.type(str(tmp_path / "there.tabapp"))
    assert "is there already" in asked.dialog.form.fields["path"].sentence


def test_what_could_not_be_made_can_be_tried_again(asked: Asked) -> None:
    asked.type("Evening Cup")
    asked.act()
    asked.dialog.refuse(UserError("file_not_written", file="cup.tabapp", reason="disk full"))
    assert asked.dialog.do.isEnabled()
    assert asked.dialog.name.text() == "Evening Cup"
    asked.act()
    assert len(asked.wanted) == 2


def test_esc_goes_back(asked: Asked) -> None:
    with asked.bot.waitSignal(asked.dialog.rejected):
        asked.bot.keyClick(asked.focus, K.Key_Escape)
    assert asked.wanted == []


@pytest.mark.parametrize("preset", [one.name for one in presets()])
def test_each_format_is_told_in_a_line_and_by_its_main_settings(
    qtbot: QtBot, tmp_path: Path, light: None, preset: str
) -> None:
    made = Asked(qtbot, tmp_path, preset)
    assert made.dialog.preset.currentData() == preset
    settings = resolve(preset, {})
    assert str(settings.teams_in_debate) in format_line(settings)
    rows = dict(main_settings(settings))
    assert {"Marks", "Ballots", "Draw", "Teams by", "Speakers by", "Motions"} <= rows.keys()
    assert all(rows.values())
