"""The board of judges by keyboard and by pointer: allocate, lift, price, reason, undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tabapp.domain.allocation.board import Board, BoardDebate
from tabapp.domain.archive import Archive, Override
from tabapp.domain.types import Role
from tabapp.gui.dialogs.base import Question
from tabapp.gui.notice import Notice
from tabapp.gui.pages.rounds.judges.slots import Columns, Slot, slots_of
from tabapp.gui.pages.rounds.judges.stage import JudgesStage
from tabapp.services.panels import read_board
from tabapp.store.archive_out import read_archive
from tests.gui.desk import Desk, open_desk
from tests.services.board_scene import document

KEY = Qt.Key


def open_stage(desk: Desk, seq: int = 2) -> JudgesStage:
    desk.session.set_round(desk.rounds()[seq - 1].id)
    stage = JudgesStage(desk.session)
    desk.qtbot.addWidget(stage)
    stage.resize(1278, 520)
    stage.show()
    desk.qtbot.waitExposed(stage)
    desk.settle()
    stage.activateWindow()
    stage.setFocus()
    desk.qtbot.waitUntil(stage.board.hasFocus)
    return stage


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Desk]:
    """D3: A1, A2, A3; D4: A4, A5, A6; free: A7, A8, A9 (see the scene)."""
    with open_desk(qtbot, tmp_path, archive=Archive.model_validate(document())) as found:
        yield found


@pytest.fixture
def stage(desk: Desk) -> JudgesStage:
    return open_stage(desk)


def press(stage: JudgesStage, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(stage.board, key)


def panel(desk: Desk, debate: str) -> list[tuple[str, str]]:
    desk.settle()
    seats = board(desk).debate[debate].seats
    return [(judge, role.value) for judge, role in seats]


def board(desk: Desk) -> Board:
    with desk.workspace.database.read() as unit:
        return read_board(unit, desk.session.round_id or 0)


def overrides(desk: Desk, debate: int) -> list[Override]:
    with desk.workspace.database.read() as unit:
        return read_archive(unit, desk.owner.id).rounds[1].debates[debate].overrides


def notices(desk: Desk) -> list[Notice]:
    told: list[Notice] = []
    desk.session.told.connect(told.append)
    return told


# --- by keyboard -------------------------------------------------------------------------------


def test_judges_are_allocated_and_the_next_step_is_the_rooms(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with open_desk(qtbot, tmp_path, teams=16) as desk:
        round_id = desk.rounds()[0].id
        draw: dict[str, Any] = {"round_id": round_id, "seed": 1, "confirm": True}
        desk.session.submit(desk.session, "draw.generate", **draw)
        desk.settle()
        stage = open_stage(desk, 1)
        assert stage.proceed.text() == "Allocate judges"
        stage.run("judges.proceed")
        assert stage.allocating.runs
        desk.settle()
        assert stage.data is not None
        assert all(one.chair for one in stage.data.board.debates)
        assert not stage.allocating.isVisible()
        went: list[str] = []
        desk.session.went.connect(lambda place, _target: went.append(place))
        assert stage.proceed.text() == "Keep these panels"
        stage.run("judges.proceed")
        assert went == ["rounds/rooms"]
        desk.session.undo()
        desk.settle()
        assert stage.data.board.is_empty


def test_a_lifted_judge_is_dropped_as_chair_elsewhere_and_undo_brings_all_back(
    desk: Desk, stage: JudgesStage
) -> None:
    before = panel(desk, "D3"), panel(desk, "D4")
    assert stage.board.current == Slot("D3", Role.CHAIR, "A1")
    press(stage, KEY.Key_Right, KEY.Key_Space, KEY.Key_Down, KEY.Key_Left)
    assert stage.carrying.judge == "A2"
    assert stage.carrying.price.isVisible()
    assert stage.carrying.price.title() == "Judge A2 as chair of Library"
    press(stage, KEY.Key_Return)
    assert panel(desk, "D4")[0] == ("A2", "chair")
    assert ("A4", "panellist") in panel(desk, "D3")
    assert not stage.carrying.price.isVisible()
    assert stage.board.current == Slot("D4", Role.CHAIR, "A2")  # the cursor went along
    desk.session.undo()
    assert (panel(desk, "D3"), panel(desk, "D4")) == before


def test_a_clash_asks_for_its_reason_and_keeps_it(desk: Desk, stage: JudgesStage) -> None:
    stage.pool.setFocus()
    QTest.keyClick(stage.pool, KEY.Key_Space)  # A7, who clashes with T3 of D3
    assert stage.board.hasFocus()
    press(stage, KEY.Key_Return)
    assert stage.carrying.asks
    field = stage.carrying.reason.field
    assert field.hasFocus()
    QTest.keyClick(field, KEY.Key_Return)
    assert "why" in stage.carrying.reason.reason.sentence
    assert panel(desk, "D3")[0] == ("A1", "chair")
    QTest.keyClicks(field, "nobody else can chair")
    QTest.keyClick(field, KEY.Key_Return)
    assert panel(desk, "D3")[0] == ("A7", "chair")
    [kept] = overrides(desk, 0)
    assert (kept.adjudicator, kept.team, kept.reason) == ("A7", "T3", "nobody else can chair")
    assert stage.data is not None
    assert stage.data.marks["A7"].clash == "attention"


def test_panels_that_are_made_anew_forget_the_reasons_of_the_old_ones(
    desk: Desk, stage: JudgesStage
) -> None:
    stage.pool.setFocus()
    QTest.keyClick(stage.pool, KEY.Key_Space)
    press(stage, KEY.Key_Return)
    QTest.keyClicks(stage.carrying.reason.field, "nobody else")
    QTest.keyClick(stage.carrying.reason.field, KEY.Key_Return)
    desk.settle()
    assert len(overrides(desk, 0)) == 1
    stage.run("judges.again")
    question = stage.findChild(Question)
    assert question is not None
    QTest.keyClick(question, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert overrides(desk, 0) == []


def test_leaving_the_question_goes_back_one_step_at_a_time(
    desk: Desk, stage: JudgesStage
) -> None:
    stage.pool.setFocus()
    QTest.keyClick(stage.pool, KEY.Key_Space)
    press(stage, KEY.Key_Return)
    QTest.keyClick(stage.carrying.reason.field, KEY.Key_Escape)
    assert (stage.carrying.asks, stage.carrying.judge) == (False, "A7")
    press(stage, KEY.Key_Escape)
    assert (stage.carrying.asks, stage.carrying.judge) == (False, None)
    assert stage.pool.hasFocus()
    assert overrides(desk, 0) == []
    assert panel(desk, "D3")[0] == ("A1", "chair")


def test_tab_takes_the_best_alternative(desk: Desk, stage: JudgesStage) -> None:
    press(stage, KEY.Key_Down, KEY.Key_Right, KEY.Key_Space, KEY.Key_Left)
    assert stage.carrying.judge in ("A5", "A6")
    press(stage, KEY.Key_Tab)
    assert panel(desk, "D4")[0] == ("A7", "chair")
    assert stage.carrying.judge is None


def test_delete_sends_a_judge_to_the_pool_and_an_empty_place_is_filled_from_there(
    desk: Desk, stage: JudgesStage
) -> None:
    press(stage, KEY.Key_Delete)
    assert [one for one, _role in panel(desk, "D3")] == ["A2", "A3"]
    assert stage.pool.names[0] == "Judge A1"
    assert stage.board.current == Slot("D3", Role.CHAIR)
    press(stage, KEY.Key_Return)  # Enter on an empty place goes and looks for somebody
    assert stage.pool.hasFocus()
    QTest.keyClick(stage.pool, KEY.Key_Home)
    QTest.keyClick(stage.pool, KEY.Key_Return)
    press(stage, KEY.Key_Return)
    assert panel(desk, "D3")[0] == ("A1", "chair")


def test_a_trainee_dropped_in_a_further_place_learns_there(
    desk: Desk, stage: JudgesStage
) -> None:
    stage.pool.setFocus()
    QTest.keyClick(stage.pool, KEY.Key_End)
    QTest.keyClick(stage.pool, KEY.Key_Space)
    press(stage, *[KEY.Key_Right] * 3, KEY.Key_Return)
    assert panel(desk, "D3")[-1] == ("A9", "trainee")


def test_letters_change_roles_and_signs_the_importance(desk: Desk, stage: JudgesStage) -> None:
    press(stage, KEY.Key_Right, KEY.Key_C)
    assert panel(desk, "D3") == [("A2", "chair"), ("A1", "panellist"), ("A3", "panellist")]
    assert stage.board.current == Slot("D3", Role.CHAIR, "A2")
    press(stage, KEY.Key_Right, KEY.Key_T)
    assert panel(desk, "D3")[-1] == ("A1", "trainee")
    press(stage, KEY.Key_Plus)
    desk.settle()
    assert board(desk).debate["D3"].importance == 1


def test_the_next_problem_is_found_and_said(desk: Desk, stage: JudgesStage) -> None:
    assert stage.problems.text() == "1 problem"
    assert stage.next_problem()
    assert stage.board.current == Slot("D4", Role.PANELLIST, "A5")
    assert "Conflict with C2" in stage.notice.text


def test_gaps_are_filled_and_nobody_else_moves(desk: Desk, stage: JudgesStage) -> None:
    press(stage, KEY.Key_Down, KEY.Key_Delete)
    desk.settle()
    told = notices(desk)
    stage.run("judges.fill")
    desk.settle()
    assert [one for one, role in panel(desk, "D4") if role == "chair"] in (["A4"], ["A7"])
    assert [one.tone for one in told] == ["done"]


def test_the_cursor_is_told_to_screen_readers(stage: JudgesStage) -> None:
    assert stage.board.accessibleDescription().startswith("Aula, chair, Judge A1, 9.0")
    press(stage, KEY.Key_Right, KEY.Key_Right, KEY.Key_Right)
    assert stage.board.accessibleDescription() == "Aula, panellist, empty"
    assert stage.pool.accessibleDescription().startswith("Judge A7, 8.5, Personal conflict")


def test_a_filter_leaves_rooms_and_judges_that_fit(desk: Desk, stage: JudgesStage) -> None:
    stage.run("judges.filter")
    assert stage.filter.hasFocus()
    QTest.keyClicks(stage.filter, "judge a5")
    assert [one.id for one in stage.board.rows] == ["D4"]
    assert stage.pool.names == []
    QTest.keyClick(stage.filter, KEY.Key_Down)
    assert stage.board.hasFocus()


def test_clearing_asks_first_and_can_be_undone(desk: Desk, stage: JudgesStage) -> None:
    stage.run("judges.clear")
    question = stage.findChild(Question)
    assert question is not None
    QTest.keyClick(question, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert panel(desk, "D3") == []
    assert stage.proceed.text() == "Allocate judges"
    desk.session.undo()
    assert len(panel(desk, "D3")) == 3


# --- states ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "place"), [("draft", "rounds/draw"), ("released", "rounds/release")])
def test_a_draw_that_is_not_confirmed_or_out_is_said_with_the_way_to_it(
    qtbot: QtBot, tmp_path: Path, light: None, status: str, place: str
) -> None:
    made = document()
    made["rounds"][1]["status"] = status
    with open_desk(qtbot, tmp_path, archive=Archive.model_validate(made)) as desk:
        stage = open_stage(desk)
        went: list[str] = []
        desk.session.went.connect(lambda to, _target: went.append(to))
        assert stage.banner is not None
        assert stage.banner.button is not None
        stage.banner.button.click()
        assert went == [place]
        assert stage.why_not("judges.again")
        press(stage, KEY.Key_Delete)  # single moves by hand stay possible
        assert len(panel(desk, "D3")) == 2


def test_a_round_without_a_draw_shows_the_way_to_it(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with open_desk(qtbot, tmp_path, teams=8) as desk:
        desk.session.set_round(desk.rounds()[0].id)
        stage = JudgesStage(desk.session)
        qtbot.addWidget(stage)
        stage.show()
        desk.settle()
        assert stage.body.empty is not None
        assert stage.body.empty.accessibleName() == "Round 1 is not drawn yet."


# --- the pointer -------------------------------------------------------------------------------


def drag(stage: JudgesStage, start: Any, path: list[QPoint]) -> None:
    """Drag from a point of a view's viewport along points of the stage."""
    view, point = start
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    for one in path:
        QTest.mouseMove(view.viewport(), view.viewport().mapFrom(stage, one))
    end = view.viewport().mapFrom(stage, path[-1])
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)


def centre(stage: JudgesStage, slot: Slot) -> QPoint:
    return stage.board.viewport().mapTo(stage, stage.board.rect_of(slot).center())


def test_a_judge_is_dragged_to_another_place_and_to_the_pool(
    desk: Desk, stage: JudgesStage
) -> None:
    view = stage.board
    start = view.rect_of(Slot("D3", Role.PANELLIST, "A3")).center()
    goal = centre(stage, Slot("D4", Role.CHAIR, "A4"))
    drag(stage, (view, start), [goal - QPoint(60, 10), goal])
    assert panel(desk, "D4")[0] == ("A3", "chair")
    start = view.rect_of(Slot("D3", Role.CHAIR, "A1")).center()
    pool = stage.pool.mapTo(stage, QPoint(100, 200))
    drag(stage, (view, start), [pool - QPoint(20, 0), pool])
    assert [one for one, _role in panel(desk, "D3")] == ["A4", "A2"]
    assert stage.carrying.judge is None


def test_a_drag_that_ends_nowhere_changes_nothing(desk: Desk, stage: JudgesStage) -> None:
    before = panel(desk, "D3")
    start = stage.board.rect_of(Slot("D3", Role.CHAIR, "A1")).center()
    drag(stage, (stage.board, start), [QPoint(300, 300), QPoint(60, 480)])
    assert panel(desk, "D3") == before
    assert stage.carrying.judge is None


# --- the layout --------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [660, 900, 1054, 1400, 2400])
def test_places_never_overlap_and_stay_on_the_board(width: int) -> None:
    columns = Columns.of(width)
    many = [(f"A{n}", Role.PANELLIST if n else Role.CHAIR) for n in range(8)]
    for count in range(1, 9):
        with_seats = _debate(many[:count])
        slots = slots_of(with_seats)
        places = [columns.place(with_seats, slots, at) for at in range(len(slots))]
        height = columns.height(with_seats)
        for i, one in enumerate(places):
            assert one.left() > 0
            assert one.bottom() < height
            assert not any(one.intersects(other) for other in places[i + 1:])
        if width >= 900:
            assert max(one.right() for one in places) < columns.cost


def _debate(seats: list[tuple[str, Role]]) -> BoardDebate:
    return BoardDebate("D1", 1, "Aula", 1, 3.0, 0, (), tuple(seats))

