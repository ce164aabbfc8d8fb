"""Who stood where in a room that decided it itself: two keys, before anything else is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from tabapp.gui import chips, ink, names, theme
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.quarter import side_word
from tabapp.gui.tokens import Height, Radius, Space
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import label
from tabapp.services.ballot_fields import SheetForm

_PAD = 12


class _Choice(QAbstractButton):
    """One way to stand: a chip and a name for each side, and the key that says so."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self._sides: list[tuple[str, str]] = []
        self.setFixedHeight(Height.ROW_TALL)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_sides(self, words: str, sides: list[tuple[str, str]]) -> None:
        """Show the letters of each side with the team on it."""
        self._sides = sides
        self.setText(words)
        said = f"{words}: " + ", ".join(f"{side} {team}" for side, team in sides)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def _has_keys(self) -> bool:
        card = self.parentWidget()
        return card is not None and card.hasFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the key, the words and the sides."""
        with QPainter(self) as painter:
            ink.box(
                painter, 0, 0, self.width(), self.height(), radius=Radius.CONTROL,
                fill="soft" if self.isDown() else "surface",
                edge="accent" if self._has_keys() else "control",
            )  # fmt: skip
            left = _PAD + chips.draw_keys(painter, (self._key,), _PAD, (self.height() - 18) / 2)
            left += Space.GAP
            each = max(80, (self.width() - left - _PAD) // max(1, len(self._sides)))
            for word, team in self._sides:
                wide = chips.draw_side(painter, word, left, (self.height() - Height.CHIP) / 2)
                room = max(0, each - wide - 2 * Space.UNIT)
                shown, style, _cut = names.fit(team, "identity", room, keep_end=True)
                painter.setPen(ink.pen("text"))
                chips.text_at(
                    painter, style, shown, left + wide + Space.UNIT, 0, self.height())
                left += each


class SidesCard(Card):
    """Takes 1 for the sides as they were drawn and 2 for swapped ones."""

    decided = Signal(bool)
    """As drawn, or swapped (True)."""
    refused = Signal()
    """Something else was wanted before the sides are known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=_PAD)
        self.setParent(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words = tr("Which sides did they take? The paper says it.")
        self.setAccessibleName(words)
        column = QVBoxLayout()
        column.setSpacing(Space.UNIT)
        column.addWidget(label(words, "card"))
        self.drawn, self.swapped = _Choice("1"), _Choice("2")
        self.drawn.clicked.connect(lambda: self.decided.emit(False))
        self.swapped.clicked.connect(lambda: self.decided.emit(True))
        column.addWidget(self.drawn)
        column.addWidget(self.swapped)
        self.wanted = label("", "small")
        theme.mark(self.wanted, state="problem")
        column.addWidget(self.wanted)
        self.wanted.hide()
        self.body.addLayout(column)
        self.hide()

    def ask(self) -> None:
        """Say what is wanted before anything else, and take the keys."""
        both = self.swapped.isVisibleTo(self)
        self.wanted.setText(
            tr("Type 1 or 2 first: nothing is entered before the sides are known.") if both
            else tr("Type 1 first: nothing is entered before the sides are known."))
        self.wanted.show()
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def show_seats(self, form: SheetForm) -> None:
        """Offer both ways to stand; only two teams can swap."""
        self.wanted.hide()
        words = [side_word(form, seat.side) for seat in form.seats]
        teams = [seat.name for seat in form.seats]
        self.drawn.show_sides(tr("As drawn"), list(zip(words, teams, strict=True)))
        self.swapped.show_sides(tr("Swapped"), list(zip(words, teams[::-1], strict=True)))
        self.swapped.setVisible(len(teams) == 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by number."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.refused.emit()
        elif event.text() == "1":
            self.decided.emit(False)
        elif event.text() == "2" and self.swapped.isVisibleTo(self):
            self.decided.emit(True)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the numbers are heard."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they are not."""
        super().focusOutEvent(event)
        self.update()
