"""The import dialog by keyboard: reading, looking, correcting the names, storing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from tabapp.app import open_workspace
from tabapp.core.errors import Problem, ProblemsFound, UserError
from tabapp.gui.dialogs.import_preview import PROBLEMS
from tabapp.gui.dialogs.import_source import paths_of
from tabapp.services.imports import add_beside
from tests.builders import small_archive
from tests.gui.import_desk import CTRL, NONE, Open, open_imports, write


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Open]:
    with open_imports(qtbot, tmp_path) as made:
        yield made


def with_a_warning() -> dict[str, Any]:
    document = small_archive()
    document["tournament"]["settings"] = {"no_such_thing": 1}
    return document


def test_a_file_without_problems_is_imported_by_four_keys(start: Open, tmp_path: Path) -> None:
    hands = start()
    hands.read(write(tmp_path, small_archive()))
    dialog = hands.dialog
    assert "8 teams" in dialog.said.text().replace("\u00a0", " ")
    assert dialog.preview.segments.key == "teams"
    assert dialog.do.hasFocus()
    hands.press(Qt.Key.Key_Return, CTRL)
    (wanted,) = hands.wanted
    assert wanted.path == tmp_path / "small.tabapp"
    assert wanted.archive.tournament.name == "Small Open"
    heard: list[str] = []
    dialog.imported.connect(heard.append)
    dialog.finish(str(wanted.path))
    assert heard == [str(wanted.path)]
    assert not dialog.isVisible()


def test_errors_are_listed_all_at_once_and_forbid_the_import(start: Open, tmp_path: Path) -> None:
    document = with_a_warning()
    document["teams"].append(dict(document["teams"][0]))
    document["speakers"][0]["team"] = "T99"
    hands = start()
    hands.read(write(tmp_path, document))
    dialog = hands.dialog
    assert {"import_duplicate_id", "import_unknown_reference"} <= set(hands.codes())
    assert dialog.preview.segments.key == PROBLEMS
    assert dialog.reason.text() == "2 errors: nothing is stored."
    assert not dialog.accept_warnings.isVisible()
    hands.press(Qt.Key.Key_Return, CTRL)
    assert hands.wanted == []


def test_f8_goes_through_the_problems_and_around(start: Open, tmp_path: Path) -> None:
    document = with_a_warning()
    document["speakers"][0]["team"] = "T99"
    hands = start()
    hands.read(write(tmp_path, document))
    preview = hands.dialog.preview
    count = len(hands.codes())
    preview.segments.setFocus()
    hands.press(Qt.Key.Key_Right)
    assert preview.segments.key == "teams"
    seen = []
    for _at in range(count + 1):
        hands.press(Qt.Key.Key_F8)
        seen.append(preview.table.current_key())
    assert seen == [*range(count), 0]
    assert preview.table.hasFocus()


def test_warnings_are_ticked_before_the_import(start: Open, tmp_path: Path) -> None:
    hands = start()
    hands.read(write(tmp_path, with_a_warning()))
    dialog = hands.dialog
    assert dialog.accept_warnings.text() == "Import with this warning"
    hands.press(Qt.Key.Key_Return, CTRL)
    assert hands.wanted == []
    assert dialog.reason.text() == "Look at the warnings, then tick this."
    for _at in range(10):
        if dialog.accept_warnings.hasFocus():
            break
        hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Space)
    assert dialog.reason.text() == ""
    hands.press(Qt.Key.Key_Return, CTRL)
    assert len(hands.wanted) == 1


def test_problems_are_filtered_and_copied(start: Open, tmp_path: Path) -> None:
    document = with_a_warning()
    document["speakers"][0]["team"] = "T99"
    document["speakers"][1]["team"] = "T98"
    hands = start()
    hands.read(write(tmp_path, document))
    hands.press(Qt.Key.Key_Slash)
    QTest.keyClicks(hands.dialog.preview.filter, "t98")
    assert len(hands.shown()) == 1
    hands.dialog.preview.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "T98" in copied
    assert "T99" not in copied
    hands.press(Qt.Key.Key_Escape)
    assert hands.dialog.isVisible()
    assert len(hands.shown()) == len(hands.codes())


def test_a_name_that_is_taken_is_told_at_its_field_and_can_be_changed(
    start: Open, tmp_path: Path
) -> None:
    path = write(tmp_path, small_archive())
    with open_workspace(tmp_path / "db.tabapp", create=True) as work:
        hands = start(work)
        hands.read(path)
        hands.press(Qt.Key.Key_Return, CTRL)
        (first,) = hands.wanted
        assert first.path is None
        hands.dialog.finish(add_beside(work, first.archive).slug)
        again = start(work)
        again.read(path)
        form = again.dialog.form
        assert "small is taken" in form.fields["slug"].sentence
        assert form.slug.hasFocus()
        again.press(Qt.Key.Key_Return, CTRL)
        assert again.wanted == []
        again.press(Qt.Key.Key_End)
        QTest.keyClicks(form.slug, "-2")
        again.press(Qt.Key.Key_Return, CTRL)
        assert again.wanted[0].archive.tournament.slug == "small-2"


def test_from_an_open_file_a_new_one_can_be_chosen(start: Open, tmp_path: Path) -> None:
    with open_workspace(tmp_path / "db.tabapp", create=True) as work:
        hands = start(work)
        hands.read(write(tmp_path, small_archive()))
        form = hands.dialog.form
        assert form.where is not None
        assert not form.path.isVisible()
        form.where.setFocus()
        hands.press(Qt.Key.Key_Right)
        assert form.path.isVisible()
        hands.press(Qt.Key.Key_Return, CTRL)
        assert hands.wanted[0].path == tmp_path / "small.tabapp"


def test_what_the_store_says_is_shown_and_nothing_typed_is_lost(
    start: Open, tmp_path: Path
) -> None:
    hands = start()
    hands.read(write(tmp_path, small_archive()))
    dialog = hands.dialog
    dialog.form.name.setText("Harbour Cup")
    hands.press(Qt.Key.Key_Return, CTRL)
    assert "Storing Harbour Cup" in dialog.said.text()
    hands.press(Qt.Key.Key_Escape)
    assert dialog.isVisible()  # what is being stored is waited for
    dialog.refuse(UserError("file_exists", file="small.tabapp"))
    assert dialog.form.name.text() == "Harbour Cup"
    assert dialog.do.isEnabled()
    problem = Problem.of("error", "tournament", "slug_taken", slug="small")
    hands.press(Qt.Key.Key_Return, CTRL)
    dialog.refuse(ProblemsFound([problem]))
    assert "small is taken" in dialog.form.fields["slug"].sentence


def test_dropped_files_are_read(start: Open, tmp_path: Path) -> None:
    hands = start()
    urls = QMimeData()
    urls.setUrls([QUrl.fromLocalFile(str(write(tmp_path, small_archive(), "my file.json")))])
    hands.dialog.dropEvent(QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, urls, Qt.MouseButton.LeftButton, NONE))
    hands.settle()
    assert hands.reading.archive is not None
    assert hands.dialog.source.name() == "my file.json"


def test_several_paths_are_written_in_quotes_and_found_again() -> None:
    assert paths_of(' "/a/b c.csv" "/d.csv" ') == [Path("/a/b c.csv"), Path("/d.csv")]
    assert paths_of("/a/b c.csv") == [Path("/a/b c.csv")]
    assert paths_of("file:///a/b%20c.csv") == [Path("/a/b c.csv")]
    assert paths_of("  ") == []


def test_a_list_without_rows_says_so_and_the_tables_are_sound(
    start: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    document = small_archive(results=False)
    document["venues"] = []
    for round_ in document["rounds"]:
        for debate in round_["debates"]:
            debate.pop("venue", None)
    hands = start()
    testers = [
        QAbstractItemModelTester(table.rows) for table in hands.dialog.preview.tables.values()]
    hands.read(write(tmp_path, document))
    hands.dialog.preview.show_table("rooms")
    assert hands.dialog.preview.table.isVisible() is False
    for key in ("teams", "speakers", "judges", "rounds"):
        hands.dialog.preview.show_table(key)
        assert hands.dialog.preview.table.isVisible()
    assert len(testers) == 6
