"""Who fetches the ballots of which rooms: one runner for several rooms at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

from PySide6.QtCore import QSize, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QWidget

from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.messages import count, sentence_of, tr
from tabapp.gui.names import isolate
from tabapp.gui.session import Session
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Column, Kind, Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.cards import Banner
from tabapp.gui.widgets.fields import Field, SearchField
from tabapp.gui.widgets.hints import KeyHints
from tabapp.gui.widgets.painted import label
from tabapp.services.chase import RunnerRow, give_runners, read_runners

_SIZE = QSize(720, 620)


class _Rooms(TableView):
    """The rooms; Enter goes on to the name of their runner."""

    def __init__(self, model: TableModel, dialog: RunnersDialog) -> None:
        super().__init__(model, tr("Rooms and their runners"))
        self._dialog = dialog

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the name by Enter, take runners away by Delete; the rest is as in every table."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._dialog.runner.setFocus()
            self._dialog.runner.selectAll()
        elif event.key() == Qt.Key.Key_Delete:
            self._dialog.give("")
        else:
            super().keyPressEvent(event)


class _Runner(QLineEdit):
    """The name; Enter gives it to the chosen rooms."""

    def __init__(self, dialog: RunnersDialog, names: Sequence[str]) -> None:
        super().__init__()
        self._dialog = dialog
        completer = QCompleter(QStringListModel(list(names), self), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        self.setCompleter(completer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give by Enter."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._dialog.give(self.text())
        else:
            super().keyPressEvent(event)


class RunnersDialog(Dialog):
    """All rooms with their runners; what was given is stored as one action."""

    def __init__(self, parent: QWidget, session: Session, rows: Sequence[RunnerRow]) -> None:
        super().__init__(parent, tr("Runners"), tr("Save"), width=560)
        self.session = session
        self._rows = {one.id: one for one in rows}
        self.wanted = {one.id: one.runner for one in rows}
        self._banner: Banner | None = None
        self.filter = SearchField(tr("Filter by room, category or runner"))
        self.model = TableModel([
            Column("name", tr("Room"), Kind.IDENTITY, stretch=True),
            Column("categories", tr("Category"), stretch=True),
            Column("runner", tr("Runner"), stretch=True),
        ], self)
        self.model.set_rows([self._row(one) for one in self._rows])
        self.table = _Rooms(self.model, self)
        self.runner = _Runner(self, sorted({one.runner for one in rows if one.runner}))
        self.said = label("", role="secondary", wrap=True)
        self._lay_out()
        self._tell()
        self.filter.textChanged.connect(self.model.filter_by)
        self.filter.left_downwards.connect(self.table.setFocus)
        self.resize(_SIZE.boundedTo(parent.window().size() - QSize(40, 40)))
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setFocus()

    def _lay_out(self) -> None:
        self.body.addWidget(self.filter)
        self.body.addWidget(TableCard(self.table), 1)
        self.body.addWidget(KeyHints([
            (("Space",), tr("select")), (("Ctrl", "A"), tr("select all")),
            (("Enter",), tr("runner's name")), (("Delete",), tr("nobody"))]))
        line = QHBoxLayout()
        line.setSpacing(Space.UNIT)
        self.name_field = Field(
            tr("Runner of the selected rooms"), self.runner, hint=tr("Enter gives them."))
        line.addWidget(self.name_field, 1)
        give = Button(tr("Give"))
        give.clicked.connect(lambda: self.give(self.runner.text()))
        line.addWidget(give, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(line)
        self.body.addWidget(self.said)

    def _row(self, room: int) -> Row:
        one = self._rows[room]
        return Row(room, (one.name, ", ".join(one.categories), self.wanted[room]))

    def _tell(self) -> None:
        counts = Counter(self.wanted.values())
        named = sorted((name, n) for name, n in counts.items() if name)
        parts = [tr("{name}: {n}", name=isolate(name), n=n) for name, n in named]
        if counts[""]:
            parts.append(tr("Nobody: {n}", n=counts[""]))
        self.said.setText(", ".join(parts))

    def give(self, name: str) -> None:
        """Give the selected rooms, or the one that has the keys, a runner; "" for none."""
        keys: list[Hashable | None] = [
            self.model.shown[at].key for at in self.table.selected_rows()]
        ids = [one for one in keys or [self.table.current_key()] if isinstance(one, int)]
        for one in ids:
            self.wanted[one] = " ".join(name.split())
        self.model.change_rows([self._row(one) for one in ids])
        self.table.clearSelection()
        self._tell()
        self.table.setFocus()

    def act(self) -> None:
        """Store the rooms that changed."""
        changed = {
            one: name for one, name in self.wanted.items() if name != self._rows[one].runner}
        if not changed:
            self.reject()
            return
        owner = self.session.tournament
        self.do.setEnabled(False)
        self.session.write(
            self, tr("give runners to"), lambda unit: give_runners(unit, owner, changed),
            done=self._on_stored, failed=self._on_refused)

    def _on_stored(self, rooms: int) -> None:
        self.session.tell_undoable(
            tr("{rooms} got a runner.", rooms=count(rooms, "room", "rooms"))
            if any(self.wanted.values()) else tr("Nobody runs for a room any more."))
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self.do.setEnabled(True)
        if self._banner is not None:
            self.body.removeWidget(self._banner)
            self._banner.deleteLater()
        self._banner = Banner(sentence_of(error), tone="problem")
        self.body.insertWidget(0, self._banner)


def ask_runners(parent: QWidget, session: Session) -> None:
    """Open the dialog, once the rooms are read."""
    owner = session.tournament

    def show(rows: list[RunnerRow]) -> None:
        if not rows:
            session.tell(tr("There are no rooms yet. Add some in People."), "attention")
            return
        RunnersDialog(parent, session, rows).open()

    session.read(parent, lambda unit: read_runners(unit, owner), show)
