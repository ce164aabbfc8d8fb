"""The order of the teams on one sheet, painted: places, sides, names and totals."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tabapp.gui import chips, fonts, ink, names
from tabapp.gui.pages.ballots.quarter import ordinal, side_word
from tabapp.gui.tokens import Height
from tabapp.services.ballot_fields import SheetForm
from tabapp.services.ballot_typed import Running

_ROW = 30


class OrderList(QWidget):
    """The places with the teams that have them; equal ones share a place."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[str, str, str, str, bool]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_order(self, form: SheetForm, stands: Running) -> None:
        """Show the complete sides by their totals, and how many places are open."""
        placed = sorted(
            ((stands.places[seat.side], i, seat) for i, seat in enumerate(form.seats)
             if seat.side in stands.places), key=lambda one: one[:2])
        taken = [place for place, _i, _seat in placed]
        self._rows = [
            (ordinal(place), side_word(form, seat.side), seat.name, f"{stands.totals[seat.side]:g}",
             taken.count(place) > 1)
            for place, _i, seat in placed]
        for open_place in range(len(placed) + 1, len(form.seats) + 1):
            self._rows.append((ordinal(open_place), "", "", "–", False))
        self.setFixedHeight(_ROW * len(form.seats))
        self.setToolTip("\n".join(
            f"{place} {name} {total}" for place, _side, name, total, _tied in self._rows if name))
        self.setAccessibleName(", ".join(
            f"{place} {side} {total}" for place, side, _name, total, _tied in self._rows if side))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a line for each place."""
        with QPainter(self) as painter:
            for i, (place, side, name, total, tied) in enumerate(self._rows):
                top, known = i * _ROW, bool(side)
                painter.setPen(ink.pen("problem" if tied else "text2"))
                chips.text_at(painter, "note", place + ("=" if tied else ""), 0, top, _ROW)
                if known:
                    chips.draw_side(painter, side, 34, top + (_ROW - Height.CHIP) / 2)
                else:
                    ink.box(
                        painter, 34, top + (_ROW - Height.CHIP) // 2, 28, Height.CHIP,
                        radius=4, edge="line2")
                width = fonts.width("identity", total)
                painter.setPen(ink.pen("problem" if tied else "text" if known else "text3"))
                chips.text_at(painter, "identity", total, self.width() - width, top, _ROW)
                room = round(self.width() - width - 34 - 40 - 8)
                shown, style, _cut = names.fit(name, "control", max(0, room), keep_end=True)
                painter.setPen(ink.pen("text"))
                chips.text_at(painter, style, shown, 34 + 40, top, _ROW)
                painter.fillRect(0, top + _ROW - 1, self.width(), 1, ink.color("line"))
