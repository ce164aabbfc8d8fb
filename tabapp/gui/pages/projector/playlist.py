"""The list of what can be shown: one row each, the chosen one is in preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.messages import tr
from tabapp.gui.pages.projector.words import ICONS, title_of
from tabapp.gui.present.state import Kind

ROW = 48
_ICON = 18
_LEFT = 44


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: what it is, a line about it, and its state."""

    kind: Kind
    line: str
    locked: bool = False
    live: bool = False


class Playlist(QWidget):
    """Up and Down choose; Enter opens what a row needs. Space and PgDn belong to the page."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[Entry, ...] = tuple(Entry(kind, "") for kind in Kind)
        self._at = list(Kind).index(Kind.ROOMS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Playlist"))
        self._tell()

    @property
    def kind(self) -> Kind:
        """What is in preview."""
        return self.entries[self._at].kind

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show the same slides in another state."""
        if tuple(entries) != self.entries:
            self.entries = tuple(entries)
            self._tell()
            self.updateGeometry()

    def choose(self, kind: Kind) -> None:
        """Choose a slide and tell so."""
        self._go(next(i for i, one in enumerate(self.entries) if one.kind is kind))

    def _go(self, at: int) -> None:
        at = min(max(0, at), len(self.entries) - 1)
        if at != self._at:
            self._at = at
            self._tell()
            self.chosen.emit(self.kind)

    def _tell(self) -> None:
        one = self.entries[self._at]
        self.setAccessibleDescription(f"{title_of(one.kind)}, {one.line}")
        self.setToolTip("")
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for all rows."""
        return QSize(216, ROW * len(self.entries))

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from row to row."""
        steps = {
            Qt.Key.Key_Up: self._at - 1, Qt.Key.Key_Down: self._at + 1, Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self.entries) - 1,
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in steps:
            self._go(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.kind)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the row below the pointer."""
        self._go(round(event.position().y()) // ROW)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what the row needs."""
        self.opened.emit(self.kind)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows."""
        with QPainter(self) as painter:
            for at, one in enumerate(self.entries):
                self._paint_row(painter, one, at * ROW, chosen=at == self._at)

    def _paint_row(self, painter: QPainter, one: Entry, top: int, *, chosen: bool) -> None:
        width = self.width()
        if chosen:
            painter.fillRect(0, top, width, ROW, ink.color("soft"))
        if chosen or one.live:
            painter.fillRect(
                0, top, 3, ROW, ink.color("problem_mark" if one.live else "accent"))
        painter.fillRect(12, top + ROW - 1, width - 24, 1, ink.color("line"))
        mark = "text3" if one.locked else "text2"
        icons.draw(painter, ICONS[one.kind], _ICON, mark, 14, top + (ROW - _ICON) / 2)
        right = width - 12
        if one.live:
            right -= chips.badge_width(tr("Live"), None)
            chips.draw_badge(painter, tr("Live"), right, top + 14, tone="problem", icon=None)
        elif one.locked:
            right -= 16
            icons.draw(painter, "lock", 16, "text3", right, top + 16)
        elif chosen:
            right -= round(fonts.width("note", tr("Preview")))
            painter.setPen(ink.pen("accent"))
            chips.text_at(painter, "note", tr("Preview"), right, top, ROW)
        room = right - _LEFT - 8
        words, shape, _ = names.fit(title_of(one.kind), "identity", room)
        painter.setPen(ink.pen("text2" if one.locked else "text"))
        chips.text_at(painter, shape, words, _LEFT, top + 5, 20)
        words, shape, _ = names.fit(one.line, "small", room)
        painter.setPen(ink.pen("text2" if chosen else "text3"))
        chips.text_at(painter, shape, words, _LEFT, top + 25, 16)
