"""The draw of a round: making it again, editing it by hand, asking why, finding in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tabapp.gui.pages.rounds.draw.rows import ORDERS, columns, rows
from tabapp.gui.pages.rounds.draw.swap import SwapDialog
from tabapp.gui.tables.cells import Cell
from tabapp.services.draw_sheet import read_sheet
from tabapp.services.tournament_settings import change_settings
from tabapp.store import schema
from tests.gui.desk import open_desk
from tests.gui.round_desk import CTRL, SHIFT, Rounds, open_rounds


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Rounds]:
    with open_rounds(qtbot, tmp_path) as found:
        yield found


@pytest.fixture
def drawn(at: Rounds) -> Rounds:
    at.press(Qt.Key.Key_Return, CTRL)
    return at


def test_a_draw_is_made_again_with_another_seed_and_undone(drawn: Rounds) -> None:
    at = drawn
    first = at.round().draw_seed
    at.press(Qt.Key.Key_D, CTRL | SHIFT)
    assert "4 rooms go with this draw" in " ".join(
        one.text() for one in at.dialog().findChildren(QLabel))
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.round().status == "draft"
    assert at.round().draw_seed != first
    at.press(Qt.Key.Key_Z, CTRL)
    assert at.round().draw_seed == first


def test_words_on_an_old_draw_go_when_what_it_was_made_from_is_back(drawn: Rounds) -> None:
    at = drawn
    tournament = at.desk.owner.id
    at.desk.session.write(
        at.stage, "set", lambda unit: change_settings(
            unit, tournament, {"draw_side_allocations": "random"}))
    at.desk.settle()
    assert at.banner().startswith("Results, people or settings have changed since")
    at.press(Qt.Key.Key_Z, CTRL)
    assert at.banner() == ""


def test_a_draw_is_deleted_only_when_the_name_is_typed(drawn: Rounds) -> None:
    at = drawn
    at.give("draw.delete")
    assert not at.dialog().do.isEnabled()
    at.type("round 1")
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.round().status == "none"
    assert at.stage.which.currentIndex() == 1
    at.press(Qt.Key.Key_Z, CTRL)
    assert len(at.boards.table.rows.shown) == 4


def test_a_team_is_lifted_carried_and_dropped_by_keys(drawn: Rounds) -> None:
    at = drawn
    table = at.boards.table
    sheet = at.stage.sheet
    team, other = sheet.rooms[0].teams[0].id, sheet.rooms[1].teams[0].id
    at.boards.go_to(team)
    at.press(Qt.Key.Key_Space)
    assert table.lifted == team
    assert at.stage.editing.price.isVisible()
    at.press(Qt.Key.Key_Down)
    offer = at.stage.editing.price.offer
    assert offer.price.other == other
    at.press(Qt.Key.Key_Return)
    assert not at.stage.editing.price.isVisible()
    after = at.stage.sheet
    assert after.rooms[1].teams[0].id == team
    assert after.rooms[0].teams[0].id == other
    assert len(after.certificate.edits) == 1
    assert table.current_team() == team
    at.press(Qt.Key.Key_Z, CTRL)
    assert at.stage.sheet.rooms == sheet.rooms


def test_a_lifted_team_is_put_back_by_esc_and_nothing_is_written(drawn: Rounds) -> None:
    at = drawn
    before = at.stage.sheet.rooms
    at.boards.go_to(before[0].teams[0].id)
    at.press(Qt.Key.Key_Space)
    at.press(Qt.Key.Key_Down)
    at.press(Qt.Key.Key_Escape)
    assert at.boards.table.lifted == ""
    assert not at.stage.editing.price.isVisible()
    at.press(Qt.Key.Key_Return)
    assert at.stage.sheet.rooms == before


def test_tab_carries_a_lifted_team_to_its_best_place(drawn: Rounds) -> None:
    at = drawn
    team = at.stage.sheet.rooms[0].teams[0].id
    at.boards.go_to(team)
    at.press(Qt.Key.Key_Space)
    at.press(Qt.Key.Key_Down)
    here = at.boards.current_team()
    best = at.stage.sheet.book.best(team, here)
    at.press(Qt.Key.Key_Tab)
    assert at.boards.current_team() == best.other
    assert at.boards.table.lifted == team


def test_tab_waits_until_the_swaps_of_a_lifted_team_are_priced(
    drawn: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = drawn
    held: list[Callable[[], None]] = []

    def hold(
        owner: object, work: Callable[[], object], show: Callable[[object], None],
        failed: object = None,
    ) -> None:
        held.append(lambda: show(work()))

    team = at.stage.sheet.rooms[0].teams[0].id
    at.boards.go_to(team)
    monkeypatch.setattr(at.desk.session, "call", hold)
    at.press(Qt.Key.Key_Space)
    at.press(Qt.Key.Key_Down)
    here = at.boards.current_team()
    offer = at.stage.editing.price.offer
    assert offer.price.other == here
    assert not offer.best
    at.press(Qt.Key.Key_Tab)
    assert at.boards.current_team() == here
    assert len(held) == 1  # asked once, however often it is carried
    held[0]()
    assert at.boards.current_team() == at.stage.sheet.book.best(team, here).other
    assert at.stage.editing.price.offer.best


def test_a_team_is_dragged_by_the_pointer(drawn: Rounds) -> None:
    at = drawn
    table = at.boards.table
    sheet = at.stage.sheet
    team, other = sheet.rooms[0].teams[1].id, sheet.rooms[2].teams[1].id
    column = next(i for i, one in enumerate(table.rows.columns) if one.key == "oo")
    start = table.visualRect(table.rows.index(0, column)).center()
    end = table.visualRect(table.rows.index(2, column)).center()
    view = table.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 5):
        QTest.mouseMove(view, start + QPoint(0, step * 6))
    QTest.mouseMove(view, end)
    assert table.lifted == team
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    at.desk.settle()
    assert at.stage.sheet.rooms[2].teams[1].id == team
    assert at.stage.sheet.rooms[0].teams[1].id == other


def test_a_team_is_swapped_from_the_list_of_prices(drawn: Rounds) -> None:
    at = drawn
    sheet = at.stage.sheet
    team, other = sheet.rooms[0].teams[0], sheet.rooms[3].teams[2]
    at.boards.go_to(team.id)
    at.press(Qt.Key.Key_F2)
    dialog = at.dialog()
    assert isinstance(dialog, SwapDialog)
    assert len(dialog.model.shown) == 15
    at.type(other.name)
    assert dialog.table.current_key() == other.id
    at.press(Qt.Key.Key_Return)
    assert at.stage.sheet.rooms[3].teams[2].id == team.id


def test_a_released_draw_is_not_edited_and_says_why(drawn: Rounds) -> None:
    at = drawn
    with at.desk.workspace.database.write(tournament=at.desk.owner.id) as unit:
        unit.update(schema.round_, {at.round().id: {"status": "released"}})
    at.desk.settle()
    at.boards.go_to(at.stage.sheet.rooms[0].teams[0].id)
    at.press(Qt.Key.Key_Space)
    assert at.boards.table.lifted == ""
    assert "released" in at.told[-1].sentence


def test_the_why_panel_opens_by_ctrl_e_and_follows_the_cursor(drawn: Rounds) -> None:
    at = drawn
    why = at.stage.why
    assert why.isHidden()  # narrow: it would lie over the table
    at.press(Qt.Key.Key_E, CTRL)
    assert why.isVisible()
    first = why.room
    at.press(Qt.Key.Key_Down)
    assert why.room is not None
    assert why.room.id != first.id
    at.press(Qt.Key.Key_C, CTRL | SHIFT)
    copied = QApplication.clipboard().text()
    assert why.room.name in copied
    assert all(sentence in copied for sentence in why.room.why)
    assert f"Seed: {at.round().draw_seed}" in copied
    at.press(Qt.Key.Key_E, CTRL)
    assert why.isHidden()


def test_the_why_panel_stands_beside_the_table_in_a_wide_window(drawn: Rounds) -> None:
    at = drawn
    at.window.resize(1920, 1080)
    at.desk.settle()
    assert at.stage.why.isVisible()
    boards = at.boards
    at.desk.qtbot.waitUntil(lambda: boards.mapTo(
        at.stage, boards.rect().topRight()).x() < at.stage.why.x())
    assert at.stage.why.geometry().right() < at.stage.width()


def test_a_filter_and_its_empty_answer(drawn: Rounds) -> None:
    at = drawn
    at.press(Qt.Key.Key_Slash)
    assert at.stage.tools.filter.hasFocus()
    name = at.stage.sheet.rooms[2].teams[0].name
    at.type(name)
    shown = at.boards.table.rows.shown
    assert at.stage.sheet.rooms[2].id in [row.key for row in shown]
    for row in shown:
        words = " ".join(cell.text for cell in row.cells if isinstance(cell, Cell)).lower()
        assert all(word in words for word in name.lower().split())
    at.press(Qt.Key.Key_Return)
    assert at.boards.table.hasFocus()
    at.press(Qt.Key.Key_Slash)
    at.type("nobody of this name")
    assert not at.boards.table.isVisible()


def test_the_orders_keep_the_cursor_on_its_team(drawn: Rounds) -> None:
    at = drawn
    team = at.stage.sheet.rooms[1].teams[2]
    at.boards.go_to(team.id)
    at.press(Qt.Key.Key_F4)
    assert (at.boards.order, at.boards.current_team()) == ("room", team.id)
    at.press(Qt.Key.Key_F4)
    assert (at.boards.order, at.boards.current_team()) == ("team", team.id)
    assert len(at.boards.table.rows.shown) == 16
    at.press(Qt.Key.Key_F4)
    assert (at.boards.order, at.boards.current_team()) == ("bracket", team.id)


def test_a_debate_and_a_team_are_shown_by_their_ids(drawn: Rounds) -> None:
    at = drawn
    room = at.stage.sheet.rooms[3]
    at.desk.session.go("rounds/draw", room.id)
    at.desk.settle()
    assert at.boards.current_room_id() == room.id
    team = at.stage.sheet.rooms[1].teams[3].id
    at.desk.session.go("rounds/draw", team)
    assert at.boards.current_team() == team


def test_rows_of_all_orders_hold_every_team_once(drawn: Rounds) -> None:
    sheet = drawn.stage.sheet
    names = sorted(team.name for room in sheet.rooms for team in room.teams)
    for order in ORDERS[:2]:
        found = [
            cell.text for row in rows(sheet, order) for cell in row.cells
            if isinstance(cell, Cell) and cell.text in names]
        assert sorted(found) == names
    assert [row.cells[0] for row in rows(sheet, "team")] == sorted(names)
    for order in ORDERS:
        assert all(
            len(row.cells) == len(columns(sheet, order)) for row in rows(sheet, order))


def test_the_sheet_of_a_large_draw_is_read_and_laid_out_within_reason(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with open_desk(qtbot, tmp_path, teams=400, rounds=1) as desk:
        desk.workspace.run(
            "draw.generate", tournament=desk.owner.id, round_id=desk.rounds()[0].id, seed=1)
        with desk.workspace.database.read() as unit:
            sheet = read_sheet(unit, desk.rounds()[0].id)
        assert len(rows(sheet, "team")) == 400
        assert len(rows(sheet, "bracket")) == 100
