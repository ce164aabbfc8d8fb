"""Export by keyboard: what, of which kind, for whom, into which file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tabapp.gui.dialogs import export
from tabapp.gui.dialogs.export import ExportDialog, open_export
from tabapp.gui.notice import Notice
from tabapp.gui.pages.results.page import ResultsPage
from tabapp.services.exports import ExportRequest
from tests.gui.desk import Desk, open_desk


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with open_desk(qtbot, tmp_path, teams=16, rounds=3) as opened:
        opened.play(2)
        yield opened


def dialog_of(desk: Desk, request: ExportRequest | None = None) -> ExportDialog:
    page = ResultsPage(desk.session)
    desk.qtbot.addWidget(page)
    page.show()
    desk.settle()
    open_export(page, request or ExportRequest())
    desk.settle()
    dialog = page.findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    return dialog


def counted(desk: Desk, dialog: ExportDialog) -> str:
    desk.qtbot.waitUntil(lambda: not dialog._pause.isActive())
    desk.settle()
    return dialog.told.text()


def test_a_table_goes_into_a_file_by_keyboard(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Notice] = []
    shown: list[Path] = []
    monkeypatch.setattr(export, "open_folder", shown.append)
    desk.session.told.connect(told.append)
    dialog, qtbot = dialog_of(desk), desk.qtbot
    assert dialog.focusWidget() is dialog.what
    assert dialog.told.text() == "16 lines"
    qtbot.keyClick(dialog.what, Qt.Key.Key_Down)  # speakers
    for _ in range(2):  # Excel, CSV
        qtbot.keyClick(dialog.kind, Qt.Key.Key_Right)
    assert counted(desk, dialog) == "32 lines"
    file = dialog.output()
    assert (file.name, file.parent) == ("random-1-speakers.csv", tmp_path)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    with file.open(encoding="utf-8-sig", newline="") as rows:
        assert len(list(csv.DictReader(rows))) == 32
    (notice,) = told
    assert (notice.sentence, notice.tone) == (f"Wrote 32 lines to {file}.", "done")
    assert notice.run is not None
    notice.run()
    assert shown == [tmp_path]


def test_what_is_not_released_is_said_and_not_written(desk: Desk) -> None:
    dialog, qtbot = dialog_of(desk), desk.qtbot
    qtbot.keyClick(dialog.version, Qt.Key.Key_Right)
    assert "Publish the team tab" in counted(desk, dialog)
    assert dialog.output().name == "random-1-teams-public.pdf"
    dialog.act()
    desk.settle()
    assert dialog.isVisible()
    assert dialog.do.isEnabled()
    assert not dialog.output().exists()
    assert any("Publish the team tab" in one.text() for one in dialog.form.findChildren(QLabel))


def test_a_file_that_was_named_keeps_its_name(desk: Desk, tmp_path: Path) -> None:
    dialog, qtbot = dialog_of(desk), desk.qtbot
    dialog.path.setFocus()
    dialog.path.selectAll()
    qtbot.keyClicks(dialog.path, str(tmp_path / "tab.html"))
    assert dialog.kind.key == ".html"
    dialog.what.setCurrentIndex(dialog.what.findData("draw"))
    assert dialog.output() == tmp_path / "tab.html"
    qtbot.keyClick(dialog.kind, Qt.Key.Key_Left)
    assert dialog.output() == tmp_path / "tab.csv"
    qtbot.keyClicks(dialog.path, "x")
    assert dialog.form.fields["path"].state == "problem"


def test_categories_are_those_of_the_table(desk: Desk) -> None:
    dialog = dialog_of(desk, ExportRequest("break", category="esl", public=True))
    assert dialog.request() == ExportRequest("break", category="esl", public=True)
    dialog.what.setCurrentIndex(dialog.what.findData("draw"))
    assert not dialog.category.isEnabled()
    assert dialog.request().category is None


def test_metrics_of_a_table_stay_with_that_table(desk: Desk) -> None:
    request = ExportRequest("teams", until=1, metrics=("speaks_sum",), extra=())
    dialog = dialog_of(desk, request)
    assert dialog.request() == request
    dialog.what.setCurrentIndex(dialog.what.findData("speakers"))
    assert dialog.request() == ExportRequest("speakers", until=1)
