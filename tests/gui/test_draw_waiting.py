"""What a draw would leave out, rooms that are postponed, and the start, in the window by keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tabapp.domain.archive import Archive
from tabapp.domain.draw.settled import BracketState
from tabapp.domain.simulation import generate_tournament
from tabapp.gui.pages.rounds.draw.guard import bracket_words, missing_words
from tabapp.gui.pages.rounds.draw.postpone import StartDialog
from tabapp.gui.pages.rounds.draw.why import certificate_facts
from tabapp.services import postponing, rounds
from tabapp.services.draw_guard import DrawGuard, MissingResult
from tabapp.store import schema
from tabapp.store.sheet_rows import round_facts
from tests.gui.ballot_typist import Typist, at_the_desk
from tests.gui.round_desk import CTRL, SHIFT, Rounds, open_rounds


def waiting_archive(**settings: object) -> Archive:
    """Play two rounds of three; of the second one ballot is out and one is not confirmed."""
    archive = generate_tournament(preset="bp", teams=16, rounds=3, seed=1, settings=settings)
    archive.rounds = [one for one in archive.rounds if one.stage == "preliminary"]
    archive.breaks = []
    last = archive.rounds[2]
    last.debates, last.status, last.completed = [], "none", False
    archive.rounds[1].completed = False
    out, entered = archive.rounds[1].debates[:2]
    out.ballots, out.status = [], "none"
    entered.status = "draft"
    for one in entered.ballots:
        one.status, one.confirmed_by = "draft", ""
    return archive


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Rounds]:
    archive = waiting_archive(enable_postponements=True)
    with open_rounds(qtbot, tmp_path, archive=archive) as found:
        found.desk.session.set_round(found.desk.rounds()[2].id)
        found.desk.settle()
        yield found


def confirm_all(at: Rounds) -> None:
    with at.desk.workspace.database.write(
        actor="Ann", verb="confirm", tournament=at.desk.owner.id
    ) as unit:
        rows = [row for (row,) in unit.fetch(
            schema.ballot.select().with_only_columns(schema.ballot.c.id)
            .where(schema.ballot.c.status == "draft"))]
        unit.update(schema.ballot, {one: {"status": "confirmed"} for one in rows})
    at.desk.settle()


def postpone_missing(at: Rounds) -> None:
    with at.desk.workspace.database.write(
        actor="Ann", verb="postpone", tournament=at.desk.owner.id
    ) as unit:
        for one in at.stage.making.guard.missing:
            postponing.postpone(unit, one)
    at.desk.settle()


# --- the guard ---------------------------------------------------------------------------------


def test_a_draw_says_first_what_it_would_leave_out_and_the_list_lives(at: Rounds) -> None:
    guard = at.stage.making.guard
    assert guard.isVisible()
    assert len(guard.model.shown) == 2
    assert "leaves out 2 rooms: 1 entered and not confirmed, 1 out" in guard.sentence.text()
    confirm_all(at)
    assert len(guard.model.shown) == 1
    assert "leaves out 1 room: 1 out" in guard.sentence.text()
    postpone_missing(at)
    assert "leaves out 1 room: 1 postponed" in guard.sentence.text()


def test_enter_in_the_list_opens_the_ballot_in_its_round(at: Rounds) -> None:
    guard = at.stage.making.guard
    assert at.stage.making.button.hasFocus()
    for _ in range(6):
        if guard.table.hasFocus():
            break
        at.press(Qt.Key.Key_Tab)
    assert guard.table.hasFocus()
    at.press(Qt.Key.Key_Home, CTRL)
    wanted = guard.model.shown[0].key
    at.press(Qt.Key.Key_Return)
    assert at.went[-1] == ("ballots", wanted)
    assert at.desk.session.round_id == at.desk.rounds()[1].id


def test_the_list_is_gone_with_the_last_missing_result_and_the_keys_stay(at: Rounds) -> None:
    guard = at.stage.making.guard
    guard.table.setFocus()
    second = at.desk.rounds()[1].id
    with at.desk.workspace.database.write(
        actor="Ann", verb="delete the draw of", tournament=at.desk.owner.id
    ) as unit:
        rounds.delete_draw(unit, second)
    at.desk.settle()
    assert not guard.isVisible()
    assert at.stage.making.button.hasFocus()


def test_a_draw_without_missing_results_says_so_in_its_certificate(at: Rounds) -> None:
    missing = len(at.stage.making.guard.missing)
    at.give("draw.without")
    assert ("Drawn without", f"{missing} results") in [
        fact[:2] for fact in certificate_facts(at.stage.sheet)]
    assert not at.stage.making.guard.isVisible()


def test_a_round_after_complete_ones_shows_no_list(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with open_rounds(qtbot, tmp_path) as at:
        assert at.stage.which.currentIndex() == 1
        assert not at.stage.making.guard.isVisible()


def brackets(*states: tuple[int, bool]) -> DrawGuard:
    missing = tuple(
        MissingResult(n, 1, "Round 5", f"Room {n}", ("A", "B"), "out") for n in range(3))
    return DrawGuard(missing, tuple(
        BracketState(top, top - 1, 4, () if settled else ("T1",)) for top, settled in states))


@pytest.mark.parametrize(("states", "said"), [
    ([(12, True), (11, True), (9, True), (8, False), (7, False)],
     "Brackets of 12 to 9 can no longer change; 8 and below wait for 3 ballots."),
    ([(12, True), (11, False), (9, False)],
     "The bracket of 12 can no longer change; 11 and below wait for 3 ballots."),
    ([(12, True), (11, True), (9, False)],
     "Brackets of 12 to 11 can no longer change; 9 waits for 3 ballots."),
    ([(12, False), (11, True), (9, True), (8, False), (7, True)],
     "Brackets of 11 to 9 and 7 can no longer change; 12 and 8 wait for 3 ballots."),
    ([(12, False), (11, False), (9, True)],
     "The bracket of 9 can no longer change; 12 to 11 wait for 3 ballots."),
    ([(12, False), (11, False)], "Every bracket can still change."),
    ([(12, True)], "No bracket can change any more."),
    ([], ""),
])
def test_brackets_that_can_no_longer_change_are_told(
    states: list[tuple[int, bool]], said: str
) -> None:
    assert bracket_words(brackets(*states)) == said


def test_missing_rooms_are_told_by_their_ballots() -> None:
    found = brackets((4, False))
    assert missing_words(found) == "A draw made now leaves out 3 rooms: 3 out."


# --- postponing --------------------------------------------------------------------------------


def test_a_room_is_postponed_and_resumed_by_one_key_and_marked(at: Rounds) -> None:
    at.give("draw.without")
    room = at.stage.sheet.rooms[0]
    at.boards.go_to(room.id)
    at.press(Qt.Key.Key_F9)
    assert at.stage.sheet.rooms[0].status == "postponed"
    assert at.told[-1].sentence == (
        f"{room.name} is postponed: it counts for nothing until it is resumed.")
    row = at.boards.table.rows.shown[0]
    assert "postponed" in [getattr(cell, "aside", "") for cell in row.cells]
    at.press(Qt.Key.Key_E, CTRL)
    assert any("Postponed" in one.text() for one in at.stage.why.findChildren(QLabel))
    at.press(Qt.Key.Key_F4)
    at.press(Qt.Key.Key_F4)
    marked = [one for one in at.boards.table.rows.shown if "postponed" in [
        getattr(cell, "aside", "") for cell in one.cells]]
    assert len(marked) == 4
    at.boards.go_to(room.id)
    at.press(Qt.Key.Key_F9)
    assert at.stage.sheet.rooms[0].status == "none"
    assert at.told[-1].sentence == f"{room.name} is resumed: Round 3 waits for its ballot."


def test_the_command_says_which_setting_keeps_a_room_from_being_postponed(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with open_rounds(qtbot, tmp_path) as at:
        assert at.stage.why_not("draw.postpone") == "Nothing is drawn yet."
        at.press(Qt.Key.Key_Return, CTRL)
        at.boards.go_to(at.stage.sheet.rooms[0].id)
        assert "enable_postponements" in at.stage.why_not("draw.postpone")
        at.press(Qt.Key.Key_F9)
        assert "enable_postponements" in at.told[-1].sentence
        assert at.stage.sheet.rooms[0].status == "none"


def test_no_room_of_a_completed_round_is_postponed(at: Rounds) -> None:
    at.give("draw.without")
    with at.desk.workspace.database.write(
        actor="Ann", verb="complete", tournament=at.desk.owner.id
    ) as unit:
        unit.update(schema.round_, {at.round(3).id: {"status": "confirmed", "completed": True}})
    at.desk.settle()
    at.boards.go_to(at.stage.sheet.rooms[0].id)
    assert at.stage.why_not("draw.postpone") == "Round 3 is completed. Reopen it first."


@pytest.fixture
def typist(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Typist]:
    with at_the_desk(qtbot, tmp_path, enable_postponements=True) as found:
        yield found


def test_a_room_is_postponed_from_the_list_of_ballots(typist: Typist) -> None:
    typist.page.list.give_keys(at_top=True)
    room = typist.page.list.current
    assert room is not None
    typist.press(Qt.Key.Key_F9)
    assert typist.states()[room.name] == "postponed"
    assert "is postponed" in typist.told[-1].sentence
    typist.press(Qt.Key.Key_F9)
    assert typist.states()[room.name] == "out"


def test_an_open_ballot_is_postponed_and_says_why_it_takes_nothing(typist: Typist) -> None:
    typist.open("Room 1")
    typist.press(Qt.Key.Key_F9)
    assert typist.states()["Room 1"] == "postponed"
    assert "postponed" in typist.page.form.top.sentence
    typist.press(Qt.Key.Key_F9)
    assert typist.states()["Room 1"] == "out"
    assert not typist.page.form.is_fixed


def test_a_room_with_its_result_is_not_postponed_at_the_desk(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with at_the_desk(
        qtbot, tmp_path, enable_postponements=True, disable_ballot_confirms=True
    ) as typist:
        typist.open("Room 1")
        typist.sheet()
        typist.save()
        typist.open("Room 1")
        assert "has a confirmed ballot" in (typist.page.why_not("ballots.postpone") or "")


def test_the_desk_names_the_setting_too(qtbot: QtBot, tmp_path: Path, light: None) -> None:
    with at_the_desk(qtbot, tmp_path) as typist:
        typist.open("Room 1")
        assert "enable_postponements" in (typist.page.why_not("ballots.postpone") or "")


# --- the start ---------------------------------------------------------------------------------


def test_the_start_is_set_and_taken_out_from_the_draw(at: Rounds) -> None:
    at.press(Qt.Key.Key_T, CTRL | SHIFT)
    dialog = at.dialog()
    assert isinstance(dialog, StartDialog)
    at.type("quarter past")
    at.press(Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.form.fields["start"].state == "problem"
    at.press(Qt.Key.Key_A, CTRL)
    at.type("9.15")
    at.press(Qt.Key.Key_Return)
    assert "starts 09:15" in at.page.about.text
    at.press(Qt.Key.Key_T, CTRL | SHIFT)
    again = at.dialog()
    assert isinstance(again, StartDialog)
    assert again.start.text() == "09:15"
    at.press(Qt.Key.Key_Delete)
    at.press(Qt.Key.Key_Return, CTRL)
    with at.desk.workspace.database.read() as unit:
        assert round_facts(unit, at.round(3).id).starts_at is None
