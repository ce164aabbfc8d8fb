"""What each kind of cell looks like, how wide it would like to be, and whether it is cut."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.tables.cells import Cell, Column, Kind, Value, text_of
from tabapp.gui.tokens import Height, Space

PAD = Space.CELL
_ICON = 14
_GAP = 6
_MARK = 16
_SPARK = 120
_SPARK_EDGE = 6
_DOT, _DOT_STEP = 7, 10
_FIRST, _FURTHER = 20, 16
"""Heights of the lines of an entry."""
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


class MarkPainter(CellPainter):
    """Paints an icon alone, in the colour of its meaning."""

    def natural(self, value: Value, column: Column) -> int:
        """Return the width of the icon."""
        return _MARK + 2 * PAD

    narrow = natural

    def is_cut(self, value: Value, column: Column, width: int) -> bool:
        """Tell whether nobody can know the word of the icon: it is in the tooltip then."""
        return bool(text_of(value, column))

    def paint(self, painter: QPainter, value: Value, column: Column, at: Place) -> None:
        """Paint the icon in the middle of the height."""
        if isinstance(value, Cell) and value.icon:
            plain = "accent" if value.tone == "accent" else "text2"
            token = f"{value.tone}_mark" if value.tone in chips.TONE_ICONS else plain
            top = at.y + (at.height - _MARK) // 2
            icons.draw(painter, value.icon, _MARK, token, at.x + PAD, top)


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


class SparkPainter(CellPainter):
    """Paints a line through points, over the line of zero."""

    def natural(self, value: Value, column: Column) -> int:
        """Return a width in which a line can be read."""
        return _SPARK + 2 * PAD

    narrow = natural

    def is_cut(self, value: Value, column: Column, width: int) -> bool:
        """Tell whether there are words for what the line shows."""
        return bool(text_of(value, column))

    def paint(self, painter: QPainter, value: Value, column: Column, at: Place) -> None:
        """Paint the line as high as the row allows; one point alone is a dot."""
        points = value.points if isinstance(value, Cell) else ()
        if not points:
            return
        left, width = at.x + PAD, at.width - 2 * PAD
        floor, height = at.y + at.height - _SPARK_EDGE, at.height - 2 * _SPARK_EDGE
        painter.fillRect(left, floor, width, 1, ink.color("line2"))
        most, step = max(points) or 1.0, width / max(1, len(points) - 1)
        line = [
            QPointF(left + i * step, floor - height * point / most)
            for i, point in enumerate(points)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        painter.setPen(ink.pen("text3" if at.dim else "accent", 1.5))
        if len(line) == 1:
            painter.drawEllipse(line[0], 1.5, 1.5)
        else:
            painter.drawPolyline(line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


class DotsPainter(CellPainter):
    """Paints dots, some of them filled, and the words of a cell after them."""

    @staticmethod
    def _dots(value: Value) -> tuple[int, int]:
        filled, whole = value.points if isinstance(value, Cell) and value.points else (0.0, 0.0)
        return round(filled), round(whole)

    def natural(self, value: Value, column: Column) -> int:
        """Return the width of dots and words."""
        words = fonts.width("body", text_of(value, column))
        return round(words + 0.5) + self._dots(value)[1] * _DOT_STEP + _GAP + 2 * PAD

    narrow = natural

    def is_cut(self, value: Value, column: Column, width: int) -> bool:
        """Tell whether the words do not fit."""
        return self.natural(value, column) > width

    def paint(self, painter: QPainter, value: Value, column: Column, at: Place) -> None:
        """Paint discs and rings in the middle of the height, then the words."""
        filled, whole = self._dots(value)
        token = "text3" if at.dim else "text2"
        top, left = at.y + (at.height - _DOT) // 2, at.x + PAD
        for number in range(whole):
            ink.box(
                painter, left + number * _DOT_STEP, top, _DOT, _DOT, radius=_DOT / 2,
                fill=token if number < filled else None, edge=token)
        left += whole * _DOT_STEP + _GAP
        self._text(painter, text_of(value, column), at, left, at.x + at.width - PAD - left)


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
    Kind.DOTS: DotsPainter(),
    Kind.ENTRY: EntryPainter(),
}
