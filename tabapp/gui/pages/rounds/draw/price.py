"""The price of a swap, a line each, before the team is dropped."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tabapp.domain.draw.swaps import PriceLine, SwapPrice, signed
from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.messages import tr
from tabapp.gui.widgets.floating import SHADOW, Floating

_WIDTH = 392
_PAD = 14
_LINE = 24
_TITLE = 32
_FOOT = 38
_ICON = 16
_GAP = 6
_MOST = 7
_ICONS = {
    "legality": "octagon-alert", "cost": "arrow-up", "sides": "refresh-cw",
    "history": "history", "institution": "house", "clash": "triangle-alert",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offer:
    """What the panel says: a title, a price, and the best place in its stead."""

    title: str
    price: SwapPrice | None
    best: str = ""
    change: float = 0.0


class PricePanel(Floating):
    """A panel below the cell over which a lifted team is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, tr("Price of the swap"))
        self.offer: Offer | None = None

    @property
    def lines(self) -> list[PriceLine]:
        """Return the lines that are shown: the last ones give way to their number."""
        lines = list(self.offer.price.lines) if self.offer and self.offer.price else []
        if len(lines) <= _MOST:
            return lines
        more = len(lines) - _MOST + 1
        return [*lines[: _MOST - 1], PriceLine("history", tr("And {n} more.", n=more), good=False)]

    def show_offer(self, offer: Offer, at: QRect) -> None:
        """Show a price below ``at`` (above it where there is no room), as the parent counts."""
        self.offer = offer
        self.setAccessibleDescription(
            " ".join([offer.title, *(f"{one.sentence} {one.figure}" for one in self.lines)]))
        best = _LINE + _GAP if offer.best else 0
        height = _TITLE + _LINE * len(self.lines) + best + _FOOT + 2 * SHADOW
        width = _WIDTH + 2 * SHADOW
        left = max(0, min(at.left(), self.below.width() - width))
        top = at.bottom() + 2 - SHADOW + _GAP
        if top + height - SHADOW > self.below.height():
            top = max(-SHADOW, at.top() - height + SHADOW - _GAP)
        self.setGeometry(QRect(QPoint(left, top), QPoint(left + width - 1, top + height - 1)))
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint title, lines, the best alternative and the keys."""
        super().paintEvent(event)
        if self.offer is None:
            return
        place = self.panel()
        left, right, y = place.x() + _PAD, place.right() - _PAD, place.y() + 6
        with QPainter(self) as painter:
            self._text(painter, self.offer.title, "identity", "text", left, y, right - left)
            y += _TITLE - 6
            for line in self.lines:
                self._line(painter, line, left, right, y)
                y += _LINE
            if self.offer.best:
                y += _GAP
                words = tr("Best: with {team}", team=self.offer.best)
                figure = signed(self.offer.change)
                room = right - left - _ICON - 8 - 40
                chips.draw_keys(painter, ("Tab",), left, y + 2)
                self._text(painter, words, "small", "text2", left + 38, y, room - 16)
                self._figure(painter, figure, "text2", right, y)
                y += _LINE
            painter.fillRect(place.x() + 1, y + 4, place.width() - 2, 1, ink.color("line"))
            self._keys(painter, left, y + 10)

    def _line(self, painter: QPainter, line: PriceLine, left: int, right: int, y: int) -> None:
        name = _ICONS[line.kind] if not line.good else "check"
        icons.draw(
            painter, name, _ICON, "done_mark" if line.good else "attention_mark", left, y + 4)
        figure = fonts.width("identity", line.figure) + 8 if line.figure else 0
        start = left + _ICON + 8
        self._text(painter, line.sentence, "body", "text", start, y, round(right - start - figure))
        self._figure(painter, line.figure, "text" if line.good else "attention", right, y)

    @staticmethod
    def _figure(painter: QPainter, figure: str, token: str, right: int, y: int) -> None:
        painter.setPen(ink.pen(token))
        at = right - fonts.width("identity", figure)
        chips.text_at(painter, "identity", figure, at, y, _LINE)

    @staticmethod
    def _text(
        painter: QPainter, text: str, style: str, token: str, x: int, y: int, room: int
    ) -> None:
        shown, shape, _ = names.fit(text, style, max(0, room))
        painter.setPen(ink.pen(token))
        chips.text_at(painter, shape, shown, x, y, _LINE)

    @staticmethod
    def _keys(painter: QPainter, left: int, y: int) -> None:
        x: float = left
        for keys, words in (
            (("Up", "Down", "Left", "Right"), tr("carry")), (("Enter",), tr("swap")),
            (("Esc",), tr("leave as it is")),
        ):
            x += chips.draw_keys(painter, keys, x, y) + 7
            painter.setPen(ink.pen("text2"))
            chips.text_at(painter, "small", words, x, y, 18)
            x += fonts.width("small", words) + 16
