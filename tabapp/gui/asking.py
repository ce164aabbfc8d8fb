"""Asking for a tournament: which file to open, what a new one is like, what to import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from tabapp.core.settings import AppSettings
from tabapp.gui.background import Background
from tabapp.gui.dialogs.base import ask
from tabapp.gui.dialogs.import_files import ImportDialog, file_name
from tabapp.gui.dialogs.new_tournament import NewTournamentDialog
from tabapp.gui.messages import tr
from tabapp.gui.opening import Parts, open_file
from tabapp.gui.welcome.lists import FIRST
from tabapp.services import imports
from tabapp.services.imports import Wanted
from tabapp.services.tournaments import SUFFIX, NewTournament
from tabapp.services.workspace import Workspace
from tabapp.store.tournaments import TournamentRow


class Asking(QObject):
    """Opens the dialogs over whatever is on the screen, and makes files; shows no tournament."""

    target_wanted = Signal(str)
    """A file to open."""
    made = Signal(object)
    """A new ``OpenFile``."""
    switch_wanted = Signal(int)
    """Another tournament of the open file, by its row id."""

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
            if shiboken6.isValid(dialog):
                dialog.accept()
            self.made.emit(file)

        self._background.do(
            lambda: open_file(self._parts, str(wanted.path), wanted.archive()), made,
            _if_there(dialog))

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

    def for_import(self, workspace: Workspace | None = None) -> ImportDialog:
        """Ask for what another program wrote and make a tournament of it.

        With ``workspace`` it may go beside the tournaments of that open file.
        """
        dialog = ImportDialog(
            self._parent(), self._background, self._parts.folders.data, workspace=workspace)
        dialog.wanted.connect(lambda wanted: self._store(wanted, dialog, workspace))
        dialog.open()
        return dialog

    def _store(
        self, wanted: Wanted, dialog: ImportDialog, workspace: Workspace | None
    ) -> None:
        path, archive = wanted.path, wanted.archive
        if path is None:
            assert workspace is not None

            def added(owner: TournamentRow) -> None:
                if shiboken6.isValid(dialog):  # else somebody else is at the keyboard by now
                    dialog.finish(owner.slug)
                    self._offer(owner, workspace)

            self._background.do(
                lambda: imports.add_beside(workspace, archive), added, _if_there(dialog))
            return

        def made(file: object) -> None:
            if shiboken6.isValid(dialog):
                dialog.finish(str(path))
            self.made.emit(file)

        self._background.do(
            lambda: open_file(self._parts, str(path), archive), made, _if_there(dialog))

    def _offer(self, owner: TournamentRow, workspace: Workspace) -> None:
        question = ask(
            self._parent(), tr("{name} is imported", name=owner.name),
            tr("It stands beside the others in {file}.", file=file_name(workspace)),
            tr("Open it"), lambda: self.switch_wanted.emit(owner.id))
        question.cancel.set_words(tr("Stay here"))

    def _chooser(self, title: str, folder: Path, filters: list[str]) -> QFileDialog:
        there = folder if folder.is_dir() else self._parts.folders.data
        dialog = QFileDialog(self._parent(), title, str(there))
        dialog.setNameFilters(filters)
        return dialog


def _if_there(dialog: NewTournamentDialog | ImportDialog) -> Callable[[Exception], None]:
    """Return what refuses in a dialog, unless it went with the person who had it."""

    def refuse(error: Exception) -> None:
        if shiboken6.isValid(dialog):
            dialog.refuse(error)

    return refuse
