"""A scanner that is used while a ballot has the keys: the code is heard, the marks stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tabapp.services import barcodes
from tests.gui.ballot_rooms import at_rooms, rooms_of
from tests.gui.ballot_typist import STAFF, Typist, at_the_desk

pytestmark = pytest.mark.usefixtures("light")
BP = ("og", "oo", "cg", "co")
SCANNER, TYPIST = 8, 45
"""Milliseconds from key to key: of a scanner, and of somebody who types as fast as anybody."""


class Keys:
    """Sends keys that say when they were pressed; how long they wait to be handled is no matter."""

    def __init__(self, typist: Typist) -> None:
        self._typist, self._now = typist, 10_000

    def send(self, text: str, apart: int) -> None:
        self._now += 2_000
        for letter in text:
            self._now += apart
            key = Qt.Key.Key_Return if letter == "\r" else Qt.Key(ord(letter))
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
                event.setTimestamp(self._now)
                QApplication.sendEvent(self._typist.here, event)
        self._typist.desk.settle()


def codes(typist: Typist) -> dict[str, str]:
    """Give codes to all debates; return what the bars of each room say."""
    desk = typist.desk
    with desk.workspace.database.write(
        actor="Setup", verb="give codes", tournament=desk.owner.id, trail=False, undoable=False
    ) as unit:
        given = barcodes.give_codes(unit, desk.owner.id, "debate")
    with desk.workspace.database.read() as unit:
        tag = barcodes.tag_of(unit, desk.owner.id)
        return {
            barcodes.find_code(unit, desk.owner.id, code).name: tag + code
            for code in given.values()}


def scores(typist: Typist) -> dict[str, str]:
    return {key: text for key, text in typist.page.form.typed.scores.items() if text}


def test_a_code_that_is_scanned_into_a_sheet_marks_its_paper_and_no_mark(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(BP, judges=1)) as typist:
        code = codes(typist)["Room 2"]
        typist.type("8079")
        before = scores(typist)
        Keys(typist).send(code + "\r", SCANNER)
        assert (scores(typist), typist.room) == ({}, "Room 2")  # a scanned room is opened
        (scanned,) = [one for one in typist.page.desk.rooms if one.name == "Room 2"]
        assert scanned.receipt is not None
        typist.open("Room 1")
        assert (scores(typist), typist.key_here) == (before, "oo.1")


def test_a_code_over_a_whole_sheet_takes_no_mark_away(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(BP, judges=1)) as typist:
        code = codes(typist)["Room 2"]
        typist.type("8079787776757473")
        typist.page.form.fields["og.1"].setFocus(Qt.FocusReason.TabFocusReason)
        before = scores(typist)
        Keys(typist).send(code + "\r", SCANNER)
        typist.open("Room 1")
        assert scores(typist) == before
        assert not any(typist.page.form.typed.paper.values())


def test_a_code_of_another_tournament_is_told_and_no_mark(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(BP, judges=1)) as typist:
        heard: list[str] = []
        typist.desk.session.sounds.played.connect(heard.append)
        Keys(typist).send("9992806783\r", SCANNER)
        assert scores(typist) == {}
        assert heard[-1] == "problem"


def test_a_code_confirms_nothing_that_is_only_looked_at(qtbot: QtBot, tmp_path: Path) -> None:
    with at_the_desk(
        qtbot, tmp_path, staff=STAFF, who="Ann", enable_blind_checks=False
    ) as typist:
        typist.open("Room 1")
        typist.sheet()
        typist.save()
        typist.sit("Ben")
        typist.open("Room 1")
        Keys(typist).send(codes(typist)["Room 1"] + "\r", SCANNER)
        assert typist.states()["Room 1"] == "check"


@pytest.mark.parametrize(("text", "apart"), [
    ("8079787776\r", TYPIST), ("807978777675\r", SCANNER), ("80797877\r", SCANNER)])
def test_marks_are_marks_however_fast_they_are_typed(
    qtbot: QtBot, tmp_path: Path, text: str, apart: int
) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(BP, judges=1)) as typist:
        Keys(typist).send(text, apart)
        assert "".join(scores(typist).values()) == text.strip()
