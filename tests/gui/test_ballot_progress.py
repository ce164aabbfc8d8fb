"""How ballots came in: painted beside an empty desk and in the fold, read by arrows, as a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tabapp.core.clock import ManualClock
from tabapp.domain.archive import Archive
from tabapp.gui.pages.ballots.progress import PacePlot
from tabapp.gui.pages.ballots.progress_panel import figures_of
from tabapp.services import check_ins
from tabapp.services.chase import Pace, Progress
from tests.builders import small_archive
from tests.gui.ballot_typist import CTRL, Typist, sit_down
from tests.gui.desk import open_desk

pytestmark = pytest.mark.usefixtures("light")
START = datetime(2026, 1, 1, 10, 0, tzinfo=UTC)
HERE = Pace("Round 2", 6, (-2.0, 1.5, 4.2), (0.5, 3.0), (3.1,))
BEFORE = Pace("Round 1", 12, (2.0, 3.0, 6.0, 7.0), (2.0, 3.0), (2.5,))


@pytest.fixture
def plot(qtbot: QtBot) -> PacePlot:
    made = PacePlot()
    qtbot.addWidget(made)
    made.resize(520, 220)
    made.show_progress(Progress(HERE, START, True, BEFORE), START + timedelta(minutes=9))
    made.show()
    made.setFocus()
    return made


@pytest.fixture
def typist(qtbot: QtBot, tmp_path: Path) -> Iterator[Typist]:
    made = small_archive(12, 1, results=False)
    made["rounds"][0]["expected_end"] = "2026-01-01T10:00"
    clock = ManualClock(START + timedelta(minutes=4))
    with open_desk(
        qtbot, tmp_path, archive=Archive.model_validate(made), clock=clock
    ) as desk:  # fmt: skip
        someone = sit_down(desk)
        yield someone
        someone.page.hide()
        desk.settle()


def receive(typist: Typist) -> None:
    desk = typist.desk
    room = next(one for one in typist.page.desk.rooms if one.state == "out")
    with desk.workspace.database.write(
        actor="Ann", verb="receive", tournament=desk.owner.id
    ) as unit:
        check_ins.receive(unit, desk.owner.id, room.id)
    desk.qtbot.wait(60)  # changes are gathered for 30 ms
    desk.settle()


def test_arrows_read_the_points_one_after_the_other(plot: PacePlot) -> None:
    assert plot.points() == [-2.0, 1.5, 3.1, 4.2]
    QTest.keyClick(plot, Qt.Key.Key_Home)
    assert plot.reading() == "2 min before the end: 1 in, 0 confirmed; Round 1: 0"
    assert plot.accessibleDescription() == plot.reading()
    QTest.keyClick(plot, Qt.Key.Key_Right)
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.reading() == "3 min after the end: 2 in, 1 confirmed; Round 1: 2"
    QTest.keyClick(plot, Qt.Key.Key_Right)
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.reading().startswith("4 min after the end: 3 in")
    QTest.keyClick(plot, Qt.Key.Key_Left)
    assert plot.reading().startswith("3 min")


def test_a_plot_says_what_it_shows_and_no_word_lies_on_another(plot: PacePlot) -> None:
    assert plot.accessibleName() == (
        "How ballots of Round 2 came in: 3 of 6 in, 1 confirmed")
    for width, height in ((300, 150), (520, 220), (760, 300)):
        plot.resize(width, height)
        words = plot.words()
        assert len(words) == 3
        for at, (_text, _token, place) in enumerate(words):
            assert plot.rect().toRectF().contains(place)
            assert not any(place.intersects(other[2]) for other in words[at + 1:])
        assert not plot.grab().isNull()


def test_the_plot_shows_nought_and_goes_no_further_than_a_while_after_the_last(
    plot: PacePlot,
) -> None:
    assert plot.span() == (-2.0, 9.0)
    plot.show_progress(Progress(HERE, START, True), START + timedelta(days=3))
    assert plot.span() == (-2.0, 4.2 + 15.0)


def test_without_an_end_minutes_count_from_the_first_ballot(plot: PacePlot) -> None:
    here = Pace("Round 2", 6, (0.0, 2.0), (0.0, 2.0), ())
    plot.show_progress(Progress(here, START, False), START + timedelta(minutes=3))
    QTest.keyClick(plot, Qt.Key.Key_End)
    assert plot.reading() == "2 min after the first: 2 in, 0 confirmed"


def test_the_table_says_the_same_in_figures() -> None:
    rows = [[str(getattr(one, "text", one)) for one in row.cells] for row in figures_of(
        Progress(HERE, START, True))]
    assert rows == [
        ["−2", "1", "0", "0"], ["0", "1", "1", "0"], ["1", "2", "1", "0"],
        ["3", "2", "2", "1"], ["4", "3", "2", "1"]]


def test_an_empty_desk_shows_how_the_round_comes_in_and_follows(typist: Typist) -> None:
    shown = typist.page.nothing
    assert not shown.card.isVisible()
    receive(typist)
    assert shown.card.isVisible()
    assert shown.facts.text() == "1 of 3 in, 0 confirmed"
    receive(typist)
    assert shown.facts.text() == "2 of 3 in, 0 confirmed"


def test_reading_points_goes_on_while_ballots_come_in(typist: Typist) -> None:
    receive(typist)
    plot = typist.page.nothing.view.plot
    plot.setFocus()
    assert plot.reading().startswith("4 min after the end: 1 in")
    receive(typist)
    assert plot.hasFocus()
    typist.press(Qt.Key.Key_T)
    assert typist.page.nothing.view.table.hasFocus()
    typist.press(Qt.Key.Key_Escape)
    assert plot.hasFocus()


def test_the_fold_opens_and_closes_by_its_key_beside_an_open_ballot(typist: Typist) -> None:
    fold = typist.page.progress.fold
    typist.press(Qt.Key.Key_G, CTRL)
    assert fold.nothing.isVisible()
    receive(typist)
    assert fold.view.isVisible()
    assert not fold.nothing.isVisible()
    typist.page.open_ref("D1")
    typist.desk.settle()
    assert typist.room
    assert fold.view.isVisible()
    fold.view.setFocus()
    typist.press(Qt.Key.Key_G, CTRL)
    assert not fold.view.isVisible()
    assert typist.page.list.view.hasFocus()
