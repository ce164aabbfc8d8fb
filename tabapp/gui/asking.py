"""Asking for a tournament: which file to open, what a new one is like, what to import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from tabapp.core.errors import ProblemsFound
from tabapp.core.settings import AppSettings
from tabapp.exchange import Imported
from tabapp.gui.background import Background
from tabapp.gui.dialogs.base import ask
from tabapp.gui.dialogs.new_tournament import NewTournamentDialog
from tabapp.gui.messages import tr
from tabapp.gui.opening import Parts, open_file
from tabapp.gui.welcome.lists import FIRST
from tabapp.services import exchange
from tabapp.services.tournaments import SUFFIX, NewTournament, proposed_path

MOST_LISTED = 12
"""Warnings of an import that are listed in one question."""


class Asking(QObject):
    """Opens the dialogs over whatever is on the screen, and makes files; shows no tournament."""

    target_wanted = Signal(str)
    """A file to open."""
    made = Signal(object)
    """A new ``OpenFile``."""
    failed = Signal(object)
    """Why there is none."""

    def __init__(
        self, parts: Parts, background: Background, parent: Callable[[], QWidget | None]
    ) -> None:
        super().__init__(background)
        self._parts, self._background, self._parent = parts, background, parent

    def for_new(self, preset: str = "") -> NewTournamentDialog:
        """Ask for a new tournament and make its file; the dialog stays until it is made."""
        dialog = NewTournamentDialog(
            self._parent(), self._parts.folders.data, preset=preset or FIRST[0])
        dialog.wanted.connect(lambda wanted: self._make(wanted, dialog))
        dialog.open()
        return dialog

    def _make(self, wanted: NewTournament, dialog: NewTournamentDialog) -> None:
        def made(file: object) -> None:
            dialog.accept()
            self.made.emit(file)

        self._background.do(
            lambda: open_file(self._parts, str(wanted.path), wanted.archive()), made,
            dialog.refuse)

    def for_file(self, settings: AppSettings) -> QFileDialog:
        """Ask for a file."""
        latest = next((one for one in settings.recent if "://" not in one), "")
        folder = Path(latest).parent if latest else self._parts.folders.data
        filters = [tr("Tournaments (*{suffix})", suffix=SUFFIX), tr("All files (*)")]
        dialog = self._chooser(tr("Open a tournament"), folder, filters)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.target_wanted)
        dialog.open()
        return dialog

    def for_import(self) -> QFileDialog:
        """Ask for files of another program and make a tournament of them."""
        filters = [tr("Archives and DebateXML (*.json *.xml)"), tr("All files (*)")]
        dialog = self._chooser(tr("Import a tournament"), Path.home(), filters)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.import_files)
        dialog.open()
        return dialog

    def _chooser(self, title: str, folder: Path, filters: list[str]) -> QFileDialog:
        there = folder if folder.is_dir() else self._parts.folders.data
        dialog = QFileDialog(self._parent(), title, str(there))
        dialog.setNameFilters(filters)
        return dialog

    def import_files(self, names: list[str], *, accept_warnings: bool = False) -> None:
        """Read files as a new tournament: errors are told all at once, warnings asked about."""
        self._background.do(
            lambda: exchange.read_sources([Path(one) for one in names]),
            lambda found: self._on_read(names, found, accept_warnings), self.failed.emit)

    def _on_read(self, names: list[str], found: Imported, accept_warnings: bool) -> None:
        archive, problems = found.archive, list(found.problems)
        if archive is None or any(one.level == "error" for one in problems):
            self.failed.emit(ProblemsFound(problems))
        elif not exchange.may_store(archive, problems, accept_warnings=accept_warnings):
            listed = [one.message for one in problems[:MOST_LISTED]]
            if len(problems) > MOST_LISTED:
                listed.append(tr("and {n} more", n=len(problems) - MOST_LISTED))
            ask(
                self._parent(), tr("Import {name}?", name=archive.tournament.name),
                "\n".join(listed), tr("Import"),
                lambda: self.import_files(names, accept_warnings=True))
        else:
            path = proposed_path(self._parts.folders.data, archive.tournament.name)
            self._background.do(
                lambda: open_file(self._parts, str(path), archive), self.made.emit,
                self.failed.emit)
