"""The import dialog and the keys, for its tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tabapp.gui.background import Background
from tabapp.gui.dialogs.import_files import ImportDialog
from tabapp.services.imports import Reading, Wanted
from tabapp.services.workspace import Workspace

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


class Hands:
    """A dialog, and the keys."""

    def __init__(self, dialog: ImportDialog, background: Background, qtbot: QtBot) -> None:
        self.dialog, self._background, self._qtbot = dialog, background, qtbot
        self.wanted: list[Wanted] = []
        dialog.wanted.connect(self.wanted.append)

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: self._background.is_idle, timeout=20_000)
        QApplication.processEvents()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.dialog.focusWidget() or self.dialog, key, held)
        self.settle()

    def read(self, path: Path | str) -> None:
        """Type a path and read it."""
        self.dialog.source.path.setFocus()
        self.press(Qt.Key.Key_A, CTRL)
        QTest.keyClicks(self.dialog.source.path, str(path))
        self.press(Qt.Key.Key_Return)

    @property
    def reading(self) -> Reading:
        assert self.dialog.reading is not None
        return self.dialog.reading

    def codes(self) -> list[str]:
        return [one.code for one in self.reading.problems]

    def shown(self) -> list[str]:
        model = self.dialog.preview.table.rows
        return [str(model.index(at, 2).data()) for at in range(model.rowCount())]


Open = Callable[..., Hands]


@contextmanager
def open_imports(qtbot: QtBot, folder: Path) -> Iterator[Open]:
    """Give what opens the dialog, over nothing or beside an open file."""
    made: list[Background] = []

    def begin(workspace: Workspace | None = None) -> Hands:
        background = Background()
        dialog = ImportDialog(None, background, folder, workspace=workspace)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        made.append(background)
        dialog.open()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return Hands(dialog, background, qtbot)

    yield begin
    for background in made:
        background.close()


def write(folder: Path, document: dict[str, Any], name: str = "small.json") -> Path:
    """Write a document, or anything else, as JSON."""
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
