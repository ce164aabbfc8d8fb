"""What each kind of cell looks like, how wide it would like to be, and whether it is cut."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QPainter

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.tables.cells import Cell, Column, Kind, Value, text_of
from tabapp.gui.tokens import Height, Space

PAD = Space.CELL
_ICON = 14
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
        room = width - 2 * PAD - self._before(value) - self._after(value)
        text = text_of(value, column)
        return self._fit(text, room)[2]

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
        width = 0.0
        if value.aside:
            width += fonts.width("small", value.aside) + _GAP
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
        room = at.x + at.width - PAD - left - self._after(value)
        used = self._text(painter, value.text, at, left, room)
        if value.aside:
            painter.setPen(ink.pen("text3"))
            chips.text_at(painter, "small", value.aside, left + used + _GAP, at.y, at.height)
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


class IdentityPainter(CellPainter):
    """Paints what the row is about."""

    style = "identity"


class PersonPainter(CellPainter):
    """Paints a person, whose first name may shrink to its letter."""

    is_person = True


class NumberPainter(CellPainter):
    """Paints a number at the right edge, in a meaning's colour if it has one."""

    def natural(self, value: Value, column: Column) -> int:
        """Return the width of the whole number: a number is never cut."""
        style = "strong" if column.strong else "body"
        return round(fonts.width(style, text_of(value, column)) + 0.5) + 2 * PAD

    narrow = natural

    def is_cut(self, value: Value, column: Column, width: int) -> bool:
        """Tell whether the number does not fit."""
        return self.natural(value, column) > width

    def paint(self, painter: QPainter, value: Value, column: Column, at: Place) -> None:
        """Paint the number, or nothing."""
        text = text_of(value, column)
        if not text:
            return
        style, token = "strong" if column.strong else "body", "text3" if at.dim else "text"
        if isinstance(value, Cell) and value.tone:
            style, token = "identity", value.tone
        painter.setPen(ink.pen(token))
        left = at.x + at.width - PAD - fonts.width(style, text)
        chips.text_at(painter, style, text, left, at.y, at.height)


class BadgePainter(CellPainter):
    """Paints a badge; the normal case, which has no tone, as plain words."""

    style = "note"

    @staticmethod
    def _icon(value: Value) -> str | None:
        if not isinstance(value, Cell) or not value.tone:
            return None
        return value.icon or chips.TONE_ICONS.get(value.tone)

    def natural(self, value: Value, column: Column) -> int:
        """Return the width of the whole badge."""
        return chips.badge_width(text_of(value, column), self._icon(value)) + 2 * PAD

    narrow = natural

    def is_cut(self, value: Value, column: Column, width: int) -> bool:
        """Tell whether the badge's words do not fit."""
        return self.natural(value, column) > width

    def paint(self, painter: QPainter, value: Value, column: Column, at: Place) -> None:
        """Paint the badge inside ``at``."""
        text = text_of(value, column)
        if not isinstance(value, Cell) or not value.tone:
            painter.setPen(ink.pen("text2"))
            shown, style, _ = names.fit(text, "small", max(0, at.width - 2 * PAD))
            chips.text_at(painter, style, shown, at.x + PAD, at.y, at.height)
            return
        icon = self._icon(value)
        over = self.natural(value, column) - at.width
        if over > 0:
            room = round(fonts.width("note", text)) - over
            text = names.fit(text, "note", max(0, room))[0]
        top = at.y + (at.height - Height.BADGE) // 2
        chips.draw_badge(painter, text, at.x + PAD, top, tone=value.tone, icon=icon)


class SidePainter(CellPainter):
    """Paints the chip of a side."""

    def natural(self, value: Value, column: Column) -> int:
        """Return the width of the chip."""
        return chips.side_width(text_of(value, column)) + 2 * PAD

    narrow = natural

    def is_cut(self, value: Value, column: Column, width: int) -> bool:
        """Tell that a chip is never cut."""
        return False

    def paint(self, painter: QPainter, value: Value, column: Column, at: Place) -> None:
        """Paint the chip inside ``at``."""
        text = text_of(value, column)
        if text:
            top = at.y + (at.height - Height.CHIP) // 2
            chips.draw_side(painter, text, at.x + PAD, top)


PAINTERS: dict[Kind, CellPainter] = {
    Kind.TEXT: CellPainter(),
    Kind.IDENTITY: IdentityPainter(),
    Kind.NUMBER: NumberPainter(),
    Kind.BADGE: BadgePainter(),
    Kind.SIDE: SidePainter(),
    Kind.PERSON: PersonPainter(),
}
