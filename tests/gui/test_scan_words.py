"""What is said of a scan: as long as it is true, in short, and of codes as of codes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tabapp.domain.archive import Archive
from tests.builders import small_archive
from tests.gui.ballot_typist import Typist, sit_down
from tests.gui.desk import open_desk
from tests.gui.test_chase_list import give_codes, scan, to_list

pytestmark = pytest.mark.usefixtures("light")


@pytest.fixture
def typist(qtbot: QtBot, tmp_path: Path) -> Iterator[Typist]:
    made = small_archive(12, 1, results=False, judges_per_room=2)
    for one, name in zip(made["venues"], ("Room 10", "Room 2", "Annex"), strict=True):
        one["name"] = name
    with open_desk(qtbot, tmp_path, archive=Archive.model_validate(made)) as desk:
        someone = sit_down(desk)
        yield someone
        someone.page.hide()
        desk.settle()


def stranger(typist: Typist) -> str:
    """Scan a sheet of another tournament; return what is said of it."""
    tag = give_codes(typist)["Annex"][:4]
    typist.press(Qt.Key.Key_F3)
    scan(typist, ("1111" if tag != "1111" else "2222") + "123456")
    return typist.page.list.said.sentence


def test_what_was_said_of_a_scan_goes_with_the_next_search(typist: Typist) -> None:
    assert "another tournament" in stranger(typist)
    typist.press(Qt.Key.Key_F3)
    QTest.keyClicks(typist.here, "R")
    assert typist.page.list.said.sentence == ""
    QTest.keyClicks(typist.here, "oom 2")
    QTest.keyClick(typist.here, Qt.Key.Key_Return)
    typist.desk.settle()
    assert typist.room == "Room 2"
    assert not typist.page.list.said.isVisible()


def test_what_was_said_of_a_scan_goes_when_a_room_is_opened_in_another_way(
    typist: Typist
) -> None:
    assert "another tournament" in stranger(typist)
    typist.page.open_ref("D2")
    typist.desk.settle()
    assert typist.room != ""
    assert typist.page.list.said.sentence == ""
    assert "another tournament" in stranger(typist)
    to_list(typist)
    QTest.keyClick(typist.page.list.view, Qt.Key.Key_Return)
    typist.desk.settle()
    assert typist.page.list.said.sentence == ""


@pytest.mark.parametrize("digits", ["0000000000", "123 4567", "7" * 500])
def test_digits_that_are_no_code_are_told_as_a_code_and_in_short(
    typist: Typist, digits: str
) -> None:
    give_codes(typist)
    typist.press(Qt.Key.Key_F3)
    scan(typist, digits)
    said = typist.page.list.said.sentence
    assert said.startswith(f"Nothing here has the code {digits[:20]}")
    assert len(said) < 120
    assert typist.page.list.finder.text() == ""


def test_a_name_without_end_is_repeated_in_short(typist: Typist) -> None:
    heard: list[str] = []
    typist.page.list.not_found.connect(heard.append)
    typist.press(Qt.Key.Key_F3)
    scan(typist, "Wintergarten " * 40)
    assert len(heard) == 1
    assert "Wintergarten Wintergarten" in heard[0]
    assert len(heard[0]) < 120
