"""What the Break page offers next, and that it comes without another window."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from tabapp.gui.dialogs.base import Question
from tabapp.gui.pages.breaks.layout import Layout
from tabapp.services import people
from tabapp.services.elimination import Bracket, BracketRoom, BracketRound
from tabapp.services.elimination_shape import shape_of
from tabapp.store import schema
from tests.gui.test_break_page import Scene, played, scene
from tests.services.out_rounds import pairs


@pytest.fixture
def sixteen(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Scene]:
    with scene(qtbot, tmp_path, played(16)) as made:
        yield made


def test_the_next_step_leads_from_the_break_to_its_first_round(sixteen: Scene) -> None:
    page = sixteen.page
    assert page.step.text() == "Make break"
    assert page.make.isHidden()
    sixteen.run("break.step")
    assert page.step.text() == "Create elimination rounds"
    sixteen.run("break.step")
    assert sixteen.told[-1].sentence == "3 elimination rounds made."
    assert page.step.text() == "Open Quarterfinals"
    sixteen.run("break.step")
    assert sixteen.went == [("rounds/draw", None)]
    assert sixteen.desk.session.round_id == sixteen.room.rounds()[0].id


def test_making_the_page_shows_no_other_window(
    qtbot: QtBot, tmp_path: Path, qapp: QApplication, light: None
) -> None:
    shown: list[QWidget] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and (
                watched.isWindow()
            ):
                shown.append(watched)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    try:
        with scene(qtbot, tmp_path, played(8)) as made:
            assert shown == [made.page]
    finally:
        qapp.removeEventFilter(watch)


@pytest.fixture
def pairs_of_four(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Scene]:
    with scene(qtbot, tmp_path, pairs(4, 8)) as made:
        made.run("break.step")
        made.run("break.step")
        yield made


def withdraw(made: Scene, team: str) -> None:
    with made.room.work.database.write(tournament=made.room.owner.id) as unit:
        row = unit.scalar(select(schema.team.c.id).where(schema.team.c.ref == team))
        people.withdraw(unit, made.room.owner.id, "team", [row])
    made.settle()
    made.page.reload()
    made.settle()


def test_the_next_team_steps_up_for_a_withdrawn_one_and_back(pairs_of_four: Scene) -> None:
    made = pairs_of_four
    page = made.page
    assert "Nobody who breaks is withdrawn" in (page.why_not("break.step_up") or "")
    assert made.teams() == ["Team 01", "Team 02", "Team 03", "Team 04"]
    withdraw(made, "T2")
    assert made.banners() == [
        "Withdrawn after the break: Team 02. Next in line: Team 05."]
    made.run("break.step_up")
    question = page.findChildren(Question)[0]
    assert any("Team 05" in one.text() for one in question.findChildren(QLabel))
    made.press(Qt.Key.Key_Return, question.do)
    assert made.room.seeds() == {"T1": 1, "T3": 2, "T4": 3, "T5": 4}
    assert made.remark_of("T2").startswith("Withdrawn")
    assert made.banners() == []
    made.desk.session.undo()
    made.settle()
    assert made.room.seeds() == {"T1": 1, "T2": 2, "T3": 3, "T4": 4}


def test_a_bracket_of_two_is_walked_and_told_in_words(
    qtbot: QtBot, tmp_path: Path, light: None
) -> None:
    with scene(qtbot, tmp_path, pairs(5, 8)) as made:
        made.run("break.step")
        view = made.page.picture.bracket
        assert view.text().splitlines()[:2] == [
            "Partial Quarterfinals, room 4 (not drawn): 4 Team 04, 5 Team 05",
            "Semifinals, room 1 (not drawn): 1 Team 01"]
        view.setFocus()
        made.press(Qt.Key.Key_Home, view)
        assert view.current == (0, 4)
        made.press(Qt.Key.Key_Right, view)
        assert view.current == (1, 1)
        made.press(Qt.Key.Key_Down, view)
        assert view.current == (1, 2)
        made.press(Qt.Key.Key_Left, view)  # both of this room waited
        assert view.current == (1, 2)


@pytest.mark.parametrize("teams", [2, 3, 5, 11, 22, 33, 64])
def test_rooms_of_a_bracket_never_overlap_and_lines_never_cross(
    qtbot: QtBot, teams: int
) -> None:
    shape = shape_of(teams, 2)
    columns = tuple(
        BracketRound(None, "Round", "Round", tuple(
            BracketRoom(rank, None, None, (), shape.fed_by(number, rank), decided=False)
            for rank in shape.ranks(number)), drawn=False)
        for number in range(shape.rounds))
    ways = Layout(Bracket(columns, None))
    assert len(ways.boxes) == teams - 1
    for number in range(shape.rounds):
        places = [ways.boxes[key].place for key in ways.column(number)]
        assert all(above.bottom() < below.top() for above, below in pairwise(places))
        following = [
            ways.boxes[to].place.top() for key in ways.column(number)
            if (to := ways.next_of(key)) is not None]
        assert following == sorted(following)
        for key in ways.column(number):
            feeders = [ways.boxes[one].place.center().y() for one in ways.feeders_of(key)]
            middle = ways.boxes[key].place.center().y()
            assert not feeders or min(feeders) <= middle <= max(feeders)
