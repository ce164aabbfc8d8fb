"""Every number of a table explained, by keyboard: the popover, its terms, the way to the ballot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tabapp.gui.pages.results.page import ResultsPage
from tabapp.gui.pages.results.popover import NumberPopover
from tests.gui.desk import Desk, open_desk

pytestmark = pytest.mark.usefixtures("light")
LEFT, RIGHT, DOWN, ENTER = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return)


class Reader:
    """Somebody with the results on the screen and hands on the keys."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.window = QWidget()
        desk.qtbot.addWidget(self.window)
        self.window.resize(1310, 690)
        self.page = ResultsPage(desk.session)
        QVBoxLayout(self.window).addWidget(self.page)
        self.went: list[tuple[str, object]] = []
        desk.session.went.connect(lambda place, target: self.went.append((place, target)))
        self.window.show()
        desk.qtbot.waitExposed(self.window)
        desk.settle()
        self.page.table.setFocus()

    def press(self, key: Qt.Key, *, ctrl: bool = False) -> None:
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        target = QApplication.focusWidget()
        assert target is not None
        self.desk.qtbot.keyClick(target, key, held)
        self.desk.settle()

    def go_to(self, row: int, column: str) -> None:
        keys = [one.key for one in self.page.rows.columns]
        table = self.page.table
        table.go_to_cell(row, 1)
        table.setFocus()
        way = keys.index(column) - 1
        for _ in range(abs(way)):
            self.press(RIGHT if way > 0 else LEFT)
        assert keys[table.currentIndex().column()] == column

    @property
    def popover(self) -> NumberPopover:
        found = self.page.explainer.popover
        assert found is not None
        return found

    @property
    def title(self) -> str:
        return self.popover.title.text() if self.page.explainer.is_open else ""

    def total(self) -> str:
        shown = self.popover.shown
        assert shown is not None
        assert shown.grid.total is not None
        return shown.grid.total.cells[-1]


@pytest.fixture
def at(qtbot: QtBot, tmp_path: Path) -> Iterator[Reader]:
    with open_desk(qtbot, tmp_path, teams=16, rounds=3) as desk:
        desk.play(3)
        yield Reader(desk)


def test_enter_on_a_number_shows_its_terms_and_escape_goes_back(at: Reader) -> None:
    at.go_to(2, "value:points")
    at.press(ENTER)
    name = at.page.rows.shown[2].cells[1]
    points = at.page.rows.shown[2].cells[3]
    assert isinstance(points, float)
    assert at.title == f"{name}: points {points:g}"
    assert at.total() == f"{points:g}"
    shown = at.popover.shown
    assert shown is not None
    assert len(shown.grid.lines) == 3
    at.press(Qt.Key.Key_Escape)
    assert not at.page.explainer.is_open
    assert at.page.table.hasFocus()


def test_arrows_go_from_number_to_number_and_pass_the_names(at: Reader) -> None:
    at.go_to(0, "value:points")
    at.press(ENTER)
    at.press(LEFT)
    assert at.title.endswith(": rank 1")
    at.press(RIGHT)
    assert ": points " in at.title
    at.press(DOWN)
    assert at.title.startswith(str(at.page.rows.shown[1].cells[1]))
    at.press(RIGHT)
    assert ": total speaker score " in at.title


def test_the_popover_never_covers_the_row_that_it_explains(at: Reader) -> None:
    table = at.page.table
    for row in (0, 7, len(at.page.rows.shown) - 1):
        at.page.explainer.close()
        at.go_to(row, "value:points")
        at.press(ENTER)
        cell = table.visualRect(table.currentIndex())
        top = table.viewport().mapTo(at.window, cell.topLeft()).y()
        panel = at.popover.panel().translated(at.popover.pos())
        assert panel.bottom() < top or panel.top() >= top + cell.height()
        assert at.window.rect().contains(panel)


def test_enter_again_opens_the_ballot_and_ctrl_c_copies_the_terms(at: Reader) -> None:
    at.go_to(0, "R2")
    at.press(ENTER)
    assert at.title.endswith(": Round 2")
    at.press(Qt.Key.Key_C, ctrl=True)
    text = QGuiApplication.clipboard().text()
    assert text.splitlines()[0] == at.title
    assert text.count("\t") >= 4 * 4
    ballot = at.popover.shown.ballot if at.popover.shown else None
    assert isinstance(ballot, int)
    at.press(ENTER)
    assert at.went == [("ballots", ballot)]
    assert not at.page.explainer.is_open


def test_enter_on_a_name_opens_the_team_under_people(at: Reader) -> None:
    at.go_to(3, "name")
    at.press(ENTER)
    assert at.went == [("people", ("team", at.page.rows.shown[3].key))]
    assert not at.page.explainer.is_open


def test_a_click_on_a_number_explains_it_too(at: Reader) -> None:
    table = at.page.table
    column = [one.key for one in at.page.rows.columns].index("value:points")
    cell = table.visualRect(at.page.rows.index(1, column))
    at.desk.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
    at.desk.settle()
    assert ": points " in at.title


def test_the_rank_says_which_metric_parts_a_team_from_the_one_above(at: Reader) -> None:
    at.go_to(1, "rank")
    at.press(ENTER)
    shown = at.popover.shown
    assert shown is not None
    above = at.page.rows.shown[0].cells[1]
    assert shown.remark.startswith(f"Below {above} by ")
    strong = [line for line in shown.grid.lines if line.strong]
    assert len(strong) == 1
    assert strong[0].cells[1] != strong[0].cells[2]


def test_the_line_of_the_break_stands_below_the_last_that_breaks(at: Reader) -> None:
    lines = [(i, row.line) for i, row in enumerate(at.page.rows.shown) if row.line]
    table = at.page._found
    assert table is not None
    assert table.line is not None
    assert lines[0][0] == table.line.rows
    assert lines[0][1].startswith(f"{table.line.size} break, as it stands")
    at.page.request = at.page.request.__class__(metrics=("speaks_sum",))
    at.page.reload()
    at.desk.settle()
    assert not any(row.line for row in at.page.rows.shown)


def test_each_table_remembers_what_it_was_asked_to_rank_by(at: Reader) -> None:
    at.page._on_metrics_chosen(("speaks_sum",), ("points",))
    at.desk.settle()
    at.page.run("results.speakers")
    at.desk.settle()
    assert at.page.request.metrics is None
    at.page.run("results.teams")
    at.desk.settle()
    assert at.page.request.metrics == ("speaks_sum",)


def test_ctrl_e_explains_and_says_where_there_is_nothing_to_explain(at: Reader) -> None:
    told: list[str] = []
    at.desk.session.told.connect(lambda notice: told.append(notice.sentence))
    at.go_to(0, "name")
    at.page.run("results.explain")
    assert told == ["Go to a number first."]
    at.go_to(0, "R1")
    at.page.run("results.explain")
    at.desk.settle()
    assert at.title.endswith(": Round 1")


def test_the_popover_follows_what_was_confirmed_meanwhile(at: Reader) -> None:
    at.go_to(0, "value:points")
    at.press(ENTER)
    before = at.popover.shown
    at.page.reload()
    at.desk.settle()
    assert at.popover.shown is not before
    assert at.title


def test_speakers_and_judges_are_explained_as_well(at: Reader) -> None:
    for kind, column in (("speakers", "R1"), ("adjudicators", "value:score")):
        at.page.show_kind(kind)
        at.desk.settle()
        at.go_to(0, column)
        at.press(ENTER)
        assert at.title.startswith(str(at.page.rows.shown[0].cells[1]))


def test_ctrl_page_down_goes_through_tables_and_parts(at: Reader) -> None:
    seen = []
    for _ in range(5):
        seen.append(at.page.kinds.key)
        at.page.run("results.next")
        at.desk.settle()
    assert seen == ["teams", "speakers", "adjudicators", "motions", "positions"]
    assert at.page.kinds.key == "teams"
    assert at.page.pane() is None


def test_project_prepares_the_public_standings(at: Reader) -> None:
    at.page.run("results.project")
    assert at.went == [("projector", "standings")]


def test_replies_have_a_table_only_where_there_are_replies(qtbot: QtBot, tmp_path: Path) -> None:
    with open_desk(qtbot, tmp_path, teams=8, rounds=2, preset="australs") as desk:
        desk.play(2)
        at = Reader(desk)
        assert "replies" in [key for key, _words in at.page.kinds.choices]
        at.page.run("results.replies")
        desk.settle()
        at.go_to(0, "value:average")
        at.press(ENTER)
        assert ": average " in at.title
