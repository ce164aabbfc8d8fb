"""What floats below a judge on the way: the price of the drop, line by line."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tabapp.domain.allocation.board import Board
from tabapp.domain.allocation.price import Price, PriceLine
from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.messages import tr
from tabapp.gui.pages.rounds.judges.row import signed
from tabapp.gui.widgets.floating import SHADOW, Floating

_WIDTH = 388
_PAD = 16
_LINE = 24
_HEAD = 40
_HINTS = 38
_ICON = 16
_GAP = 6
_ICONS = {
    "history": "history", "size": "users", "moves": "arrow-right", "votes": "triangle-alert",
}  # fmt: skip


class PriceBox(Floating):
    """Says what a drop costs, and what would be the best without a clash. Takes no keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, tr("What this costs"))
        self.price: Price | None = None
        self._board: Board | None = None
        self._impossible = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_price(self, board: Board, price: Price, anchor: QRect) -> None:
        """Show the price of a drop at ``anchor``, in the parent's coordinates."""
        self._board, self.price, self._impossible = board, price, ""
        said = [self.title(), *(self._spoken(line) for line in price.lines)]
        self._open(said, anchor)

    def show_impossible(self, sentence: str, anchor: QRect) -> None:
        """Say why nothing can be dropped at ``anchor``."""
        self.price, self._impossible = None, sentence
        self._open([sentence], anchor)

    def _open(self, said: list[str], anchor: QRect) -> None:
        self.setAccessibleDescription(". ".join(said))
        self.setGeometry(beside(anchor, self.sizeHint(), self.below.rect()))
        self.show()
        self.raise_()
        self.update()

    def title(self) -> str:
        """Return who would sit where."""
        price, board = self.price, self._board
        if price is None or board is None:
            return ""
        return tr(
            "{name} as {role} of {debate}", name=board.judges[price.judge].name,
            role=price.target.role.value, debate=board.debate[price.target.debate].label)

    @staticmethod
    def _spoken(line: PriceLine) -> str:
        return line.text if line.amount is None else f"{line.text} {signed(line.amount, 1)}"

    def sizeHint(self) -> QSize:
        """Ask for a line each."""
        height = _HEAD
        if self.price is not None:
            height += len(self.price.lines) * _LINE + 8 + _HINTS
            height += (_LINE + 12) if self.price.best is not None else 0
        return QSize(_WIDTH + 2 * SHADOW, height + 2 * SHADOW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint title, lines, the best alternative and the keys."""
        super().paintEvent(event)
        place = self.panel()
        left, right, y = place.x() + _PAD, place.right() - _PAD, place.y()
        with QPainter(self) as painter:
            if self.price is None:
                icons.draw(painter, "ban", _ICON, "text2", left, y + (_HEAD - _ICON) / 2)
                _text(painter, self._impossible, "body", "text", left + 24, right, y, _HEAD)
                return
            total = signed(self.price.total, 1)
            width = round(fonts.width("strong", total))
            _text(painter, self.title(), "identity", "text", left, right - width - 12, y, _HEAD)
            _amount(painter, total, "strong", "text", right, y, _HEAD)
            y += _HEAD - 4
            for line in self.price.lines:
                self._paint_line(painter, line, left, right, y)
                y += _LINE
            y += 8
            y = self._paint_best(painter, left, right, y)
            self._paint_keys(painter, left, y)

    def _paint_line(
        self, painter: QPainter, line: PriceLine, left: int, right: int, y: int
    ) -> None:
        name, token = _icon_of(line)
        icons.draw(painter, name, _ICON, token, left, y + (_LINE - _ICON) / 2)
        words = ""
        if line.amount is not None:
            words = signed(line.amount, 1)
        elif line.kind == "clash" and line.tone == "problem":
            words = tr("needs a reason")
        style = "identity" if line.tone else "note"
        width = round(fonts.width(style, words)) + 12 if words else 0
        _text(painter, line.text, "body", "text", left + _ICON + 8, right - width, y, _LINE)
        _amount(painter, words, style, line.tone or "text2", right, y, _LINE)

    def _paint_best(self, painter: QPainter, left: int, right: int, y: int) -> int:
        if self.price is None or self.price.best is None or self._board is None:
            return y
        painter.fillRect(left - _PAD + 1, y, right - left + 2 * _PAD - 1, 1, ink.color("line"))
        judge, change = self.price.best
        words = tr("Best without a clash: {name}", name=self._board.judges[judge].name)
        amount = signed(change, 1)
        tone = "done" if change < 0 else "text2"
        width = round(fonts.width("identity", amount)) + 12
        _text(painter, words, "body", "text2", left, right - width, y + 6, _LINE)
        _amount(painter, amount, "identity", tone, right, y + 6, _LINE)
        return y + _LINE + 12

    def _paint_keys(self, painter: QPainter, left: int, y: int) -> None:
        place = self.panel()
        painter.fillRect(place.x() + 1, y, place.width() - 2, 1, ink.color("line"))
        price = self.price
        asks = price is not None and bool(price.clashes)
        hints = [("Enter", tr("ask for the reason") if asks else tr("drop"))]
        if price is not None and price.best is not None:
            hints.append(("Tab", tr("take the best")))
        hints.append(("Esc", tr("leave")))
        x, top = float(left), y + (_HINTS - 18) / 2
        for key, words in hints:
            x += chips.draw_keys(painter, (key,), x, top) + _GAP
            painter.setPen(ink.pen("text2"))
            chips.text_at(painter, "small", words, x, y, _HINTS)
            x += fonts.width("small", words) + 14


def _icon_of(line: PriceLine) -> tuple[str, str]:
    """Return the icon of a line and its colour."""
    tone = f"{line.tone}_mark" if line.tone else "text2"
    if line.kind == "clash":
        return {"done": "check", "problem": "octagon-x"}.get(line.tone, "triangle-alert"), tone
    if line.kind == "strength":
        change = line.amount or 0.0
        return ("arrow-down" if change < 0 else "arrow-up" if change > 0 else "minus"), tone
    return _ICONS[line.kind], tone


def _text(
    painter: QPainter, text: str, style: str, token: str, left: int, right: int, y: int,
    height: int,
) -> None:  # fmt: skip
    shown, shape, _cut = names.fit(text, style, max(0, right - left))
    painter.setPen(ink.pen(token))
    chips.text_at(painter, shape, shown, left, y, height)


def _amount(
    painter: QPainter, text: str, style: str, token: str, right: int, y: int, height: int
) -> None:
    painter.setPen(ink.pen(token))
    chips.text_at(painter, style, text, right - fonts.width(style, text), y, height)


def beside(anchor: QRect, size: QSize, window: QRect) -> QRect:
    """Return where a panel of ``size`` stands: below ``anchor``, else above, inside ``window``."""
    below = anchor.bottom() + 20 - SHADOW
    above = anchor.top() - size.height() + SHADOW - 6
    fits = below + size.height() - SHADOW <= window.height()
    top = below if fits else max(-SHADOW, above)
    left = min(anchor.x() + 24 - SHADOW, window.width() - size.width() + SHADOW)
    return QRect(QPoint(max(-SHADOW, left), top), size)
