"""What the Break page offers next, and that it comes without another window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.test_break_page import Scene, played, scene


@pytest.fixture
def sixteen(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Scene]:
    with scene(qtbot, tmp_path, played(16)) as made:
        yield made


def test_the_next_step_leads_from_the_break_to_its_first_round(sixteen: Scene) -> None:
    page = sixteen.page
    assert page.step.text() == "Make break"
    assert page.make.isHidden()
    sixteen.run("break.step")
    assert page.step.text() == "Create elimination rounds"
    sixteen.run("break.step")
    assert sixteen.told[-1].sentence == "3 elimination rounds made."
    assert page.step.text() == "Open Quarterfinals"
    sixteen.run("break.step")
    assert sixteen.went == [("rounds/draw", None)]
    assert sixteen.desk.session.round_id == sixteen.room.rounds()[0].id


def test_making_the_page_shows_no_other_window(
    qtbot: QtBot, tmp_path: Path, qapp: QApplication, light: None
) -> None:
    shown: list[QWidget] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and (
                watched.isWindow()
            ):
                shown.append(watched)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    try:
        with scene(qtbot, tmp_path, played(8)) as made:
            assert shown == [made.page]
    finally:
        qapp.removeEventFilter(watch)
