"""One of a few, side by side: Tab reaches the row, arrows choose in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tabapp.gui import chips, fonts, ink
from tabapp.gui.tokens import Height, Radius, Ring

_PAD = 12


class Segments(QWidget):
    """A segmented control. ``chosen`` reports the key of what a person chose."""

    chosen = Signal(str)

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str]], *, height: int = Height.CONTROL
    ) -> None:
        """``choices``: key and words of each; the first is chosen."""
        super().__init__()
        if not choices:
            raise ValueError("a segmented control needs something to choose from")
        self._choices = list(choices)
        self._at = 0
        self._under: int | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell()

    @property
    def key(self) -> str:
        """Return the key of what is chosen."""
        return self._choices[self._at][0]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return key and words of each."""
        return list(self._choices)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other choices; what was chosen stays, or the first is (ValueError for none)."""
        if not choices:
            raise ValueError("a segmented control needs something to choose from")
        if list(choices) != self._choices:
            key, keys = self.key, [one for one, _ in choices]
            self._choices = list(choices)
            self._at = keys.index(key) if key in keys else 0
            self._under = None
            self.updateGeometry()
            self._tell()

    def choose(self, key: str) -> None:
        """Choose without reporting it (ValueError if there is no such key)."""
        self._at = [k for k, _ in self._choices].index(key)
        self._tell()

    def set_words(self, key: str, words: str) -> None:
        """Call a choice something else, as with another number (ValueError for no such key)."""
        at = [k for k, _ in self._choices].index(key)
        if self._choices[at][1] != words:
            self._choices[at] = (key, words)
            self.updateGeometry()
            self._tell()

    def _tell(self) -> None:
        self.setAccessibleDescription(self._choices[self._at][1])
        self.update()

    def _boxes(self) -> list[QRect]:
        boxes, left = [], 0
        for _, words in self._choices:
            # as wide as in bold, so that nothing moves when another is chosen
            width = round(fonts.width("identity", words)) + 2 * _PAD
            boxes.append(QRect(left, 0, width, self.height()))
            left += width
        return boxes

    def sizeHint(self) -> QSize:
        """Ask for all the words."""
        return QSize(self._boxes()[-1].right() + 1, self.height())

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row, the chosen one tinted and edged."""
        with QPainter(self) as painter:
            boxes = self._boxes()
            enabled = self.isEnabled()
            ink.box(
                painter, 0, 0, self.width(), self.height(), radius=Radius.CONTROL,
                fill="surface" if enabled else "sunken", edge="line2" if enabled else "line",
            )  # fmt: skip
            for i, (box, (_, words)) in enumerate(zip(boxes, self._choices, strict=True)):
                self._paint_one(painter, i, box, words)
            if self.hasFocus():
                box = boxes[self._at]
                ink.box(
                    painter, box.x(), 0, box.width(), self.height(),
                    radius=Radius.CONTROL, edge="accent", edge_width=Ring.WIDTH,
                )  # fmt: skip

    def _paint_one(self, painter: QPainter, i: int, box: QRect, words: str) -> None:
        here, enabled = i == self._at, self.isEnabled()
        if here and enabled:
            ink.box(
                painter, box.x(), 0, box.width(), self.height(),
                radius=Radius.CONTROL, fill="soft", edge="accent",
            )  # fmt: skip
        elif i == self._under and enabled:
            ink.box(
                painter, box.x() + 2, 2, box.width() - 4, self.height() - 4,
                radius=Radius.CHIP, fill="hover",
            )  # fmt: skip
        if i and not here and i - 1 != self._at:
            painter.fillRect(box.x(), 8, 1, self.height() - 16, ink.color("line2"))
        token = ("accent" if here else "text2") if enabled else "disabled"
        style = "identity" if here else "control"
        painter.setPen(ink.pen(token))
        left = box.x() + (box.width() - fonts.width(style, words)) / 2
        chips.text_at(painter, style, words, left, 0, self.height())

    def _index_at(self, point: QPoint) -> int | None:
        return next((i for i, b in enumerate(self._boxes()) if b.contains(point)), None)

    def _pick(self, i: int) -> None:
        if i != self._at:
            self._at = i
            self._tell()
            self.chosen.emit(self.key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is below the pointer."""
        i = self._index_at(event.position().toPoint())
        if i is not None and event.button() == Qt.MouseButton.LeftButton:
            self._pick(i)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tint what is below the pointer."""
        self._under = self._index_at(event.position().toPoint())
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Tint what is below the pointer."""
        self._under = self._index_at(event.position().toPoint())
        self.update()

    def leaveEvent(self, event: object) -> None:
        """Tint nothing any more."""
        self._under = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by arrows, Home and End, and stop at the ends."""
        last = len(self._choices) - 1
        to = {
            Qt.Key.Key_Left: max(0, self._at - 1),
            Qt.Key.Key_Right: min(last, self._at + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if to is None:
            super().keyPressEvent(event)
        else:
            self._pick(to)
