"""The table on the screen: keys, pointer, tooltips, and the place that survives an update."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tabapp.gui import ink
from tabapp.gui.tables import widths
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cell_painter import CellPainter, Place
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.gui.tables.frozen import FrozenTableView
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.order import Sorting
from tabapp.gui.tables.view import TableView

COLUMNS = (
    Column("rank", "#", Kind.NUMBER),
    Column("name", "Name", Kind.IDENTITY),
    Column("person", "Chair", Kind.PERSON, stretch=True),
    Column("note", "Note", editable=True, width=90),
    Column("state", "State", Kind.BADGE),
    Column("side", "Side", Kind.SIDE),
)
Make = Callable[..., TableView]


def row(i: int, name: str = "", note: str = "") -> Row:
    state = Cell("late", tone="attention") if i % 7 == 0 else Cell("out")
    cells = (i, name or f"Room {i}", "Selin Ashworth", note, state, ("OG", "OO", "Aff")[i % 3])
    return Row(i, cells, group=i // 5)


@pytest.fixture
def make(qtbot: QtBot, light: None) -> Make:
    def build(count: int = 200, frozen: int = 0) -> TableView:
        model = TableModel(COLUMNS)
        model.set_rows([row(i) for i in range(count)])
        name = "Rooms"
        view = FrozenTableView(model, name, count=frozen) if frozen else TableView(model, name)
        model.setParent(view)
        qtbot.addWidget(view)
        view.resize(640, 400)
        view.show()
        view.setFocus()
        return view

    return build


def press(view: QWidget, key: Qt.Key, mods: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(view, key, mods or Qt.KeyboardModifier.NoModifier)


def pixels(view: QWidget) -> QImage:
    return view.grab().toImage()


def test_typing_goes_to_the_row_and_typing_on_narrows_it(make: Make) -> None:
    view = make()
    QTest.keyClicks(view, "room 12")
    assert view.current_key() == 12
    QTest.keyClicks(view, "3")
    assert view.current_key() == 123


def test_enter_opens_the_row_and_a_double_click_does_so_too(make: Make) -> None:
    view = make()
    opened = QSignalSpy(view.opened)
    view.go_to(3)
    press(view, Qt.Key.Key_Return)
    where = view.visualRect(view.rows.index(5, 1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert [opened.at(i)[0] for i in range(opened.count())] == [3, 5]


def test_a_slash_is_left_to_the_page_unless_it_is_typed_on(make: Make, qtbot: QtBot) -> None:
    view = make()
    view.rows.set_rows([row(1, "A/V room"), row(2, "Hall")])
    view.go_to(2)
    press(view, Qt.Key.Key_Slash)
    assert view.current_key() == 2
    QTest.keyClicks(view, "a/v")
    assert view.current_key() == 1


def test_space_selects_when_nothing_is_being_typed(make: Make) -> None:
    view = make()
    view.go_to(4)
    view.clearSelection()
    press(view, Qt.Key.Key_Space)
    assert view.selected_rows() == [4]
    press(view, Qt.Key.Key_Space)
    assert view.selected_rows() == []


def test_copying_takes_the_selected_rows_or_all(make: Make) -> None:
    view = make(3)
    view.clearSelection()
    press(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().count("\n") == 4
    view.go_to(2)
    press(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines == ["#\tName\tChair\tNote\tState\tSide", "2\tRoom 2\tSelin Ashworth\t\tout\tAff"]


def test_alt_and_arrows_sort_by_the_column_of_the_cursor(make: Make) -> None:
    view = make(20)
    view.setCurrentIndex(view.rows.index(3, 0))
    press(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert view.rows.sorting == Sorting(0, descending=True)
    assert view.current_key() == 3
    tops = [view.rows.shown[0].key]
    press(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [*tops, view.rows.shown[0].key] == [19, 0]


def test_a_title_sorts_up_then_down_then_not_at_all(make: Make) -> None:
    view = make(20)
    header = view.horizontalHeader()
    seen = []
    for _ in range(3):
        header.sectionClicked.emit(1)
        seen.append(view.rows.sorting)
    assert seen == [Sorting(1), Sorting(1, descending=True), None]


def test_an_update_keeps_selection_cursor_and_the_row_at_the_top(make: Make) -> None:
    view = make()
    view.go_to(120)
    view.verticalScrollBar().setValue(100 * view.row_height + 7)
    top = view.rows.shown[view.rowAt(0)].key
    offset = view.rowViewportPosition(view.rowAt(0))
    view.rows.set_rows([row(i, note="new") for i in range(200) if i % 9 or i == 120])
    assert view.current_key() == 120
    assert [view.rows.shown[i].key for i in view.selected_rows()] == [120]
    assert view.rows.shown[view.rowAt(0)].key == top
    assert view.rowViewportPosition(view.rowAt(0)) == offset


def test_an_update_does_not_take_away_what_is_being_typed(make: Make, qtbot: QtBot) -> None:
    view = make(20)
    view.setCurrentIndex(view.rows.index(4, 3))
    press(view, Qt.Key.Key_F2)
    field = view.viewport().findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "half")
    view.rows.set_rows([row(i, note="elsewhere") for i in range(20) if i != 2])
    assert view.viewport().findChild(QLineEdit) is field
    assert field.text() == "half"
    with qtbot.waitSignal(view.rows.edited) as typed:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert typed.args == [4, "note", "half"]


def test_a_cut_name_says_itself_in_the_tooltip(make: Make) -> None:
    view = make(3)
    long = "The Honourable Society of Harrowgate Inns of Court"
    view.rows.set_rows([row(1, note=long), row(2, note="short")])
    assert view.tip_at(view.rows.index(0, 3)) == long
    assert view.tip_at(view.rows.index(1, 3)) == ""


def test_widths_that_a_person_chose_are_kept(make: Make) -> None:
    view = make(20)
    view.horizontalHeader().resizeSection(1, 222)
    view.resize(900, 400)
    view.rows.set_rows([row(i, "a much longer name of a room") for i in range(20)])
    assert view.columnWidth(1) == 222
    assert view.column_widths() == {"name": 222}


def test_columns_fill_the_table_exactly(make: Make) -> None:
    view = make(20)
    for width in (600, 777, 1300):
        view.resize(width, 400)
        assert sum(view.columnWidth(i) for i in range(6)) == view.viewport().width()


def test_the_selected_row_is_tinted_with_a_bar_at_its_left(make: Make) -> None:
    view = make(5)
    view.go_to(2)
    image = pixels(view.viewport())
    y = view.rowViewportPosition(2) + 3
    assert image.pixelColor(1, y) == ink.color("accent")
    assert image.pixelColor(image.width() - 3, y) == ink.color("soft")
    assert image.pixelColor(1, view.rowViewportPosition(3) + 3) == ink.color("surface")


def test_brackets_are_parted_by_a_stronger_rule(make: Make) -> None:
    view = make(12)
    view.clearSelection()
    image = pixels(view.viewport())
    rules = [image.pixelColor(300, view.rowViewportPosition(i + 1) - 1).name() for i in (3, 4)]
    assert rules == [ink.color("line").name(), ink.color("line2").name()]


def test_a_line_between_rows_is_lower_and_stepped_over(make: Make) -> None:
    view = make(4)
    view.rows.set_rows([row(1), Row("break", line="1 breaks, as it stands"), row(2)])
    assert [view.rowHeight(i) for i in range(3)] == [28, 24, 28]
    view.go_to(1)
    press(view, Qt.Key.Key_Down)
    assert view.current_key() == 2
    view.rows.sort_by(Sorting(1))
    assert [view.rowHeight(i) for i in range(2)] == [28, 28]


def test_frozen_columns_stay_and_follow_selection_and_scrolling(make: Make) -> None:
    view = make(200, frozen=2)
    assert isinstance(view, FrozenTableView)
    view.resize(300, 300)
    front = view.partner
    assert front is not None
    view.go_to(150)
    assert front.verticalScrollBar().value() == view.verticalScrollBar().value() > 0
    assert front.selected_rows() == [150]
    view.setCurrentIndex(view.rows.index(150, 5))
    view.setCurrentIndex(view.rows.index(150, 2))
    assert view.visualRect(view.rows.index(150, 2)).x() >= view.frozen_width()
    assert front.width() == view.frozen_width()


def test_a_table_without_rows_shows_what_stands_instead(make: Make, qtbot: QtBot) -> None:
    view = make(0)
    card = TableCard(view)
    qtbot.addWidget(card)
    card.resize(500, 300)
    card.show()
    instead = QLabel("Nothing matches")
    card.show_empty(instead)
    assert instead.isVisible()
    assert not view.isVisible()
    card.show_empty(None)
    assert view.isVisible()
    assert pixels(card).pixelColor(0, 0) == ink.color("page")


def test_the_pointer_tints_the_row_below_it(make: Make) -> None:
    view = make(5)
    view.clearSelection()
    QTest.mouseMove(view.viewport(), QPoint(30, view.rowViewportPosition(3) + 5))
    assert view.hovered == 3
    image = pixels(view.viewport())
    assert image.pixelColor(1, view.rowViewportPosition(3) + 3) == ink.color("hover")


def test_a_thousand_paints_lose_no_reference_to_none(make: Make) -> None:
    view = make(12)
    target = QImage(view.size(), QImage.Format.Format_ARGB32_Premultiplied)
    view.render(target)
    none, true = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(1000):
        painter = QPainter(target)
        view._paint_rows(painter, view.viewport().rect())
        painter.end()
    assert abs(sys.getrefcount(None) - none) < 200
    assert abs(sys.getrefcount(True) - true) < 200


def test_a_column_with_a_least_width_gives_way_no_further() -> None:
    columns = (
        Column("name", "Name", stretch=True, least=176), Column("home", "Home", stretch=True),
        Column("points", "Points", width=300))
    assert widths.shared_out(columns, [400, 400, 300], 100, {}) == [176, 96, 300]
    assert widths.shared_out(columns, [400, 400, 300], 620, {}) == [176, 144, 300]


@pytest.mark.parametrize("width", [60, 120, 180, 260])
def test_an_aside_gives_way_to_the_text_and_stays_in_its_cell(qapp: object, width: int) -> None:
    painter_of_cells, column = CellPainter(), Column("motion", "Motion", stretch=True)
    cell = Cell("Cities", aside="This house would ban private cars from the centres of cities")
    image = QImage(600, 28, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter_of_cells.paint(painter, cell, column, Place(0, 0, width, 28))
    inked = {
        x for x in range(image.width()) for y in range(image.height())
        if image.pixelColor(x, y).alpha()}
    assert max(inked) < width
    assert painter_of_cells.is_cut(cell, column, width)
    assert not painter_of_cells.is_cut(cell, column, painter_of_cells.natural(cell, column))
    alone = QImage(600, 28, QImage.Format.Format_ARGB32)
    alone.fill(Qt.GlobalColor.transparent)
    with QPainter(alone) as painter:
        painter_of_cells.paint(painter, Cell("Cities"), column, Place(0, 0, width, 28))
    assert image.copy(0, 0, 40, 28) == alone.copy(0, 0, 40, 28)
