"""A slide in small, with an edge that says whether it is preview or live."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from tabapp.gui import fonts, ink
from tabapp.gui.present.painting import color, paint_bar, picture
from tabapp.gui.present.sheet import Sheet

_EDGE = 3


class PictureView(QWidget):
    """Shows a sheet, or dark with words that say why; keeps 16 to 9."""

    def __init__(self, name: str, edge: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._edge = edge
        self.sheet: Sheet | None = None
        self.words = ""
        self._left: float | None = None
        self._on = True
        self._picture: QPixmap | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_sheet(self, sheet: Sheet | None, words: str = "", *, on: bool = True) -> None:
        """Show a page; without one ``words`` on the dark. ``on``: its edge is coloured."""
        if sheet is not self.sheet:
            self.sheet, self._picture = sheet, None
        self.words, self._on = words, on
        self.setAccessibleDescription(words or " · ".join(sheet.texts() if sheet else ()))
        self.update()

    def show_time_left(self, part: float | None) -> None:
        """Show how much of its time the page still has."""
        if part != self._left:
            self._left = part
            self.update()

    def heightForWidth(self, width: int) -> int:
        """Keep the shape of a screen."""
        return round((width - 2 * _EDGE) * 9 / 16) + 2 * _EDGE

    def sizeHint(self) -> QSize:
        """Ask for a picture in which words can be read."""
        return QSize(400, self.heightForWidth(400))

    def minimumSizeHint(self) -> QSize:
        """Be content with a stamp."""
        return QSize(200, self.heightForWidth(200))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint edge, picture and time."""
        inner = self.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        with QPainter(self) as painter:
            ink.box(
                painter, 0, 0, self.width(), self.height(), radius=6, fill="page",
                edge=self._edge if self._on else "line2", edge_width=2)
            self._paint_inside(painter, inner)

    def _paint_inside(self, painter: QPainter, inner: QRect) -> None:
        if self.sheet is None:
            painter.fillRect(inner, color("ground"))
            painter.setPen(color("text2"))
            painter.setFont(fonts.font("control"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inner.adjusted(24, 0, -24, 0), flags, self.words)
            return
        ratio = self.devicePixelRatioF()
        made = self._picture
        if made is None or made.deviceIndependentSize().toSize() != inner.size():
            made = self._picture = picture(self.sheet, inner.size(), ratio)
        painter.drawPixmap(inner.topLeft(), made)
        if self._left is not None:
            painter.translate(inner.left(), 0)
            paint_bar(painter, inner.width(), inner.bottom() - 1, 2, self._left)
