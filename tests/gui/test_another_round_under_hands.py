"""Another round is chosen while something is held or typed: the page is of that round at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tabapp.services import rounds
from tabapp.store.sheet_rows import round_facts
from tests.gui.round_desk import ALT, CTRL, SHIFT, Rounds, open_rounds
from tests.services.desk_scenes import filled, form_of, save


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Rounds]:
    """Round 1 is played, round 2 is drawn and looked at."""
    with open_rounds(qtbot, tmp_path) as found:
        desk = found.desk
        desk.play(1)
        desk.workspace.queue.submit(
            "draw.generate", tournament=desk.owner.id, round_id=found.round(2).id, seed=1,
            confirm=True).wait(20)
        desk.session.set_round(found.round(2).id)
        desk.settle()
        yield found


def _start(at: Rounds, seq: int) -> str | None:
    with at.desk.workspace.database.read() as unit:
        return round_facts(unit, at.round(seq).id).starts_at


def test_a_lifted_team_is_put_back_and_the_other_round_is_shown(at: Rounds) -> None:
    at.press(Qt.Key.Key_2, ALT)
    at.stage.setFocus()
    at.boards.lift(at.stage.sheet.rooms[0].teams[0].id)
    at.desk.session.set_round(at.round(1).id)
    at.desk.settle()
    assert not at.boards.lifted
    assert (at.page.title.text(), at.stage.sheet.title) == ("Round 1", "Round 1")


def test_what_came_while_a_team_was_lifted_is_read_when_it_is_put_back(at: Rounds) -> None:
    at.press(Qt.Key.Key_2, ALT)
    at.stage.setFocus()
    at.boards.lift(at.stage.sheet.rooms[0].teams[0].id)
    second = at.round(2).id
    with at.desk.workspace.database.write(tournament=at.desk.owner.id) as unit:
        rounds.release_draw(unit, second)
    at.desk.settle()
    assert at.stage.sheet.round.status == "confirmed"
    at.press(Qt.Key.Key_Escape)
    assert at.stage.sheet.round.status == "released"


def test_a_time_that_was_typed_for_the_round_before_is_not_set(at: Rounds) -> None:
    at.press(Qt.Key.Key_5, ALT)
    at.press(Qt.Key.Key_F2)
    at.type("half past")
    at.desk.session.set_round(at.round(1).id)
    at.desk.settle()
    assert (at.page.title.text(), at.stage.list.title) == ("Round 1", "Round 1")
    assert at.stage.start.text() == ""
    at.press(Qt.Key.Key_Return)
    assert (_start(at, 1), _start(at, 2)) == (None, None)


def test_nothing_is_done_while_another_round_is_being_read(at: Rounds) -> None:
    at.press(Qt.Key.Key_2, ALT)
    at.desk.session.set_round(at.round(1).id)
    at.stage.run("draw.unconfirm")
    at.desk.settle()
    assert at.told[-1].sentence == "The round is being read."
    assert (at.round(1).status, at.round(2).status) == ("released", "confirmed")


def test_a_ballot_that_comes_during_the_question_keeps_the_draw_and_asks_anew(
    at: Rounds,
) -> None:
    at.press(Qt.Key.Key_2, ALT)
    seed, ref = at.round(2).draw_seed, at.stage.sheet.rooms[0].ref
    at.press(Qt.Key.Key_D, CTRL | SHIFT)
    form = form_of(at.desk.workspace, ref)
    save(at.desk.workspace, form, filled(form))
    at.desk.settle()
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.round(2).draw_seed == seed
    assert "since the question" in at.banner()
    at.press(Qt.Key.Key_F7)
    assert "1 ballot" in " ".join(one.text() for one in at.dialog().findChildren(QLabel))
    at.press(Qt.Key.Key_Return, CTRL)
    assert at.round(2).draw_seed != seed


def test_completing_a_round_moves_nobody_who_went_elsewhere(at: Rounds) -> None:
    first = at.round(1)
    with at.desk.workspace.database.write(tournament=at.desk.owner.id) as unit:
        rounds.reopen_round(unit, first.id)
    at.desk.session.set_round(first.id)
    at.press(Qt.Key.Key_7, ALT)
    at.stage.run("complete.step")
    at.desk.session.go("overview")
    at.desk.settle()
    assert at.round(1).completed
    assert at.went[-1] == ("overview", None)
    assert at.desk.session.round_id == first.id
