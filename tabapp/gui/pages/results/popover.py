"""What a number is made of, beside the number and never over its row."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.pages.results.terms_grid import ROW, TermsGrid
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import IconButton
from tabapp.gui.widgets.floating import SHADOW, Popover
from tabapp.gui.widgets.hints import KeyHints
from tabapp.gui.widgets.keycaps import Rule
from tabapp.gui.widgets.painted import label
from tabapp.services.result_terms import Explanation

_LEAST, _MOST = 420, 640
"""Widths of the panel."""
_EDGE = 8
_HINTS = (
    (("←", "→"), "next number"), (("⏎",), "open the ballot"), (("Ctrl", "C"), "copy"),
    (("Esc",), "close"))
_HINTS_WITHOUT = (_HINTS[0], _HINTS[2], _HINTS[3])
_STEPS = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}


class NumberPopover(Popover):
    """Stays open while the arrows go from number to number."""

    moved = Signal(int, int)
    """To the number so many rows down and columns right."""
    ballot_wanted = Signal(object)
    copied = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, tr("What the number is made of"))
        self.shown: Explanation | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # it has the keys itself
        self.title = label("", "card", wrap=True)
        self.sentence = label("", role="secondary", wrap=True)
        self.remark = label("", "small", role="hint", wrap=True)
        self.grid = TermsGrid()
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        self.grid.setAutoFillBackground(False)
        self._area.setWidget(self.grid)
        self._hints = KeyHints(_HINTS)
        self._lay_out()

    def _lay_out(self) -> None:
        close = IconButton("x", tr("Close"))
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self.dismiss)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        inner = QVBoxLayout()
        inner.setContentsMargins(Space.CARD, Space.UNIT, Space.UNIT + 4, Space.UNIT + 4)
        inner.setSpacing(Space.HALF)
        inner.addLayout(head)
        rest = QVBoxLayout()
        rest.setContentsMargins(0, 0, Space.UNIT, 0)
        rest.setSpacing(Space.UNIT)
        for part in (self.sentence, self._area, self.remark):
            rest.addWidget(part)
        inner.addLayout(rest)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.CARD, 0, Space.CARD, 0)
        foot.addWidget(self._hints)
        self.body.addLayout(inner)
        self.body.addWidget(Rule())
        self.body.addLayout(foot)

    def show_beside(self, found: Explanation, anchor: QWidget, cell: QRect) -> None:
        """Explain a number, below its cell or above it, whichever has the room."""
        self.shown = found
        self.title.setText(found.title)
        self.sentence.setText(found.sentence)
        self.sentence.setVisible(bool(found.sentence))
        self.remark.setText(found.remark)
        self.remark.setVisible(bool(found.remark))
        self.grid.show_grid(found.grid)
        self._area.setVisible(bool(found.grid.headings))
        self._hints.set_hints(_HINTS if found.ballot is not None else _HINTS_WITHOUT)
        self.setAccessibleDescription(f"{found.title}. {found.sentence} {found.remark}")
        if self.isHidden():
            self.open_beside(anchor, cell)
        self.place(anchor, cell)

    def place(self, anchor: QWidget, cell: QRect) -> None:
        """Stand below the row of ``cell``, else above it; rows that do not fit are scrolled to."""
        window = self.below
        corner = anchor.mapTo(window, cell.topLeft())
        content = max(self.grid.sizeHint().width(), self._hints.sizeHint().width())
        wide = min(_MOST, max(_LEAST, content + 2 * Space.CARD))
        wide = min(wide, window.width() - 2 * _EDGE)
        below = window.height() - (corner.y() + cell.height()) - _EDGE
        above = corner.y() - _EDGE
        full = self._height(wide, self.grid.full_height())
        down = full <= below or below >= above
        room = below if down else above
        rows = self.grid.full_height()
        if full > room:
            rows = max(2 * ROW, rows - (full - room))
        high = min(self._height(wide, rows), max(room, 0) or full)
        left = min(corner.x() - Space.CARD, window.width() - wide - _EDGE)
        top = corner.y() + cell.height() + _EDGE // 2 if down else corner.y() - high - _EDGE // 2
        panel = QRect(max(_EDGE, left), top, wide, high)
        self.setGeometry(panel.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW))

    def _height(self, width: int, rows: int) -> int:
        """Return how high the panel is at a width with so much height of rows."""
        self._area.setFixedHeight(rows)
        layout = self.body
        layout.invalidate()
        layout.activate()
        return layout.totalHeightForWidth(width + 2 * SHADOW) - 2 * SHADOW

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on, open the ballot, copy; the rest as in any popover."""
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy) and self.shown is not None:
            QGuiApplication.clipboard().setText(self.shown.as_text())
            self.copied.emit()
        elif key in _STEPS:
            self.moved.emit(*_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.shown is not None and self.shown.ballot is not None:
                self.ballot_wanted.emit(self.shown.ballot)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + (1 if key is Qt.Key.Key_PageDown else -1) * 3 * ROW)
        else:
            super().keyPressEvent(event)
