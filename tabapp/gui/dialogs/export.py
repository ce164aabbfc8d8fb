"""Export: what goes into a file, of which kind, and whether the hall may read it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from tabapp.core.errors import Problem
from tabapp.core.files import at_home
from tabapp.gui.dialogs.entry import EntryDialog
from tabapp.gui.dialogs.form import in_a_row
from tabapp.gui.dialogs.import_source import below_title
from tabapp.gui.dialogs.save_as import choose_where
from tabapp.gui.latest import Latest
from tabapp.gui.messages import count, sentence_of, tr
from tabapp.gui.page import Page
from tabapp.gui.session import Session
from tabapp.gui.tokens import Height
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.segments import Segments
from tabapp.services import exports
from tabapp.services.exports import ExportChoices, Exported, ExportRequest, What
from tabapp.store.unit import ReadUnit

_KINDS = (
    (".pdf", "PDF"), (".xlsx", "Excel"), (".csv", "CSV"), (".html", "Web page"), (".json", "JSON"),
)
_COMPLETE, _PUBLIC = "complete", "public"
_PAUSE = 150
"""Milliseconds after a choice before the lines are counted."""


class ExportDialog(EntryDialog):
    """Counts the lines while one chooses, writes beside the window, and stays until it is done."""

    def __init__(
        self, parent: QWidget, session: Session, choices: ExportChoices, request: ExportRequest
    ) -> None:
        super().__init__(parent, tr("Export"), tr("Export"), width=620)
        self.session, self._choices, self._request = session, choices, request
        self._path_is_ours, self._counts = True, Latest()
        self.what, self.until, self.category = (_chooser() for _ in range(3))
        for one in exports.WHATS:
            self.what.addItem(tr(exports.TITLES[one]), one)
        self.what.setCurrentIndex(exports.WHATS.index(request.what))
        self.until.addItem(tr("All rounds"), None)
        for seq, name in choices.rounds:
            self.until.addItem(tr("Up to {round}", round=name), seq)
        self.until.setCurrentIndex(max(0, self.until.findData(request.until)))
        self.kind = Segments(tr("Kind of file"), [(key, tr(words)) for key, words in _KINDS])
        self.version = Segments(tr("Version"), [
            (_COMPLETE, tr("Complete")), (_PUBLIC, tr("For everybody"))])
        self.version.choose(_PUBLIC if request.public else _COMPLETE)
        self.path = QLineEdit()
        self.browse = Button(tr("Browse…"), icon="folder-open")
        self.told = label("", "identity", wrap=True)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._lay_out()
        self._listen()
        self._offer_categories()
        self._propose()
        self._count()
        self.what.setFocus()

    def _lay_out(self) -> None:
        self.form.add_row(in_a_row(
            self.form.adopt("what", Field(tr("What"), self.what)),
            self.form.adopt("category", Field(tr("Category"), self.category)),
            self.form.adopt("until", Field(tr("Rounds"), self.until)))[0])
        self.form.add("kind", Field(tr("Kind of file"), self.kind))
        self.form.add("version", Field(tr("Version"), self.version, hint=tr(
            "For everybody: only what is released, without silent rounds, code names where the"
            " settings say so.")))
        place, row = in_a_row(self.form.adopt("path", Field(tr("File"), self.path)))
        row.addLayout(below_title(self.browse))
        self.form.add_row(place)
        self.body.addWidget(self.form)
        self.body.addWidget(self.told)
        self.body.addStretch(1)

    def _listen(self) -> None:
        self.what.currentIndexChanged.connect(self._on_what)
        for chooser in (self.category, self.until):
            chooser.currentIndexChanged.connect(self._on_choice)
        self.kind.chosen.connect(self._on_kind)
        self.version.chosen.connect(self._on_choice)
        self.path.textEdited.connect(self._on_typed)
        self.browse.clicked.connect(self._on_browse)
        self._pause.timeout.connect(self._count)

    # What is chosen

    def request(self) -> ExportRequest:
        """Return what is asked for; the metrics of the page that opened this go with its table."""
        what: What = self.what.currentData()
        same = what == self._request.what
        return replace(
            self._request, what=what, category=self.category.currentData(),
            until=self.until.currentData(), public=self.version.key == _PUBLIC,
            metrics=self._request.metrics if same else None,
            extra=self._request.extra if same else None)

    def output(self) -> Path:
        """Return the file that is named."""
        return at_home(Path(self.path.text().strip()))

    def _on_what(self) -> None:
        self._offer_categories()
        self._on_choice()

    def _on_choice(self) -> None:
        self._propose()
        self._pause.start()

    def _on_kind(self, kind: str) -> None:
        if self._path_is_ours:
            self._propose()
        elif self.path.text().strip():
            self.path.setText(str(self.output().with_suffix(kind)))
        self._pause.start()

    def _on_typed(self) -> None:
        self._path_is_ours = False
        suffix = self.output().suffix.lower()
        if suffix != self.kind.key and suffix in dict(_KINDS):
            self.kind.choose(suffix)
            self._pause.start()
        self.judge("path")

    def _offer_categories(self) -> None:
        what: What = self.what.currentData()
        found = self._choices.categories(what)
        self.category.blockSignals(True)
        self.category.clear()
        self.category.addItem(
            tr("All categories") if what == "break" else tr("Everybody"), None)
        for slug, name in found:
            self.category.addItem(name or slug, slug)
        self.category.setCurrentIndex(max(0, self.category.findData(self._request.category)))
        self.category.setEnabled(bool(found))
        self.category.blockSignals(False)

    def _propose(self) -> None:
        """Name the file after what goes into it, until somebody names it otherwise."""
        if not self._path_is_ours:
            return
        request = self.request()
        parts = [self._choices.slug, request.what, request.category or ""]
        parts += [f"r{request.until}"] if request.until is not None else []
        parts += ["public"] if request.public else []
        name = "-".join(part for part in parts if part) + self.kind.key
        self.path.setText(str(self._folder() / name))
        self.judge("path")

    def _folder(self) -> Path:
        file = self.session.workspace.database.path
        return file.parent if file is not None else Path.home()

    def _on_browse(self) -> None:
        words = dict(_KINDS)[self.kind.key]
        choose_where(
            self, tr("Export to"), self.path.text(), kind=tr(words), suffix=self.kind.key,
            chosen=self.choose_file)

    def choose_file(self, path: str) -> None:
        """Take a file that was chosen with the pointer."""
        self.path.setText(path)
        self._on_typed()

    # What is in it

    def _count(self) -> None:
        """Read what would be written, and tell how much it is or why it cannot be."""
        request, owner = self.request(), self.session.tournament
        suffix = exports.check_suffix(Path(f"table{self.kind.key}"))

        def query(unit: ReadUnit) -> int:
            return exports.lines_of(exports.build(unit, owner, request), suffix)

        def show(lines: int) -> None:
            self.told.setText(count(lines, "line", "lines"))

        def failed(error: Exception) -> None:
            self.told.setText(sentence_of(error))

        asked = self._counts.ask()
        self.session.read(self, query, asked.only(show), asked.only(failed))

    def problems(self) -> list[Problem]:
        """Return everything that is wrong with the file that is named."""
        return exports.check_output(self.path.text())

    def save(self) -> None:
        """Write the file; the dialog stays with what was chosen where that is refused."""
        request, output, session = self.request(), self.output(), self.session
        self.told.setText(tr("Writing {file}…", file=output.name))
        database, owner = session.workspace.database, session.tournament

        def work() -> Exported:
            with database.read() as unit:
                document = exports.build(unit, owner, request)
            return exports.write_file(document, output)

        def show(made: Exported) -> None:
            self.accept()
            session.tell(
                made.remark or tr("Wrote {lines} to {file}.", file=made.file, lines=count(
                    made.rows, "line", "lines")),
                "attention" if made.remark else "done", tr("Open folder"),
                lambda: open_folder(made.file.parent))

        session.call(self, work, show, self.refuse)

    def refuse(self, error: Exception) -> None:
        """Show why it was not written."""
        self.told.setText("")
        super().refuse(error)


def open_export(page: Page[Any], request: ExportRequest) -> None:
    """Read what there is to choose and open the dialog over ``page``, ``request`` chosen."""
    session = page.session
    owner = session.tournament
    session.read(
        page, lambda unit: exports.read_choices(unit, owner),
        lambda found: ExportDialog(page, session, found, request).open())


def open_folder(folder: Path) -> None:
    """Show a folder in the program that this computer has for that."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _chooser() -> QComboBox:
    made = QComboBox()
    made.setFixedHeight(Height.CONTROL)
    return made
