"""All activity: what was done, by whom, what was taken back; and taking back from here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tabapp.gui import roles
from tabapp.gui.dialogs.base import Dialog, ask
from tabapp.gui.latest import Latest
from tabapp.gui.messages import count, sentence_of, tr
from tabapp.gui.pages.overview.words import entry_in_words, state_of_entry
from tabapp.gui.session import Session
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.widgets.buttons import Button, Role
from tabapp.gui.widgets.cards import Banner
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.painted import label
from tabapp.services.activity import Entry, take_back, take_back_to, trail
from tabapp.store.undo import Overtaken

COLUMNS = (
    Column("at", "When", width=112), Column("by", "Who", Kind.PERSON, width=150),
    Column("what", "What", Kind.IDENTITY, stretch=True), Column("state", "", width=210),
)


def entry_row(entry: Entry) -> Row:
    """Return the row of an action."""
    at = f"{entry.at.astimezone():%d.%m. %H:%M:%S}" if entry.at else ""
    state = state_of_entry(entry)
    if not state and not entry.can_undo and not entry.is_undo:
        state = tr("cannot be undone")
    return Row(entry.id, (
        Cell(at, sort=entry.id), entry.actor, entry_in_words(entry),
        Cell(state, tone="attention" if entry.is_undone else ""),
    ))


class HistoryDialog(Dialog):
    """The whole trail; Ctrl+Enter takes the chosen action back."""

    def __init__(self, parent: QWidget | None, session: Session) -> None:
        super().__init__(parent, tr("All activity"), tr("Undo this"), width=880, role=Role.NORMAL)
        self.session = session
        self.entries: dict[int, Entry] = {}
        self._readings = Latest()
        self.resize(self.room(920, 560))
        head = QHBoxLayout()
        self.facts = label("", role="secondary")
        head.addWidget(self.facts)
        head.addStretch(1)
        self.filter = SearchField(tr("Filter by person or thing"), keys=("/",))
        head.addWidget(self.filter)
        self.body.addLayout(head)
        self.banner: Banner | None = None
        self.model = TableModel(COLUMNS)
        self.table = TableView(self.model, tr("All activity"))
        card = TableCard(self.table)
        card.setMinimumHeight(320)
        self.body.addWidget(card, 1)
        self.cancel.set_words(tr("Close"))
        self.up_to = Button(tr("Undo up to here…"), keys=("Ctrl", "⇧", "⏎"))
        self.up_to.clicked.connect(self.ask_up_to)
        self.buttons.insertWidget(1, self.up_to)
        for keys in ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.ask_up_to)
        self.filter.textChanged.connect(self.model.filter_by)
        self.filter.left_downwards.connect(self.table.setFocus)
        self.table.chosen.connect(lambda _key: self._show_what_is_possible())
        session.changed.connect(self._on_changed)
        self.read()
        self.table.setFocus()

    def _on_changed(self, _topics: frozenset[str]) -> None:
        if self.isVisible():
            self.read()

    def read(self) -> None:
        """Read the trail anew."""
        tournament = self.session.tournament or None
        self.session.read(
            self, lambda unit: trail(unit, tournament), self._readings.ask().only(self._show))

    def _show(self, entries: list[Entry]) -> None:
        self.entries = {one.id: one for one in entries}
        self.model.set_rows(entry_row(one) for one in entries)
        undone = sum(one.is_undone for one in entries)
        words = count(len(entries), "action", "actions")
        if undone:
            words = tr("{actions}, {n} undone", actions=words, n=undone)
        self.facts.setText(words)
        if self.table.current_key() is None and entries:
            self.table.go_to(entries[0].id)
        self._show_what_is_possible()

    def chosen(self) -> Entry | None:
        """Return the action with the cursor."""
        key = self.table.current_key()
        return self.entries.get(key) if isinstance(key, int) else None

    def _since(self, entry: Entry) -> list[Entry]:
        return [one for one in self.entries.values() if one.id >= entry.id and one.can_undo]

    def _show_what_is_possible(self) -> None:
        entry = self.chosen()
        can = entry is not None and entry.can_undo
        self.do.setEnabled(can)
        self.do.setToolTip("" if can else tr("This action cannot be undone, or is undone already."))
        self.up_to.setEnabled(entry is not None and bool(self._since(entry)))

    # Taking back

    def act(self) -> None:
        """Take the chosen action back; says which later one stands in the way."""
        entry = self.chosen()
        if entry is None or not entry.can_undo:
            return
        database, tournament = self.session.workspace.database, self.session.tournament or None
        actor, action, check = self.session.actor, entry.id, roles.check_undo(self.session)
        self._busy(True)
        self.session.call(
            self, lambda: take_back(database, tournament, action, actor, check), self._on_done,
            self._on_refused)

    def ask_up_to(self) -> None:
        """Ask before everything since the chosen action is taken back."""
        entry = self.chosen()
        if entry is None or not self._since(entry):
            return
        n = len(self._since(entry))
        ask(
            self, tr("Undo {actions}?", actions=count(n, "action", "actions")),
            tr("Everything since \"{what}\" is taken back, and that itself. Each can be redone.",
               what=entry_in_words(entry)),
            tr("Undo {actions}", actions=count(n, "action", "actions")),
            lambda: self._take_back_to(entry.id))

    def _take_back_to(self, action: int) -> None:
        database, tournament = self.session.workspace.database, self.session.tournament or None
        actor, check = self.session.actor, roles.check_undo(self.session)
        self._busy(True)
        self.session.call(
            self, lambda: take_back_to(database, tournament, action, actor, check), self._on_done,
            self._on_refused)

    def _busy(self, busy: bool) -> None:
        self.do.setEnabled(not busy)
        self.up_to.setEnabled(not busy)

    def _on_done(self, n: int) -> None:
        self._show_banner(tr("{actions} undone.", actions=count(n, "action", "actions")), "done")
        self.read()

    def _on_refused(self, error: Exception) -> None:
        self._show_banner(sentence_of(error), "problem")
        if isinstance(error, Overtaken) and isinstance(error.facts["action_id"], int):
            self.table.go_to(error.facts["action_id"])
        self.read()

    def _show_banner(self, sentence: str, tone: str) -> None:
        if self.banner is not None:
            self.body.removeWidget(self.banner)
            self.banner.deleteLater()
        self.banner = Banner(sentence, tone=tone)
        self.body.insertWidget(0, self.banner)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the filter by a slash."""
        if event.key() == Qt.Key.Key_Slash and not self.filter.hasFocus():
            self.filter.setFocus()
            event.accept()
            return
        super().keyPressEvent(event)
