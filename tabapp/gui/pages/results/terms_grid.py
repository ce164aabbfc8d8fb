"""The rows behind a number, painted as a small table of its own."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tabapp.gui import chips, fonts, ink, names
from tabapp.gui.messages import tr
from tabapp.gui.tokens import SIDES, Height
from tabapp.services.result_term_rows import Grid, Heading, TermLine

ROW = 27
_HEAD = 28
_TOTAL = 34
_GAP = 20
_MOST_TEXT = 190
"""Width above which words are shortened; a number never is."""


class TermsGrid(QWidget):
    """Headings, a row for each term, the total in bold below a stronger rule."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = Grid((), ())
        self._natural: list[int] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_grid(self, grid: Grid) -> None:
        """Show other rows."""
        self._grid = grid
        self._natural = [self._width(at) for at in range(len(grid.headings))]
        self.setAccessibleName(tr("Terms"))
        self.setAccessibleDescription("\n".join(
            ", ".join(filter(None, line.cells)) for line in self._lines()))
        self.setVisible(bool(grid.headings))
        self.setFixedHeight(self.full_height())
        self.updateGeometry()
        self.update()

    def _lines(self) -> list[TermLine]:
        return [*self._grid.lines, *([self._grid.total] if self._grid.total else [])]

    def full_height(self) -> int:
        """Return the height of all rows."""
        if not self._grid.headings:
            return 0
        return _HEAD + ROW * len(self._grid.lines) + (_TOTAL if self._grid.total else 0)

    def sizeHint(self) -> QSize:
        """Ask for the width at which words are whole, up to a limit."""
        wide = sum(self._natural) + _GAP * max(0, len(self._natural) - 1)
        return QSize(wide, self.full_height())

    def minimumSizeHint(self) -> QSize:
        """Be content with less, words are shortened then."""
        return QSize(0, self.full_height())

    def _width(self, at: int) -> int:
        heading = self._grid.headings[at]
        wide = fonts.width("header", heading.title)
        for line in self._lines():
            wide = max(wide, _cell_width(heading, line.cells[at], strong=line.strong))
        if heading.look in ("text", "note"):
            wide = min(wide, _MOST_TEXT)
        return round(wide + 0.5)

    def _places(self) -> list[tuple[int, int]]:
        """Return left edge and width of each column: what is left over goes between them."""
        count = len(self._natural)
        spare = self.width() - sum(self._natural)
        widths = list(self._natural)
        least = _GAP * (count - 1)
        if spare < least:  # words give way
            words = [i for i, one in enumerate(self._grid.headings) if one.look in ("text", "note")]
            while spare < least and any(widths[i] > ROW for i in words):
                widest = max(words, key=lambda i: widths[i])
                widths[widest] -= 1
                spare += 1
        gap = max(_GAP // 2, spare // max(1, count - 1)) if count > 1 else 0
        found, x = [], 0
        for at, wide in enumerate(widths):
            last = at == count - 1 and count > 1
            found.append((self.width() - wide if last else x, wide))
            x += wide + gap
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint headings, rows and total."""
        places = self._places()
        with QPainter(self) as painter:
            for heading, (x, wide) in zip(self._grid.headings, places, strict=True):
                painter.setPen(ink.pen("text2"))
                left = x
                if heading.look == "number":
                    left = x + wide - round(fonts.width("header", heading.title))
                shown, style, _ = names.fit(heading.title, "header", wide + 1)
                chips.text_at(painter, style, shown, left, 0, _HEAD)
            painter.fillRect(0, _HEAD - 1, self.width(), 1, ink.color("line2"))
            y = _HEAD
            for line in self._grid.lines:
                self._paint_line(painter, line, places, y, ROW - 1)
                y += ROW
                if line is not self._grid.lines[-1]:
                    painter.fillRect(0, y - 1, self.width(), 1, ink.color("line"))
            if self._grid.total is not None:
                painter.fillRect(0, y - 1, self.width(), 2, ink.color("line2"))
                self._paint_line(painter, self._grid.total, places, y + 1, _TOTAL - 1)

    def _paint_line(
        self, painter: QPainter, line: TermLine, places: list[tuple[int, int]], y: int,
        height: int,
    ) -> None:
        last = len(places) - 1 if self._grid.total is not None else -1
        for at, (heading, (x, wide)) in enumerate(zip(self._grid.headings, places, strict=True)):
            text = line.cells[at]
            if not text:
                continue
            if heading.look == "side" and text in SIDES:
                chips.draw_side(painter, text, x, y + (height - Height.CHIP) // 2)
                continue
            strong = line.strong or (at == last and heading.look == "number" and line.counts)
            style = "strong" if strong else "body"
            token = "text" if line.counts else "text3"
            if heading.look == "note":
                style, token = "small", "text3"
            shown, shape, _ = names.fit(text, style, wide + 1)
            painter.setPen(ink.pen(token))
            left: float = x
            if heading.look == "number":
                left = x + wide - fonts.width(shape, shown)
            chips.text_at(painter, shape, shown, left, y, height)


def _cell_width(heading: Heading, text: str, *, strong: bool) -> float:
    if heading.look == "side":
        return chips.side_width(text) if text else 0
    if heading.look == "note":
        return fonts.width("small", text)
    return fonts.width("strong" if strong or heading.look == "number" else "body", text)
