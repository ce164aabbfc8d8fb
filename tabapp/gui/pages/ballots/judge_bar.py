"""The judges of a panel on top of their sheets: whose is shown, how each votes, what is to go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tabapp.domain.types import Role
from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.messages import tr
from tabapp.gui.tokens import Height, Radius
from tabapp.services.ballot_votes import JudgeStands

HEIGHT = 46
_PAD = 10
_GAP = 8
_BAR = 3
_ICON = 16
_LEAST = 112


def role_word(role: Role) -> str:
    """Return what a judge is on the panel."""
    return tr("Chair") if role is Role.CHAIR else tr("Panellist")


def words_of(one: JudgeStands) -> str:
    """Say how far a sheet is."""
    if one.is_done:
        return tr("done")
    if one.to_go:
        return tr("1 mark to go") if one.to_go == 1 else tr("{n} to go", n=one.to_go)
    return tr("no vote yet") if one.wants_winner else tr("level")


class JudgeBar(QWidget):
    """A cell for each judge. A click shows the sheet; keys do it from wherever somebody types."""

    chosen = Signal(str)
    """The judge, by archive id, whose sheet shall be shown."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[JudgeStands, str]] = []
        self._here, self._wrong = "", frozenset[str]()
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_judges(
        self, judges: Sequence[tuple[JudgeStands, str]], here: str,
        wrong: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        """Show how each sheet stands, with the letters of the side it votes for, or none.

        ``wrong``: the judges on whose sheets something has to be corrected.
        """
        self._rows, self._here, self._wrong = list(judges), here, wrong
        self.setVisible(bool(self._rows))
        said = [
            ", ".join(filter(None, (
                one.name, role_word(one.role), words_of(one),
                tr("votes {side}", side=side) if side else "",
                tr("to correct") if one.ref in wrong else "",
                tr("shown") if one.ref == here else "")))
            for one, side in self._rows]
        self.setAccessibleName("; ".join(said))
        self.setToolTip("\n".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a cell for each."""
        return QSize(_LEAST * max(1, len(self._rows)), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Be content with less."""
        return QSize(60 * max(1, len(self._rows)), HEIGHT)

    def _left(self, at: int) -> int:
        return round(at * (self.width() + _GAP) / max(1, len(self._rows)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the judge below the pointer."""
        for at, (one, _side) in enumerate(self._rows):
            if self._left(at) <= event.position().x() < self._left(at + 1) - _GAP:
                self.chosen.emit(one.ref)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells."""
        with QPainter(self) as painter:
            for at, (one, side) in enumerate(self._rows):
                left = self._left(at)
                self._paint_one(painter, one, side, left, self._left(at + 1) - _GAP - left)

    def _paint_one(
        self, painter: QPainter, one: JudgeStands, side: str, left: int, width: int
    ) -> None:
        here = one.ref == self._here
        ink.box(
            painter, left, 0, width, HEIGHT, radius=Radius.CONTROL,
            fill="soft" if here else "surface", edge="soft_line" if here else "line",
        )  # fmt: skip
        if here:
            painter.fillRect(left + 1, HEIGHT - _BAR, width - 2, _BAR, ink.color("accent"))
        right = left + width - _PAD
        if side:
            right -= chips.side_width(side)
            chips.draw_side(painter, side, right, (HEIGHT - Height.CHIP) / 2)
            right -= _GAP
        start = left + _PAD
        if one.ref in self._wrong or one.is_done:
            shape, tone = (
                ("octagon-x", "problem_mark") if one.ref in self._wrong else ("check", "done"))
            icons.draw(painter, shape, _ICON, tone, start, 5)
            start += _ICON + 4
        room = max(0, right - start)
        shown, style, _cut = names.fit(one.name, "identity", room, person=True)
        painter.setPen(ink.pen("text"))
        chips.text_at(painter, style, shown, start, 3, 20)
        words = f"{role_word(one.role)}, {words_of(one)}"
        room = max(0, right - left - _PAD)
        shown, style, cut = names.fit(words, "small", room)
        if cut:
            shown, style, _cut = names.fit(words_of(one), "small", room)
        painter.setPen(ink.pen("text2" if here else "text3"))
        if fonts.width(style, shown) <= room:
            chips.text_at(painter, style, shown, left + _PAD, 23, 18)
