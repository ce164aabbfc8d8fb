"""Import: files or a folder, what they would make and what is wrong with them, then stored."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from tabapp.core.errors import Level, ProblemsFound
from tabapp.domain.formats import load_preset, presets
from tabapp.gui import theme
from tabapp.gui.background import Background
from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.dialogs.import_preview import Preview, count_words
from tabapp.gui.dialogs.import_source import SourceBar, SourceReader
from tabapp.gui.dialogs.import_target import TargetForm
from tabapp.gui.messages import count, sentence_of, tr
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.cards import Card, EmptyState
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.progress import ProgressBar
from tabapp.services import exchange, imports
from tabapp.services.imports import Reading
from tabapp.services.workspace import Workspace

_SIZE = QSize(1120, 720)
_LEAST = QSize(760, 480)
_EDGE = QSize(40, 40)
_KINDS = {
    "archive": "An archive of tabapp", "debatexml": "DebateXML",
    "tabbycat-csv": "A folder of Tabbycat's CSV files", "table": "A table",
}


class ImportDialog(Dialog):
    """Reads beside the window, shows all that was found, and stores nothing itself.

    Whoever hears ``wanted`` stores it, then calls ``finish`` with the path or the name in
    commands; or ``refuse`` with the error. With ``workspace`` the tournament may go beside those
    of the open file.
    """

    wanted = Signal(object)
    """A ``Wanted``: the document and where it goes."""
    imported = Signal(str)
    """It is stored: the path of its file, or its name in commands in the open one."""

    def __init__(
        self, parent: QWidget | None, background: Background, folder: Path, *,
        workspace: Workspace | None = None,
    ) -> None:
        super().__init__(parent, tr("Import a tournament"), tr("Import"), width=_LEAST.width())
        self.reading: Reading | None = None
        self._stores = False
        self._notice = ""
        self.source = SourceBar()
        self.reader = SourceReader(background, workspace, self)
        self.form = TargetForm(folder, file_name(workspace) if workspace is not None else "")
        self.preview = Preview()
        self.accept_warnings = QCheckBox()
        self.said = label("", wrap=True)
        self.reason = label("", wrap=True)
        self.setAcceptDrops(True)
        self._lay_out()
        self._listen()
        self._fit(parent)
        self._show_state()
        self.source.path.setFocus()

    # Parts

    def _lay_out(self) -> None:
        self.body.addWidget(self.source)
        self.body.addWidget(self.said)
        self._pages = QStackedLayout()
        self.body.addLayout(self._pages, 1)
        self._nothing = Card(padding=Space.UNIT)
        self._nothing.body.addWidget(EmptyState(
            tr("Nothing is read yet"), tr("Choose a file or a folder, or drop it here.")))
        self._busy = self._busy_card()
        self._found = QWidget()
        column = QVBoxLayout(self._found)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.GAP)
        column.addWidget(self.form)
        column.addWidget(self.preview, 1)
        for page in (self._nothing, self._busy, self._found):
            self._pages.addWidget(page)
        self.buttons.insertWidget(0, self.accept_warnings)
        self.buttons.insertWidget(1, self.reason, 1)
        self.buttons.setStretch(2, 0)  # the reason stands at the buttons
        self.reason.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _busy_card(self) -> Card:
        card = Card()
        self._words = label("", "identity")
        self._bar = ProgressBar(tr("Reading"))
        self.stop = Button(tr("Stop reading"), keys=("Esc",))
        row = QHBoxLayout()
        row.setSpacing(Space.GAP)
        side = QVBoxLayout()
        side.setSpacing(Space.UNIT)
        side.addWidget(self._words)
        side.addWidget(self._bar)
        row.addLayout(side, 1)
        row.addWidget(self.stop)
        card.body.addStretch(1)
        card.body.addLayout(row)
        card.body.addStretch(1)
        return card

    def _listen(self) -> None:
        self.source.typed.connect(self._show_state)
        self.source.wanted.connect(self.read)
        self.stop.clicked.connect(self.stop_reading)
        self.reader.read.connect(self._on_read)
        self.reader.failed.connect(self._on_failed)
        self.reader.stepped.connect(self._on_step)
        self.form.judged.connect(self._show_state)
        self.accept_warnings.toggled.connect(lambda _on: self._show_state())
        for keys, does in (
            ("F8", self._next_problem), ("F5", self.source.again.click),
            ("Ctrl+O", self.source.file.click),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(does)

    def _fit(self, parent: QWidget | None) -> None:
        """Be as large as the window below leaves room for."""
        room = parent.window().size() - _EDGE if parent is not None else _SIZE
        self.resize(_SIZE.boundedTo(room).expandedTo(_LEAST))

    # Choosing

    def choose(self, paths: list[str]) -> None:
        """Read these files or this folder."""
        self.source.choose(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders of this computer."""
        if event.mimeData().hasUrls() and not self._stores:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        names = [one.toLocalFile() for one in event.mimeData().urls() if one.isLocalFile()]
        if names and not self._stores:
            event.acceptProposedAction()
            self.choose(names)

    # Reading

    def read(self) -> None:
        """Read what is named, beside the window; what was read before is forgotten."""
        sources = self.source.paths()
        if not sources or self._stores:
            return
        self.reading = None
        self.accept_warnings.setChecked(False)
        self._on_step(0, 2)
        self.reader.start(sources)
        self._show_state()

    def stop_reading(self) -> None:
        """Give up what is being read; it can be read again."""
        self.reader.stop()
        self._say(tr("The reading was stopped. F5 reads it again."))
        self._show_state()
        self.source.path.setFocus()

    def _on_step(self, done: int, total: int) -> None:
        name = self.source.name()
        self._words.setText(
            tr("Checking what {file} says…", file=name) if done
            else tr("Reading {file}…", file=name))
        self._bar.set_done(done / max(1, total))

    def _on_failed(self, error: Exception) -> None:
        self._say(sentence_of(error), "problem")
        self._show_state()

    def _on_read(self, reading: Reading) -> None:
        bar = self.source
        had_keys = self.focusWidget() in (
            None, bar.path, bar.file, bar.folder, bar.again, self.stop)
        self.reading = reading
        if reading.archive is not None:
            self.form.show_archive(reading.archive, reading.taken)
        self.form.setVisible(reading.archive is not None)
        self.preview.show_reading(reading)
        words = tr("Import with these {warnings}", warnings=_number(reading, "warning"))
        if reading.number("warning") == 1:
            words = tr("Import with this warning")
        self.accept_warnings.setText(words)
        self.accept_warnings.setAccessibleName(words)
        notice, self._notice = self._notice, ""
        self._say(" ".join(filter(None, (notice, _what_it_is(reading)))),
                  "attention" if notice else "")
        if reading.archive is not None:
            self.form.judge(focus=had_keys)
        self._show_state()
        if had_keys and not (reading.archive is not None and self.form.is_wrong):
            (self.preview.table if reading.problems else self.do).setFocus()

    def _say(self, sentence: str, state: str = "") -> None:
        self.said.setText(sentence)
        theme.mark(self.said, state=state)

    # How it stands

    def why_not(self) -> str:
        """Return why it cannot be imported now; "" if it can."""
        reading = self.reading
        if self._stores:
            return tr("It is being stored: all of it or nothing.")
        if self.reader.is_busy:
            return tr("It is being read.")
        if reading is None:
            chosen = bool(self.source.paths())
            return tr("Press Enter to read it.") if chosen else tr("Choose what to import.")
        return self._why_not_this(reading)

    def _why_not_this(self, reading: Reading) -> str:
        if reading.number("error") or reading.archive is None:
            return tr("{errors}: nothing is stored.", errors=_number(reading, "error"))
        if self.form.is_wrong:
            return tr("Correct what is marked above.")
        if reading.number("warning") and not self.accept_warnings.isChecked():
            return tr("Look at the warnings, then tick this.")
        return ""

    def _show_state(self) -> None:
        reading, why, busy = self.reading, self.why_not(), self.reader.is_busy
        self._pages.setCurrentWidget(
            self._busy if busy else self._nothing if reading is None else self._found)
        self.said.setVisible(bool(self.said.text()) and not busy)
        errors = reading is not None and bool(reading.number("error"))
        self.accept_warnings.setVisible(
            reading is not None and not errors and bool(reading.number("warning")))
        self.source.again.setEnabled(
            bool(self.source.paths()) and not busy and not self._stores)
        self.cancel.setVisible(not busy)  # Esc stops the reading then
        self.do.setEnabled(not why)
        self.do.setToolTip(why)
        self.reason.setText(why)
        theme.mark(self.reason, state="problem" if errors else "")

    def _next_problem(self) -> None:
        """Go to the fields that are wrong, then through the problems."""
        fields = [one.field for one in self.form.fields.values() if one.state == "problem"]
        now = self.focusWidget()
        at = fields.index(now) + 1 if now in fields else 0
        in_table = self.preview.table.hasFocus()
        if at < len(fields) and not in_table:
            fields[at].setFocus()
        elif not self.preview.next_problem() and fields:
            fields[0].setFocus()

    # Storing

    def act(self) -> None:
        """Ask for it to be stored; read it again first if it is not what was looked at."""
        reading = self.reading
        if self.why_not() or reading is None or reading.archive is None:
            return
        if imports.is_changed(reading):
            self._notice = tr("It was changed in the meantime, so it was read again.")
            self.read()
            return
        self.form.judge(focus=True)  # the disk may have changed
        if self.form.is_wrong:
            return
        entry = self.form.entry()
        self._hold(True, tr("Storing {name}…", name=entry.name.strip()))
        self.wanted.emit(imports.wanted_of(reading.archive, entry))

    def _hold(self, stores: bool, words: str) -> None:
        self._stores = stores
        self._say(words)
        for part in (self.source, self.form, self.accept_warnings, self.cancel):
            part.setEnabled(not stores)
        self._show_state()

    def finish(self, path_or_slug: str) -> None:
        """Close: it is stored."""
        self._stores = False
        self.accept()
        self.imported.emit(path_or_slug)

    def refuse(self, error: Exception) -> None:
        """Show why it was not stored; nothing that was typed is lost."""
        self._hold(False, "")
        if isinstance(error, ProblemsFound) and any(
            one.code == "slug_taken" for one in error.problems
        ):
            self.form.show_taken()
        else:
            self.form.show_error(error)
            self.do.setFocus()

    # Keys

    def reject(self) -> None:
        """Stop what is being read; else close. What is being stored is waited for."""
        if self.reader.is_busy:
            self.stop_reading()
        elif not self._stores:
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the filter by a slash that nobody typed into a field."""
        if event.text() == "/" and self.preview.isVisible():
            self.preview.filter.setFocus()
            event.accept()
            return
        super().keyPressEvent(event)


def file_name(workspace: Workspace) -> str:
    """Return what the file of an open database is called in a sentence."""
    file = workspace.database
    return file.path.name if file.path is not None else file.name


def _what_it_is(reading: Reading) -> str:
    kind = tr(_KINDS[reading.found.kind]) if reading.found.kind in _KINDS else ""
    archive = reading.archive
    if archive is None:
        return tr("{kind} that cannot be read.", kind=kind) if kind else ""
    preset = archive.tournament.preset
    known = {one.name for one in presets()}
    title = load_preset(preset).title if preset in known else preset
    counts = count_words(exchange.counts(archive))
    return tr(
        "{kind}, {format}. It would make {counts}.", kind=kind, format=title,
        counts=counts or tr("an empty tournament"))


def _number(reading: Reading, level: Level) -> str:
    one, many = ("error", "errors") if level == "error" else ("warning", "warnings")
    words = count(reading.number(level), one, many)
    return tr("more than {words}", words=words) if reading.has_more(level) else words
