"""The model under random changes: never reset, always what a plain list would be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.order import Sorting, sorted_rows

COLUMNS = (
    Column("name", "Name", Kind.IDENTITY, editable=True),
    Column("points", "Points", Kind.NUMBER, tip="In all rounds"),
)
pytestmark = pytest.mark.usefixtures("light")


def row(key: int, points: int, group: int = 0) -> Row:
    return Row(key, (f"Team {key}", points), group=group)


rows_of_some = st.lists(
    st.builds(row, st.integers(0, 60), st.integers(0, 9)), max_size=60, unique_by=lambda r: r.key
)
sortings = st.none() | st.builds(Sorting, st.integers(0, 1), st.booleans())
filters = st.sampled_from(["", "team", "1", "2 team", "nobody"])
steps = st.lists(
    st.tuples(st.just("rows"), rows_of_some)
    | st.tuples(st.just("sort"), sortings)
    | st.tuples(st.just("filter"), filters)
    | st.tuples(st.just("points"), st.integers(0, 99)),
    max_size=8,
)


@pytest.fixture
def model() -> Iterator[TableModel]:
    made = TableModel(COLUMNS)
    yield made
    made.deleteLater()


def expected(rows: list[Row], sorting: Sorting | None, words: str) -> list[Row]:
    """The same by the plainest means."""
    fit = [
        r
        for r in rows
        if all(w in f"team {r.key}\n{r.cells[1]}" for w in words.split())
    ]
    return sorted_rows(fit, sorting)


@given(steps)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_random_changes_show_what_a_plain_list_would(
    qapp: object, taken: list[tuple[str, Any]]
) -> None:
    model = TableModel(COLUMNS)
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    resets = QSignalSpy(model.modelReset)
    rows: list[Row] = []
    sorting: Sorting | None = None
    words = ""
    for kind, given_value in taken:
        held = [QPersistentModelIndex(model.index(i, 0)) for i in range(model.rowCount())]
        keys = [r.key for r in model.shown]
        if kind == "rows":
            rows = list(given_value)
            model.set_rows(rows)
        elif kind == "sort":
            sorting = given_value
            model.sort_by(sorting)
        elif kind == "filter":
            words = given_value
            model.filter_by(words)
        else:
            changed = [row(int(str(r.key)), given_value) for r in rows[::3]]
            rows = [next((c for c in changed if c.key == r.key), r) for r in rows]
            model.change_rows(changed)
        assert list(model.shown) == expected(rows, sorting, words)
        where = {r.key: i for i, r in enumerate(model.shown)}
        for index, key in zip(held, keys, strict=True):
            assert (index.row() if index.isValid() else None) == where.get(key)
    assert resets.count() == 0
    assert tester.model() is model
    model.deleteLater()


def test_one_changed_row_is_reported_alone(model: TableModel) -> None:
    model.set_rows([row(i, i) for i in range(50)])
    changed, arranged = QSignalSpy(model.dataChanged), QSignalSpy(model.layoutChanged)
    model.change_rows([row(7, 99)])
    assert changed.count() == 1
    assert changed.at(0)[0].row() == changed.at(0)[1].row() == 7
    assert arranged.count() == 0


def test_the_same_rows_again_are_no_change(model: TableModel) -> None:
    model.set_rows([row(i, i) for i in range(50)])
    spies = [
        QSignalSpy(s)
        for s in (model.dataChanged, model.layoutChanged, model.rowsInserted, model.rowsRemoved)
    ]
    model.set_rows([row(i, i) for i in range(50)])
    assert [spy.count() for spy in spies] == [0, 0, 0, 0]


def test_many_scattered_rows_come_and_go_in_one_piece(model: TableModel) -> None:
    model.set_rows([row(i, i) for i in range(200)])
    removed, inserted = QSignalSpy(model.rowsRemoved), QSignalSpy(model.rowsInserted)
    model.set_rows([row(i, i) for i in range(0, 200, 2)])
    assert removed.count() == 1
    model.set_rows([row(i, i) for i in range(200)])
    assert inserted.count() == 1
    assert [r.key for r in model.shown] == list(range(200))


def test_a_row_that_is_not_there_cannot_change(model: TableModel) -> None:
    model.set_rows([row(1, 1)])
    with pytest.raises(KeyError):
        model.change_rows([row(2, 2)])


def test_removed_rows_are_gone_from_the_filter_too(model: TableModel) -> None:
    model.set_rows([row(1, 1), row(2, 2)])
    model.remove_rows([1, 77])
    model.filter_by("team")
    assert [r.key for r in model.shown] == [2]


def test_groups_begin_where_the_group_changes_in_the_given_order(model: TableModel) -> None:
    model.set_rows([row(1, 9, 9), row(2, 9, 9), row(3, 8, 8), Row("line", line="break")])
    assert [model.begins_group(i) for i in range(3)] == [True, False, True]
    model.sort_by(Sorting(0))
    assert all(model.begins_group(i) for i in range(3))


def test_a_screen_reader_hears_all_words_of_a_cell(model: TableModel) -> None:
    model.set_rows([Row(1, (Cell("Zarya A", aside="late", note="9", tip="Nine points"), 3))])
    index = model.index(0, 0)
    assert index.data() == "Zarya A"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Zarya A late 9"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "Nine points"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Points"
    assert (
        model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        == "In all rounds"
    )


def test_a_line_between_rows_can_not_be_chosen(model: TableModel) -> None:
    model.set_rows([Row("line", line="16 break"), row(1, 1)])
    assert model.flags(model.index(0, 0)) == Qt.ItemFlag.NoItemFlags
    assert model.index(0, 0).data() == "16 break"
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags


def test_typing_is_reported_and_stored_by_somebody_else(model: TableModel) -> None:
    model.set_rows([row(1, 1)])
    typed = QSignalSpy(model.edited)
    assert model.setData(model.index(0, 0), "Team One")
    assert model.setData(model.index(0, 0), "Team 1")
    assert [list(typed.at(i)) for i in range(typed.count())] == [[1, "name", "Team One"]]
    assert model.index(0, 0).data() == "Team 1"
