"""Where a cell is painted, and the painter of text that the others build on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QPainter

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.tables.cells import Cell, Column, Value, text_of
from tabapp.gui.tokens import Height, Space

PAD = Space.CELL
_ICON = 14
_LEAST_ASIDE = 24
"""Width below which an aside is left out."""
_GAP = 6
_NOTE_FIGURES = "00"
_SHORT_END = 4
"""Letters of a last word that tells one name from another."""


@dataclass(slots=True)
class Place:
    """Where one cell is painted: one for all cells of a paint, filled anew for each."""

    x: int = 0
    y: int = 0
    width: int = 0
    height: int = 0
    dim: bool = False


class CellPainter:
    """Paints text: chip, text, aside, and at the right edge icon and note."""

    style = "body"
    token = "text"
    is_person = False

    def natural(self, value: Value, column: Column) -> int:
        """Return the width at which nothing is shortened."""
        text = fonts.width(self.style, text_of(value, column))
        return round(text + 0.5) + self._before(value) + self._after(value) + 2 * PAD

    def narrow(self, value: Value, column: Column) -> int:
        """Return the width at which a name is condensed, and nothing is left out."""
        text = fonts.width(f"{self.style}_condensed", text_of(value, column))
        return round(text + 0.5) + self._before(value) + self._after(value) + 2 * PAD

    def is_cut(self, value: Value, column: Column, width: int) -> bool:
        """Tell whether letters are left out in a cell of ``width``."""
        room = width - 2 * PAD - self._before(value) - self._at_edge(value)
        text = text_of(value, column)
        aside = value.aside if isinstance(value, Cell) else ""
        return self._fit(text, self._room_of_text(text, aside, room))[2] or bool(
            aside and self._fit(text, self._room_beside(aside, room))[2])

    def _room_of_text(self, text: str, aside: str, room: int) -> int:
        """Return the width for a text: all of it where the aside would make it lose letters."""
        beside = self._room_beside(aside, room)
        return room if self._fit(text, beside)[2] else beside

    @staticmethod
    def _room_beside(aside: str, room: int) -> int:
        return room - round(fonts.width("small", aside) + _GAP + 0.5) if aside else room

    def _fit(self, text: str, room: int) -> tuple[str, str, bool]:
        """Fit a text; the letter of a team and the number of a room stay, whatever goes."""
        last = text.rpartition(" ")[2]
        keep_end = not self.is_person and len(last) <= _SHORT_END and last.isalnum()
        return names.fit(text, self.style, max(0, room), person=self.is_person, keep_end=keep_end)

    @staticmethod
    def _before(value: Value) -> int:
        return chips.side_width(value.side) + _GAP if isinstance(value, Cell) and value.side else 0

    @staticmethod
    def _after(value: Value) -> int:
        if not isinstance(value, Cell):
            return 0
        aside = fonts.width("small", value.aside) + _GAP if value.aside else 0
        return round(aside + 0.5) + CellPainter._at_edge(value)

    @staticmethod
    def _at_edge(value: Value) -> int:
        if not isinstance(value, Cell):
            return 0
        width = 0.0
        if value.note:
            note = max(fonts.width("small", value.note), fonts.width("small", _NOTE_FIGURES))
            width += note + _GAP
        if value.icon:
            width += _ICON + _GAP
        return round(width + 0.5)

    def paint(self, painter: QPainter, value: Value, column: Column, at: Place) -> None:
        """Paint the value inside ``at``."""
        if value is None:
            return
        if not isinstance(value, Cell):
            self._text(painter, text_of(value, column), at, at.x + PAD, at.width - 2 * PAD)
            return
        left = at.x + PAD
        if value.side:
            top = at.y + (at.height - Height.CHIP) // 2
            left += chips.draw_side(painter, value.side, left, top) + _GAP
        room = at.x + at.width - PAD - left - self._at_edge(value)
        used = self._text(
            painter, value.text, at, left, self._room_of_text(value.text, value.aside, room))
        left_over = int(room - used) - _GAP
        if value.aside and left_over >= _LEAST_ASIDE:
            shown, style, _ = names.fit(value.aside, "small", left_over)
            painter.setPen(ink.pen("text3"))
            chips.text_at(painter, style, shown, left + used + _GAP, at.y, at.height)
        self._right(painter, value, at)

    def _text(self, painter: QPainter, text: str, at: Place, left: int, room: int) -> float:
        shown, style, _ = self._fit(text, room)
        painter.setPen(ink.pen("text3" if at.dim else self.token))
        painter.setFont(fonts.font(style))
        chips.text_at(painter, style, shown, left, at.y, at.height)
        return fonts.width(style, shown)

    @staticmethod
    def _right(painter: QPainter, value: Cell, at: Place) -> None:
        right: float = at.x + at.width - PAD
        if value.note:
            width = fonts.width("small", value.note)
            painter.setPen(ink.pen("text3"))
            chips.text_at(painter, "small", value.note, right - width, at.y, at.height)
            right -= max(width, fonts.width("small", _NOTE_FIGURES)) + _GAP
        if value.icon:
            token = f"{value.tone}_mark" if value.tone in chips.TONE_ICONS else "text3"
            top = at.y + (at.height - _ICON) // 2
            icons.draw(painter, value.icon, _ICON, token, right - _ICON, top)
