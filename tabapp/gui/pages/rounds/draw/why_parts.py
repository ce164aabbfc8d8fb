"""Parts of the why panel: sides held, what other sides cost, facts of the certificate."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tabapp.domain.draw.swaps import SAME, signed
from tabapp.domain.types import Side
from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.messages import tr
from tabapp.gui.pages.rounds.draw.rows import chip_of
from tabapp.gui.tokens import Radius, Space
from tabapp.gui.widgets.painted import label
from tabapp.services.draw_sheet import DrawSheet, SheetRoom

_ROW = 30
_COLUMN = 28
_HEAD = 24
_LONG = 32


def held_words(sheet: DrawSheet) -> str:
    """Say what the table of a room's teams counts."""
    if len(sheet.owner.settings.sides) == 2:
        return tr("Sides held, this room included.")
    return tr("Positions held, this room included.")


class Positions(QWidget):
    """How often each team of a room stood on each side, this room included."""

    def __init__(self, sheet: DrawSheet, room: SheetRoom) -> None:
        super().__init__()
        book = sheet.book
        self._sides = sheet.owner.settings.sides
        self._names = sheet.owner.settings.side_names
        self._chips = [chip_of(side, self._names) for side in self._sides]
        self.rows = [
            (team, book.history(team.id) if book is not None else ()) for team in room.teams]
        self.setFixedHeight(_HEAD + _ROW * len(self.rows))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(held_words(sheet))
        self.setAccessibleDescription("; ".join(
            f"{team.name} " + ", ".join(
                f"{chip} {n}" for chip, n in zip(self._chips, counts, strict=False))
            for team, counts in self.rows))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a line a team, the side of this room in a box."""
        with QPainter(self) as painter:
            left = self.width() - _COLUMN * len(self._sides)
            painter.setPen(ink.pen("text2"))
            chips.text_at(painter, "header", tr("Team"), 0, 0, _HEAD - 4)
            for i, chip in enumerate(self._chips):
                self._centred(painter, "key", chip, left + i * _COLUMN, 0, _HEAD - 4)
            painter.fillRect(0, _HEAD - 1, self.width(), 1, ink.color("line2"))
            for at, (team, counts) in enumerate(self.rows):
                y = _HEAD + at * _ROW
                x = 0
                if team.side is not Side.BYE:
                    x = chips.draw_side(
                        painter, chip_of(team.side, self._names), 0, y + 6) + 8
                shown, style, _ = names.fit(
                    team.name, "identity", left - x - 4, keep_end=True)
                painter.setPen(ink.pen("text"))
                chips.text_at(painter, style, shown, x, y, _ROW - 1)
                for i, (side, n) in enumerate(zip(self._sides, counts, strict=False)):
                    self._count(painter, n, left + i * _COLUMN, y, is_here=side is team.side)
                painter.fillRect(0, y + _ROW - 1, self.width(), 1, ink.color("line"))

    def _count(self, painter: QPainter, n: int, x: int, y: int, *, is_here: bool) -> None:
        if is_here:
            ink.box(
                painter, x + 4, y + 5, _COLUMN - 8, 20, radius=Radius.CHIP, fill="soft",
                edge="soft_line")
        painter.setPen(ink.pen("accent" if is_here else "text2"))
        self._centred(painter, "identity" if is_here else "body", str(n), x, y, _ROW)

    @staticmethod
    def _centred(
        painter: QPainter, style: str, text: str, x: float, y: int, height: int
    ) -> None:
        at = x + (_COLUMN - fonts.width(style, text)) / 2
        chips.text_at(painter, style, text, at, y, height)


class SideCosts(QWidget):
    """What it costs to let two teams of a room change their sides, the cheapest first."""

    def __init__(self, swaps: Sequence[tuple[Side, Side, float]], side_names: str) -> None:
        super().__init__()
        self.swaps = list(swaps)
        self._names = side_names
        self.setFixedHeight(26 * len(self.swaps))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Cost of other sides"))
        self.setAccessibleDescription("; ".join(
            f"{chip_of(one, self._names)} {chip_of(other, self._names)} {signed(change)}"
            for one, other, change in self.swaps))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a line for each pair."""
        with QPainter(self) as painter:
            for at, (one, other, change) in enumerate(self.swaps):
                y = at * 26
                x: float = chips.draw_side(
                    painter, chip_of(one, self._names), 0, y + 4) + 6
                icons.draw(painter, "refresh-cw", 14, "text2", x, y + 6)
                x += 14 + 6
                x += chips.draw_side(painter, chip_of(other, self._names), x, y + 4) + 8
                words = tr("same cost") if abs(change) < SAME else (
                    tr("dearer") if change > 0 else tr("cheaper"))
                painter.setPen(ink.pen("text2"))
                chips.text_at(painter, "body", words, x, y, 26)
                figure = signed(change)
                painter.setPen(ink.pen("attention" if change > SAME else "text"))
                chips.text_at(
                    painter, "identity", figure, self.width() - fonts.width("identity", figure),
                    y, 26)


class Facts(QWidget):
    """Names at the left, values at the right."""

    def __init__(self, facts: Sequence[tuple[str, str, str]]) -> None:
        """``facts``: name, value, and the tooltip of the value."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HALF)
        for name, value, tip in facts:
            if len(value) > _LONG:  # a sentence, which would push all else out of the panel
                column.addWidget(label(
                    tr("{name}: {value}", name=name, value=value), "small", role="secondary",
                    wrap=True))
                continue
            row = QHBoxLayout()
            row.addWidget(label(name, "small", role="secondary"))
            row.addStretch(1)
            shown = label(value, "note")
            shown.setToolTip(tip)
            row.addWidget(shown)
            column.addLayout(row)
