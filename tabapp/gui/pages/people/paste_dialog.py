"""Rows from a spreadsheet, looked at cell by cell before anything is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QVBoxLayout, QWidget

from tabapp.core.errors import Problem
from tabapp.gui import theme
from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.latest import Latest
from tabapp.gui.messages import count, sentence_of, tr
from tabapp.gui.pages.people.forms import field_words
from tabapp.gui.pages.people.lists import ListSpec
from tabapp.gui.session import Session
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Column, Kind, Row, Value
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.painted import label
from tabapp.services import people_paste
from tabapp.services.people_paste import Pasted, Preview

PAUSE = 150
"""Milliseconds without typing after which the rows are looked at."""
_WORDS = {
    "institution": ("institution", "institutions"), "venue_category": ("room category",
                                                                      "room categories"),
    "speaker_category": ("speaker category", "speaker categories"),
}
_SIZE = QSize(1040, 640)
_TAB = 128
"""Pixels between tab stops: most names fit between two."""


class PasteDialog(Dialog):
    """What was copied stands at the top and can be corrected there; below, what it means."""

    def __init__(
        self, parent: QWidget, session: Session, spec: ListSpec, text: str
    ) -> None:
        super().__init__(
            parent, tr("Paste {things}", things=tr(spec.many)), tr("Paste"), width=720)
        assert spec.kind is not None
        self.session, self.spec, self.kind = session, spec, spec.kind
        self.found: Preview | None = None
        self._looks = Latest()
        self.box = QPlainTextEdit()
        self.box.setTabChangesFocus(True)
        self.box.setTabStopDistance(_TAB)
        self.box.setFixedHeight(116)
        self.box.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        hint = tr(
            "With a first line of titles in any order, or: {columns}.", columns=tr(spec.hint))
        self.body.addWidget(Field(tr("Rows from a spreadsheet or a CSV text"), self.box, hint=hint))
        self.prefix = QCheckBox(tr("Put the institution's name before each team's"))
        self.make = QCheckBox()
        for one in (self.prefix, self.make):
            self.body.addWidget(one)
            one.hide()
            one.toggled.connect(self._look)
        self._holder = QVBoxLayout()
        self.body.addLayout(self._holder, 1)
        self.table: TableView | None = None
        self._card: TableCard | None = None
        self.said = label("", wrap=True)
        self.body.addWidget(self.said)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._look)
        self.box.textChanged.connect(self._on_typed)
        self.prefix.setVisible(self.kind == "team")
        self.resize(_SIZE.boundedTo(parent.window().size() - QSize(40, 40)))
        self.do.setEnabled(False)
        self.box.setPlainText(text)
        self._on_typed(first=True)
        self.box.setFocus()

    # What was pasted

    def _on_typed(self, first: bool = False) -> None:
        self.do.setEnabled(False)
        if first:
            self.prefix.setChecked(people_paste.wants_prefix(self.box.toPlainText(), self.kind))
            self._look()
        else:
            self._pause.start()

    def _look(self) -> None:
        owner, kind, text = self.session.tournament, self.kind, self.box.toPlainText()
        make, prefix = self.make.isChecked(), self.prefix.isChecked()
        asked = self._looks.ask()

        def show(found: Preview) -> None:
            if text == self.box.toPlainText():
                self._show(found)

        self.session.read(
            self, lambda unit: people_paste.preview(
                unit, owner, kind, text, make_missing=make, prefix=prefix),
            asked.only(show), asked.only(self._on_failed))

    def _on_failed(self, error: Exception) -> None:
        self.say(sentence_of(error), "problem")

    def say(self, sentence: str, state: str = "") -> None:
        """Say below the rows how it stands."""
        self.said.setText(sentence)
        theme.mark(self.said, state=state)

    def _show(self, found: Preview) -> None:
        self.found = found
        self._offer(found)
        self._fill(found)
        self.do.setEnabled(found.can_be_stored)
        rows = count(len(found.table.rows), self.spec.one, self.spec.many)
        self.do.set_words(tr("Paste {rows}", rows=rows) if found.table.rows else tr("Paste"))
        self.say(*self._verdict(found, rows))

    def _verdict(self, found: Preview, rows: str) -> tuple[str, str]:
        errors = [one for one in found.problems if one.level == "error"]
        warnings = [one for one in found.problems if one.level == "warning"]
        if errors:
            different = {one.message: one for one in reversed(errors)}
            first = " ".join(_told(one) for one in sorted(
                different.values(), key=errors.index)[:2])
            return tr(
                "{problems}; nothing is stored until they are put right. {first}",
                problems=count(len(errors), "problem", "problems"), first=first), "problem"
        if not found.table.rows:
            return tr("Copy rows in a spreadsheet and paste them above."), ""
        speakers = count(found.speakers, "speaker", "speakers")
        good = (
            tr("{rows} with {speakers}.", rows=rows, speakers=speakers) if found.speakers
            else tr("{rows}.", rows=rows))
        if warnings:
            return f"{good} {' '.join(_told(one) for one in warnings[:3])}", "attention"
        return good, "done"

    def _offer(self, found: Preview) -> None:
        """Offer to add the institutions and categories that are named and not there."""
        parts = [
            f"{count(len(names), *_WORDS[kind])} ({_some(names)})"
            for kind, names in found.missing.items() if names
        ]
        self.make.setVisible(bool(parts))
        if parts:
            self.make.setText(tr("Add {missing} too", missing=", ".join(parts)))
            self.make.setAccessibleName(self.make.text())

    # The rows

    def _fill(self, found: Preview) -> None:
        keys = [key for key in found.table.columns if key]
        columns = [
            Column("line", tr("Line"), Kind.NUMBER),
            *(Column(key, field_words(key), Kind.IDENTITY if key == "name" else Kind.TEXT,
                     stretch=key != "name") for key in keys),
            Column("problem", tr("Problem"), stretch=True),
        ]
        if self.table is None or [c.key for c in self.table.rows.columns] != [
            c.key for c in columns
        ]:
            self._make_table(columns)
        assert self.table is not None
        self.table.rows.set_rows(_rows(found, keys))
        if self._card is not None:
            self._card.setVisible(bool(found.table.rows))

    def _make_table(self, columns: Sequence[Column]) -> None:
        if self._card is not None:
            self._holder.removeWidget(self._card)
            self._card.hide()
            self._card.deleteLater()
        model = TableModel(columns)
        self.table = TableView(model, tr("What would be stored"))
        model.setParent(self.table)
        self.table.opened.connect(self._on_opened)
        self._card = TableCard(self.table)
        self._holder.addWidget(self._card, 1)
        QWidget.setTabOrder(self.make, self.table)

    def _on_opened(self, line: Hashable) -> None:
        """Go to a row's line in the text, to correct it there."""
        assert isinstance(line, int)
        cursor = QTextCursor(self.box.document().findBlockByNumber(line - 1))
        cursor.select(QTextCursor.SelectionType.LineUnderCursor)
        self.box.setTextCursor(cursor)
        self.box.setFocus()

    # Storing

    def act(self) -> None:
        """Store all rows in one action."""
        if not self.do.isEnabled():
            return
        owner, kind, text = self.session.tournament, self.kind, self.box.toPlainText()
        make, prefix = self.make.isChecked(), self.prefix.isChecked()
        self.do.setEnabled(False)
        self.say(tr("Storing…"))
        self.session.write(
            self, tr("paste"),
            lambda unit: people_paste.paste(
                unit, owner, kind, text, make_missing=make, prefix=prefix),
            done=self._on_stored, failed=self._on_failed)

    def _on_stored(self, done: Pasted) -> None:
        made = [count(number, *_WORDS[kind]) for kind, number in done.made.items()]
        parts = [count(done.rows, self.spec.one, self.spec.many)]
        if done.speakers:
            parts.append(count(done.speakers, "speaker", "speakers"))
        self.session.tell_undoable(tr("{what} added.", what=", ".join(parts + made)))
        self.accept()


def _told(problem: Problem) -> str:
    """Return a problem with its place: "Line 41, e-mail: …"."""
    place, _, key = problem.where.partition(", ")
    if place in ("header", "text"):
        return problem.message
    number = place.removeprefix("line ")
    if not key:
        return tr("Line {line}: {sentence}", line=number, sentence=problem.message)
    return tr(
        "Line {line}, {field}: {sentence}", line=number, field=field_words(key).lower(),
        sentence=problem.message)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")


def _rows(found: Preview, keys: Sequence[str]) -> list[Row]:
    problems: dict[str, list[Problem]] = defaultdict(list)
    for one in found.problems:
        problems[one.where.partition(", ")[0]].append(one)
    rows = []
    for row in found.table.rows:
        values = found.table.values(row)
        here = problems.get(f"line {row.line}", [])
        at = {one.where.partition(", ")[2]: one for one in reversed(here)}
        cells: list[Value] = [row.line]
        cells += [_cell(values.get(key, ""), at.get(key)) for key in keys]
        words = " ".join(one.message for one in here)
        tone = "problem" if any(one.level == "error" for one in here) else "attention"
        cells.append(Cell(words, tip=words, tone=tone) if here else None)
        rows.append(Row(row.line, tuple(cells)))
    return rows


def _cell(text: str, problem: Problem | None) -> Value:
    shown = " ".join(text.split())
    if problem is None:
        return shown
    if problem.level == "error":
        return Cell(shown, icon="octagon-x", tone="problem", tip=problem.message)
    return Cell(shown, icon="triangle-alert", tone="attention", tip=problem.message)
