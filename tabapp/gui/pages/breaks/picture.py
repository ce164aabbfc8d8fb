"""The card of the bracket: its title, what can be done about it, and the picture that scrolls."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.pages.breaks.bracket import BracketView
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import label
from tabapp.services.elimination import Bracket

_NARROWEST = 420
_AROUND = 4


class BracketCard(Card):
    """The elimination rounds as a picture, and how far they are."""

    def __init__(self) -> None:
        super().__init__(padding=12)
        self.setMinimumWidth(_NARROWEST)
        self.setAccessibleName(tr("Bracket"))
        head = QHBoxLayout()
        self._title = label(tr("Bracket"), "card")
        head.addWidget(self._title)
        head.addStretch(1)
        self._now = label("", role="secondary")
        head.addWidget(self._now)
        self.body.addLayout(head)
        self.bracket = BracketView()
        self.bracket.moved.connect(self._show)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.bracket)
        self.area.setCornerWidget(QWidget())  # else the style draws a grip there
        self._note = label("", role="secondary", wrap=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        self._stack = QStackedLayout(inside)  # one without a parent shows its parts as windows
        self._stack.addWidget(self.area)
        self._stack.addWidget(self._note)
        self.body.addWidget(inside, 1)
        self._shown: tuple[int, ...] = ()

    def show_bracket(self, bracket: Bracket, title: str = "", state: str = "") -> None:
        """Show the rounds of a category, and first the one that is played now.

        ``title`` and ``state`` stand above it in place of the usual words.
        """
        self._title.setText(title or tr("Bracket"))
        self._now.setText(state or _state(bracket))
        self._note.setText(bracket.note)
        self._stack.setCurrentWidget(self.area if bracket.rounds else self._note)
        self.bracket.show_bracket(bracket)
        drawn = tuple(number for number, one in enumerate(bracket.rounds) if one.drawn)
        if drawn != self._shown:
            self._shown = drawn
            self.bracket.go_to(drawn[-1] if drawn else 0)

    def _show(self, place: QRect) -> None:
        self.area.ensureVisible(
            place.center().x(), place.center().y(), place.width() // 2 + _AROUND,
            place.height() // 2 + _AROUND)


def _state(bracket: Bracket) -> str:
    """Return which round is played, or who won."""
    if not bracket.is_made:
        return ""
    if bracket.champion is not None:
        return tr("{team} won", team=bracket.champion.name)
    for one in bracket.rounds:
        if not one.drawn:
            return tr("Next: {round}", round=one.name)
        decided = sum(room.decided for room in one.rooms)
        if decided < len(one.rooms):
            return tr("{n} of {all} rooms in", n=decided, all=len(one.rooms))
    return ""
