"""A table whose first columns stay when it is scrolled sideways."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from tabapp.gui import ink
from tabapp.gui.tables.model import Index, TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Height


class _Front(TableView):
    """The columns that stay: a second view on the same rows and the same selection."""

    def __init__(self, main: FrozenTableView, count: int) -> None:
        self._main = main
        super().__init__(main.rows, main.accessibleName(), row_height=main.row_height, parent=main)
        self.setSelectionModel(main.selectionModel())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # before the proxy, which would get it
        self.setFocusProxy(main)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for column in range(count, len(main.rows.columns)):
            self.setColumnHidden(column, True)

    def share_out(self) -> None:
        """Take the widths of the main table."""

    def has_keys(self) -> bool:
        """Tell whether the main table has the keys."""
        return self._main.has_keys()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, and an edge where columns lie below."""
        super().paintEvent(event)
        if self._main.horizontalScrollBar().value():
            with QPainter(self.viewport()) as painter:
                right = self.viewport().width() - 1
                painter.fillRect(right, 0, 1, self.viewport().height(), ink.color("line2"))


class FrozenTableView(TableView):
    """Shows a ``TableModel``; its first ``count`` columns stay in place."""

    def __init__(
        self, model: TableModel, name: str, *, count: int,
        row_height: int = Height.ROW, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        self._count = count
        self._front: _Front | None = None
        super().__init__(model, name, row_height=row_height, parent=parent)
        front = _Front(self, count)
        self._front = front
        self.partner, front.partner = front, self
        self.verticalScrollBar().valueChanged.connect(front.verticalScrollBar().setValue)
        front.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)
        self.horizontalHeader().sectionResized.connect(self._on_main_resized)
        front.horizontalHeader().sectionResized.connect(self._on_front_resized)
        front.opened.connect(self.opened)
        front.clicked.connect(self.clicked)
        self._lay_front()

    def frozen_width(self) -> int:
        """Return how much of the left is covered."""
        return sum(self.columnWidth(i) for i in range(self._count))

    def _on_scrolled(self, _value: int) -> None:
        if self._front is not None:
            self._front.viewport().update()

    def _on_main_resized(self, _section: int, _old: int, _new: int) -> None:
        self._lay_front()

    def _on_front_resized(self, section: int, _old: int, new: int) -> None:
        if section < self._count and self.columnWidth(section) != new:
            self.setColumnWidth(section, new)

    def _lay_front(self) -> None:
        if self._front is None:
            return
        header = self.horizontalHeader().height()
        self._front.setGeometry(
            self.frameWidth(), self.frameWidth(),
            self.frozen_width(), self.viewport().height() + header,
        )  # fmt: skip
        for i in range(self._count):
            if self._front.columnWidth(i) != self.columnWidth(i):
                self._front.setColumnWidth(i, self.columnWidth(i))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cover the left at the new height too."""
        super().resizeEvent(event)
        self._lay_front()

    def changeEvent(self, event: QEvent) -> None:
        """Repaint the columns that stay when the keys come or go."""
        super().changeEvent(event)
        if self._front is not None:
            self._front.viewport().update()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell out from below the columns that stay."""
        if index.column() < self._count:
            column = min(self._count, len(self.rows.columns) - 1)
            sideways = self.horizontalScrollBar().value()
            super().scrollTo(self.rows.index(index.row(), column), hint)
            self.horizontalScrollBar().setValue(sideways)
            return
        super().scrollTo(index, hint)
        hidden = self.frozen_width() - self.visualRect(index).x()
        if hidden > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)
