"""One suggestion: what stands out, the numbers, and how it is answered."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tabapp.gui import fonts
from tabapp.gui.messages import tr
from tabapp.gui.pages.overview.suggestions.listing import name_of
from tabapp.gui.pages.overview.suggestions.strips import Costs, Strips
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import label
from tabapp.services.suggestions import Shown

_VERBS = {
    "ballot": "It is right", "panel_swap": "Swap them", "judge_score": "Set the score",
    "registration": "Leave it so",
}
"""What accepting is called, kind by kind."""
_LEADS = {
    "ballot": "Open the ballot", "panel_swap": "Open the panels", "judge_score": "Open the judge",
    "registration": "Open the record",
}
_WITHOUT = "Keeps that somebody looked, and changes nothing."


class _Reason(QLineEdit):
    """Why a suggestion is dismissed; Esc leaves it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Dismissal(QWidget):
    """Asks in place why a suggestion is dismissed; Enter does it, with a reason or without."""

    dismissed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.reason = _Reason()
        self.reason.setFont(fonts.font("body"))
        self.reason.setFixedHeight(Height.CONTROL)
        self.reason.setPlaceholderText(tr("Why? It may stay empty."))
        self.reason.setAccessibleName(tr("Why it is dismissed"))
        self.do = Button(tr("Dismiss"), keys=("⏎",))
        self.stop = Button(tr("Keep it"), keys=("Esc",))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.UNIT)
        row.addWidget(self.reason, 1)
        row.addWidget(self.do)
        row.addWidget(self.stop)
        self.reason.returnPressed.connect(self._dismiss)
        self.do.clicked.connect(self._dismiss)
        self.stop.clicked.connect(self.left)
        self.reason.left.connect(self.left)
        self.hide()

    def ask(self) -> None:
        """Ask, with nothing typed yet."""
        self.reason.clear()
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dismiss(self) -> None:
        self.dismissed.emit(self.reason.text().strip())


class Detail(Card):
    """Everything about the suggestion that is chosen, and the buttons that answer it."""

    def __init__(self, accept: Button, dismiss: Button, lead: Button) -> None:
        super().__init__()
        self.setAccessibleName(tr("The suggestion"))
        self.accept_button, self.lead_button = accept, lead
        self.head = label("", "header", role="accent")
        self.sentence = label("", "card", wrap=True)
        self.reason = label("", role="secondary", wrap=True)
        self.strips, self.costs = Strips(), Costs()
        self.would = label("", "control", wrap=True)
        self._said = ""
        self.dismissal = Dismissal()
        self.buttons = QWidget()
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.UNIT)
        row.addWidget(accept)
        row.addWidget(dismiss)
        row.addStretch(1)
        row.addWidget(lead)
        for part in (self.head, self.sentence, self.reason):
            self.body.addWidget(part)
        numbers = QVBoxLayout()
        numbers.setContentsMargins(0, Space.GAP, 0, Space.GAP)
        numbers.addWidget(self.strips)
        numbers.addWidget(self.costs)
        self.body.addLayout(numbers)
        self.body.addStretch(1)
        self.body.addWidget(self.would)
        self.body.addWidget(self.buttons)
        self.body.addWidget(self.dismissal)

    def show_suggestion(self, shown: Shown) -> None:
        """Show one suggestion."""
        facts = shown.facts
        where = [name_of(shown.kind), facts.get("round", ""), facts.get("room", "")]
        self.head.setText(" · ".join(filter(None, where)))
        self.sentence.setText(shown.sentence)
        self.reason.setText(shown.reason)
        self.strips.show_suggestion(shown)
        self.costs.show_suggestion(shown)
        self._said = shown.would or tr(_WITHOUT)
        self.would.setText(self._said)
        self.accept_button.set_words(tr(_VERBS[shown.kind]))
        self.lead_button.set_words(tr(_LEADS[shown.kind]))

    def ask_why(self) -> None:
        """Ask why it is dismissed, where the buttons stood."""
        self._said = self.would.text()
        self.would.setText(tr("It comes back only if its numbers change."))
        self.buttons.hide()
        self.dismissal.ask()

    def stop_asking(self) -> None:
        """Show the buttons again."""
        self.would.setText(self._said)
        self.dismissal.hide()
        self.buttons.show()

    @property
    def asks(self) -> bool:
        """Tell whether it asks why."""
        return self.dismissal.isVisibleTo(self)
