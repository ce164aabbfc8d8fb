"""What is to be imported: the field with its two choosers, and the reading beside the window."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tabapp.gui.background import Background
from tabapp.gui.messages import tr
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.painted import label
from tabapp.services import imports
from tabapp.services.imports import Reading, ReadingStopped
from tabapp.services.workspace import Workspace


def paths_of(text: str) -> list[Path]:
    """Return the paths that were typed, pasted or dropped: one, or several in double quotes.

    >>> [path.name for path in paths_of('"/a/teams.csv" "/a/my rooms.csv"')]
    ['teams.csv', 'my rooms.csv']
    """
    typed = text.strip()
    parts = re.findall(r'"([^"]+)"', typed) if typed.startswith('"') else [typed]
    found = []
    for one in parts:
        path = Path(QUrl(one).toLocalFile() if one.startswith("file:") else one)
        try:
            found.append(path.expanduser())
        except RuntimeError:  # ~nobody
            found.append(path)
    return found if typed else []


def below_title(button: Button) -> QVBoxLayout:
    """Return a column in which a button stands beside a field, not beside its title."""
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addSpacing(label(" ").sizeHint().height() + Space.HALF)
    column.addWidget(button)
    column.addStretch(1)
    return column


class SourceBar(QWidget):
    """A field for a path, and buttons that fill it. Enter, or leaving it, asks for the reading."""

    wanted = Signal()
    """What stands in the field is to be read, again if it was read before."""
    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.path = QLineEdit()
        self.file = Button(tr("File…"), icon="file-input", keys=("Ctrl", "O"))
        self.folder = Button(tr("Folder…"), icon="folder-open")
        self.again = Button(tr("Read again"), icon="refresh-cw", keys=("F5",))
        self._asked = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.UNIT)
        hint = tr("An archive (.json), a DebateXML file (.xml) or a folder of Tabbycat's CSV files")
        row.addWidget(Field(tr("File or folder"), self.path, hint=hint), 1)
        for one in (self.file, self.folder, self.again):
            row.addLayout(below_title(one))
        self.path.textEdited.connect(lambda _text: self.typed.emit())
        self.path.returnPressed.connect(self._ask)
        self.path.editingFinished.connect(self._on_left)
        self.file.clicked.connect(self._choose_files)
        self.folder.clicked.connect(self._choose_folder)
        self.again.clicked.connect(self._ask)
        self.setFocusProxy(self.path)

    def paths(self) -> list[Path]:
        """Return what stands in the field."""
        return paths_of(self.path.text())

    def name(self) -> str:
        """Return what it is called in a sentence."""
        return ", ".join(one.name or str(one) for one in self.paths())

    def choose(self, paths: Sequence[Path | str]) -> None:
        """Put these in the field and ask for the reading."""
        names = [str(one) for one in paths]
        self.path.setText(names[0] if len(names) == 1 else " ".join(f'"{one}"' for one in names))
        self._ask()

    def _ask(self) -> None:
        self._asked = self.path.text()
        self.wanted.emit()

    def _on_left(self) -> None:
        if self.path.text().strip() and self.path.text() != self._asked:
            self._ask()

    def _choose_files(self) -> None:
        chooser = self._chooser(tr("Files to import"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chooser.setNameFilters([
            tr("Archives, DebateXML and CSV (*.json *.xml *.csv)"), tr("All files (*)")])
        chooser.open()

    def _choose_folder(self) -> None:
        chooser = self._chooser(tr("Folder to import"))
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.open()

    def _chooser(self, title: str) -> QFileDialog:
        near = next((one.parent for one in self.paths() if one.is_absolute()), Path.home())
        chooser = QFileDialog(self.window(), title, str(near))
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.filesSelected.connect(self.choose)
        return chooser


class SourceReader(QObject):
    """Reads sources in another thread; what was asked for last is what it answers."""

    read = Signal(object)
    """A ``Reading``."""
    failed = Signal(object)
    stepped = Signal(int, int)
    """Steps done, of how many."""
    _ticked = Signal(int, int, int)

    def __init__(
        self, background: Background, workspace: Workspace | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._background, self._workspace = background, workspace
        self._stop: threading.Event | None = None
        self._at = 0
        self._ticked.connect(self._on_tick)

    @property
    def is_busy(self) -> bool:
        """Tell whether something is being read."""
        return self._stop is not None

    def start(self, sources: Sequence[Path]) -> None:
        """Read sources instead of whatever is being read."""
        self.stop()
        self._at += 1
        at, stop = self._at, threading.Event()
        self._stop = stop

        def tick(done: int, total: int) -> None:
            if stop.is_set() or not shiboken6.isValid(self):
                raise ReadingStopped
            self._ticked.emit(at, done, total)

        self._background.look(
            lambda: imports.read(sources, workspace=self._workspace, tick=tick),
            partial(self._on_read, at), partial(self._on_failed, at))

    def stop(self) -> None:
        """Give up what is being read."""
        if self._stop is not None:
            self._stop.set()
            self._stop = None
            self._at += 1

    def _is_awaited(self, at: int) -> bool:
        return shiboken6.isValid(self) and at == self._at

    def _on_tick(self, at: int, done: int, total: int) -> None:
        if at == self._at:
            self.stepped.emit(done, total)

    def _on_read(self, at: int, reading: Reading) -> None:
        if self._is_awaited(at):
            self._stop = None
            self.read.emit(reading)

    def _on_failed(self, at: int, error: Exception) -> None:
        if self._is_awaited(at):
            self._stop = None
            self.failed.emit(error)
