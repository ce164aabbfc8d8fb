"""Where the pace of a round is shown: folded below the list, and beside what an empty desk says."""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime
from math import floor

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from tabapp.gui import ink
from tabapp.gui.latest import Latest
from tabapp.gui.messages import tr
from tabapp.gui.names import MINUS
from tabapp.gui.pages.ballots.chase_list import ChaseList
from tabapp.gui.pages.ballots.progress import PacePlot
from tabapp.gui.session import Session
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.cards import Card, EmptyState
from tabapp.gui.widgets.painted import label
from tabapp.services.chase import Progress, read_progress

_FOLD = 196
_WIDEST = 760
_HIGHEST = 300


class _Figures(TableView):
    """The same in figures; T and Esc go back to the plot."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back by T; the rest is as in every table."""
        plain = not event.modifiers()
        if plain and event.key() in (Qt.Key.Key_T, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class PaceView(QWidget):
    """The plot, and its table in the same place."""

    def __init__(self) -> None:
        super().__init__()
        self.plot = PacePlot()
        self.model = TableModel([
            Column("minute", tr("Minute"), Kind.NUMBER), Column("in", tr("In"), Kind.NUMBER),
            Column("entered", tr("Entered"), Kind.NUMBER),
            Column("confirmed", tr("Confirmed"), Kind.NUMBER),
        ], self)
        self.table = _Figures(self.model, tr("How ballots came in, minute by minute"))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.plot)
        self._stack.addWidget(TableCard(self.table))
        self.setFocusProxy(self.plot)
        self.plot.table_wanted.connect(lambda: self.turn(table=True))
        self.table.left.connect(lambda: self.turn(table=False))

    @property
    def shows_table(self) -> bool:
        """Tell whether the table is shown."""
        return self._stack.currentIndex() == 1

    def turn(self, *, table: bool) -> None:
        """Show the table or the plot, and give it the keys."""
        self._stack.setCurrentIndex(1 if table else 0)
        shown = self.table if table else self.plot
        self.setFocusProxy(shown)
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_progress(self, found: Progress, now: datetime) -> None:
        """Show a round."""
        self.plot.show_progress(found, now)
        self.model.set_rows(figures_of(found))


def figures_of(found: Progress) -> list[Row]:
    """Return a row for each minute in which anything came, with what was there at its end."""
    here = found.here
    minutes = sorted({floor(one) for one in (*here.received, *here.entered, *here.confirmed)})

    def until(times: tuple[float, ...], minute: int) -> int:
        return sum(floor(one) <= minute for one in times[:bisect_right(times, minute + 1)])

    return [
        Row(one, (
            Cell(str(one).replace("-", MINUS), sort=one), until(here.received, one),
            until(here.entered, one), until(here.confirmed, one)))
        for one in minutes
    ]


class ProgressFold(QWidget):
    """Below the rooms: a line that unfolds the plot."""

    turned = Signal()

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__()
        self.view = PaceView()
        self.view.setFixedHeight(_FOLD)
        self.view.hide()
        self.nothing = label(tr("Nothing has come in yet."), "small", role="secondary")
        self.nothing.hide()
        self.button = Button(tr("How they came in"), icon="chevron-up", keys=keys, height=28)
        self.button.clicked.connect(self.turned)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.UNIT, 5, Space.UNIT, 5)
        column.setSpacing(Space.HALF)
        column.addWidget(self.view)
        column.addWidget(self.nothing)
        column.addWidget(self.button)

    @property
    def is_open(self) -> bool:
        """Tell whether it is unfolded."""
        return not self.view.isHidden() or not self.nothing.isHidden()

    def unfold(self, found: Progress | None, now: datetime) -> None:
        """Show the plot, or that there is none yet."""
        self.view.setVisible(found is not None)
        self.nothing.setVisible(found is None)
        self._point("chevron-down")
        if found is not None:
            self.view.show_progress(found, now)

    def fold(self) -> None:
        """Leave the line alone."""
        self.view.hide()
        self.nothing.hide()
        self._point("chevron-up")

    def _point(self, icon: str) -> None:
        self.button.icon_name = icon
        self.button.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rule above."""
        with QPainter(self) as painter:
            painter.fillRect(0, 0, self.width(), 1, ink.color("line"))


class EmptyDesk(QWidget):
    """What stands where no ballot is open: what to do next, and how the round came in so far."""

    def __init__(self) -> None:
        super().__init__()
        self.says: EmptyState | None = None
        self.view = PaceView()
        self.facts = label("", "control", role="secondary")
        self.card = Card(tr("How ballots came in"), aside=self.facts)
        self.card.body.addWidget(self.view, 1)
        self.card.setMaximumWidth(_WIDEST)
        self.card.setMaximumHeight(_HIGHEST)
        self.card.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(
            Space.MARGIN, Space.GAP, Space.MARGIN, Space.MARGIN)
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        self._row.addWidget(self.card, 8)
        self._row.addStretch(1)
        self._column.addLayout(self._row, 3)

    def say(self, says: EmptyState) -> None:
        """Say something else; the picture stays as it is."""
        before, self.says = self.says, says
        here = QApplication.focusWidget()
        had_keys = before is not None and here is not None and (
            here is before or before.isAncestorOf(here))
        self._column.insertWidget(0, says, 2)
        if before is not None:
            self._column.removeWidget(before)
            before.hide()
            before.deleteLater()
        self.setFocusProxy(says)
        self.setAccessibleName(says.accessibleName())
        if had_keys:
            says.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_progress(self, found: Progress | None, now: datetime) -> None:
        """Show how the round came in; nothing before the first ballot."""
        self.card.setVisible(found is not None)
        if found is not None:
            here = found.here
            self.facts.setText(tr(
                "{n} of {m} in, {k} confirmed", n=len(here.received), m=here.rooms,
                k=len(here.confirmed)))
            self.view.show_progress(found, now)


class ProgressWatch(QObject):
    """Reads the pace of the round on the screen, while it is shown somewhere."""

    def __init__(self, session: Session, rooms: ChaseList, keys: tuple[str, ...]) -> None:
        super().__init__(rooms)
        self._session, self._rooms = session, rooms
        self.fold = ProgressFold(keys)
        rooms.foot.addWidget(self.fold)
        self.fold.turned.connect(self.turn)
        self._beside: EmptyDesk | None = None
        self._readings = Latest()

    def why_not(self) -> str:
        """Return why there is nothing to show, "" if there is."""
        return "" if self._rooms.desk.round is not None else tr("There is no round yet.")

    def turn(self) -> None:
        """Unfold the plot, or fold it away; where the list is hidden it comes with its plot."""
        was_seen = not self._rooms.isHidden()
        self._rooms.wanted.emit()
        if self.fold.is_open and was_seen:
            had_keys = self.fold.view.isAncestorOf(self.fold.focusWidget() or self.fold)
            self.fold.fold()
            if had_keys:
                self._rooms.give_keys()
        else:
            self.fold.unfold(None, self._now())
            self.look()

    def stand_beside(self, desk: EmptyDesk | None) -> None:
        """Show the plot there too, until another one comes."""
        if desk is not self._beside:
            self._beside = desk
            self.look()

    def look(self) -> None:
        """Read again, since something may have come in; nothing where nobody sees it."""
        head = self._rooms.desk.round
        if head is None or not (self.fold.is_open or self._beside is not None):
            return
        tournament, now = self._session.tournament, self._now()

        def show(found: Progress | None) -> None:
            if self.fold.is_open:
                self.fold.unfold(found, now)
            if self._beside is not None:
                self._beside.show_progress(found, now)

        self._session.read(
            self, lambda unit: read_progress(unit, tournament, head.id, now),
            self._readings.ask().only(show))

    def _now(self) -> datetime:
        return self._session.workspace.clock.now()
