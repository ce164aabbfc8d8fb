"""The right side of the page: where the line will be, the bracket, the rooms to watch."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.pages.breaks.histogram import HistogramCard
from tabapp.gui.pages.breaks.picture import BracketCard
from tabapp.gui.pages.breaks.watching import RoomsToWatch
from tabapp.gui.tokens import Height
from tabapp.gui.widgets.segments import Segments
from tabapp.services.break_outlook import Outlook
from tabapp.services.break_views import BreakView

_GAP = 12
BRACKET, ROOMS = "bracket", "rooms"


class Aside(QWidget):
    """Before the break three things, two of which share a place; afterwards the bracket alone."""

    def __init__(self) -> None:
        super().__init__()
        self.histogram = HistogramCard()
        self.picture = BracketCard()
        self.rooms = RoomsToWatch()
        self.tabs = Segments(
            tr("Below"), [(BRACKET, tr("Bracket")), (ROOMS, tr("Rooms to watch"))],
            height=Height.ROW)
        self.tabs.chosen.connect(self._choose)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.picture)
        self._stack.addWidget(self.rooms)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addWidget(self.histogram, 2)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 3)

    def _choose(self, key: str) -> None:
        self._stack.setCurrentWidget(self.rooms if key == ROOMS else self.picture)

    def show_rooms(self) -> None:
        """Bring the rooms to watch to the front, with the keys."""
        self.tabs.choose(ROOMS)
        self._choose(ROOMS)
        self.rooms.setFocus()

    def show_view(self, view: BreakView, outlook: Outlook | None) -> None:
        """Show a break, or what lies ahead of it."""
        ahead = not view.made and bool(view.played)
        runs = outlook.runs if outlook is not None else 0
        self.histogram.setVisible(ahead and (bool(runs) or not view.is_over))
        rooms = outlook.rooms if ahead and outlook is not None else ()
        self.tabs.setVisible(bool(rooms))
        if not rooms and self.tabs.key == ROOMS and not (ahead and outlook is None):
            self.tabs.choose(BRACKET)
            self._choose(BRACKET)
        wins = view.two_team and view.metrics[:1] == ("wins",)
        self.histogram.show_outlook(outlook, tr("Wins of the last breaking team") if wins else tr(
            "Points of the last breaking team"))
        self.rooms.show_rooms(rooms)
        if view.made and view.bracket is not None:
            self.picture.show_bracket(view.bracket)
        elif ahead and outlook is not None and outlook.bracket.rounds:
            self.picture.show_bracket(
                outlook.bracket,
                tr("Bracket as it stands") if view.is_over else tr("Bracket, if it ended now"),
                tr("level teams by lot"))
        elif view.bracket is not None:
            self.picture.show_bracket(view.bracket)
