"""Printing: what, of which round or of whom, how it is laid out, and the file that is printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tabapp.core.errors import Problem, UserError
from tabapp.core.files import at_home
from tabapp.gui.dialogs.base import ask
from tabapp.gui.dialogs.entry import EntryDialog
from tabapp.gui.dialogs.import_source import below_title
from tabapp.gui.dialogs.print_options import PrintOptions
from tabapp.gui.dialogs.print_run import PrintRun, Stopped
from tabapp.gui.dialogs.print_view import PageView
from tabapp.gui.dialogs.print_words import Kept
from tabapp.gui.dialogs.save_as import choose_where
from tabapp.gui.latest import Latest
from tabapp.gui.messages import count, tr
from tabapp.gui.page import Page
from tabapp.gui.session import Session
from tabapp.gui.tokens import Ring, Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.progress import ProgressBar
from tabapp.services import printing
from tabapp.services.printing import Made, Prepared, PrintChoices, PrintRequest
from tabapp.store.unit import ReadUnit, WriteUnit

_PAUSE = 120
"""Milliseconds after a choice before it is read anew."""
_LEFT = 430
_WIDE, _TALL = 1060, 740
_BEAT = 100
"""Milliseconds after which the bar of a run moves."""


_kept: WeakKeyDictionary[Session, dict[int, Kept]] = WeakKeyDictionary()
"""What was chosen in a window for each tournament."""


class PrintDialog(EntryDialog):
    """Shows the pages while one chooses; stays until the file is written, or it is cancelled."""

    def __init__(
        self, parent: QWidget, session: Session, choices: PrintChoices, request: PrintRequest
    ) -> None:
        super().__init__(parent, tr("Print"), tr("Save and open"), width=_WIDE)
        self.session, self.choices = session, choices
        self.prepared: Prepared | None = None
        self._path_is_ours, self._looks = True, Latest()
        self._run: PrintRun | None = None
        self._opens, self._halted = False, ""
        kept = _kept.setdefault(session, {}).setdefault(session.tournament, Kept())
        self.options = PrintOptions(self.form, choices, request, kept)
        self.view = PageView(session)
        self.path = QLineEdit()
        self.browse = Button(tr("Browse…"), icon="folder-open")
        self.told = label("", "identity", wrap=True)
        self.bar = ProgressBar(tr("Progress"))
        self.bar.hide()
        self.keep = Button(tr("Save PDF"), keys=("Ctrl", "S"))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._beat = QTimer(self, interval=_BEAT)
        self.touched.update(("", "round", "only", "blanks", "signatures", *printing.LINES))
        self._lay_out()
        self._listen()
        self._propose()
        self.look()
        self.options.what.setFocus()

    def _lay_out(self) -> None:
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        row.addWidget(self.form.adopt("path", Field(tr("File"), self.path)), 1)
        row.addLayout(below_title(self.browse))
        self.area = QScrollArea(widgetResizable=True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setFixedWidth(_LEFT)
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.area.setWidget(self.form)
        rim = Ring.WIDTH + 1  # for the ring of what has the keys
        self.form.setContentsMargins(rim, rim, rim, rim)
        below = QVBoxLayout()
        below.setContentsMargins(rim, 0, rim, 0)
        below.setSpacing(Space.GAP)
        for one in (place, self.told, self.bar):
            below.addWidget(one)
        left = QVBoxLayout()
        left.setSpacing(Space.GAP)
        left.addWidget(self.area, 1)
        left.addLayout(below)
        both = QHBoxLayout()
        both.setSpacing(Space.MARGIN)
        both.addLayout(left)
        both.addWidget(self.view, 1)
        self.body.addLayout(both, 1)
        self.buttons.insertWidget(2, self.keep)
        self.resize(self.room(_WIDE, _TALL))

    def _listen(self) -> None:
        self.options.changed.connect(self._on_choice)
        self.path.textEdited.connect(self._on_typed)
        self.browse.clicked.connect(self._on_browse)
        self.keep.clicked.connect(lambda: self.act_by(opens=False))
        self._pause.timeout.connect(self.look)
        self._beat.timeout.connect(self._tell_run)
        for keys, answer in (
            ("Ctrl+PgDown", lambda: self.view.step(1)), ("Ctrl+PgUp", lambda: self.view.step(-1)),
            ("Ctrl+S", self.keep.click),
        ):
            QShortcut(QKeySequence(keys), self, answer)

    # What is chosen

    def request(self) -> PrintRequest:
        """Return what is asked for."""
        return self.options.request()

    def output(self) -> Path:
        """Return the file that is named."""
        return at_home(Path(self.path.text().strip()))

    def _on_choice(self) -> None:
        self._halted = ""
        self._propose()
        self._pause.start()

    def _on_typed(self) -> None:
        self._path_is_ours = False
        self.judge("path")

    def _propose(self) -> None:
        """Name the file after what goes into it, until somebody names it otherwise."""
        if not self._path_is_ours:
            return
        name = self.choices.file_name(self.request(), self.options.part_words())
        self.path.setText(str(self._folder() / name))
        self.judge("path")

    def _folder(self) -> Path:
        """Return the folder of the last file that was printed, else the tournament's."""
        kept = self.session.preferences.kept.print_folder
        if kept and Path(kept).is_dir():
            return Path(kept)
        file = self.session.workspace.database.path
        return file.parent if file is not None else Path.home()

    def _on_browse(self) -> None:
        choose_where(
            self, tr("Save PDF"), self.path.text(), kind="PDF", suffix=".pdf",
            chosen=self.choose_file, asks_before=False)  # it is asked when it is saved

    def choose_file(self, path: str) -> None:
        """Take a file that was chosen with the pointer."""
        self.path.setText(path)
        self._on_typed()

    # What is in it

    @property
    def is_looking(self) -> bool:
        """Tell whether what is shown is not yet what is chosen."""
        return self._pause.isActive() or self.prepared is None or self.view.is_setting

    def look(self) -> None:
        """Read what would be printed, or why it cannot be."""
        asked, request, owner = self._looks.ask(), self.request(), self.session.tournament
        self.prepared = None

        def query(unit: ReadUnit) -> Prepared:
            return printing.prepare(unit, owner, request)

        self.session.read(
            self, query, asked.only(self._show), asked.only(self.form.show_error))

    def _show(self, found: Prepared) -> None:
        self.prepared = found
        self.options.show_subjects(found.subjects)
        if self.options.show_parts(found.parts):  # the choice that was read is not offered here
            self._on_choice()
            return
        self._propose()
        why = next((one.message for one in found.problems if one.level == "error"), "")
        self.view.show_paper(found.paper, why)
        if self._run is None:
            self._tell_amount()
        self.judge("path")

    def problems(self) -> list[Problem]:
        """Return everything that is wrong with what is chosen and with the file."""
        found = list(self.prepared.problems) if self.prepared is not None else []
        return found + printing.check_file(self.path.text())

    # Printing

    def act(self) -> None:
        """Save the file and open it, from where it is printed."""
        self.act_by(opens=True)

    def act_by(self, *, opens: bool) -> None:
        """Save the file, and open it or not; nothing while pages are being set."""
        if self._run is None:
            self._opens = opens
            super().act()

    def save(self) -> None:
        """Give the codes that are lacking, then set the pages and write them."""
        output = self.output()
        if output.exists():
            self._ask_to_replace(output)
        else:
            self._begin(replace_it=False)

    def _ask_to_replace(self, file: Path) -> None:
        self._work(None)
        ask(
            self, tr("Replace {file}?", file=file.name),
            tr("It is there already; what is in it is lost."), tr("Replace"),
            lambda: self._begin(replace_it=True), danger=True)

    def _begin(self, *, replace_it: bool) -> None:
        session, request, owner = self.session, self.request(), self.session.tournament
        paper = self.prepared.paper if self.prepared is not None else None
        run = PrintRun(request.what, paper.pages if paper is not None else 0)
        self._work(run)

        def give(unit: WriteUnit) -> int:
            return printing.give_codes(unit, owner, request)

        def go_on(_given: int) -> None:
            if self._run is run:
                self._set(run, request, replace_it=replace_it)
            else:
                self.look()  # stopped, but now there are codes

        if self.prepared is not None and not self.prepared.lacking:
            go_on(0)
            return
        found = self.choices.round(request.round_id) if request.what in printing.OF_ROUND else None
        session.write(
            self, printing.give_verb(request), give, subject=found.title if found else "",
            done=go_on, failed=lambda error: self._fail(run, error), undoable=False)

    def _set(self, run: PrintRun, request: PrintRequest, *, replace_it: bool) -> None:
        workspace, owner, output = self.session.workspace, self.session.tournament, self.output()

        def work() -> Made | None:
            try:
                return printing.print_file(
                    workspace, owner, request, output, replace=replace_it, tick=run.tick)
            except Stopped:
                return None

        def show(made: Made | None) -> None:
            if made is not None:
                run.end()
                self._end(made)

        self.session.call(self, work, show, lambda error: self._fail(run, error))

    def _fail(self, run: PrintRun, error: Exception) -> None:
        if self._run is not run:  # it was stopped: nobody waits for it
            return
        if isinstance(error, UserError) and error.code == "print_file_there":
            self._ask_to_replace(Path(str(error.facts["file"])))
        else:
            self.refuse(error)

    def _work(self, run: PrintRun | None) -> None:
        """Show that pages are being set, or that one may choose again."""
        self._run = run
        for one in (self.do, self.keep, self.form, self.view):
            one.setEnabled(run is None)
        self.cancel.set_words(tr("Cancel") if run is None else tr("Stop"))
        self.bar.setVisible(run is not None)
        self._halted = ""
        if run is None:
            self._beat.stop()
            self._tell_amount()
        else:
            self._beat.start()
            self._tell_run()
            self.cancel.setFocus()

    def _tell_run(self) -> None:
        if self._run is None:
            return
        self.bar.set_done(self._run.share)
        passed = int(self._run.seconds)
        words = tr("Setting {pages}…", pages=count(self._run.pages, "page", "pages"))
        self.told.setText(f"{words} {tr('{n} s', n=passed)}" if passed else words)

    def _tell_amount(self) -> None:
        """Say how much it is, and before that what became of the run that was stopped."""
        amount = _amount(self.prepared) if self.prepared is not None else ""
        self.told.setText(" ".join(one for one in (self._halted, amount) if one))

    def reject(self) -> None:
        """Stop a run and be free at once, unless its file is being written; close without one."""
        if self._run is None:
            super().reject()
        elif self._run.stop():
            self._work(None)
            self._halted = tr("Stopped. Nothing was written.")
            self.look()  # there are codes now, maybe
            self._tell_amount()
            self.do.setFocus()

    def refuse(self, error: Exception) -> None:
        """Show why it was not written."""
        self._work(None)
        super().refuse(error)

    def _end(self, made: Made) -> None:
        session, first = self.session, made.files[0]
        session.preferences.keep(print_folder=str(first.parent))
        self.accept()
        if self._opens:
            for one in made.files:
                open_file(one)
        pages = count(made.pages, "page", "pages")
        words = tr("{pages} in {file}.", pages=pages, file=first.name)
        if len(made.files) > 1:
            words = tr("{pages} in {n} files, from {file} on.", pages=pages, n=len(made.files),
                       file=first.name)
        session.tell(
            made.remark or words, "attention" if made.remark else "done",
            tr("Open folder") if self._opens else tr("Open"),
            lambda: open_file(first.parent if self._opens else first))


def open_print(page: Page[Any], request: PrintRequest | None = None) -> None:
    """Read what there is to choose and open the dialog over ``page``, ``request`` chosen.

    Without a round it is the one that is looked at.
    """
    session, wanted = page.session, request or PrintRequest()
    owner = session.tournament
    if wanted.round_id is None and wanted.what in printing.OF_ROUND:
        wanted = replace(wanted, round_id=session.round_id)

    def show(choices: PrintChoices) -> None:
        PrintDialog(page, session, choices, wanted).open()

    session.read(page, lambda unit: printing.read_choices(unit, owner), show)


def print_room(page: Page[Any], debate: int) -> None:
    """Open the dialog for the score sheets of one room of the round that is looked at."""
    open_print(page, PrintRequest(only=(str(debate),)))


def open_file(file: Path) -> None:
    """Open a file or a folder in the program that this computer has for that."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))



def _amount(found: Prepared) -> str:
    """Say how much paper it is and what is done before."""
    if found.paper is None:
        return ""
    items, pages = len(found.paper.items), found.paper.pages
    words = count(pages, "page", "pages")
    if items != pages:
        words = tr("{items} on {pages}", items=items, pages=words)
    if found.lacking:
        words = tr("{pages}. Saving makes {codes} for them.", pages=words, codes=count(
            found.lacking, "barcode", "barcodes"))
    return words
