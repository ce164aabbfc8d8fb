"""Files that the system hands over to the running program."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tabapp.gui import handed_files
from tests.gui.test_application import (  # noqa: F401 - its fixtures
    Start,
    file,
    parts,
    settle,
    start,
)


def test_a_file_handed_over_is_opened(
    start: Start, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:
    monkeypatch.setattr(handed_files, "HANDS_OVER", True)
    app = start()
    assert app.window is None
    QApplication.sendEvent(app.app, QFileOpenEvent(QUrl.fromLocalFile(str(file))))
    settle(qtbot, app)
    assert app.file is not None
    assert app.window is not None
