"""The painted buttons of the welcome page: what to do, recent tournaments, formats."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.tokens import Height, Radius, Ring, Space

ACTION_HEIGHT = 62
RECENT_HEIGHT = 76
FORMAT_HEIGHT = 104
_ICON = 20
_STATE_ICON = 16
_PAD = 16


class Tile(QAbstractButton):
    """A button that paints itself whole; arrows go to its neighbours, Enter and Space press it."""

    moved = Signal(int, int)
    """An arrow: columns to the right, rows down."""
    focused = Signal()

    def __init__(self, name: str, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(height)
        self.setMinimumWidth(120)

    def sizeHint(self) -> QSize:
        """Ask for a comfortable width."""
        return QSize(320, self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press by Enter, go on by the arrows."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in _ARROWS:
            self.moved.emit(*_ARROWS[key])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Report that the keys came here."""
        super().focusInEvent(event)
        self.focused.emit()
        self.update()

    def is_pointed_at(self) -> bool:
        """Tell whether the pointer is above it."""
        option = QStyleOptionButton()
        option.initFrom(self)
        return bool(option.state & QStyle.StateFlag.State_MouseOver)

    def line(
        self, painter: QPainter, text: str, style: str, token: str,
        x: float, y: float, room: float,
    ) -> float:  # fmt: skip
        """Paint one line of text, cut to ``room``; return how wide it is."""
        shown, shape, _ = names.fit(text, style, max(0, int(room)))
        painter.setPen(ink.pen(token if self.isEnabled() else "disabled"))
        chips.text_at(painter, shape, shown, x, y, 20)
        return fonts.width(shape, shown)


class ActionTile(Tile):
    """One of the things to do: icon, verb, a line, its keys."""

    def __init__(
        self, icon: str, verb: str, line: str, keys: tuple[str, ...], *, primary: bool = False
    ) -> None:
        super().__init__(verb, ACTION_HEIGHT)
        self.setAccessibleDescription(line)
        self._icon, self._verb, self._line, self._keys = icon, verb, line, keys
        self._primary = primary

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint everything."""
        hovered = self.is_pointed_at()
        if self._primary:
            down = "accent_press" if self.isDown() else "accent_hover" if hovered else "accent"
            fill, edge, words, aside = down, None, "on_accent", "on_accent"
        else:
            fill = "soft" if self.isDown() else "hover" if hovered else "surface"
            edge, words, aside = "line2", "text", "text2"
        with QPainter(self) as painter:
            ink.box(
                painter, 0, 0, self.width(), self.height(), radius=Radius.CONTROL,
                fill=fill, edge=edge)
            mark = words if self._primary else "accent"
            icons.draw(
                painter, self._icon, _ICON, mark if self.isEnabled() else "disabled", _PAD + 4,
                (self.height() - _ICON) / 2)
            keys = chips.plain_key_width(self._keys)
            left = _PAD + 4 + _ICON + _PAD
            room = self.width() - left - keys - 2 * _PAD
            self.line(painter, self._verb, "identity", words, left, 11, room)
            self.line(painter, self._line, "small", aside, left, 31, room)
            at = self.width() - _PAD - keys
            chips.draw_plain_keys(painter, self._keys, at, 0, self.height(), aside)


class RecentTile(Tile):
    """A recent tournament: name, format, file; at the right its state and when."""

    forgotten = Signal()
    """Del: take it off the list."""

    def __init__(
        self, name: str, line: str, path: str, *, icon: str, tone: str, state: str, when: str
    ) -> None:
        super().__init__(name, RECENT_HEIGHT)
        self.setAccessibleDescription(", ".join(filter(None, (line, state, when, path))))
        self.setToolTip(path)
        self.setProperty("ring_inside", True)
        self._name, self._line, self._path = name, line, path
        self._icon, self._tone, self._state, self._when = icon, tone, state, when
        self.is_last = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Forget it by Del."""
        if event.key() == Qt.Key.Key_Delete:
            self.forgotten.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint three lines, two of them with something at the right."""
        with QPainter(self) as painter:
            if self.hasFocus():
                ink.box(
                    painter, 0, 0, self.width(), self.height(), radius=Radius.CARD - 1,
                    fill="soft")
                ink.box(painter, 0, 12, 3, self.height() - 24, fill="accent")
            elif self.is_pointed_at():
                ink.box(
                    painter, 0, 0, self.width(), self.height(), radius=Radius.CARD - 1,
                    fill="hover")
            if not self.is_last:
                rule = self.width() - 2 * Space.CARD
                painter.fillRect(Space.CARD, self.height() - 1, rule, 1, ink.color("line"))
            self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        right = self.width() - Space.MARGIN
        meant = self._tone in chips.TONE_ICONS
        words = self._tone if self._tone == "attention" else "text"
        state = min(fonts.width("control", self._state), self.width() * 0.5)
        left = right - state - _STATE_ICON - Space.UNIT
        self.line(painter, self._state, "control", words, right - state, 13, state + 1)
        if self._state:
            token = f"{self._tone}_mark" if meant else "accent"
            icons.draw(painter, self._icon, _STATE_ICON, token, left, 15)
        when = fonts.width("small", self._when)
        self.line(painter, self._when, "small", "text3", right - when, 35, when + 1)
        room = left - Space.MARGIN - Space.GAP
        style = "text2" if self._tone == "attention" else "text"
        self.line(painter, self._name, "card", style, Space.MARGIN, 12, room)
        lower = right - when - Space.MARGIN - Space.GAP
        self.line(painter, self._line, "small", "text2", Space.MARGIN, 33, lower)
        whole = self.width() - 2 * Space.MARGIN
        self.line(painter, self._path, "small", "text3", Space.MARGIN, 50, whole)


class FormatTile(Tile):
    """A format to begin with: its name, how it is debated, its sides."""

    def __init__(self, name: str, line: str, sides: tuple[str, ...], source: str) -> None:
        super().__init__(name, FORMAT_HEIGHT)
        self.setAccessibleDescription(", ".join(filter(None, (source, line))))
        self.setToolTip(line)
        self._name, self._line, self._sides, self._source = name, line, sides, source

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card; the one with the keys has the accent's edge."""
        fill = "soft" if self.isDown() else "hover" if self.is_pointed_at() else "surface"
        edge, width = ("accent", Ring.WIDTH) if self.hasFocus() else ("line", 1)
        with QPainter(self) as painter:
            ink.box(
                painter, 0, 0, self.width(), self.height(), radius=Radius.CARD,
                fill=fill, edge=edge, edge_width=width)
            room = self.width() - 2 * _PAD
            self.line(painter, self._name, "card", "text", _PAD, 13, room)
            self.line(painter, self._line, "small", "text2", _PAD, 36, room)
            left, top = _PAD, self.height() - _PAD - Height.CHIP
            for side in self._sides:
                left += chips.draw_side(painter, side, left, top) + Space.HALF
            source = fonts.width("small", self._source)
            if left + Space.UNIT + source <= self.width() - _PAD:
                at = self.width() - _PAD - source
                self.line(painter, self._source, "small", "text3", at, top - 1, source + 1)


_ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}
