"""What is said above a draw goes when it holds no more, and is said of no other round."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tabapp.services import availability, rounds
from tabapp.services.draw_sheet import read_sheet
from tabapp.services.tournament_settings import change_settings
from tests.gui.round_desk import CTRL, Rounds, open_rounds
from tests.gui.test_draw_waiting import waiting_archive


@pytest.fixture
def waiting(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Rounds]:
    """Round 3 is looked at and not drawn; round 2 misses ballots."""
    with open_rounds(qtbot, tmp_path, archive=waiting_archive()) as found:
        found.desk.session.set_round(found.round(3).id)
        found.desk.settle()
        yield found


@pytest.fixture
def fresh(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Rounds]:
    with open_rounds(qtbot, tmp_path) as found:
        yield found


def set_here(at: Rounds, team: int, *, here: bool) -> None:
    first = at.round(1).id
    with at.desk.workspace.database.write(tournament=at.desk.owner.id) as unit:
        availability.set_here(unit, first, "team", [team], here=here)
    at.desk.settle()


def some_team(at: Rounds) -> int:
    with at.desk.workspace.database.read() as unit:
        return availability.read_availability(unit, at.round(1).id).rows["team"][0].id


def test_that_ballots_are_missing_is_said_until_none_is(waiting: Rounds) -> None:
    at = waiting
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.banner().startswith("Round 2 misses")
    at.stage.reload()
    at.desk.settle()
    assert at.banner().startswith("Round 2 misses")
    second = at.round(2).id
    with at.desk.workspace.database.write(tournament=at.desk.owner.id) as unit:
        rounds.delete_draw(unit, second)
    at.desk.settle()
    assert at.banner() == ""


def test_that_teams_do_not_fill_rooms_is_said_until_they_do(fresh: Rounds) -> None:
    at, team = fresh, some_team(fresh)
    set_here(at, team, here=False)
    at.press(Qt.Key.Key_Return, CTRL)
    assert "15 teams" in at.banner()
    set_here(at, team, here=True)
    assert at.banner() == ""


def test_a_refusal_that_is_ahead_of_what_is_read_stays(fresh: Rounds) -> None:
    at, team = fresh, some_team(fresh)
    before = at.stage.sheet
    set_here(at, team, here=False)
    at.stage.saying.refuse(before, "draw_team_count", "15 teams do not fill rooms of 4.")
    at.stage.saying.show_sheet(before)  # a reading of the moment before comes once more
    at.desk.settle()
    assert at.banner() == "15 teams do not fill rooms of 4."
    at.stage.saying.show_sheet(at.stage.sheet)
    at.desk.settle()
    assert at.banner() == "15 teams do not fill rooms of 4."
    set_here(at, team, here=True)
    assert at.banner() == ""


def test_why_a_round_is_not_drawn_is_a_toast_where_another_is_looked_at(waiting: Rounds) -> None:
    at = waiting
    at.stage.making.draw()
    at.desk.session.set_round(at.round(1).id)
    at.desk.settle()
    assert at.stage.sheet.title == "Round 1"
    assert at.banner() == ""
    assert at.told[-1].tone == "problem"
    assert "Round 2" in at.told[-1].sentence


def test_the_round_that_is_being_drawn_is_named_beside_another(waiting: Rounds) -> None:
    at = waiting
    with at.desk.workspace.database.read() as unit:
        other = read_sheet(unit, at.round(1).id)
    at.stage.making.draw()
    at.stage.making.show_sheet(other)
    assert at.stage.making.sentence.text() == "Round 3 is being drawn."
    at.desk.settle()


def test_the_end_of_a_draw_takes_no_true_word_away(fresh: Rounds) -> None:
    at, tournament = fresh, fresh.desk.owner.id
    at.press(Qt.Key.Key_Return, CTRL)
    at.desk.session.write(
        at.stage, "set", lambda unit: change_settings(
            unit, tournament, {"draw_side_allocations": "random"}))
    at.desk.settle()
    assert at.banner().startswith("Results, people or settings have changed since")
    at.stage.making.made.emit(at.round(1).id)  # its end, heard after the draw was read
    assert at.banner().startswith("Results, people or settings have changed since")
