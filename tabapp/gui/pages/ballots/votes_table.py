"""The sheets of a panel beside one another, painted: totals, margins, votes and the decision."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tabapp.domain.side_names import side_title
from tabapp.domain.types import Side
from tabapp.gui import chips, fonts, ink, names, theme
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.quarter import side_word
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.painted import label
from tabapp.services.ballot_fields import Asks, SheetForm
from tabapp.services.ballot_votes import JudgeStands, PanelStands

_ROW = 28
_HEAD = 20
_NUMBER = 42
_MARGIN = 34


def decision_words(form: SheetForm, stands: PanelStands) -> str:
    """Say what the sheets decide together, or how many of them are not done."""
    if stands.to_come:
        n = stands.to_come
        return tr("1 sheet to come") if n == 1 else tr("{n} sheets to come", n=n)
    if stands.winner is None:
        return tr("Nobody votes on a forfeit.") if form.is_contest else tr("All sheets are in.")
    mine = stands.given[stands.winner]
    words = tr(
        "{side} wins {n} to {m}", side=side_title(stands.winner, form.settings.side_names),
        n=mine, m=sum(stands.given.values()) - mine)
    if stands.margin is not None:
        words = tr("{words}, margin {margin}", words=words, margin=f"{stands.margin:g}")
    return words


class _Rows(QWidget):
    """A line for each judge, and one for the scores that count."""

    def __init__(self) -> None:
        super().__init__()
        self._form: SheetForm | None = None
        self._stands: PanelStands | None = None
        self._here = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, form: SheetForm, stands: PanelStands, here: str) -> None:
        """Show how each sheet stands."""
        self._form, self._stands, self._here = form, stands, here
        self.setFixedHeight(_HEAD + _ROW * (len(stands.judges) + bool(stands.scores)))
        self.setAccessibleName("; ".join(_said(form, one) for one in stands.judges))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the head and the lines."""
        form, stands = self._form, self._stands
        if form is None or stands is None:
            return
        with QPainter(self) as painter:
            self._paint_head(painter, form)
            for i, one in enumerate(stands.judges):
                self._paint_row(painter, form, one, _HEAD + i * _ROW)
            if stands.scores:
                top = _HEAD + len(stands.judges) * _ROW
                painter.setPen(ink.pen("text"))
                chips.text_at(painter, "header", tr("Counts"), 0, top, _ROW)
                for side, right in self._columns(form):
                    score = stands.scores.get(side)
                    self._number(
                        painter, "" if score is None else f"{score:.5g}", "header", right, top)

    def _columns(self, form: SheetForm) -> list[tuple[Side, float]]:
        """Return the right edge of each side's totals."""
        if form.asks is not Asks.SCORES:
            return []
        after = self._vote_width(form)
        sides = [seat.side for seat in form.seats]
        return [
            (side, self.width() - after - _NUMBER * (len(sides) - 1 - i))
            for i, side in enumerate(sides)]

    def _vote_width(self, form: SheetForm) -> int:
        if not form.is_contest:
            return 0
        return chips.CHIP_WIDTH_WORD + (_MARGIN if form.asks is Asks.SCORES else 0) + Space.HALF

    def _paint_head(self, painter: QPainter, form: SheetForm) -> None:
        painter.setPen(ink.pen("text2"))
        chips.text_at(painter, "header", tr("Sheets"), 0, 0, _HEAD)
        painter.setPen(ink.pen("text3"))
        for side, right in self._columns(form):
            self._number(painter, side_word(form, side), "small", right, 0, _HEAD)
        if form.is_contest:
            self._number(painter, tr("Vote"), "small", self.width(), 0, _HEAD)

    def _paint_row(
        self, painter: QPainter, form: SheetForm, one: JudgeStands, top: int
    ) -> None:
        columns = self._columns(form)
        room = (columns[0][1] - _NUMBER if columns else self.width() - self._vote_width(form)) - 4
        here = one.ref == self._here
        shown, style, _cut = names.fit(
            one.name, "identity" if here else "body", max(0, round(room)), person=True)
        painter.setPen(ink.pen("text"))
        chips.text_at(painter, style, shown, 0, top, _ROW)
        for side, right in columns:
            total = one.totals.get(side)
            painter.setPen(ink.pen("text" if total is not None else "text3"))
            self._number(
                painter, "–" if total is None else f"{total:g}",
                "identity" if side is one.vote else "body", right, top)
        if one.vote is not None:
            word = side_word(form, one.vote)
            left = self.width() - chips.side_width(word)
            chips.draw_side(painter, word, left, top + (_ROW - Height.CHIP) / 2)
            if columns and one.margin is not None:
                painter.setPen(ink.pen("text2"))
                right = self.width() - chips.CHIP_WIDTH_WORD - Space.HALF
                self._number(painter, f"{one.margin:+g}".replace("-", "−"), "small", right, top)
        painter.fillRect(0, top + _ROW - 1, self.width(), 1, ink.color("line"))

    @staticmethod
    def _number(
        painter: QPainter, text: str, style: str, right: float, top: int, height: int = _ROW
    ) -> None:
        chips.text_at(painter, style, text, right - fonts.width(style, text), top, height)


class VotesTable(QWidget):
    """The lines of the judges, and below them in words what they decide together."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = _Rows()
        self.decision = label("", "control", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HALF)
        column.addWidget(self.rows)
        column.addWidget(self.decision)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_panel(self, form: SheetForm, stands: PanelStands, here: str) -> None:
        """Show how each sheet stands and what follows."""
        self.rows.show_rows(form, stands, here)
        self.decision.setText(decision_words(form, stands))
        role = "secondary" if stands.to_come else ""
        if (self.decision.property("role") or "") != role:
            theme.mark(self.decision, role=role)


def _said(form: SheetForm, one: JudgeStands) -> str:
    totals = [f"{side_word(form, side)} {total:g}" for side, total in one.totals.items()]
    vote = [tr("votes {side}", side=side_word(form, one.vote))] if one.vote is not None else []
    return ", ".join((one.name, *totals, *vote))
