"""Ways to draw a round side by side, of which one can be taken."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tabapp.domain.draw.alternatives import FIRST
from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.messages import tr
from tabapp.gui.pages.rounds.draw.compare_rows import (
    columns,
    figures_words,
    is_present,
    meaning,
    needs_words,
    rows,
    rule_words,
)
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.cards import Banner
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.progress import ProgressBar
from tabapp.services.draw_compare import ComparedDraw, ComparedDraws
from tabapp.services.draw_sheet import DrawSheet

_WIDTH, _HEIGHT = 1180, 560


class CompareDialog(Dialog):
    """A table with a row for each alternative, and below it what the chosen one means."""

    more_wanted = Signal()
    again_wanted = Signal()
    without_wanted = Signal()
    """The earlier rounds miss results, and somebody wants to compare all the same."""

    def __init__(
        self, parent: QWidget, sheet: DrawSheet, take: Callable[[ComparedDraw], None]
    ) -> None:
        super().__init__(
            parent, tr("Compare draws of {round}", round=sheet.title), tr("Take this draw"),
            width=_WIDTH)
        self.sheet, self._take = sheet, take
        self.found: ComparedDraws | None = None
        self._banner: Banner | None = None
        self._stale = False
        self.bar = ProgressBar(tr("Draws are being made"))
        self.line = label("", role="secondary")
        self.body.addWidget(self.line)
        self.body.addWidget(self.bar)
        self.model = TableModel(columns(sheet, against=bool(sheet.rooms)))
        self.table = TableView(self.model, tr("Draws to choose from"))
        self.table.opened.connect(lambda _key: self.act())
        self.table.chosen.connect(self._on_chosen)
        self.card = TableCard(self.table)
        self.card.setMinimumHeight(Height.HEADER + FIRST * Height.ROW + 6)
        self.body.addWidget(self.card, 1)
        about = QWidget()
        about.setMinimumHeight(92)
        self._about = QVBoxLayout(about)
        self._about.setContentsMargins(0, 0, 0, 0)
        self._about.setSpacing(Space.HALF)
        self.rule = label("", "card")
        self.means = label("", wrap=True)
        self.needs = label("", wrap=True)
        for one in (self.rule, self.means, self.needs):
            self._about.addWidget(one)
        self._about.addStretch(1)
        self.body.addWidget(about)
        self.more = Button(tr("More draws"), keys=("F3",))
        self.more.clicked.connect(self.more_wanted)
        QShortcut(QKeySequence(Qt.Key.Key_F3), self, self._on_more)
        self.buttons.insertWidget(0, self.more)
        self.resize(self.room(_WIDTH, _HEIGHT))
        self.show_work()

    # What there is to see

    def show_work(self) -> None:
        """Say that draws are being made."""
        self._say(None)
        self._stale = False
        self.bar.set_done(0.0)
        self.bar.show()
        self.line.setText(tr("Draws are being made; nothing is stored."))
        self.more.setEnabled(False)
        self.do.setEnabled(False)
        if self.found is None:
            self.cancel.setFocus()

    def show_progress(self, done: float) -> None:
        """Say how far it is."""
        self.bar.set_done(done)

    def show_draws(self, new: ComparedDraws) -> None:
        """Show the alternatives, below those that are shown already."""
        known = self.found.draws if self.found is not None and new.first else ()
        self.found = ComparedDraws((*known, *new.draws), 0, new.total, new.against)
        self.bar.hide()
        shown = len(self.found.draws)
        self.line.setText(tr(
            "{n} of {m} ways to draw. Nothing is stored before one is taken.",
            n=shown, m=new.total))
        self.more.setVisible(shown < new.total)
        self.more.setEnabled(True)
        at = len(known) if known else self.table.current_key() or 0
        self.model.set_rows(rows(self.found, self.model.columns, self.sheet))
        self.table.go_to(at)
        self._on_chosen(self.table.current_key())
        self.table.setFocus()
        if self._stale:
            self.show_stale()

    def show_problem(self, code: str, sentence: str) -> None:
        """Say why there is nothing to compare."""
        self.bar.hide()
        self.line.setText("")
        if code == "results_missing":
            self._say(sentence, tr("Compare without them"), self.without_wanted.emit)
        else:
            self._say(sentence, tr("Compare again"), self.again_wanted.emit)

    def show_stale(self) -> None:
        """Say that what was drawn from has changed, at the end of what is being drawn."""
        self._stale = not self.bar.isHidden()
        if not self._stale:
            self.do.setEnabled(False)
            self.more.setEnabled(False)
            self._say(
                tr("Results, people, settings or the draw have changed since these were drawn."),
                tr("Compare again"), self.again_wanted.emit)

    def _say(
        self, sentence: str | None, action: str = "", do: Callable[[], object] | None = None
    ) -> None:
        if self._banner is not None:
            self.body.removeWidget(self._banner)
            self._banner.deleteLater()
            self._banner = None
        if sentence:
            self._banner = Banner(sentence, action=action)
            self.body.insertWidget(0, self._banner)
            if do is not None:
                self._banner.answered.connect(do)
            if self._banner.button is not None:
                self._banner.button.setFocus()

    def _on_more(self) -> None:
        if self.more.isVisible() and self.more.isEnabled():
            self.more_wanted.emit()

    # The alternative with the cursor

    @property
    def chosen(self) -> ComparedDraw | None:
        """Return the alternative with the cursor."""
        key = self.table.current_key()
        return self.found.draws[key] if self.found is not None and isinstance(key, int) else None

    def _on_chosen(self, _key: Hashable | None) -> None:
        one = self.chosen
        if one is None or self.found is None:
            return
        self.rule.setText(tr("{rule}, seed {seed}", rule=rule_words(one.changes), seed=one.seed))
        far = figures_words(one.figures, against=self.found.against) if one.figures else ""
        self.means.setText(" ".join(filter(None, (meaning(one.changes), far))))
        reason = one.problem or (
            tr("This is the present draw.") if is_present(one, self.sheet) else "")
        self.needs.setText(reason or needs_words(one))
        self.do.setEnabled(not reason and self._banner is None and self.bar.isHidden())

    def act(self) -> None:
        """Take the alternative with the cursor."""
        one = self.chosen
        if one is not None and self.do.isEnabled():
            self._take(one)
