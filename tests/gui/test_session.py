"""What pages rely on: reads and writes elsewhere, changes heard, late answers dropped."""

from __future__ import annotations

from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tabapp.gui.session import Notice, concerns
from tabapp.store.tournaments import RoundRow, list_rounds
from tests.gui.desk import open_desk


def test_a_job_ends_in_the_window_and_its_change_is_heard(qtbot: QtBot, tmp_path: Path) -> None:
    with open_desk(qtbot, tmp_path) as desk:
        heard: set[str] = set()
        ended: list[str] = []
        desk.session.changed.connect(lambda topics: heard.update(topics))
        desk.session.submit(
            desk.session, "draw.generate", round_id=desk.rounds()[0].id, seed=1,
            done=lambda result: ended.append(result.status))
        desk.settle()
        assert ended == ["success"]
        assert concerns(heard, {"draw"})
        assert not concerns(heard, {"people"})


def test_an_answer_for_a_widget_that_is_gone_is_dropped(qtbot: QtBot, tmp_path: Path) -> None:
    with open_desk(qtbot, tmp_path) as desk:
        gone = QObject()
        shown: list[list[RoundRow]] = []
        desk.session.read(gone, lambda unit: list_rounds(unit, desk.owner.id), shown.append)
        shiboken6.delete(gone)
        stays = QObject()
        desk.session.read(stays, lambda unit: list_rounds(unit, desk.owner.id), shown.append)
        desk.settle()
        assert [len(one) for one in shown] == [3]


def test_nothing_to_undo_is_told_and_not_raised(qtbot: QtBot, tmp_path: Path) -> None:
    with open_desk(qtbot, tmp_path) as desk:
        told: list[Notice] = []
        desk.session.told.connect(told.append)
        desk.session.redo()
        desk.settle()
        assert [one.tone for one in told] == ["problem"]


def test_undo_stops_before_it_would_take_the_tournament_away(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with open_desk(qtbot, tmp_path) as desk:
        told: list[Notice] = []
        desk.session.told.connect(told.append)
        desk.session.undo()
        desk.settle()
        assert [one.tone for one in told] == ["problem"]
        assert len(desk.rounds()) == 3
