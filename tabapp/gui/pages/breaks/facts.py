"""The cards above the table: plain facts about a break, one figure each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tabapp.gui import chips, icons, ink, names
from tabapp.gui.messages import count, tr
from tabapp.gui.pages.breaks.rows import metric_title
from tabapp.gui.tables.cells import number_text
from tabapp.gui.tokens import Radius, Ring, Space
from tabapp.services.break_views import BreakLine, BreakView

_HEIGHT = 88
_PAD = 15
_ICON = 16


@dataclass(frozen=True, slots=True)
class Fact:
    """What a card says: its title, its figure and a line."""

    icon: str
    title: str
    figure: str
    line: str
    tone: str = ""
    leads: bool = False
    """Enter on the card goes where something can be done about it."""
    tip: str = ""


class FactCard(QWidget):
    """One fact: icon and title, figure, line."""

    opened = Signal()
    """Enter, Space or a click on a fact that leads somewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        self._fact = Fact("info", "", "", "")

    @property
    def fact(self) -> Fact:
        """Return what the card says."""
        return self._fact

    def show_fact(self, fact: Fact) -> None:
        """Say something else."""
        self._fact = fact
        self.setAccessibleName(f"{fact.title}: {fact.figure}")
        self.setAccessibleDescription(fact.line)
        self.setToolTip(fact.tip or fact.line)
        self.setFocusPolicy(
            Qt.FocusPolicy.StrongFocus if fact.leads else Qt.FocusPolicy.NoFocus)
        if fact.leads:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go where something can be done."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if self._fact.leads and event.key() in keys and not event.modifiers():
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go where something can be done."""
        if self._fact.leads and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def sizeHint(self) -> QSize:
        """Ask for a card in which most figures fit."""
        return QSize(200, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card with its three lines."""
        fact, room = self._fact, self.width() - 2 * _PAD
        with QPainter(self) as painter:
            ink.box(
                painter, 0, 0, self.width(), self.height(), radius=Radius.CARD, fill="surface",
                edge="line")
            if self.hasFocus():
                ink.box(
                    painter, 0, 0, self.width(), self.height(), radius=Radius.CARD,
                    edge="accent", edge_width=Ring.WIDTH)
            token = f"{fact.tone}_mark" if fact.tone else "text2"
            icons.draw(painter, fact.icon, _ICON, token, _PAD, 15)
            left = _PAD + _ICON + Space.UNIT
            self._line(painter, fact.title, "control", "text2", left, 13, 20, room - left + _PAD)
            self._line(painter, fact.figure, "score", "text", _PAD, 34, 30, room)
            self._line(painter, fact.line, "small", "text2", _PAD, 64, 16, room)

    @staticmethod
    def _line(
        painter: QPainter, text: str, style: str, token: str, left: int, top: int, height: int,
        room: int,
    ) -> None:  # fmt: skip
        shown, shape, _cut = names.fit(text, style, max(0, room))
        painter.setPen(ink.pen(token))
        chips.text_at(painter, shape, shown, left, top, height)


class Facts(QWidget):
    """The row of cards."""

    def __init__(self) -> None:
        super().__init__()
        self.cards = tuple(FactCard() for _ in range(4))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        for card in self.cards:
            row.addWidget(card)

    def show_facts(self, shown: Sequence[Fact]) -> None:
        """Show four facts."""
        for card, fact in zip(self.cards, shown, strict=True):
            card.show_fact(fact)


def facts(view: BreakView) -> tuple[Fact, ...]:
    """Return what there is to say about a break in figures."""
    assert view.category is not None
    return (
        _breaking(view), _eligible(view), last_place(view, view.breaking), _ties(view))


def _breaking(view: BreakView) -> Fact:
    assert view.category is not None
    size, title = view.category.size, tr("Breaking")
    reserves = sum(line.remark == "reserve" for line in view.lines)
    if not view.made:
        return Fact("git-fork", title, tr("Not made"), count(size, "place", "places"))
    line = tr("of {size} places", size=size)
    if reserves:
        line = tr("of {size} places, {n} in reserve", size=size, n=reserves)
    return Fact("git-fork", title, count(len(view.breaking), "team", "teams"), line)


def _eligible(view: BreakView) -> Fact:
    others = len(view.lines) - view.eligible
    line = tr("every team of the tournament")
    if view.category is not None and not view.category.general:
        line = tr("eligible for {category}", category=view.category.name)
    elif others:
        line = tr("{n} are not eligible", n=others)
    return Fact("users", tr("May break"), count(view.eligible, "team", "teams"), line)


def last_place(view: BreakView, breaking: Sequence[BreakLine]) -> Fact:
    """Return what the last of the teams that break has."""
    title = tr("Last place at")
    if not breaking:
        return Fact("flag", title, "–", tr("nobody breaks yet"))
    last = max(breaking, key=lambda line: (line.rank or 0, line.name))
    figures = [
        f"{_number(value)} {metric_title(key).lower()}"
        for key, value in zip(view.metrics, last.values, strict=True)
    ]
    rest = ", ".join((last.name, *figures[1:2]))
    return Fact("flag", title, figures[0] if figures else last.name, rest)


def _number(value: object) -> str:
    if isinstance(value, float):
        return number_text(value, 0 if value.is_integer() else 2)
    return "–" if value is None else str(value)


def _ties(view: BreakView) -> Fact:
    title = tr("Ties at the line")
    if not view.made:
        return Fact("dices", title, "–", tr("known when the break is made"))
    if view.tied:
        return Fact(
            "triangle-alert", title,
            tr("{n} for {places}", n=len(view.tied), places=view.places),
            tr("decide who breaks"), tone="attention")
    lost = [line for line in view.lines if line.remark == "lost_coin_toss"]
    if view.lots is not None:
        level = len(view.lots.order)
        through = level - sum(line.team in view.lots.order for line in lost)
        words = tr("{n} of {level} by lot", n=through, level=level)
        seed = view.lots.seed
        return Fact("dices", title, words, tr("seed {seed}", seed=seed) if seed is not None else "")
    if lost:
        return Fact("dices", title, tr("Decided"), tr("{n} lost the coin toss", n=len(lost)))
    return Fact("dices", title, tr("None"), tr("nobody is level with the last place"))


def named(lines: tuple[BreakLine, ...], most: int = 6) -> str:
    """Return the names of some teams in one line."""
    shown = [line.name for line in lines[:most]]
    more = len(lines) - len(shown)
    return ", ".join(shown) + (tr(" and {n} more", n=more) if more > 0 else "")
