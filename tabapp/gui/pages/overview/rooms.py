"""The rooms of the round by what they wait for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.messages import tr
from tabapp.gui.tokens import Radius
from tabapp.services.overview import Room

_ROW = 24
_LEAST_COLUMN = 92
_ICON = 14
_LOOKS = {
    "judges": ("gavel", "attention_mark", "control"),
    "check": ("inbox", "accent", "control"),
    "ballot": ("timer", "text2", "control"),
    "later": ("pause", "text3", "body"),
    "nothing": ("check", "done_mark", "body"),
    "draw": ("swords", "text3", "body"),
}
"""Icon, its colour, and the type of the name."""
_CALM = frozenset({"later", "nothing", "draw"})
"""Rooms for which nobody has to do anything."""
_WORDS = {
    "judges": "waits for judges", "check": "its ballot waits for a check",
    "ballot": "waits for its ballot", "later": "postponed", "nothing": "confirmed",
    "draw": "waits for the draw",
}


class RoomGrid(QWidget):
    """A small cell for each room; arrows choose, Enter goes to its ballot.

    Where not all of them fit those that wait for nothing are left out first.
    """

    opened = Signal(object)
    """The row id of the debate."""

    def __init__(self) -> None:
        super().__init__()
        self._rooms: list[Room] = []
        self._at = 0
        self.setAccessibleName(tr("Rooms by what they wait for"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(2 * _ROW)

    def show_rooms(self, rooms: Sequence[Room]) -> None:
        """Show these rooms in their order."""
        kept = self.current()
        self._rooms = list(rooms)
        self._at = next(
            (i for i, one in enumerate(self._rooms) if kept and one.debate_id == kept.debate_id),
            0)
        self._tell()
        self.update()

    def current(self) -> Room | None:
        """Return the room with the keys."""
        shown = self.shown()
        return shown[self._at] if self._at < len(shown) else None

    def sizeHint(self) -> QSize:
        """Ask for room for two columns of ten."""
        return QSize(2 * _LEAST_COLUMN, 8 * _ROW)

    def _widest(self, style: str) -> float:
        return max((fonts.width(style, one.name) for one in self._rooms), default=0)

    def _columns(self) -> int:
        """Return how many columns there are in which no name is cut, if two have room for that."""
        wanted = max(_LEAST_COLUMN, round(self._widest("control_condensed")) + _ICON + 20)
        return max(2 if self.width() >= 2 * _LEAST_COLUMN else 1, min(4, self.width() // wanted))

    def shown(self) -> list[Room]:
        """Return the rooms that fit, in their order; those that wait before the others."""
        most = self._columns() * max(1, self.height() // _ROW)
        if len(self._rooms) <= most:
            return self._rooms
        room_for = most - 1  # the last cell says how many more
        waiting = [one for one in self._rooms if one.waits_for != "nothing"]
        rest = [one for one in self._rooms if one.waits_for == "nothing"]
        kept = {one.debate_id for one in [*waiting, *rest][:room_for]}
        return [one for one in self._rooms if one.debate_id in kept]

    def _tell(self) -> None:
        room = self.current()
        words = f"{room.name}: {tr(_WORDS[room.waits_for])}" if room else ""
        self.setAccessibleDescription(words)

    def _cell(self, i: int) -> tuple[int, int, int]:
        """Return left, top and width of a cell."""
        columns = self._columns()
        width = self.width() // columns
        return (i % columns) * width, (i // columns) * _ROW, width

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells, and how many more there are."""
        shown = self.shown()
        with QPainter(self) as painter:
            for i, one in enumerate(shown):
                self._paint_room(painter, i, one)
            left_out = len(self._rooms) - len(shown)
            if left_out:
                x, y, _width = self._cell(len(shown))
                painter.setPen(ink.pen("text3"))
                words = tr("and {n} more", n=left_out)
                chips.text_at(painter, "small", words, x + 4, y, _ROW)

    def _paint_room(self, painter: QPainter, i: int, room: Room) -> None:
        x, y, width = self._cell(i)
        icon, token, style = _LOOKS[room.waits_for]
        if room.waits_for == "judges":
            ink.box(
                painter, x, y + 1, width - 6, _ROW - 2, radius=Radius.CHIP, fill="attention_bg")
        if i == self._at and self.hasFocus():
            ink.box(
                painter, x, y + 1, width - 6, _ROW - 2, radius=Radius.CHIP, edge="accent",
                edge_width=2)
        icons.draw(painter, icon, _ICON, token, x + 4, y + (_ROW - _ICON) / 2)
        space = width - _ICON - 18
        if self._widest("control") > space:  # else some would be condensed and some not
            style = f"{style}_condensed"
        words, shape, _cut = names.fit(room.name, style, space, keep_end=True)
        painter.setPen(ink.pen("text2" if room.waits_for in _CALM else "text"))
        chips.text_at(painter, shape, words, x + _ICON + 10, y, _ROW)

    def _index_at(self, x: float, y: float) -> int | None:
        columns = self._columns()
        width = max(1, self.width() // columns)
        i = int(y // _ROW) * columns + min(columns - 1, int(x // width))
        return i if 0 <= i < len(self.shown()) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go by the arrows, open by Enter."""
        last = len(self.shown()) - 1
        columns = self._columns()
        to = {
            Qt.Key.Key_Left: self._at - 1, Qt.Key.Key_Right: self._at + 1,
            Qt.Key.Key_Up: self._at - columns, Qt.Key.Key_Down: self._at + columns,
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if to is not None:
            if 0 <= to <= last:
                self._at = to
                self._tell()
                self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the room below the pointer."""
        at = self._index_at(event.position().x(), event.position().y())
        if at is not None:
            self._at = at
            self.update()
            self._open()

    def _open(self) -> None:
        room = self.current()
        if room is not None:
            self.opened.emit(room.debate_id)

    def event(self, event: QEvent) -> bool:
        """Tell in a tooltip what a room waits for."""
        if isinstance(event, QHelpEvent):
            at = self._index_at(event.pos().x(), event.pos().y())
            room = self.shown()[at] if at is not None else None
            words = f"{room.name}: {tr(_WORDS[room.waits_for])}" if room else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)
