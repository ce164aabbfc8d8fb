"""The place results, by keyboard: tables, metrics, filter, copy, export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tabapp.gui.dialogs.export import ExportDialog
from tabapp.gui.pages.results.metrics_dialog import MetricsDialog
from tabapp.gui.pages.results.page import ResultsPage
from tabapp.services import standings
from tests.gui.desk import Desk, open_desk


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(qtbot, tmp_path, teams=16, rounds=3) as opened:
        yield opened


def _page(desk: Desk) -> ResultsPage:
    page = ResultsPage(desk.session)
    desk.qtbot.addWidget(page)
    page.resize(1310, 690)
    page.show()
    desk.settle()
    return page


def _texts(page: ResultsPage, column: str) -> list[str]:
    at = [one.key for one in page.rows.columns].index(column)
    return [
        str(page.rows.data(page.rows.index(i, at))) for i, row in enumerate(page.rows.shown)
        if not row.line]


def test_the_table_is_that_of_the_standings(desk: Desk) -> None:
    desk.play(2)
    page = _page(desk)
    QAbstractItemModelTester(page.rows, QAbstractItemModelTester.FailureReportingMode.Warning)
    with desk.workspace.database.read() as unit:
        table = standings.compute(standings.read_input(unit, desk.owner), "teams")
    assert _texts(page, "name") == [row.name for row in table.rows]
    assert _texts(page, "value:points") == [str(int(row.values["points"])) for row in table.rows]
    assert "after Round 2 · 16 teams" in page.facts.text()
    assert [one.key for one in page.rows.columns][-3:] == ["R1", "R2", "trend"]
    places = [_texts(page, name) for name in ("R1", "R2")]
    for column in places:
        assert sorted(column) == sorted("1234" * 4)
    for i, row in enumerate(table.rows):
        assert sum(4 - int(column[i]) for column in places) == row.values["points"]


def test_before_any_result_the_page_says_when_they_come(desk: Desk) -> None:
    page = _page(desk)
    current = page.pane_of_table.card._stack.currentWidget()
    assert current.accessibleName() == "No results yet."


def test_speakers_are_ranked_by_any_metrics(desk: Desk) -> None:
    desk.play(1)
    page = _page(desk)
    page.run("results.speakers")
    desk.settle()
    assert page.rows.rowCount() == 32
    page.run("results.metrics")
    dialog = page.findChild(MetricsDialog)
    assert isinstance(dialog, MetricsDialog)
    qtbot, table = desk.qtbot, dialog.table
    assert table.go_to("average")
    qtbot.keyClick(table, Qt.Key.Key_Insert)
    qtbot.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert page.request.metrics is not None
    assert page.request.metrics[0] == "average"
    numbers = [float(text) for text in _texts(page, "value:average")]
    assert numbers == sorted(numbers, reverse=True)


def test_filter_sort_and_copy_work_on_what_is_shown(desk: Desk) -> None:
    desk.play(1)
    page = _page(desk)
    name = _texts(page, "name")[3]
    page.filter.setText(name)
    assert name in _texts(page, "name")
    assert len(_texts(page, "name")) < 16
    page.run("results.copy")
    assert name in QGuiApplication.clipboard().text()


def test_the_table_of_an_earlier_round_leaves_out_the_later_ones(desk: Desk) -> None:
    desk.play(2)
    page = _page(desk)
    page.until.setCurrentIndex(1)
    page.until.activated.emit(1)
    desk.settle()
    assert page.facts.text().startswith("after Round 1")
    assert sum(int(text) for text in _texts(page, "value:points")) == 4 * 6


def test_judges_too_are_shown_as_they_were_after_a_round(desk: Desk) -> None:
    desk.play(2)
    page = _page(desk)
    page.run("results.judges")
    desk.settle()
    assert not page.until.isHidden()
    both = sum(int(text) for text in _texts(page, "value:chaired"))
    page.until.setCurrentIndex(1)
    page.until.activated.emit(1)
    desk.settle()
    assert page.facts.text().startswith("after Round 1")
    assert sum(int(text) for text in _texts(page, "value:chaired")) == both // 2 > 0


def test_the_table_on_the_screen_is_what_the_export_asks_for(desk: Desk) -> None:
    desk.play(1)
    page = _page(desk)
    page.run("results.speakers")
    desk.settle()
    page.run("results.export")
    desk.settle()
    dialog = page.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    assert dialog.request().what == "speakers"
    assert dialog.told.text() == "32 lines"
