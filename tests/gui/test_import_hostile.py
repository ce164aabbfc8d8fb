"""What the import dialog says of hostile files, and of files that change while it looks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.builders import small_archive
from tests.exchange.debatexml_samples import bp_file
from tests.gui.import_desk import CTRL, Open, open_imports, write

BOMB = b"""<?xml version="1.0"?><!DOCTYPE t [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<tournament name="&b;"/>"""


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path, light: None) -> Iterator[Open]:
    with open_imports(qtbot, tmp_path) as made:
        yield made


@pytest.mark.parametrize(("content", "code"), [
    (b"", "import_file_empty"),
    (b"\x00\x01\x02", "import_unknown_kind"),
    (b'{"format": "tabapp-archive", "version": 99}', "import_newer_version"),
    ('{"format": "tabapp-archive", "tournament": {"name": "é"}}'.encode("latin-1"),
     "import_not_utf8"),
    (BOMB, "debatexml_forbidden"),
    (b"<tournament><round></rund>", "debatexml_broken"),
    (b"[" * 100_000, "import_too_deep"),
])
def test_what_cannot_be_read_is_told_in_the_table(
    start: Open, tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "bad"
    path.write_bytes(content)
    hands = start()
    hands.read(path)
    assert hands.codes() == [code]
    assert hands.shown() == [hands.reading.problems[0].message]
    assert not hands.dialog.do.isEnabled()
    assert not hands.dialog.form.isVisible()


def test_paths_that_lead_nowhere_are_told(start: Open, tmp_path: Path) -> None:
    hands = start()
    for path, code in (
        (tmp_path / "nowhere.json", "import_file_missing"), (tmp_path, "import_is_folder"),
        ("~nobody-of-that-name/x.json", "import_file_missing"),
    ):
        hands.read(path)
        assert hands.codes() == [code]


def test_a_file_put_right_is_read_again_by_f5(start: Open, tmp_path: Path) -> None:
    path = tmp_path / "t.xml"
    path.write_bytes(b"<tournament")
    hands = start()
    hands.read(path)
    assert hands.codes() == ["debatexml_broken"]
    path.write_bytes(bp_file())
    hands.press(Qt.Key.Key_F5)
    assert hands.codes() == []
    assert hands.dialog.do.isEnabled()


def test_what_was_read_is_stored_though_its_file_was_taken_away(
    start: Open, tmp_path: Path
) -> None:
    path = write(tmp_path, small_archive())
    hands = start()
    hands.read(path)
    path.unlink()
    hands.press(Qt.Key.Key_Return, CTRL)
    assert len(hands.wanted) == 1


def test_a_file_that_was_changed_is_looked_at_again_before_it_is_stored(
    start: Open, tmp_path: Path
) -> None:
    path = write(tmp_path, small_archive())
    hands = start()
    hands.read(path)
    write(tmp_path, small_archive(12))
    hands.press(Qt.Key.Key_Return, CTRL)
    assert hands.wanted == []
    assert "changed in the meantime" in hands.dialog.said.text()
    hands.press(Qt.Key.Key_Return, CTRL)
    assert len(hands.wanted[0].archive.teams) == 12


def test_esc_stops_the_reading_and_then_closes(
    start: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = write(tmp_path, small_archive())
    waits, goes_on = threading.Event(), threading.Event()

    def slow(*args: object, tick: Callable[[int, int], None], **more: object) -> None:
        waits.set()
        assert goes_on.wait(20)
        tick(1, 2)
        raise AssertionError("a stopped reading went on")

    monkeypatch.setattr("tabapp.gui.dialogs.import_source.imports.read", slow)
    hands = start()
    dialog = hands.dialog
    dialog.source.path.setText(str(path))
    QTest.keyClick(dialog.source.path, Qt.Key.Key_Return)
    qtbot.waitUntil(waits.is_set)
    assert dialog.stop.isVisible()
    assert "Reading small.json" in dialog._words.text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "was stopped" in dialog.said.text()
    goes_on.set()
    hands.settle()
    assert dialog.reading is None
    hands.press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_folder_of_csv_files_is_read_and_every_line_that_is_wrong_is_told(
    start: Open, tmp_path: Path
) -> None:
    folder = tmp_path / "My Open"
    folder.mkdir()
    (folder / "rounds.csv").write_text("name,stage\nRound 1,p\nRound 2,middle\n")
    (folder / "teams.csv").write_text("reference,colour\nA,red\n")
    hands = start()
    hands.read(folder)
    preview = hands.dialog.preview
    errors = [one for one in hands.reading.problems if one.level == "error"]
    assert sorted(one.where for one in errors) == [
        "rounds.csv, line 3, stage", "teams.csv, line 1"]
    assert hands.dialog.reason.text() == "2 errors: nothing is stored."
    (folder / "rounds.csv").write_text("name,stage\nRound 1,p\nRound 2,p\n")
    (folder / "teams.csv").write_text("reference\nA\n")
    hands.press(Qt.Key.Key_F5)
    assert hands.reading.number("error") == 0
    assert hands.dialog.form.slug.text() == "my-open"
    preview.show_table("rounds")
    assert preview.table.rows.rowCount() == 2


def test_a_folder_without_a_known_file_is_told(start: Open, tmp_path: Path) -> None:
    (tmp_path / "shopping.csv").write_text("what\nmilk\n")
    hands = start()
    hands.read(tmp_path)
    assert hands.codes() == ["csv_no_known_file"]
