"""The rooms of a round by keyboard: allocate, type, swap, take away, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tabapp.domain.archive import Archive
from tabapp.gui.dialogs.base import Question
from tabapp.gui.notice import Notice
from tabapp.gui.pages.rounds.rooms.stage import RoomsStage
from tabapp.services.venues import place_debate, read_rooms
from tests.gui.desk import Desk, open_desk
from tests.services.board_scene import document

KEY = Qt.Key


def open_stage(desk: Desk, seq: int = 2) -> RoomsStage:
    desk.session.set_round(desk.rounds()[seq - 1].id)
    stage = RoomsStage(desk.session)
    desk.qtbot.addWidget(stage)
    stage.resize(1278, 520)
    stage.show()
    desk.qtbot.waitExposed(stage)
    desk.settle()
    stage.activateWindow()
    stage.setFocus()
    return stage


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Desk]:
    """D3 is in Aula, D4 in Library; Ramp is free and step-free, as T1 of D3 wishes."""
    with open_desk(qtbot, tmp_path, archive=Archive.model_validate(document())) as found:
        yield found


@pytest.fixture
def stage(desk: Desk) -> RoomsStage:
    return open_stage(desk)


def rooms(desk: Desk) -> list[str]:
    desk.settle()
    with desk.workspace.database.read() as unit:
        board = read_rooms(unit, desk.session.round_id or 0)
    return [board.rooms[one.room].name if one.room else "" for one in board.debates]


def shown(stage: RoomsStage, column: int = 1) -> list[str]:
    return [
        str(stage.rows.index(row, column).data()) for row in range(stage.rows.rowCount())]


def type_room(stage: RoomsStage, name: str) -> None:
    """Change the room of the row with the cursor, as F2 does."""
    stage.run("rooms.change")
    field = stage.table.findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    QTest.keyClicks(field, name)
    enter(stage, field)


def enter(stage: RoomsStage, target: QWidget) -> None:
    """Press Enter once, in the field or in the list below it, which ends the typing."""
    QTest.keyClick(target, KEY.Key_Return)
    QTest.qWait(0)
    assert not stage.table.isPersistentEditorOpen(stage.table.currentIndex())
    assert stage.table.state() is QAbstractItemView.State.NoState


def told(desk: Desk) -> list[Notice]:
    notices: list[Notice] = []
    desk.session.told.connect(notices.append)
    return notices


def test_rooms_are_allocated_and_the_next_step_is_the_release(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with open_desk(qtbot, tmp_path, teams=16) as desk:
        draw: dict[str, Any] = {
            "round_id": desk.rounds()[0].id, "seed": 1, "confirm": True}
        desk.session.submit(desk.session, "draw.generate", **draw)
        desk.settle()
        stage = open_stage(desk, 1)
        assert stage.proceed.text() == "Allocate rooms"
        stage.run("rooms.proceed")
        desk.settle()
        assert all(rooms(desk))
        assert shown(stage) == rooms(desk)
        went: list[str] = []
        desk.session.went.connect(lambda place, _target: went.append(place))
        assert stage.proceed.text() == "Keep these rooms"
        stage.run("rooms.proceed")
        assert went == ["rounds/release"]


def test_a_taken_room_is_swapped_and_undo_swaps_it_back(desk: Desk, stage: RoomsStage) -> None:
    notices = told(desk)
    type_room(stage, "library")
    assert rooms(desk) == ["Library", "Aula"]
    assert shown(stage) == ["Library", "Aula"]
    assert [one.sentence for one in notices] == ["Debates 1 and 2 have changed rooms."]
    desk.session.undo()
    assert rooms(desk) == ["Aula", "Library"]


def test_a_room_that_changed_elsewhere_is_not_typed_over(desk: Desk, stage: RoomsStage) -> None:
    notices = told(desk)
    stage.run("rooms.change")
    field = stage.table.findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    QTest.keyClicks(field, "Lib")
    debate = str(stage.table.current_key())
    assert stage.data is not None
    round_id = stage.data.round_id
    with desk.workspace.database.write(
        actor="Ben", verb="place", tournament=desk.owner.id
    ) as unit:
        place_debate(unit, round_id, debate, "Ramp")
    desk.settle()
    QTest.keyClicks(field, "rary")
    enter(stage, field)
    assert rooms(desk) == ["Ramp", "Library"]
    assert [one.tone for one in notices] == ["problem"]


def test_the_list_offers_free_rooms_first_and_completes_within_names(
    desk: Desk, stage: RoomsStage
) -> None:
    assert stage.editor.names == ["Ramp", "Library", "Aula"]
    stage.run("rooms.change")
    field = stage.table.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "bra")
    assert field.completer().currentCompletion() == "Library"


def test_a_name_that_nobody_knows_is_told_and_changes_nothing(
    desk: Desk, stage: RoomsStage
) -> None:
    notices = told(desk)
    type_room(stage, "Libary")
    assert rooms(desk) == ["Aula", "Library"]
    assert [one.sentence for one in notices] == ['No room is called "Libary". Library?']
    assert shown(stage) == ["Aula", "Library"]


def test_a_free_room_is_given_to_the_debate_at_the_cursor(
    desk: Desk, stage: RoomsStage
) -> None:
    assert shown(stage, 7) == ["1 not met", ""]
    assert "wants Step-free" in stage.notice.text
    stage.free.setFocus()
    QTest.keyClick(stage.free, KEY.Key_Down)
    QTest.keyClick(stage.free, KEY.Key_Return)
    assert rooms(desk) == ["Ramp", "Library"]
    assert shown(stage, 7) == ["met", ""]
    assert stage.table.hasFocus()


def test_a_room_is_taken_away_and_all_are_cleared_after_a_question(
    desk: Desk, stage: RoomsStage
) -> None:
    stage.run("rooms.take")
    assert rooms(desk) == ["", "Library"]
    assert stage.why_not("rooms.take")
    stage.run("rooms.clear")
    question = stage.findChild(Question)
    assert question is not None
    QTest.keyClick(question, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert rooms(desk) == ["", ""]
    assert stage.proceed.text() == "Allocate rooms"
    desk.session.undo()
    assert rooms(desk) == ["", "Library"]


def test_the_next_problem_is_found(desk: Desk, stage: RoomsStage) -> None:
    QTest.keyClick(stage.table, KEY.Key_Down)
    assert stage.table.current_key() == "D4"
    assert stage.problems.text() == "1 problem"
    assert stage.next_problem()
    assert stage.table.current_key() == "D3"


def test_too_few_rooms_are_said_with_the_way_to_more(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    made = document()
    made["rounds"][1]["absent_venues"] = ["V2", "V3", "V4"]
    with open_desk(qtbot, tmp_path, archive=Archive.model_validate(made)) as desk:
        stage = open_stage(desk)
        [banner] = stage.banners
        assert banner.accessibleName().startswith("1 rooms are available for 2 debates")
        went: list[str] = []
        desk.session.went.connect(lambda place, _target: went.append(place))
        assert banner.button is not None
        banner.button.click()
        assert went == ["rounds/availability"]


def test_a_room_chosen_from_the_list_is_taken_by_one_enter(
    desk: Desk, stage: RoomsStage
) -> None:
    stage.run("rooms.change")
    field = stage.table.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "a")
    popup = field.completer().popup()
    assert popup is not None
    desk.qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, KEY.Key_Down)
    enter(stage, popup)
    assert rooms(desk) == ["Ramp", "Library"]


def test_debates_of_two_sides_have_two_columns_of_teams(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    made = document()
    made["tournament"]["preset"] = "australs"
    for round_ in made["rounds"]:
        round_["status"], round_["completed"] = "confirmed", False
        round_["debates"] = [_halved(one) for one in round_["debates"]]
    with open_desk(qtbot, tmp_path, archive=Archive.model_validate(made)) as desk:
        stage = open_stage(desk)
        titles = [one.title for one in stage.rows.columns]
        assert titles == ["Pts", "Room", "Affirmative", "Negative", "Chair", "Wishes"]
        type_room(stage, "Ramp")
        assert rooms(desk) == ["Ramp", "Library"]


def _halved(debate: dict[str, Any]) -> dict[str, Any]:
    sides = [
        {"side": side, "team": one["team"]}
        for side, one in zip(("aff", "neg"), debate["sides"], strict=False)
    ]
    return debate | {"sides": sides, "ballots": [], "status": "none"}
