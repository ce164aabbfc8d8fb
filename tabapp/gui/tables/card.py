"""A table in the rounded card that draws its edge."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from tabapp.gui import ink
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Radius
from tabapp.gui.widgets.cards import Card


class Corners(QWidget):
    """Four corners in the colour of the page, over a table that knows nothing of them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def cover(self, place: QRect) -> None:
        """Lie over the corners of ``place`` only, so that a table's paint never comes here."""
        self.setGeometry(place)
        r = Radius.CARD
        right, bottom = place.width() - r, place.height() - r
        region = QRegion()
        for x in (0, right):
            for y in (0, bottom):
                region += QRegion(x, y, r, r)
        self.setMask(region)
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is outside the rounded edge, and the edge."""
        with QPainter(self) as painter:
            outside = QPainterPath()
            outside.addRect(0, 0, self.width(), self.height())
            inside = QPainterPath()
            inside.addRoundedRect(0, 0, self.width(), self.height(), Radius.CARD, Radius.CARD)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
            painter.fillPath(outside - inside, ink.color("page"))
            ink.box(painter, 0, 0, self.width(), self.height(), radius=Radius.CARD, edge="line")


class TableCard(Card):
    """The card around a table. ``show_empty`` puts something else in the table's place."""

    def __init__(self, view: TableView) -> None:
        super().__init__(padding=1)
        self.view = view
        self.setAccessibleName(view.accessibleName())
        self.body.setSpacing(0)
        self._stack = QStackedLayout()
        self.body.addLayout(self._stack)  # first: a stack without a parent shows a window
        self._stack.addWidget(view)
        self._corners = Corners(self)

    def show_empty(self, instead: QWidget | None) -> None:
        """Show ``instead`` of the table, or the table again for None."""
        current = self._stack.currentWidget()
        if instead is None:
            self._stack.setCurrentWidget(self.view)
            return
        if current is not None and current is not self.view and current is not instead:
            self._stack.removeWidget(current)
        if self._stack.indexOf(instead) < 0:
            self._stack.addWidget(instead)
        self._stack.setCurrentWidget(instead)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lie the corners over the new size."""
        super().resizeEvent(event)
        self._corners.cover(self.rect())
