"""A round from its draw to its completion, by keys alone, in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tabapp.gui.dialogs.round_deadlines import DeadlinesDialog
from tabapp.gui.pages.rounds.parts import CheckRow
from tabapp.store import schema
from tests.gui.round_desk import ALT, CTRL, SHIFT, Rounds, open_rounds


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Rounds]:
    with open_rounds(qtbot, tmp_path) as found:
        yield found


@pytest.fixture
def drawn(at: Rounds) -> Rounds:
    at.press(Qt.Key.Key_Return, CTRL)
    return at


def test_a_round_is_drawn_confirmed_released_and_taken_back_by_keys(at: Rounds) -> None:
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.round().status == "draft"
    assert at.page.badge.text == "Draft"
    assert len(at.boards.table.rows.shown) == 4
    assert at.boards.table.hasFocus()
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.round().status == "confirmed"
    assert at.page.badge.text == "Draw confirmed"
    at.press(Qt.Key.Key_5, ALT)
    assert at.page.stage == "release"
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.dialog().windowTitle() == "Release Round 1?"
    at.type("the rooms follow")
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.round().status == "released"
    assert at.page.badge.text == "Released"
    assert at.stage.release.text() == "Go on to the ballots"
    at.top()
    assert at.stage.release.hasFocus()  # Enter twice does not take it back
    at.press(Qt.Key.Key_Tab, SHIFT)
    at.press(Qt.Key.Key_Space)
    assert at.round().status == "confirmed"
    assert at.stage.release.hasFocus()
    at.press(Qt.Key.Key_Z, CTRL)
    assert at.round().status == "released"
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.went[-1] == ("ballots", None)


def test_the_deadlines_of_a_round_are_set_before_its_release(drawn: Rounds) -> None:
    drawn.press(Qt.Key.Key_5, ALT)
    drawn.press(Qt.Key.Key_D, CTRL)
    shown = drawn.dialog()
    assert isinstance(shown, DeadlinesDialog)
    assert shown.preview.text().startswith("Nothing tells yet when Round 1 ends.")
    drawn.type("18:30")
    assert shown.preview.text().startswith("Once the draw is released: warns at ")
    drawn.press(Qt.Key.Key_Return, CTRL)
    assert drawn.told[-1].sentence == "The deadlines of Round 1 are set."
    drawn.give("release.deadlines")
    shown = drawn.dialog()
    assert isinstance(shown, DeadlinesDialog)
    assert shown.expected_end.text() == "18:30"
    drawn.press(Qt.Key.Key_Escape)


def test_a_round_is_completed_with_a_reason_and_the_next_one_comes(drawn: Rounds) -> None:
    at = drawn
    at.press(Qt.Key.Key_Return, CTRL)
    at.press(Qt.Key.Key_7, ALT)
    at.press(Qt.Key.Key_Return, CTRL)
    at.press(Qt.Key.Key_Return, CTRL)
    reason = at.dialog().findChildren(QLineEdit)[0]
    assert reason.property("state") == "problem"
    at.type("the papers were lost")
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.round().completed
    assert at.desk.session.round_id == at.round(2).id
    assert at.page.title.text() == "Round 2"
    assert at.went[-1][0] == "rounds/availability"
    history = at.desk.workspace.database.history(at.desk.owner.id, limit=1)
    assert (history[0].verb, history[0].new) == ("complete", "the papers were lost")
    with at.desk.workspace.database.read() as unit:
        assert unit.rows(schema.standing.select())
    at.press(Qt.Key.Key_Z, CTRL)
    assert not at.round().completed


def test_a_completed_round_is_opened_again(at: Rounds) -> None:
    at.desk.play(1)
    at.desk.settle()
    at.press(Qt.Key.Key_7, ALT)
    assert at.page.badge.text == "Completed"
    assert at.stage.complete.text() == "See what comes next"
    at.press(Qt.Key.Key_Tab, SHIFT)
    at.press(Qt.Key.Key_Space)
    assert not at.round().completed
    at.press(Qt.Key.Key_Return, CTRL)  # all ballots are in, so nothing is asked
    assert at.round().completed


def test_after_the_last_round_the_overview_says_what_comes(at: Rounds) -> None:
    at.desk.play(len(at.desk.rounds()))
    at.desk.settle()
    at.desk.session.set_round(at.desk.rounds()[-1].id)
    at.press(Qt.Key.Key_7, ALT)
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.went[-1] == ("overview/now", None)


def test_a_number_of_teams_that_does_not_fill_rooms_is_said_in_place_with_its_fix(
    at: Rounds,
) -> None:
    team = schema.team
    with at.desk.workspace.database.write(tournament=at.desk.owner.id) as unit:
        ids = [row.id for row in unit.rows(team.select())][:2]
        unit.insert(schema.absent_team, [
            {"round_id": at.round().id, "team_id": one} for one in ids])
    at.desk.settle()
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.banner().startswith("14 teams do not fill rooms of 4.")
    at.press(Qt.Key.Key_F7)
    assert at.went[-1] == ("rounds/availability", None)


def test_missing_results_keep_a_round_from_being_drawn_until_somebody_says_so(
    at: Rounds,
) -> None:
    at.desk.play(1)
    ballot = schema.ballot
    with at.desk.workspace.database.write(tournament=at.desk.owner.id) as unit:
        unit.update(ballot, {unit.rows(ballot.select())[0].id: {"status": "discarded"}})
    at.desk.session.set_round(at.round(2).id)
    at.desk.settle()
    assert "Round 1 misses 1 ballot." in at.stage.making.line.text()
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.banner().startswith("Round 1 misses 1 ballot.")
    assert at.round(2).status == "none"
    at.press(Qt.Key.Key_F7)
    assert at.round(2).status == "draft"
    assert at.banner() == ""


def test_a_start_time_is_typed_and_a_wrong_one_is_said_at_its_field(drawn: Rounds) -> None:
    at = drawn
    at.press(Qt.Key.Key_5, ALT)
    at.press(Qt.Key.Key_F2)
    at.type("half past")
    at.press(Qt.Key.Key_Return)
    assert at.stage.start_field.state == "problem"
    at.press(Qt.Key.Key_A, CTRL)
    at.type("1430")
    at.press(Qt.Key.Key_Return)
    assert at.stage.start_field.state == ""
    assert at.stage.start.text() == "14:30"
    assert "starts 14:30" in at.page.about.text


def test_a_line_of_the_checklist_leads_to_its_fix(drawn: Rounds) -> None:
    at = drawn
    at.press(Qt.Key.Key_5, ALT)
    row = next(
        one for one in at.stage.findChildren(CheckRow) if one.item.key == "draw")
    row.button.setFocus()
    at.press(Qt.Key.Key_Space)
    assert at.page.stage == "draw"
    assert at.page.show_stage("release").why_not("release.draw") == (
        "The draw is a draft. Confirm it first.")


def test_the_ballots_stage_leads_to_the_ballots(drawn: Rounds) -> None:
    at = drawn
    at.press(Qt.Key.Key_6, ALT)
    assert at.stage.figure.text() == "0 of 4"
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.went[-1] == ("ballots", None)


def test_where_all_ballots_are_in_the_ballots_stage_leads_to_completion(at: Rounds) -> None:
    at.desk.play(1)
    at.desk.settle()
    at.press(Qt.Key.Key_6, ALT)
    assert at.stage.open.text() == "Go on to completion"
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.went[-1] == ("rounds/complete", None)


def test_ctrl_page_down_goes_to_the_next_round(at: Rounds) -> None:
    at.press(Qt.Key.Key_PageDown, CTRL)
    assert at.page.title.text() == "Round 2"
    at.press(Qt.Key.Key_PageUp, CTRL)
    at.press(Qt.Key.Key_PageUp, CTRL)
    assert at.page.title.text() == "Round 1"
    assert at.told[-1].sentence == "This is the first round."


def test_without_rounds_the_page_leads_to_settings(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with open_rounds(qtbot, tmp_path, rounds=1) as at:
        with at.desk.workspace.database.write(tournament=at.desk.owner.id) as unit:
            gone = [row.id for row in unit.rows(schema.round_motion.select())]
            unit.delete(schema.round_motion, gone)
            unit.delete(schema.round_, [row.id for row in unit.rows(schema.round_.select())])
        at.desk.settle()
        assert at.page._empty.isVisible()
        at.page._empty.button.setFocus()
        at.press(Qt.Key.Key_Space)
        assert at.went[-1] == ("settings", "rounds")


