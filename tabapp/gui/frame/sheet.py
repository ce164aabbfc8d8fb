"""A sheet over the window: a heading, and below it something to read that may scroll."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tabapp.gui.tokens import Space
from tabapp.gui.widgets.floating import Overlay
from tabapp.gui.widgets.keycaps import KeyCaps, Rule
from tabapp.gui.widgets.painted import label

_HEAD = 56
_BAR = 12


class Sheet(Overlay):
    """Esc closes it; arrows and page keys scroll."""

    def __init__(self, window: QWidget, title: str, width: int) -> None:
        super().__init__(window, title)
        self._width = width
        self.heading = label(title, "card")
        self.heading.setFixedHeight(_HEAD)
        head = QHBoxLayout()
        head.setContentsMargins(Space.MARGIN, 0, Space.MARGIN, 0)
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(KeyCaps(("Esc",)))
        self.body.addLayout(head)
        self.body.addWidget(Rule())
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(title)
        self.body.addWidget(self.area, 1)
        self.body.addSpacing(Space.UNIT)

    def show_content(self, content: QVBoxLayout) -> None:
        """Show other content."""
        inside = QWidget()
        margin = Space.MARGIN
        content.setContentsMargins(margin, Space.GAP, margin, Space.GAP)
        inside.setLayout(content)
        self.area.setWidget(inside)

    def place_in(self, window: QRect) -> QRect:
        """Stand in the middle, as high as the content wants and the window allows."""
        width = min(self._width, window.width() - 2 * Space.MARGIN)
        inside = self.area.widget()
        wanted = inside.sizeHint().height() if inside is not None else 0
        layout = inside.layout() if inside is not None else None
        if layout is not None and layout.hasHeightForWidth():
            wanted = layout.heightForWidth(width - _BAR)
        height = min(wanted + _HEAD + Space.MARGIN, window.height() - 2 * Space.MARGIN)
        return QRect(
            (window.width() - width) // 2, max(Space.MARGIN, (window.height() - height) // 3),
            width, height)

    def first(self) -> QWidget:
        """Let the arrows scroll."""
        return self.area

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close by Esc and by F1, which opened one of them."""
        if event.key() == Qt.Key.Key_F1:
            self.dismiss()
        else:
            super().keyPressEvent(event)
