"""A table of 1000 rows and 14 columns: first paint, sort, filter (each within 50 ms)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import cycle

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView

from tabapp.gui import theme
from tabapp.gui.tables.cells import Cell, Column, Kind, Row, Value
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.order import Sorting
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import THEMES, Scheme

ROWS = 1000
KINDS = [Kind.NUMBER, Kind.IDENTITY, Kind.TEXT, Kind.SIDE, Kind.PERSON, Kind.BADGE]
KINDS += [Kind.NUMBER] * 8
COLUMNS = [Column(f"c{i}", f"Column {i}", kind) for i, kind in enumerate(KINDS)]
WORDS = ("Kranichfeld", "Ngaruwai", "Þingholt", "Заря", "Çınaraltı", "Aldermere", "Sandøya")


def cells(i: int) -> tuple[Value, ...]:
    name = f"{WORDS[i % 7]} {chr(65 + i % 26)}{i}"
    state = Cell("late", sort=i % 9, tone="attention") if i % 9 == 0 else Cell("out")
    numbers = [(i * 7919 + k * 31) % 1009 / (1 + k % 2) for k in range(8)]
    side = ("OG", "OO", "CG", "CO")[i % 4]
    team = Cell(f"University of {name}", note=str(i % 20), icon="arrow-up" if i % 5 else None)
    return (i, name, team, side, Cell(f"Selin {name}", aside="+2"), state, *numbers)


@pytest.fixture(scope="module")
def app() -> QApplication:
    made = QApplication.instance() or QApplication([])
    assert isinstance(made, QApplication)
    theme.apply(made, THEMES[Scheme.LIGHT])
    return made


@pytest.fixture
def rows() -> list[Row]:
    return [Row(i, cells(i), group=i // 9) for i in range(ROWS)]


@pytest.fixture
def view(app: QApplication, rows: list[Row]) -> Iterator[TableView]:
    made = opened(rows)
    app.processEvents()
    yield made
    made.close()
    made.deleteLater()


def opened(rows: list[Row]) -> TableView:
    model = TableModel(COLUMNS)
    model.set_rows(rows)
    made = TableView(model, "Teams")
    model.setParent(made)
    made.resize(1366, 768)
    made.show()
    return made


def test_first_paint_of_1000_rows(
    app: QApplication, rows: list[Row], benchmark: BenchmarkFixture
) -> None:
    """From the rows to the picture: model, widths, header, cells."""

    def open_and_paint() -> None:
        made = opened(rows)
        made.grab()
        made.close()
        made.deleteLater()

    benchmark(open_and_paint)
    app.processEvents()


def test_a_repaint_of_what_is_seen(view: TableView, benchmark: BenchmarkFixture) -> None:
    benchmark(view.viewport().grab)


def test_sort_1000_rows_and_paint(view: TableView, benchmark: BenchmarkFixture) -> None:
    ways = cycle([Sorting(1), Sorting(7, descending=True), Sorting(2), Sorting(9)])

    def sort_and_paint() -> None:
        view.sort_by(next(ways))
        view.viewport().grab()

    benchmark(sort_and_paint)


def test_filter_1000_rows_and_paint(view: TableView, benchmark: BenchmarkFixture) -> None:
    words = cycle(["zarya", "заря", "", "kranich 3", "nobody", ""])

    def filter_and_paint() -> None:
        view.rows.filter_by(next(words))
        view.viewport().grab()

    benchmark(filter_and_paint)


def test_update_of_one_row_of_1000(
    view: TableView, rows: list[Row], benchmark: BenchmarkFixture
) -> None:
    names = cycle(["One", "Other"])

    def change_one() -> None:
        old = rows[500]
        view.rows.change_rows([Row(500, (*old.cells[:1], next(names), *old.cells[2:]), old.group)])

    benchmark(change_one)


def test_bare_qt_fills_and_paints_1000_rows(
    app: QApplication, rows: list[Row], benchmark: BenchmarkFixture
) -> None:
    """The same in Qt's own model and view, plain text, for a ratio in the same run."""

    def bare() -> None:
        made = QTableView()
        model = QStandardItemModel(made)
        for row in rows:
            model.appendRow([QStandardItem(str(value)) for value in row.cells])
        made.setModel(model)
        made.resize(1366, 768)
        made.show()
        made.grab()
        made.close()
        made.deleteLater()

    benchmark(bare)
    app.processEvents()
