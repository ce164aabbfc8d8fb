"""The line of stages: what it says, where the keys are, what it reports."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tabapp.gui.widgets.stages import SmallStageLine, StageLine, stage_now
from tabapp.services.stages import STAGES, RoundState, StageState, StageStatus


def round_of(*statuses: StageStatus) -> RoundState:
    """Return a round with these stages; the rest is later."""
    filled = (*statuses, *["later"] * (len(STAGES) - len(statuses)))
    stages = tuple(
        StageState(key, status, f"fact {i}")  # type: ignore[arg-type]
        for i, (key, status) in enumerate(zip(STAGES, filled, strict=True)))
    return RoundState(5, 5, "Round 5", "preliminary", "draft", False, None, stages, 0)


@pytest.mark.parametrize(
    ("statuses", "due"),
    [
        (("done", "now"), "draw"), ((), "availability"), (("done",) * 7, "complete"),
        (("done", "attention"), "draw"), (("attention", "done", "now"), "judges"),
    ],
)
def test_the_stage_that_is_due(statuses: tuple[StageStatus, ...], due: str) -> None:
    assert stage_now(round_of(*statuses)) == due


def test_arrows_go_along_the_line_and_enter_opens(qtbot: QtBot) -> None:
    line = StageLine(round_of("done", "now", "attention"), "draw")
    qtbot.addWidget(line)
    line.resize(1200, 60)
    line.show()
    chosen: list[str] = []
    line.chosen.connect(chosen.append)
    assert line.accessibleName() == "Stages of Round 5"
    assert line.accessibleDescription() == "Draw: now, fact 1"
    QTest.keyClick(line, Qt.Key.Key_Right)
    assert line.accessibleDescription() == "Judges: needs a look, fact 2"
    QTest.keyClick(line, Qt.Key.Key_Return)
    QTest.keyClick(line, Qt.Key.Key_End)
    QTest.keyClick(line, Qt.Key.Key_Right)
    QTest.keyClick(line, Qt.Key.Key_Space)
    QTest.keyClick(line, Qt.Key.Key_Home)
    QTest.keyClick(line, Qt.Key.Key_Left)
    QTest.keyClick(line, Qt.Key.Key_Enter)
    assert chosen == ["judges", "complete", "availability"]


@pytest.mark.parametrize("width", [1278, 700])
def test_a_click_opens_the_stage_below_the_pointer(qtbot: QtBot, width: int) -> None:
    line = StageLine(round_of("done", "now"), "draw")
    qtbot.addWidget(line)
    line.resize(width, 60)
    line.show()
    chosen: list[str] = []
    line.chosen.connect(chosen.append)
    for i in range(7):
        at = QPoint(round(width * (i + 0.5) / 7), 30)
        QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=at)
    assert chosen == list(STAGES)


def test_the_short_line_has_only_the_stage_that_is_due(qtbot: QtBot) -> None:
    line = SmallStageLine()
    qtbot.addWidget(line)
    line.set_round(round_of("done", "done", "now"))
    whole = line.sizeHint().width()
    chosen: list[str] = []
    line.chosen.connect(chosen.append)
    line.set_short(True)
    assert line.sizeHint().width() < whole / 2
    line.resize(line.sizeHint())
    line.show()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(12, 11))
    assert chosen == ["judges"]
    line.set_round(None)
    assert line.sizeHint().width() == 0


def test_new_facts_do_not_move_the_keys_of_somebody_who_is_choosing(qtbot: QtBot) -> None:
    line = StageLine(round_of("done", "now"), "draw")
    qtbot.addWidget(line)
    line.show()
    line.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    QTest.keyClick(line, Qt.Key.Key_End)
    line.set_round(round_of("done", "done", "now"), "draw")
    assert line.accessibleDescription().startswith("Complete")
