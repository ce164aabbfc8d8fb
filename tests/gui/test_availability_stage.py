"""The stage availability, by keyboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tabapp.gui.pages.rounds.availability.stage import AvailabilityStage
from tests.gui.desk import Desk, open_desk


def _stage(desk: Desk) -> AvailabilityStage:
    made = AvailabilityStage(desk.session)
    desk.qtbot.addWidget(made)
    desk.session.set_round(desk.rounds()[0].id)
    made.resize(1310, 520)
    made.show()
    desk.settle()
    return made


def _here(stage: AvailabilityStage) -> list[bool]:
    assert stage._found is not None
    return [one.here for one in stage._found.rows[stage.kind]]


def test_enter_marks_a_team_away_and_ctrl_z_brings_it_back(qtbot: QtBot, tmp_path: Path) -> None:
    with open_desk(qtbot, tmp_path) as desk:
        stage = _stage(desk)
        QAbstractItemModelTester(
            stage.rows, QAbstractItemModelTester.FailureReportingMode.Warning)
        qtbot.keyClick(stage.table, Qt.Key.Key_Return)
        desk.settle()
        assert _here(stage).count(False) == 1
        desk.session.undo()
        desk.settle()
        assert all(_here(stage))


def test_delete_marks_all_selected_away_and_says_what_is_wrong(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_desk(qtbot, tmp_path) as desk:
        stage = _stage(desk)
        qtbot.keyClick(stage.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
        stage.run("availability.away")
        desk.settle()
        assert _here(stage).count(False) == 2
        words = stage.needs._verdicts["team"].text()
        assert words == (
            "14 teams are here; rooms hold four. Add 2 swing teams or mark 2 teams away.")


def test_judges_are_marked_apart_from_teams(qtbot: QtBot, tmp_path: Path) -> None:
    with open_desk(qtbot, tmp_path) as desk:
        stage = _stage(desk)
        stage.run("availability.judges")
        stage.run("availability.nobody")
        desk.settle()
        assert not any(_here(stage))
        assert "chair each" in stage.needs._verdicts["adjudicator"].text()
        stage.run("availability.teams")
        assert all(_here(stage))


def test_as_last_round_is_refused_with_its_reason_in_the_first_round(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_desk(qtbot, tmp_path) as desk:
        stage = _stage(desk)
        assert stage.why_not("availability.as_last") == "This is the first round."
        desk.session.set_round(desk.rounds()[1].id)
        desk.settle()
        assert stage.why_not("availability.as_last") == ""
