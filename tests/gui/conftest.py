"""Tests of the window: without a screen, and only where Qt finds the libraries it needs.

pytest-qt loads Qt as soon as it is loaded itself, so the whole run leaves it out and these tests
bring it in.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.gui.keyboard import Keyboard

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
PLUGIN = "pytestqt.plugin"
pytest.register_assert_rewrite("tests.gui.desk_shift")  # it says what it saw


def _missing() -> str:
    try:
        import pytestqt  # noqa: F401
        from PySide6 import QtSvg, QtTest, QtWidgets  # noqa: F401
    except ImportError as error:
        return f"the window cannot be tested here: {error}"
    return ""


MISSING = _missing()


def pytest_plugin_registered(manager: pytest.PytestPluginManager) -> None:
    """Bring pytest-qt in as soon as this folder is looked at."""
    if not MISSING and not manager.has_plugin(PLUGIN):
        manager.import_plugin(PLUGIN)


class _LeftOut(pytest.Module):
    """A module of tests that is not even imported."""

    def collect(self) -> Iterator[pytest.Item]:
        pytest.skip(MISSING, allow_module_level=True)


def pytest_pycollect_makemodule(
    module_path: Path, parent: pytest.Collector
) -> pytest.Module | None:
    """Leave modules out, with the reason, where Qt does not load."""
    return _LeftOut.from_parent(parent, path=module_path) if MISSING else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what Qt warns of fail the test that caused it, and keep pytest-qt to this folder."""
    if MISSING:
        return
    here = Path(__file__).parent
    for item in items:
        if here not in item.path.parents:
            item.add_marker(pytest.mark.qt_no_exception_capture)
        else:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support"))


@pytest.fixture(autouse=True)
def _no_button_is_held() -> Iterator[None]:
    """Fail a test that leaves a button of the mouse pressed: later ones would seem to drag."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication

    before = QGuiApplication.mouseButtons()
    yield
    held = QGuiApplication.mouseButtons()
    assert held in (before, Qt.MouseButton.NoButton), f"{held} is pressed still"


@pytest.fixture
def light(qapp: object) -> Iterator[None]:
    """Put the light theme in force, and again after the test."""
    from PySide6.QtWidgets import QApplication

    from tabapp.gui import theme
    from tabapp.gui.tokens import THEMES, Scheme

    assert isinstance(qapp, QApplication)
    theme.apply(qapp, THEMES[Scheme.LIGHT])
    yield
    if theme.active() is not THEMES[Scheme.LIGHT]:
        theme.apply(qapp, THEMES[Scheme.LIGHT])


@pytest.fixture
def keys(
    qtbot: QtBot, qapp: object, tmp_path: Path, light: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Keyboard]:
    """Start the program as on its first day, with nothing but a keyboard."""
    from PySide6.QtWidgets import QApplication

    from tests.gui.keyboard_steps import at_the_program

    assert isinstance(qapp, QApplication)
    monkeypatch.setattr("secrets.randbelow", lambda _below: 11)  # the same draw each time
    with at_the_program(qtbot, qapp, tmp_path / "home") as at:
        yield at
