"""The table of commands: no two keys collide, each is known, each tells why it cannot be given."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from tabapp.gui import icons
from tabapp.gui.actions import Command
from tabapp.gui.frame.command_table import CommandTable
from tabapp.gui.pages.catalog import PLACES, commands
from tests.gui.frame_desk import ALT, CTRL, FAKES, SHIFT, open_window

ALL_PLACES = sorted(
    {one.key for one in PLACES} | {one.place for one in commands() if one.place})


def spelt(keys: str) -> str:
    """Return a shortcut as Qt spells it; Return and Enter are one key to a person."""
    return QKeySequence(keys.replace("Enter", "Return")).toString()


def collisions(listed: tuple[Command, ...], place: str) -> dict[str, list[str]]:
    wanted: dict[str, set[str]] = defaultdict(set)
    for one in listed:
        if one.works_in(place):
            for key in one.all_keys:
                wanted[spelt(key)].add(one.name)
    return {key: sorted(names) for key, names in wanted.items() if len(names) > 1}


@pytest.mark.parametrize("place", ALL_PLACES)
def test_no_two_shortcuts_collide(qapp: object, place: str) -> None:
    assert collisions(commands(), place) == {}


def test_the_search_for_collisions_finds_one(qapp: object) -> None:
    pair = (Command("a", "A", "File", "Ctrl+K"), Command("b", "B", "Draw", "Ctrl+K", place="x"))
    assert collisions(pair, "x") == {"Ctrl+K": ["a", "b"]}
    assert collisions(pair, "y") == {}


def test_every_command_has_a_name_of_its_own_a_readable_key_and_a_known_icon(
    qapp: object,
) -> None:
    found = commands()
    assert len({one.name for one in found}) == len(found)
    unreadable = [k for one in found for k in one.all_keys if QKeySequence(k).isEmpty()]
    assert unreadable == []
    assert {one.icon for one in found if one.icon} <= set(icons.names())


def test_every_command_can_be_found_by_a_person(qapp: object) -> None:
    assert [one.name for one in commands() if not (one.all_keys or one.listed)] == []


class Nobody:
    """Pages that answer nothing."""

    def page_reason(self, command: Command) -> str:
        return ""

    def run_on_page(self, command: Command) -> None:
        """Do nothing."""


def test_of_two_commands_that_want_a_key_only_the_first_gets_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    table = CommandTable(
        (Command("a", "A", "File", "Ctrl+G"), Command("b", "B", "Draw", "Ctrl+G", place="x")),
        window, Nobody())
    table.set_place("x")
    assert table.claimed() == {"Ctrl+G": "a"}
    assert [len(table.action(name).shortcuts()) for name in "ab"] == [1, 0]


def test_a_command_of_a_page_has_its_keys_only_while_its_place_is_open(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qtbot, tmp_path) as at:
        at.press(Qt.Key.Key_Return, CTRL)
        assert at.page().done == ["overview.first"]
        at.press(Qt.Key.Key_2, CTRL)
        at.press(Qt.Key.Key_Enter, CTRL)  # the number pad's does the same
        assert at.page("people").done == ["people.first"]
        assert at.page("overview").done == ["overview.first"]
        at.press(Qt.Key.Key_2, ALT)
        at.desk.settle()
        assert at.window.table.place == "rounds/draw"
        at.press(Qt.Key.Key_Return, CTRL)
        assert at.page("rounds").inner.done == ["draw.first"]
        assert set(at.window.table.claimed().values()) >= {"draw.first", "go.people", "edit.undo"}


def test_a_command_that_cannot_be_given_tells_why_when_its_keys_are_pressed(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qtbot, tmp_path) as at:
        at.press(Qt.Key.Key_F9)
        at.press(Qt.Key.Key_F7)
        sentences = [one.notice.sentence for one in at.window.toasts.shown]
        assert sentences == ["It cannot be done.", "Nothing here asks for an answer."]
        assert at.page().done == []


def test_what_only_the_program_can_do_is_asked_for(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, tmp_path) as at:
        heard: list[str] = []
        window = at.window
        for name in ("new", "open", "import", "close", "quit"):
            signal = getattr(window, f"{name}_wanted")
            signal.connect(lambda name=name: heard.append(name))
        window.theme_wanted.connect(heard.append)
        for key in (Qt.Key.Key_N, Qt.Key.Key_O, Qt.Key.Key_I, Qt.Key.Key_W, Qt.Key.Key_Q):
            at.press(key, CTRL)
        for name in ("view.light", "view.dark", "view.system"):
            window.table.run(name)
        assert heard == ["new", "open", "import", "close", "quit", "light", "dark", "system"]


def test_the_menu_has_every_listed_command_of_here_and_the_reason_of_what_is_dimmed(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_window(qtbot, tmp_path) as at:
        at.press(Qt.Key.Key_M, ALT)
        menu = at.window.menu
        assert menu.isVisible()
        assert menu.activeAction() is not None
        headings = [one.text().replace("&", "") for one in menu.actions()]
        assert headings == ["File", "Edit", "Go to", "View", "Round", "Overview", "Help"]
        menus = [cast("QMenu", one.menu()) for one in menu.actions()]
        entries = {entry.objectName(): entry for one in menus for entry in one.actions()}
        here = {one.name for one in at.window.table.in_force() if one.listed}
        assert set(entries) == here
        never = entries["overview.never"]
        assert not never.isEnabled()
        assert never.toolTip() == "It cannot be done."
        entries["overview.first"].trigger()
        assert at.page().done == ["overview.first"]
        QTest.keyClick(menu, Qt.Key.Key_Escape)
        assert not menu.isVisible()


def test_the_keys_of_all_places_are_those_of_the_rail(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, tmp_path) as at:
        for number, place in enumerate(FAKES[:9], start=1):
            at.press(Qt.Key(Qt.Key.Key_0 + number), CTRL)
            assert at.window.stack.key == place.key
        at.press(Qt.Key.Key_1, CTRL)
        at.press(Qt.Key.Key_J, CTRL)
        assert at.window.stack.key == "jobs"
        at.press(Qt.Key.Key_Comma, CTRL)
        assert at.window.stack.key == "settings"


def test_alt_and_a_digit_open_each_stage_of_the_round(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, tmp_path) as at:
        for number in range(1, 8):
            at.press(Qt.Key(Qt.Key.Key_0 + number), ALT)
        assert [stage for stage, _ in at.page("rounds").targets] == [
            "availability", "draw", "judges", "rooms", "release", "ballots", "complete"]


def test_shift_with_a_key_of_the_window_is_another_key(qtbot: QtBot, tmp_path: Path) -> None:
    with open_window(qtbot, tmp_path) as at:
        at.press(Qt.Key.Key_F6, SHIFT)
        assert at.window.table.claimed()["Shift+F6"] == "pane.previous"
        assert at.window.table.claimed()["F6"] == "pane.next"
