"""The place people by keyboard alone: lists, typing in cells, withdrawing, deleting, undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from tabapp.services import people
from tests.gui.people_desk import CTRL, SHIFT, Hands, open_people


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Hands]:
    with open_people(qtbot, tmp_path) as made:
        yield made


def test_a_cell_is_edited_in_place_and_undone(hands: Hands) -> None:
    team = hands.lists.teams[2]
    hands.go_to(team.id, "name")
    hands.press(Qt.Key.Key_F2)
    hands.write("Renamed")
    hands.press(Qt.Key.Key_Return)
    assert hands.shown(team.id, "name") == "Renamed"
    assert "Renamed" in {one.name for one in hands.lists.teams}
    hands.press(Qt.Key.Key_Z, CTRL)
    assert hands.shown(team.id, "name") == team.name


def test_what_the_store_refuses_stays_in_its_cell_with_the_reason(hands: Hands) -> None:
    team = hands.lists.teams[2]
    hands.go_to(team.id, "institution")
    hands.press(Qt.Key.Key_F2)
    hands.write("Nowhere")
    hands.press(Qt.Key.Key_Return)
    pane = hands.page.current
    assert hands.shown(team.id, "institution") == "Nowhere"
    hands.go_to(hands.lists.teams[5].id, "name")
    hands.press(Qt.Key.Key_F8)
    index = pane.table.currentIndex()
    assert (index.row(), index.data()) == (pane.model.row_of(team.id), "Nowhere")
    hands.press(Qt.Key.Key_F7)
    assert hands.shown(team.id, "institution") == team.institution


def test_a_refused_cell_can_be_put_right(hands: Hands) -> None:
    team, home = hands.lists.teams[2], hands.lists.institutions[0].name
    for text in ("Nowhere", home):
        hands.go_to(team.id, "institution")
        hands.press(Qt.Key.Key_F2)
        hands.write(text)
        hands.press(Qt.Key.Key_Return)
    assert hands.shown(team.id, "institution") == home
    assert not hands.page.next_problem()


def test_withdrawing_and_returning_several_at_once(hands: Hands) -> None:
    ids = [one.id for one in hands.lists.teams[:3]]
    hands.page.current.table.go_to(ids[0])
    hands.press(Qt.Key.Key_Down, SHIFT)
    hands.press(Qt.Key.Key_Down, SHIFT)
    hands.press(Qt.Key.Key_F9)
    assert [one.id for one in hands.lists.teams if one.withdrawn] == ids
    assert hands.shown(ids[0], "status") == "Withdrawn"
    assert "3 withdrawn" in hands.page.facts.text()
    hands.press(Qt.Key.Key_F9, SHIFT)
    assert not any(one.withdrawn for one in hands.lists.teams)
    hands.press(Qt.Key.Key_Z, CTRL)
    assert [one.id for one in hands.lists.teams if one.withdrawn] == ids


def test_deleting_says_what_goes_along(hands: Hands) -> None:
    team = hands.lists.teams[0]
    hands.page.current.table.go_to(team.id)
    hands.press(Qt.Key.Key_Delete)
    question = hands.dialog(QDialog)
    words = " ".join(
        one.text() for one in question.findChildren(QWidget) if hasattr(one, "text"))
    assert "2 speakers" in words
    hands.press(Qt.Key.Key_Return, CTRL)
    hands.closed(question)
    assert team.name not in {one.name for one in hands.lists.teams}
    hands.press(Qt.Key.Key_Z, CTRL)
    assert team.name in {one.name for one in hands.lists.teams}


def test_who_was_drawn_stays_and_withdrawing_is_offered(hands: Hands) -> None:
    hands.desk.play(1)
    hands.desk.settle()
    team = hands.lists.teams[0]
    hands.page.current.table.go_to(team.id)
    hands.press(Qt.Key.Key_Delete)
    notice = hands.told[-1]
    assert "the draw of Round 1" in notice.sentence
    assert notice.action == "Withdraw"
    assert notice.run is not None
    notice.run()
    hands.desk.settle()
    assert next(one for one in hands.lists.teams if one.id == team.id).withdrawn


def test_the_offer_to_withdraw_is_about_who_could_not_be_deleted(hands: Hands) -> None:
    hands.desk.play(1)
    hands.desk.settle()
    refused, other = hands.lists.teams[0], hands.lists.teams[4]
    hands.page.current.table.go_to(refused.id)
    hands.press(Qt.Key.Key_Delete)
    notice = hands.told[-1]
    assert notice.run is not None
    hands.page.current.table.go_to(other.id)
    hands.press(Qt.Key.Key_Tab, CTRL)
    notice.run()
    hands.desk.settle()
    assert [one.id for one in hands.lists.teams if one.withdrawn] == [refused.id]


def test_undo_in_a_toast_takes_back_what_the_toast_tells_of(hands: Hands) -> None:
    team = hands.lists.teams[0]
    hands.page.current.table.go_to(team.id)
    hands.press(Qt.Key.Key_F9)
    notice = hands.told[-1]
    assert notice.action == "Undo"
    assert notice.run is not None
    hands.somebody_else(lambda unit, owner: people.withdraw(
        unit, owner, "team", [hands.lists.teams[1].id]))
    notice.run()
    hands.desk.settle()
    assert [one.withdrawn for one in hands.lists.teams[:2]] == [False, True]


def test_a_cell_that_was_changed_elsewhere_meanwhile_is_not_written_over(hands: Hands) -> None:
    team = hands.lists.teams[2]
    hands.go_to(team.id, "name")
    hands.press(Qt.Key.Key_F2)
    hands.write("Typed here")
    hands.somebody_else(lambda unit, owner: people.edit(
        unit, owner, "team", team.id, {"name": "Elsewhere"}))
    hands.press(Qt.Key.Key_Return)
    assert hands.team(team.id).name == "Elsewhere"
    assert hands.shown(team.id, "name") == "Typed here"
    hands.go_to(team.id, "name")
    hands.press(Qt.Key.Key_F2)
    hands.write("Typed again")
    hands.press(Qt.Key.Key_Return)
    assert hands.team(team.id).name == "Typed again"


def test_the_filter_narrows_and_down_goes_to_what_was_found(hands: Hands) -> None:
    name = hands.lists.teams[9].name
    hands.press(Qt.Key.Key_Slash)
    hands.write(name)
    shown = [row.cells[0] for row in hands.page.current.model.shown]
    assert name in shown
    assert len(shown) < 16
    hands.press(Qt.Key.Key_Down)
    assert hands.page.current.table.hasFocus()


def test_ctrl_tab_goes_through_all_lists_and_each_model_is_sound(hands: Hands) -> None:
    seen = []
    for _ in range(7):
        seen.append(hands.page.current.spec.key)
        QAbstractItemModelTester(hands.page.current.model, hands.page.current)
        hands.press(Qt.Key.Key_Tab, CTRL)
    assert seen == [
        "teams", "speakers", "judges", "institutions", "rooms", "categories", "conflicts"]
    assert hands.page.current.spec.key == "teams"


def test_someone_else_names_a_person_and_the_list_opens_there(hands: Hands) -> None:
    speaker = hands.lists.speakers[5]
    hands.page.open_at(("speaker", speaker.id))
    assert hands.page.tabs.key == "speakers"
    assert hands.page.current.table.current_key() == speaker.id
    judge = hands.lists.judges[2]
    hands.page.open_at(("adjudicator", judge.ref))
    assert hands.page.current.table.current_key() == judge.id


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_nothing_is_cut_at_either_size(hands: Hands, size: tuple[int, int]) -> None:
    hands.window.resize(*size)
    hands.desk.settle()
    page = hands.page
    right = page.width()
    for one in page.findChildren(QWidget):
        if one.isVisible() and one.parentWidget() is page:
            left = one.mapTo(page, QPoint(0, 0)).x()
            assert left >= 0
            assert left + one.width() <= right
            assert one.width() >= one.minimumSizeHint().width()


def test_a_change_elsewhere_keeps_the_cursor(hands: Hands) -> None:
    team = hands.lists.teams[8]
    hands.page.current.table.go_to(team.id)
    with hands.desk.workspace.database.write(
        actor="Bob", verb="add", tournament=hands.desk.owner.id
    ) as unit:
        people.add(unit, hands.desk.owner.id, "team", {"name": "AAA first"})
    hands.qtbot.waitUntil(lambda: "17 teams" in hands.page.facts.text())
    assert hands.page.current.table.current_key() == team.id
