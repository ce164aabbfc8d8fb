"""The dialog in which a person decides who breaks of the teams level at the line."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QCheckBox, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.dialogs.form import Form
from tabapp.gui.messages import count, tr
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.painted import label
from tabapp.services import break_edits
from tabapp.services.break_edits import Decision, Remade
from tabapp.services.break_views import BreakLine, BreakView

_SEEDS = 2**48
_MOST_SHOWN = 8
_CHECK = 26


class TieDialog(Dialog):
    """Offers the coin toss, all of them, or a choice by hand."""

    def __init__(
        self, parent: QWidget, session: Session, view: BreakView, done: Callable[[Remade], None]
    ) -> None:
        assert view.category is not None
        super().__init__(parent, tr("Decide the tie in {category}", category=view.category.name),
                         tr("Decide"), width=520)
        self._session, self._category, self._done = session, view.category, done
        self._places = view.places
        self.body.addWidget(label(tr(
            "{n} teams are level on every metric for {places}.", n=len(view.tied),
            places=count(view.places, "place", "places")), wrap=True))
        self.form = Form()
        self.lot = QRadioButton(tr("Toss a coin: a lot whose seed is kept decides"))
        self.everyone = QRadioButton(tr("All of them break"))
        self.hand = QRadioButton(tr("Choose by hand"))
        self.lot.setChecked(True)
        self.form.adopt("chosen", Field(tr("Who breaks"), self._choices(view)))
        for one in (self.lot, self.everyone, self.hand):
            self.body.addWidget(one)
        if not view.two_team:
            self.everyone.setEnabled(False)
            self.everyone.setText(tr("All of them break (not with four teams in a room)"))
        self.body.addWidget(self.form)
        self.body.addWidget(self.form.fields["chosen"])
        self.hand.toggled.connect(self._on_hand)
        self._on_hand(on=False)
        self.lot.setFocus()

    def _choices(self, view: BreakView) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(Space.UNIT, 0, 0, 0)
        column.setSpacing(Space.HALF)
        self.boxes: dict[str, QCheckBox] = {}
        for line in view.tied:
            self.boxes[line.team] = self._box(line)
            column.addWidget(self.boxes[line.team])
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFixedHeight(_CHECK * min(_MOST_SHOWN, len(self.boxes)) + Space.UNIT)
        scroll.setFocusProxy(next(iter(self.boxes.values())))
        return scroll

    def _box(self, line: BreakLine) -> QCheckBox:
        box = QCheckBox(line.name)
        box.toggled.connect(self._count)
        return box

    def _on_hand(self, on: bool) -> None:
        self.form.fields["chosen"].setVisible(on)
        self._count()
        if on:
            next(iter(self.boxes.values())).setFocus()

    def _count(self) -> None:
        chosen = len(list(self.chosen()))
        self.form.fields["chosen"].show_hint(
            tr("{n} of {places} chosen", n=chosen, places=self._places))
        self.do.setEnabled(not self.hand.isChecked() or chosen == self._places)

    def chosen(self) -> Iterable[str]:
        """Yield the teams that are ticked."""
        return (team for team, box in self.boxes.items() if box.isChecked())

    def act(self) -> None:
        """Decide, and make the break anew."""
        how: Decision = "lot"
        if self.hand.isChecked():
            how = "hand"
        elif self.everyone.isChecked():
            how = "all"
        tournament, category = self._session.tournament, self._category.slug
        seed, chosen = secrets.randbelow(_SEEDS), tuple(self.chosen())
        self.form.clear_problems()
        self.do.setEnabled(False)
        self._session.write(
            self, "decide the tie of",
            lambda unit: break_edits.decide_tie(
                unit, tournament, category, how, seed=seed, chosen=chosen),
            subject=self._category.name, done=self._on_stored, failed=self._on_failed)

    def _on_stored(self, made: Remade) -> None:
        self._done(made)
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self._count()
        self.form.show_error(error)
