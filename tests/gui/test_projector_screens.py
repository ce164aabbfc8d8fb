"""Screens by identity: the projector is found again, and the window's own is never taken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tabapp.gui.preferences import WindowPreferences
from tabapp.gui.present.screens import SystemScreens, choose, find
from tabapp.gui.present.window import HallWindow
from tests.gui.fake_screens import LAPTOP, OTHER, PROJECTOR, FakeScreens

MOVED = replace(PROJECTOR, identity=replace(PROJECTOR.identity, name="DP-9"))


def test_a_projector_in_another_socket_is_the_same_one() -> None:
    assert find(PROJECTOR.identity, [LAPTOP, OTHER, MOVED]) == MOVED
    nameless = replace(PROJECTOR.identity, serial="")
    assert find(nameless, [LAPTOP, OTHER, MOVED]) is None


def test_the_remembered_screen_comes_before_any_other() -> None:
    screens = [LAPTOP, OTHER, PROJECTOR]
    assert choose(PROJECTOR.identity, screens, LAPTOP.identity) == PROJECTOR
    assert choose(None, screens, LAPTOP.identity) == OTHER
    assert choose(PROJECTOR.identity, [LAPTOP, OTHER], LAPTOP.identity) == OTHER


def test_the_screen_of_the_window_is_never_chosen() -> None:
    assert choose(LAPTOP.identity, [LAPTOP], LAPTOP.identity) is None
    assert choose(LAPTOP.identity, [LAPTOP, OTHER], LAPTOP.identity) == OTHER
    assert choose(None, [], LAPTOP.identity) is None


def test_the_system_tells_of_a_screen_that_goes_and_lists_it_no_longer(qtbot: QtBot) -> None:
    source = SystemScreens()
    (first, *_) = QGuiApplication.screens()
    there = [one.identity.name for one in source.screens()]
    assert first.name() in there
    heard: list[list[str]] = []
    source.changed.connect(
        lambda: heard.append([one.identity.name for one in source.screens()]))
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    application.screenRemoved.emit(first)
    application.screenAdded.emit(first)
    assert heard == [[name for name in there if name != first.name()], there]


def test_the_system_knows_on_which_screen_a_window_is(qtbot: QtBot) -> None:
    source, widget = SystemScreens(), QWidget()
    qtbot.addWidget(widget)
    assert source.under(widget) in [one.identity for one in source.screens()]
    source.put(widget, source.screens()[0])
    assert widget.isFullScreen()


def test_the_window_of_the_hall_takes_no_keys_and_keeps_no_program_open(qtbot: QtBot) -> None:
    window = HallWindow()
    qtbot.addWidget(window)
    window.show_on(PROJECTOR, FakeScreens(LAPTOP, PROJECTOR))
    assert window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert not window.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    assert window.screen_shown == PROJECTOR
    window.leave()
    assert not window.isVisible()


def test_what_is_known_of_the_hall_is_kept_on_this_computer(tmp_path: Path) -> None:
    kept = WindowPreferences.in_folder(tmp_path)
    kept.keep_hall(back_row=25.0, screen=("HDMI-1", "EPSON", "EB-L210", "X8"))
    again = WindowPreferences.in_folder(tmp_path).kept.hall
    assert again.back_row == pytest.approx(25.0)
    assert again.screen == ("HDMI-1", "EPSON", "EB-L210", "X8")
    assert again.tall == pytest.approx(2.4)
