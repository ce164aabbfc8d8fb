"""Teams that forfeit: taken back where they were entered, and never the last one unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tabapp.gui.pages.ballots.form import Mode
from tests.gui.ballot_rooms import at_rooms, rooms_of
from tests.gui.ballot_typist import STAFF, Typist, at_the_desk

pytestmark = pytest.mark.usefixtures("light")
BP = ("og", "oo", "cg", "co")


def forfeits(typist: Typist) -> list[str]:
    return typist.page.form.bundle.forfeits


def test_f5_twice_is_as_if_it_was_never_pressed(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(BP, judges=1)) as typist:
        typist.type("80")
        typist.press(Qt.Key.Key_F5)
        assert (forfeits(typist), typist.key_here) == (["og"], "og.forfeit")
        typist.press(Qt.Key.Key_F5)
        assert (forfeits(typist), typist.key_here) == ([], "og.1")
        assert typist.page.form.fields["og.1"].text() == "80"


@pytest.mark.parametrize("sides", [BP, ("aff", "neg")])
def test_the_last_team_forfeits_only_after_a_question(
    qtbot: QtBot, tmp_path: Path, sides: tuple[str, ...]
) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(sides, judges=1)) as typist:
        heard: list[str] = []
        typist.desk.session.sounds.played.connect(heard.append)
        for side in sides[:-1]:
            typist.page.form.fields[f"{side}.1"].setFocus()
            typist.press(Qt.Key.Key_F5)
        last = sides[-1]
        line = typist.page.form.quarters[last].lines[f"{last}.1"]
        typist.page.form.fields[f"{last}.1"].setFocus()
        typist.press(Qt.Key.Key_F5)
        assert forfeits(typist) == list(sides[:-1])
        assert (line.sentence.text.startswith("Nobody is left then"), heard[-1]) == (
            True, "question")
        typist.press(Qt.Key.Key_Up)
        assert line.sentence.text == ""
        typist.page.form.fields[f"{last}.1"].setFocus()
        typist.press(Qt.Key.Key_F5)
        assert forfeits(typist) == list(sides[:-1])
        typist.press(Qt.Key.Key_F5)
        assert forfeits(typist) == list(sides)


def test_tab_arrows_and_a_click_come_to_a_forfeit(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(BP, judges=1)) as typist:
        typist.press(Qt.Key.Key_F5)
        typist.press(Qt.Key.Key_Return)
        assert typist.key_here == "oo.1"
        typist.press(Qt.Key.Key_Up)
        assert typist.key_here == "og.forfeit"
        typist.press(Qt.Key.Key_Down)
        seen = []
        for _key in range(30):
            typist.press(Qt.Key.Key_Tab)
            seen.append(typist.key_here)
        assert "og.forfeit" in seen
        quarter = typist.page.form.quarters["og"]
        typist.page.form.fields["co.1"].setFocus()
        QTest.mouseClick(quarter, Qt.MouseButton.LeftButton, pos=QPoint(20, 100))
        assert typist.key_here == "og.forfeit"


def test_the_button_means_the_team_that_has_the_keys(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(BP, judges=1)) as typist:
        typist.type("8079")
        button = typist.page.form.turns[0]
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert (forfeits(typist), typist.key_here) == (["oo"], "oo.forfeit")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert (forfeits(typist), typist.key_here) == ([], "oo.1")


def test_a_forfeit_of_a_stored_ballot_is_taken_back_as_a_correction(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with at_the_desk(
        qtbot, tmp_path, staff=STAFF, who="Dana", disable_ballot_confirms=True
    ) as typist:
        typist.open("Room 1")
        typist.press(Qt.Key.Key_F5)
        typist.type("807978777675")
        typist.save()
        assert typist.states()["Room 1"] == "confirmed"
        typist.open("Room 1")
        typist.press(Qt.Key.Key_F2)
        assert typist.does(Mode.CORRECT)
        assert forfeits(typist) == ["og"]
        typist.page.form.fields["oo.1"].setFocus()
        typist.press(Qt.Key.Key_Up)
        typist.press(Qt.Key.Key_F5)
        assert (forfeits(typist), typist.key_here) == ([], "og.1")
        typist.type("8281")
        assert typist.page.form.typed.scores["og.2"] == "81"


def test_a_forfeit_of_a_draft_is_taken_back(qtbot: QtBot, tmp_path: Path) -> None:
    with at_rooms(qtbot, tmp_path, rooms_of(BP, judges=1)) as typist:
        typist.press(Qt.Key.Key_F5)
        typist.type("80")
        typist.open("Room 2")
        typist.open("Room 1")
        assert (forfeits(typist), typist.key_here) == (["og"], "oo.2")
        typist.press(Qt.Key.Key_Up)
        typist.press(Qt.Key.Key_F5)
        assert forfeits(typist) == []


def test_sides_without_marks_take_their_forfeit_back_too(qtbot: QtBot, tmp_path: Path) -> None:
    document = rooms_of(BP, judges=1)
    document["rounds"][0] |= {
            "stage": "elimination", "draw_type": "elimination", "break_category": "open"}
    with at_rooms(qtbot, tmp_path, document) as typist:
        quarter = typist.page.form.quarters["og"]
        assert quarter.tick is not None
        quarter.tick.setFocus()
        typist.press(Qt.Key.Key_F5)
        assert (forfeits(typist), typist.key_here) == (["og"], "og.forfeit")
        typist.press(Qt.Key.Key_F5)
        assert forfeits(typist) == []
        assert typist.here is quarter.tick
