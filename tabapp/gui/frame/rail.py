"""The rail: the places of the window, with what waits in them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.messages import count, tr
from tabapp.gui.tokens import Radius
from tabapp.gui.widgets.buttons import IconButton

WIDE = 176
NARROW = 56
_PITCH = 38
_ITEM = 36
_ICON = 18
_EDGE = 8
_HEAD = 48
_LOGO = 24
_BADGE = 18
_WAYS = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
)  # fmt: skip
Spot = tuple[str, str, str]
"""Key, title and icon of a place."""


class RailItem(QAbstractButton):
    """A place: its icon, its name, how much waits there or that a job runs."""

    def __init__(self, spot: Spot, keys: tuple[str, ...]) -> None:
        super().__init__()
        self.key, self._title, self._icon = spot
        self._keys = keys
        self.waiting = 0
        self.runs = False
        self.folded = False
        self.setCheckable(True)
        self.setFixedHeight(_ITEM)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tell()

    def show_waiting(self, waiting: int) -> None:
        """Show how much waits there; 0 nothing."""
        self.waiting = waiting
        self._tell()

    def show_running(self, runs: bool) -> None:
        """Show that a job runs."""
        self.runs = runs
        self._tell()

    def _tell(self) -> None:
        facts = [tr(self._title)]
        if self.waiting:
            facts.append(count(self.waiting, "waits", "wait"))
        if self.runs:
            facts.append(tr("a job is running"))
        self.setAccessibleName(", ".join(facts))
        self.setToolTip(f"{', '.join(facts)}  {' '.join(self._keys)}".rstrip())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the ways along the rail to the rail."""
        if event.key() in _WAYS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def nextCheckState(self) -> None:
        """Leave the mark to the window: it moves when the place is open."""

    def sizeHint(self) -> QSize:
        """Ask for a line of the rail."""
        return QSize(WIDE - 2 * _EDGE, _ITEM)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the place, tinted with a bar where we are."""
        here = self.isChecked()
        with QPainter(self) as painter:
            if here or self.underMouse():
                ink.box(
                    painter, 0, 0, self.width(), _ITEM, radius=Radius.CONTROL,
                    fill="soft" if here else "hover",
                )  # fmt: skip
            if here:
                painter.fillRect(0, 6, 3, _ITEM - 12, ink.color("accent"))
            left = (self.width() - _ICON) / 2 if self.folded else 12
            token = "accent" if here else "text2"
            icons.draw(painter, self._icon, _ICON, token, left, (_ITEM - _ICON) / 2)
            right = self.width() - 8.0
            if self.waiting:
                right = self._paint_badge(painter, right)
            elif self.runs:
                right = self._paint_dot(painter, right)
            if not self.folded:
                style, room = "identity" if here else "control", right - 40 - 6
                shown, shape, _ = names.fit(tr(self._title), style, int(room))
                painter.setPen(ink.pen("accent" if here else "text"))
                chips.text_at(painter, shape, shown, 40, 0, _ITEM)

    def _paint_badge(self, painter: QPainter, right: float) -> float:
        words = str(self.waiting)
        width = max(_BADGE, fonts.width("note", words) + 10)
        x, y = (self.width() - width, 0.0) if self.folded else (right - width, 9.0)
        ink.box(
            painter, x, y, width, _BADGE, radius=_BADGE / 2, fill="attention_bg",
            edge="attention_line",
        )  # fmt: skip
        painter.setPen(ink.pen("attention"))
        chips.text_at(
            painter, "note", words, x + (width - fonts.width("note", words)) / 2, y, _BADGE)
        return x

    def _paint_dot(self, painter: QPainter, right: float) -> float:
        x, y = (self.width() - 12.0, 6.0) if self.folded else (right - 8, (_ITEM - 8) / 2)
        ink.box(painter, x, y, 8, 8, radius=4, fill="accent")
        return x


class _Sign(QWidget):
    """The mark and the name of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.folded = False
        self.setFixedHeight(_HEAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint three bars on a petrol ground, and the name beside it."""
        left = (NARROW - _LOGO) // 2 - _EDGE
        top = (_HEAD - _LOGO) // 2
        with QPainter(self) as painter:
            ink.box(painter, left, top, _LOGO, _LOGO, radius=Radius.CONTROL, fill="accent")
            for i, high in enumerate((6, 12, 9)):
                painter.fillRect(
                    left + 6 + i * 5, top + 18 - high, 3, high, ink.color("on_accent"))
            if not self.folded:
                painter.setPen(ink.pen("text"))
                chips.text_at(painter, "card", "tabapp", left + _LOGO + 10, 0, _HEAD)


class Rail(QWidget):
    """The places, one below the other, the last at the bottom. One stop for Tab, arrows inside."""

    chosen = Signal(str)
    fold_asked = Signal()

    def __init__(self, spots: Sequence[Spot], keys: Sequence[tuple[str, ...]]) -> None:
        super().__init__()
        self.setAccessibleName(tr("Places"))
        self.items = [RailItem(spot, caps) for spot, caps in zip(spots, keys, strict=True)]
        self._at = 0
        self._folded = False
        self._sign = _Sign()
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, 0, _EDGE, 12)
        column.setSpacing(_PITCH - _ITEM)
        column.addWidget(self._sign)
        column.addSpacing(6)
        above = self.items[:-1] or self.items  # one alone stands at the top
        for item in above:
            column.addWidget(item)
        column.addStretch(1)
        foot = self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        foot.setSpacing(2)
        for item in self.items[len(above):]:
            foot.addWidget(item)
        self._fold = IconButton("panel-left", tr("Fold the rail"))
        self._fold.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._fold.clicked.connect(self.fold_asked)
        foot.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(foot)
        for item in self.items:
            item.clicked.connect(self._on_clicked)
        self._rove(0)
        self.set_folded(False)

    @property
    def folded(self) -> bool:
        """Tell whether only icons are shown."""
        return self._folded

    def item(self, key: str) -> RailItem | None:
        """Return a place's line; None if there is no such place."""
        return next((one for one in self.items if one.key == key), None)

    def set_folded(self, folded: bool) -> None:
        """Show icons only, or names too."""
        self._folded = self._sign.folded = folded
        self.setFixedWidth(NARROW if folded else WIDE)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._foot.setDirection(down if folded else across)
        words = tr("Unfold the rail") if folded else tr("Fold the rail")
        self._fold.setAccessibleName(words)
        self._fold.setToolTip(f"{words}  Ctrl B")
        for item in self.items:
            item.folded = folded
            item.update()
        self._sign.update()

    def mark(self, key: str) -> None:
        """Mark the place that is open."""
        for at, item in enumerate(self.items):
            item.setChecked(item.key == key)
            if item.key == key:
                self._rove(at)

    def _rove(self, at: int) -> None:
        """Let Tab stop at one line only."""
        self._at = at
        for i, item in enumerate(self.items):
            policy = Qt.FocusPolicy.StrongFocus if i == at else Qt.FocusPolicy.ClickFocus
            item.setFocusPolicy(policy)

    def _on_clicked(self) -> None:
        item = self.sender()
        if isinstance(item, RailItem):
            self.chosen.emit(item.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by arrows, Home and End; Enter opens."""
        last = len(self.items) - 1
        key = Qt.Key(event.key())
        to = {
            Qt.Key.Key_Up: max(0, self._at - 1), Qt.Key.Key_Down: min(last, self._at + 1),
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
        }.get(key)  # fmt: skip
        if to is not None:
            self._rove(to)
            self.items[to].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.items[self._at].key)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line at the right."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), ink.color("rail"))
            painter.fillRect(self.width() - 1, 0, 1, self.height(), ink.color("line"))
