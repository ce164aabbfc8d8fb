"""What an imported tournament is called and where it goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from tabapp.core.errors import Problem
from tabapp.domain.archive import Archive
from tabapp.gui.dialogs.form import Form
from tabapp.gui.dialogs.import_source import below_title
from tabapp.gui.dialogs.save_as import choose_where
from tabapp.gui.messages import tr
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.segments import Segments
from tabapp.services.imports import ImportEntry, check_entry
from tabapp.services.tournaments import SUFFIX, proposed_path

HERE, NEW = "here", "new"


class TargetForm(Form):
    """Name, name in commands, and a new file; or the open one, where there is one."""

    judged = Signal()
    """What is wrong with the fields may have changed."""

    def __init__(self, folder: Path, open_file: str = "") -> None:
        super().__init__()
        self._folder = folder
        self._path_is_ours = True
        self._taken: frozenset[str] = frozenset()
        self.is_wrong = False
        self.name, self.slug, self.path = QLineEdit(), QLineEdit(), QLineEdit()
        self.browse = Button(tr("Browse…"), icon="folder-open")
        self.where: Segments | None = None
        row, line = _row(Space.GAP)
        line.addWidget(self.adopt("name", Field(tr("Name"), self.name)), 3)
        line.addWidget(self.adopt("slug", Field(tr("Name in commands and files"), self.slug)), 2)
        self._place, beside = _row(Space.UNIT)
        beside.addWidget(self.adopt("path", Field(tr("New file"), self.path)), 1)
        beside.addLayout(below_title(self.browse))
        if open_file:
            choices = [(HERE, tr("Into {file}", file=open_file)), (NEW, tr("A new file"))]
            self.where = Segments(tr("Where it goes"), choices)
            self.where.chosen.connect(self._on_where)
            line.addWidget(Field(tr("Where it goes"), self.where))
        else:
            line.addWidget(self._place, 4)
        self.add_row(row)
        if open_file:
            self.add_row(self._place)
            self._place.hide()
        self.name.textEdited.connect(lambda _text: self.judge())
        self.slug.textEdited.connect(self._on_slug)
        self.path.textEdited.connect(self._on_path)
        self.browse.clicked.connect(self._browse)

    def show_archive(self, archive: Archive, taken: frozenset[str]) -> None:
        """Take the names of a document over; ``taken`` are those in the open file."""
        self._taken = taken
        self.name.setText(archive.tournament.name)
        self.slug.setText(archive.tournament.slug)
        for one in (self.name, self.slug):
            one.setCursorPosition(0)
        self._propose()

    def entry(self) -> ImportEntry:
        """Return what stands in the fields."""
        return ImportEntry(
            self.name.text(), self.slug.text(), self.path.text() if self._is_new else None)

    @property
    def _is_new(self) -> bool:
        return self.where is None or self.where.key == NEW

    def judge(self, *, focus: bool = False) -> None:
        """Show what is wrong with the fields; with ``focus`` go to the first."""
        found = check_entry(self.entry(), self._taken)
        self.is_wrong = bool(found)
        self.show_problems(found, focus=focus)
        self.judged.emit()

    def show_taken(self) -> None:
        """Say that somebody else took the name in commands in the meantime."""
        slug = self.slug.text().strip()
        self._taken |= {slug}
        self.show_problems([Problem.of("error", "slug", "slug_twice", slug=slug)])
        self.is_wrong = True
        self.judged.emit()

    def _propose(self) -> None:
        """Name the file after the tournament until somebody names it otherwise."""
        if self._path_is_ours:
            self.path.setText(str(proposed_path(self._folder, self.slug.text().strip())))

    def _on_slug(self) -> None:
        self._propose()
        self.judge()

    def _on_path(self) -> None:
        self._path_is_ours = False
        self.judge()

    def _on_where(self) -> None:
        self._place.setVisible(self._is_new)
        self.judge()

    def _browse(self) -> None:
        choose_where(
            self.window(), tr("File of the new tournament"), self.path.text(),
            kind=tr("Tournaments"), suffix=SUFFIX, chosen=self.choose_file)

    def choose_file(self, path: str) -> None:
        """Take a new file that was chosen with the pointer."""
        self.path.setText(path)
        self._on_path()


def _row(spacing: int) -> tuple[QWidget, QHBoxLayout]:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(spacing)
    return row, line
