"""Ballots that are late: marks in the list, forfeits by the clock, the deadlines of a round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tabapp.domain.deadlines import FlagKind
from tabapp.gui.dialogs.round_deadlines import DeadlinesDialog, forecast
from tabapp.gui.frame.panes import banner_to_answer
from tabapp.gui.pages.ballots.form import Mode
from tabapp.gui.pages.ballots.room_words import status_words
from tabapp.gui.pages.ballots.versions import VersionsDialog
from tabapp.services import deadlines
from tabapp.services.ballot_bundle import ballot_of_bundle, blank_bundle
from tabapp.services.ballot_form import read_form
from tabapp.services.ballots import Entry, enter_ballots
from tabapp.services.rounds import set_start
from tabapp.store import schema
from tabapp.store.flag_rows import insert_flags
from tests.gui.ballot_typist import CTRL, SHIFT, Typist, at_the_desk

pytestmark = pytest.mark.usefixtures("light")
AT = r"Warns at ([^,]+ )?{}, acts at ([^,]+ )?{}\."
"""With the day where the nearest time of that name is not today's."""
SINCE = datetime(2026, 1, 1, 10, 31, tzinfo=UTC)


@pytest.fixture
def typist(qtbot: QtBot, tmp_path: Path) -> Iterator[Typist]:
    with at_the_desk(qtbot, tmp_path) as someone:
        yield someone


def mark(
    typist: Typist, ref: str, kind: FlagKind = "overdue", **facts: str
) -> None:
    desk = typist.desk
    with desk.workspace.database.write(
        actor="clock", verb="mark", tournament=desk.owner.id
    ) as unit:
        debate = unit.scalar(select(schema.debate.c.id).where(schema.debate.c.ref == ref))
        assert debate is not None
        insert_flags(
            unit, [(debate, kind, SINCE, facts or {"why": "forfeit_nobody_absent"})])
    desk.settle()


def forfeit_of_the_clock(typist: Typist) -> None:
    """Let the clock enter a ballot that counts for Room 2, and flag it as its forfeit."""
    desk = typist.desk
    with desk.workspace.database.read() as unit:
        form = read_form(unit, desk.owner.id, "D2", "clock")
    marks = {key: str(70 + i) for i, key in enumerate(form.sheet.keys)}
    bundle = blank_bundle(form.sheet)
    bundle.sheet().scores.update(marks)
    ballot = ballot_of_bundle(form.sheet, bundle)
    ballot.status, ballot.entered_by, ballot.confirmed_by = "confirmed", "clock", "clock"
    with desk.workspace.database.write(
        actor="clock", verb="enter the forfeit of", subject="Team 3, Round 1, Room 2",
        tournament=desk.owner.id,
    ) as unit:
        enter_ballots(unit, desk.owner, [Entry(1, "D2", ballot)])
        insert_flags(unit, [(form.room.id, "forfeited", SINCE, {"teams": "Team 3"})])
    desk.settle()


def dialog(typist: Typist) -> DeadlinesDialog:
    found = typist.page.findChild(DeadlinesDialog)
    assert found is not None
    typist.desk.qtbot.waitUntil(found.isActiveWindow)
    return found


def held(typist: Typist) -> deadlines.RoundDeadlines:
    desk = typist.desk
    with desk.workspace.database.read() as unit:
        return deadlines.read_deadlines(unit, desk.rounds()[0].id, desk.workspace.clock.now())


def words(typist: Typist) -> list[str]:
    return [status_words(room)[0] for room in typist.page.list.ordered()]


def test_a_late_room_stands_first_says_so_and_its_mark_can_be_taken_off(typist: Typist) -> None:
    mark(typist, "D2")
    page = typist.page
    first = page.list.ordered()[0]
    assert first.row.ref == "D2"
    assert status_words(first) == ("Overdue", f"{SINCE.astimezone():%H:%M}")
    model = page.list.rooms
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert "The ballot is overdue. Nobody forfeits" in said
    page.list.view.setCurrentIndex(model.index(0))
    page.list.view.setFocus()
    typist.press(Qt.Key.Key_M, CTRL)
    assert "Overdue" not in words(typist)
    assert typist.told[-1].action == "Undo"
    page.list.view.setCurrentIndex(model.index(0))
    assert "not marked" in page.late.can_lift()
    undo = typist.told[-1].run
    assert undo is not None
    undo()
    typist.desk.settle()
    assert words(typist)[0] == "Overdue"


def test_the_deadlines_of_a_round_are_paused_and_go_on(typist: Typist) -> None:
    page = typist.page
    assert page.late.can_pause() == ""
    page.late.pause()
    typist.desk.settle()
    assert page.list.paused.isVisible()
    page.list.paused.button.setFocus()
    typist.press(Qt.Key.Key_Space)
    assert not page.list.paused.isVisible()


@pytest.mark.parametrize(("kind", "word"), [
    ("warning", "Due soon"), ("overdue", "Overdue"), ("unconfirmed", "Waits too long")])
def test_each_mark_is_a_word_of_its_own(typist: Typist, kind: FlagKind, word: str) -> None:
    mark(typist, "D1", kind)
    assert word in words(typist)


def test_a_forfeit_by_the_clock_says_so_at_its_ballot_and_can_be_taken_back_there(
    typist: Typist,
) -> None:
    forfeit_of_the_clock(typist)
    assert "Forfeited" in words(typist)
    typist.open("Room 2")
    said = typist.page.form.notices[0].sentence
    assert said.startswith("Team 3 forfeited: nobody of them checked in. The clock entered it at")
    assert typist.page.late.can_lift()  # its ballot says it: there is no mark to take off
    assert typist.page.form.top.answer()  # F7
    typist.desk.settle()
    assert typist.states()["Room 2"] == "out"
    assert typist.mode is Mode.ENTER
    assert typist.page.form.notices == []


def test_the_history_of_a_room_tells_who_did_what_and_when(typist: Typist) -> None:
    typist.open("Room 2")
    typist.page.form.show_versions()
    typist.desk.settle()
    (found,) = typist.page.findChildren(VersionsDialog)
    assert (found.rows.rowCount(), found.moments.rowCount()) == (0, 0)
    found.accept()
    typist.page.activateWindow()
    typist.desk.qtbot.waitUntil(typist.page.isActiveWindow)
    typist.open("Room 1")
    typist.sheet()
    typist.save()
    typist.open("Room 1")
    typist.save()
    typist.open("Room 1")
    typist.press(Qt.Key.Key_V, CTRL | SHIFT)
    (found,) = [one for one in typist.page.findChildren(VersionsDialog) if one.isVisible()]
    model = found.moments
    assert [model.index(i, 2).data() for i in range(model.rowCount())] == [
        "The ballot was entered.", "The ballot was checked.", "The ballot was confirmed."]
    assert model.index(0, 3).data() == typist.desk.session.actor
    found.accept()


# --- the deadlines of a round ------------------------------------------------------------------


def test_the_deadlines_of_a_round_are_set_by_keys_with_a_look_ahead_and_undone(
    typist: Typist,
) -> None:
    typist.press(Qt.Key.Key_D, CTRL)
    shown = dialog(typist)
    assert shown.windowTitle() == "Deadlines of Round 1"
    assert shown.timeout_minutes.placeholderText() == "as the settings say (20)"
    assert shown.expected_end.hasFocus()
    QTest.keyClicks(shown.expected_end, "15:42")
    assert re.fullmatch(AT.format("15:52", "16:02"), shown.preview.text())
    QTest.keyClick(shown.expected_end, Qt.Key.Key_Tab)
    assert shown.timeout_minutes.hasFocus()
    QTest.keyClicks(shown.timeout_minutes, "30")
    QTest.keyClick(shown.timeout_minutes, Qt.Key.Key_Tab)
    QTest.keyClicks(shown.warning_minutes, "5")
    assert re.fullmatch(AT.format("16:07", "16:12"), shown.preview.text())
    QTest.keyClick(shown.warning_minutes, Qt.Key.Key_Return, CTRL)
    typist.desk.settle()
    now = held(typist)
    assert (now.round.expected_end, now.round.own) == (
        "15:42", {"timeout_minutes": 30, "warning_minutes": 5})
    action = typist.desk.workspace.database.history(typist.desk.owner.id)[0]
    assert (action.verb, action.subject) == ("set the deadlines of", "Round 1")
    typist.desk.session.undo()
    typist.desk.settle()
    assert (held(typist).round.expected_end, held(typist).round.own) == (None, None)


def test_what_is_wrong_stands_at_its_field_and_nothing_is_stored(typist: Typist) -> None:
    typist.press(Qt.Key.Key_D, CTRL)
    shown = dialog(typist)
    QTest.keyClicks(shown.expected_end, "25:99")
    assert shown.form.fields["expected_end"].state == "problem"
    assert shown.preview.text() == forecast(held(typist))  # as though it were blank
    QTest.keyClick(shown.expected_end, Qt.Key.Key_Tab)
    QTest.keyClicks(shown.timeout_minutes, "ten")
    QTest.keyClick(shown.timeout_minutes, Qt.Key.Key_Return, CTRL)
    typist.desk.settle()
    assert shown.isVisible()
    assert shown.form.fields["timeout_minutes"].state == "problem"
    assert shown.expected_end.hasFocus()
    assert held(typist).round.own is None
    QTest.keyClick(shown.expected_end, Qt.Key.Key_Escape)
    typist.desk.settle()


def test_the_key_of_the_open_ballot_lets_no_paused_round_go_on(typist: Typist) -> None:
    typist.page.late.pause()
    typist.desk.settle()
    assert typist.page.list.paused.isVisible()
    assert banner_to_answer(typist.page) is None


def test_a_round_is_paused_and_nothing_else_of_it_changed_in_its_dialog(typist: Typist) -> None:
    typist.press(Qt.Key.Key_D, CTRL)
    shown = dialog(typist)
    shown.action.setCurrentIndex(shown.action.findData("none"))
    assert shown.preview.text() == "Nothing is done about late ballots."
    shown.action.setCurrentIndex(0)
    shown.paused.setFocus()
    QTest.keyClick(shown.paused, Qt.Key.Key_Space)
    assert shown.preview.text().startswith("Paused")
    QTest.keyClick(shown.paused, Qt.Key.Key_Return, CTRL)
    typist.desk.settle()
    assert held(typist).round.own == {"paused": True}
    assert typist.page.list.paused.isVisible()


def test_an_end_that_nobody_set_is_shown_as_worked_out(typist: Typist) -> None:
    desk = typist.desk
    with desk.workspace.database.write(
        actor="Ann", verb="change", tournament=desk.owner.id
    ) as unit:
        set_start(unit, desk.rounds()[0].id, "14:31")
    desk.settle()
    typist.press(Qt.Key.Key_D, CTRL)
    shown = dialog(typist)
    assert shown.expected_end.placeholderText().endswith("15:42")
    assert shown.expected_end.placeholderText().startswith("worked out: ")
    assert shown.preview.text().endswith("16:02.")
    QTest.keyClick(shown.expected_end, Qt.Key.Key_Escape)
    desk.settle()
