"""Chooses what a table ranks by, in order, and what it only shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.messages import tr
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.painted import label
from tabapp.services.results import metrics_of
from tabapp.services.standings import Kind as TableKind

_COLUMNS = (
    Column("use", "Use", Kind.BADGE, 92),
    Column("name", "Metric", Kind.IDENTITY, 250),
    Column("meaning", "What it is", stretch=True),
)


class _Metrics(TableView):
    """The list: Enter and the arrows with Ctrl do in it what the buttons below do."""

    def __init__(self, dialog: MetricsDialog, model: TableModel) -> None:
        super().__init__(model, tr("Metrics"))
        self._dialog = dialog

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Rank by, show, leave out, move."""
        with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Insert:
            self._dialog.rank_by()
        elif event.key() == Qt.Key.Key_Delete:
            self._dialog.leave_out()
        elif event.key() == Qt.Key.Key_F4:
            self._dialog.show_only()
        elif with_ctrl and event.key() == Qt.Key.Key_Up:
            self._dialog.shift(-1)
        elif with_ctrl and event.key() == Qt.Key.Key_Down:
            self._dialog.shift(1)
        else:
            super().keyPressEvent(event)


class MetricsDialog(Dialog):
    """For this view only: the rules of the tournament are under Settings."""

    chose = Signal(object, object)
    """The keys that rank, in order, and those that are only shown."""

    def __init__(
        self, parent: QWidget | None, kind: TableKind, metrics: Sequence[str],
        extra: Sequence[str],
    ) -> None:
        super().__init__(parent, tr("Metrics of this table"), tr("Show"), width=1040)
        self._known = metrics_of(kind)
        self._ranks = list(metrics)
        self._shown = [one for one in extra if one not in metrics]
        self.body.addWidget(label(tr(
            "Only this view changes. What the tournament ranks by stands under Settings."),
            role="secondary"))
        self.rows = TableModel(_COLUMNS)
        self.table = _Metrics(self, self.rows)
        card = TableCard(self.table)
        card.setMinimumHeight(400)
        self.body.addWidget(card, 1)
        bar = QHBoxLayout()
        bar.setSpacing(Space.UNIT)
        for words, keys, act in (
            (tr("Rank by it"), ("Ins",), self.rank_by),
            (tr("Only show it"), ("F4",), self.show_only),
            (tr("Leave it out"), ("Del",), self.leave_out),
            (tr("Up"), ("Ctrl", "↑"), lambda: self.shift(-1)),
            (tr("Down"), ("Ctrl", "↓"), lambda: self.shift(1)),
        ):
            one = Button(words, keys=keys)
            one.clicked.connect(act)
            bar.addWidget(one)
        bar.addStretch(1)
        self.body.addLayout(bar)
        self._refresh()
        self.table.go_to(self._order()[0])
        self.table.setFocus()

    def _order(self) -> list[str]:
        used = [*self._ranks, *self._shown]
        return used + [key for key in self._known if key not in used]

    def _refresh(self) -> None:
        rows = []
        for key in dict.fromkeys(self._order()):
            one = self._known[key]
            places = [str(i + 1) for i, name in enumerate(self._ranks) if name == key]
            use = Cell(", ".join(places), tone="accent") if places else Cell(
                tr("shown") if key in self._shown else "")
            rows.append(Row(key, (use, one.name, one.definition), group=bool(places)))
        self.rows.set_rows(rows)
        self.do.setEnabled(bool(self._ranks))

    def _current(self) -> str | None:
        key = self.table.current_key()
        return str(key) if key is not None else None

    def rank_by(self) -> None:
        """Rank by the metric after those that rank already."""
        key = self._current()
        if key is not None and (key not in self._ranks or self._known[key].repeatable):
            if self._known[key].extra_only:
                self.show_only()
                return
            self._ranks.append(key)
            self._shown = [one for one in self._shown if one != key]
            self._refresh()

    def show_only(self) -> None:
        """Show the metric without ranking by it."""
        key = self._current()
        if key is not None and key not in self._shown:
            self._ranks = [one for one in self._ranks if one != key]
            self._shown.append(key)
            self._refresh()

    def leave_out(self) -> None:
        """Neither rank by the metric nor show it."""
        key = self._current()
        if key is not None:
            self._ranks = [one for one in self._ranks if one != key]
            self._shown = [one for one in self._shown if one != key]
            self._refresh()

    def shift(self, by: int) -> None:
        """Move the metric up or down among those that rank, or among those shown."""
        key = self._current()
        for keys in (self._ranks, self._shown):
            if key in keys and 0 <= keys.index(key) + by < len(keys):
                at = keys.index(key)
                keys[at], keys[at + by] = keys[at + by], keys[at]
                self._refresh()
                self.table.go_to(key)
                return

    def act(self) -> None:
        """Report what was chosen."""
        self.chose.emit(tuple(self._ranks), tuple(self._shown))
        self.accept()
