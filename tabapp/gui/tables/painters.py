"""What each kind of cell looks like, how wide it would like to be, and whether it is cut."""

from __future__ import annotations

from PySide6.QtGui import QPainter

from tabapp.gui import chips, fonts, ink, names
from tabapp.gui.tables.cell_painter import PAD, CellPainter, Place
from tabapp.gui.tables.cells import Cell, Column, Kind, Value, text_of
from tabapp.gui.tables.drawn_cells import (
    DotsPainter,
    MarkPainter,
    PlacePainter,
    SparkPainter,
    TrendPainter,
)
from tabapp.gui.tables.measured_cells import RangePainter, SharePainter
from tabapp.gui.tokens import Height

_FIRST, _FURTHER = 20, 16
"""Heights of the lines of an entry."""


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


class VerdictPainter(CellPainter):
    """Paints words, in the colour of their meaning where they have one."""

    def paint(self, painter: QPainter, value: Value, column: Column, at: Place) -> None:
        """Paint the words inside ``at``."""
        means = isinstance(value, Cell) and value.tone in chips.TONE_ICONS
        style = "identity" if means else "body"
        token = value.tone if means and isinstance(value, Cell) else "text2"
        room = max(0, at.width - 2 * PAD)
        shown, shape, _ = names.fit(text_of(value, column), style, room)
        painter.setPen(ink.pen("text3" if at.dim else token))
        chips.text_at(painter, shape, shown, at.x + PAD, at.y, at.height)


class EntryPainter(IdentityPainter):
    """Paints the cell as that of an identity, and lines of small words below."""

    def natural(self, value: Value, column: Column) -> int:
        """Return the width of the longest line."""
        below = max((fonts.width("small", one) for one in self._below(value)), default=0.0)
        return max(super().natural(value, column), round(below + 0.5) + 2 * PAD)

    @staticmethod
    def _below(value: Value) -> list[str]:
        return value.below.split("\n") if isinstance(value, Cell) and value.below else []

    def is_cut(self, value: Value, column: Column, width: int) -> bool:
        """Tell whether one of the lines does not fit."""
        return self.natural(value, column) > width

    def paint(self, painter: QPainter, value: Value, column: Column, at: Place) -> None:
        """Paint the lines close together in the middle of the height."""
        lines, y, height = self._below(value), at.y, at.height
        first = _FIRST if text_of(value, column) else 0
        at.y, at.height = y + (height - first - _FURTHER * len(lines)) // 2, _FIRST
        super().paint(painter, value, column, at)
        top = at.y + first
        at.y, at.height = y, height
        room = max(0, at.width - 2 * PAD)
        for one in lines:
            shown, style, _ = names.fit(one, "small", room)
            painter.setPen(ink.pen("text3" if at.dim else "text2"))
            chips.text_at(painter, style, shown, at.x + PAD, top, _FURTHER)
            top += _FURTHER


PAINTERS: dict[Kind, CellPainter] = {
    Kind.TEXT: CellPainter(),
    Kind.IDENTITY: IdentityPainter(),
    Kind.NUMBER: NumberPainter(),
    Kind.BADGE: BadgePainter(),
    Kind.SIDE: SidePainter(),
    Kind.PERSON: PersonPainter(),
    Kind.MARK: MarkPainter(),
    Kind.VERDICT: VerdictPainter(),
    Kind.SPARK: SparkPainter(),
    Kind.TREND: TrendPainter(),
    Kind.PLACE: PlacePainter(),
    Kind.DOTS: DotsPainter(),
    Kind.SHARE: SharePainter(),
    Kind.RANGE: RangePainter(),
    Kind.ENTRY: EntryPainter(),
}
