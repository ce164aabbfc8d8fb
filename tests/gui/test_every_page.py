"""A walk through every place of the real window: names, commands, keys, sizes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tabapp.gui.actions import Command
from tabapp.gui.main_window import MainWindow
from tabapp.gui.pages.catalog import PLACES, commands
from tabapp.services.stages import STAGES
from tests.gui.desk import Desk, open_desk

SPOTS = tuple(one.key for one in PLACES if one.key != "rounds") + tuple(
    f"rounds/{stage}" for stage in STAGES) + tuple(
    f"jobs/{part}" for part in ("schedules", "figures", "health", "queue"))


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(qtbot, tmp_path, teams=16, rounds=3) as opened:
        opened.play(2)
        opened.session.set_round(opened.rounds()[1].id)
        yield opened


@pytest.fixture
def window(desk: Desk, light: None) -> Iterator[MainWindow]:
    made = MainWindow(desk.session)
    desk.qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    desk.settle()
    yield made
    made.close()


def _go(desk: Desk, spot: str) -> None:
    desk.session.go(spot)
    desk.settle()


def _seen(root: QWidget) -> list[QWidget]:
    """Return what can take the focus and is on the screen."""
    return [
        one for one in root.findChildren(QWidget)
        if one.isVisibleTo(root) and one.focusPolicy() != Qt.FocusPolicy.NoFocus
        and one.focusProxy() is None and not isinstance(one, QScrollBar)
        and not one.objectName().startswith("qt_")
    ]


def test_everything_that_takes_the_keys_has_a_name(desk: Desk, window: MainWindow) -> None:
    nameless = []
    for spot in SPOTS:
        _go(desk, spot)
        nameless += [
            (spot, type(one).__name__) for one in _seen(window)
            if not (one.accessibleName() or (isinstance(one, QAbstractButton) and one.text()))
            and (isinstance(one, (QAbstractButton, QLineEdit, QComboBox, QAbstractScrollArea))
                 or not any(_seen(one)))
        ]
    assert nameless == []


def test_every_command_of_a_place_is_answered_there(desk: Desk, window: MainWindow) -> None:
    unanswered = []
    for spot in SPOTS:
        _go(desk, spot)
        page = window.page
        assert page is not None
        here = page.current_place() or spot
        mine = [one for one in commands() if one.place and one.works_in(here)]
        unanswered += [one.name for one in mine if page.why_not(one.name) is None]
    assert unanswered == []


def test_no_two_commands_have_the_same_keys_in_one_place() -> None:
    for spot in SPOTS:
        users: dict[str, list[str]] = defaultdict(list)
        for one in commands():
            if one.works_in(spot):
                for keys in one.all_keys:
                    users[keys.casefold()].append(one.name)
        assert {keys: names for keys, names in users.items() if len(names) > 1} == {}, spot


def test_every_command_has_a_key_or_stands_in_the_palette() -> None:
    def is_reachable(one: Command) -> bool:
        return one.listed or bool(one.all_keys)

    assert [one.name for one in commands() if not is_reachable(one)] == []


def test_names_of_commands_are_unique() -> None:
    names = [one.name for one in commands()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_every_page_fits_the_screens_that_it_is_made_for(
    size: tuple[int, int], desk: Desk, window: MainWindow
) -> None:
    window.resize(*size)
    for spot in SPOTS:
        _go(desk, spot)
        assert (window.width(), window.height()) == size, f"{spot} asks for more room"


def test_no_page_opens_a_window_of_its_own(desk: Desk, window: MainWindow) -> None:
    shown: set[str] = set()

    def look() -> None:
        for one in QApplication.topLevelWidgets():
            if one.isVisible() and one is not window:
                shown.add(f"{type(one).__name__} {one.accessibleName()}")

    for spot in SPOTS:
        desk.session.go(spot)
        desk.qtbot.waitUntil(lambda: (look(), desk.session.is_idle)[1], timeout=15_000)
    assert shown == set()
